"""The roster's page (乡贤名册): the people, call-outs, 以案定补 and its standards, and one mediator's profile at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.roster.calls import CallsView
from qingyuan_desk.desk.roster.paper import Make, PaperView
from qingyuan_desk.desk.roster.people import People
from qingyuan_desk.desk.roster.profile import Profile
from qingyuan_desk.desk.roster.standards import StandardsView
from qingyuan_desk.desk.roster.subsidy import SubsidyView
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.parts import shortcut
from qingyuan_desk.desk.widgets.room_stack import RoomStack
from qingyuan_desk.domain.roster.cards import MediatorCard, RosterFilter
from qingyuan_desk.services import roster

#: The rooms of the page, reached by Ctrl and their place.
_ROOMS = {"people": "名册", "calls": "随叫随驻", "subsidy": "以案定补", "standards": "标准"}
#: Width of the profile; large type does not let it take more than the most of a small screen.
_PROFILE_WIDTH, _MOST_WIDTH = 460, 540


class RosterPage(Page):
    """Everybody who mediates, what they did, and what they get for it."""

    code = "roster"
    title = "乡贤名册"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.people = People(session)
        self.calls = CallsView(session)
        self.subsidy = SubsidyView(session)
        self.standards = StandardsView(session)
        self.paper = PaperView(session)
        self.profile = Profile(session)
        self.profile.setFixedWidth(min(theme.px(_PROFILE_WIDTH), _MOST_WIDTH))
        self.profile.hide()
        self._views = dict(zip(_ROOMS, (self.people, self.calls, self.subsidy, self.standards), strict=True))
        self._lay_out()
        self._listen()

    def shown(self) -> None:
        self._view.refresh()
        if not self.isAncestorOf(self.focusWidget() or self.window()):
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _view(self) -> People | CallsView | SubsidyView | StandardsView:
        return self._views[self.rooms.code]

    def _lay_out(self) -> None:
        self.rooms = Segments("roster.room", [Option(code, name) for code, name in _ROOMS.items()])
        self.rooms.setAccessibleName("名册的各部分")
        self.rooms.set_code("people")
        self._stack = RoomStack()
        for view in (*self._views.values(), self.paper):
            self._stack.addWidget(view)
        self._stack.put_in_front(self.people)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.rooms, 1)
        top.addWidget(self.people.actions)
        middle.addLayout(top)
        middle.addWidget(self._stack, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(12)
        whole.addLayout(middle, 1)
        whole.addWidget(self.profile)

    def _listen(self) -> None:
        self.rooms.chosen.connect(self._enter)
        self.people.opened.connect(self._open)
        self.people.wanted.connect(self._add)
        self.profile.closed.connect(self._close)
        self.profile.saved.connect(self._saved)
        self.profile.paper_wanted.connect(self._show_paper)
        self.calls.paper_wanted.connect(self._show_paper)
        self.subsidy.paper_wanted.connect(self._show_paper)
        self.paper.closed.connect(self._leave_paper)
        self.session.actor_changed.connect(self._change_hands)
        shortcut(self, "F9", self._save, inside=True)
        shortcut(self, "F8", self._print, inside=True)
        shortcut(self, "Esc", self._close, inside=True)
        for place, room in enumerate(_ROOMS, start=1):
            shortcut(self, f"Ctrl+{place}", lambda room=room: self._go_to(room))

    # --- rooms ---

    def _enter(self, room: str) -> None:
        self.rooms.set_code(room or self._room_in_view())
        self._stack.put_in_front(self._view)
        at_people = self._view is self.people
        self.people.actions.setVisible(at_people)
        self.profile.setVisible(at_people and self.profile.is_open)
        self._view.refresh()

    def _go_to(self, room: str) -> None:
        """By the keyboard: what is typed next is meant for the room."""
        self._enter(room)
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _room_in_view(self) -> str:
        """One of them is always chosen."""
        shown = self._stack.currentWidget()
        return next((room for room, view in self._views.items() if view is shown), "people")

    def _show_paper(self, make: Make, log: Callable[[str], None] | None) -> None:
        self.paper.show_paper(make, log)
        self._stack.put_in_front(self.paper)

    def _leave_paper(self) -> None:
        self._stack.put_in_front(self._view)

    def _print(self) -> None:
        if self._stack.currentWidget() is self.paper:
            self.paper.print_paper()
        elif self._view is self.subsidy:
            self.subsidy.preview()

    # --- one entry ---

    def _change_hands(self) -> None:
        """Another person sits down: what the last one had open may not be for them."""
        self.profile.shut()
        self._leave_paper()
        self.shown()

    def _open(self, card: MediatorCard) -> None:
        self.profile.open(card)
        self.profile.show()

    def _add(self) -> None:
        self.people.choose("")
        self.profile.show()
        self.profile.add()

    def _save(self) -> None:
        if self._stack.currentWidget() is self.standards:
            self.standards.save()
        elif self._stack.currentWidget() is self.calls:
            self.calls.form.send()
        elif self.profile.isVisible():
            self.profile.save()

    def _close(self) -> None:
        if self._stack.currentWidget() is self.paper:
            self._leave_paper()
            return
        self.profile.shut()
        if self._view is self.people:
            self.people.focus_list()

    def _saved(self, code: str) -> None:
        self.people.choose(code)
        self.ask(roster.mediators, self.office, self.actor, RosterFilter(text=code), then=self._reopen)

    def _reopen(self, found: tuple[MediatorCard, ...]) -> None:
        card = next((each for each in found if each.code == self.people.chosen), None)
        if card is not None and self.profile.is_open:
            self.profile.open(card, stay=True)
