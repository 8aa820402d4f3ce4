"""A mediation case as it stands: the matter's node, and every record that belongs to it.

Money is whole fen (分), days are dates, moments are aware. Codes are tied to Chinese names in codes.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Mediation:
    """What is said once of a case. number: ( )人调字第 号, given when every party has agreed (受理); "" until then.

    claims: 当事人申请事项. is_open: 公开 (True) or 不公开. amount: what the agreement is about, in fen.
    form, result, ground: codes of AGREEMENT_FORMS, RESULTS, GROUNDS; "" while open.
    filed_on, filer, retention, remark: of the dossier (立卷日期, 立卷人, 保管期限, 卷宗情况说明).
    body: a code of BODIES where another committee mediated (调解主体), "" for the office's own.
    """

    matter_id: int
    origin: str
    applied_on: date
    facts: str
    number: str = ""
    accepted_on: date | None = None
    claims: tuple[str, ...] = ()
    is_open: bool = False
    difficulty: str = "general"
    form: str = ""
    result: str = ""
    ground: str = ""
    ended_on: date | None = None
    explanation: str = ""
    paths: tuple[str, ...] = ()
    amount: int = 0
    suspended_from: str = ""
    closing: str = ""
    closed_on: date | None = None
    filed_on: date | None = None
    filer: str = ""
    retention: str = ""
    remark: str = ""
    body: str = ""


@dataclass(frozen=True)
class CaseParty:
    """A party (当事人). representative: who signs for a company or an organ. agent, authority: 委托代理人 and 授权."""

    matter_id: int
    side: str
    name: str
    record_id: int = 0
    position: int = 0
    kind: str = "person"
    sex: str = ""
    ethnic: str = ""
    birth_date: str = ""
    occupation: str = ""
    id_type: str = ""
    id_number: str = ""
    phone: str = ""
    township: str = ""
    village: str = ""
    address: str = ""
    representative: str = ""
    agent: str = ""
    authority: str = ""
    consent: str = ""
    consent_on: date | None = None
    consent_how: str = ""


@dataclass(frozen=True)
class Appointment:
    """A mediator of the case. conflicts: what was disclosed; accepted: the parties agreed all the same. until: None now."""

    matter_id: int
    mediator: str
    chosen_by: str
    since: date
    record_id: int = 0
    conflicts: tuple[str, ...] = ()
    accepted: bool = False
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Session:
    """A meeting (调解) or an inquiry (调查). present: record ids of the parties there, or those asked.

    helpers: invited people with their relation, "李样例（村干部）" (《人民调解法》第二十条). link: number or address of a
    remote meeting. statements: 双方陈述. verified: 核实、质证情况. proposal: 协议内容 or the reason why there is none.
    """

    matter_id: int
    planned_at: datetime
    record_id: int = 0
    kind: str = "mediation"
    mode: str = "site"
    state: str = "planned"
    room: str = ""
    place: str = ""
    link: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    present: tuple[int, ...] = ()
    helpers: tuple[str, ...] = ()
    asked: str = ""
    rights_told: bool = False
    subject: str = ""
    statements: str = ""
    verified: str = ""
    outcome: str = ""
    proposal: str = ""
    recorder: str = ""


@dataclass(frozen=True)
class CaseNote:
    """Something written down for the mediator. private: sealed; never printed for a party, shown only when asked for."""

    matter_id: int
    kind: str
    text: str
    at: datetime
    actor: str
    record_id: int = 0
    session: int = 0
    party: int = 0
    amount: int | None = None
    private: bool = False


@dataclass(frozen=True)
class Contact:
    """An attempt to reach a party (联系记录)."""

    matter_id: int
    party: int
    at: datetime
    how: str
    reached: bool
    actor: str
    record_id: int = 0
    note: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file kept under our own name. media: pdf, jpeg, or png. size: bytes. removed: why it counts no more.

    subject: the record it belongs to (an instalment's receipt), or 0.
    """

    matter_id: int
    kind: str
    title: str
    file: str
    media: str
    size: int
    pages: int
    digest: str
    at: datetime
    actor: str
    record_id: int = 0
    subject: int = 0
    removed: str = ""


@dataclass(frozen=True)
class Agreement:
    """An agreement (调解协议), one version of it. terms: 协议内容, numbered on paper. amount: fen.

    A written one takes effect on `effective_on`, which somebody entered (《人民调解法》第二十九条); an oral one on the
    day it was reached (第三十条). at_once: performed on the spot. topics: codes of clauses.TOPICS, for confirmation.
    """

    matter_id: int
    form: str
    version: int
    facts: str
    disputes: str
    terms: tuple[str, ...]
    drafted_on: date
    record_id: int = 0
    state: str = "draft"
    way: str = ""
    deadline: str = ""
    amount: int = 0
    copies: int = 0
    at_once: bool = False
    topics: tuple[str, ...] = ()
    recorder: str = ""
    signed_on: date | None = None
    sealed_on: date | None = None
    effective_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Instalment:
    """One thing to perform (履行一笔). amount 0: something to do, said in `what`. paid_on: None until it was done."""

    matter_id: int
    agreement: int
    position: int
    due_on: date
    amount: int
    what: str
    payer: int
    payee: int
    record_id: int = 0
    paid_on: date | None = None
    paid: int = 0
    proof: str = ""


@dataclass(frozen=True)
class FollowUp:
    """A call on a party afterwards (回访). done_on: None while it is only planned for `due_on`."""

    matter_id: int
    due_on: date
    record_id: int = 0
    party: int = 0
    done_on: date | None = None
    how: str = ""
    performance: str = ""
    satisfaction: str = ""
    danger: str = ""
    measures: str = ""
    visitor: str = ""


@dataclass(frozen=True)
class Confirmation:
    """Judicial confirmation (司法确认) of an agreement, asked for jointly within 30 days (《人民调解法》第三十三条)."""

    matter_id: int
    agreement: int
    court: str
    applied_on: date
    record_id: int = 0
    decided_on: date | None = None
    result: str = ""
    document: str = ""


@dataclass(frozen=True)
class Prevention:
    """Something worse that was prevented; feeds the four 防止… figures. persons: people concerned."""

    matter_id: int
    kind: str
    persons: int
    on: date
    record_id: int = 0
    reported_to: str = ""
    note: str = ""


@dataclass(frozen=True)
class Correction:
    """A recorded correction (更正): what a signed paper said, what is right, and why. The paper itself stays as it is.

    paper: code of the paper. subject: record id of its session or agreement, or 0.
    """

    matter_id: int
    paper: str
    subject: int
    before: str
    after: str
    reason: str
    at: datetime
    actor: str
    approver: str = ""
    record_id: int = 0


Record = (
    Mediation
    | CaseParty
    | Appointment
    | Session
    | CaseNote
    | Contact
    | Attachment
    | Agreement
    | Instalment
    | FollowUp
    | Confirmation
    | Prevention
    | Correction
)


@dataclass(frozen=True)
class Case:
    """A mediation case whole. mediation is None until it was opened; version counts what was written to the matter.

    moved: the matter has gone into another flow; node is where it left mediation.
    """

    matter_id: int
    number: str
    title: str
    node: str
    state: str
    dispute_type: str
    township: str
    village: str
    room: str
    opened_on: date
    version: int
    narrative: str = ""
    mediation: Mediation | None = None
    parties: tuple[CaseParty, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    sessions: tuple[Session, ...] = ()
    notes: tuple[CaseNote, ...] = ()
    contacts: tuple[Contact, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    preventions: tuple[Prevention, ...] = ()
    corrections: tuple[Correction, ...] = ()
    visits: tuple[str, ...] = field(default=())
    moved: bool = False

    def party(self, record_id: int) -> CaseParty | None:
        """The party of this id."""
        return next((each for each in self.parties if each.record_id == record_id), None)

    def session(self, record_id: int) -> Session | None:
        """The session of this id."""
        return next((each for each in self.sessions if each.record_id == record_id), None)

    @property
    def mediators(self) -> tuple[Appointment, ...]:
        """Who mediates now, the first one first."""
        return tuple(each for each in self.appointments if each.until is None)

    @property
    def draft(self) -> Agreement | None:
        """The written agreement being worked on."""
        return next((each for each in reversed(self.agreements) if each.state == "draft"), None)

    @property
    def agreement(self) -> Agreement | None:
        """The agreement in force."""
        return next((each for each in reversed(self.agreements) if each.state == "effective"), None)

    @property
    def schedule(self) -> tuple[Instalment, ...]:
        """What is to be performed under the agreement in force."""
        current = self.agreement
        return tuple(each for each in self.instalments if current and each.agreement == current.record_id)

    @property
    def paid_before(self) -> int:
        """What was paid under agreements that others have superseded, in fen: it stays paid."""
        old = {each.record_id for each in self.agreements if each.state == "superseded"}
        return sum(each.paid for each in self.instalments if each.agreement in old)

    @property
    def held(self) -> tuple[Session, ...]:
        """Sessions that took place, in order."""
        return tuple(each for each in self.sessions if each.state == "held")

    @property
    def performed(self) -> bool:
        """Whether the agreement in force is performed: at once, or every instalment in full."""
        current = self.agreement
        if current is None:
            return False
        parts = self.schedule
        return current.at_once or (
            bool(parts) and all(each.paid_on and each.paid >= each.amount for each in parts)
        )

    @property
    def confirmation(self) -> Confirmation | None:
        """The last application for judicial confirmation."""
        return self.confirmations[-1] if self.confirmations else None
