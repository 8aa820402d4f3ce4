"""Records and their rows: a record type is a table, a field a column. Nothing here knows what a record means.

Tuples are JSON, days and moments ISO text (moments in the office's time zone), yes is 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar, cast

from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.handling import records as handling
from qingyuan_desk.domain.mediation import case as mediation
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.store.database import Row, Rows, Tx

Record = mediation.Record | handling.Record

#: Record type → its table, and the order in which a matter has its records. A type without record_id is one a matter.
TABLES: Mapping[type[Any], tuple[str, str]] = {
    mediation.Mediation: ("mediation", "matter_id"),
    mediation.CaseParty: ("case_party", "position, id"),
    mediation.Appointment: ("appointment", "id"),
    mediation.Session: ("mediation_session", "coalesce(started_at, planned_at), id"),
    mediation.CaseNote: ("case_note", "id"),
    mediation.Contact: ("contact", "at, id"),
    mediation.Attachment: ("attachment", "id"),
    mediation.Agreement: ("agreement", "version, id"),
    mediation.Instalment: ("instalment", "agreement, position"),
    mediation.FollowUp: ("follow_up", "due_on, id"),
    mediation.Confirmation: ("confirmation", "id"),
    mediation.Prevention: ("prevention", "id"),
    mediation.Correction: ("correction", "id"),
    handling.Petition: ("petition", "matter_id"),
    handling.Sending: ("sending", "id"),
    handling.Notice: ("notice", "id"),
    handling.Extension: ("extension", "id"),
    handling.Opinion: ("opinion", "level, id"),
    handling.Alert: ("alert", "at, id"),
    handling.Watch: ("watch", "id"),
    handling.Measure: ("measure", "id"),
    handling.Urge: ("urge", "id"),
    handling.Rating: ("rating", "id"),
    handling.Ending: ("ending", "id"),
    handling.Stay: ("stay", "id"),
    handling.Consultation: ("consultation", "id"),
    handling.LegalAid: ("legal_aid", "id"),
    handling.Referral: ("referral", "id"),
}

_Record = TypeVar("_Record", bound=Record)


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


def of_matter(rows: Rows, kind: type[_Record], matter_id: int) -> tuple[_Record, ...]:
    """A matter's records of one type, in order."""
    table, order = TABLES[kind]
    found = rows.all(f"SELECT * FROM {table} WHERE matter_id = ? ORDER BY {order}", (matter_id,))
    return tuple(record_of(kind, row) for row in found)


def ids_of(rows: Rows, kind: type[Record], matter_id: int) -> frozenset[int]:
    """The ids of a matter's records of one type."""
    found = rows.all(f"SELECT id FROM {TABLES[kind][0]} WHERE matter_id = ?", (matter_id,))
    return frozenset(row["id"] for row in found)


def put(tx: Tx, record: Record) -> int:
    """Add a record (its id is 0) or replace it; its id. One that is single goes by its matter.

    Raises NotFound when the matter has no record of this id.
    """
    table, _ = TABLES[type(record)]
    row = row_of(record)
    if "id" not in row:
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
