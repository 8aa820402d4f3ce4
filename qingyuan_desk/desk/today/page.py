"""今日必办: the page of whoever runs the centre, and of everybody in the morning."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.today.due_view import DueView
from qingyuan_desk.desk.today.evaluation_view import EvaluationView
from qingyuan_desk.desk.today.paper import TodayPaper
from qingyuan_desk.desk.today.part import Part
from qingyuan_desk.desk.today.quiet_view import QuietView
from qingyuan_desk.desk.today.rules_view import RulesView
from qingyuan_desk.desk.today.urging_view import UrgingView
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.parts import shortcut
from qingyuan_desk.desk.widgets.room_stack import RoomStack
from qingyuan_desk.domain.handling.codes import URGES
from qingyuan_desk.domain.handling.due import DueLine, QuietLine
from qingyuan_desk.services import handling_papers, today

#: The rooms of the page, reached by Ctrl and their place.
_ROOMS = {
    "due": "今日必办",
    "quiet": "久未更新",
    "urging": "催办督办",
    "evaluation": "评价与用时",
    "rules": "催办规则",
}


class TodayPage(Page):
    """What is due, what nobody writes to, whom to urge, how the work goes; one page of A4 to take along."""

    code = "today"
    title = "今日必办"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.due = DueView(session)
        self.quiet = QuietView(session)
        self.urging = UrgingView(session)
        self.evaluation = EvaluationView(session)
        self.rules = RulesView(session)
        self.paper = TodayPaper(session)
        views: tuple[Part, ...] = (self.due, self.quiet, self.urging, self.evaluation, self.rules)
        self._views = dict(zip(_ROOMS, views, strict=True))
        self._lay_out()
        self._listen()

    def shown(self) -> None:
        self._view.refresh()
        if not self.isAncestorOf(self.focusWidget() or self.window()):
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _view(self) -> Part:
        return self._views[self.rooms.code]

    def _lay_out(self) -> None:
        self.rooms = Segments("today.room", [Option(code, name) for code, name in _ROOMS.items()])
        self.rooms.setAccessibleName("今日的各部分")
        self.rooms.set_code("due")
        self._stack = RoomStack()
        for view in (*self._views.values(), self.paper):
            self._stack.addWidget(view)
        self._stack.put_in_front(self.due)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.rooms)
        column.addWidget(self._stack, 1)

    def _listen(self) -> None:
        session = self.session
        self.rooms.chosen.connect(self._enter)
        self.due.opened.connect(self._open_line)
        self.due.print_wanted.connect(self._print_day)
        self.quiet.opened.connect(self._open_quiet)
        self.urging.matter_wanted.connect(lambda matter: session.handling_wanted.emit(matter, "urge"))
        self.urging.paper_wanted.connect(self._show_letter)
        self.paper.closed.connect(self._leave_paper)
        session.matter_changed.connect(lambda _: self._changed())
        session.actor_changed.connect(self._change_hands)
        session.look_changed.connect(lambda: self._view.refresh() if self.isVisible() else None)
        shortcut(self, "F8", self._print, inside=True)
        shortcut(self, "F9", self._carry_out, inside=True)
        shortcut(self, "Esc", self._leave_paper, inside=True)
        for place, room in enumerate(_ROOMS, start=1):
            shortcut(self, f"Ctrl+{place}", partial(self._go_to, room))

    # --- rooms ---

    def _enter(self, room: str) -> None:
        shown = self._stack.currentWidget()
        in_view = next((code for code, view in self._views.items() if view is shown), "due")
        self.rooms.set_code(room or in_view)
        self._stack.put_in_front(self._view)
        self._view.refresh()

    def _go_to(self, room: str) -> None:
        """By the keyboard: what is typed next is meant for the room."""
        self._enter(room)
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _changed(self) -> None:
        if self.isVisible():
            self._view.refresh()

    def _change_hands(self) -> None:
        """Another person sits down: what the last one had open may not be for them."""
        self._leave_paper()
        if self.isVisible():
            self.shown()

    # --- matters ---

    def _open_line(self, line: DueLine) -> None:
        """Where it is done: at the step of its handling, or on the page of mediation."""
        if line.mediated:
            self.session.case_wanted.emit(line.matter_id)
        elif line.step:
            self.session.handling_wanted.emit(line.matter_id, line.step)
        else:
            self.session.matter_wanted.emit(line.matter_id)

    def _open_quiet(self, line: QuietLine) -> None:
        wanted = self.session.case_wanted if line.flow == "mediation" else self.session.matter_wanted
        wanted.emit(line.matter_id)

    # --- papers ---

    def _print(self) -> None:
        if self._stack.currentWidget() is self.paper:
            self.paper.print_paper()
        else:
            self._print_day()

    def _print_day(self) -> None:
        self.paper.show_paper("今日必办", partial(today.paper, self.office, self.actor))
        self._stack.put_in_front(self.paper)

    def _show_letter(self, matter: int, kind: str, record: int) -> None:
        make = partial(handling_papers.compose, self.office, self.actor, matter, kind, record)
        self.paper.show_paper(URGES[kind], make)
        self._stack.put_in_front(self.paper)

    def _leave_paper(self) -> None:
        self._stack.put_in_front(self._view)
        self._view.refresh()

    def _carry_out(self) -> None:
        if self._stack.currentWidget() is self.urging:
            self.urging.letter.issue()
        elif self._stack.currentWidget() is self.rules:
            self.rules.save()
