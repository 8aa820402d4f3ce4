"""A table of numbers as tall as its rows: a number with a list behind it has the colour of a link; a click or Enter opens it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.reports.band_header import BAND, BandHeader
from qingyuan_desk.desk.reports.sheet import Cell, Sheet
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.desk.widgets.tables import NOWHERE, HeadedModel, Index, set_up

_ROW, _LEAST, _NAME, _LONGEST, _ROOM = 28, 44, 132, 240, 26
#: Heads of tables with bands are broken into lines of so many characters.
_BROKEN = 3
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SheetModel(HeadedModel):
    """The cells of a sheet."""

    def __init__(self, sheet: Sheet, *, links: bool) -> None:
        super().__init__()
        self.sheet, self._links = sheet, links
        self.heads = sheet.heads
        self.right = frozenset(range(1, len(sheet.heads))) - sheet.words

    @property
    def rows(self) -> Sequence[tuple[Cell, ...]]:
        return self.sheet.rows

    def cell(self, index: Index) -> Cell:
        """What stands in a place."""
        return self.sheet.rows[index.row()][index.column()]

    def leads(self, index: Index) -> bool:
        """Whether there is a list behind it that may be seen."""
        return self._links and index.isValid() and self.cell(index).behind is not None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.cell(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            plain = "second" if cell.text in ("0", "—") else "ink"
            return theme.color(cell.tone or ("accent" if self.leads(index) else plain))
        if role == Qt.ItemDataRole.FontRole:
            return theme.font(bold=index.row() in self.sheet.strong)
        if role == Qt.ItemDataRole.ToolTipRole:
            head = "".join(self.heads[index.column()].split())
            told = (
                f"{self.sheet.rows[index.row()][0].text}，{head} {cell.text}" if index.column() else cell.text
            )
            return plain_tooltip(f"{told}。{'点开看背后的清单。' if self.leads(index) else ''}")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.ToolTipRole and orientation is Qt.Orientation.Horizontal:
            bands = self.sheet.bands
            return plain_tooltip(
                (f"{bands[section]} · " if bands and bands[section] else "") + self.heads[section]
            )
        if self.sheet.bands and role == Qt.ItemDataRole.TextAlignmentRole:
            side = self.alignment(section) & Qt.AlignmentFlag.AlignHorizontal_Mask
            return side | Qt.AlignmentFlag.AlignBottom
        found = super().headerData(section, orientation, role)
        if self.sheet.bands and role == Qt.ItemDataRole.DisplayRole and isinstance(found, str):
            return "\n".join(found[place : place + _BROKEN] for place in range(0, len(found), _BROKEN))
        return found

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.sheet.rows)


class SheetView(QTableView):
    """One sheet."""

    opened = Signal(object)
    """The Behind of a number that was pressed."""

    def __init__(self, sheet: Sheet, *, links: bool) -> None:
        super().__init__()
        self._model = SheetModel(sheet, links=links)
        if sheet.bands:
            self.setHorizontalHeader(BandHeader(sheet.bands, self))
        self.setModel(self._model)
        set_up(self, f"reports.sheet.{sheet.key}", sheet.title)
        self.setProperty("role", "plain")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self._size_columns(sheet)

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        return self._model.sheet

    def open(self, row: int, column: int) -> None:
        """Press a number."""
        index = self._model.index(row, column)
        if self._model.leads(index):
            self.opened.emit(self._model.cell(index).behind)

    def _size_columns(self, sheet: Sheet) -> None:
        metrics, head = QFontMetrics(theme.font(bold=True)), self.horizontalHeader()
        lines = 1
        for column in range(len(sheet.heads)):
            shown = str(self._model.headerData(column, Qt.Orientation.Horizontal)).split("\n")
            lines = max(lines, len(shown))
            texts = [*shown, *(row[column].text for row in sheet.rows)]
            widest = max(metrics.horizontalAdvance(text) for text in texts) + theme.px(_ROOM)
            self.setColumnWidth(column, max(theme.px(_LEAST), min(widest, theme.px(220))))
        self.setColumnWidth(0, min(max(theme.px(_NAME), self.columnWidth(0)), theme.px(_LONGEST)))
        over = theme.px(BAND) if sheet.bands else 0
        head.setFixedHeight(over + lines * head.fontMetrics().height() + theme.px(14))
        head.setMinimumSectionSize(theme.px(32))
        if not sheet.bands:
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._least = sum(self.columnWidth(column) for column in range(len(sheet.heads)))
        self.setMinimumWidth(self._least)
        self.setFixedHeight(head.height() + len(sheet.rows) * theme.px(_ROW) + 4)

    def sizeHint(self) -> QSize:
        return QSize(self._least, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPEN and self.currentIndex().isValid():
            self.open(self.currentIndex().row(), self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.open(index.row(), index.column())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._model.leads(self.indexAt(event.position().toPoint()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the table."""
        event.ignore()
