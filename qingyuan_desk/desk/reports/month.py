"""Choosing a month: a step back, a step on, or written into the line."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.reports.reading import month_after
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.labels import Elided, plain_tooltip
from qingyuan_desk.domain.periods import Period


class MonthLine(LineEdit):
    """A month as words; Esc puts back the one in force."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName("月份")
        self.setToolTip(plain_tooltip("可以直接写月份，例如 2024-09，按回车"))
        self.in_force = ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self.in_force)
            self.selectAll()
        else:
            super().keyPressEvent(event)


class MonthChooser(QWidget):
    """‹ 2024年9月 › and a line beside it for what is to be said about the month."""

    chosen = Signal(str)
    """A month, as the person wrote it."""

    def __init__(self, last: Period) -> None:
        """last: the latest month there is; it is in force at first."""
        super().__init__()
        self._period = self._last = last
        self.previous = _arrow("reports.previous", "上一个月", "Alt+←", "left")
        self.next = _arrow("reports.next", "下一个月", "Alt+→", "right")
        self.line = MonthLine("reports.month")
        self.line.setFixedWidth(theme.px(128))
        self.line.editingFinished.connect(self._written)
        self.message = Elided(role="message")
        self.message.setObjectName("reports.month.message")
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (self.previous, self.line, self.next):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self.message, 1)
        self.show_period(last, last)

    @property
    def period(self) -> Period:
        """The month in force."""
        return self._period

    def show_period(self, period: Period, last: Period) -> None:
        """Put a month in force; `last` is the latest there is."""
        self._period, self._last = period, last
        self.line.in_force = period.name
        self.line.setText(period.name)
        self.next.setEnabled(period.first < last.first)

    def step(self, months: int) -> None:
        """Go one month back (-1) or on (1), as far as there are months."""
        wanted = self._period.before() if months < 0 else month_after(self._period)
        if wanted.first <= self._last.first:
            self.show_period(wanted, self._last)
            self.chosen.emit(wanted.name)

    def say(self, text: str, state: str = "") -> None:
        """Say something about the month: a hint, or what is wrong with it (error)."""
        self.message.say(text)
        for part in (self.message, self.line):
            theme.mark(part, "state", state if part is self.message or state == "error" else "")

    def _written(self) -> None:
        if self.line.text().strip() != self._period.name:
            self.chosen.emit(self.line.text())


def _arrow(name: str, called: str, keys: str, icon: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setAccessibleName(called)
    made.setToolTip(f"{called}（{keys}）")
    drawn = QIcon(theme.icon(icon))
    drawn.addPixmap(theme.icon(icon, "line").pixmap(24, 24), QIcon.Mode.Disabled)
    made.setIcon(drawn)
    made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.setFixedSize(theme.px(32), theme.px(32))
    return made
