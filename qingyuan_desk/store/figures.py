"""Counting a period: valid visits by business day, of matters that are not sealed. domain/figures.py says what each figure means.

The cells are one grouped scan of the period's visits; totals are counted apart from them, so that tables can be checked.
"""

from __future__ import annotations

from datetime import date
from statistics import median
from typing import Any

from qingyuan_desk.domain.breakdowns import UNSAID
from qingyuan_desk.domain.clocks import RIGHTS
from qingyuan_desk.domain.figures import Cell, Clocks, Counted, Totals
from qingyuan_desk.domain.matter import CASES_COUNTED, LedgerFilter
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.store import (
    case_figures,
    consult_figures,
    flow_figures,
    official,
    petition_figures,
    sending_figures,
    work_figures,
)
from qingyuan_desk.store.database import Rows
from qingyuan_desk.store.histories import IMPORTED
from qingyuan_desk.store.spans import Days, placed

_VISITS = """FROM visit v JOIN matter m ON m.id = v.matter_id
WHERE v.business_day BETWEEN ? AND ? AND v.state = 'valid' AND m.sealed = 0"""

#: 初访: no earlier visit of the same matter still counts.
_IS_FIRST = """CASE WHEN EXISTS (
  SELECT 1 FROM visit e WHERE e.matter_id = v.matter_id AND e.ordinal < v.ordinal AND e.state = 'valid')
 THEN 0 ELSE 1 END"""

_CELLS = f"""
WITH counted AS (
  SELECT v.category, v.flow, v.source, m.township, v.dispute_type, v.is_group, v.headcount, {_IS_FIRST} AS is_first,
         row_number() OVER (PARTITION BY v.matter_id ORDER BY v.business_day DESC, v.ordinal DESC) AS from_last
  {_VISITS})
SELECT category, flow, source, township, dispute_type, is_group, is_first,
       sum(CASE WHEN from_last = 1 THEN 1 ELSE 0 END) AS matters, count(*) AS visits, sum(headcount) AS heads
FROM counted GROUP BY category, flow, source, township, dispute_type, is_group, is_first"""

_TOTALS = f"""
SELECT count(DISTINCT v.matter_id) AS matters, count(*) AS visits, coalesce(sum({_IS_FIRST}), 0) AS first_visits,
       coalesce(sum(v.is_group), 0) AS groups, coalesce(sum(v.headcount), 0) AS heads,
       coalesce(sum(v.is_group * v.headcount), 0) AS group_heads
{_VISITS}"""

_NEW_MATTERS = """
SELECT count(*) FROM matter WHERE opened_on BETWEEN ? AND ? AND state <> 'void' AND sealed = 0"""

#: A clock `c` that is a duty: what the parties only may do is never overdue.
DUTY = f"c.rule NOT IN ({', '.join(repr(rule) for rule in sorted(RIGHTS))})"

_CLOCKS = f"""
SELECT coalesce(sum(CASE WHEN c.state <> 'running' AND c.ended_on <= c.shifted_end THEN 1 ELSE 0 END), 0) AS on_time,
       coalesce(sum(CASE WHEN c.state = 'running' AND c.shifted_end >= ? THEN 1 ELSE 0 END), 0) AS running,
       count(*) AS due
FROM clock c JOIN matter m ON m.id = c.matter_id
WHERE c.shifted_end BETWEEN ? AND ? AND c.state <> 'cancelled' AND {DUTY} AND m.sealed = 0"""

# Old ledgers are entered months later; their minutes say nothing about the desk.
_MINUTES = f"""
SELECT v.triage_minutes {_VISITS} AND substr(v.registered_at, 1, 10) = v.business_day
AND NOT {IMPORTED.format(matter="m.id")}"""

_VOID = """
SELECT v.number FROM visit v JOIN matter m ON m.id = v.matter_id
WHERE v.business_day BETWEEN ? AND ? AND v.state = 'void' AND m.sealed = 0 ORDER BY v.id"""

#: Figure → which of a period's visits it counts.
_COUNTED_VISITS = {
    "visits": "",
    "heads": "",
    "matters": "",
    "repeat_visits": f" AND {_IS_FIRST} = 0",
    "groups": " AND v.is_group = 1",
}
#: What a ledger of visits narrows by the visit instead of its matter.
OF_VISIT = ("flow", "source", "category")

_BEHIND = {
    "moved": f"m.id IN (SELECT m.id {flow_figures.LEFT})",
    "new_matters": "m.opened_on BETWEEN ? AND ? AND m.state <> 'void' AND m.sealed = 0",
    "overdue": f"""m.sealed = 0 AND m.id IN (
  SELECT c.matter_id FROM clock c WHERE c.shifted_end BETWEEN ? AND ? AND c.state <> 'cancelled'
  AND {DUTY} AND c.shifted_end < CASE c.state WHEN 'running' THEN ? ELSE c.ended_on END)""",
}


def first_day(rows: Rows) -> date | None:
    """The first business day with a visit; None before the first one."""
    text = rows.value(
        "SELECT v.business_day FROM visit v JOIN matter m ON m.id = v.matter_id WHERE m.sealed = 0"
        " ORDER BY v.business_day LIMIT 1"
    )
    return date.fromisoformat(text) if text else None


def count(rows: Rows, period: Period, as_of: date) -> Counted:
    """Everything about a period; clocks as they stand on the day `as_of`."""
    span, days = _span(period), Days(period.first, period.last, as_of)
    clocks = rows.one(_CLOCKS, (as_of.isoformat(), *span))
    on_time, running, due = clocks or (0, 0, 0)
    minutes = [row["triage_minutes"] for row in rows.all(_MINUTES, span)]
    return Counted(
        totals=totals(rows, period),
        cells=tuple(
            Cell(
                row["category"],
                row["flow"],
                row["source"],
                row["township"],
                row["dispute_type"],
                bool(row["is_group"]),
                bool(row["is_first"]),
                row["matters"],
                row["visits"],
                row["heads"],
            )
            for row in rows.all(_CELLS, span)
        ),
        clocks=Clocks(on_time=on_time, running=running, overdue=due - on_time - running),
        triage_minutes=median(minutes) if minutes else None,
        void_numbers=tuple(row["number"] for row in rows.all(_VOID, span)),
        cases=case_figures.count(rows, period),
        flows=flow_figures.count(rows, period),
        petitions=petition_figures.count(rows, days),
        handovers=sending_figures.count(rows, "handover", days),
        support=sending_figures.count(rows, "support", days),
        consultations=consult_figures.count(rows, days),
        official=official.count(rows, period),
    )


def totals(rows: Rows, period: Period) -> Totals:
    """The figures of a whole period."""
    span = _span(period)
    counted = rows.one(_TOTALS, span)
    return Totals(new_matters=rows.value(_NEW_MATTERS, span), **dict(counted or {}))


def counts_visits(figure: str) -> bool:
    """Whether a figure of the ledger counts visits."""
    return figure in _COUNTED_VISITS


def behind(wanted: LedgerFilter, today: date) -> tuple[str, list[Any]]:
    """The condition on matters (m), and its parameters, that lets through those behind the filter's figure."""
    first, last = wanted.days(today)
    days = Days(first or date.min, last or date.max, today)
    if wanted.figure in _LISTED:
        return _listed(wanted, days)
    span = [days.first.isoformat(), days.last.isoformat()]
    if wanted.figure in CASES_COUNTED:
        return f"m.id IN (SELECT m.id {case_figures.BEHIND[wanted.figure]})", list[Any](span)
    if not counts_visits(wanted.figure):
        return _BEHIND[wanted.figure], [*span, *([today.isoformat()] if wanted.figure == "overdue" else [])]
    narrowed = {column: getattr(wanted, column) for column in OF_VISIT if getattr(wanted, column)}
    more = "".join(f" AND v.{column} = ?" for column in narrowed)
    visits = f"SELECT v.matter_id {_VISITS}{_COUNTED_VISITS[wanted.figure]}{more}"
    return f"m.id IN ({visits})", [*span, *narrowed.values()]


#: Figure → the matters it counts, and the code by which it is divided, where it is; with the names of store/spans.py.
_LISTED: dict[str, str] = {
    **petition_figures.BEHIND,
    **sending_figures.BEHIND,
    **consult_figures.BEHIND,
    **official.BEHIND,
    **work_figures.BEHIND,
}
_PARTS: dict[str, str] = {
    **petition_figures.PARTS,
    **sending_figures.PARTS,
    **consult_figures.PARTS,
    **official.PARTS,
    **work_figures.PARTS,
}


def _listed(wanted: LedgerFilter, days: Days) -> tuple[str, list[Any]]:
    part = ""
    if wanted.part and wanted.figure in _PARTS:
        part = f" AND {_PARTS[wanted.figure]} = :part"
    return placed(
        f"m.id IN (SELECT m.id {_LISTED[wanted.figure]}{part})",
        {**days.params, "part": "" if wanted.part == UNSAID else wanted.part},
    )


def _span(period: Period) -> tuple[str, str]:
    return period.first.isoformat(), period.last.isoformat()
