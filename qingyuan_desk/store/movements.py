"""Counting what changed between periods, and where new disputes gather; domain/movements.py says by which rules."""

from __future__ import annotations

from qingyuan_desk.domain.movements import Movement
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.store.case_figures import BEHIND as OF_CASES
from qingyuan_desk.store.database import Rows

#: Measure → its cells: how many by category, dispute type, and township.
_CELLS = {
    "visits": """SELECT v.category, v.dispute_type, m.township, count(*) AS count
FROM visit v JOIN matter m ON m.id = v.matter_id
WHERE v.business_day BETWEEN ? AND ? AND v.state = 'valid' AND m.sealed = 0
GROUP BY v.category, v.dispute_type, m.township""",
    "settled": f"""SELECT m.category, m.dispute_type, m.township, count(*) AS count {OF_CASES["settled"]}
GROUP BY m.category, m.dispute_type, m.township""",
}
_FRESH = """SELECT m.township, m.dispute_type, count(*) AS count FROM matter m
WHERE m.opened_on BETWEEN ? AND ? AND m.state <> 'void' AND m.sealed = 0 AND m.dispute_type <> ''
GROUP BY m.township, m.dispute_type"""


def count(rows: Rows, period: Period) -> Movement:
    """A period, the one before, and the same one a year before."""
    spans = {
        role: (each.first.isoformat(), each.last.isoformat())
        for role, each in (
            ("now", period),
            ("previous", period.before()),
            ("year_before", period.year_before()),
        )
    }
    return Movement(
        cells={
            measure: {
                role: {
                    (row["category"], row["dispute_type"], row["township"]): row["count"]
                    for row in rows.all(sql, span)
                }
                for role, span in spans.items()
            }
            for measure, sql in _CELLS.items()
        },
        fresh={
            role: {
                (row["township"], row["dispute_type"]): row["count"] for row in rows.all(_FRESH, spans[role])
            }
            for role in ("now", "previous")
        },
    )
