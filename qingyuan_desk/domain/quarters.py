"""Quarters of a year: what people write for them, and their days."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_WRITTEN = re.compile(r"(\d{4})[-年/]?(?:Q|第)?([1-4一二三四])(?:季度?)?", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a calendar year; number: 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, text: str) -> Quarter | None:
        """2024Q3, 2024-3, 2024年第三季度; None for anything else."""
        match = _WRITTEN.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
        if match is None or int(match[1]) < 1:
            return None
        return cls(int(match[1]), _NUMBERS.get(match[2]) or int(match[2]))

    @property
    def code(self) -> str:
        """2024Q3."""
        return f"{self.year:04}Q{self.number}"

    @property
    def name(self) -> str:
        """2024年第三季度."""
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        following = self.shifted(1)
        return following.first - timedelta(days=1)

    def shifted(self, quarters: int) -> Quarter:
        """The quarter so many later; earlier, where negative."""
        year, number = divmod(4 * self.year + self.number - 1 + quarters, 4)
        return Quarter(year, number + 1)
