"""Sending papers to a printer, the same way on Windows and Linux, without a dialog.

Qt takes an unknown printer's name without complaint and prints on the default one: personal data on the wrong printer.
So the name is looked up first, and a printer that is not there is refused.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from qingyuan_desk.domain.errors import Unavailable

#: Finer pictures need hundreds of megabytes and look no better on office printers.
_MOST_DPI = 300
_INCH = 72.0


def printers() -> tuple[str, ...]:
    """Names of the printers of this machine, the default one first."""
    names = list(QPrinterInfo.availablePrinterNames())
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: (name != default, name)))


def send(pdf: bytes, printer_name: str, title: str) -> int:
    """Send every page of a PDF to a printer in the PDF's own size; how many pages.

    Raises Unavailable: the printer is unknown (QY-130), stopped or broken (QY-136), or the PDF cannot be read (QY-137).
    What returns has been handed to the queue; whether paper came out, only the printer knows.
    """
    info = QPrinterInfo.printerInfo(printer_name)
    if not printer_name or info.isNull():
        raise Unavailable("QY-130", printer=printer_name)
    if info.state() == QPrinter.PrinterState.Error:
        raise Unavailable("QY-136", printer=printer_name)
    document, held = open_pdf(pdf)
    try:
        return _print(document, info, title)
    finally:
        document.close()
        held.close()


def open_pdf(pdf: bytes) -> tuple[QPdfDocument, QBuffer]:
    """A PDF in memory, and the buffer that must live as long as it. Raises Unavailable (QY-137)."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    if document.status() != QPdfDocument.Status.Ready:
        raise Unavailable("QY-137", cause=document.error().name)
    return document, buffer


def _print(document: QPdfDocument, info: QPrinterInfo, title: str) -> int:
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    dpi = min(printer.resolution(), _MOST_DPI)
    printer.setResolution(dpi)
    printer.setPageLayout(_layout(document, 0))
    painter = QPainter()
    if not painter.begin(printer):
        raise Unavailable("QY-136", printer=info.printerName())
    for page in range(document.pageCount()):
        if page:
            printer.setPageLayout(_layout(document, page))
            printer.newPage()
        points = document.pagePointSize(page)
        size = QSize(round(points.width() / _INCH * dpi), round(points.height() / _INCH * dpi))
        picture = document.render(page, size)
        area = QRectF(0, 0, size.width(), size.height())
        painter.fillRect(area, Qt.GlobalColor.white)
        painter.drawImage(area, picture)
    if not painter.end():
        raise Unavailable("QY-136", printer=info.printerName())
    return document.pageCount()


def _layout(document: QPdfDocument, page: int) -> QPageLayout:
    """The page's own size, to the edge."""
    points: QSizeF = document.pagePointSize(page)
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
