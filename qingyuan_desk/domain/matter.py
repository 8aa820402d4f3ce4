"""What a page shows of matters (件): ledger rows, the facts of one matter, its timeline and clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qingyuan_desk.domain import consult_figures, official, petition_figures, sending_figures, work_figures
from qingyuan_desk.domain.clocks import SOON_DAYS
from qingyuan_desk.domain.mediation.codes import PREVENTIONS
from qingyuan_desk.domain.visit import Opponent, Person

#: Periods that move on with the calendar, so that a saved filter stays true: 今天登记 is today's tomorrow too.
PERIODS: Mapping[str, str] = {"today": "今天", "week": "本周", "month": "本月"}

#: What the ledger asks of the running clocks; "quiet" asks when something last happened to an open matter.
DUES: Mapping[str, str] = {
    "ringing": "到期和超期",
    "overdue": "已超期",
    "soon": "三天内到期",
    "week": "本周到期",
    "quiet": "三天没有进展",
}
#: An open matter that nothing was written to for so many days is quiet.
QUIET_DAYS = 3

#: Figures (keys of domain/figures.py) whose matters the ledger can list.
COUNTED = ("visits", "heads", "matters", "new_matters", "repeat_visits", "groups", "overdue")
#: Those of matters that changed their flow.
FLOWS_COUNTED = ("moved",)
#: Those of mediations.
CASES_COUNTED = (
    "accepted",
    "settled",
    "failed",
    "withdrawn",
    "oral",
    "written",
    "amount",
    "confirmations",
    "confirmed",
    "due_parts",
    "paid_parts",
    "follow_ups",
    "unsatisfied",
    *(f"prevented_{kind}" for kind in PREVENTIONS),
)
#: Those of petitions, of what was sent to units, and of questions; those that are divided can be listed by their `part`.
PETITIONS_COUNTED = tuple(
    figure.key
    for figures in (
        petition_figures.WHOLE,
        petition_figures.TABLES,
        petition_figures.DONE,
        petition_figures.RESTED_ON,
    )
    for figure in figures
)
SENDINGS_COUNTED = sending_figures.COUNTED
CONSULTS_COUNTED = (*(figure.key for figure in consult_figures.COUNTED), *consult_figures.TABLES)
#: Those of the official tables (part: a type of dispute), and of the work itself (part: a mediator).
OFFICIAL_COUNTED = (
    *(f"official_{column.key}" for column in official.COLUMNS),
    "official_screened",
    "official_prevented",
)
WORK_COUNTED = tuple(figure.key for figure in work_figures.FIGURES)


@dataclass(frozen=True)
class LedgerFilter:
    """What the ledger is narrowed to; empty means everything. Dates are inclusive business dates.

    period: a code of PERIODS, instead of dates. due: a code of DUES. node: where the matter stands in its `flow`.
    result, origin: codes of mediation.case RESULTS and ORIGINS, of matters whose `flow` is mediation.
    figure: a key of COUNTED, FLOWS_COUNTED, CASES_COUNTED, PETITIONS_COUNTED, SENDINGS_COUNTED, CONSULTS_COUNTED,
    OFFICIAL_COUNTED, or WORK_COUNTED. Then the dates are those the figure is counted over, not those on which matters were
    opened, and of a figure that counts visits flow, source, and category are those of the visit. part: the line of its
    table, where it is divided (a ground, a unit …); UNSAID for what is in none of its rows.
    """

    text: str = ""
    flow: str = ""
    state: str = ""
    township: str = ""
    source: str = ""
    unit: str = ""
    category: str = ""
    first_day: date | None = None
    last_day: date | None = None
    period: str = ""
    due: str = ""
    figure: str = ""
    part: str = ""
    node: str = ""
    dispute_type: str = ""
    result: str = ""
    origin: str = ""

    def days(self, today: date) -> tuple[date | None, date | None]:
        """The first and last day asked for; None: no limit on that side."""
        if self.period == "today":
            return today, today
        if self.period == "week":
            return monday(today), monday(today) + timedelta(days=6)
        if self.period == "month":
            return today.replace(day=1), today
        return self.first_day, self.last_day


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class DueRange:
    """Which running clocks are meant: those with `day` ("alarm_on" or "shifted_end") in this range, both ends included."""

    day: str
    first: date
    last: date


def due_range(due: str, today: date) -> DueRange | None:
    """What a code of DUES asks of the clocks; None when it asks nothing of them."""
    if due == "ringing":
        return DueRange("alarm_on", date.min, today)
    if due == "overdue":
        return DueRange("shifted_end", date.min, today - timedelta(days=1))
    if due == "soon":
        return DueRange("alarm_on", today, today + timedelta(days=SOON_DAYS))
    if due == "week":
        return DueRange("alarm_on", monday(today), monday(today) + timedelta(days=6))
    return None


#: States of a matter as the ledger filters them.
MATTER_STATES = {"open": "办理中", "closed": "已办结", "void": "已作废"}


def standing(state: str, node: str) -> str:
    """Where a matter stands, in words: at its node (by name), also when that is an end, unless it is void."""
    return MATTER_STATES["void"] if state == "void" else node


@dataclass(frozen=True)
class LedgerRow:
    """One matter in the ledger. The visitor's name is masked."""

    matter_id: int
    number: str
    opened_on: date
    visitor: str
    title: str
    category: str
    flow: str
    node: str
    state: str
    unit: str
    township: str
    source: str
    visits: int
    headcount: int
    clock: ClockView | None
    sealed: bool
    last_visit_number: str


@dataclass(frozen=True)
class LedgerPage:
    """A page of rows and the key after which the next one begins (None: that was the last)."""

    rows: tuple[LedgerRow, ...]
    next_key: int | None


@dataclass(frozen=True)
class ClockView:
    """A running or met clock (期限), with both last days where a holiday moves the end.

    rule: id of the limit it follows, a row of seeds/clocks.csv.
    """

    clock_id: int
    rule: str
    event: str
    article: str
    start: date
    natural_end: date
    shifted_end: date
    alarm_on: date
    provisional: bool
    state: str
    words: str

    @property
    def running(self) -> bool:
        """Whether what it waits for is still to be done."""
        return self.state not in ("met", "cancelled")

    @property
    def brief(self) -> str:
        """The words without what stands in brackets or before the day it moves to: 还有 6 天 · 顺延至10月27日."""
        return self.words.partition("（")[0].rpartition("，")[2]

    def elapsed(self, today: date) -> float:
        """How much of its time has gone, from 0 to 1."""
        whole = (self.alarm_on - self.start).days
        return min(1.0, max(0.0, (today - self.start).days / whole)) if whole > 0 else 1.0


@dataclass(frozen=True)
class Event:
    """One thing that happened to a matter; rows are only ever added."""

    event_id: int
    at: datetime
    actor: str
    action: str
    node_from: str
    node_to: str
    note: str
    visit_number: str = ""


@dataclass(frozen=True)
class VisitView:
    """One visit of a matter as its page shows it."""

    visit_id: int
    number: str
    received_at: datetime
    ordinal: int
    persons: tuple[Person, ...]
    headcount: int
    narrative: str
    source: str
    category: str
    flow: str
    room: str
    unit: str
    registered_by: str
    state: str
    void_reason: str
    override_notes: tuple[str, ...]
    triage_minutes: int | None


@dataclass(frozen=True)
class PrintRecord:
    """One print of a paper (打印记录)."""

    paper: str
    visit_number: str
    at: datetime
    actor: str
    printer: str
    count: int


@dataclass(frozen=True)
class MatterFacts:
    """Everything the matter page shows. version: how often the matter was written to."""

    matter_id: int
    number: str
    title: str
    narrative: str
    category: str
    flow: str
    node: str
    state: str
    source: str
    dispute_type: str
    matter_kind: str
    township: str
    village: str
    unit: str
    room: str
    flags: frozenset[str]
    sealed: bool
    opened_at: datetime
    updated_at: datetime
    version: int
    reasons: tuple[str, ...]
    visits: tuple[VisitView, ...]
    opponents: tuple[Opponent, ...]
    clocks: tuple[ClockView, ...]
    events: tuple[Event, ...]
    prints: tuple[PrintRecord, ...]


@dataclass(frozen=True)
class SearchHit:
    """One result of the search box: why it was found stands beside it."""

    matter_id: int
    matter_number: str
    visit_id: int
    visit_number: str
    visitor: str
    title: str
    flow: str
    node: str
    received_on: date
    why: str


@dataclass(frozen=True)
class Today:
    """The status bar's figures: 件 and 次 of today, matters with a limit that is due or overdue, and 今日必办.

    todo: things of 今日必办 in every flow (domain/handling/due.py); late: how many of them are overdue.
    """

    matters: int
    visits: int
    due: int
    overdue: int
    todo: int
    late: int
