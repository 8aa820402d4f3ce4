"""The open cases of a mediator in a table: which, how far, what comes next, for how long, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets import tables
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.mediation.acts import ACTS
from qingyuan_desk.domain.mediation.caseload import CaseLine
from qingyuan_desk.domain.mediation.following import NEXT

#: From so many days before its end a limit is shown as due soon.
_SOON = 3
_NUMBER, _CASE, _NODE, _NEXT, _DAYS, _LIMIT = range(6)


class CaseModel(tables.HeadedModel):
    """One row a case; those nobody has begun with stand first."""

    heads = ("编号", "纠纷", "到哪一步", "下一步", "天数", "期限")
    right = (_DAYS,)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[CaseLine] = ()
        self._today = date.min

    @property
    def rows(self) -> Sequence[CaseLine]:
        return self._rows

    def show_rows(self, rows: Sequence[CaseLine], today: date) -> None:
        """List these."""
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda row: row.begun)
        self._today = today
        self.endResetModel()

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._hue(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            about = (row.ref.title, row.dossier, "、".join(row.mediators))
            return plain_tooltip("　".join(filter(None, about)))
        return self._cells(row)[index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def _cells(self, row: CaseLine) -> tuple[str, ...]:
        first = next(iter(NEXT.get(row.node if row.begun else "", ())), "")
        return (
            row.ref.number,
            row.ref.title,
            node_name("mediation", row.node) if row.begun else "待登记申请",
            ACTS[first].name if first else "",
            f"{(self._today - row.opened_on).days + 1}",
            self._limit(row),
        )

    def _limit(self, row: CaseLine) -> str:
        if row.alarm_on is None:
            return ""
        left = (row.alarm_on - self._today).days
        return f"还有 {left} 天" if left > 0 else "今天到期" if left == 0 else f"已超 {-left} 天"

    def _hue(self, row: CaseLine, column: int) -> object:
        if column == _LIMIT and row.alarm_on is not None:
            left = (row.alarm_on - self._today).days
            return theme.color("red" if left < 0 else "amber" if left <= _SOON else "second")
        if column == _NODE:
            return theme.color("mediation" if row.begun else "amber")
        return theme.color("second") if column in (_NUMBER, _NEXT, _DAYS) else None


class CaseTable(QTableView):
    """Enter or a double click opens."""

    opened = Signal(object)
    """A CaseLine."""

    def __init__(self) -> None:
        super().__init__()
        self.cases = CaseModel()
        tables.set_up(self, "mediation.cases", "我的案件")
        self.setProperty("role", "plain")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setModel(self.cases)
        self.doubleClicked.connect(self._open)

    def show_rows(self, rows: Sequence[CaseLine], today: date) -> None:
        """List these; the one the keyboard was on keeps it."""
        at = self.currentIndex()
        kept = self.cases.rows[at.row()].ref.matter_id if at.isValid() else 0
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.cases.show_rows(rows, today)
        places = [row.ref.matter_id for row in self.cases.rows]
        if places:
            self.setCurrentIndex(self.cases.index(places.index(kept) if kept in places else 0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widths = {_NUMBER: 156, _NODE: 114, _NEXT: 134, _DAYS: 54, _LIMIT: 94}
        for column, width in widths.items():
            self.setColumnWidth(column, theme.px(width))
        left = self.viewport().width() - sum(theme.px(width) for width in widths.values())
        self.setColumnHidden(_NEXT, left < theme.px(190))
        if self.isColumnHidden(_NEXT):
            left += theme.px(widths[_NEXT])
        self.setColumnWidth(_CASE, left)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.cases.rows[index.row()])
