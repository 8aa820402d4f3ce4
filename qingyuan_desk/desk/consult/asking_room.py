"""The room where questions are answered: the form at the left, the day at the right, and a step where one is taken."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.consult.after import JustNow
from qingyuan_desk.desk.consult.day_lists import DayLists
from qingyuan_desk.desk.consult.papers import ConsultPapers
from qingyuan_desk.desk.consult.question import QuestionForm
from qingyuan_desk.desk.consult.step_panel import StepPanel
from qingyuan_desk.desk.roster.asking import Asking
from qingyuan_desk.desk.session import Session
from qingyuan_desk.domain.consultations import Consulted, QuickConsult, WaitingLine
from qingyuan_desk.services import consulting

#: Least width of the lists; large type does not let them take more from the form.
_RIGHT, _MOST_RIGHT = 380, 400


class AskingRoom(Asking):
    """The fast form and its day. `just_now` stands in the head of the page."""

    step_wanted = Signal(int, str)
    """A step of legal aid or a referral, taken in its own room."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.form = QuestionForm(session)
        self.just_now = JustNow(session)
        self.lists = DayLists(self.office.reference)
        self.step = StepPanel(session, "consult.answering")
        self._right = QStackedWidget()
        self._right.addWidget(self.lists)
        self._right.addWidget(self.step)
        self.papers = ConsultPapers(session)
        self._right.addWidget(self.papers)
        self._right.setMinimumWidth(min(theme.px(_RIGHT), _MOST_RIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.form, 7)
        row.addWidget(self._right, 4)
        self.setFocusProxy(self.form)
        self.form.saved.connect(self._saved)
        self.just_now.step_wanted.connect(self.step_wanted)
        self.just_now.paper_wanted.connect(self._show_papers)
        self.papers.closed.connect(lambda: self._right.setCurrentWidget(self.lists))
        self.lists.wanted.connect(self._do)
        self.lists.opened.connect(session.matter_wanted.emit)
        self.step.closed.connect(lambda: self._right.setCurrentWidget(self.lists))
        self.step.taken.connect(lambda _: self.form.begin())
        session.matter_changed.connect(lambda _: self.refresh() if self.isVisible() else None)

    def refresh(self) -> None:
        """Read the day again."""
        self.ask(consulting.day, self.office, self.actor, then=self.lists.show_day)

    def save(self) -> None:
        """F9: the form the keyboard is in."""
        if self.step.step and self.step.isAncestorOf(self.focusWidget() or self):
            self.step.save()
        else:
            self.form.save()

    def print_paper(self) -> None:
        """F8: the papers of what was just saved; once they are in view, print."""
        if self._right.currentWidget() is self.papers:
            self.papers.print_paper()
        else:
            self.just_now.want_paper()

    def leave(self) -> None:
        """Esc: close what stands at the right, else empty the form."""
        if self.step.step:
            self.step.close_form()
        elif self._right.currentWidget() is self.papers:
            self._right.setCurrentWidget(self.lists)
        else:
            self.form.clear()
        self.form.begin()

    def _saved(self, done: Consulted, form: QuickConsult, seconds: int) -> None:
        self._right.setCurrentWidget(self.step if self.step.step else self.lists)
        self.just_now.show_done(done, form, seconds)
        told = [*done.advice, *(problem.sentence for problem in done.warnings)]
        self.session.say(f"{done.visit_number} 已记录。{''.join(told)}", "warn" if told else "good")
        self.session.matter_changed.emit(done.matter_id)

    def _show_papers(self, matter_id: int) -> None:
        self._right.setCurrentWidget(self.papers)
        self.papers.open(matter_id)

    def _do(self, line: WaitingLine) -> None:
        if line.kind in ("answer", "booked"):
            self._right.setCurrentWidget(self.step)
            self.step.open(line.matter_id, "consult")
        elif line.kind == "move":
            self.session.matter_wanted.emit(line.number)
        else:
            self.step_wanted.emit(line.matter_id, _STEPS[line.kind])


_STEPS = {
    "aid_decide": "decide_aid",
    "aid_lacking": "supply_aid",
    "aid_assign": "assign_aid",
    "referral": "counsel",
}
