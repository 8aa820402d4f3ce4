"""What is counted, in which unit, and what must add up.

件 is a matter, counted once however often it is visited; 件次 is a visit; 批次 is a group arriving together; 人次 is a
head (LP §1.5). Void registrations count nowhere but among the void numbers. Sealed matters (检举控告) count in no figure
at all, for nobody: whoever reads a report learns neither that they exist nor how many there are (《信访工作条例》第三十条).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from qingyuan_desk.domain import (
    consult_figures,
    official,
    petition_figures,
    sending_figures,
    work_figures,
)
from qingyuan_desk.domain.breakdowns import Breakdown, Counts, Figure, Line, check, divide
from qingyuan_desk.domain.case_figures import CaseCounted, CaseFigures, tabulate_cases
from qingyuan_desk.domain.consult_figures import ConsultCounted, ConsultFigures, tabulate_consults
from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.domain.flow_figures import FlowCounted, FlowFigures, tabulate_flows
from qingyuan_desk.domain.handling.evaluation import Duration
from qingyuan_desk.domain.mediation.codes import PREVENTIONS
from qingyuan_desk.domain.movements import Drivers, HotSpots, Movement, drivers, hot_spots
from qingyuan_desk.domain.official import Official, OfficialCounted, tabulate_official
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.petition_figures import PetitionCounted, PetitionFigures, tabulate_petitions
from qingyuan_desk.domain.reference import Category, DisputeType, Division, FlowName, Reference, Source
from qingyuan_desk.domain.sending_figures import SendingCounts, SendingFigures, tabulate_sendings
from qingyuan_desk.domain.work_figures import (
    WAITS,
    Elder,
    Missed,
    TrendMonth,
    Wait,
    WorkCounted,
    sorted_missed,
    tabulate_elders,
    wait,
)

FIGURES: Mapping[str, Figure] = {
    figure.key: figure
    for figure in (
        Figure("matters", "涉及事项", "件", "本期有来访的事项，同一事项来访几次也只计一件"),
        Figure("new_matters", "新登记事项", "件", "本期第一次登记的事项，作废的不计"),
        Figure("visits", "接待来访", "件次", "本期登记的来访，每来一次计一件次，作废的不计"),
        Figure("first_visits", "初访", "件次", "在本中心就同一事项的第一次来访"),
        Figure("repeat_visits", "重复访", "件次", "在本中心就同一事项的第二次及以后的来访"),
        Figure("individual_visits", "个访", "件次", "不满五人一起来访"),
        Figure("groups", "集体访", "批次", "五人及以上一起来访，一批计一批次"),
        Figure("heads", "来访人数", "人次", "各次来访的人数之和，同一人来几次计几人次"),
        Figure("individual_heads", "个访人数", "人次", "各次个访的人数之和"),
        Figure("group_heads", "集体访人数", "人次", "各批集体访的人数之和"),
        Figure(
            "stayed",
            "流程中办理",
            "件",
            "涉及事项中，本期内在这个流程办理过的；先后在几个流程办理的，各计一件，总件数只计一件",
        ),
        Figure(
            "moved", "转入其他流程", "件", "本期内由一个流程转入另一个流程的事项，文号不变，转几次也只计一件"
        ),
        Figure("triage_minutes", "登记分流用时", "分钟", "当日登记的来访，从来访到分流所用分钟数的中位数"),
        Figure("void_numbers", "作废文号", "个", "本期来访文号中撤回作废的，文号不再使用"),
        Figure(
            "due",
            "应完成期限",
            "项",
            "末日（遇法定休假日的为顺延后末日）在本期内的法定期限，取消的和申请司法确认的不计",
        ),
        Figure("on_time", "按期完成", "项", "应完成期限中，在末日或以前完成的"),
        Figure("overdue", "逾期", "项", "应完成期限中，末日以后才完成的，或者过了末日仍未完成的"),
        Figure("running", "尚未到期", "项", "应完成期限中，制表时末日未过、正在办理的"),
        Figure("accepted", "受理调解", "件", "本期各方当事人都同意调解、编号受理的纠纷"),
        Figure("settled", "调解成功", "件", "本期达成协议的纠纷，按协议生效之日计；变更协议的不再计"),
        Figure("oral", "口头协议", "件", "调解成功中，现行协议为口头协议的"),
        Figure("written", "书面协议", "件", "调解成功中，现行协议为书面协议的"),
        Figure("failed", "调解不成", "件", "本期终止的受理案件中没有达成协议的，撤回的和受理前拒绝的不计"),
        Figure("withdrawn", "撤回调解", "件", "本期由当事人撤回的受理案件"),
        Figure("success_rate", "成功率", "%", "调解成功占调解成功与调解不成之和的百分比"),
        Figure("amount", "协议涉及金额", "万元", "调解成功的纠纷现行协议约定给付的金额之和"),
        Figure("confirmations", "申请司法确认", "件", "本期双方共同申请司法确认的协议"),
        Figure("confirmed", "确认有效", "件", "本期由人民法院裁定有效的协议"),
        Figure("due_parts", "应履行", "笔", "现行协议约定在本期内履行的各笔，当场履行的不计"),
        Figure("paid_parts", "已履行", "笔", "应履行中，制表时已经全部履行的"),
        Figure("follow_ups", "回访", "次", "本期进行的回访，每访一位当事人计一次"),
        Figure("satisfaction_rate", "满意率", "%", "满意和基本满意占作出评价的回访的百分比"),
        Figure("unsatisfied", "不满意", "次", "本期回访中表示不满意的"),
        *(
            Figure(f"prevented_{kind}", name, "件", f"本期记录的{name}，按纠纷的件数计，另记涉及人数")
            for kind, name in PREVENTIONS.items()
        ),
        *petition_figures.FIGURES,
        *sending_figures.FIGURES,
        *consult_figures.FIGURES,
        *official.FIGURES,
        *work_figures.FIGURES,
    )
}


@dataclass(frozen=True)
class Totals:
    """The figures of a whole period, each as FIGURES defines it."""

    matters: int = 0
    new_matters: int = 0
    visits: int = 0
    first_visits: int = 0
    groups: int = 0
    heads: int = 0
    group_heads: int = 0

    @property
    def repeat_visits(self) -> int:
        """重复访, 件次."""
        return self.visits - self.first_visits

    @property
    def individual_visits(self) -> int:
        """个访, 件次."""
        return self.visits - self.groups

    @property
    def individual_heads(self) -> int:
        """个访人数, 人次."""
        return self.heads - self.group_heads

    @property
    def counts(self) -> Counts:
        """What a table over everything adds up to."""
        return Counts(self.matters, self.visits, self.groups, self.heads)


@dataclass(frozen=True)
class Cell:
    """Visits that are alike in everything tables ask for, and how many they are."""

    category: str
    flow: str
    source: str
    township: str
    dispute_type: str
    is_group: bool
    is_first: bool
    matters: int
    visits: int
    heads: int

    @property
    def counts(self) -> Counts:
        """The cell as a line of a table."""
        return Counts(self.matters, self.visits, self.visits if self.is_group else 0, self.heads)


@dataclass(frozen=True)
class Clocks:
    """Statutory limits whose last day is in the period, by how they ended."""

    on_time: int = 0
    overdue: int = 0
    running: int = 0

    @property
    def due(self) -> int:
        """到期期限, 项."""
        return self.on_time + self.overdue + self.running


@dataclass(frozen=True)
class Counted:
    """What was counted over a period. `totals` are counted apart from `cells`, so that one can be checked by the other."""

    totals: Totals
    cells: tuple[Cell, ...]
    clocks: Clocks
    triage_minutes: float | None
    void_numbers: tuple[str, ...]
    cases: CaseCounted = field(default_factory=CaseCounted)
    flows: FlowCounted = field(default_factory=FlowCounted)
    petitions: PetitionCounted = field(default_factory=PetitionCounted)
    handovers: Mapping[str, SendingCounts] = field(default_factory=dict)
    support: Mapping[str, SendingCounts] = field(default_factory=dict)
    consultations: ConsultCounted = field(default_factory=ConsultCounted)
    official: OfficialCounted = field(default_factory=OfficialCounted)
    work: WorkCounted = field(default_factory=WorkCounted)


@dataclass(frozen=True)
class Comparison:
    """Another period beside this one. `totals` is None when nothing had been recorded here yet."""

    period: Period
    totals: Totals | None


@dataclass(frozen=True)
class Figures:
    """Everything a report says about a period, as of a day. One that does not add up cannot be made.

    tables: categories, flows, sources, townships, dispute_types. kinds: (初访?, 集体访?) → counts.
    recorded_since: the first business day anything was recorded here; None when nothing was yet. cases: of mediations.
    flows: matters by the flows they were handled in. petitions, consultations: of those. handovers: what other matters were
    handed over to units; support: what townships asked of departments (联动响应). official: the tables that are handed in,
    which tell themselves where they do not add up. elders: mediators (乡贤) who did anything; durations: nodes of flows;
    waits: every one of WAITS; missed: limits, the latest by most days first; trend: thirteen months, the last one last.
    drivers: what moved visits and settled disputes against the other two periods, where these are known; hot: 热点.
    Raises Unavailable QY-140 with the table's name and the two numbers.
    """

    period: Period
    as_of: date
    recorded_since: date | None
    totals: Totals
    kinds: Mapping[tuple[bool, bool], Counts]
    tables: Mapping[str, Breakdown]
    clocks: Clocks
    triage_minutes: float | None
    void_numbers: tuple[str, ...]
    previous: Comparison
    year_before: Comparison
    cases: CaseFigures
    flows: FlowFigures
    petitions: PetitionFigures
    handovers: SendingFigures
    support: SendingFigures
    consultations: ConsultFigures
    official: Official
    elders: tuple[Elder, ...] = ()
    durations: tuple[Duration, ...] = ()
    waits: tuple[Wait, ...] = ()
    missed: tuple[Missed, ...] = ()
    trend: tuple[TrendMonth, ...] = ()
    drivers: tuple[Drivers, ...] = ()
    hot: HotSpots = field(default_factory=HotSpots)

    def __post_init__(self) -> None:
        check(self.tables.values())
        if fault := _kinds_fault(self.totals, self.kinds):
            raise Unavailable("QY-140", table="初访和重复访", cause=fault)
        if fault := self.flows.fault(self.totals.matters):
            raise Unavailable("QY-140", table="流程办理", cause=fault)
        stood = next((line.matters for line in self.flows.lines if line.code == "petition"), 0)
        if stood != self.petitions.whole.matters:
            cause = f"信访流程中办理 {stood} 件，信访事项 {self.petitions.whole.matters} 件"
            raise Unavailable("QY-140", table="信访事项", cause=cause)

    @property
    def complete(self) -> bool:
        """Whether the period was over when this was counted."""
        return self.as_of > self.period.last


def _kinds_fault(totals: Totals, kinds: Mapping[tuple[bool, bool], Counts]) -> str:
    wholes = (
        ("first_visits", sum(kinds[True, group].visits for group in (False, True))),
        ("repeat_visits", sum(kinds[False, group].visits for group in (False, True))),
        ("groups", sum(kinds[first, True].visits for first in (False, True))),
        ("individual_heads", sum(kinds[first, False].heads for first in (False, True))),
        ("group_heads", sum(kinds[first, True].heads for first in (False, True))),
    )
    for key, added in wholes:
        if added != getattr(totals, key):
            return f"{FIGURES[key].name}各格相加 {added}，合计 {getattr(totals, key)}"
    return ""


def tabulate(
    period: Period,
    as_of: date,
    recorded_since: date | None,
    counted: Counted,
    reference: Reference,
    previous: Comparison,
    year_before: Comparison,
) -> Figures:
    """The figures of a period, its tables in the order of the office's own."""
    cells, whole = counted.cells, counted.totals.counts
    mediated = [cell for cell in cells if cell.flow == "mediation"]
    units = {unit.code: unit.name for unit in reference.units}
    flows = _divide("flows", cells, reference.flows, lambda cell: cell.flow, whole)
    mediation = next((line.counts for line in flows.lines if line.code == "mediation"), Counts())
    tables = (
        _divide("categories", cells, reference.categories, lambda cell: cell.category, whole),
        flows,
        _sources(cells, reference, whole),
        _divide("townships", cells, reference.townships, lambda cell: cell.township, whole),
        _divide(
            "dispute_types", mediated, reference.dispute_types, lambda cell: cell.dispute_type, mediation
        ),
    )
    return Figures(
        period=period,
        as_of=as_of,
        recorded_since=recorded_since,
        totals=counted.totals,
        kinds={
            (first, group): _sum(
                cell.counts for cell in cells if (cell.is_first, cell.is_group) == (first, group)
            )
            for first in (True, False)
            for group in (False, True)
        },
        tables={table.key: table for table in tables},
        clocks=counted.clocks,
        triage_minutes=counted.triage_minutes,
        void_numbers=counted.void_numbers,
        previous=previous,
        year_before=year_before,
        cases=tabulate_cases(counted.cases, reference),
        flows=tabulate_flows(counted.flows, reference),
        petitions=tabulate_petitions(counted.petitions, units),
        handovers=tabulate_sendings("handover", counted.handovers, units),
        support=tabulate_sendings("support", counted.support, units),
        consultations=tabulate_consults(
            counted.consultations,
            {row.code: row.name for row in reference.dispute_types},
            {row.code: row.name for row in reference.crowd_tags},
        ),
        official=tabulate_official(counted.official, reference),
        elders=tabulate_elders(counted.work.elders, reference),
        durations=counted.work.durations,
        waits=tuple(wait(key, counted.work.waits.get(key, ())) for key in WAITS),
        missed=sorted_missed(counted.work.missed),
        trend=counted.work.trend,
        drivers=tuple(_drivers(counted.work.movement, reference, previous, year_before)),
        hot=hot_spots(period, counted.work.movement, previous.totals is not None, reference),
    )


def _drivers(
    movement: Movement, reference: Reference, previous: Comparison, year_before: Comparison
) -> Iterable[Drivers]:
    """What moved each measure, against each other period that is known."""
    for measure, cells in movement.cells.items():
        for role, other in (("previous", previous), ("year_before", year_before)):
            if other.totals is not None:
                yield drivers(measure, other.period, cells["now"], cells[role], reference)


_Row = Category | Division | DisputeType | FlowName | Source

#: Table → its title, and the line for what is in none of its rows.
TABLES: Mapping[str, tuple[str, str]] = {
    "categories": ("五类事项", "未分类"),
    "flows": ("分流去向", "未分流"),
    "sources": ("事项来源", "来源未填"),
    "townships": ("各乡镇来访", "区外或未填"),
    "dispute_types": ("进入调解的纠纷类型", "类型未定"),
}


def _divide(
    key: str, cells: Sequence[Cell], rows: Sequence[_Row], code_of: Callable[[Cell], str], whole: Counts
) -> Breakdown:
    title, rest = TABLES[key]
    names = {row.code: row.name for row in rows}
    return divide(key, title, names, ((code_of(cell), cell.counts) for cell in cells), whole, rest)


def _sources(cells: Sequence[Cell], reference: Reference, whole: Counts) -> Breakdown:
    """Sources counted under their parents, the parts of each below it."""
    own = {source.code: source.parent or source.code for source in reference.sources}
    top = [source for source in reference.sources if not source.parent]
    by_parent = _divide("sources", cells, top, lambda cell: own.get(cell.source, ""), whole)
    lines: list[Line] = []
    for line in by_parent.lines:
        parts = [source for source in reference.sources if source.parent and source.parent == line.code]
        lines += [line, *(_part(cells, part, line.code) for part in parts)]
    return replace(by_parent, lines=tuple(lines))


def _part(cells: Sequence[Cell], source: Source, parent: str) -> Line:
    return Line(
        source.code, source.name, _sum(cell.counts for cell in cells if cell.source == source.code), parent
    )


def _sum(parts: Iterable[Counts]) -> Counts:
    return sum(parts, Counts())
