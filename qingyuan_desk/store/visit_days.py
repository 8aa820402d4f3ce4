"""How visits lie in time: by business day, and by the hour people came. Void ones and sealed matters count nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from qingyuan_desk.domain.periods import Period
from qingyuan_desk.store.database import Rows

_VISITS = """FROM visit v JOIN matter m ON m.id = v.matter_id
WHERE v.business_day BETWEEN ? AND ? AND v.state = 'valid' AND m.sealed = 0"""


def by_day(rows: Rows, period: Period) -> Mapping[date, int]:
    """Days of a period on which somebody came → 件次."""
    sql = f"SELECT v.business_day AS day, count(*) AS visits {_VISITS} GROUP BY v.business_day"
    span = (period.first.isoformat(), period.last.isoformat())
    return {date.fromisoformat(row["day"]): row["visits"] for row in rows.all(sql, span)}


def by_hour(rows: Rows, day: date) -> Mapping[int, int]:
    """Hours of a business day in which somebody came → 件次."""
    sql = f"SELECT substr(v.received_at, 12, 2) AS hour, count(*) AS visits {_VISITS} GROUP BY hour"
    return {int(row["hour"]): row["visits"] for row in rows.all(sql, (day.isoformat(), day.isoformat()))}
