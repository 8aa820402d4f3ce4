"""The papers of the visit just registered, laid over the right side of the page until they are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session

if TYPE_CHECKING:
    from qingyuan_desk.desk.widgets.paper_drawer import PaperDrawer

_WIDTH, _SIDE, _TOP = 620, 16, 12


class PapersOver(QObject):
    """F8 shows the receipt and sends it to the printer known; F8 again prints what is in view; Esc closes.

    The drawer is made when it is first wanted: Qt's PDF and printing libraries are no part of starting up.
    """

    def __init__(self, session: Session, over: QWidget, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._over, self._page = session, over, page
        self._made: PaperDrawer | None = None

    @property
    def drawer(self) -> PaperDrawer:
        """The papers of one visit."""
        if self._made is None:
            from qingyuan_desk.desk.widgets.paper_drawer import PaperDrawer

            self._made = PaperDrawer(self._session)
            self._made.setParent(self._page)
            self._made.closed.connect(self._made.hide)
            self._over.installEventFilter(self)
        return self._made

    @property
    def is_open(self) -> bool:
        """Whether they are in view."""
        return self._made is not None and self._made.isVisible()

    def close(self) -> None:
        """Put them away."""
        if self._made is not None:
            self._made.hide()

    def print_receipt(self, visit_number: str) -> None:
        """Show the receipt of a visit and print it at once where a printer is known; in view, print what is in view."""
        drawer = self.drawer
        if self.is_open and drawer.paper is not None and drawer.paper.visit_number == visit_number:
            drawer.print_paper()
            return
        self._place()
        drawer.show()
        drawer.raise_()
        drawer.offer(visit_number, at_once=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.is_open:
            self._place()
        return False

    def _place(self) -> None:
        """Over the right side, leaving the visitor in sight."""
        area = self._over.geometry()
        width = min(theme.px(_WIDTH), round(area.width() * 0.62))
        self.drawer.setGeometry(
            QRect(area.right() - width - _SIDE, area.top() + _TOP, width, area.height() - 2 * _TOP)
        )
