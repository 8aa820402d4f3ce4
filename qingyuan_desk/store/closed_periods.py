"""Periods that were closed (结账): their figures and their paper as they were then. Rows are only ever added."""

from __future__ import annotations

from datetime import date, datetime

from qingyuan_desk.domain.closing import Closed
from qingyuan_desk.store.database import Row, Rows, Tx


def of(rows: Rows, code: str) -> Closed | None:
    """What was kept of a period, by its code (2024-09); None where it was not closed."""
    row = rows.one("SELECT * FROM closed_period WHERE code = ?", (code,))
    return _closed(row) if row else None


def before(rows: Rows, kind: str, first: date, most: int) -> list[Closed]:
    """Closed periods of a kind that ended before a day, the latest first, at most so many."""
    found = rows.all(
        "SELECT * FROM closed_period WHERE kind = ? AND last_day < ? ORDER BY last_day DESC LIMIT ?",
        (kind, first.isoformat(), most),
    )
    return [_closed(row) for row in found]


def within(rows: Rows, first: date, last: date) -> list[Closed]:
    """Closed periods that lie within these days, in order."""
    found = rows.all(
        "SELECT * FROM closed_period WHERE first_day >= ? AND last_day <= ? ORDER BY first_day, last_day",
        (first.isoformat(), last.isoformat()),
    )
    return [_closed(row) for row in found]


def everything(rows: Rows) -> list[Closed]:
    """Every closed period, in the order of closing."""
    return [_closed(row) for row in rows.all("SELECT * FROM closed_period ORDER BY closed_at, code")]


def add(tx: Tx, closed: Closed) -> None:
    """Keep a period for good. Raises Conflict when it is kept already."""
    tx.insert(
        "closed_period",
        {
            "code": closed.code,
            "kind": closed.kind,
            "first_day": closed.first.isoformat(),
            "last_day": closed.last.isoformat(),
            "closed_at": closed.closed_at.isoformat(),
            "closed_by": closed.closed_by,
            "figures": closed.figures,
            "figures_digest": closed.figures_digest,
            "facts": closed.facts,
            "facts_digest": closed.facts_digest,
            "paper_digest": closed.paper_digest,
            "told": closed.told,
        },
    )


def _closed(row: Row) -> Closed:
    return Closed(
        code=row["code"],
        kind=row["kind"],
        first=date.fromisoformat(row["first_day"]),
        last=date.fromisoformat(row["last_day"]),
        closed_at=datetime.fromisoformat(row["closed_at"]),
        closed_by=row["closed_by"],
        figures=row["figures"],
        figures_digest=row["figures_digest"],
        facts=row["facts"],
        facts_digest=row["facts_digest"],
        paper_digest=row["paper_digest"],
        told=row["told"],
    )
