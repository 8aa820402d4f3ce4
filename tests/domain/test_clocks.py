"""Statutory clocks: both last days, the alarm, and how they are said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.clocks import SOON_DAYS, ClockRule, Due, days_left, due, in_words, state_of

CALENDAR = WorkCalendar()
UNITS = ("day", "workday", "month", "year", "hour")
STARTS = st.dates(date(1995, 1, 1), date(2060, 12, 31))


def rule(limit: int, unit: str = "day") -> ClockRule:
    return ClockRule(
        "petition_register",
        "登记并转送",
        "收到信访事项",
        limit,
        unit,
        "",
        "信访部门",
        "《信访工作条例》第二十二条",
    )


def ends(start: date, limit: int, unit: str = "day") -> tuple[date, date]:
    found = due(rule(limit, unit), start, CALENDAR)
    return found.natural_end, found.shifted_end


@pytest.mark.parametrize(
    ("start", "limit", "natural", "shifted"),
    [
        # A Saturday; the Sunday after it was worked for the Spring Festival.
        (date(2025, 1, 10), 15, date(2025, 1, 25), date(2025, 1, 26)),
        # 五一, then 端午.
        (date(2025, 3, 3), 60, date(2025, 5, 2), date(2025, 5, 6)),
        (date(2025, 3, 3), 90, date(2025, 6, 1), date(2025, 6, 3)),
        # 国庆 and 中秋 in one.
        (date(2025, 9, 17), 15, date(2025, 10, 2), date(2025, 10, 9)),
        # 司法确认: thirty days after the agreement takes effect, a working day.
        (date(2025, 6, 1), 30, date(2025, 7, 1), date(2025, 7, 1)),
    ],
)
def test_vectors_of_natural_days(start: date, limit: int, natural: date, shifted: date) -> None:
    found = due(rule(limit), start, CALENDAR)
    assert (found.natural_end, found.shifted_end, found.alarm_on) == (natural, shifted, natural)
    assert not found.provisional
    assert (found.start, found.unit, found.article) == (start, "day", "《信访工作条例》第二十二条")


@pytest.mark.parametrize(
    ("start", "limit", "unit", "natural", "shifted"),
    [
        # Five working days to object, over the Mid-Autumn holiday and a worked Saturday.
        (date(2024, 9, 13), 5, "workday", date(2024, 9, 23), date(2024, 9, 23)),
        (date(2024, 9, 27), 5, "workday", date(2024, 10, 10), date(2024, 10, 10)),
        # The corresponding day, or the last day of the month.
        (date(2025, 1, 15), 1, "month", date(2025, 2, 15), date(2025, 2, 17)),
        (date(2025, 1, 31), 1, "month", date(2025, 2, 28), date(2025, 2, 28)),
        (date(2024, 1, 31), 1, "month", date(2024, 2, 29), date(2024, 2, 29)),
        (date(2024, 8, 31), 6, "month", date(2025, 2, 28), date(2025, 2, 28)),
        (date(2024, 12, 20), 1, "month", date(2025, 1, 20), date(2025, 1, 20)),
        (date(2024, 2, 29), 1, "year", date(2025, 2, 28), date(2025, 2, 28)),
        (date(2021, 9, 20), 3, "year", date(2024, 9, 20), date(2024, 9, 20)),
        # Hours do not wait for Monday.
        (date(2024, 9, 20), 24, "hour", date(2024, 9, 21), date(2024, 9, 21)),
        (date(2024, 9, 20), 6, "hour", date(2024, 9, 21), date(2024, 9, 21)),
        (date(2024, 9, 20), 48, "hour", date(2024, 9, 22), date(2024, 9, 22)),
    ],
)
def test_other_units(start: date, limit: int, unit: str, natural: date, shifted: date) -> None:
    assert ends(start, limit, unit) == (natural, shifted)


def test_an_unknown_unit_is_told() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        due(rule(1, "fortnight"), date(2024, 9, 20), CALENDAR)


@pytest.mark.parametrize(
    ("start", "unit", "provisional"),
    [
        (date(2026, 12, 10), "day", False),
        (date(2026, 12, 20), "day", True),
        (date(2026, 12, 20), "workday", True),
        (date(2040, 1, 1), "day", True),
        (date(2040, 1, 1), "hour", False),
    ],
)
def test_provisional_until_the_holidays_are_published(start: date, unit: str, provisional: bool) -> None:
    assert due(rule(15, unit), start, CALENDAR).provisional is provisional


def test_the_office_enters_the_holidays_and_the_clock_is_firm() -> None:
    entered = WorkCalendar({date(2027, 1, 1): False, date(2027, 1, 4): False, date(2027, 10, 1): False})
    found = due(rule(15), date(2026, 12, 20), entered)
    assert (found.natural_end, found.shifted_end, found.provisional) == (
        date(2027, 1, 4),
        date(2027, 1, 5),
        False,
    )


MOVED = due(rule(15), date(2025, 9, 17), CALENDAR)  # 2 October, moved to 9 October
PLAIN = due(rule(30), date(2025, 6, 1), CALENDAR)  # 1 July


@pytest.mark.parametrize(
    ("clock", "today", "left", "state", "words"),
    [
        (MOVED, date(2025, 9, 17), 15, "ok", "还有 15 天（10月2日，顺延至10月9日）"),
        (MOVED, date(2025, 9, 28), 4, "ok", "还有 4 天（10月2日，顺延至10月9日）"),
        (MOVED, date(2025, 9, 29), 3, "soon", "还有 3 天（10月2日，顺延至10月9日）"),
        (MOVED, date(2025, 10, 2), 0, "today", "今天到期（顺延至10月9日）"),
        (MOVED, date(2025, 10, 3), 0, "today", "10月2日已到期，顺延至10月9日"),
        (MOVED, date(2025, 10, 9), 0, "today", "10月2日已到期，顺延至今天"),
        (MOVED, date(2025, 10, 10), -1, "overdue", "已超 1 天"),
        (PLAIN, date(2025, 6, 25), 6, "ok", "还有 6 天（7月1日）"),
        (PLAIN, date(2025, 6, 30), 1, "soon", "还有 1 天（7月1日）"),
        (PLAIN, date(2025, 7, 1), 0, "today", "今天到期"),
        (PLAIN, date(2025, 7, 3), -2, "overdue", "已超 2 天"),
    ],
)
def test_what_is_left_and_how_it_is_said(clock: Due, today: date, left: int, state: str, words: str) -> None:
    assert (days_left(clock, today), state_of(clock, today), in_words(clock, today)) == (left, state, words)


def test_the_year_is_said_when_it_is_another_one() -> None:
    assert in_words(due(rule(15), date(2024, 12, 20), CALENDAR), date(2024, 12, 25)) == (
        "还有 10 天（2025年1月4日，顺延至2025年1月6日）"
    )


def test_a_provisional_clock_says_so() -> None:
    assert in_words(due(rule(15), date(2026, 12, 20), CALENDAR), date(2027, 1, 1)) == (
        "还有 3 天（1月4日，节假日未公布，暂定）"
    )


@given(STARTS, st.integers(1, 120), st.sampled_from(UNITS))
def test_a_clock_ends_after_its_start_and_on_a_working_day(start: date, limit: int, unit: str) -> None:
    found = due(rule(limit, unit), start, CALENDAR)
    assert start < found.natural_end <= found.shifted_end
    assert found.alarm_on == found.natural_end
    assert unit == "hour" or CALENDAR.is_workday(found.shifted_end)


@given(STARTS, st.integers(1, 120), st.integers(0, 60), st.sampled_from(UNITS))
def test_a_longer_limit_never_ends_earlier(start: date, limit: int, more: int, unit: str) -> None:
    shorter, longer = ends(start, limit, unit), ends(start, limit + more, unit)
    assert shorter[0] <= longer[0]
    assert shorter[1] <= longer[1]


@given(STARTS, st.integers(0, 60), st.integers(1, 90), st.sampled_from(UNITS))
def test_a_later_start_never_ends_earlier(start: date, later: int, limit: int, unit: str) -> None:
    first, second = ends(start, limit, unit), ends(start + timedelta(days=later), limit, unit)
    assert first[0] <= second[0]
    assert first[1] <= second[1]


@given(STARTS, st.integers(1, 48))
def test_months_keep_the_day_or_end_the_month(start: date, months: int) -> None:
    end, _ = ends(start, months, "month")
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


@given(STARTS, st.integers(1, 90), st.sampled_from(UNITS), st.integers(0, 120))
def test_time_only_runs_out(start: date, limit: int, unit: str, passed: int) -> None:
    found = due(rule(limit, unit), start, CALENDAR)
    today = start + timedelta(days=passed)
    assert days_left(found, today + timedelta(days=1)) <= days_left(found, today)
    assert (state_of(found, today) == "overdue") == (today > found.shifted_end)
    assert (state_of(found, today) == "ok") == (today < found.alarm_on - timedelta(days=SOON_DAYS))
    assert in_words(found, today)
