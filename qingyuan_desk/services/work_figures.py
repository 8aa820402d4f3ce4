"""The part of a report that tells of the work itself: what is counted of it in one reading of the data file."""

from __future__ import annotations

from datetime import date

from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.work_figures import WorkCounted
from qingyuan_desk.services.evaluation import counted_durations
from qingyuan_desk.store import movements, work_figures
from qingyuan_desk.store.database import Rows
from qingyuan_desk.store.missed import missed


def count(rows: Rows, period: Period, as_of: date, since: date | None) -> WorkCounted:
    """Everything about the work of a period as it stands on a day. since: the first day anything was recorded here."""
    before = period.before()
    durations = counted_durations(rows, (period.first, period.last), (before.first, before.last))
    return WorkCounted(
        elders=work_figures.elders(rows, period),
        durations=tuple(each for each in durations if not each.unit),
        waits=work_figures.waits(rows, period),
        missed=tuple(missed(rows, period, as_of)),
        trend=tuple(work_figures.trend(rows, period, since)),
        movement=movements.count(rows, period),
    )
