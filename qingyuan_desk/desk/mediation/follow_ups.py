"""回访: which calls are planned, and what was said when somebody called (《人民调解法》第三十一条)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled, across
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.record_table import NONE, Column, Line, RecordTable
from qingyuan_desk.desk.mediation.terms_list import Growing
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.day_line import EXAMPLE as DAY_EXAMPLE
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Fields, Panel, button, message_line, options
from qingyuan_desk.desk.widgets.reading_order import tab_in_reading_order
from qingyuan_desk.domain.mediation.acts import ACTS, hindrance
from qingyuan_desk.domain.mediation.case import Case, FollowUp
from qingyuan_desk.domain.mediation.codes import CONTACT_WAYS, PERFORMANCES, SATISFACTIONS
from qingyuan_desk.domain.mediation.forms import FollowUpForm
from qingyuan_desk.domain.problems import Problem

_COLUMNS = (
    Column("打算日期", 104),
    Column("回访日期", 104),
    Column("回访谁", 128),
    Column("履行情况", 112),
    Column("隐患和措施"),
    Column("满意程度", 112),
)
_LABEL = 72


class FollowUps(QWidget):
    """A planned call is marked and filled in; a new one can be planned at any time."""

    paper_wanted = Signal(int)
    """Print the record of this call."""

    def __init__(self, act: Act, today: Callable[[], date], visitor: Callable[[], str]) -> None:
        """visitor: who sits at the desk."""
        super().__init__()
        self._act, self._today, self._visitor = act, today, visitor
        self._case: Case | None = None
        self._shown: tuple[FollowUp | None, tuple[object, ...]] | None = None
        self.table = RecordTable("mediation.follow_ups", "回访", _COLUMNS, empty="还没有回访。")
        self.table.marked.connect(self._mark)
        self.head = label("", "section", name="mediation.follow_up.head")
        self.party = Segments("mediation.follow_up.party", numbered=True)
        self.how = Segments("mediation.follow_up.how", options(CONTACT_WAYS), numbered=True)
        self.done_on = DayLine("mediation.follow_up.done_on", today)
        self.performance = Segments("mediation.follow_up.performance", options(PERFORMANCES), numbered=True)
        self.satisfaction = Segments(
            "mediation.follow_up.satisfaction", options(SATISFACTIONS), numbered=True
        )
        self.danger = Growing("mediation.follow_up.danger", hint="有无反悔、激化的苗头；没有就空着")
        self.measures = Growing("mediation.follow_up.measures", hint="没有履行、不满意或者有隐患的必须写")
        self.visitor = LineEdit("mediation.follow_up.visitor")
        self.message = message_line("mediation.follow_up.message")
        self.due_on = DayLine("mediation.follow_up.due_on", today)
        self.due_on.setAccessibleName("打算回访的日期")
        self.save_button = button("记下回访 F9", "mediation.follow_up.save", role="primary")
        self.save_button.clicked.connect(self.save)
        self.print_button = button("打印回访记录 F8", "mediation.follow_up.print", icon="print")
        self.print_button.clicked.connect(self.print_record)
        self.new_button = button("再回访一次", "mediation.follow_up.new", icon="plus")
        self.new_button.clicked.connect(self.begin_new)
        self.plan_button = button("约定日期", "mediation.follow_up.plan")
        self.plan_button.clicked.connect(self.plan)
        self._made = {
            "party": Field("回访谁", self.party, label_width=_LABEL, lines=0),
            "how": Field("方式", self.how, label_width=_LABEL, lines=0),
            "done_on": Field("回访日期", self.done_on, label_width=_LABEL, lines=0),
            "performance": Field("履行情况", self.performance, label_width=_LABEL, lines=0),
            "satisfaction": Field("满意程度", self.satisfaction, label_width=_LABEL, lines=0),
            "danger": Field("隐患", self.danger, label_width=_LABEL, lines=0),
            "measures": Field("措施", self.measures, label_width=_LABEL, lines=0),
            "visitor": Field("回访人", self.visitor, label_width=_LABEL, lines=0),
        }
        self.fields = Fields(self._made, self.message)
        self._plan_field = Field("", self.due_on, label_width=0, lines=0)
        self._plan_message = message_line("mediation.follow_up.plan_message")
        self._plan_fields = Fields({"due_on": self._plan_field}, self._plan_message)
        self._new = False
        self._why_not = ""
        self._parties: list[Option] = []
        self._lay_out()

    def show_case(self, case: Case) -> None:
        """Show a case's calls; what is being written about one stays."""
        other = self._case is None or self._case.matter_id != case.matter_id
        self._case = case
        if other:
            self._new = False
            self.due_on.set_day(None)
        parties = [Option(str(each.record_id), each.name) for each in case.parties]
        if parties != self._parties:
            self._parties = parties
            self.party.set_options(parties)
            tab_in_reading_order(self)
        waiting = next((each.record_id for each in case.follow_ups if each.done_on is None), 0)
        self._why_not = hindrance(case, ACTS["follow_up"])
        lines = [_line(case, each, self._today()) for each in case.follow_ups]
        self.table.show_lines(lines, NONE if self._new else waiting * other)
        self._fill()

    def save(self) -> None:
        """Record the call."""
        if not self.save_button.isEnabled() or not self.save_button.isVisible():
            return
        commit_composition()
        planned = self._planned()
        if self.done_on.day is None:
            self.fields.tell([Problem("done_on", DAY_EXAMPLE)])
            return
        form = FollowUpForm(
            follow_up=planned.record_id if planned else 0,
            done_on=self.done_on.day,
            party=int(self.party.code or 0),
            how=self.how.code,
            performance=self.performance.code,
            satisfaction=self.satisfaction.code,
            danger=self.danger.toPlainText().strip(),
            measures=self.measures.toPlainText().strip(),
            visitor=self.visitor.text().strip(),
        )
        self._act(form, then=self._written, at=self.fields, busy=self.save_button)

    def plan(self) -> None:
        """Only say when to call."""
        if self.due_on.unreadable:
            self._plan_fields.tell([Problem("due_on", DAY_EXAMPLE)])
            return
        form = FollowUpForm(due_on=self.due_on.day)
        self._act(
            form,
            then=lambda _: self.due_on.set_day(None),
            at=self._plan_fields,
            busy=self.plan_button,
        )

    def begin_new(self) -> None:
        """A call nobody had planned."""
        self._new = True
        self.table.mark(NONE)
        self._fill()
        self.party.setFocus()

    def print_record(self) -> None:
        """Print the record of the marked call."""
        if self._marked() is not None and not self._new:
            self.paper_wanted.emit(self.table.record_id)

    def focus(self) -> None:
        """Go to the form."""
        self.party.setFocus()

    def _mark(self, record_id: int) -> None:
        """Another call is to be looked at; a new one begun is left."""
        self._new = self._new and not record_id
        self._fill()

    def _written(self, taken: object) -> None:
        self._new = False

    def _marked(self) -> FollowUp | None:
        calls = self._case.follow_ups if self._case else ()
        return next((each for each in calls if each.record_id == self.table.record_id), None)

    def _planned(self) -> FollowUp | None:
        marked = None if self._new else self._marked()
        return marked if marked is not None and marked.done_on is None else None

    def _lay_out(self) -> None:
        left, right = Panel(), Panel()
        self.due_on.setFixedWidth(theme.px(140))
        left.column.addWidget(self.table, 1)
        plan = across(
            self.new_button,
            QWidget(),
            label("打算哪天回访", "field"),
            self._plan_field,
            self.plan_button,
            stretch=1,
        )
        left.column.addWidget(self._plan_message)
        left.column.addLayout(plan)
        scrolled = Scrolled("mediation.follow_up")
        scrolled.column.setContentsMargins(0, 0, 8, 0)
        scrolled.column.setSpacing(8)
        for field in self._made.values():
            scrolled.column.addWidget(field)
        scrolled.column.addWidget(self.message)
        scrolled.column.addStretch(1)
        right.column.addWidget(self.head)
        right.column.addWidget(scrolled, 1)
        right.column.addLayout(across(self.print_button, self.save_button, stretch=1))
        right.setFixedWidth(theme.px(470))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(left, 1)
        whole.addWidget(right)
        self._enter = EnterGoesOn(self)
        for editor in (self.done_on, self.danger, self.measures, self.visitor, self.due_on):
            editor.installEventFilter(self._enter)

    def _fill(self) -> None:
        case = self._case
        if case is None:
            return
        call = None if self._new else self._marked()
        shown = (call, (case.matter_id, self._new, self._why_not))
        if shown == self._shown:
            return
        self._shown = shown
        self.fields.tell(())
        done = call is not None and call.done_on is not None
        writable = not done and not self._why_not
        self.head.setText(_head(call))
        first = case.parties[0].record_id if case.parties else 0
        self.party.set_code(str(call.party if call and call.party else first))
        self.how.set_code(call.how if call and call.how else "phone")
        self.done_on.set_day(call.done_on if call and call.done_on else self._today())
        self.performance.set_code(call.performance if call else "")
        self.satisfaction.set_code(call.satisfaction if call else "")
        self.danger.setPlainText(call.danger if call else "")
        self.measures.setPlainText(call.measures if call else "")
        self.visitor.setText(call.visitor if call and call.visitor else self._visitor())
        for field in self._made.values():
            field.setEnabled(writable)
        self.save_button.setVisible(writable)
        self.print_button.setVisible(call is not None)
        self.print_button.setText("打印回访记录 F8" if done else "打印空白记录 F8")
        for each in (self.new_button, self.plan_button, self.due_on):
            each.setEnabled(not self._why_not)
        if self._why_not:
            self.fields.tell([Problem("", self._why_not)])


def _head(call: FollowUp | None) -> str:
    if call is None:
        return "记一次回访"
    return "回访记录" if call.done_on else f"打算 {call.due_on:%Y-%m-%d} 回访"


def _line(case: Case, call: FollowUp, today: date) -> Line:
    party = case.party(call.party)
    notes = "；".join(filter(None, (call.danger, call.measures)))
    if call.done_on is None:
        late = call.due_on <= today
        words, tone = ("该回访了", "amber") if late else ("还没有回访", "")
    else:
        words = SATISFACTIONS.get(call.satisfaction, "")
        tone = "red" if call.satisfaction == "unsatisfied" else "green"
    texts = (
        call.due_on.isoformat(),
        call.done_on.isoformat() if call.done_on else "",
        party.name if party else "",
        PERFORMANCES.get(call.performance, ""),
        notes,
        words,
    )
    return Line(call.record_id, texts, tone)
