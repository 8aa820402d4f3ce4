"""What can be done now, as verbs, each with its article; what cannot, greyed, with the reason."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.clocks import Clocks
from qingyuan_desk.desk.matter.parts import Scrolled, said
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.fields import TextEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.domain.matter import MatterFacts
from qingyuan_desk.domain.steps import Step, steps
from qingyuan_desk.services import ledger

#: The flow whose matters have a case on the mediation page.
MEDIATION = "mediation"


class NoteEdit(TextEdit):
    """Several lines; Ctrl+Enter writes them down."""

    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and held == Qt.KeyboardModifier.ControlModifier
        ):
            self.done.emit()
        else:
            super().keyPressEvent(event)


class Actions(QFrame):
    """记事 in place, then what must be done in time, then the verbs that have keys. What is being typed stays with its matter."""

    again = Signal(str)
    """Register a further visit of the matter with this number."""
    print_asked = Signal()
    mediation_asked = Signal(int)
    """Go on with the mediation of the matter with this id."""
    handling_asked = Signal()
    """Go to the steps of the matter."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session = session
        self._facts: MatterFacts | None = None
        self._drafts: dict[int, str] = {}
        self._request = uuid.uuid4().hex
        self._saving = False
        self.note = NoteEdit("matter.note", hint="接谈、电话、走访的经过和结果")
        self.note.setAccessibleName("记事")
        self.note.done.connect(self.save_note)
        self.note_save = QPushButton("记下 Ctrl+Enter")
        self.note_save.setObjectName("matter.note_save")
        self.note_save.setProperty("role", "primary")
        self.note_save.clicked.connect(self.save_note)
        self.again_button = QPushButton("再次来访 F4")
        self.again_button.setToolTip("同一事项再次来访")
        self.again_button.setObjectName("matter.again")
        self.again_button.clicked.connect(self.register_again)
        self.print_button = QPushButton("打印文书 F8")
        self.print_button.setObjectName("matter.print")
        self.print_button.clicked.connect(self.ask_print)
        self.mediate_button = QPushButton("办理调解 Ctrl+M")
        self.mediate_button.setObjectName("matter.mediate")
        self.mediate_button.setToolTip("从申请到卷宗，在“调解”页办理")
        self.mediate_button.clicked.connect(self.ask_mediation)
        self.handle_button = QPushButton("办理")
        self.handle_button.setObjectName("matter.handle")
        self.handle_button.setToolTip("送案、受理、答复、办结、报告、评价……")
        self.handle_button.clicked.connect(self.handling_asked)
        self.clocks = Clocks(session)
        self._told = {code: said("", "small") for code in ("note", "again", "print")}
        self.message = label(role="message", wrap=True, name="matter.note_message")
        caption = label("记事", "section")
        caption.setBuddy(self.note)
        scrolled = Scrolled("matter.actions")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(scrolled)
        column = scrolled.column
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(6)
        column.addWidget(caption)
        column.addWidget(self.note)
        column.addWidget(self.message)
        column.addWidget(self.note_save)
        column.addWidget(self._told["note"])
        column.addWidget(self.clocks)
        column.addSpacing(6)
        column.addWidget(line())
        column.addSpacing(6)
        column.addWidget(label("还可以", "section"))
        for button in (self.mediate_button, self.handle_button):
            column.addWidget(button)
            column.addSpacing(4)
        for code, button in (("again", self.again_button), ("print", self.print_button)):
            column.addWidget(button)
            column.addWidget(self._told[code])
            column.addSpacing(4)
        column.addStretch(1)

    @property
    def hindrances(self) -> dict[str, str]:
        """Step → why it cannot be taken; "" when it can."""
        return {step.code: step.hindrance for step in self._steps()}

    def show_facts(self, facts: MatterFacts) -> None:
        """Show what can be done with a matter; a note begun on another one waits there."""
        if self._facts is None or self._facts.matter_id != facts.matter_id:
            if self._facts is not None:
                self._drafts[self._facts.matter_id] = self.note.toPlainText()
            self._request = uuid.uuid4().hex
            self.note.setPlainText(self._drafts.pop(facts.matter_id, ""))
            self._say("", "")
        self._facts = facts
        self.note.setFixedHeight(theme.px(104))
        self.print_button.setIcon(theme.icon("print"))
        self.print_button.setIconSize(QSize(theme.px(16), theme.px(16)))
        for step in self._steps():
            self._show_step(step)
        mediated = facts.flow == MEDIATION
        self.mediate_button.setVisible(mediated)
        self.handle_button.setText("转办、报告、评价……" if mediated else "办理 Ctrl+M")
        self.clocks.show_facts(facts, self.hindrances["note"])

    def save_note(self) -> None:
        """Write down what was typed. Pressed again while it is being written, or after a fault, it is written once."""
        if self._facts is None or self._saving or not self.note_save.isEnabled():
            return
        commit_composition()
        session, matter = self._session, self._facts.matter_id
        self._saving = True

        def done(_: object) -> None:
            self._saving = False
            self._request = uuid.uuid4().hex
            if self._facts is not None and self._facts.matter_id == matter:
                self.note.clear()
                self._say("", "")
            else:
                self._drafts.pop(matter, None)
            session.say("已记下。", "good")
            session.matter_changed.emit(matter)

        def refused(error: DeskError) -> None:
            self._saving = False
            self._say(error.sentence, "error")
            self.note.setFocus()

        background.ask(
            self,
            ledger.add_note,
            session.office,
            session.actor,
            self._request,
            matter,
            self.note.toPlainText(),
            then=done,
            failed=refused,
        )

    def register_again(self) -> None:
        """Register a further visit, unless something stands in the way."""
        if self._facts is not None and not self.hindrances["again"]:
            self.again.emit(self._facts.number)

    def ask_print(self) -> None:
        """Go to the papers, unless something stands in the way."""
        if self._facts is not None and not self.hindrances["print"]:
            self.print_asked.emit()

    def work_on(self) -> None:
        """Go on with the matter: a dispute on the mediation page, any other with its steps here."""
        if self._facts is not None and self._facts.flow == MEDIATION:
            self.mediation_asked.emit(self._facts.matter_id)
        elif self._facts is not None:
            self.handling_asked.emit()

    def ask_mediation(self) -> None:
        """Go to the mediation page, of a dispute."""
        if self._facts is not None and self._facts.flow == MEDIATION:
            self.mediation_asked.emit(self._facts.matter_id)

    def _steps(self) -> tuple[Step, ...]:
        if self._facts is None:
            return ()
        read_only = self._session.office.read_only
        return steps(self._facts, self._session.actor, read_only.sentence if read_only else "")

    def _show_step(self, step: Step) -> None:
        widgets = {
            "note": (self.note, self.note_save),
            "again": (self.again_button,),
            "print": (self.print_button,),
        }[step.code]
        for widget in widgets:
            widget.setEnabled(not step.hindrance)
        told = self._told[step.code]
        told.setText(step.hindrance or step.article)
        told.setVisible(bool(told.text()))

    def _say(self, text: str, state: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        theme.mark(self.message, "state", state)
