"""Lists of the page: one model for all of them, and a table that opens what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.desk.widgets.tables import HeadedModel, Index, set_up

_Line = TypeVar("_Line")
#: The least width of the column that takes what is left.
_LEAST = 180

#: The colour of a cell: of a line and column a name of theme.color, or "".
Tone = Callable[[_Line, int], str]


class Lines(HeadedModel, Generic[_Line]):
    """Lines as cells of text. The whole text of a cell is its tooltip."""

    def __init__(
        self,
        parent: QObject,
        heads: Sequence[str],
        cells: Callable[[_Line], tuple[str, ...]],
        *,
        right: Collection[int] = (),
        tone: Tone[_Line] = lambda line, column: "",
    ) -> None:
        super().__init__(parent)
        self.heads, self.right = heads, right
        self._cells, self._tone = cells, tone
        self._lines: tuple[_Line, ...] = ()

    @property
    def rows(self) -> tuple[_Line, ...]:
        """The lines."""
        return self._lines

    def show_lines(self, lines: Sequence[_Line]) -> None:
        """Other lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(line)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._cells(line)[column])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = self._tone(line, column)
            return theme.color(tone) if tone else None
        return None


class Listing(QTableView):
    """A table of such lines. Enter and a double click open one; looking at another tells `looked`."""

    opened = Signal(object)
    looked = Signal(object)
    """The line in view, or None."""

    def __init__(
        self,
        name: str,
        spoken: str,
        model: Lines[_Line],
        widths: Sequence[int],
        go_first: Sequence[int] = (),
    ) -> None:
        """widths: of the columns; 0 takes what is left. go_first: columns that are hidden where there is no room (large type)."""
        super().__init__()
        set_up(self, name, spoken)
        self.setModel(model)
        self._lines, self._widths, self._go_first = model, widths, go_first
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.restyle()
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(Qt.ItemDataRole.UserRole)))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.looked.emit(self._line(now)))

    @property
    def line(self) -> object:
        """The line in view; None when there is none."""
        return self._line(self.currentIndex())

    def show_lines(
        self, lines: Sequence[object], kept: Callable[[object], object] = lambda line: line
    ) -> None:
        """Other lines; the line in view stays in view where it is still there (kept: what tells lines apart)."""
        before, place = self.line, 0
        if before is not None:
            place = next((row for row, line in enumerate(lines) if kept(line) == kept(before)), 0)
        chosen = self.selectionModel()
        chosen.blockSignals(True)
        self._lines.show_lines(lines)  # type: ignore[arg-type]
        chosen.blockSignals(False)
        if lines:
            self.selectRow(place)
        self.looked.emit(self.line)

    def restyle(self) -> None:
        """Take over the size of type in force."""
        self.verticalHeader().setDefaultSectionSize(theme.px(32))
        for column, width in enumerate(self._widths):
            if width:
                self.setColumnWidth(column, theme.px(width))
            else:
                self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line is not None:
            self.opened.emit(self.line)
        else:
            super().keyPressEvent(event)

    def _make_room(self) -> None:
        """Hide columns, the least needed first, until the one that takes what is left can be read."""
        room = self.viewport().width() - sum(map(theme.px, self._widths))
        for column in self._go_first:
            hidden = room < theme.px(_LEAST)
            self.setColumnHidden(column, hidden)
            if hidden:
                room += theme.px(self._widths[column])

    @staticmethod
    def _line(index: QModelIndex) -> object:
        return index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
