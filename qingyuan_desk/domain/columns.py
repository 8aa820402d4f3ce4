"""Columns of somebody else's sheet: found by their headers, and cells that lost what they said on the way here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qingyuan_desk.domain.grid import FORMULA_FAULTS, lost_digits
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.text import clean_line, search_key

#: What a column can be → the headers it is known by, the commonest first. The first one also names it to people.
Fields = Mapping[str, tuple[str, ...]]

_BRACKETED = re.compile(r"[(\[【〔<《].*?[)\]】〕>》]")
_MARKS = re.compile(r"[\W_]")


@dataclass(frozen=True)
class Columns:
    """Which column holds what: field → place, the headers nothing is taken from, and what to tell about it."""

    places: Mapping[str, int]
    unused: tuple[str, ...]
    told: tuple[str, ...] = ()

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """What a row says, by field."""
        return {name: row[place] for name, place in self.places.items()}

    @property
    def sentences(self) -> tuple[str, ...]:
        """How the columns were read, for the person to confirm."""
        return (*self.told, *((f"这些列没有用到：{'、'.join(self.unused)}。",) if self.unused else ()))


def plain(header: str) -> str:
    """A header without what people add to it: 来访时间（必填）*, 姓 名."""
    return _MARKS.sub("", _BRACKETED.sub("", search_key(header)))


def spellings(fields: Fields) -> frozenset[str]:
    """Every header any of the fields is known by, in the key that `plain` makes."""
    return frozenset(plain(spelling) for known in fields.values() for spelling in known)


def find(header: Sequence[str], fields: Fields) -> tuple[dict[str, int], list[str]]:
    """Every field's column by its commonest header, of two alike the left one; and what to tell about it."""
    said = [plain(cell) for cell in header]
    places: dict[str, int] = {}
    told: list[str] = []
    for name, known in fields.items():
        fitting = next((spelling for spelling in map(plain, known) if spelling in said), None)
        if fitting is None:
            continue
        places[name] = said.index(fitting)
        if said.count(fitting) > 1:
            shown = clean_line(header[places[name]])
            told.append(f"有 {said.count(fitting)} 列都叫“{shown}”，用了最左边的一列。")
    return places, told


def settled(
    header: Sequence[str], places: Mapping[str, int], told: Iterable[str], never_read: str
) -> Columns:
    """The columns that were found; `never_read`: a header of our own that is neither used nor missed."""
    used = set(places.values())
    others = (clean_line(cell) for place, cell in enumerate(header) if place not in used)
    return Columns(places, tuple(cell for cell in others if cell not in ("", never_read)), tuple(told))


def unreadable(cells: Mapping[str, str], fields: Fields, numbers: Collection[str]) -> Iterable[Problem]:
    """Formulas without a value, and numbers (phones, IDs: the fields `numbers`) whose last digits are gone."""
    for name, cell in cells.items():
        label = fields[name][0]
        if cell.strip() in FORMULA_FAULTS:
            yield Problem(name, f"“{label}”一格是公式，没有算出值（{cell.strip()}），请改成文字。")
        elif name in numbers and lost_digits(cell):
            yield Problem(
                name,
                f"“{label}”被存成了数字（{cell.strip()}），后几位已经丢失。请把这一列设为“文本”格式，重新填写完整的号码。",
            )
