"""Counting the official tables of mediation; domain/official.py says what each column means. Void and sealed matters count nowhere.

One row a dispute that came to an end in the period, then grouped: the whole is counted apart from the types.
"""

from __future__ import annotations

from typing import Any

from qingyuan_desk.domain.mediation.codes import BODIES, ORIGINS, PREVENTIONS
from qingyuan_desk.domain.official import COLUMNS, OfficialCounted
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.store.case_figures import BEHIND as OF_CASES
from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.spans import named

#: Whose committee mediated; where a case says none, the office's own (setting committee_kind).
_BODY = f"""CASE WHEN d.body <> '' THEN d.body ELSE
  CASE (SELECT value FROM setting WHERE key = 'committee_kind')
  {" ".join(f"WHEN '{name}' THEN '{code}'" for code, name in BODIES.items())} ELSE '' END END"""

# Settled or failed in the period, each dispute once. Bound: the period twice.
_ENDED = f"""(SELECT matter_id, max(settled) AS settled FROM (
  SELECT g.matter_id, 1 AS settled {OF_CASES["settled"]}
  UNION ALL SELECT d.matter_id, 0 {OF_CASES["failed"]}) GROUP BY matter_id) e
JOIN mediation d ON d.matter_id = e.matter_id JOIN matter m ON m.id = e.matter_id"""

#: People concerned: those who came together may be more than the applicants that stand in the file.
_PERSONS = """(SELECT count(*) FROM case_party p WHERE p.matter_id = m.id AND p.side <> 'applicant')
  + max((SELECT count(*) FROM case_party p WHERE p.matter_id = m.id AND p.side = 'applicant'),
        coalesce((SELECT max(v.headcount) FROM visit v WHERE v.matter_id = m.id AND v.state = 'valid'), 0))"""

#: Column → what it is counted by (a condition on a dispute), but for sums.
_WHICH = {
    "settled": "e.settled = 1",
    "complex": "d.difficulty = 'complex'",
    **{f"body_{code}": f"{_BODY} = '{code}'" for code in BODIES},
    **{f"origin_{code}": f"d.origin = '{code}'" for code in ORIGINS},
    "origin_handed": f"d.origin IN ({', '.join(repr(code) for code in ORIGINS if code not in ('application', 'initiative'))})",
    "form_oral": "e.settled = 1 AND d.form = 'oral'",
    "form_written": "e.settled = 1 AND d.form = 'written'",
}
_COUNTED = ",\n".join(
    (
        "count(*) AS total",
        f"coalesce(sum({_PERSONS}), 0) AS persons",
        "coalesce(sum(CASE WHEN e.settled = 1 THEN d.amount ELSE 0 END), 0) AS amount",
        *(f"coalesce(sum(CASE WHEN {which} THEN 1 ELSE 0 END), 0) AS {key}" for key, which in _WHICH.items()),
    )
)
_WHOLE = f"SELECT {_COUNTED} FROM {_ENDED}"
_BY_TYPE = f"SELECT m.dispute_type, {_COUNTED} FROM {_ENDED} GROUP BY m.dispute_type"

#: 基层排查上报 of disputes.
_SCREENED = """FROM visit v JOIN matter m ON m.id = v.matter_id
WHERE v.business_day BETWEEN ? AND ? AND v.state = 'valid' AND v.source = 'township_report'
AND v.category = 'civil_dispute' AND m.sealed = 0"""
_PREVENTED = (
    'FROM prevention p JOIN matter m ON m.id = p.matter_id WHERE p."on" BETWEEN ? AND ?'
    " AND m.state <> 'void' AND m.sealed = 0"
)

_CASES = {f"official_{column.key}": column.key for column in COLUMNS}
#: Figure of the ledger (official_<column>) → the matters it counts, with the names of store/spans.py.
BEHIND: dict[str, str] = {
    key: named(sql)
    for key, sql in {
        **{key: f"FROM {_ENDED} WHERE {_WHICH.get(column, '1')}" for key, column in _CASES.items()},
        "official_amount": f"FROM {_ENDED} WHERE e.settled = 1 AND d.amount > 0",
        "official_screened": _SCREENED,
        "official_prevented": _PREVENTED,
    }.items()
}
#: Figures of disputes are divided by type (part: the code of a type).
PARTS: dict[str, str] = dict.fromkeys(_CASES, "m.dispute_type")


def count(rows: Rows, period: Period) -> OfficialCounted:
    """The official tables of a period."""
    span = (period.first.isoformat(), period.last.isoformat())
    whole = rows.one(_WHOLE, span * 2)
    return OfficialCounted(
        whole=_counts(whole) if whole else {},
        by_type={row["dispute_type"]: _counts(row) for row in rows.all(_BY_TYPE, span * 2)},
        prevention=_prevention(rows, span),
    )


def _counts(row: Row) -> dict[str, int]:
    return {column.key: row[column.key] for column in COLUMNS}


def _prevention(rows: Rows, span: tuple[str, str]) -> dict[str, int]:
    kinds: dict[str, Any] = {
        row["kind"]: row
        for row in rows.all(
            f"SELECT p.kind, count(*) AS cases, sum(p.persons) AS persons {_PREVENTED} GROUP BY p.kind", span
        )
    }
    found = {
        "screened": rows.value(f"SELECT count(*) {_SCREENED}", span),
        "prevented": rows.value(f"SELECT count(DISTINCT p.matter_id) {_PREVENTED}", span),
    }
    for kind in PREVENTIONS:
        row = kinds.get(kind)
        found[f"prevented_{kind}"] = row["cases"] if row else 0
        found[f"prevented_{kind}_persons"] = row["persons"] if row else 0
    return found
