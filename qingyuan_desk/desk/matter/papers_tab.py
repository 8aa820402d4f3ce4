"""文书: the papers of a visit and those of handling, seen before they are printed, and what was printed so far."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter import parts
from qingyuan_desk.desk.matter.handling.papers import HandlingPapers
from qingyuan_desk.desk.matter.parts import Scrolled, said
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.desk.widgets.paper_drawer import PaperDrawer
from qingyuan_desk.desk.widgets.paper_pane import PaperPane
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.matter import MatterFacts, PrintRecord

_SIDES = {"visit": "来访文书", "handling": "办理文书"}


class PapersTab(QWidget):
    """Whose papers, the prints so far, and the paper itself."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._facts: MatterFacts | None = None
        self._offered = ""
        self.visit = ChoiceBox("matter.paper_visit", hint="哪一次来访")
        self.visit.setAccessibleName("哪一次来访的文书")
        self.visit.chosen.connect(lambda _: self._offer())
        self._prints = Scrolled("matter.prints")
        self._prints.column.setContentsMargins(0, 4, 8, 0)
        self.drawer = PaperDrawer(session, closable=False)
        self.drawer.setProperty("role", "plain")  # it stands in a panel already
        self.handling = HandlingPapers(session)
        self.side = Segments("matter.papers", [Option(*each) for each in _SIDES.items()])
        self.side.setAccessibleName("哪一类文书")
        self.side.chosen.connect(lambda code: self.turn(code or "visit"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.drawer)
        self._stack.addWidget(self.handling)
        left = QWidget()
        self._left = left
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(8)
        column.addWidget(self.side)
        column.addWidget(self.visit)
        column.addWidget(self.handling.blank)
        column.addWidget(self.handling.package)
        column.addSpacing(8)
        column.addWidget(label("已打印", "section"))
        column.addWidget(self._prints, 1)
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self._stack, 1)
        scrolled = QScrollArea()  # at large type the drawer is wider than the tab
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(held)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled)
        self.turn("visit")

    @property
    def pane(self) -> PaperPane:
        """The paper in front."""
        return self.handling if self.side.code == "handling" else self.drawer

    def turn(self, side: str) -> None:
        """Turn to the papers of the visits or to those of handling."""
        self.side.set_code(side)
        self._stack.setCurrentWidget(self.pane)
        self.visit.setVisible(side == "visit")
        for part in (self.handling.blank, self.handling.package):
            part.setVisible(side == "handling")
        if side == "handling":
            self.handling.look()
        else:
            self._offer()

    def show_paper(self, kind: str, subject: int) -> None:
        """Show one paper of handling."""
        self.turn("handling")
        self.handling.show_paper(kind, subject)

    def show_facts(self, facts: MatterFacts, case: Handled) -> None:
        """Show a matter's papers; the visit in view stays when it is still valid."""
        self._left.setFixedWidth(theme.px(196))
        self.handling.show_case(case)
        other = self._facts is None or self._facts.matter_id != facts.matter_id
        self._facts = facts
        valid = [visit for visit in reversed(facts.visits) if visit.state == "valid"]
        kept = "" if other else self.visit.code
        self.visit.blockSignals(True)
        self.visit.set_code("")
        self.visit.set_options(Option(visit.number, visit.number) for visit in valid)
        numbers = [visit.number for visit in valid]
        self.visit.set_code(kept if kept in numbers else (numbers[0] if numbers else ""))
        self.visit.blockSignals(False)
        self._fill_prints(facts.prints)
        if self.visit.code != self._offered:
            self._offered = ""
            self.drawer.clear()
            self._offer()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.turn(self.side.code)

    def _offer(self) -> None:
        """Making a paper takes a moment, so it is only made when somebody looks."""
        number = self.visit.code
        if number and number != self._offered and self.drawer.isVisible():
            self._offered = number
            self.drawer.offer(number)

    def _fill_prints(self, prints: tuple[PrintRecord, ...]) -> None:
        self._prints.empty()
        column = self._prints.column
        for record in prints:
            column.addWidget(said(f"{record.paper}　第{record.count}次", "strong"))
            column.addWidget(said(f"{parts.moment(record.at)}　{record.actor}", "small"))
            column.addWidget(said(f"{record.printer}　{record.visit_number}", "small"))
            column.addWidget(line())
        if not prints:
            column.addWidget(said("还没有打印过。", "second"))
        column.addStretch(1)
