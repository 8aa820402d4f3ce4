"""Official numbers: a counter row a unit, kind, and business year; taken in the same transaction as the record."""

from __future__ import annotations

from collections.abc import Sequence

from qingyuan_desk.store.database import Rows, Tx

#: What of a matter carries an official number of its own besides its visits: its dossier, slips, urges, reports.
NUMBERED = ("mediation", "sending", "urge", "alert")


def take(tx: Tx, unit: str, kind: str, year: int) -> int:
    """The next serial of a series. A rollback gives it back, so a series has no holes."""
    serial = tx.value(
        "INSERT INTO counter (unit, kind, year, last) VALUES (?, ?, ?, 1)"
        " ON CONFLICT (unit, kind, year) DO UPDATE SET last = counter.last + 1 RETURNING last",
        (unit, kind, year),
    )
    return int(serial)


def matters_with(
    numbers: Sequence[str], tables: Sequence[str] = ("visit", *NUMBERED)
) -> tuple[str, list[str]]:
    """The ids of the matters that carry one of these numbers, or have something in `tables` that does: SQL, parameters."""
    marks = ",".join("?" * len(numbers))
    # The indexes of numbers leave out what has none, and are used only where that is said.
    arms = [f"SELECT matter_id FROM {table} WHERE number <> '' AND number IN ({marks})" for table in tables]
    sql = " UNION ".join((f"SELECT id FROM matter WHERE number IN ({marks})", *arms))
    return sql, [*numbers] * (1 + len(arms))


def any_taken(rows: Rows, kind: str = "") -> bool:
    """Whether a number of this kind has been given; of any kind when none is named."""
    return rows.value("SELECT 1 FROM counter WHERE ? IN ('', kind) LIMIT 1", (kind,)) is not None
