"""咨询: questions, legal aid, referral to a counsellor, 法律十进, and common questions; a room each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk.consult.aid_room import AidRoom
from qingyuan_desk.desk.consult.answers_room import AnswersRoom
from qingyuan_desk.desk.consult.asking_room import AskingRoom
from qingyuan_desk.desk.consult.contacts_room import ContactsRoom
from qingyuan_desk.desk.consult.outreach_room import OutreachRoom
from qingyuan_desk.desk.consult.referral_room import ReferralRoom
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.parts import shortcut
from qingyuan_desk.desk.widgets.room_stack import RoomStack

#: The rooms, reached by Ctrl and their place.
_ROOMS = {
    "asking": "咨询",
    "aid": "法律援助",
    "referral": "心理转介",
    "outreach": "法律十进",
    "contacts": "联络点",
    "answers": "常用答复",
}
Room = AskingRoom | AidRoom | ReferralRoom | OutreachRoom | ContactsRoom | AnswersRoom


class ConsultPage(Page):
    """More than half of all visits end here."""

    code = "consult"
    title = "法律咨询"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.asking, self.aid, self.referral = AskingRoom(session), AidRoom(session), ReferralRoom(session)
        self.outreach, self.contacts = OutreachRoom(session), ContactsRoom(session)
        self.answers = AnswersRoom(session)
        parts = (self.asking, self.aid, self.referral, self.outreach, self.contacts, self.answers)
        self._rooms: dict[str, Room] = dict(zip(_ROOMS, parts, strict=True))
        self._lay_out()
        self._listen()

    def shown(self) -> None:
        self.room.refresh()
        if not self.isAncestorOf(self.focusWidget() or self.window()):
            self.room.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def room(self) -> Room:
        """The room in front."""
        return self._rooms[self.rooms.code]

    def enter(self, room: str) -> None:
        """Bring a room to the front."""
        self.rooms.set_code(room or self._in_front())
        self._stack.put_in_front(self.room)
        self.asking.just_now.setVisible(self.room is self.asking)
        self.room.refresh()

    def take_step(self, matter_id: int, step: str) -> None:
        """Take a step of legal aid, or a referral, with a matter, in its own room."""
        room = "referral" if step in ("refer", "counsel") else "aid"
        self.enter(room)
        self._rooms[room].open(matter_id, step)  # type: ignore[union-attr]

    def _go(self, room: str) -> None:
        self.enter(room)
        self.room.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _in_front(self) -> str:
        return next(code for code, part in self._rooms.items() if part is self._stack.currentWidget())

    def _lay_out(self) -> None:
        self.rooms = Segments("consult.room", [Option(code, name) for code, name in _ROOMS.items()])
        self.rooms.setAccessibleName("咨询的各部分")
        self.rooms.set_code("asking")
        self._stack = RoomStack()
        for part in self._rooms.values():
            self._stack.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.rooms)
        head.addWidget(self.asking.just_now, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _listen(self) -> None:
        self.rooms.chosen.connect(self.enter)
        self.asking.step_wanted.connect(self.take_step)
        shortcut(self, "F9", lambda: self.room.save())
        shortcut(self, "Esc", lambda: self.room.leave(), inside=True)
        shortcut(self, "F8", lambda: self.room is self.asking and self.asking.print_paper())
        shortcut(self, "F6", self.asking.form.decline)
        shortcut(self, "F7", self.asking.form.to_common)
        for place, room in enumerate(_ROOMS, start=1):
            shortcut(self, f"Ctrl+{place}", lambda room=room: self._go(room))
