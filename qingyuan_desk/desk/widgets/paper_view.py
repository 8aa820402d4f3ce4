"""A preview of a PDF: its pages one under the other, as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.printing import open_pdf
from qingyuan_desk.desk.widgets.labels import label

_MARGIN = 12
#: A page is not shown wider than this many times its own size.
_MOST_ZOOM = 1.6


class PaperView(QScrollArea):
    """Pages as pictures. Qt's own PDF view falls into an endless layout when its scroll bar comes and goes."""

    def __init__(self, name: str = "paper.view") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("文书预览")
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._document: QPdfDocument | None = None
        self._buffer: QBuffer | None = None
        self._pages: list[QLabel] = []
        self._said = label(role="second", wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._column.setSpacing(_MARGIN)
        self._column.addWidget(self._said)
        self._column.addStretch(1)
        self.setWidget(holder)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(60)
        self._later.timeout.connect(self._draw)
        self.clear()

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def show_pdf(self, pdf: bytes) -> None:
        """Show a PDF from its first page on. Raises Unavailable when it cannot be read."""
        self.clear("")
        self._document, self._buffer = open_pdf(pdf)
        for number in range(self._document.pageCount()):
            page = QLabel()
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            page.setAccessibleName(f"第 {number + 1} 页")
            self._column.insertWidget(number, page)
            self._pages.append(page)
        self._draw()
        self.verticalScrollBar().setValue(0)

    def clear(self, text: str = "选一种文书，这里先看样子再打印。") -> None:
        """Show no paper, and a sentence instead."""
        for page in self._pages:
            self._column.removeWidget(page)
            page.deleteLater()
        self._pages = []
        self._document = self._buffer = None
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._document is not None:
            self._later.start()

    def _draw(self) -> None:
        if self._document is None:
            return
        ratio = self.devicePixelRatioF()
        room = max(80, self.viewport().width() - 2 * _MARGIN)
        for number, page in enumerate(self._pages):
            points = self._document.pagePointSize(number)
            width = min(room, round(points.width() * _MOST_ZOOM))
            size = QSize(round(width * ratio), round(width * ratio * points.height() / points.width()))
            picture = self._document.render(number, size)
            paper = QPixmap(size)
            paper.fill(Qt.GlobalColor.white)
            self._lay(paper, QPixmap.fromImage(picture))
            paper.setDevicePixelRatio(ratio)
            page.setPixmap(paper)

    @staticmethod
    def _lay(paper: QPixmap, picture: QPixmap) -> None:
        """The page on white, with a thin edge so that it stands out in both modes."""
        painter = QPainter(paper)
        painter.drawPixmap(0, 0, picture)
        painter.setPen(theme.color("line"))
        painter.drawRect(paper.rect().adjusted(0, 0, -1, -1))
        painter.end()
