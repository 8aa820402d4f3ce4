"""How a row of the ledger is painted: flow as a tag, the clock as a bar with its word, sealed matters in violet."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.ledger import model
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import paint_tag
from qingyuan_desk.domain.matter import ClockView, LedgerRow

#: State of a clock → colour of its bar and word; a word always stands beside it.
CLOCK_TONES = {"ok": "second", "soon": "amber", "today": "amber", "overdue": "red"}
_PADDING = 8
_BAR = 40


class LedgerCells(QStyledItemDelegate):
    """Paints every cell itself: a style sheet's own painting of items takes several times as long."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.restyle()

    def restyle(self) -> None:
        """Take over the type size in force."""
        self._fonts: dict[str, QFont] = {
            "body": theme.font(),
            "small": theme.font(theme.SMALL_PT),
            "void": theme.font(),
            "due": theme.font(theme.SMALL_PT, bold=True),
        }
        self._fonts["void"].setStrikeOut(True)
        self._metrics = {name: QFontMetrics(font) for name, font in self._fonts.items()}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(60), theme.px(32))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: LedgerRow = index.data(Qt.ItemDataRole.UserRole)
        column, box = index.column(), option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, theme.color("selection" if chosen else "paper"))
        painter.setPen(theme.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(theme.px(_PADDING), 0, -theme.px(_PADDING), -1)
        if column == model.FLOW:
            self._flow(painter, inner, index.data(), row)
        elif column == model.CLOCK:
            if row.clock is not None and row.state == "open":
                self._clock(painter, inner, row.clock, self._session.office.today())
        elif column == model.MATTER and row.sealed:
            self._sealed(painter, inner, index.data())
        else:
            self._text(painter, inner, index.data(), row, column)
        painter.restore()

    def _text(self, painter: QPainter, box: QRect, text: str, row: LedgerRow, column: int) -> None:
        void = row.state == "void"
        kind = "void" if void and column in (model.NUMBER, model.MATTER) else "body"
        painter.setFont(self._fonts[kind])
        painter.setPen(_ink(row, column))
        side = (
            Qt.AlignmentFlag.AlignRight if column in (model.DAY, model.VISITS) else Qt.AlignmentFlag.AlignLeft
        )
        shown = self._metrics[kind].elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _flow(self, painter: QPainter, box: QRect, text: str, row: LedgerRow) -> None:
        painter.setFont(self._fonts["small"])
        hue = theme.color("violet") if row.sealed else theme.flow_color(row.flow)
        if row.state == "void":
            hue = theme.color("faint")
        width = self._metrics["small"].horizontalAdvance(text) + theme.px(14)
        height = theme.px(20)
        top = box.top() + (box.height() - height) / 2
        paint_tag(painter, QRectF(box.left(), top, width, height), text, hue)

    def _sealed(self, painter: QPainter, box: QRect, text: str) -> None:
        size = theme.px(16)
        place = QRect(box.left(), box.top() + (box.height() - size) // 2, size, size)
        theme.icon("lock", "violet").paint(painter, place)
        painter.setFont(self._fonts["body"])
        painter.setPen(theme.color("violet"))
        rest = box.adjusted(size + theme.px(4), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _clock(self, painter: QPainter, box: QRect, clock: ClockView, today: date) -> None:
        tone = theme.color(CLOCK_TONES.get(clock.state, "second"))
        height = theme.px(4)
        bar = QRectF(box.left(), box.center().y() - height / 2, theme.px(_BAR), height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        full = QRectF(bar)
        full.setWidth(max(height, bar.width() * clock.elapsed(today)))
        painter.setBrush(tone)
        painter.drawRoundedRect(full, height / 2, height / 2)
        kind = "small" if clock.state == "ok" else "due"
        painter.setFont(self._fonts[kind])
        painter.setPen(tone)
        rest = box.adjusted(theme.px(_BAR + 8), 0, 0, 0)
        shown = self._metrics[kind].elidedText(clock.brief, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _ink(row: LedgerRow, column: int) -> QColor:
    if row.state == "void":
        return theme.color("faint")
    if row.sealed and column == model.NUMBER:
        return theme.color("violet")
    return theme.color("second" if column in (model.DAY, model.NODE, model.UNIT, model.VISITS) else "ink")
