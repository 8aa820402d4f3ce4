"""Writing an agreement: facts, what is disputed, the terms, and how it is to be performed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled, across
from qingyuan_desk.desk.mediation.parts_table import PartsTable, ways_between
from qingyuan_desk.desk.mediation.terms_list import Growing, TermsList
from qingyuan_desk.desk.widgets.chips import Chips
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.day_line import EXAMPLE as DAY_EXAMPLE
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.day_line import in_words as weekday
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.money_line import EXAMPLE as MONEY_EXAMPLE
from qingyuan_desk.desk.widgets.money_line import MoneyLine
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.desk.widgets.reading_order import tab_in_reading_order
from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.case import Agreement, Case
from qingyuan_desk.domain.mediation.clauses import TOPICS, fill
from qingyuan_desk.domain.mediation.codes import AGREEMENT_FORMS
from qingyuan_desk.domain.mediation.forms import Draft, Oral, Part
from qingyuan_desk.domain.mediation.wording import deadline_of, first_text, values_for
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.tables import Clause

_LABEL, _MOST_COPIES = 72, 40
_AT_ONCE = {"later": "按期履行", "at_once": "当场履行"}


class AgreementEditor(Scrolled):
    """`form()` is the agreement as it stands; `changed` when anything in it is another one."""

    changed = Signal()
    clauses_wanted = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("mediation.agreement")
        self._today = today
        self._case: Case | None = None
        self._suggested = ""
        self._loading = False
        name = "mediation.agreement"
        self.kind = Segments(f"{name}.form", [Option(code, word) for code, word in AGREEMENT_FORMS.items()])
        self.on = DayLine(f"{name}.on", today)
        self.facts = Growing(f"{name}.facts", hint="时间、地点、起因、经过", least=2)
        self.disputes = Growing(f"{name}.disputes", hint="各方争的是什么，各自的责任")
        self.terms = TermsList(f"{name}.terms")
        self.when = Segments(f"{name}.at_once", [Option(code, word) for code, word in _AT_ONCE.items()])
        self.amount = MoneyLine(f"{name}.amount")
        self.parts = PartsTable(f"{name}.parts", today)
        self.deadline = LineEdit(f"{name}.deadline", hint="例如 2024年12月31日前")
        self.way = LineEdit(f"{name}.way", hint="例如 银行转账")
        self.copies = QSpinBox()
        self.copies.setObjectName(f"{name}.copies")
        self.copies.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.copies.setRange(1, _MOST_COPIES)
        self.recorder = LineEdit(f"{name}.recorder", hint="记录人")
        self.topics = Chips(
            f"{name}.topics",
            [Option(code, topic.name) for code, topic in TOPICS.items()],
            each=f"{name}.topic",
        )
        self.reason = LineEdit(f"{name}.reason", hint="例如 双方同意延期一个月")
        self.fields = self._make_fields()
        self._lay_out()
        self._listen()

    # --- what is written -----------------------------------------------------------------------------------------

    def load(self, case: Case, kept: Draft | Oral | None = None) -> None:
        """Begin with the draft, with the agreement in force that is to be changed, or with what the sessions say.

        kept: what was being written about this case and is not saved.
        """
        self._loading, self._case = True, case
        self.parts.show_case(case)
        base = kept or case.draft or case.agreement
        texts = first_text(case)
        self.kind.set_code("oral" if isinstance(kept, Oral) else "written")
        self.on.set_day(kept.on if isinstance(kept, Oral) else self._today())
        self.facts.setPlainText(base.facts if base else texts.facts)
        self.disputes.setPlainText(base.disputes if base else texts.disputes)
        self.terms.set_terms(base.terms if base else texts.terms)
        self.when.set_code("at_once" if base and base.at_once else "later")
        self.amount.set_fen(base.amount if base else 0)
        self.parts.set_parts(kept.parts if kept else _parts_of(case, case.draft or case.agreement))
        self.deadline.setText(base.deadline if base else "")
        self.way.setText(base.way if base else "")
        copies = 0 if base is None or isinstance(base, Oral) else base.copies
        self.copies.setValue(copies or len(case.parties) + 1)
        self.recorder.setText(base.recorder if base else "")
        self.topics.set_codes(base.topics if base else ())
        reasoned = kept or case.draft
        self.reason.setText("" if reasoned is None or isinstance(reasoned, Oral) else reasoned.reason)
        self.deadline.setCursorPosition(0)
        self._suggested = self.deadline.text()
        for field in self.fields.values():
            field.tell(())
        self._loading = False
        self._show_parts()
        self._edited()

    def set_recorder(self, name: str) -> None:
        """Who sits at the desk usually writes it down."""
        if not self.recorder.text():
            self.recorder.setText(name)

    def form(self) -> Draft | Oral:
        """The agreement as it stands."""
        at_once = self.when.code == "at_once"
        common = dict(
            facts=self.facts.toPlainText().strip(),
            disputes=self.disputes.toPlainText().strip(),
            terms=self.terms.terms,
            way=self.way.text().strip(),
            deadline=self.deadline.text().strip(),
            amount=self.amount.fen or 0,
            parts=() if at_once else self.parts.parts,
            at_once=at_once,
            topics=tuple(code for code in TOPICS if code in self.topics.codes),
            recorder=self.recorder.text().strip(),
        )
        if self.is_oral:
            return Oral(on=self.on.day or self._today(), **common)  # type: ignore[arg-type]
        return Draft(copies=self.copies.value(), reason=self.reason.text().strip(), **common)  # type: ignore[arg-type]

    @property
    def is_oral(self) -> bool:
        """Whether it is agreed by word of mouth."""
        return self.kind.code == "oral"

    def unreadable(self) -> Iterator[Problem]:
        """What was typed that is no sum or no day; the rules see only what can be read."""
        if self.amount.fen is None:
            yield Problem("amount", MONEY_EXAMPLE)
        if self.is_oral and self.on.day is None:
            yield Problem("on", DAY_EXAMPLE)
        if self.when.code != "at_once":
            yield from self.parts.problems()

    def insert(self, clause: Clause) -> None:
        """Put a clause in, its places filled as far as the case says, and go to the first that is not."""
        if self._case is None:
            return
        values = values_for(self._case, self.form())
        term = self.terms.add(fill(clause.text, values))
        self.topics.set_codes(self.topics.codes | {clause.topic})
        self.ensureWidgetVisible(term)
        term.to_blank()
        self.changed.emit()

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say every problem at its field."""
        for name, field in self.fields.items():
            field.tell([problem for problem in problems if problem.field == name])
        first = next((each.field for each in problems if each.field in self.fields), None)
        if first is not None:
            self.fields[first].editor.setFocus()
            self.ensureWidgetVisible(self.fields[first])

    # --- putting together ----------------------------------------------------------------------------------------

    def _make_fields(self) -> dict[str, Field]:
        self.amount.setFixedWidth(theme.px(140))
        self.on.setFixedWidth(theme.px(140))
        self.topics.setMinimumWidth(theme.px(360))  # else it asks for the height of one word a line
        self.copies.setFixedWidth(theme.px(64))
        when = QWidget()
        when.setLayout(across(self.when, label("总额", "field"), self.amount, QWidget(), stretch=3))
        wide: dict[str, tuple[str, QWidget]] = {
            "facts": ("主要事实", self.facts),
            "disputes": ("争议事项", self.disputes),
            "terms": ("协议内容", self.terms),
            "parts": ("分期", self.parts),
            "deadline": ("履行期限", self.deadline),
            "way": ("履行方式", self.way),
            "copies": ("一式几份", self.copies),
            "recorder": ("记录人", self.recorder),
            "topics": ("涉及内容", self.topics),
            "reason": ("变更原因", self.reason),
        }
        fields = {
            code: Field(caption, editor, label_width=_LABEL, lines=0 if code == "parts" else 1)
            for code, (caption, editor) in wide.items()
        }
        fields["on"] = Field("达成日期", self.on, label_width=_LABEL)
        fields["amount"] = Field("怎么履行", self.amount, label_width=_LABEL, row=when)
        return fields

    def _lay_out(self) -> None:
        fields, column = self.fields, self.column
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.kind)
        head.addWidget(fields["on"])
        head.addStretch(1)
        self._clauses = button("常用条款 Ctrl+L", "mediation.agreement.clauses", role="link")
        self._clauses.clicked.connect(self.clauses_wanted.emit)
        fields["terms"].hint("回车写下一条 · Alt+↑↓ 换位置 · Shift+回车 到下一个空")
        head.addWidget(self._clauses)
        column.addLayout(head)
        for code in ("reason", "facts", "disputes", "terms", "amount", "parts"):
            column.addWidget(fields[code])
        column.addSpacing(theme.px(8))
        for pair in (("deadline", "way"), ("copies", "recorder")):
            row = across(*(fields[code] for code in pair), spacing=16)
            for place in range(2):
                row.setStretch(place, 1)
            column.addLayout(row)
        column.addWidget(fields["topics"])
        column.addStretch(1)
        self._enter = EnterGoesOn(self)
        for editor in (self.facts, self.disputes, self.deadline, self.way, self.recorder, self.reason):
            editor.installEventFilter(self._enter)
        for line in (self.amount, self.on):
            line.installEventFilter(self._enter)

    def _listen(self) -> None:
        for text in (self.facts, self.disputes):
            text.textChanged.connect(self._edited)
        for line in (self.deadline, self.way, self.recorder, self.reason):
            line.textChanged.connect(lambda _: self._edited())
        for each in (self.terms, self.parts, self.amount, self.on):
            each.changed.connect(self._edited)
        self.parts.rebuilt.connect(lambda: tab_in_reading_order(self))
        self.when.chosen.connect(self._choose_when)
        self.kind.chosen.connect(self._choose_kind)
        self.copies.valueChanged.connect(lambda _: self._edited())
        self.topics.switched.connect(lambda *_: self._edited())

    def _choose_when(self, code: str) -> None:
        if not code:
            self.when.set_code("later")  # one of them is always chosen
        self._show_parts()
        self._edited()

    def _choose_kind(self, code: str) -> None:
        if not code:
            self.kind.set_code("written")
        self._show_parts()
        self._edited()

    def _show_parts(self) -> None:
        """What belongs to the kind of agreement and of performing."""
        changing = self._case is not None and self._case.agreement is not None
        self.fields["parts"].setVisible(self.when.code != "at_once")
        self.fields["on"].setVisible(self.is_oral)
        self.fields["copies"].setVisible(not self.is_oral)
        self.fields["reason"].setVisible(changing)
        self.kind.setVisible(not changing)

    def _edited(self) -> None:
        if self._loading:
            return
        fen = self.amount.fen
        self.parts.set_total(fen or 0)
        self.fields["amount"].hint(money.in_full(fen) if fen else "")
        self.fields["on"].hint(weekday(self.on.day))
        if self.deadline.text() == self._suggested:
            self._suggested = deadline_of(() if self.when.code == "at_once" else self.parts.parts)
            self._loading = True
            self.deadline.setText(self._suggested)
            self.deadline.setCursorPosition(0)
            self._loading = False
        self.changed.emit()


def _parts_of(case: Case, agreement: Agreement | None) -> list[Part]:
    if agreement is None:
        return []
    known = {option.code for option in ways_between(case)}
    return [
        Part(each.due_on, each.what, each.amount, each.payer, each.payee)
        for each in case.instalments
        if each.agreement == agreement.record_id and f"{each.payer}>{each.payee}" in known
    ]
