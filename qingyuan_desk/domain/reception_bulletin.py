"""A period's receptions as its paper says them: the sentences of the paragraph, and the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from qingyuan_desk.domain.breakdowns import Breakdown, Counts, Line
from qingyuan_desk.domain.figures import FIGURES, Comparison, Figures, Totals
from qingyuan_desk.domain.papers import ReportTable
from qingyuan_desk.domain.periods import KINDS

#: How many townships and types of dispute the paragraph names.
_NAMED = 3
_NONE = "—"
_COUNTS = ("matters", "visits", "groups", "heads")
#: What a period calls itself in running text.
_THIS: Mapping[str, str] = {
    "month": "当月",
    "quarter": "当季",
    "half": "当期",
    "year": "当年",
    "span": "当期",
}


def this(figures: Figures) -> str:
    """当月, 当季, 当期, 当年."""
    return _THIS[figures.period.kind]


def sentences(figures: Figures, office: str) -> tuple[str, ...]:
    """What the paragraph says of receptions. A period without visits is a zero report (零报告)."""
    totals = figures.totals
    if totals.visits == 0:
        return (
            f"{named(figures)}，{office}没有接待来访，实行零报告",
            _comparisons(figures),
            _moves(figures),
        )
    return (
        f"{named(figures)}，{office}共接待来访{totals.visits}件次、{totals.heads}人次，"
        f"涉及事项{totals.matters}件，其中新登记{totals.new_matters}件",
        _repeats(totals),
        _comparisons(figures),
        _divided("按类别看", figures.tables["categories"]),
        _divided("按分流去向看", figures.tables["flows"]),
        _divided("按来源看", figures.tables["sources"]),
        _townships(figures.tables["townships"]),
        _disputes(figures.tables["dispute_types"]),
        _minutes(figures.triage_minutes),
        _moves(figures),
    )


def minutes(value: float | None) -> str:
    """A median in words: 3, 2.5, or a dash when nothing was measured."""
    return _NONE if value is None else f"{value:g}"


def in_full(day: date) -> str:
    """A day as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def named(figures: Figures) -> str:
    """2024年9月, or how far it is counted when it is not over yet."""
    if figures.complete:
        return figures.period.name
    return f"{figures.period.name}（截至{figures.as_of.month}月{figures.as_of.day}日）"


def _repeats(totals: Totals) -> str:
    repeat = (
        f"初访{totals.first_visits}件次，重复访{totals.repeat_visits}件次，重复访占{_share(totals.repeat_visits, totals.visits)}"
        if totals.repeat_visits
        else "均为初访"
    )
    group = f"集体访{totals.groups}批次、{totals.group_heads}人次" if totals.groups else "没有集体访"
    return f"{repeat}；{group}"


def _comparisons(figures: Figures) -> str:
    """接待来访比上月增加5件次，上升9.4%；与上年同月持平."""
    if not figures.complete:
        return f"{this(figures)}尚未结束，暂不比较"
    _, before, year_before = KINDS[figures.period.kind]
    both = ((before, figures.previous), (year_before, figures.year_before))
    known = [_compared(name, figures, other) for name, other in both if other.totals]
    unknown = "和".join(name for name, other in both if not other.totals)
    said = f"接待来访{'；'.join(known)}" if known else ""
    return "；".join(part for part in (said, f"{unknown}尚无登记数据，不作比较" if unknown else "") if part)


def _compared(name: str, figures: Figures, other: Comparison) -> str:
    now, before = figures.totals.visits, other.totals.visits if other.totals else 0
    since = figures.recorded_since
    late = (
        f"（{name}登记从{_from(since, other)}开始）"
        if since is not None and since > other.period.first
        else ""
    )
    if now == before:
        return f"与{name}持平{late}"
    more = now > before
    change = f"比{name}{'增加' if more else '减少'}{abs(now - before)}件次"
    if before == 0:
        return f"{change}（{name}没有来访）"
    return f"{change}，{'上升' if more else '下降'}{_share(abs(now - before), before)}{late}"


def _from(since: date, other: Comparison) -> str:
    """The day records began, as short as the other period allows: 28日, 8月28日."""
    return f"{since.day}日" if other.period.kind == "month" else f"{since.month}月{since.day}日"


def _divided(words: str, table: Breakdown) -> str:
    """Every line that counts something, the largest first, with its share."""
    lines = _ranked(table, lambda counts: counts.visits)
    if len(lines) == 1:
        return f"{words}，均为{lines[0].name}"
    named = "、".join(
        f"{line.name}{line.counts.visits}件次（占{_share(line.counts.visits, table.whole.visits)}）"
        for line in lines
    )
    return f"{words}，{named}"


def _townships(table: Breakdown) -> str:
    lines = [line for line in _ranked(table, lambda counts: counts.visits) if line.code]
    if not lines:
        return ""
    named = "、".join(f"{line.name}{line.counts.visits}件次" for line in lines[:_NAMED])
    return f"来访涉及{len(lines)}个乡镇，{_leading(lines)}{named}"


def _disputes(table: Breakdown) -> str:
    lines = _ranked(table, lambda counts: counts.matters)
    if not lines:
        return "没有进入调解的纠纷"
    named = "、".join(f"{line.name}{line.counts.matters}件" for line in lines[:_NAMED])
    return f"进入调解的纠纷{table.whole.matters}件，{_leading(lines)}{named}"


def _moves(figures: Figures) -> str:
    """信访转入矛盾纠纷调解2件、矛盾纠纷调解转入信访1件: such matters count in both flows, and once in the whole."""
    names = {line.code: line.name for line in figures.flows.lines}
    moves = [
        f"{names.get(move.source, move.source)}转入{names.get(move.target, move.target)}{move.matters}件"
        for move in figures.flows.moves
    ]
    return f"转入其他流程{figures.flows.moved}件，其中{'、'.join(moves)}" if moves else ""


def _leading(lines: Sequence[Line]) -> str:
    """What stands before the few lines that are named."""
    if len(lines) > _NAMED:
        return "较多的依次是"
    return "分别是" if len(lines) > 1 else "为"


def _minutes(value: float | None) -> str:
    return "" if value is None else f"从来访到分流用时的中位数为{minutes(value)}分钟"


def clocks(figures: Figures) -> str:
    counted = figures.clocks
    if not counted.due:
        return f"{this(figures)}没有应完成的法定期限"
    parts = [(FIGURES[key].name, getattr(counted, key)) for key in ("on_time", "overdue", "running")]
    counting = [(name, count) for name, count in parts if count]
    if len(counting) == 1:
        return f"{this(figures)}应完成的法定期限{counted.due}项，全部{counting[0][0]}"
    return f"{this(figures)}应完成的法定期限{counted.due}项，其中{'、'.join(f'{name}{count}项' for name, count in counting)}"


def _ranked(table: Breakdown, size: Callable[[Counts], int]) -> list[Line]:
    """Lines that count something, the largest first; equal ones as the office orders them."""
    lines = [line for line in table.lines if not line.parent and size(line.counts)]
    return sorted(lines, key=lambda line: -size(line.counts))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%"


# --- tables ------------------------------------------------------------------------------------------------------


def tables(figures: Figures) -> Iterable[ReportTable]:
    """The figures of receptions one by one."""
    yield _overview(figures)
    yield _kinds(figures)
    yield _breakdown(figures.tables["categories"], "类别", share=True)
    yield _breakdown(figures.tables["flows"], "去向", share=True)
    yield _breakdown(figures.tables["sources"], "来源", share=True)
    yield _breakdown(figures.tables["townships"], "乡镇", note="乡镇按事项首次登记时来访人的住址。")
    yield _breakdown(
        figures.tables["dispute_types"], "纠纷类型", note="只列分流到矛盾纠纷调解的来访，共18类。"
    )
    yield _flows(figures)


def _overview(figures: Figures) -> ReportTable:
    keys = (
        "visits",
        "first_visits",
        "repeat_visits",
        "groups",
        "matters",
        "new_matters",
        "heads",
        "group_heads",
    )
    rows = [_compared_row(key, figures) for key in keys]
    rows.append(_row("triage_minutes", minutes(figures.triage_minutes)))
    rows.append(_row("void_numbers", str(len(figures.void_numbers))))
    _, before, year_before = KINDS[figures.period.kind]
    return ReportTable(
        title="总体情况",
        unit="见各行",
        header=("指标", "单位", "本期", before, f"比{before}", year_before, f"比{year_before}"),
        rows=tuple(rows),
        note=definitions("matters", "visits", "groups", "heads", "triage_minutes"),
    )


def _row(key: str, value: str) -> tuple[str, ...]:
    figure = FIGURES[key]
    return (figure.name, figure.unit, value, _NONE, _NONE, _NONE, _NONE)


def _compared_row(key: str, figures: Figures) -> tuple[str, ...]:
    figure, now = FIGURES[key], getattr(figures.totals, key)
    cells = [figure.name, figure.unit, str(now)]
    for other in (figures.previous, figures.year_before):
        before = getattr(other.totals, key) if other.totals else None
        change = _change(now, before) if before is not None and figures.complete else _NONE
        cells += [_NONE if before is None else str(before), change]
    return tuple(cells)


def _change(now: int, before: int) -> str:
    """+9.4%, or a dash where there is nothing to compare with."""
    if now == before:
        return "0.0%"
    return f"{100 * (now - before) / before:+.1f}%" if before else _NONE


def _kinds(figures: Figures) -> ReportTable:
    def row(name: str, *firsts: bool) -> tuple[str, ...]:
        single, group = (_sum(figures, firsts, of_groups) for of_groups in (False, True))
        numbers = (
            single.visits,
            group.visits,
            single.visits + group.visits,
            single.heads,
            group.heads,
            single.heads + group.heads,
        )
        return (name, *map(str, numbers))

    return ReportTable(
        title="初访和重复访",
        unit="件次、批次、人次",
        header=("", "个访件次", "集体访批次", "件次合计", "个访人次", "集体访人次", "人次合计"),
        rows=(row("初访", True), row("重复访", False), row("合计", True, False)),
        note=definitions("first_visits", "repeat_visits", "groups"),
    )


def _sum(figures: Figures, firsts: Sequence[bool], group: bool) -> Counts:
    return sum((figures.kinds[first, group] for first in firsts), Counts())


def _breakdown(table: Breakdown, head: str, *, share: bool = False, note: str = "") -> ReportTable:
    def row(name: str, counts: Counts) -> tuple[str, ...]:
        numbers = [str(getattr(counts, key)) for key in _COUNTS]
        part = (_share(counts.visits, table.whole.visits) if table.whole.visits else _NONE,) if share else ()
        return (name, *numbers, *part)

    names = {line.code: line.name for line in table.lines}
    lines = [row(_shown(line, names), line.counts) for line in table.lines]
    return ReportTable(
        title=table.title,
        unit="件、件次、批次、人次",
        header=(head, "件", "件次", "集体访批次", "人次", *(("占件次",) if share else ())),
        rows=(*lines, row("合计", table.whole)),
        note=note,
    )


def _shown(line: Line, names: Mapping[str, str]) -> str:
    """A line's name; of a part only what it adds to the whole's: 部门移送（法院） is 其中：法院."""
    if not line.parent:
        return line.name
    return f"　其中：{line.name.removeprefix(names[line.parent]).strip('（）') or line.name}"


def _flows(figures: Figures) -> ReportTable:
    """Matters by the flows they were handled in; those of several flows stand in each."""
    rows = [
        (line.name, *map(str, (line.matters, line.moved_in, line.moved_out))) for line in figures.flows.lines
    ]
    whole = (figures.totals.matters, figures.flows.moved, figures.flows.moved)
    return ReportTable(
        title="流程办理和转入转出",
        unit="件",
        header=("流程", "办理", "转入", "转出"),
        rows=(*rows, ("总件数（各计一次）", *map(str, whole))),
        note=f"先后在几个流程办理的{figures.flows.several}件，在各流程都计。{definitions('stayed', 'moved')}",
    )


def clock_table(figures: Figures) -> ReportTable:
    keys = ("due", "on_time", "overdue", "running")
    return ReportTable(
        title="法定期限",
        unit="项",
        header=tuple(FIGURES[key].name for key in keys),
        rows=(tuple(str(getattr(figures.clocks, key)) for key in keys),),
        note=definitions("due"),
    )


def definitions(*keys: str) -> str:
    """What figures of a table count, for its note."""
    return (
        "；".join(f"{FIGURES[key].name}（{FIGURES[key].unit}）：{FIGURES[key].definition}" for key in keys)
        + "。"
    )
