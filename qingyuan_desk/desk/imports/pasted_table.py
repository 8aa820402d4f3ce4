"""The table of pasted lines: cells are typed into as in a spreadsheet, places chosen by pinyin, lines ticked with the space bar."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.imports.cells import Cells
from qingyuan_desk.desk.imports.pasted import (
    FIELDS,
    LINE,
    NAME,
    NARRATIVE,
    OPPONENT,
    PHONE,
    STATE,
    TICK,
    TOWNSHIP,
    VILLAGE,
    PastedModel,
)
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.tables import Index, set_up
from qingyuan_desk.domain.reference import Reference

_WIDTHS = {TICK: 36, LINE: 40, NAME: 80, PHONE: 118, TOWNSHIP: 84, VILLAGE: 88, OPPONENT: 96}


class _PastedCells(Cells):
    marks_cell = True

    def paint_cell(self, painter: QPainter, box: QRect, index: Index) -> None:
        model = index.model()
        assert isinstance(model, PastedModel)
        place, column = index.row(), index.column()
        entry = model.entry(place)
        if column == TICK:
            self._tick(painter, box, on=entry.ticked, off=bool(entry.number))
        elif column == STATE:
            self.text(painter, box, *entry.state())
        elif entry.lacks(column):
            self.text(painter, box, "缺", "red")
        else:
            tone = "second" if column == LINE or entry.number else "ink"
            self.text(painter, box, model.said(place, column), tone, right=column == LINE)

    def _tick(self, painter: QPainter, box: QRect, *, on: bool, off: bool) -> None:
        if off:
            return
        side = theme.px(16)
        square = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if on else "second"), 1))
        painter.setBrush(theme.color("accent" if on else "paper"))
        painter.drawRoundedRect(square, 3, 3)
        if on:
            theme.icon("save", "accent_ink").paint(painter, square.toRect())

    # --- editing ---

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        name = f"imports.cell.{FIELDS[index.column()]}"
        editor = ChoiceBox(name) if index.column() in (TOWNSHIP, VILLAGE) else LineEdit(name)
        editor.setParent(parent)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Asked again whenever the line changes; what is being typed stays."""
        text = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, ChoiceBox) and not editor.count():
            editor.set_options(self._options(index))
            editor.setEditText(text)
            editor.lineEdit().selectAll()
        elif isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(" ".join(text.split()))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, ChoiceBox):
            editor.settle()
            if editor.currentText() != index.data(Qt.ItemDataRole.EditRole):
                model.setData(index, editor.typed)
        elif isinstance(editor, LineEdit) and editor.isModified():
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    def _options(self, index: Index) -> list[Option]:
        table = self.parent()
        assert isinstance(table, PastedTable)
        if index.column() == TOWNSHIP:
            return [
                Option(each.code, each.name, (*each.letters, *each.aliases))
                for each in table.places.townships
            ]
        town = table.lines.entry(index.row()).main.township
        return [
            Option(each.code, each.short_name, (each.name, *each.letters))
            for each in table.places.villages(town)
        ]


class PastedTable(QTableView):
    """Enter or typing changes a cell, the space bar ticks its line; Enter on what is registered opens it."""

    opened = Signal(object)
    """The number of the visit."""

    def __init__(self, places: Reference) -> None:
        super().__init__()
        self.places = places
        self.lines = PastedModel(places, self)
        self._cells = _PastedCells(self)
        self.setModel(self.lines)
        self.setItemDelegate(self._cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.AnyKeyPressed)
        set_up(self, "imports.lines", "粘贴的各行")
        for column in (NARRATIVE, STATE):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._click)
        self.restyle()

    def restyle(self) -> None:
        """Take over the size of type in force."""
        self._cells.restyle()
        self.verticalHeader().setDefaultSectionSize(theme.px(32))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme.px(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if current.isValid() and event.key() == Qt.Key.Key_Space:
            self.lines.toggle(current.row())
        elif current.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(current)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.restyle()

    def _enter(self, index: Index) -> None:
        number = self.lines.entry(index.row()).number
        if number:
            self.opened.emit(number)
        elif self.lines.flags(index) & Qt.ItemFlag.ItemIsEditable and self.state() != self.State.EditingState:
            self.edit(index)

    def _click(self, index: Index) -> None:
        if index.column() == TICK:
            self.lines.toggle(index.row())
