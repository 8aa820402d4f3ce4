"""A sum of money typed as people write it: 3500, 3,500.50, 1.2万."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent

from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.domain import money

EXAMPLE = "金额写作 3500、3,500.50 或者 1.2万。"


class MoneyLine(LineEdit):
    """Whole fen, standing right. What cannot be read stays, so that it can be said what is wrong with it."""

    changed = Signal()
    """Another sum, none, or something unreadable stands here now."""

    def __init__(self, name: str, *, hint: str = "元") -> None:
        super().__init__(name, hint=hint)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.textChanged.connect(lambda _: self.changed.emit())

    @property
    def fen(self) -> int | None:
        """The sum; 0 when nothing was typed, None when the text is no sum."""
        return money.read(self.text()) if self.text().strip() else 0

    def set_fen(self, fen: int) -> None:
        """Show a sum; nothing for 0."""
        self.setText(money.words(fen).removesuffix("元") if fen else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Written in groups of three when the person goes on."""
        if self.fen:
            self.set_fen(self.fen)
        super().focusOutEvent(event)
