"""What a paper is made of: every mark on each of its pages, taken down while it is made, for a bare canvas to draw again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bench.bare_canvas import Mark, Page
from qingyuan_desk.documents import page
from qingyuan_desk.documents.typeset import Line


def of(make: Callable[[], object]) -> list[Page]:
    """The pages of what `make` makes: the size of each and its marks. Of charts their words and bars."""
    pages: list[Page] = []

    class Listening(page.Pen):
        def __init__(self, canvas: Any) -> None:
            super().__init__(canvas)
            self.marks: list[Mark] = []
            pages.append((canvas._pagesize, self.marks))

        def line(self, x: float, baseline: float, line: Line) -> None:
            super().line(x, baseline, line)
            for font, piece, width in line.runs:
                self.marks.append(("text", x, baseline, font, line.size, piece))
                x += width

        def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = page.HAIRLINE) -> None:
            super().rule(x1, y1, x2, y2, width)
            self.marks.append(("line", x1, y1, x2, y2))

        def box(self, x: float, y: float, width: float, height: float) -> None:
            super().box(x, y, width, height)
            self.marks.append(("rect", x, y, width, height))

        def squares(self, x: float, y: float, unit: float, spans: Sequence[tuple[int, int, int]]) -> None:
            super().squares(x, y, unit, spans)
            self.marks.append(
                ("fill", [(x + a * unit, y - (b + 1) * unit, n * unit, unit) for a, b, n in spans])
            )

        def picture(self, x: float, y: float, drawing: Any) -> None:
            super().picture(x, y, drawing)
            self.marks.extend(_shapes(x, y, drawing))

    usual, page.Pen = page.Pen, Listening
    try:
        make()
    finally:
        page.Pen = usual
    return pages


def _shapes(x: float, y: float, group: Any) -> Iterator[Mark]:
    for shape in group.contents:
        if hasattr(shape, "contents"):
            yield from _shapes(x, y, shape)
        elif hasattr(shape, "text"):
            yield "text", x + shape.x, y + shape.y, shape.fontName, shape.fontSize, shape.text
        elif hasattr(shape, "width"):
            yield "rect", x + shape.x, y + shape.y, shape.width, shape.height
        elif hasattr(shape, "x1"):
            yield "line", x + shape.x1, y + shape.y1, x + shape.x2, y + shape.y2
