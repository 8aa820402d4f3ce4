"""Without a case: what a mediator has to do today (我的案件、约定、电话、履行、司法确认、卷宗)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk.mediation.case_table import CaseTable
from qingyuan_desk.desk.mediation.due_lists import DueLists
from qingyuan_desk.desk.mediation.follow_up_batch import FollowUpBatch
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background, parts
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.mediation.caseload import CaseLine, Caseload
from qingyuan_desk.services import caseload

_ALL = "all"
_DAYS = "一二三四五六日"


class Start(QWidget):
    """A mediator's own start page; whose it is, is remembered for each account."""

    case_wanted = Signal(object, str)
    """A matter's id, and the step it is opened for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._task: background.Task | None = None
        self.mediator = ChoiceBox("mediation.mediator")
        self.mediator.setAccessibleName("谁的案件")
        self.mediator.chosen.connect(self._choose)
        self.today = label(role="second", name="mediation.today")
        self.sentence = label(role="message", wrap=True, name="mediation.not_found")
        self.sentence.setProperty("state", "error")
        self.sentence.hide()
        self.table = CaseTable()
        self.due = DueLists(session.office.reference)
        self.sheets = FollowUpBatch(session, "mediation.sheets")
        self._caption = label("我的案件", "section", name="mediation.case_count")
        self._empty = parts.nothing("", "mediation.no_cases")
        self._lay_out()
        self.table.opened.connect(self._open)
        self.due.wanted.connect(self.case_wanted.emit)
        self.due.sheets_wanted.connect(self._show_sheets)
        self.sheets.closed.connect(self.put_away)
        parts.shortcut(self.sheets, "F8", self.sheets.print_paper)
        session.roster_changed.connect(self._offer)
        session.actor_changed.connect(self._offer)
        self._offer()

    def say(self, sentence: str) -> None:
        """Why a case could not be opened; "" says nothing."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def read(self, *, arriving: bool = False) -> None:
        """Read the day again. arriving: a person came here; the keyboard goes to the cases."""
        if self._task:
            self._task.drop()
        session = self._session
        self._task = background.ask(
            self,
            caseload.day,
            session.office,
            session.actor,
            self._code,
            then=lambda load: self._show(load, arriving=arriving),
            failed=session.tell,
        )

    @property
    def _code(self) -> str:
        """The mediator chosen; "" is everybody."""
        return "" if self.mediator.code == _ALL else self.mediator.code

    def _show(self, load: Caseload, *, arriving: bool) -> None:
        today = self._session.office.today()
        self.today.setText(f"{today.month}月{today.day}日 星期{_DAYS[today.weekday()]}")
        waiting = sum(not line.begun for line in load.cases)
        whose = "在办案件" if not self._code else f"{self.mediator.currentText()}的案件"
        self._caption.setText(f"{whose}　{len(load.cases)}" + (f"，其中待登记 {waiting}" if waiting else ""))
        self.table.show_rows(load.cases, today)
        self._empty.setText(
            "没有在办的案件。民间纠纷在“登记”页分流到“矛盾纠纷调解”以后，会列在这里，按 Enter 开始办理。"
        )
        self._cases.setCurrentIndex(0 if load.cases else 1)
        self.due.show_load(load, today)
        if arriving and self.isVisible() and load.cases:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sheets(self) -> None:
        self._beside.setCurrentWidget(self.sheets)
        self.sheets.show_today(self._code)

    def put_away(self) -> bool:
        """Lists instead of the records that are shown; whether there were any."""
        if self._beside.currentWidget() is not self.sheets:
            return False
        self.sheets.clear()
        self._beside.setCurrentWidget(self.due)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _open(self, line: CaseLine) -> None:
        self.case_wanted.emit(line.ref.matter_id, "" if line.begun else "open")

    # --- whose cases ---

    def _offer(self) -> None:
        """Offer everybody who mediates; who was chosen last, else the one named like the account, is chosen."""
        session = self._session
        people = [each for each in session.office.reference.mediators if each.status == "active"]
        self.mediator.blockSignals(True)
        self.mediator.set_options(
            (
                Option(_ALL, "全部调解员", ("qb",)),
                *(Option(each.code, each.name, each.letters) for each in people),
            )
        )
        named = next((each.code for each in people if each.name == session.actor.name), _ALL)
        kept = str(session.preferences.value(self._key, named) or named)
        self.mediator.set_code(kept if kept in {each.code for each in people} else named)
        self.mediator.blockSignals(False)

    def _choose(self, code: str) -> None:
        if code:
            self._session.preferences.setValue(self._key, code)
            self.read()
            if self._beside.currentWidget() is self.sheets:
                self.sheets.show_today(self._code)

    @property
    def _key(self) -> str:
        return f"mediation/mediator/{self._session.actor.code}"

    # --- putting together ---

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._caption)
        head.addStretch(1)
        head.addWidget(self.today)
        self.mediator.setMinimumWidth(180)
        head.addWidget(self.mediator)
        left = QFrame()
        left.setProperty("role", "panel")
        self._cases = QStackedWidget()
        self._cases.addWidget(self.table)
        self._cases.addWidget(self._empty)
        beside = QVBoxLayout(left)
        beside.setContentsMargins(2, 4, 2, 2)
        beside.addWidget(self._cases)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(left, 8)
        self._beside = QStackedWidget()
        self._beside.addWidget(self.due)
        self._beside.addWidget(self.sheets)
        columns.addWidget(self._beside, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.sentence)
        column.addLayout(columns, 1)
