"""A period's figures as its paper: running text in official style, and the sections, charts, tables, and annexes behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from qingyuan_desk.domain import (
    case_bulletin,
    consult_bulletin,
    petition_bulletin,
    reception_bulletin,
    work_bulletin,
)
from qingyuan_desk.domain.breakdowns import Breakdown
from qingyuan_desk.domain.case_figures import wan
from qingyuan_desk.domain.figures import Figures
from qingyuan_desk.domain.monthly import (
    Chart,
    Entry,
    MonthlyFacts,
    OfficialColumn,
    OfficialFacts,
    Section,
)
from qingyuan_desk.domain.official import COLUMNS, PREVENTION_COLUMNS, Official, OfficialTable, Row
from qingyuan_desk.domain.papers import ReportTable
from qingyuan_desk.domain.periods import KINDS
from qingyuan_desk.domain.reception_bulletin import in_full, named, this
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.township_tiles import places, short
from qingyuan_desk.domain.work_figures import TrendMonth

#: What the paper is called behind its period, before 月报, 季报 …
_SUBJECT = "矛盾纠纷受理办理情况"
SEALED = "涉密信访事项按规定另行统计，不在本报表内。"
_NUMERALS = "一二三四五六七八九十"


def compose(
    figures: Figures,
    reference: Reference,
    *,
    printed_at: datetime,
    digest: str,
    training: bool = False,
    annexes: Sequence[ReportTable] = (),
    corrections: Sequence[str] = (),
) -> MonthlyFacts:
    """The paper of a period. digest: SHA-256 of the figures' JSON. annexes: lists without personal data.

    corrections: what changed since in periods that were closed, a sentence each.
    """
    office = reference.setting("office_name")
    return MonthlyFacts(
        title=f"{figures.period.name}{_SUBJECT}{figures.period.paper}",
        office=office,
        issue=_issue(figures),
        period=named(figures),
        paragraphs=paragraphs(figures, office),
        sections=tuple(_numbered(_sections(figures, reference, corrections))),
        annexes=tuple(annexes),
        official=tuple(_official(table, figures.official) for table in figures.official.tables),
        printed_at=printed_at,
        digest=digest,
        training=training,
    )


def paragraphs(figures: Figures, office: str) -> tuple[str, ...]:
    """The whole period in running text, subject by subject, ready to be handed on."""
    since = figures.recorded_since
    if since is not None and since > figures.period.last:
        return (f"{figures.period.name}尚无登记数据，{office}的登记从{in_full(since)}开始。",)
    told = (
        reception_bulletin.sentences(figures, office),
        petition_bulletin.sentences(figures.petitions),
        case_bulletin.sentences(figures.cases, this(figures)),
        (
            *consult_bulletin.sentences(figures.consultations),
            *petition_bulletin.sending_sentences(figures.handovers, figures.support),
        ),
        (
            reception_bulletin.clocks(figures),
            f"撤回作废文号{len(figures.void_numbers)}个" if figures.void_numbers else "",
            f"登记从{in_full(since)}开始" if since is not None and since > figures.period.first else "",
        ),
    )
    return tuple(said for sentences in told if (said := "".join(f"{each}。" for each in sentences if each)))


def paragraph(figures: Figures, office: str) -> str:
    """The same in one."""
    return "".join(paragraphs(figures, office))


def _issue(figures: Figures) -> str:
    """2024年第9期: the issue in its year; of a year the year itself, of a span none."""
    period = figures.period
    number = {
        "month": period.first.month,
        "quarter": (period.first.month + 2) // 3,
        "half": (period.first.month + 5) // 6,
    }
    if period.kind == "span":
        return ""
    year = f"{period.first.year}年"
    return f"{year}第{number[period.kind]}期" if period.kind in number else f"{year}年报"


def _numbered(sections: Iterable[Section]) -> Iterable[Section]:
    for number, section in enumerate(sections):
        yield Section(
            f"{_NUMERALS[number]}、{section.heading}", section.paragraphs, section.charts, section.tables
        )


# --- sections ----------------------------------------------------------------------------------------------------


def _sections(figures: Figures, reference: Reference, corrections: Sequence[str]) -> Iterable[Section]:
    flows = {flow.code: flow.name for flow in reference.flows}
    units = {unit.code: unit.name for unit in reference.units}
    yield Section(
        "接待来访",
        charts=tuple(_reception_charts(figures, reference)),
        tables=tuple(reception_bulletin.tables(figures)),
    )
    yield Section("信访事项", tables=tuple(petition_bulletin.tables(figures.petitions)))
    yield Section(
        "矛盾纠纷调解",
        charts=tuple(_case_charts(figures)),
        tables=(
            *case_bulletin.tables(figures.cases),
            *work_bulletin.elders_table(figures.elders),
        ),
    )
    yield Section(
        "法律咨询、法律援助和法治宣传", tables=tuple(consult_bulletin.tables(figures.consultations))
    )
    sent = tuple(
        petition_bulletin.sending_tables(figures.petitions.sendings, figures.handovers, figures.support)
    )
    if sent:
        yield Section("转送、移送和联动响应", tables=sent)
    yield Section("升降原因和热点", _moved(figures), tables=tuple(_moved_tables(figures)))
    yield Section(
        "期限和用时",
        (f"{work_bulletin.missing(figures.missed, this(figures))}。",),
        tables=(
            reception_bulletin.clock_table(figures),
            *work_bulletin.missed_table(figures.missed, units, reference.setting("office_name")),
            work_bulletin.waits_table(figures.waits),
            *work_bulletin.durations_table(figures.durations, flows),
        ),
    )
    yield Section("有关说明", (*_remarks(figures), *corrections))


def _reception_charts(figures: Figures, reference: Reference) -> Iterable[Chart]:
    if not figures.totals.visits:
        return
    yield _bars(figures.tables["categories"], "五类事项")
    yield _trend("逐月接待来访", "件次", _begun(figures), "visits")
    where = places({row.code: row.name for row in reference.townships}, reference.setting("township_tiles"))
    lines = {line.code: line for line in figures.tables["townships"].lines}
    yield Chart(
        "tiles",
        "各乡镇来访",
        "件次",
        tuple(
            Entry(short(lines[code].name), lines[code].counts.visits, *place)
            for code, place in where.items()
            if code in lines
        ),
        "各格只表示大致方位；颜色越深件次越多，深蓝的最多。区外和住址未填的不在图内。",
    )


def _case_charts(figures: Figures) -> Iterable[Chart]:
    types = figures.tables["dispute_types"]
    if types.whole.matters:
        yield Chart(
            "share",
            "进入调解的纠纷类型",
            "件",
            tuple(Entry(line.name, line.counts.matters) for line in types.lines),
            "按件数，列出件数最多的几类，其余合为“其他”。",
        )
    if any(month.settled for month in figures.trend):
        yield _trend("逐月调解成功", "件", _begun(figures), "settled")


def _bars(table: Breakdown, title: str) -> Chart:
    lines = [line for line in table.lines if not line.parent]
    return Chart("bars", title, "件次", tuple(Entry(line.name, line.counts.visits) for line in lines))


def _begun(figures: Figures) -> list[TrendMonth]:
    """The months of the trend without those still to come: of a year that is not over they are no zeros."""
    return [month for month in figures.trend if month.period.first <= figures.as_of]


def _trend(title: str, unit: str, months: Sequence[TrendMonth], key: str) -> Chart:
    """Month by month; the year stands under the first one of each."""

    def name(place: int, month: TrendMonth) -> str:
        first = month.period.first
        year = f"\n{first.year}" if place == 0 or first.month == 1 else ""
        return f"{first.month}月{year}"

    entries = tuple(
        Entry(name(place, month), getattr(month, key) if month.recorded else None)
        for place, month in enumerate(months)
    )
    unrecorded = any(not month.recorded for month in months)
    return Chart("months", title, unit, entries, "“无”：当时尚无登记数据。" if unrecorded else "")


def _than(figures: Figures) -> Mapping[str, str]:
    """What the compared periods are called: name of the period → 上月."""
    _, before, year_before = KINDS[figures.period.kind]
    return {figures.previous.period.name: before, figures.year_before.period.name: year_before}


def _moved(figures: Figures) -> tuple[str, ...]:
    than = _than(figures)
    said = [work_bulletin.driven(each, than[each.against.name]) for each in figures.drivers]
    if not said:
        said = ["没有可以比较的往期数据" if figures.complete else f"{this(figures)}尚未结束，暂不比较"]
    return (*(f"{each}。" for each in said), f"{work_bulletin.gathered(figures.hot)}。")


def _moved_tables(figures: Figures) -> Iterable[ReportTable]:
    than = _than(figures)
    yield from work_bulletin.drivers_tables((each, than[each.against.name]) for each in figures.drivers)
    yield from work_bulletin.hot_table(figures.hot)


def _remarks(figures: Figures) -> Iterable[str]:
    yield SEALED
    yield (
        f"本报表数据截至{in_full(figures.as_of)}。件是事项，同一事项来访几次只计一件；件次是来访，每来一次计一件次；"
        "批次是五人及以上一起来访的一批；人次是各次来访人数之和。"
    )
    yield "页脚的数据校验为本期全部统计数字的校验码（SHA-256）前十六位，数字有改动校验码就不同。"


# --- official tables ---------------------------------------------------------------------------------------------


def _official(table: OfficialTable, official: Official) -> OfficialFacts:
    """An official table, its cells set."""
    own = [fault for fault in official.faults if not _of_another(fault, table, official)]
    money = "金额为万元，人数为人，其余为件。"
    return OfficialFacts(
        title=table.title,
        columns=tuple(OfficialColumn(column.name, column.group) for column in COLUMNS),
        rows=tuple((line.name, *_cells(line.counts)) for line in table.lines),
        total=("合计", *_cells(table.whole)),
        notes=(
            money + _prevention(official.prevention),
            f"{COLUMNS[0].name}：{COLUMNS[0].definition}。{SEALED}",
        ),
        faults=tuple(own),
        zero=official.zero,
    )


def _of_another(fault: str, table: OfficialTable, official: Official) -> bool:
    """Whether a fault is only of another table."""
    return any(fault.startswith(f"{other.title}：") for other in official.tables if other is not table)


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(
        wan(row[column.key]) if column.key == "amount" else str(row[column.key]) for column in COLUMNS
    )


def _prevention(row: Row) -> str:
    """排查预防, in one line under the table."""
    said = "、".join(f"{column.name}{row[column.key]}{column.unit}" for column in PREVENTION_COLUMNS)
    return f"排查预防：{said}。"
