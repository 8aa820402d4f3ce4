"""The steps of an import side by side: a numbered panel each, and the panel of a step that takes its time."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import label


class Step(QFrame):
    """A panel with a number in a circle and a title; what it holds goes into `body`."""

    def __init__(self, number: int, title: str, hint: str = "") -> None:
        super().__init__()
        self.setProperty("role", "panel")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(_Number(number))
        head.addWidget(label(title, "section"))
        self.hint = label(hint, "small")
        head.addSpacing(theme.px(4))
        head.addWidget(self.hint)
        head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addLayout(self.body, 1)


class RunStep(Step):
    """A step that is started with one button, tells how far it is, and can be stopped."""

    started = Signal()
    cancelled = Signal()

    def __init__(self, number: int, title: str, hint: str, button: str, name: str) -> None:
        super().__init__(number, title, hint)
        self.button = QPushButton(button)
        self.button.setObjectName(name)
        self.button.clicked.connect(self.started.emit)
        self.bar = QProgressBar()
        self.bar.setObjectName(f"{name}.progress")
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(theme.px(40))
        self.bar.setAccessibleName(f"{title}进度")
        self.stop = QPushButton("取消 Esc")
        self.stop.setObjectName(f"{name}.cancel")
        self.stop.setAccessibleName(f"取消{title}")
        self.stop.clicked.connect(self.cancelled.emit)
        self.sentence = label(role="message", wrap=True, name=f"{name}.sentence")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.sentence.setMinimumHeight(theme.px(36))
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.button)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        row.addStretch(0)
        self._row = row
        self.body.addLayout(row)
        self.body.addWidget(self.sentence, 1)
        self.rest()

    def run(self) -> None:
        """Show that it is at work, without knowing yet on how much."""
        self.bar.setRange(0, 0)
        self._at_work(True)

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def rest(self) -> None:
        """Show the button alone."""
        self._at_work(False)

    def lead(self, leading: bool) -> None:
        """Whether this is the step to take next."""
        theme.mark(self.button, "role", "primary" if leading else "")

    def say(self, text: str, state: str = "hint") -> None:
        """The sentence below. state: hint, warn, error, as in a field's message."""
        self.sentence.setText(text)
        theme.mark(self.sentence, "state", state)

    def _at_work(self, running: bool) -> None:
        self.bar.setVisible(running)
        self.stop.setVisible(running)
        self._row.setStretch(self._row.count() - 1, 0 if running else 1)


class _Number(QWidget):
    """A digit in a circle."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._text = str(number)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(22), theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent"), 1.5))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setFont(theme.font(theme.SMALL_PT, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
