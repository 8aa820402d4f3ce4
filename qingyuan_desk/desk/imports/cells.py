"""How cells of the tables here are painted: each in one stroke, because a style sheet's own way takes several times as long,
and an import at work in another thread would make every step of it wait."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import paint_tag
from qingyuan_desk.desk.widgets.tables import Index

#: As much as the style sheet gives the heads of columns.
_PADDING = 11
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Cells(QStyledItemDelegate):
    """Ground, line, text, and tags of a row; what a cell says is up to `paint_cell`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.restyle()

    def restyle(self) -> None:
        """Take over the size of type in force."""
        self._fonts = {False: theme.font(), True: theme.font(theme.SMALL_PT)}
        self._metrics = {small: QFontMetrics(font) for small, font in self._fonts.items()}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(60), theme.px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, theme.color("selection" if chosen else "paper"))
        painter.setPen(theme.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(_PADDING, 0, -_PADDING, -1)
        self.paint_cell(painter, inner, index)
        if self.marks_cell and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))
        painter.restore()

    #: Whether the cell the keys act on has a frame of its own.
    marks_cell = False

    def paint_cell(self, painter: QPainter, box: QRect, index: Index) -> None:
        """Paint what a cell says."""
        raise NotImplementedError

    def text(
        self, painter: QPainter, box: QRect, said: str, tone: str = "ink", *, right: bool = False
    ) -> None:
        """One line in a colour, ended by … where it does not fit."""
        painter.setFont(self._fonts[False])
        painter.setPen(theme.color(tone))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = self._metrics[False].elidedText(said, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, side | _MIDDLE, shown)

    def tag(self, painter: QPainter, box: QRect, word: str, tone: str) -> None:
        """A word on a tinted ground."""
        painter.setFont(self._fonts[True])
        width = self._metrics[True].horizontalAdvance(word) + theme.px(14)
        height = theme.px(20)
        top = box.top() + (box.height() - height) / 2
        paint_tag(painter, QRectF(box.left(), top, width, height), word, theme.color(tone))
