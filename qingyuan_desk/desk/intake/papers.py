"""The papers of the visit just registered, laid over the right side of the page until they are closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.paper_drawer import PaperDrawer

_WIDTH, _GAP = 620, 16


class PapersOver(PaperDrawer):
    """F8 shows the receipt and sends it to the printer known; F8 again prints what is in view; Esc closes."""

    def __init__(self, session: Session, over: QWidget, page: QWidget) -> None:
        super().__init__(session)
        self._over = over
        self.setParent(page)
        self.hide()
        self.closed.connect(self.hide)
        over.installEventFilter(self)

    def print_receipt(self, visit_number: str) -> None:
        """Show the receipt of a visit and print it at once where a printer is known; in view, print what is in view."""
        if self.isVisible() and self.paper is not None and self.paper.visit_number == visit_number:
            self.print_paper()
            return
        self._place()
        self.show()
        self.raise_()
        self.offer(visit_number, at_once=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        """Over the right side, leaving the visitor in sight."""
        area = self._over.geometry()
        width = min(theme.px(_WIDTH), round(area.width() * 0.62))
        self.setGeometry(QRect(area.right() - width - _GAP, area.top() + 12, width, area.height() - 24))
