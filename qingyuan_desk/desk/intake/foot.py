"""The bar at the foot: a new form, the number just given, print, save. Taking back wants a reason, written here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.labels import Elided, label
from qingyuan_desk.desk.widgets.links import link

_KEYS = "回车 下一项 · 空格或数字 选定 · F4 再次来访 · F6 已有记录"


class FootBar(QFrame):
    """Shows one of: what keys do, that it is being saved, the number, or the line for the reason."""

    take_back_confirmed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setFixedHeight(theme.px(56))
        self.new = _button("新登记 F2", "intake.new", "新登记")
        self.print = _button("", "intake.save_print", "保存并打印")
        self.save = _button("保存 F9", "intake.save", "保存")
        self.save.setProperty("role", "primary")
        self.save.setMinimumWidth(theme.px(112))
        self.number = label(role="number", name="intake.saved_number")
        self.after = Elided(role="second")
        self.after.setObjectName("intake.saved_note")
        self.undo = link("撤回", "intake.take_back")
        self.work = link("办理 Ctrl+M", "intake.work")
        self.work.setAccessibleName("办理")
        self.message = Elided(role="second")
        self.message.setObjectName("intake.state")
        self.reason = LineEdit("intake.take_back.reason", hint="撤回的原因，例如：重复登记、登记错人")
        self.reason.setAccessibleName("撤回的原因")
        self.confirm = _button("撤回（作废）", "intake.take_back.confirm", "撤回（作废）")
        self.cancel = _button("不撤回", "intake.take_back.cancel", "不撤回")
        self._middle = QStackedWidget()
        for parts, stretched in (
            ((self.message,), self.message),
            ((self.number, self.after, self.work, self.undo), self.after),
            ((label("撤回原因", "field"), self.reason, self.confirm, self.cancel), self.reason),
        ):
            self._middle.addWidget(_line(parts, stretched))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(self.new)
        row.addWidget(self._middle, 1)
        row.addWidget(self.print)
        row.addWidget(self.save)
        self.undo.clicked.connect(self.ask_reason)
        self.cancel.clicked.connect(self.show_number)
        self.confirm.clicked.connect(lambda: self.take_back_confirmed.emit(self.reason.text()))
        self.reason.returnPressed.connect(self.confirm.click)
        self.say("")

    def say(self, text: str, tone: str = "") -> None:
        """Say something in place of the number; nothing: what the keys do."""
        self.number.clear()
        self.message.say(text or _KEYS)
        theme.mark(self.message, "tone", tone)
        self._middle.setCurrentIndex(0)
        self.print.setText("保存并打印 F8")
        self.print.setAccessibleName("保存并打印")

    def show_saved(self, number: str, after: str, work: str) -> None:
        """The number just given, where the visitor goes, and what going on with it is called."""
        self.number.setText(number)
        self.after.say(after)
        self.work.setText(f"{work} Ctrl+M")
        self.work.setAccessibleName(work)
        self.undo.show()
        self.print.setText("打印回执 F8")
        self.print.setAccessibleName("打印回执")
        self.show_number()
        self.repaint()  # the number first, then the rest of the window

    def show_number(self) -> None:
        """Back from the line for the reason."""
        self._middle.setCurrentIndex(1)

    def ask_reason(self) -> None:
        """Ask why it is taken back."""
        if self.number.text():
            self.reason.clear()
            self._middle.setCurrentIndex(2)
            self.reason.setFocus()

    @property
    def is_asking(self) -> bool:
        """Whether the reason for taking back is being asked for."""
        return self._middle.currentIndex() == 2

    def enable(self, *, save: bool, print_: bool) -> None:
        """What can be done now."""
        self.save.setEnabled(save)
        self.print.setEnabled(print_)


class _Button(QPushButton):
    """Enter presses it, as clerks expect of a button outside the form."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("\r", "\n"):
            self.click()
        else:
            super().keyPressEvent(event)


def _button(text: str, name: str, spoken: str) -> QPushButton:
    made = _Button(text)
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    return made


def _line(parts: tuple[QWidget, ...], stretched: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    for part in parts:
        row.addWidget(part, 1 if part is stretched else 0)
    return made
