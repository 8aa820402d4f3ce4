"""以案定补 in the data file: disputes that came to an end, payments declared for them, and the acts done to these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from qingyuan_desk.domain.roster.subsidy import Line
from qingyuan_desk.store import histories
from qingyuan_desk.store.database import Row, Rows, Tx

# The agreement in force is performed: at once, or every instalment in full (as Case.performed).
_DISPUTES = """
SELECT d.matter_id, d.number, m.title, m.dispute_type, d.form, d.result, d.difficulty, d.closing, d.paths,
       coalesce(d.filed_on, d.closed_on, d.ended_on) AS day,
       d.closed_on IS NOT NULL AS closed, d.filed_on IS NOT NULL AS filed,
       coalesce(g.effective_on, d.ended_on, d.closed_on) AS worked_on,
       (SELECT count(*) FROM mediation_session s WHERE s.matter_id = d.matter_id AND s.state = 'held') AS sessions,
       CASE WHEN g.id IS NULL THEN 0 WHEN g.at_once = 1 THEN 1
            WHEN EXISTS (SELECT 1 FROM instalment i WHERE i.matter_id = d.matter_id AND i.agreement = g.id
                         AND (i.paid_on IS NULL OR i.paid < i.amount)) THEN 0
            ELSE 1 END AS performed,
       p.id AS record_id, p.quarter, p.state, p.rate, p.rate_name, p.amount, p.excuse
FROM mediation d JOIN matter m ON m.id = d.matter_id
LEFT JOIN agreement g ON g.id = (SELECT max(id) FROM agreement WHERE matter_id = d.matter_id AND state = 'effective')
LEFT JOIN subsidy p ON p.matter_id = d.matter_id
WHERE m.state <> 'void' AND m.sealed = 0 AND d.result <> ''"""

_MEDIATORS = """
SELECT a.matter_id, a.mediator, n.name, n.level, n.status
FROM appointment a JOIN mediators n ON n.code = a.mediator
WHERE a.until IS NULL AND a.matter_id IN ({marks}) ORDER BY a.matter_id, a.id"""


def of_quarter(rows: Rows, quarter: str, first: date, last: date) -> list[Row]:
    """Disputes that came to an end in the quarter and were not declared in another one, and those declared in it.

    Disputes of old ledgers were paid for, or not, before they came here.
    """
    days = (first.isoformat(), last.isoformat())
    ended = rows.all(
        f"{_DISPUTES} AND coalesce(d.filed_on, d.closed_on, d.ended_on) BETWEEN ? AND ? AND p.id IS NULL"
        f" AND NOT {histories.IMPORTED.format(matter='m.id')}",
        days,
    )
    declared = rows.all(
        f"{_DISPUTES} AND d.matter_id IN (SELECT matter_id FROM subsidy WHERE quarter = ?)", (quarter,)
    )
    return sorted([*ended, *declared], key=lambda row: (row["day"], row["matter_id"]))


def of_matter(rows: Rows, matter_id: int) -> Row | None:
    """One dispute that came to an end, with its payment if there is one."""
    return rows.one(f"{_DISPUTES} AND d.matter_id = ?", (matter_id,))


def mediators_of(rows: Rows, matters: Iterable[int]) -> dict[int, list[Row]]:
    """Who mediated each dispute, the first one first."""
    wanted = list(matters)
    found: dict[int, list[Row]] = defaultdict(list)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for row in rows.all(_MEDIATORS.format(marks=",".join("?" * len(part))), part):
            found[row["matter_id"]].append(row)
    return found


def shares_of(rows: Rows, payments: Iterable[int]) -> dict[int, list[Row]]:
    """How each payment is shared out."""
    wanted = list(payments)
    found: dict[int, list[Row]] = defaultdict(list)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for row in rows.all(
            "SELECT s.subsidy_id, s.mediator, n.name, s.level, s.amount FROM subsidy_share s"
            f" JOIN mediators n ON n.code = s.mediator WHERE s.subsidy_id IN ({','.join('?' * len(part))})"
            " ORDER BY s.subsidy_id, s.position",
            part,
        ):
            found[row["subsidy_id"]].append(row)
    return found


def away_steps(rows: Rows) -> dict[str, list[tuple[date, bool]]]:
    """Of everybody ever suspended or dismissed: from which day on they were away (True), or back (False)."""
    found: dict[str, list[tuple[date, bool]]] = defaultdict(list)
    for row in rows.all(
        "SELECT mediator, at, action FROM roster_event WHERE action IN ('suspend', 'end', 'resume')"
        " ORDER BY mediator, id"
    ):
        found[row["mediator"]].append((datetime.fromisoformat(row["at"]).date(), row["action"] != "resume"))
    return found


def last_reasons(rows: Rows, quarter: str) -> dict[int, str]:
    """Of every payment of a quarter the note of the last act, such as why it was returned."""
    found = rows.all(
        "SELECT subsidy_id, note FROM subsidy_event WHERE id IN (SELECT max(e.id) FROM subsidy_event e"
        " JOIN subsidy p ON p.id = e.subsidy_id WHERE p.quarter = ? GROUP BY e.subsidy_id)",
        (quarter,),
    )
    return {row["subsidy_id"]: row["note"] for row in found}


def declare(tx: Tx, line: Line, quarter: str) -> int:
    """Keep a payment as declared, or declare one anew that was returned; its id."""
    facts = {
        "quarter": quarter,
        "state": "declared",
        "rate": line.rate,
        "rate_name": line.rate_name,
        "amount": line.amount,
        "excuse": line.excuse,
    }
    matter = line.dispute.matter_id
    if line.record_id:
        changes = ", ".join(f"{column} = ?" for column in facts)
        tx.run(f"UPDATE subsidy SET {changes} WHERE id = ?", (*facts.values(), line.record_id))
        tx.run("DELETE FROM subsidy_share WHERE subsidy_id = ?", (line.record_id,))
        payment = line.record_id
    else:
        payment = tx.insert("subsidy", {"matter_id": matter, **facts})
    tx.insert_all(
        "subsidy_share",
        [
            {
                "subsidy_id": payment,
                "position": place,
                "mediator": share.mediator,
                "level": share.level,
                "amount": share.amount,
            }
            for place, share in enumerate(line.shares)
        ],
    )
    return payment


def move(tx: Tx, payment: int, state: str) -> None:
    """Put a payment into another state."""
    tx.run("UPDATE subsidy SET state = ? WHERE id = ?", (state, payment))


def add_event(tx: Tx, payment: int, at: datetime, actor: str, action: str, amount: int, note: str) -> None:
    """One line of what happened to a payment; lines are never changed."""
    tx.insert(
        "subsidy_event",
        {
            "subsidy_id": payment,
            "at": at.isoformat(),
            "actor": actor,
            "action": action,
            "amount": amount,
            "note": note,
        },
    )


def events_of(rows: Rows, matter_id: int) -> list[Row]:
    """What happened to the payment for a dispute, oldest first."""
    return rows.all(
        "SELECT e.* FROM subsidy_event e JOIN subsidy p ON p.id = e.subsidy_id WHERE p.matter_id = ? ORDER BY e.id",
        (matter_id,),
    )


def declared_by(rows: Rows, payment: int) -> str:
    """The account that declared it last."""
    return str(
        rows.value(
            "SELECT actor FROM subsidy_event WHERE subsidy_id = ? AND action = 'declare' ORDER BY id DESC LIMIT 1",
            (payment,),
        )
    )
