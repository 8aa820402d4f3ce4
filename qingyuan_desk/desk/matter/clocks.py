"""Running clocks at the right: what has to be done by when, and recording that it was."""

from __future__ import annotations

import uuid
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk.matter import parts
from qingyuan_desk.desk.matter.parts import said
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.fields import LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label, line, plain_tooltip
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.domain.matter import ClockView, MatterFacts
from qingyuan_desk.services import deadlines


class MeetForm(QWidget):
    """On which day it was done and how; asked in place of the button."""

    closed = Signal()

    def __init__(self, session: Session, matter_id: int, clock: ClockView) -> None:
        super().__init__()
        self._session, self._matter, self.clock = session, matter_id, clock
        self._request = uuid.uuid4().hex
        self.day = QDateEdit(_qt(session.office.today()))
        self.day.setObjectName("matter.meet_day")
        self.day.setAccessibleName("办理日期")
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setDateRange(_qt(clock.start), _qt(session.office.today()))
        self.note = LineEdit("matter.meet_note", hint="文号或者办法，可不填")
        self.note.setAccessibleName("怎么办的")
        self.note.returnPressed.connect(self._go)
        self.go = QPushButton("记下")
        self.go.setObjectName("matter.meet_go")
        self.go.clicked.connect(self._go)
        cancel = QPushButton("取消")
        cancel.setObjectName("matter.meet_cancel")
        cancel.setProperty("role", "link")
        cancel.clicked.connect(self.closed)
        self.message = said("", "message")
        self.message.setProperty("state", "error")
        self.message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.day)
        column.addWidget(self.note)
        column.addWidget(self.message)
        column.addLayout(parts.across(self.go, cancel, stretch=0))

    def _go(self) -> None:
        commit_composition()
        session, matter = self._session, self._matter

        def done(_: object) -> None:
            self.closed.emit()
            session.say("已记下办理情况，这个期限不再计算。", "good")
            session.matter_changed.emit(matter)

        background.ask(
            self,
            deadlines.meet,
            session.office,
            session.actor,
            self._request,
            self.clock.clock_id,
            self.note.text(),
            _python(self.day.date()),
            then=done,
            failed=self._refused,
            busy=self.go,
        )

    def _refused(self, error: DeskError) -> None:
        self.message.setText(error.sentence)
        self.message.show()


class Clocks(QWidget):
    """One block a running clock, the one that rings first on top."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._facts: MatterFacts | None = None
        self._hindrance = ""
        self._form: MeetForm | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_facts(self, facts: MatterFacts, hindrance: str) -> None:
        """Show a matter's running clocks; a form that is being filled in stays."""
        running = [clock for clock in facts.clocks if clock.running]
        same = self._facts is not None and self._facts.clocks == facts.clocks
        if same and self._form is not None and self._facts and self._facts.matter_id == facts.matter_id:
            return
        self._facts, self._hindrance, self._form = facts, hindrance, None
        parts.clear(self._column)
        self.setVisible(bool(running))
        if not running:
            return
        self._column.addSpacing(6)
        self._column.addWidget(line())
        self._column.addSpacing(6)
        self._column.addWidget(label("期限", "section"))
        for place, clock in enumerate(running):
            self._add(place, clock)

    def _add(self, place: int, clock: ClockView) -> None:
        tone = parts.CLOCK_TONES.get(clock.state, "")
        self._column.addWidget(said(clock.words, "strong", tone))
        button = QPushButton("记为已办理")
        button.setObjectName(f"matter.meet.{place}")
        button.setAccessibleName(f"记为已办理：{clock.event}")
        button.setEnabled(not self._hindrance)
        button.setToolTip(plain_tooltip(self._hindrance) if self._hindrance else "")
        button.clicked.connect(lambda: self._ask(button, clock))
        self._column.addWidget(said(f"{clock.event}（{clock.article}）", "small"))
        self._column.addWidget(button)
        self._column.addSpacing(6)

    def _ask(self, button: QPushButton, clock: ClockView) -> None:
        """One form at a time."""
        if self._facts is None:
            return
        if self._form is not None:
            self._form.closed.emit()
        form = self._form = MeetForm(self._session, self._facts.matter_id, clock)

        def put_away() -> None:
            button.show()
            form.hide()
            form.deleteLater()
            if self._form is form:
                self._form = None

        form.closed.connect(put_away)
        self._column.insertWidget(self._column.indexOf(button) + 1, form)
        button.hide()
        form.note.setFocus()


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _python(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
