"""Reception (接待登记): check, suggest, find earlier records, register, take back, keep drafts."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime

from qingyuan_desk.domain import clocks, flows, identity, intake, triage
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.numbers import OfficialNumber, business_date, parse
from qingyuan_desk.domain.problems import Level, Problem, blocking
from qingyuan_desk.domain.visit import Draft, Match, Registered, VisitForm
from qingyuan_desk.services import similar
from qingyuan_desk.services.forms import form_from_json, form_to_json
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import drafts as draft_store
from qingyuan_desk.store import matters, numbers, requests, visits
from qingyuan_desk.store.database import Row, Tx

#: A sealed matter's line in lists, even for its readers' neighbours at the screen.
SEALED_TITLE = "密件（检举控告）"
_TITLE_LENGTH = 28


def check(office: Office, form: VisitForm) -> tuple[Problem, ...]:
    """Everything the rules say about the form as it stands, routing included."""
    checked, suggestion = _checked(office, form)
    return (*checked.problems, *_route_problems(checked.form, suggestion))


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
    checked, suggestion = _checked(office, form)
    problems = (*checked.problems, *_route_problems(checked.form, suggestion))
    if not form.request_id:
        problems = (
            *problems,
            Problem("request_id", "缺少请求号 request_id，没有它不能保证同一次登记只存一次。"),
        )
    stopping = blocking(problems, checked.form.overrides)
    if stopping:
        raise Refused(stopping)
    warnings = tuple(problem for problem in problems if problem.level is Level.WARN)
    return _write(office, actor, checked.form, suggestion, warnings)


def take_back(office: Office, actor: Actor, request_id: str, visit_number: str, reason: str) -> None:
    """Take a registration back: it becomes void, its number stays and is never given again."""
    require(actor, Right.TAKE_BACK)
    if not reason.strip():
        raise Refused.because("reason", "请写明撤回（作废）的原因。")
    with office.store.write() as tx:
        if requests.answered(tx, request_id):
            return
        visit = visits.by_number(tx, visit_number)
        if visit is None or matters.by_id(tx, actor.code, visit["matter_id"]) is None:
            raise NotFound(f"没有找到 {visit_number}。请核对号码。")
        if visit["state"] == "void":
            raise Conflict(f"{visit_number} 已经作废，不用再撤回。")
        visits.void_visit(tx, visit, office.now(), actor.code, reason.strip())
        requests.record(tx, request_id, "take_back", actor.code, office.now(), {"visit_number": visit_number})


def save_draft(office: Office, actor: Actor, form: VisitForm) -> datetime:
    """Keep a half-filled form; when it was kept."""
    at = office.now()
    with office.store.write() as tx:
        if requests.answered(tx, form.request_id) is None:
            draft_store.save(tx, form.request_id, actor.code, at, form_to_json(form))
    return at


def drafts(office: Office, actor: Actor) -> tuple[Draft, ...]:
    """Forms that were being filled in when the desk stopped, newest first."""
    with office.store.read() as rows:
        kept = draft_store.of(rows, actor.code)
    forms = [(request_id, at, form_from_json(text)) for request_id, at, text in kept]
    return tuple(Draft(request_id, at, _draft_summary(form), form) for request_id, at, form in forms)


def drop_draft(office: Office, actor: Actor, request_id: str) -> None:
    """Throw a draft away."""
    with office.store.write() as tx:
        draft_store.drop(tx, request_id)


def read_id(office: Office, id_type: str, text: str) -> identity.IdReading:
    """What an ID number says: birth date, sex, region, and what is doubtful about it."""
    return identity.read_id(id_type, text, office.today())


def read_phone(text: str) -> identity.PhoneReading:
    """A phone entry, normalised."""
    return identity.read_phone(text)


# --- checking ----------------------------------------------------------------------------------------------------


def _checked(office: Office, form: VisitForm) -> tuple[intake.Checked, triage.Suggestion]:
    """The cleaned form with the suggestion filled in where nobody decided."""
    checked = intake.check(form, office.reference, office.now())
    earlier = _earlier(office, checked.form)
    suggestion = _suggest(office, checked.form)
    form = checked.form
    if suggestion.sealed and "accusation" not in form.overrides:
        form = replace(form, flags=form.flags | {"accusation"})
    proposed = earlier or {
        "category": suggestion.category,
        "flow": suggestion.flow,
        "room": suggestion.room,
        "unit": suggestion.unit,
        "dispute_type": suggestion.dispute_type,
        "matter_kind": suggestion.matter_kind,
    }
    form = replace(form, **_filled(office, form, proposed))
    return replace(checked, form=form), suggestion


def _filled(office: Office, form: VisitForm, proposed: dict[str, str]) -> dict[str, str]:
    """What nobody decided: by the suggestion, or by the category's own flow, room, and unit when another was chosen."""
    category = form.category or proposed["category"]
    if form.category and form.category != proposed["category"]:
        own = office.reference.category(form.category)
        if own is not None:
            proposed = {**proposed, "flow": own.flow, "room": own.room, "unit": own.unit, "matter_kind": ""}
    if form.flow and form.flow != proposed["flow"]:
        fitting = next((c for c in office.reference.categories if c.flow == form.flow), None)
        if fitting is not None:
            proposed = {**proposed, "room": fitting.room, "unit": fitting.unit}
    return {
        "category": category,
        **{key: getattr(form, key) or proposed[key] for key in proposed if key != "category"},
    }


def _earlier(office: Office, form: VisitForm) -> dict[str, str] | None:
    """The route of the matter this is a further visit of."""
    if not form.matter:
        return None
    with office.store.read() as rows:
        row = rows.one("SELECT * FROM matter WHERE number = ?", (_normal(form.matter),))
    if row is None:
        return None
    return {key: row[key] for key in ("category", "flow", "room", "unit", "dispute_type", "matter_kind")}


def _suggest(office: Office, form: VisitForm) -> triage.Suggestion:
    return triage.suggest(
        triage.TriageCase(
            narrative=form.narrative,
            flags=form.flags,
            headcount=form.headcount if isinstance(form.headcount, int) else 1,
            opponents=tuple(other.name for other in form.opponents),
            opponent_kinds=tuple(other.kind for other in form.opponents),
            dispute_type=form.dispute_type,
            identity_declined=form.main_visitor.id_type == "none",
            township=form.main_visitor.township,
        ),
        office.reference,
    )


def _route_problems(form: VisitForm, suggestion: triage.Suggestion) -> tuple[Problem, ...]:
    """Choosing otherwise than suggested is the clerk's right and wants a reason."""
    if form.matter or form.route_reason or not form.narrative:
        return ()
    if (form.category, form.flow) == (suggestion.category, suggestion.flow):
        return ()
    return (Problem("category", "与系统建议的类别或流程不同，请写一句理由。", level=Level.DOUBT),)


# --- writing -----------------------------------------------------------------------------------------------------


def _write(
    office: Office,
    actor: Actor,
    form: VisitForm,
    suggestion: triage.Suggestion,
    warnings: tuple[Problem, ...],
) -> Registered:
    now = office.now()
    received = (form.received_at or now).astimezone(now.tzinfo)
    with office.store.write() as tx:
        answered = requests.answered(tx, form.request_id)
        if answered:
            return _registered(answered[1], replayed=True)
        matter = _matter_for(tx, office, actor, form, suggestion, received, now)
        ordinal = int(tx.value("SELECT count(*) FROM visit WHERE matter_id = ?", (matter["id"],))) + 1
        number = _number(tx, office, "visit", business_date(received))
        visit = visits.NewVisit(
            form,
            number,
            matter["id"],
            ordinal,
            received,
            now,
            business_date(received),
            actor.code,
            _suggested(suggestion),
        )
        visit_id = visits.add_visit(tx, visit)
        action = "register" if ordinal == 1 else "revisit"
        visits.add_event(tx, matter["id"], visit_id, now, actor.code, action, node_to=matter["node"])
        if ordinal == 1:
            visits.add_event(
                tx,
                matter["id"],
                visit_id,
                now,
                actor.code,
                "route",
                node_to=matter["node"],
                note=form.route_reason,
            )
            _start_clocks(tx, office, matter["id"], form, business_date(received))
        result = {
            "request_id": form.request_id,
            "visit_id": visit_id,
            "visit_number": number,
            "matter_id": matter["id"],
            "matter_number": matter["number"],
            "registered_at": now.isoformat(),
            "ordinal": ordinal,
            "sealed": bool(matter["sealed"]),
        }
        requests.record(tx, form.request_id, "register", actor.code, now, result)
        draft_store.drop(tx, form.request_id)
    return replace(_registered(result), warnings=warnings)


def _matter_for(
    tx: Tx,
    office: Office,
    actor: Actor,
    form: VisitForm,
    suggestion: triage.Suggestion,
    received: datetime,
    now: datetime,
) -> Row:
    """The earlier matter that was named, or a new one."""
    if form.matter:
        row = matters.by_number(tx, actor.code, _normal(form.matter))
        if row is None:
            raise Refused.because("matter", f"没有找到事项 {form.matter}。请核对号码，或作为新事项登记。")
        if row["state"] == "void":
            raise Refused.because("matter", f"事项 {row['number']} 已经作废，请作为新事项登记。")
        return row
    sealed = "accusation" in form.flags
    day = business_date(received)
    new = visits.NewMatter(
        form=form,
        number=_number(tx, office, "matter", day),
        title=SEALED_TITLE if sealed else _title(office, form),
        visitor=form.main_visitor.name,
        node=flows.FLOWS[form.flow].first,
        sealed=sealed,
        reasons=tuple(reason.sentence for reason in suggestion.reasons),
        at=now,
        day=day,
    )
    matter_id = visits.add_matter(tx, new, [actor.code, *office.reference.setting("sealed_readers").split()])
    row = matters.by_id(tx, actor.code, matter_id)
    if row is None:
        raise NotFound(f"事项 {new.number} 刚登记就读不到了。")
    return row


def _start_clocks(tx: Tx, office: Office, matter_id: int, form: VisitForm, day: date) -> None:
    for clock_id in flows.starting_clocks(form.flow, form.category):
        rule = office.reference.clock(clock_id)
        if rule is not None:
            visits.add_clock(tx, matter_id, rule, clocks.due(rule, day, office.calendar))


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
        "reasons": [asdict(reason) for reason in suggestion.reasons],
    }


def _replayed(office: Office, request_id: str) -> Registered | None:
    with office.store.read() as rows:
        answered = requests.answered(rows, request_id)
    return _registered(answered[1], replayed=True) if answered else None


def _registered(result: dict[str, object], *, replayed: bool = False) -> Registered:
    at = datetime.fromisoformat(str(result["registered_at"]))
    return Registered(**{**result, "registered_at": at}, replayed=replayed)  # type: ignore[arg-type]


def _normal(number: str) -> str:
    """An official number in its official spelling; anything else as it is."""
    parsed = parse(number)
    return str(parsed) if parsed else number


def _draft_summary(form: VisitForm) -> str:
    name = form.main_visitor.name or "（未填姓名）"
    said = " ".join(form.narrative.split())[:20]
    return f"{name} {said}".strip()
