"""The lists behind a period's paper (附件): which matters by number, type, and node, and nothing about who they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.papers import ReportTable
from qingyuan_desk.domain.reference import Reference

#: A list has no more lines than this; the ledger has the others.
MOST = 60


@dataclass(frozen=True)
class List:
    """A list of the matters behind a figure, or where there is none, of those opened by the end of the period.

    note: which matters stand in it. flow, state: codes; "" for any.
    """

    title: str
    figure: str
    note: str
    flow: str = ""
    state: str = ""


LISTS = (
    List("有逾期期限的事项", "overdue", "本期有法定期限逾期的事项，逾期了几项也只列一次。"),
    List(
        "尚在办理的信访事项",
        "",
        "本期末以前登记、制表时没有办结的信访事项。",
        flow="petition",
        state="open",
    ),
    List("集体访事项", "groups", "本期有五人及以上一起来访的事项。"),
    List("调解不成的纠纷", "failed", "本期终止、没有达成协议的纠纷。"),
)


@dataclass(frozen=True)
class Line:
    """A matter as these lists show it; codes of category, type of dispute ("" for none), flow, and node."""

    number: str
    category: str
    dispute_type: str
    flow: str
    node: str


def table(wanted: List, lines: Iterable[Line], count: int, reference: Reference) -> ReportTable:
    """The list as a table. count: how many matters there are, with those that are not among the lines."""
    categories = {each.code: each.name for each in reference.categories}
    types = {each.code: each.name for each in reference.dispute_types}
    flows = {each.code: each.name for each in reference.flows}
    rows = tuple(
        (
            line.number,
            types.get(line.dispute_type) or categories.get(line.category, line.category),
            flows.get(line.flow, line.flow),
            node_name(line.flow, line.node),
        )
        for line in lines
    )
    more = count - len(rows)
    rest = f"只列最近登记的{len(rows)}件，另有{more}件没有列出，见电子台账。" if more > 0 else ""
    return ReportTable(
        title=f"{wanted.title}（{count}件）",
        unit="件",
        header=("编号", "类别或者类型", "流程", "制表时环节"),
        rows=rows,
        note=f"{wanted.note}{rest}",
    )
