"""What is counted of petitions (信访) over a period, and what must add up.

A petition is a matter while it stands in that flow; one that goes on into mediation counts here for the time it was here.
Everything but the tables of visits is 件: a matter counts once, however often the same was done. Accusations are sealed and
in no figure, so that neither 检举控告 nor 揭发控告 is a row of the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qingyuan_desk.domain.breakdowns import (
    NOTHING,
    Breakdown,
    Counts,
    Figure,
    Rate,
    Tally,
    check,
    divide,
    tally,
)
from qingyuan_desk.domain.handling.codes import (
    CHANNELS,
    CLOSINGS,
    KINDS,
    OUTCOMES,
    PURPOSES,
    REFUSALS,
    REVIEWS,
)
from qingyuan_desk.domain.sending_figures import SendingCounts, SendingFigures, tabulate_sendings

_ARTICLE_23 = "收到之日（收到转送、交办之日）起十五日"
_ARTICLE_34 = "受理之日起六十日，经批准延期的为延长后的期限"

#: 件, 件次, 批次, 人次 of the whole.
WHOLE = (
    Figure("petitions", "信访事项", "件", "涉及事项中，本期内在信访流程办理过的"),
    Figure("petition_visits", "信访来访", "件次", "信访事项本期的来访，每来一次计一件次"),
    Figure("petition_groups", "信访集体访", "批次", "信访来访中五人及以上一起来的，一批计一批次"),
    Figure("petition_heads", "信访人数", "人次", "信访来访的人数之和，同一人来几次计几人次"),
)

#: The tables that divide them.
TABLES = (
    Figure("petition_kinds", "信访事项类别", "件", "信访事项按认定的类别分，涉密信访事项按规定另行统计"),
    Figure("petition_purposes", "信访目的", "件", "信访事项按认定的信访目的分，涉密信访事项按规定另行统计"),
    Figure("petition_channels", "信访形式", "件", "信访事项按认定的信访形式分，没有认定的为来访"),
)

#: What was done, 件.
DONE = (
    Figure("petition_forwarded", "转送", "件", "本期转送有权处理的机关、单位的信访事项，转送几次也只计一件"),
    Figure("petition_assigned", "交办", "件", "本期交办有权处理的机关、单位的信访事项，交办几次也只计一件"),
    Figure("petition_accepted", "受理", "件", "有权处理的机关、单位本期受理的信访事项，按受理日期计"),
    Figure(
        "petition_refused",
        "不予受理",
        "件",
        "本期告知不予受理的信访事项，逾期请求复查、复核不予受理的计在内，不再受理的不计",
    ),
    Figure("petition_no_more", "不再受理", "件", "本期告知不再受理（已经复核终结）的信访事项"),
    Figure("petition_guided", "诉访分离引导", "件", "本期引导到有关政法部门并告知的信访事项"),
    Figure("petition_extended", "延期办理", "件", "本期批准延期的信访事项，按批准日期计"),
    Figure("petition_answered", "作出处理意见", "件", "本期出具处理意见书的信访事项，一件有几份的按最后一份"),
    Figure("petition_review_asked", "请求复查", "件", "本期请求复查的信访事项，按请求日期计"),
    Figure("petition_reviewed", "作出复查意见", "件", "本期出具复查意见书的信访事项，一件有几份的按最后一份"),
    Figure("petition_recheck_asked", "请求复核", "件", "本期请求复核的信访事项，按请求日期计"),
    Figure(
        "petition_rechecked", "作出复核意见", "件", "本期出具复核意见书的信访事项，一件有几份的按最后一份"
    ),
    Figure("petition_withdrawn", "撤回信访", "件", "本期登记撤回的信访事项，按登记之日计"),
    Figure(
        "petition_closed",
        "办结",
        "件",
        "本期办结的信访事项，按办结日期计，办结后又重新办理（撤销办结）的不计",
    ),
)

#: What the rates rest on, 件. A limit belongs to the period its last day (moved by holidays) lies in.
RESTED_ON = (
    Figure(
        "petition_to_tell",
        "应告知",
        "件",
        f"书面告知期限（{_ARTICLE_23}）的末日（遇法定休假日的为顺延后末日）在本期内的信访事项，取消的和制表时尚未到期的不计",
    ),
    Figure("petition_told", "按期告知", "件", "应告知中，在期限内书面告知了是否受理、处理途径和程序的"),
    Figure("petition_told_late", "逾期告知", "件", "应告知中，末日以后才告知的，或者过了末日仍未告知的"),
    Figure(
        "petition_to_finish",
        "应办结",
        "件",
        f"办理期限（{_ARTICLE_34}）的末日（遇法定休假日的为顺延后末日）在本期内的信访事项，取消的和制表时尚未到期的不计",
    ),
    Figure("petition_finished", "按期办结", "件", "应办结中，在期限内出具处理意见书或者办结的"),
    Figure("petition_finished_late", "逾期办结", "件", "应办结中，末日以后才办结的，或者过了末日仍未办结的"),
    Figure("petition_rateable", "可评价", "件", "本期办结的信访事项，匿名的不计"),
    Figure(
        "petition_rated",
        "已评价",
        "件",
        "可评价中，制表时信访人已经评价接待窗口或者责任单位的，拒绝评价的不计",
    ),
    Figure(
        "petition_satisfied", "评价满意", "件", "已评价中，对各评价对象最后一次评价都是满意或者基本满意的"
    ),
    Figure("petition_unsatisfied", "评价不满意", "件", "已评价中，对任一评价对象最后一次评价是不满意的"),
)

#: 四率: key → its figure, and the keys of what is divided by what.
RATES: Mapping[str, tuple[Figure, str, str]] = {
    figure.key: (figure, part, whole)
    for figure, part, whole in (
        (
            Figure(
                "petition_told_rate",
                "及时受理率",
                "%",
                "按期告知占应告知的百分比（《信访工作条例》第二十三条）",
            ),
            "petition_told",
            "petition_to_tell",
        ),
        (
            Figure(
                "petition_finish_rate",
                "按期办结率",
                "%",
                "按期办结占应办结的百分比（《信访工作条例》第三十四条）",
            ),
            "petition_finished",
            "petition_to_finish",
        ),
        (
            Figure("petition_rated_rate", "群众参评率", "%", "已评价占可评价的百分比"),
            "petition_rated",
            "petition_rateable",
        ),
        (
            Figure("petition_satisfied_rate", "群众满意率", "%", "评价满意占已评价的百分比"),
            "petition_satisfied",
            "petition_rated",
        ),
    )
}

#: Everything here that is counted or said, in the order it is told in.
FIGURES: tuple[Figure, ...] = (
    *WHOLE,
    *TABLES,
    *DONE,
    *RESTED_ON,
    *(figure for figure, _, _ in RATES.values()),
)
_BY_KEY = {figure.key: figure for figure in FIGURES}

#: Table → its rows, and the line for what is in none of them.
_ROWS: Mapping[str, tuple[Mapping[str, str], str]] = {
    "petition_kinds": ({code: name for code, name in KINDS.items() if code != "accusation"}, "未认定"),
    "petition_purposes": ({code: name for code, name in PURPOSES.items() if code != "accuse"}, "未认定"),
    "petition_channels": (CHANNELS, "未认定"),
}
#: Figure of DONE that is divided → its rows: grounds, outcomes, ways of closing.
DIVIDED: Mapping[str, Mapping[str, str]] = {
    "petition_refused": {code: ground.name for code, ground in REFUSALS.items()},
    "petition_answered": OUTCOMES,
    "petition_reviewed": REVIEWS,
    "petition_rechecked": REVIEWS,
    "petition_closed": CLOSINGS,
}


@dataclass(frozen=True)
class PetitionCell:
    """Visits of petitions that are alike in kind, purpose, and channel."""

    kind: str
    purpose: str
    channel: str
    counts: Counts


@dataclass(frozen=True)
class PetitionCounted:
    """What was counted. counts: key of DONE or RESTED_ON → 件. divided: key of DIVIDED → code → 件.

    `whole` is counted apart from `cells`, `counts` apart from `divided`, so that one can be checked by the other.
    sendings: unit → those 转送 and 交办 that were sent to it.
    """

    whole: Counts = NOTHING
    cells: tuple[PetitionCell, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    divided: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sendings: Mapping[str, SendingCounts] = field(default_factory=dict)


@dataclass(frozen=True)
class PetitionFigures:
    """The figures of petitions. Ones that do not add up cannot be made.

    whole: 件, 件次, 批次, 人次. tables: those of TABLES. cells: what they are made of, for tables of two sides.
    counts: every key of DONE and RESTED_ON. tallies: those of DIVIDED. sendings: 转送 and 交办 by unit.
    Raises Unavailable QY-140 with the table's name and the two numbers.
    """

    whole: Counts
    cells: tuple[PetitionCell, ...]
    tables: Mapping[str, Breakdown]
    counts: Mapping[str, int]
    tallies: Mapping[str, Tally]
    sendings: SendingFigures

    def __post_init__(self) -> None:
        check(self.tables.values())
        check(self.tallies.values())

    def rate(self, key: str) -> Rate:
        """A rate of RATES with what it rests on."""
        _, part, whole = RATES[key]
        return Rate(self.counts[part], self.counts[whole])


def tabulate_petitions(counted: PetitionCounted, units: Mapping[str, str]) -> PetitionFigures:
    """The figures of a period's petitions. units: code → name, in the office's order."""
    codes = {"petition_kinds": "kind", "petition_purposes": "purpose", "petition_channels": "channel"}
    tables = [
        divide(
            figure.key,
            figure.name,
            _ROWS[figure.key][0],
            [(getattr(cell, codes[figure.key]), cell.counts) for cell in counted.cells],
            counted.whole,
            _ROWS[figure.key][1],
        )
        for figure in TABLES
    ]
    counts = {figure.key: counted.counts.get(figure.key, 0) for figure in (*DONE, *RESTED_ON)}
    tallies = {
        key: tally(_BY_KEY[key], rows, counted.divided.get(key, {}), counts[key])
        for key, rows in DIVIDED.items()
    }
    return PetitionFigures(
        whole=counted.whole,
        cells=counted.cells,
        tables={table.key: table for table in tables},
        counts=counts,
        tallies=tallies,
        sendings=tabulate_sendings("petition_sending", counted.sendings, units),
    )
