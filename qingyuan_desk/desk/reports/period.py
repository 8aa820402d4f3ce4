"""Choosing a period: its kind, a step back, a step on, or written into the line."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.labels import Elided, plain_tooltip
from qingyuan_desk.domain.periods import Period

#: Kind → what its segment says.
KINDS = {"month": "月", "quarter": "季", "half": "半年", "year": "年", "span": "起止"}
_EXAMPLES = "可以直接写：2026-09，2026年第三季度，2026年上半年，2026年，2026-09-01至2026-09-20。写好按回车"
#: Width of the line: a period with a name, and two whole days.
_SHORT, _LONG = 128, 216


class PeriodLine(LineEdit):
    """A period as words; Esc puts back the one in force."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName("统计时段")
        self.setToolTip(plain_tooltip(_EXAMPLES))
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


class PeriodChooser(QWidget):
    """(月)(季)(半年)(年)(起止) ‹ 2024年9月 › and a line beside it for what is to be said about the period."""

    chosen = Signal(str)
    """A period, as the person wrote it."""

    def __init__(self, first: Period) -> None:
        """first: the period in force at first; it ends today or later."""
        super().__init__()
        self._period = first
        self._today = first.last
        self.kinds = Segments("reports.kind", [Option(code, name) for code, name in KINDS.items()])
        self.kinds.setAccessibleName("时段种类")
        self.previous = _arrow("reports.previous", "上一时段", "Alt+←", "left")
        self.next = _arrow("reports.next", "下一时段", "Alt+→", "right")
        self.line = PeriodLine("reports.month")
        self.line.editingFinished.connect(self._written)
        self.message = Elided(role="message")
        self.message.setObjectName("reports.month.message")
        self.kinds.chosen.connect(self.change_kind)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.kinds)
        row.addSpacing(4)
        for part in (self.previous, self.line, self.next):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self.message, 1)
        self.show_period(first, first)

    @property
    def period(self) -> Period:
        """The period in force."""
        return self._period

    def show_period(self, period: Period, this_month: Period) -> None:
        """Put a period in force."""
        self._period, self._today = period, this_month.last
        self.line.in_force = written(period)
        self.line.setText(written(period))
        self.line.setFixedWidth(theme.px(_LONG if period.kind == "span" else _SHORT))
        self.kinds.set_code(period.kind)
        self.next.setEnabled(period.after().first <= self._today)

    def step(self, periods: int) -> None:
        """Go one period of the same kind back (-1) or on (1), as far as there are any."""
        wanted = self._period.before() if periods < 0 else self._period.after()
        if wanted.first <= self._today:
            self._choose(wanted)

    def change_kind(self, kind: str) -> None:
        """The period of another kind in which the one in force begins; of days, the same days to be written over."""
        if kind in ("", self._period.kind):
            self.kinds.set_code(self._period.kind)
            return
        self._choose(of_kind(kind, self._period))
        if kind == "span":
            self.line.setFocus()
            self.line.selectAll()

    def say(self, text: str, state: str = "") -> None:
        """Say something about the period: a hint, or what is wrong with it (error)."""
        self.message.say(text)
        for part in (self.message, self.line):
            theme.mark(part, "state", state if part is self.message or state == "error" else "")

    def _choose(self, period: Period) -> None:
        self.show_period(period, Period.month(self._today.year, self._today.month))
        self.chosen.emit(written(period))

    def _written(self) -> None:
        if self.line.text().strip() != written(self._period):
            self.chosen.emit(self.line.text())


def written(period: Period) -> str:
    """A period as it stands in the line, from which it can be read again."""
    if period.kind != "span":
        return period.name
    return f"{period.first.isoformat()}至{period.last.isoformat()}"


def of_kind(kind: str, period: Period) -> Period:
    """The period of a kind in which another one begins; of the kind span, its own days."""
    year, month = period.first.year, period.first.month
    return {
        "month": lambda: Period.month(year, month),
        "quarter": lambda: Period.quarter(year, (month + 2) // 3),
        "half": lambda: Period.half(year, (month + 5) // 6),
        "year": lambda: Period.year(year),
        "span": lambda: Period.span(period.first, period.last),
    }[kind]()


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
