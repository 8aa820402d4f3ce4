"""Periods that are reported on: a month, a quarter, half a year, a year, or any span of days; and what people write for them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

#: Kinds of periods: code → what the paper of one is called, what the period before is called, what the year before.
KINDS: Mapping[str, tuple[str, str, str]] = {
    "month": ("月报", "上月", "上年同月"),
    "quarter": ("季报", "上季度", "上年同季度"),
    "half": ("半年报", "上一半年", "上年同期"),
    "year": ("年报", "上年", "前年"),
    "span": ("专报", "上一同长时段", "上年同期"),
}
#: Months of a kind that begins on the first of a month.
_MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ORDINALS = "一二三四"


@dataclass(frozen=True)
class Period:
    """A span of business days, both ends included, what it is called (2024年9月), and its kind (a code of KINDS)."""

    first: date
    last: date
    name: str
    kind: str = "month"

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month."""
        return cls._of_months("month", year, month, f"{year}年{month}月")

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        """A quarter, 1 to 4."""
        return cls._of_months("quarter", year, 3 * number - 2, f"{year}年第{_ORDINALS[number - 1]}季度")

    @classmethod
    def half(cls, year: int, number: int) -> Period:
        """The first (1) or second (2) half of a year."""
        return cls._of_months("half", year, 6 * number - 5, f"{year}年{'上下'[number - 1]}半年")

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year."""
        return cls._of_months("year", year, 1, f"{year}年")

    @classmethod
    def span(cls, first: date, last: date) -> Period:
        """Any span of days; raises ValueError when it ends before it begins."""
        if last < first:
            raise ValueError("a period does not end before it begins")
        return cls(first, last, f"{_said(first)}至{_said(last)}", "span")

    @classmethod
    def _of_months(cls, kind: str, year: int, month: int, name: str) -> Period:
        last_year, last_month = _shifted(year, month, _MONTHS[kind] - 1)
        last = date(last_year, last_month, monthrange(last_year, last_month)[1])
        return cls(date(year, month, 1), last, name, kind)

    @property
    def code(self) -> str:
        """2024-09, 2024Q3, 2024H1, 2024, or 2024-09-03_2024-09-20: what files and the terminal call it."""
        year, month = self.first.year, self.first.month
        return {
            "month": f"{year:04}-{month:02}",
            "quarter": f"{year:04}Q{(month + 2) // 3}",
            "half": f"{year:04}H{(month + 5) // 6}",
            "year": f"{year:04}",
        }.get(self.kind, f"{self.first.isoformat()}_{self.last.isoformat()}")

    @property
    def paper(self) -> str:
        """What its paper is called: 月报."""
        return KINDS[self.kind][0]

    def before(self) -> Period:
        """The period of the same kind before it; of a span, as many days right before it."""
        if self.kind == "span":
            last = self.first - timedelta(days=1)
            return Period.span(last - (self.last - self.first), last)
        return self._moved(-_MONTHS[self.kind])

    def after(self) -> Period:
        """The period of the same kind behind it."""
        if self.kind == "span":
            first = self.last + timedelta(days=1)
            return Period.span(first, first + (self.last - self.first))
        return self._moved(_MONTHS[self.kind])

    def year_before(self) -> Period:
        """The same period a year earlier (上年同期); the leap day becomes 28 February."""
        if self.kind == "span":
            return Period.span(_year_before(self.first), _year_before(self.last))
        return self._moved(-12)

    def months(self) -> tuple[Period, ...]:
        """The calendar months it touches, in order."""
        count = 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1
        return tuple(
            Period.month(*_shifted(self.first.year, self.first.month, place)) for place in range(count)
        )

    def trend(self, months: int = 13) -> tuple[Period, ...]:
        """So many calendar months up to the one it ends in."""
        year, month = self.last.year, self.last.month
        return tuple(Period.month(*_shifted(year, month, place - months + 1)) for place in range(months))

    def _moved(self, months: int) -> Period:
        year, month = _shifted(self.first.year, self.first.month, months)
        return {
            "month": lambda: Period.month(year, month),
            "quarter": lambda: Period.quarter(year, (month + 2) // 3),
            "half": lambda: Period.half(year, (month + 5) // 6),
            "year": lambda: Period.year(year),
        }[self.kind]()


_DIGITS = {**{word: number for number, word in enumerate(_ORDINALS, 1)}, "上": 1, "下": 2}
_YEAR = "((?:19|20|21)[0-9]{2})"
_WRITTEN = (
    ("month", re.compile(rf"{_YEAR}[-./年]?(0[1-9]|1[0-2]|(?<=[-./年])[1-9])月?")),
    ("quarter", re.compile(rf"{_YEAR}[-/年]?(?:Q|第)([1-4一二三四])(?:季度?)?", re.IGNORECASE)),
    ("half", re.compile(rf"{_YEAR}[-/年]?(?:H([12])|(上|下)半年?)", re.IGNORECASE)),
    ("year", re.compile(rf"{_YEAR}年?(?:度|全年)?")),
)


def read_period(text: str) -> Period | None:
    """The period a person means: 2024-09, 2024年9月, 2024Q3, 2024年第三季度, 2024H1, 2024年上半年, 2024; None for others."""
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    for kind, written in _WRITTEN:
        if match := written.fullmatch(said):
            year, *numbers = (part for part in match.groups() if part)
            number = [_DIGITS.get(part) or int(part) for part in numbers]
            make = {"month": Period.month, "quarter": Period.quarter, "half": Period.half}
            return make[kind](int(year), number[0]) if number else Period.year(int(year))
    return None


def _shifted(year: int, month: int, months: int) -> tuple[int, int]:
    """A month so many months later; earlier, where negative."""
    years, month = divmod(12 * year + month - 1 + months, 12)
    return years, month + 1


def _year_before(day: date) -> date:
    last = monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, min(day.day, last))


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
