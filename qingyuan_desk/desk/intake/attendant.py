"""Follows the keyboard through the form: Enter goes on, card readers are heard, and a field that was left is told of."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from qingyuan_desk.desk.intake.reader import ReaderWatch
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field


class Attendant(QObject):
    """Attends whichever widget of a page has the keyboard."""

    left = Signal(object)
    """The keyboard left an editor: its Field, or None where it has none."""

    def __init__(self, page: QWidget, form: QWidget, own_number: QWidget) -> None:
        """form: the part of the page where Enter goes on. own_number: where a reader's number is welcome as it comes."""
        super().__init__(page)
        self._page, self._form = page, form
        self.reader = ReaderWatch(own_number, self)
        self._enter = EnterGoesOn(self)
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if not shiboken6.isValid(self._page):
            return  # the window is being taken down
        if old is not None and shiboken6.isValid(old):
            for watcher in (self._enter, self.reader):
                old.removeEventFilter(watcher)
            if self._form.isAncestorOf(old):
                self.left.emit(_field_around(old))
        if new is not None and self._page.isAncestorOf(new):
            # The filter installed last is asked first: a reader's Enter is not to go on.
            if self._form.isAncestorOf(new):
                new.installEventFilter(self._enter)
            new.installEventFilter(self.reader)


def _field_around(widget: QWidget) -> Field | None:
    around: QWidget | None = widget
    while around is not None and not isinstance(around, Field):
        around = around.parentWidget()
    return around
