"""Limits, waits, mediators, what moved, and where disputes gather, as the paper of a period says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qingyuan_desk.domain import movements
from qingyuan_desk.domain.case_figures import percent
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.handling.evaluation import WHOLE, Duration, Lasting
from qingyuan_desk.domain.movements import DIMENSIONS, MEASURES, Driver, Drivers, HotSpots
from qingyuan_desk.domain.papers import ReportTable
from qingyuan_desk.domain.work_figures import WAITS, Elder, Missed, Wait

_NONE = "—"
#: How many of a dimension's lines the sentence names, and the table shows.
_NAMED, _SHOWN = 2, 5
#: Limits missed of which the table shows each; the others are counted.
_MISSED = 60


# --- sentences ---------------------------------------------------------------------------------------------------


def driven(drivers: Drivers, than: str) -> str:
    """What a change rests on: 接待来访比上月增加5件次，增加较多的：乡镇是冉庄镇（增加3件次）. than: 上月."""
    name, unit = MEASURES[drivers.measure]
    if not drivers.change:
        return f"{name}与{than}持平"
    more = drivers.change > 0
    word = "增加" if more else "减少"
    said = []
    for dimension, (title, _) in DIMENSIONS.items():
        lines = [line for line in drivers.of(dimension) if line.change and (line.change > 0) == more][:_NAMED]
        if lines:
            named = "、".join(f"{line.name}{word}{abs(line.change)}{unit}" for line in lines)
            said.append(f"按{title}看，{named}")
    return f"{name}比{than}{word}{abs(drivers.change)}{unit}。{'；'.join(said)}"


def gathered(hot: HotSpots) -> str:
    """Where disputes gather, or that they do nowhere, or that it cannot be told."""
    if not hot.known:
        return "上期尚无登记数据，不判断热点"
    if not hot.spots:
        return "没有达到热点标准的乡镇和纠纷类型"
    named = "、".join(
        f"{spot.township_name}{spot.type_name}（新登记{spot.now}件，上期{spot.before}件）"
        for spot in hot.spots
    )
    return f"达到热点标准的有{len(hot.spots)}处：{named}"


def missing(missed: Sequence[Missed], this: str) -> str:
    """How many limits were missed, and how many of them still are."""
    if not missed:
        return f"{this}没有逾期的法定期限"
    late = sum(each.done_on is None for each in missed)
    worst = max(each.days_late for each in missed)
    still = f"，其中{late}项制表时仍未完成" if late and late < len(missed) else ""
    still = "，制表时均未完成" if late == len(missed) else still
    still = still or "，均已补办"
    return f"{this}逾期的法定期限{len(missed)}项{still}，逾期最长的{worst}天"


# --- tables ------------------------------------------------------------------------------------------------------


def waits_table(waits: Iterable[Wait]) -> ReportTable:
    """How long people waited."""
    return ReportTable(
        title="等候时间",
        unit="见各行",
        header=("环节", "单位", "件次", "中位数", "最长"),
        rows=tuple(
            (
                WAITS[each.key].name,
                WAITS[each.key].unit,
                str(each.count),
                _said(each.median),
                _said(each.longest),
            )
            for each in waits
        ),
        note="；".join(f"{figure.name}：{figure.definition}" for figure in WAITS.values()) + "。",
    )


def durations_table(durations: Iterable[Duration], flows: Mapping[str, str]) -> Iterable[ReportTable]:
    """How long nodes took, of everybody; nothing where nothing ended."""
    lines = [each for each in durations if not each.unit and each.now]
    if lines:
        yield ReportTable(
            title="各环节用时",
            unit="天",
            header=("流程", "环节", "件数", "中位数", "最长", "与上期比"),
            rows=tuple(
                (
                    flows.get(each.flow, each.flow),
                    "登记到办结" if each.node == WHOLE else node_name(each.flow, each.node),
                    *_lasting(each.now),
                    each.change or _NONE,
                )
                for each in lines
                if each.now
            ),
            note="本期内走完该环节的事项，从进入到离开的天数；中位数为居中的那一件。",
        )


def elders_table(elders: Sequence[Elder]) -> Iterable[ReportTable]:
    """The work of mediators; nothing where nobody did any."""
    if elders:
        yield ReportTable(
            title="乡贤调解员工作情况",
            unit="件、次、元",
            header=("调解员", "受理", "成功", "不成", "场次", "呼叫", "到场", "满意率%", "补贴件", "补贴元"),
            rows=tuple(
                (
                    each.name,
                    *(
                        str(getattr(each.counts, key))
                        for key in ("accepted", "settled", "failed", "sessions", "callouts", "came")
                    ),
                    percent(each.counts.satisfaction_rate),
                    str(each.counts.subsidised),
                    f"{each.counts.subsidy / 100:,.2f}",
                )
                for each in elders
            ),
            note="几人共同调解的案件各计一件，各行不相加。",
        )


def drivers_tables(drivers: Iterable[tuple[Drivers, str]]) -> Iterable[ReportTable]:
    """What moved a measure, dimension by dimension: the lines that weigh most. Each with what it is compared with."""
    for each, than in drivers:
        name, unit = MEASURES[each.measure]
        rows = [
            (
                DIMENSIONS[key][0],
                line.name,
                str(line.now),
                str(line.then),
                f"{line.change:+d}",
                _share(each, line),
            )
            for key in DIMENSIONS
            for line in each.of(key)[:_SHOWN]
        ]
        if rows:
            yield ReportTable(
                title=f"{name}比{than}的升降",
                unit=unit,
                header=("分法", "项目", "本期", than, "增减", "拉动"),
                rows=tuple(rows),
                note=f"{movements.DRIVERS_RULE}每种分法至多列{_SHOWN}项。拉动：该项增减占{than}总数的百分比。",
            )


def hot_table(hot: HotSpots) -> Iterable[ReportTable]:
    """The hot spots with the rule they are told by; nothing where there are none."""
    if hot.spots:
        yield ReportTable(
            title="纠纷热点",
            unit="件",
            header=("乡镇", "纠纷类型", "本期新登记", "上期新登记"),
            rows=tuple(
                (spot.township_name, spot.type_name, str(spot.now), str(spot.before)) for spot in hot.spots
            ),
            note=hot.rule.words,
        )


def missed_table(missed: Sequence[Missed], units: Mapping[str, str], office: str) -> Iterable[ReportTable]:
    """Every limit that was missed, by number, with its reason where one was noted; nothing where none was."""
    if missed:
        more = len(missed) - _MISSED
        rest = f"逾期天数较少的{more}项没有列出，见电子台账。" if more > 0 else ""
        yield ReportTable(
            title="逾期的法定期限",
            unit="天",
            header=("编号", "期限", "责任单位", "末日", "完成日", "逾期", "原因"),
            rows=tuple(
                (
                    each.number,
                    each.event,
                    units.get(each.unit, each.unit) or office,
                    f"{each.last_day.month}月{each.last_day.day}日",
                    _done(each),
                    str(each.days_late),
                    each.reason or "未填写",
                )
                for each in missed[:_MISSED]
            ),
            note=f"末日遇法定休假日的为顺延后末日；未完成的，逾期天数算到制表之日。{rest}",
        )


def _done(missed: Missed) -> str:
    """When a limit was met after all, with the year where that is another one."""
    if missed.done_on is None:
        return "未完成"
    year = f"{missed.done_on.year}年" if missed.done_on.year != missed.last_day.year else ""
    return f"{year}{missed.done_on.month}月{missed.done_on.day}日"


def _said(value: float | None) -> str:
    return _NONE if value is None else f"{round(value, 1):g}"


def _lasting(lasting: Lasting) -> tuple[str, ...]:
    return str(lasting.count), _said(lasting.median), _said(lasting.longest)


def _share(drivers: Drivers, line: Driver) -> str:
    share = drivers.share(line)
    return _NONE if share is None else f"{100 * share:+.1f}%"
