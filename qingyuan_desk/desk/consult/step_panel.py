"""A step of a matter taken beside a list: its form, built from how it asks for its fields."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk.matter.handling.form import StepForm
from qingyuan_desk.desk.matter.handling.lists import Lists
from qingyuan_desk.desk.roster.asking import Asking
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.desk.widgets.parts import Panel, button
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import Form
from qingyuan_desk.services import handling
from qingyuan_desk.services.taking import Taken


class StepPanel(Asking):
    """`open` a step of a matter; `closed` when it was taken or left."""

    taken = Signal(object)
    """Taken, after the step was carried out."""
    closed = Signal()

    def __init__(self, session: Session, name: str) -> None:
        super().__init__(session)
        self._asked: background.Task | None = None
        self._lists = Lists(session)
        self.form = StepForm(session, self._lists)
        self.form.taken.connect(self._taken)
        self._lists.spelled.connect(lambda: self.form.fields and self.form.fields.offer())
        self.about = Elided("", "second")
        self.about.setObjectName(f"{name}.about")
        self.open_button = button("打开事项", f"{name}.open", role="link")
        self.close_button = button("关闭 Esc", f"{name}.close", role="link")
        self.open_button.clicked.connect(lambda: self._case and session.matter_wanted.emit(self._case.number))
        self.close_button.clicked.connect(self.close_form)
        self._case: Handled | None = None
        panel = Panel()
        panel.column.setContentsMargins(0, 8, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 12, 0)
        head.addWidget(self.about, 1)
        head.addWidget(self.open_button)
        head.addWidget(self.close_button)
        panel.column.addLayout(head)
        panel.column.addWidget(self.form, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)

    @property
    def step(self) -> str:
        """The step in view, or ""."""
        return self.form.step

    def open(self, matter_id: int, step: str, **known: object) -> None:
        """Show the form of a step of a matter; known: fields that the list has said already."""
        if self._asked is not None:
            self._asked.drop()
        office, actor = self.office, self.actor
        self._asked = self.ask(
            lambda: (
                handling.case(office, actor, matter_id),
                replace(handling.starting(office, actor, matter_id, step), **known),  # type: ignore[arg-type]
            ),
            then=lambda found: self._show(*found, step),
        )

    def save(self) -> None:
        """Take the step."""
        if self.form.step:
            self.form.save()

    def close_form(self) -> None:
        """Leave the form; what is typed in it is kept."""
        self.form.clear()
        self._case = None
        self.about.say("")
        self.closed.emit()

    def _show(self, case: Handled, form: Form, step: str) -> None:
        self._asked, self._case = None, case
        view = next((each for each in handling.steps(case) if each.code == step), None)
        if view is None:
            self.session.say("这件事项的流程没有这一步。", "warn")
            return
        self.about.say(f"{case.number}　{case.visitor}　{node_name(case.flow, case.node)}")
        self._lists.show_case(case)
        self.form.show_form(case, view, form)

    def _taken(self, taken: Taken, form: Form, case: Handled) -> None:
        said = "".join(problem.sentence for problem in taken.warnings)
        node = node_name(case.flow, taken.node)
        moved = f"现在“{node}”。" if taken.node != case.node else ""
        self.session.say(f"{case.number}已办理。{moved}{said}", "warn" if said else "good")
        self.close_form()
        self.taken.emit(taken)
