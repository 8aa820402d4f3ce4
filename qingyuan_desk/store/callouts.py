"""Call-outs (随叫随驻) in the data file."""

from __future__ import annotations

from datetime import datetime

from qingyuan_desk.domain.roster.callouts import CallForm
from qingyuan_desk.store.database import Row, Rows, Tx
from qingyuan_desk.store.sealed import VISIBLE

# A matter the viewer may not know of is not named; that somebody was called stands in the log all the same.
_CALLS = f"""
SELECT c.*, n.name, m.number AS matter_number
FROM callout c JOIN mediators n ON n.code = c.mediator
LEFT JOIN matter m ON m.id = c.matter_id AND {VISIBLE}"""


def add(tx: Tx, form: CallForm, matter_id: int | None, called_at: datetime, actor: str) -> int:
    """Keep a call; its id."""
    return tx.insert(
        "callout",
        {
            "mediator": form.mediator,
            "matter_id": matter_id,
            "purpose": form.purpose,
            "how": form.how,
            "called_at": called_at.isoformat(),
            "actor": actor,
            "come_at": form.come_at.isoformat() if form.come_at else None,
            "room": form.room,
            "place": form.place,
        },
    )


def answer(tx: Tx, record_id: int, outcome: str, arrived_at: datetime | None, note: str) -> None:
    """Keep what became of a call."""
    tx.run(
        "UPDATE callout SET outcome = ?, arrived_at = ?, note = ? WHERE id = ?",
        (outcome, arrived_at.isoformat() if arrived_at else None, note, record_id),
    )


def by_id(rows: Rows, viewer: str, record_id: int) -> Row | None:
    """One call."""
    return rows.one(f"{_CALLS} WHERE c.id = ?", (viewer, record_id))


def of_mediator(rows: Rows, viewer: str, mediator: str, limit: int) -> list[Row]:
    """The latest calls of a mediator."""
    return rows.all(
        f"{_CALLS} WHERE c.mediator = ? ORDER BY c.called_at DESC, c.id DESC LIMIT ?",
        (viewer, mediator, limit),
    )


def latest(rows: Rows, viewer: str, limit: int) -> list[Row]:
    """The latest calls of everybody, those without an answer first."""
    return rows.all(
        f"{_CALLS} WHERE c.id IN (SELECT id FROM callout WHERE outcome = '')"
        " OR c.id IN (SELECT id FROM callout ORDER BY called_at DESC, id DESC LIMIT ?)"
        " ORDER BY CASE WHEN c.outcome = '' THEN 0 ELSE 1 END, c.called_at DESC, c.id DESC",
        (viewer, limit),
    )
