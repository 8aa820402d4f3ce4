"""The tracking ledger (案件跟踪台账) as a spreadsheet and as the rows of its paper: in words, with names masked and no number of any person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.matter import MATTER_STATES, ClockView
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.tracking import Tracked, words

HEADER = (
    "编号",
    "登记日期",
    "来访人",
    "事项",
    "类别",
    "流程",
    "节点",
    "状态",
    "乡镇",
    "来源",
    "主办单位",
    "期限事项",
    "法定末日",
    "顺延后末日",
    "期限情况",
    "依据",
    "来访次数",
    "人数",
    "最近来访",
    "各节点用时",
    "共用天数",
    "办结方式",
    "办结日期",
)

#: What stands on the paper, whose width is dear.
PRINTED = (
    "序号",
    "编号",
    "登记日期",
    "来访人",
    "事项",
    "流程",
    "各节点用时",
    "主办单位",
    "期限",
    "办结方式",
    "共用天数",
)


def grid(rows: Iterable[Tracked], reference: Reference, today: date, *, training: bool = False) -> Grid:
    """One line a matter, every cell text. training: the sheet says that its data is 演练."""
    name = "台账（演练数据）" if training else "台账"
    return Grid(name, HEADER, tuple(_cells(each, reference, today) for each in rows))


def printed(rows: Iterable[Tracked], reference: Reference, today: date) -> tuple[tuple[str, ...], ...]:
    """The rows of the paper, numbered."""
    return tuple(_printed(number, each, reference, today) for number, each in enumerate(rows, 1))


def _cells(tracked: Tracked, reference: Reference, today: date) -> tuple[str, ...]:
    row, clock = tracked.row, tracked.row.clock
    due = (
        (
            clock.event,
            clock.natural_end.isoformat(),
            clock.shifted_end.isoformat(),
            clock.words,
            clock.article,
        )
        if clock
        else ("",) * 5
    )
    return (
        row.number,
        row.opened_on.isoformat(),
        row.visitor,
        row.title,
        _name(reference.category(row.category), row.category),
        _name(reference.flow(row.flow), row.flow),
        row.node,
        MATTER_STATES.get(row.state, row.state),
        _name(reference.township(row.township), row.township),
        _name(reference.source(row.source), row.source),
        _name(reference.unit(row.unit), row.unit),
        *due,
        str(row.visits),
        str(row.headcount),
        row.last_visit_number,
        words(tracked.track, reference),
        str(tracked.days(today)),
        tracked.track.closing,
        tracked.track.closed_on.isoformat() if tracked.track.closed_on else "",
    )


def _printed(number: int, tracked: Tracked, reference: Reference, today: date) -> tuple[str, ...]:
    row, closed_on = tracked.row, tracked.track.closed_on
    flow = reference.flow(row.flow)
    closing = tracked.track.closing
    return (
        str(number),
        row.number,
        row.opened_on.isoformat(),
        row.visitor,
        row.title,
        flow.short if flow else row.flow,
        words(tracked.track, reference),
        _name(reference.unit(row.unit), row.unit),
        _limit(row.clock),
        f"{closing}\n{closed_on.isoformat()}" if closed_on else closing,
        str(tracked.days(today)),
    )


def _limit(clock: ClockView | None) -> str:
    """What is due, by which day, and how it stands."""
    return f"{clock.event}：{clock.words}" if clock else ""


def _name(found: object, code: str) -> str:
    return str(getattr(found, "name", code))
