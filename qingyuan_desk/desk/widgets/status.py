"""The line at the foot of the window: who, today's 件 and 次, what is due, last kept, and the backup light."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.matter import Today


class StatusLine(QFrame):
    """Read, never pressed. A red word means that something must be done."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window.status")
        self._who = label(role="status", name="status.who")
        self._today = label(role="status", name="status.today")
        self._due = label(role="status", name="status.due")
        self._kept = label(role="status", name="status.kept")
        self._folder = label(role="status", name="status.folder")
        self._backup = label(role="status", name="status.backup")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(20)
        for part in (self._who, self._today, self._due):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self._folder, self._kept, self._backup):
            row.addWidget(part)

    def show_who(self, name: str, role: str) -> None:
        """Who is working."""
        self._who.setText(f"{name}（{role}）" if role != name else name)

    def show_today(self, today: Today) -> None:
        """What was registered today and what is due."""
        self._today.setText(f"今日 {today.matters} 件 {today.visits} 次")
        late = f"（已超期 {today.late}）" if today.late else ""
        self._say(
            self._due,
            f"今日必办 {today.todo}{late}",
            "red" if today.late else "amber" if today.todo else "",
        )

    def show_kept(self, at: datetime) -> None:
        """When what was typed was last kept."""
        self._say(self._kept, f"已保存 {at:%H:%M:%S}", "")

    def show_folder(self, text: str, tone: str = "") -> None:
        """What kind of data this is: 演练, 只读; empty for the ordinary office's own."""
        self._say(self._folder, text, tone)

    def show_backup(self, last: datetime | None, now: datetime, stale: bool) -> None:
        """The light: when the last verified backup was made."""
        if last is None:
            self._say(self._backup, "备份 ✕ 还没有做过", "red")
            return
        when = f"{last:%H:%M}" if last.date() == now.date() else f"{last.month}月{last.day}日 {last:%H:%M}"
        self._say(self._backup, f"备份 {'✕ 已过期，' if stale else '✓ '}{when}", "red" if stale else "green")

    def _say(self, part: QLabel, text: str, tone: str) -> None:
        part.setText(text)
        theme.mark(part, "tone", tone)
