"""The real window over a real data folder, without a screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.application import make_application
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.services.office import Office


@pytest.fixture
def desk_app(qapp: QApplication) -> QApplication:
    """The application in its ordinary look."""
    app = make_application([])
    theme.apply(app, "light")
    return app


@pytest.fixture
def session(desk_app: QApplication, office: Office, clerk: Actor) -> Iterator[Session]:
    """The clerk at the office's window."""
    made = Session(office, clerk)
    yield made
    background.wait_for_all()
    desk_app.processEvents()
    # Windows of earlier tests would be dressed again with every look put in force.
    desk_app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Iterator[Window]:
    """The whole window at the design size."""
    made = Window(session)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
