"""更多: every step with its article or with what stands in its way; and ending, taking back, pausing, in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled, said
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.ending_form import ENDINGS, EndingForm
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.domain.mediation.acts import StepView
from qingyuan_desk.domain.mediation.case import Case


class More(QWidget):
    """At the left what can be done and what cannot; at the right the forms of pausing and ending."""

    step_wanted = Signal(str)

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._case: Case | None = None
        self.steps = Scrolled("mediation.steps")
        self.steps.column.setSpacing(3)
        self.which = Segments("mediation.ending", [Option(code, each.verb) for code, each in ENDINGS.items()])
        self.which.setAccessibleName("怎么结束或者暂停")
        self.which.chosen.connect(lambda code: self.begin(code or "terminate"))
        self.forms = {code: EndingForm(code, session, act) for code in ENDINGS}
        self._stack = QStackedWidget()
        for form in self.forms.values():
            self._stack.addWidget(form)
        self._lay_out()
        parts.shortcut(self, "F9", lambda: self.forms[self.which.code].save())

    def show_case(self, case: Case, steps: Sequence[StepView]) -> None:
        """Show a case."""
        other = self._case is None or self._case.matter_id != case.matter_id
        known = {step.code: step for step in steps}
        for code, form in self.forms.items():
            form.show_case(case, known[code], other=other)
        if other or (self._case is not None and self._case.node != case.node):
            open_now = [code for code in ENDINGS if not known[code].hindrance]
            following = "resume" if "resume" in open_now else next(iter(open_now), "terminate")
            self._turn(following)
            if self.isVisible():
                self.begin(following)
        self._case = case
        self._list(steps)

    def begin(self, step: str) -> None:
        """Go to the form of a step."""
        if step not in self.forms:
            return
        self._turn(step)
        form = self.forms[step]
        (form.ground if ENDINGS[step].grounds else form.words).setFocus()

    def _turn(self, code: str) -> None:
        self.which.set_code(code)
        self._stack.setCurrentWidget(self.forms[code])

    def _list(self, steps: Sequence[StepView]) -> None:
        """What can be done first, as links; then what cannot, with the reason."""
        self.steps.empty()
        column = self.steps.column
        free = [step for step in steps if not step.hindrance]
        column.addWidget(label("现在可以办", "strong"))
        for step in free:
            made = parts.button(step.name, f"mediation.step.{step.code}", role="link")
            made.clicked.connect(lambda _=False, code=step.code: self.step_wanted.emit(code))
            column.addWidget(_beside(made, step.article))
        if not free:
            column.addWidget(said("这件案子没有还能办的步骤。", "small"))
        column.addSpacing(theme.px(8))
        column.addWidget(label("现在不能办", "strong"))
        for step in steps:
            if step.hindrance:
                column.addWidget(_beside(label(step.name, "second"), step.hindrance))
        column.addStretch(1)

    def _lay_out(self) -> None:
        left = QFrame()
        left.setProperty("role", "panel")
        beside = QVBoxLayout(left)
        beside.setContentsMargins(1, 1, 1, 1)
        beside.addWidget(self.steps)
        right = QFrame()
        right.setProperty("role", "panel")
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 12, 8)
        head.addWidget(self.which)
        column = QVBoxLayout(right)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self._stack, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(left, 1)
        whole.addWidget(right, 1)


def _beside(name: QWidget, words: str) -> QWidget:
    """A step and what is said of it, in two columns."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    name.setFixedWidth(theme.px(150))
    if not isinstance(name, QPushButton):
        name.setContentsMargins(4, 0, 0, 0)  # a link keeps this much free
    row.addWidget(name)
    row.addWidget(said(words, "small"), 1)
    return made
