"""What all charts have in common: entries painted in the colours of the theme, always with their words and numbers.

One stop for Tab; arrows move, Enter or a click opens what is behind an entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import plain_tooltip

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Entry:
    """One thing a chart shows. code: what a press opens, "" for nothing. value: None where nothing was recorded.

    note: what is to be said beside the number. below: a second word below the name. summed: several entries added up.
    """

    code: str
    name: str
    value: int | None
    note: str = ""
    below: str = ""
    summed: bool = False

    def words(self, unit: str) -> str:
        """The entry in words."""
        counted = "没有登记" if self.value is None else f"{self.value:,} {unit}"
        return f"{self.name} {counted}" + (f"，{self.note}" if self.note else "")


class Chart(QWidget):
    """Entries, one of them in hand, and the places where they can be pressed."""

    opened = Signal(str)
    """The code of the entry that was pressed."""

    def __init__(self, name: str, title: str, unit: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._unit = unit
        self._nothing = ""
        self._entries: tuple[Entry, ...] = ()
        self._places: list[QRectF] = []
        self._current = 0
        self._links = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is painted."""
        return self._entries

    def show_entries(self, entries: Sequence[Entry], *, nothing: str = "", links: bool = True) -> None:
        """Show entries, or the sentence `nothing` instead; links: whether there is something behind them."""
        self._entries, self._nothing, self._links = tuple(entries), nothing, links
        self._current = 0
        self.setAccessibleDescription(
            nothing or "；".join(entry.words(self._unit) for entry in self._entries)
        )
        self._place()
        self.update()

    def place_of(self, code: str) -> QRectF:
        """Where an entry is painted."""
        return self._places[[entry.code for entry in self._entries].index(code)]

    # --- hands ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self._entries:
            super().keyPressEvent(event)
        elif key in _BACK or key in _ON:
            step = 1 if key in _ON else -1
            self._current = max(0, min(len(self._entries) - 1, self._current + step))
            self.update()
        elif key in _OPEN:
            self._open(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._current = place
            self.update()
            self._open(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        over = place is not None and self._leads(place)
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            words = self._entries[place].words(self._unit) if place is not None else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(words) if words else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _at(self, point: QPointF) -> int | None:
        return next((n for n, place in enumerate(self._places) if place.contains(point)), None)

    def _leads(self, place: int) -> bool:
        return self._links and bool(self._entries[place].code)

    def _open(self, place: int) -> None:
        if self._leads(place):
            self.opened.emit(self._entries[place].code)

    # --- painting ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL_PT))
        if self._nothing or not self._entries:
            painter.setPen(theme.color("second"))
            painter.drawText(QRectF(self.rect()), CENTRE | Qt.TextFlag.TextWordWrap, self._nothing)
            return
        self._paint(painter)
        if self.hasFocus() and self._places:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.drawRoundedRect(self._places[self._current].adjusted(1, 1, -1, -1), 4, 4)

    def number_color(self, place: int) -> QColor:
        """A number that leads somewhere has the colour of a link."""
        return theme.color("accent" if self._leads(place) else "ink")

    def metrics(self) -> QFontMetricsF:
        """Of the type charts are painted in."""
        return QFontMetricsF(theme.font(theme.SMALL_PT))

    def _place(self) -> None:
        """Work out where every entry stands."""
        raise NotImplementedError

    def _paint(self, painter: QPainter) -> None:
        """Paint the entries; there is at least one."""
        raise NotImplementedError
