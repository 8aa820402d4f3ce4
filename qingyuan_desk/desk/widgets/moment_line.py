"""A moment typed as people write it, or none: 14:30 (today), 9-30 14:30, 2024-09-30 14:30, 现在."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent

from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.domain.moments import read_day, read_moment
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.text import clean_line

EXAMPLE = "时间写作 14:30、9-30 14:30 或者“现在”。"
_TIME = re.compile(r"(\d{1,2})[:时点](\d{1,2})?分?")
_BOTH = re.compile(r"(\S+)\s+(\S+)")


class MomentLine(LineEdit):
    """Empty means no moment. What cannot be read stays, so that it can be said what is wrong with it."""

    changed = Signal()

    def __init__(self, name: str, now: Callable[[], datetime], *, hint: str = "例如 14:30") -> None:
        super().__init__(name, hint=hint)
        self._now = now
        self.textChanged.connect(lambda _: self.changed.emit())

    @property
    def moment(self) -> datetime | None:
        """The moment, aware; None when there is none, or the text is none."""
        return read(self.text(), self._now())

    @property
    def unreadable(self) -> bool:
        """Whether something stands here that is no moment."""
        return bool(self.text().strip()) and self.moment is None

    def set_moment(self, moment: datetime | None) -> None:
        """Show a moment, or none."""
        self.setText(f"{moment:%Y-%m-%d %H:%M}" if moment else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Written out in full when the person goes on."""
        if self.moment is not None:
            self.set_moment(self.moment)
        super().focusOutEvent(event)


def read(text: str, now: datetime) -> datetime | None:
    """The moment a text means; a time alone is today's."""
    said = unicodedata.normalize("NFKC", clean_line(text))
    if not said:
        return None
    if said in ("现在", "刚才"):
        return now
    if alone := _TIME.fullmatch(said):
        return _at(now.date(), alone)
    both = _BOTH.fullmatch(said)
    if both and (day := read_day(both[1], now.date())) and (part := _TIME.fullmatch(both[2])):
        return _at(day, part)
    found = read_moment(said)
    return found.replace(tzinfo=SHANGHAI) if isinstance(found, datetime) else None


def _at(day: date, part: re.Match[str]) -> datetime | None:
    hour, minute = int(part[1]), int(part[2] or 0)
    if hour > 23 or minute > 59:
        return None
    return datetime.combine(day, time(hour, minute), SHANGHAI)
