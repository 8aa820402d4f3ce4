"""履行: what is to be performed, and registering that it was, with a receipt (收条) at one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import across
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.record_table import Column, Line, RecordTable
from qingyuan_desk.desk.widgets.day_line import EXAMPLE as DAY_EXAMPLE
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.day_line import in_words as weekday
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.money_line import EXAMPLE as MONEY_EXAMPLE
from qingyuan_desk.desk.widgets.money_line import MoneyLine
from qingyuan_desk.desk.widgets.parts import Fields, Panel, button, message_line
from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.acts import ACTS, hindrance
from qingyuan_desk.domain.mediation.case import Case, Instalment
from qingyuan_desk.domain.mediation.forms import Perform
from qingyuan_desk.domain.mediation.wording import standing
from qingyuan_desk.domain.problems import Problem

_COLUMNS = (
    Column("期", 40, right=True),
    Column("应当日期", 104),
    Column("由谁向谁履行", 168),
    Column("内容"),
    Column("约定", 88, right=True),
    Column("已付", 88, right=True),
    Column("情况", 128),
)
_TONES = {"paid": "green", "partly": "amber", "late": "red", "today": "amber", "due": ""}


class Instalments(QWidget):
    """A list and a form that is filled in already: one key registers, and prints the receipt."""

    receipt_wanted = Signal(int)
    """Print the receipt of this instalment."""

    def __init__(self, act: Act, today: Callable[[], date]) -> None:
        super().__init__()
        self._act, self._today = act, today
        self._case: Case | None = None
        self._shown: tuple[Instalment, str] | None = None
        self.table = RecordTable("mediation.instalments", "分期履行", _COLUMNS)
        self.table.marked.connect(lambda _: self._fill())
        self.head = label("", "section", wrap=True, name="mediation.instalment.head")
        self.on = DayLine("mediation.instalment.on", today)
        self.amount = MoneyLine("mediation.instalment.amount")
        self.proof = LineEdit("mediation.instalment.proof", hint="例如 银行转账，回单号 0930")
        self.reason = LineEdit("mediation.instalment.reason", hint="例如 看错了，回单是 500 元")
        self.message = message_line("mediation.instalment.message")
        fields = {
            "on": Field("履行日期", self.on, label_width=72),
            "amount": Field("一共付了", self.amount, label_width=72),
            "proof": Field("凭证", self.proof, label_width=72),
            "reason": Field("改正原因", self.reason, label_width=72),
        }
        self._day_field, self._amount_field = fields["on"], fields["amount"]
        self._reason_field = fields["reason"]
        self._righting = False
        self.fields = Fields(fields, self.message)
        self.both_button = button("登记并打印收条 F6", "mediation.instalment.both", role="primary")
        self.both_button.clicked.connect(lambda: self.register(receipt=True))
        self.save_button = button("只登记 F9", "mediation.instalment.save")
        self.save_button.clicked.connect(lambda: self.register(receipt=False))
        self.print_button = button("打印收条 F8", "mediation.instalment.print", icon="print")
        self.print_button.clicked.connect(self.print_receipt)
        self.wrong_button = button("登记错了", "mediation.instalment.wrong", role="link")
        self.wrong_button.setToolTip("登记多了，或者根本没有付：写明原因，改成实际付的数")
        self.wrong_button.clicked.connect(self.put_right)
        self.on.changed.connect(lambda: self._day_field.hint(weekday(self.on.day)))
        self.amount.changed.connect(self._say_amount)
        self._total = label("", "second", name="mediation.instalments.total")
        self._lay_out(tuple(fields.values()))

    def show_case(self, case: Case) -> None:
        """Show what is to be performed; the first that is not yet, marked."""
        other = self._case is None or self._case.matter_id != case.matter_id
        self._case = case
        schedule, today = case.schedule, self._today()
        lines = [_line(case, part, today) for part in schedule]
        current = self._part()
        done = current is None or (current.paid_on is not None and current.paid >= current.amount)
        waiting = next((each.record_id for each in schedule if not _done(each)), 0)
        self.table.show_lines(lines, waiting if other or done else 0)
        paid, whole = sum(each.paid for each in schedule), sum(each.amount for each in schedule)
        self._total.setText(f"已付 {money.words(paid)}，共 {money.words(whole)}" if whole else "")
        self.table.empty = _why_empty(case)
        self._fill()

    def register(self, *, receipt: bool) -> None:
        """Register what was performed; receipt: and print it."""
        part = self._part()
        if part is None or not (self.both_button.isEnabled() or self._righting):
            return
        commit_composition()
        unread = []
        if self._righting and not self.reason.text().strip():
            unread.append(Problem("reason", "请写明原来为什么登记错了。"))
        if self.on.day is None:
            unread.append(Problem("on", DAY_EXAMPLE))
        if self.amount.fen is None:
            unread.append(Problem("amount", MONEY_EXAMPLE))
        if unread:
            self.fields.tell(unread)
            return
        form = Perform(
            instalment=part.record_id,
            on=self.on.day or self._today(),
            amount=self.amount.fen or 0,
            proof=self.proof.text().strip(),
            reason=self.reason.text().strip() if self._righting else "",
        )

        def done(_: object) -> None:
            self._righting = False
            if receipt and part.amount:
                self.receipt_wanted.emit(part.record_id)

        self._act(form, then=done, at=self.fields, busy=self.both_button)

    def put_right(self) -> None:
        """What was registered was not so: say what was paid, and why it is put right."""
        self._righting = True
        self._arrange()
        self.amount.selectAll()
        (self.amount if self.amount.isVisible() else self.reason).setFocus()

    def print_receipt(self) -> None:
        """Print the receipt of the marked instalment once more."""
        part = self._part()
        if part is not None and part.paid:
            self.receipt_wanted.emit(part.record_id)

    def focus(self) -> None:
        """Go to the form."""
        self.amount.setFocus()
        self.amount.selectAll()

    def _lay_out(self, fields: tuple[Field, ...]) -> None:
        left, right = Panel(), Panel()
        left.column.addWidget(self.table, 1)
        left.column.addWidget(self._total)
        right.column.addWidget(self.head)
        right.column.addSpacing(theme.px(4))
        for field in fields:
            right.column.addWidget(field)
        right.column.addWidget(self.message)
        right.column.addWidget(self.both_button)
        right.column.addLayout(across(self.save_button, self.print_button, self.wrong_button, stretch=0))
        right.column.addStretch(1)
        right.setFixedWidth(theme.px(340))
        self._right = right
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(left, 1)
        whole.addWidget(right)
        self._enter = EnterGoesOn(self)
        for editor in (self.on, self.amount, self.proof, self.reason):
            editor.installEventFilter(self._enter)

    def _part(self) -> Instalment | None:
        schedule = self._case.schedule if self._case else ()
        return next((each for each in schedule if each.record_id == self.table.record_id), None)

    def _fill(self) -> None:
        """The form, filled in as if all of it was performed today."""
        part = self._part()
        self._right.setVisible(part is not None)
        if part is None or self._case is None or (part, self._case.node) == self._shown:
            return
        self._shown = (part, self._case.node)
        self._righting = False
        self.fields.tell(())
        done = _done(part)
        self.head.setText(f"第 {part.position} 期　{_between(self._case, part)}")
        self.on.set_day(part.paid_on if done else self._today())
        self.amount.set_fen(part.paid if done else part.amount)
        self.amount.setVisible(bool(part.amount))
        self._amount_field.setVisible(bool(part.amount))
        self.proof.setText(part.proof if done else "")
        self.reason.clear()
        self._arrange()

    def _arrange(self) -> None:
        """What can be done with the marked instalment: registered, put right, printed."""
        part = self._part()
        if part is None or self._case is None:
            return
        may = not hindrance(self._case, ACTS["instalment"])
        open_ = may and not _done(part) and not self._righting
        self.both_button.setText("登记并打印收条 F6" if part.amount else "登记已经做到 F6")
        self.save_button.setText("改正 F9" if self._righting else "只登记 F9")
        for each in (self.on, self.amount, self.proof):
            each.setEnabled(open_ or self._righting)
        for each in (self.both_button, self.save_button):
            each.setEnabled(open_ or (self._righting and each is self.save_button))
        self.save_button.setVisible(self._righting or (open_ and bool(part.amount)))
        self.both_button.setVisible(open_)
        self.print_button.setVisible(bool(part.paid) and not self._righting)
        self.wrong_button.setVisible(may and part.paid_on is not None and not self._righting)
        self._reason_field.setVisible(self._righting)

    def _say_amount(self) -> None:
        part, fen = self._part(), self.amount.fen
        if part is None or not fen or not part.amount:
            self._amount_field.hint("")
            return
        left = part.amount - fen
        self._amount_field.hint(f"还欠 {money.words(left)}" if left > 0 else money.in_full(fen))


def _done(part: Instalment) -> bool:
    return part.paid_on is not None and part.paid >= part.amount


def _between(case: Case, part: Instalment) -> str:
    names = [each.name for each in (case.party(part.payer), case.party(part.payee)) if each]
    return " → ".join(names)


def _line(case: Case, part: Instalment, today: date) -> Line:
    state, words = standing(part, today)
    texts = (
        str(part.position),
        part.due_on.isoformat(),
        _between(case, part),
        part.what,
        money.words(part.amount).removesuffix("元") if part.amount else "",
        money.words(part.paid).removesuffix("元") if part.paid else "",
        words,
    )
    return Line(part.record_id, texts, _TONES[state])


def _why_empty(case: Case) -> str:
    if case.agreement is None:
        return "协议生效以后，这里按期登记履行。"
    return "协议已经当场履行，没有分期。" if case.agreement.at_once else "协议没有列出分期。"
