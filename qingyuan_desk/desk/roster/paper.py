"""A paper of the roster in place of the list: 聘书, invitation, declaration; Esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.paper_pane import PaperPane
from qingyuan_desk.domain.papers import FORMATS, Paper

#: What makes a paper, or one maker a paper format.
Make = Callable[[], Paper] | Mapping[str, Callable[[], Paper]]


class PaperView(PaperPane):
    """These papers belong to no visit: who wants their prints logged says how."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session, "roster.paper")
        self.setProperty("role", "panel")
        self._log_print: Callable[[str], None] | None = None
        back = QPushButton("返回 Esc")
        back.setObjectName("roster.paper.back")
        back.setIcon(theme.icon("left"))
        back.clicked.connect(self.closed.emit)
        self._formats: Mapping[str, Callable[[], Paper]] = {}
        self.format = Segments("roster.paper.format")
        self.format.setAccessibleName("纸张")
        self.format.chosen.connect(self._choose_format)
        self.head.addWidget(back)
        self.head.addStretch(1)
        self.head.addWidget(self.format)

    def show_paper(self, make: Make, log: Callable[[str], None] | None) -> None:
        """Show a paper; `log` is told the printer when it was printed or saved."""
        self._log_print = log
        self._formats = make if isinstance(make, Mapping) else {"": make}
        self.format.setVisible(len(self._formats) > 1)
        self.format.set_options(Option(code, FORMATS.get(code, code)) for code in self._formats)
        self.format.set_code(next(iter(self._formats)))
        self.clear("正在准备……")
        self.show_made(next(iter(self._formats.values())))

    def _choose_format(self, code: str) -> None:
        if not code:
            self.format.set_code(next(iter(self._formats)))  # one of them is always chosen
        self.show_made(self._formats[self.format.code])

    def _log(self, paper: Paper, printer: str) -> None:
        if self._log_print is not None:
            self._log_print(printer)
        self._say(f"已送到“{printer}”。", "hint")
        self._session.say(f"{paper.title}已送到“{printer}”。", "good")
