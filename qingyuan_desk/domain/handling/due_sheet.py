"""今日必办 and 催办督办 as paper and spreadsheet say them: the lines in words, names masked, sealed matters left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.handling.codes import URGES
from qingyuan_desk.domain.handling.due import KINDS, STATES, DueDay, DueLine
from qingyuan_desk.domain.handling.records import Urge

LINE_HEADER = (
    "状态",
    "种类",
    "编号",
    "来访人",
    "事项",
    "流程",
    "节点",
    "要办什么",
    "谁来办",
    "法定末日",
    "顺延后末日",
    "暂定",
    "期限情况",
    "依据",
    "备注",
)
QUIET_HEADER = ("编号", "来访人", "事项", "流程", "节点", "单位", "最后更新", "天数")
GROUP_HEADER = ("流程", "单位", "件数", "最早的最后更新")
URGE_HEADER = (
    "文号",
    "种类",
    "事项编号",
    "事项",
    "承办单位",
    "发出日期",
    "事由",
    "要求",
    "扣分",
    "回复期限",
    "回复日期",
    "回复情况",
    "取消日期",
    "取消理由",
)


@dataclass(frozen=True)
class TodayFacts:
    """A day with the names that its codes stand for."""

    office: str
    day: DueDay
    units: Mapping[str, str]
    flows: Mapping[str, str]
    made_by: str
    printed_at: datetime
    training: bool = False


def unsealed(day: DueDay) -> DueDay:
    """The day without sealed matters (检举控告): what leaves the screen."""
    return replace(
        day,
        lines=tuple(line for line in day.lines if not line.sealed),
        quiet=tuple(line for line in day.quiet if not line.sealed),
    )


def task(line: DueLine) -> str:
    """What must be done, with the hour or the number it is about."""
    return f"{line.note} {line.what}" if line.note else line.what


def grids(facts: TodayFacts) -> list[Grid]:
    """The day as sheets: what is due, the groups of quiet matters, the quiet matters."""
    day, mark = facts.day, "（演练数据）" if facts.training else ""
    return [
        Grid(f"到期事项{mark}", LINE_HEADER, tuple(_cells(line, facts) for line in day.lines)),
        Grid(
            f"无更新汇总{mark}",
            GROUP_HEADER,
            tuple(
                (
                    facts.flows.get(group.flow, group.flow),
                    facts.units.get(group.unit, group.unit),
                    str(group.count),
                    group.oldest.isoformat(),
                )
                for group in day.groups
            ),
        ),
        Grid(
            f"无更新事项{mark}",
            QUIET_HEADER,
            tuple(
                (
                    line.number,
                    line.visitor,
                    line.title,
                    facts.flows.get(line.flow, line.flow),
                    node_name(line.flow, line.node),
                    facts.units.get(line.unit, line.unit),
                    line.last.isoformat(),
                    str(line.days),
                )
                for line in day.quiet
            ),
        ),
    ]


def _cells(line: DueLine, facts: TodayFacts) -> tuple[str, ...]:
    return (
        STATES[line.state],
        KINDS[line.kind],
        line.number,
        line.visitor,
        line.title,
        facts.flows.get(line.flow, line.flow),
        node_name(line.flow, line.node),
        line.what,
        line.who,
        line.due.natural_end.isoformat(),
        line.due.shifted_end.isoformat(),
        "暂定" if line.due.provisional else "",
        line.words,
        line.due.article,
        line.note,
    )


def urges_grid(lines: Iterable[tuple[str, str, str, Urge]], *, training: bool) -> Grid:
    """Urges with the number and title of their matter and the unit's name."""
    name = "催办督办（演练数据）" if training else "催办督办"
    return Grid(name, URGE_HEADER, tuple(_urge(*line) for line in lines))


def _urge(number: str, title: str, unit: str, urge: Urge) -> tuple[str, ...]:
    return (
        urge.number,
        URGES[urge.kind],
        number,
        title,
        unit,
        urge.sent_on.isoformat(),
        urge.cause,
        urge.requirement,
        str(urge.points),
        _day(urge.reply_by),
        _day(urge.replied_on),
        urge.reply,
        _day(urge.cancelled_on),
        urge.cancelled_why,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
