"""Writing a note: what kind, whose, for what sum, in words; Ctrl+Enter writes it down."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.actions import NoteEdit
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.fields import Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label, plain_tooltip
from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.codes import NOTE_KINDS, PRIVATE_NOTES
from qingyuan_desk.domain.mediation.forms import WriteNote
from qingyuan_desk.domain.problems import Problem

#: What is asked for by each kind: hint of the text, and whether somebody said it, and whether it has a sum.
_HINTS = {
    "fact": ("查清了什么，谁能证明", False, False),
    "undisputed": ("双方都认的，没谈成也可以写进无争议事实", False, False),
    "claim": ("要对方做什么、付多少", True, True),
    "offer": ("愿意怎么做、付多少", True, True),
    "concession": ("让了什么；不能当作对其不利的证据", True, False),
    "caucus": ("单独谈的话，不告诉另一方", True, False),
}


class NoteForm(parts.Panel):
    """Digits choose the kind. What is being typed stays with its case and with who types it: it may be told in private."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__("记笔记")
        self._session, self._act = session, act
        self._drafts: dict[tuple[str, int], str] = {}
        self._writer = session.actor.code
        self._case: Case | None = None
        self.kind = Segments("mediation.note_kind", parts.options(NOTE_KINDS))
        self.kind.setAccessibleName("笔记类别")
        self.party = Segments("mediation.note_party")
        self.amount = LineEdit("mediation.note_amount", hint="例如 3500 或 1.2万")
        self.text = NoteEdit("mediation.note_text")
        self.text.done.connect(self.save)
        self.text.setAccessibleName("笔记内容")
        self.sealed = label(role="small", name="mediation.note_sealed")
        self.message = parts.message_line("mediation.note_message")
        self.save_button = parts.button("记下 Ctrl+Enter", "mediation.note_save", role="primary")
        self.save_button.clicked.connect(self.save)
        self._party = Field("谁说的", self.party, label_width=48, lines=0)
        self._amount = Field("金额", self.amount, label_width=48, lines=0)
        self._text = Field("", self.text, label_width=0, lines=0)
        self._place = parts.Fields(
            {"party": self._party, "amount": self._amount, "text": self._text}, self.message
        )
        self.kind.chosen.connect(lambda code: self.turn(code or "fact"))
        self._lay_out()
        self.turn("fact")
        parts.shortcut(self, "Ctrl+Return", self.save)
        parts.shortcut(self, "Ctrl+Enter", self.save)

    def show_case(self, case: Case, hindrance: str) -> None:
        """Show a case."""
        writer = self._session.actor.code
        if self._case is None or (self._writer, self._case.matter_id) != (writer, case.matter_id):
            if self._case is not None:
                self._drafts[self._writer, self._case.matter_id] = self.text.toPlainText()
            self._writer = writer
            self.text.setPlainText(self._drafts.pop((writer, case.matter_id), ""))
            self.amount.clear()
            self._place.tell(())
        names = [(str(each.record_id), each.name) for each in case.parties]
        if self._case is None or self._case.parties != case.parties:
            self.party.set_options(Option(code, name) for code, name in names)
        self._case = case
        self.text.setFixedHeight(theme.px(88))
        for each in (self.kind, self.party, self.amount, self.text, self.save_button):
            each.setEnabled(not hindrance)
        self.save_button.setToolTip(plain_tooltip(hindrance) if hindrance else "")

    def turn(self, kind: str) -> None:
        """Ask for what a kind of note needs."""
        self.kind.set_code(kind)
        hint, said_by, has_sum = _HINTS[kind]
        self.text.setPlaceholderText(hint)
        self._party.setVisible(said_by)
        self._amount.setVisible(has_sum)
        private = kind in PRIVATE_NOTES
        self.sealed.setText("封存：不打印，不给另一方看" if private else "记在卷里，双方都能看")
        theme.mark(self.sealed, "tone", "violet" if private else "")
        self._place.tell(())

    def save(self) -> None:
        """Write the note down."""
        commit_composition()
        if not self.save_button.isEnabled():
            return
        kind = self.kind.code or "fact"
        _, said_by, has_sum = _HINTS[kind]
        typed = self.amount.text().strip() if has_sum else ""
        amount = money.read(typed) if typed else None
        if typed and amount is None:
            self._place.tell([Problem("amount", f"“{typed}”不像金额，写作 3500 或者 1.2万。")])
            return
        form = WriteNote(
            kind,
            self.text.toPlainText().strip(),
            int(self.party.code or 0) if said_by else 0,
            amount=amount,
        )
        word = f"已记下{NOTE_KINDS[kind]}。" + ("内容已封存。" if kind in PRIVATE_NOTES else "")
        self._act(form, then=lambda _: self._clear(), at=self._place, busy=self.save_button, say=word)

    def _clear(self) -> None:
        self.text.clear()
        self.amount.clear()
        self.text.setFocus()

    def _lay_out(self) -> None:
        about = QHBoxLayout()
        about.setSpacing(12)
        about.addWidget(self._party)
        about.addWidget(self._amount, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.sealed, 1)
        foot.addWidget(self.save_button)
        self.column.addWidget(self.kind)
        self.column.addLayout(about)
        self.column.addWidget(self._text)
        self.column.addWidget(self.message)
        self.column.addLayout(foot)
