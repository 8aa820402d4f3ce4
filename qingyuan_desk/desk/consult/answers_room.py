"""常用答复: the common questions with their answers, edited by the office and checked by its lawyer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.consult.rows import Column, RowList
from qingyuan_desk.desk.roster.asking import Asking, Requests
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, TextEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Fields, Panel, button, fill, message_line, options, read
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.consultations import suiting
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.handling.codes import AID_AFFAIRS
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.tables import Answer
from qingyuan_desk.services import consulting

_LABEL = 64
_NEW = Answer("", "", "", (), "", "", "", "")
_ABOUT = "样例只供参考，使用前请律师逐条核对，核对后把“核对”一栏改成核对人和日期。"


class AnswersRoom(Asking):
    """The list at the left, one of them at the right."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._requests = Requests()
        self._answer = _NEW
        name = "consult.answers"
        self.find = LineEdit(f"{name}.find", hint="找：打字或者拼音首字母")
        self.editors = {
            "question": LineEdit(f"{name}.question"),
            "cause": ChoiceBox(f"{name}.cause", hint="所有案由"),
            "words": LineEdit(f"{name}.words", hint="来访人怎么说，用空格隔开"),
            "answer": TextEdit(f"{name}.answer"),
            "articles": LineEdit(f"{name}.articles"),
            "affair": ChoiceBox(f"{name}.affair", hint="不涉及法律援助"),
            "note": LineEdit(f"{name}.note", hint="核对人和日期"),
        }
        self.save_button = button("保存 F9", f"{name}.save", role="primary")
        self.new_button = button("新增", f"{name}.new", icon="plus")
        self.drop_button = button("删去", f"{name}.drop")
        self.message = message_line(f"{name}.message")
        self._made = {
            field: Field(caption, self.editors[field], label_width=_LABEL)
            for field, caption in _CAPTIONS.items()
        }
        self.fields = Fields(self._made, self.message)
        self.list = RowList(f"{name}.list", "常用问题", self._columns(), "没有这样的问题。右边可以新增。")
        self._lay_out()
        self._listen()

    def refresh(self) -> None:
        """Show the table as it is kept."""
        may = self.may(Right.SETTINGS)
        for part in (self.save_button, self.new_button, self.drop_button):
            part.setEnabled(may)
            part.setToolTip("" if may else "现在的使用人不能改常用答复。")
        kept = self._answer.code
        self.list.show_rows(suiting(self.office.reference.answers, "", self.find.text()))
        self.list.choose(lambda each: each.code == kept)

    def save(self) -> None:
        """Keep the one in view."""
        if not self.save_button.isEnabled():
            return
        commit_composition()
        self.editors["cause"].settle()
        self.editors["affair"].settle()
        said = {name: read(editor) for name, editor in self.editors.items() if name != "words"}
        known = list(self.office.reference.answers)
        code = self._answer.code or self._free(known)
        answer = replace(self._answer, **said, code=code, words=tuple(self.editors["words"].text().split()))
        places = [place for place, each in enumerate(known) if each.code == code]
        place = places[0] if places else len(known)
        self._keep([*known[:place], answer, *known[place + 1 :]], answer, place)

    def leave(self) -> None:
        """Esc: a new one."""
        self._show(_NEW)
        self.editors["question"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        if self._answer.code:
            left = [each for each in self.office.reference.answers if each.code != self._answer.code]
            self._keep(left, _NEW, -1)

    def _keep(self, answers: list[Answer], shown: Answer, place: int) -> None:
        asked, before = tuple(answers), self._answer

        def done(_: object) -> None:
            self._requests.answered(asked)
            if self._answer is before:  # else the person has gone on to another one
                self._show(shown)
            self.session.say("常用答复已保存。" if place >= 0 else "已删去。", "good")
            self.session.settings_changed.emit()
            self.refresh()

        def failed(error: DeskError) -> None:
            if not isinstance(error, Refused) or not error.problems:
                self.session.tell(error)
                return
            own = [each for each in error.problems if each.field.partition(".")[0] == str(place)]
            self.fields.tell(
                [Problem(each.field.partition(".")[2], each.sentence) for each in own] or error.problems
            )

        self.ask(
            consulting.save_answers,
            self.office,
            self.actor,
            self._requests.of(asked),
            answers,
            then=done,
            failed=failed,
            busy=self.save_button,
        )

    def _show(self, answer: Answer | None) -> None:
        if answer is None:
            return
        self._answer = answer
        for name, editor in self.editors.items():
            value = getattr(answer, name)
            fill(editor, " ".join(value) if isinstance(value, tuple) else value)
        self.fields.tell(())

    @staticmethod
    def _free(known: list[Answer]) -> str:
        taken = {each.code for each in known}
        return next(code for number in range(1, len(known) + 2) if (code := f"own_{number}") not in taken)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.find)
        left.addWidget(self.list, 1)
        panel = Panel("答复")
        panel.column.addWidget(label(_ABOUT, "small", wrap=True))
        for name, field in self._made.items():
            panel.column.addWidget(field, 1 if name == "answer" else 0)
        panel.column.setSpacing(2)
        panel.column.addWidget(self.message)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.drop_button)
        foot.addStretch(1)
        foot.addWidget(self.new_button)
        foot.addWidget(self.save_button)
        panel.column.addLayout(foot)
        panel.setMinimumWidth(theme.px(420))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(panel, 1)
        self.setFocusProxy(self.find)

    def _listen(self) -> None:
        reference = self.office.reference
        self.editors["cause"].set_options(
            Option(each.code, each.name, (each.code,)) for each in reference.dispute_types
        )
        self.editors["affair"].set_options(options(AID_AFFAIRS))
        self._enter = EnterGoesOn(self)
        for editor in self.editors.values():
            editor.installEventFilter(self._enter)
        self.find.textChanged.connect(lambda _: self.refresh())
        self.list.chosen.connect(self._show)
        self.save_button.clicked.connect(self.save)
        self.new_button.clicked.connect(self.leave)
        self.drop_button.clicked.connect(self._drop)

    def _columns(self) -> tuple[Column, ...]:
        reference = self.office.reference

        def cause(answer: Answer) -> str:
            found = reference.dispute_type(answer.cause)
            return found.name.removesuffix("纠纷") if found else "所有"

        return (
            Column("问题", 0, lambda each: each.question),
            Column("案由", 124, cause),
            Column("核对", 192, lambda each: each.note, lambda each: "amber" if "样例" in each.note else ""),
        )


_CAPTIONS = {
    "question": "问题",
    "cause": "案由",
    "words": "怎么说",
    "answer": "答复",
    "articles": "法律依据",
    "affair": "法律援助",
    "note": "核对",
}
