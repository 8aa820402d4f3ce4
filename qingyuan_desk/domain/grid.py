"""A table of text, as read from a spreadsheet or about to become one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

#: Within so many rows from the top the header is looked for, below titles and notes.
HEADER_WITHIN = 10
#: Stands in a cell whose formula was never calculated.
UNCALCULATED = "#公式未计算"
#: What a spreadsheet shows instead of a value.
FORMULA_FAULTS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", UNCALCULATED}
)
#: A number of more digits than a spreadsheet keeps: 1.10105194912310E+17.
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{2,3}")


@dataclass(frozen=True)
class Grid:
    """One sheet: a header and rows of text, every row as wide as the header.

    first_row: the number the spreadsheet shows beside the first row.
    told: Chinese sentences about how the file was read, for the person to confirm.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 2
    told: tuple[str, ...] = ()

    def headed(self, known: Callable[[str], bool]) -> Grid:
        """The same sheet under the header row that has the most `known` names, of the rows near the top.

        Cells a merged header leaves empty take the name standing above them. Nothing known: unchanged.
        """
        near = (self.header, *self.rows[:HEADER_WITHIN])
        headers = {0: self.header}
        for place, (upper, row) in enumerate(pairwise(near), start=1):
            if sum(map(known, row)) > 1:
                headers[place] = _filled(row, upper)
        # Of two rows that know as much, the lower one: it stands under a merged one.
        best = max(headers, key=lambda place: (len({name for name in headers[place] if known(name)}), place))
        return replace(self, header=headers[best], rows=self.rows[best:], first_row=self.first_row + best)


def lost_digits(text: str) -> bool:
    """Whether a number was too long for a spreadsheet, so that its last digits are gone."""
    return _SCIENTIFIC.fullmatch(text.strip()) is not None


def _filled(row: tuple[str, ...], above: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell if cell.strip() else upper for cell, upper in zip(row, above, strict=True))
