"""Consultations, legal aid, and referrals as lists: of a day, and what waits. store/records.py has the records themselves."""

from __future__ import annotations

from datetime import date, timedelta

from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.sealed import VISIBLE

_MATTER = "m.number, m.visitor, m.flow, m.node"
_OPEN = f"{VISIBLE} AND m.state <> 'void'"


def of_day(rows: Rows, viewer: str, day: date) -> list[Row]:
    """The questions answered on a day, and those that came on it and wait, the latest first."""
    span = (day.isoformat(), (day + timedelta(days=1)).isoformat())
    return rows.all(
        f"SELECT c.*, {_MATTER}, coalesce(c.answered_at, c.asked_at) AS at"
        " FROM consultation c JOIN matter m ON m.id = c.matter_id"
        f" WHERE {_OPEN} AND c.id IN ("
        "SELECT id FROM consultation WHERE answered_at >= ? AND answered_at < ? UNION ALL"
        " SELECT id FROM consultation WHERE answered_at IS NULL AND asked_at >= ? AND asked_at < ?)"
        " ORDER BY at DESC, c.id DESC",
        (viewer, *span, *span),
    )


def waiting(rows: Rows, viewer: str) -> list[Row]:
    """The questions without an answer, with the clock that runs for each, if one does."""
    return rows.all(
        f"SELECT c.*, {_MATTER}, k.rule, k.start_on, k.natural_end, k.shifted_end, k.alarm_on, k.provisional, k.article"
        " FROM consultation c JOIN matter m ON m.id = c.matter_id"
        " LEFT JOIN clock k ON k.matter_id = c.matter_id AND k.subject = c.id AND k.state = 'running'"
        " AND k.rule IN ('consult_letter', 'consult_message', 'consult_online')"
        f" WHERE {_OPEN} AND c.answered_at IS NULL ORDER BY c.asked_at, c.id",
        (viewer,),
    )


def unasked(rows: Rows, viewer: str) -> list[Row]:
    """Matters registered as consultations that stand there without a question, or after an answer that they go elsewhere.

    moved: whether it is the latter. In no order: the few open ones are found by their node, not by going through all.
    """
    return rows.all(
        f"SELECT m.id AS matter_id, {_MATTER}, m.title, m.opened_on,"
        " EXISTS (SELECT 1 FROM consultation c WHERE c.matter_id = m.id) AS moved FROM matter m"
        f" WHERE {VISIBLE} AND m.flow = 'consultation' AND m.node = 'to_answer' AND m.state = 'open'"
        " AND NOT EXISTS (SELECT 1 FROM consultation c WHERE c.matter_id = m.id AND c.answered_at IS NULL)"
        " AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.matter_id = m.id AND r.done_on IS NULL)",
        (viewer,),
    )


def aids(rows: Rows, viewer: str, since: date) -> list[Row]:
    """Applications for legal aid that wait for something, then those of since, the latest first; with the running clock."""
    return rows.all(
        f"SELECT a.*, {_MATTER}, k.rule, k.start_on, k.natural_end, k.shifted_end, k.alarm_on, k.provisional, k.article"
        " FROM legal_aid a JOIN matter m ON m.id = a.matter_id"
        " LEFT JOIN clock k ON k.matter_id = a.matter_id AND k.subject = a.id AND k.state = 'running'"
        " AND k.rule IN ('legalaid_decide', 'legalaid_assign')"
        f" WHERE {_OPEN} AND a.id IN ("
        "SELECT id FROM legal_aid WHERE granted = '' OR (granted = 'yes' AND assigned_on IS NULL) UNION ALL"
        " SELECT id FROM legal_aid WHERE applied_on >= ?)"
        " ORDER BY CASE WHEN k.alarm_on IS NULL THEN 1 ELSE 0 END, k.alarm_on, a.applied_on DESC, a.id DESC",
        (viewer, since.isoformat()),
    )


def referrals(rows: Rows, viewer: str, since: date) -> list[Row]:
    """Referrals nobody has counselled yet, then those of since, the latest first."""
    return rows.all(
        f"SELECT f.*, {_MATTER} FROM referral f JOIN matter m ON m.id = f.matter_id"
        f" WHERE {_OPEN} AND f.id IN ("
        'SELECT id FROM referral WHERE done_on IS NULL UNION ALL SELECT id FROM referral WHERE "on" >= ?)'
        ' ORDER BY CASE WHEN f.done_on IS NULL THEN 0 ELSE 1 END, f.booked_for, f."on" DESC, f.id DESC',
        (viewer, since.isoformat()),
    )
