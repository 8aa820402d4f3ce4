"""The days the office set itself: holidays of years the library does not know yet, and days it corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from qingyuan_desk.domain.workdays import SetDay
from qingyuan_desk.store.database import Row, Rows, Tx


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


def running_clocks(rows: Rows) -> list[Row]:
    """Every running clock, with the number of its matter."""
    return rows.all(
        "SELECT c.*, m.number FROM clock c JOIN matter m ON m.id = c.matter_id WHERE c.state = 'running' ORDER BY c.id"
    )


def _set_day(row: Row) -> SetDay:
    return SetDay(date.fromisoformat(row["day"]), bool(row["works"]), row["note"], row["source"])
