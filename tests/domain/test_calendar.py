"""Working days, known and not yet known."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.calendar import WorkCalendar

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
KNOWN_DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 9, 20), True),
        (date(2024, 9, 21), False),
        (date(2024, 9, 29), True),  # a Sunday worked for the National Day week
        (date(2024, 10, 1), False),
        (date(2024, 10, 12), True),  # a Saturday worked likewise
        (date(2025, 1, 26), True),  # a Sunday worked for the Spring Festival
        (date(2025, 1, 28), False),
        (date(2027, 1, 4), True),  # beyond what is published: weekends, and holidays of a fixed date
        (date(2027, 1, 1), False),
        (date(2027, 10, 1), False),
        (date(2027, 2, 8), True),  # the Spring Festival of a year nobody has published
        (date(2027, 1, 3), False),
        (date(2003, 5, 1), True),
    ],
)
def test_days(day: date, works: bool) -> None:
    assert WorkCalendar().is_workday(day) is works


def test_years_that_are_published() -> None:
    calendar = WorkCalendar()
    assert [calendar.known(date(year, 6, 1)) for year in (2003, 2004, 2026, 2040)] == [
        False,
        True,
        True,
        False,
    ]


def test_the_office_corrects_a_day() -> None:
    calendar = WorkCalendar({date(2024, 9, 20): False, date(2024, 9, 21): True})
    assert not calendar.is_workday(date(2024, 9, 20))
    assert calendar.is_workday(date(2024, 9, 21))
    assert calendar.next_workday(date(2024, 9, 19)) == date(2024, 9, 21)


def test_the_office_enters_a_year() -> None:
    one_day = WorkCalendar({date(2040, 2, 1): False})
    assert not one_day.known(date(2040, 6, 1))
    year = WorkCalendar({date(2040, 1, 1): False, date(2040, 10, 1): False})
    assert year.known(date(2040, 6, 1))
    assert not year.known(date(2041, 6, 1))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2024, 9, 20), 0, date(2024, 9, 20)),
        (date(2024, 9, 20), 1, date(2024, 9, 23)),
        (date(2024, 9, 27), 5, date(2024, 10, 10)),  # a worked Sunday, then the holidays
        (date(2025, 1, 24), 5, date(2025, 2, 7)),
    ],
)
def test_counting_working_days(start: date, days: int, end: date) -> None:
    assert WorkCalendar().add_workdays(start, days) == end


def test_working_days_do_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        WorkCalendar().add_workdays(date(2024, 9, 20), -1)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up(day: date, first: int, second: int) -> None:
    calendar = WorkCalendar()
    end = calendar.add_workdays(day, first + second)
    assert calendar.add_workdays(calendar.add_workdays(day, first), second) == end
    assert end >= day + timedelta(days=first + second)
    assert first + second == 0 or calendar.is_workday(end)


@given(KNOWN_DAYS)
def test_published_days_are_as_the_library_says(day: date) -> None:
    assert WorkCalendar().is_workday(day) is chinese_calendar.is_workday(day)


@given(st.dictionaries(DAYS, st.booleans(), max_size=20))
def test_edits_come_first(edits: dict[date, bool]) -> None:
    calendar = WorkCalendar(edits)
    assert {day: calendar.is_workday(day) for day in edits} == edits
