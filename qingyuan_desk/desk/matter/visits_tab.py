"""来访: every visit of the matter, the latest first; a registration made by mistake is taken back here."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk.matter import parts
from qingyuan_desk.desk.matter.parts import Captioned, Scrolled, said
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.fields import Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label, plain_tooltip
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.matter import MatterFacts, VisitView
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.visit import MAX_REPRESENTATIVES, VISITOR_ROLES
from qingyuan_desk.services import reception


class TakeBack(QFrame):
    """Asks why a registration is taken back. Its number stays, void, and is never given again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self.setProperty("tone", "warn")
        self._session = session
        self._visit: VisitView | None = None
        self._matter = 0
        self._request = ""
        self.sentence = said("", "strong")
        self.reason = LineEdit("matter.take_back_reason", hint="例如：录入错误，重复登记")
        self.field = Field("原因", self.reason)
        self.reason.returnPressed.connect(self._go)
        self.go = QPushButton("撤回登记")
        self.go.setObjectName("matter.take_back_go")
        self.go.setProperty("role", "primary")
        self.go.clicked.connect(self._go)
        cancel = QPushButton("不撤回")
        cancel.setObjectName("matter.take_back_cancel")
        cancel.clicked.connect(self.put_away)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(6)
        column.addWidget(self.sentence)
        row = parts.across(self.field, self.go, cancel, stretch=0)
        for button in (self.go, cancel):
            row.setAlignment(button, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.hide()

    def ask(self, facts: MatterFacts, visit: VisitView) -> None:
        """Ask about one visit."""
        self._visit, self._matter, self._request = visit, facts.matter_id, uuid.uuid4().hex
        valid = sum(1 for each in facts.visits if each.state == "valid")
        more = "这件事项只有这一次来访，也会一起作废。" if valid == 1 else ""
        self.sentence.setText(f"撤回 {visit.number}：登记作废，号码保留，不再使用。{more}")
        self.reason.clear()
        self.field.tell(())
        self.show()
        self.reason.setFocus()

    def put_away(self) -> None:
        """Ask no more."""
        self._visit = None
        self.hide()

    def of(self, facts: MatterFacts) -> None:
        """Another matter, or a visit that is void by now, is not asked about any more."""
        valid = {visit.number for visit in facts.visits if visit.state == "valid"}
        if self._visit is not None and (facts.matter_id != self._matter or self._visit.number not in valid):
            self.put_away()

    def _go(self) -> None:
        commit_composition()
        visit, session, matter = self._visit, self._session, self._matter
        if visit is None:
            return
        number = visit.number

        def done(_: object) -> None:
            self.put_away()
            session.say(f"{number} 已撤回作废，号码保留。", "good")
            session.matter_changed.emit(matter)

        background.ask(
            self,
            reception.take_back,
            session.office,
            session.actor,
            self._request,
            number,
            self.reason.text(),
            then=done,
            failed=self._refused,
            busy=self.go,
        )

    def _refused(self, error: DeskError) -> None:
        problems = error.problems if isinstance(error, Refused) else (Problem("reason", error.sentence),)
        self.field.tell(problems)
        self.reason.setFocus()


class VisitsTab(QWidget):
    """One card a visit."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.take_back = TakeBack(session)
        self._scrolled = Scrolled("matter.visits")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.take_back)
        column.addWidget(self._scrolled, 1)

    def show_facts(self, facts: MatterFacts) -> None:
        """Show a matter's visits."""
        self.take_back.of(facts)
        self._scrolled.empty()
        for visit in reversed(facts.visits):
            self._scrolled.column.addWidget(self._card(facts, visit))
        self._scrolled.column.addStretch(1)

    def _card(self, facts: MatterFacts, visit: VisitView) -> QWidget:
        reference = self._session.office.reference
        void = visit.state == "void"
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        number = said(f"第{visit.ordinal}次　{visit.number}", "strong")
        font = number.font()
        font.setStrikeOut(void)
        number.setFont(font)
        head = parts.across(number, label(parts.moment(visit.received_at), "second"), stretch=0)
        if not void:
            head.addWidget(self._take_back_button(facts, visit))
        column.addLayout(head)
        if void:
            column.addWidget(said(f"已作废：{visit.void_reason}", tone="red"))
        lines = Captioned()
        name = parts.name_of
        lines.add("来访人", "、".join(_called(person.name, person.role) for person in visit.persons))
        representatives = sum(1 for person in visit.persons if person.role == "representative")
        counted = f"{visit.headcount} 人"
        if representatives:
            counted += (
                f"，代表 {representatives} 人（最多 {MAX_REPRESENTATIVES} 人，《信访工作条例》第二十条）"
            )
        lines.add("人数", counted)
        lines.add_short("来源", name(reference.source(visit.source), visit.source))
        lines.add_short("登记", f"{visit.registered_by}{_triage(visit.triage_minutes)}")
        where = (
            name(reference.flow(visit.flow), visit.flow),
            name(reference.room(visit.room), visit.room),
            name(reference.unit(visit.unit), visit.unit),
        )
        lines.add("去向", " · ".join(part for part in where if part))
        lines.add("诉求", visit.narrative)
        lines.add("保留理由", "\n".join(visit.override_notes), "amber")
        column.addWidget(lines)
        return card

    def _take_back_button(self, facts: MatterFacts, visit: VisitView) -> QPushButton:
        button = QPushButton("撤回")
        button.setObjectName(f"matter.take_back.{visit.ordinal}")
        button.setAccessibleName(f"撤回 {visit.number}")
        button.setProperty("role", "link")
        may = self._session.actor.may(Right.TAKE_BACK)
        read_only = self._session.office.read_only
        button.setEnabled(may and read_only is None)
        if not may:
            button.setToolTip("这个账号没有撤回登记的权限")
        elif read_only is not None:
            button.setToolTip(plain_tooltip(read_only.sentence))
        button.clicked.connect(lambda: self.take_back.ask(facts, visit))
        return button


def _called(name: str, role: str) -> str:
    return name if role == "visitor" else f"{name}（{VISITOR_ROLES.get(role, role)}）"


def _triage(minutes: int | None) -> str:
    return "" if minutes is None else f"，来访到分流 {minutes} 分钟"
