"""Half-filled forms, kept so that a crash loses at most a few seconds of typing."""

from __future__ import annotations

from datetime import datetime

from qingyuan_desk.store.database import Rows, Tx


def save(tx: Tx, request_id: str, actor: str, at: datetime, form: str) -> None:
    """Keep the form as it stands."""
    tx.run(
        "INSERT INTO draft (request_id, actor, saved_at, form) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (request_id) DO UPDATE SET saved_at = excluded.saved_at, form = excluded.form",
        (request_id, actor, at.isoformat(), form),
    )


def drop(tx: Tx, request_id: str, actor: str) -> None:
    """The actor saved the form as a visit or threw it away."""
    tx.run("DELETE FROM draft WHERE request_id = ? AND actor = ?", (request_id, actor))


def of(rows: Rows, actor: str) -> list[tuple[str, datetime, str]]:
    """An actor's drafts, newest first: request id, when kept, the form."""
    found = rows.all(
        "SELECT request_id, saved_at, form FROM draft WHERE actor = ? ORDER BY saved_at DESC", (actor,)
    )
    return [(row["request_id"], datetime.fromisoformat(row["saved_at"]), row["form"]) for row in found]


# --- forms of a mediation ----------------------------------------------------------------------------------------


def save_step(tx: Tx, matter_id: int, actor: str, step: str, at: datetime, form: str) -> None:
    """Keep an actor's form of a step of a case as it stands."""
    tx.run(
        "INSERT INTO case_draft (matter_id, actor, step, saved_at, form) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (matter_id, actor, step) DO UPDATE SET saved_at = excluded.saved_at, form = excluded.form",
        (matter_id, actor, step, at.isoformat(), form),
    )


def of_case(rows: Rows, matter_id: int, actor: str) -> list[tuple[str, datetime, str]]:
    """An actor's forms of a case, newest first: step, when kept, the form."""
    found = rows.all(
        "SELECT step, saved_at, form FROM case_draft WHERE matter_id = ? AND actor = ? ORDER BY saved_at DESC, step",
        (matter_id, actor),
    )
    return [(row["step"], datetime.fromisoformat(row["saved_at"]), row["form"]) for row in found]


def drop_step(tx: Tx, matter_id: int, actor: str, step: str) -> None:
    """The actor took the step or threw the form away."""
    tx.run("DELETE FROM case_draft WHERE matter_id = ? AND actor = ? AND step = ?", (matter_id, actor, step))


def drop_case(tx: Tx, matter_id: int) -> None:
    """The case is over, for everybody."""
    tx.run("DELETE FROM case_draft WHERE matter_id = ?", (matter_id,))
