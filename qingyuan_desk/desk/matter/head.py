"""The head of the matter page: number, matter in one line, flows, state, flags that run, the next clock in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import CLOCK_TONES, clear, state_of
from qingyuan_desk.desk.widgets.labels import Elided, Tag, label, plain_tooltip
from qingyuan_desk.desk.widgets.parts import short_day
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.codes import WATCHES
from qingyuan_desk.domain.matter import ClockView, MatterFacts
from qingyuan_desk.domain.reference import Reference

_STATE_HUES = {"void": "red", "closed": "green"}


class Head(QFrame):
    """What everything below is about."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.number = label(role="number", name="matter.number")
        self.number.setAccessibleName("编号")
        self.number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = QToolButton()
        self.copy.setObjectName("matter.copy")
        self.copy.setAccessibleName("复制编号")
        self.copy.setToolTip("复制编号")
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.number.text()))
        self._flow, self._state, self._sealed = Tag(), Tag(), Tag()
        self.title = Elided(role="section")
        self.title.setObjectName("matter.title")
        self.clock = label(role="strong", name="matter.clock")
        self.clock.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.article = label(role="small", name="matter.clock_article")
        self.article.setAlignment(Qt.AlignmentFlag.AlignRight)
        first = QHBoxLayout()
        first.setSpacing(8)
        self._further = QHBoxLayout()
        self._further.setSpacing(8)
        for part in (self.number, self.copy, self._flow, self._state, self._sealed):
            first.addWidget(part)
        first.addLayout(self._further)
        first.addStretch(1)
        first.addWidget(self.clock)
        second = QHBoxLayout()
        second.setSpacing(16)
        second.addWidget(self.title, 1)
        second.addWidget(self.article)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(2)
        column.addLayout(first)
        column.addLayout(second)

    def show_facts(self, facts: MatterFacts, reference: Reference) -> None:
        """Show a matter."""
        self.copy.setIcon(theme.icon("copy"))
        self.copy.setIconSize(QSize(theme.px(18), theme.px(18)))
        self.number.setText(facts.number)
        flow = reference.flow(facts.flow)
        self._flow.say(flow.short if flow else facts.flow, theme.flow_color(facts.flow))
        self._state.say(state_of(facts), theme.color(_STATE_HUES.get(facts.state, "second")))
        self._sealed.say("密件 · 只有指定的人能看", theme.color("violet"))
        self._sealed.setVisible(facts.sealed)
        self.title.say(facts.title)
        clock = _next(facts)
        self.clock.setText(clock.words if clock else "")
        self.article.setText(f"{clock.event}　{clock.article}" if clock else "")
        self.article.setToolTip(plain_tooltip(self.article.text()) if clock else "")
        theme.mark(self.clock, "tone", CLOCK_TONES.get(clock.state, "") if clock else "")

    def show_case(self, case: Handled, reference: Reference, today: date) -> None:
        """Show the flows the matter was in before, and the flags that run."""
        clear(self._further)
        for code in dict.fromkeys(stay.flow for stay in case.stays if stay.flow != case.flow):
            flow = reference.flow(code)
            self._further.addWidget(Tag(f"曾走{flow.short if flow else code}", theme.flow_color(code)))
        for watch in case.watches:
            if watch.lifted_on is None and watch.until >= today:
                word = f"{WATCHES[watch.kind]} · {short_day(watch.until, today)}到期"
                self._further.addWidget(Tag(word, theme.color("amber")))


def _next(facts: MatterFacts) -> ClockView | None:
    """The running clock that rings first."""
    return next((clock for clock in facts.clocks if clock.running), None)
