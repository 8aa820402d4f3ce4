"""A letter of urging as it is proposed: what it says can be changed before it is issued."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.acting import Acting
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import Field, TextEdit
from qingyuan_desk.desk.widgets.labels import Elided, Tag, label
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.handling.codes import URGES
from qingyuan_desk.domain.handling.forms import Press
from qingyuan_desk.domain.handling.urging import Proposal
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services import handling
from qingyuan_desk.services.taking import Taken

#: 催办, 督办 → colour of its tag.
TONES = {"remind": "accent", "yellow": "amber", "red": "red"}


class Letter(parts.Panel):
    """The proposal in view, as the form it will be."""

    issued = Signal(object, object)
    """What was done (Taken), and the Proposal; to see its paper."""
    matter_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._acting = Acting(session, handling.take)
        self._proposal: Proposal | None = None
        self.tag = Tag()
        self.to = Elided(role="strong")
        self.about = Elided(role="second")
        self.rule = label(role="second", wrap=True, name="today.letter.rule")
        self.cause = TextEdit("today.letter.cause")
        self.requirement = TextEdit("today.letter.requirement")
        self.reply_by = DayLine("today.letter.reply_by", session.office.today)
        fields = {
            "cause": Field("事由", self.cause, label_width=64),
            "requirement": Field("要求", self.requirement, label_width=64),
            "reply_by": Field("回复期限", self.reply_by, label_width=64),
        }
        self.message = parts.message_line("today.letter.message")
        self._fields = parts.Fields(fields, self.message)
        self.issue_button = parts.button("发出并看文书 F9", "today.letter.issue", role="primary")
        self.open_button = parts.button("打开事项", "today.letter.open")
        self._lay_out(list(fields.values()))
        self.issue_button.clicked.connect(lambda: self.issue())
        self.open_button.clicked.connect(self._open)
        self.setTabOrder(self.reply_by, self.issue_button)

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Another proposal, or none. The same one again leaves what was typed over it."""
        may = self._session.actor.may(Right.HANDLE) and self._session.office.read_only is None
        self.issue_button.setEnabled(may)
        self.issue_button.setToolTip("" if may else "现在的使用人没有这个权限。")
        if proposal is not None and proposal == self._proposal:
            return
        self._proposal = proposal
        self.setVisible(proposal is not None)
        self._fields.tell(())
        if proposal is None:
            return
        form, reference = proposal.form, self._session.office.reference
        unit = reference.unit(proposal.unit)
        points = f"，扣 {proposal.rule.points} 分" if proposal.rule.points else ""
        self.tag.say(f"{URGES[proposal.kind]}{points}", theme.color(TONES[proposal.kind]))
        self.to.say(f"致 {unit.name if unit else proposal.unit}")
        self.about.say(f"{proposal.number}　{proposal.title}")
        self.rule.setText(f"规则：{proposal.rule.name}。{proposal.rule.article}")
        self.cause.setPlainText(form.cause)
        self.requirement.setPlainText(form.requirement)
        self.reply_by.set_day(form.reply_by)

    def issue(self) -> None:
        """Issue the letter as it stands."""
        proposal = self._proposal
        if proposal is None or not self.issue_button.isEnabled():
            return
        if self.reply_by.unreadable:
            self._fields.tell([Problem("reply_by", "回复期限看不懂，请写成 2024-09-30 或者 +3。")])
            return
        form: Press = replace(
            proposal.form,
            cause=self.cause.toPlainText().strip(),
            requirement=self.requirement.toPlainText().strip(),
            reply_by=self.reply_by.day,
        )

        def done(taken: Taken) -> None:
            self._session.say(f"{URGES[form.kind]}{taken.number}已发出。", "good")
            self.issued.emit(taken, proposal)

        self._acting.carry_out(proposal.matter_id, form, 0, done, at=self._fields, busy=self.issue_button)

    def _open(self) -> None:
        if self._proposal is not None:
            self.matter_wanted.emit(self._proposal.matter_id)

    def _lay_out(self, fields: list[Field]) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tag)
        head.addWidget(self.to, 1)
        self.column.addLayout(head)
        self.column.addWidget(self.about)
        self.column.addWidget(self.rule)
        for field in fields:
            self.column.addWidget(field)
        self.cause.setMinimumHeight(theme.px(72))
        self.requirement.setMinimumHeight(theme.px(84))
        self.column.addWidget(self.message)
        foot = QHBoxLayout()
        foot.addWidget(self.open_button)
        foot.addStretch(1)
        foot.addWidget(self.issue_button)
        self.column.addLayout(foot)
