"""Periods of reports: what people write, what comes before, and that a year's periods cover it once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.periods import Period, read_period

_DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024-09", "2024-09"),
        ("2024-9", "2024-09"),
        ("2024/01", "2024-01"),
        (" 2024.12 ", "2024-12"),
        ("２０２４年９月", "2024-09"),
        ("202409", "2024-09"),
        ("2024 年 12 月", "2024-12"),
        ("2024Q3", "2024Q3"),
        ("2024年第三季度", "2024Q3"),
        ("2024-q1", "2024Q1"),
        ("2024H2", "2024H2"),
        ("2024年上半年", "2024H1"),
        ("2024", "2024"),
        ("2024年度", "2024"),
        ("2024年", "2024"),
    ],
)
def test_what_people_write_for_a_period(written: str, code: str) -> None:
    period = read_period(written)
    assert period is not None and period.code == code
    assert read_period(period.code) == period


@pytest.mark.parametrize(
    "written",
    [
        "",
        "九月",
        "2024-13",
        "2024Q5",
        "2024H3",
        "24-09",
        "2024-00",
        "1824-09",
        "20249",
        "9-2024",
        "2024-09-01",
        "上个月",
    ],
)
def test_what_is_no_period(written: str) -> None:
    assert read_period(written) is None


@pytest.mark.parametrize("kind", [Period.month, Period.quarter, Period.half])
def test_the_periods_of_a_year_cover_it_once(kind) -> None:  # type: ignore[no-untyped-def]
    parts, part = [], kind(2024, 1)
    while part.first.year == 2024:
        parts.append(part)
        part = part.after()
    assert parts[0].first == Period.year(2024).first
    assert parts[-1].last == Period.year(2024).last
    assert all(one.last + timedelta(days=1) == two.first for one, two in pairwise(parts))


@given(_DAYS, st.integers(0, 800))
def test_before_and_after_undo_each_other(day: date, length: int) -> None:
    number = (day.month + 2) // 3
    periods = (
        Period.month(day.year, day.month),
        Period.quarter(day.year, number),
        Period.half(day.year, (number + 1) // 2),
        Period.year(day.year),
        Period.span(day, day + timedelta(days=length)),
    )
    for period in periods:
        assert period.before().after() == period
        assert period.before().last + timedelta(days=1) == period.first
        assert period.year_before().kind == period.kind


def test_the_leap_day_a_year_before() -> None:
    assert Period.span(date(2024, 2, 1), date(2024, 2, 29)).year_before().last == date(2023, 2, 28)
    assert Period.month(2024, 2).year_before().last == date(2023, 2, 28)


def test_thirteen_months_end_with_this_one() -> None:
    trend = Period.quarter(2024, 3).trend()
    assert (len(trend), trend[0].code, trend[-1].code) == (13, "2023-09", "2024-09")
    assert [month.code for month in Period.quarter(2024, 3).months()] == ["2024-07", "2024-08", "2024-09"]


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Period.span(date(2024, 9, 2), date(2024, 9, 1))
