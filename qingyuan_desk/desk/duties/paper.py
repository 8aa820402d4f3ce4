"""What was looked up, on paper in place of the list; Esc goes back."""

from __future__ import annotations

from PySide6.QtCore import Signal

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.paper_pane import PaperPane
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.domain.papers import Paper


class DutyPane(PaperPane):
    """These papers belong to no visit, so that their prints are not logged."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session, "duties.paper")
        self.setProperty("role", "panel")
        back = button("返回 Esc", "duties.paper.back", icon="left")
        back.clicked.connect(lambda _=False: self.closed.emit())
        self.head.addWidget(back)
        self.head.addStretch(1)

    def _log(self, paper: Paper, printer: str) -> None:
        self._session.say(f"{paper.title}已送到“{printer}”。", "good")
