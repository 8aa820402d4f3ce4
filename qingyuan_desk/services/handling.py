"""Handling of matters in any flow: reading one whole, and taking its steps. Each step is one transaction, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qingyuan_desk.domain import clocks, flows
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.checks import StepView
from qingyuan_desk.domain.errors import NotAllowed, NotFound, Refused
from qingyuan_desk.domain.handling import acts, following
from qingyuan_desk.domain.handling import records as kinds
from qingyuan_desk.domain.handling.case import Handled, Running
from qingyuan_desk.domain.handling.forms import Form
from qingyuan_desk.domain.handling.rules import Changes, Context, Move
from qingyuan_desk.domain.mediation.case import Attachment
from qingyuan_desk.domain.mediation.cleaning import cleaned
from qingyuan_desk.domain.numbers import OfficialNumber
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services import case_drafts, ledger, similar, taking
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.reception import SEALED_TITLE
from qingyuan_desk.services.shown import opponents_of, person_of
from qingyuan_desk.services.taking import Taken
from qingyuan_desk.store import clocks as clock_store
from qingyuan_desk.store import handlings, matters, numbers, records, requests, visits
from qingyuan_desk.store.database import Row, Rows, Tx

_REVEAL = "handling.reveal"


# --- reading -----------------------------------------------------------------------------------------------------


def case(office: Office, actor: Actor, number_or_id: str | int) -> Handled:
    """A matter with everything handling knows of it; sealed notes (心理疏导) of others come without what they say.

    Raises NotFound; a sealed matter (检举控告) is found by its named readers only.
    """
    require(actor, Right.READ)
    with office.store.read() as rows:
        return _for_reader(read(rows, office, actor, ledger.find(rows, office, actor, number_or_id)), actor)


def steps(case: Handled) -> tuple[StepView, ...]:
    """Every step of the matter's flow, those that cannot be taken now with the reason."""
    return acts.open_steps(case)


def starting(office: Office, actor: Actor, matter_id: int, step: str) -> Form:
    """The form of a step with what can be known before anybody types. Raises Refused for what is no step."""
    if step not in following.FORMS:
        raise Refused.because("step", f"没有“{step}”这一步。可选：{'、'.join(following.FORMS)}。")
    return following.starting(case(office, actor, matter_id), step, context_of(office, actor))


def problems(office: Office, actor: Actor, matter_id: int, form: Form) -> tuple[Problem, ...]:
    """Everything the rules say about a form as it stands; nothing is written."""
    found = case(office, actor, matter_id)
    return acts.problems(found, cleaned(form), context_of(office, actor))


def referral_note(office: Office, actor: Actor, request_id: str, referral_id: int) -> str:
    """What the sealed note of a referral says: to who wrote it, and to a leader. That somebody looked stands on the timeline."""
    require(actor, Right.READ)
    now = office.now()
    with office.store.write() as tx:
        found = handlings.referral(tx, actor.code, referral_id)
        if found is None:
            raise NotFound("没有找到这次转介。请刷新后再试。")
        if found.noted_by != actor.code and not actor.may(Right.APPROVE):
            raise NotAllowed("心理疏导记录是封存的，只有写记录的人和分管领导能看。")
        if not requests.answered_about(tx, request_id, _REVEAL, found.matter_id):
            visits.add_event(tx, found.matter_id, None, now, actor.code, _REVEAL, note="心理疏导记录")
            requests.record(tx, request_id, _REVEAL, actor.code, now, {"matter_id": found.matter_id})
    return found.note


def context_of(office: Office, actor: Actor) -> Context:
    """What the rules may know besides the matter."""
    return Context(office.now(), actor.code, office.reference, office.calendar)


# --- taking a step -----------------------------------------------------------------------------------------------


def take(
    office: Office, actor: Actor, request_id: str, matter_id: int, form: Form, version: int = 0
) -> Taken:
    """Carry a form out: durable when this returns. The same request id gives the first answer again.

    version: of the matter the form was filled in for; 0 does not ask. Raises Refused with problems by field, NotAllowed,
    NotFound, Conflict (written to by somebody else since), or Unavailable; then nothing was written.
    """
    with office.store.write() as tx:
        return take_within(tx, office, actor, request_id, matter_id, form, version)


def take_within(
    tx: Tx,
    office: Office,
    actor: Actor,
    request_id: str,
    matter_id: int,
    form: Form,
    version: int = 0,
) -> Taken:
    """`take` as a part of what else is written in a transaction."""
    require(actor, Right.HANDLE)
    operation = f"handling.{form.step}"
    replayed = taking.again(tx, request_id, operation, matter_id)
    if replayed:
        return replayed
    found = read(tx, office, actor, ledger.find(tx, office, actor, matter_id))
    taking.unchanged(found.version, version)
    form, context = cleaned(form), context_of(office, actor)
    warnings = taking.told(acts.problems(found, form, context))
    done = replace(_write(tx, office, found, form, context), warnings=warnings)
    taking.remember(tx, office, actor, request_id, operation, done)
    case_drafts.forget(tx, actor, matter_id, form, over=False)
    return done


def taken(office: Office, actor: Actor, request_id: str, matter_id: int, step: str) -> Taken | None:
    """What a request did, for who would have to make its form anew to ask again; None when it is new."""
    require(actor, Right.HANDLE)
    with office.store.read() as rows:
        return taking.again(rows, request_id, f"handling.{step}", matter_id)


def _write(tx: Tx, office: Office, found: Handled, form: Form, context: Context) -> Taken:
    """Write what a checked form changes, the official number last of all records."""
    changes = acts.changes(found, form, context)
    day: date = getattr(form, "on", None) or context.today
    _stay(tx, found, changes.move, day, getattr(form, "reason", ""))
    _route(tx, office, found, changes, context)
    record_id, number = _put(tx, office, changes)
    _move_clocks(tx, office, found.matter_id, changes, record_id)
    flow = changes.move.flow if changes.move else found.flow
    node = changes.node or (flows.FLOWS[flow].first if changes.move else found.node)
    state = "closed" if flows.is_closed(flow, node) else "open"
    visits.move(tx, found.matter_id, node, state, day, context.now)
    moved = (flow, node) != (found.flow, found.node)
    visits.add_event(
        tx,
        found.matter_id,
        None,
        context.now,
        context.actor,
        f"handling.{form.step}",
        node_from=found.node if moved else "",
        node_to=node if moved else "",
        note=f"{number} {changes.words}" if number else changes.words,
    )
    return Taken(found.matter_id, form.step, node, number, record_id)


def _put(tx: Tx, office: Office, changes: Changes) -> tuple[int, str]:
    """Write the records; the id of the first one, and the number it was given."""
    if not changes.put:
        return 0, ""
    first, *others = changes.put
    for record in others:
        records.put(tx, record)
    number = ""
    if changes.numbered and isinstance(first, _Numbered):
        number = _number(tx, office, changes.numbered, first)
        first = replace(first, number=number)
    record_id = records.put(tx, first)
    return (0 if isinstance(first, kinds.Petition) else record_id), number


_Numbered = kinds.Sending | kinds.Urge | kinds.Alert


def _number(tx: Tx, office: Office, kind: str, record: _Numbered) -> str:
    """The next number of a kind, of the year the record is dated."""
    setting, dated = (
        office.reference.setting,
        record.at if isinstance(record, kinds.Alert) else record.sent_on,
    )
    serial = numbers.take(tx, setting("unit_code"), kind, dated.year)
    return str(OfficialNumber(setting(f"number_prefix_{kind}"), dated.year, serial))


def _stay(tx: Tx, found: Handled, move: Move | None, day: date, reason: str) -> None:
    """In which flow the matter was since when; who moves it ends one stay and begins the next."""
    first = kinds.Stay(found.matter_id, found.flow, found.opened_on, category=found.category)
    last = found.stays[-1] if found.stays else first
    if move:
        last = replace(last, until=day, node=found.node, reason=reason)
    if move or not found.stays:
        records.put(tx, last)
    if move:
        records.put(tx, kinds.Stay(found.matter_id, move.flow, day, category=move.category))


def _route(tx: Tx, office: Office, found: Handled, changes: Changes, context: Context) -> None:
    """Where the matter belongs from now on, its flags, and whether it is sealed."""
    route = {"unit": changes.unit}
    if changes.move:
        route.update(vars(changes.move))
    said = {column: value for column, value in route.items() if value}
    if said:
        visits.reroute(tx, found.matter_id, said)
    visits.flag(tx, found.matter_id, changes.flags, changes.unflags)
    if changes.seal:
        readers = [context.actor, *office.reference.setting("sealed_readers").split()]
        visits.seal(tx, found.matter_id, SEALED_TITLE, readers)


def _move_clocks(tx: Tx, office: Office, matter_id: int, changes: Changes, record_id: int) -> None:
    """Stop running clocks, then start new ones: one of the same rule may begin anew."""
    left = clock_store.running(tx, matter_id)
    for stop in changes.stop:
        meant = [
            clock for clock in left if clock["rule"] == stop.rule and stop.subject in (0, clock["subject"])
        ]
        for clock in meant:
            clock_store.end(tx, clock["id"], "met" if stop.met else "cancelled", stop.day)
            left.remove(clock)
    for start in changes.start:
        rule = office.reference.clock(start.rule)
        if rule is None:
            continue
        due = (
            clocks.ending(rule, start.day, start.until, office.calendar)
            if start.until
            else clocks.due(rule, start.day, office.calendar)
        )
        clock_store.add(tx, matter_id, rule, due, record_id if start.of_record else start.subject)


# --- rows as a matter --------------------------------------------------------------------------------------------


def read(rows: Rows, office: Office, actor: Actor, row: Row) -> Handled:
    """The matter of a row its reader may know of, sealed notes in full."""
    matter_id = row["id"]
    came = [visit for visit in matters.visits_of(rows, matter_id) if visit["state"] == "valid"]
    valid = {visit["id"] for visit in came}
    parties = [party for party in matters.parties_of(rows, matter_id) if party["visit_id"] in valid]
    mains = [party for party in parties if party["side"] == "visitor" and party["position"] == 0]
    petition = records.of_matter(rows, kinds.Petition, matter_id)
    channel = petition[0].channel if petition else "visit"
    return Handled(
        matter_id=matter_id,
        number=row["number"],
        title=row["title"],
        narrative=row["narrative"],
        flow=row["flow"],
        category=row["category"],
        node=row["node"],
        state=row["state"],
        source=row["source"],
        matter_kind=row["matter_kind"],
        dispute_type=row["dispute_type"],
        township=row["township"],
        village=row["village"],
        unit=row["unit"],
        room=row["room"],
        flags=frozenset(row["flags"].split()),
        sealed=bool(row["sealed"]),
        opened_on=date.fromisoformat(row["opened_on"]),
        version=row["version"],
        visitor=row["visitor"],
        headcount=max((visit["headcount"] for visit in came), default=row["headcount"]),
        crowd=next((main["crowd"] for main in reversed(mains) if main["crowd"]), ""),
        visits=tuple(visit["number"] for visit in came),
        opponents=opponents_of(parties),
        running=tuple(_running(clock) for clock in clock_store.running(rows, matter_id)),
        **_firsts(rows, office, actor, row, mains, channel),
        petition=petition[0] if petition else None,
        sendings=records.of_matter(rows, kinds.Sending, matter_id),
        notices=records.of_matter(rows, kinds.Notice, matter_id),
        extensions=records.of_matter(rows, kinds.Extension, matter_id),
        opinions=records.of_matter(rows, kinds.Opinion, matter_id),
        alerts=records.of_matter(rows, kinds.Alert, matter_id),
        watches=records.of_matter(rows, kinds.Watch, matter_id),
        measures=records.of_matter(rows, kinds.Measure, matter_id),
        urges=records.of_matter(rows, kinds.Urge, matter_id),
        ratings=records.of_matter(rows, kinds.Rating, matter_id),
        endings=records.of_matter(rows, kinds.Ending, matter_id),
        stays=records.of_matter(rows, kinds.Stay, matter_id),
        consultations=records.of_matter(rows, kinds.Consultation, matter_id),
        aids=records.of_matter(rows, kinds.LegalAid, matter_id),
        referrals=records.of_matter(rows, kinds.Referral, matter_id),
        attachments=records.of_matter(rows, Attachment, matter_id),
    )


def _running(clock: Row) -> Running:
    start, natural, end = (
        date.fromisoformat(clock[day]) for day in ("start_on", "natural_end", "shifted_end")
    )
    return Running(clock["rule"], start, natural, end, clock["subject"])


def _firsts(
    rows: Rows, office: Office, actor: Actor, row: Row, mains: list[Row], channel: str
) -> dict[str, str]:
    """登记机构初次 and 信访形式初次: by earlier matters of who came first, as far as the reader may know of them."""
    known = similar.matters_of(rows, office, person_of(mains[0])) if mains else None
    if known is None:
        return {}
    came = handlings.channels(rows, actor.code, (matter for matter in known if matter < row["id"]))
    return {
        "first_office": "no" if came else "yes",
        "first_channel": "no" if channel in came else "yes",
    }


def _for_reader(found: Handled, actor: Actor) -> Handled:
    shown = (each if each.noted_by == actor.code else replace(each, note="") for each in found.referrals)
    return replace(found, referrals=tuple(shown))
