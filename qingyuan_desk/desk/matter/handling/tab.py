"""办理: which step, its form, and afterwards what belongs to it. The steps and the records stand beside it, at left and right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk.intake.strip import Strip
from qingyuan_desk.desk.matter.handling.after import After, belonging
from qingyuan_desk.desk.matter.handling.form import StepForm
from qingyuan_desk.desk.matter.handling.lists import Lists
from qingyuan_desk.desk.matter.handling.records import Records
from qingyuan_desk.desk.matter.handling.steps import Steps, waited_for
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.parts import nothing, shortcut
from qingyuan_desk.desk.widgets.reading_order import tab_in_reading_order
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.checks import StepView
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.handling.acts import ACTS
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import Form, Switch
from qingyuan_desk.domain.papers import PaperChoice
from qingyuan_desk.services import handling, handling_papers
from qingyuan_desk.services.taking import Taken

_MEDIATION = "mediation"
#: Steps that send the matter to a unit: a package (送案包) can go with it.
_SENDING_STEPS = ("forward", "hand_over", "discipline", "reassign", "support")
_CHOOSE = "从左边选一步，回车打开。"
_NO_STEP = "这件事项现在没有能办的步骤；为什么不能办，左边“现在不能办的”里都写着。"


class HandlingTab(QWidget):
    """The middle of the tab; `steps` and `records` are put beside it by the page."""

    paper_wanted = Signal(str, int)
    package_wanted = Signal(int)
    mediation_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._case: Handled | None = None
        self._asked: background.Task | None = None
        self.steps, self.records = Steps(), Records(session)
        self._lists = Lists(session)
        self.form = StepForm(session, self._lists)
        self.after = After()
        self._nothing = nothing("", "matter.no_step")
        self.mediation = Strip("matter.mediation")
        self._stack = QStackedWidget()
        for part in (self._nothing, self.form, self.after):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.mediation)
        column.addWidget(self._stack, 1)
        self.steps.chosen.connect(self.begin)
        self.records.step_wanted.connect(self.begin)
        self.form.taken.connect(self._taken)
        self.after.paper_wanted.connect(self.paper_wanted)
        self.after.package_wanted.connect(self.package_wanted)
        for keys in ("F9", "Ctrl+Return", "Ctrl+Enter"):
            shortcut(self, keys, self.form.save)
        shortcut(self, "F6", self.steps.setFocus)

    @property
    def free(self) -> dict[str, StepView]:
        """The steps that can be taken now, by their code."""
        return {step.code: step for step in self._views() if not step.hindrance}

    def show_case(self, case: Handled) -> None:
        """Show a matter. The same matter again keeps the form in view, and what was typed."""
        other = self._case is None or self._case.matter_id != case.matter_id
        self._case = case
        self._lists.show_case(case)
        if other:
            self.form.clear()
            self._stack.setCurrentWidget(self._nothing)
            self.steps.fold()
        views = self._views()
        self.steps.show_steps(views)
        self.records.show_case(case, self.free)
        self._say_mediation(case)
        open_now = next((step for step in views if step.code == self.form.step), None)
        if open_now is not None:
            self.form.show_case(case, open_now)
        elif self._stack.currentWidget() is not self.after:
            self._begin_first()

    def begin(self, step: str, filled: Mapping[str, object] | None = None) -> None:
        """Open the form of a step. filled: what is known beyond what it begins with."""
        case, session = self._case, self._session
        view = next((each for each in self._views() if each.code == step), None)
        if case is None or view is None or view.hindrance:
            return
        if self._asked:
            self._asked.drop()
        self.steps.mark_open(step)

        def show(form: Form) -> None:
            self._asked = None
            self._stack.setCurrentWidget(self.form)
            self.form.show_form(case, view, replace(form, **(filled or {})))
            tab_in_reading_order(self.steps, self.form, self.records)

        self._asked = background.ask(
            self,
            handling.starting,
            session.office,
            session.actor,
            case.matter_id,
            step,
            then=show,
            failed=session.tell,
        )

    def leave(self) -> None:
        """Another person sits down: show nothing of what the last one typed."""
        self.form.clear()
        self._case = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begin_first()

    # --- which steps -----------------------------------------------------------------------------------------------

    def _views(self) -> tuple[StepView, ...]:
        """Every step; without the right to handle, or where nothing can be written, none can be taken."""
        if self._case is None:
            return ()
        views = handling.steps(self._case)
        office, actor = self._session.office, self._session.actor
        why = "" if actor.may(Right.HANDLE) else f"“{actor.name}”没有办理事项的权限。"
        why = why or (office.read_only.sentence if office.read_only else "")
        return tuple(replace(view, hindrance=why) for view in views) if why else views

    def _begin_first(self) -> None:
        """Open the step the matter waits for, unless a form, or what came of one, is in view."""
        case, shown = self._case, self._stack.currentWidget()
        if case is None or not self.isVisible() or self.form.step or self._asked or shown is self.after:
            return
        free = self.free
        first = waited_for(case, free)
        self._nothing.setText(_CHOOSE if free else _NO_STEP)
        if first:
            self.begin(first)
        else:
            self._stack.setCurrentWidget(self._nothing)
            self.steps.mark_open("")

    def _say_mediation(self, case: Handled) -> None:
        """A dispute's own steps are taken on the mediation page."""
        if case.flow == _MEDIATION:
            go = ("办理调解 Ctrl+M", self.mediation_wanted.emit)
            self.mediation.say("调解从申请到卷宗在“调解”页办理；这里是各流程都有的步骤。", go)
        else:
            self.mediation.say("")

    # --- afterwards ------------------------------------------------------------------------------------------------

    def _taken(self, taken: Taken, form: Form, before: Handled) -> None:
        """Say what happened, also when something else is looked at by now."""
        session = self._session
        number = f"，编号 {taken.number}" if taken.number else ""
        sentence = f"{ACTS[taken.step].name}：已办理{number}。"
        flow = form.flow if isinstance(form, Switch) else before.flow
        moved = (flow, taken.node) != (before.flow, before.node)
        where = f"{before.number}现在“{node_name(flow, taken.node)}”。" if moved else ""
        doubts = "".join(problem.sentence for problem in taken.warnings)
        session.say(f"{sentence}{where}{doubts}", "warn" if doubts else "good")
        if self._case is None or self._case.matter_id != taken.matter_id or self.form.step:
            return
        self.steps.mark_open("")
        self.after.say(sentence, f"{where}{doubts}", doubtful=bool(doubts))
        self._stack.setCurrentWidget(self.after)
        if self.isVisible():
            self.steps.setFocus()
        self._ask_papers(taken)

    def _ask_papers(self, taken: Taken) -> None:
        """The papers that belong to a step; who may not print is offered none."""
        session = self._session
        sending = taken.record_id if taken.step in _SENDING_STEPS else 0
        if not session.actor.may(Right.PRINT):
            return

        def offer(choices: Sequence[PaperChoice]) -> None:
            first = self.after.offer(belonging(taken.step, taken.record_id, choices), sending)
            if first is not None and self.steps.hasFocus():
                first.setFocus()

        background.ask(
            self,
            handling_papers.choices,
            session.office,
            session.actor,
            taken.matter_id,
            then=offer,
            failed=session.tell,
        )
