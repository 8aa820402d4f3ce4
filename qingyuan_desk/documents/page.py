"""Sheets of paper, and how strips of content are laid on them, page after page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from io import BytesIO
from threading import Lock
from typing import Any

from qingyuan_desk.documents.typeset import Line, Setter

MM = 72 / 25.4

#: Thickness of the lines of boxes and rules, in points.
HAIRLINE = 0.6

#: The longest page PDF allows is 14,400 points; a slip longer than this goes on to a second page.
_LONGEST = 14_000.0

_TRAINING = "演练"


@dataclass(frozen=True)
class Sheet:
    """A kind of paper. Lengths and type sizes in points; `height` 0 means as long as its content.

    air: space above and below the text of a box. leading: share of the usual height of a line. bind: how far everything is
    moved to the right, where the left margin is wider for binding.
    """

    width: float
    height: float
    side: float
    top: float
    bottom: float
    title: float
    heading: float
    label: float
    value: float
    body: float
    cell: float
    small: float
    air: float
    boxed: bool
    leading: float = 1.0
    bind: float = 0.0

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.side

    @property
    def large(self) -> bool:
        """Whether it is set in large type: one thing a row."""
        return self.value > 14

    @property
    def roll(self) -> bool:
        """Whether this is a receipt printer's roll, cut where the content ends."""
        return self.height == 0


_A4 = Sheet(210 * MM, 297 * MM, 22 * MM, 16 * MM, 16 * MM, 22, 12.5, 10.5, 12, 11, 10, 9, 4.6, True)
_A5 = Sheet(148 * MM, 210 * MM, 12 * MM, 8 * MM, 10 * MM, 18, 11, 10, 11, 10, 9, 8.5, 3.2, True)

_LARGE = Sheet(210 * MM, 297 * MM, 18 * MM, 16 * MM, 16 * MM, 28, 18, 16, 18, 17, 16, 14, 6, True)

#: The sheet of each paper format.
SHEETS: Mapping[str, Sheet] = {
    "a4": _A4,
    "a5": _A5,
    "80mm": Sheet(80 * MM, 0, 4 * MM, 4 * MM, 6 * MM, 15, 10.5, 9, 10, 9, 9, 8, 0, False),
    "a4-large": _LARGE,
}

_TIGHT_A4 = replace(_A4, top=13 * MM, bottom=13 * MM, air=2.6, leading=0.92)
_TIGHT_A5 = replace(_A5, top=6 * MM, bottom=9 * MM, air=2, leading=0.92)

#: Denser settings, tried in turn where they save a page: closer lines first, then smaller type.
DENSER: Mapping[str, tuple[Sheet, ...]] = {
    "a4": (
        _TIGHT_A4,
        replace(_TIGHT_A4, heading=11, label=10, value=10.5, body=9.5, cell=9, small=8.5, air=2),
    ),
    "a5": (
        _TIGHT_A5,
        replace(_TIGHT_A5, heading=10, label=9, value=10, body=9, cell=8.5, small=8, air=1.8),
    ),
    "80mm": (),
    "a4-large": (replace(_LARGE, heading=17, label=15, value=16, body=15.5, cell=15, air=4, leading=0.94),),
}


class Pen:
    """Draws on one page of a canvas: boxes and rules first, all text after them."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._text = canvas.beginText()
        self._font: tuple[str, float] | None = None
        canvas.setLineWidth(HAIRLINE)

    def line(self, x: float, baseline: float, line: Line) -> None:
        """A set line, from x on."""
        text = self._text
        for font, piece, width in line.runs:
            if self._font != (font, line.size):
                text.setFont(font, line.size, line.size)
                self._font = (font, line.size)
            text.setTextOrigin(x, baseline)
            text.textLine(piece)
            x += width

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = HAIRLINE) -> None:
        """A straight line."""
        if width != HAIRLINE:
            self._canvas.setLineWidth(width)
        self._canvas.line(x1, y1, x2, y2)
        if width != HAIRLINE:
            self._canvas.setLineWidth(HAIRLINE)

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """An empty rectangle; x, y is its lower left corner."""
        self._canvas.rect(x, y, width, height)

    def circle(self, x: float, y: float, radius: float) -> None:
        """A thin grey circle around x, y: the place of a seal."""
        self._canvas.saveState()
        self._canvas.setStrokeGray(0.55)
        self._canvas.setLineWidth(HAIRLINE)
        self._canvas.circle(x, y, radius)
        self._canvas.restoreState()

    def blank(self, x: float, y: float, width: float, height: float) -> None:
        """White, whatever was there before."""
        self._canvas.setFillGray(1)
        self._canvas.rect(x, y, width, height, stroke=0, fill=1)
        self._canvas.setFillGray(0)

    def check(self, x: float, y: float, side: float, ticked: bool) -> None:
        """A box to tick."""
        self.box(x, y, side, side)
        if ticked:
            path = self._canvas.beginPath()
            path.moveTo(x + side * 0.15, y + side * 0.55)
            path.lineTo(x + side * 0.42, y + side * 0.22)
            path.lineTo(x + side * 0.95, y + side * 0.95)
            self._canvas.drawPath(path)

    def squares(self, x: float, y: float, unit: float, spans: Sequence[tuple[int, int, int]]) -> None:
        """Filled black spans (column, row from the top, columns wide) of a grid whose upper left corner is x, y.

        Written as they stand in whole units of the grid: a path object would format each of their numbers at length.
        """
        grid = " ".join([f"{column} {row} {count} 1 re" for column, row, count in spans])
        self._canvas.addLiteral(f"q {unit:.4f} 0 0 {-unit:.4f} {x:.4f} {y:.4f} cm {grid} f Q")

    def picture(self, x: float, y: float, drawing: Any) -> None:
        """A drawing of reportlab.graphics; x, y is its lower left corner."""
        from reportlab.graphics import renderPDF

        renderPDF.draw(drawing, self._canvas, x, y)

    def accent(self, x1: float, y1: float, x2: float, y2: float, width: float) -> None:
        """The one red line a paper may have, under the name of who issues it (红色分隔线)."""
        self._canvas.saveState()
        self._canvas.setStrokeColorRGB(0.85, 0.05, 0.05)
        self._canvas.setLineWidth(width)
        self._canvas.line(x1, y1, x2, y2)
        self._canvas.restoreState()

    def bookmark(self, title: str, top: float, level: int = 0) -> None:
        """An entry of the file's outline that leads to this height of the page."""
        key = f"p{self._canvas.getPageNumber()}-{top:.0f}"
        self._canvas.bookmarkPage(key, fit="XYZ", top=top)
        self._canvas.addOutlineEntry(title, key, level)

    def finish(self) -> None:
        """Put the text of the page on top."""
        self._canvas.drawText(self._text)


Draw = Callable[[Pen, float, bool, bool], None]


@dataclass(frozen=True)
class Strip:
    """A band of a page that is never cut.

    draw: called with the pen, the y of the upper edge, and whether the strip opens and closes its page's content.
    glued: stays on the page of the strip that follows.
    repeat: strips put above it again when it opens a page (the head of a table).
    turns: begins a page.
    """

    height: float
    draw: Draw
    glued: bool = False
    repeat: tuple[Strip, ...] = ()
    turns: bool = False


@dataclass(frozen=True)
class Imprint:
    """What stands in the foot and the properties of a paper. mark: what is written across its pages (草稿).

    numbered: whether its pages say which of how many they are.
    """

    title: str
    author: str
    foot: str
    training: bool
    mark: str = ""
    numbered: bool = True


def print_pages(sheet: Sheet, setter: Setter, strips: Sequence[Strip], imprint: Imprint) -> tuple[bytes, int]:
    """Lay the strips on pages and draw them. Returns the PDF and its number of pages."""
    return print_parts([(sheet, strips)], setter, imprint)


def print_parts(
    parts: Sequence[tuple[Sheet, Sequence[Strip]]], setter: Setter, imprint: Imprint
) -> tuple[bytes, int]:
    """The same of several sheets one behind the other, numbered through: upright pages, then wide ones."""
    from reportlab.pdfgen.canvas import Canvas

    pages = [(sheet, page) for sheet, strips in parts for page in paginate(sheet, strips)]
    first = pages[0][0]
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(first.width, first.height),
        invariant=1,
        initialFontName=setter.faces.regular.name,
        lang="zh-CN",
    )
    canvas.setTitle(imprint.title)
    canvas.setAuthor(imprint.author)
    for number, (sheet, page) in enumerate(pages, 1):
        foot = setter.lines(imprint.foot, 7.5, sheet.inner)
        foot_height = len(foot) * 10 if sheet.roll else 0.0
        height = sheet.height or sheet.top + sum(strip.height for strip in page) + foot_height + sheet.bottom
        canvas.setPageSize((sheet.width, height))
        if sheet.bind:
            canvas.translate(sheet.bind, 0)
        if mark := _TRAINING if imprint.training else imprint.mark:
            _mark(canvas, sheet, height, mark)
        pen = Pen(canvas)
        _draw_page(pen, page, height - sheet.top)
        mark = f"第 {number} 页 / 共 {len(pages)} 页" if imprint.numbered else ""
        _draw_foot(pen, sheet, setter, foot, mark)
        pen.finish()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue(), len(pages)


def paginate(sheet: Sheet, strips: Sequence[Strip]) -> list[list[Strip]]:
    """Strips grouped into pages; glued strips move together."""
    room = _LONGEST if sheet.roll else sheet.height - sheet.top - sheet.bottom
    pages: list[list[Strip]] = [[]]
    left = room
    for group in _groups(strips):
        height = sum([strip.height for strip in group])
        if pages[-1] and (height > left or group[0].turns):
            head = group[0].repeat
            pages.append(list(head))
            left = room - sum([strip.height for strip in head])
        pages[-1].extend(group)
        left -= height
    return pages


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    groups: list[list[Strip]] = []
    open_group = False
    for strip in strips:
        if open_group:
            groups[-1].append(strip)
        else:
            groups.append([strip])
        open_group = strip.glued
    return groups


def _draw_page(pen: Pen, page: Sequence[Strip], top: float) -> None:
    last = len(page) - 1
    for index, strip in enumerate(page):
        strip.draw(pen, top, index == 0, index == last)
        top -= strip.height


def _draw_foot(pen: Pen, sheet: Sheet, setter: Setter, foot: Sequence[Line], page: str) -> None:
    baseline = sheet.bottom - 12 if not sheet.roll else sheet.bottom + (len(foot) - 1) * 10 - 6
    for row, line in enumerate(foot):
        pen.line(sheet.side, baseline - row * 10, line)
    if not sheet.roll:
        mark = setter.line(page, 7.5)
        pen.line(sheet.width - sheet.side - mark.width, baseline, mark)


def _mark(canvas: Any, sheet: Sheet, height: float, words: str) -> None:
    """Write 演练 or 草稿 across the page, so that nobody takes the paper for another."""
    size = sheet.width / (len(words) + 2)
    canvas.saveState()
    canvas.setFillGray(0.86)
    canvas.setFont("QY-Bold", size)
    for middle in range(int(sheet.width / 2), int(height), int(sheet.width)):
        canvas.saveState()
        canvas.translate(sheet.width / 2, middle)
        canvas.rotate(35)
        canvas.drawCentredString(0, -size / 3, words)
        canvas.restoreState()
    canvas.restoreState()


@lru_cache(maxsize=16)
def qr_spans(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """A QR code as its side in modules (quiet zone of four included) and its dark spans (column, row, columns wide).

    The mask is fixed: any of the eight is valid, and trying all of them takes longer than the rest of the slip.
    """
    encoder = _qr_encoder()
    code = encoder.QRCode(None, encoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.makeImpl(False, 2)
    spans = []
    for row, modules in enumerate(code.modules):
        column = 0
        while column < len(modules):
            start = column
            while column < len(modules) and modules[column]:
                column += 1
            if column > start:
                spans.append((start + 4, row + 4, column - start))
            column += column == start
    return len(code.modules) + 8, tuple(spans)


_LOADING = Lock()


@cache
def _qr_encoder() -> Any:
    """reportlab's QR encoder without the package around it, whose import takes longer than all the rest of a slip."""
    package = "reportlab.graphics.barcode"
    with _LOADING:  # two first papers at a time would take the package away from each other
        if package not in sys.modules:
            spec = find_spec(package)
            assert spec is not None, "reportlab comes with its barcodes"
            sys.modules[package] = module_from_spec(spec)
            try:
                return import_module(f"{package}.qrencoder")
            finally:
                del sys.modules[package]
        return import_module(f"{package}.qrencoder")
