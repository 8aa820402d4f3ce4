"""What a rule of a step is: what it may know, what it may change, and how it says no."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from qingyuan_desk.domain.checks import StepView, choice, day, text, warn
from qingyuan_desk.domain.identity import age_on
from qingyuan_desk.domain.mediation.case import Agreement, Case, CaseParty, Mediation, Record, Session
from qingyuan_desk.domain.parties import ADULT
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.roster.mediators import Mediator

#: The clocks of seeds/clocks.csv that run in a mediation.
FINISH, CONFIRM = "mediation_finish", "mediation_confirm"

#: Nodes in which a case is being worked on, in order, and those in which it has come to an end.
BEFORE_AGREEMENT = frozenset({"consent", "assign", "schedule", "mediating"})
OPEN = BEFORE_AGREEMENT | {"performing", "suspended"}
OVER = frozenset({"closed", "ended", "withdrawn", "declined"})
EVERYWHERE = OPEN | OVER
#: Why nobody takes an application back, or ends the mediation, once there is an agreement.
BOUND = (
    "协议已经生效，对各方都有约束力（《人民调解法》第三十一条）：一方不履行的，对方可以起诉，经司法确认的可以申请强制执行；"
    "各方愿意改的，请变更协议；不能再督促的，请按阶段性或者程序性办结。"
)

__all__ = [
    "BEFORE_AGREEMENT",
    "BOUND",
    "CONFIRM",
    "EVERYWHERE",
    "FINISH",
    "OPEN",
    "OVER",
    "Act",
    "Changes",
    "Context",
    "StepView",
    "begun",
    "called_off",
    "choice",
    "day",
    "guarded",
    "last_work",
    "left_over",
    "named",
    "not_before",
    "nothing",
    "of",
    "past",
    "text",
    "warn",
]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Context:
    """What a rule may know besides the case. mediators: the roster by code; conflicts: code → what must be disclosed.

    actor: code of the account that acts. confirm_until: the last day on which the agreement in force may be taken to the
    court, holidays counted in.
    """

    now: datetime
    actor: str
    mediators: Mapping[str, Mediator] = field(default_factory=dict)
    conflicts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    confirm_until: date | None = None

    @property
    def today(self) -> date:
        """The business day."""
        return self.now.date()


@dataclass(frozen=True)
class Changes:
    """What a step writes. Records of record_id 0 are added, others replaced; a Mediation is replaced by its matter.

    An Instalment of agreement 0 belongs to the Agreement put before it. node: where the matter goes; "" stays.
    start, meet: clocks by rule (seeds/clocks.csv) and day; cancel: rules whose running clocks fall away.
    pause: clocks that stand still from a day; go_on: they run again from a day, with the time they had left.
    numbered: the Mediation gets the next number of the series ( )人调字第 号. words: what stands on the timeline.
    """

    put: tuple[Record, ...] = ()
    node: str = ""
    start: tuple[tuple[str, date], ...] = ()
    meet: tuple[tuple[str, date], ...] = ()
    cancel: tuple[str, ...] = ()
    pause: tuple[tuple[str, date], ...] = ()
    go_on: tuple[tuple[str, date], ...] = ()
    numbered: bool = False
    words: str = ""


def nothing(case: Case) -> str:
    """No hindrance."""
    return ""


@dataclass(frozen=True)
class Act:
    """A step: its Chinese name, the nodes it is open at, the article behind it, and its rules.

    not_yet: why it is not open before its nodes. too_late: what to do instead once there is an agreement. hindrance: why
    it cannot be done with this case, whatever is filled in; "" when it can. begins: it works on a case that was not opened yet.
    """

    code: str
    name: str
    nodes: frozenset[str]
    article: str
    check: Callable[[Case, Any, Context], Iterable[Problem]]
    do: Callable[[Case, Any, Context], Changes]
    not_yet: str = ""
    too_late: str = ""
    hindrance: Callable[[Case], str] = nothing
    begins: bool = False


# --- saying no ---------------------------------------------------------------------------------------------------


def past(where: str, name: str, day: date | None, case: Case, context: Context) -> Iterable[Problem]:
    """A day on which something was done: given, not in the future, not before the case began."""
    if day is None:
        return
    if day > context.today:
        yield Problem(where, f"{name}不能晚于今天（{context.today:%Y-%m-%d}）。")
    elif day < begun(case):
        yield Problem(where, f"{name}不能早于申请日期（{begun(case):%Y-%m-%d}）。")


def not_before(where: str, name: str, day: date | None, first: date | None, what: str) -> Iterable[Problem]:
    """A day on which something was done, after what had to come first on the day `first`."""
    if day and first and day < first:
        yield Problem(where, f"{name}不能早于{what}（{first:%Y-%m-%d}）。")


def begun(case: Case) -> date:
    """The day the case began: of the application, or of the first visit."""
    return case.mediation.applied_on if case.mediation else case.opened_on


def last_work(case: Case) -> date:
    """The last day on which the parties were heard: applying, agreeing to mediation, or meeting."""
    days = [begun(case), *(each.consent_on for each in case.parties)]
    days += [each.started_at.date() for each in case.held if each.started_at]
    return max(day for day in days if day)


def left_over(case: Case) -> tuple[Agreement | Session, ...]:
    """What falls away when a mediation comes to its end: the draft is discarded, what was planned is called off."""
    draft = () if case.draft is None else (replace(case.draft, state="discarded"),)
    return (*draft, *called_off(case))


def called_off(case: Case) -> tuple[Session, ...]:
    """Sessions that were planned and will not take place now."""
    return tuple(replace(each, state="cancelled") for each in case.sessions if each.state == "planned")


def named(case: Case, where: str, party: int, name: str = "当事人") -> Iterable[Problem]:
    """A party of the case."""
    if case.party(party) is None:
        yield Problem(where, f"请选择{name}，要是本案的当事人。")


def guarded(where: str, parties: Iterable[CaseParty], day: date) -> Iterable[Problem]:
    """Parties not of age on a day: what they agree to needs the guardian, whose place to sign is on the papers."""
    for party in parties:
        birth = _DAY.fullmatch(party.birth_date) and date.fromisoformat(party.birth_date)
        if birth and birth <= day and age_on(birth, day) < ADULT:
            yield warn(
                where,
                f"{party.name}不满 {ADULT} 周岁，请由监护人到场，一同表示意见、签名。",
                "《民法典》第十九条、第二十条、第二十三条",
            )


def of(case: Case) -> Mediation:
    """The opened mediation. Only asked where `Act.begins` is False."""
    if case.mediation is None:
        raise ValueError("the case was not opened")
    return case.mediation
