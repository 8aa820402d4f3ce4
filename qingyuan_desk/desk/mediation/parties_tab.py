"""当事人: who is in dispute, whether each of them agrees to mediation, how they were reached, and what it is about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.answers import Answers
from qingyuan_desk.desk.mediation.dispute_form import DisputeForm
from qingyuan_desk.desk.mediation.party_form import PartyForm
from qingyuan_desk.desk.mediation.party_list import PartyTable
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.labels import line
from qingyuan_desk.desk.widgets.reading_order import tab_in_reading_order
from qingyuan_desk.domain.mediation.case import Case, CaseParty
from qingyuan_desk.services import mediation


class PartiesTab(QWidget):
    """Parties at the left with their answers; at the right the form of one of them, or of the dispute."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._case: Case | None = None
        self._hindrances: dict[str, str] = {}
        self.table = PartyTable()
        self.answers = Answers(session, act)
        self.party_form = PartyForm(session, act)
        self.dispute_form = DisputeForm(session, act)
        self.add = parts.button("增加当事人 Ctrl+N", "mediation.party_add", icon="plus")
        self.side = Segments(
            "mediation.parties_side", [Option("party", "当事人资料"), Option("dispute", "纠纷情况")]
        )
        self._lay_out()
        tab_in_reading_order(self)
        self.table.chosen.connect(self._show_party)
        self.table.answered.connect(self.answers.answer)
        self.add.clicked.connect(self.start_party)
        self.side.chosen.connect(lambda code: self.turn(code or "party"))
        self.party_form.saved.connect(self._saved)
        self._new, self._wanted = False, 0
        for keys, act_on in (("F9", self.save), ("Ctrl+N", self.start_party)):
            parts.shortcut(self, keys, act_on)

    def show_case(self, case: Case) -> None:
        """Show a case."""
        other = self._case is None or self._case.matter_id != case.matter_id
        was_opened = self._case is not None and self._case.mediation is not None
        self._case = case
        self._hindrances = {step.code: step.hindrance for step in mediation.steps(case)}
        opened = case.mediation is not None
        self.dispute_form.show_case(case, self._hindrances["describe" if opened else "open"])
        self.party_form.allow(self._hindrances["party"])
        self.add.setEnabled(not self._hindrances["party"])
        if other or (opened and not was_opened):
            self._new = False
            self.turn("party" if opened else "dispute")
        self.table.setMinimumHeight(theme.px(104))
        self.table.setMaximumHeight(theme.px(34 * min(5, max(2, len(case.parties))) + 38))
        self.table.show_case(case, self._wanted)
        self._wanted = 0

    def begin(self, step: str) -> None:
        """Go to where a step is taken."""
        if step in ("open", "describe"):
            self.turn("dispute")
            self.dispute_form.claims.setFocus()
        elif step == "party":
            self.start_party()
        elif step == "contact":
            self.answers.log.note.setFocus()
        else:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn(self, code: str) -> None:
        """Show the form of a party, or of the dispute."""
        self.side.set_code(code)
        self._forms.setCurrentWidget(self.dispute_form if code == "dispute" else self.party_form)

    def start_party(self) -> None:
        """A further party."""
        if self._case is None or not self.add.isEnabled():
            return
        self._new = True
        self.turn("party")
        self.party_form.start_new(self._case)

    def save(self) -> None:
        """F9 writes the form in front."""
        form = self.dispute_form if self.side.code == "dispute" else self.party_form
        if form.save_button.isEnabled():
            form.save()

    def _lay_out(self) -> None:
        left = QFrame()
        left.setProperty("role", "panel")
        beside = QVBoxLayout(left)
        beside.setContentsMargins(2, 2, 2, 2)
        beside.setSpacing(0)
        self.table.setProperty("role", "plain")
        beside.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 6, 8, 6)
        foot.addWidget(self.add)
        foot.addStretch(1)
        beside.addLayout(foot)
        lists = QVBoxLayout()
        lists.setSpacing(8)
        lists.addWidget(left)
        lists.addWidget(self.answers, 1)
        right = QFrame()
        right.setProperty("role", "panel")
        self._forms = QStackedWidget()
        self._forms.addWidget(self.party_form)
        self._forms.addWidget(self.dispute_form)
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 12, 8)
        head.addWidget(self.side)
        column = QVBoxLayout(right)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self._forms, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(lists, 5)
        whole.addWidget(right, 6)

    def _show_party(self, party: CaseParty | None) -> None:
        if self._case is None:
            return
        self.answers.show_party(self._case, party, self._hindrances)
        if party is not None and not self._new:
            self.party_form.show_party(party)

    def _saved(self, record_id: int) -> None:
        """A party just added is gone to once the case is read again."""
        self._new, self._wanted = False, record_id
