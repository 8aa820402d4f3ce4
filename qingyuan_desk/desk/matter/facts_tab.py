"""情况: what the matter is about, who is in it, where it was sent and why. Numbers of people are masked."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk.matter import parts
from qingyuan_desk.desk.matter.materials import Materials
from qingyuan_desk.desk.matter.parts import Captioned, Scrolled, said
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.fields import LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.domain.matter import MatterFacts
from qingyuan_desk.services import ledger

#: So many seconds whole numbers stay on the screen.
SHOWN_SECONDS = 30


class Reveal(QWidget):
    """Asks why somebody wants the whole numbers, has it recorded, and counts down until they are masked again."""

    changed = Signal(bool)
    """Whether whole numbers may be shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._matter = 0
        self._request = ""
        self._left = 0
        self.button = QPushButton("显示证件和电话")
        self.button.setObjectName("matter.reveal")
        self.button.setProperty("role", "link")
        self.button.clicked.connect(self._ask_why)
        self.reason = LineEdit("matter.reveal_reason", hint="为什么要看，例如：电话回访（会记入经过）")
        self.reason.setAccessibleName("查看证件和电话的理由")
        self.reason.returnPressed.connect(self._go)
        self.go = QPushButton("显示")
        self.go.setObjectName("matter.reveal_go")
        self.go.clicked.connect(self._go)
        self.left = label(role="small", name="matter.reveal_left")
        self.hide_button = QPushButton("现在遮住")
        self.hide_button.setObjectName("matter.reveal_hide")
        self.hide_button.setProperty("role", "link")
        self.hide_button.clicked.connect(self.cover)
        self._steps = QStackedWidget()
        for step in ((self.button,), (self.reason, self.go), (self.left, self.hide_button)):
            held = QWidget()
            row = QHBoxLayout(held)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            if step[0] is not self.reason:
                row.addStretch(1)
            for part in step:
                row.addWidget(part, 1 if part is self.reason else 0)
            self._steps.addWidget(held)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._steps)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)

    def of(self, matter_id: int) -> None:
        """Another matter came up: nothing of it is shown whole."""
        if matter_id != self._matter:
            self._matter = matter_id
            self.reason.clear()
            self.cover()

    def cover(self) -> None:
        """Mask at once."""
        self._second.stop()
        self._left = 0
        self._steps.setCurrentIndex(0)
        self.changed.emit(False)

    def hideEvent(self, event: QHideEvent) -> None:
        if self._left:
            self.cover()
        super().hideEvent(event)

    def _ask_why(self) -> None:
        self._request = uuid.uuid4().hex
        self._steps.setCurrentIndex(1)
        self.reason.setFocus()

    def _go(self) -> None:
        commit_composition()
        session = self._session
        matter = self._matter
        background.ask(
            self,
            ledger.reveal,
            session.office,
            session.actor,
            self._request,
            matter,
            self.reason.text(),
            then=lambda _: self._show(matter),
            failed=self._refused,
            busy=self.go,
        )

    def _show(self, matter: int) -> None:
        self._session.matter_changed.emit(matter)
        if matter != self._matter:
            return
        self.reason.clear()
        self._left = SHOWN_SECONDS
        self._say_left()
        self._steps.setCurrentIndex(2)
        self._second.start()
        self.changed.emit(True)

    def _refused(self, error: DeskError) -> None:
        self._session.tell(error)
        self.reason.setFocus()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.cover()
        else:
            self._say_left()

    def _say_left(self) -> None:
        self.left.setText(f"{self._left} 秒后遮住")


class FactsTab(QWidget):
    """Everything that was said and decided, in the order one asks for it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._facts: MatterFacts | None = None
        self._whole = False
        self.reveal = Reveal(session)
        self.reveal.changed.connect(self._show_whole)
        self._above = Scrolled("matter.facts")
        self._asked = QVBoxLayout()
        self._people = QVBoxLayout()
        self._decided = QVBoxLayout()
        for each in (self._asked, self._people, self._decided):
            each.setSpacing(6)
        column = self._above.column
        column.addLayout(self._asked)
        column.addSpacing(8)
        column.addLayout(parts.across(label("当事人", "section"), self.reveal, stretch=1))
        column.addLayout(self._people)
        column.addSpacing(8)
        column.addLayout(self._decided)
        column.addSpacing(8)
        self.materials = Materials(session)
        column.addWidget(self.materials)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._above)

    def show_facts(self, facts: MatterFacts) -> None:
        """Show a matter; the same matter again keeps what is revealed."""
        self._facts = facts
        self.reveal.of(facts.matter_id)
        for layout in (self._asked, self._decided):
            parts.clear(layout)
        self._fill_asked(facts)
        self._fill_people(facts)
        self._fill_decided(facts)
        self.materials.of(facts)

    def _fill_asked(self, facts: MatterFacts) -> None:
        self._asked.addWidget(label("诉求", "section"))
        self._asked.addWidget(said(facts.narrative))
        ended = [clock for clock in facts.clocks if not clock.running]
        if ended:
            self._asked.addSpacing(8)
            self._asked.addWidget(label("已结束的期限", "section"))
            lines = Captioned()
            for clock in ended:
                since = f"{clock.start.month}月{clock.start.day}日起"
                lines.add(since, f"{clock.words}　{clock.event}（{clock.article}）")
            self._asked.addWidget(lines)

    def _fill_people(self, facts: MatterFacts) -> None:
        parts.clear(self._people)
        office, reference = self._session.office, self._session.office.reference
        for person in parts.persons_of(facts):
            self._add_party(
                person.name,
                parts.about_person(person, reference, office.today()),
                parts.identity_of(person, whole=self._whole),
                parts.phone_of(person, whole=self._whole),
                parts.home_of(person, reference),
            )
        for other in facts.opponents:
            self._add_party(
                other.name,
                f"对方 · {parts.kind_of(other)}",
                "",
                parts.phone_of(other, whole=self._whole),
                parts.home_of(other, reference),
            )

    def _add_party(self, name: str, about: str, *details: str) -> None:
        called = said(name, "strong")
        policy = called.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Preferred)
        called.setSizePolicy(policy)
        called.setWordWrap(len(name) > 12)
        self._people.addLayout(parts.across(called, said(about, "second"), stretch=1))
        shown = "　".join(detail for detail in details if detail)
        if shown:
            self._people.addWidget(said(shown))
        self._people.addWidget(line())

    def _fill_decided(self, facts: MatterFacts) -> None:
        reference = self._session.office.reference
        self._decided.addWidget(label("分流", "section"))
        lines = Captioned()
        name = parts.name_of
        lines.add_short("类别", name(reference.category(facts.category), facts.category))
        lines.add_short("流程", name(reference.flow(facts.flow), facts.flow))
        lines.add_short("来源", name(reference.source(facts.source), facts.source))
        lines.add_short("纠纷类型", name(reference.dispute_type(facts.dispute_type), facts.dispute_type))
        lines.add_short("职责清单", name(reference.duty(facts.matter_kind), facts.matter_kind))
        lines.add_short("主办单位", name(reference.unit(facts.unit), facts.unit))
        lines.add_short("接待房间", name(reference.room(facts.room), facts.room))
        lines.add("依据", "\n".join(facts.reasons))
        for code in sorted(facts.flags):
            flag = reference.flag(code)
            words = f"{flag.effect}{f'（{flag.article}）' if flag.article else ''}" if flag else ""
            lines.add(name(flag, code), words, "violet" if code == "accusation" else "amber")
        self._decided.addWidget(lines)

    def _show_whole(self, whole: bool) -> None:
        if whole != self._whole:
            self._whole = whole
            if self._facts is not None:
                self._fill_people(self._facts)
