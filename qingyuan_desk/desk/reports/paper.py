"""The month's paper beside its figures: seen as it will be printed, saved as PDF, sent to a printer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import Elided, label
from qingyuan_desk.desk.widgets.paper_view import PaperView
from qingyuan_desk.desk.widgets.printer_box import PrinterBox


class PaperPanel(QFrame):
    """What the page does with the paper is asked of it by signals."""

    save_asked = Signal()
    print_asked = Signal(str)
    """Print on this printer."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.view = PaperView("reports.view")
        self.printer = PrinterBox(session, "reports.printer")
        self.message = Elided(role="message")
        self.message.setObjectName("reports.message")
        self.save_button = QPushButton(self.tr("存为 PDF"))
        self.save_button.setObjectName("reports.save_pdf")
        self.save_button.clicked.connect(self.save_asked.emit)
        self.print_button = QPushButton(self.tr("打印 F8"))
        self.print_button.setObjectName("reports.print")
        self.print_button.setProperty("role", "primary")
        self.print_button.clicked.connect(self.print)
        self._pages = label(role="small", name="reports.pages")
        self._lay_out()
        self.clear("")

    def show_pdf(self, pdf: bytes) -> None:
        """Show a paper. Raises Unavailable (QY-137) when it cannot be read."""
        self.view.show_pdf(pdf)
        self._pages.setText(self.tr("共 {n} 页").format(n=self.view.pages))
        self._enable(True)

    def clear(self, text: str) -> None:
        """No paper, and a sentence instead."""
        self.view.clear(text)
        self._pages.clear()
        self._enable(False)

    def find_printers(self) -> None:
        """Offer the printers there are now."""
        found = self.printer.fill()
        self.say("" if found else self.tr("这台电脑没有装打印机，可以存为 PDF，稍后再打印。"), "hint")

    def print(self) -> None:
        """Ask for the paper on the chosen printer."""
        if not self.print_button.isEnabled():
            return
        if not self.printer.typed:
            self.say(self.tr("请先选一台打印机。没有打印机时可以存为 PDF。"), "doubt")
            self.printer.setFocus()
            return
        self.say(self.tr("正在送往打印机……"), "")
        self.print_asked.emit(self.printer.typed)

    def say(self, text: str, state: str) -> None:
        """Show a message in its line."""
        theme.mark(self.message, "state", state)
        self.message.say(text)

    def _enable(self, there: bool) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(there)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("月报预览"), "section"))
        head.addStretch(1)
        head.addWidget(self._pages)
        caption = label(self.tr("打印机"), "field")
        caption.setBuddy(self.printer)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(caption)
        foot.addWidget(self.printer, 1)
        foot.addWidget(self.save_button)
        foot.addWidget(self.print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.message)
        column.addLayout(foot)
