"""Matters from 登记 to their ends through the real window: every step by its widgets, every notice read back from its PDF.

The stories, their days, and the last days of their clocks are those of matters.py, counted by hand there.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.application import make_application
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain import flows
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.journeys.handler import Handler
from tests.journeys.matters import STORIES, Done, Story, closed, day

_CATEGORY = {"petition": "petition_matter", "handover": "livelihood", "consultation": "legal_question"}


@pytest.fixture(scope="module")
def clock() -> Clock:
    """One clock; every story moves it to its own days."""
    return Clock()


@pytest.fixture(scope="module")
def window(
    qapp: QApplication, clock: Clock, new_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """One window for all of them."""
    app = make_application([])
    theme.apply(app, "light")
    office = Office.open(shutil.copytree(new_folder, tmp_path_factory.mktemp("window") / "数据"), now=clock)
    made = Window(Session(office, office.actor("clerk")))
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()
    background.wait_for_all()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    office.close()


@pytest.fixture
def handler(window: Window, qtbot: QtBot, clock: Clock, tmp_path: Path) -> Handler:
    """The clerk at the desk."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Handler(window, qtbot, clock, tmp_path)
    if window.session.actor.code != "clerk":
        made.become("clerk")
    return made


def the(name: str) -> Story:
    """The story of matters.py whose name begins so."""
    return next(each for each in STORIES if each.name.startswith(name))


# --- the stories -------------------------------------------------------------------------------------------------------


def told_by_hand(name: str, **steps: Mapping[str, Any]) -> Story:
    """A story of matters.py in which steps say more: a petition registered by its words is on no other line than theirs."""
    found = the(name)
    done = tuple(replace(each, said={**each.said, **steps.get(each.step, {})}) for each in found.done)
    return replace(found, done=done)


UNLISTED = {"reason": "涉及地籍调查", "approved_by": "张样例"}
#: 低保, closed for the time being and looked at again.
LOW = the("低保")
RECHECKED = replace(
    LOW,
    done=(
        *(each for each in LOW.done if each.step not in ("close", "rate")),
        closed("2026-03-12", "procedural", "申请人住院，银行卡还没有办", recheck_on=day("2026-04-07")),
        Done("2026-04-07", "recheck", {"result": "低保金已经发放到卡"}),
        *(replace(each, on="2026-04-08") for each in LOW.done if each.step == "rate"),
    ),
    clocks={**LOW.clocks, "ending_recheck": ("2026-04-07", "2026-04-07")},
)
STEPPED = (
    the("闰日到期"),
    the("征地补偿"),
    the("异议成立"),
    the("改派"),
    the("春节前受理"),
    the("复核终结以后"),
    the("逾期请求复查"),
    the("诉访分离"),
    the("撤回"),
    told_by_hand("受理以后转调解", forward=UNLISTED),
    RECHECKED,
)
#: Story, step → a field, what is wrong there, and what is said at it; then it is put right.
WRONG: Mapping[tuple[str, str], tuple[str, object, str]] = {
    ("闰日到期", "flag"): ("until", "2024-06-30", "90 天"),
    ("征地补偿", "receive"): ("on", "2025-09-20", "2025-09-28"),
    ("异议成立", "forward"): ("reason", "", "职责清单没有把这类事项列给"),
    ("春节前受理", "extend"): ("days", "31", "30"),
    ("复核终结以后", "answer"): ("served_on", "二月三十", "日期写作"),
    ("逾期请求复查", "refuse"): ("ground", "", "不予受理事由"),
    ("受理以后转调解", "switch"): ("reason", "", "转办原因"),
    ("低保", "close"): ("recheck_on", None, "复查"),
}


def register(handler: Handler, story: Story) -> None:
    """The visitor comes; 办理 is pressed afterwards."""
    facts = dict(story.facts)
    visit = {
        "name": "王测试",
        "phone": "无",
        "township": "冉庄镇",
        "headcount": str(facts.get("headcount", "")),
        "narrative": story.narrative,
    }
    handler.register(
        category=str(facts.get("category", _CATEGORY[story.flow])),
        flow=story.flow,
        reason="窗口核定",
        flags=frozenset(facts.get("flags", ())),
        **{field: said for field, said in visit.items() if said},
    )


def carry_out(handler: Handler, story: Story, done: Done) -> None:
    """A step as its form is filled in: perhaps wrong at first, then right; the paper of it read back."""
    said = dict(done.said)
    of_support = said.pop("of", "") == "support"
    form = handler.follow("联动响应", done.step) if of_support else handler.begin(done.step)
    handler.fill(form, said)
    wrong = next(
        (told for (name, step), told in WRONG.items() if story.name.startswith(name) and step == done.step),
        None,
    )
    if wrong is not None:
        field, value, sentence = wrong
        assert form.fields is not None
        right = said.get(field, getattr(form.fields.form, field))
        handler.fill(form, {field: value})
        handler.refused(form, field, sentence)
        handler.fill(form, {field: right})
        handler.until(lambda: not handler.said_wrong(form))
    handler.save()
    if done.paper:
        read_back(handler.paper(done.paper), story, done)


def read_back(text: str, story: Story, done: Done) -> None:
    """The paper says what the story says it does."""
    for words in done.reads:
        assert "".join(words.split()) in text, f"{story.name}: {done.paper} does not say {words}"


def both_days(handler: Handler, rule: str, natural: str, moved: str) -> tuple[str, str]:
    """The words of a clock with its last days counted by hand, and its event: both as the page should say them."""
    found = handler.window.session.office.reference.clock(rule)
    assert found is not None
    first, last = (f"{each.month}月{each.day}日" for each in (day(natural), day(moved)))
    return (f"{first}，顺延至{last}" if natural != moved else first), found.event


def says_the_days(handler: Handler, story: Story, shown: Sequence[str]) -> None:
    """Every clock of the story stood on the page with both its last days while it ran."""
    for rule, (natural, moved) in story.clocks.items():
        words, event = both_days(handler, rule, natural, moved)
        # Years are named where they are not this one: 2027年1月5日.
        plain = [re.sub(r"\d{4}年", "", each) for each in shown]
        assert any(words in each and event in each for each in plain), (rule, words, event, plain)
        if moved[:4] == "2027":
            assert any("暂定" in each and event in each for each in shown), rule


def ends_as_told(handler: Handler, story: Story) -> None:
    """Where the matter stands at the end: head, timeline, and the steps it went through."""
    flow = story.flow_at_end or story.flow
    node = flows.node_name(flow, story.ends)
    assert (handler.facts.flow, handler.facts.node) == (flow, node)
    assert handler.page.head._state.accessibleName() == node
    shown = handler.page.timeline.entries
    assert shown[0].title == f"现在：{node}"
    ours = [flows.ACTIONS[f"handling.{done.step}"] for done in story.done]
    titles = [each.title for each in reversed(shown)]
    assert [title for title in titles if title in ours] == ours


@pytest.mark.parametrize("story", STEPPED, ids=lambda story: story.name)
def test_a_matter_is_handled_in_the_window(handler: Handler, story: Story) -> None:
    handler.go_on(story.opened)
    register(handler, story)
    shown = handler.clocks
    for done in story.done:
        handler.go_on(done.on)
        carry_out(handler, story, done)
        shown += handler.clocks
    ends_as_told(handler, story)
    says_the_days(handler, story, shown)


# --- sealed ------------------------------------------------------------------------------------------------------------


def test_an_accusation_is_nowhere_in_the_window_for_others(handler: Handler) -> None:
    story = the("检举控告")
    handler.go_on(story.opened)
    register(handler, story)
    for done in story.done:
        handler.go_on(done.on)
        carry_out(handler, story, done)
    ends_as_told(handler, story)
    number = handler.case.number
    handler.become("mediator")
    for words in (number, "虚报冒领"):
        assert handler.search(words) == ()
    handler.turn_to("matter")
    handler.until(lambda: handler.page.facts is None and handler.page._asked is None)
    for code in (
        "today",
        "intake",
        "ledger",
        "matter",
        "consult",
        "mediation",
        "roster",
        "duties",
        "reports",
    ):
        handler.turn_to(code)
        handler.settled()
        text = handler.everything()
        assert number not in text and "虚报冒领" not in text, code


# --- the page of the day -----------------------------------------------------------------------------------------------


def test_a_unit_that_does_not_sign_is_urged_from_the_page_of_the_day(handler: Handler) -> None:
    story = the("跨年")
    handler.go_on(story.opened)
    register(handler, story)
    shown = handler.clocks
    number = handler.case.number
    for done in story.done:
        if done.step == "receive":
            handler.go_on("2026-12-28")
            handler.letter(number, "待单位签收")
            text = handler.issue("请今天签收并回电。", "2026-12-29")
            assert "请今天签收并回电。" in text and "2026年12月29日" in text and "区自然资源和规划局" in text
            handler.open(number)
            handler.go_on("2026-12-29")
            handler.fill(handler.begin("urge_reply"), {"reply": "明天派人来取"})
            handler.save()
            assert "明天派人来取" in handler.told
        handler.go_on(done.on)
        carry_out(handler, story, done)
        shown += handler.clocks
    assert (handler.case.node, len(handler.case.urges)) == (story.ends, 1)
    says_the_days(handler, story, shown)


# --- the consult page --------------------------------------------------------------------------------------------------


def test_a_question_goes_to_legal_aid_with_its_seven_and_three_days(handler: Handler) -> None:
    story = the("欠薪，申请法律援助")
    handler.go_on(story.opened)
    asked, *aid = story.done
    handler.ask("王测试", asked.said)
    shown: list[str] = []
    for place, done in enumerate(aid):
        handler.go_on(done.on)
        handler.room_step(Qt.Key.Key_G, done.step, done.said, just_asked=not place)
        handler.open(handler.asked)
        shown += handler.clocks
        if done.paper:
            read_back(handler.paper(done.paper), story, done)
    ends_as_told(handler, replace(story, done=tuple(aid)))
    says_the_days(handler, story, shown)


def test_a_child_is_referred_to_a_counsellor_whose_note_stays_sealed(handler: Handler) -> None:
    story = the("疑难约期")
    handler.go_on(story.opened)
    asked, refer, counsel = story.done
    handler.ask("李测试", asked.said)
    handler.room_step(Qt.Key.Key_J, refer.step, refer.said, just_asked=True)
    handler.open(handler.asked)
    read_back(handler.paper(refer.paper), story, refer)
    handler.go_on(counsel.on)
    handler.room_step(Qt.Key.Key_J, counsel.step, counsel.said, just_asked=False)
    handler.open(handler.asked)
    handler.until(lambda: counsel.said["outcome"] in handler.told)
    assert counsel.said["note"] not in handler.told
    assert handler.case.node == story.ends
