"""Official numbers: a counter row a unit, kind, and business year; taken in the same transaction as the record."""

from __future__ import annotations

from qingyuan_desk.store.database import Rows, Tx


def take(tx: Tx, unit: str, kind: str, year: int) -> int:
    """The next serial of a series. A rollback gives it back, so a series has no holes."""
    serial = tx.value(
        "INSERT INTO counter (unit, kind, year, last) VALUES (?, ?, ?, 1)"
        " ON CONFLICT (unit, kind, year) DO UPDATE SET last = counter.last + 1 RETURNING last",
        (unit, kind, year),
    )
    return int(serial)


def any_taken(rows: Rows, kind: str = "") -> bool:
    """Whether a number of this kind has been given; of any kind when none is named."""
    return rows.value("SELECT 1 FROM counter WHERE ? IN ('', kind) LIMIT 1", (kind,)) is not None
