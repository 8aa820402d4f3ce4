"""版本: every version of the duty list, what each changed, and the way to the next one: out as a sheet, edited, in again."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.duties.publishing import PublishForm
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Panel, button
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.desk.widgets.tables import HeadedModel, Index, set_up
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.duties import Difference
from qingyuan_desk.services import duties
from qingyuan_desk.services.duties import STATES, VersionView

_KINDS = {"added": ("新增", "green"), "removed": ("取消", "red"), "changed": ("改动", "amber")}
_TONES = {"now": "green", "ahead": "amber", "past": "second", "withdrawn": "red"}
_SHEETS = "表格 (*.xlsx *.csv)"


class VersionsModel(HeadedModel):
    """Versions, the newest first."""

    heads = ("版本", "名称", "施行", "至", "事项", "状态")
    right = (4,)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._versions: tuple[VersionView, ...] = ()

    @property
    def rows(self) -> tuple[VersionView, ...]:
        """The versions."""
        return self._versions

    def show_versions(self, versions: tuple[VersionView, ...]) -> None:
        """Other versions."""
        self.beginResetModel()
        self._versions = versions
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        view = self._versions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            until = view.valid_until.isoformat() if view.valid_until else "—"
            return (
                view.version.version,
                view.version.name,
                view.version.valid_from,
                until,
                str(view.lines),
                STATES[view.state],
            )[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 5:
            return theme.color(_TONES[view.state])
        return None


class VersionsView(QWidget):
    """The versions at the left with what one changed below; publishing the next one at the right."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.model = VersionsModel(self)
        self.table = QTableView()
        set_up(self.table, "duties.versions", "职责清单的各个版本")
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(32))
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 88), (2, 104), (3, 104), (4, 56), (5, 76)):
            self.table.setColumnWidth(column, theme.px(width))
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.about = label(role="second", wrap=True, name="duties.version.about")
        self.differences = QListWidget()
        self.differences.setObjectName("duties.differences")
        self.differences.setAccessibleName("改了什么")
        self.differences.setWordWrap(True)
        self.differences.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form = PublishForm(page)
        self.form.published.connect(self._published)
        self.form.read.connect(lambda found: self._show_differences("改好的表格与上一版比较：", found))
        self._lay_out()
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Read the versions again."""
        self._page.ask(duties.versions, self._page.office, then=self._show)
        self.form.refresh()

    @property
    def chosen(self) -> VersionView | None:
        """The version chosen."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _lay_out(self) -> None:
        export = button("导出这一版……", "duties.export", icon="export")
        export.clicked.connect(lambda _=False: self._export())
        self._reason = LineEdit("duties.withdraw.reason")
        self._reason.setPlaceholderText("撤回理由")
        self._reason.setAccessibleName("撤回理由")
        self._withdraw_button = button("撤回最后一版", "duties.withdraw")
        self._withdraw_button.clicked.connect(lambda _=False: self._withdraw())
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(export)
        acts.addStretch(1)
        acts.addWidget(self._reason)
        acts.addWidget(self._withdraw_button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.table, 2)
        left.addLayout(acts)
        changes = Panel("改了什么")
        changes.column.addWidget(self.about)
        changes.column.addWidget(self.differences, 1)
        left.addWidget(changes, 3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 3)
        row.addWidget(self.form, 2)

    def _show(self, versions: tuple[VersionView, ...]) -> None:
        row = max(0, self.table.currentIndex().row())
        self.model.show_versions(versions)
        self.table.selectRow(min(row, len(versions) - 1))
        may = self._page.actor.may(Right.SETTINGS) and self._page.office.read_only is None
        valid = [each for each in versions if each.state != "withdrawn"]
        for each in (self._withdraw_button, self._reason):
            each.setEnabled(may and len(valid) > 1)

    def _choose(self, current: QModelIndex) -> None:
        rows = self.model.rows
        if not 0 <= current.row() < len(rows):
            return
        view = rows[current.row()]
        before = next((each for each in rows[current.row() + 1 :] if each.state != "withdrawn"), None)
        if before is None:
            self._show_differences("这是第一版。", ())
            return
        withdrawn = f"（已撤回：{view.version.withdrawn}）" if view.version.withdrawn else ""
        said = f"{view.version.version}版{withdrawn}与 {before.version.version}版比较："
        self._page.ask(
            duties.compare,
            self._page.office,
            before.version.version,
            view.version.version,
            then=lambda found: self._show_differences(said, found),
        )

    def _show_differences(self, said: str, found: tuple[Difference, ...]) -> None:
        counts = "，".join(
            f"{name} {number} 项"
            for kind, (name, _) in _KINDS.items()
            if (number := sum(each.kind == kind for each in found))
        )
        self.about.setText(said + (counts or ("没有不同。" if said.endswith("：") else "")))
        self.differences.clear()
        for each in found:
            name, hue = _KINDS[each.kind]
            item = QListWidgetItem("　".join((f"{name}　{each.name}", *each.what)))
            item.setForeground(theme.color(hue if each.kind != "changed" else "ink"))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.differences.addItem(item)

    def _export(self) -> None:
        view, page = self.chosen, self._page
        if view is None:
            return
        code = view.version.version
        path = ask_where(self, "导出职责清单", f"职责清单{code}.xlsx", _SHEETS)
        if path is not None:
            page.ask(
                duties.export,
                page.office,
                page.actor,
                path,
                code,
                then=lambda lines: page.session.say(f"{code}版 {lines} 项已导出到 {path}。", "good"),
            )

    def _withdraw(self) -> None:
        page = self._page
        last = next(each for each in self.model.rows if each.state != "withdrawn")
        page.ask(
            duties.withdraw,
            page.office,
            page.actor,
            uuid.uuid4().hex,
            last.version.version,
            self._reason.text(),
            then=lambda _: self._withdrawn(last.version.version),
            busy=self._withdraw_button,
        )

    def _withdrawn(self, code: str) -> None:
        self._reason.clear()
        self._page.session.say(f"{code}版已撤回，前一版恢复施行。", "good")
        self.refresh()

    def _published(self, code: str) -> None:
        self._page.session.say(f"职责清单 {code}版已公布。以前的事项仍按当时的版本。", "good")
        self.table.selectRow(0)
        self.refresh()
