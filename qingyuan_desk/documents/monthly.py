"""The paper of a period on A4, in the proportions of official papers (公文): running text, charts, three-line tables, lists.

GB/T 9704: margins 37 (top), 28 (left), 35, and 26 mm; body 16 pt, 22 lines of 28 pt. It is set in the font this program ships,
whatever the machine has, so that the same facts make the same file everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from qingyuan_desk.documents import charts, official
from qingyuan_desk.documents.blocks import Composer
from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.page import MM, Imprint, Pen, Sheet, Strip, print_parts
from qingyuan_desk.documents.parts import day, moment
from qingyuan_desk.documents.ruled import Grid
from qingyuan_desk.documents.typeset import Setter
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.monthly import Chart, MonthlyFacts, Section, brief
from qingyuan_desk.domain.papers import Paper, ReportTable

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
    air=1.8,
    boxed=True,
    bind=1 * MM,
)

_BODY_LEADING = 28.0
_ROOM = SHEET.height - SHEET.top - SHEET.bottom
#: What is no higher than this stays on one page; a higher table may be cut between rows, never next to its head or its end.
_WHOLE = 0.4 * _ROOM
_UNCUT = 3
#: Narrow tables beside each other are no higher than this; what is between them.
_BESIDE, _GUTTER = 0.75 * _ROOM, 18.0
#: So much higher than the first of them they may become.
_SLACK = 1.2
#: The office's name over the red line, and how far it may shrink.
_ISSUER, _LEAST_ISSUER = 26.0, 18.0
_SIGNED = ("制表", "审核", "签发")
#: Digits of the figures' hash in the foot.
_SHOWN = 16


def render(facts: MonthlyFacts) -> Paper:
    """Make the paper. Raises Unavailable when a font or a text of this program is not there."""
    setter = Setter(faces())
    page = _Monthly(SHEET, setter)
    page.cover(facts)
    for text in facts.paragraphs:
        page.paragraph(text)
    page.closing([facts.office, day(facts.printed_at.date())])
    for section in facts.sections:
        page.section(section)
    for number, annex in enumerate(facts.annexes, 1):
        page.annex(number, annex)
    page.responsible()
    foot = f"{facts.title}　制表 {moment(facts.printed_at)}　数据校验 {facts.digest[:_SHOWN]}"
    imprint = Imprint(facts.title, facts.office, foot, facts.training)
    wide = official.strips(facts, setter, "a4")
    parts = [(SHEET, page.strips), *([(official.SHEETS["a4"], wide)] if wide else [])]
    pdf, pages = print_parts(parts, setter, imprint)
    return Paper("monthly", facts.title, "a4", pdf, setter.missing, 1, pages)


class _Monthly(Composer):
    """A composer that also knows the pieces of this paper."""

    _tables = 0
    _charts = 0

    def cover(self, facts: MonthlyFacts) -> None:
        """Who issues it, its issue and day over the red line; the title under it."""
        sheet, left, right = self.sheet, self.sheet.side, self.sheet.width - self.sheet.side
        self._mark(facts.title, 0)
        across = self.setter.line(facts.office, _ISSUER, bold=True).width
        size = max(_LEAST_ISSUER, min(_ISSUER, _ISSUER * (sheet.inner - 1) / across))
        self._centred(facts.office, size, 1.7, bold=True)
        issue, issued = (self.setter.line(text, 14) for text in (facts.issue, day(facts.printed_at.date())))
        self._text([(left, issue), (right - issued.width, issued)], 26, glued=True)

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.accent(left, top - 2, right, top - 2, 1.6)

        self.strips.append(Strip(_BODY_LEADING, draw, glued=True))
        words = Wording("common", {}).text("training") if facts.training else ""
        self._centred(facts.title + words, sheet.title, 1.6, bold=True)
        if facts.period and facts.period not in facts.title:
            self._centred(f"（{facts.period}）", 14, 1.8)
        self.space(_BODY_LEADING / 2, glued=True)

    def paragraph(self, text: str, *, indent: bool = True, bold: bool = False) -> None:
        """Running text on 28 pt lines."""
        size, left = self.sheet.body, self.sheet.side
        room = 2 * size if indent else 0.0
        lines = self.setter.lines(text, size, self.sheet.inner, bold=bold, indent=room)
        rows = [[(left if number else left + room, line)] for number, line in enumerate(lines)]
        self._lines(rows, _BODY_LEADING)

    def closing(self, lines: Sequence[str]) -> None:
        """Issuer and day at the right, on the page of the text they close."""
        self.keep()
        self.space(_BODY_LEADING / 2, glued=True)
        size, inner = self.sheet.body, self.sheet.inner
        said = [line for text in lines for line in self.setter.lines(text, size, inner)]
        for number, line in enumerate(said, 1):
            x = self.sheet.width - self.sheet.side - line.width
            self._text([(x, line)], _BODY_LEADING, glued=number < len(said))

    def section(self, section: Section) -> None:
        """A heading that never stands alone at the foot of a page, and what is under it."""
        before = len(self.strips)
        self.space(12, glued=True)
        self._mark(section.heading, 0)
        for line in self.setter.lines(section.heading, self.sheet.body, self.sheet.inner, bold=True):
            self._text([(self.sheet.side, line)], _BODY_LEADING, glued=True)
        for text in section.paragraphs:
            self.paragraph(text)
        for chart in section.charts:
            self.chart(chart)
        for columns in self._placed([brief(table) for table in section.tables]):
            if len(columns) == 1:
                self.ruled(columns[0][0])
            else:
                self.beside(columns)
        if not section.charts and len(section.tables) < 2:
            self._whole(before)

    def chart(self, chart: Chart) -> None:
        """A chart with its title above and how to read it below, whole on one page."""
        self._charts += 1
        left = self.sheet.side
        self.space(12, glued=True)
        self._centred(f"图{self._charts}　{chart.title}（{chart.unit}）", self.sheet.heading, 1.9, bold=True)
        drawing = charts.picture(chart, self.setter, self.sheet.inner)

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.picture(left, top - drawing.height, drawing)

        self.strips.append(Strip(drawing.height + 6, draw, glued=bool(chart.note)))
        if chart.note:
            self._note(chart.note)

    def ruled(self, table: ReportTable, mark: str = "") -> None:
        """A three-line table: whole on one page where it is small, else with its head on every page."""
        before = len(self.strips)
        if not mark:
            self._tables += 1
        self.space(12, glued=True)
        self._centred(f"{mark or f'表{self._tables}'}　{table.title}", self.sheet.heading, 1.6, bold=True)
        unit = self.setter.line(f"单位：{table.unit}", self.sheet.small)
        self._text([(self.sheet.width - self.sheet.side - unit.width, unit)], 13, glued=True)
        grid = Grid(self.sheet, self.setter, table)
        head = grid.head()
        rows = [grid.row(row, (head,)) for row in table.rows]
        cut = range(_UNCUT - 1, len(rows) - _UNCUT)
        self.strips += [head, *(row if n in cut else replace(row, glued=True) for n, row in enumerate(rows))]
        if table.note:
            self._note(table.note)
        self.strips[-1] = replace(self.strips[-1], glued=False)
        self._whole(before)

    def beside(self, columns: Sequence[Sequence[ReportTable]]) -> None:
        """Narrow tables in two columns, whole on one page, numbered down the left one first."""
        blocks = []
        for place, tables in enumerate(columns):
            half = _Monthly(_half(self.sheet, place), self.setter)
            for table in tables:
                self._tables += 1
                half.ruled(table, f"表{self._tables}")
            blocks.append(half.strips)

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            for block in blocks:
                y = top
                for strip in block:
                    strip.draw(pen, y, False, False)
                    y -= strip.height

        self.strips.append(Strip(max(map(_height, blocks)), draw))

    def _placed(self, tables: Sequence[ReportTable]) -> Iterator[Sequence[Sequence[ReportTable]]]:
        """Tables as they come, each by itself, but as many neighbours as are narrow in two columns."""
        left = list(tables)
        half = _half(self.sheet, 0)
        while left:
            narrow = list(takewhile(lambda table: Grid(half, self.setter, table).fits, left))
            columns = self._columns(narrow) or (left[:1],)
            yield columns
            del left[: sum(map(len, columns))]

    def _columns(self, tables: Sequence[ReportTable]) -> Sequence[Sequence[ReportTable]]:
        """As many of these as two columns on a page take, parted where these come out most alike; () where not two do."""
        heights = []
        for table in tables:
            half = _Monthly(_half(self.sheet, 0), self.setter)
            half.ruled(table)
            heights.append(_height(half.strips))
        for many in range(len(tables), 1, -1):
            higher = {at: max(sum(heights[:at]), sum(heights[at:many])) for at in range(1, many)}
            at = min(higher, key=lambda each: higher[each])
            if higher[at] <= max(_WHOLE, min(_BESIDE, _SLACK * heights[0])):
                return tables[:at], tables[at:many]
        return ()

    def annex(self, number: int, table: ReportTable) -> None:
        """A list behind the paper; the first one begins a page."""
        before = len(self.strips)
        self._mark(f"附件{number}　{table.title}", 0)
        self.ruled(table, f"附件{number}")
        if number == 1:
            self.strips[before] = replace(self.strips[before], turns=True)

    def responsible(self) -> None:
        """Places for the names of those who answer for the report, on the page of what stands before."""
        self.keep()
        each, size, height = self.sheet.inner / len(_SIGNED), self.sheet.value, 36.0
        marks = [self.setter.line(f"{word}：", size) for word in _SIGNED]

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            foot = top - height + 6
            for number, mark in enumerate(marks):
                x = self.sheet.side + number * each
                pen.line(x, foot + 2, mark)
                pen.rule(x + mark.width, foot, x + each - 12, foot)

        self.strips.append(Strip(height, draw))

    def _note(self, text: str) -> None:
        """Small print that stays with what it is about."""
        self.space(3, glued=True)
        leading = self.sheet.small * 1.42
        lines = self.setter.lines(text, self.sheet.small, self.sheet.inner)
        for number, line in enumerate(lines, 1):
            self._text([(self.sheet.side, line)], leading, glued=number < len(lines))

    def _mark(self, title: str, level: int) -> None:
        """A place of the file's outline; takes no height."""

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.bookmark(title, top, level)

        self.strips.append(Strip(0, draw, glued=True))

    def _whole(self, before: int) -> None:
        """Keep the strips since `before` on one page where they are no higher than what may be kept so."""
        block = self.strips[before:]
        if _height(block) <= _WHOLE:
            self.strips[before:] = [*(replace(strip, glued=True) for strip in block[:-1]), block[-1]]


def _height(strips: Sequence[Strip]) -> float:
    return sum(strip.height for strip in strips)


def _half(sheet: Sheet, place: int) -> Sheet:
    """The left (0) or right (1) half of a sheet as one of its own."""
    across = (sheet.inner - _GUTTER) / 2
    left = sheet.side + place * (across + _GUTTER)
    return replace(sheet, side=left, width=2 * left + across)
