"""Text in rows that are painted: as many lines as it needs, and how high that is."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from qingyuan_desk.desk import theme

_WRAPPED = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def metrics(points: float, *, bold: bool = False) -> QFontMetrics:
    """The measures of the desk's font at a size."""
    return QFontMetrics(theme.font(points, bold=bold))


def height(text: str, width: int, points: float, *, bold: bool = False) -> int:
    """How high a text is in a column of this width."""
    room = QRect(0, 0, max(1, width), 100_000)
    return metrics(points, bold=bold).boundingRect(room, _WRAPPED, text).height()


def write(
    painter: QPainter,
    text: str,
    left: int,
    top: int,
    width: int,
    points: float,
    hue: QColor,
    *,
    bold: bool = False,
) -> int:
    """Write text; where the next line begins."""
    painter.setFont(theme.font(points, bold=bold))
    painter.setPen(hue)
    high = height(text, width, points, bold=bold)
    painter.drawText(QRect(left, top, width, high), _WRAPPED, text)
    return top + high
