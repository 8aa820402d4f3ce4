"""The roster itself: cards or table, narrowed and searched, suggestions for a dispute, terms near their end, sheets in and out."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.roster.asking import Asking
from qingyuan_desk.desk.roster.card import Wall
from qingyuan_desk.desk.roster.model import RosterModel
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.roster.cards import MediatorCard, RosterFilter, Suggested
from qingyuan_desk.domain.roster.mediators import STATUSES
from qingyuan_desk.services import roster, roster_sheets

_PAUSE = 120
_SHEETS = "电子表格 (*.xlsx *.csv)"
#: States of a term that want a renewal.
_EXPIRING = ("ending", "ended")
#: Widths of the table's columns; 0 takes the room that is left.
_WIDTHS = (88, 164, 0, 104, 56, 56, 68, 68, 148, 196, 56)


class People(Asking):
    """Everybody who mediates, and who suits a dispute."""

    opened = Signal(object)
    """The MediatorCard of an entry that was chosen."""
    wanted = Signal()
    """A new entry is to be made."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.model = RosterModel(self)
        self._task: background.Task | None = None
        self._chosen = ""
        self._ending = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._read)
        self._count = Elided(role="second")
        self._count.setObjectName("roster.count")
        self.actions = self._actions()
        middle = QVBoxLayout(self)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(8)
        middle.addLayout(self._filters())
        middle.addLayout(self._second_line())
        middle.addWidget(self._lists(), 1)
        self.setFocusProxy(self._search)
        session.roster_changed.connect(self._later.start)
        session.matter_changed.connect(lambda _: self._later.start() if self.isVisible() else None)

    def refresh(self) -> None:
        """Read again, with what the one who is working now may do."""
        may = self.actor.may(Right.ROSTER)
        for button in (self._new, self._import):
            button.setEnabled(may and self.office.read_only is None)
        self._export.setEnabled(self.actor.may(Right.EXPORT))
        self._read()

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self._stack.currentWidget().setFocus()

    # --- putting together ---

    def _filters(self) -> QHBoxLayout:
        reference = self.office.reference
        self._search = LineEdit("roster.search", hint="姓名、拼音、村、身份、擅长")
        self._search.setAccessibleName("在名册里找")
        self._search.setClearButtonEnabled(True)
        self._search.textEdited.connect(lambda _: self._later.start())
        self._township = ChoiceBox("roster.filter_township", hint="全部乡镇")
        self._township.setAccessibleName("按乡镇")
        self._township.set_options(
            Option(each.code, each.name, (*each.letters, *each.aliases)) for each in reference.townships
        )
        self._skill = ChoiceBox("roster.filter_skill", hint="全部擅长")
        self._skill.setAccessibleName("按擅长")
        self._skill.set_options(Option(each.code, each.name) for each in reference.dispute_types)
        self._status = Segments(
            "roster.filter_status", [Option(code, word) for code, word in STATUSES.items()]
        )
        self._status.setAccessibleName("按状态")
        for choice in (self._township, self._skill, self._status):
            choice.chosen.connect(lambda _: self._read())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._search, 3)
        row.addWidget(self._township, 2)
        row.addWidget(self._skill, 2)
        row.addWidget(self._status)
        return row

    def _second_line(self) -> QHBoxLayout:
        self._view = Segments("roster.view", [Option("cards", "卡片"), Option("table", "表格")])
        self._view.setAccessibleName("显示方式")
        self._view.set_code("cards")
        self._view.chosen.connect(self._change_view)
        self._dispute = LineEdit("roster.suggest", hint="事项编号或来访文号，Enter 推荐人选")
        self._dispute.setAccessibleName("给哪件事项推荐人选")
        self._dispute.setClearButtonEnabled(True)
        self._dispute.returnPressed.connect(self._read)
        self._dispute.textChanged.connect(lambda text: None if text else self._read())
        self._expiring = QPushButton()
        self._expiring.setObjectName("roster.expiring")
        self._expiring.setCheckable(True)
        self._expiring.setProperty("role", "chip")
        self._expiring.setToolTip("任期九十天内届满，或者已经届满：请在“任期培训”里续聘。")
        self._expiring.clicked.connect(self._show_ending)
        self._expiring.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._view)
        row.addWidget(self._count, 1)
        row.addWidget(self._expiring)
        row.addWidget(self._dispute, 2)
        return row

    def _actions(self) -> QWidget:
        """What is done with the roster as a whole; the page has it beside its rooms."""
        self._new = self._button("roster.new", "新增", "plus", self.wanted.emit)
        self._import = self._button("roster.import", "导入", "import", self._import_sheet)
        self._export = self._button("roster.export", "导出", "export", self._export_sheet)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self._new, self._import, self._export):
            row.addWidget(button)
        return holder

    def _button(self, name: str, text: str, icon: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setIcon(theme.icon(icon))
        button.clicked.connect(lambda _=False: act())
        return button

    def _lists(self) -> QStackedWidget:
        self._cards = Wall()
        self._cards.setObjectName("roster.cards")
        self._cards.setAccessibleName("调解员卡片")
        self._table = QTableView()
        self._table.setObjectName("roster.table")
        self._table.setAccessibleName("调解员表格")
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setShowGrid(False)
        self._table.setWordWrap(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(theme.px(32))
        for view in (self._cards, self._table):
            view.setModel(self.model)
            view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            view.activated.connect(self._open)
            view.clicked.connect(self._open)
        head = self._table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            if width:
                self._table.setColumnWidth(column, theme.px(width))
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        stack = QStackedWidget()
        stack.addWidget(self._cards)
        stack.addWidget(self._table)
        self._stack = stack
        return stack

    # --- reading ---

    def _read(self) -> None:
        """Ask for the roster as filtered, or for suggestions when a matter is named."""
        if self._task:
            self._task.drop()
        number = self._dispute.text().strip()
        if number:
            self._task = self.ask(roster.suggest, self.office, self.actor, number, then=self._show_suggested)
            return
        wanted = RosterFilter(
            self._search.text().strip(), self._township.code, self._skill.code, self._status.code
        )
        self._task = self.ask(roster.mediators, self.office, self.actor, wanted, then=self._show)

    def _show(self, found: tuple[MediatorCard, ...]) -> None:
        ending = [each for each in found if each.mediator.status == "active" and each.term_state in _EXPIRING]
        self._expiring.setText(f"任期届满提醒 {len(ending)}")
        self._expiring.setVisible(bool(ending))
        self._ending = self._ending and bool(ending)
        self._expiring.setChecked(self._ending)
        if self._ending:
            found = tuple(sorted(ending, key=lambda each: each.mediator.term_start))
        self.model.show_cards(found)
        away = sum(each.mediator.status != "active" for each in found)
        self._say_count(f"共 {len(found)} 人" + (f"，其中 {away} 人停用或解聘" if away else ""), len(found))

    def _show_ending(self, chosen: bool) -> None:
        self._ending = chosen
        self._read()

    def _show_suggested(self, found: tuple[Suggested, ...]) -> None:
        self.model.show_suggested(found)
        against = sum(bool(each.conflicts) for each in found)
        note = f"，另有 {against} 人暂不宜（原因见 ⚠）" if against else ""
        self._say_count(f"推荐 {len(found) - against} 人{note}" if found else "没有合适的人选", len(found))

    def _say_count(self, text: str, found: int) -> None:
        self._count.say(text if found else f"{text}。换个条件再找，或点“新增”。")
        row = self.model.row_of(self._chosen)
        if row >= 0:
            for view in (self._cards, self._table):
                view.setCurrentIndex(self.model.index(row, 0))

    def _change_view(self, code: str) -> None:
        self._view.set_code(code or ("table" if self._stack.currentWidget() is self._cards else "cards"))
        self._stack.setCurrentWidget(self._table if self._view.code == "table" else self._cards)

    # --- one entry ---

    def choose(self, code: str) -> None:
        """Mark an entry as the one in view; "" for none."""
        self._chosen = code

    @property
    def chosen(self) -> str:
        """The code of the entry in view."""
        return self._chosen

    def _open(self, index: QModelIndex) -> None:
        row: Suggested = index.data(Qt.ItemDataRole.UserRole)
        self._chosen = row.card.code
        self.opened.emit(row.card)

    # --- sheets ---

    def _export_sheet(self) -> None:
        path = ask_where(self, "导出名册", "乡贤名册.xlsx", _SHEETS)
        if path is not None:
            self.ask(
                roster_sheets.export_sheet,
                self.office,
                self.actor,
                path,
                then=lambda _: self.session.say(f"名册已导出到 {path}", "good"),
                busy=self._export,
            )

    def _import_sheet(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "导入名册", "", _SHEETS)
        if path:
            self.ask(
                roster_sheets.import_sheet,
                self.office,
                self.actor,
                uuid.uuid4().hex,
                Path(path),
                then=self._imported,
                busy=self._import,
            )

    def _imported(self, report: roster_sheets.RosterReport) -> None:
        self.session.roster_changed.emit()
        told = " ".join([report.summary, *report.told, *report.notes[:2]])
        self.session.say(told, "warn" if report.count("refused") else "good")
