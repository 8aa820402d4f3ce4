"""The tables of mediators, of limits, of what moved the numbers, and the official ones."""

from __future__ import annotations

from qingyuan_desk.desk.reports.sheet import Behind, Cell, Sheet, number, part, row, share
from qingyuan_desk.domain.case_figures import wan
from qingyuan_desk.domain.figures import Figures
from qingyuan_desk.domain.flows import FLOWS
from qingyuan_desk.domain.handling.evaluation import WHOLE, days_in_words
from qingyuan_desk.domain.matter import OFFICIAL_COUNTED, WORK_COUNTED
from qingyuan_desk.domain.movements import DIMENSIONS, DRIVERS_RULE, MEASURES
from qingyuan_desk.domain.official import COLUMNS, PREVENTION_COLUMNS, OfficialTable
from qingyuan_desk.domain.work_figures import ELDERS, WAITS

#: So many of the lines that moved a number most are shown of each dimension.
_MOVED = 3


def movements(figures: Figures) -> tuple[Sheet, ...]:
    """升降原因 and 热点."""
    against = [
        row(
            f"{MEASURES[each.measure][0]}比{each.against.name}",
            (
                Cell(DIMENSIONS[line.dimension][0]),
                Cell(line.name),
                Cell(f"{line.then:,}"),
                Cell(f"{line.now:,}"),
                Cell(f"{line.change:+,}"),
            ),
        )
        for each in figures.drivers
        for dimension in DIMENSIONS
        for line in each.of(dimension)[:_MOVED]
    ]
    spots = [
        row(spot.township_name, (Cell(spot.type_name), Cell(f"{spot.before:,}"), Cell(f"{spot.now:,}")))
        for spot in figures.hot.spots
    ]
    return (
        Sheet(
            "drivers",
            "升降出在哪里",
            ("比较", "分项", "名称", "对比期", "本期", "增减"),
            tuple(against),
            note=DRIVERS_RULE,
            empty="没有可以比较的时段，或者没有增减",
            wide=True,
            words=frozenset({1, 2}),
        ),
        Sheet(
            "hot",
            "热点",
            ("乡镇", "纠纷类型", "上期", "本期"),
            tuple(spots),
            note=figures.hot.rule.words,
            empty="没有热点" if figures.hot.known else "上期没有登记数据，不列热点",
            wide=True,
            words=frozenset({1}),
        ),
    )


def elders(figures: Figures) -> tuple[Sheet, ...]:
    """乡贤: what each mediator did."""
    rows = [
        row(
            elder.name,
            (
                *(
                    _elder_cell(f"elder_{key}", count, elder.code)
                    for key, count in vars(elder.counts).items()
                ),
                Cell(share(elder.counts.satisfied, elder.counts.rated)),
            ),
        )
        for elder in figures.elders
    ]
    heads = ("调解员", *(f"{each.name}（{each.unit}）" for each in ELDERS.values()), "满意率")
    note = "几人共同调解的案件各计一件，各行相加会多于案件数。"
    return (Sheet("elders", "乡贤调解员工作情况", heads, tuple(rows), note=note, wide=True),)


def limits(figures: Figures) -> tuple[Sheet, ...]:
    """期限: what was missed, how long people waited, how long nodes took."""
    clocks = figures.clocks
    names = {line.code: line.name for line in figures.flows.lines}
    ended = (("应完成", clocks.due), ("按期完成", clocks.on_time), ("尚未到期", clocks.running))
    return (
        Sheet(
            "clocks",
            "法定期限",
            ("期限", "项"),
            (
                *(row(name, [Cell(f"{count:,}")]) for name, count in ended),
                row("逾期", [number(clocks.overdue, Behind("overdue"), alarming=True)]),
            ),
        ),
        Sheet(
            "waits",
            "等候时间",
            ("等候", "件数", "中位数", "最长"),
            tuple(
                row(
                    WAITS[wait.key].name,
                    (
                        Cell(f"{wait.count:,}"),
                        *(_long(each, wait.key) for each in (wait.median, wait.longest)),
                    ),
                )
                for wait in figures.waits
            ),
        ),
        Sheet(
            "missed",
            "逾期的期限",
            ("文号", "期限", "末日", "完成日", "逾期天数", "条文", "备注原因"),
            tuple(
                (
                    Cell(each.number, Behind(number=each.number)),
                    Cell(each.event),
                    Cell(each.last_day.isoformat()),
                    Cell(
                        each.done_on.isoformat() if each.done_on else "未完成",
                        tone="" if each.done_on else "red",
                    ),
                    Cell(f"{each.days_late:,}"),
                    Cell(each.article),
                    Cell(each.reason or "没有备注"),
                )
                for each in figures.missed
            ),
            empty="本期没有逾期的期限",
            wide=True,
            words=frozenset({1, 2, 3, 5, 6}),
        ),
        Sheet(
            "durations",
            "节点用时",
            ("流程 · 节点", "件数", "中位数", "最长", "与对比期相比"),
            tuple(
                row(
                    f"{names.get(each.flow, each.flow)} · {_node(each.flow, each.node)}",
                    (
                        Cell(f"{each.now.count:,}"),
                        Cell(days_in_words(each.now.median)),
                        Cell(days_in_words(each.now.longest)),
                        Cell(each.change),
                    ),
                )
                for each in figures.durations
                if each.now is not None and each.flow in FLOWS
            ),
            wide=True,
            words=frozenset({4}),
        ),
    )


def official(figures: Figures) -> tuple[Sheet, ...]:
    """法定报表: as they are handed in."""
    found = figures.official
    prevention = [
        row(each.name, [Cell(f"{found.prevention[each.key]:,}"), Cell(each.unit)])
        for each in PREVENTION_COLUMNS
    ]
    return (
        *(_official(table) for table in found.tables),
        Sheet("prevention", "排查预防纠纷", ("项目", "数", "单位"), tuple(prevention), words=frozenset({2})),
    )


def _official(table: OfficialTable) -> Sheet:
    of_types = table.key == "official_types"  # lines of the other one are several types each
    lines = [(line.name, line.code, line.counts) for line in table.lines]
    rows = [
        row(
            name,
            (
                _official_cell(column.key, counts[column.key], code if of_types else "", whole=name == "合计")
                for column in COLUMNS
            ),
        )
        for name, code, counts in (*lines, ("合计", "", table.whole))
    ]
    return Sheet(
        table.key,
        table.title,
        ("类型", *(column.name for column in COLUMNS)),
        tuple(rows),
        note="金额单位为万元，人数单位为人，其余为件。",
        wide=True,
        bands=("", *(column.group for column in COLUMNS)),
        strong=frozenset({len(rows) - 1}),
    )


def _official_cell(key: str, count: int, code: str, *, whole: bool) -> Cell:
    figure = f"official_{key}"
    behind = None
    if figure in OFFICIAL_COUNTED and (whole or code):
        behind = Behind(figure) if whole else part(figure, code)
    return Cell(wan(count), behind if count else None) if key == "amount" else number(count, behind)


def _elder_cell(figure: str, count: int, code: str) -> Cell:
    behind = part(figure, code) if count and figure in WORK_COUNTED else None
    return Cell(f"{count / 100:,.2f}" if figure == "elder_subsidy" else f"{count:,}", behind)


def _long(amount: float | None, key: str) -> Cell:
    return Cell("—" if amount is None else f"{amount:g} {WAITS[key].unit}")


def _node(flow: str, code: str) -> str:
    return "登记到办结" if code == WHOLE else FLOWS[flow].node_name(code)
