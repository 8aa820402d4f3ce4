"""Mediation cases (人民调解): reading one, and taking its steps. Each step is one transaction, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from qingyuan_desk.domain import clocks, flows
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.handling.records import Stay
from qingyuan_desk.domain.mediation import acts
from qingyuan_desk.domain.mediation.case import (
    Agreement,
    Appointment,
    Attachment,
    Case,
    CaseNote,
    CaseParty,
    Confirmation,
    Contact,
    Correction,
    FollowUp,
    Instalment,
    Mediation,
    Prevention,
    Record,
    Session,
)
from qingyuan_desk.domain.mediation.caseload import Candidate
from qingyuan_desk.domain.mediation.cleaning import cleaned
from qingyuan_desk.domain.mediation.codes import ATTACHMENT_KINDS
from qingyuan_desk.domain.mediation.forms import Assign, Confirm, Form, Simple
from qingyuan_desk.domain.numbers import DossierNumber
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.roster.mediators import Party, Ranked
from qingyuan_desk.services import case_drafts, ledger, roster, taking
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.taking import Taken
from qingyuan_desk.store import clocks as clock_store
from qingyuan_desk.store import matters, numbers, records, requests, visits
from qingyuan_desk.store.database import Row, Rows, Tx

FLOW = "mediation"
#: A matter of another flow has its own articles and papers.
_OTHER_FLOW = "这件事项的流程不是人民调解，不能办理调解。要调解的，请以“调解”流程重新登记。"


# --- reading -----------------------------------------------------------------------------------------------------


def case(office: Office, actor: Actor, number_or_id: str | int) -> Case:
    """A mediation case whole; sealed notes (封存笔记) of others come without what they say.

    Before it was opened its parties are those of the visits, with record id 0. Raises NotFound, or Refused where the
    matter has another flow.
    """
    require(actor, Right.READ)
    with office.store.read() as rows:
        found = read(rows, ledger.find(rows, office, actor, number_or_id))
    return replace(found, notes=tuple(_for_reader(note, actor) for note in found.notes))


def private_notes(office: Office, actor: Actor, request_id: str, matter_id: int) -> tuple[CaseNote, ...]:
    """What the sealed notes of a case say; that somebody looked stands on the timeline."""
    require(actor, Right.MEDIATE)
    now = office.now()
    with office.store.write() as tx:
        found = read(tx, ledger.find(tx, office, actor, matter_id))
        sealed = tuple(note for note in found.notes if note.private)
        if not requests.answered_about(tx, request_id, "mediation.reveal", matter_id):
            words = f"{len(sealed)} 条"
            visits.add_event(tx, matter_id, None, now, actor.code, "mediation.reveal", note=words)
            requests.record(tx, request_id, "mediation.reveal", actor.code, now, {"matter_id": matter_id})
    return sealed


def steps(case: Case) -> tuple[acts.StepView, ...]:
    """Every step, those that cannot be taken now with the reason."""
    return acts.open_steps(case)


def problems(office: Office, actor: Actor, matter_id: int, form: Form) -> tuple[Problem, ...]:
    """Everything the rules say about a form as it stands; nothing is written."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        found = read(rows, ledger.find(rows, office, actor, matter_id))
        return acts.problems(found, cleaned(form), _context(rows, office, actor, found, form))


def candidates(office: Office, actor: Actor, matter_id: int) -> tuple[Candidate, ...]:
    """Everybody on the roster, the most suitable first, those with a conflict last; among equals who has fewer cases."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        found = read(rows, ledger.find(rows, office, actor, matter_id))
        ranked = _ranked(rows, office, actor, found)
    cards = roster.cards(office, actor, [each.mediator for each in ranked])
    merits = {each.mediator.code: each.merit for each in ranked}
    everybody = [
        Candidate(card, each.reasons, each.conflicts, card.results.open)
        for card, each in zip(cards, ranked, strict=True)
    ]
    return tuple(
        sorted(
            everybody,
            key=lambda each: (bool(each.conflicts), -merits[each.card.code], each.load, each.card.code),
        )
    )


# --- taking a step -----------------------------------------------------------------------------------------------


def take(
    office: Office, actor: Actor, request_id: str, matter_id: int, form: Form, version: int = 0
) -> Taken:
    """Carry a form out: durable when this returns. The same request id gives the first answer again.

    version: of the case the form was filled in for; 0 does not ask. Raises Refused with problems by field, NotAllowed,
    NotFound, Conflict (written to by somebody else since), or Unavailable; then nothing was written.
    """
    require(actor, Right.MEDIATE)
    operation = f"mediation.{form.step}"
    with office.store.write() as tx:
        replayed = taking.again(tx, request_id, operation, matter_id)
        if replayed:
            return replayed
        found = read(tx, ledger.find(tx, office, actor, matter_id))
        taking.unchanged(found.version, version)
        taken = _carry_out(tx, office, actor, found, cleaned(form))
        taking.remember(tx, office, actor, request_id, operation, taken)
        case_drafts.forget(tx, actor, matter_id, form, over=flows.is_closed(FLOW, taken.node))
    return taken


def taken(office: Office, actor: Actor, request_id: str, matter_id: int, step: str) -> Taken | None:
    """What a request did, for who would have to make its form anew to ask again; None when it is new."""
    require(actor, Right.MEDIATE)
    with office.store.read() as rows:
        return taking.again(rows, request_id, f"mediation.{step}", matter_id)


def _carry_out(tx: Tx, office: Office, actor: Actor, found: Case, form: Form) -> Taken:
    context = _context(tx, office, actor, found, form)
    warnings = taking.told(acts.problems(found, form, context))
    if isinstance(form, Simple):
        record_id = 0
        while (following := acts.next_simple(found, form)) is not None:
            warnings += taking.told(acts.problems(found, following, context))
            record_id = _write(tx, office, found, following, context)
            found = read(tx, _row(tx, actor.code, found.matter_id))
    else:
        record_id = _write(tx, office, found, form, context)
        found = read(tx, _row(tx, actor.code, found.matter_id))
    number = found.mediation.number if found.mediation else ""
    return Taken(found.matter_id, form.step, found.node, number, record_id, tuple(dict.fromkeys(warnings)))


def _write(tx: Tx, office: Office, found: Case, form: Form, context: acts.Context) -> int:
    """Write what a checked form changes; the id of the record it is about."""
    changes = acts.changes(found, form, context)
    written = _put(tx, office, changes, context.today)
    _move_clocks(tx, office, found.matter_id, changes, context.today)
    node = changes.node or found.node
    moved = node != found.node and not found.moved
    _stand(tx, found, node, _ended_on(changes) or context.today, context)
    visits.add_event(
        tx,
        found.matter_id,
        None,
        context.now,
        context.actor,
        f"mediation.{form.step}",
        node_from=found.node if moved else "",
        node_to=node if moved else "",
        note=changes.words,
    )
    return written.get(_ABOUT.get(form.step, Mediation), 0)


def _stand(tx: Tx, found: Case, node: str, on: date, context: acts.Context) -> None:
    """Where the case stands from now on; a matter that has gone into another flow stays where it is in that one."""
    state = "closed" if flows.is_closed(FLOW, node) else "open"
    if found.moved:
        row = _row(tx, context.actor, found.matter_id)
        left = _left(tx, row)
        assert left is not None
        records.put(tx, replace(left, node=node))
        node, state = row["node"], row["state"]
    visits.move(tx, found.matter_id, node, state, on, context.now)


#: What a step is about; of a step not named here, the case itself.
_ABOUT: Mapping[str, type[Record]] = {
    "party": CaseParty,
    "consent": CaseParty,
    "contact": Contact,
    "assign": Appointment,
    "plan": Session,
    "cancel": Session,
    "session": Session,
    "note": CaseNote,
    "agreement": Agreement,
    "sign": Agreement,
    "oral": Agreement,
    "instalment": Instalment,
    "follow_up": FollowUp,
    "confirm": Confirmation,
    "prevent": Prevention,
    "correct": Correction,
}


def _put(tx: Tx, office: Office, changes: acts.Changes, today: date) -> dict[type[Record], int]:
    """Write the records; the id of the last one of each type."""
    written: dict[type[Record], int] = {}
    for record in changes.put:
        if isinstance(record, Instalment) and not record.agreement:
            record = replace(record, agreement=written[Agreement])
        if isinstance(record, Mediation) and changes.numbered:
            record = replace(record, number=_number(tx, office, record.accepted_on or today))
        written[type(record)] = records.put(tx, record)
    return written


def _number(tx: Tx, office: Office, day: date) -> str:
    setting = office.reference.setting
    serial = numbers.take(tx, setting("unit_code"), "mediation", day.year)
    return str(DossierNumber(setting("number_prefix_mediation"), day.year, serial))


def _ended_on(changes: acts.Changes) -> date | None:
    """The day the case came to its end, where a step says so."""
    said = [each.closed_on or each.ended_on for each in changes.put if isinstance(each, Mediation)]
    return said[-1] if said else None


def _move_clocks(tx: Tx, office: Office, matter_id: int, changes: acts.Changes, today: date) -> None:
    """Stop running clocks, then start new ones: one of the same rule may begin anew."""
    ended = [(rule, "cancelled", today) for rule in changes.cancel]
    ended += [(rule, "met", day) for rule, day in changes.meet]
    ended += [(rule, "cancelled", day) for rule, day in changes.pause]
    for rule, state, day in ended:
        for clock_id in _running(tx, matter_id, rule):
            clock_store.end(tx, clock_id, state, day)
    for rule, day in changes.start:
        limit = office.reference.clock(rule)
        if limit is not None:
            clock_store.add(tx, matter_id, limit, clocks.due(limit, day, office.calendar))
    for rule, day in changes.go_on:
        _go_on(tx, office, matter_id, rule, day)


def _running(rows: Rows, matter_id: int, rule: str) -> list[int]:
    return [clock["id"] for clock in clock_store.running(rows, matter_id) if clock["rule"] == rule]


def _go_on(tx: Tx, office: Office, matter_id: int, rule: str, on: date) -> None:
    """Let a clock that was stopped run again: its last day is later by the days it stood still."""
    limit, stopped = office.reference.clock(rule), clock_store.stopped(tx, matter_id, rule)
    if limit is None or stopped is None or _running(tx, matter_id, rule):
        return
    start, natural, since = (
        date.fromisoformat(stopped[day]) for day in ("start_on", "natural_end", "ended_on")
    )
    natural += max(on - since, timedelta())
    clock_store.add(tx, matter_id, limit, clocks.ending(limit, start, natural, office.calendar))


# --- what the rules look at --------------------------------------------------------------------------------------


def _context(rows: Rows, office: Office, actor: Actor, found: Case, form: Form) -> acts.Context:
    """What the rules may know; conflicts only where a mediator is named, for they are weighed against everybody."""
    ranked = _ranked(rows, office, actor, found) if isinstance(form, Assign | Simple) else ()
    return acts.Context(
        now=office.now(),
        actor=actor.code,
        mediators={each.code: each for each in office.reference.mediators},
        conflicts={each.mediator.code: each.conflicts for each in ranked if each.conflicts},
        confirm_until=_confirm_until(office, found) if isinstance(form, Confirm) else None,
    )


def _confirm_until(office: Office, found: Case) -> date | None:
    """The last day to ask the court: a last day off moves to the next working day (《民法典》第二百零三条)."""
    limit, current = office.reference.clock(acts.CONFIRM), found.agreement
    if limit is None or current is None or current.effective_on is None:
        return None
    return clocks.due(limit, current.effective_on, office.calendar).shifted_end


def _ranked(rows: Rows, office: Office, actor: Actor, found: Case) -> tuple[Ranked, ...]:
    parties = tuple(
        Party(each.name, each.township, each.village, each.kind == "person") for each in found.parties
    )
    dispute = roster.dispute_of(office, found.township, found.village, found.dispute_type, parties)
    return roster.ranked(rows, office, actor, dispute, found.matter_id)


def _row(rows: Rows, viewer: str, matter_id: int) -> Row:
    row = matters.by_id(rows, viewer, matter_id)
    assert row is not None
    return row


# --- rows as a case ----------------------------------------------------------------------------------------------


def read(rows: Rows, row: Row) -> Case:
    """The case of a matter its reader may know of, sealed notes in full. Raises Refused for one that never was in mediation."""
    matter_id, stay = row["id"], _left(rows, row)
    came = [visit for visit in matters.visits_of(rows, matter_id) if visit["state"] == "valid"]
    opened = records.of_matter(rows, Mediation, matter_id)
    return Case(
        matter_id=matter_id,
        number=row["number"],
        title=row["title"],
        node=stay.node if stay else row["node"],
        state="closed" if stay and row["state"] == "open" else row["state"],
        dispute_type=row["dispute_type"],
        township=row["township"],
        village=row["village"],
        room=row["room"],
        opened_on=date.fromisoformat(row["opened_on"]),
        version=row["version"],
        narrative=row["narrative"],
        mediation=opened[0] if opened else None,
        parties=records.of_matter(rows, CaseParty, matter_id) if opened else _named(rows, matter_id, came),
        appointments=records.of_matter(rows, Appointment, matter_id),
        sessions=records.of_matter(rows, Session, matter_id),
        notes=records.of_matter(rows, CaseNote, matter_id),
        contacts=records.of_matter(rows, Contact, matter_id),
        attachments=tuple(
            each for each in records.of_matter(rows, Attachment, matter_id) if each.kind in ATTACHMENT_KINDS
        ),
        agreements=records.of_matter(rows, Agreement, matter_id),
        instalments=records.of_matter(rows, Instalment, matter_id),
        follow_ups=records.of_matter(rows, FollowUp, matter_id),
        confirmations=records.of_matter(rows, Confirmation, matter_id),
        preventions=records.of_matter(rows, Prevention, matter_id),
        corrections=records.of_matter(rows, Correction, matter_id),
        visits=tuple(visit["number"] for visit in came),
        moved=stay is not None,
    )


def _left(rows: Rows, row: Row) -> Stay | None:
    """The stay in mediation of a matter that has gone into another flow."""
    if row["flow"] == FLOW:
        return None
    stays = [stay for stay in records.of_matter(rows, Stay, row["id"]) if stay.flow == FLOW]
    if not stays:
        raise Refused.because("flow", _OTHER_FLOW)
    return stays[-1]


def _for_reader(note: CaseNote, actor: Actor) -> CaseNote:
    return replace(note, text="", amount=None) if note.private and note.actor != actor.code else note


def _named(rows: Rows, matter_id: int, came: list[Row]) -> tuple[CaseParty, ...]:
    """The parties as the valid visits name them, each once, with what was said of them last."""
    valid = {visit["id"] for visit in came}
    people = [row for row in matters.parties_of(rows, matter_id) if row["visit_id"] in valid]
    found: dict[tuple[str, str], CaseParty] = {}
    for row in people:
        side = "applicant" if row["side"] == "visitor" else "respondent"
        if side == "applicant" and row["role"] not in _APPLICANTS:
            continue
        key = (side, row["name_key"])
        known = found.get(key, CaseParty(matter_id, side, row["name"], position=len(found)))
        found[key] = replace(known, **_said(row))
    for row in people:
        first = next((key for key in found if key[0] == "applicant"), None)
        if row["side"] == "visitor" and row["role"] == "agent" and first:
            found[first] = replace(found[first], agent=row["name"], authority=row["authority"])
    return tuple(found.values())


#: Roles of those on the visitors' side who are parties themselves; an agent (代理人) speaks for the first of them.
_APPLICANTS = ("visitor", "representative")


def _said(row: Row) -> dict[str, Any]:
    """What a visit says of a party; what it does not say does not undo what an earlier one said."""
    said: dict[str, Any] = {name: row[name] for name in _KNOWN if row[name]}
    if row["side"] == "opponent":
        said = {name: value for name, value in said.items() if name != "id_type"}
        said["kind"] = row["role"] or "person"
    return said


_KNOWN = ("sex", "birth_date", "id_type", "id_number", "phone", "township", "village", "address")
