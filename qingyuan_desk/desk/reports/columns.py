"""Standing columns: the months beside each other, the last one in force."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.reports.charts import CENTRE, LEFT, Chart, Entry

#: Height of a line of words; how much of its place a column fills, and how wide it is at most.
_LINE, _FILLED, _WIDEST = 18, 0.62, 28
_PALE = 0.45


class Columns(Chart):
    """The number stands above a column, the name below it. An entry with a note is not whole yet: it is hatched."""

    def sizeHint(self) -> QSize:
        return QSize(theme.px(330), theme.px(190))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(150))

    def show_entries(self, entries: Sequence[Entry], *, nothing: str = "", links: bool = True) -> None:
        super().show_entries(entries, nothing=nothing, links=links)
        self._current = max(0, len(self._entries) - 1)

    def _place(self) -> None:
        width = self.width() / max(1, len(self._entries))
        self._places = [QRectF(n * width, 0, width, self.height()) for n in range(len(self._entries))]

    def _paint(self, painter: QPainter) -> None:
        line = theme.px(_LINE)
        foot, top = self.height() - 2 * line, line + theme.px(4)
        largest = max((entry.value or 0 for entry in self._entries), default=0) or 1
        widest = max(self.metrics().horizontalAdvance(f"{entry.value or 0:,}") for entry in self._entries)
        named = max(self.metrics().horizontalAdvance(_short(entry)) for entry in self._entries)
        every, called = (1 + int((wide + 4) // self._places[0].width()) for wide in (widest - 2, named))
        last = len(self._entries) - 1
        for place, entry in enumerate(self._entries):
            box = self._places[place]
            height = (foot - top) * (entry.value or 0) / largest
            self._paint_column(painter, box, foot, height, entry, in_force=place == last)
            # Numbers and names too wide for their place stand at every second column, or every third.
            if (last - place) % every == 0:
                above = QRectF(box.center().x() - widest, foot - height - line, 2 * widest, line)
                self._paint_number(painter, above, place)
            under = QRectF(box.center().x() - named, foot, 2 * named, line)
            if (last - place) % called == 0:
                self._paint_name(painter, under, entry, place == last)
            painter.setPen(theme.color("second"))
            after = QRectF(box.left(), foot + line, box.width() + theme.px(60), line)
            painter.drawText(after, LEFT, entry.below)
        painter.setPen(theme.color("line"))
        painter.drawLine(QPointF(0, foot), QPointF(self.width(), foot))

    @staticmethod
    def _paint_column(
        painter: QPainter, box: QRectF, foot: float, height: float, entry: Entry, *, in_force: bool
    ) -> None:
        thick = min(box.width() * _FILLED, theme.px(_WIDEST))
        hue = theme.color("accent")
        hue.setAlphaF(1.0 if in_force else _PALE)
        partly = bool(entry.note)
        painter.setPen(QPen(hue) if partly and height else Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(hue, Qt.BrushStyle.BDiagPattern if partly else Qt.BrushStyle.SolidPattern))
        painter.drawRect(QRectF(box.center().x() - thick / 2, foot - height, thick, height))

    def _paint_number(self, painter: QPainter, box: QRectF, place: int) -> None:
        value = self._entries[place].value
        painter.setPen(theme.color("second") if value is None else self.number_color(place))
        painter.drawText(box, CENTRE, "–" if value is None else f"{value:,}")

    @staticmethod
    def _paint_name(painter: QPainter, box: QRectF, entry: Entry, in_force: bool) -> None:
        painter.setPen(theme.color("ink" if in_force else "second"))
        painter.drawText(box, CENTRE, _short(entry))


def _short(entry: Entry) -> str:
    """2024年9月 as a column says it: 9."""
    return entry.name.rpartition("年")[2].removesuffix("月")
