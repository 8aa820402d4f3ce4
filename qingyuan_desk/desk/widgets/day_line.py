"""A day typed as people write it, or none: 2024-09-30, 9-30, 今天, +7; the arrows up and down go by one day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.domain.moments import read_day

WEEK = "一二三四五六日"
EXAMPLE = "日期写作 2024-09-30、9-30、今天，或者 +7（七天以后）。"


class DayLine(LineEdit):
    """Empty means no day. What cannot be read stays, so that it can be said what is wrong with it."""

    changed = Signal()
    """Another day, none, or something unreadable stands here now."""

    def __init__(self, name: str, today: Callable[[], date], *, hint: str = "年-月-日") -> None:
        super().__init__(name, hint=hint)
        self._today = today
        self.textChanged.connect(lambda _: self.changed.emit())

    @property
    def day(self) -> date | None:
        """The day; None when there is none, or the text is no day."""
        return read_day(self.text(), self._today()) if self.text().strip() else None

    @property
    def unreadable(self) -> bool:
        """Whether something stands here that is no day."""
        return bool(self.text().strip()) and self.day is None

    def set_day(self, day: date | None) -> None:
        """Show a day, or none."""
        self.setText(day.isoformat() if day else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Written out in full when the person goes on."""
        if self.day is not None:
            self.set_day(self.day)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.set_day(self._today() if self.day is None else self.day + timedelta(days=step))


def in_words(day: date | None) -> str:
    """The day of the week: 星期一."""
    return f"星期{WEEK[day.weekday()]}" if day else ""
