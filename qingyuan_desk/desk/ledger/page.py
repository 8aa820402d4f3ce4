"""The ledger (台账): one list for everything, narrowed by filters, read as far as one scrolls."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.ledger import filters
from qingyuan_desk.desk.ledger.model import LedgerModel
from qingyuan_desk.desk.ledger.preview import Preview
from qingyuan_desk.desk.ledger.table import LedgerTable
from qingyuan_desk.desk.ledger.views import ViewPanel
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.domain.matter import LedgerFilter, Today
from qingyuan_desk.services import ledger
from qingyuan_desk.services.office import Office

if TYPE_CHECKING:
    from qingyuan_desk.desk.ledger.paper import LedgerPaper

#: Counting stops here and says so.
_CAP = 10_000
#: Changes that come one upon another are read again once (milliseconds).
_SETTLE = 150


class LedgerPage(Page):
    """Filters above, views at the left, the list, and a preview at the right."""

    code = "ledger"
    title = "台账"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.model = LedgerModel(session, self)
        self.table = LedgerTable(session, self.model)
        self.filters = filters.FilterLine(session.office.today)
        self.views = ViewPanel()
        self.preview = Preview(session)
        self.count = label(role="second", name="ledger.count")
        self.export_button = QPushButton(self.tr("导出表格"))
        self.export_button.setObjectName("ledger.export")
        self.export_button.clicked.connect(self._export)
        self.print_button = QPushButton(self.tr("打印台账"))
        self.print_button.setObjectName("ledger.print")
        self.print_button.clicked.connect(self.show_paper)
        self.paper: LedgerPaper | None = None
        self._nothing = Nothing()
        self._counting: background.Task | None = None
        self._kept_choice = 0
        self._unspelled = True
        self._stale = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._read_again)
        self._lay_out()
        self._listen()
        self._restyle()
        self._read_options()
        self._read_views()
        self._show_filter()

    def shown(self) -> None:
        """Read again what changed while another page was in front."""
        self._read_today()
        if self._stale:
            self._stale = False
            self._read_again()
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        self.preview.setFixedWidth(min(theme.px(360), self.width() * 3 // 10))

    def show_filter(self, wanted: LedgerFilter) -> None:
        """List what a filter lets through: where a number of another page leads."""
        self.filters.choose(wanted)

    # --- putting together ---

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self._stack, 1)
        across.addWidget(self.preview)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(label(self.tr("Enter 打开　空格 预览　Ctrl+C 复制"), "small"))
        foot.addWidget(self.print_button)
        foot.addWidget(self.export_button)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.filters)
        right.addLayout(across, 1)
        right.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 10)
        whole.setSpacing(12)
        whole.addWidget(self.views)
        whole.addLayout(right, 1)

    def _listen(self) -> None:
        session = self.session
        self.filters.changed.connect(self._show_filter)
        self.filters.search.left.connect(self._to_table)
        self.views.chosen.connect(self.filters.choose)
        self.views.save_asked.connect(self._save_view)
        self.views.drop_asked.connect(self._drop_view)
        self.model.came.connect(self._came)
        self.model.failed.connect(self._failed)
        self.table.opened.connect(session.matter_wanted.emit)
        self.table.preview_asked.connect(lambda: self._preview(self.preview.isHidden()))
        self.table.left.connect(lambda: self._preview(False))
        self.table.current_changed.connect(self._follow)
        self.preview.closed.connect(lambda: self._preview(False))
        self.preview.opened.connect(session.matter_wanted.emit)
        session.matter_changed.connect(lambda _: self._settle.start())
        session.actor_changed.connect(self._new_actor)
        session.settings_changed.connect(self._read_options)
        session.look_changed.connect(self._restyle)
        find = QShortcut(QKeySequence.StandardKey.Find, self, activated=self.filters.search.setFocus)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._enable_export()

    def _restyle(self) -> None:
        """Take over colours and size of type in force."""
        for each, icon in ((self.print_button, "print"), (self.export_button, "export")):
            each.setIcon(theme.icon(icon))
            each.setIconSize(QSize(theme.px(16), theme.px(16)))
        for part in (self.filters, self.views, self.preview):
            part.restyle()
        self._share_width()

    # --- what is listed ---

    def _show_filter(self) -> None:
        """List what the filters let through; the row in hand stays in hand if it is among it."""
        wanted = self.filters.filter
        if self.paper is not None and self._stack.currentWidget() is self.paper:
            self.paper.offer(wanted)
        self.views.show_filter(wanted)
        current = self.table.current
        self._kept_choice = current.matter_id if current else self._kept_choice
        self.model.show(wanted)
        self.count.setText("")
        self._count()

    def _came(self) -> None:
        rows = self.model.rows
        if self._unspelled:
            self._spell_options()
        if self._stack.currentWidget() is self.paper:
            return
        if not rows and self.model.complete:
            self._say_nothing()
            return
        self._stack.setCurrentWidget(self.table)
        if rows and self.table.current is None:
            self.table.choose(max(0, self.model.row_of(self._kept_choice)))
        self._follow()

    def _say_nothing(self) -> None:
        if self.model.wanted == LedgerFilter():
            self._nothing.say(
                self.tr("还没有登记过来访。"),
                self.tr("登记第一位来访人 F2"),
                lambda: self.session.page_wanted.emit("intake"),
            )
        else:
            self._nothing.say(
                self.tr("没有符合这些条件的事项。少选一个条件，或者换个说法。"),
                self.tr("清除条件"),
                self.filters.clear_button.click,
            )
        self._stack.setCurrentWidget(self._nothing)
        self.preview.hide()

    def _failed(self, error: DeskError) -> None:
        self.count.setText("")
        self._nothing.say(error.sentence, self.tr("重试"), self._show_filter)
        self._stack.setCurrentWidget(self._nothing)

    def _read_again(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self.model.refresh()
        self._count()
        self._read_today()

    def _count(self) -> None:
        """How many there are, asked apart from the rows: counting everything takes longer than listing a page."""
        if self._counting:
            self._counting.drop()
        wanted = self.model.wanted
        self._counting = self.ask(
            _counted, self.office, self.actor, wanted, then=self._show_count, failed=lambda _: None
        )

    def _show_count(self, counted: tuple[int, int]) -> None:
        total, void = counted
        said = self.tr("{n}+ 件").format(n=f"{_CAP:,}") if total >= _CAP else f"共 {total:,} 件"
        self.count.setText(f"{said}，其中作废 {void:,} 件" if void and total < _CAP else said)

    def _new_actor(self) -> None:
        self.model.clear()
        self._stack.setCurrentWidget(self.table)
        self._preview(False)
        self._enable_export()
        self._read_views()
        self._show_filter()

    def _enable_export(self) -> None:
        may = self.actor.may(Right.EXPORT)
        self.export_button.setEnabled(may)
        tip = self.tr("把列表里的事项导出为表格，姓名打码，密件不导出")
        self.export_button.setToolTip(tip if may else self.tr("这个账号没有导出的权限"))
        prints = self.actor.may(Right.PRINT)
        self.print_button.setEnabled(prints)
        tip = self.tr("把列表里的事项印成案件跟踪台账，姓名打码，密件不印")
        self.print_button.setToolTip(tip if prints else self.tr("这个账号没有打印的权限"))

    # --- the row in hand ---

    def _to_table(self) -> None:
        self.table.setFocus()

    def _preview(self, wanted: bool) -> None:
        self.preview.setVisible(wanted)
        if wanted:
            self.preview.show_row(self.table.current)
        self.table.setFocus()

    def _follow(self) -> None:
        if not self.preview.isHidden():
            self.preview.show_row(self.table.current)

    # --- views ---

    def _read_options(self) -> None:
        self.filters.offer(filters.options(self.office.reference))
        self._unspelled = True

    def _spell_options(self) -> None:
        """Finding entries by pinyin may come a moment later than the list."""
        self._unspelled = False
        self.ask(filters.spelled, self.office.reference, then=self.filters.offer)

    def _read_views(self) -> None:
        self.ask(ledger.views, self.office, self.actor, then=self.views.show_own)

    def _read_today(self) -> None:
        self.ask(ledger.today, self.office, self.actor, then=self._show_today)

    def _show_today(self, today: Today) -> None:
        self.views.show_ringing(today.due + today.overdue)

    def _save_view(self, name: str) -> None:
        def kept(_: object) -> None:
            self.views.saved()
            self._read_views()

        self.ask(ledger.save_view, self.office, self.actor, name, self.filters.filter, then=kept)

    def _drop_view(self, name: str) -> None:
        wanted = next(its for its_name, its in self.views.own if its_name == name)

        def dropped(_: object) -> None:
            self._read_views()
            self.session.say(self.tr("视图“{name}”已删除。").format(name=name), "info", "撤回", put_back)

        def put_back() -> None:
            self.ask(
                ledger.save_view,
                self.office,
                self.actor,
                name,
                wanted,
                then=lambda _: self._read_views(),
            )

        self.ask(ledger.drop_view, self.office, self.actor, name, then=dropped)

    # --- on paper, as a spreadsheet ---

    def show_paper(self) -> None:
        """Show what the filters let through as it would be printed, in place of the list."""
        from qingyuan_desk.desk.ledger.paper import LedgerPaper

        if self.paper is None:
            self.paper = LedgerPaper(self.session)
            self.paper.closed.connect(self._leave_paper)
            self._stack.addWidget(self.paper)
        self.preview.hide()
        self.paper.offer(self.filters.filter)
        self._stack.setCurrentWidget(self.paper)
        self.paper.print_button.setFocus()

    def _leave_paper(self) -> None:
        self._stack.setCurrentWidget(self.table)
        self._came()
        self.table.setFocus()

    def _export(self) -> None:
        offered = f"台账 {self.office.today().isoformat()}.xlsx"
        kinds = self.tr("Excel 表格 (*.xlsx);;CSV 表格 (*.csv)")
        path = ask_where(self, self.tr("导出台账"), offered, kinds)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write what the filters let through to a file, in the background."""
        self.session.say(self.tr("正在导出……"))
        self.ask(
            ledger.export,
            self.office,
            self.actor,
            self.filters.filter,
            path,
            then=lambda n: self.session.say(
                self.tr("已导出 {n} 件到 {path}（姓名已打码，密件不导出）。").format(n=n, path=path), "good"
            ),
            busy=self.export_button,
        )


def _counted(office: Office, actor: Actor, wanted: LedgerFilter) -> tuple[int, int]:
    """How many matters, and how many of them void."""
    total = ledger.count(office, actor, wanted, _CAP)
    if wanted.state or total >= _CAP:
        return total, 0
    return total, ledger.count(office, actor, replace(wanted, state="void"), _CAP)


class Nothing(QFrame):
    """In place of an empty list: why it is empty, and what to do."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._sign = label()
        self.sentence = label(role="second", wrap=True, name="ledger.nothing")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = QPushButton()
        self._button.setObjectName("ledger.nothing_act")
        self._act: object = None
        self._button.clicked.connect(lambda: callable(self._act) and self._act())
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        size = QSize(theme.px(40), theme.px(40))
        self._sign.setPixmap(theme.icon("ledger", "line").pixmap(size))
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, sentence: str, action: str, act: object) -> None:
        """Show a sentence and the way on."""
        self.sentence.setText(sentence)
        self._button.setText(action)
        self._act = act
