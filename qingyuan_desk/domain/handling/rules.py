"""What a rule of a step is: what it may know, what it may change, and how it says no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.flows import FLOWS
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.records import Record
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.reference import Reference

#: Every flow a matter can be in.
ALL_FLOWS = frozenset(FLOWS)
#: Flows in which other units get the matter.
SENT_FLOWS = frozenset({"petition", "handover"})


@dataclass(frozen=True)
class Context:
    """What a rule may know besides the matter: the moment, who acts (code of the account), the office's tables, the workdays."""

    now: datetime
    actor: str
    reference: Reference
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    @property
    def today(self) -> date:
        """The business day."""
        return self.now.date()

    def unit(self, code: str) -> str:
        """A unit's name; what was written where it is no unit's code."""
        found = self.reference.unit(code)
        return found.name if found else code


@dataclass(frozen=True)
class Start:
    """A clock to start on a day. until: its last day where a person set it (指定办理期限); else the rule counts it.

    of_record: it belongs to the record that is put in this step (its subject), so that it can be met by itself.
    subject: the record it belongs to, where that is known already.
    """

    rule: str
    day: date
    until: date | None = None
    of_record: bool = False
    subject: int = 0


@dataclass(frozen=True)
class Stop:
    """Running clocks of a rule come to their end: met on a day, or cancelled. subject: only those of this record."""

    rule: str
    day: date
    met: bool = True
    subject: int = 0


@dataclass(frozen=True)
class Move:
    """The matter goes into another flow (转流程); its number stays."""

    flow: str
    category: str
    room: str = ""
    unit: str = ""
    dispute_type: str = ""


@dataclass(frozen=True)
class Changes:
    """What a step writes. Records of record id 0 are added, others replaced; a Petition is replaced by its matter.

    node: where the matter goes; "" stays. numbered: kind of number ("sending", "urge", "alert") given to the record
    put first. unit: the leading unit from now on; "" stays. flags, unflags: flags the matter gets and loses.
    seal: the matter is sealed from now on, for its named readers only (检举控告). words: what stands on the timeline.
    """

    put: tuple[Record, ...] = ()
    node: str = ""
    start: tuple[Start, ...] = ()
    stop: tuple[Stop, ...] = ()
    numbered: str = ""
    unit: str = ""
    move: Move | None = None
    flags: tuple[str, ...] = ()
    seal: bool = False
    unflags: tuple[str, ...] = ()
    words: str = ""


def nothing(case: Handled) -> str:
    """No hindrance."""
    return ""


@dataclass(frozen=True)
class Act:
    """A step: its Chinese name, the flows and nodes it is open at, the article behind it, and its rules.

    nodes: empty: every node at which the matter is not closed. over: also when it is closed. sealed: whether it may be
    done with a sealed matter (检举控告). hindrance: why it cannot be done with this matter, whatever is filled in.
    first: what to do before, said when it is not open yet.
    """

    code: str
    name: str
    flows: frozenset[str]
    nodes: frozenset[str]
    article: str
    check: Callable[[Handled, Any, Context], Iterable[Problem]]
    do: Callable[[Handled, Any, Context], Changes]
    over: bool = False
    sealed: bool = False
    hindrance: Callable[[Handled], str] = nothing
    first: str = ""


#: Clocks that have nothing to do with how far the matter has come: they run on when it is over or changes its flow.
WHATEVER = frozenset({"watch_confirm", "alert_report"})


def every_clock(case: Handled, day: date, met: Iterable[str] = ()) -> tuple[Stop, ...]:
    """The clocks of the matter come to their end: those of these rules are met, the others fall away."""
    done = frozenset(met)
    return tuple(
        Stop(each.rule, day, each.rule in done, each.subject)
        for each in case.running
        if each.rule not in WHATEVER
    )


def past(where: str, name: str, day: date | None, case: Handled, context: Context) -> Iterable[Problem]:
    """A day on which something was done: not in the future, not before the matter came."""
    if day is None:
        return
    if day > context.today:
        yield Problem(where, f"{name}不能晚于今天（{context.today:%Y-%m-%d}）。")
    elif day < case.opened_on:
        yield Problem(where, f"{name}不能早于登记日期（{case.opened_on:%Y-%m-%d}）。")


def future(where: str, name: str, day: date | None, after: date) -> Iterable[Problem]:
    """A day still to come, after another one."""
    if day is not None and day <= after:
        yield Problem(where, f"{name}要晚于 {after:%Y-%m-%d}。")


def after(where: str, name: str, day: date | None, first: date | None, what: str) -> Iterable[Problem]:
    """A day on which something was done, not before what had to come first."""
    if day and first and day < first:
        yield Problem(where, f"{name}不能早于{what}（{first:%Y-%m-%d}）。")


def unit(
    where: str, name: str, code: str, context: Context, kinds: Mapping[str, str] | None = None
) -> Iterable[Problem]:
    """A unit of the office's list; kinds: only of these kinds, with what they are called."""
    found = context.reference.unit(code)
    if not code:
        yield Problem(where, f"请选择{name}。")
    elif found is None:
        yield Problem(where, f"单位表里没有“{code}”，请从列表里选{name}。")
    elif kinds and found.kind not in kinds:
        yield Problem(where, f"{name}要是{'、'.join(kinds.values())}，“{found.name}”不是。")
