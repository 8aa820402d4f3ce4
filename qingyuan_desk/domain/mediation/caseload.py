"""A mediator's day: the cases, today's sessions, whom to call, what is due, and what dossiers lack. Also who could mediate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qingyuan_desk.domain.mediation.case import CaseParty, FollowUp, Instalment, Session
from qingyuan_desk.domain.roster.cards import MediatorCard


@dataclass(frozen=True)
class CaseRef:
    """A case as a line names it. number: of the matter."""

    matter_id: int
    number: str
    title: str


@dataclass(frozen=True)
class CaseLine:
    """An open case. node: code; dossier: ( )人调字第 号 or "". mediators: names. alarm_on: of the clock that rings first.

    begun: False while the application was not registered yet; such a case is everybody's.
    """

    ref: CaseRef
    node: str
    dossier: str
    opened_on: date
    updated_at: datetime
    mediators: tuple[str, ...]
    alarm_on: date | None
    begun: bool = True


@dataclass(frozen=True)
class SessionLine:
    """A planned session of today, or an earlier one nobody recorded."""

    ref: CaseRef
    session: Session


@dataclass(frozen=True)
class Call:
    """Somebody to call: to ask for consent (征求同意; follow_up None), or afterwards (回访). party: None for everybody."""

    ref: CaseRef
    party: CaseParty | None
    follow_up: FollowUp | None


@dataclass(frozen=True)
class InstalmentLine:
    """Something that should have been performed by today. payer, payee: names."""

    ref: CaseRef
    instalment: Instalment
    payer: str
    payee: str


@dataclass(frozen=True)
class ConfirmationLine:
    """A written agreement that may be confirmed by the court until `last_day` (《人民调解法》第三十三条).

    Where that was asked for: applied_on and court; the court's decision is being waited for, and last_day is None.
    """

    ref: CaseRef
    last_day: date | None
    applied_on: date | None
    court: str


@dataclass(frozen=True)
class Missing:
    """A case that came to a result and is not filed, with the lines its dossier lacks; () when only filing is left."""

    ref: CaseRef
    what: tuple[str, ...]


@dataclass(frozen=True)
class Caseload:
    """What there is to do today."""

    cases: tuple[CaseLine, ...]
    sessions_today: tuple[SessionLine, ...]
    calls: tuple[Call, ...]
    missing: tuple[Missing, ...]
    instalments_due: tuple[InstalmentLine, ...]
    confirmations_due: tuple[ConfirmationLine, ...]


@dataclass(frozen=True)
class Candidate:
    """Somebody who could mediate: what speaks for and against them, and how many open cases they have."""

    card: MediatorCard
    reasons: tuple[str, ...]
    conflicts: tuple[str, ...]
    load: int
