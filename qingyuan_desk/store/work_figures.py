"""Counting the work of a period; domain/work_figures.py says what each figure means. Void and sealed matters count nowhere."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.work_figures import ElderCounts, TrendMonth
from qingyuan_desk.store.case_figures import BEHIND as OF_CASES
from qingyuan_desk.store.database import Rows
from qingyuan_desk.store.histories import IMPORTED
from qingyuan_desk.store.spans import named

_COUNTS = "m.state <> 'void' AND m.sealed = 0"
_VISITS = """FROM visit v JOIN matter m ON m.id = v.matter_id
WHERE v.business_day BETWEEN ? AND ? AND v.state = 'valid' AND m.sealed = 0"""

# --- mediators ---------------------------------------------------------------------------------------------------

#: Cases by mediator: everybody who mediates them now.
_THEIRS = (
    "SELECT a.mediator, count(*) AS count FROM appointment a JOIN (SELECT m.id {of}) c ON c.id = a.matter_id"
    " WHERE a.until IS NULL GROUP BY a.mediator"
)

#: A session is of everybody who was a mediator of the case on its day.
_SESSIONS = f"""SELECT a.mediator, count(*) AS count
FROM mediation_session s JOIN matter m ON m.id = s.matter_id JOIN appointment a ON a.matter_id = s.matter_id
WHERE s.state = 'held' AND s.started_at >= ? AND s.started_at < ? AND {_COUNTS}
AND a.since <= substr(s.started_at, 1, 10) AND (a.until IS NULL OR a.until >= substr(s.started_at, 1, 10))
GROUP BY a.mediator"""

#: A call without a matter is for a duty at the centre.
_CALLS = f"""FROM callout c LEFT JOIN matter m ON m.id = c.matter_id
WHERE c.called_at >= ? AND c.called_at < ? AND (m.id IS NULL OR {_COUNTS})"""
_CALLOUTS = f"""SELECT c.mediator, count(*) AS callouts, sum(c.outcome = 'came') AS came {_CALLS} GROUP BY c.mediator"""

_OPINIONS = f"""SELECT a.mediator, count(*) AS rated, sum(f.satisfaction IN ('satisfied', 'fairly')) AS satisfied
FROM follow_up f JOIN matter m ON m.id = f.matter_id JOIN appointment a ON a.matter_id = f.matter_id
WHERE f.done_on BETWEEN ? AND ? AND f.satisfaction IN ('satisfied', 'fairly', 'unsatisfied') AND a.until IS NULL
AND {_COUNTS} GROUP BY a.mediator"""

_PAID = f"""FROM subsidy_event e JOIN subsidy p ON p.id = e.subsidy_id JOIN matter m ON m.id = p.matter_id
WHERE e.action = 'pay' AND e.at >= ? AND e.at < ? AND {_COUNTS}"""
_SUBSIDIES = f"""SELECT s.mediator, count(*) AS subsidised, sum(s.amount) AS subsidy
FROM subsidy_share s WHERE s.subsidy_id IN (SELECT p.id {_PAID}) GROUP BY s.mediator"""

# --- waits -------------------------------------------------------------------------------------------------------

#: Nobody waited here for what came in with an old ledger.
_HERE = f"{_COUNTS} AND NOT {IMPORTED.format(matter='m.id')}"
_FIRST_SENT = f"""FROM sending s JOIN matter m ON m.id = s.matter_id
WHERE s.sent_on BETWEEN ? AND ? AND s.mode NOT IN ('support', 'discipline') AND {_HERE}
AND NOT EXISTS (SELECT 1 FROM sending e WHERE e.matter_id = s.matter_id AND e.id < s.id
  AND e.mode NOT IN ('support', 'discipline'))"""
_PETITION_ACCEPTED = f"""FROM petition p JOIN matter m ON m.id = p.matter_id
WHERE p.accepted_on BETWEEN ? AND ? AND {_HERE}"""
_FIRST_SESSION = f"""FROM mediation_session s JOIN matter m ON m.id = s.matter_id
WHERE s.state = 'held' AND s.kind = 'mediation' AND s.started_at >= ? AND s.started_at < ? AND {_HERE}
AND NOT EXISTS (SELECT 1 FROM mediation_session e WHERE e.matter_id = s.matter_id AND e.state = 'held'
  AND e.kind = 'mediation' AND (e.started_at, e.id) < (s.started_at, s.id))"""

_MEDIATION_ACCEPTED = f"{OF_CASES['accepted']} AND {_HERE}"

#: Old ledgers are entered months later; their minutes say nothing about the desk.
_TRIAGED = f"{_VISITS} AND substr(v.registered_at, 1, 10) = v.business_day AND {_HERE}"


def _days_to(day: str) -> str:
    return f"max(0, julianday({day}) - julianday(m.opened_on))"


_HELD = f"""FROM mediation_session s JOIN matter m ON m.id = s.matter_id
JOIN appointment a ON a.matter_id = s.matter_id AND a.since <= substr(s.started_at, 1, 10)
  AND (a.until IS NULL OR a.until >= substr(s.started_at, 1, 10))
WHERE s.state = 'held' AND s.started_at >= ? AND s.started_at < ? AND {_COUNTS}"""
_ASKED = f"""FROM follow_up f JOIN matter m ON m.id = f.matter_id JOIN appointment a ON a.matter_id = f.matter_id
WHERE f.done_on BETWEEN ? AND ? AND a.until IS NULL AND {_COUNTS}
AND f.satisfaction IN ('satisfied', 'fairly', 'unsatisfied')"""
_SHARED = f"""FROM subsidy_event e JOIN subsidy p ON p.id = e.subsidy_id JOIN matter m ON m.id = p.matter_id
JOIN subsidy_share s ON s.subsidy_id = p.id
WHERE e.action = 'pay' AND e.at >= ? AND e.at < ? AND {_COUNTS}"""

#: Figure of the ledger → the matters it counts, with the names of store/spans.py. Calls without a matter have no line.
BEHIND: dict[str, str] = {
    key: named(sql)
    for key, sql in {
        **{
            f"elder_{figure}": "FROM matter m JOIN appointment a ON a.matter_id = m.id AND a.until IS NULL"
            f" WHERE m.id IN (SELECT m.id {OF_CASES[figure]})"
            for figure in ("accepted", "settled", "failed")
        },
        "elder_sessions": _HELD,
        "elder_callouts": _CALLS,
        "elder_came": f"{_CALLS} AND c.outcome = 'came'",
        "elder_rated": _ASKED,
        "elder_satisfied": f"{_ASKED} AND f.satisfaction <> 'unsatisfied'",
        "elder_subsidised": _SHARED,
        "elder_subsidy": _SHARED,
        "wait_triage": _TRIAGED,
        "wait_forward": _FIRST_SENT,
        "wait_accept": "FROM matter m WHERE m.id IN"
        f" (SELECT m.id {_PETITION_ACCEPTED} UNION SELECT m.id {_MEDIATION_ACCEPTED})",
        "wait_first_session": _FIRST_SESSION,
    }.items()
}
#: Figures of mediators are divided by mediator (part: a code of the roster).
PARTS: dict[str, str] = {
    key: {"elder_callouts": "c.mediator", "elder_came": "c.mediator"}.get(
        key, "s.mediator" if key.startswith("elder_subsid") else "a.mediator"
    )
    for key in BEHIND
    if key.startswith("elder_")
}


def elders(rows: Rows, period: Period) -> dict[str, ElderCounts]:
    """Mediators who did anything: code → counts."""
    days, moments = bounds(period, "days"), bounds(period, "moments")
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for figure in ("accepted", "settled", "failed"):
        for row in rows.all(_THEIRS.format(of=OF_CASES[figure]), days):
            found[row["mediator"]][figure] = row["count"]
    for row in rows.all(_SESSIONS, moments):
        found[row["mediator"]]["sessions"] = row["count"]
    for sql, span in ((_CALLOUTS, moments), (_OPINIONS, days), (_SUBSIDIES, moments)):
        for row in rows.all(sql, span):
            found[row["mediator"]].update({key: row[key] for key in row.keys() if key != "mediator"})  # noqa: SIM118
    return {code: ElderCounts(**counts) for code, counts in found.items()}


def waits(rows: Rows, period: Period) -> dict[str, list[float]]:
    """Every wait that ended in the period, by the keys of WAITS."""
    days, moments = bounds(period, "days"), bounds(period, "moments")

    def spans(select: str, span: tuple[str, str]) -> list[float]:
        return [float(row["span"]) for row in rows.all(select, span)]

    accepted = spans(f"SELECT {_days_to('p.accepted_on')} AS span {_PETITION_ACCEPTED}", days) + spans(
        f"SELECT {_days_to('d.accepted_on')} AS span {_MEDIATION_ACCEPTED}", days
    )
    return {
        "wait_triage": spans(f"SELECT v.triage_minutes AS span {_TRIAGED}", days),
        "wait_forward": spans(f"SELECT {_days_to('s.sent_on')} AS span {_FIRST_SENT}", days),
        "wait_accept": accepted,
        "wait_first_session": spans(
            f"SELECT {_days_to('substr(s.started_at, 1, 10)')} AS span {_FIRST_SESSION}", moments
        ),
    }


def trend(rows: Rows, period: Period, since: date | None) -> list[TrendMonth]:
    """Thirteen months up to the period's last one. since: the first day anything was recorded here."""
    months = period.trend()
    span = (months[0].first.isoformat(), months[-1].last.isoformat())
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows.all(
        "SELECT substr(v.business_day, 1, 7) AS month, count(*) AS visits, sum(v.is_group) AS groups,"
        f" sum(v.headcount) AS heads {_VISITS} GROUP BY month",
        span,
    ):
        found[row["month"]].update({key: row[key] for key in ("visits", "groups", "heads")})
    for figure, day in (
        ("accepted", "d.accepted_on"),
        ("settled", "g.effective_on"),
        ("failed", "d.ended_on"),
    ):
        amount = ", sum(d.amount) AS amount" if figure == "settled" else ""
        for row in rows.all(
            f"SELECT substr({day}, 1, 7) AS month, count(*) AS count{amount} {OF_CASES[figure]} GROUP BY month",
            span,
        ):
            found[row["month"]][figure] = row["count"]
            if amount:
                found[row["month"]]["amount"] = row["amount"]
    return [
        TrendMonth(month, **found.get(month.code, {}), recorded=since is not None and since <= month.last)
        for month in months
    ]


def bounds(period: Period, kind: str) -> tuple[str, str]:
    """The period as days ("days"), or as moments from its first one to the first one behind it ("moments")."""
    last = period.last if kind == "days" else period.last + timedelta(days=1)
    return period.first.isoformat(), last.isoformat()
