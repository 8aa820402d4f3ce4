"""What a report says of the work itself: mediators (乡贤), how long people waited, limits missed, thirteen months side by side.

Everything is of a period and of matters that are neither void nor sealed. Money is whole fen, waits are minutes or days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from qingyuan_desk.domain.breakdowns import Figure
from qingyuan_desk.domain.handling.evaluation import Duration
from qingyuan_desk.domain.movements import Movement
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.reference import Reference

# --- mediators ---------------------------------------------------------------------------------------------------

#: Field of ElderCounts → what it counts.
ELDERS: Mapping[str, Figure] = {
    figure.key.removeprefix("elder_"): figure
    for figure in (
        Figure("elder_accepted", "受理", "件", "由其调解的受理案件，几人共同调解的各计一件"),
        Figure("elder_settled", "调解成功", "件", "由其调解的调解成功案件，几人共同调解的各计一件"),
        Figure("elder_failed", "调解不成", "件", "由其调解的调解不成案件，几人共同调解的各计一件"),
        Figure("elder_sessions", "调解场次", "次", "本期进行的调解和调查，当日是该案调解员的各计一次"),
        Figure("elder_callouts", "呼叫", "次", "本期呼叫调解员的次数（随叫随驻）"),
        Figure("elder_came", "到场", "次", "呼叫中，调解员到场的"),
        Figure("elder_rated", "作出评价", "次", "本期对其调解案件的回访中，当事人作出评价的"),
        Figure("elder_satisfied", "满意", "次", "作出评价中，满意和基本满意的"),
        Figure("elder_subsidised", "以案定补", "件", "本期发放以案定补的案件，几人分得的各计一件"),
        Figure("elder_subsidy", "补贴金额", "元", "本期发放的以案定补中其分得的金额"),
    )
}


@dataclass(frozen=True)
class ElderCounts:
    """The work of one mediator. A case several mediate counts for each of them, so that lines do not add up to cases.

    Each field is what ELDERS says; subsidy is in fen.
    """

    accepted: int = 0
    settled: int = 0
    failed: int = 0
    sessions: int = 0
    callouts: int = 0
    came: int = 0
    rated: int = 0
    satisfied: int = 0
    subsidised: int = 0
    subsidy: int = 0

    @property
    def success_rate(self) -> float | None:
        """调解成功 of what came to an end; None when nothing did."""
        ended = self.settled + self.failed
        return self.settled / ended if ended else None

    @property
    def satisfaction_rate(self) -> float | None:
        """Good ones of the opinions; None when nobody gave one."""
        return self.satisfied / self.rated if self.rated else None


@dataclass(frozen=True)
class Elder:
    """A mediator of the roster and what they did."""

    code: str
    name: str
    counts: ElderCounts


# --- waits -------------------------------------------------------------------------------------------------------


#: Waits that are measured, by the day their end came; 天 are natural days.
WAITS: Mapping[str, Figure] = {
    figure.key: figure
    for figure in (
        Figure("wait_triage", "登记到分流", "分钟", "本期当日登记的来访，从来访到分流所用的分钟数"),
        Figure(
            "wait_forward",
            "登记到转送交办",
            "天",
            "本期第一次转送、交办或者移送的事项，从登记之日到送出之日的天数",
        ),
        Figure(
            "wait_accept", "登记到受理", "天", "本期受理的信访事项和受理的调解，从登记之日到受理之日的天数"
        ),
        Figure(
            "wait_first_session",
            "登记到第一次调解",
            "天",
            "本期第一次开会调解的纠纷，从登记之日到调解之日的天数",
        ),
    )
}


@dataclass(frozen=True)
class Wait:
    """One of WAITS: how many waited, the middle of their waits, the longest; None where nobody did."""

    key: str
    count: int = 0
    median: float | None = None
    longest: float | None = None


def wait(key: str, spans: Sequence[float]) -> Wait:
    """A wait from everybody's."""
    return Wait(key, len(spans), float(median(spans)), float(max(spans))) if spans else Wait(key)


# --- limits that were missed -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missed:
    """A limit of the period that was met too late or not yet. done_on: None while it still is not.

    number: of the matter; unit: a code, "" for the centre itself; reason: as somebody noted it, "" where nobody did.
    """

    number: str
    flow: str
    node: str
    rule: str
    event: str
    article: str
    unit: str
    last_day: date
    done_on: date | None
    as_of: date
    reason: str = ""

    @property
    def days_late(self) -> int:
        """Natural days behind the last day, so far where it is still not done."""
        return ((self.done_on or self.as_of) - self.last_day).days


# --- months side by side -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TrendMonth:
    """A month of the trend. Every count is the one domain/figures.py defines; recorded: whether anything was by then."""

    period: Period
    visits: int = 0
    groups: int = 0
    heads: int = 0
    accepted: int = 0
    settled: int = 0
    failed: int = 0
    amount: int = 0
    recorded: bool = True


# --- all of it ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WorkCounted:
    """What was counted. elders: code → counts. movement: what drivers and hot spots are told from."""

    elders: Mapping[str, ElderCounts] = field(default_factory=dict)
    durations: tuple[Duration, ...] = ()
    waits: Mapping[str, Sequence[float]] = field(default_factory=dict)
    missed: tuple[Missed, ...] = ()
    trend: tuple[TrendMonth, ...] = ()
    movement: Movement = field(default_factory=Movement)


def tabulate_elders(counted: Mapping[str, ElderCounts], reference: Reference) -> tuple[Elder, ...]:
    """Everybody who did anything, the busiest first; somebody no more on the roster goes by their code."""
    names = {mediator.code: mediator.name for mediator in reference.mediators}
    found = [Elder(code, names.get(code, code), counts) for code, counts in counted.items()]
    return tuple(sorted(found, key=_busyness))


def _busyness(elder: Elder) -> tuple[int, int, int, str]:
    counts = elder.counts
    return -(counts.settled + counts.failed), -counts.sessions, -counts.callouts, elder.code


def sorted_missed(missed: Iterable[Missed]) -> tuple[Missed, ...]:
    """The one most days late first."""
    return tuple(sorted(missed, key=lambda each: (-each.days_late, each.number, each.rule)))


FIGURES: tuple[Figure, ...] = (*ELDERS.values(), *WAITS.values())
