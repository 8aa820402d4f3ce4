"""The page of the duty list (职责清单): look up who does what, and keep the list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk.duties.contacts import ContactsView
from qingyuan_desk.desk.duties.lookup import LookUp
from qingyuan_desk.desk.duties.paper import DutyPane
from qingyuan_desk.desk.duties.versions import VersionsView
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.parts import shortcut
from qingyuan_desk.domain.duty_facts import Link
from qingyuan_desk.services import duties

#: The rooms of the page, reached by Ctrl and their place.
_ROOMS = {"lookup": "查职责", "versions": "版本"}


class DutiesPage(Page):
    """Who leads what, by which article, and what to bring."""

    code = "duties"
    title = "职责清单"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.lookup = LookUp(self)
        self.versions = VersionsView(self)
        self.contacts = ContactsView(self)
        self.paper = DutyPane(session)
        self.rooms = Segments("duties.room", [Option(code, name) for code, name in _ROOMS.items()])
        self.rooms.setAccessibleName("职责清单的各部分")
        self.rooms.set_code("lookup")
        self._views: dict[str, LookUp | VersionsView] = {"lookup": self.lookup, "versions": self.versions}
        self._stack = QStackedWidget()
        for view in (self.lookup, self.versions, self.contacts, self.paper):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.rooms)
        column.addWidget(self._stack, 1)
        self._listen()

    def shown(self) -> None:
        self._view.refresh()
        if not self.isAncestorOf(self.focusWidget() or self.window()):
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _view(self) -> LookUp | VersionsView:
        return self._views[self.rooms.code]

    def _listen(self) -> None:
        self.rooms.chosen.connect(self._enter)
        self.lookup.paper_wanted.connect(self._show_paper)
        self.lookup.contacts_wanted.connect(self._fill_contacts)
        for view in (self.paper, self.contacts):
            view.closed.connect(self._back)
        self.session.actor_changed.connect(self._change_hands)
        shortcut(self, "F8", self._print)
        shortcut(self, "F9", self._save)
        shortcut(self, "Esc", self._back, inside=True)
        for place, room in enumerate(_ROOMS, start=1):
            shortcut(self, f"Ctrl+{place}", lambda room=room: self._go_to(room))

    def _enter(self, room: str) -> None:
        self.rooms.set_code(room or self._room_in_view())
        self._stack.setCurrentWidget(self._view)
        self._view.refresh()

    def _room_in_view(self) -> str:
        """One of them is always chosen."""
        return next(
            (code for code, view in self._views.items() if view is self._stack.currentWidget()), "lookup"
        )

    def _go_to(self, room: str) -> None:
        self._enter(room)
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_paper(self, link: Link) -> None:
        office, actor, version = self.office, self.actor, self.lookup.version_code
        self.paper.show_made(lambda: duties.paper(office, actor, link.kind, link.code, version))
        self._put_in_front(self.paper)

    def _fill_contacts(self, township: str) -> None:
        self.contacts.open(township)
        self._put_in_front(self.contacts)

    def _put_in_front(self, view: QWidget) -> None:
        self._stack.setCurrentWidget(view)
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        if self._stack.currentWidget() in (self.paper, self.contacts):
            self._go_to("lookup")

    def _print(self) -> None:
        if self._stack.currentWidget() is self.paper:
            self.paper.print_paper()
        elif self._view is self.lookup:
            self.lookup.print_shown()

    def _save(self) -> None:
        if self._stack.currentWidget() is self.contacts:
            self.contacts.save()
        elif self._stack.currentWidget() is self.versions:
            self.versions.form.publish()

    def _change_hands(self) -> None:
        """Another person may do other things."""
        self._back()
        if self.isVisible():
            self._view.refresh()
