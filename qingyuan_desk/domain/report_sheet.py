"""A period's tables and the matters behind its numbers as spreadsheets: text cells, nobody's name unless it was asked for with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qingyuan_desk.domain.figures import FIGURES
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.matter import MATTER_STATES
from qingyuan_desk.domain.monthly import MonthlyFacts, OfficialFacts
from qingyuan_desk.domain.papers import ReportTable
from qingyuan_desk.domain.reference import Reference

_BEFORE = ("编号", "登记日期")
_NAMED = ("来访人", "事项")
_AFTER = (
    "类别",
    "纠纷类型",
    "来源",
    "乡镇",
    "流程",
    "节点",
    "状态",
    "主办单位",
    "来访次数",
    "人数",
    "计入的指标",
)


@dataclass(frozen=True)
class Listed:
    """A matter behind a period's numbers. figures: keys of those that count it."""

    number: str
    opened_on: date
    visitor: str
    title: str
    category: str
    dispute_type: str
    source: str
    township: str
    flow: str
    node: str
    state: str
    unit: str
    visits: int
    headcount: int
    figures: tuple[str, ...]


def grids(facts: MonthlyFacts, lists: Sequence[Grid]) -> list[Grid]:
    """Every table of a paper, a sheet each, then the lists; the first sheet says what the tables are and count."""
    tables = [
        *(table for section in facts.sections for table in section.tables),
        *facts.annexes,
    ]
    official = [each for each in facts.official if not each.faults]
    told = Grid(
        "说明",
        ("表", "单位", "说明"),
        (
            (facts.title, "", "演练数据，不是真实数据。" if facts.training else ""),
            ("单位名称", "", facts.office),
            ("统计期间", "", facts.period),
            ("制表时间", "", f"{facts.printed_at:%Y-%m-%d %H:%M}"),
            ("统计数字校验码（SHA-256）", "", facts.digest),
            *((table.title, table.unit, table.note) for table in tables),
            *((each.title, "见各栏", "；".join(each.notes)) for each in official),
            *(
                (each.title, "", f"对不上，没有导出：{'；'.join(each.faults)}")
                for each in facts.official
                if each.faults
            ),
            *((each.name, "件", "；".join(each.told)) for each in lists),
        ),
    )
    return [told, *map(_table, tables), *map(_official, official), *lists]


def matters(rows: Iterable[Listed], reference: Reference, *, named: bool) -> Grid:
    """The matters behind the numbers. named: with who came and what it is about."""
    header = (*_BEFORE, *(_NAMED if named else ()), *_AFTER)
    said = "含来访人姓名，请妥善保管" if named else "已去标识化：不含姓名、事由、证件和电话"
    told = (f"{said}；密件不列；“计入的指标”是本期把这件事项计算在内的各项数字",)
    return Grid("事项清单", header, tuple(_cells(row, reference, named) for row in rows), told=told)


def _cells(row: Listed, reference: Reference, named: bool) -> tuple[str, ...]:
    return (
        row.number,
        row.opened_on.isoformat(),
        *((row.visitor, row.title) if named else ()),
        _name(reference.category(row.category), row.category),
        _name(reference.dispute_type(row.dispute_type), row.dispute_type),
        _name(reference.source(row.source), row.source),
        _name(reference.township(row.township), row.township),
        _name(reference.flow(row.flow), row.flow),
        row.node,
        MATTER_STATES.get(row.state, row.state),
        _name(reference.unit(row.unit), row.unit),
        str(row.visits),
        str(row.headcount),
        "、".join(_figure_names(row.figures)),
    )


def _figure_names(keys: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(FIGURES[key].name for key in keys if key in FIGURES)


def _table(table: ReportTable) -> Grid:
    return Grid(table.title, table.header, table.rows)


def _official(table: OfficialFacts) -> Grid:
    """A head of one row: the group stands before the column's own name."""
    names = [f"{column.group}（{column.name}）" if column.group else column.name for column in table.columns]
    width = len(table.total)
    header = ("类型", *names) if len(names) < width else tuple(names)
    return Grid(table.title, header, (*table.rows, table.total))


def _name(row: object, code: str) -> str:
    return str(getattr(row, "name", code))
