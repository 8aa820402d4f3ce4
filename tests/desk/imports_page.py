"""What the tests of the imports page have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.imports.page import ImportsPage
from qingyuan_desk.desk.session import Session
from qingyuan_desk.services.office import Office


def open_page(session: Session, qtbot: QtBot) -> ImportsPage:
    """The page alone, at the design size."""
    made = ImportsPage(session)
    qtbot.addWidget(made)
    made.resize(1302, 684)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.shown()
    return made


def visits(office: Office) -> int:
    """How many visits are registered."""
    with office.store.read() as rows:
        return int(rows.value("SELECT count(*) FROM visit"))


def button(page: ImportsPage, name: str) -> QPushButton:
    """A button of the page."""
    return page.findChild(QPushButton, f"imports.{name}")


def text(page: ImportsPage, name: str) -> str:
    """What a label of the page says."""
    return str(page.findChild(QLabel, f"imports.{name}").text())


def click(qtbot: QtBot, page: ImportsPage, name: str) -> None:
    """Press a button with the mouse."""
    qtbot.mouseClick(button(page, name), Qt.MouseButton.LeftButton)
