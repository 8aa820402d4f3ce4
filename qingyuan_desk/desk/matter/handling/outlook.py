"""What a step would do, said before it is taken: where the matter goes, what begins to run and until when, what ends."""

from __future__ import annotations

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.checks import day
from qingyuan_desk.domain.flows import FLOWS, node_name
from qingyuan_desk.domain.handling.acts import changes
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import Form
from qingyuan_desk.domain.handling.rules import Changes, Context, Start


def outlook(case: Handled, form: Form, context: Context) -> str:
    """In sentences; of a form nothing stands in the way of."""
    coming = changes(case, form, context)
    said = [_where(case, coming)]
    begun = [_begun(start, context) for start in coming.start]
    ended = dict.fromkeys(_named(stop.rule, context) for stop in coming.stop if case.clock(stop.rule))
    said.append("开始计算：" + "；".join(filter(None, begun)) if any(begun) else "")
    said.append("不再计算：" + "、".join(ended) if ended else "")
    return "　".join(filter(None, said))


def _where(case: Handled, coming: Changes) -> str:
    if coming.move is not None:
        flow = FLOWS[coming.move.flow]
        return f"办理后转到“{flow.node_name(coming.node or flow.first)}”。"
    return f"办理后到“{node_name(case.flow, coming.node)}”。" if coming.node else ""


def _begun(start: Start, context: Context) -> str:
    rule = context.reference.clock(start.rule)
    if rule is None:
        return ""
    begun, until, calendar = start.day, start.until, context.calendar
    due = clocks.ending(rule, begun, until, calendar) if until else clocks.due(rule, begun, calendar)
    moved = f"顺延至{day(due.shifted_end)}" if due.shifted_end != due.natural_end else ""
    notes = "，".join(filter(None, (moved, "节假日未公布，暂定" if due.provisional else "")))
    return f"{rule.event}，到{day(due.natural_end)}" + (f"（{notes}）" if notes else "")


def _named(rule: str, context: Context) -> str:
    found = context.reference.clock(rule)
    return found.event if found else rule
