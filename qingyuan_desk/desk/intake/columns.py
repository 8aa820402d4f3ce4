"""The three columns side by side; where the window is narrow or the type large, the records stand under the visitor."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from qingyuan_desk.desk import theme

#: Widths the columns need (at the standard size of type), and how far the outer ones grow; the left one can do with less.
_LEFT, _MIDDLE, _RIGHT = (396, 480, 340), (540, 10_000), (288, 380)
_GAP = 16


class Columns(QWidget):
    """Left, middle, and right panel."""

    def __init__(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        super().__init__()
        self._parts = (left, middle, right)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_GAP, 12, _GAP, 12)
        self._grid.setSpacing(_GAP)
        self._beside: bool | None = None
        self._arrange(beside=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(theme.px(part[0]) for part in (_LEFT, _MIDDLE, _RIGHT)) + 4 * _GAP
        self._arrange(beside=self.width() >= needed)

    def _arrange(self, *, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        left, middle, right = self._parts
        for part in self._parts:
            self._grid.removeWidget(part)
        self._grid.addWidget(left, 0, 0)
        if beside:
            self._grid.addWidget(middle, 0, 1)
            self._grid.addWidget(right, 0, 2)
        else:
            self._grid.addWidget(right, 1, 0)
            self._grid.addWidget(middle, 0, 1, 2, 1)
        self._grid.setRowStretch(0, 3)
        self._grid.setRowStretch(1, 0 if beside else 2)
        for place, stretch in enumerate((4, 7, 3) if beside else (4, 7, 0)):
            self._grid.setColumnStretch(place, stretch)
        left.setMinimumWidth(theme.px(_LEFT[0] if beside else _LEFT[2]))
        left.setMaximumWidth(theme.px(_LEFT[1]))
        right.setMinimumWidth(theme.px(_RIGHT[0]) if beside else 0)
        right.setMaximumWidth(theme.px(_RIGHT[1] if beside else _LEFT[1]))
