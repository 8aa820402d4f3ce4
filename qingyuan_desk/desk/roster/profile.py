"""One mediator at the right of the page: the entry, results, level, terms and training, call-outs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabWidget, QToolButton, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.roster.calls import CallsTab
from qingyuan_desk.desk.roster.entry import Entry
from qingyuan_desk.desk.roster.records_tab import RecordsTab
from qingyuan_desk.desk.roster.results_tab import LevelTab, ResultsTab
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.roster.cards import MediatorCard
from qingyuan_desk.services import roster_records

_TABS = ("资料", "成绩", "等级", "任期培训", "随叫")


class Profile(QFrame):
    """The drawer. What its tabs write is told by session.roster_changed, and the profile is read again."""

    closed = Signal()
    saved = Signal(str)
    """The code of the entry that was written."""
    paper_wanted = Signal(object, object)
    """A function that makes a paper, and one that logs its print (or None)."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session = session
        self._task: background.Task | None = None
        self._card: MediatorCard | None = None
        self.is_open = False
        self.entry = Entry(session)
        self.results = ResultsTab(session)
        self.level = LevelTab(session)
        self.records = RecordsTab(session)
        self.calls = CallsTab(session)
        self._title = label(role="section", name="roster.entry_title")
        self._about = label(role="small", wrap=True, name="roster.entry_about")
        self.tabs = QTabWidget()
        self.tabs.setObjectName("roster.tabs")
        parts = (self.entry, self.results, self.level, self.records, self.calls)
        for name, part in zip(_TABS, parts, strict=True):
            self.tabs.addTab(part, name)
        self._lay_out()
        self.entry.saved.connect(self.saved.emit)
        self.records.saved.connect(self.saved.emit)
        self.records.paper_wanted.connect(self.paper_wanted.emit)
        self.calls.paper_wanted.connect(self.paper_wanted.emit)
        session.matter_changed.connect(lambda _: self._read() if self.isVisible() else None)

    def open(self, card: MediatorCard, *, stay: bool = False) -> None:
        """Show a mediator. stay: on the tab in view, because only something of it changed."""
        self.is_open, self._card = True, card
        self._title.setText(card.name)
        self._about.setText(
            " · ".join(filter(None, (card.code, card.term, card.status, card.leave, card.why)))
        )
        for place in range(1, self.tabs.count()):
            self.tabs.setTabEnabled(place, True)
        self.entry.edit(card)
        self.records.open(card)
        self.calls.open(card)
        if not stay and self.tabs.currentIndex() < 0:
            self.tabs.setCurrentIndex(0)
        self._read()

    def add(self) -> None:
        """A new entry: there is nothing else to show of it yet."""
        self.is_open, self._card = True, None
        self._title.setText("新增调解员")
        self._about.setText("保存后自动编号；聘期三年（《人民调解法》第九条）。")
        self.tabs.setCurrentIndex(0)
        for place in range(1, self.tabs.count()):
            self.tabs.setTabEnabled(place, False)
        self.entry.add()

    def save(self) -> None:
        """Write what the tab in view is for."""
        if self.tabs.currentWidget() is self.entry:
            self.entry.save()
        elif self.tabs.currentWidget() is self.calls:
            self.calls.form.send()

    def shut(self) -> None:
        """Put the drawer away."""
        self.is_open = False
        self.hide()

    def _lay_out(self) -> None:
        close = QToolButton()
        close.setObjectName("roster.close")
        close.setAccessibleName("关闭")
        close.setToolTip("关闭（Esc）")
        close.setIcon(theme.icon("close"))
        close.clicked.connect(self.closed.emit)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._about)
        column.addWidget(self.tabs, 1)

    def _read(self) -> None:
        if self._card is None:
            return
        if self._task:
            self._task.drop()
        session = self._session
        self._task = background.ask(
            self,
            roster_records.profile,
            session.office,
            session.actor,
            self._card.code,
            then=self._show,
            failed=session.tell,
        )

    def _show(self, profile: roster_records.Profile) -> None:
        self.results.show_profile(profile)
        self.level.show_profile(profile)
        self.records.show_profile(profile)
