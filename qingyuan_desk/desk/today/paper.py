"""A paper in place of the lists: the page 今日必办, a letter of urging; Esc goes back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.desk.widgets.paper_pane import PaperPane
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.domain.papers import Paper


class TodayPaper(PaperPane):
    """`closed` when a person goes back to the lists."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session, "today.paper")
        self.setProperty("role", "panel")
        self._title = Elided(role="section")
        back = button("返回 Esc", "today.paper.back", icon="left")
        back.clicked.connect(self.closed.emit)
        self.head.addWidget(back)
        self.head.addWidget(self._title, 1)

    def show_paper(self, title: str, make: Callable[[], Paper]) -> None:
        """Make a paper and show it."""
        self._title.say(title)
        self.clear("正在准备……")
        self.show_made(make)
        self.print_button.setFocus()
