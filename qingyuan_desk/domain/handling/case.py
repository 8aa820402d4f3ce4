"""A matter as its handling sees it: where it stands, and every record of it. Pure values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from qingyuan_desk.domain.flows import is_closed
from qingyuan_desk.domain.handling.records import (
    Alert,
    Consultation,
    Ending,
    Extension,
    LegalAid,
    Measure,
    Notice,
    Opinion,
    Petition,
    Rating,
    Referral,
    Sending,
    Stay,
    Urge,
    Watch,
)
from qingyuan_desk.domain.mediation.case import Attachment
from qingyuan_desk.domain.visit import Opponent

_Record = TypeVar("_Record", Sending, Extension, Opinion, Alert, Watch, Urge, Referral, Ending, LegalAid)

#: States of a sending in which the matter is with the unit, or on its way there.
WITH_UNIT = frozenset({"sent", "received", "objected", "accepted"})


@dataclass(frozen=True)
class Running:
    """A clock that runs. subject: the record it belongs to, or 0. end: its last day, holidays counted in."""

    rule: str
    start: date
    natural_end: date
    end: date
    subject: int = 0


@dataclass(frozen=True)
class Handled:
    """A matter of any flow with everything handling knows of it.

    flags: of its visits. visits: numbers of the valid ones. opponents: of the valid visits. running: its clocks.
    first_office, first_channel: whether no earlier matter of the same person came here, came this way; "" where the person
    is unknown. attachments: its files, removed ones too.
    """

    matter_id: int
    number: str
    title: str
    narrative: str
    flow: str
    category: str
    node: str
    state: str
    source: str
    matter_kind: str
    dispute_type: str
    township: str
    village: str
    unit: str
    room: str
    flags: frozenset[str]
    sealed: bool
    opened_on: date
    version: int
    visitor: str = ""
    headcount: int = 1
    crowd: str = ""
    visits: tuple[str, ...] = ()
    opponents: tuple[Opponent, ...] = ()
    running: tuple[Running, ...] = ()
    first_office: str = ""
    first_channel: str = ""
    petition: Petition | None = None
    sendings: tuple[Sending, ...] = ()
    notices: tuple[Notice, ...] = ()
    extensions: tuple[Extension, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    alerts: tuple[Alert, ...] = ()
    watches: tuple[Watch, ...] = ()
    measures: tuple[Measure, ...] = ()
    urges: tuple[Urge, ...] = ()
    ratings: tuple[Rating, ...] = ()
    endings: tuple[Ending, ...] = ()
    stays: tuple[Stay, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    aids: tuple[LegalAid, ...] = ()
    referrals: tuple[Referral, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def classified(self) -> Petition:
        """The petition's record; an empty one until somebody classified it."""
        return self.petition or Petition(self.matter_id)

    @property
    def sending(self) -> Sending | None:
        """The sending the matter is with now: the last one that was not a call for support and has not come back."""
        main = [each for each in self.sendings if each.mode != "support" and each.state in WITH_UNIT]
        return main[-1] if main else None

    @property
    def opinion(self) -> Opinion | None:
        """The last opinion: of the organ, of a review, or of a recheck."""
        return max(self.opinions, key=lambda each: each.record_id, default=None)

    @property
    def mediated(self) -> bool:
        """Whether a mediation of it came to its end; it has one dossier, which is not opened again."""
        return any(each.flow == "mediation" and is_closed("mediation", each.node) for each in self.stays)

    @property
    def ending(self) -> Ending | None:
        """How the matter was closed, unless that was undone."""
        return next((each for each in reversed(self.endings) if each.undone_on is None), None)

    @property
    def aid(self) -> LegalAid | None:
        """The last application for legal aid."""
        return self.aids[-1] if self.aids else None

    @property
    def consultation(self) -> Consultation | None:
        """The last question."""
        return self.consultations[-1] if self.consultations else None

    def clock(self, rule: str, subject: int = 0) -> Running | None:
        """The running clock of a rule, and of a record where one is given."""
        return next(
            (each for each in self.running if each.rule == rule and (not subject or each.subject == subject)),
            None,
        )


def by_id(records: Sequence[_Record], record_id: int) -> _Record | None:
    """The record with this id."""
    return next((each for each in records if each.record_id == record_id), None)
