"""The form of the step in view: its article, its fields, what is wrong, what will begin to run, and carrying it out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.acting import Acting
from qingyuan_desk.desk.keeping import Keeping
from qingyuan_desk.desk.matter.handling.fields import StepFields
from qingyuan_desk.desk.matter.handling.lists import Lists
from qingyuan_desk.desk.matter.handling.outlook import outlook
from qingyuan_desk.desk.matter.parts import Scrolled, said
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.fields import commit_composition
from qingyuan_desk.desk.widgets.labels import label, line, plain_tooltip
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.domain.checks import StepView
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import Classify, Form
from qingyuan_desk.domain.mediation.cleaning import cleaned
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.services import case_drafts, handling
from qingyuan_desk.services.taking import Taken

#: So long after the last key the rules are asked (milliseconds).
PAUSE = 300
#: Forms that write over what is there; one filled in for an older state would undo another desk's work.
_WRITE_OVER = (Classify,)


class StepForm(QWidget):
    """One form at a time. What is typed is kept under its step, for who typed it, and gone on with the next time."""

    taken = Signal(object, object, object)
    """A step was carried out: Taken, its form, and the matter as it was before (Handled)."""

    def __init__(self, session: Session, lists: Lists) -> None:
        super().__init__()
        self._session, self._lists = session, lists
        self._act = Acting(session, handling.take)
        self._case: Handled | None = None
        self._step: StepView | None = None
        self._version = 0
        self._asked: background.Task | None = None
        self.fields: StepFields | None = None
        self.title = label(role="section", name="matter.step")
        self.article = said("", "small")
        self.outlook = said("", "small")
        self.outlook.setObjectName("matter.outlook")
        self.go = button("", "matter.step_go", role="primary")
        self.go.setMinimumWidth(theme.px(112))
        self.go.setAutoDefault(True)  # Enter presses it
        self.go.clicked.connect(self.save)
        self.keeping = Keeping(
            "matter.step",
            session,
            typed=self._typed,
            go_on=self._go_on,
            begin=self._begin_again,
            leave=self.clear,
        )
        self._scrolled = Scrolled("matter.step_fields")
        self._foot_message = QVBoxLayout()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask_rules)
        self._lay_out()

    @property
    def step(self) -> str:
        """The code of the step in view, or ""."""
        return self._step.code if self._step else ""

    def show_form(self, case: Handled, step: StepView, form: Form) -> None:
        """Show the form of a step as it begins; what was typed into it before is gone on with."""
        self.clear()
        self._case, self._step, self._version = case, step, case.version
        fields = self.fields = StepFields(self._session, self._lists, form)
        fields.changed.connect(self._changed)
        self._scrolled.column.addWidget(fields)
        fields.show()  # now, not when the layout gets to it: it is given the keyboard
        self._scrolled.column.addStretch(1)
        self._scrolled.verticalScrollBar().setValue(0)
        self._foot_message.addWidget(fields.message)
        self.title.setText(step.name)
        self.go.setText(f"{step.name} F9" if len(step.name) <= 8 else "办理 F9")
        self.allow(step)
        self.keeping.look(case.matter_id, case_drafts.place(form))
        fields.begin()
        self._ask_rules()

    def show_case(self, case: Handled, step: StepView) -> None:
        """The same matter, read again: lists offer its records as they are now."""
        self._case = case
        self.allow(step)
        if self.fields is not None:
            self.fields.offer()
            self._ask_rules()

    def allow(self, step: StepView) -> None:
        """Whether the step can be taken, and if not, why."""
        self._step = step
        self.article.setText(step.hindrance or step.article)
        theme.mark(self.article, "tone", "amber" if step.hindrance else "")
        self.go.setEnabled(not step.hindrance)
        self.go.setToolTip(plain_tooltip(step.hindrance) if step.hindrance else "")

    def clear(self) -> None:
        """Nothing is filled in; what was typed is kept."""
        self.keeping.rest()
        self._put_away()

    def save(self) -> None:
        """Take the step."""
        commit_composition()
        fields, case = self.fields, self._case
        if fields is None or case is None or not self.go.isEnabled():
            return
        fields.settle()
        if fields.unreadable:
            fields.tell(fields.unreadable)
            return
        form = fields.form
        self._drop()
        self._pause.stop()

        def done(taken: Taken) -> None:
            if self.fields is fields:
                self._put_away()
                self.keeping.rest()  # nothing is left to be kept
            self.taken.emit(taken, form, case)

        version = self._version if isinstance(form, _WRITE_OVER) else 0
        self._act.carry_out(case.matter_id, form, version, done, at=fields, busy=self.go)

    # --- while it is typed -----------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._drop()
        self._pause.start(PAUSE)

    def _drop(self) -> None:
        if self._asked is not None:
            self._asked.drop()
            self._asked = None

    def _ask_rules(self) -> None:
        fields, case, session = self.fields, self._case, self._session
        if fields is None or case is None:
            return
        form, unreadable = fields.form, fields.unreadable
        self._drop()
        self._asked = background.ask(
            self,
            handling.problems,
            session.office,
            session.actor,
            case.matter_id,
            form,
            then=lambda problems: self._show_rules(fields, form, [*unreadable, *problems]),
            failed=session.tell,
        )

    def _show_rules(self, fields: StepFields, form: Form, problems: Sequence[Problem]) -> None:
        """An answer for a form that is not in view any more was dropped before it came here."""
        self._asked = None
        case, office = self._case, self._session.office
        hindered = self._step is not None and bool(self._step.hindrance)
        if case is None or hindered:
            return
        fields.note(problems)
        if any(problem.level is not Level.WARN for problem in problems):
            self.outlook.setText("")
            return
        context = handling.context_of(office, self._session.actor)
        self.outlook.setText(outlook(case, cleaned(form), context))

    def _put_away(self) -> None:
        self._pause.stop()
        self._drop()
        if self.fields is not None:
            self._foot_message.removeWidget(self.fields.message)
            self.fields.message.hide()
            self.fields.message.deleteLater()
        self._scrolled.empty()
        self.fields, self._step = None, None
        self.outlook.setText("")

    # --- kept ------------------------------------------------------------------------------------------------------

    def _typed(self) -> Form | None:
        return self.fields.form if self.fields is not None and self.fields.edited else None

    def _go_on(self, form: case_drafts.Form) -> None:
        if self.fields is not None and isinstance(form, type(self.fields.begins)):
            self.fields.fill(form)

    def _begin_again(self) -> None:
        if self.fields is not None:
            self.fields.fill(self.fields.begins)
            self.fields.begin()

    # --- putting together --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 10, 16, 8)
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.article)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(self._foot_message)
        words.addWidget(self.outlook)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 12, 10)
        foot.setSpacing(16)
        foot.addLayout(words, 1)
        foot.addWidget(self.go)
        self._scrolled.column.setContentsMargins(16, 12, 12, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.keeping)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self._scrolled, 1)
        column.addWidget(line())
        column.addLayout(foot)
