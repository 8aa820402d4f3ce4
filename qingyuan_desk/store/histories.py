"""Mediations of old ledgers: which file each came in with, from which row. Nothing is due for them, no dossier is asked for."""

from __future__ import annotations

from datetime import datetime

from qingyuan_desk.store.database import Row, Rows, Tx

#: A matter that came in with an old ledger; {matter} is its id.
IMPORTED = "EXISTS (SELECT 1 FROM imported_case o WHERE o.matter_id = {matter})"


def begin(tx: Tx, name: str, at: datetime, actor: str) -> int:
    """A file that is being imported; its id."""
    return tx.insert("import_file", {"name": name, "at": at.isoformat(), "actor": actor})


def add(tx: Tx, file_id: int, row_no: int, matter_id: int) -> None:
    """A matter is what a row of the file told of."""
    tx.insert("imported_case", {"matter_id": matter_id, "file_id": file_id, "row_no": row_no})


def files(rows: Rows) -> list[Row]:
    """Every file cases were imported from, the last one first, with how many still count."""
    return rows.all(
        "SELECT f.id, f.name, f.at, f.actor, f.undone_at, count(*) AS cases, sum(m.state <> 'void') AS counting"
        " FROM import_file f JOIN imported_case i ON i.file_id = f.id JOIN matter m ON m.id = i.matter_id"
        " GROUP BY f.id ORDER BY f.id DESC"
    )


def visits_of(rows: Rows, file_id: int) -> list[Row]:
    """The visits of a file's matters that were not taken back, with the number of their matter."""
    return rows.all(
        "SELECT v.*, m.number AS matter_number, m.version AS matter_version FROM imported_case i"
        " JOIN matter m ON m.id = i.matter_id JOIN visit v ON v.matter_id = m.id"
        " WHERE i.file_id = ? AND v.state = 'valid' ORDER BY v.id",
        (file_id,),
    )


def undone(tx: Tx, file_id: int, at: datetime, reason: str) -> None:
    """The import of a file was taken back."""
    tx.run(
        "UPDATE import_file SET undone_at = ?, undone_why = ? WHERE id = ?", (at.isoformat(), reason, file_id)
    )


def case_of(rows: Rows, request_id: str) -> Row | None:
    """The visit a row made, with its matter's number and state."""
    return rows.one(
        "SELECT v.state, m.number AS matter_number FROM visit v JOIN matter m ON m.id = v.matter_id"
        " WHERE v.request_id = ?",
        (request_id,),
    )
