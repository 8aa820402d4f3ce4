"""Heads of a table in two storeys: the columns, and over several of them the band they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from qingyuan_desk.desk import theme

#: Height of a band, and how far its line stays from its neighbours.
BAND, _INSET = 26, 6


class BandHeader(QHeaderView):
    """bands: the band of every column, "" for none. The heads below stand at the foot, so that there is room for it."""

    def __init__(self, bands: Sequence[str], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._bands = tuple(bands)
        self.setProperty("role", "bands")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(theme.font(theme.SMALL_PT, bold=True))
        for band, place in self.bands():
            painter.setPen(theme.color("ink"))
            painter.drawText(QRectF(place), Qt.AlignmentFlag.AlignCenter, band)
            painter.setPen(theme.color("line"))
            painter.drawLine(place.bottomLeft(), place.bottomRight())

    def bands(self) -> Iterator[tuple[str, QRect]]:
        """Every band with its place."""
        for band, columns in groupby(range(len(self._bands)), key=self._bands.__getitem__):
            within = list(columns)
            if band:
                left = self.sectionViewportPosition(within[0]) + _INSET
                right = self.sectionViewportPosition(within[-1]) + self.sectionSize(within[-1]) - _INSET
                yield band, QRect(left, 0, right - left, theme.px(BAND))
