"""Without a case: what a mediator has to do today (我的案件、约定、电话、履行、司法确认、卷宗)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qingyuan_desk.desk.mediation.parts import nothing
from qingyuan_desk.desk.session import Session


class Start(QWidget):
    """A mediator's own start page."""

    case_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sentence = nothing("", "mediation.nothing")
        column = QVBoxLayout(self)
        column.addWidget(self._sentence)

    def say(self, sentence: str) -> None:
        """Why a case could not be opened."""
        self._sentence.setText(sentence)

    def read(self) -> None:
        """Read the day again."""
