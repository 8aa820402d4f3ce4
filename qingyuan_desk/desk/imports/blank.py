"""What stands where rows will be: what to do next, or why there are none. A file held over it is welcome."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import label


class Blank(QWidget):
    """An icon, a sentence, and smaller words below, in a dashed frame."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._welcome = False
        self._sign = label()
        self.sentence = label(role="section", wrap=True, name=name)
        self.more = label(role="second", wrap=True, name=f"{name}.more")
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 24, 48, 24)
        column.setSpacing(theme.px(10))
        column.addStretch(2)
        for part in (self._sign, self.sentence, self.more):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            column.addWidget(part)
        column.addStretch(3)

    def say(self, sentence: str, more: str = "", icon: str = "import") -> None:
        """What to do, or what is wrong."""
        self._sign.setPixmap(
            theme.icon(icon, {"error": "red"}.get(icon, "faint")).pixmap(QSize(theme.px(36), theme.px(36)))
        )
        self.sentence.setText(sentence)
        self.more.setText(more)
        self.more.setVisible(bool(more))

    def welcome(self, held: bool) -> None:
        """Whether a file is held over the page."""
        self._welcome = held
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("accent" if self._welcome else "faint"), 1.25)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(theme.color("selection") if self._welcome else QColor(0, 0, 0, 0))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
