"""查职责: a line to search in, what it found at the left, one of it in full at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.duties.detail import Detail
from qingyuan_desk.desk.duties.hits import Hit, HitsModel
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.tables import set_up
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.duties import Found
from qingyuan_desk.domain.duty_facts import DutyFacts, Link
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.services import duties
from qingyuan_desk.services.duties import STATES, VersionView

#: A pause in typing, in milliseconds, after which is searched.
_PAUSE = 120
_HINT = "事项、群众的说法、单位、乡镇，拼音首字母也行"


class LookUp(QWidget):
    """Enter opens the first hit; a name in the detail opens what it names."""

    paper_wanted = Signal(object)
    """A Link to print."""
    contacts_wanted = Signal(str)
    """The township whose contacts are to be filled in."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._task: background.Task | None = None
        self._enter_waits = False
        self.search = LineEdit("duties.search")
        self.search.setPlaceholderText(_HINT)
        self.search.setAccessibleName("查职责清单")
        self.search.textChanged.connect(lambda _: self._pause.start(_PAUSE))
        self.search.returnPressed.connect(self._open_first)
        self.version = ChoiceBox("duties.version")
        self.version.setAccessibleName("职责清单的版本")
        self.version.chosen.connect(lambda _: self._find())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._find)
        self.model = HitsModel(self)
        self.table = QTableView()
        set_up(self.table, "duties.hits", "查到的事项、单位和乡镇")
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(32))
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, theme.px(52))
        self.table.setColumnWidth(2, theme.px(176))
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.count = label(role="small", name="duties.count")
        self.detail = Detail()
        self.detail.wanted.connect(self._open)
        self.detail.paper_wanted.connect(self.print_shown)
        self.detail.contacts_button.clicked.connect(lambda _=False: self._fill_contacts())
        self._lay_out()
        self.setFocusProxy(self.search)

    def refresh(self) -> None:
        """Read the versions and what is shown again."""
        self._page.ask(duties.versions, self._page.office, then=self._show_versions)

    def print_shown(self) -> None:
        """The paper of what is in view."""
        if self.detail.facts is not None:
            self.paper_wanted.emit(Link(self.detail.facts.kind, self.detail.facts.code))

    @property
    def version_code(self) -> str:
        """The version looked at."""
        return self.version.code

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        self.version.setFixedWidth(theme.px(168))
        top.addWidget(self.version)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(top)
        left.addWidget(self.table, 1)
        left.addWidget(self.count)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 9)
        row.addWidget(self.detail, 11)

    def _show_versions(self, versions: tuple[VersionView, ...]) -> None:
        kept = self.version.code
        self.version.blockSignals(True)
        self.version.set_options(
            Option(each.version.version, f"{each.version.version} 版　{STATES[each.state]}")
            for each in versions
            if each.state != "withdrawn"
        )
        now = next(each.version.version for each in versions if each.state == "now")
        self.version.set_code(kept or now)
        self.version.blockSignals(False)
        self._find()

    def _find(self) -> None:
        if self._task:
            self._task.drop()
        page = self._page
        self._task = page.ask(
            duties.search, page.office, page.actor, self.search.text(), self.version.code, then=self._show
        )

    def _show(self, answer: tuple[Reference, Found]) -> None:
        shown = self.detail.facts
        self.model.show_found(*answer)
        hits = self.model.rows
        self.count.setText(
            f"查到 {len(hits)} 条" if hits else "没有查到。换一个说法，或者只写单位、乡镇的一两个字。"
        )
        if self._enter_waits and hits:
            self.table.selectRow(0)
            self.table.setFocus()
        elif shown is not None:
            self._open(Link(shown.kind, shown.code))
        self._enter_waits = False

    def _open_first(self) -> None:
        """The first hit of what is typed now: what stands in the list may belong to what was typed before."""
        self._pause.stop()
        self._enter_waits = True
        self._find()

    def _choose(self, index: QModelIndex) -> None:
        hit = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Hit):
            self._open(hit.link)

    def _open(self, link: Link) -> None:
        page = self._page
        page.ask(
            duties.facts,
            page.office,
            page.actor,
            link.kind,
            link.code,
            self.version.code,
            then=self._show_facts,
            failed=lambda error: self.detail.clear(error.sentence),
        )

    def _show_facts(self, facts: DutyFacts) -> None:
        may = self._page.actor.may(Right.SETTINGS) and self._page.office.read_only is None
        self.detail.show_facts(facts, may_edit=may)

    def _fill_contacts(self) -> None:
        if self.detail.facts is not None:
            self.contacts_wanted.emit(self.detail.facts.code)
