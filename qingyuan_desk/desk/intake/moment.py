"""When the visitor came: empty means now; a ledger kept on paper is entered later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.domain.moments import is_time, read_moment
from qingyuan_desk.domain.problems import Problem

#: China has one time and no summer time.
_CHINA = timezone(timedelta(hours=8))
_EXAMPLE = "来访时间写作 2024-09-20 10:30；当天的只写 10:30，刚刚来的空着。"


class MomentLine(LineEdit):
    """A moment as people write it."""

    def __init__(self, name: str, today: Callable[[], date]) -> None:
        super().__init__(name, hint="现在")
        self.setAccessibleName("来访时间")
        self._today = today

    @property
    def moment(self) -> datetime | None:
        """The moment; None for now, and for what cannot be read."""
        said = self.text().strip()
        read = read_moment(f"{self._today().isoformat()} {said}" if is_time(said) else said)
        if not isinstance(read, datetime):
            return None
        return read if read.tzinfo else read.replace(tzinfo=_CHINA)

    def load(self, moment: datetime | None) -> None:
        """Show a moment."""
        self.setText(f"{moment.astimezone(_CHINA):%Y-%m-%d %H:%M}" if moment else "")

    def problems(self) -> list[Problem]:
        """Why the text is no moment."""
        unread = bool(self.text().strip()) and self.moment is None
        return [Problem("received_at", _EXAMPLE)] if unread else []
