"""What can be done with a case now, what stands in the way, and what doing it changes: pure functions over Case and Form.

A step is open at some nodes and has conditions of its own; each refusal names its article. services/mediation.py reads
the case, asks `problems`, and writes `changes` in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping

from qingyuan_desk.domain.flows import FLOWS, is_closed, node_name
from qingyuan_desk.domain.mediation import agreeing, ending, meeting, opening, performing, simple
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.forms import Form
from qingyuan_desk.domain.mediation.rules import BEFORE_AGREEMENT, CONFIRM, Act, Changes, Context, StepView
from qingyuan_desk.domain.problems import Problem

__all__ = [
    "ACTS",
    "CONFIRM",
    "Act",
    "Changes",
    "Context",
    "StepView",
    "changes",
    "next_simple",
    "open_steps",
    "problems",
]

#: Every step, in the order in which a case meets them.
ACTS: Mapping[str, Act] = {
    act.code: act
    for act in (
        *opening.ACTS,
        *meeting.ACTS,
        *agreeing.ACTS,
        *performing.ACTS,
        *ending.ACTS,
        *simple.ACTS,
    )
}

next_simple = simple.next_form

#: Where parties who want to try once more begin anew: a dossier is about one application, and has one number.
_AGAIN = frozenset({"ended", "withdrawn", "declined"})

#: How far a node is along the way.
_ORDER = {node.code: place for place, node in enumerate(FLOWS["mediation"].nodes)}


def open_steps(case: Case) -> tuple[StepView, ...]:
    """Every step, those that cannot be taken now too, with the reason."""
    return tuple(StepView(act.code, act.name, act.article, hindrance(case, act)) for act in ACTS.values())


def problems(case: Case, form: Form, context: Context) -> tuple[Problem, ...]:
    """What stands in the way of a form: the state of the case first, then what was filled in."""
    act = ACTS[form.step]
    reason = hindrance(case, act)
    if reason:
        return (Problem("", reason, act.article),)
    return tuple(act.check(case, form, context))


def changes(case: Case, form: Form, context: Context) -> Changes:
    """What a form without blocking problems writes."""
    return ACTS[form.step].do(case, form, context)


def hindrance(case: Case, act: Act) -> str:
    """Why a step cannot be taken with this case, whatever is filled in; "" when it can."""
    if case.state == "void":
        return "这件事项已经作废，不能再办理。"
    if case.moved and not is_closed("mediation", case.node):
        return "这件事项已经转入其他流程，不再调解。双方都愿意调解的，请在“办理”里转回调解。"
    if case.mediation is None and not act.begins:
        return "还没有登记调解申请，请先在“当事人”里登记申请。"
    if case.node not in act.nodes:
        return _closed_to(case, act)
    return act.hindrance(case)


def _closed_to(case: Case, act: Act) -> str:
    now = node_name("mediation", case.node)
    if case.node == "suspended":
        return f"调解已经中止，恢复以后才能{act.name}。"
    if act.not_yet and _ORDER[case.node] < min(_ORDER[node] for node in act.nodes):
        return f"本案“{now}”。{act.not_yet}"
    if case.node == "performing" and act.too_late:
        return f"本案“{now}”，不能再{act.name}。{act.too_late}"
    if case.node in _AGAIN and act.nodes & BEFORE_AGREEMENT:
        return f"本案“{now}”，不能再{act.name}。双方都愿意再调解的，请登记一件新的事项，重新申请。"
    return f"本案“{now}”，不能再{act.name}。"
