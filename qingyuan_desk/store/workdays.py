"""The days the office set itself: holidays of years the library does not know yet, and days it corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from qingyuan_desk.domain.clocks import Due
from qingyuan_desk.domain.workdays import SetDay
from qingyuan_desk.store.database import Row, Rows, Tx
from qingyuan_desk.store.sealed import VISIBLE


def edits(rows: Rows) -> dict[date, bool]:
    """Day → whether it is worked, for domain/calendar.py."""
    found = rows.all("SELECT day, works FROM workday")
    return {date.fromisoformat(row["day"]): bool(row["works"]) for row in found}


def of_year(rows: Rows, year: int) -> dict[date, SetDay]:
    """The days of a year that were set."""
    found = rows.all("SELECT * FROM workday WHERE day BETWEEN ? AND ?", (f"{year}-01-01", f"{year}-12-31"))
    return {date.fromisoformat(row["day"]): _set_day(row) for row in found}


def some(rows: Rows, days: Iterable[date]) -> dict[date, SetDay | None]:
    """What is set for these days; None where nothing is."""
    found: dict[date, SetDay | None] = {}
    for day in days:
        row = rows.one("SELECT * FROM workday WHERE day = ?", (day.isoformat(),))
        found[day] = _set_day(row) if row else None
    return found


def put(tx: Tx, days: Mapping[date, SetDay | None]) -> None:
    """Set days, or leave them to the library again (None)."""
    for day, each in days.items():
        tx.run("DELETE FROM workday WHERE day = ?", (day.isoformat(),))
        if each is not None:
            tx.insert(
                "workday",
                {
                    "day": day.isoformat(),
                    "works": int(each.works),
                    "note": each.note,
                    "source": each.source,
                },
            )


def running_clocks(rows: Rows, viewer: str) -> list[Row]:
    """Every running clock, with the number of its matter, and whether the viewer may know of it (visible)."""
    return rows.all(
        f"SELECT c.*, m.number, {VISIBLE} AS visible FROM clock c JOIN matter m ON m.id = c.matter_id"
        " WHERE c.state = 'running' ORDER BY c.id",
        (viewer,),
    )


def move_clock(tx: Tx, clock_id: int, due: Due) -> None:
    """Give a running clock other last days."""
    tx.run(
        "UPDATE clock SET natural_end = ?, shifted_end = ?, alarm_on = ?, provisional = ? WHERE id = ?",
        (
            due.natural_end.isoformat(),
            due.shifted_end.isoformat(),
            due.alarm_on.isoformat(),
            int(due.provisional),
            clock_id,
        ),
    )


def _set_day(row: Row) -> SetDay:
    return SetDay(date.fromisoformat(row["day"]), bool(row["works"]), row["note"], row["source"])
