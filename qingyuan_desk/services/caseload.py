"""A mediator's own start page: my cases, today's sessions, calls to make, what is due, what dossiers lack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.mediation.case import CaseParty, FollowUp, Instalment, Session
from qingyuan_desk.domain.mediation.caseload import (
    Call,
    CaseLine,
    Caseload,
    CaseRef,
    ConfirmationLine,
    InstalmentLine,
    Missing,
    SessionLine,
)
from qingyuan_desk.domain.mediation.dossier import completeness, lacking
from qingyuan_desk.services.mediation import read
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import mediations as store
from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.mediations import Asked
from qingyuan_desk.store.records import of_matter, record_of


def day(office: Office, actor: Actor, mediator: str = "") -> Caseload:
    """What there is to do today in the cases of a mediator (a code of the roster); "" means everybody's."""
    require(actor, Right.READ)
    asked, tomorrow = Asked(actor.code, mediator), office.today() + timedelta(days=1)
    with office.store.read() as rows:
        return Caseload(
            cases=tuple(_cases(rows, office, asked)),
            sessions_today=tuple(
                SessionLine(_ref(row), record_of(Session, row))
                for row in store.planned_sessions(rows, asked, tomorrow)
            ),
            calls=tuple(_calls(rows, asked, tomorrow)),
            missing=tuple(_missing(rows, asked)),
            instalments_due=tuple(_instalments(rows, asked, tomorrow)),
            confirmations_due=tuple(_confirmations(rows, asked, office.today())),
        )


def follow_ups(office: Office, actor: Actor, until: date, mediator: str = "") -> tuple[FollowUp, ...]:
    """The calls planned until a day, that day included, and not made, the earliest first; mediator: as for `day`."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        due = store.due_follow_ups(rows, Asked(actor.code, mediator), until + timedelta(days=1))
        return tuple(record_of(FollowUp, row) for row in due)


def _ref(row: Row) -> CaseRef:
    return CaseRef(row["matter_id"], row["matter_number"], row["title"])


def _cases(rows: Rows, office: Office, asked: Asked) -> Iterator[CaseLine]:
    names = {each.code: each.name for each in office.reference.mediators}
    whose: dict[int, list[str]] = defaultdict(list)
    for row in store.mediators_now(rows):
        whose[row["matter_id"]].append(names.get(row["mediator"], row["mediator"]))
    for row in store.open_cases(rows, asked):
        yield CaseLine(
            ref=_ref(row),
            node=row["node"],
            dossier=row["dossier"],
            opened_on=date.fromisoformat(row["opened_on"]),
            updated_at=datetime.fromisoformat(row["updated_at"]),
            mediators=tuple(whose[row["matter_id"]]),
            alarm_on=date.fromisoformat(row["alarm_on"]) if row["alarm_on"] else None,
            begun=bool(row["begun"]),
        )


def _calls(rows: Rows, asked: Asked, before: date) -> Iterator[Call]:
    """Whose consent is waited for, then who is to be asked how it went."""
    for row in store.waiting_parties(rows, asked):
        yield Call(_ref(row), record_of(CaseParty, row), None)
    for row in store.due_follow_ups(rows, asked, before):
        planned = record_of(FollowUp, row)
        yield Call(_ref(row), _parties(rows, planned.matter_id).get(planned.party), planned)


def _missing(rows: Rows, asked: Asked) -> Iterator[Missing]:
    for row in store.unfiled(rows, asked):
        what = tuple(line.title for line in lacking(completeness(read(rows, row))))
        if what or row["state"] == "closed":
            yield Missing(CaseRef(row["id"], row["number"], row["title"]), what)


def _instalments(rows: Rows, asked: Asked, before: date) -> Iterator[InstalmentLine]:
    for row in store.due_instalments(rows, asked, before):
        due = record_of(Instalment, row)
        parties = _parties(rows, due.matter_id)
        payer, payee = (parties[each].name if each in parties else "" for each in (due.payer, due.payee))
        yield InstalmentLine(_ref(row), due, payer, payee)


def _confirmations(rows: Rows, asked: Asked, today: date) -> Iterator[ConfirmationLine]:
    """What may still be asked of the court, then what it has not decided."""
    for row in store.running_confirmations(rows, asked, today):
        yield ConfirmationLine(_ref(row), date.fromisoformat(row["alarm_on"]), None, "")
    for row in store.undecided_confirmations(rows, asked, today + timedelta(days=1)):
        yield ConfirmationLine(_ref(row), None, date.fromisoformat(row["applied_on"]), row["court"])


def _parties(rows: Rows, matter_id: int) -> dict[int, CaseParty]:
    return {each.record_id: each for each in of_matter(rows, CaseParty, matter_id)}
