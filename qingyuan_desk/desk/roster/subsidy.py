"""以案定补: a quarter's disputes with what is paid for each, the acts on them, the sheet on paper and as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.roster.asking import Asking, Requests
from qingyuan_desk.desk.roster.subsidy_line import LinePanel
from qingyuan_desk.desk.roster.subsidy_model import SubsidyModel
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.desk.widgets.tables import set_up
from qingyuan_desk.domain import money
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.quarters import Quarter
from qingyuan_desk.domain.roster.subsidy import STATES, STEPS, Line, QuarterSheet
from qingyuan_desk.services import subsidy

_WIDTHS = (212, 0, 128, 104, 104, 96, 72)
#: So many quarters back are offered.
_OFFERED = 12
_SHOWN = {"": "全部", "open": "待办", **{code: name for code, name in STATES.items() if code != "pending"}}
#: What an act wants in the note, as the hint says it.
_NOTE_HINT = "说明：未全部履行的理由、退回的原因、发放的凭证号"


class SubsidyView(Asking):
    """One quarter."""

    paper_wanted = Signal(object, object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._requests = Requests()
        self._task: background.Task | None = None
        self._sheet: QuarterSheet | None = None
        self.model = SubsidyModel(self)
        self.line = LinePanel(session)
        self.line.hide()
        self.line.setFixedWidth(theme.px(328))
        self.words = label(role="second", wrap=True, name="roster.subsidy.words")
        self.empty = label("", "second", wrap=True, name="roster.subsidy.empty")
        self.message = label("", "message", wrap=True, name="roster.subsidy.message")
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.empty)
        left.addWidget(self._table(), 1000)
        left.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addLayout(left, 1)
        middle.addWidget(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._choosing())
        column.addWidget(self.words)
        column.addLayout(middle, 1)
        column.addWidget(self.message)
        column.addLayout(self._acting())
        self.setFocusProxy(self.table)
        session.matter_changed.connect(lambda _: self._read() if self.isVisible() else None)

    @property
    def quarter(self) -> Quarter:
        """The quarter in view."""
        return Quarter.read(self.chooser.typed) or Quarter.of(self.office.today())

    def refresh(self) -> None:
        """Read the quarter again."""
        now = Quarter.of(self.office.today())
        if not self.chooser.count():
            offered = [now.shifted(-back) for back in range(_OFFERED)]
            self.chooser.set_options(Option(each.code, each.name, (each.code,)) for each in offered)
            self.chooser.blockSignals(True)
            self.chooser.set_code(now.code)
            self.chooser.blockSignals(False)
        self._read()

    def preview(self) -> None:
        """The declaration on paper."""
        self.paper_wanted.emit(partial(subsidy.sheet_paper, self.office, self.actor, self.quarter.code), None)

    # --- putting together ---

    def _choosing(self) -> QHBoxLayout:
        self.chooser = ChoiceBox("roster.subsidy.quarter", hint="季度")
        self.chooser.setAccessibleName("季度")
        self.chooser.setFixedWidth(theme.px(160))
        self.chooser.chosen.connect(lambda code: self._read() if code else None)
        self.shown = Segments("roster.subsidy.shown", [Option(code, name) for code, name in _SHOWN.items()])
        self.shown.setAccessibleName("只看")
        self.shown.set_code("")
        self.shown.chosen.connect(lambda _: self._fill())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._arrow("earlier", "left", "上一季度（Alt+←）", -1, "Alt+Left"))
        row.addWidget(self.chooser)
        row.addWidget(self._arrow("later", "right", "下一季度（Alt+→）", 1, "Alt+Right"))
        row.addWidget(self.shown)
        row.addStretch(1)
        self._preview = self._button("sheet", "申报表 F8", self.preview, "print")
        self._export = self._button("export", "导出", self._export_sheet, "export")
        row.addWidget(self._preview)
        row.addWidget(self._export)
        return row

    def _arrow(self, name: str, icon: str, tip: str, step: int, keys: str) -> QToolButton:
        def go() -> None:
            quarter = self.quarter.shifted(step)
            self.chooser.set_code(quarter.code)
            if self.chooser.code:
                return
            self.chooser.set_code(self.quarter.code)

        button = QToolButton()
        button.setObjectName(f"roster.subsidy.{name}")
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setIcon(theme.icon(icon))
        button.clicked.connect(lambda _=False: go())
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(keys), self, activated=go, context=within)
        return button

    def _table(self) -> QTableView:
        self.table = QTableView()
        set_up(self.table, "roster.subsidy.table", "以案定补的纠纷")
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(32))
        head = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            if width:
                self.table.setColumnWidth(column, theme.px(width))
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._choose(now))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.table.activated.connect(self._open)
        self.table.hide()
        return self.table

    def _acting(self) -> QHBoxLayout:
        self.note = LineEdit("roster.subsidy.note", hint=_NOTE_HINT)
        self.note.setAccessibleName("说明")
        self.buttons = {
            action: self._button(action, step.name, partial(self._act, action))
            for action, step in STEPS.items()
        }
        self.buttons["declare"].setProperty("role", "primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.note, 1)
        for button in self.buttons.values():
            row.addWidget(button)
        return row

    def _button(self, name: str, text: str, act: Callable[[], None], icon: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"roster.subsidy.{name}")
        if icon:
            button.setIcon(theme.icon(icon))
        button.clicked.connect(lambda _=False: act())
        return button

    # --- reading ---

    def _read(self) -> None:
        if self._task:
            self._task.drop()
        self._task = self.ask(
            subsidy.quarter,
            self.office,
            self.actor,
            self.quarter.code,
            then=self._show,
            failed=self.session.tell,
        )

    def _show(self, sheet: QuarterSheet) -> None:
        self._sheet = sheet
        said = [f"{sheet.name}：可以列入 {len(sheet.lines)} 件，{money.words(sheet.total)}"]
        said += [
            f"{name} {money.words(amount)}"
            for state, name in STATES.items()
            if (amount := sheet.of_state(state))
        ]
        if sheet.left_out:
            said.append(f"另有 {len(sheet.left_out)} 件缺条件或被退回")
        self.words.setText(" · ".join(said))
        self._fill()

    def _fill(self) -> None:
        if self._sheet is None:
            return
        kept = {line.dispute.matter_id for line in self._selected()}
        wanted = self.shown.code
        lines = sorted(
            (*self._sheet.lines, *self._sheet.left_out),
            key=lambda line: (line.dispute.day, line.dispute.number),
        )
        shown = tuple(line for line in lines if _passes(line, wanted))
        self.model.show_lines(shown)
        self.empty.setText(
            f"{self._sheet.name}没有这样的纠纷。调解案件办结、归档以后，自动列到它归档的季度。"
        )
        self.empty.setVisible(not shown)
        self.table.setVisible(bool(shown))
        self.line.setVisible(bool(shown))
        for row, line in enumerate(shown):
            if line.dispute.matter_id in kept:
                self._select(row, QItemSelectionModel.SelectionFlag.Select)
        if shown and not self.table.currentIndex().isValid():
            self._select(0, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._enable()

    def _select(self, row: int, how: QItemSelectionModel.SelectionFlag) -> None:
        flags = how | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self.model.index(row, 0), flags)

    def _selected(self) -> list[Line]:
        rows = self.table.selectionModel().selectedRows()
        return [index.data(Qt.ItemDataRole.UserRole) for index in rows]

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.line.show_line(index.data(Qt.ItemDataRole.UserRole))

    def _open(self, index: QModelIndex) -> None:
        self.session.matter_wanted.emit(index.data(Qt.ItemDataRole.UserRole).dispute.matter_id)

    def _enable(self) -> None:
        """What suits the lines that are selected; the number of them stands on the button."""
        chosen = self._selected()
        rights = {"approve": Right.APPROVE, "return": Right.APPROVE}
        for action, button in self.buttons.items():
            fitting = sum(line.state in STEPS[action].before for line in chosen)
            may = self.may(rights.get(action, Right.ROSTER))
            button.setEnabled(may and fitting > 0)
            button.setText(f"{STEPS[action].name} {fitting}" if fitting > 1 else STEPS[action].name)
            button.setToolTip("可以多选，Ctrl+A 全选" if may else "现在的使用人没有这个权限。")
        self._export.setEnabled(self.actor.may(Right.EXPORT))
        self._preview.setEnabled(self.actor.may(Right.REPORT))

    # --- acting ---

    def _act(self, action: str) -> None:
        chosen = [line for line in self._selected() if line.state in STEPS[action].before]
        matters = tuple(line.dispute.matter_id for line in chosen)
        note = self.note.text()
        service, more = self._service(action, chosen, note)
        asked = (action, self.quarter, matters, note)
        self.ask(
            service,
            self.office,
            self.actor,
            self._requests.of(asked),
            *more,
            then=lambda acted: self._done(asked, acted),
            failed=self._refused,
            busy=self.buttons[action],
        )

    def _service(
        self, action: str, chosen: Sequence[Line], note: str
    ) -> tuple[Callable[..., subsidy.Acted], tuple[Any, ...]]:
        matters = [line.dispute.matter_id for line in chosen]
        if action == "declare":
            excuses = {line.dispute.matter_id: note for line in chosen if note and not line.dispute.performed}
            return subsidy.declare, (self.quarter.code, matters, excuses)
        if action == "approve":
            return subsidy.approve, (matters,)
        return (subsidy.pay if action == "pay" else subsidy.send_back), (matters, note)

    def _done(self, asked: object, acted: subsidy.Acted) -> None:
        self._requests.answered(asked)
        self.note.clear()
        self._say("")
        name = STEPS[acted.action].name
        self.session.say(f"已{name} {acted.disputes} 件，{money.words(acted.amount)}。", "good")
        self._read()

    def _refused(self, error: DeskError) -> None:
        told = (
            [problem.sentence for problem in error.problems]
            if isinstance(error, Refused)
            else [error.sentence]
        )
        more = f" 还有 {len(told) - 2} 件同样办不了。" if len(told) > 2 else ""
        self._say(" ".join(told[:2]) + more)
        if isinstance(error, Refused) and any(problem.field == "note" for problem in error.problems):
            self.note.setFocus()

    def _say(self, text: str) -> None:
        self.message.setText(text)
        theme.mark(self.message, "state", "error" if text else "")

    def _export_sheet(self) -> None:
        path = ask_where(self, "导出申报表", f"以案定补申报表 {self.quarter.name}.xlsx", "电子表格 (*.xlsx)")
        if path is not None:
            self.ask(
                subsidy.export,
                self.office,
                self.actor,
                self.quarter.code,
                path,
                then=lambda _: self.session.say(f"申报表已导出到 {path}", "good"),
                busy=self._export,
            )


def _passes(line: Line, wanted: str) -> bool:
    """ "待办" is what can be declared, and what was returned; lacking ones are among all."""
    if wanted == "open":
        return line.state == "returned" or (line.state == "pending" and line.payable)
    return wanted in ("", line.state)
