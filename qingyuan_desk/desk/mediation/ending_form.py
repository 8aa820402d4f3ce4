"""One form for each way a case pauses, goes on, or comes to an end without agreement; what each asks for is data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled, said
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.chips import Chips
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.fields import Field, TextEdit, commit_composition
from qingyuan_desk.domain.mediation.acts import StepView
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.codes import GROUNDS, PATHS
from qingyuan_desk.domain.mediation.forms import Decline, Form, Resume, Suspend, Terminate, Withdraw


@dataclass(frozen=True)
class Said:
    """What stands in the form."""

    ground: str
    words: str
    paths: tuple[str, ...]
    on: date


@dataclass(frozen=True)
class Ending:
    """A way to end or to pause. grounds: of which kind its grounds are (domain GROUNDS `at`), or "" where it has none.

    words: caption of the text; field: what the rules call it. told: what it means, said above the form.
    """

    verb: str
    told: str
    words: str
    hint: str
    field: str
    form: Callable[[Said], Form]
    grounds: str = ""


ENDINGS: Mapping[str, Ending] = {
    "terminate": Ending(
        "终止调解",
        "调解不成，终止以后出具告知书，并告知当事人还可以走的路。没有谈成的事实也可以写进无争议事实。",
        "说明",
        "分歧在哪里，做过哪些工作",
        "explanation",
        lambda said: Terminate(said.ground, said.words, said.paths, said.on),
        "end",
    ),
    "suspend": Ending(
        "中止调解",
        "暂时调不下去，期限停在这里；原因消除以后恢复。",
        "原因",
        "例如：等鉴定结果；一方住院",
        "reason",
        lambda said: Suspend(said.words, said.on),
    ),
    "resume": Ending(
        "恢复调解",
        "从中止时的那一步接着办。",
        "说明",
        "例如：鉴定结果已出",
        "reason",
        lambda said: Resume(said.words, said.on),
    ),
    "withdraw": Ending(
        "撤回申请",
        "申请人自己要求撤回；撤回以后可以再次申请。",
        "原因",
        "例如：双方已自行和好",
        "reason",
        lambda said: Withdraw(said.words, said.on),
    ),
    "decline": Ending(
        "不予受理",
        "依法不能由人民调解委员会调解的，说明理由并告知去处。",
        "说明",
        "向当事人怎么说明的",
        "explanation",
        lambda said: Decline(said.ground, said.words, said.paths, said.on),
        "decline",
    ),
}


class EndingForm(QWidget):
    """Ground, words, the paths that remain, and the day; as far as the step asks for them."""

    def __init__(self, code: str, session: Session, act: Act) -> None:
        super().__init__()
        self._ending, self._session, self._act = ENDINGS[code], session, act
        name = f"mediation.{code}"
        self.setObjectName(name)
        self.ground = ChoiceBox(f"{name}_ground", hint="选理由")
        grounds = {key: each for key, each in GROUNDS.items() if each.at == self._ending.grounds}
        self.ground.set_options(Option(key, each.name) for key, each in grounds.items())
        self.ground.chosen.connect(self._show_article)
        self.words = TextEdit(f"{name}_words", hint=self._ending.hint)
        self.paths = Chips(
            f"{name}_paths", [Option(key, word) for key, word in PATHS.items()], each=f"{name}_path"
        )
        self.on = parts.DayEdit(f"{name}_on")
        self.message = parts.message_line(f"{name}_message")
        self.why = said("", "small")
        self.go = parts.button(f"{self._ending.verb} F9", f"{name}_go", role="primary")
        self.go.clicked.connect(self.save)
        captions = {
            "ground": "理由",
            self._ending.field: self._ending.words,
            "paths": "告知去处",
            "on": "日期",
        }
        editors = {"ground": self.ground, self._ending.field: self.words, "paths": self.paths, "on": self.on}
        self._fields = {
            key: Field(captions[key], editor, label_width=64, lines=key != "paths")
            for key, editor in editors.items()
            if self._ending.grounds or key not in ("ground", "paths")
        }
        self._place = parts.Fields(self._fields, self.message)
        self._lay_out()

    def show_case(self, case: Case, step: StepView, *, other: bool) -> None:
        """Whether the step can be taken. other: another case than before; what was typed goes."""
        self.words.setFixedHeight(theme.px(84))
        self.go.setEnabled(not step.hindrance)
        self.why.setText(step.hindrance or step.article)
        for field in self._fields.values():
            field.setEnabled(not step.hindrance)
        if other:
            self.ground.set_code("")
            self.words.clear()
            self.paths.set_codes(("lawsuit",))
            self.on.set_day(self._session.office.today())
            self._place.tell(())

    def save(self) -> None:
        """Take the step."""
        commit_composition()
        if not self.go.isEnabled():
            return
        paths = tuple(code for code in PATHS if code in self.paths.codes)
        typed = Said(self.ground.typed, self.words.toPlainText().strip(), paths, self.on.day)
        self._act(self._ending.form(typed), at=self._place, busy=self.go)

    def _show_article(self, code: str) -> None:
        self._fields["ground"].tell(())
        self._fields["ground"].hint(GROUNDS[code].article if code else "")

    def _lay_out(self) -> None:
        day = QHBoxLayout()
        day.addWidget(self._fields["on"])
        day.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 12, 10)
        foot.addWidget(self.message, 1)
        foot.addStretch(0)
        foot.addWidget(self.go)
        scrolled = Scrolled(f"{self.objectName()}_fields")
        inner = scrolled.column
        inner.setContentsMargins(16, 10, 12, 0)
        inner.setSpacing(theme.px(6))
        inner.addWidget(said(self._ending.told))
        inner.addWidget(self.why)
        inner.addSpacing(theme.px(6))
        for key, field in self._fields.items():
            if key != "on":
                inner.addWidget(field)
        inner.addLayout(day)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolled, 1)
        column.addLayout(foot)
