"""What a clerk does at the reception page, through its real widgets; and the slip, read back from its PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.intake.page import IntakePage
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Segments
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.paper_drawer import PaperDrawer
from qingyuan_desk.desk.window import Window
from tests.documents.reading import codes, layout
from tests.hands import press, type_into


@dataclass(frozen=True)
class Slip:
    """A paper as its reader gets it."""

    text: str
    code: str
    pages: int


class Desk:
    """One clerk, one window."""

    def __init__(self, window: Window, qtbot: QtBot, folder: Path) -> None:
        window.show_page("intake")
        page = window.page("intake")
        assert isinstance(page, IntakePage)
        self.window, self.page, self._qtbot, self._folder = window, page, qtbot, folder

    def _until(self, holds: Callable[[], bool]) -> None:
        """Wait; the first paper of a process loads its fonts."""
        self._qtbot.waitUntil(holds, timeout=20_000)

    def find(self, name: str) -> QWidget:
        """The widget `intake.<name>`."""
        found: QWidget | None = self.page.findChild(QWidget, f"intake.{name}")
        assert found is not None, name
        return found

    def fill(self, **values: str) -> None:
        """Write or choose in fields by name, and go on with Enter as clerks do."""
        for name, value in values.items():
            widget = self.find(name.replace("__", "."))
            if isinstance(widget, Segments):
                widget.choose(value)
            elif isinstance(widget, ChoiceBox):
                widget.lineEdit().clear()
                type_into(widget.lineEdit(), value)
                press(widget, Qt.Key.Key_Return)
            elif isinstance(widget, QPlainTextEdit):
                type_into(widget, value)
            else:
                assert isinstance(widget, LineEdit)
                widget.clear()
                type_into(widget, value)
                press(widget, Qt.Key.Key_Return)

    def click(self, name: str) -> None:
        """Press a button."""
        button = self.find(name)
        assert isinstance(button, QPushButton) or button.metaObject().className() == "QToolButton", name
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def said(self, name: str, words: str) -> None:
        """Wait until these words stand under a field."""
        field = self.page.sheet.fields()[name]
        self._until(lambda: words in field.sentence)

    def suggestion(self, category: str, flow: str) -> None:
        """Wait until the desk proposes this."""
        route = self.page.claim.route
        self._until(lambda: (route.category.code, route.flow.code) == (category, flow))

    def save(self) -> str:
        """F9; the number that is shown."""
        press(self.find("name"), Qt.Key.Key_F9)
        number = self.find("saved_number")
        self._until(lambda: bool(number.text()))  # type: ignore[attr-defined]
        return str(number.text())  # type: ignore[attr-defined]

    def refused(self) -> None:
        """F9, and it is said what stands in the way."""
        press(self.find("name"), Qt.Key.Key_F9)
        state = self.find("state")
        self._until(lambda: "还没有保存" in state.whole)  # type: ignore[attr-defined]
        assert self.find("saved_number").text() == ""  # type: ignore[attr-defined]

    def slip(self, kind: str = "receipt", paper: str = "a5") -> Slip:
        """F8; the paper that is shown before it is printed."""
        press(self.page, Qt.Key.Key_F8)
        drawer = self.page.findChild(PaperDrawer)
        assert drawer is not None
        self._until(lambda: drawer.paper is not None)
        drawer.kind.set_code(kind)
        if drawer.format.code != paper:
            drawer.format.choose(paper)
        self._until(
            lambda: drawer.paper is not None and (drawer.paper.kind, drawer.paper.format) == (kind, paper)
        )
        shown = drawer.paper
        assert shown is not None and drawer.view.pages == shown.pages
        assert shown.missing == ()
        return Slip(layout(shown.pdf), codes(shown.pdf, self._folder)[0], shown.pages)
