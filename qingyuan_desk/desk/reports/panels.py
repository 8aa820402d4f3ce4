"""How the page of figures is put together: panels with a title, beside each other where there is room."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import label

#: Narrower than this panels stand one below the other.
_WIDE, _NARROWEST = 700, 260


class Row(QWidget):
    """Panels beside each other, or one below the other where it is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(theme.px(_NARROWEST))
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(12)

    def add(self, title: str, content: QWidget, share: int) -> None:
        """One more panel, as wide as its share."""
        made, column = panel(title)
        column.addWidget(content, 1)
        self.row.addWidget(made, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        self.row.setDirection(
            ways.LeftToRight if event.size().width() >= theme.px(_WIDE) else ways.TopToBottom
        )


def panel(title: str, beside: QWidget | None = None) -> tuple[QFrame, QVBoxLayout]:
    """A panel with a title and the column for what stands in it."""
    made = QFrame()
    made.setProperty("role", "panel")
    head = QHBoxLayout()
    head.setContentsMargins(4, 0, 4, 0)
    head.addWidget(label(title, "section"))
    head.addStretch(1)
    if beside is not None:
        head.addWidget(beside)
    column = QVBoxLayout(made)
    column.setContentsMargins(12, 10, 12, 12)
    column.setSpacing(6)
    column.addLayout(head)
    return made, column
