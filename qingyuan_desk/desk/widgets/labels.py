"""Labels that show text as it is. Qt takes `<b>张三</b>` for markup unless it is told not to."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from qingyuan_desk.desk import theme


def label(text: str = "", role: str = "", *, wrap: bool = False, name: str = "") -> QLabel:
    """Plain text. role: a look of resources/style.qss (title, second, small, section, strong, number, money …)."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    return made


def line() -> QFrame:
    """A thin horizontal rule."""
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


class Elided(QLabel):
    """One line of plain text that ends in … where it does not fit; the whole of it is the tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)
        self._whole = ""
        self.say(text)

    @property
    def whole(self) -> str:
        """The text, unshortened."""
        return self._whole

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(0, self.width() - 2)
        )
        self.setText(shown)
        self.setToolTip(plain_tooltip(self._whole) if shown != self._whole else "")


class Tag(QWidget):
    """A small coloured tag with a word: a flow, a state."""

    def __init__(self, text: str = "", hue: QColor | None = None) -> None:
        super().__init__()
        self._text, self._hue = text, hue
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str, hue: QColor) -> None:
        """Show another word."""
        self._text, self._hue = text, hue
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + theme.px(14), theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._text:
            painter = QPainter(self)
            paint_tag(painter, QRectF(self.rect()), self._text, self._hue or theme.color("second"))


def paint_tag(painter: QPainter, box: QRectF, text: str, hue: QColor) -> None:
    """A tag: tinted ground, word in the full colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QColor(hue)
    ground.setAlphaF(0.13)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(hue)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def plain_tooltip(text: str) -> str:
    """Text for a tooltip, which Qt would read as markup; wraps by itself."""
    from html import escape

    return f"<qt>{escape(text)}</qt>"
