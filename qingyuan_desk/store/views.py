"""Filters of the ledger that somebody keeps under a name."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date

from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.store.database import Rows, Tx

_DAYS = ("first_day", "last_day")


def of(rows: Rows, actor: str) -> tuple[tuple[str, LedgerFilter], ...]:
    """An actor's filters, by name."""
    found = rows.all("SELECT name, filter FROM view WHERE actor = ? ORDER BY name", (actor,))
    return tuple((row["name"], _filter(row["filter"])) for row in found)


def save(tx: Tx, actor: str, name: str, wanted: LedgerFilter) -> None:
    """Keep a filter; the same name replaces it."""
    facts = asdict(wanted)
    days = {day: facts[day].isoformat() if facts[day] else None for day in _DAYS}
    text = json.dumps({**facts, **days}, ensure_ascii=False)
    tx.upsert("view", [{"actor": actor, "name": name, "filter": text}], ("actor", "name"))


def drop(tx: Tx, actor: str, name: str) -> None:
    """Forget a filter."""
    tx.run("DELETE FROM view WHERE actor = ? AND name = ?", (actor, name))


def _filter(text: str) -> LedgerFilter:
    """Of a filter another version kept, what this one knows."""
    known = {field.name for field in fields(LedgerFilter)}
    facts = {name: value for name, value in json.loads(text).items() if name in known}
    days = {day: date.fromisoformat(facts[day]) if facts.get(day) else None for day in _DAYS}
    return LedgerFilter(**{**facts, **days})
