"""The mediator roster (乡贤名册): cards, editing, suspending with a traceable cause, and who suits a dispute."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.privacy import mask_phone
from qingyuan_desk.domain.problems import Problem, blocking
from qingyuan_desk.domain.roster.cards import (
    AHEAD,
    EVERYBODY,
    FieldChange,
    MediatorCard,
    RosterChange,
    RosterFilter,
    Suggested,
    card,
    passes,
)
from qingyuan_desk.domain.roster.mediators import (
    ACTIONS,
    CAUSES,
    STATUSES,
    STEPS,
    Dispute,
    Mediator,
    Party,
    Ranked,
    is_same_person,
    rank,
)
from qingyuan_desk.domain.roster.results import NEW
from qingyuan_desk.domain.roster.rules import check as check_entry
from qingyuan_desk.domain.roster.rules import twin
from qingyuan_desk.domain.roster.sheet import COLUMNS, changes
from qingyuan_desk.domain.text import LIMITS, clean_text, search_key
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import ledger, reception
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import requests
from qingyuan_desk.store import roster as store
from qingyuan_desk.store.database import Row, Rows, Tx
from qingyuan_desk.store.roster_records import standings

# --- reading -----------------------------------------------------------------------------------------------------


def mediators(
    office: Office,
    actor: Actor,
    wanted: RosterFilter = EVERYBODY,
) -> tuple[MediatorCard, ...]:
    """Everybody the filter lets through, in the order of the roster."""
    require(actor, Right.READ)
    found = [each for each in office.reference.mediators if passes(each, wanted, office.reference)]
    return cards(office, actor, found)


def history(office: Office, actor: Actor, code: str) -> tuple[RosterChange, ...]:
    """What happened to an entry: who, when, what; newest first."""
    require(actor, Right.ROSTER)
    names = office.names()
    with office.store.read() as rows:
        _entry(rows, code)
        return tuple(_change(row, names) for row in store.events_of(rows, code))


def suggest(
    office: Office, actor: Actor, form_or_matter: VisitForm | str | int, limit: int = 5
) -> tuple[Suggested, ...]:
    """Mediators for a dispute, the most suitable first; `form_or_matter`: a form, or a matter's number or id.

    At most `limit` without a conflict, then those who would have stood among them but for a conflict, disclosed.
    Nobody is proposed without a reason.
    """
    require(actor, Right.READ)
    ranked = [each for each in _ranked(office, actor, form_or_matter) if each.reasons]
    free = [each for each in ranked if not each.conflicts][:limit]
    on_merit = sorted(ranked, key=lambda each: (-each.merit, each.mediator.code))[:limit]
    shown = free + [each for each in ranked if each.conflicts and each in on_merit]
    found = cards(office, actor, [each.mediator for each in shown])
    return tuple(
        Suggested(card, each.reasons, each.conflicts) for card, each in zip(found, shown, strict=True)
    )


def check(office: Office, mediator: Mediator) -> tuple[Problem, ...]:
    """What the rules say about an entry as it stands in the form."""
    checked = check_entry(mediator, office.reference, office.today())
    other = twin(checked.mediator, office.reference.mediators)
    return (*checked.problems, *((twin_problem(office, other),) if other else ()))


# --- writing -----------------------------------------------------------------------------------------------------


def save(office: Office, actor: Actor, request_id: str, mediator: Mediator) -> Mediator:
    """Add an entry (its code is empty) or replace one; the status is changed by steps only.

    Raises Refused with problems by field, or NotFound for an unknown code.
    """
    require(actor, Right.ROSTER)
    with office.store.write() as tx:
        done = _answered(tx, request_id, "roster_save")
        if done:
            return done
        checked = check_entry(mediator, office.reference, office.today())
        known = _entry(tx, checked.mediator.code) if checked.mediator.code else None
        status = known.status if known else "active"
        wanted = replace(checked.mediator, status=status)
        other = twin(wanted, store.all_of(tx))
        stopping = blocking([*checked.problems, *([twin_problem(office, other)] if other else [])], {})
        if stopping:
            raise Refused(stopping)
        saved = put(tx, office, actor, wanted, known)
        _record(tx, office, actor, request_id, "roster_save", saved)
    office.reload()
    return saved


def suspend(office: Office, actor: Actor, request_id: str, code: str, cause: str, note: str = "") -> Mediator:
    """Call a mediator no longer for the time being; `cause` is a key of CAUSES, "other" wants a note."""
    return _step(office, actor, request_id, code, "suspend", cause, note)


def end(office: Office, actor: Actor, request_id: str, code: str, cause: str, note: str = "") -> Mediator:
    """Record that a mediator was removed or dismissed (罢免、解聘, 《人民调解法》第十五条) or left."""
    return _step(office, actor, request_id, code, "end", cause, note)


def resume(office: Office, actor: Actor, request_id: str, code: str, note: str = "") -> Mediator:
    """Call a suspended mediator again, or appoint a former one anew."""
    return _step(office, actor, request_id, code, "resume", "", note)


def put(tx: Tx, office: Office, actor: Actor, mediator: Mediator, known: Mediator | None) -> Mediator:
    """Write a checked entry with its line of history, inside a transaction; a new one gets the next code."""
    entry = mediator if known else replace(mediator, code=store.next_code(tx))
    changed = changes(known, entry, office.reference) if known else {}
    if known and not changed:
        return known
    store.save(tx, entry)
    store.add_event(tx, entry.code, office.now(), actor.code, "edit" if known else "add", changes=changed)
    return _entry(tx, entry.code)


def twin_problem(office: Office, other: Mediator) -> Problem:
    """That somebody is on the roster already."""
    place = office.reference.place(other.township, other.village)
    return Problem("name", f"名册里已有{place}的{other.name}（{other.code}），请在那一条上修改。")


def _step(
    office: Office, actor: Actor, request_id: str, code: str, action: str, cause: str, note: str
) -> Mediator:
    require(actor, Right.ROSTER)
    step, said = STEPS[action], clean_text(note)
    with office.store.write() as tx:
        done = _answered(tx, request_id, f"roster_{action}")
        if done:
            return done
        known = _entry(tx, code)
        if known.status not in step.before:
            raise Conflict(f"{known.name}现在是“{STATUSES[known.status]}”，不能{step.name}。请刷新后再看。")
        _check_cause(action, cause, said)
        store.save(tx, replace(known, status=step.after))
        store.add_event(tx, code, office.now(), actor.code, action, cause=cause, note=said)
        changed = _entry(tx, code)
        _record(tx, office, actor, request_id, f"roster_{action}", changed)
    office.reload()
    return changed


def _check_cause(action: str, cause: str, note: str) -> None:
    if action != "resume" and cause not in CAUSES:
        names = "、".join(each.name for each in CAUSES.values())
        raise Refused.because("cause", f"请选择原因：{names}。", "《人民调解法》第十五条")
    if cause == "other" and not note:
        raise Refused.because("note", "原因选“其他原因”的，请写明是什么原因。")
    if len(note) > LIMITS["reason"]:
        raise Refused.because("note", f"说明最多 {LIMITS['reason']} 个字，现有 {len(note)} 个字，请缩短。")


def _entry(rows: Rows, code: str) -> Mediator:
    found = store.by_code(rows, code)
    if found is None:
        raise NotFound(f"名册里没有编号 {code}。请刷新后再试。")
    return found


def _answered(rows: Rows, request_id: str, operation: str) -> Mediator | None:
    """The answer already given to this request."""
    done = requests.answered(rows, request_id, operation)
    return Mediator.from_cells(done) if done else None


def _record(tx: Tx, office: Office, actor: Actor, request_id: str, operation: str, answer: Mediator) -> None:
    cells = {**answer.to_cells(), "pinyin": " ".join(answer.letters)}
    requests.record(tx, request_id, operation, actor.code, office.now(), cells)


# --- who suits a dispute -----------------------------------------------------------------------------------------


def ranked(
    rows: Rows, office: Office, actor: Actor, dispute: Dispute, matter_id: int = 0
) -> tuple[Ranked, ...]:
    """Everybody on the roster for a dispute, former parties disclosed. matter_id: its own matter, which is no former one."""
    everybody = office.reference.mediators
    told = replace(dispute, former=_former(rows, actor, dispute, everybody, matter_id))
    return rank(told, everybody, standings(rows, office.today(), AHEAD))


def dispute_of(office: Office, township: str, village: str, kind: str, parties: tuple[Party, ...]) -> Dispute:
    """What ranking looks at. kind: a dispute type's code or name."""
    town, known_kind = office.reference.township(township), office.reference.dispute_type(kind)
    return Dispute(
        day=office.today(),
        parties=parties,
        township=_code(town),
        village=office.reference.village_code(township, village),
        kind=_code(known_kind),
        kind_name=known_kind.name if known_kind else "",
    )


def _ranked(office: Office, actor: Actor, form_or_matter: VisitForm | str | int) -> tuple[Ranked, ...]:
    with office.store.read() as rows:
        if isinstance(form_or_matter, VisitForm):
            return ranked(rows, office, actor, _dispute_of_form(office, form_or_matter))
        facts = ledger.matter(office, actor, form_or_matter)
        parties = tuple(_party(row) for row in store.parties_of(rows, facts.matter_id))
        dispute = dispute_of(office, facts.township, facts.village, facts.dispute_type, parties)
        return ranked(rows, office, actor, dispute, facts.matter_id)


def _dispute_of_form(office: Office, form: VisitForm) -> Dispute:
    main, places = form.main_visitor, office.reference
    named = [(person.name, person.township, person.village, True) for person in form.persons]
    named += [
        (other.name, other.township, other.village, other.kind in ("person", "")) for other in form.opponents
    ]
    parties = tuple(
        Party(name, _code(places.township(town)), places.village_code(town, village), is_person)
        for name, town, village, is_person in named
        if name
    )
    kind = form.dispute_type or reception.suggest(office, form).dispute_type
    return dispute_of(office, main.township, main.village, kind, parties)


def _former(
    rows: Rows, actor: Actor, dispute: Dispute, everybody: Iterable[Mediator], matter_id: int
) -> frozenset[str]:
    """Codes of mediators who were parties of another matter beside somebody of this one."""
    keys = {search_key(party.name) for party in dispute.parties}
    if not keys:
        return frozenset()
    by_name = {search_key(mediator.name) for mediator in everybody}
    stood = [
        Party(row["name"], row["township"], row["village"])
        for row in store.beside(rows, actor.code, by_name, keys, matter_id)
    ]
    return frozenset(
        mediator.code for mediator in everybody if any(is_same_person(mediator, party) for party in stood)
    )


def _party(row: Row) -> Party:
    is_person = row["side"] == "visitor" or row["role"] == "person"
    return Party(row["name"], row["township"], row["village"], is_person)


def _code(row: object) -> str:
    return str(getattr(row, "code", ""))


# --- rows into what pages show -----------------------------------------------------------------------------------


def cards(office: Office, actor: Actor, found: Iterable[Mediator]) -> tuple[MediatorCard, ...]:
    """What pages show of mediators; phones are masked and causes left out for those who do not keep the roster."""
    today, keeps = office.today(), actor.may(Right.ROSTER)
    with office.store.read() as rows:
        steps = store.last_steps(rows) if keeps else {}
        stand = standings(rows, today, AHEAD)
    return tuple(
        card(
            each if keeps else replace(each, phone=mask_phone(each.phone)),
            _why(steps.get(each.code)),
            office.reference,
            today,
            stand.get(each.code, NEW),
        )
        for each in found
    )


def _why(step: Row | None) -> str:
    """Why somebody is not called; nothing for who is called again."""
    if step is None or step["action"] == "resume":
        return ""
    return "：".join(filter(None, (CAUSES[step["cause"]].name, step["note"])))


def _change(row: Row, names: dict[str, str]) -> RosterChange:
    cause = CAUSES.get(row["cause"])
    return RosterChange(
        at=datetime.fromisoformat(row["at"]),
        actor=names.get(row["actor"], row["actor"]),
        action=ACTIONS[row["action"]],
        cause=cause.name if cause else "",
        article=cause.article if cause else "",
        note=row["note"],
        changes=tuple(
            FieldChange(COLUMNS[field][0], before, after)
            for field, (before, after) in json.loads(row["changes"]).items()
        ),
    )
