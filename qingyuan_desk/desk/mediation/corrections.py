"""更正: a signed paper stays as it is; what was wrong in it is recorded, approved, and printed as 更正说明."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import across
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.record_table import Column, Line, RecordTable
from qingyuan_desk.desk.mediation.terms_list import Growing
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Fields, Panel, button, message_line
from qingyuan_desk.domain.mediation.case import Case, Correction
from qingyuan_desk.domain.mediation.choices import choices, paper_title
from qingyuan_desk.domain.mediation.forms import Correct
from qingyuan_desk.domain.mediation.performing import CORRECTABLE

_COLUMNS = (
    Column("日期", 104),
    Column("文书", 200),
    Column("原来"),
    Column("更正为"),
    Column("批准人", 88),
)
_LABEL = 72
_EMPTY = "没有更正过。签过字的文书不改写，写错的地方在右边记下来，打印更正说明。"
#: What is signed is the copy made for signing; the correction is of the agreement.
_SIGNED = {"signing": "agreement"}


class Corrections(QWidget):
    """What was corrected, and a form for one more."""

    paper_wanted = Signal(int)
    """Print the 更正说明 of this correction."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self._act = act
        self._matter = 0
        self.table = RecordTable(
            "mediation.corrections",
            "更正",
            _COLUMNS,
            empty=_EMPTY,
        )
        self.paper = ChoiceBox("mediation.correct.paper", hint="哪一份文书")
        self.before = Growing("mediation.correct.before", hint="纸上写的是", least=2)
        self.after = Growing("mediation.correct.after", hint="应当是", least=2)
        self.reason = LineEdit("mediation.correct.reason", hint="例如 笔误，与身份证核对")
        self.approver = LineEdit("mediation.correct.approver", hint="调委会负责人")
        self.message = message_line("mediation.correct.message")
        self._made = {
            "paper": Field("文书", self.paper, label_width=_LABEL),
            "before": Field("原来的内容", self.before, label_width=_LABEL),
            "after": Field("更正为", self.after, label_width=_LABEL),
            "reason": Field("原因", self.reason, label_width=_LABEL),
            "approver": Field("批准人", self.approver, label_width=_LABEL),
        }
        self.fields = Fields(self._made, self.message)
        self.save_button = button("更正并打印说明 F9", "mediation.correct.save", role="primary")
        self.save_button.clicked.connect(self.save)
        self.print_button = button("打印更正说明 F8", "mediation.correct.print", icon="print")
        self.print_button.clicked.connect(self.print_note)
        self._lay_out()

    def show_case(self, case: Case) -> None:
        """Show a case; what is being written stays with it."""
        if case.matter_id != self._matter:
            self._matter = case.matter_id
            self._clear()
        signed = [
            Option(
                f"{_SIGNED.get(each.kind, each.kind)}:{each.subject}",
                paper_title(case, each.kind, each.subject),
            )
            for each in choices(case)
            if _SIGNED.get(each.kind, each.kind) in CORRECTABLE and each.kind != "agreement"
        ]
        self.paper.set_options(signed)
        self.table.show_lines([_line(case, each) for each in case.corrections])
        self.print_button.setVisible(bool(case.corrections))

    def save(self) -> None:
        """Record it."""
        commit_composition()
        kind, _, subject = self.paper.code.partition(":")
        form = Correct(
            paper=kind,
            before=self.before.toPlainText().strip(),
            after=self.after.toPlainText().strip(),
            reason=self.reason.text().strip(),
            approver=self.approver.text().strip(),
            subject=int(subject or 0),
        )
        self._act(form, then=self._written, at=self.fields, busy=self.save_button)

    def print_note(self) -> None:
        """Print the note of the marked correction."""
        if self.table.record_id:
            self.paper_wanted.emit(self.table.record_id)

    def focus(self) -> None:
        """Go to the form."""
        self.paper.setFocus()

    def _written(self, taken: object) -> None:
        self._clear()
        self.paper_wanted.emit(taken.record_id)  # type: ignore[attr-defined]

    def _clear(self) -> None:
        self.paper.set_code("")
        for editor in (self.before, self.after, self.reason, self.approver):
            editor.clear()
        self.fields.tell(())

    def _lay_out(self) -> None:
        left, right = Panel(), Panel()
        left.column.addWidget(self.table, 1)
        left.column.addLayout(across(QWidget(), self.print_button, stretch=0))
        right.column.addWidget(label("更正签过字的文书", "section"))
        for field in self._made.values():
            right.column.addWidget(field)
        right.column.addWidget(self.message)
        right.column.addStretch(1)
        right.column.addLayout(across(QWidget(), self.save_button, stretch=0))
        right.setFixedWidth(theme.px(420))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(left, 1)
        whole.addWidget(right)
        self._enter = EnterGoesOn(self)
        for editor in (self.paper, self.before, self.after, self.reason, self.approver):
            editor.installEventFilter(self._enter)


def _line(case: Case, each: Correction) -> Line:
    texts = (
        f"{each.at:%Y-%m-%d}",
        paper_title(case, each.paper, each.subject),
        " ".join(each.before.split()),
        " ".join(each.after.split()),
        each.approver,
    )
    return Line(each.record_id, texts)
