"""What every kind of figure is made of: a definition, lines of tables that must add up, and rates with what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qingyuan_desk.domain.errors import Unavailable

#: Code of the line for what is in no row of a table, where a list is asked for by code: the line itself has an empty one.
UNSAID = "unsaid"


@dataclass(frozen=True)
class Figure:
    """A thing that is counted: its key in JSON, its Chinese name, unit, and definition."""

    key: str
    name: str
    unit: str
    definition: str


@dataclass(frozen=True)
class Counts:
    """One line of a table: 件, 件次, 批次, 人次. Where a table divides matters, a matter stands where its last visit stands."""

    matters: int = 0
    visits: int = 0
    groups: int = 0
    heads: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.matters + other.matters,
            self.visits + other.visits,
            self.groups + other.groups,
            self.heads + other.heads,
        )


NOTHING = Counts()

#: Field of Counts → its name and unit.
COLUMNS: Mapping[str, tuple[str, str]] = {
    "matters": ("涉及事项", "件"),
    "visits": ("接待来访", "件次"),
    "groups": ("集体访", "批次"),
    "heads": ("来访人数", "人次"),
}


@dataclass(frozen=True)
class Line:
    """A line of a breakdown. `parent`: code of the line it is a part of (其中)."""

    code: str
    name: str
    counts: Counts
    parent: str = ""


@dataclass(frozen=True)
class Breakdown:
    """A table that divides the visits of a period. `whole`: what its lines must add up to."""

    key: str
    title: str
    lines: tuple[Line, ...]
    whole: Counts

    def fault(self) -> str:
        """Where the table does not add up, in words; empty when it does."""
        for column, (name, unit) in COLUMNS.items():
            added = sum(getattr(line.counts, column) for line in self.lines if not line.parent)
            whole = getattr(self.whole, column)
            if added != whole:
                return f"{name}各行相加 {added} {unit}，合计 {whole} {unit}"
        for line in self.lines:
            parts = sum(part.counts.visits for part in self.lines if line.code and part.parent == line.code)
            if parts > line.counts.visits:
                return f"“{line.name}”的其中项相加 {parts} 件次，多于 {line.counts.visits} 件次"
        return ""


@dataclass(frozen=True)
class TallyLine:
    """A line of a tally."""

    code: str
    name: str
    count: int


@dataclass(frozen=True)
class Tally:
    """A table that divides one number. key: of the figure it divides or, where there are several ways, of its own."""

    key: str
    title: str
    unit: str
    lines: tuple[TallyLine, ...]
    whole: int

    def fault(self) -> str:
        """Where the table does not add up, in words; empty when it does."""
        added = sum(line.count for line in self.lines)
        if added == self.whole:
            return ""
        return f"各行相加 {added} {self.unit}，合计 {self.whole} {self.unit}"


@dataclass(frozen=True)
class Rate:
    """A rate with what it rests on: `part` of `whole`."""

    part: int = 0
    whole: int = 0

    @property
    def share(self) -> float | None:
        """The rate as a share of one; None when there was nothing to be a part of."""
        return self.part / self.whole if self.whole else None


def tally(
    figure: Figure, rows: Mapping[str, str], counted: Mapping[str, int], whole: int, rest: str = "未填写"
) -> Tally:
    """A line for each row (code → name); what is in none of them makes one more line, when there is any."""
    lines = [TallyLine(code, name, counted.get(code, 0)) for code, name in rows.items()]
    unsaid = sum(count for code, count in counted.items() if code not in rows)
    if unsaid:
        lines.append(TallyLine("", rest, unsaid))
    return Tally(figure.key, figure.name, figure.unit, tuple(lines), whole)


def divide(
    key: str,
    title: str,
    rows: Mapping[str, str],
    counted: Iterable[tuple[str, Counts]],
    whole: Counts,
    rest: str = "未填写",
) -> Breakdown:
    """A line for each row (code → name) of (code, counts); what is in none of them makes one more line, when there is any."""
    found: dict[str, Counts] = {}
    for code, counts in counted:
        known = code if code in rows else ""
        found[known] = found.get(known, NOTHING) + counts
    lines = [Line(code, name, found.get(code, NOTHING)) for code, name in rows.items()]
    if "" in found:
        lines.append(Line("", rest, found[""]))
    return Breakdown(key, title, tuple(lines), whole)


def check(tables: Iterable[Breakdown | Tally]) -> None:
    """Raise Unavailable QY-140 with the title of the first table that does not add up, and the two numbers."""
    for table in tables:
        if fault := table.fault():
            raise Unavailable("QY-140", table=table.title, cause=fault)
