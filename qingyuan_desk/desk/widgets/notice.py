"""The quiet notice in the head of the window: what happened, and one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Notice
from qingyuan_desk.desk.widgets.labels import label, plain_tooltip

#: How long a notice stays (milliseconds); warnings and errors stay until they are closed or replaced.
_STAYS = {"info": 8_000, "good": 15_000}
_TONES = {"info": "second", "good": "green", "warn": "amber", "error": "red"}


class NoticeLine(QFrame):
    """One notice at a time, in a place that is always kept free, so that nothing moves."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window.notice")
        self._notice: Notice | None = None
        self._sign = label()
        self._text = label(wrap=True, name="window.notice_text")
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton()
        self._action.setObjectName("window.notice_action")
        self._action.setProperty("role", "link")
        self._action.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setAccessibleName("关闭提示")
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 6, 2)
        row.setSpacing(8)
        for part in (self._sign, self._text, self._action, self._close):
            row.addWidget(part, 1 if part is self._text else 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.clear()

    @property
    def text(self) -> str:
        """What is shown now."""
        return self._notice.text if self._notice else ""

    def show_notice(self, notice: Notice) -> None:
        """Show a notice in the place of the last one."""
        self._notice = notice
        tone = _TONES[notice.kind]
        self._sign.setPixmap(theme.icon(notice.kind, tone).pixmap(theme.px(20), theme.px(20)))
        self._text.setText(notice.text)
        self._text.setToolTip(plain_tooltip(notice.text))
        self._action.setText(notice.action)
        self._action.setVisible(notice.act is not None)
        self._close.setIcon(theme.icon("close"))
        self._close.show()
        self._sign.show()
        theme.mark(self, "kind", notice.kind)
        self._timer.stop()
        if notice.kind in _STAYS:
            self._timer.start(_STAYS[notice.kind])

    def clear(self) -> None:
        """Leave the place empty."""
        self._notice = None
        self._text.clear()
        for part in (self._action, self._close, self._sign):
            part.hide()
        theme.mark(self, "kind", "")

    def _act(self) -> None:
        notice = self._notice
        self.clear()
        if notice is not None and notice.act is not None:
            notice.act()
