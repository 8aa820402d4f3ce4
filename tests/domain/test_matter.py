"""What the pages of matters rest on: moving periods, ranges of clocks, clocks in brief, steps that are open."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.clocks import lasting
from qingyuan_desk.domain.matter import ClockView, DueRange, LedgerFilter, MatterFacts, due_range
from qingyuan_desk.domain.steps import steps

FRIDAY = date(2024, 9, 20)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (LedgerFilter(), (None, None)),
        (LedgerFilter(period="today"), (FRIDAY, FRIDAY)),
        (LedgerFilter(period="week"), (date(2024, 9, 16), date(2024, 9, 22))),
        (LedgerFilter(period="month"), (date(2024, 9, 1), FRIDAY)),
        (LedgerFilter(first_day=date(2024, 1, 1)), (date(2024, 1, 1), None)),
    ],
)
def test_periods_move_with_the_day(wanted: LedgerFilter, expected: tuple[date | None, date | None]) -> None:
    assert wanted.days(FRIDAY) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("ringing", DueRange("alarm_on", date.min, FRIDAY)),
        ("overdue", DueRange("shifted_end", date.min, date(2024, 9, 19))),
        ("soon", DueRange("alarm_on", FRIDAY, date(2024, 9, 23))),
        ("week", DueRange("alarm_on", date(2024, 9, 16), date(2024, 9, 22))),
        ("quiet", None),
        ("", None),
    ],
)
def test_what_is_asked_of_the_clocks(due: str, expected: DueRange | None) -> None:
    assert due_range(due, FRIDAY) == expected


def _clock(words: str, state: str = "ok", start: date = date(2024, 9, 10)) -> ClockView:
    end = date(2024, 9, 25)
    return ClockView(1, "petition_register", "登记", "第二十二条", start, end, end, end, False, state, words)


@pytest.mark.parametrize(
    ("words", "brief"),
    [
        ("还有 6 天（10月25日，顺延至10月27日）", "还有 6 天"),
        ("今天到期（顺延至10月8日）", "今天到期"),
        ("10月5日已到期，顺延至10月8日", "顺延至10月8日"),
        ("已超 2 天", "已超 2 天"),
    ],
)
def test_a_clock_in_brief(words: str, brief: str) -> None:
    assert _clock(words).brief == brief


@pytest.mark.parametrize(("day", "gone"), [(9, 0.0), (10, 0.0), (16, 0.4), (25, 1.0), (30, 1.0)])
def test_how_much_of_its_time_has_gone(day: int, gone: float) -> None:
    assert _clock("").elapsed(date(2024, 9, day)) == pytest.approx(gone)


def test_a_clock_without_days_is_full() -> None:
    assert _clock("", start=date(2024, 9, 25)).elapsed(date(2024, 9, 25)) == 1.0


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "不到 1 分钟"),
        (timedelta(minutes=35), "35 分钟"),
        (timedelta(hours=3, minutes=20), "3 小时 20 分钟"),
        (timedelta(hours=5), "5 小时"),
        (timedelta(days=2, hours=4, minutes=59), "2 天 4 小时"),
        (timedelta(days=9), "9 天"),
        (timedelta(days=41, hours=3), "41 天"),
    ],
)
def test_how_long_something_took(span: timedelta, words: str) -> None:
    assert lasting(span) == words


def _facts(flow: str = "mediation", state: str = "open") -> MatterFacts:
    at = datetime(2024, 9, 20, 10, 0)
    texts = {name: "" for name, kind in MatterFacts.__annotations__.items() if kind == "str"}
    tuples = {name: () for name, kind in MatterFacts.__annotations__.items() if str(kind).startswith("tuple")}
    return MatterFacts(
        **{**texts, **tuples, "flow": flow, "state": state},
        matter_id=1,
        flags=frozenset(),
        sealed=False,
        opened_at=at,
        updated_at=at,
        version=1,
    )


def _open(facts: MatterFacts, role: str, read_only: str = "") -> dict[str, str]:
    return {step.code: step.hindrance for step in steps(facts, Actor("a", "小张", role), read_only)}


def test_a_clerk_can_do_everything_with_an_open_matter() -> None:
    assert _open(_facts(), "clerk") == {"note": "", "again": "", "print": ""}


def test_what_stands_in_the_way_is_said() -> None:
    assert _open(_facts(), "mediator")["again"] == "“小张”没有这项权限。"
    assert "新事项" in _open(_facts(state="void"), "clerk")["again"]
    assert _open(_facts(state="void"), "clerk")["note"] == ""
    read_only = _open(_facts(), "clerk", "只能查询。")
    assert (read_only["note"], read_only["again"], read_only["print"]) == ("只能查询。", "只能查询。", "")


def test_each_step_names_the_article_of_its_flow() -> None:
    named = {
        flow: [step.article for step in steps(_facts(flow), Actor("a", "张", "clerk"))]
        for flow in ("petition", "mediation")
    }
    assert all("信访工作条例" in article for article in named["petition"])
    assert all("人民调解法" in article for article in named["mediation"])
