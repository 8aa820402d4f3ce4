"""The month's paper beside its figures: seen as it will be printed, saved as PDF, sent to a printer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.paper_view import PaperView
from qingyuan_desk.desk.widgets.print_foot import PrintFoot


class PaperPanel(QFrame):
    """What the page does with the paper is asked of it by signals."""

    save_asked = Signal()
    print_asked = Signal(str)
    """Print on this printer."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.view = PaperView("reports.view")
        self.foot = PrintFoot(session, "reports")
        self.printer, self.message = self.foot.printer, self.foot.message
        self.print_button, self.save_button = self.foot.print_button, self.foot.save_button
        self.save_button.clicked.connect(self.save_asked.emit)
        self.print_button.clicked.connect(self.print)
        self._pages = label(role="small", name="reports.pages")
        self._lay_out()
        self.clear("")

    def show_pdf(self, pdf: bytes) -> None:
        """Show a paper. Raises Unavailable (QY-137) when it cannot be read."""
        self.view.show_pdf(pdf)
        self._pages.setText(self.tr("共 {n} 页").format(n=self.view.pages))
        self.foot.enable(True)

    def clear(self, text: str) -> None:
        """No paper, and a sentence instead."""
        self.view.clear(text)
        self._pages.clear()
        self.foot.enable(False)

    def find_printers(self) -> None:
        """Offer the printers there are now."""
        self.foot.say("", "")
        self.foot.find_printers()

    def print(self) -> None:
        """Ask for the paper on the chosen printer."""
        if not self.print_button.isEnabled():
            return
        printer = self.foot.wanted_printer()
        if printer:
            self.print_asked.emit(printer)

    def say(self, text: str, state: str) -> None:
        """Show a message in its line."""
        self.foot.say(text, state)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("报表预览"), "section"))
        head.addStretch(1)
        head.addWidget(self._pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)
