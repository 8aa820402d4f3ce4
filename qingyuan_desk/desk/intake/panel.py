"""One of the three columns: a white panel with a title, scrolling by itself where the screen is small."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import label


class Panel(QFrame):
    """`column` takes what it is made of; `head` takes what stands beside the title."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAccessibleName(title)
        self.title = label(title, "section")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        content = Content()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(12, 0, 12, 0)
        self.column.setSpacing(0)
        self.scroll = scrolling(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 8)
        whole.setSpacing(4)
        top = QWidget()
        top.setFixedHeight(theme.px(26))
        row = QHBoxLayout(top)
        row.setContentsMargins(12, 0, 12, 0)
        row.addLayout(self.head)
        whole.addWidget(top)
        whole.addWidget(self.scroll, 1)


class Content(QWidget):
    """As high as its width makes it: a scroll area would ask for the height at the least width."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), 0 if self.layout().hasHeightForWidth() else least.height())


def scrolling(content: QWidget) -> QScrollArea:
    """Up and down; sideways only where the window is too narrow for its widest line. No stop for Tab."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(content)
    return made


def beside(*parts: tuple[QWidget, int], spacing: int = 8) -> QWidget:
    """Widgets in one line, each with the share of the width it takes (0: as small as it can be)."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget, share in parts:
        row.addWidget(widget, share)
    return made
