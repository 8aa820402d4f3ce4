"""今天的回访记录 from the mediator's start page: seen, saved, logged for each call, and put away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.mediation.forms import FollowUpForm
from qingyuan_desk.services import case_papers
from tests.desk.mediation_hands import Hands
from tests.hands import press


def test_records_of_the_days_calls_are_seen_and_put_away(
    window: Window, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    hands = Hands(session.office)
    for party in hands.signed().parties:
        hands.take(FollowUpForm(due_on=session.office.today(), party=party.record_id))
    window.show_page("mediation")
    start = window.page("mediation").start  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: start.due.findChild(QPushButton, "mediation.due.print") is not None)
    qtbot.mouseClick(start.due.findChild(QPushButton, "mediation.due.print"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: start.sheets.paper is not None)
    assert start.sheets.isVisible() and start.sheets.view.pages == 2
    made = start.sheets.paper
    start.sheets._log(made, "PDF 文件")
    office, today = session.office, session.office.today()
    qtbot.waitUntil(
        lambda: (
            [each.count for each in case_papers.follow_up_sheets(office, session.actor, today).parts]
            == [2, 2]
        )
    )
    press(start.sheets.view, Qt.Key.Key_Escape)
    assert start.due.isVisible() and not start.sheets.isVisible()
