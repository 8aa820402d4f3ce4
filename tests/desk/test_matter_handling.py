"""The tab 办理 of the matter page: steps, the form of each, what comes of it, and what of it survives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import keeping
from qingyuan_desk.desk.matter.handling.builders import BUILDERS
from qingyuan_desk.desk.matter.handling.fields import StepFields
from qingyuan_desk.desk.matter.handling.lists import Lists
from qingyuan_desk.desk.matter.handling.steps import GROUPS
from qingyuan_desk.desk.matter.handling.tab import HandlingTab
from qingyuan_desk.desk.matter.page import MatterPage
from qingyuan_desk.desk.session import Notice, Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.labels import Tag
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.handling.acts import ACTS
from qingyuan_desk.domain.handling.asking import asks
from qingyuan_desk.domain.handling.following import FORMS
from qingyuan_desk.domain.handling.forms import (
    Classify,
    Counsel,
    Flag,
    Form,
    Forward,
    Receive,
    Refer,
    Switch,
)
from qingyuan_desk.domain.visit import Registered, VisitForm
from qingyuan_desk.services import case_drafts, handling, reception
from qingyuan_desk.services.office import Office
from tests.hands import press, type_into

PETITION = "反映村里征收承包地补偿款迟迟没有发放，多次到镇里反映没有结果。"


class Hands:
    """An office's clerk: a petition at the desk, and a page on it."""

    def __init__(
        self, office: Office, visit: Callable[..., VisitForm], app: QApplication, qtbot: QtBot
    ) -> None:
        self.office, self.actor, self._visit, self.app, self.qtbot = (
            office,
            office.actor("clerk"),
            visit,
            app,
            qtbot,
        )
        self.notices: list[Notice] = []
        self.pages: list[MatterPage] = []
        self._requests = iter(range(1000))

    def register(self, flow: str = "petition", **facts: Any) -> Registered:
        category = next(each.code for each in self.office.reference.categories if each.flow == flow)
        form = self._visit(
            **{"narrative": PETITION, "category": category, "flow": flow, "route_reason": "本人要求", **facts}
        )
        return reception.register(self.office, self.actor, form)

    def take(self, matter_id: int, *forms: Form, actor: Actor | None = None) -> None:
        for form in forms:
            request = f"step-{next(self._requests)}"
            handling.take(self.office, actor or self.actor, request, matter_id, form)

    def open(self, matter_id: int, account: str = "clerk") -> MatterPage:
        """The page, turned to the steps."""
        session = Session(self.office, self.office.actor(account), self.app)
        session.noticed.connect(self.notices.append)
        page = MatterPage(session)
        page.resize(1302, 684)
        page.show()
        page.activateWindow()
        self.qtbot.waitUntil(page.isActiveWindow)
        page.open(matter_id, "")
        self.qtbot.waitUntil(lambda: page.case is not None)
        self.pages.append(page)
        return page

    def form(self, page: MatterPage, step: str) -> StepFields:
        """The form of a step, once it is in view."""
        self.qtbot.waitUntil(lambda: page.handling_tab.form.step == step)
        fields = page.handling_tab.form.fields
        assert fields is not None
        return fields

    def begin(self, page: MatterPage, step: str) -> StepFields:
        page.handling_tab.begin(step)
        return self.form(page, step)

    def done(self, page: MatterPage) -> str:
        """F9, and what is said in the form's place afterwards."""
        tab = page.handling_tab
        press(page, Qt.Key.Key_F9)
        self.qtbot.waitUntil(lambda: tab._stack.currentWidget() is tab.after)
        return tab.after.sentence.text() + tab.after.more.text()


@pytest.fixture
def hands(
    office: Office, visit: Callable[..., VisitForm], desk_app: QApplication, qtbot: QtBot
) -> Iterator[Hands]:
    made = Hands(office, visit, desk_app, qtbot)
    yield made
    for page in made.pages:  # gone first, so that no answer makes one ask again of an office that closes
        if shiboken6.isValid(page):
            shiboken6.delete(page)
    background.wait_for_all()
    desk_app.processEvents()


def _says(fields: StepFields, name: str) -> str:
    return fields._fields[name].sentence


def _choose(fields: StepFields, name: str, key: Qt.Key) -> None:
    press(fields._built[name].editor.focusProxy(), key)


def _listed(tab: HandlingTab) -> list[str]:
    return [row.text for row in tab.steps.rows if row.kind == "step"]


# --- every form ------------------------------------------------------------------------------------------------------


def test_every_way_of_asking_has_an_editor_and_every_step_a_group() -> None:
    asked = {ask.kind for form in FORMS.values() for _, ask in asks(form)}
    assert asked <= set(BUILDERS)
    grouped = [step for steps in GROUPS.values() for step in steps]
    assert sorted(grouped) == sorted(ACTS), "each step stands in one group"


def test_every_form_is_read_back_as_it_was_filled(hands: Hands, session: Session, qtbot: QtBot) -> None:
    done = hands.register()
    case = handling.case(hands.office, hands.actor, done.matter_id)
    lists = Lists(session)
    lists.show_case(case)
    for step, kind in FORMS.items():
        for form in (kind(), handling.starting(hands.office, hands.actor, done.matter_id, step)):
            fields = StepFields(session, lists, form)
            qtbot.addWidget(fields)
            fields.resize(660, 600)
            assert fields.form == form, step
            assert not fields.edited
            for field in fields._fields.values():
                caption = field.caption
                room = caption.fontMetrics().boundingRect(
                    caption.rect(), Qt.TextFlag.TextWrapAnywhere, caption.text()
                )
                assert room.height() <= caption.height() + 4, f"{step}: {caption.text()}"
            fields.deleteLater()


# --- a petition, by keys ---------------------------------------------------------------------------------------------


def test_a_petition_is_classified_and_forwarded_by_keys(hands: Hands, qtbot: QtBot) -> None:
    done = hands.register()
    page = hands.open(done.matter_id)
    tab = page.handling_tab
    fields = hands.form(page, "classify")
    _choose(fields, "kind", Qt.Key.Key_3)
    _choose(fields, "purpose", Qt.Key.Key_1)
    assert "认定：已办理" in hands.done(page)
    qtbot.waitUntil(lambda: "转送、交办" in _listed(tab))
    press(tab.steps, Qt.Key.Key_F6)
    tab.steps.setCurrentIndex(tab.steps.model().index([row.step for row in tab.steps.rows].index("forward")))
    press(tab.steps, Qt.Key.Key_Return)
    fields = hands.form(page, "forward")
    unit = fields._built["unit"].editor
    unit.set_code("")
    qtbot.waitUntil(lambda: any(option.rank("swj") is not None for option in unit._options))
    type_into(unit, "swj")
    assert _says(fields, "unit") == "", "initials are not wrong while they are typed"
    press(unit, Qt.Key.Key_Return)
    assert unit.code == "tax"
    qtbot.waitUntil(lambda: tab.form._asked is None)
    press(page, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "清单外交办" in _says(fields, "reason"))
    type_into(fields._built["reason"].editor, "涉及税费")
    type_into(fields._built["approved_by"].editor, "刘样例")
    qtbot.waitUntil(lambda: _says(fields, "reason") == "" and "待单位签收" in tab.form.outlook.text())
    said = hands.done(page)
    assert "编号 清转〔2024〕0001号" in said and "现在“待单位签收”" in said
    assert hands.notices[-1].text.startswith("转送、交办：已办理，编号 清转〔2024〕0001号。")
    case = handling.case(hands.office, hands.actor, done.matter_id)
    assert [(sent.unit, sent.reason) for sent in case.sendings] == [("tax", "涉及税费")]
    qtbot.waitUntil(lambda: "待单位签收" in page.head._state.accessibleName())


def test_the_paper_of_a_step_is_offered_and_made(hands: Hands, qtbot: QtBot) -> None:
    done = hands.register()
    hands.take(done.matter_id, Classify("appeal", "settle"))
    page = hands.open(done.matter_id)
    fields = hands.form(page, "forward")
    fields.fill(Forward(unit="tax", reason="涉及税费", approved_by="刘样例"))
    hands.done(page)
    after = page.handling_tab.after
    qtbot.waitUntil(lambda: after.findChild(QPushButton, "matter.after.paper.0") is not None)
    first = after.findChild(QPushButton, "matter.after.paper.0")
    assert first is not None and "告知单" in first.text() and first.hasFocus()
    assert after.findChild(QPushButton, "matter.after.package") is not None
    press(first, Qt.Key.Key_Space)
    papers = page.papers_tab
    assert page.tabs.currentWidget() is papers and papers.side.code == "handling"
    qtbot.waitUntil(lambda: papers.handling.paper is not None, timeout=15_000)
    paper = papers.handling.paper
    assert paper is not None and "告知单" in paper.title and paper.pdf.startswith(b"%PDF")
    papers.handling.blank.setChecked(True)
    qtbot.waitUntil(lambda: papers.handling.paper not in (None, paper), timeout=15_000)


def test_a_package_goes_into_the_folder_chosen(
    hands: Hands, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = hands.register()
    hands.take(
        done.matter_id,
        Classify("appeal", "settle"),
        Forward(unit="tax", reason="涉及税费", approved_by="刘样例"),
    )
    page = hands.open(done.matter_id)
    target = tmp_path / "送案"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    page._show_paper("forwarded", 1)
    page.papers_tab.handling.package.click()
    qtbot.waitUntil(lambda: bool(list(target.glob("送案包*.zip"))), timeout=15_000)
    qtbot.waitUntil(lambda: any(each.text.startswith("送案包已存为 送案包") for each in hands.notices))
    qtbot.waitUntil(lambda: "制作送案包" in [entry.title for entry in page.timeline.entries])


def test_a_step_pressed_twice_is_carried_out_once(hands: Hands, qtbot: QtBot) -> None:
    done = hands.register()
    hands.take(done.matter_id, Classify("appeal", "settle"))
    page = hands.open(done.matter_id)
    fields = hands.form(page, "forward")
    fields.fill(Forward())
    fields._built["requirement"].editor.setFocus()
    page.handling_tab.form.save()
    qtbot.waitUntil(lambda: _says(fields, "unit") == "请选择主办单位。")
    assert page.focusWidget() is fields._built["unit"].editor, "to what stands in the way"
    fields.fill(Forward(unit="tax", reason="涉及税费", approved_by="刘样例"))
    page.handling_tab.form.save()
    page.handling_tab.form.save()
    hands.done(page)
    assert len(handling.case(hands.office, hands.actor, done.matter_id).sendings) == 1


def test_enter_goes_through_the_whole_form_to_its_button(hands: Hands, qtbot: QtBot) -> None:
    done = hands.register()
    page = hands.open(done.matter_id)
    fields = hands.form(page, "classify")
    seen = []
    for _ in range(30):
        at = page.focusWidget()
        seen.append(at.objectName())
        if at is page.handling_tab.form.go:
            break
        press(at, Qt.Key.Key_Return)
    names = [name for name, _ in asks(Classify)]
    assert at is page.handling_tab.form.go, seen
    assert [name.split(".")[2] for name in seen[:-1]] == names
    _choose(fields, "kind", Qt.Key.Key_3)
    _choose(fields, "purpose", Qt.Key.Key_1)
    page.handling_tab.form.go.setFocus()
    press(page.handling_tab.form.go, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.handling_tab._stack.currentWidget() is page.handling_tab.after)


# --- what cannot be done -----------------------------------------------------------------------------------------------


def test_what_cannot_be_done_is_folded_away_with_its_reason(hands: Hands) -> None:
    page = hands.open(hands.register().matter_id)
    steps = page.handling_tab.steps
    fold = next(place for place, row in enumerate(steps.rows) if row.kind == "fold")
    assert not any(row.hindered for row in steps.rows)
    steps.setCurrentIndex(steps.model().index(fold))
    press(steps, Qt.Key.Key_Return)
    hindered = {row.step: row.below for row in steps.rows if row.hindered}
    assert "请先认定" in hindered["forward"]
    steps.setCurrentIndex(steps.model().index(fold + 1))
    press(steps, Qt.Key.Key_Return)
    assert page.handling_tab.form.step not in hindered


def test_without_the_right_nothing_can_be_handled(hands: Hands) -> None:
    page = hands.open(hands.register().matter_id, "mediator")
    hands.qtbot.waitUntil(lambda: page.handling_tab._stack.currentWidget() is page.handling_tab._nothing)
    assert page.handling_tab.free == {}
    assert all("没有办理事项的权限" in view.hindrance for view in page.handling_tab._views())


def test_a_dispute_has_the_general_steps_and_the_key_to_its_case(hands: Hands, qtbot: QtBot) -> None:
    done = hands.register("mediation", narrative="邻居盖房占了我家宅基地，多次协商不成，请求调解。")
    page = hands.open(done.matter_id)
    tab = page.handling_tab
    assert tab.mediation.isVisible() and "标记" in _listed(tab) and "转送、交办" not in _listed(tab)
    with qtbot.waitSignal(page.session.case_wanted) as wanted:
        tab.mediation.first.click()
    assert wanted.args == [done.matter_id]


# --- what was done -----------------------------------------------------------------------------------------------------


def test_records_tell_where_everything_stands_and_go_on_from_there(hands: Hands, qtbot: QtBot) -> None:
    done = hands.register()
    forward = Forward(unit="tax", reason="涉及税费", approved_by="刘样例", requirement="依法核查")
    hands.take(done.matter_id, Classify("appeal", "settle"), forward, Flag("threat", "不解决就去北京"))
    page = hands.open(done.matter_id)
    records = page.handling_tab.records
    sent, flag = (next(each for each in records.entries if word in each.title) for word in ("转送", "扬言"))
    assert sent.state == "待签收" and "要求：依法核查" in sent.lines and sent.running
    assert flag.lines == ("“不解决就去北京”",) and "到期" in flag.state
    tags = [tag.accessibleName() for tag in page.head.findChildren(Tag)]
    assert any(tag.startswith("扬言 · ") for tag in tags)
    place = records.entries.index(sent)
    link = records.findChild(QPushButton, f"matter.record.{place}.receive")
    assert link is not None
    link.click()
    fields = hands.form(page, "receive")
    assert fields.form == Receive(sending=page.case.sendings[0].record_id)  # type: ignore[union-attr]
    hands.take(done.matter_id, Receive(receiver="张样例"))
    page.session.matter_changed.emit(done.matter_id)
    qtbot.waitUntil(lambda: any("提出异议" in line for each in records.entries for line in each.lines))
    now = next(each for each in records.entries if "转送" in each.title)
    assert "签收：9月20日 张样例" in now.lines and now.state == "已签收"
    assert any("还有 7 天（9月27日）" in line for line in now.lines)


def test_both_flows_of_a_matter_stand_in_its_head(hands: Hands) -> None:
    done = hands.register()
    hands.take(
        done.matter_id,
        Classify("appeal", "settle"),
        Switch("civil_dispute", "mediation", reason="双方同意调解"),
    )
    page = hands.open(done.matter_id)
    tags = [tag.accessibleName() for tag in page.head.findChildren(Tag)]
    assert "调解" in tags and "曾走信访" in tags
    assert any("转入矛盾纠纷调解" in entry.title for entry in page.handling_tab.records.entries)


def test_a_sealed_note_is_asked_for_by_itself(hands: Hands, qtbot: QtBot) -> None:
    done = hands.register("consultation", narrative="家里矛盾多，睡不着觉，想问问怎么办。")
    hands.take(
        done.matter_id,
        Refer("calm", consent=True, counsellor="陈样例"),
        Counsel(outcome="情绪平稳", note="说了家里的事"),
    )
    page = hands.open(done.matter_id)
    records = page.handling_tab.records

    def shown() -> str:
        return "".join(label.text() for label in records.findChildren(QLabel) if label.isVisible())

    qtbot.waitUntil(lambda: "情绪平稳" in shown())
    assert "说了家里的事" not in shown()
    button = next(each for each in records.findChildren(QPushButton) if "封存记录" in each.text())
    button.click()
    qtbot.waitUntil(lambda: "说了家里的事" in shown())


# --- what survives ---------------------------------------------------------------------------------------------------


def test_a_form_waits_while_another_step_is_looked_at_and_after_a_crash(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "EVERY", 20)
    done = hands.register()
    page = hands.open(done.matter_id)
    hands.form(page, "classify")
    fields = hands.begin(page, "flag")
    type_into(fields._built["words"].editor, "不解决就去北京")
    hands.begin(page, "report")
    fields = hands.begin(page, "flag")
    qtbot.waitUntil(lambda: fields.form == Flag(words="不解决就去北京"))
    type_into(fields._built["words"].editor, "上访")

    def kept() -> list[object]:
        return [draft.form for draft in case_drafts.kept(hands.office, hands.actor, done.matter_id)]

    qtbot.waitUntil(lambda: Flag(words="不解决就去北京上访") in kept())
    background.wait_for_all()
    shiboken6.delete(page)
    page = hands.open(done.matter_id)
    hands.form(page, "classify")
    fields = hands.begin(page, "flag")
    qtbot.waitUntil(lambda: fields.form == Flag(words="不解决就去北京上访"))
    strip = page.handling_tab.form.keeping
    assert strip.text.whole.startswith("接着上次没保存的内容")
    _choose(fields, "kind", Qt.Key.Key_1)
    hands.done(page)
    qtbot.waitUntil(lambda: kept() == [])


def test_going_on_from_the_desk_where_it_was_registered(
    window: Window, office: Office, qtbot: QtBot, hands: Hands
) -> None:
    done = hands.register()
    with qtbot.waitSignal(window.session.handling_wanted):
        window.session.handling_wanted.emit(done.matter_id, "flag")
    page = window.page("matter")
    assert isinstance(page, MatterPage)
    qtbot.waitUntil(lambda: page.handling_tab.form.step == "flag")
    assert window.current is page
