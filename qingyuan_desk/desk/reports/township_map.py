"""The townships as squares in about the places they have in the district; the fuller the colour, the more visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.reports.charts import CENTRE, Chart, Entry
from qingyuan_desk.domain.township_tiles import short

#: Size of a square at least, and space between squares.
_WIDTH, _HEIGHT, _GAP = 56, 40, 4
#: How much colour the fewest visits have and what is added up to the most, which alone stand in full colour: words stay readable.
_PALE, _MORE = 0.1, 0.4


class TownshipMap(Chart):
    """The name above, the number below it."""

    def __init__(self, name: str, title: str, unit: str) -> None:
        super().__init__(name, title, unit)
        self._squares: Mapping[str, tuple[int, int]] = {}

    def show_places(
        self, entries: Sequence[Entry], squares: Mapping[str, tuple[int, int]], *, links: bool = True
    ) -> None:
        """Show entries at their row and column. They are told from north to south, as arrows reach them."""
        self._squares = squares
        order = sorted(entries, key=lambda entry: squares[entry.code])
        self.show_entries(order, links=links)

    def sizeHint(self) -> QSize:
        rows, columns = self._extent()
        return QSize(columns * theme.px(_WIDTH + 8), rows * theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        rows, columns = self._extent()
        return QSize(columns * theme.px(_WIDTH), rows * theme.px(_HEIGHT))

    def _extent(self) -> tuple[int, int]:
        rows, columns = zip(*self._squares.values(), strict=True) if self._squares else ((0,), (0,))
        return max(rows) + 1, max(columns) + 1

    def _place(self) -> None:
        rows, columns = self._extent()
        width, height, gap = self.width() / columns, self.height() / rows, theme.px(_GAP)
        self._places = [
            QRectF(column * width, row * height, width - gap, height - gap)
            for row, column in (self._squares[entry.code] for entry in self._entries)
        ]
        self.updateGeometry()

    def _paint(self, painter: QPainter) -> None:
        largest = max((entry.value or 0 for entry in self._entries), default=0) or 1
        for place, entry in enumerate(self._entries):
            value = entry.value or 0
            depth = 0.0 if not value else 1.0 if value == largest else _PALE + _MORE * value / largest
            self._paint_square(painter, self._places[place], depth)
            half = self._places[place].height() / 2
            box = self._places[place].adjusted(2, 0, -2, -half)
            ink = theme.color("accent_ink" if value == largest else "ink" if value else "second")
            painter.setPen(ink)
            shown = self.metrics().elidedText(short(entry.name), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box.translated(0, theme.px(3)), CENTRE, shown)
            painter.drawText(box.translated(0, half - theme.px(3)), CENTRE, f"{value:,}")

    @staticmethod
    def _paint_square(painter: QPainter, box: QRectF, depth: float) -> None:
        painter.setPen(theme.color("line") if not depth else Qt.PenStyle.NoPen)
        painter.setBrush(_mixed(depth))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def _mixed(depth: float) -> QColor:
    """The accent on the colour of paper."""
    hue = theme.color("accent")
    hue.setAlphaF(depth)
    return hue
