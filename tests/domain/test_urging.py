"""Proposals of 催办、督办: what a rule says and when, that nothing is said twice, and that yellow goes before red."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.flows import FLOWS
from qingyuan_desk.domain.handling.codes import URGES
from qingyuan_desk.domain.handling.records import Urge
from qingyuan_desk.domain.handling.urging import GRAVITY, Pressable, Proposal, UnitClock, proposals
from qingyuan_desk.domain.tables import UrgingRule
from tests.domain.office_tables import reference

RULES = reference().urging_rules
LAND = "natural_resources"
END = date(2025, 11, 20)


def clock(rule: str = "petition_finish", **more: object) -> UnitClock:
    facts: dict[str, object] = dict(
        rule=rule,
        event="办结",
        article="《信访工作条例》第三十四条",
        start=date(2025, 9, 21),
        alarm_on=END,
        end=END,
        unit=LAND,
    )
    return UnitClock(**{**facts, **more})  # type: ignore[arg-type]


def matter(*clocks: UnitClock, **more: object) -> Pressable:
    facts: dict[str, object] = dict(
        matter_id=7,
        number="清事〔2025〕0099号",
        title="征地补偿",
        flow="petition",
        node="handling",
        node_since=date(2025, 9, 21),
        unit=LAND,
        clocks=clocks,
    )
    return Pressable(**{**facts, **more})  # type: ignore[arg-type]


def said(matter: Pressable, today: date, rules: tuple[UrgingRule, ...] = RULES) -> list[str]:
    return [each.rule.code for each in proposals(rules, [matter], today, WorkCalendar())]


def sent(proposal: Proposal, day: date, **more: object) -> Urge:
    form = proposal.form
    facts: dict[str, object] = dict(
        matter_id=7, kind=form.kind, unit=form.unit, sent_on=day, rule=form.rule, reply_by=form.reply_by
    )
    return Urge(**{**facts, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("late", "codes"),
    [
        (-11, []),
        (-10, ["finish_remind"]),
        (0, ["finish_remind"]),
        (1, ["finish_yellow"]),
        (40, ["finish_yellow"]),
    ],
)
def test_days_before_and_after_the_end(late: int, codes: list[str]) -> None:
    assert said(matter(clock()), END + timedelta(days=late)) == codes


def test_between_the_alarm_and_the_moved_end_nobody_is_late() -> None:
    moved = clock(alarm_on=date(2025, 11, 22), end=date(2025, 11, 24))
    assert said(matter(moved), date(2025, 11, 24)) == ["finish_remind"]
    assert said(matter(moved), date(2025, 11, 25)) == ["finish_yellow"]


def test_a_stay_at_a_node() -> None:
    waiting = matter(node="forwarded", node_since=date(2025, 11, 3))
    assert said(waiting, date(2025, 11, 4)) == []
    assert said(waiting, date(2025, 11, 5)) == ["sign_remind"]
    assert said(waiting, date(2025, 11, 10)) == ["sign_yellow"]
    assert (
        said(matter(node="forwarded", flow="handover", node_since=date(2025, 11, 3)), date(2025, 11, 9)) == []
    )


def test_a_letter_is_ready_to_go() -> None:
    (letter,) = proposals(RULES, [matter(clock())], date(2025, 11, 24), WorkCalendar())
    form = letter.form
    assert (form.kind, form.unit, form.rule) == ("yellow", LAND, "finish_yellow")
    assert form.cause == "“办结”的期限是2025年11月20日（《信访工作条例》第三十四条），已超过 4 天。"
    assert form.requirement.startswith("请立即办结")
    assert form.reply_by == date(2025, 11, 27), "three workdays"
    (early,) = proposals(RULES, [matter(clock())], date(2025, 11, 13), WorkCalendar())
    assert early.form.cause.endswith("还有 7 天。")
    (node,) = proposals(
        RULES, [matter(node="forwarded", node_since=date(2025, 11, 3))], date(2025, 11, 5), WorkCalendar()
    )
    assert node.form.cause == "自2025年11月3日起“待单位签收”，至今 2 天。"


def test_it_goes_on_step_by_step_and_says_nothing_twice() -> None:
    """Ten days before the end to sixty after it, every letter sent on its day and never answered: each kind once."""
    urges: tuple[Urge, ...] = ()
    history = []
    for late in range(-15, 60):
        today = END + timedelta(days=late)
        for each in proposals(RULES, [matter(clock(), urges=urges)], today, WorkCalendar()):
            history.append((late, each.rule.code))
            urges += (sent(each, today),)
    assert history == [(-10, "finish_remind"), (1, "finish_yellow"), (11, "finish_red")]


def test_nothing_while_an_earlier_letter_waits_for_its_answer() -> None:
    today = date(2025, 11, 21)
    waiting = Urge(7, "remind", LAND, date(2025, 11, 19), reply_by=today)
    assert said(matter(clock(), urges=(waiting,)), today) == []
    assert said(matter(clock(), urges=(waiting,)), today + timedelta(days=1)) == ["finish_yellow"]
    other = Urge(7, "remind", "housing", date(2025, 11, 19), reply_by=today)
    assert said(matter(clock(), urges=(other,)), today) == ["finish_yellow"], "of another unit"
    cancelled = Urge(7, "remind", LAND, date(2025, 11, 19), reply_by=today, cancelled_on=today)
    assert said(matter(clock(), urges=(cancelled,)), today) == ["finish_yellow"]


def test_red_needs_a_yellow_that_stands() -> None:
    today = END + timedelta(days=30)
    done = Urge(7, "yellow", LAND, END + timedelta(days=1), rule="finish_yellow", replied_on=END)
    assert said(matter(clock(), urges=(done,)), today) == ["finish_red"]
    taken_back = Urge(7, "yellow", LAND, END, rule="finish_yellow", cancelled_on=END)
    assert said(matter(clock(), urges=(taken_back,)), today) == [], "somebody judged that it was wrong"


def test_a_new_period_of_the_same_limit_begins_anew() -> None:
    old = Urge(7, "yellow", LAND, date(2025, 8, 1), rule="finish_yellow", replied_on=date(2025, 8, 2))
    assert said(matter(clock(), urges=(old,)), END) == ["finish_remind"]


def test_an_unanswered_letter_is_followed_by_a_graver_one() -> None:
    letter = Urge(7, "remind", LAND, date(2025, 11, 3), rule="sign_remind", reply_by=date(2025, 11, 4))
    waiting = clock(
        "urge_reply",
        event="回复催办、督办",
        start=date(2025, 11, 3),
        alarm_on=date(2025, 11, 4),
        end=date(2025, 11, 4),
    )
    one = matter(waiting, urges=(letter,))
    assert said(one, date(2025, 11, 4)) == []
    assert said(one, date(2025, 11, 5)) == ["reply_yellow"]


def test_each_unit_gets_one_letter_the_gravest() -> None:
    two = matter(clock(), clock("petition_assigned"), clock("support_response", unit="water"))
    found = proposals(RULES, [two], END + timedelta(days=2), WorkCalendar())
    assert [(each.unit, each.kind) for each in found] == [(LAND, "yellow"), ("water", "yellow")]


def test_a_unit_can_have_a_standard_of_its_own() -> None:
    plain = next(rule for rule in RULES if rule.code == "finish_yellow")
    own = UrgingRule(**{**plain.__dict__, "code": "own", "unit": LAND, "days": 5})
    rules = (*RULES, own)
    assert said(matter(clock()), END + timedelta(days=2), rules) == ["finish_remind"]
    assert said(matter(clock()), END + timedelta(days=5), rules) == ["own"]
    assert said(matter(clock(unit="water")), END + timedelta(days=2), rules) == ["finish_yellow"]


def test_the_gravest_and_the_latest_stand_first() -> None:
    late = [matter(clock(end=END - timedelta(days=n), alarm_on=END - timedelta(days=n))) for n in (1, 30, 4)]
    soon = matter(clock(end=END + timedelta(days=9), alarm_on=END + timedelta(days=9)))
    found = proposals(RULES, [soon, *late], END, WorkCalendar())
    assert [each.late for each in found] == [30, 4, 1, -9]


@given(
    st.integers(-40, 80),
    st.lists(
        st.tuples(
            st.sampled_from([rule for rule in RULES if rule.clock == "petition_finish"]), st.integers(0, 60)
        ),
        max_size=4,
    ),
)
def test_a_proposal_is_never_milder_than_what_was_sent(late: int, sent: list[tuple[UrgingRule, int]]) -> None:
    today = END + timedelta(days=late)
    urges = tuple(
        Urge(7, rule.kind, LAND, clock().start + timedelta(days=n), rule=rule.code, replied_on=END)
        for rule, n in sent
    )
    for each in proposals(RULES, [matter(clock(), urges=urges)], today, WorkCalendar()):
        assert all(GRAVITY[each.kind] > GRAVITY[rule.kind] for rule, _ in sent)
        assert each.late >= each.rule.days


# --- the table ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_of_the_table(rule: UrgingRule) -> None:
    assert rule.kind in URGES
    assert rule.article and rule.text.endswith("。")
    assert not (rule.clock and rule.node)
    assert rule.flow in ("", *FLOWS)
    assert rule.unit == "" or reference().unit(rule.unit)
    if rule.clock:
        assert reference().clock(rule.clock)
    if rule.node:
        assert any(each.code == rule.node for each in FLOWS[rule.flow].nodes)
    assert rule.points == {"remind": 0, "yellow": 5, "red": 10}[rule.kind], "黄牌扣5分、红牌扣10分"
    assert re.search(r"[。；，]", rule.text)


def test_every_kind_has_a_rule_for_what_is_issued_by_hand() -> None:
    assert {rule.kind for rule in RULES if not (rule.clock or rule.node)} == set(URGES)


def test_red_comes_later_than_yellow() -> None:
    for red in (rule for rule in RULES if rule.kind == "red" and rule.clock):
        yellow = [each for each in RULES if each.kind == "yellow" and each.clock == red.clock]
        assert yellow and all(each.days < red.days for each in yellow)
