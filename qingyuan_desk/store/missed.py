"""Statutory limits that were not kept, one by one; their number is the figure `overdue`. Sealed matters stay out."""

from __future__ import annotations

from datetime import date

from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.work_figures import Missed
from qingyuan_desk.store.database import Rows
from qingyuan_desk.store.dues import UNIT_OF_CLOCK
from qingyuan_desk.store.figures import DUTY

# The reason: what a unit answered when it was urged, else what somebody wrote when they recorded that it was done.
_MISSED = f"""
SELECT m.number, m.flow, m.node, c.rule, c.event, c.article, c.shifted_end, c.ended_on, c.state, {UNIT_OF_CLOCK} AS unit,
  coalesce((SELECT e.note FROM event e WHERE e.matter_id = c.matter_id AND e.action = 'meet'
    AND e.note LIKE c.event || '：%。%' ORDER BY e.id DESC LIMIT 1), '') AS told,
  coalesce((SELECT u.reply FROM urge u WHERE u.matter_id = c.matter_id AND u.reply <> '' AND u.cancelled_on IS NULL
    AND u.sent_on >= c.alarm_on ORDER BY u.id DESC LIMIT 1), '') AS answered
FROM clock c JOIN matter m ON m.id = c.matter_id
WHERE c.shifted_end BETWEEN ? AND ? AND c.state <> 'cancelled' AND {DUTY} AND m.sealed = 0
AND c.shifted_end < CASE c.state WHEN 'running' THEN ? ELSE c.ended_on END"""


def missed(rows: Rows, period: Period, as_of: date) -> list[Missed]:
    """Limits of the period that were met too late or, on the day `as_of`, not yet."""
    span = (period.first.isoformat(), period.last.isoformat(), as_of.isoformat())
    return [
        Missed(
            number=row["number"],
            flow=row["flow"],
            node=row["node"],
            rule=row["rule"],
            event=row["event"],
            article=row["article"],
            unit=row["unit"],
            last_day=date.fromisoformat(row["shifted_end"]),
            done_on=None if row["state"] == "running" else date.fromisoformat(row["ended_on"]),
            as_of=as_of,
            reason=row["answered"] or _said(row["told"]),
        )
        for row in rows.all(_MISSED, span)
    ]


def _said(told: str) -> str:
    """What somebody added to a recorded act: 登记并转送、交办：逾期 2 天。当事人住院 → 当事人住院."""
    return told.partition("。")[2]
