"""催办、督办、评价: who can be urged, what goes before what, and who may rate whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.handling.forms import Form, Press, PressReply, Rate
from qingyuan_desk.domain.handling.pressing import holders
from qingyuan_desk.domain.handling.records import Sending, Urge
from tests.domain.handlingbook import Book, new_matter
from tests.domain.office_tables import reference

LAND, WATER, OWN = "natural_resources", "water", "t_qingyuan"


def sent(**more: object) -> Sending:
    facts: dict[str, object] = dict(
        matter_id=7, mode="forward", unit=LAND, sent_on=date(2025, 3, 5), record_id=1, state="received"
    )
    return Sending(**{**facts, **more})  # type: ignore[arg-type]


def support(**more: object) -> Sending:
    return sent(**{"mode": "support", "unit": WATER, "record_id": 2, "sender": OWN, "state": "sent", **more})


def urge(kind: str = "remind", **more: object) -> Urge:
    facts: dict[str, object] = dict(
        matter_id=7,
        kind=kind,
        unit=LAND,
        sent_on=date(2025, 3, 10),
        record_id=5,
        reply_by=date(2025, 3, 13),
    )
    return Urge(**{**facts, **more})  # type: ignore[arg-type]


def book(*, sendings: tuple[Sending, ...] = (sent(),), now: str = "2025-03-20", **more: object) -> Book:
    more.setdefault("node", "received")
    return Book(reference(), new_matter(sendings=sendings, **more), now)


PRESS = Press(kind="remind", unit=LAND, cause="期限快到了")
YELLOW, RED = replace(PRESS, kind="yellow"), replace(PRESS, kind="red")


@pytest.mark.parametrize(
    ("urges", "form", "said"),
    [
        ((), PRESS, ""),
        ((), YELLOW, ""),
        ((), RED, "红牌督办之前要先有黄牌督办"),
        ((urge(),), RED, "红牌督办之前要先有黄牌督办"),
        ((urge("yellow"),), RED, ""),
        ((urge("yellow", reply_by=date(2025, 3, 21)),), RED, "黄牌督办还在等回复"),
        ((urge("yellow", reply_by=date(2025, 3, 21), replied_on=date(2025, 3, 12)),), RED, ""),
        ((urge("yellow", cancelled_on=date(2025, 3, 12)),), RED, "红牌督办之前要先有黄牌督办"),
        ((urge("yellow", unit=WATER),), RED, "红牌督办之前要先有黄牌督办"),
        ((urge(reply_by=date(2025, 3, 20)),), PRESS, "2025-03-10 的催办还在等回复，回复期限是 2025-03-20"),
        ((urge(reply_by=date(2025, 3, 19)),), PRESS, ""),
        ((urge(reply_by=date(2025, 3, 20)),), YELLOW, ""),
        ((urge(reply_by=date(2025, 3, 20), cancelled_on=date(2025, 3, 11)),), PRESS, ""),
    ],
)
def test_what_goes_before_what(urges: tuple[Urge, ...], form: Press, said: str) -> None:
    told = book(urges=urges).refused(form)
    assert said in told if said else told == ""


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (replace(PRESS, kind=""), "请选择种类"),
        (replace(PRESS, kind="black"), "种类没有“black”这一项"),
        (replace(PRESS, cause=" "), "请填写事由"),
        (replace(PRESS, unit=WATER), "本件不在区水利局，在区自然资源和规划局"),
        (replace(PRESS, unit="nobody"), "单位表里没有“nobody”"),
        (replace(PRESS, on=date(2025, 3, 21)), "日期不能晚于今天"),
        (replace(PRESS, on=date(2025, 3, 2)), "日期不能早于登记日期"),
        (replace(PRESS, reply_by=date(2025, 3, 20)), "回复期限要晚于 2025-03-20"),
        (replace(PRESS, rule="none"), "催办督办规则里没有“none”"),
        (replace(PRESS, rule="finish_yellow"), "是黄牌督办，请改选"),
    ],
)
def test_what_is_filled_in_wrong(form: Press, said: str) -> None:
    assert said in book().refused(form)


def test_nobody_is_urged_before_it_was_sent_or_after_it_came_back() -> None:
    assert "还没有送到任何单位" in book(sendings=(), node="to_forward").refused(PRESS)
    assert "还没有送到任何单位" in book(sendings=(sent(state="returned"),), node="to_forward").refused(PRESS)


def test_whoever_has_it_can_be_urged() -> None:
    case = new_matter(sendings=(support(), sent(co_units=("housing",)), sent(unit="tax", state="recalled")))
    assert holders(case) == (LAND, WATER, "housing"), "the leading unit first, one it was taken from not"
    assert holders(new_matter("mediation", unit="justice_bureau")) == ("justice_bureau",)


def test_a_closed_matter_a_sealed_one_and_a_void_one_are_not_urged() -> None:
    assert "现在不能催办" in book(node="closed").refused(PRESS)
    assert "检举控告是密件" in book(sealed=True).refused(PRESS)
    assert "已经作废" in book(state="void").refused(PRESS)


def test_points_text_and_days_to_answer_come_from_the_rule() -> None:
    one = book().take(replace(YELLOW, rule="finish_yellow"))
    made = one.case.urges[0]
    assert (made.points, made.reply_by, made.unit) == (5, date(2025, 3, 25), LAND), "three workdays"
    assert made.requirement.startswith("请立即办结")
    assert made.number, "it has its own number"
    clock = one.case.clock("urge_reply", made.record_id)
    assert clock and clock.natural_end == date(2025, 3, 25)


def test_what_is_issued_by_hand_goes_by_the_rule_for_that() -> None:
    made = book().take(PRESS).case.urges[0]
    assert (made.points, made.rule) == (0, "")
    made = book(urges=(urge("yellow"),)).take(RED).case.urges[-1]
    assert (made.points, made.reply_by) == (10, date(2025, 3, 25))
    made = book().take(replace(YELLOW, reply_by=date(2025, 4, 1))).case.urges[0]
    assert (made.points, made.reply_by) == (5, date(2025, 4, 1)), "a day that was asked for stays"


def test_an_answer_ends_its_own_clock_only() -> None:
    two = book(sendings=(sent(), support(state="received"))).take(PRESS, replace(PRESS, unit=WATER))
    first, second = two.case.urges
    assert "请选一件" in two.refused(PressReply(reply="正在办"))
    two.take(PressReply(urge=first.record_id, reply="正在办"))
    assert two.case.clock("urge_reply", first.record_id) is None
    assert two.case.clock("urge_reply", second.record_id) is not None
    assert two.case.urges[0].replied_on == date(2025, 3, 20)
    assert "请选一件" in two.refused(PressReply(urge=first.record_id, reply="再回复"))


def test_cancelling_wants_a_reason_and_ends_the_clock_unmet() -> None:
    one = book().take(YELLOW)
    cancel = PressReply(cancelled=True)
    assert "请填写取消的理由" in one.refused(cancel)
    one.take(replace(cancel, reply="单位已提前回复"))
    made = one.case.urges[0]
    assert (made.cancelled_on, made.cancelled_why) == (date(2025, 3, 20), "单位已提前回复")
    assert one.ended[-1][:2] == ("urge_reply", "cancelled")
    assert "没有催办、督办" in one.refused(PressReply(reply="正在办"))


def test_an_answered_one_can_be_cancelled() -> None:
    one = book(urges=(urge("yellow", replied_on=date(2025, 3, 12), reply="已办"),))
    one.take(PressReply(cancelled=True, reply="查明不是该单位的责任"))
    assert one.case.urges[0].cancelled_on


def test_a_late_answer_is_kept_and_told() -> None:
    one = book(urges=(urge(),))
    assert "超过 7 天" in one.warned(PressReply(reply="已办"))
    assert "不能早于催办、督办日期" in one.refused(PressReply(reply="已办", on=date(2025, 3, 9)))


def test_a_closed_matter_can_still_get_its_answer() -> None:
    answered = book(urges=(urge(),), node="closed").take(PressReply(reply="已办结")).case.urges[0]
    assert (answered.reply, answered.replied_on) == ("已办结", date(2025, 3, 20))


TOWNSHIP = Rate(by="township", rated="unit", unit=WATER, rater=OWN, satisfaction="rather")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (Rate(satisfaction="satisfied"), ""),
        (Rate(satisfaction="refused"), ""),
        (Rate(), "请选择评价"),
        (Rate(satisfaction="great"), "评价没有“great”这一项"),
        (Rate(rated="unit", satisfaction="satisfied"), ""),
        (Rate(rated="unit", unit=WATER, satisfaction="satisfied"), ""),
        (Rate(rated="unit", unit="tax", satisfaction="satisfied"), "区税务局没有承办过本件"),
        (TOWNSHIP, ""),
        (replace(TOWNSHIP, unit=LAND), ""),
        (replace(TOWNSHIP, rated="desk"), "乡镇评价的是县级职能部门"),
        (replace(TOWNSHIP, satisfaction="refused"), "“拒绝评价”只用于信访人"),
        (replace(TOWNSHIP, rater=""), "请选择评价的乡镇"),
        (replace(TOWNSHIP, rater=LAND), "评价的乡镇要是乡镇人民政府"),
        (replace(TOWNSHIP, rater="t_wangting"), "望亭镇人民政府没有就本件请区水利局响应"),
        (replace(TOWNSHIP, unit="petition_office"), "本件没有送过区信访局"),
    ],
)
def test_who_may_rate_whom(form: Rate, said: str) -> None:
    told = book(sendings=(sent(), support()), township="130608100000").refused(form)
    assert said in told if said else told == ""


def test_the_township_of_the_matter_and_the_one_that_asked_may_rate() -> None:
    asked = support(sender="t_wangting")
    one = book(sendings=(sent(), asked), township="130608100000")
    assert one.refused(replace(TOWNSHIP, rater="t_wangting")) == ""
    assert "没有就本件请" in one.refused(replace(TOWNSHIP, rater="t_wangting", unit=LAND))


def test_a_refusal_is_a_value_of_its_own_and_the_last_rating_counts() -> None:
    one = book().take(Rate(satisfaction="refused"))
    assert one.case.ratings[0].satisfaction == "refused"
    assert "已经评价过“拒绝评价”，统计以最后一次为准" in one.warned(Rate(satisfaction="unsatisfied"))
    assert "不满意在哪里" in one.warned(Rate(satisfaction="unsatisfied"))
    one.take(Rate(rated="unit", satisfaction="satisfied"))
    assert (one.case.ratings[-1].unit, one.case.ratings[-1].rater) == (LAND, "")


_forms = st.one_of(
    st.builds(
        Press,
        kind=st.sampled_from(["remind", "yellow", "red"]),
        unit=st.sampled_from([LAND, WATER, ""]),
        cause=st.just("超期"),
    ),
    st.builds(
        PressReply, urge=st.integers(0, 4), cancelled=st.booleans(), reply=st.sampled_from(["", "已办"])
    ),
)


@given(st.lists(st.tuples(_forms, st.integers(0, 6)), max_size=12))
def test_whatever_is_done_in_whatever_order(steps: list[tuple[Form, int]]) -> None:
    one, day = book(sendings=(sent(), support()), now="2025-04-01"), 1
    for form, later in steps:
        day += later
        one.on(f"2025-{4 + (day - 1) // 30:02d}-{(day - 1) % 30 + 1:02d}")
        if not one.refused(form):
            one.take(form)
    for unit in (LAND, WATER):
        mine = [each for each in one.case.urges if each.unit == unit]
        for place, each in enumerate(mine):
            if each.kind == "red":
                assert any(before.kind == "yellow" for before in mine[:place])
    waiting = {each.record_id for each in one.case.urges if not each.replied_on and not each.cancelled_on}
    assert {each.subject for each in one.case.running if each.rule == "urge_reply"} == waiting
