"""The floor of papers: marks drawn on a bare reportlab canvas. Imports nothing of the program.

`python -m bench.bare_canvas` reads {"size", "fonts", "marks"} as JSON and prints the milliseconds from the import of
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


def register(fonts: Mapping[str, str]) -> None:
    """Fonts by the names the marks use."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics, ttfonts

    rl_config.useA85 = 0
    for name, path in fonts.items():
        pdfmetrics.registerFont(ttfonts.TTFont(name, path, shapable=False))


def draw(size: tuple[float, float], marks: Sequence[Mark]) -> bytes:
    """One page with these marks."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
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
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _main() -> None:
    page = json.load(sys.stdin)
    start = perf_counter()
    register(page["fonts"])
    draw(tuple(page["size"]), page["marks"])
    print((perf_counter() - start) * 1000)


if __name__ == "__main__":
    _main()
