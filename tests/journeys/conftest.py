"""The window of tests/desk, and a clerk at it who works the whole way from the first key to the printed slip."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.window import Window
from tests.desk.conftest import desk_app, session, window
from tests.journeys.desk import Desk

__all__ = ["desk_app", "session", "window"]


@pytest.fixture
def desk(window: Window, qtbot: QtBot, tmp_path: Path) -> Desk:
    """A clerk at the reception page."""
    return Desk(window, qtbot, tmp_path)
