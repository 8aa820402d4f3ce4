"""What is counted of mediations (人民调解) over a period, and what must add up. domain/figures.py defines each figure.

Money is whole fen. A dispute stands under the type and the source of its matter, and under the origin (案件来源) of its case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.domain.mediation.codes import ORIGINS, PREVENTIONS
from qingyuan_desk.domain.reference import Reference


@dataclass(frozen=True)
class CaseCounts:
    """One line of a table of disputes: 件, and fen."""

    accepted: int = 0
    settled: int = 0
    oral: int = 0
    written: int = 0
    failed: int = 0
    withdrawn: int = 0
    amount: int = 0

    def __add__(self, other: CaseCounts) -> CaseCounts:
        return CaseCounts(*(getattr(self, name) + getattr(other, name) for name in COLUMNS))

    @property
    def success_rate(self) -> float | None:
        """Of those that came to an end with or without an agreement, the share with one; None when none did."""
        ended = self.settled + self.failed
        return self.settled / ended if ended else None


COLUMNS = tuple(each.name for each in fields(CaseCounts))
NOTHING = CaseCounts()


@dataclass(frozen=True)
class CaseCell:
    """Disputes that are alike in everything tables ask for, and how many they are."""

    dispute_type: str
    source: str
    origin: str
    counts: CaseCounts


@dataclass(frozen=True)
class Afterwards:
    """What comes behind agreements: confirmation (件), performing (笔), and asking (次).

    rated: answers that were an opinion (评价); satisfied: those that were 满意 or 基本满意.
    """

    confirmations: int = 0
    confirmed: int = 0
    due_parts: int = 0
    paid_parts: int = 0
    follow_ups: int = 0
    rated: int = 0
    satisfied: int = 0

    @property
    def satisfaction_rate(self) -> float | None:
        """Share of the opinions that were good; None when nobody gave one."""
        return self.satisfied / self.rated if self.rated else None


@dataclass(frozen=True)
class Prevented:
    """Records of one kind of PREVENTIONS: 件, and the people concerned (人)."""

    cases: int = 0
    persons: int = 0


@dataclass(frozen=True)
class CaseCounted:
    """What was counted. `totals` are counted apart from `cells`, so that one can be checked by the other."""

    totals: CaseCounts = NOTHING
    cells: tuple[CaseCell, ...] = ()
    afterwards: Afterwards = Afterwards()
    prevented: Mapping[str, Prevented] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseLine:
    """A line of a table of disputes. parent: code of the line it is a part of (其中)."""

    code: str
    name: str
    counts: CaseCounts
    parent: str = ""


@dataclass(frozen=True)
class CaseTable:
    """A table that divides the disputes of a period. `whole`: what its lines must add up to."""

    key: str
    title: str
    lines: tuple[CaseLine, ...]
    whole: CaseCounts


@dataclass(frozen=True)
class CaseFigures:
    """The figures of mediations. Ones that do not add up cannot be made.

    tables: case_types, case_sources, case_origins. prevented: every kind of PREVENTIONS.
    Raises Unavailable QY-140 with the table's name and the two numbers.
    """

    totals: CaseCounts
    tables: Mapping[str, CaseTable]
    afterwards: Afterwards
    prevented: Mapping[str, Prevented]

    def __post_init__(self) -> None:
        for table in self.tables.values():
            _check(table.title, _sum(line.counts for line in table.lines if not line.parent), table.whole)
        both = self.totals.oral + self.totals.written
        if both != self.totals.settled:
            raise Unavailable(
                "QY-140",
                table="口头和书面协议",
                cause=f"相加 {both} 件，调解成功 {self.totals.settled} 件",
            )


def wan(fen: int) -> str:
    """A sum in 万元 as tables print it, exact, so that columns add up: 0, 12.30, 4.0656."""
    if not fen:
        return "0"
    whole, rest = divmod(fen, 1_000_000)
    return f"{whole:,}.{f'{rest:06d}'.rstrip('0').ljust(2, '0')}"


def percent(rate: float | None) -> str:
    """A share in per cent: 83.3; a dash when there is none."""
    return "—" if rate is None else f"{100 * rate:.1f}"


def _check(title: str, added: CaseCounts, whole: CaseCounts) -> None:
    for name in COLUMNS:
        if getattr(added, name) != getattr(whole, name):
            cause = f"{name} 各行相加 {getattr(added, name)}，合计 {getattr(whole, name)}"
            raise Unavailable("QY-140", table=title, cause=cause)


def tabulate_cases(counted: CaseCounted, reference: Reference) -> CaseFigures:
    """The figures of a period's mediations, their tables in the order of the office's own."""
    cells, whole = counted.cells, counted.totals
    types = {row.code: row.name for row in reference.dispute_types}
    top = {row.code: row.name for row in reference.sources if not row.parent}
    parents = {row.code: row.parent or row.code for row in reference.sources}
    sources = _divide(
        "case_sources", "调解的来源", cells, top, lambda cell: parents.get(cell.source, ""), whole
    )
    tables = (
        _divide("case_types", "调解的纠纷类型", cells, types, lambda cell: cell.dispute_type, whole),
        CaseTable(sources.key, sources.title, tuple(_with_parts(sources.lines, cells, reference)), whole),
        _divide("case_origins", "调解案件来源", cells, ORIGINS, lambda cell: cell.origin, whole),
    )
    return CaseFigures(
        totals=whole,
        tables={table.key: table for table in tables},
        afterwards=counted.afterwards,
        prevented={kind: counted.prevented.get(kind, Prevented()) for kind in PREVENTIONS},
    )


def _divide(
    key: str,
    title: str,
    cells: Sequence[CaseCell],
    rows: Mapping[str, str],
    code_of: Callable[[CaseCell], str],
    whole: CaseCounts,
) -> CaseTable:
    """A line for each row; cells of no row make one more line, when there are any."""
    lines = [
        CaseLine(code, name, _sum(cell.counts for cell in cells if code_of(cell) == code))
        for code, name in rows.items()
    ]
    rest = [cell.counts for cell in cells if code_of(cell) not in rows]
    if rest:
        lines.append(CaseLine("", "未填写", _sum(rest)))
    return CaseTable(key, title, tuple(lines), whole)


def _with_parts(
    lines: Iterable[CaseLine], cells: Sequence[CaseCell], reference: Reference
) -> Iterable[CaseLine]:
    """Sources with the parts of each below it."""
    for line in lines:
        yield line
        for part in reference.sources:
            if part.parent and part.parent == line.code:
                counts = _sum(cell.counts for cell in cells if cell.source == part.code)
                yield CaseLine(part.code, part.name, counts, line.code)


def _sum(parts: Iterable[CaseCounts]) -> CaseCounts:
    return sum(parts, NOTHING)
