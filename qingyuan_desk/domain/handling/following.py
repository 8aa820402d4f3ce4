"""What a form of a step begins with: what can be known before anybody types (the unit of the duty list, the only sending …)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import get_args

from qingyuan_desk.domain import duties
from qingyuan_desk.domain.handling import consulting
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import (
    Accept,
    Answer,
    AskReview,
    Classify,
    Confirm,
    Decide,
    Discipline,
    Extend,
    Form,
    Forward,
    HandOver,
    NoMore,
    Objection,
    Press,
    Rate,
    Receive,
    Refuse,
    Reply,
    Report,
    Return,
    Support,
    Switch,
)
from qingyuan_desk.domain.handling.responding import pick
from qingyuan_desk.domain.handling.rules import Context
from qingyuan_desk.domain.handling.sending import DISCIPLINE

#: Step → its form.
FORMS: Mapping[str, type[Form]] = {kind.step: kind for kind in get_args(Form)}


def starting(case: Handled, step: str, context: Context) -> Form:
    """The form of a step as it stands before a person fills it in."""
    begin = _BEGINS.get(step)
    return begin(case, context) if begin else FORMS[step]()


def _classify(case: Handled, context: Context) -> Form:
    known = case.petition
    if known is not None:
        names = (name for name in Classify.__dataclass_fields__ if name != "step")
        return Classify(**{name: getattr(known, name) for name in names})
    duty = context.reference.duty(case.matter_kind)
    accused = case.sealed or "accusation" in case.flags
    return Classify(
        kind="accusation" if accused else "appeal",
        purpose="accuse" if accused else "settle",
        content=duty.name if duty else "",
        first_office=case.first_office if len(case.visits) <= 1 else "no",
        first_channel=case.first_channel if len(case.visits) <= 1 else "no",
        cross_level="cross_level" in case.flags,
        joint=case.headcount >= 5,
        court="yes" if "case_open" in case.flags else "",
        opinion="yes" if "reviewed" in case.flags else "",
    )


def _forward(case: Handled, context: Context) -> Form:
    unit, co_units, _ = _by_duty(case, context)
    return Forward(unit=unit, co_units=co_units)


def _hand_over(case: Handled, context: Context) -> Form:
    unit, co_units, days = _by_duty(case, context)
    return HandOver(
        unit=unit, co_units=co_units, limit_on=context.today + timedelta(days=days) if days else None
    )


def _by_duty(case: Handled, context: Context) -> tuple[str, tuple[str, ...], int]:
    """The leading unit, those that help, and the days the duty list gives; the unit of the visit where no line is named."""
    duty = context.reference.duty(case.matter_kind)
    if duty is None:
        return "" if case.unit == "petition_office" else case.unit, (), 0
    unit = duties.leading(context.reference, duty, case.township) or case.unit
    days = int(duty.limit_days) if duty.limit_days.isdigit() else 0
    return unit, tuple(code for code in duty.co_units if code != unit), days


def _discipline(case: Handled, context: Context) -> Form:
    return Discipline(unit=DISCIPLINE)


def _means(case: Handled, *states: str) -> int:
    found = pick(case, 0, states)
    return found.record_id if found else 0


def _receive(case: Handled, context: Context) -> Form:
    return Receive(_means(case, "sent"))


def _object(case: Handled, context: Context) -> Form:
    return Objection(_means(case, "received"))


def _decide(case: Handled, context: Context) -> Form:
    return Decide(_means(case, "objected"))


def _return(case: Handled, context: Context) -> Form:
    return Return(_means(case, "received", "accepted"), recalled=case.node in ("forwarded", "handed"))


def _reply(case: Handled, context: Context) -> Form:
    return Reply(_means(case, "received", "accepted", "sent"))


def _accept(case: Handled, context: Context) -> Form:
    return Accept(unit=case.sending.unit if case.sending else case.unit)


def _refuse(case: Handled, context: Context) -> Form:
    grounds = {"in_process": "in_process", "case_open": "judicial"}
    ground = next((code for flag, code in grounds.items() if flag in case.flags), "")
    number = case.opinion.number if case.opinion else ""
    late = {"answered": "late_review", "review_answered": "late_recheck"}.get(case.node, ground)
    return Refuse(ground=late, number=number)


def _no_more(case: Handled, context: Context) -> Form:
    last = next((each for each in reversed(case.opinions) if each.level == 3), None)
    return NoMore(number=last.number, organ=last.organ) if last else NoMore()


def _extend(case: Handled, context: Context) -> Form:
    return Extend(days=max(1, 30 - sum(each.days for each in case.extensions)))


def _answer(case: Handled, context: Context) -> Form:
    return Answer(organ=context.unit(case.classified.accepted_by))


def _ask_review(case: Handled, context: Context) -> Form:
    return AskReview(organ="清苑区人民政府" if case.node == "answered" else "保定市人民政府")


def _switch(case: Handled, context: Context) -> Form:
    wanted = {"petition": ("civil_dispute", "mediation"), "consultation": ("civil_dispute", "mediation")}
    category, flow = wanted.get(case.flow, ("petition_matter", "petition"))
    found = context.reference.category(category)
    return Switch(
        category=category, flow=flow, room=found.room if found else "", dispute_type=case.dispute_type
    )


def _report(case: Handled, context: Context) -> Form:
    kinds = {"danger": "danger", "minor": "minor", "domestic_violence": "violence", "urgent": "urgent"}
    return Report(
        kind=next((kind for flag, kind in kinds.items() if flag in case.flags), ""), text=case.narrative
    )


def _confirm(case: Handled, context: Context) -> Form:
    left = [each for each in case.watches if each.lifted_on is None]
    return Confirm(watch=left[-1].record_id if left else 0)


def _support(case: Handled, context: Context) -> Form:
    own = context.reference.township_unit(case.township)
    return Support(township=own.code if own else "")


def _press(case: Handled, context: Context) -> Form:
    return Press(unit=case.sending.unit if case.sending else case.unit)


def _rate(case: Handled, context: Context) -> Form:
    return Rate(unit=case.sendings[-1].unit if case.sendings else "")


_BEGINS: Mapping[str, Callable[[Handled, Context], Form]] = {
    "classify": _classify,
    "forward": _forward,
    "hand_over": _hand_over,
    "discipline": _discipline,
    "receive": _receive,
    "object": _object,
    "decide": _decide,
    "return": _return,
    "reply": _reply,
    "accept": _accept,
    "refuse": _refuse,
    "no_more": _no_more,
    "extend": _extend,
    "answer": _answer,
    "ask_review": _ask_review,
    "switch": _switch,
    "report": _report,
    "confirm_flag": _confirm,
    "support": _support,
    "urge": _press,
    "rate": _rate,
    **consulting.BEGINS,
}
