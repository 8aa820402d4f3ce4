"""能不能申请法律援助: a few questions, and what the law says with its articles, as they are answered."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import said
from qingyuan_desk.desk.roster.asking import Asking
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import EnterGoesOn
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Panel, options
from qingyuan_desk.domain.handling.aid_test import MEANS, AidTest
from qingyuan_desk.domain.handling.codes import AID_AFFAIRS, AID_EXEMPT
from qingyuan_desk.domain.pinyin import initials
from qingyuan_desk.services import consulting

_TONES = {"eligible": "green", "examine": "amber", "not": "red"}


class AidTestStrip(Asking):
    """Nothing is kept: it only tells."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.affair = ChoiceBox("consult.test.affair", hint="什么事项（第三十一条）")
        self.exempt = ChoiceBox("consult.test.exempt", hint="属于这些人员的选（没有就空着）")
        self.means = Segments("consult.test.means", options(MEANS), numbered=True)
        self.since = DayLine("consult.test.since", session.office.today, hint="知道权利受损之日")
        self.since.setToolTip("用来看诉讼、仲裁、复议的时效还剩几天；不足七日的可以先行援助")
        self.cause = ChoiceBox("consult.test.cause", hint="案由（看时效用）")
        self.outcome = label("先选事项。", "strong", name="consult.test.outcome")
        self.reasons = said("", "second")
        self.reasons.setObjectName("consult.test.reasons")
        reference = session.office.reference
        self.affair.set_options(Option(code, name) for code, name in AID_AFFAIRS.items())
        self.exempt.set_options(Option(code, ground.name) for code, ground in AID_EXEMPT.items())
        self.cause.set_options(Option(kind.code, kind.name, (kind.code,)) for kind in reference.dispute_types)
        self._lay_out()
        self._enter = EnterGoesOn(self)
        for box in (self.affair, self.exempt, self.cause):
            box.installEventFilter(self._enter)
            box.chosen.connect(lambda _: self._test())
        self.since.installEventFilter(self._enter)
        self.since.changed.connect(self._test)
        self.means.chosen.connect(lambda _: self._test())
        self.setFocusProxy(self.affair)
        tables = {
            "affair": [Option(code, name) for code, name in AID_AFFAIRS.items()],
            "exempt": [Option(code, ground.name) for code, ground in AID_EXEMPT.items()],
            "cause": [Option(kind.code, kind.name) for kind in reference.dispute_types],
        }
        self.ask(
            lambda: {name: [_spelled(each) for each in listed] for name, listed in tables.items()},
            then=self._learn,
        )

    def clear(self) -> None:
        """For the next person."""
        for box in (self.affair, self.exempt, self.cause):
            box.set_code("")
        self.means.set_code("")
        self.since.clear()
        self._show(None)

    def _learn(self, spelled: dict[str, list[Option]]) -> None:
        for name, listed in spelled.items():
            getattr(self, name).set_options(listed)

    def _test(self) -> None:
        affair, exempt = self.affair.code, self.exempt.code
        if not affair and not exempt:
            self._show(None)
            return
        self._show(
            consulting.aid(
                self.office, affair or "none", exempt, self.means.code, self.cause.code, self.since.day
            )
        )

    def _show(self, test: AidTest | None) -> None:
        if test is None:
            self.outcome.setText("先选事项。")
            theme.mark(self.outcome, "tone", "")
            self.reasons.setText("决定由法律援助机构作出；这里只说明法律怎么规定。")
            return
        self.outcome.setText(test.words)
        theme.mark(self.outcome, "tone", _TONES[test.outcome])
        told = [*test.urgent, *test.reasons]
        self.reasons.setText("\n".join(f"{each.sentence}（{each.article}）" for each in told))

    def _lay_out(self) -> None:
        panel = Panel("能不能申请法律援助")
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        first.addWidget(self.affair, 3)
        first.addWidget(self.exempt, 3)
        second.addWidget(self.means)
        second.addWidget(self.since, 1)
        second.addWidget(self.cause, 1)
        for part, text in (
            (self.affair, "申请事项"),
            (self.exempt, "人员"),
            (self.means, "经济状况"),
            (self.since, "知道权利受损之日"),
            (self.cause, "案由"),
        ):
            part.setAccessibleName(text)
        panel.column.addLayout(first)
        panel.column.addLayout(second)
        panel.column.addWidget(self.outcome)
        panel.column.addWidget(self.reasons)
        held = QVBoxLayout(self)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(panel)
        self._show(None)


def _spelled(option: Option) -> Option:
    return Option(
        option.code, option.name, (*initials(option.name.partition("：")[2] or option.name)[:2], option.code)
    )
