"""The papers of the question just answered, seen beside the form before they are printed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk.matter.handling.papers import HandlingPapers
from qingyuan_desk.desk.roster.asking import Asking
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.desk.widgets.parts import Panel, button
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.services import handling


class ConsultPapers(Asking):
    """`open` shows a matter's papers: the guide to legal aid for who was told to apply, else the record of the question."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.papers = HandlingPapers(session)
        self.about = Elided("", "second")
        close = button("关闭 Esc", "consult.papers.close", role="link")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 4, 0)
        head.addWidget(self.about, 1)
        head.addWidget(close)
        panel = Panel()
        panel.column.addLayout(head)
        panel.column.addWidget(self.papers, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)

    def open(self, matter_id: int) -> None:
        """Show the papers of a matter."""
        self.ask(handling.case, self.office, self.actor, matter_id, then=self._show)

    def print_paper(self) -> None:
        """Print the one in view."""
        self.papers.print_paper()

    def _show(self, case: Handled) -> None:
        self.about.say(f"{case.number}　{case.visitor}")
        asked = case.consultation
        aid = asked is not None and asked.result == "aid"
        self.papers.show_case(case)
        self.papers.show_paper(
            "aid_guide" if aid else "consult", 0 if aid or asked is None else asked.record_id
        )
