"""Days and times as people and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from qingyuan_desk.domain.text import clean_line

_DAY = re.compile(
    r"(\d{4})(?:\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?:\s?[日号]|(?!\d))|(\d{2})(\d{2})(?!\d))"
)
_TIME = re.compile(
    r"T?\s?(?:(?:星期|周).)?\s?(上午|下午|晚上|早上|中午|凌晨)?\s?(\d{1,2})\s?[:时点]\s?(\d{1,2})?(?:[:分](\d{1,2})?(?:\.\d+)?秒?)?"
)
_OFFSET = re.compile(r"(?:[+-]\d{2}:?\d{2}|Z)$")
_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_AFTERNOON = ("下午", "晚上")
_SHORT_DAY = re.compile(r"(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号]?|(\d{2})(\d{2})")
_NEAR = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2}
_AHEAD = re.compile(r"\+\s?(\d{1,4})")
#: Spreadsheets count days from here; serials of the years 2000 to 2099.
_SERIAL_ZERO = datetime(1899, 12, 30)
_SERIALS = range(36526, 73051)


def read_moment(text: str) -> datetime | date | None:
    """A moment, or a day when no time is stated, in the ways people and spreadsheets write it; None for anything else.

    The year has four digits. Text without an offset is local time, and the answer naive.
    """
    said = unicodedata.normalize("NFKC", clean_line(text))
    try:
        if serial := _SERIAL.fullmatch(said):
            return _of_serial(int(serial[1]), float(serial[2] or 0))
        day = _DAY.match(said)
        if day is None:
            return None
        rest = said[day.end() :]
        if rest and _OFFSET.search(rest):
            return datetime.fromisoformat(said)
        on = date(int(day[1]), int(day[2] or day[4]), int(day[3] or day[5]))
        return _at(on, rest.strip()) if rest.strip() else on
    except ValueError:
        return None


def read_day(text: str, today: date) -> date | None:
    """A day as a person at the desk writes it: 2024-09-30 · 9-30 · 9月30日 · 0930 · 今天 · +7; None for anything else.

    Without a year it is the day nearest to `today`.
    """
    said = unicodedata.normalize("NFKC", clean_line(text))
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    if ahead := _AHEAD.fullmatch(said):
        return today + timedelta(days=int(ahead[1]))
    if short := _SHORT_DAY.fullmatch(said):
        month, day = int(short[1] or short[3]), int(short[2] or short[4])
        return _nearest(month, day, today)
    read = read_moment(said)
    return read.date() if isinstance(read, datetime) else read


def _nearest(month: int, day: int, today: date) -> date | None:
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:  # no such day in this year
            continue
    return min(found, key=lambda each: abs(each - today), default=None)


def _of_serial(days: int, part: float) -> datetime | date | None:
    if days not in _SERIALS:
        return None
    moment = _SERIAL_ZERO + timedelta(days=days, seconds=round(part * 86400))
    return moment if part else moment.date()


def _at(on: date, rest: str) -> datetime | None:
    time = _TIME.fullmatch(rest)
    if time is None:
        return None
    hour = int(time[2]) + (12 if time[1] in _AFTERNOON and int(time[2]) < 12 else 0)
    return datetime(on.year, on.month, on.day, hour, int(time[3] or 0), int(time[4] or 0))


def is_time(text: str) -> bool:
    """Whether a text is a time of day and nothing more."""
    return _TIME.fullmatch(unicodedata.normalize("NFKC", clean_line(text))) is not None
