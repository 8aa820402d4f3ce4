"""A preview of a PDF or a picture: its pages one under the other, as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.printing import open_pdf
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.errors import Unavailable

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
        self._picture: QImage | None = None
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
        self._begin(self._document.pageCount())

    def show_picture(self, data: bytes) -> None:
        """Show a photo or a scan, upright as the camera was held. Raises Unavailable (QY-137) when it cannot be read."""
        self.clear("")
        buffer = QBuffer()
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        picture = reader.read()
        if picture.isNull():
            raise Unavailable("QY-137", cause=reader.error().name)
        self._picture = picture
        self._begin(1)

    def _begin(self, pages: int) -> None:
        for number in range(pages):
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
        self._document = self._buffer = self._picture = None
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._pages:
            self._later.start()

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        room = max(80, self.viewport().width() - 2 * _MARGIN)
        for number, page in enumerate(self._pages):
            points = self._size(number)
            width = min(room, round(points.width() * _MOST_ZOOM))
            size = QSize(round(width * ratio), round(width * ratio * points.height() / points.width()))
            picture = self._render(number, size)
            paper = QPixmap(size)
            paper.fill(Qt.GlobalColor.white)
            self._lay(paper, QPixmap.fromImage(picture))
            paper.setDevicePixelRatio(ratio)
            page.setPixmap(paper)

    def _size(self, number: int) -> QSizeF:
        if self._document is not None:
            return self._document.pagePointSize(number)
        return QSizeF() if self._picture is None else QSizeF(self._picture.size())

    def _render(self, number: int, size: QSize) -> QImage:
        if self._document is not None:
            return self._document.render(number, size)
        smooth = Qt.TransformationMode.SmoothTransformation
        stretched = Qt.AspectRatioMode.IgnoreAspectRatio
        return QImage() if self._picture is None else self._picture.scaled(size, stretched, smooth)

    @staticmethod
    def _lay(paper: QPixmap, picture: QPixmap) -> None:
        """The page on white, with a thin edge so that it stands out in both modes."""
        painter = QPainter(paper)
        painter.drawPixmap(0, 0, picture)
        painter.setPen(theme.color("line"))
        painter.drawRect(paper.rect().adjusted(0, 0, -1, -1))
        painter.end()
