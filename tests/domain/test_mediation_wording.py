"""Days as people type them, sums divided into instalments, and the words an agreement begins with."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.mediation.case import Instalment
from qingyuan_desk.domain.mediation.dividing import evenly
from qingyuan_desk.domain.mediation.forms import Part
from qingyuan_desk.domain.mediation.wording import deadline_of, standing, terms_in
from qingyuan_desk.domain.moments import read_day

TODAY = date(2024, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024-09-30", date(2024, 9, 30)),
        ("2024年9月30日", date(2024, 9, 30)),
        ("9-30", date(2024, 9, 30)),
        ("9月30日", date(2024, 9, 30)),
        ("0930", date(2024, 9, 30)),
        ("１２．３１", date(2024, 12, 31)),
        ("1-15", date(2025, 1, 15)),  # the nearest one lies ahead
        ("今天", TODAY),
        ("+7", date(2024, 12, 1)),
        ("2-30", None),
        ("13-1", None),
        ("后来", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_it_is_typed(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@given(st.integers(1, 10_000_000), st.integers(1, 60))
def test_instalments_always_add_up(amount: int, number: int) -> None:
    parts = evenly(amount, number, date(2024, 1, 31), 1, 2)
    assert sum(part.amount for part in parts) == amount and len(parts) == number
    assert all(part.amount >= 0 for part in parts)
    assert [part.due_on for part in parts] == sorted(part.due_on for part in parts)


def test_instalments_are_whole_yuan_and_the_last_takes_the_rest() -> None:
    parts = evenly(100_000, 3, date(2024, 1, 31), 1, 2)
    assert [part.amount for part in parts] == [33_300, 33_300, 33_400]
    assert [part.due_on for part in parts] == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]


def test_terms_lose_the_numbers_somebody_put_before_them() -> None:
    text = "1. 改檐\n2、赔偿 3,000元\n\n第三条：和好\n（一）不动\n2024年10月1日前付清"
    assert terms_in(text) == ("改檐", "赔偿 3,000元", "和好", "（一）不动", "2024年10月1日前付清")


def test_the_time_for_performing_is_said_from_the_instalments() -> None:
    first, last = Part(date(2024, 10, 8), "", 1), Part(date(2024, 12, 8), "", 1)
    assert deadline_of(()) == ""
    assert deadline_of((first,)) == "2024年10月8日前"
    assert deadline_of((first, last)) == "自2024年10月8日起分 2 期，至2024年12月8日"


@pytest.mark.parametrize(
    ("paid", "paid_on", "today", "told"),
    [
        (0, None, date(2024, 10, 1), ("due", "还有 7 天")),
        (0, None, date(2024, 10, 8), ("today", "今天到期")),
        (0, None, date(2024, 10, 11), ("late", "逾期 3 天")),
        (400, date(2024, 10, 1), date(2024, 10, 2), ("partly", "部分履行")),
        (400, date(2024, 10, 1), date(2024, 10, 11), ("late", "逾期 3 天")),
        (1_000, date(2024, 10, 8), date(2024, 12, 1), ("paid", "已履行")),
        (1_000, date(2024, 10, 10), date(2024, 12, 1), ("paid", "已履行，迟 2 天")),
    ],
)
def test_how_an_instalment_stands(
    paid: int, paid_on: date | None, today: date, told: tuple[str, str]
) -> None:
    part = Instalment(1, 1, 1, date(2024, 10, 8), 1_000, "", 1, 2, paid=paid, paid_on=paid_on)
    assert standing(part, today) == told
