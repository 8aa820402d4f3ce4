"""The official tables of people's mediation: 人民调解案件情况统计表 by 18 types, and the 19 types of 综治 by the office's mapping.

A dispute belongs to the period in which its mediation came to an end, with an agreement or without one: so that what
succeeded is a part of the total. Money is whole fen; papers print 万元. LP §1.9.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qingyuan_desk.domain.breakdowns import Figure
from qingyuan_desk.domain.mediation.codes import BODIES, PREVENTIONS
from qingyuan_desk.domain.reference import Reference

#: A line of the table: column → how many.
Row = Mapping[str, int]


@dataclass(frozen=True)
class Column:
    """A column of an official table. group: the heading over it and its neighbours, "" for one that stands alone."""

    key: str
    name: str
    unit: str
    definition: str
    group: str = ""


_BY = "调解案件总数中，"
#: 案件来源, as the official table divides them: the five that others handed over have a sum of their own.
_ORIGINS: Mapping[str, str] = {"initiative": "主动调解", "application": "依申请调解"}
_HANDED_OVER: Mapping[str, str] = {
    "court": "法院",
    "procuratorate": "检察院",
    "police": "公安机关",
    "petition_office": "信访部门",
    "other_unit": "其他部门",
}

#: The columns of 人民调解案件情况统计表.
COLUMNS: tuple[Column, ...] = (
    Column(
        "total",
        "调解案件总数",
        "件",
        "本期调解结束的纠纷，即达成协议的和终止调解的；受理前拒绝的、当事人撤回的不计",
    ),
    Column(
        "persons",
        "涉及当事人数",
        "人",
        f"{_BY}登记的当事人，单位当事人计一人；来访人数多于登记的申请人的，申请人按来访人数计",
    ),
    Column("settled", "调解成功", "件", f"{_BY}达成协议的，按协议生效之日计；变更协议的不再计"),
    Column("complex", "疑难复杂案件", "件", f"{_BY}难易程度登记为疑难复杂的"),
    Column("amount", "协议涉及金额", "万元", "调解成功的纠纷现行协议约定给付的金额之和"),
    *(
        Column(
            f"body_{code}",
            name,
            "件",
            f"{_BY}由{name}调解的；没有另外写明的，按本中心调委会的类别计",
            "调解主体",
        )
        for code, name in BODIES.items()
    ),
    *(
        Column(f"origin_{code}", name, "件", f"{_BY}案件来源为{name}的", "案件来源")
        for code, name in _ORIGINS.items()
    ),
    Column("origin_handed", "接受委托移送调解", "件", f"{_BY}由其他单位委托移送的", "案件来源"),
    *(
        Column(f"origin_{code}", name, "件", f"接受委托移送调解中，由{name}委托移送的", "案件来源")
        for code, name in _HANDED_OVER.items()
    ),
    Column("form_oral", "口头", "件", "调解成功中，现行协议为口头协议的", "协议形式"),
    Column("form_written", "书面", "件", "调解成功中，现行协议为书面协议的", "协议形式"),
)
NAMES: Mapping[str, Column] = {column.key: column for column in COLUMNS}

#: 排查预防纠纷, counted for the whole committee and not by type.
PREVENTION_COLUMNS: tuple[Column, ...] = (
    Column("screened", "排查纠纷", "次", "本期登记的基层排查上报的民间纠纷，每上报一次计一次"),
    Column("prevented", "预防纠纷", "件", "本期记录了防止激化措施的纠纷，一件纠纷有几项记录也只计一件"),
    *(
        column
        for kind, name in PREVENTIONS.items()
        for column in (
            Column(f"prevented_{kind}", name, "件", f"本期记录的{name}，按记录的件数计", "防止激化"),
            Column(f"prevented_{kind}_persons", name, "人", f"本期记录的{name}涉及的人数", "防止激化"),
        )
    ),
)

#: Every column as a figure of reports and of the ledger's list; one of another name where columns are called alike.
FIGURES: tuple[Figure, ...] = tuple(
    Figure(
        f"official_{column.key}",
        f"{column.group}（{column.name}）" if column.group else column.name,
        column.unit,
        column.definition,
    )
    for column in (*COLUMNS, *PREVENTION_COLUMNS)
)

#: What must add up in every line: the sum, what it is called, its parts.
CROSS_FOOT: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("total", "调解主体", tuple(f"body_{code}" for code in BODIES)),
    ("total", "案件来源", (*(f"origin_{code}" for code in _ORIGINS), "origin_handed")),
    ("origin_handed", "委托移送单位", tuple(f"origin_{code}" for code in _HANDED_OVER)),
    ("settled", "协议形式", ("form_oral", "form_written")),
)
#: Columns that are a part of another one, and never more.
_PARTS = (("settled", "total"), ("complex", "total"))


@dataclass(frozen=True)
class OfficialCounted:
    """What was counted. `whole` is counted apart from `by_type`, so that one can be checked by the other."""

    whole: Row = field(default_factory=dict)
    by_type: Mapping[str, Row] = field(default_factory=dict)
    prevention: Row = field(default_factory=dict)


@dataclass(frozen=True)
class OfficialLine:
    """A line of an official table; every column of COLUMNS is there. code "": disputes that fit no line of the table."""

    code: str
    name: str
    counts: Row


@dataclass(frozen=True)
class OfficialTable:
    """A table with its total line. One that has faults must not be printed as if it were right."""

    key: str
    title: str
    lines: tuple[OfficialLine, ...]
    whole: Row

    @property
    def faults(self) -> tuple[str, ...]:
        """Which sum differs, in words, each with its cause and by how much; none when the table adds up."""
        whole = OfficialLine("", "合计", self.whole)
        return (
            *(fault for line in (*self.lines, whole) for fault in _line_faults(line)),
            *_column_faults(self.lines, self.whole),
            *(
                f"有 {line.counts['total']} 件纠纷没有填写表内的类型，请到台账补填类型后再制表。"
                for line in self.lines
                if not line.code and line.counts["total"]
            ),
        )


@dataclass(frozen=True)
class Official:
    """The official tables of a period. prevention: every column of PREVENTION_COLUMNS."""

    types: OfficialTable
    zongzhi: OfficialTable
    prevention: Row

    @property
    def tables(self) -> tuple[OfficialTable, ...]:
        """Every table of disputes."""
        return self.types, self.zongzhi

    @property
    def faults(self) -> tuple[str, ...]:
        """Which sum of which table differs; none when all of them add up, each with the other."""
        differing = [
            column.name
            for column in COLUMNS
            if self.types.whole[column.key] != self.zongzhi.whole[column.key]
        ]
        return (
            *(f"{table.title}：{fault}" for table in self.tables for fault in table.faults),
            *(f"两张表的合计不一致：{name}。" for name in differing),
        )

    @property
    def zero(self) -> bool:
        """Whether there is nothing to report (零报告)."""
        return not any((*self.types.whole.values(), *self.prevention.values()))


def tabulate_official(counted: OfficialCounted, reference: Reference) -> Official:
    """The official tables, their lines in the official order, zeros included."""
    zongzhi = {each.code: each.zongzhi for each in reference.dispute_types}
    return Official(
        types=_table(
            "official_types",
            "人民调解案件情况统计表",
            {each.code: each.name for each in reference.dispute_types},
            counted.by_type.items(),
            counted.whole,
        ),
        zongzhi=_table(
            "official_zongzhi",
            "矛盾纠纷化解情况统计表（综治分类）",
            {each.code: each.name for each in reference.zongzhi_types},
            ((zongzhi.get(code, ""), row) for code, row in counted.by_type.items()),
            counted.whole,
        ),
        prevention={column.key: counted.prevention.get(column.key, 0) for column in PREVENTION_COLUMNS},
    )


def _table(
    key: str, title: str, names: Mapping[str, str], rows: Iterable[tuple[str, Row]], whole: Row
) -> OfficialTable:
    """A line for each of the names; disputes of none of them make one more line, when there are any."""
    found = [(code if code in names else "", row) for code, row in rows]
    lines = [
        OfficialLine(code, name, _added(row for of, row in found if of == code))
        for code, name in names.items()
    ]
    rest = [row for code, row in found if not code]
    if rest:
        lines.append(OfficialLine("", "类型未填", _added(rest)))
    return OfficialTable(key, title, tuple(lines), _added([whole]))


def _added(rows: Iterable[Row]) -> Row:
    held = list(rows)
    return {column.key: sum(row.get(column.key, 0) for row in held) for column in COLUMNS}


def _line_faults(line: OfficialLine) -> Iterable[str]:
    for whole, name, parts in CROSS_FOOT:
        added = sum(line.counts[part] for part in parts)
        if added != line.counts[whole]:
            yield (
                f"“{line.name}”一行，{name}各栏相加 {added} 件，{NAMES[whole].name} {line.counts[whole]} 件，"
                f"相差 {abs(added - line.counts[whole])} 件。"
            )
    for part, whole in _PARTS:
        if line.counts[part] > line.counts[whole]:
            yield (
                f"“{line.name}”一行，{NAMES[part].name} {line.counts[part]} 件，"
                f"多于{NAMES[whole].name} {line.counts[whole]} 件。"
            )


def _column_faults(lines: Sequence[OfficialLine], whole: Row) -> Iterable[str]:
    for column in COLUMNS:
        added = sum(line.counts[column.key] for line in lines)
        if added != whole[column.key]:
            unit = "分" if column.key == "amount" else column.unit
            yield f"{column.name}各行相加 {added} {unit}，合计 {whole[column.key]} {unit}。"
