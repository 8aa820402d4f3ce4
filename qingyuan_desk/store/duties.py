"""Versions of the duty list with their lines and materials; what the visitor of a matter was told to bring, and what came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from qingyuan_desk.domain.tables import Duty, DutyVersion, Material
from qingyuan_desk.store.database import Rows, Tx


@dataclass(frozen=True)
class Told:
    """A material somebody was told to bring."""

    name: str
    told_on: date
    brought_on: date | None
    promised: bool


def add_version(
    tx: Tx, version: DutyVersion, lines: Iterable[Duty], materials: Mapping[str, tuple[Material, ...]]
) -> None:
    """Write a whole version; earlier ones stay as they are."""
    tx.insert("duty_versions", asdict(version))
    tx.insert_all(
        "duties",
        [
            {**asdict(duty), "co_units": " ".join(duty.co_units), "words": " ".join(duty.words)}
            for duty in lines
        ],
    )
    tx.insert_all(
        "materials",
        [
            {
                "version": version.version,
                "matter_kind": kind,
                "no": str(number),
                "name": each.name,
                "needed": str(int(each.required)),
                "promise": str(int(each.promise)),
                "note": each.note,
                "article": each.article,
            }
            for kind, several in materials.items()
            for number, each in enumerate(several, start=1)
        ],
    )


def withdraw(tx: Tx, version: str, reason: str) -> None:
    """A version that is not in force any more; it stays on record."""
    tx.run("UPDATE duty_versions SET withdrawn = ? WHERE version = ?", (reason, version))


def materials_of(rows: Rows, matter_id: int) -> dict[str, Told]:
    """What was told in a matter, by name, in the order it was told."""
    found = rows.all("SELECT * FROM matter_material WHERE matter_id = ? ORDER BY id", (matter_id,))
    return {
        row["name"]: Told(
            row["name"],
            date.fromisoformat(row["told_on"]),
            date.fromisoformat(row["brought_on"]) if row["brought_on"] else None,
            bool(row["promised"]),
        )
        for row in found
    }


def put_material(tx: Tx, matter_id: int, told: Told) -> None:
    """Write what is known of a material; the day it was first told stays."""
    brought = told.brought_on.isoformat() if told.brought_on else None
    tx.run(
        "INSERT INTO matter_material (matter_id, name, told_on, brought_on, promised) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (matter_id, name) DO UPDATE SET brought_on = excluded.brought_on, promised = excluded.promised",
        (matter_id, told.name, told.told_on.isoformat(), brought, int(told.promised)),
    )
