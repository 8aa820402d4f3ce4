"""Records under heads, a row each: what the lists of this page have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.desk.widgets.parts import nothing
from qingyuan_desk.desk.widgets.tables import HeadedModel, Index, set_up


@dataclass(frozen=True)
class Column:
    """A column of a list. width 0 takes the room that is left. tone: colour of the words, "" plain."""

    head: str
    width: int
    words: Callable[[Any], str]
    tone: Callable[[Any], str] = lambda _: ""
    right: bool = False


class RowList(QWidget):
    """A table of records, or a sentence where there are none."""

    chosen = Signal(object)
    """The record now in view; None when there is none."""
    activated = Signal(object)

    def __init__(
        self, name: str, spoken: str, columns: Sequence[Column], empty: str, *, row: int = 34
    ) -> None:
        """row: height of a row."""
        super().__init__()
        self.model = _Rows(self, columns)
        self.table = QTableView()
        set_up(self.table, name, spoken)
        self.table.setModel(self.model)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(row))
        head = self.table.horizontalHeader()
        for place, column in enumerate(columns):
            if column.width:
                self.table.setColumnWidth(place, theme.px(column.width))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self._empty = nothing(empty, f"{name}.empty")
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.addWidget(self._empty)
        column_.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self.chosen.emit(self._at(now)))
        self.table.activated.connect(lambda index: self.activated.emit(self._at(index)))

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Other records; nothing is chosen."""
        self.model.show_rows(rows)
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))

    def choose(self, fits: Callable[[Any], bool]) -> None:
        """Mark the first record that fits."""
        place = next((at for at, row in enumerate(self.model.rows) if fits(row)), -1)
        if place >= 0:
            self.table.setCurrentIndex(self.model.index(place, 0))

    @property
    def current(self) -> Any:
        """The record in view, or None."""
        return self._at(self.table.currentIndex())

    def _at(self, index: Index) -> Any:
        return self.model.rows[index.row()] if index.isValid() else None


class _Rows(HeadedModel):
    def __init__(self, parent: QWidget, columns: Sequence[Column]) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: Sequence[Any] = ()
        self.heads = [column.head for column in columns]
        self.right = [place for place, column in enumerate(columns) if column.right]

    @property
    def rows(self) -> Sequence[Any]:
        return self._rows

    def show_rows(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(column.words(row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = column.tone(row)
            return theme.color(tone) if tone else None
        return None
