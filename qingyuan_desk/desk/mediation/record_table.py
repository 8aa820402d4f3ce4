"""Records of a case one below the other; the marked one is what the form beside it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.tables import HeadedModel, Index, set_up

#: A column that takes the room that is left has at least so much.
_LEAST = 72
#: Wider columns hold words, which may be cut; days and sums may not.
_FIGURES = 112
#: No record is to be marked.
NONE = -1


@dataclass(frozen=True)
class Column:
    """A head and its width; 0 takes the room that is left. right: figures stand right."""

    head: str
    width: int = 0
    right: bool = False


@dataclass(frozen=True)
class Line:
    """A record: its id, what stands in its columns, the tone of its last word, and whether it counts no more."""

    record_id: int
    texts: tuple[str, ...]
    tone: str = ""
    struck: bool = False


class _Lines(HeadedModel):
    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.heads = [column.head for column in columns]
        self.right = [place for place, column in enumerate(columns) if column.right]
        self.lines: Sequence[Line] = ()

    @property
    def rows(self) -> Sequence[Line]:
        return self.lines

    def show(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.texts[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            toned = line.tone and index.column() == len(self.heads) - 1
            return theme.color("faint" if line.struck else line.tone) if line.struck or toned else None
        if role == Qt.ItemDataRole.FontRole and line.struck:
            struck = QFont(theme.font())
            struck.setStrikeOut(True)
            return struck
        return None


class RecordTable(QTableView):
    """`marked` when another record is."""

    marked = Signal(int)
    """Its record id, or 0."""

    def __init__(self, name: str, spoken: str, columns: Sequence[Column], *, empty: str = "") -> None:
        """empty: what stands here while there are no records."""
        super().__init__()
        self.empty = empty
        self._columns = columns
        self._model = _Lines(columns)
        self.setModel(self._model)
        set_up(self, name, spoken)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self._filling = False
        self._size()
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell())

    @property
    def record_id(self) -> int:
        """The marked record, or 0."""
        row = self.currentIndex().row()
        return self._model.lines[row].record_id if 0 <= row < len(self._model.lines) else 0

    @property
    def lines(self) -> Sequence[Line]:
        """What is listed."""
        return self._model.lines

    def show_lines(self, lines: Sequence[Line], wanted: int = 0) -> None:
        """List these. wanted: the record to mark; otherwise the marked one stays, or the first is."""
        kept = wanted or self.record_id
        self._filling = True
        self._size()
        self._model.show(lines)
        self._filling = False
        ids = [line.record_id for line in lines]
        if lines and wanted != NONE:
            self.selectRow(ids.index(kept) if kept in ids else 0)
        self._tell()

    def mark(self, record_id: int) -> None:
        """Mark a record, or NONE."""
        ids = [line.record_id for line in self._model.lines]
        if record_id in ids:
            self.selectRow(ids.index(record_id))
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty and not self._model.lines:
            painter = QPainter(self.viewport())
            painter.setPen(theme.color("second"))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            side = theme.px(24)
            painter.drawText(
                self.viewport().rect().adjusted(side, side, -side, -side), int(flags), self.empty
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size()

    def _size(self) -> None:
        """Columns as wide as they are meant to be; those with words narrower where the rest would have no room."""
        self.verticalHeader().setDefaultSectionSize(theme.px(36))
        head = self.horizontalHeader()
        words = sum(theme.px(column.width) for column in self._columns if column.width > _FIGURES)
        fixed = sum(theme.px(column.width) for column in self._columns if column.width <= _FIGURES)
        fixed += sum(theme.px(_LEAST) for column in self._columns if not column.width)
        share = min(1.0, max(0.5, (self.viewport().width() - fixed) / max(1, words)))
        for place, column in enumerate(self._columns):
            if column.width:
                narrowed = share if column.width > _FIGURES else 1.0
                head.resizeSection(place, int(theme.px(column.width) * narrowed))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def _tell(self) -> None:
        if not self._filling:
            self.marked.emit(self.record_id)
