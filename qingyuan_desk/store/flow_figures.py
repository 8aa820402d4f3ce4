"""Counting matters by the flows they stayed in; domain/flow_figures.py says what is counted.

A matter whose handling nobody began has no stay: it is in its flow since it was opened.
"""

from __future__ import annotations

from qingyuan_desk.domain.flow_figures import FlowCounted
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.store.database import Rows

#: Each matter visited in a period with every flow it was in then, once. Bound: the period twice, its end, its beginning.
_STAYED = """
WITH came AS (
  SELECT DISTINCT v.matter_id FROM visit v JOIN matter m ON m.id = v.matter_id
  WHERE v.business_day BETWEEN ? AND ? AND v.state = 'valid' AND m.sealed = 0),
stayed AS (
  SELECT s.matter_id, s.flow FROM came c JOIN stay s ON s.matter_id = c.matter_id
  WHERE s.since <= ? AND (s.until IS NULL OR s.until >= ?)
  UNION
  SELECT c.matter_id, m.flow FROM came c JOIN matter m ON m.id = c.matter_id
  WHERE NOT EXISTS (SELECT 1 FROM stay s WHERE s.matter_id = c.matter_id))"""
_BY_FLOW = f"{_STAYED} SELECT flow, count(*) AS matters FROM stayed GROUP BY flow"
_SEVERAL = f"{_STAYED} SELECT count(*) FROM (SELECT 1 FROM stayed GROUP BY matter_id HAVING count(DISTINCT flow) > 1)"

#: Matters (m) that left a flow in a period.
LEFT = """FROM stay s JOIN matter m ON m.id = s.matter_id
WHERE s.until BETWEEN ? AND ? AND m.sealed = 0 AND m.state <> 'void'"""
_MOVED = f"""
SELECT DISTINCT s.matter_id, s.flow AS source,
  (SELECT n.flow FROM stay n WHERE n.matter_id = s.matter_id AND n.id > s.id ORDER BY n.id LIMIT 1) AS target
{LEFT}"""


def count(rows: Rows, period: Period) -> FlowCounted:
    """The flows of a period."""
    first, last = period.first.isoformat(), period.last.isoformat()
    bounds = (first, last, last, first)
    return FlowCounted(
        stayed={row["flow"]: row["matters"] for row in rows.all(_BY_FLOW, bounds)},
        several=rows.value(_SEVERAL, bounds),
        moved=tuple(
            (row["matter_id"], row["source"], row["target"])
            for row in rows.all(_MOVED, (first, last))
            if row["target"]
        ),
    )
