"""The rail at the left: one button a page, icon over two characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from qingyuan_desk.desk import theme

#: With Alt the ways to the pages, in their order.
KEYS = "1234567890-="
_HEIGHT = 59


@dataclass(frozen=True)
class Place:
    """A button of the rail: the page it opens, its two characters; `last`: it stands at the bottom."""

    code: str
    name: str
    last: bool = False


class Rail(QFrame):
    """Which page is in front, and the way to the others (Alt+1, Alt+2 …)."""

    wanted = Signal(str)

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setObjectName("window.rail")
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(4)
        for key, place in zip(KEYS, places, strict=False):
            button = RailButton(place, f"Alt+{key}")
            button.clicked.connect(lambda _=False, code=place.code: self.wanted.emit(code))
            if place.last:
                column.addStretch(1)
            column.addWidget(button)
            self._group.addButton(button)
            self._buttons[place.code] = button

    def show_current(self, code: str) -> None:
        """Fill the button of the page in front."""
        self._buttons[code].setChecked(True)

    def show_due(self, code: str, count: int) -> None:
        """A number on a page's button, for what is due there; 0 takes it off."""
        self._buttons[code].show_badge(count)

    def restyle(self) -> None:
        """Take over the colours in force."""
        for button in self._buttons.values():
            button.restyle()


class RailButton(QToolButton):
    """One place of the rail."""

    def __init__(self, place: Place, shortcut: str) -> None:
        super().__init__()
        self._code, self._badge = place.code, 0
        self.setObjectName(f"rail.{place.code}")
        self.setText(place.name)
        self.setAccessibleName(place.name)
        self.setToolTip(f"{place.name}（{shortcut}）")
        self.setShortcut(shortcut)
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.restyle()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Icon and word without the air between: a rail of many pages in large type still fits a small screen."""
        return QSize(0, theme.px(22) + self.fontMetrics().height() + 2)

    def restyle(self) -> None:
        """Take over the colours in force."""
        self.setIcon(theme.icon(self._code, "second", "accent_ink"))
        self.setIconSize(QSize(theme.px(22), theme.px(22)))

    def show_badge(self, count: int) -> None:
        """A small number at the upper right."""
        self._badge = count
        self.setAccessibleDescription(f"{count} 件到期" if count else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._badge:
            return
        text = str(self._badge) if self._badge < 100 else "99+"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(8, bold=True))
        width = max(theme.px(18), painter.fontMetrics().horizontalAdvance(text) + theme.px(8))
        box = QRect(self.width() - width - 6, 5, width, theme.px(18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("red"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(theme.color("paper"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
