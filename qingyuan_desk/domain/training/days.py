"""The working days of the invented year, and what happens on them."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import Form as HandlingForm
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.forms import Form
from qingyuan_desk.domain.outreach import Activity
from qingyuan_desk.domain.visit import VisitForm

Script = Mapping[str, Any]
#: A step of a mediation as it was planned: the form for the case as it stands then; None when there is nothing to do.
Move = Callable[[Case], Form | None]
#: A step of a matter's handling, planned in the same way.
Handle = Callable[[Handled], HandlingForm | None]
#: A step for which somebody mediates: the form with the code of whoever suits.
Naming = Callable[[str], Form]
_Key = TypeVar("_Key", str, int)

#: When people come: minutes of the day, the office being open 8:30–12:00 and 14:00–17:30.
_OPEN = (*range(8 * 60 + 34, 11 * 60 + 55), *range(14 * 60 + 4, 17 * 60 + 25))


@dataclass(frozen=True)
class Act:
    """Something that happens at the desk at a moment.

    what: "visit", "note", "take_back"; "outreach" (法律十进, an `activity`); "renew" (somebody's term on the roster);
    "handle" (the form `handled`); of a mediation "step" (a form of `move`), "assign" (a form of `named`), "callout" (its
    mediator was called and is here).
    matter, ordinal: which visit of which planned matter it is about; else which act of its diary.
    category: where the visit belongs. form: of a visit; `matter` in it is left to whoever knows the number.
    text: the note, the reason, the code of the step or of somebody on the roster, or what somebody is called for.
    """

    at: datetime
    what: str
    matter: int
    ordinal: int
    category: str = ""
    form: VisitForm | None = None
    text: str = ""
    move: Move | None = None
    handled: Handle | HandlingForm | None = None
    named: Naming | None = None
    called_at: datetime | None = None
    activity: Activity | None = None


class WorkDays:
    """The working days of the year, and some behind its end for what is agreed to be done then."""

    def __init__(self, days: Sequence[date], until: datetime) -> None:
        self.until = until
        self._all = tuple(days)
        #: Those on which somebody may come in before the end.
        self.past = [day for day in days if self.minutes(day)]

    def minutes(self, day: date) -> Sequence[int]:
        """The minutes of a day people may come in, before the end."""
        if day < self.until.date():
            return _OPEN
        return [minute for minute in _OPEN if self.at(day, minute) + timedelta(minutes=1) <= self.until]

    def at(self, day: date, minute: int) -> datetime:
        """A minute of a day as a moment."""
        return datetime.combine(day, time(minute // 60, minute % 60), self.until.tzinfo)

    def moment(self, dice: random.Random, day: date) -> datetime:
        """Some moment of a day at which people may come in before the end."""
        minute = dice.choice(self.minutes(day))
        return self.at(day, minute) + timedelta(seconds=dice.randint(0, 59))

    def since(self, day: date) -> date:
        """The first working day from a day on."""
        return self._all[min(bisect_left(self._all, day), len(self._all) - 1)]

    def after(self, day: date, count: int) -> date:
        """The count-th working day after a day; the last one known when there are no more."""
        return self._all[min(bisect_right(self._all, day) + count - 1, len(self._all) - 1)]


def apportion(shares: Mapping[_Key, float], whole: int) -> dict[_Key, int]:
    """A whole number divided by shares, the largest remainders rounded up."""
    exact = {key: share * whole / sum(shares.values()) for key, share in shares.items()}
    counts = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: counts[key] - exact[key])
    for key in by_remainder[: whole - sum(counts.values())]:
        counts[key] += 1
    return counts
