"""A quiet line above the columns: a draft to go on with, or why nothing can be registered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.desk.widgets.links import link


class Strip(QFrame):
    """One sentence and up to two things to do about it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "strip")
        self.text = Elided()
        self.text.setObjectName(f"{name}.text")
        self.first = link("", f"{name}.first")
        self.second = link("", f"{name}.second")
        self._acts: dict[QPushButton, Callable[[], None]] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        for button in (self.first, self.second):
            row.addWidget(button)
            button.clicked.connect(lambda _=False, button=button: self._acts[button]())
        self.setFixedHeight(theme.px(36))
        self.hide()

    def say(self, text: str, *acts: tuple[str, Callable[[], None]], tone: str = "") -> None:
        """Show a sentence; without one the line goes."""
        self.text.say(text)
        for place, button in enumerate((self.first, self.second)):
            button.setVisible(place < len(acts))
            if place < len(acts):
                button.setText(acts[place][0])
                button.setAccessibleName(acts[place][0])
                self._acts[button] = acts[place][1]
        theme.mark(self, "tone", tone)
        self.setVisible(bool(text))
