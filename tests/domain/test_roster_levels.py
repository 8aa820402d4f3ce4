"""The level meter: 四级 by the practice of 潮安, what is missing for the next level, and rules that can be edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.roster.levels import check_rules, meter
from qingyuan_desk.domain.roster.mediators import LEVELS
from qingyuan_desk.domain.roster.results import Results, percent
from tests.domain.office_tables import reference

RULES = reference().level_rules
TODAY = date(2024, 9, 20)
LONG = date(2010, 1, 4)
#: Exactly what 四级 asks for: 50 finished, 85 % of 60 settled, 30 % oral.
ENOUGH = Results(settled=51, oral=15, failed=9)


def missing(results: Results, since: date | None = LONG, current: str = "") -> list[str]:
    return [each.missing for each in meter(current, since, results, RULES, TODAY).conditions if not each.met]


def test_the_office_s_table_is_sound() -> None:
    assert check_rules(RULES) == ()
    fourth = next(rule for rule in RULES if rule.level == "4")
    assert (fourth.years, fourth.cases, fourth.oral_share_max, fourth.success_min) == (2, 50, 30, 85)


def test_who_meets_every_condition_may_apply() -> None:
    found = meter("", LONG, ENOUGH, RULES, TODAY)
    assert (found.next, found.reached) == ("4", "4")
    assert found.words.startswith("已够四级的条件")


@pytest.mark.parametrize(
    ("results", "since", "said"),
    [
        (ENOUGH, date(2023, 1, 1), "满2年要到2025年1月1日"),
        (ENOUGH, None, "请先在资料里填聘任日期"),
        (Results(settled=40, oral=3, failed=2), LONG, "再办结8件"),
        (Results(settled=51, oral=18, failed=9), LONG, "再达成9件书面协议"),
        (Results(settled=50, oral=3, failed=10), LONG, "再连续调成7件"),
        (Results(), LONG, "还没有办结的案件"),
    ],
)
def test_what_is_missing_is_said(results: Results, since: date | None, said: str) -> None:
    assert any(said in text for text in missing(results, since))


def test_two_years_are_full_on_the_same_day() -> None:
    assert missing(ENOUGH, date(2022, 9, 20)) == []
    assert missing(ENOUGH, date(2022, 9, 21)) == ["满2年要到2024年9月21日"]


def test_the_meter_is_about_the_level_above() -> None:
    assert meter("4", LONG, ENOUGH, RULES, TODAY).next == "3"
    top = meter("1", LONG, ENOUGH, RULES, TODAY)
    assert (top.next, top.conditions) == ("", ()) and "没有更高的等级" in top.words


def test_a_share_is_never_rounded_up_to_what_it_does_not_reach() -> None:
    assert percent(84.99) == "84.9%" and percent(85.0) == "85%" and percent(None) == "—"
    assert percent(100 * 17 / 20) == "85%"


def test_rules_out_of_bounds_are_said_at_their_cell() -> None:
    changed = [replace(RULES[0], oral_share_max=130, cases=-1), replace(RULES[1], level="7")]
    assert {problem.field for problem in check_rules(changed)} == {"4.oral_share_max", "4.cases", "7.level"}
    assert [problem.field for problem in check_rules([RULES[0], RULES[0]])] == ["4.level"]


_results = st.builds(
    lambda settled, oral, failed: Results(settled=settled, oral=min(oral, settled), failed=failed),
    st.integers(0, 600),
    st.integers(0, 600),
    st.integers(0, 200),
)


@given(_results, st.dates(date(1990, 1, 1), TODAY), st.sampled_from(["", *LEVELS]))
def test_what_is_missing_is_exactly_what_is_not_met(results: Results, since: date, current: str) -> None:
    found = meter(current, since, results, RULES, TODAY)
    for each in found.conditions:
        assert bool(each.missing) != each.met
        assert 0 <= each.done <= 1 and (each.done == 1) >= each.met
    if found.next and all(each.met for each in found.conditions) and not current:
        assert found.reached


@given(_results)
def test_doing_what_the_meter_says_meets_the_condition(results: Results) -> None:
    """So many more successes, or written agreements, and the sentence is gone; one fewer, and it is not."""
    conditions = {each.name: each for each in meter("", LONG, results, RULES, TODAY).conditions}
    success = conditions["调解成功率"]
    if results.finished and not success.met:
        more = int(success.missing.split("调成")[1].split("件")[0])
        assert _met(replace(results, settled=results.settled + more), "调解成功率")
        assert not _met(replace(results, settled=results.settled + more - 1), "调解成功率")
    oral = conditions["口头协议比例"]
    if not oral.met:
        more = int(oral.missing.split("达成")[1].split("件")[0])
        assert _met(replace(results, settled=results.settled + more), "口头协议比例")
        assert not _met(replace(results, settled=results.settled + more - 1), "口头协议比例")


def _met(results: Results, name: str) -> bool:
    return next(each.met for each in meter("", LONG, results, RULES, TODAY).conditions if each.name == name)


@given(_results, st.integers(1, 50))
def test_a_further_written_success_never_takes_a_level_away(results: Results, more: int) -> None:
    before = meter("", LONG, results, RULES, TODAY).reached
    after = meter("", LONG, replace(results, settled=results.settled + more), RULES, TODAY).reached
    assert not before or (after and after <= before)
