"""A clerk's hands at the reception page: keys go to whatever has the keyboard."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qingyuan_desk.desk.intake.page import IntakePage
from qingyuan_desk.desk.window import Window
from tests.hands import type_into


def page_of(window: Window) -> IntakePage:
    """The page, with the keyboard in its first field."""
    page = cast(IntakePage, window.page("intake"))
    activate(window)
    page.visitor.name.setFocus()
    QApplication.processEvents()
    return page


def activate(window: QWidget) -> None:
    """Without a window manager a list that was open stays the active window when it closes."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)


class Hands:
    """Writes and presses; counts the presses besides text."""

    def __init__(self) -> None:
        self.presses = 0

    @property
    def at(self) -> QWidget:
        """Where the keyboard is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def write(self, text: str) -> Hands:
        """Type."""
        type_into(self.at, text)
        return self

    def enter(self) -> Hands:
        """Go on."""
        return self.press(Qt.Key.Key_Return)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Hands:
        """Press one key."""
        self.presses += 1
        QTest.keyClick(self.at, key, held)
        return self
