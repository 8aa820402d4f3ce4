"""Plain reports on A4: a title, running text, three-line tables, places to sign. Proportions of official papers (公文).

GB/T 9704: margins 37, 28, 35, and 26 mm (the sides are evened out here), body 16 pt on 28 pt lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

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
    page.closing([facts.office, day(facts.printed_at.date())])
    for number, table in enumerate(facts.tables, 1):
        page.ruled(number, table)
    page.responsible()
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

    def closing(self, lines: Sequence[str]) -> None:
        """Issuer and day at the right, on the page of the text they close."""
        self._stay(self.strips)
        self.space(_BODY_LEADING / 2, glued=True)
        for number, text in enumerate(lines, 1):
            line = self.setter.line(text, self.sheet.body)
            x = self.sheet.width - self.sheet.side - line.width
            self._text([(x, line)], _BODY_LEADING, glued=number < len(lines))

    def ruled(self, number: int, table: ReportTable) -> None:
        """A three-line table: whole on one page where it fits on one, else with its head on every page."""
        before = len(self.strips)
        self.space(14, glued=True)
        self._centred(f"表{number}　{table.title}", self.sheet.heading, 1.7, bold=True)
        unit = self.setter.line(f"单位：{table.unit}", self.sheet.small)
        self._text([(self.sheet.width - self.sheet.side - unit.width, unit)], 14, glued=True)
        grid = _Grid(self.sheet, self.setter, table)
        head = grid.head()
        self.strips += [head, *(grid.row(row, (head,)) for row in table.rows)]
        if table.note:
            self._stay(self.strips)
            self.note(table.note)
        block = self.strips[before:]
        if (
            sum(strip.height for strip in block)
            <= self.sheet.height - self.sheet.top - self.sheet.bottom - 40
        ):
            self.strips[before:] = [*(replace(strip, glued=True) for strip in block[:-1]), block[-1]]

    def responsible(self) -> None:
        """Places for the names of those who answer for the report, on the page of what stands before."""
        self._stay(self.strips)
        each, size, height = self.sheet.inner / len(_SIGNED), self.sheet.value, 36.0
        marks = [self.setter.line(f"{word}：", size) for word in _SIGNED]

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            foot = top - height + 6
            for number, mark in enumerate(marks):
                x = self.sheet.side + number * each
                pen.line(x, foot + 2, mark)
                pen.rule(x + mark.width, foot, x + each - 12, foot)

        self.strips.append(Strip(height, draw))

    @staticmethod
    def _stay(strips: list[Strip]) -> None:
        """What came last stays on the page of what follows."""
        if strips:
            strips[-1] = replace(strips[-1], glued=True)


class _Grid:
    """Columns of a table: those of figures stand right and are equally wide, text takes what it needs."""

    def __init__(self, sheet: Sheet, setter: Setter, table: ReportTable) -> None:
        self._sheet, self._setter, self._table = sheet, setter, table
        columns = list(zip(table.header, *table.rows, strict=True))
        self._right = [all(_FIGURE.fullmatch(cell) for cell in column[1:]) for column in columns]
        self._widths = self._share([self._wanted(column) for column in columns])

    def head(self) -> Strip:
        """The head: a thick rule above, a thin one below."""
        return self._strip(self._table.header, bold=True, above=_THICK, below=_THIN, glued=True)

    def row(self, cells: Sequence[str], repeat: tuple[Strip, ...]) -> Strip:
        """A row; a total is set bold under a thin rule, and what closes the table or a page has a thick one."""
        total, last = cells[0] == _TOTAL, cells is self._table.rows[-1]
        above, below = _THIN if total else 0.0, _THICK if last else 0.0
        return self._strip(cells, bold=total, above=above, below=below, repeat=repeat)

    def _wanted(self, column: Sequence[str]) -> float:
        return (
            max(self._setter.line(cell, self._sheet.cell, bold=True).width for cell in column) + 2 * _GAP + 1
        )

    def _share(self, wanted: Sequence[float]) -> list[float]:
        inner = self._sheet.inner
        figures = [width for width, right in zip(wanted, self._right, strict=True) if right]
        each = max(figures, default=0.0)
        texts = [width for width, right in zip(wanted, self._right, strict=True) if not right]
        room = inner - each * len(figures)
        if not figures or sum(texts) > room:
            shrink = room / sum(texts) if texts else 1.0
            return [
                each if right else width * shrink for width, right in zip(wanted, self._right, strict=True)
            ]
        spare = (room - sum(texts)) / len(figures)
        return [each + spare if right else width for width, right in zip(wanted, self._right, strict=True)]

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
                pen.rule(left, top - height, end, top - height, below or _THICK)

        return Strip(height, draw, glued, repeat)
