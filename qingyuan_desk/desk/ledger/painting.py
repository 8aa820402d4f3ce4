"""How a row of the ledger is painted: flow as a tag, the clock as a bar with its word, sealed matters in violet.

A full window is some 160 cells and a frame has 16 ms. So the table paints row by row, without a delegate and a style sheet
asked for every cell, and texts are laid out once and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText, QTransform

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.ledger.model import (
    CLOCK,
    DAY,
    FLOW,
    MATTER,
    NODE,
    NUMBER,
    UNIT,
    VISITS,
    cell,
)
from qingyuan_desk.desk.session import Session
from qingyuan_desk.domain.matter import ClockView, LedgerRow

#: State of a clock → colour of its bar and word; a word always stands beside it.
CLOCK_TONES = {"ok": "second", "soon": "amber", "today": "amber", "overdue": "red"}
_PADDING, _BAR = 8, 40
#: A column that is shown: which, from where, how wide.
Column = tuple[int, int, int]
#: Texts that are kept laid out; some thirty windows of them.
_KEPT = 5000


class RowPainter:
    """Paints one row at a time onto the table's viewport."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._texts: dict[tuple[str, str, int], QStaticText] = {}
        self.restyle()

    def restyle(self) -> None:
        """Take over colours and size of type in force."""
        self._texts.clear()
        self._fonts: dict[str, QFont] = {
            "body": theme.font(),
            "small": theme.font(theme.SMALL_PT),
            "due": theme.font(theme.SMALL_PT, bold=True),
        }
        self._metrics = {name: QFontMetrics(font) for name, font in self._fonts.items()}
        names = ("ink", "second", "faint", "line", "selection", "violet", "amber", "red")
        self._hues = {name: theme.color(name) for name in names}
        self._padding = theme.px(_PADDING)

    def paint(
        self, painter: QPainter, row: LedgerRow, box: QRect, columns: Sequence[Column], *, selected: bool
    ) -> None:
        """One row: its ground, its cells, the hairline below it."""
        if selected:
            painter.fillRect(box, self._hues["selection"])
        for column, left, width in columns:
            inner = QRect(left + self._padding, box.top(), width - 2 * self._padding, box.height() - 1)
            self._cell(painter, row, column, inner)
        painter.setPen(self._hues["line"])
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _cell(self, painter: QPainter, row: LedgerRow, column: int, box: QRect) -> None:
        if column == CLOCK:
            if row.clock is not None and row.state == "open":
                self._clock(painter, box, row.clock, self._session.office.today())
            return
        text = cell(row, column, self._session.office.reference)
        if column == FLOW:
            self._flow(painter, box, text, row)
        elif column == MATTER and row.sealed:
            self._sealed(painter, box, text)
        elif text:
            void = row.state == "void" and column in (NUMBER, MATTER)
            painter.setPen(self._ink(row, column))
            written = self._write(painter, box, text, "body", right=column in (DAY, VISITS))
            if void:
                painter.drawLine(written.left(), written.center().y(), written.right(), written.center().y())

    def _write(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        kind: str,
        *,
        right: bool = False,
        middle: bool = False,
    ) -> QRect:
        """One line of plain text, cut to the box with …; where it stands. Laid out text has no strike of its own: Qt
        puts that in the wrong place."""
        key = (text, kind, box.width())
        laid = self._texts.get(key)
        if laid is None:
            if len(self._texts) >= _KEPT:
                self._texts.clear()
            laid = QStaticText(self._metrics[kind].elidedText(text, Qt.TextElideMode.ElideRight, box.width()))
            laid.setTextFormat(Qt.TextFormat.PlainText)
            laid.prepare(QTransform(), self._fonts[kind])
            self._texts[key] = laid
        left = box.left()
        if right or middle:
            spare = box.width() - laid.size().width()
            left += round(spare if right else spare / 2)
        top = box.top() + (box.height() - self._metrics[kind].height()) // 2
        painter.setFont(self._fonts[kind])
        painter.drawStaticText(QPointF(left, top), laid)
        return QRect(left, top, round(laid.size().width()), self._metrics[kind].height())

    def _flow(self, painter: QPainter, box: QRect, text: str, row: LedgerRow) -> None:
        hue = theme.flow_color(row.flow)
        if row.sealed or row.state == "void":
            hue = self._hues["violet" if row.sealed else "faint"]
        height = theme.px(20)
        width = self._metrics["small"].horizontalAdvance(text) + theme.px(14)
        tag = QRect(box.left(), box.top() + (box.height() - height) // 2, width, height)
        ground = QColor(hue)
        ground.setAlphaF(0.13)
        _round(painter, QRectF(tag), ground, 4)
        painter.setPen(hue)
        self._write(painter, tag, text, "small", middle=True)

    def _sealed(self, painter: QPainter, box: QRect, text: str) -> None:
        size = theme.px(16)
        place = QRect(box.left(), box.top() + (box.height() - size) // 2, size, size)
        theme.icon("lock", "violet").paint(painter, place)
        painter.setPen(self._hues["violet"])
        self._write(painter, box.adjusted(size + theme.px(4), 0, 0, 0), text, "body")

    def _clock(self, painter: QPainter, box: QRect, clock: ClockView, today: date) -> None:
        tone = self._hues[CLOCK_TONES.get(clock.state, "second")]
        height = theme.px(4)
        bar = QRectF(box.left(), box.center().y() - height / 2, theme.px(_BAR), height)
        _round(painter, bar, self._hues["line"], height / 2)
        full = QRectF(bar)
        full.setWidth(max(height, bar.width() * clock.elapsed(today)))
        _round(painter, full, tone, height / 2)
        painter.setPen(tone)
        rest = box.adjusted(theme.px(_BAR + 8), 0, 0, 0)
        self._write(painter, rest, clock.brief, "small" if clock.state == "ok" else "due")

    def _ink(self, row: LedgerRow, column: int) -> QColor:
        if row.state == "void":
            return self._hues["faint"]
        if row.sealed and column == NUMBER:
            return self._hues["violet"]
        return self._hues["second" if column in (DAY, NODE, UNIT, VISITS) else "ink"]


def _round(painter: QPainter, box: QRectF, hue: QColor, radius: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hue)
    painter.drawRoundedRect(box, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
