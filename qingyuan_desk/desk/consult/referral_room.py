"""心理转介: whom somebody was referred to, and the counsellor's record; what is sealed in it is not shown here."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.consult.rows import Column, RowList
from qingyuan_desk.desk.consult.step_panel import StepPanel
from qingyuan_desk.desk.matter.parts import said
from qingyuan_desk.desk.roster.asking import Asking
from qingyuan_desk.desk.session import Session
from qingyuan_desk.domain.consultations import ReferralLine
from qingyuan_desk.domain.handling.codes import REFERRAL_MODES, REFERRAL_PURPOSES
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.services import consulting

_EMPTY = "没有心理疏导转介。来访人同意的，咨询完按 Ctrl+J 转介；在“事项”页的“办理”里也能转介。"
_RULE = (
    "转介只写目的，要本人（未成年人的监护人）同意；不写病名、诊断，封存记录只有填写人能看，分管领导查看会留下记录。"
    "心理咨询人员不得从事心理治疗或者诊断，可能有精神障碍的建议就医（《精神卫生法》第二十三条）。"
)


class ReferralRoom(Asking):
    """Referrals at the left, the step at the right."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.list = RowList("consult.referrals", "心理疏导转介", _COLUMNS, _EMPTY)
        self.step = StepPanel(session, "consult.referral_step")
        self.step.setMinimumWidth(theme.px(430))
        self.step.hide()
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(said(_RULE, "small"))
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
        """Read the referrals again."""
        self.ask(consulting.referrals, self.office, self.actor, then=self.list.show_rows)

    def open(self, matter_id: int, step: str, **known: object) -> None:
        """Take a step of a matter here."""
        self.step.show()
        self.step.open(matter_id, step, **known)

    def save(self) -> None:
        """F9."""
        self.step.save()

    def leave(self) -> None:
        """Esc."""
        self.step.close_form()

    def _next(self, line: ReferralLine | None) -> None:
        if line is None:
            return
        if line.referral.done_on is None:
            self.open(line.referral.matter_id, "counsel", referral=line.referral.record_id)
        else:
            self.session.matter_wanted.emit(line.number)

    def _closed(self) -> None:
        self.step.hide()
        self.list.setFocus()


def _when(line: ReferralLine) -> str:
    referral = line.referral
    if referral.done_on:
        return f"{referral.done_on:%m-%d} 已疏导"
    if referral.booked_for is None:
        return "待预约"
    return f"{referral.booked_for.astimezone(SHANGHAI):%m-%d %H:%M}"


_COLUMNS = (
    Column("转介", 68, lambda line: f"{line.referral.on:%m-%d}"),
    Column("来访人", 84, lambda line: line.visitor),
    Column("目的", 128, lambda line: REFERRAL_PURPOSES[line.referral.purpose]),
    Column("方式", 96, lambda line: REFERRAL_MODES[line.referral.mode]),
    Column("心理咨询师", 104, lambda line: line.referral.counsellor or "—"),
    Column("时间", 116, _when, lambda line: "" if line.referral.done_on else "amber"),
    Column(
        "结果",
        0,
        lambda line: line.referral.outcome or ("有安全风险" if line.referral.risk else ""),
        lambda line: "" if line.referral.outcome else "red",
    ),
)
