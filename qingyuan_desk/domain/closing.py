"""Closing a period (结账): what is kept of it, and what of it is another number now, figure by figure.

Compared are the counts of a period, as domain/figures_json.py writes them. Rates follow from counts; trend, comparisons, drivers,
and hot spots tell of other periods too; waits, node durations, and the list of missed limits tell of single matters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from qingyuan_desk.domain import official
from qingyuan_desk.domain.breakdowns import COLUMNS
from qingyuan_desk.domain.figures import FIGURES, TABLES
from qingyuan_desk.domain.money import words as in_yuan
from qingyuan_desk.domain.periods import KINDS
from qingyuan_desk.domain.work_figures import ELDERS

#: Kinds of periods that can be closed: those of the calendar.
CLOSED_KINDS = tuple(kind for kind in KINDS if kind != "span")
#: A footnote names so many figures of the whole; of lines of tables it says how many changed.
_MOST_NAMED = 12

Kept = Mapping[str, Any]


@dataclass(frozen=True)
class Closed:
    """A closed period as it is kept. figures, facts: canonical JSON of its figures and of what its paper says.

    Digests are SHA-256 in hex; paper_digest that of the PDF. told: JSON, code of an earlier period → key → the number as this
    period's paper corrected it.
    """

    code: str
    kind: str
    first: date
    last: date
    closed_at: datetime
    closed_by: str
    figures: str
    figures_digest: str
    facts: str
    facts_digest: str
    paper_digest: str
    told: str = "{}"


@dataclass(frozen=True)
class Counted:
    """A number of a report: its key, what it is called, its unit ("分" for money). whole: of the period, not of a line of a table."""

    key: str
    name: str
    unit: str
    value: int
    whole: bool = True


@dataclass(frozen=True)
class Change:
    """A number that is another one now."""

    key: str
    name: str
    unit: str
    before: int
    after: int
    whole: bool = True

    @property
    def words(self) -> str:
        """接待来访由 6 件次变为 5 件次."""
        return f"{self.name}由 {_said(self.before, self.unit)}变为 {_said(self.after, self.unit)}"


def canonical(value: object) -> str:
    """Plain values as the one text that stands for them."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: str | bytes) -> str:
    """SHA-256 in hex."""
    return sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()


def changes(before: Kept, after: Kept, told: Mapping[str, int] | None = None) -> tuple[Change, ...]:
    """What differs between the figures of a period then and now. told: numbers (by key) that were corrected in between."""
    then, now = ({each.key: each for each in counted(kept)} for kept in (before, after))
    corrected = told or {}
    found = []
    for key, each in {**then, **now}.items():
        was = corrected.get(key, then[key].value if key in then else 0)
        value = now[key].value if key in now else 0
        if was != value:
            found.append(Change(key, each.name, each.unit, was, value, each.whole))
    return tuple(found)


def footnote(period: str, found: Sequence[Change]) -> str:
    """The changes of a closed period in a sentence; "" when there are none."""
    if not found:
        return ""
    wholes = [each.words for each in found if each.whole]
    more, lines = len(wholes) - _MOST_NAMED, sum(not each.whole for each in found)
    parts = wholes[:_MOST_NAMED]
    if more > 0:
        parts.append(f"另有 {more} 项总数变动")
    if lines:
        parts.append(f"分项变动 {lines} 处" if wholes else f"总数不变，分项变动 {lines} 处")
    return f"{period}已经结账，结账后有变动：{'；'.join(parts)}。原报表不再改动，以本注为准。"


# --- the numbers of a report ---------------------------------------------------------------------------------------


def counted(kept: Kept) -> Iterator[Counted]:
    """Every count of a period's figures, the wholes first."""
    yield from _wholes(kept)
    yield from _lines(kept)


#: Where in the JSON the counts of the whole period stand, and how the key of a figure begins there.
_WHOLES: tuple[tuple[str, str], ...] = (
    ("totals", ""),
    ("clocks", ""),
    ("petitions.counts", ""),
    ("petitions.sendings.total", "petition_sending_"),
    ("handovers.total", "handover_"),
    ("support.total", "support_"),
    ("cases.totals", ""),
    ("cases.afterwards", ""),
    ("consultations.counts", ""),
    ("consultations.outreach.total", "outreach_"),
    ("official.types.total", "official_"),
    ("official.prevention", "official_"),
)
_PETITIONS: Mapping[str, str] = {
    "matters": "petitions",
    "visits": "petition_visits",
    "groups": "petition_groups",
    "heads": "petition_heads",
}
_CASE_TABLES = {
    "case_types": "调解的纠纷类型",
    "case_sources": "调解的来源",
    "case_origins": "调解案件来源",
}
_UNNAMED: Mapping[str, tuple[str, str]] = {"rated": ("回访作出评价", "次"), "satisfied": ("回访满意", "次")}


def _wholes(kept: Kept) -> Iterator[Counted]:
    for path, prefix in _WHOLES:
        for key, value in _at(kept, path).items():
            if isinstance(value, int):
                yield _named(f"{path}.{key}", f"{prefix}{key}", value)
    for column, key in _PETITIONS.items():
        yield _named(f"petitions.total.{column}", key, _at(kept, "petitions.total").get(column, 0))
    yield _named("stays.moved", "moved", _at(kept, "stays").get("moved", 0))
    for each in _rows(kept, "cases.prevented"):
        name = FIGURES[f"prevented_{each['kind']}"].name
        path = f"cases.prevented.{each['kind']}"
        yield Counted(f"{path}.cases", name, "件", each["cases"])
        yield Counted(f"{path}.persons", f"{name}涉及人数", "人", each["persons"])


def _lines(kept: Kept) -> Iterator[Counted]:
    """The lines of every table."""
    titles = {key: title for key, (title, _) in TABLES.items()}
    titles |= {
        f"petitions.{key}": FIGURES[key].name
        for key in ("petition_kinds", "petition_purposes", "petition_channels")
    }
    for path, title in titles.items():
        for row in _rows(kept, f"{path}.lines"):
            for column, (name, unit) in COLUMNS.items():
                yield _line(path, row, column, f"{title}“{row['name']}”{name}", unit)
    for path, title in _CASE_TABLES.items():
        for row in _rows(kept, f"cases.{path}"):
            yield from _numbers(f"cases.{path}", row, f"{title}“{row['name']}”", "")
    for part in ("petitions", "consultations"):
        for key, table in _at(kept, f"{part}.tallies").items():
            for row in table["lines"]:
                title = f"{FIGURES[key].name}“{row['name']}”"
                yield _line(f"{part}.tallies.{key}", row, "count", title, FIGURES[key].unit)
    for path, prefix in (
        ("petitions.sendings", "petition_sending_"),
        ("handovers", "handover_"),
        ("support", "support_"),
    ):
        for row in _rows(kept, f"{path}.lines"):
            yield from _numbers(path, row, f"“{row['name']}”", prefix)
    for row in _rows(kept, "official.types.lines"):
        for each, value in row["counts"].items():
            head = official.NAMES[each]
            name = f"人民调解案件情况统计表“{row['name']}”{head.group}{head.name}"
            yield Counted(f"official.types.{row['code']}.{each}", name, _unit(each, head.unit), value, False)
    for row in _rows(kept, "elders"):
        for key, figure in ELDERS.items():
            yield _line("elders", row, key, f"调解员“{row['name']}”{figure.name}", _unit(key, figure.unit))


def _at(kept: Kept, path: str) -> Mapping[str, Any]:
    found: Any = kept
    for part in path.split("."):
        found = found.get(part, {})
    return dict(found)


def _rows(kept: Kept, path: str) -> Iterable[Mapping[str, Any]]:
    above, _, last = path.rpartition(".")
    rows: Iterable[Mapping[str, Any]] = (_at(kept, above) if above else kept).get(last, ())
    return rows


def _named(path: str, key: str, value: int) -> Counted:
    """A count of the whole period, under the name of its figure."""
    if key in FIGURES:
        return Counted(path, FIGURES[key].name, _unit(key, FIGURES[key].unit), value)
    name, unit = _UNNAMED[key]
    return Counted(path, name, unit, value)


def _numbers(path: str, row: Mapping[str, Any], title: str, prefix: str) -> Iterator[Counted]:
    """The counts of a line that have the name of a figure."""
    for key, value in row.items():
        figure = FIGURES.get(f"{prefix}{key}")
        if figure and isinstance(value, int):
            yield _line(path, row, key, f"{title}{figure.name}", _unit(key, figure.unit))


def _line(path: str, row: Mapping[str, Any], column: str, name: str, unit: str) -> Counted:
    code = row["code"] if "code" in row else row["unit"]
    return Counted(f"{path}.{code}.{column}", name, unit, row[column], False)


def _unit(key: str, unit: str) -> str:
    """Money is whole fen in the JSON, whatever a table prints it in."""
    return "分" if key.endswith(("amount", "subsidy")) else unit


def _said(value: int, unit: str) -> str:
    return in_yuan(value) if unit == "分" else f"{value} {unit}"
