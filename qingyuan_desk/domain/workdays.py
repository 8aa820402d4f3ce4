"""The State Council's notice of next year's holidays (放假安排的通知), read line by line; days the office sets itself.

What stands in such a notice: 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。 A line whose weekday or
count does not agree with its days is refused: somebody mistyped it, and a wrong workday moves every clock.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from qingyuan_desk.domain.columns import find, settled
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.moments import read_day
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.text import clean_line

#: The holidays of every year, by what their names have in common.
HOLIDAYS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
#: As it is shown again: the marks of Chinese, not of the key that reading compares.
_SHOWN = str.maketrans(",:;()", "，：；（）")
#: Where a set day comes from: the office itself; a notice has its own words.
BY_HAND = "本中心"

_NEW_YEAR = HOLIDAYS[0]
#: So many days in a row are no holiday any more.
_LONGEST = 15
_WEEKDAYS = "一二三四五六日"
_ITEM = re.compile(r"(?:^|\n|(?<=[。;.]))\s*(?=[一二三四五六七八九十]{1,2}、)")
_BROKEN = re.compile(r"(?<![。;])\s*\n\s*")
_NAME = re.compile(r"(?:[一二三四五六七八九十]{1,2}、|\d{1,2}[.、])?\s*([^:0-9]{2,20}):")
_YEAR = re.compile(r"(\d{4})年(?!\d{1,2}月)")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?"
_TOKEN = re.compile(rf"{_DAY}(?:\s*[至到—–~-]\s*{_DAY})?|(放假|补休|上班)")
_COUNT = re.compile(r"(?:共|放假)(\d{1,2})天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")

_COLUMNS = {
    "day": ("日期", "日子"),
    "works": ("上班还是放假", "班休", "状态", "类型"),
    "note": ("说明", "节日", "名称", "备注"),
}
_WORKED, _OFF = frozenset({"班", "上班", "工作日", "补班"}), frozenset({"休", "放假", "休息", "节假日", "假"})


@dataclass(frozen=True)
class SetDay:
    """A day the office set. source: BY_HAND, or the notice it stands in."""

    day: date
    works: bool
    note: str
    source: str


@dataclass(frozen=True)
class NoticeLine:
    """A line as it was understood. off, worked: the days it sets; neither: it sets nothing."""

    text: str
    name: str = ""
    off: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def words(self) -> str:
        """What was understood: 放假 1月1日至1月3日（3 天）；上班 1月4日."""
        parts = []
        if self.off:
            parts.append(f"放假 {_said(self.off)}（{len(self.off)} 天）")
        if self.worked:
            parts.append(f"上班 {_said(self.worked)}")
        return "；".join(parts)


@dataclass(frozen=True)
class Notice:
    """A notice as it was understood. problems: of the whole; those of a line stand with it."""

    year: int
    source: str
    lines: tuple[NoticeLine, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Of the whole and of every line."""
        return (*self.problems, *(problem for line in self.lines for problem in line.problems))

    @property
    def refused(self) -> tuple[Problem, ...]:
        """What must be put right before it can be saved."""
        return tuple(problem for problem in self.all_problems if problem.level is Level.REFUSE)

    @property
    def days(self) -> tuple[SetDay, ...]:
        """Every day it sets."""
        found = {
            day: SetDay(day, works, line.name, self.source)
            for line in self.lines
            for works, days in ((False, line.off), (True, line.worked))
            for day in days
        }
        return tuple(found[day] for day in sorted(found))


def read_notice(text: str, next_year: int) -> Notice:
    """The pasted text of a notice; `next_year` where it names no year."""
    said = unicodedata.normalize("NFKC", text).replace("：", ":")
    named = _YEAR.search(said)
    year = int(named[1]) if named else next_year
    lines = tuple(
        _read_line(chunk, year)
        for piece in _ITEM.split(said)
        for chunk in _unwrapped(piece).splitlines()
        if chunk.strip()
    )
    return _whole(year, f"{year}年放假安排的通知", lines)


def read_sheet(grid: Grid, next_year: int) -> Notice:
    """The same from a sheet with the columns 日期, 班休, 说明; one day a row."""
    places, told = find(grid.header, _COLUMNS)
    columns = settled(grid.header, places, told, "")
    missing = [_COLUMNS[name][0] for name in ("day", "works") if name not in places]
    if missing:
        sentence = (
            f"表里没有“{'”“'.join(missing)}”列。第一行写 日期、班休、说明，每行一天，班休写“班”或“休”。"
        )
        return Notice(next_year, grid.name, (), (Problem("notice", sentence),))
    lines = tuple(
        _read_row(columns.cells(row), number, next_year)
        for number, row in enumerate(grid.rows, start=grid.first_row)
        if any(cell.strip() for cell in row)
    )
    years = [day.year for line in lines for day in (*line.off, *line.worked)]
    return _whole(max(set(years), key=years.count, default=next_year), grid.name, lines)


def _unwrapped(piece: str) -> str:
    """An item in one line again: text pasted from a PDF breaks in the middle of a sentence."""
    return _BROKEN.sub("", piece) if _NAME.match(piece.strip()) else piece


# --- a line ----------------------------------------------------------------------------------------------------------


def _read_line(chunk: str, year: int) -> NoticeLine:
    text = clean_line(chunk)
    named = _NAME.match(text)
    name = named[1].strip() if named else ""
    reading = _Reading(year, name)
    for sentence in re.split("[。;]", text[named.end() :] if named else text):
        reading.read(sentence)
    return NoticeLine(
        text.translate(_SHOWN),
        name,
        tuple(reading.off),
        tuple(reading.worked),
        tuple(Problem("notice", each) for each in reading.problems),
    )


class _Reading:
    """A line being read: days wait until the word that says what they are (放假, 补休, 上班)."""

    def __init__(self, year: int, name: str) -> None:
        self.year, self.name, self.month = year, name, 0
        self.off: list[date] = []
        self.worked: list[date] = []
        self.problems: list[str] = []

    def read(self, sentence: str) -> None:
        """One sentence; a month not said again is the one before."""
        waiting: list[date] = []
        before = len(self.off)
        for token in _TOKEN.finditer(sentence):
            if token[9] == "上班":
                self.worked += waiting
                self.problems += [
                    f"{_named(day)}不是周末，本来就上班，请核对。" for day in waiting if day.weekday() < 5
                ]
            elif token[9]:
                self.off += waiting
            waiting = [] if token[9] else waiting + self._span(token)
        said = _COUNT.search(sentence)
        read = len(self.off) - before
        if said and read and int(said[1]) != read:
            self.problems.append(f"写的是共 {said[1]} 天，读出来 {read} 天，请核对。")

    def _span(self, token: re.Match[str]) -> list[date]:
        """The days of 1月1日 or of 1月1日至3日."""
        first = self._day(*token.groups()[:4])
        last = self._day(*token.groups()[4:8]) if token[7] else first
        if first is None or last is None:
            return []
        if not 0 <= (last - first).days < _LONGEST:
            self.problems.append(f"{_named(first)}至{_named(last)}的起止不对，请核对。")
            return []
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def _day(self, year: str | None, month: str | None, number: str, note: str | None) -> date | None:
        self.month = int(month or self.month)
        # New Year's Day may begin with the last days of the year before.
        own = int(year) if year else self.year - (_NEW_YEAR in self.name and self.month == 12)
        try:
            day = date(own, self.month, int(number))
        except ValueError:
            self.problems.append(f"没有{self.month}月{number}日这一天。")
            return None
        self.problems += _wrong_weekday(day, note or "")
        return day


def _wrong_weekday(day: date, note: str) -> Iterable[str]:
    said = _WEEKDAY.search(note)
    if said and _WEEKDAYS.find(said[1].replace("天", "日")) != day.weekday():
        yield f"{_named(day)}是周{_WEEKDAYS[day.weekday()]}，不是周{said[1]}，请核对年份和日期。"


def _read_row(cells: dict[str, str], number: int, year: int) -> NoticeLine:
    text = clean_line(" ".join(cells.values()))
    day = read_day(cells["day"], date(year, 6, 30))
    said = clean_line(cells["works"])
    name = clean_line(cells.get("note", ""))
    if day is None:
        return NoticeLine(
            text, name, problems=(Problem("notice", f"第 {number} 行的日期读不懂，写作 {year}-01-01。"),)
        )
    if said not in _WORKED | _OFF:
        return NoticeLine(text, name, problems=(Problem("notice", f"第 {number} 行的班休写“班”或“休”。"),))
    return NoticeLine(text, name, () if said in _WORKED else (day,), (day,) if said in _WORKED else ())


# --- the whole -------------------------------------------------------------------------------------------------------


def _whole(year: int, source: str, lines: tuple[NoticeLine, ...]) -> Notice:
    off = [day for line in lines for day in line.off]
    worked = {day for line in lines for day in line.worked}
    if not off and not worked:
        sentence = "没有读出放假和上班的日期。请把通知正文（“一、元旦：……”）整段贴进来。"
        return Notice(year, source, lines, (Problem("notice", sentence),))
    problems = [
        Problem("notice", f"{_named(day)}既写了放假又写了上班，请核对。")
        for day in sorted(worked.intersection(off))
    ]
    strange = sorted(day for day in {*off, *worked} if abs(day.year - year) > 1)
    problems += [Problem("notice", f"{day:%Y-%m-%d}不是{year}年前后的日子，请核对。") for day in strange]
    names = "".join(line.name for line in lines if line.off)
    missing = [name for name in HOLIDAYS if name not in names]
    if missing:
        sentence = f"没有读到{'、'.join(missing)}的安排；缺了元旦或者国庆，{year}年的期限仍然是暂定。"
        problems.append(Problem("notice", sentence, level=Level.WARN))
    return Notice(year, source, lines, tuple(problems))


def _said(days: tuple[date, ...]) -> str:
    """Days in words, runs of them as such: 1月1日至1月3日、1月10日."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(
        _named(run[0]) if len(run) == 1 else f"{_named(run[0])}至{_named(run[-1])}" for run in runs
    )


def _named(day: date) -> str:
    return f"{day.month}月{day.day}日"
