"""The paper of a period as plain values: running text, tables, charts, lists, all words already chosen and all numbers already set.

It is what is frozen when a month is closed. Everything a page shows stands in it, so that the same value makes the same paper
years later, whatever became of the records, of the office's tables, or of the sentences this program writes by then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from qingyuan_desk.domain.papers import ReportTable

#: Kinds of charts: bars one below the other; months beside each other; parts of one whole; places on a map of squares.
CHARTS = ("bars", "months", "share", "tiles")
#: The first cell of a table's last line.
TOTAL = "合计"
#: So many lines of zeros are told in a sentence instead.
_ZEROS = 3
_ZERO = re.compile(r"[+-]?[0.,]*%?|—")
#: A share has no more parts than this; the smallest make one together (其他).
PARTS = 5


@dataclass(frozen=True)
class Entry:
    """One thing a chart shows. value: None where nothing had been recorded. row, column: its place on a map of squares."""

    name: str
    value: int | None
    row: int = 0
    column: int = 0


@dataclass(frozen=True)
class Chart:
    """A chart of a kind of CHARTS. note: how it is to be read, below it."""

    kind: str
    title: str
    unit: str
    entries: tuple[Entry, ...]
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the paper: heading, running text, then charts, then tables."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[ReportTable, ...] = ()


@dataclass(frozen=True)
class OfficialColumn:
    """A column of an official table. group: the heading over it and its neighbours, "" for one that stands alone."""

    name: str
    group: str = ""


@dataclass(frozen=True)
class OfficialFacts:
    """An official table (法定报表), cells already set. faults: which sums differ; a table with any is not printed.

    rows: name and cells; total: the last line. notes: units and definitions. zero: whether there is nothing to report.
    """

    title: str
    columns: tuple[OfficialColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    zero: bool = False


@dataclass(frozen=True)
class MonthlyFacts:
    """The paper of a period.

    title: 2024年9月矛盾纠纷受理办理情况月报. issue: 2024年第9期, "" for a span of days. period: 2024年9月, or how far it is counted.
    paragraphs: the period in running text, ready to be handed on. annexes: lists by number, type, and node only.
    digest: SHA-256 of the figures' JSON, in hex; its first sixteen stand in the foot.
    """

    title: str
    office: str
    issue: str
    period: str
    paragraphs: tuple[str, ...]
    sections: tuple[Section, ...]
    annexes: tuple[ReportTable, ...]
    official: tuple[OfficialFacts, ...]
    printed_at: datetime
    digest: str
    training: bool = False


def to_json(facts: MonthlyFacts) -> dict[str, Any]:
    """The paper as plain values, for keeping."""
    return {**asdict(facts), "printed_at": facts.printed_at.isoformat()}


def from_json(kept: Mapping[str, Any]) -> MonthlyFacts:
    """The paper again. Raises KeyError or TypeError for values that are none."""
    return MonthlyFacts(
        **{
            **kept,
            "paragraphs": tuple(kept["paragraphs"]),
            "sections": tuple(_section(each) for each in kept["sections"]),
            "annexes": _tables(kept["annexes"]),
            "official": tuple(_official(each) for each in kept["official"]),
            "printed_at": datetime.fromisoformat(kept["printed_at"]),
        }
    )


def as_text(facts: MonthlyFacts) -> str:
    """The paper as one canonical JSON text: the same value, the same text."""
    return json.dumps(to_json(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _section(kept: Mapping[str, Any]) -> Section:
    charts = tuple(
        Chart(**{**chart, "entries": tuple(Entry(**entry) for entry in chart["entries"])})
        for chart in kept["charts"]
    )
    return Section(kept["heading"], tuple(kept["paragraphs"]), charts, _tables(kept["tables"]))


def _tables(kept: Sequence[Mapping[str, Any]]) -> tuple[ReportTable, ...]:
    return tuple(
        ReportTable(**{**table, "header": tuple(table["header"]), "rows": _rows(table["rows"])})
        for table in kept
    )


def _rows(kept: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in kept)


def _official(kept: Mapping[str, Any]) -> OfficialFacts:
    return OfficialFacts(
        **{
            **kept,
            "columns": tuple(OfficialColumn(**column) for column in kept["columns"]),
            "rows": _rows(kept["rows"]),
            "total": tuple(kept["total"]),
            "notes": tuple(kept["notes"]),
            "faults": tuple(kept["faults"]),
        }
    )


def shares(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Parts of a whole, the largest first: those that count something, at most PARTS of them, the smallest as one (其他)."""
    counting = sorted((entry for entry in entries if entry.value), key=lambda entry: -(entry.value or 0))
    if len(counting) <= PARTS:
        return tuple(counting)
    rest = sum(entry.value or 0 for entry in counting[PARTS - 1 :])
    return (*counting[: PARTS - 1], Entry("其他", rest))


def brief(table: ReportTable) -> ReportTable:
    """A table that is added up, as it is printed: without its lines of zeros where there are several, and saying so."""
    if not table.rows or table.rows[-1][0] != TOTAL:
        return table
    *lines, total = table.rows
    counting = [line for line in lines if not all(_ZERO.fullmatch(cell) for cell in line[1:])]
    zeros = len(lines) - len(counting)
    if zeros < _ZEROS:
        return table
    told = f"全为零的{zeros}行没有列出。" if counting else f"{zeros}行全为零，没有列出。"
    return replace(table, rows=(*counting, total), note=f"{table.note}{told}")
