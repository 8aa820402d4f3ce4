"""The window: rail at the left, head with title, notice and search, the page, the status line."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.notice import NoticeLine
from qingyuan_desk.desk.widgets.rail import Place, Rail
from qingyuan_desk.desk.widgets.search_box import SearchBox
from qingyuan_desk.desk.widgets.status import StatusLine
from qingyuan_desk.domain.accounts import ROLES
from qingyuan_desk.domain.matter import Today
from qingyuan_desk.services import ledger, upkeep

#: The pages in the order of the rail; each lives in the folder of its code, as class IntakePage, LedgerPage …
PLACES = (
    Place("today", "今日"),
    Place("intake", "登记"),
    Place("ledger", "台账"),
    Place("matter", "事项"),
    Place("consult", "咨询"),
    Place("mediation", "调解"),
    Place("roster", "乡贤"),
    Place("duties", "职责"),
    Place("reports", "统计"),
    Place("imports", "导入"),
    Place("settings", "设置", last=True),
)
#: The design size; smaller screens get scroll bars inside the pages.
_SIZE = (1366, 720)
_MINUTE = 60_000


class Window(QMainWindow):
    """One window of the desk."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._pages: dict[str, Page] = {}
        self._current = ""
        self.setWindowTitle(self._title())
        self.setWindowIcon(QIcon(str(theme.RESOURCES / "icons" / "desk.svg")))
        self.rail = Rail(PLACES)
        self.notice = NoticeLine()
        self.search = SearchBox(session)
        self.status = StatusLine()
        self._heading = label(role="title", name="window.title")
        self._stack = QStackedWidget()
        self._lay_out()
        self._listen()
        self.restore_size()
        self.show_page("intake")
        self._refresh_status()
        self._say_what_data()

    def page(self, code: str) -> Page:
        """A page, made when it is first wanted."""
        if code not in self._pages:
            module = import_module(f"qingyuan_desk.desk.{code}.page")
            made: Page = getattr(module, f"{code.title()}Page")(self.session)
            self._pages[code] = made
            self._stack.addWidget(made)
        return self._pages[code]

    @property
    def current(self) -> Page:
        """The page in front."""
        return self._pages[self._current]

    def show_page(self, code: str) -> None:
        """Bring a page to the front."""
        page = self.page(code)
        self._current = code
        self.rail.show_current(code)
        self._heading.setText(page.title)
        self._stack.setCurrentWidget(page)
        page.shown()

    def open_matter(self, number_or_id: object) -> None:
        """Show one matter on its page."""
        page = self.page("matter")
        page.open(number_or_id)  # type: ignore[attr-defined]
        self.show_page("matter")

    def open_handling(self, number_or_id: object, step: str = "") -> None:
        """Show the steps of one matter; step: with the form of this one."""
        page = self.page("matter")
        page.open(number_or_id, step)  # type: ignore[attr-defined]
        self.show_page("matter")

    def open_case(self, number_or_id: object) -> None:
        """Show one mediation case on its page."""
        page = self.page("mediation")
        page.open(number_or_id)  # type: ignore[attr-defined]
        self.show_page("mediation")

    def open_ledger(self, wanted: object) -> None:
        """Show the ledger narrowed to a LedgerFilter."""
        page = self.page("ledger")
        page.show_filter(wanted)  # type: ignore[attr-defined]
        self.show_page("ledger")

    def register_again(self, number: object) -> None:
        """Register a further visit of a matter (同一事项再次来访)."""
        page = self.page("intake")
        self.show_page("intake")
        page.start_again(number)  # type: ignore[attr-defined]

    def restore_size(self) -> None:
        """The size of last time, on a screen that is there."""
        self.resize(*_SIZE)
        kept = self.session.preferences.value("window/geometry")
        if kept is not None:
            self.restoreGeometry(kept)
        screen = self.screen() or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        if not room.intersects(self.frameGeometry()):
            self.move(room.topLeft())
        self.resize(self.size().boundedTo(room.size()))

    def closeEvent(self, event: QCloseEvent) -> None:
        for page in self._pages.values():
            page.leaving()
        background.wait_for_all()
        self.session.preferences.setValue("window/geometry", self.saveGeometry())
        super().closeEvent(event)

    # --- putting together ---

    def _lay_out(self) -> None:
        head = QFrame()
        head.setObjectName("window.head")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(self._heading)
        row.addWidget(self.notice, 1)
        self.search.setFixedWidth(theme.px(340))
        row.addWidget(self.search)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addWidget(middle, 1)
        self.setCentralWidget(whole)

    def _listen(self) -> None:
        session = self.session
        self.rail.wanted.connect(self.show_page)
        self.search.opened.connect(self.open_matter)
        session.noticed.connect(self.notice.show_notice)
        session.matter_wanted.connect(self.open_matter)
        session.case_wanted.connect(self.open_case)
        session.handling_wanted.connect(self.open_handling)
        session.visit_wanted.connect(self.register_again)
        session.ledger_wanted.connect(self.open_ledger)
        session.page_wanted.connect(self.show_page)
        session.kept.connect(self.status.show_kept)
        session.look_changed.connect(self.rail.restyle)
        for changed in (session.matter_changed, session.actor_changed, session.settings_changed):
            changed.connect(lambda *_: self._refresh_status())
        for keys, act in (
            ("Ctrl+K", self._to_search),
            ("F3", self._to_search),
            ("F2", lambda: (self.show_page("intake"), self.page("intake").start_new())),  # type: ignore[attr-defined]
        ):
            QShortcut(QKeySequence(keys), self, activated=act)
        self._every_minute = QTimer(self)
        self._every_minute.timeout.connect(self._refresh_status)
        self._every_minute.start(_MINUTE)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # --- the status line ---

    def _refresh_status(self) -> None:
        session = self.session
        self.status.show_who(session.actor.name, ROLES.get(session.actor.role, session.actor.role))
        background.ask(
            self, ledger.today, session.office, session.actor, then=self._show_today, failed=session.tell
        )
        background.ask(self, upkeep.last_backup, session.office, then=self._show_backup, failed=session.tell)

    def _show_today(self, today: Today) -> None:
        self.status.show_today(today)
        self.rail.show_due("today", today.todo)

    def _show_backup(self, last: datetime | None) -> None:
        now = self.session.office.now()
        stale = last is None or now - last > upkeep.STALE_AFTER
        self.status.show_backup(last, now, stale)

    def backed_up(self, report: upkeep.BackupReport | None) -> None:
        """The day's backup was made (None: there was one already)."""
        if report is not None:
            self._show_backup(report.at)

    def _say_what_data(self) -> None:
        office = self.session.office
        if office.read_only is not None:
            self.status.show_folder("只读查询", "red")
            self.session.say(office.read_only.sentence, "warn")
        elif office.training:
            self.status.show_folder("演练数据，不是正式登记", "amber")

    def _title(self) -> str:
        office = self.session.office
        name = f"清苑解纷台 — {office.reference.setting('office_name')}"
        return f"【演练】{name}" if office.training else name
