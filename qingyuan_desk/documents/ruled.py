"""Three-line tables (三线表): thick rules above and below, a thin one under the head and over the total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qingyuan_desk.documents.page import Pen, Sheet, Strip
from qingyuan_desk.documents.typeset import Line, Setter
from qingyuan_desk.domain.monthly import TOTAL
from qingyuan_desk.domain.papers import ReportTable

#: Thickness of a table's outer rules and of the rule under its head, in points.
THICK, THIN = 1.2, 0.6
#: Space between a cell's text and its neighbour, in points.
_GAP = 6.0
#: No column of text is made narrower than this, in points.
_LEAST = 40.0
#: The first column, which says what a row is about, gives way to no other up to this share of the width.
_FIRST = 0.3
#: Sizes of text for tables whose figures have no room in the usual one.
_SMALLER = (9.0, 7.5, 6.5)
_FIGURE = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?|—")


class Grid:
    """Columns of a table: those of figures stand right and are equally wide, text takes what it needs."""

    def __init__(self, sheet: Sheet, setter: Setter, table: ReportTable) -> None:
        self._setter, self._table = setter, table
        columns = list(zip(table.header, *table.rows, strict=True))
        self._right = [all(_FIGURE.fullmatch(cell) for cell in column[1:]) for column in columns]
        for size in (sheet.cell, *_SMALLER):
            self._sheet = replace(sheet, cell=size)
            wanted = [self._wanted(column) for column in columns]
            if self._least(wanted) <= sheet.inner:
                break
        self._widths = self._share(wanted)
        #: Whether every cell stands on one line in the usual size.
        self.fits = sum(wanted) <= sheet.inner and self._sheet == sheet

    def head(self) -> Strip:
        """The head: a thick rule above, a thin one below."""
        return self._strip(self._table.header, bold=True, above=THICK, below=THIN, glued=True)

    def row(self, cells: Sequence[str], repeat: tuple[Strip, ...]) -> Strip:
        """A row; a total is set bold under a thin rule, and what closes the table or a page has a thick one."""
        total, last = cells[0] == TOTAL, cells is self._table.rows[-1]
        above, below = THIN if total else 0.0, THICK if last else 0.0
        return self._strip(cells, bold=total, above=above, below=below, repeat=repeat)

    def _wanted(self, column: Sequence[str]) -> float:
        return (
            max(self._setter.line(cell, self._sheet.cell, bold=True).width for cell in column) + 2 * _GAP + 1
        )

    def _least(self, wanted: Sequence[float]) -> float:
        """What the columns take at least: figures are never broken, text may be."""
        columns = zip(wanted, self._right, strict=True)
        return sum(width if number else min(width, _LEAST) for width, number in columns)

    def _share(self, wanted: Sequence[float]) -> list[float]:
        """Widths of the columns: of figures equal ones where there is room for it, of text what is left."""
        inner, right = self._sheet.inner, self._right
        figures = [width for width, number in zip(wanted, right, strict=True) if number]
        texts = sum(wanted) - sum(figures)
        each = max(figures, default=0.0)
        if figures and texts + each * len(figures) <= inner:
            each += (inner - texts - each * len(figures)) / len(figures)
            return [each if number else width for width, number in zip(wanted, right, strict=True)]
        if figures and sum(wanted) <= inner:
            more = (inner - sum(wanted)) / len(figures)
            return [width + more if number else width for width, number in zip(wanted, right, strict=True)]
        spare = inner - self._least(wanted) + min(wanted[0], _LEAST)
        first = min(wanted[0], _FIRST * inner, max(spare, _LEAST))
        others = [width for width, number in zip(wanted[1:], right[1:], strict=True) if not number]
        limit = _limit(others, inner - sum(figures) - first)
        found = [
            first,
            *(
                width if number else min(width, limit)
                for width, number in zip(wanted[1:], right[1:], strict=True)
            ),
        ]
        return [width * min(1.0, inner / sum(found)) for width in found]

    def _strip(
        self,
        cells: Sequence[str],
        *,
        bold: bool,
        above: float,
        below: float,
        glued: bool = False,
        repeat: tuple[Strip, ...] = (),
    ) -> Strip:
        sheet = self._sheet
        leading = sheet.cell * 1.3
        placed: list[tuple[float, int, Line]] = []
        x = sheet.side
        for cell, width, right in zip(cells, self._widths, self._right, strict=True):
            for number, line in enumerate(self._setter.lines(cell, sheet.cell, width - 2 * _GAP, bold=bold)):
                placed.append((x + width - _GAP - line.width if right else x + _GAP, number, line))
            x += width
        height = leading * (1 + max(number for _, number, _ in placed)) + 2 * sheet.air
        left, end = sheet.side, sheet.width - sheet.side

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            if above:
                pen.rule(left, top, end, top, above)
            for x, number, line in placed:
                pen.line(x, top - sheet.air - (number + 0.5) * leading - line.size * 0.37, line)
            if below or closes:
                pen.rule(left, top - height, end, top - height, below or THICK)

        return Strip(height, draw, glued, repeat)


def _limit(wanted: Sequence[float], room: float) -> float:
    """How wide the widest may be, so that all of them fit the room: narrow ones keep what they want."""
    left, count = room, len(wanted)
    for width in sorted(wanted):
        if width * count > left:
            return max(left / count, _LEAST)
        left, count = left - width, count - 1
    return max(wanted, default=_LEAST)
