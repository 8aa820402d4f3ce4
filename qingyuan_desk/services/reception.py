"""Reception (接待登记): check, suggest, find earlier records, register, take back, keep drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from qingyuan_desk.domain import clocks, flows, identity, intake, triage
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.numbers import OfficialNumber, business_date, in_full
from qingyuan_desk.domain.problems import Level, Problem, blocking
from qingyuan_desk.domain.text import LIMITS, clean_line
from qingyuan_desk.domain.visit import Draft, Match, Registered, VisitForm
from qingyuan_desk.services import similar
from qingyuan_desk.services.forms import form_from_json, form_to_json
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import clocks as clock_store
from qingyuan_desk.store import drafts as draft_store
from qingyuan_desk.store import matters, mediations, numbers, requests, visits
from qingyuan_desk.store.database import Tx

#: A sealed matter's line in lists, even for its readers' neighbours at the screen.
SEALED_TITLE = "密件（检举控告）"
#: 《信访工作条例》第三十条: nothing of an accusation may reach those accused.
SEALING_ARTICLE = "《信访工作条例》第三十条"
_TITLE_LENGTH = 28
_MEDIATED = (
    "{} 的事项已经登记了人民调解，登记不能作废。不再调解的，请在调解页面撤回申请或者终止调解，写明原因。"
)


def check(office: Office, form: VisitForm) -> tuple[Problem, ...]:
    """Everything the rules say about the form as it stands, routing included."""
    return assess(office, form).problems


def suggest(office: Office, form: VisitForm) -> triage.Suggestion:
    """Category, flow, room, and unit the rules propose, with reasons and articles."""
    return _suggest(office, form)


def matches(office: Office, actor: Actor, form: VisitForm, limit: int = 6) -> tuple[Match, ...]:
    """Earlier matters this visit may belong to, the likeliest first, each with its reasons."""
    require(actor, Right.READ)
    return similar.find(office, actor, form, limit)


def register(office: Office, actor: Actor, form: VisitForm) -> Registered:
    """Register a visit: durable when this returns. The same request id gives the first answer again.

    Raises Refused (with problems by field), NotAllowed, Conflict, or Unavailable; then nothing was written.
    """
    require(actor, Right.REGISTER)
    replayed = _replayed(office, form.request_id)
    if replayed:
        return replayed
    ready = passed(office, form)
    with office.store.write() as tx:
        return register_within(tx, office, actor, ready)


def take_back(office: Office, actor: Actor, request_id: str, visit_number: str, reason: str) -> str:
    """Take a registration back: it becomes void, its number (returned) stays and is never given again.

    Nothing undoes that.

    Raises Refused without a reason, NotFound, Conflict when it is void already or the only visit of a matter that is
    being mediated, NotAllowed, or Unavailable.
    """
    require(actor, Right.TAKE_BACK)
    why, number, now = clean_line(reason), in_full(visit_number), office.now()
    if not why:
        raise Refused.because("reason", "请写明撤回（作废）的原因。")
    if len(why) > LIMITS["reason"]:
        raise Refused.because("reason", f"原因最多 {LIMITS['reason']} 个字，现有 {len(why)} 个字，请缩短。")
    with office.store.write() as tx:
        answered = requests.answered(tx, request_id, "take_back")
        if answered:
            if answered["visit_number"] != number:
                raise Conflict("这个请求号 request_id 已经用来撤回另一次登记，没有办理。请换一个请求号。")
            return number
        visit = visits.by_number(tx, number)
        if visit is None or matters.by_id(tx, actor.code, visit["matter_id"]) is None:
            raise NotFound(f"没有找到 {number}。请核对号码。")
        if visit["state"] == "void":
            raise Conflict(f"{number} 已经作废，不用再撤回。")
        if mediations.is_opened(tx, visit["matter_id"]) and not visits.others_valid(tx, visit):
            raise Conflict(_MEDIATED.format(number))
        visits.void_visit(tx, visit, now, actor.code, why)
        requests.record(tx, request_id, "take_back", actor.code, now, {"visit_number": number})
    return number


def save_draft(office: Office, actor: Actor, form: VisitForm) -> datetime:
    """Keep a half-filled form; when it was kept."""
    at = office.now()
    with office.store.write() as tx:
        if requests.answered(tx, form.request_id, "register") is None:
            draft_store.save(tx, form.request_id, actor.code, at, form_to_json(form))
    return at


def drafts(office: Office, actor: Actor) -> tuple[Draft, ...]:
    """The actor's forms that were being filled in when the desk stopped, newest first."""
    with office.store.read() as rows:
        kept = draft_store.of(rows, actor.code)
    return tuple(_draft(*each) for each in kept)


def drop_draft(office: Office, actor: Actor, request_id: str) -> None:
    """Throw a draft of the actor's away."""
    with office.store.write() as tx:
        draft_store.drop(tx, request_id, actor.code)


def read_id(office: Office, id_type: str, text: str) -> identity.IdReading:
    """What an ID number says: birth date, sex, region, and what is doubtful about it."""
    return identity.read_id(id_type, text, office.today())


def read_phone(text: str) -> identity.PhoneReading:
    """A phone entry, normalised."""
    return identity.read_phone(text)


# --- checking ----------------------------------------------------------------------------------------------------


def passed(office: Office, form: VisitForm) -> Assessment:
    """A form that may be registered as it stands, ready for `register_within`. Raises Refused with problems by field."""
    checked = assess(office, form)
    stopping = blocking(checked.problems, checked.form.overrides)
    if stopping:
        raise Refused(stopping)
    return checked


@dataclass(frozen=True)
class Assessment:
    """A form with everything filled in that nobody decided, what the rules say about it, and what they suggest."""

    form: VisitForm
    problems: tuple[Problem, ...]
    suggestion: triage.Suggestion


def assess(office: Office, form: VisitForm) -> Assessment:
    """What registering the form as it stands would mean."""
    checked = intake.check(form, office.reference, office.now())
    form = checked.form
    suggestion = _suggest(office, form)
    if suggestion.sealed and "accusation" not in form.overrides:
        form = replace(form, flags=form.flags | {"accusation"})
    earlier = _earlier(office, form.matter)
    form = _routed(office, form, earlier or suggestion)
    problems = (*checked.problems, *_route_problems(form, suggestion, earlier))
    return Assessment(form, problems, suggestion)


@dataclass(frozen=True)
class _Route:
    """How a matter goes on: what a further visit of it takes over."""

    category: str
    flow: str
    room: str
    unit: str
    dispute_type: str
    matter_kind: str
    sealed: bool


def _earlier(office: Office, number: str) -> _Route | None:
    """The route of the matter this is a further visit of, whoever may see it."""
    if not number:
        return None
    with office.store.read() as rows:
        row = matters.route(rows, in_full(number))
    return None if row is None else _Route(**{**dict(row), "sealed": bool(row["sealed"])})


def _routed(office: Office, form: VisitForm, proposed: triage.Suggestion | _Route) -> VisitForm:
    """What nobody decided is as proposed; with another category or flow, as is usual for that one."""
    flow, room, unit, kind = proposed.flow, proposed.room, proposed.unit, proposed.matter_kind
    category = form.category or proposed.category
    if category != proposed.category:
        own = office.reference.category(category)
        if own is not None:
            flow, room, unit = own.flow, own.room, own.unit
            kind = triage.line_of(_case(form), category, office.reference)
    if form.flow and form.flow != flow:
        fitting = next((each for each in office.reference.categories if each.flow == form.flow), None)
        if fitting is not None:
            room, unit = fitting.room, fitting.unit
    return replace(
        form,
        category=category,
        flow=form.flow or flow,
        room=form.room or room,
        unit=form.unit or unit,
        dispute_type=form.dispute_type or proposed.dispute_type,
        matter_kind=form.matter_kind or kind,
        route_reason=form.route_reason or form.overrides.get("category", ""),
    )


def _suggest(office: Office, form: VisitForm) -> triage.Suggestion:
    return triage.suggest(_case(form), office.reference)


def _case(form: VisitForm) -> triage.TriageCase:
    return triage.TriageCase(
        narrative=form.narrative,
        flags=form.flags,
        headcount=form.headcount if isinstance(form.headcount, int) else 1,
        opponents=tuple(other.name for other in form.opponents),
        opponent_kinds=tuple(other.kind for other in form.opponents),
        dispute_type=form.dispute_type,
        identity_declined=form.main_visitor.id_type == "none",
        township=form.main_visitor.township,
    )


def _route_problems(
    form: VisitForm, suggestion: triage.Suggestion, earlier: _Route | None
) -> Iterator[Problem]:
    """Choosing otherwise than suggested is the clerk's right and wants a reason; not choosing at all is no route."""
    if earlier and "accusation" in form.flags and not earlier.sealed:
        yield Problem(
            "matter",
            "这次来访属于检举控告，要单独作为密件登记，不能并入普通事项；不是检举控告的，请取消标记并写明理由。",
            SEALING_ARTICLE,
        )
    if not form.narrative:
        return
    for field, label in _ROUTE.items():
        if not getattr(form, field):
            yield Problem(field, f"系统没有可建议的{label}，请从列表中选。")
    chosen = (form.category, form.flow)
    suggested = (suggestion.category, suggestion.flow)
    if suggestion.category and chosen != suggested and not form.matter and not form.route_reason:
        yield Problem("category", "与系统建议的类别或流程不同，请写一句理由。", level=Level.DOUBT)


#: What every registered visit has, and what a clerk calls it.
_ROUTE = {"category": "类别", "flow": "流程", "unit": "承办单位"}


# --- writing -----------------------------------------------------------------------------------------------------


def register_within(tx: Tx, office: Office, actor: Actor, checked: Assessment) -> Registered:
    """`register` as a part of what else is written in a transaction; the form has passed its checks."""
    require(actor, Right.REGISTER)
    answered = requests.answered(tx, checked.form.request_id, "register")
    if answered:
        return _registered(answered, replayed=True)
    warnings = tuple(problem for problem in checked.problems if problem.level is Level.WARN)
    return replace(_write(tx, office, actor, checked), warnings=warnings)


def _write(tx: Tx, office: Office, actor: Actor, checked: Assessment) -> Registered:
    form, now = checked.form, office.now()
    received = (form.received_at or now).astimezone(now.tzinfo)
    day = business_date(received)
    matter = _matter_for(tx, office, actor, checked, day, now)
    ordinal = matter.visits + 1
    number = _number(tx, office, "visit", day)
    suggested = _suggested(checked.suggestion)
    visit = visits.NewVisit(form, number, matter.id, ordinal, received, now, day, actor.code, suggested)
    visit_id = visits.add_visit(tx, visit)
    action = "register" if ordinal == 1 else "revisit"
    visits.add_event(tx, matter.id, visit_id, now, actor.code, action, node_to=matter.node)
    if ordinal == 1:
        why = form.route_reason
        visits.add_event(tx, matter.id, visit_id, now, actor.code, "route", node_to=matter.node, note=why)
        _start_clocks(tx, office, matter.id, form, day)
    result = {
        "request_id": form.request_id,
        "visit_id": visit_id,
        "visit_number": number,
        "matter_id": matter.id,
        "matter_number": matter.number,
        "registered_at": now.isoformat(),
        "ordinal": ordinal,
        "sealed": matter.sealed,
    }
    requests.record(tx, form.request_id, "register", actor.code, now, result)
    draft_store.drop(tx, form.request_id, actor.code)
    return _registered(result)


@dataclass(frozen=True)
class _Matter:
    """The matter a visit belongs to, and how many visits it had before."""

    id: int
    number: str
    node: str
    sealed: bool
    visits: int


def _matter_for(
    tx: Tx, office: Office, actor: Actor, checked: Assessment, day: date, now: datetime
) -> _Matter:
    """The earlier matter that was named, or a new one."""
    form = checked.form
    if form.matter:
        row = matters.by_number(tx, actor.code, in_full(form.matter))
        if row is None:
            raise Refused.because("matter", f"没有找到事项 {form.matter}。请核对号码，或作为新事项登记。")
        if row["state"] == "void":
            raise Refused.because("matter", f"事项 {row['number']} 已经作废，请作为新事项登记。")
        earlier = visits.visits_so_far(tx, row["id"])
        return _Matter(row["id"], row["number"], row["node"], bool(row["sealed"]), earlier)
    sealed = "accusation" in form.flags
    new = visits.NewMatter(
        form=form,
        number=_number(tx, office, "matter", day),
        title=SEALED_TITLE if sealed else _title(office, form),
        visitor=form.main_visitor.name,
        node=flows.FLOWS[form.flow].first,
        sealed=sealed,
        reasons=tuple(reason.sentence for reason in checked.suggestion.reasons),
        at=now,
        day=day,
    )
    matter_id = visits.add_matter(tx, new, [actor.code, *office.reference.setting("sealed_readers").split()])
    return _Matter(matter_id, new.number, new.node, sealed, 0)


def _start_clocks(tx: Tx, office: Office, matter_id: int, form: VisitForm, day: date) -> None:
    for clock_id in flows.starting_clocks(form.flow, form.category, form.flags):
        rule = office.reference.clock(clock_id)
        if rule is not None:
            clock_store.add(tx, matter_id, rule, clocks.due(rule, day, office.calendar))


def _number(tx: Tx, office: Office, kind: str, day: date) -> str:
    prefix = office.reference.setting(f"number_prefix_{kind}")
    serial = numbers.take(tx, office.reference.setting("unit_code"), kind, day.year)
    return str(OfficialNumber(prefix, day.year, serial))


def _title(office: Office, form: VisitForm) -> str:
    kind = office.reference.dispute_type(form.dispute_type) or office.reference.duty(form.matter_kind)
    said = " ".join(form.narrative.split())
    brief = said if len(said) <= _TITLE_LENGTH else said[: _TITLE_LENGTH - 1] + "…"
    return f"{kind.name}：{brief}" if kind else brief


def _suggested(suggestion: triage.Suggestion) -> dict[str, object]:
    return {
        "category": suggestion.category,
        "flow": suggestion.flow,
        "room": suggestion.room,
        "unit": suggestion.unit,
        "reasons": [vars(reason) for reason in suggestion.reasons],
    }


def _replayed(office: Office, request_id: str) -> Registered | None:
    with office.store.read() as rows:
        answered = requests.answered(rows, request_id, "register")
    return _registered(answered, replayed=True) if answered else None


def _registered(result: dict[str, object], *, replayed: bool = False) -> Registered:
    at = datetime.fromisoformat(str(result["registered_at"]))
    return Registered(**{**result, "registered_at": at}, replayed=replayed)  # type: ignore[arg-type]


def _draft(request_id: str, at: datetime, text: str) -> Draft:
    """A kept form; one that cannot be read any more is still told of, so that it can be thrown away."""
    try:
        form = form_from_json(text)
    except (ValueError, Refused):
        return Draft(request_id, at, "（这份草稿已损坏，读不出来）", VisitForm(request_id))
    return Draft(request_id, at, _draft_summary(form), form)


def _draft_summary(form: VisitForm) -> str:
    name = form.main_visitor.name or "（未填姓名）"
    said = " ".join(form.narrative.split())[:20]
    return f"{name} {said}".strip()
