"""法律咨询: a visit and its answer in one transaction, the day's list, what waits, legal aid, and common questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.consultations import (
    FLOW,
    AidLine,
    ConsultDay,
    Consulted,
    ConsultLine,
    QuickConsult,
    ReferralLine,
    WaitingLine,
    cells,
    check_answers,
    cleaned_answer,
)
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.handling import consulting as rules
from qingyuan_desk.domain.handling.aid_test import AidTest, aid_test, urgent_reasons
from qingyuan_desk.domain.handling.codes import AID_AFFAIRS, REFERRAL_MODES
from qingyuan_desk.domain.handling.records import Consultation, LegalAid, Referral
from qingyuan_desk.domain.limitations import limitations
from qingyuan_desk.domain.mediation.cleaning import cleaned
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.privacy import mask_name
from qingyuan_desk.domain.problems import Level, Problem, blocking
from qingyuan_desk.domain.tables import Answer
from qingyuan_desk.domain.triage import Advice
from qingyuan_desk.services import handling, reception
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import consultations as store
from qingyuan_desk.store import reference as reference_store
from qingyuan_desk.store import requests
from qingyuan_desk.store.database import Row, Rows, Tx
from qingyuan_desk.store.records import record_of

#: So long ago an application or a referral still stands in its list after it is done.
RECENT = timedelta(days=90)
_URGENCY = ("overdue", "today", "soon", "ok")


# --- a question ------------------------------------------------------------------------------------------------------


def quick(office: Office, actor: Actor, form: QuickConsult) -> Consulted:
    """Register a visit and write down its answer: both are durable when this returns, or neither is.

    The same request id gives the first answer again. Raises Refused (with problems by field of the visit or the answer),
    NotAllowed, Conflict, or Unavailable; then nothing was written.
    """
    require(actor, Right.REGISTER)
    require(actor, Right.HANDLE)
    replayed = _replayed(office, form.request_id)
    if replayed:
        return replayed
    ready = _passed(office, actor, form)
    with office.store.write() as tx:
        registered = reception.register_within(tx, office, actor, ready)
        answer_id = f"{form.request_id}.consult"
        taken = handling.take_within(tx, office, actor, answer_id, registered.matter_id, form.consult)
        other = ready.suggestion.flow if ready.suggestion.flow not in ("", FLOW) else ""
        done = Consulted(
            matter_id=registered.matter_id,
            matter_number=registered.matter_number,
            visit_number=registered.visit_number,
            node=taken.node,
            ordinal=registered.ordinal,
            suggested=other,
            advice=_to_report(office, ready.suggestion.advice),
        )
        _remember(tx, office, actor, form.request_id, done)
    return replace(done, warnings=(*registered.warnings, *taken.warnings))


def _to_report(office: Office, advice: Iterable[Advice]) -> tuple[str, ...]:
    """Of the advice, what goes with a flag (危险, 未成年人, 家暴 …): somebody may have to be told at once."""
    flagged = {rule.advice for rule in office.reference.triage_rules if rule.flags and not rule.category}
    return tuple(each.sentence for each in advice if each.sentence in flagged)


def _replayed(office: Office, request_id: str) -> Consulted | None:
    with office.store.read() as rows:
        done = requests.answered(rows, f"{request_id}.quick", "consult.quick") if request_id.strip() else None
    return Consulted(**{**done, "advice": tuple(done["advice"])}, replayed=True) if done else None


def _remember(tx: Tx, office: Office, actor: Actor, request_id: str, done: Consulted) -> None:
    kept = {name: value for name, value in vars(done).items() if name not in ("warnings", "replayed")}
    requests.record(tx, f"{request_id}.quick", "consult.quick", actor.code, office.now(), kept)


def _passed(office: Office, actor: Actor, form: QuickConsult) -> reception.Assessment:
    """The visit as it may be registered. What sounds like an accusation (检举控告) is not for this page."""
    visit = form.visit()
    checked = reception.assess(office, visit)
    problems = list(rules.check(cleaned(form.consult), handling.context_of(office, actor)))
    said = {problem.field for problem in problems}
    problems += [each for each in map(_named, checked.problems) if each.field not in said]
    if "accusation" in checked.form.flags:
        problems.append(_ACCUSATION)
    stopping = blocking(problems, {**visit.overrides, **form.overrides})
    if stopping:
        raise Refused(stopping)
    return checked


_ACCUSATION = Problem(
    "question",
    "听起来是检举控告：要在“登记”页作为密件登记，移送纪检监察机关，不能在这里解答。只是问问规定的，请写明理由。",
    reception.SEALING_ARTICLE,
    Level.DOUBT,
)


def _named(problem: Problem) -> Problem:
    """A problem of the visit by the name the field has in the answer's form."""
    return replace(problem, field=_FIELDS.get(problem.field, problem.field))


_FIELDS = {"narrative": "question", "dispute_type": "cause", "received_at": "asked_at"}


def aid(
    office: Office, affair: str, exempt: str = "", means: str = "", cause: str = "", since: date | None = None
) -> AidTest:
    """Whether somebody may ask for legal aid, with reasons. since: the day the right was violated, for what is urgent."""
    today = office.today()
    limits = limitations(FLOW, cause, "", today, office.reference, office.calendar)
    return aid_test(affair, exempt, means, urgent_reasons(limits, since, today, office.calendar))


# --- lists -----------------------------------------------------------------------------------------------------------


def day(office: Office, actor: Actor, on: date | None = None) -> ConsultDay:
    """The questions of a day (None: today), and whatever waits now, the most urgent first."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        lines = tuple(_line(row) for row in store.of_day(rows, actor.code, on or office.today()))
        waits = [
            *_unanswered(rows, office, actor),
            *_aid_waits(rows, office, actor),
            *_to_counsel(rows, office, actor),
        ]
    return ConsultDay(lines, tuple(sorted(waits, key=lambda line: _URGENCY.index(line.state))))


def aids(office: Office, actor: Actor) -> tuple[AidLine, ...]:
    """Applications for legal aid that wait for something, by their last day, then those of the last ninety days."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        return tuple(_aid_line(office, row) for row in store.aids(rows, actor.code, office.today() - RECENT))


def referrals(office: Office, actor: Actor) -> tuple[ReferralLine, ...]:
    """Referrals nobody has counselled yet, then those of the last ninety days; what is sealed in them stays sealed."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        found = store.referrals(rows, actor.code, office.today() - RECENT)
        return tuple(
            ReferralLine(replace(record_of(Referral, row), note=""), row["number"], mask_name(row["visitor"]))
            for row in found
        )


def _line(row: Row) -> ConsultLine:
    asked = record_of(Consultation, row)
    return ConsultLine(
        matter_id=asked.matter_id,
        number=row["number"],
        visitor=mask_name(row["visitor"]),
        at=(asked.answered_at or asked.asked_at).astimezone(SHANGHAI),
        channel=asked.channel,
        cause=asked.cause,
        question=asked.question,
        result=asked.result,
        lawyer=asked.lawyer,
        declined=asked.declined,
    )


def _unanswered(rows: Rows, office: Office, actor: Actor) -> Iterator[WaitingLine]:
    for row in store.waiting(rows, actor.code):
        asked = record_of(Consultation, row)
        if asked.booked_for:
            yield _wait(row, "booked", asked.question, *_when(asked.booked_for, office.now()))
        else:
            yield _wait(row, "answer", asked.question, *_answer_by(office, asked, row))
    for row in sorted(store.unasked(rows, actor.code), key=lambda row: row["matter_id"]):
        came = date.fromisoformat(row["opened_on"])
        state = "ok" if came == office.today() else "soon"
        kind, words = ("move", "还没有转过去") if row["moved"] else ("answer", "还没有记解答")
        yield _wait(row, kind, row["title"], f"{came:%m-%d} 登记，{words}", state)


def _answer_by(office: Office, asked: Consultation, row: Row) -> tuple[str, str]:
    rule = office.reference.clock(row["rule"]) if row["rule"] else None
    if rule is None:
        return "", "ok"
    if rule.unit == "hour":
        return _hours(clocks.last_moment(rule, asked.asked_at), office.now())
    return _days(row, office)


def _hours(end: datetime, now: datetime) -> tuple[str, str]:
    """A limit of hours: 还有 3 小时 20 分钟（15:30） · 已超 2 小时."""
    if now > end:
        return f"已超 {clocks.lasting(now - end)}", "overdue"
    at = f"{end:%H:%M}" if end.date() == now.date() else f"{end:%m-%d %H:%M}"
    return f"还有 {clocks.lasting(end - now)}（{at}）", "today"


def _days(row: Row, office: Office) -> tuple[str, str]:
    start, natural, shifted, alarm = (
        date.fromisoformat(row[name]) for name in ("start_on", "natural_end", "shifted_end", "alarm_on")
    )
    due = clocks.Due(start, natural, shifted, alarm, bool(row["provisional"]), "", row["article"])
    return clocks.in_words(due, office.today()), clocks.state_of(due, office.today())


def _when(moment: datetime, now: datetime) -> tuple[str, str]:
    """An appointment."""
    local = moment.astimezone(SHANGHAI)
    if local < now:
        return f"{local:%m-%d %H:%M}（已过）", "overdue"
    return (f"今天 {local:%H:%M}", "today") if local.date() == now.date() else (f"{local:%m-%d %H:%M}", "ok")


def _aid_waits(rows: Rows, office: Office, actor: Actor) -> Iterator[WaitingLine]:
    for row in store.aids(rows, actor.code, office.today() + timedelta(days=1)):
        line = _aid_line(office, row)
        kind = {"supply_aid": "aid_lacking", "decide_aid": "aid_decide", "assign_aid": "aid_assign"}[
            line.step
        ]
        yield _wait(row, kind, AID_AFFAIRS[line.aid.affair], line.words, line.state)


def _aid_line(office: Office, row: Row) -> AidLine:
    applied = record_of(LegalAid, row)
    words, state = _days(row, office) if row["rule"] else ("", "ok")
    if applied.lacking and not applied.supplied_on and not applied.granted and applied.supply_by:
        words = f"{words}；补正期限 {applied.supply_by:%m-%d}".lstrip("；")
    return AidLine(
        aid=applied,
        number=row["number"],
        visitor=mask_name(row["visitor"]),
        flow=row["flow"],
        step=_next_step(applied),
        words=words,
        state=state,
    )


def _next_step(applied: LegalAid) -> str:
    if applied.granted == "yes":
        return "" if applied.assigned_on else "assign_aid"
    if applied.granted:
        return ""
    return "supply_aid" if applied.lacking and applied.supplied_on is None else "decide_aid"


def _to_counsel(rows: Rows, office: Office, actor: Actor) -> Iterator[WaitingLine]:
    for row in store.referrals(rows, actor.code, office.today() + timedelta(days=1)):
        referral = record_of(Referral, row)
        said = ("待预约", "soon") if referral.booked_for is None else _when(referral.booked_for, office.now())
        yield _wait(row, "referral", REFERRAL_MODES[referral.mode], *said)


def _wait(row: Row, kind: str, what: str, words: str, state: str) -> WaitingLine:
    return WaitingLine(kind, row["matter_id"], row["number"], mask_name(row["visitor"]), what, words, state)


# --- common questions --------------------------------------------------------------------------------------------


def save_answers(office: Office, actor: Actor, request_id: str, answers: Sequence[Answer]) -> None:
    """Replace the table of common questions. Raises Refused with problems by row and column."""
    require(actor, Right.SETTINGS)
    rows = [cleaned_answer(each) for each in answers]
    problems = [each for each in check_answers(rows, office.reference) if each.level is Level.REFUSE]
    if problems:
        raise Refused(problems)
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "answers") is None:
            reference_store.replace_all(tx, "answers", [cells(each) for each in rows])
            requests.record(tx, request_id, "answers", actor.code, office.now(), {"rows": len(rows)})
    office.reload()
