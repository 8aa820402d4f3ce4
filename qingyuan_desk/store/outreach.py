"""Activities of 法律十进 and contact points in the data file."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from qingyuan_desk.domain.outreach import Activity, ContactPoint
from qingyuan_desk.store.database import Row, Rows, Tx


def add(tx: Tx, activity: Activity, actor: str, at: datetime) -> int:
    """Keep an activity; its id."""
    row = {name: value for name, value in asdict(activity).items() if name != "record_id"}
    assert activity.on is not None
    return tx.insert(
        "outreach",
        {**row, "on": activity.on.isoformat(), "actor": actor, "logged_at": at.isoformat(), "cancelled": ""},
    )


def cancel(tx: Tx, record_id: int, reason: str) -> None:
    """Take an activity back; it stays with its reason."""
    tx.run("UPDATE outreach SET cancelled = ? WHERE id = ?", (reason, record_id))


def by_id(rows: Rows, record_id: int) -> Activity | None:
    """One activity."""
    row = rows.one("SELECT * FROM outreach WHERE id = ?", (record_id,))
    return None if row is None else _activity(row)


def between(rows: Rows, first: date, last: date) -> tuple[Activity, ...]:
    """The activities of a period, the latest first."""
    found = rows.all(
        'SELECT * FROM outreach WHERE "on" BETWEEN ? AND ? ORDER BY "on" DESC, id DESC',
        (first.isoformat(), last.isoformat()),
    )
    return tuple(_activity(row) for row in found)


def put_contact(tx: Tx, point: ContactPoint) -> int:
    """Keep a contact point: a new one (record id 0), or in place of what it was; its id."""
    row = {name: value for name, value in asdict(point).items() if name != "record_id"}
    row["since"] = point.since.isoformat() if point.since else ""
    row["closed_on"] = point.closed_on.isoformat() if point.closed_on else None
    if not point.record_id:
        return tx.insert("contact_point", row)
    tx.upsert("contact_point", [{"id": point.record_id, **row}], "id")
    return point.record_id


def contacts(rows: Rows) -> tuple[ContactPoint, ...]:
    """Every contact point, closed ones last."""
    found = rows.all(
        "SELECT * FROM contact_point ORDER BY CASE WHEN closed_on IS NULL THEN 0 ELSE 1 END, kind, name, id"
    )
    return tuple(_contact(row) for row in found)


def _activity(row: Row) -> Activity:
    facts = {key: value for key, value in dict(row).items() if key not in ("id", "on", "logged_at")}
    return Activity(**facts, on=date.fromisoformat(row["on"]), record_id=row["id"])


def _contact(row: Row) -> ContactPoint:
    facts = {key: value for key, value in dict(row).items() if key not in ("id", "since", "closed_on")}
    since, closed = (date.fromisoformat(row[name]) if row[name] else None for name in ("since", "closed_on"))
    return ContactPoint(**facts, since=since, closed_on=closed, record_id=row["id"])
