"""Clocks at the right: what has to be done by when, recording that it was, and taking that back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import shiboken6
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


class _Form(QWidget):
    """Asked in place of a clock's button; what is wrong is said here and everything typed stays."""

    closed = Signal()

    def __init__(self, session: Session, matter_id: int, clock: ClockView, text: LineEdit, name: str) -> None:
        super().__init__()
        self._session, self._matter, self.clock, self.text = session, matter_id, clock, text
        self._request = uuid.uuid4().hex
        self.text.returnPressed.connect(self.carry_out)
        self.go = QPushButton("记下")
        self.go.setObjectName(f"matter.{name}_go")
        self.go.clicked.connect(self.carry_out)
        cancel = QPushButton("取消")
        cancel.setObjectName(f"matter.{name}_cancel")
        cancel.setProperty("role", "link")
        cancel.clicked.connect(self.closed)
        self.message = said("", "message")
        self.message.setProperty("state", "error")
        self.message.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self.column.addWidget(self.text)
        self.column.addWidget(self.message)
        self.column.addLayout(parts.across(self.go, cancel, stretch=0))

    def carry_out(self) -> None:
        """What the form is for."""
        raise NotImplementedError

    def ask(self, service: Callable[..., None], *what: object, then: Callable[[], None]) -> None:
        """Call a service about the clock; afterwards the matter is read again."""
        commit_composition()
        session, matter = self._session, self._matter

        def done(_: object) -> None:
            self.closed.emit()
            then()
            session.matter_changed.emit(matter)

        clock = self.clock.clock_id
        who = (session.office, session.actor, self._request, clock)
        background.ask(self, service, *who, *what, then=done, failed=self._refused, busy=self.go)

    def _refused(self, error: DeskError) -> None:
        self.message.setText(error.sentence)
        self.message.show()


class MeetForm(_Form):
    """On which day it was done and how."""

    def __init__(self, session: Session, matter_id: int, clock: ClockView) -> None:
        note = LineEdit("matter.meet_note", hint="文号或者办法，可不填")
        note.setAccessibleName("怎么办的")
        super().__init__(session, matter_id, clock, note, "meet")
        self.day = QDateEdit(_qt(session.office.today()))
        self.day.setObjectName("matter.meet_day")
        self.day.setAccessibleName("办理日期")
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setDateRange(_qt(clock.start), _qt(session.office.today()))
        self.column.insertWidget(0, self.day)

    def carry_out(self) -> None:
        session, matter, clock = self._session, self._matter, self.clock.clock_id

        def take_back() -> None:
            background.ask(
                session,
                deadlines.reopen,
                session.office,
                session.actor,
                uuid.uuid4().hex,
                clock,
                "当场撤回",
                then=lambda _: session.matter_changed.emit(matter),
                failed=session.tell,
            )

        self.ask(
            deadlines.meet,
            self.text.text(),
            _python(self.day.date()),
            then=lambda: session.say("已记下办理情况，这个期限不再计算。", "good", "撤回", take_back),
        )


class ReopenForm(_Form):
    """Why a clock that was recorded as met runs on."""

    def __init__(self, session: Session, matter_id: int, clock: ClockView) -> None:
        reason = LineEdit("matter.reopen_reason", hint="原因，例如：记错了期限")
        reason.setAccessibleName("撤回办结的原因")
        super().__init__(session, matter_id, clock, reason, "reopen")

    def carry_out(self) -> None:
        session = self._session
        self.ask(
            deadlines.reopen,
            self.text.text(),
            then=lambda: session.say("已撤回办结，这个期限继续计算。", "good"),
        )


class Clocks(QWidget):
    """One block a clock: those that run, the one that rings first on top, then those that were met."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._facts: MatterFacts | None = None
        self._hindrance = ""
        self._form: _Form | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_facts(self, facts: MatterFacts, hindrance: str) -> None:
        """Show a matter's clocks; a form that is being filled in stays."""
        shown = [clock for clock in facts.clocks if clock.running or clock.state == "met"]
        same = self._facts is not None and self._facts.clocks == facts.clocks
        if same and self._form is not None and self._facts and self._facts.matter_id == facts.matter_id:
            return
        self._facts, self._hindrance, self._form = facts, hindrance, None
        parts.clear(self._column)
        self.setVisible(bool(shown))
        if not shown:
            return
        self._column.addSpacing(6)
        self._column.addWidget(line())
        self._column.addSpacing(6)
        self._column.addWidget(label("期限", "section"))
        for place, clock in enumerate(shown):
            self._add(place, clock)

    def _add(self, place: int, clock: ClockView) -> None:
        tone = parts.CLOCK_TONES.get(clock.state, "")
        self._column.addWidget(said(clock.words, "strong" if clock.running else "", tone))
        verb, name = ("记为已办理", "meet") if clock.running else ("撤回办结", "reopen")
        button = QPushButton(verb)
        button.setObjectName(f"matter.{name}.{place}")
        button.setAccessibleName(f"{verb}：{clock.event}")
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
        kind = MeetForm if clock.running else ReopenForm
        form = self._form = kind(self._session, self._facts.matter_id, clock)

        def put_away() -> None:
            if shiboken6.isValid(button):  # the clocks may have been shown anew meanwhile
                button.show()
            form.hide()
            form.deleteLater()
            if self._form is form:
                self._form = None

        form.closed.connect(put_away)
        self._column.insertWidget(self._column.indexOf(button) + 1, form)
        button.hide()
        form.text.setFocus()


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _python(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
