"""Clocks that were started: those that run, how one ends, and letting one run on."""

from __future__ import annotations

from datetime import date

from qingyuan_desk.domain.clocks import ClockRule, Due
from qingyuan_desk.store.database import Row, Rows, Tx


def add(tx: Tx, matter_id: int, rule: ClockRule, due: Due, subject: int = 0) -> None:
    """Start a clock. subject: the record it belongs to, or 0."""
    tx.insert(
        "clock",
        {
            "matter_id": matter_id,
            "rule": rule.id,
            "event": rule.event,
            "article": rule.article,
            "start_on": due.start.isoformat(),
            "natural_end": due.natural_end.isoformat(),
            "shifted_end": due.shifted_end.isoformat(),
            "alarm_on": due.alarm_on.isoformat(),
            "provisional": int(due.provisional),
            "state": "running",
            "ended_on": None,
            "subject": subject,
        },
    )


def end(tx: Tx, clock_id: int, state: str, on: date) -> None:
    """Stop a clock: "met" when what it waited for was done, "cancelled" when nothing is due any more."""
    tx.run("UPDATE clock SET state = ?, ended_on = ? WHERE id = ?", (state, on.isoformat(), clock_id))


def cancel_all(tx: Tx, matter_id: int, on: date) -> None:
    """Nothing is due in a matter any more."""
    tx.run(
        "UPDATE clock SET state = 'cancelled', ended_on = ? WHERE matter_id = ? AND state = 'running'",
        (on.isoformat(), matter_id),
    )


def reopen(tx: Tx, clock_id: int) -> None:
    """Let a clock run on as if it had never been stopped."""
    tx.run("UPDATE clock SET state = 'running', ended_on = NULL WHERE id = ?", (clock_id,))


def running(rows: Rows, matter_id: int) -> list[Row]:
    """A matter's running clocks in the order they were started."""
    return rows.all("SELECT * FROM clock WHERE matter_id = ? AND state = 'running' ORDER BY id", (matter_id,))


def stopped(rows: Rows, matter_id: int, rule: str) -> Row | None:
    """The clock of this rule that was stopped last."""
    return rows.one(
        "SELECT * FROM clock WHERE matter_id = ? AND rule = ? AND state = 'cancelled' ORDER BY id DESC LIMIT 1",
        (matter_id, rule),
    )
