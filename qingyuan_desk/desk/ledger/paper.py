"""The tracking ledger (案件跟踪台账) on paper, in place of the list; Esc goes back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.paper_pane import PaperPane
from qingyuan_desk.desk.widgets.parts import button, shortcut
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.tracking import SIZES
from qingyuan_desk.services import sendings


class LedgerPaper(PaperPane):
    """`closed` when a person goes back to the list. It is of no visit, so that its prints are not logged."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session, "ledger.paper")
        self.setProperty("role", "panel")
        self._wanted = LedgerFilter()
        self.size_choice = Segments("ledger.size", [Option(code, name) for code, name in SIZES.items()])
        self.size_choice.setAccessibleName("纸张")
        self.size_choice.set_code("a3")
        self.size_choice.chosen.connect(self._choose)
        back = button("返回 Esc", "ledger.paper.back", icon="left")
        back.clicked.connect(lambda _=False: self.closed.emit())
        self.head.addWidget(back)
        self.head.addWidget(label("案件跟踪台账", "section"), 1)
        self.head.addWidget(self.size_choice)
        shortcut(self, "Esc", self.closed.emit, inside=True)
        shortcut(self, "F8", self.print_paper)

    def offer(self, wanted: LedgerFilter) -> None:
        """Show what a filter lets through as it would be printed."""
        self._wanted = wanted
        self.clear("正在准备……")
        self._compose()

    def _choose(self, code: str) -> None:
        if not code:
            self.size_choice.set_code("a3")  # one of them is always chosen
        self._compose()

    def _compose(self) -> None:
        session, size = self._session, self.size_choice.code
        self.show_made(partial(sendings.ledger_paper, session.office, session.actor, self._wanted, size))
