"""The quarterly declaration (以案定补申报表) as tables: the same rows on paper and in a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.mediation.codes import DIFFICULTIES
from qingyuan_desk.domain.papers import Letterhead
from qingyuan_desk.domain.roster.mediators import LEVELS
from qingyuan_desk.domain.roster.subsidy import STATES, Line, QuarterSheet

TOTAL = "合计"
LINE_HEADER = (
    "序号",
    "卷宗号",
    "纠纷",
    "纠纷类型",
    "调解员（分配额）",
    "形式和结果",
    "难易",
    "归档或办结",
    "补贴标准",
    "金额（元）",
    "状态",
)
MEDIATOR_HEADER = ("序号", "编号", "调解员", "等级", "件数", "金额（元）", "领取人签名")
LEFT_OUT_HEADER = ("序号", "卷宗号", "纠纷", "调解员", "没有列入的原因")


@dataclass(frozen=True)
class SubsidyFacts:
    """What the declaration says. types: dispute type → its name. made_by: who prints it."""

    office: Letterhead
    sheet: QuarterSheet
    types: Mapping[str, str]
    made_by: str
    printed_at: datetime


def line_rows(facts: SubsidyFacts) -> list[tuple[str, ...]]:
    """A row a dispute, and the total."""
    rows = [_row(facts, place, line) for place, line in enumerate(facts.sheet.lines, start=1)]
    blanks = ("",) * (len(LINE_HEADER) - 4)
    return [*rows, (TOTAL, f"{len(rows)}件", *blanks, yuan(facts.sheet.total), "")]


def mediator_rows(facts: SubsidyFacts) -> list[tuple[str, ...]]:
    """A row a mediator, and the total; a dispute several share counts for each of them."""
    found = facts.sheet.by_mediator
    rows = [
        (str(place), each.mediator, each.name, _level(each.level), str(each.disputes), yuan(each.amount), "")
        for place, each in enumerate(found, start=1)
    ]
    return [*rows, (TOTAL, "", f"{len(rows)}人", "", "", yuan(sum(each.amount for each in found)), "")]


def left_out_rows(facts: SubsidyFacts) -> list[tuple[str, ...]]:
    """A row a dispute that is not paid for, with the reason."""
    return [
        (
            str(place),
            line.dispute.number or "—",
            line.dispute.title,
            "、".join(helper.name for helper in line.dispute.mediators) or "—",
            line.told,
        )
        for place, line in enumerate(facts.sheet.left_out, start=1)
    ]


def grids(facts: SubsidyFacts) -> list[Grid]:
    """The declaration as sheets of a workbook."""
    made = [
        Grid("申报明细", LINE_HEADER, tuple(line_rows(facts))),
        Grid("按调解员", MEDIATOR_HEADER, tuple(mediator_rows(facts))),
    ]
    if facts.sheet.left_out:
        made.append(Grid("未列入", LEFT_OUT_HEADER, tuple(left_out_rows(facts))))
    return made


def yuan(fen: int) -> str:
    """A sum as a table writes it: 100.00, 33.34."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def _row(facts: SubsidyFacts, place: int, line: Line) -> tuple[str, ...]:
    dispute = line.dispute
    shared = len(line.shares) > 1
    who = "、".join(share.name + (f" {yuan(share.amount)}" if shared else "") for share in line.shares)
    return (
        str(place),
        dispute.number,
        dispute.title,
        facts.types.get(dispute.dispute_type, ""),
        who,
        dispute.outcome,
        DIFFICULTIES.get(dispute.difficulty, ""),
        dispute.day.isoformat(),
        line.rate_name,
        yuan(line.amount),
        STATES[line.state],
    )


def _level(code: str) -> str:
    return LEVELS.get(code, "未评")
