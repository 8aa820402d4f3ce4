"""Plain reports on A4: a title, running text, three-line tables, places to sign. Proportions of official papers (公文).

GB/T 9704: margins 37, 28, 35, and 26 mm (the sides are evened out here), body 16 pt on 28 pt lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qingyuan_desk.documents.blocks import Composer
from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.page import MM, Imprint, Pen, Sheet, Strip, print_pages
from qingyuan_desk.documents.parts import day, moment
from qingyuan_desk.documents.typeset import Line, Setter
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.papers import Paper, ReportFacts, ReportTable

SHEET = Sheet(
    width=210 * MM,
    height=297 * MM,
    side=27 * MM,
    top=37 * MM,
    bottom=35 * MM,
    title=22,
    heading=12,
    label=10.5,
    value=12,
    body=16,
    cell=10.5,
    small=9,
    air=3.6,
    boxed=True,
)

_BODY_LEADING = 28.0
_TOTAL = "合计"
#: Thickness of a table's outer rules and of the rule under its head, in points.
_THICK, _THIN = 1.2, 0.6
#: Space between a cell's text and its neighbour, in points.
_GAP = 6.0
_FIGURE = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?|—")
_SIGNED = ("制表", "审核", "签发")


def render(facts: ReportFacts) -> Paper:
    """Make the report. Raises Unavailable when a font or a text of this program is not there."""
    setter = Setter(faces())
    page = _Report(SHEET, setter)
    marked = facts.title + (Wording("common", {}).text("training") if facts.training else "")
    page.opening(marked, facts.period, facts.office)
    for text in facts.paragraphs:
        page.paragraph(text)
    for number, table in enumerate(facts.tables, 1):
        page.ruled(number, table)
    page.space(SHEET.body, glued=True)
    page.signatures(_SIGNED, [facts.office, day(facts.printed_at.date())])
    imprint = Imprint(
        title=f"{facts.title}（{facts.period}）",
        author=facts.office,
        foot=f"{facts.title}　{facts.period}　打印时间 {moment(facts.printed_at)}",
        training=facts.training,
    )
    pdf, pages = print_pages(SHEET, setter, page.strips, imprint)
    return Paper("report", facts.title, "a4", pdf, setter.missing, 1, pages)


class _Report(Composer):
    """A composer that also knows three-line tables."""

    def opening(self, title: str, period: str, office: str) -> None:
        """Title and period, and who reports, over a rule."""
        self._centred(title, self.sheet.title, 1.5, bold=True)
        self._centred(period, 14, 1.7)
        self._centred(office, 12, 1.9)
        left, right = self.sheet.side, self.sheet.width - self.sheet.side

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.rule(left, top - 2, right, top - 2, _THICK)

        self.strips.append(Strip(16, draw, glued=True))

    def paragraph(self, text: str, *, indent: bool = True, bold: bool = False) -> None:
        """Running text on 28 pt lines."""
        size, left = self.sheet.body, self.sheet.side
        room = 2 * size if indent else 0.0
        lines = self.setter.lines(text, size, self.sheet.inner, bold=bold, indent=room)
        rows = [[(left if number else left + room, line)] for number, line in enumerate(lines)]
        self._lines(rows, _BODY_LEADING)

    def ruled(self, number: int, table: ReportTable) -> None:
        """A three-line table: whole on one page where it fits on one, else with its head on every page."""
        before = len(self.strips)
        self.space(14, glued=True)
        self._centred(f"表{number}　{table.title}", self.sheet.heading, 1.7, bold=True)
        unit = self.setter.line(f"单位：{table.unit}", self.sheet.small)
        self._text([(self.sheet.width - self.sheet.side - unit.width, unit)], 14, glued=True)
        grid = _Grid(self.sheet, self.setter, table)
        head = grid.head()
        rows = [grid.row(row, (head,)) for row in table.rows]
        height = sum(strip.height for strip in (*self.strips[before:], head, *rows))
        whole = height <= self.sheet.height - self.sheet.top - self.sheet.bottom
        self.strips += [head, *_glued(rows, whole, bool(table.note))]
        if table.note:
            self.note(table.note)


def _glued(rows: Sequence[Strip], whole: bool, noted: bool) -> list[Strip]:
    """Rows that stay together when the table is kept whole; the last one stays with its note."""
    last = len(rows) - 1
    return [
        Strip(row.height, row.draw, glued=noted if number == last else whole, repeat=row.repeat)
        for number, row in enumerate(rows)
    ]


class _Grid:
    """Columns of a table as wide as what they say, the first one taking what is left. Columns of figures stand right."""

    def __init__(self, sheet: Sheet, setter: Setter, table: ReportTable) -> None:
        self._sheet, self._setter, self._table = sheet, setter, table
        columns = list(zip(table.header, *table.rows, strict=True))
        self._right = [all(_FIGURE.fullmatch(cell) for cell in column[1:]) for column in columns]
        wanted = [
            max(setter.line(cell, sheet.cell, bold=True).width for cell in column) + 2 * _GAP
            for column in columns
        ]
        spare = (sheet.inner - sum(wanted)) / len(wanted)
        self._widths = [width + spare for width in wanted]

    def head(self) -> Strip:
        """The head: a thick rule above, a thin one below."""
        return self._strip(self._table.header, bold=True, above=_THICK, below=_THIN, glued=True)

    def row(self, cells: Sequence[str], repeat: tuple[Strip, ...]) -> Strip:
        """A row; the total is set bold under a thin rule, and whatever closes the page or the table has a thick one."""
        total = cells[0] == _TOTAL
        last = cells is self._table.rows[-1]
        return self._strip(
            cells, bold=total, above=_THIN if total else 0, below=_THICK if last else 0, repeat=repeat
        )

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
        placed: list[tuple[float, Line]] = []
        x = sheet.side
        for cell, width, right in zip(cells, self._widths, self._right, strict=True):
            line = self._setter.line(cell, sheet.cell, bold=bold)
            placed.append((x + width - _GAP - line.width if right else x + _GAP, line))
            x += width
        height = sheet.cell * 1.3 + 2 * sheet.air
        left, end = sheet.side, sheet.width - sheet.side

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            if above:
                pen.rule(left, top, end, top, above)
            for x, line in placed:
                pen.line(x, top - height / 2 - line.size * 0.37, line)
            if below or closes:
                pen.rule(left, top - height, end, top - height, below or _THICK)

        return Strip(height, draw, glued, repeat)
