"""What stands below a paper in view: the printer, saving it, printing it, and the line that tells what came of that."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import Elided, label
from qingyuan_desk.desk.widgets.printer_box import PrinterBox


class PrintFoot(QWidget):
    """Its buttons do nothing by themselves: whoever shows the paper connects them."""

    def __init__(self, session: Session, name: str) -> None:
        """name: of its widgets, such as print.printer and print.save_pdf."""
        super().__init__()
        self.message = Elided(role="message")
        self.message.setObjectName(f"{name}.message")
        self.printer = PrinterBox(session, f"{name}.printer")
        self.save_button = QPushButton(self.tr("存为 PDF"))
        self.save_button.setObjectName(f"{name}.save_pdf")
        self.print_button = QPushButton(self.tr("打印 F8"))
        self.print_button.setObjectName(f"{name}.print")
        self.print_button.setProperty("role", "primary")
        caption = label(self.tr("打印机"), "field")
        caption.setBuddy(self.printer)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(caption)
        row.addWidget(self.printer, 1)
        row.addWidget(self.save_button)
        row.addWidget(self.print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.message)
        column.addLayout(row)

    def find_printers(self) -> None:
        """Offer the printers there are now; without any, say what can be done instead."""
        if not self.printer.fill():
            self.say(self.tr("这台电脑没有装打印机，可以存为 PDF，稍后再打印。"), "hint")

    def wanted_printer(self) -> str:
        """The printer to send to, told that it is on its way; "" when none was chosen, which is said too."""
        if not self.printer.typed:
            self.say(self.tr("请先选一台打印机。没有打印机时可以存为 PDF。"), "doubt")
            self.printer.setFocus()
            return ""
        self.say(self.tr("正在送往打印机……"), "")
        return self.printer.typed

    def say(self, text: str, state: str) -> None:
        """Show a message in its line."""
        theme.mark(self.message, "state", state)
        self.message.say(text)

    def enable(self, there: bool) -> None:
        """Whether there is a paper."""
        for button in (self.save_button, self.print_button):
            button.setEnabled(there)
