"""What lists that leave the desk are made of: the way of many matters at a time, and the visits of petitions over a period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qingyuan_desk.store.database import Row, Rows


def moves(rows: Rows, matter_ids: Iterable[int]) -> list[Row]:
    """Every line of these matters' timelines that says where they stood from then on, oldest first."""
    return _of(rows, "SELECT matter_id, at, action, node_to FROM event WHERE node_to <> ''", matter_ids)


def stays(rows: Rows, matter_ids: Iterable[int]) -> list[Row]:
    """The flows these matters were in, in order; nothing of one that never left its first."""
    return _of(rows, "SELECT matter_id, flow FROM stay WHERE flow <> ''", matter_ids)


def endings(rows: Rows, matter_ids: Iterable[int]) -> list[Row]:
    """How these matters were closed (办结), the last time last, unless that was undone."""
    return _of(rows, "SELECT matter_id, kind FROM ending WHERE undone_on IS NULL", matter_ids)


def mediated(rows: Rows, matter_ids: Iterable[int]) -> list[Row]:
    """How the mediations of these matters were closed."""
    ids = list(matter_ids)
    marks = ",".join("?" * len(ids))
    return rows.all(
        f"SELECT matter_id, closing FROM mediation WHERE closing <> '' AND matter_id IN ({marks})", ids
    )


def petition_visits(rows: Rows, first: date, last: date) -> list[Row]:
    """Valid visits of a period whose matter is or was a petition, in their order; none of a sealed matter."""
    return rows.all(
        "SELECT v.id, v.matter_id, v.number FROM visit v JOIN matter m ON m.id = v.matter_id"
        " WHERE v.business_day BETWEEN ? AND ? AND v.state = 'valid' AND m.sealed = 0"
        " AND (m.flow = 'petition' OR v.flow = 'petition'"
        " OR EXISTS (SELECT 1 FROM stay s WHERE s.matter_id = m.id AND s.flow = 'petition'))"
        " ORDER BY v.business_day, v.id",
        (first.isoformat(), last.isoformat()),
    )


def _of(rows: Rows, sql: str, matter_ids: Iterable[int]) -> list[Row]:
    ids = list(matter_ids)
    return rows.all(f"{sql} AND matter_id IN ({','.join('?' * len(ids))}) ORDER BY id", ids)
