"""A small table edited like a sheet: text typed into cells, codes chosen from a list, rows added and taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import Elided, label, plain_tooltip
from qingyuan_desk.desk.widgets.tables import NOWHERE, Index, set_up
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.text import clean_line


@dataclass(frozen=True)
class Cell:
    """A column. width 0: the room that is left. names: codes with their words, for columns that are chosen from.

    fixed: it says which row this is and cannot be edited.
    """

    key: str
    title: str
    width: int
    names: Mapping[str, str] = field(default_factory=dict)
    fixed: bool = False


class _Model(QAbstractTableModel):
    edited = Signal()

    def __init__(self, parent: QWidget, columns: Sequence[Cell]) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[dict[str, str]] = []
        self.may = False
        self.wrong: dict[tuple[int, str], str] = {}

    def show_rows(self, rows: Iterable[dict[str, str]]) -> None:
        self.beginResetModel()
        self.rows, self.wrong = list(rows), {}
        self.endResetModel()

    def add(self) -> None:
        place = len(self.rows)
        self.beginInsertRows(QModelIndex(), place, place)
        self.rows.append({cell.key: next(iter(cell.names), "") for cell in self.columns})
        self.endInsertRows()
        self.edited.emit()

    def remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.rows[row]
        self.endRemoveRows()
        self.edited.emit()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        may = self.may and not self.columns[index.column()].fixed
        return usual | Qt.ItemFlag.ItemIsEditable if may else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.columns[index.column()]
        value = self.rows[index.row()].get(cell.key, "")
        wrong = self.wrong.get((index.row(), cell.key))
        if role == Qt.ItemDataRole.EditRole:
            return value
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.names.get(value, value)
        if role == Qt.ItemDataRole.ForegroundRole and wrong:
            return theme.color("red")
        if role == Qt.ItemDataRole.ToolTipRole and wrong:
            return plain_tooltip(wrong)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        said = clean_line(str(value))
        row, key = self.rows[index.row()], self.columns[index.column()].key
        if role != Qt.ItemDataRole.EditRole or row.get(key, "") == said:
            return False
        row[key] = said
        self.wrong.pop((index.row(), key), None)
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True


class _Chooser(QStyledItemDelegate):
    """Cells chosen from a list get a list; the others a line."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        names = index.model().columns[index.column()].names
        if not names:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        for code, name in names.items():
            box.addItem(name, code)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractTableModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)


class TableEditor(QWidget):
    """Rows of one of the office's tables. changed: whether anything was edited since it was shown."""

    def __init__(self, name: str, title: str, about: str, columns: Sequence[Cell]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.changed = False
        self.model = _Model(self, columns)
        self.model.edited.connect(self._edited)
        self.table = QTableView()
        set_up(self.table, f"{name}.table", title)
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self._chooser = _Chooser(self)
        self.table.setItemDelegate(self._chooser)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(34))
        head = self.table.horizontalHeader()
        for place, cell in enumerate(columns):
            if cell.width:
                self.table.setColumnWidth(place, theme.px(cell.width))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.add_button = QPushButton("加一行")
        self.add_button.setObjectName(f"{name}.add")
        self.add_button.clicked.connect(lambda _=False: self._add())
        self.remove_button = QPushButton("删去这一行")
        self.remove_button.setObjectName(f"{name}.remove")
        self.remove_button.clicked.connect(lambda _=False: self._remove())
        head_line = QHBoxLayout()
        head_line.setSpacing(8)
        head_line.addWidget(label(title, "section"))
        head_line.addWidget(Elided(about, "small"), 1)
        head_line.addWidget(self.add_button)
        head_line.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head_line)
        column.addWidget(self.table, 1)

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show rows (dataclasses) as they are kept."""
        self.model.show_rows([{key: str(value) for key, value in asdict(row).items()} for row in rows])
        self.changed = False

    def set_may(self, may: bool) -> None:
        """Whether it can be edited."""
        self.model.may = may
        self.add_button.setEnabled(may)
        self.remove_button.setEnabled(may)

    def cells(self) -> list[dict[str, str]]:
        """The rows as they stand."""
        return [dict(row) for row in self.model.rows]

    def tell(self, problems: Iterable[Problem]) -> None:
        """Mark cells: a problem's field is the row (its number from 1, or the code in its first column) and the column."""
        codes = {row.get(self.model.columns[0].key, ""): place for place, row in enumerate(self.model.rows)}
        for problem in problems:
            where, _, key = problem.field.partition(".")
            known = codes.get(where)
            row = known if known is not None else int(where) - 1 if where.isdecimal() else -1
            self.model.wrong[(row, key)] = problem.sentence
        self.model.layoutChanged.emit()

    def _edited(self) -> None:
        self.changed = True

    def _add(self) -> None:
        self.model.add()
        self.table.setFocus()
        self.table.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 0))

    def _remove(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            self.model.remove(row)
