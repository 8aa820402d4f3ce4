"""Mediation cases: a record type of domain/mediation/case.py is a table, a field a column; and what falls due in them.

Tuples are JSON, days and moments ISO text (moments in the office's time zone), yes is 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar, cast

from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.mediation.case import (
    Agreement,
    Appointment,
    Attachment,
    CaseNote,
    CaseParty,
    Confirmation,
    Contact,
    Correction,
    FollowUp,
    Instalment,
    Mediation,
    Prevention,
    Record,
    Session,
)
from qingyuan_desk.domain.mediation.rules import CONFIRM
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.store import figures
from qingyuan_desk.store.database import Row, Rows, Tx
from qingyuan_desk.store.sealed import VISIBLE

#: Record type → its table, and the order in which a case has its records.
TABLES: Mapping[type[Any], tuple[str, str]] = {
    Mediation: ("mediation", "matter_id"),
    CaseParty: ("case_party", "position, id"),
    Appointment: ("appointment", "id"),
    Session: ("mediation_session", "coalesce(started_at, planned_at), id"),
    CaseNote: ("case_note", "id"),
    Contact: ("contact", "at, id"),
    Attachment: ("attachment", "id"),
    Agreement: ("agreement", "version, id"),
    Instalment: ("instalment", "agreement, position"),
    FollowUp: ("follow_up", "due_on, id"),
    Confirmation: ("confirmation", "id"),
    Prevention: ("prevention", "id"),
    Correction: ("correction", "id"),
}

_Record = TypeVar("_Record", bound=Record)


# --- a record and its row ----------------------------------------------------------------------------------------


def row_of(record: Record) -> dict[str, Any]:
    """A record as the columns of its table."""
    return {
        each.column: None if (value := getattr(record, each.field)) is None else each.write(value)
        for each in _CELLS[type(record)]
    }


def record_of(kind: type[_Record], row: Row | Mapping[str, Any]) -> _Record:
    """The record a row holds."""
    return cast(Callable[..., _Record], kind)(
        **{
            each.field: None if (cell := row[each.column]) is None else each.read(cell)
            for each in _CELLS[kind]
        }
    )


class _Cell(NamedTuple):
    """A field, its column, how it is written, how it is read."""

    field: str
    column: str
    write: Callable[[Any], object]
    read: Callable[[Any], object]


def _cells(kind: type[Any]) -> tuple[_Cell, ...]:
    return tuple(
        _Cell(
            each.name,
            "id" if each.name == "record_id" else each.name,
            *_WAYS[str(each.type).removesuffix(" | None")],
        )
        for each in fields(kind)
    )


def _as_is(value: object) -> object:
    return value


def _moment(value: datetime) -> str:
    return value.astimezone(SHANGHAI).isoformat()


def _json(value: tuple[object, ...]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _tuple(cell: str) -> tuple[object, ...]:
    return tuple(json.loads(cell))


#: Type of a field that is there → how it is written, how it is read.
_WAYS: Mapping[str, tuple[Callable[[Any], object], Callable[[Any], object]]] = {
    "str": (_as_is, _as_is),
    "int": (_as_is, _as_is),
    "bool": (int, bool),
    "date": (date.isoformat, date.fromisoformat),
    "datetime": (_moment, datetime.fromisoformat),
    "tuple[str, ...]": (_json, _tuple),
    "tuple[int, ...]": (_json, _tuple),
}

_CELLS: Mapping[type[Any], tuple[_Cell, ...]] = {kind: _cells(kind) for kind in TABLES}


# --- one case ----------------------------------------------------------------------------------------------------


def of_matter(rows: Rows, kind: type[_Record], matter_id: int) -> tuple[_Record, ...]:
    """A matter's records of one type, in order."""
    table, order = TABLES[kind]
    found = rows.all(f"SELECT * FROM {table} WHERE matter_id = ? ORDER BY {order}", (matter_id,))
    return tuple(record_of(kind, row) for row in found)


def is_opened(rows: Rows, matter_id: int) -> bool:
    """Whether a mediation was begun on a matter."""
    return rows.value("SELECT 1 FROM mediation WHERE matter_id = ?", (matter_id,)) is not None


def put(tx: Tx, record: Record) -> int:
    """Add a record (its id is 0) or replace it; its id. A Mediation goes by its matter.

    Raises NotFound when the matter has no record of this id.
    """
    table, _ = TABLES[type(record)]
    row = row_of(record)
    if isinstance(record, Mediation):
        tx.upsert(table, [row], "matter_id")
        return record.matter_id
    record_id = int(row.pop("id"))
    if record_id == 0:
        return tx.insert(table, row)
    columns = ", ".join(f'"{column}" = :{column}' for column in row)
    if tx.run(
        f"UPDATE {table} SET {columns} WHERE id = :id AND matter_id = :matter_id", {**row, "id": record_id}
    ):
        return record_id
    raise NotFound("要改的记录不在本案里，没有保存。请刷新后再试。")


def attachment(rows: Rows, viewer: str, attachment_id: int) -> Attachment | None:
    """A file of a matter its viewer may know of."""
    row = rows.one(
        f"SELECT a.* FROM attachment a JOIN matter m ON m.id = a.matter_id WHERE {VISIBLE} AND a.id = ?",
        (viewer, attachment_id),
    )
    return None if row is None else record_of(Attachment, row)


def move(tx: Tx, matter_id: int, node: str, state: str, on: date, at: datetime) -> None:
    """Where a matter stands from now on; counts as one writing to it. on: the day, if it is closed and was not before."""
    tx.run(
        "UPDATE matter SET node = ?, state = ?, closed_on = CASE WHEN ? = 'closed' THEN coalesce(closed_on, ?) END,"
        " updated_at = ?, version = version + 1 WHERE id = ?",
        (node, state, state, on.isoformat(), at.isoformat(), matter_id),
    )


def running_clocks(rows: Rows, matter_id: int, rule: str) -> list[int]:
    """The ids of a matter's running clocks of this rule."""
    found = rows.all(
        "SELECT id FROM clock WHERE matter_id = ? AND rule = ? AND state = 'running' ORDER BY id",
        (matter_id, rule),
    )
    return [row["id"] for row in found]


def stopped_clock(rows: Rows, matter_id: int, rule: str) -> Row | None:
    """The clock of this rule that was stopped last."""
    return rows.one(
        "SELECT * FROM clock WHERE matter_id = ? AND rule = ? AND state = 'cancelled' ORDER BY id DESC LIMIT 1",
        (matter_id, rule),
    )


# --- the work of a day -------------------------------------------------------------------------------------------

#: A matter `m` its viewer may know of and, where a mediator is named, that is one of theirs now. Takes viewer, mediator,
#: mediator.
_THEIRS = (
    f"{VISIBLE} AND m.state <> 'void' AND (? = '' OR EXISTS (SELECT 1 FROM appointment a"
    " WHERE a.mediator = ? AND a.matter_id = m.id AND a.until IS NULL))"
)


@dataclass(frozen=True)
class Asked:
    """Whose work is asked for: what `viewer` may know of the cases of `mediator` ("": of everybody)."""

    viewer: str
    mediator: str = ""

    @property
    def params(self) -> tuple[str, ...]:
        """The parameters of _THEIRS."""
        return self.viewer, self.mediator, self.mediator


def open_cases(rows: Rows, asked: Asked) -> list[Row]:
    """Mediation matters that are not over, with the clock that rings first; the one quiet for longest first.

    Those nobody has begun with (no application yet) are everybody's.
    """
    return rows.all(
        "SELECT m.id AS matter_id, m.number AS matter_number, m.title, m.node, m.opened_on, m.updated_at,"
        " coalesce(d.number, '') AS dossier, d.matter_id IS NOT NULL AS begun,"
        " (SELECT min(alarm_on) FROM clock c WHERE c.matter_id = m.id AND c.state = 'running'"
        f" AND {figures.DUTY}) AS alarm_on"
        " FROM matter m LEFT JOIN mediation d ON d.matter_id = m.id"
        f" WHERE m.flow = 'mediation' AND m.state = 'open' AND ({_THEIRS} OR {VISIBLE} AND d.matter_id IS NULL)"
        " ORDER BY m.updated_at, m.id",
        (*asked.params, asked.viewer),
    )


def unfiled(rows: Rows, asked: Asked) -> list[Row]:
    """Matters whose mediation came to a result and whose dossier nobody has filed, the oldest first."""
    return rows.all(
        "SELECT m.* FROM mediation d JOIN matter m ON m.id = d.matter_id"
        f" WHERE d.result IN ('agreed', 'failed', 'withdrawn') AND d.filed_on IS NULL AND {_THEIRS} ORDER BY m.id",
        asked.params,
    )


def planned_sessions(rows: Rows, asked: Asked, before: date) -> list[Row]:
    """Sessions planned for before a day, those nobody recorded too."""
    return _due(
        rows,
        asked,
        "mediation_session r",
        "m.state = 'open' AND r.state = 'planned' AND r.planned_at",
        before,
    )


def due_follow_ups(rows: Rows, asked: Asked, before: date) -> list[Row]:
    """Planned calls on parties that are due before a day."""
    return _due(rows, asked, "follow_up r", "r.done_on IS NULL AND r.due_on", before)


def due_instalments(rows: Rows, asked: Asked, before: date) -> list[Row]:
    """What is to be performed before a day under an agreement in force, and was not in full.

    Not where the case was closed because nobody can urge it any more (程序性办结).
    """
    source = (
        "instalment r JOIN agreement g ON g.id = r.agreement AND g.state = 'effective'"
        " JOIN mediation d ON d.matter_id = r.matter_id AND d.closing <> 'procedural'"
    )
    return _due(rows, asked, source, "(r.paid_on IS NULL OR r.paid < r.amount) AND r.due_on", before)


def running_confirmations(rows: Rows, asked: Asked, today: date) -> list[Row]:
    """Clocks of judicial confirmation (司法确认) that have not run out, the one that rings first on top."""
    day = f"r.state = 'running' AND r.rule = '{CONFIRM}' AND r.shifted_end >= ? AND r.alarm_on"
    return _due(rows, asked, "clock r", day, date.max, today.isoformat())


def undecided_confirmations(rows: Rows, asked: Asked, before: date) -> list[Row]:
    """Applications for judicial confirmation made before a day that the court has not decided."""
    return _due(rows, asked, "confirmation r", "r.result = '' AND r.applied_on", before)


def _due(rows: Rows, asked: Asked, source: str, day: str, before: date, *params: str) -> list[Row]:
    """Rows `r` of a source whose day (the last word of the condition) is before another, with their matter."""
    column = day.split()[-1]
    return rows.all(
        f"SELECT r.*, m.number AS matter_number, m.title FROM {source} JOIN matter m ON m.id = r.matter_id"
        f" WHERE {day} < ? AND {_THEIRS} ORDER BY {column}, r.id",
        (*params, before.isoformat(), *asked.params),
    )


def waiting_parties(rows: Rows, asked: Asked) -> list[Row]:
    """Parties of open cases who have not said whether they agree to mediation."""
    return rows.all(
        "SELECT p.*, m.number AS matter_number, m.title FROM matter m JOIN case_party p ON p.matter_id = m.id"
        f" WHERE m.flow = 'mediation' AND m.state = 'open' AND m.node = 'consent' AND p.consent = '' AND {_THEIRS}"
        " ORDER BY m.opened_on, m.id, p.position",
        asked.params,
    )


def mediators_now(rows: Rows) -> list[Row]:
    """Who mediates the open cases now: matter and code, the first one of a case first."""
    return rows.all(
        "SELECT a.matter_id, a.mediator FROM appointment a JOIN matter m ON m.id = a.matter_id"
        " WHERE a.until IS NULL AND m.state = 'open' ORDER BY a.id"
    )
