"""The ledger as a spreadsheet: what the list shows, in words, with names masked and no number of any person."""

from __future__ import annotations

from collections.abc import Iterable

from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.matter import MATTER_STATES, LedgerRow
from qingyuan_desk.domain.reference import Reference

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
)


def grid(rows: Iterable[LedgerRow], reference: Reference, *, training: bool = False) -> Grid:
    """One line a matter, every cell text. training: the sheet says that its data is 演练."""
    name = "台账（演练数据）" if training else "台账"
    return Grid(name, HEADER, tuple(_cells(row, reference) for row in rows))


def _cells(row: LedgerRow, reference: Reference) -> tuple[str, ...]:
    clock = row.clock
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
    )


def _name(found: object, code: str) -> str:
    return str(getattr(found, "name", code))
