"""The roster in the data file: entries, what happened to each, and whom mediators stood beside as parties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from qingyuan_desk.domain.roster.mediators import Mediator
from qingyuan_desk.store import reference
from qingyuan_desk.store.database import Row, Rows, Tx
from qingyuan_desk.store.sealed import VISIBLE

#: Field → its cell before and after.
Changes = Mapping[str, tuple[str, str]]


def all_of(rows: Rows) -> tuple[Mediator, ...]:
    """Every entry, in the order of the roster."""
    return tuple(Mediator.from_cells(dict(row)) for row in rows.all("SELECT * FROM mediators ORDER BY rowid"))


def by_code(rows: Rows, code: str) -> Mediator | None:
    """One entry."""
    row = rows.one("SELECT * FROM mediators WHERE code = ?", (code,))
    return None if row is None else Mediator.from_cells(dict(row))


def next_code(rows: Rows) -> str:
    """M and the next number: M35 after M34."""
    taken = [row["code"][1:] for row in rows.all("SELECT code FROM mediators WHERE code LIKE 'M%'")]
    return f"M{1 + max((int(number) for number in taken if number.isdecimal()), default=0):02}"


def save(tx: Tx, mediator: Mediator) -> None:
    """Add an entry, or replace the one of this code."""
    reference.save(tx, "mediators", mediator.to_cells())


def add_event(
    tx: Tx,
    code: str,
    at: datetime,
    actor: str,
    action: str,
    *,
    cause: str = "",
    note: str = "",
    changes: Changes | None = None,
) -> None:
    """Add one line to what happened to an entry; lines are never changed."""
    tx.insert(
        "roster_event",
        {
            "mediator": code,
            "at": at.isoformat(),
            "actor": actor,
            "action": action,
            "cause": cause,
            "note": note,
            "changes": json.dumps(dict(changes or {}), ensure_ascii=False),
        },
    )


def events_of(rows: Rows, code: str) -> list[Row]:
    """What happened to an entry, newest first."""
    return rows.all("SELECT * FROM roster_event WHERE mediator = ? ORDER BY id DESC", (code,))


def last_steps(rows: Rows) -> dict[str, Row]:
    """Of every entry whose status was ever changed, the last change."""
    found = rows.all(
        "SELECT * FROM roster_event WHERE id IN (SELECT max(id) FROM roster_event"
        " WHERE action IN ('suspend', 'end', 'resume') GROUP BY mediator)"
    )
    return {row["mediator"]: row for row in found}


def parties_of(rows: Rows, matter_id: int) -> list[Row]:
    """Everybody named at a matter's valid visits."""
    return rows.all(
        "SELECT p.side, p.role, p.name, p.township, p.village FROM party p JOIN visit v ON v.id = p.visit_id"
        " WHERE p.matter_id = ? AND v.state = 'valid' ORDER BY p.id",
        (matter_id,),
    )


def beside(rows: Rows, viewer: str, names: Iterable[str], others: Iterable[str], besides: int) -> list[Row]:
    """Parties of these names in matters where one of the `others` was a party too.

    names, others: keys of names. besides: a matter that does not count. Matters the viewer may not know of do not either.
    """
    wanted, with_whom = list(names), list(others)
    return rows.all(
        "SELECT DISTINCT p.name, p.township, p.village FROM party q"
        " JOIN visit w ON w.id = q.visit_id AND w.state = 'valid'"
        " JOIN party p ON p.matter_id = q.matter_id AND p.name_key <> q.name_key"
        " JOIN visit v ON v.id = p.visit_id AND v.state = 'valid'"
        " JOIN matter m ON m.id = p.matter_id"
        f" WHERE q.name_key IN ({_marks(with_whom)}) AND p.name_key IN ({_marks(wanted)})"
        f" AND m.id <> ? AND {VISIBLE}",
        (*with_whom, *wanted, besides, viewer),
    )


def _marks(values: list[str]) -> str:
    return ",".join("?" * len(values))
