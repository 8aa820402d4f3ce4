"""What a person fills in for each step of a mediation. `step`: the code of the step, as the terminal calls it.

A record id of 0 means none, or a new one. Money is fen. services/mediation.py `take` carries a form out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from qingyuan_desk.domain.mediation.case import CaseParty


@dataclass(frozen=True)
class Open:
    """登记申请 (or 主动调解): begins the case with the parties of the matter's visits."""

    step: ClassVar[str] = "open"
    origin: str = "application"
    applied_on: date | None = None
    facts: str = ""
    claims: tuple[str, ...] = ()
    is_open: bool = False
    difficulty: str = "general"


@dataclass(frozen=True)
class Describe:
    """Change what was said on opening, as long as nothing is signed."""

    step: ClassVar[str] = "describe"
    facts: str = ""
    claims: tuple[str, ...] = ()
    is_open: bool = False
    difficulty: str = "general"


@dataclass(frozen=True)
class PutParty:
    """Add a party (record_id 0) or write one down anew. Its consent is not touched."""

    step: ClassVar[str] = "party"
    party: CaseParty


@dataclass(frozen=True)
class Consent:
    """征求同意: what one party says. When the last one agrees, the case is accepted and numbered; a refusal ends it."""

    step: ClassVar[str] = "consent"
    party: int
    agreed: bool
    on: date | None = None
    how: str = "face"


@dataclass(frozen=True)
class Reach:
    """An attempt to reach a party (联系)."""

    step: ClassVar[str] = "contact"
    party: int
    how: str
    reached: bool
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Decline:
    """不予受理, with its ground and where to go instead."""

    step: ClassVar[str] = "decline"
    ground: str
    explanation: str = ""
    paths: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True)
class Assign:
    """指派或选择: who mediates from now on, the first one first. Mediators not named any more are released.

    accepted: the parties were told of every conflict and agreed all the same.
    """

    step: ClassVar[str] = "assign"
    mediators: tuple[str, ...]
    chosen_by: str = "assigned"
    accepted: bool = False
    reason: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Plan:
    """约定: a session (session 0), or the same one at another time or place."""

    step: ClassVar[str] = "plan"
    at: datetime
    session: int = 0
    kind: str = "mediation"
    mode: str = "site"
    room: str = ""
    place: str = ""
    link: str = ""


@dataclass(frozen=True)
class Cancel:
    """A planned session does not take place."""

    step: ClassVar[str] = "cancel"
    session: int
    reason: str


@dataclass(frozen=True)
class Hold:
    """调解记录 (or 调查记录): what happened at a session, planned (session) or not (0)."""

    step: ClassVar[str] = "session"
    started_at: datetime
    session: int = 0
    ended_at: datetime | None = None
    kind: str = "mediation"
    mode: str = "site"
    room: str = ""
    place: str = ""
    link: str = ""
    present: tuple[int, ...] = ()
    helpers: tuple[str, ...] = ()
    asked: str = ""
    rights_told: bool = False
    subject: str = ""
    statements: str = ""
    verified: str = ""
    outcome: str = "adjourned"
    proposal: str = ""
    recorder: str = ""


@dataclass(frozen=True)
class WriteNote:
    """A note of a fact, a claim, an offer, a concession; offers, concessions and caucus notes are sealed."""

    step: ClassVar[str] = "note"
    kind: str
    text: str
    party: int = 0
    session: int = 0
    amount: int | None = None


@dataclass(frozen=True)
class Part:
    """One instalment of an agreement as it is written down. payer, payee: record ids of parties."""

    due_on: date
    what: str = ""
    amount: int = 0
    payer: int = 0
    payee: int = 0


@dataclass(frozen=True)
class Draft:
    """Work out the written agreement: a draft is replaced; one in force is superseded when this one takes effect.

    topics: what the clauses are about (clauses.TOPICS). reason: why an agreement in force is to be changed.
    """

    step: ClassVar[str] = "agreement"
    facts: str
    disputes: str
    terms: tuple[str, ...]
    way: str = ""
    deadline: str = ""
    amount: int = 0
    parts: tuple[Part, ...] = ()
    copies: int = 0
    at_once: bool = False
    topics: tuple[str, ...] = ()
    recorder: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Sign:
    """The written agreement takes effect: everybody has signed, the seal is on it. signed: record ids of parties."""

    step: ClassVar[str] = "sign"
    signed_on: date
    sealed_on: date | None
    effective_on: date | None
    signed: tuple[int, ...]
    mediators_signed: bool = False


@dataclass(frozen=True)
class Oral:
    """口头协议: takes effect on the day it is reached; its content is written down by the mediator."""

    step: ClassVar[str] = "oral"
    on: date
    facts: str
    disputes: str
    terms: tuple[str, ...]
    way: str = ""
    deadline: str = ""
    amount: int = 0
    parts: tuple[Part, ...] = ()
    at_once: bool = False
    topics: tuple[str, ...] = ()
    recorder: str = ""


@dataclass(frozen=True)
class Perform:
    """履行登记 of one instalment. amount: what was paid until now in all, in fen.

    reason: why less was paid than had been entered (an entry put right; amount 0: nothing).
    """

    step: ClassVar[str] = "instalment"
    instalment: int
    on: date
    amount: int = 0
    proof: str = ""
    reason: str = ""


@dataclass(frozen=True)
class FollowUpForm:
    """回访: planned (done_on None) or done. follow_up: a planned one, or 0."""

    step: ClassVar[str] = "follow_up"
    follow_up: int = 0
    due_on: date | None = None
    done_on: date | None = None
    party: int = 0
    how: str = "phone"
    performance: str = ""
    satisfaction: str = ""
    danger: str = ""
    measures: str = ""
    visitor: str = ""


@dataclass(frozen=True)
class Confirm:
    """共同申请司法确认 (result ""), or what the court decided."""

    step: ClassVar[str] = "confirm"
    on: date
    court: str = ""
    result: str = ""
    document: str = ""


@dataclass(frozen=True)
class Terminate:
    """终止调解, with its ground, what nobody disputes, and the paths that remain (《人民调解法》第二十六条)."""

    step: ClassVar[str] = "terminate"
    ground: str
    explanation: str = ""
    paths: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True)
class Withdraw:
    """The applicant takes the application back (撤回申请)."""

    step: ClassVar[str] = "withdraw"
    reason: str
    on: date | None = None


@dataclass(frozen=True)
class Suspend:
    """中止: nothing can be done for now."""

    step: ClassVar[str] = "suspend"
    reason: str
    on: date | None = None


@dataclass(frozen=True)
class Resume:
    """恢复: go on where it was suspended."""

    step: ClassVar[str] = "resume"
    reason: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Close:
    """办结: the agreement is performed (substantial), or why it is closed all the same."""

    step: ClassVar[str] = "close"
    closing: str = "substantial"
    reason: str = ""
    on: date | None = None


@dataclass(frozen=True)
class File:
    """立卷归档: who files the dossier, for how long; remark is the 卷宗情况说明 and excuses what is missing."""

    step: ClassVar[str] = "file"
    filer: str
    retention: str
    remark: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Prevent:
    """Record that something worse was prevented (四项防止); a danger must be reported to the police (第二十五条)."""

    step: ClassVar[str] = "prevent"
    kind: str
    persons: int = 1
    on: date | None = None
    reported_to: str = ""
    note: str = ""


@dataclass(frozen=True)
class Correct:
    """更正: what a signed paper says and what is right. Prints a 更正说明; the paper stays as it was signed."""

    step: ClassVar[str] = "correct"
    paper: str
    before: str
    after: str
    reason: str
    approver: str
    subject: int = 0


@dataclass(frozen=True)
class Simple:
    """A simple dispute logged at once: everybody agreed on the spot, an oral agreement was reached, and it is closed.

    at_once False: it is to be performed until `deadline_on`.
    """

    step: ClassVar[str] = "simple"
    mediators: tuple[str, ...]
    started_at: datetime
    facts: str
    terms: tuple[str, ...]
    origin: str = "application"
    place: str = ""
    room: str = ""
    amount: int = 0
    at_once: bool = True
    deadline_on: date | None = None
    chosen_by: str = "assigned"
    accepted: bool = False
    satisfaction: str = ""


Form = (
    Open
    | Describe
    | PutParty
    | Consent
    | Reach
    | Decline
    | Assign
    | Plan
    | Cancel
    | Hold
    | WriteNote
    | Draft
    | Sign
    | Oral
    | Perform
    | FollowUpForm
    | Confirm
    | Terminate
    | Withdraw
    | Suspend
    | Resume
    | Close
    | File
    | Prevent
    | Correct
    | Simple
)
