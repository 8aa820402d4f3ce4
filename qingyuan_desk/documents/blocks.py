"""The pieces papers are made of: titles, field boxes, paragraphs, tables, signatures, the QR code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qingyuan_desk.documents.page import MM, Draw, Pen, Sheet, Strip, paginate, qr_spans
from qingyuan_desk.documents.typeset import Line, Setter

#: Space between a box's side and its text, in points.
_PAD = 4.0
#: A row of more lines than this may be cut at a page's end.
_KEEP = 8
#: Height of a line of text, in type sizes: running text, headings, lists, small print, text in boxes.
_LEADING, _HEADING_LEADING, _LIST_LEADING, _SMALL_LEADING, _BOX_LEADING = 1.55, 1.6, 1.45, 1.42, 1.4
_QR = 25 * MM
#: The share of a place to sign that its name may take; longer names are broken.
_NAME = 0.62
#: A title too wide for one line may shrink to this share of its size before it is broken.
_SHRINK = 0.8

Pair = tuple[str, str]


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its share of the width, and where its cells stand: left, middle or right."""

    head: str
    share: float
    stands: str = "left"


@dataclass(frozen=True)
class Tick:
    """A table cell that is a box to tick by hand, or ticked already."""

    ticked: bool = False


Cell = str | Tick


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell ready to be boxed: where it begins, how wide it is, its set lines and where they stand."""

    x: float
    width: float
    lines: Sequence[Line]
    stands: str
    tick: Tick | None = None


class Composer:
    """Collects the strips of one paper, piece by piece, from top to bottom."""

    def __init__(self, sheet: Sheet, setter: Setter) -> None:
        self.sheet = sheet
        self.setter = setter
        self.strips: list[Strip] = []

    @property
    def pages(self) -> int:
        """How many pages the content takes so far."""
        return len(paginate(self.sheet, self.strips))

    # words

    def head(self, issuer: str, title: str, number: str) -> None:
        """Who issues the paper, its title, its number: at the right under the title, large on a roll."""
        sheet = self.sheet
        self._centred(issuer, sheet.body, 1.6)
        across = self.setter.line(title, sheet.title, bold=True).width
        fitting = min(sheet.title, sheet.title * (sheet.inner - 0.1) / across)
        self._centred(title, max(fitting, sheet.title * _SHRINK), 1.45, bold=True)
        if number and sheet.roll:
            self._centred(number, sheet.title, 1.8, bold=True)
        elif number:
            line = self.setter.line(f"编号：{number}", sheet.value)
            self._text([(sheet.width - sheet.side - line.width, line)], sheet.value * 1.5)
        self.space(3)

    def heading(self, text: str) -> None:
        """A bold line that stays with what follows."""
        if self.sheet.roll:
            self.rule()
        else:
            self.space(self.sheet.body * 0.4, glued=True)
        leading = self.sheet.heading * _HEADING_LEADING * self.sheet.leading
        for line in self.setter.lines(text, self.sheet.heading, self.sheet.inner, bold=True):
            self._text([(self.sheet.side, line)], leading, glued=True)

    def paragraph(self, text: str, *, indent: bool = True, bold: bool = False) -> None:
        """Running text."""
        size = self.sheet.body
        room = 2 * size if indent else 0.0
        for paragraph in text.split("\n"):
            lines = self.setter.lines(paragraph, size, self.sheet.inner, bold=bold, indent=room)
            first = [(self.sheet.side + room, lines[0])]
            self._lines(
                [first, *[[(self.sheet.side, line)] for line in lines[1:]]],
                size * _LEADING * self.sheet.leading,
            )

    def note(self, text: str) -> None:
        """Small print."""
        self.space(2)
        for line in self.setter.lines(text, self.sheet.small, self.sheet.inner):
            self._text([(self.sheet.side, line)], self.sheet.small * _SMALL_LEADING * self.sheet.leading)

    def items(self, texts: Sequence[str]) -> None:
        """A numbered list with hanging numbers."""
        for number, text in enumerate(texts, 1):
            mark = self.setter.line(f"{number}.", self.sheet.body)
            self._hanging(mark, text, self.sheet.body, max(mark.width + 3, self.sheet.body * 1.8))

    # spacing

    def space(self, height: float, glued: bool = False) -> None:
        """Empty height, in points."""
        self.strips.append(Strip(height, _nothing, glued))

    def keep(self) -> None:
        """What came last stays on the page of what follows."""
        self.strips[-1] = replace(self.strips[-1], glued=True)

    def rule(self) -> None:
        """A line across, between the blocks of a roll."""
        left, right = self.sheet.side, self.sheet.width - self.sheet.side

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.rule(left, top - 4, right, top - 4)

        self.strips.append(Strip(8, draw, glued=True))

    # boxes

    def fields(self, rows: Sequence[Sequence[Pair]], least: int = 1, label: float = 0) -> None:
        """Labels and values: boxed rows of one or two pairs, or label and value lines on a roll.

        least: how many lines a box is high at least, for writing into it. label: the width of a label, in points; 0: as
        the longest one needs.
        """
        sheet = self.sheet
        if not sheet.boxed:
            self._plain_fields([pair for row in rows for pair in row])
            return
        widest = max([self.setter.line(name, sheet.label).width for row in rows for name, _ in row])
        label_width = label or min(widest + 3 * _PAD, sheet.inner * 0.3)
        boxed = [[pair] for row in rows for pair in row] if sheet.large else rows
        for pairs in boxed:
            each = sheet.inner / len(pairs)
            cells = []
            for number, (name, value) in enumerate(pairs):
                x = sheet.side + number * each
                cells.append(self._cell(x, label_width, name, sheet.label, "middle"))
                cells.append(self._cell(x + label_width, each - label_width, value, sheet.value, "left"))
            self._box(cells, sheet.value * _BOX_LEADING * sheet.leading, least=least)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], least: int = 1) -> None:
        """A boxed table whose head comes again on every page; on a roll a block of lines for each row.

        least: how many lines a row is high at least, for writing into it.
        """
        sheet = self.sheet
        if not sheet.boxed:
            for row in rows:
                self._listed(columns, row)
            return
        total = sum([column.share for column in columns])
        widths = [sheet.inner * column.share / total for column in columns]
        before = len(self.strips)
        self._row(columns, widths, None, (), 1)
        head = tuple(self.strips[before:])
        for row in rows:
            self._row(columns, widths, row, head, least)

    def code(self, number: str, beside: Sequence[str]) -> None:
        """The QR code of a number, the number in words below it, and text at its left (above it on a roll).

        It stays with what follows: the places to sign.
        """
        sheet, size = self.sheet, self.sheet.small
        leading = size * _SMALL_LEADING * sheet.leading
        count, spans = qr_spans(number)
        below = self.setter.line(number, size)
        wide = max(_QR, below.width)
        x = (sheet.width if sheet.roll else 2 * (sheet.width - sheet.side) - wide) / 2 - _QR / 2
        room = sheet.inner if sheet.roll else sheet.inner - wide - 8
        lines = [line for text in beside for line in self.setter.lines(text, size, room)]
        if sheet.roll:
            for line in lines:
                self._text([(sheet.side, line)], leading)
            lines = []

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.blank(x, top - _QR, _QR, _QR)
            pen.squares(x, top, _QR / count, spans)
            pen.line(x + (_QR - below.width) / 2, top - _QR - size, below)
            for row, line in enumerate(lines):
                pen.line(sheet.side, _baseline(top - row * leading, leading, size), line)

        height = max(_QR + size * 1.5, len(lines) * leading)
        self.strips.append(Strip(height, draw, glued=True))

    def signatures(self, who: Sequence[str], foot: Sequence[str] = ()) -> None:
        """Places to sign, two beside each other where their names leave room, and lines at the right foot."""
        sheet, setter = self.sheet, self.setter
        widest = max([setter.line(f"{name}：", sheet.body).width for name in who])
        pairs = not sheet.roll and not sheet.large and widest <= sheet.inner / 2 * _NAME
        each = 2 if pairs else 1
        self.space(4, glued=True)
        for start in range(0, len(who), each):
            self._sign(who[start : start + each], sheet.inner / each, bool(foot) or start + each < len(who))
        lines = [line for text in foot for line in setter.lines(text, sheet.body, sheet.inner)]
        for number, line in enumerate(lines, 1):
            x = sheet.width - sheet.side - line.width
            self._text([(x, line)], sheet.body * 1.6, glued=number < len(lines))

    # making strips

    def _centred(self, text: str, size: float, leading: float, bold: bool = False) -> None:
        """Lines of about the same length in the middle."""
        across, inner = self.setter.line(text, size, bold).width, self.sheet.inner
        room = inner if across <= inner else min(inner, across / -(-across // inner) + size)
        for line in self.setter.lines(text, size, room, bold=bold):
            self._text([((self.sheet.width - line.width) / 2, line)], size * leading, glued=True)

    def _plain_fields(self, pairs: Sequence[Pair]) -> None:
        marks = [self.setter.line(f"{label}：", self.sheet.label) for label, _ in pairs]
        hang = min(max([mark.width for mark in marks]) + 2, self.sheet.inner * 0.45)
        for mark, (_, value) in zip(marks, pairs, strict=True):
            self._hanging(mark, value, self.sheet.value, hang)

    def _hanging(self, mark: Line, text: str, size: float, hang: float) -> None:
        """A mark, and text whose lines all begin `hang` points right of the margin."""
        left = self.sheet.side
        lines = self.setter.lines(text, size, self.sheet.inner - hang)
        rows = [[(left + hang, line)] for line in lines]
        self._lines([[(left, mark), *rows[0]], *rows[1:]], size * _LIST_LEADING * self.sheet.leading)

    def _lines(self, rows: Sequence[Sequence[tuple[float, Line]]], leading: float) -> None:
        """Lines of one paragraph: a short one stays whole, of a long one two lines stay at either end of a page."""
        count = len(rows)
        for number, placed in enumerate(rows):
            inside = 0 < number < count - 2
            self._text(placed, leading, glued=number < count - 1 and (count <= _KEEP or not inside))

    def _listed(self, columns: Sequence[Column], row: Sequence[Cell]) -> None:
        """A table row on a roll: its box to tick and its first words in bold, the others with their heads."""
        size = self.sheet.body
        ticks = [cell for cell in row if isinstance(cell, Tick)]
        said = [
            (column.head, cell.replace("\n", "，"))
            for column, cell in zip(columns, row, strict=True)
            if isinstance(cell, str) and cell and column.head != _ORDINAL
        ]
        hang = 1.5 * size if ticks else 0.0
        for number, (head, text) in enumerate(said):
            words = text if number == 0 else f"{head}：{text}"
            lines = self.setter.lines(words, size, self.sheet.inner - hang, bold=number == 0)
            if number == 0 and ticks:
                self._tick(ticks[0])
            self._lines(
                [[(self.sheet.side + hang, line)] for line in lines],
                size * _LIST_LEADING * self.sheet.leading,
            )
        self.space(3)

    def _tick(self, tick: Tick) -> None:
        """A box to tick before the line that follows; takes no height."""
        side, left = self.sheet.body * 0.85, self.sheet.side

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.check(left, top - side * 1.3, side, tick.ticked)

        self.strips.append(Strip(0, draw, glued=True))

    def _text(self, placed: Sequence[tuple[float, Line]], leading: float, glued: bool = False) -> None:
        """One strip of set lines beside each other."""

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            for x, line in placed:
                pen.line(x, _baseline(top, leading, line.size), line)

        self.strips.append(Strip(leading, draw, glued))

    def _sign(self, who: Sequence[str], each: float, glued: bool) -> None:
        sheet = self.sheet
        leading = sheet.body * 1.4
        marks = [self.setter.lines(f"{name}：", sheet.body, each * _NAME) for name in who]
        height = sheet.value * 1.1 + leading * max([len(lines) for lines in marks])

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            foot = top - height + 4
            for number, lines in enumerate(marks):
                x = sheet.side + number * each
                for row, line in enumerate(reversed(lines)):
                    pen.line(x, foot + 2 + row * leading, line)
                pen.rule(x + lines[-1].width, foot, x + each - 8, foot)

        self.strips.append(Strip(height, draw, glued))

    def _cell(self, x: float, width: float, text: str, size: float, stands: str, bold: bool = False) -> _Cell:
        return _Cell(x, width, self.setter.lines(text, size, width - 2 * _PAD, bold=bold), stands)

    def _row(
        self,
        columns: Sequence[Column],
        widths: Sequence[float],
        row: Sequence[Cell] | None,
        repeat: tuple[Strip, ...],
        least: int,
    ) -> None:
        """One row of a table; None is its head."""
        x, size = self.sheet.side, self.sheet.cell
        cells = []
        for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
            said = column.head if row is None else row[number]
            if isinstance(said, Tick):
                cells.append(_Cell(x, width, (), "middle", said))
            else:
                stands = column.stands if row is not None else "middle"
                cells.append(self._cell(x, width, said, size, stands, bold=row is None))
            x += width
        leading = size * _BOX_LEADING * self.sheet.leading
        self._box(cells, leading, glued=row is None, repeat=repeat, least=least)

    def _box(
        self,
        cells: Sequence[_Cell],
        leading: float,
        glued: bool = False,
        repeat: tuple[Strip, ...] = (),
        least: int = 1,
    ) -> None:
        """A row of boxed cells: one strip, or, when it is very long, a strip for each of its lines."""
        count = max([least, *[len(cell.lines) for cell in cells]])
        if count <= _KEEP:
            height = count * leading + 2 * self.sheet.air
            self.strips.append(Strip(height, _whole_row(cells, leading, height), glued, repeat))
            return
        for number in range(count):
            first, last = number == 0, number == count - 1
            height = leading + self.sheet.air * (first + last)
            draw = _row_part(cells, number, leading, height, self.sheet.air if first else 0.0, first, last)
            self.strips.append(Strip(height, draw, repeat=repeat))


#: The head of a column that only counts rows; left out on a roll.
_ORDINAL = "序号"


def _nothing(pen: Pen, top: float, opens: bool, closes: bool) -> None:
    """A strip without ink."""


def _baseline(top: float, leading: float, size: float) -> float:
    """Where text of a size stands so that it is in the middle of its line."""
    return top - leading / 2 - size * 0.37


def _place(cell: _Cell, line: Line) -> float:
    spare = cell.width - line.width
    if cell.stands == "right":
        return cell.x + spare - _PAD
    return cell.x + (spare / 2 if cell.stands == "middle" else _PAD)


def _whole_row(cells: Sequence[_Cell], leading: float, height: float) -> Draw:
    def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
        for cell in cells:
            pen.box(cell.x, top - height, cell.width, height)
            if cell.tick:
                side = leading * 0.6
                pen.check(cell.x + (cell.width - side) / 2, top - (height + side) / 2, side, cell.tick.ticked)
            start = top - (height - len(cell.lines) * leading) / 2
            for number, line in enumerate(cell.lines):
                pen.line(_place(cell, line), _baseline(start - number * leading, leading, line.size), line)

    return draw


def _row_part(
    cells: Sequence[_Cell], number: int, leading: float, height: float, air: float, first: bool, last: bool
) -> Draw:
    """Draws one line of a row that may go over several pages; its box is closed where a page ends."""
    left, right = cells[0].x, cells[-1].x + cells[-1].width

    def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
        upper = top + _PAD / 2 if opens and not first else top
        lower = top - height - (_PAD / 2 if closes and not last else 0)
        for x in [left, *[cell.x + cell.width for cell in cells]]:
            pen.rule(x, upper, x, lower)
        if first or opens:
            pen.rule(left, upper, right, upper)
        if last or closes:
            pen.rule(left, lower, right, lower)
        for cell in cells:
            if number < len(cell.lines):
                line = cell.lines[number]
                pen.line(_place(cell, line), _baseline(top - air, leading, line.size), line)

    return draw
