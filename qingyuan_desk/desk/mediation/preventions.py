"""防止激化: what worse was prevented, for the four 防止… figures (《人民调解法》第二十五条)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import across, said
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.record_table import Column, Line, RecordTable
from qingyuan_desk.desk.mediation.terms_list import Growing
from qingyuan_desk.desk.widgets.choice import ChoiceBox
from qingyuan_desk.desk.widgets.day_line import EXAMPLE as DAY_EXAMPLE
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Fields, Panel, button, message_line, options
from qingyuan_desk.domain.mediation.case import Case, Prevention
from qingyuan_desk.domain.mediation.codes import PREVENTIONS
from qingyuan_desk.domain.mediation.forms import Prevent
from qingyuan_desk.domain.problems import Problem

_COLUMNS = (
    Column("日期", 104),
    Column("防止了什么", 216),
    Column("人数", 56, right=True),
    Column("报告单位", 160),
    Column("情况"),
)
_EMPTY = "没有记录。化解了自杀、转刑事、群体上访、械斗的苗头，在右边记下来，统计里会算上。"
_LABEL, _MOST_PERSONS = 72, 100_000


class Preventions(QWidget):
    """What is recorded, and a form for one more."""

    def __init__(self, act: Act, today: Callable[[], date]) -> None:
        super().__init__()
        self._act, self._today = act, today
        self._matter = 0
        self.table = RecordTable(
            "mediation.preventions",
            "防止激化",
            _COLUMNS,
            empty=_EMPTY,
        )
        self.kind = ChoiceBox("mediation.prevent.kind", hint="选一种")
        self.kind.set_options(options(PREVENTIONS))
        self.persons = QSpinBox()
        self.persons.setObjectName("mediation.prevent.persons")
        self.persons.setRange(1, _MOST_PERSONS)
        self.on = DayLine("mediation.prevent.on", today)
        self.reported_to = LineEdit("mediation.prevent.reported_to", hint="例如 冉庄派出所")
        self.note = Growing("mediation.prevent.note", hint="什么苗头，怎么化解的", least=3)
        self.message = message_line("mediation.prevent.message")
        self.persons.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.persons.setFixedWidth(theme.px(96))
        held = QWidget()
        held.setLayout(across(self.persons, QWidget(), stretch=1))
        self._made = {
            "kind": Field("防止", self.kind, label_width=_LABEL),
            "persons": Field("涉及人数", self.persons, label_width=_LABEL, row=held),
            "on": Field("日期", self.on, label_width=_LABEL),
            "reported_to": Field("报告单位", self.reported_to, label_width=_LABEL),
            "note": Field("情况", self.note, label_width=_LABEL),
        }
        self.fields = Fields(self._made, self.message)
        self.save_button = button("记下 F9", "mediation.prevent.save", role="primary")
        self.save_button.clicked.connect(self.save)
        self._lay_out()

    def show_case(self, case: Case) -> None:
        """Show a case; what is being written stays with it."""
        if case.matter_id != self._matter:
            self._matter = case.matter_id
            self._clear()
        self.table.show_lines([_line(each) for each in case.preventions])

    def save(self) -> None:
        """Record it."""
        commit_composition()
        if self.on.day is None:
            self.fields.tell([Problem("on", DAY_EXAMPLE)])
            return
        form = Prevent(
            kind=self.kind.typed,
            persons=self.persons.value(),
            on=self.on.day,
            reported_to=self.reported_to.text().strip(),
            note=self.note.toPlainText().strip(),
        )
        self._act(form, then=lambda _: self._clear(), at=self.fields, busy=self.save_button)

    def focus(self) -> None:
        """Go to the form."""
        self.kind.setFocus()

    def _clear(self) -> None:
        self.kind.set_code("")
        self.persons.setValue(1)
        self.on.set_day(self._today())
        self.reported_to.clear()
        self.note.clear()
        self.fields.tell(())

    def _lay_out(self) -> None:
        left, right = Panel(), Panel()
        left.column.addWidget(self.table, 1)
        right.column.addWidget(label("记一次", "section"))
        for field in self._made.values():
            right.column.addWidget(field)
        law = "可能引起治安、刑事案件的，应当及时向公安机关报告。《人民调解法》第二十五条"
        right.column.addWidget(said(law, "small"))
        right.column.addWidget(self.message)
        right.column.addStretch(1)
        right.column.addLayout(across(QWidget(), self.save_button, stretch=0))
        right.setFixedWidth(theme.px(380))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(left, 1)
        whole.addWidget(right)
        self._enter = EnterGoesOn(self)
        for editor in (self.kind, self.on, self.reported_to, self.note):
            editor.installEventFilter(self._enter)


def _line(each: Prevention) -> Line:
    texts = (
        each.on.isoformat(),
        PREVENTIONS.get(each.kind, each.kind),
        str(each.persons),
        each.reported_to,
        each.note,
    )
    return Line(each.record_id, texts)
