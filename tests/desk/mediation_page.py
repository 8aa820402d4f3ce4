"""The mediation page alone, at the design size, and hands for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.mediation.page import MediationPage
from qingyuan_desk.desk.mediation.tabs import TABS
from qingyuan_desk.desk.session import Notice, Session
from qingyuan_desk.domain.mediation.case import Case


class Page:
    """A page with what a person sees of it."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.qtbot, self.session = qtbot, session
        self.notices: list[Notice] = []
        session.noticed.connect(self.notices.append)
        self.page = MediationPage(session)
        qtbot.addWidget(self.page)
        self.page.resize(1302, 684)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def open(self, matter: int) -> Page:
        """Open a case."""
        self.page.open(matter)
        self.qtbot.waitUntil(lambda: self.page.case is not None and self.page.case.matter_id == matter)
        return self

    def tab(self, code: str) -> QWidget:
        """Turn to a tab."""
        place = [each.code for each in TABS].index(code)
        self.page.tabs.setCurrentIndex(place)
        return self.page.tab(place)

    def until(self, case: Case | None = None, **facts: object) -> None:
        """Wait until the case in view says so."""
        self.qtbot.waitUntil(
            lambda: all(getattr(self.page.case, name) == value for name, value in facts.items())
        )

    def find(self, kind: type, name: str) -> QWidget:
        """A widget of the page by its name, without the page's."""
        found = self.page.findChild(kind, f"mediation.{name}")
        assert found is not None, name
        return found

    def says(self, name: str) -> str:
        """What a label says."""
        found = self.find(QLabel, name)
        assert isinstance(found, QLabel)
        return found.text()

    def click(self, name: str) -> None:
        """Press a button with the mouse."""
        found = self.find(QPushButton, name)
        assert isinstance(found, QPushButton)
        assert found.isEnabled(), found.toolTip()
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    @property
    def told(self) -> str:
        """The last notice."""
        return self.notices[-1].text if self.notices else ""
