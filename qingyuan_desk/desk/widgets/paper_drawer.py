"""Papers of one visit: choose the paper and its size, see it, send it to a printer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.paper_pane import PaperPane
from qingyuan_desk.domain.papers import FORMATS, PAPER_TITLES
from qingyuan_desk.services import papers

_SHORT = {"80mm": "80毫米"}


class PaperDrawer(PaperPane):
    """The papers that suit a visit, in the format the clerk used last."""

    closed = Signal()

    def __init__(self, session: Session, *, closable: bool = True) -> None:
        super().__init__(session, "print")
        self.setObjectName("print")
        self.setProperty("role", "panel")
        self._visit = ""
        self._at_once = False
        self.kind = ChoiceBox("print.kind")
        self.kind.setAccessibleName("文书")
        self.kind.chosen.connect(lambda _: self._compose())
        self.format = Segments(
            "print.paper", [Option(code, _SHORT.get(code, name)) for code, name in FORMATS.items()]
        )
        self.format.setAccessibleName("纸张")
        self.format.chosen.connect(self._choose_format)
        self.head.addWidget(self.kind, 1)
        self.head.addWidget(self.format)
        if closable:
            close = QToolButton()
            close.setObjectName("print.close")
            close.setAccessibleName(self.tr("关闭预览"))
            close.setIcon(theme.icon("close"))
            close.clicked.connect(self.closed.emit)
            self.head.addWidget(close)
        self._fill_format()

    def offer(self, visit_number: str, kind: str = "receipt", *, at_once: bool = False) -> None:
        """Show the papers of a visit, `kind` in view. at_once: print it as soon as it is made, if a printer is known."""
        self.clear(self.tr("正在准备……"))
        self._visit, self._at_once = visit_number, at_once
        session = self._session
        background.ask(
            self,
            lambda *who: (papers.kinds_for(*who), papers.formats_for(*who)),
            session.office,
            session.actor,
            visit_number,
            then=lambda offered: self._fill(*offered, kind),
            failed=self._fail,
        )

    def clear(self, text: str = "") -> None:
        """No visit."""
        super().clear(text)
        self._visit = ""
        self.kind.set_options(())

    def _fill_format(self) -> None:
        session = self._session
        kept = str(session.preferences.value("print/paper", "")) or session.office.reference.setting("paper")
        self.format.set_code(kept if kept in FORMATS else "a5")

    def _fill(self, kinds: tuple[str, ...], formats: tuple[str, ...], wanted: str) -> None:
        self.format.set_options(Option(code, _SHORT.get(code, FORMATS[code])) for code in formats)
        self.kind.blockSignals(True)
        self.kind.set_options(Option(kind, PAPER_TITLES[kind]) for kind in kinds)
        self.kind.set_code(wanted if wanted in kinds else kinds[0])
        self.kind.blockSignals(False)
        self._compose()

    def _choose_format(self, code: str) -> None:
        if not code:
            self._fill_format()  # one of them is always chosen
            return
        self._session.preferences.setValue("print/paper", code)
        self._compose()

    def _compose(self) -> None:
        visit, kind, paper_format = self._visit, self.kind.code, self.format.code
        if not visit or not kind:
            return
        office, actor = self._session.office, self._session.actor
        at_once, self._at_once = self._at_once, False
        self.show_made(lambda: papers.compose(office, actor, visit, kind, paper_format), at_once=at_once)
