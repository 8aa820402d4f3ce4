"""The facts of the roster's papers: the letter of appointment (聘书) and the invitation slip (调解员邀请单)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qingyuan_desk.domain.papers import Letterhead
from qingyuan_desk.domain.roster.callouts import Callout
from qingyuan_desk.domain.roster.mediators import Term


@dataclass(frozen=True)
class AppointmentLetter:
    """A 聘书: for whom, for which term (《人民调解法》第九条、第十三条). number: of this mediator and term, always the same.

    renewed: it is not the first term (续聘).
    """

    office: Letterhead
    number: str
    name: str
    kind: str
    term: Term
    renewed: bool
    printed_at: datetime


@dataclass(frozen=True)
class Invitation:
    """An invitation to come for a dispute. place: where the mediator lives; room: where to be, as it is said."""

    office: Letterhead
    callout: Callout
    place: str
    room: str
    printed_at: datetime
