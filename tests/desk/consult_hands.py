"""Hands at the page 咨询: a clerk at the keyboard, and the page as it is when somebody sits down."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.consult.page import ConsultPage
from qingyuan_desk.desk.window import Window
from tests.hands import press, type_into


def opened(window: Window, qtbot: QtBot, *, spelled: bool = True) -> ConsultPage:
    """The page in front, the keyboard in its first field. spelled: wait until initials are known."""
    window.show_page("consult")
    made = window.page("consult")
    assert isinstance(made, ConsultPage)
    if spelled:
        qtbot.waitUntil(lambda: "qx" in {key for each in made.asking.form._options for key in each.keys})
    made.asking.form.begin()
    return made


class Keys:
    """A clerk at the keyboard; counts what is pressed. A Chinese character counts as the two letters it costs on average."""

    def __init__(self) -> None:
        self.pressed = 0

    def at(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Keys:
        press(self.at(), key, held)
        self.pressed += 1
        return self

    def enter(self) -> Keys:
        return self.key(Qt.Key.Key_Return)

    def letters(self, text: str) -> Keys:
        QTest.keyClicks(self.at(), text)
        self.pressed += len(text)
        return self

    def chinese(self, text: str) -> Keys:
        type_into(self.at(), text)
        self.pressed += 2 * len(text)
        return self


def find(page: QWidget, kind: type, name: str) -> QWidget:
    found = page.findChild(kind, f"consult.{name}")
    assert found is not None, name
    return found


def saved(page: ConsultPage, qtbot: QtBot, number: int = 1) -> None:
    """Wait until so many questions stand in the day's list."""
    qtbot.waitUntil(lambda: len(page.asking.lists.model.rows) == number)
    page.window().activateWindow()  # a popup leaves no window active where there is no window manager
    qtbot.waitUntil(page.window().isActiveWindow)
