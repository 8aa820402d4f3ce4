"""法律援助: who may apply, the applications with their seven and three days, and the next step of the one in view."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.consult.aid_test_strip import AidTestStrip
from qingyuan_desk.desk.consult.rows import Column, RowList
from qingyuan_desk.desk.consult.step_panel import StepPanel
from qingyuan_desk.desk.matter.parts import CLOCK_TONES
from qingyuan_desk.desk.roster.asking import Asking
from qingyuan_desk.desk.session import Session
from qingyuan_desk.domain.consultations import AidLine
from qingyuan_desk.domain.handling.codes import AID_AFFAIRS, AID_DECISIONS
from qingyuan_desk.services import consulting

_EMPTY = "没有法律援助申请。咨询完按 Ctrl+G 登记申请，七日审查、三日指派的期限自动算。"


class AidRoom(Asking):
    """Applications at the left, the step at the right."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.test = AidTestStrip(session)
        self.list = RowList("consult.aids", "法律援助申请", _COLUMNS, _EMPTY)
        self.step = StepPanel(session, "consult.aid_step")
        self.step.setMinimumWidth(theme.px(430))
        self.step.hide()
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.test)
        left.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 6)
        row.addWidget(self.step, 5)
        self.setFocusProxy(self.list)
        self.list.activated.connect(self._next)
        self.list.table.clicked.connect(lambda _: self._next(self.list.current))
        self.step.closed.connect(self._closed)
        session.matter_changed.connect(lambda _: self.refresh() if self.isVisible() else None)

    def refresh(self) -> None:
        """Read the applications again."""
        self.ask(consulting.aids, self.office, self.actor, then=self.list.show_rows)

    def open(self, matter_id: int, step: str) -> None:
        """Take a step of a matter here."""
        self.step.show()
        self.step.open(matter_id, step)

    def save(self) -> None:
        """F9."""
        self.step.save()

    def leave(self) -> None:
        """Esc."""
        if self.step.isVisible():
            self.step.close_form()
        else:
            self.test.clear()

    def _next(self, line: AidLine | None) -> None:
        if line is None:
            return
        if line.step:
            self.open(line.aid.matter_id, line.step)
        else:
            self.session.matter_wanted.emit(line.number)

    def _closed(self) -> None:
        self.step.hide()
        self.list.setFocus()


_STEPS = {"supply_aid": "待补正", "decide_aid": "待审查", "assign_aid": "待指派"}


def _state(line: AidLine) -> str:
    if line.step:
        return _STEPS[line.step]
    return "已指派" if line.aid.granted == "yes" else AID_DECISIONS[line.aid.granted].partition("，")[0]


def _end(line: AidLine) -> str:
    if line.step:
        return line.words
    return line.aid.lawyer or (f"{line.aid.decided_on:%m-%d} 决定" if line.aid.decided_on else "")


_COLUMNS = (
    Column("收到", 68, lambda line: f"{line.aid.applied_on:%m-%d}"),
    Column("申请人", 76, lambda line: line.visitor),
    Column(
        "事项",
        0,
        lambda line: AID_AFFAIRS[line.aid.affair].partition("：")[2] or AID_AFFAIRS[line.aid.affair],
    ),
    Column("状态", 84, _state),
    Column("期限", 264, _end, lambda line: CLOCK_TONES.get(line.state, "") if line.step else "second"),
)
