"""Handling of matters: what of one is open, and what else is known of the same person. store/records.py has the records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qingyuan_desk.domain.handling.records import Referral
from qingyuan_desk.store.database import Rows, Tx
from qingyuan_desk.store.records import record_of
from qingyuan_desk.store.sealed import VISIBLE


def referral(rows: Rows, viewer: str, referral_id: int) -> Referral | None:
    """A referral of a matter its viewer may know of, with what is sealed in it."""
    row = rows.one(
        f"SELECT r.* FROM referral r JOIN matter m ON m.id = r.matter_id WHERE {VISIBLE} AND r.id = ?",
        (viewer, referral_id),
    )
    return None if row is None else record_of(Referral, row)


def channels(rows: Rows, viewer: str, matter_ids: Iterable[int]) -> list[str]:
    """How each of these matters came (信访形式), of those that were not taken back; one nobody classified came in person."""
    ids = list(matter_ids)
    marks = ",".join("?" * len(ids))
    found = rows.all(
        "SELECT coalesce(p.channel, 'visit') AS channel FROM matter m LEFT JOIN petition p ON p.matter_id = m.id"
        f" WHERE {VISIBLE} AND m.state <> 'void' AND m.id IN ({marks})",
        (viewer, *ids),
    )
    return [row["channel"] for row in found]


def close_open(tx: Tx, matter_id: int, on: date, reason: str) -> None:
    """Nothing of a matter is under way any more: what was sent comes back, what was urged or flagged falls away."""
    for sql in _CLOSING:
        tx.run(sql, {"matter": matter_id, "on": on.isoformat(), "reason": reason})


_CLOSING = (
    "UPDATE sending SET state = 'recalled', ended_on = :on, decision = :reason"
    " WHERE matter_id = :matter AND state IN ('sent', 'received', 'objected', 'accepted')",
    "UPDATE urge SET cancelled_on = :on, cancelled_why = :reason"
    " WHERE matter_id = :matter AND replied_on IS NULL AND cancelled_on IS NULL",
    "UPDATE watch SET lifted_on = :on, reason = :reason WHERE matter_id = :matter AND lifted_on IS NULL",
    "UPDATE stay SET until = :on, reason = :reason WHERE matter_id = :matter AND until IS NULL",
)
