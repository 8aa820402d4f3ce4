"""The ledger's table: keys, what is copied, which columns there is room for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.ledger.model import (
    CLOCK,
    DAY,
    FLOW,
    HEADS,
    MATTER,
    NODE,
    NUMBER,
    UNIT,
    VISITOR,
    VISITS,
    LedgerModel,
)
from qingyuan_desk.desk.ledger.painting import RowPainter
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.tables import set_up
from qingyuan_desk.domain.matter import LedgerRow

_WIDTHS = {NUMBER: 160, DAY: 98, VISITOR: 76, FLOW: 62, NODE: 116, UNIT: 132, CLOCK: 152, VISITS: 40}
#: The matter's own column; below this, columns go in the order of _GO_FIRST.
_LEAST, _GO_FIRST = 190, (UNIT, NODE, VISITS, DAY, CLOCK, FLOW)
#: More rows are read when fewer than so many are left below.
_AHEAD = 30
_CALCULATES = tuple("=+-@＝＋－＠")


class LedgerTable(QTableView):
    """Rows only; Enter opens, space previews, Ctrl+C copies what is shown."""

    opened = Signal(int)
    """The matter id of the row that was chosen."""
    preview_asked = Signal()
    left = Signal()
    """Esc."""
    current_changed = Signal()

    def __init__(self, session: Session, model: LedgerModel) -> None:
        super().__init__()
        self._model = model
        model.undisturbed = self.in_place
        self._painter = RowPainter(session)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        set_up(self, "ledger.table", "台账")
        self.horizontalHeader().setSectionResizeMode(MATTER, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.rows[index.row()].matter_id))
        self.verticalScrollBar().valueChanged.connect(self._read_ahead)
        session.look_changed.connect(self.restyle)
        self.restyle()

    @property
    def current(self) -> LedgerRow | None:
        """The row the keys act on."""
        place = self.currentIndex().row()
        return self._model.rows[place] if 0 <= place < len(self._model.rows) else None

    def choose(self, place: int) -> None:
        """Make a row the current and only selected one."""
        self.selectionModel().setCurrentIndex(
            self._model.index(place, 0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )

    def copy(self) -> None:
        """What the selected rows show, for a spreadsheet or a message; no cell of it can calculate."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        shown = [column for column in range(len(HEADS)) if not self.isColumnHidden(column)]
        lines = [
            "\t".join(_harmless(str(self._model.index(row, column).data())) for column in shown)
            for row in rows
        ]
        if lines:
            QApplication.clipboard().setText("\n".join(lines))

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """What happens to the rows inside leaves the row at the top where it is; at the very top new rows appear."""
        bar, top = self.verticalScrollBar(), self.rowAt(0)
        scrolled = bar.value() > 0 and 0 <= top < len(self._model.rows)
        kept = self._model.rows[top].matter_id if scrolled else 0
        offset = self.rowViewportPosition(top) if scrolled else 0
        yield
        place = self._model.row_of(kept) if scrolled else -1
        if place >= 0:
            self.updateGeometries()
            bar.setValue(self.verticalHeader().sectionPosition(place) - offset)

    def restyle(self) -> None:
        """Take over colours and size of type in force."""
        self._painter.restyle()
        self.verticalHeader().setDefaultSectionSize(theme.px(32))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme.px(width))
        self._make_room()
        self.viewport().update()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if row is not None:
                self.opened.emit(row.matter_id)
        elif event.key() == Qt.Key.Key_Space:
            self.preview_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, view = QPainter(self.viewport()), self.viewport().rect()
        if not self._model.rows:
            painter.setPen(theme.color("second"))
            said = "正在读取……" if self._model.loading else ""
            painter.drawText(view, Qt.AlignmentFlag.AlignCenter, said)
            return
        columns = [
            (column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in range(len(HEADS))
            if not self.isColumnHidden(column)
        ]
        chosen, nowhere = self.selectionModel(), QModelIndex()
        height = self.verticalHeader().defaultSectionSize()
        place = max(0, self.rowAt(event.rect().top()))
        top = self.rowViewportPosition(place)
        while place < len(self._model.rows) and top <= event.rect().bottom():
            box = QRect(0, top, view.width(), height)
            selected = chosen.isRowSelected(place, nowhere)
            self._painter.paint(painter, self._model.rows[place], box, columns, selected=selected)
            place, top = place + 1, top + height

    def _read_ahead(self, value: int) -> None:
        left = self.verticalScrollBar().maximum() - value
        if left < _AHEAD * self.verticalHeader().defaultSectionSize() and self._model.canFetchMore():
            self._model.fetchMore()

    def _make_room(self) -> None:
        """Hide columns, the least needed first, until the matter can be read."""
        room = self.viewport().width() - sum(map(theme.px, _WIDTHS.values()))
        for column in _GO_FIRST:
            hidden = room < theme.px(_LEAST)
            self.setColumnHidden(column, hidden)
            if hidden:
                room += theme.px(_WIDTHS[column])


def _harmless(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(_CALCULATES) else line
