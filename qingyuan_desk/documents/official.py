"""Official tables (法定报表) on wide pages, A4 or A3: two rows of heads, one line a type, the total below.

A table that does not add up is not printed: its page says which sums differ instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from qingyuan_desk.documents.blocks import Composer
from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.page import MM, Imprint, Pen, Sheet, Strip, print_parts
from qingyuan_desk.documents.parts import moment
from qingyuan_desk.documents.typeset import Line, Setter
from qingyuan_desk.domain.monthly import MonthlyFacts, OfficialFacts
from qingyuan_desk.domain.papers import Paper

_A4 = Sheet(297 * MM, 210 * MM, 14 * MM, 14 * MM, 16 * MM, 16, 11, 9, 10, 10, 8, 8, 2.4, True)
_A3 = Sheet(420 * MM, 297 * MM, 20 * MM, 20 * MM, 20 * MM, 22, 15, 12, 14, 14, 11, 11, 4, True)
#: The sheet of each format.
SHEETS: Mapping[str, Sheet] = {"a4": _A4, "a3": _A3}
#: Share of the width the names of the lines take, and the share of a cell that is left free.
_NAMES, _FREE = 0.135, 3.0
_SIGNED = ("单位负责人", "审核人", "填表人", "填表日期")


def render(facts: MonthlyFacts, paper_format: str = "a4") -> Paper:
    """The official tables of a period on their own. Raises Unavailable when a font of this program is not there."""
    setter = Setter(faces())
    title = f"{facts.period}人民调解法定报表"
    foot = f"{title}　{facts.office}　制表 {moment(facts.printed_at)}　数据校验 {facts.digest[:16]}"
    found = strips(facts, setter, paper_format)
    pdf, pages = print_parts(
        [(SHEETS[paper_format], found)], setter, Imprint(title, facts.office, foot, facts.training)
    )
    return Paper("official", title, paper_format, pdf, setter.missing, 1, pages)


def strips(facts: MonthlyFacts, setter: Setter, paper_format: str) -> list[Strip]:
    """The pages of the tables, one or more for each."""
    page = _Official(SHEETS[paper_format], setter)
    for table in facts.official:
        page.sheet_of(table, facts)
    return page.strips


class _Official(Composer):
    """A composer that also knows the official tables."""

    def sheet_of(self, table: OfficialFacts, facts: MonthlyFacts) -> None:
        """A table on a page of its own, or what keeps it from being printed."""
        before = len(self.strips)
        self._mark(table.title)
        self.strips[before] = replace(self.strips[before], turns=before > 0)
        self._centred(table.title, self.sheet.title, 1.6, bold=True)
        left, right = f"填报单位：{facts.office}", f"报告期：{facts.period}"
        ends = self.setter.line(right, self.sheet.value)
        self._text(
            [
                (self.sheet.side, self.setter.line(left, self.sheet.value)),
                (self.sheet.width - self.sheet.side - ends.width, ends),
            ],
            self.sheet.value * 1.7,
            glued=True,
        )
        if table.faults:
            self.paragraph(
                "本表各栏相加不一致，不予打印。请按下列提示核对、更正后重新制表：", indent=False, bold=True
            )
            self.items(table.faults)
            return
        self._grid(table)
        if table.zero:
            self.keep()
            self.paragraph("本报告期内没有应填报的数据，实行零报告。", indent=False)
        for note in table.notes:
            self.keep()
            self.note(note)
        self._signed()

    def _grid(self, table: OfficialFacts) -> None:
        sheet, names = self.sheet, self.sheet.inner * _NAMES
        each = (sheet.inner - names) / len(table.columns)
        edges = [sheet.side, *(sheet.side + names + place * each for place in range(len(table.columns) + 1))]
        head = self._head(table, edges)
        self.strips.append(head)
        for row in table.rows:
            self.strips.append(self._line(row, edges, head, bold=False))
        self.keep()
        self.strips.append(self._line(table.total, edges, head, bold=True))

    def _head(self, table: OfficialFacts, edges: Sequence[float]) -> Strip:
        """Groups over their columns; a column that stands alone is as high as both rows."""
        size = self.sheet.cell
        leading = size * 1.25
        words = [
            self.setter.lines(column.name, size, edges[2] - edges[1] - _FREE, bold=True)
            for column in table.columns
        ]
        group_high = leading + 5
        high = group_high + leading * max(len(lines) for lines in words) + 6
        groups: list[tuple[str, int, int]] = []
        place = 1
        for group, members in groupby(table.columns, key=lambda column: column.group):
            count = len(list(members))
            groups.append((group, place, place + count))
            place += count
        corner = self.setter.line("类别", size, bold=True)

        def centred(
            pen: Pen, left: float, right: float, top: float, height: float, lines: Sequence[Line]
        ) -> None:
            start = top - (height - len(lines) * leading) / 2
            for number, line in enumerate(lines):
                x = (left + right - line.width) / 2
                pen.line(x, start - (number + 0.5) * leading - size * 0.37, line)

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.box(edges[0], top - high, edges[-1] - edges[0], high)
            centred(pen, edges[0], edges[1], top, high, [corner])
            for group, first, last in groups:
                pen.rule(edges[first], top, edges[first], top - high)
                if group:
                    pen.rule(edges[first], top - group_high, edges[last], top - group_high)
                    name = self.setter.line(group, size, bold=True)
                    centred(pen, edges[first], edges[last], top, group_high, [name])
                for number in range(first, last):
                    upper = top - group_high if group else top
                    if number > first:
                        pen.rule(edges[number], upper, edges[number], top - high)
                    height = high - group_high if group else high
                    centred(pen, edges[number], edges[number + 1], upper, height, words[number - 1])

        return Strip(high, draw, glued=True)

    def _line(self, cells: Sequence[str], edges: Sequence[float], head: Strip, bold: bool) -> Strip:
        size = self.sheet.cell
        leading = size * 1.25
        name = self.setter.lines(cells[0], size, edges[1] - edges[0] - 2 * _FREE, bold=bold)
        numbers = [self._fitting(cell, edges[2] - edges[1] - _FREE, bold) for cell in cells[1:]]
        high = leading * len(name) + 2 * self.sheet.air

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.rule(edges[0], top - high, edges[-1], top - high)
            for edge in edges:
                pen.rule(edge, top, edge, top - high)
            for number, line in enumerate(name):
                baseline = top - self.sheet.air - (number + 0.5) * leading - size * 0.37
                pen.line(edges[0] + _FREE, baseline, line)
            for place, line in enumerate(numbers, 2):
                pen.line(edges[place] - _FREE / 2 - line.width, top - high / 2 - line.size * 0.37, line)

        return Strip(high, draw, repeat=(head,))

    def _fitting(self, text: str, room: float, bold: bool) -> Line:
        """A number on one line, smaller where it is a long one: it is never cut."""
        line = self.setter.line(text, self.sheet.cell, bold=bold)
        if line.width <= room:
            return line
        return self.setter.line(text, self.sheet.cell * room / line.width, bold=bold)

    def _signed(self) -> None:
        """Who answers for the table, in one line on its page."""
        self.keep()
        each, size = self.sheet.inner / len(_SIGNED), self.sheet.value
        marks = [self.setter.line(f"{word}：", size) for word in _SIGNED]

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            for number, mark in enumerate(marks):
                x = self.sheet.side + number * each
                pen.line(x, top - 2 * size, mark)
                pen.rule(x + mark.width, top - 2 * size - 2, x + each - 14, top - 2 * size - 2)

        self.strips.append(Strip(2.4 * size, draw))

    def _mark(self, title: str) -> None:
        """A place of the file's outline; takes no height."""

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.bookmark(title, top)

        self.strips.append(Strip(0, draw, glued=True))
