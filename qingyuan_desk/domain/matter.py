"""What a page shows of matters (件): ledger rows, the facts of one matter, its timeline and clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qingyuan_desk.domain.visit import Opponent, Person


@dataclass(frozen=True)
class LedgerFilter:
    """What the ledger is narrowed to; empty means everything. Dates are inclusive business dates."""

    text: str = ""
    flow: str = ""
    state: str = ""
    township: str = ""
    source: str = ""
    unit: str = ""
    category: str = ""
    first_day: date | None = None
    last_day: date | None = None


#: States of a matter as the ledger filters them.
MATTER_STATES = {"open": "办理中", "closed": "已办结", "void": "已作废"}


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
    """A running or met clock (期限), with both last days where a holiday moves the end."""

    clock_id: int
    event: str
    article: str
    start: date
    natural_end: date
    shifted_end: date
    alarm_on: date
    provisional: bool
    state: str
    words: str


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
    """Everything the matter page shows. `version` guards against writing over somebody else's change."""

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
    """The status bar's figures: 件 and 次 of today, and what is due."""

    matters: int
    visits: int
    due: int
    overdue: int
