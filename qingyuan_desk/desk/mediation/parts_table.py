"""The instalments of an agreement (分期): typed line by line or divided evenly, added up while they are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSpinBox, QToolButton, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import across
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.money_line import MoneyLine
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.domain import money
from qingyuan_desk.domain.clocks import months_after
from qingyuan_desk.domain.mediation.agreeing import MOST_PARTS
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.dividing import evenly
from qingyuan_desk.domain.mediation.forms import Part
from qingyuan_desk.domain.problems import Problem

_HEADS = ("期", "日期", "由谁向谁履行", "金额（元）", "内容")


def ways_between(case: Case) -> list[Option]:
    """Who performs for whom, the respondent for the applicant first: “3>2” → 赵测试 → 王测试."""
    order = sorted(case.parties, key=lambda party: party.side != "respondent")
    return [
        Option(f"{payer.record_id}>{payee.record_id}", f"{payer.name} → {payee.name}")
        for payer in order
        for payee in case.parties
        if payer.record_id != payee.record_id
    ]


class _Row:
    """One instalment's editors."""

    def __init__(self, name: str, today: Callable[[], date], ways: Sequence[Option]) -> None:
        self.number = label(role="second")
        self.day = DayLine(f"{name}.day", today)
        self.way = ChoiceBox(f"{name}.way")
        self.way.set_options(ways)
        self.way.setMinimumWidth(theme.px(110))
        self.amount = MoneyLine(f"{name}.amount", hint="可空")
        self.what = LineEdit(f"{name}.what", hint="可空；没有金额的写明做什么")
        self.what.setMinimumWidth(theme.px(72))
        self.remove = QToolButton()
        self.remove.setIcon(theme.icon("close"))
        self.remove.setToolTip("去掉这一期")
        self.remove.setProperty("aside", True)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """In the order of the heads."""
        return (self.number, self.day, self.way, self.amount, self.what, self.remove)

    def place(self, number: int) -> None:
        """Say which instalment this is."""
        self.number.setText(str(number))
        for editor, head in zip((self.day, self.way, self.amount, self.what), _HEADS[1:], strict=True):
            editor.setAccessibleName(f"第 {number} 期{head}")
        self.remove.setAccessibleName(f"去掉第 {number} 期")

    def load(self, part: Part) -> None:
        """Show an instalment."""
        self.day.set_day(part.due_on)
        self.way.set_code(f"{part.payer}>{part.payee}")
        self.amount.set_fen(part.amount)
        self.what.setText(part.what)

    def part(self) -> Part | None:
        """The instalment; None when its day or its sum cannot be read."""
        day, fen = self.day.day, self.amount.fen
        if day is None or fen is None:
            return None
        payer, _, payee = self.way.code.partition(">")
        return Part(day, self.what.text().strip(), fen, int(payer or 0), int(payee or 0))


class PartsTable(QWidget):
    """Lines of instalments with their sum against the total."""

    changed = Signal()
    rebuilt = Signal()
    """Lines came or went; the order of Tab is another one."""

    def __init__(self, name: str, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._today = today
        self._ways: list[Option] = []
        self._rows: list[_Row] = []
        self._total = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        for column, (head, stretch) in enumerate(zip(_HEADS, (0, 0, 3, 0, 3), strict=True)):
            self._grid.addWidget(label(head, "small"), 0, column)
            self._grid.setColumnStretch(column, stretch)
        self.add_button = button("加一期 Ctrl+=", f"{name}.add", icon="plus")
        self.add_button.clicked.connect(self.add)
        self.number = QSpinBox()
        self.number.setObjectName(f"{name}.number")
        self.number.setAccessibleName("分几期")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setRange(1, MOST_PARTS)
        self.number.setValue(3)
        self.number.setFixedWidth(theme.px(64))
        self.first = DayLine(f"{name}.first", today, hint="首期日期")
        self.first.setAccessibleName("首期日期")
        self.first.setFixedWidth(theme.px(120))
        self.divide_button = button("平均分", f"{name}.divide")
        self.divide_button.clicked.connect(self.divide)
        self.sum = label(role="small", name=f"{name}.sum")
        self._lay_out()
        self._show()

    def show_case(self, case: Case) -> None:
        """Offer the case's parties."""
        self._ways = ways_between(case)
        for row in self._rows:
            row.way.set_options(self._ways)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show other instalments."""
        for row in self._rows:
            for widget in row.widgets:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._rows = []
        for part in parts:
            self._make().load(part)
        self._show()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The instalments that can be read."""
        return tuple(part for row in self._rows if (part := row.part()) is not None)

    def problems(self) -> Iterator[Problem]:
        """Lines that cannot be read."""
        for number, row in enumerate(self._rows, 1):
            if row.day.day is None:
                yield Problem("parts", f"第 {number} 期的日期写作 2024-09-30、9-30 或者 +30。")
            if row.amount.fen is None:
                yield Problem("parts", f"第 {number} 期的金额写作 3500、3,500.50 或者 1.2万。")

    def set_total(self, fen: int) -> None:
        """What the instalments are to add up to."""
        self._total = fen
        self._say_sum()

    def add(self) -> None:
        """One more instalment, a month after the last, of what is still missing."""
        last = self._rows[-1] if self._rows else None
        before = last.day.day if last else None
        row = self._make()
        row.day.set_day(months_after(before, 1) if before else None)
        row.way.set_code(last.way.code if last else self._usual_way())
        row.amount.set_fen(max(0, self._total - self._together()))
        self._show()
        (row.amount if before else row.day).setFocus()
        self.changed.emit()

    def divide(self) -> None:
        """Divide the total evenly over so many months; the first one is due a month from today unless said."""
        commit_composition()
        first = self.first.day or months_after(self._today(), 1)
        self.first.set_day(first)
        way = (self._rows[0].way.code if self._rows else "") or self._usual_way()
        payer, _, payee = way.partition(">")
        self.set_parts(evenly(self._total, self.number.value(), first, int(payer or 0), int(payee or 0)))
        self.changed.emit()

    # --- putting together ---

    def _lay_out(self) -> None:
        foot = across(self.add_button, QWidget(), self.sum, spacing=6, stretch=1)
        dividing = across(
            label("分", "second"),
            self.number,
            label("期，首期", "second"),
            self.first,
            self.divide_button,
            QWidget(),
            spacing=6,
            stretch=5,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._grid)
        column.addLayout(foot)
        column.addLayout(dividing)

    def _usual_way(self) -> str:
        return self._ways[0].code if self._ways else ""

    def _make(self) -> _Row:
        place = len(self._rows) + 1
        row = _Row(f"{self.objectName()}.{place}", self._today, self._ways)
        row.day.setFixedWidth(theme.px(120))
        row.amount.setFixedWidth(theme.px(112))
        for column, widget in enumerate(row.widgets):
            self._grid.addWidget(widget, place, column)
        for signal in (row.day.changed, row.amount.changed, row.way.chosen, row.what.textChanged):
            signal.connect(lambda *_: self._edited())
        row.remove.clicked.connect(lambda: self._remove(row))
        self._rows.append(row)
        return row

    def _remove(self, row: _Row) -> None:
        parts = [each for each in self._rows if each is not row]
        kept = [(each.day.text(), each.way.code, each.amount.text(), each.what.text()) for each in parts]
        self.set_parts(())
        for day, way, amount, what in kept:
            made = self._make()
            made.day.setText(day)
            made.way.set_code(way)
            made.amount.setText(amount)
            made.what.setText(what)
        self._show()
        self.changed.emit()

    def _edited(self) -> None:
        self._say_sum()
        self.changed.emit()

    def _show(self) -> None:
        for column in range(len(_HEADS)):
            item = self._grid.itemAtPosition(0, column)
            if item is not None:
                item.widget().setVisible(bool(self._rows))
        for number, row in enumerate(self._rows, 1):
            row.place(number)
        self._say_sum()
        self.rebuilt.emit()

    def _together(self) -> int:
        return sum(row.amount.fen or 0 for row in self._rows)

    def _say_sum(self) -> None:
        together, total = self._together(), self._total
        if not self._rows:
            said, tone = "", ""
        elif together == total:
            said, tone = f"合计 {money.words(together)}，与总额一致", "green"
        else:
            off = "还差" if together < total else "多出"
            said, tone = f"合计 {money.words(together)}，{off} {money.words(abs(total - together))}", "amber"
        self.sum.setText(said)
        theme.mark(self.sum, "tone", tone)
