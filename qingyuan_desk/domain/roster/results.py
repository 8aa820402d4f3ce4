"""What a mediator has to do and has done: load, results, satisfaction, days off, and days taken already. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: So many cases in hand are a full load: more squares are not drawn, and more do not weigh heavier.
FULL_LOAD = 5
#: A share of fewer cases than this says nothing about a mediator.
TELLING = 5
#: From this share of settled cases on (percent) success speaks for a mediator; the lowest that a level asks for.
SUCCESSFUL = 85
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Results:
    """Cases of one mediator, counted. A case several mediate counts for each of them.

    open: in hand now. settled: an agreement was reached (调解成功), oral: an oral one among them. failed: ended without
    agreement (调解不成); withdrawn and declined cases count as neither. rated: parties who rated, satisfied: those who were
    满意 or 基本满意.
    """

    open: int = 0
    settled: int = 0
    oral: int = 0
    failed: int = 0
    satisfied: int = 0
    rated: int = 0

    @property
    def finished(self) -> int:
        """Cases that came to an end: settled or failed."""
        return self.settled + self.failed

    @property
    def success(self) -> float | None:
        """Settled of all finished, in percent; None before the first one."""
        return share(self.settled, self.finished)

    @property
    def oral_share(self) -> float | None:
        """Oral agreements of all settled ones, in percent."""
        return share(self.oral, self.settled)

    @property
    def satisfaction(self) -> float | None:
        """Satisfied of all who rated, in percent."""
        return share(self.satisfied, self.rated)

    @property
    def squares(self) -> int:
        """How many of FULL_LOAD squares the load fills."""
        return min(self.open, FULL_LOAD)

    @property
    def words(self) -> str:
        """在办2件 · 成功12件（92%） in one line."""
        said = [f"在办{self.open}件"]
        if self.success is not None:
            said.append(f"成功{self.settled}件（{percent(self.success)}）")
        return " · ".join(said)


NO_RESULTS = Results()


@dataclass(frozen=True)
class Leave:
    """Days off (请假、不工作日), both of them included. record_id 0: not kept yet. cancelled: why it counts no more."""

    mediator: str
    first: date
    last: date
    reason: str = ""
    record_id: int = 0
    cancelled: str = ""

    def covers(self, day: date) -> bool:
        """Whether somebody is away that day."""
        return not self.cancelled and self.first <= day <= self.last

    @property
    def words(self) -> str:
        """The days, without the reason, which may be private: 9月20日至10月8日请假."""
        first, last = said_day(self.first), said_day(self.last)
        return f"{first}请假" if first == last else f"{first}至{last}请假"


@dataclass(frozen=True)
class Standing:
    """How a mediator stands: results, days off, and days with a session planned already."""

    results: Results = NO_RESULTS
    leave: tuple[Leave, ...] = ()
    booked: frozenset[date] = frozenset()

    def away(self, day: date) -> Leave | None:
        """The days off that cover a day."""
        return next((each for each in self.leave if each.covers(day)), None)

    def is_taken(self, day: date) -> bool:
        """Whether a day is off or has a session already."""
        return day in self.booked or self.away(day) is not None


NEW = Standing()


def load_words(results: Results) -> str:
    """How much there is in hand, said to somebody choosing."""
    return f"在办{results.open}件" if results.open else "目前没有在办案件"


def share(part: int, whole: int) -> float | None:
    """A share in percent; None of nothing."""
    return 100 * part / whole if whole else None


def percent(value: float | None) -> str:
    """A share as it is said: 92%, 91.7%; — when there is none. Never rounded up to a whole it does not reach."""
    if value is None:
        return "—"
    tenths = int(value * 10 + 1e-9)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"


def said_day(day: date, *, weekday: bool = False) -> str:
    """9月20日, with its weekday 9月20日（周五）."""
    return f"{day.month}月{day.day}日" + (f"（周{_WEEKDAYS[day.weekday()]}）" if weekday else "")
