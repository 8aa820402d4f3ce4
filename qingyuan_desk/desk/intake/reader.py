"""Card readers that type: eighteen characters faster than any hand go to the document number, wherever the keyboard is."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from qingyuan_desk.desk.widgets.choice import Segments

#: No person types two characters within this time, again and again (milliseconds).
_GAP = 45
#: A reader that has not sent Enter after this is done all the same.
_SILENCE = 120
_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]")


class ReaderWatch(QObject):
    """Watches the widget that has the keyboard. What a reader typed there is taken out again."""

    number_read = Signal(str)

    def __init__(self, own: QWidget, parent: QObject) -> None:
        """own: the line for document numbers, where a reader's text is welcome as it comes."""
        super().__init__(parent)
        self._own = own
        self._burst = ""
        self._strokes = 0
        self._undo: Callable[[str], None] = _nothing
        self._clock = QElapsedTimer()
        self._clock.start()
        self._last = -1
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(_SILENCE)
        self._silence.timeout.connect(self._finish)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._own or not isinstance(watched, QWidget):
            return False
        if isinstance(event, QInputMethodEvent):
            self._hear(watched, event.commitString(), self._clock.elapsed())
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.text() in ("\r", "\n"):
                return self._finish()
            # When the key was struck, not when we come to hear of it: a busy moment makes no reader of a hand.
            self._hear(watched, event.text(), event.timestamp() or self._clock.elapsed())
        return False

    def _hear(self, widget: QWidget, text: str, at: int) -> None:
        """A character comes, struck at a moment (milliseconds); it is not in the widget yet."""
        if not text:
            return
        quick, self._last = 0 <= at - self._last <= _GAP, at
        if not quick or not self._burst:
            self._burst, self._strokes, self._undo = "", 0, _undoing(widget)
        self._burst += text
        self._strokes += 1
        if self._is_number():
            self._silence.start()
        else:
            self._silence.stop()

    def _finish(self) -> bool:
        """The burst is over; whether it was a number."""
        self._silence.stop()
        read = self._is_number()
        burst, self._burst = self._burst, ""
        if not read:
            return False
        self._undo(burst)
        self.number_read.emit(burst.upper())
        return True

    def _is_number(self) -> bool:
        """Eighteen single strokes; what an input method commits at once was meant for where it stands."""
        return self._strokes == len(self._burst) and _NUMBER.fullmatch(self._burst) is not None


def _nothing(_: str) -> None:
    """A widget in which typing leaves no trace."""


def _undoing(widget: QWidget) -> Callable[[str], None]:
    """How to take out again what is about to be typed into a widget."""
    if isinstance(widget, QLineEdit):
        return _undoing_line(widget)
    if isinstance(widget, QPlainTextEdit):
        return _undoing_text(widget)
    edit = widget.findChild(QLineEdit)
    if edit is not None:
        return _undoing_line(edit)
    segments = widget.parent()
    if isinstance(segments, Segments):
        before = segments.code
        return lambda _: segments.choose(before) if segments.code != before else None
    return _nothing


def _undoing_line(edit: QLineEdit) -> Callable[[str], None]:
    text, cursor = edit.text(), edit.cursorPosition()

    def undo(_: str) -> None:
        edit.setText(text)
        edit.setCursorPosition(cursor)

    return undo


def _undoing_text(edit: QPlainTextEdit) -> Callable[[str], None]:
    replaced = edit.textCursor().selection().toPlainText()

    def undo(burst: str) -> None:
        cursor = edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.Left, cursor.MoveMode.KeepAnchor, len(burst))
        if cursor.selectedText() == burst:
            cursor.insertText(replaced)
            edit.setTextCursor(cursor)

    return undo
