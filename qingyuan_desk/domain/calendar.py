"""Working days in China: the State Council's holidays and shifted working days, and the office's own corrections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_SATURDAY = 5
#: Holidays of the same month and day every year: 《全国年节及纪念日放假办法》第二条 (2024 年修订).
_FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


class WorkCalendar:
    """Knows working days. `edits`: day → True for a working day, False for a day off; they go before the library.

    In years for which nobody has published holidays yet, weekends and the holidays of a fixed date are off, and `known`
    says False.
    """

    def __init__(self, edits: Mapping[date, bool] | None = None) -> None:
        self._edits = dict(edits or {})

    def known(self, day: date) -> bool:
        """Whether the holidays of that year are known: published in the library, or entered by the office.

        An entered year counts when it has its New Year's Day and its National Day.
        """
        entered = date(day.year, 1, 1) in self._edits and date(day.year, 10, 1) in self._edits
        return entered or _published(day)

    def is_workday(self, day: date) -> bool:
        """Whether the office works on that day."""
        if day in self._edits:
            return self._edits[day]
        if not _published(day):
            return day.weekday() < _SATURDAY and not _is_fixed(day)
        return day in _worked() or (day.weekday() < _SATURDAY and day not in _holidays())

    def next_workday(self, day: date) -> date:
        """The first working day after the day."""
        following = day + _DAY
        while not self.is_workday(following):
            following += _DAY
        return following

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day after the day, which itself does not count (民法典第二百零一条)."""
        if n < 0:
            raise ValueError("a clock does not run backwards")
        for _ in range(n):
            day = self.next_workday(day)
        return day


def _is_fixed(day: date) -> bool:
    """元旦, 劳动节, 国庆节 of years to come: their days are in the regulation itself, not only in a year's notice."""
    return day.year > _published_years()[1] and (day.month, day.day) in _FIXED


def _published(day: date) -> bool:
    first, last = _published_years()
    return first <= day.year <= last


@cache
def _published_years() -> tuple[int, int]:
    return min(_holidays()).year, max(_holidays()).year


@cache
def _holidays() -> frozenset[date]:
    from chinese_calendar.constants import holidays

    return frozenset(holidays)


@cache
def _worked() -> frozenset[date]:
    """Weekends that are worked in exchange for a holiday."""
    from chinese_calendar.constants import workdays

    return frozenset(workdays)
