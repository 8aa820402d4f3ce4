"""What can be done with a matter now, what stands in the way, and what doing it changes: pure functions over Handled and Form.

services/handling.py reads the matter, asks `problems`, and writes `changes` in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qingyuan_desk.domain.checks import StepView
from qingyuan_desk.domain.clocks import RIGHTS
from qingyuan_desk.domain.flows import is_closed, node_name
from qingyuan_desk.domain.handling import (
    accepting,
    answering,
    consulting,
    ending,
    guarding,
    pressing,
    responding,
    sending,
)
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import Form
from qingyuan_desk.domain.handling.records import Sending
from qingyuan_desk.domain.handling.responding import given_back
from qingyuan_desk.domain.handling.rules import Act, Changes, Context, every_clock
from qingyuan_desk.domain.problems import Problem

#: Every step, in the order in which a matter meets them.
ACTS: Mapping[str, Act] = {
    act.code: act
    for act in (
        *accepting.ACTS,
        *sending.ACTS,
        *responding.ACTS,
        *answering.ACTS,
        *consulting.ACTS,
        *ending.ACTS,
        *guarding.ACTS,
        *pressing.ACTS,
    )
}


def open_steps(case: Handled) -> tuple[StepView, ...]:
    """Every step of the matter's flow, those that cannot be taken now too, with the reason."""
    return tuple(
        StepView(act.code, act.name, act.article, hindrance(case, act))
        for act in ACTS.values()
        if case.flow in act.flows
    )


def problems(case: Handled, form: Form, context: Context) -> tuple[Problem, ...]:
    """What stands in the way of a form: where the matter stands first, then what was filled in."""
    act = ACTS[form.step]
    reason = hindrance(case, act)
    if reason:
        return (Problem("", reason, act.article),)
    return tuple(act.check(case, form, context))


def changes(case: Handled, form: Form, context: Context) -> Changes:
    """What a form without blocking problems writes. When the matter is over, nothing stays due and nothing with a unit."""
    written = ACTS[form.step].do(case, form, context)
    flow = written.move.flow if written.move else case.flow
    return _over(case, written, context) if is_closed(flow, written.node) else written


def _over(case: Handled, written: Changes, context: Context) -> Changes:
    stopped = {stop.rule for stop in written.stop}
    # Closed is not the petitioner's last word: the right to ask for a review runs on.
    stopped |= RIGHTS if written.node == "closed" else frozenset()
    touched = {record.record_id for record in written.put if isinstance(record, Sending)}
    return replace(
        written,
        stop=(
            *written.stop,
            *(stop for stop in every_clock(case, context.today) if stop.rule not in stopped),
        ),
        put=(
            *written.put,
            *(each for each in given_back(case, context.today) if each.record_id not in touched),
        ),
    )


def hindrance(case: Handled, act: Act) -> str:
    """Why a step cannot be taken with this matter, whatever is filled in; "" when it can."""
    if case.state == "void":
        return "这件事项已经作废，不能再办理。"
    if case.flow not in act.flows:
        return f"这件事项的流程不能{act.name}。要换流程的，请用“转入其他流程”。"
    if case.sealed and not act.sealed:
        return "检举控告是密件，只能移送纪检监察机关，不能透露或者转给其他单位（《信访工作条例》第三十条）。"
    if not _is_open(case, act):
        now = node_name(case.flow, case.node)
        return f"本件“{now}”，现在不能{act.name}。{act.first}"
    return act.hindrance(case)


def _is_open(case: Handled, act: Act) -> bool:
    if act.nodes:
        return case.node in act.nodes
    return act.over or not is_closed(case.flow, case.node)
