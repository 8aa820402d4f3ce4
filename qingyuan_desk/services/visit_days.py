"""How a period's visits lie in time, for the charts of the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import visit_days as store


@dataclass(frozen=True)
class VisitDays:
    """件次 by business day, every day of the period up to today; and by the hour today, where today is in the period."""

    days: Mapping[date, int]
    today: date
    hours: Mapping[int, int] = field(default_factory=dict)


def of(office: Office, actor: Actor, period: Period) -> VisitDays:
    """The visits of a period, day by day. Sealed matters are in none."""
    require(actor, Right.REPORT)
    today = office.today()
    with office.store.read() as rows:
        counted = store.by_day(rows, period)
        hours = store.by_hour(rows, today) if period.first <= today <= period.last else {}
    last = min(today, period.last)
    days = [period.first + timedelta(days=place) for place in range((last - period.first).days + 1)]
    return VisitDays({day: counted.get(day, 0) for day in days}, today, hours)
