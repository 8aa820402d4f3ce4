"""What is kept beside an entry of the roster: results, level, days off, training, awards, terms renewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.mediation.codes import AGREEMENT_FORMS, RESULTS
from qingyuan_desk.domain.roster.cards import MediatorCard
from qingyuan_desk.domain.roster.levels import Meter, check_rules, meter
from qingyuan_desk.domain.roster.mediators import Mediator, Term
from qingyuan_desk.domain.roster.records import (
    Award,
    Kept,
    Records,
    Training,
    check,
    check_renewal,
    next_term,
)
from qingyuan_desk.domain.roster.results import NO_RESULTS, Leave, Results
from qingyuan_desk.domain.tables import LevelRule
from qingyuan_desk.domain.text import LIMITS, clean_line, clean_text
from qingyuan_desk.services import roster
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import reference as reference_store
from qingyuan_desk.store import requests
from qingyuan_desk.store import roster as roster_store
from qingyuan_desk.store import roster_records as store
from qingyuan_desk.store.database import Row, Rows

#: Cases a profile lists.
_CASES = 50
#: Kind of record → the action its history calls it.
_ACTIONS: dict[type[Kept], str] = {Leave: "leave", Training: "training", Award: "award"}


@dataclass(frozen=True)
class CaseLine:
    """A case of a mediator, in words. done: the day it came to an end; None while it is in hand."""

    matter_id: int
    number: str
    title: str
    dispute_type: str
    outcome: str
    since: date
    done: date | None


@dataclass(frozen=True)
class Profile:
    """Everything about one mediator besides the entry itself. renewal: the day a renewed term would begin.

    trained: hours of training in the current term.
    """

    code: str
    results: Results
    meter: Meter
    records: Records
    cases: tuple[CaseLine, ...]
    renewal: date | None
    trained: float


def profile(office: Office, actor: Actor, code: str) -> Profile:
    """What the profile of a mediator shows. Reasons of days off are for those who keep the roster."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        mediator = _mediator(rows, code)
        results = store.results_of(rows, code).get(code, NO_RESULTS)
        records = store.records_of(rows, code)
        cases = tuple(_case(office, row) for row in store.cases_of(rows, code, _CASES))
    if not actor.may(Right.ROSTER):
        records = replace(
            records, leave=tuple(replace(each, reason="", cancelled="") for each in _valid(records.leave))
        )
    rules = office.reference.level_rules
    start = mediator.term.start if mediator.term else date.min
    return Profile(
        code=code,
        results=results,
        meter=meter(mediator.level, records.since, results, rules, office.today()),
        records=records,
        cases=cases,
        renewal=next_term(mediator),
        trained=records.hours_since(start),
    )


def keep(office: Office, actor: Actor, request_id: str, kept: Kept) -> int:
    """Keep days off, a training, or an award; its id. Raises Refused with problems by field."""
    require(actor, Right.ROSTER)
    action = _ACTIONS[type(kept)]
    said = _cleaned(kept)
    with office.store.write() as tx:
        done = requests.answered(tx, request_id, f"roster_{action}")
        if done:
            return int(done["record_id"])
        _mediator(tx, kept.mediator)
        problems = check(said, store.records_of(tx, kept.mediator), office.today())
        if problems:
            raise Refused(list(problems))
        record_id = store.add(tx, said)
        roster_store.add_event(tx, kept.mediator, office.now(), actor.code, action, note=_words(said))
        requests.record(
            tx, request_id, f"roster_{action}", actor.code, office.now(), {"record_id": record_id}
        )
    return record_id


def cancel(office: Office, actor: Actor, request_id: str, kept: Kept, reason: str) -> None:
    """Let a record that was written down by mistake, or days off that fall away (销假), count no more."""
    require(actor, Right.ROSTER)
    said = clean_text(reason)
    if not said:
        raise Refused.because("cancelled", "请写明为什么销去这一条。")
    if len(said) > LIMITS["reason"]:
        raise Refused.because("cancelled", f"原因最多 {LIMITS['reason']} 个字，请缩短。")
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "roster_cancel") is not None:
            return
        if not store.cancel(tx, type(kept), kept.record_id, kept.mediator, said):
            raise Conflict("这一条已经销去，或者不在了。请刷新后再看。")
        note = f"{_words(kept)}；原因：{said}"
        roster_store.add_event(tx, kept.mediator, office.now(), actor.code, "cancel", note=note)
        requests.record(tx, request_id, "roster_cancel", actor.code, office.now(), {"done": True})


def renew(office: Office, actor: Actor, request_id: str, code: str, start: date) -> Mediator:
    """续聘: a further term of three years from `start` (《人民调解法》第九条); earlier terms stay on record."""
    require(actor, Right.ROSTER)
    with office.store.write() as tx:
        done = requests.answered(tx, request_id, "roster_renew")
        if done is None:
            known = _mediator(tx, code)
            problems = check_renewal(known, start, office.today())
            if problems:
                raise Refused(list(problems))
            if known.term:
                store.add_term(tx, code, known.term.start)
            store.add_term(tx, code, start)
            roster_store.save(tx, replace(known, term_start=start.isoformat()))
            term = Term.from_start(start)
            note = f"{term.start.isoformat()} 至 {term.end.isoformat()}"
            roster_store.add_event(tx, code, office.now(), actor.code, "renew", note=note)
            requests.record(tx, request_id, "roster_renew", actor.code, office.now(), {"code": code})
        renewed = _mediator(tx, code)
    office.reload()
    return renewed


def expiring(office: Office, actor: Actor) -> tuple[MediatorCard, ...]:
    """Everybody in office whose term ends within ninety days, or has ended: whom to renew, the most urgent first."""
    found = [
        card
        for card in roster.mediators(office, actor)
        if card.mediator.status == "active" and card.term_state in ("ending", "ended")
    ]
    return tuple(sorted(found, key=lambda card: card.mediator.term_start))


def save_level_rules(office: Office, actor: Actor, request_id: str, rules: Sequence[LevelRule]) -> None:
    """Replace the table of levels (等级评定条件). Raises Refused with problems by row and column."""
    require(actor, Right.SETTINGS)
    problems = check_rules(rules)
    if problems:
        raise Refused(list(problems))
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "level_rules") is None:
            cells = [{key: str(value) for key, value in asdict(rule).items()} for rule in rules]
            reference_store.replace_all(tx, "level_rules", cells)
            requests.record(tx, request_id, "level_rules", actor.code, office.now(), {"rows": len(cells)})
    office.reload()


def _mediator(rows: Rows, code: str) -> Mediator:
    found = roster_store.by_code(rows, code)
    if found is None:
        raise NotFound(f"名册里没有编号 {code}。请刷新后再试。")
    return found


def _valid(leave: Sequence[Leave]) -> list[Leave]:
    return [each for each in leave if not each.cancelled]


def _case(office: Office, row: Row) -> CaseLine:
    kind = office.reference.dispute_type(row["dispute_type"])
    form = AGREEMENT_FORMS.get(row["form"], "")
    return CaseLine(
        matter_id=row["matter_id"],
        number=row["number"],
        title=row["title"],
        dispute_type=kind.name if kind else "",
        outcome=" · ".join(filter(None, (RESULTS[row["result"]], form))),
        since=date.fromisoformat(row["since"]),
        done=date.fromisoformat(row["done"]) if row["done"] else None,
    )


def _cleaned(kept: Kept) -> Kept:
    match kept:
        case Leave():
            return replace(kept, reason=clean_line(kept.reason))
        case Training():
            return replace(kept, organiser=clean_line(kept.organiser), subject=clean_line(kept.subject))
        case Award():
            return replace(kept, title=clean_line(kept.title), issuer=clean_line(kept.issuer))


def _words(kept: Kept) -> str:
    """A record in a line of history."""
    match kept:
        case Leave():
            return f"{kept.first.isoformat()} 至 {kept.last.isoformat()} {kept.reason}".strip()
        case Training():
            return f"{kept.day.isoformat()} {kept.organiser}：{kept.subject}（{kept.hours:g}学时）"
        case Award():
            return f"{kept.day.isoformat()} {kept.issuer}：{kept.title}"
