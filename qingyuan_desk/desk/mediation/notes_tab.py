"""笔记: facts and claims that anybody may see; offers, concessions, and private talks that are sealed until asked for."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled, said
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.ladder import Ladder
from qingyuan_desk.desk.mediation.note_form import NoteForm
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background, parts
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.desk.widgets.reading_order import tab_in_reading_order
from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.case import Case, CaseNote
from qingyuan_desk.domain.mediation.codes import NOTE_KINDS
from qingyuan_desk.services import mediation

_OPEN = ("undisputed", "fact", "claim")
_SEALED = ("concession", "caucus")


class NotesTab(QWidget):
    """Writing and the open notes at the left, the sealed ones at the right."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session = session
        self._case: Case | None = None
        self._revealed: dict[int, CaseNote] | None = None
        self.form = NoteForm(session, act)
        self._list = Scrolled("mediation.notes")
        self._sealed = Scrolled("mediation.sealed_notes")
        self.reveal_button = parts.button("查看 F7", "mediation.reveal", icon="eye")
        self.reveal_button.clicked.connect(self.reveal)
        self._lay_out()
        tab_in_reading_order(self)
        session.actor_changed.connect(self._seal)
        parts.shortcut(self, "F7", self.reveal)

    def show_case(self, case: Case) -> None:
        """Show a case; another one's sealed notes are sealed again."""
        if self._case is None or self._case.matter_id != case.matter_id:
            self._revealed = None
        self._case = case
        steps = {step.code: step.hindrance for step in mediation.steps(case)}
        self.form.show_case(case, steps["note"])
        self._show_open(case)
        self._show_sealed(case)

    def begin(self, step: str) -> None:
        """Go to writing."""
        self.form.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reveal(self) -> None:
        """Show what the sealed notes say, which is put on record; or seal them again."""
        if self._case is None or not self.reveal_button.isEnabled():
            return
        if self._revealed is not None:
            self._seal()
            return
        session, matter = self._session, self._case.matter_id

        def shown(notes: tuple[CaseNote, ...]) -> None:
            if self._case is not None and self._case.matter_id == matter:
                self._revealed = {note.record_id: note for note in notes}
                self._show_sealed(self._case)
                session.say("封存笔记已打开，这次查看已记录。离开“笔记”自动封上。", "info")

        background.ask(
            self,
            mediation.private_notes,
            session.office,
            session.actor,
            uuid.uuid4().hex,
            matter,
            then=shown,
            failed=session.tell,
            busy=self.reveal_button,
        )

    def hideEvent(self, event: object) -> None:
        """Out of sight, sealed again."""
        self._seal()

    def _seal(self) -> None:
        self._revealed = None
        if self._case is not None:
            self._show_sealed(self._case)

    # --- what is listed ---

    def _show_open(self, case: Case) -> None:
        self._list.empty()
        listed = [note for note in case.notes if not note.private]
        for kind in _OPEN:
            self._add_kind(self._list, case, kind, [note for note in listed if note.kind == kind])
        if not listed:
            self._list.column.addWidget(
                parts.nothing("还没有笔记。事实、诉求一条条记，写协议时可以直接引用。")
            )
        self._list.column.addStretch(1)

    def _show_sealed(self, case: Case) -> None:
        self._sealed.empty()
        column = self._sealed.column
        private = [note for note in case.notes if note.private]
        self.reveal_button.setEnabled(bool(private))
        self.reveal_button.setText("封上 F7" if self._revealed is not None else "查看 F7")
        if not private:
            column.addWidget(
                parts.nothing("还没有方案、让步和背对背谈话。记下各方每次的方案，这里排成阶梯，看还差多少。")
            )
        elif self._revealed is None:
            counts = ((kind, sum(note.kind == kind for note in private)) for kind in ("offer", *_SEALED))
            words = "、".join(f"{NOTE_KINDS[kind]} {count} 条" for kind, count in counts if count)
            column.addWidget(
                parts.nothing(f"{words}，已封存。\n按 F7 查看，查看会留下记录。", "mediation.sealed")
            )
        else:
            self._show_revealed(case, [self._text_of(note) for note in private])
        column.addStretch(1)

    def _show_revealed(self, case: Case, private: list[CaseNote]) -> None:
        offers = [note for note in private if note.kind == "offer"]
        if offers:
            self._sealed.column.addWidget(Ladder(case, offers))
        for kind in _SEALED:
            self._add_kind(self._sealed, case, kind, [note for note in private if note.kind == kind])

    def _text_of(self, note: CaseNote) -> CaseNote:
        """A sealed note with what it says: one's own, or as it was revealed."""
        known = (self._revealed or {}).get(note.record_id, note)
        return known if known.text else replace(known, text="（刚才别人写的，封上再查看一次就能看到）")

    def _add_kind(self, into: Scrolled, case: Case, kind: str, notes: Iterable[CaseNote]) -> None:
        listed = list(notes)
        if not listed:
            return
        into.column.addWidget(label(NOTE_KINDS[kind], "field"))
        for note in listed:
            into.column.addWidget(_shown(case, note))
        into.column.addSpacing(theme.px(4))

    def _lay_out(self) -> None:
        notes = QFrame()
        notes.setProperty("role", "panel")
        beside = QVBoxLayout(notes)
        beside.setContentsMargins(1, 1, 1, 1)
        beside.addWidget(self._list)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.form)
        left.addWidget(notes, 1)
        right = QFrame()
        right.setProperty("role", "panel")
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 12, 8)
        head.setSpacing(8)
        self._lock = label()
        self._lock.setPixmap(theme.icon("lock", "violet").pixmap(theme.px(18), theme.px(18)))
        caption = label("方案阶梯、让步、背对背谈话", "section")
        note = label("只给调解员看，不打印给任何一方", "small")
        for part in (self._lock, caption, note):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.reveal_button)
        column = QVBoxLayout(right)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self._sealed, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(left, 1)
        whole.addWidget(right, 1)


def _shown(case: Case, note: CaseNote) -> QWidget:
    """One note: what it says, whose it is, and when it was written."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    party = case.party(note.party)
    sum_of = money.words(note.amount) if note.amount is not None else ""
    column.addWidget(said(note.text))
    about = (party.name if party else "", sum_of, f"{note.at.month}月{note.at.day}日 {note.at:%H:%M}")
    column.addWidget(label("　".join(filter(None, about)), "small"))
    return made
