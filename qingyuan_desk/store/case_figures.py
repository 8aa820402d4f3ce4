"""Counting the mediations of a period; domain/figures.py says what each figure means.

A dispute is settled on the day its first agreement takes effect: the one of version 1. Void and sealed matters count nowhere.
"""

from __future__ import annotations

from typing import Any

from qingyuan_desk.domain.case_figures import (
    COLUMNS,
    NOTHING,
    Afterwards,
    CaseCell,
    CaseCounted,
    CaseCounts,
    Prevented,
)
from qingyuan_desk.domain.mediation.codes import PREVENTIONS
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.store.database import Rows

_COUNTS = "m.state <> 'void' AND m.sealed = 0"
_CASE = "JOIN mediation d ON d.matter_id = {of}.matter_id JOIN matter m ON m.id = {of}.matter_id"
_ENDED = f"""FROM mediation d JOIN matter m ON m.id = d.matter_id
WHERE d.ended_on BETWEEN ? AND ? AND d.number <> '' AND d.result = '{{result}}' AND {_COUNTS}"""
_SETTLED = f"""FROM agreement g {_CASE.format(of="g")}
WHERE g.version = 1 AND g.effective_on BETWEEN ? AND ? AND {_COUNTS}"""

#: What happens to disputes → those it happened to in a period (first day, last day).
_HAPPENED = {
    "accepted": f"""FROM mediation d JOIN matter m ON m.id = d.matter_id
WHERE d.accepted_on BETWEEN ? AND ? AND {_COUNTS}""",
    "settled": _SETTLED,
    "failed": _ENDED.format(result="failed"),
    "withdrawn": _ENDED.format(result="withdrawn"),
}
_DUE = f"""FROM instalment i JOIN agreement g ON g.id = i.agreement JOIN matter m ON m.id = i.matter_id
WHERE i.due_on BETWEEN ? AND ? AND g.state = 'effective' AND {_COUNTS}"""
_ASKED = (
    f"""FROM follow_up f JOIN matter m ON m.id = f.matter_id WHERE f.done_on BETWEEN ? AND ? AND {_COUNTS}"""
)
_CONFIRMATION = (
    f"FROM confirmation c JOIN matter m ON m.id = c.matter_id WHERE {{day}} BETWEEN ? AND ? AND {_COUNTS}"
)
_PREVENTED = (
    f'FROM prevention p JOIN matter m ON m.id = p.matter_id WHERE p."on" BETWEEN ? AND ? AND {_COUNTS}'
)

#: Figure of the ledger → the matters it counts, which a period picks out.
BEHIND = {
    **_HAPPENED,
    "oral": f"{_SETTLED} AND d.form = 'oral'",
    "written": f"{_SETTLED} AND d.form = 'written'",
    "amount": f"{_SETTLED} AND d.amount > 0",
    "confirmations": _CONFIRMATION.format(day="c.applied_on"),
    "confirmed": f"{_CONFIRMATION.format(day='c.decided_on')} AND c.result = 'confirmed'",
    "due_parts": _DUE,
    "paid_parts": f"{_DUE} AND i.paid_on IS NOT NULL AND i.paid >= i.amount",
    "follow_ups": _ASKED,
    "unsatisfied": f"{_ASKED} AND f.satisfaction = 'unsatisfied'",
    **{f"prevented_{kind}": f"{_PREVENTED} AND p.kind = '{kind}'" for kind in PREVENTIONS},
}

_COLUMNS_OF_SETTLED = (
    "coalesce(sum(d.form = 'oral'), 0) AS oral, coalesce(sum(d.form = 'written'), 0) AS written,"
    " coalesce(sum(d.amount), 0) AS amount"
)


def count(rows: Rows, period: Period) -> CaseCounted:
    """Everything about the mediations of a period, performance as it stands now."""
    span = (period.first.isoformat(), period.last.isoformat())
    return CaseCounted(
        totals=_totals(rows, span),
        cells=tuple(_cells(rows, span)),
        afterwards=_afterwards(rows, span),
        prevented={
            row["kind"]: Prevented(row["cases"], row["persons"])
            for row in rows.all(
                f"SELECT p.kind, count(*) AS cases, sum(p.persons) AS persons {_PREVENTED} GROUP BY p.kind",
                span,
            )
        },
    )


def _totals(rows: Rows, span: tuple[str, str]) -> CaseCounts:
    counted = {name: rows.value(f"SELECT count(*) {happened}", span) for name, happened in _HAPPENED.items()}
    return CaseCounts(**counted, **dict(rows.one(f"SELECT {_COLUMNS_OF_SETTLED} {_SETTLED}", span) or {}))


def _cells(rows: Rows, span: tuple[str, str]) -> list[CaseCell]:
    found: dict[tuple[str, str, str], CaseCounts] = {}
    for name, happened in _HAPPENED.items():
        more = f", {_COLUMNS_OF_SETTLED}" if name == "settled" else ""
        for row in rows.all(
            f"SELECT m.dispute_type, m.source, d.origin, count(*) AS {name}{more} {happened}"
            " GROUP BY m.dispute_type, m.source, d.origin",
            span,
        ):
            key = (row["dispute_type"], row["source"], row["origin"])
            counts = CaseCounts(**{column: row[column] for column in COLUMNS if column in row.keys()})  # noqa: SIM118
            found[key] = found.get(key, NOTHING) + counts
    return [CaseCell(*key, counts) for key, counts in found.items()]


def _afterwards(rows: Rows, span: tuple[str, str]) -> Afterwards:
    counted = {
        name: rows.value(f"SELECT count(*) {BEHIND[name]}", span)
        for name in ("confirmations", "confirmed", "due_parts", "paid_parts", "follow_ups")
    }
    opinions: dict[str, Any] = {
        row["satisfaction"]: row["answers"]
        for row in rows.all(
            f"SELECT f.satisfaction, count(*) AS answers {_ASKED} GROUP BY f.satisfaction", span
        )
    }
    good = opinions.get("satisfied", 0) + opinions.get("fairly", 0)
    return Afterwards(**counted, rated=good + opinions.get("unsatisfied", 0), satisfied=good)
