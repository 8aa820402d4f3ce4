"""用时, 考核评价, 满意度 as spreadsheets: the figures with what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.handling.evaluation import (
    RATED_OBJECTS,
    WHOLE,
    Duration,
    Lasting,
    Satisfaction,
    Standing,
    percent,
)

Names = Mapping[str, str]

DURATION_HEADER = (
    "流程",
    "环节",
    "单位",
    "本期件数",
    "本期中位天数",
    "本期最长天数",
    "对比期件数",
    "对比期中位天数",
    "变化",
)
STANDING_HEADER = (
    "名次",
    "单位",
    "得分",
    "收件",
    "其中联动响应",
    "已答复",
    "答复中位天数",
    "到期期限",
    "按时",
    "按时率",
    "异议",
    "催办",
    "黄牌",
    "红牌",
    "扣分",
    "乡镇评价数",
    "乡镇满意率",
    "群众评价数",
    "群众满意率",
    "说明",
)
SATISFACTION_HEADER = (
    "评价对象",
    "单位",
    "满意",
    "基本满意",
    "不满意",
    "评价数",
    "满意率",
    "拒绝评价（另计）",
)


def durations_grid(lines: Sequence[Duration], flows: Names, units: Names) -> Grid:
    """Nodes with their medians in two periods."""
    return Grid("用时", DURATION_HEADER, tuple(_duration(line, flows, units) for line in lines))


def node_words(line: Duration) -> str:
    """The node's name, or the whole way."""
    return "全程（登记到办结）" if line.node == WHOLE else node_name(line.flow, line.node)


def _duration(line: Duration, flows: Names, units: Names) -> tuple[str, ...]:
    return (
        flows.get(line.flow, line.flow),
        node_words(line),
        units.get(line.unit, line.unit) or "全部",
        *_lasting(line.now),
        f"{line.now.longest:.1f}" if line.now else "",
        *_lasting(line.before),
        line.change,
    )


def _lasting(lasting: Lasting | None) -> tuple[str, str]:
    return (str(lasting.count), f"{lasting.median:.1f}") if lasting else ("0", "")


def standings_grid(lines: Sequence[Standing], units: Names) -> Grid:
    """Units with their places and the counts these rest on."""
    return Grid("单位考核评价", STANDING_HEADER, tuple(_standing(line, units) for line in lines))


def _standing(line: Standing, units: Names) -> tuple[str, ...]:
    facts = line.facts
    days = line.response_days
    return (
        str(line.rank) if line.rank else "",
        units.get(facts.unit, facts.unit),
        str(line.score),
        str(len(facts.sent)),
        str(line.supports),
        str(line.answered),
        "" if days is None else f"{days:g}",
        str(facts.due),
        str(facts.on_time),
        percent(line.on_time_rate),
        str(line.objections),
        *(str(facts.urges.get(kind, 0)) for kind in ("remind", "yellow", "red")),
        str(facts.points),
        str(facts.township.given),
        percent(facts.township.share),
        str(facts.visitors.given),
        percent(facts.visitors.share),
        line.note,
    )


def satisfactions_grid(lines: Sequence[Satisfaction], units: Names) -> Grid:
    """What visitors say, refusals apart."""
    rows = []
    for line in lines:
        votes = line.votes
        counts = (votes.satisfied, votes.rather, votes.unsatisfied, votes.given)
        rows.append(
            (
                RATED_OBJECTS[line.rated],
                units.get(line.unit, line.unit) or "合计",
                *map(str, counts),
                percent(votes.share),
                str(votes.refused),
            )
        )
    return Grid("群众满意度", SATISFACTION_HEADER, tuple(rows))
