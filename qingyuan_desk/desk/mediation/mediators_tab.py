"""The tab mediators."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.parts import nothing
from qingyuan_desk.desk.session import Session
from qingyuan_desk.domain.mediation.case import Case


class MediatorsTab(QWidget):
    """The tab mediators."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._sentence = nothing("")
        QVBoxLayout(self).addWidget(self._sentence)

    def show_case(self, case: Case) -> None:
        """Show a case."""
        self._sentence.setText(case.title)
