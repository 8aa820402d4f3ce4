"""What is kept beside an entry of the roster: terms, days off, training, awards, and what its cases came to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from qingyuan_desk.domain.roster.records import Award, Kept, Records, Training
from qingyuan_desk.domain.roster.results import NEW, Leave, Results, Standing
from qingyuan_desk.store.database import Row, Rows, Tx

#: Kind of record → its table.
TABLES: Mapping[type[Kept], str] = {
    Leave: "roster_leave",
    Training: "roster_training",
    Award: "roster_award",
}

# Each mediator of a case is counted with it; who was released from it (until) is not.
_RESULTS = """
SELECT a.mediator,
       sum(CASE WHEN d.ended_on IS NULL AND d.closed_on IS NULL THEN 1 ELSE 0 END) AS open,
       sum(CASE WHEN d.result = 'agreed' THEN 1 ELSE 0 END) AS settled,
       sum(CASE WHEN d.result = 'agreed' AND d.form = 'oral' THEN 1 ELSE 0 END) AS oral,
       sum(CASE WHEN d.result = 'failed' THEN 1 ELSE 0 END) AS failed
FROM appointment a JOIN mediation d ON d.matter_id = a.matter_id JOIN matter m ON m.id = a.matter_id
WHERE a.until IS NULL AND m.state <> 'void'{whose} GROUP BY a.mediator"""

_RATINGS = """
SELECT a.mediator, count(*) AS rated,
       sum(CASE WHEN f.satisfaction IN ('satisfied', 'fairly') THEN 1 ELSE 0 END) AS satisfied
FROM appointment a JOIN follow_up f ON f.matter_id = a.matter_id JOIN matter m ON m.id = a.matter_id
WHERE a.until IS NULL AND m.state <> 'void' AND f.satisfaction IN ('satisfied', 'fairly', 'unsatisfied')
{whose} GROUP BY a.mediator"""

_BOOKED = """
SELECT DISTINCT a.mediator, substr(s.planned_at, 1, 10) AS day
FROM mediation_session s JOIN appointment a ON a.matter_id = s.matter_id AND a.until IS NULL
WHERE s.state = 'planned' AND s.planned_at >= ? AND s.planned_at < ?"""

# The newest case first; sealed matters are no mediations.
_CASES = """
SELECT d.matter_id, d.number, m.title, m.dispute_type, d.form, d.result, a.since,
       coalesce(d.closed_on, d.ended_on) AS done
FROM appointment a JOIN mediation d ON d.matter_id = a.matter_id JOIN matter m ON m.id = a.matter_id
WHERE a.mediator = ? AND a.until IS NULL AND m.state <> 'void' AND m.sealed = 0
ORDER BY a.since DESC, a.id DESC LIMIT ?"""


def standings(rows: Rows, today: date, ahead: int) -> dict[str, Standing]:
    """How everybody stands who has anything to their name: cases, days off from today on, sessions of the days ahead."""
    results = results_of(rows)
    leave: dict[str, list[Leave]] = defaultdict(list)
    for row in rows.all(
        "SELECT * FROM roster_leave WHERE cancelled = '' AND last >= ? ORDER BY first", (today.isoformat(),)
    ):
        leave[row["mediator"]].append(_leave(row))
    booked: dict[str, set[date]] = defaultdict(set)
    until = today + timedelta(days=ahead)
    for row in rows.all(_BOOKED, (today.isoformat(), until.isoformat())):
        booked[row["mediator"]].add(date.fromisoformat(row["day"]))
    return {
        code: Standing(results.get(code, NEW.results), tuple(leave[code]), frozenset(booked[code]))
        for code in {*results, *leave, *booked}
    }


def results_of(rows: Rows, mediator: str = "") -> dict[str, Results]:
    """Results of everybody who has a case, or of one mediator."""
    whose, whom = (" AND a.mediator = ?", (mediator,)) if mediator else ("", ())
    ratings = {row["mediator"]: row for row in rows.all(_RATINGS.format(whose=whose), whom)}
    return {
        row["mediator"]: Results(
            row["open"],
            row["settled"],
            row["oral"],
            row["failed"],
            *((rated["satisfied"], rated["rated"]) if (rated := ratings.get(row["mediator"])) else (0, 0)),
        )
        for row in rows.all(_RESULTS.format(whose=whose), whom)
    }


def cases_of(rows: Rows, mediator: str, limit: int) -> list[Row]:
    """The latest cases of a mediator."""
    return rows.all(_CASES, (mediator, limit))


def records_of(rows: Rows, mediator: str) -> Records:
    """Everything kept beside an entry, newest first; days off that were cancelled too."""
    whose = (mediator,)
    return Records(
        leave=tuple(
            map(_leave, rows.all("SELECT * FROM roster_leave WHERE mediator = ? ORDER BY first DESC", whose))
        ),
        trainings=tuple(
            Training(
                row["mediator"],
                date.fromisoformat(row["day"]),
                row["hours"],
                row["organiser"],
                row["subject"],
                row["id"],
            )
            for row in _counting(rows, "roster_training", mediator)
        ),
        awards=tuple(
            Award(row["mediator"], date.fromisoformat(row["day"]), row["title"], row["issuer"], row["id"])
            for row in _counting(rows, "roster_award", mediator)
        ),
        terms=terms_of(rows).get(mediator, ()),
    )


def terms_of(rows: Rows) -> dict[str, tuple[date, ...]]:
    """Of everybody the first days of all terms, the current one included, the latest first."""
    found = rows.all(
        "SELECT mediator, start FROM roster_term UNION SELECT code, term_start FROM mediators"
        " WHERE term_start <> '' ORDER BY 2 DESC"
    )
    terms: dict[str, tuple[date, ...]] = {}
    for row in found:
        terms[row["mediator"]] = (*terms.get(row["mediator"], ()), date.fromisoformat(row["start"]))
    return terms


def add_term(tx: Tx, mediator: str, start: date) -> None:
    """Remember the first day of a term."""
    tx.run(
        "INSERT INTO roster_term (mediator, start) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (mediator, start.isoformat()),
    )


def add(tx: Tx, kept: Kept) -> int:
    """Keep a record; its id."""
    facts: dict[str, object]
    match kept:
        case Leave():
            facts = {"first": kept.first.isoformat(), "last": kept.last.isoformat(), "reason": kept.reason}
        case Training():
            facts = {
                "day": kept.day.isoformat(),
                "hours": kept.hours,
                "organiser": kept.organiser,
                "subject": kept.subject,
            }
        case Award():
            facts = {"day": kept.day.isoformat(), "title": kept.title, "issuer": kept.issuer}
    return tx.insert(TABLES[type(kept)], {"mediator": kept.mediator, **facts})


def cancel(tx: Tx, kind: type[Kept], record_id: int, mediator: str, reason: str) -> bool:
    """Let a record count no more; False when there is none, or it was cancelled before."""
    changed = tx.run(
        f"UPDATE {TABLES[kind]} SET cancelled = ? WHERE id = ? AND mediator = ? AND cancelled = ''",
        (reason, record_id, mediator),
    )
    return changed == 1


def _counting(rows: Rows, table: str, mediator: str) -> list[Row]:
    return rows.all(
        f"SELECT * FROM {table} WHERE mediator = ? AND cancelled = '' ORDER BY day DESC, id DESC", (mediator,)
    )


def _leave(row: Row) -> Leave:
    return Leave(
        row["mediator"],
        date.fromisoformat(row["first"]),
        date.fromisoformat(row["last"]),
        row["reason"],
        row["id"],
        row["cancelled"],
    )
