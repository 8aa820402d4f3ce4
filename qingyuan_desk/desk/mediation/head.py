"""The head of a case: what it is, how far it has come, how long it may still take, and what can be done next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import CLOCK_TONES, clear
from qingyuan_desk.desk.mediation.stepper import Stepper
from qingyuan_desk.desk.widgets.labels import Elided, Tag, label, plain_tooltip
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.domain.clocks import due, in_words, state_of
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.mediation.acts import StepView
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.following import following
from qingyuan_desk.domain.mediation.rules import FINISH, OVER
from qingyuan_desk.services.office import Office

_HUES = {"closed": "green", "performing": "green", "suspended": "amber"}


class CaseHead(QFrame):
    """What the tabs below are about."""

    step_wanted = Signal(str)
    more_wanted = Signal(bool)
    matter_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.back = QToolButton()
        self.back.setObjectName("mediation.back")
        self.back.setAccessibleName("回到我的案件")
        self.back.setToolTip("回到我的案件（Esc）")
        self.back.clicked.connect(self.left.emit)
        self.number = label(role="number", name="mediation.number")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.dossier = label(role="strong", name="mediation.dossier_number")
        self.dossier.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._node = Tag()
        self.title = Elided(role="section")
        self.title.setObjectName("mediation.title")
        self.time = label(role="strong", name="mediation.time")
        self.stepper = Stepper()
        self.mediators = Elided(role="second")
        self.mediators.setObjectName("mediation.mediators_now")
        self.mediators.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.article = Elided(role="small")
        self.article.setObjectName("mediation.article")
        self.more = button("更多：中止、终止 Ctrl+.", "mediation.more")
        self.more.setToolTip("每一步能不能办、为什么；中止、撤回、终止（Ctrl+.）")
        self.more.setCheckable(True)
        self.more.toggled.connect(self.more_wanted.emit)
        self.to_matter = button("事项 Ctrl+M", "mediation.to_matter")
        self.to_matter.clicked.connect(self.matter_wanted.emit)
        self._verbs = QHBoxLayout()
        self._verbs.setSpacing(8)
        self._lay_out()

    def show_case(
        self, case: Case, steps: Sequence[StepView], names: Mapping[str, str], office: Office
    ) -> None:
        """Show a case. names: mediators' names by code."""
        self.back.setIcon(theme.icon("left"))
        self.back.setIconSize(QSize(theme.px(20), theme.px(20)))
        self.number.setText(case.number)
        kept = case.mediation.number if case.mediation else ""
        self.dossier.setText(kept)
        self.dossier.setVisible(bool(kept))
        opened = case.mediation is not None
        word = node_name("mediation", case.node) if opened or case.state == "void" else "待登记申请"
        over = case.node in OVER and case.node != "closed"
        self._node.say(word, theme.color("red" if over else _HUES.get(case.node, "mediation")))
        self.title.say(case.title)
        self._show_time(case, office)
        self.stepper.show_case(case)
        now = "、".join(names.get(each.mediator, each.mediator) for each in case.mediators)
        self.mediators.say(f"调解员　{now}" if now else "还没有选定调解员")
        self._show_verbs(case, {step.code: step for step in steps})

    # --- putting together ---

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(10)
        for part in (self.back, self.number, self.dossier, self._node):
            first.addWidget(part)
        first.addWidget(self.title, 1)
        first.addWidget(self.time)
        second = QHBoxLayout()
        second.setSpacing(16)
        second.addWidget(self.stepper, 5)
        second.addWidget(self.mediators, 2)
        third = QHBoxLayout()
        third.setSpacing(8)
        third.addLayout(self._verbs)
        third.addWidget(self.article, 1)
        third.addWidget(self.more)
        third.addWidget(self.to_matter)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(4)
        for row in (first, second, third):
            column.addLayout(row)

    def _show_time(self, case: Case, office: Office) -> None:
        """Days in mediation, and the month it is to be settled in (《人民调解工作若干规定》第三十三条)."""
        accepted = case.mediation.accepted_on if case.mediation else None
        rule = office.reference.clock(FINISH)
        words, tone, told = "", "", ""
        if accepted is not None and case.mediation is not None:
            end = case.mediation.closed_on or case.mediation.ended_on
            days = ((end or office.today()) - accepted).days + 1
            words = f"调解第 {days} 天" if end is None else f"历时 {days} 天"
            if rule is not None and end is None and case.node not in ("performing", "suspended"):
                limit = due(rule, accepted, office.calendar)
                words += f"，{in_words(limit, office.today())}"
                tone = CLOCK_TONES.get(state_of(limit, office.today()), "")
                told = f"{rule.event}（{rule.article}）"
        self.time.setText(words)
        self.time.setToolTip(plain_tooltip(told) if told else "")
        theme.mark(self.time, "tone", tone)

    def _show_verbs(self, case: Case, steps: Mapping[str, StepView]) -> None:
        clear(self._verbs)
        offered = [steps[code] for code in following(case) if code in steps]
        free = next((step for step in offered if not step.hindrance), None)
        for step in offered:
            self._verbs.addWidget(self._verb(step, leading=step is free))
        told = free or next(iter(offered), None)
        self.article.say("" if told is None else f"{told.name}：{told.hindrance or told.article}")

    def _verb(self, step: StepView, *, leading: bool) -> QPushButton:
        made = button(step.name, f"mediation.verb.{step.code}", role="primary" if leading else "")
        made.setEnabled(not step.hindrance)
        made.setToolTip(plain_tooltip(step.hindrance or step.article))
        made.clicked.connect(lambda: self.step_wanted.emit(step.code))
        return made
