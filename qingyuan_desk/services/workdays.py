"""The workday calendar the office keeps: a day changed, a year's notice loaded, and every running clock counted anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.clocks import ClockRule, Due
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.text import clean_line
from qingyuan_desk.domain.workdays import BY_HAND, Notice, SetDay, read_notice, read_sheet
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import requests, visits
from qingyuan_desk.store import workdays as store
from qingyuan_desk.store.database import Row, Tx

_OPERATION = "workdays"
_Days = Mapping[date, SetDay | None]


@dataclass(frozen=True)
class DayView:
    """A day of the calendar. set: what the office set; None where the library, or the weekend, decides."""

    day: date
    works: bool
    set: SetDay | None = None


@dataclass(frozen=True)
class WorkYear:
    """A year, day by day. known: its holidays are published or entered; else its clocks are provisional (暂定)."""

    year: int
    known: bool
    days: tuple[DayView, ...]


@dataclass(frozen=True)
class MovedClock:
    """A running clock whose last day is another one now."""

    matter: str
    event: str
    before: date
    after: date

    @property
    def earlier(self) -> bool:
        """Whether less time is left: somebody should be told at once."""
        return self.after < self.before


@dataclass(frozen=True)
class Changed:
    """What a change of the calendar did: how many days were set, and the clocks it moved that the actor may know of."""

    request_id: str
    days: int
    moved: tuple[MovedClock, ...]
    replayed: bool = False


def year(office: Office, number: int) -> WorkYear:
    """A year as the office's calendar has it."""
    with office.store.read() as rows:
        own = store.of_year(rows, number)
    calendar, first = office.calendar, date(number, 1, 1)
    days = [first + timedelta(days=count) for count in range((date(number + 1, 1, 1) - first).days)]
    views = tuple(DayView(day, calendar.is_workday(day), own.get(day)) for day in days)
    return WorkYear(number, calendar.known(first), views)


def change(
    office: Office, actor: Actor, request_id: str, day: date, works: bool | None, note: str = ""
) -> Changed:
    """Set whether a day is worked; None leaves it to the published holidays again. Running clocks are counted anew."""
    require(actor, Right.SETTINGS)
    return _set(
        office,
        actor,
        request_id,
        {day: None if works is None else SetDay(day, works, clean_line(note), BY_HAND)},
    )


def read(office: Office, text: str = "", path: Path | None = None) -> Notice:
    """A notice as it is understood, line by line; nothing is saved. text: pasted; path: a sheet of days instead.

    Raises Refused at the field `file` when the sheet cannot be read.
    """
    next_year = office.today().year + 1
    if path is None:
        return read_notice(text, next_year)
    from qingyuan_desk.documents import sheets

    return read_sheet(sheets.read(path), next_year)


def load_notice(
    office: Office, actor: Actor, request_id: str, text: str = "", path: Path | None = None
) -> Changed:
    """Set every day of a notice. Raises Refused when a line of it does not add up."""
    require(actor, Right.SETTINGS)
    notice = read(office, text, path)
    if notice.refused:
        raise Refused(notice.refused)
    return _set(office, actor, request_id, {each.day: each for each in notice.days})


def undo(office: Office, actor: Actor, request_id: str, undone: str) -> Changed:
    """Take back the change with the request id `undone`. Raises Conflict when its days were changed again since."""
    require(actor, Right.SETTINGS)
    with office.store.read() as rows:
        answer = requests.answered(rows, undone, _OPERATION)
        if answer is None:
            raise NotFound("没有找到要撤回的改动。请刷新后再试。")
        before, after = _days_of(answer["before"]), _days_of(answer["after"])
        taken_back = requests.answered(rows, request_id, _OPERATION) is not None
        if not taken_back and store.some(rows, after) != after:
            raise Conflict("这些日子后来又改过，没有撤回。请在日历上直接改。")
    return _set(office, actor, request_id, before)


def _set(office: Office, actor: Actor, request_id: str, days: _Days) -> Changed:
    with office.store.write() as tx:
        done = requests.answered(tx, request_id, _OPERATION)
        if done:
            return _changed(request_id, done, replayed=True)
        before = store.some(tx, days)
        store.put(tx, days)
        moved = _count_anew(office, tx, actor, WorkCalendar(store.edits(tx)))
        answer = {
            "before": _facts_of(before),
            "after": _facts_of(days),
            "moved": [
                asdict(each) | {"before": each.before.isoformat(), "after": each.after.isoformat()}
                for each in moved
            ],
        }
        requests.record(tx, request_id, _OPERATION, actor.code, office.now(), answer)
    office.reload()
    return _changed(request_id, answer)


def _count_anew(office: Office, tx: Tx, actor: Actor, calendar: WorkCalendar) -> list[MovedClock]:
    """Count every running clock with another calendar; those whose last day moves say so on their matter's timeline."""
    moved = []
    for row in store.running_clocks(tx, actor.code):
        rule = office.reference.clock(row["rule"])
        if rule is None:
            continue
        was = _due_of(row, rule)
        now = clocks.again(rule, was, office.calendar, calendar)
        if now == was:
            continue
        store.move_clock(tx, row["id"], now)
        if now.shifted_end == was.shifted_end:
            continue
        each = MovedClock(row["number"], row["event"], was.shifted_end, now.shifted_end)
        way = "提前" if each.earlier else "推后"
        note = f"{each.event}：工作日历改了，末日由 {each.before:%Y-%m-%d} {way}到 {each.after:%Y-%m-%d}"
        visits.add_event(tx, row["matter_id"], None, office.now(), actor.code, "clock_moved", note=note)
        if row["visible"]:
            moved.append(each)
    return moved


def _due_of(row: Row, rule: ClockRule) -> Due:
    return Due(
        start=date.fromisoformat(row["start_on"]),
        natural_end=date.fromisoformat(row["natural_end"]),
        shifted_end=date.fromisoformat(row["shifted_end"]),
        alarm_on=date.fromisoformat(row["alarm_on"]),
        provisional=bool(row["provisional"]),
        unit=rule.unit,
        article=rule.article,
    )


def _changed(request_id: str, answer: Mapping[str, Any], *, replayed: bool = False) -> Changed:
    moved = tuple(
        MovedClock(
            each["matter"],
            each["event"],
            date.fromisoformat(each["before"]),
            date.fromisoformat(each["after"]),
        )
        for each in answer["moved"]
    )
    return Changed(request_id, len(answer["after"]), moved, replayed)


def _facts_of(days: _Days) -> dict[str, list[object] | None]:
    return {
        day.isoformat(): [each.works, each.note, each.source] if each else None for day, each in days.items()
    }


def _days_of(facts: Mapping[str, Sequence[Any] | None]) -> dict[date, SetDay | None]:
    return {
        date.fromisoformat(day): SetDay(date.fromisoformat(day), *each) if each else None
        for day, each in facts.items()
    }
