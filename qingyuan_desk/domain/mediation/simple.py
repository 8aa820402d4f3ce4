"""A simple dispute logged at once (快速记录): one form that stands for the steps a case goes through on one afternoon."""

from __future__ import annotations

from collections.abc import Iterable

from qingyuan_desk.domain.mediation.agreeing import check_content
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.codes import SATISFACTIONS
from qingyuan_desk.domain.mediation.forms import (
    Assign,
    Close,
    Consent,
    FollowUpForm,
    Form,
    Hold,
    Open,
    Oral,
    Part,
    Simple,
)
from qingyuan_desk.domain.mediation.opening import case_has_both_sides
from qingyuan_desk.domain.mediation.rules import BEFORE_AGREEMENT, Act, Changes, Context, choice, day
from qingyuan_desk.domain.problems import Problem


def next_form(case: Case, form: Simple) -> Form | None:
    """The next step of a simple dispute, as the case stands; None when there is nothing left to do."""
    on = form.started_at.date()
    if case.mediation is None:
        return Open(
            origin=form.origin, applied_on=min(on, case.opened_on), facts=form.facts, difficulty="simple"
        )
    if case.node == "consent":
        waiting = next(party for party in case.parties if party.consent != "agreed")
        return Consent(waiting.record_id, True, on)
    if case.node == "assign":
        return Assign(form.mediators, form.chosen_by, form.accepted, on=on)
    if not any(each.outcome == "agreed" for each in case.held):
        return _session(case, form)
    if case.agreement is None:
        return _agreement(case, form)
    if form.satisfaction and not any(each.done_on for each in case.follow_ups):
        return _asked(case, form)
    if form.at_once and case.node == "performing":
        return Close(on=on)
    return None


def _session(case: Case, form: Simple) -> Hold:
    return Hold(
        started_at=form.started_at,
        room=form.room or ("" if form.place else case.room),
        place=form.place,
        present=tuple(party.record_id for party in case.parties),
        rights_told=True,
        statements=form.facts,
        outcome="agreed",
        proposal="\n".join(form.terms),
    )


def _agreement(case: Case, form: Simple) -> Oral:
    payer, payee = _sides(case)
    due = form.deadline_on
    parts = (Part(due, "按协议内容履行", form.amount, payer, payee),) if due and not form.at_once else ()
    return Oral(
        on=form.started_at.date(),
        facts=form.facts,
        disputes=form.facts,
        terms=form.terms,
        way="当场履行" if form.at_once else "按约定日期履行",
        deadline="已当场履行" if form.at_once else (day(due) if due else ""),
        amount=form.amount,
        parts=parts,
        at_once=form.at_once,
    )


def _sides(case: Case) -> tuple[int, int]:
    """Who usually performs for whom: the respondent for the applicant."""
    first = {party.side: party.record_id for party in reversed(case.parties)}
    return first.get("respondent", 0), first.get("applicant", 0)


def _asked(case: Case, form: Simple) -> FollowUpForm:
    planned = next((each for each in case.follow_ups if each.done_on is None), None)
    return FollowUpForm(
        follow_up=planned.record_id if planned else 0,
        done_on=form.started_at.date(),
        party=_sides(case)[1],
        how="face",
        performance="full" if form.at_once else "none",
        satisfaction=form.satisfaction,
        measures=_measures(form),
    )


def _measures(form: Simple) -> str:
    """What was done where something is left to do."""
    if not form.at_once:
        return "约定的日期还没有到，继续督促履行"
    return "继续做工作" if form.satisfaction == "unsatisfied" else ""


def _check(case: Case, form: Simple, context: Context) -> Iterable[Problem]:
    """What can be seen before the first step; every step is checked again by its own rules."""
    if form.started_at > context.now:
        yield Problem("started_at", "调解时间不能晚于现在。")
    elif form.started_at.date() < case.opened_on:
        yield Problem("started_at", f"调解日期不能早于登记日期（{case.opened_on:%Y-%m-%d}）。")
    if not form.mediators:
        yield Problem("mediators", "请至少选定一名调解员。", "《人民调解法》第十九条")
    if not case_has_both_sides(case):
        yield Problem("parties", "还没有登记对方当事人，请先在“当事人”里补上。", "《人民调解法》第十七条")
    if any(party.consent == "refused" for party in case.parties):
        yield Problem("parties", "有一方拒绝调解，不能快速记录。", "《人民调解法》第十七条")
    named = {each.mediator for each in case.mediators}
    if case.node != "assign" and named and named != set(form.mediators):
        yield Problem(
            "mediators", "本案已经选定了别的调解员，请先更换，或者选同样的人。", "《人民调解法》第十九条"
        )
    if form.satisfaction:
        yield from choice("satisfaction", "满意程度", form.satisfaction, SATISFACTIONS)
    if not form.at_once and form.deadline_on is None:
        yield Problem("deadline_on", "没有当场履行的，请填写履行的日期。", "《人民调解法》第二十九条")
    elif not form.at_once and form.deadline_on and form.deadline_on < form.started_at.date():
        yield Problem("deadline_on", "履行的日期早于调解的日期。")
    content = [
        each
        for each in check_content(case, _agreement(case, form), form.started_at.date())
        if each.field in ("facts", "terms", "amount")
    ]
    yield from content


def _no_changes(case: Case, form: Simple, context: Context) -> Changes:
    raise ValueError("a simple dispute is carried out step by step, see next_form")


ACTS = (
    Act(
        "simple",
        "快速记录",
        BEFORE_AGREEMENT,
        "《人民调解法》第二十八条、第三十条",
        _check,
        _no_changes,
        begins=True,
    ),
)
