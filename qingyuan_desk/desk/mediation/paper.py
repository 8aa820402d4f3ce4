"""A paper of the case beside the work it belongs to, seen before it is printed."""

from __future__ import annotations

from PySide6.QtCore import Signal

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.desk.widgets.paper_pane import PaperPane
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS
from qingyuan_desk.services import case_papers


class CasePaper(PaperPane):
    """One paper of one case; `closed` when a person goes back to the work."""

    closed = Signal()

    def __init__(self, session: Session, name: str) -> None:
        super().__init__(session, name)
        self._title = Elided(role="section")
        self.back = button("返回 Esc", f"{name}.back")
        self.back.clicked.connect(self.closed.emit)
        self.head.addWidget(self._title, 1)
        self.head.addWidget(self.back)
        self.setProperty("role", "plain")
        self.layout().setContentsMargins(0, 0, 0, 0)

    def show_paper(self, matter_id: int, kind: str, subject: int = 0, *, at_once: bool = False) -> None:
        """Make a paper and show it. at_once: print it as soon as it is made, if a printer is known."""
        office, actor = self._session.office, self._session.actor
        self._title.say(MEDIATION_PAPERS[kind].title)
        self.clear(self.tr("正在准备……"))
        self.show_made(lambda: case_papers.compose(office, actor, matter_id, kind, subject), at_once=at_once)
        self.view.setFocus()
