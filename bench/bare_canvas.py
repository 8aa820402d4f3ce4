"""The floor of papers: marks drawn on a bare reportlab canvas. Imports nothing of the program.

`python -m bench.bare_canvas` reads {"fonts", "pages"} as JSON and prints the milliseconds from the import of
reportlab to the finished PDF.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from time import perf_counter
from typing import Any

#: ("text", x, y, font, size, text) · ("line", x1, y1, x2, y2) · ("rect", x, y, width, height) · ("fill", [rectangles])
Mark = Sequence[Any]
#: Its size (width, height) and its marks.
Page = tuple[tuple[float, float], Sequence[Mark]]


def register(fonts: Mapping[str, str]) -> None:
    """Fonts by the names the marks use."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics, ttfonts

    rl_config.useA85 = 0
    for name, path in fonts.items():
        pdfmetrics.registerFont(ttfonts.TTFont(name, path, shapable=False))


def draw(pages: Sequence[Page]) -> bytes:
    """A paper with these marks on its pages."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=pages[0][0], invariant=1)
    for size, marks in pages:
        canvas.setPageSize(size)
        _draw_page(canvas, marks)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_page(canvas: Any, marks: Sequence[Mark]) -> None:
    canvas.setLineWidth(0.6)
    for kind, *where in marks:
        if kind == "text":
            x, y, font, points, text = where
            canvas.setFont(font, points)
            canvas.drawString(x, y, text)
        elif kind == "line":
            canvas.line(*where)
        elif kind == "rect":
            canvas.rect(*where)
        else:
            path = canvas.beginPath()
            for rectangle in where[0]:
                path.rect(*rectangle)
            canvas.drawPath(path, stroke=0, fill=1)


def _main() -> None:
    paper = json.load(sys.stdin)
    start = perf_counter()
    register(paper["fonts"])
    draw([(tuple(size), marks) for size, marks in paper["pages"]])
    print((perf_counter() - start) * 1000)


if __name__ == "__main__":
    _main()
