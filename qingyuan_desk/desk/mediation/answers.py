"""What one party says (征求同意), and every attempt to reach it (联系记录)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled, said
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.choice import Segments
from qingyuan_desk.desk.widgets.fields import LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label, line, plain_tooltip
from qingyuan_desk.domain.mediation.case import Case, CaseParty, Contact
from qingyuan_desk.domain.mediation.codes import CONSENTS, CONTACT_WAYS
from qingyuan_desk.domain.mediation.forms import Consent, Reach
from qingyuan_desk.domain.mediation.rules import BEFORE_AGREEMENT

_TONES = {"agreed": "green", "refused": "red", "": "amber"}


class Answers(parts.Panel):
    """The party the table stands on: its answer, and how it was called."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._case: Case | None = None
        self._party: CaseParty | None = None
        self.who = label(role="section", name="mediation.answer_who")
        self.said = label(name="mediation.answer_said")
        self.how = Segments("mediation.consent_how", parts.options(CONTACT_WAYS))
        self.how.setAccessibleName("答复方式")
        self.how.set_code("face")
        self.on = parts.DayEdit("mediation.consent_on")
        self.on.setAccessibleName("答复日期")
        self.agree = parts.button("同意调解 Y", "mediation.agree", role="primary")
        self.refuse = parts.button("拒绝调解 N", "mediation.refuse")
        self.refuse.setToolTip("一方明确拒绝调解的，不得调解（《人民调解法》第十七条），本案随即终止")
        self.agree.clicked.connect(lambda: self.answer(True))
        self.refuse.clicked.connect(lambda: self.answer(False))
        self._message = parts.message_line("mediation.answer_message")
        self._place = parts.Line(self._message)
        self.log = Contacts(session, act)
        self._lay_out()

    def show_party(self, case: Case, party: CaseParty | None, hindrances: dict[str, str]) -> None:
        """Show a party. hindrances: step → why it cannot be taken now."""
        other = party is None or self._party is None or party.record_id != self._party.record_id
        self._case, self._party = case, party
        if other or self._party is None:
            self._place.tell(())
        self.setEnabled(party is not None)
        self.who.setText(party.name if party else "当事人")
        consent = party.consent if party else ""
        self.said.setText(_answer(party) if party else "")
        theme.mark(self.said, "tone", _TONES[consent])
        opened = case.mediation is not None
        self._agreeing.setVisible(opened and consent != "agreed")
        self.log.setVisible(opened)
        reason = hindrances["consent"]
        for each in (self.agree, self.refuse, self.how, self.on):
            each.setEnabled(not reason)
        for each in (self.agree, self.refuse):
            if reason:
                each.setToolTip(plain_tooltip(reason))
        if other:
            self.on.set_day(self._session.office.today())
        self._why.setText(reason if opened else "在右边登记申请以后，在这里征求每一位当事人的同意。")
        self._why.setVisible(bool(reason) and consent != "agreed")
        self.log.show_party(case, party, hindrances["contact"])

    def answer(self, agreed: bool) -> None:
        """Write down what the party said, and let the table go on to the next one."""
        if self._party is None or not self.agree.isEnabled() or self._agreeing.isHidden():
            return
        form = Consent(self._party.record_id, agreed, self.on.day, self.how.code or "face")
        word = CONSENTS["agreed" if agreed else "refused"]
        self._act(form, at=self._place, busy=self.agree, say=f"已记下：{self._party.name}{word}。")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.who)
        head.addWidget(self.said)
        head.addStretch(1)
        self._agreeing = QWidget()
        rows = QVBoxLayout(self._agreeing)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.how)
        first.addWidget(self.on)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.agree)
        second.addWidget(self.refuse)
        second.addStretch(1)
        rows.addLayout(first)
        rows.addLayout(second)
        self._why = said("", "small")
        self.column.addLayout(head)
        self.column.addWidget(self._agreeing)
        self.column.addWidget(self._why)
        self.column.addWidget(self._message)
        self.column.addWidget(line())
        self.column.addWidget(self.log, 1)
        self.column.addStretch(0)


class Contacts(QWidget):
    """Every attempt to reach a party, counted, the latest first; another one is written down at the top."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._party: CaseParty | None = None
        self.count = label("联系记录", "strong", name="mediation.contact_count")
        self.script = parts.button("打印电话提纲", "mediation.phone_script", role="link")
        self.script.clicked.connect(self._see_script)
        self.how = Segments("mediation.contact_how", parts.options(CONTACT_WAYS))
        self.how.setAccessibleName("联系方式")
        self.how.set_code("phone")
        self.note = LineEdit("mediation.contact_note", hint="说了什么，例如：在外地，下周三回来")
        self.note.setAccessibleName("联系情况")
        self.reached = parts.button("联系上了", "mediation.reached")
        self.missed = parts.button("没联系上", "mediation.missed")
        self.reached.clicked.connect(lambda: self.write(True))
        self.missed.clicked.connect(lambda: self.write(False))
        self._message = parts.message_line("mediation.contact_message")
        self._place = parts.Line(self._message)
        self._list = Scrolled("mediation.contacts")
        self._list.setMinimumHeight(theme.px(40))
        self._list.column.setContentsMargins(0, 2, 8, 0)
        self._list.column.setSpacing(3)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.how)
        second = QHBoxLayout()
        second.setSpacing(8)
        for part in (self.note, self.reached, self.missed):
            second.addWidget(part, 1 if part is self.note else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.count, 1)
        head.addWidget(self.script)
        column.addLayout(head)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self._message)
        column.addWidget(self._list, 1)

    def show_party(self, case: Case, party: CaseParty | None, hindrance: str) -> None:
        """Show how often a party was called."""
        if party is None or self._party is None or party.record_id != self._party.record_id:
            self.note.clear()
            self._place.tell(())
        self._party = party
        self.script.setVisible(case.node in BEFORE_AGREEMENT)
        for each in (self.how, self.note, self.reached, self.missed):
            each.setEnabled(not hindrance)
        tried = [each for each in case.contacts if party is not None and each.party == party.record_id]
        missed = sum(1 for each in tried if not each.reached)
        words = f"联系记录 {len(tried)} 次" + (f"，没联系上 {missed} 次" if missed else "")
        self.count.setText(words if tried else "联系记录")
        self._list.empty()
        for each in reversed(tried):
            self._list.column.addWidget(_contact(each))
        if not tried:
            self._list.column.addWidget(label("还没有联系过。打过电话、上过门，在上面记一笔。", "small"))
        self._list.column.addStretch(1)

    def _see_script(self) -> None:
        if self._party is not None:
            self._act.paper_wanted.emit("phone_script", self._party.record_id)

    def write(self, reached: bool) -> None:
        """Write an attempt down."""
        commit_composition()
        if self._party is None:
            return
        form = Reach(self._party.record_id, self.how.code or "phone", reached, note=self.note.text().strip())
        word = "联系上了" if reached else "没联系上"
        self._act(
            form,
            then=lambda _: self.note.clear(),
            at=self._place,
            busy=self.reached if reached else self.missed,
            say=f"已记下：{self._party.name}{word}。",
        )


def _answer(party: CaseParty) -> str:
    """同意调解 · 9月20日 当面."""
    if not party.consent or party.consent_on is None:
        return CONSENTS[party.consent]
    day = f"{party.consent_on.month}月{party.consent_on.day}日"
    return f"{CONSENTS[party.consent]} · {day} {CONTACT_WAYS.get(party.consent_how, '')}"


def _contact(contact: Contact) -> QLabel:
    at = f"{contact.at.month}月{contact.at.day}日 {contact.at:%H:%M}"
    word = "联系上了" if contact.reached else "没联系上"
    made = said(
        "　".join(filter(None, (f"{at} {CONTACT_WAYS.get(contact.how, contact.how)}", word, contact.note)))
    )
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    if not contact.reached:
        made.setProperty("tone", "amber")
    return made
