"""At the right, what was done: one card a record, with the steps that go on from it; sealed notes behind a reveal."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.handling.wording import Entry, View, entries
from qingyuan_desk.desk.matter.parts import Scrolled, said
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.chips import Flowing
from qingyuan_desk.desk.widgets.labels import Tag, label
from qingyuan_desk.desk.widgets.links import link
from qingyuan_desk.domain.handling.acts import ACTS
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.services import handling


class Records(Scrolled):
    """The cards of one matter."""

    step_wanted = Signal(str, object)
    """Go on from a record: the step, and what its form is filled in with (dict)."""

    def __init__(self, session: Session) -> None:
        super().__init__("matter.records")
        self._session = session
        self.entries: list[Entry] = []
        self.column.setContentsMargins(10, 4, 8, 12)

    def show_case(self, case: Handled, free: Collection[str]) -> None:
        """Show the records of a matter. free: the steps that can be taken now."""
        office = self._session.office
        self.empty()
        self.entries = entries(View(case, office.reference, office.today()))
        for place, entry in enumerate(self.entries):
            self.column.addWidget(self._card(place, entry, free))
        if not self.entries:
            self.column.addWidget(said("还没有办理记录。办了的每一步都列在这里。", "second"))
        self.column.addStretch(1)

    def _card(self, place: int, entry: Entry, free: Collection[str]) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(3)
        column.addWidget(said(entry.title, "strong"))
        column.addWidget(_head(entry))
        for line in entry.lines:
            column.addWidget(said(line, "small"))
        onward = [(step, filled) for step, filled in entry.follow if step in free]
        if onward:
            column.addLayout(self._onward(place, onward))
        if entry.referral:
            column.addWidget(SealedNote(self._session, entry.referral))
        return card

    def _onward(self, place: int, steps: list[tuple[str, dict[str, object]]]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        for step, filled in steps:
            made = link(ACTS[step].name, f"matter.record.{place}.{step}")
            made.clicked.connect(
                lambda _=False, step=step, filled=filled: self.step_wanted.emit(step, filled)
            )
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return column


def _head(entry: Entry) -> QWidget:
    """When it was and where it stands, below each other where there is no room for both."""
    made = QWidget()
    row = Flowing(made, theme.px(8))
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    when = label(entry.when, "small")
    when.setMinimumHeight(theme.px(22))
    row.addWidget(when)
    if entry.state:
        row.addWidget(Tag(entry.state, theme.color(entry.tone or "second")))
    return made


class SealedNote(QWidget):
    """A sealed note (心理疏导记录) that is asked for by itself; that somebody looked stands on the timeline."""

    def __init__(self, session: Session, referral_id: int) -> None:
        super().__init__()
        self._session, self._referral = session, referral_id
        self.button = link("查看封存记录（会记入经过）", f"matter.note.{referral_id}")
        self.button.clicked.connect(self._ask)
        self.text = said("", "", "violet")
        self.text.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)

    def _ask(self) -> None:
        session = self._session
        background.ask(
            self,
            handling.referral_note,
            session.office,
            session.actor,
            uuid.uuid4().hex,
            self._referral,
            then=self._show,
            failed=session.tell,
            busy=self.button,
        )

    def _show(self, note: str) -> None:
        self.text.setText(note or "封存记录里没有内容。")
        self.text.show()
        self.button.hide()
