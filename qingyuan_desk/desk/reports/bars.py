"""Lying bars: a line for each entry with its name, its bar, and its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.reports.charts import LEFT, Chart, Entry

#: Height of a line where room is scarce and where there is plenty, thickness of a bar, space between parts.
_ROW, _TALLEST, _THICK, _GAP = 24, 36, 10, 8
#: The part of the width that names may take.
_NAMES = 0.42


class Bars(Chart):
    """At least `rows` lines. Where more entries come than fit, the last line adds them up.

    rest: what that line is called, with {n} for how many they are; without it all are shown.
    """

    def __init__(self, name: str, title: str, unit: str, *, rows: int, rest: str = "") -> None:
        super().__init__(name, title, unit)
        self._whole: tuple[Entry, ...] = ()
        self._least, self._rest = rows, rest

    def sizeHint(self) -> QSize:
        return QSize(theme.px(220), self._least * theme.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), self._least * theme.px(_ROW))

    def show_entries(self, entries: Sequence[Entry], *, nothing: str = "", links: bool = True) -> None:
        self._whole = tuple(entries)
        super().show_entries(entries, nothing=nothing, links=links)

    def _place(self) -> None:
        least = theme.px(_ROW)
        self._entries = self._fitting(max(self._least, self.height() // least))
        count = max(1, len(self._entries))
        height = max(least, min(theme.px(_TALLEST), self.height() // count))
        self._current = min(self._current, count - 1)
        self._places = [QRectF(0, n * height, self.width(), height) for n in range(len(self._entries))]

    def _fitting(self, rows: int) -> tuple[Entry, ...]:
        if len(self._whole) <= rows or not self._rest:
            return self._whole
        kept, added = self._whole[: rows - 1], self._whole[rows - 1 :]
        value = sum(entry.value or 0 for entry in added)
        return (*kept, Entry("", self._rest.format(n=len(added)), value, summed=True))

    def _paint(self, painter: QPainter) -> None:
        measure, gap = self.metrics().horizontalAdvance, theme.px(_GAP)
        inner = self.width() - gap
        names = min(max(measure(entry.name) for entry in self._entries) + 2, inner * _NAMES)
        numbers = max(measure(f"{_number(entry)}{_note(entry)}") for entry in self._entries) + 2
        room = max(theme.px(20), inner - names - numbers - 2 * gap)
        largest = max((entry.value or 0 for entry in self._entries if not entry.summed), default=0) or 1
        for place, entry in enumerate(self._entries):
            row = self._places[place].adjusted(gap / 2, 0, -gap / 2, 0)
            length = 0.0 if entry.summed else max(2.0, room * (entry.value or 0) / largest)
            self._paint_name(painter, row, names, entry)
            self._paint_bar(painter, row, row.left() + names + gap, length, entry)
            left = row.left() + names + gap + (length + gap if length else 0)
            self._paint_number(painter, QRectF(left, row.top(), numbers, row.height()), place)

    def _paint_name(self, painter: QPainter, row: QRectF, width: float, entry: Entry) -> None:
        painter.setPen(theme.color("second" if entry.summed else "ink"))
        shown = self.metrics().elidedText(entry.name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(row.left(), row.top(), width, row.height()), LEFT, shown)

    @staticmethod
    def _paint_bar(painter: QPainter, row: QRectF, left: float, length: float, entry: Entry) -> None:
        thick = theme.px(_THICK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent" if entry.value else "line"))
        painter.drawRoundedRect(QRectF(left, row.center().y() - thick / 2, length, thick), 2, 2)

    def _paint_number(self, painter: QPainter, box: QRectF, place: int) -> None:
        entry = self._entries[place]
        painter.setPen(self.number_color(place))
        painter.drawText(box, LEFT, _number(entry))
        painter.setPen(theme.color("second"))
        after = self.metrics().horizontalAdvance(_number(entry))
        painter.drawText(box.adjusted(after, 0, 0, 0), LEFT, _note(entry))


def shares(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries with their share of the whole as their note."""
    whole = sum(entry.value or 0 for entry in entries)
    return tuple(
        replace(entry, note=f"{100 * entry.value / whole:.1f}%") if entry.value else entry
        for entry in entries
    )


def _number(entry: Entry) -> str:
    return f"{entry.value or 0:,}"


def _note(entry: Entry) -> str:
    return f"　{entry.note}" if entry.note else ""
