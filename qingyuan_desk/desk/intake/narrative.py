"""What the visitor says (诉求), with a counter. Too much is said and kept, never cut."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Signal

from qingyuan_desk.desk.widgets.fields import TextEdit
from qingyuan_desk.domain.text import LIMITS

LIMIT = LIMITS["narrative"]
#: A paste of more than this would hold the window and is certainly a mistake.
_MOST_PASTED = 10 * LIMIT
_LINES = (3, 12)


class NarrativeEdit(TextEdit):
    """Three to twelve lines, as the window has room."""

    refused = Signal(str)
    """A paste was not taken; the sentence says why."""

    def __init__(self) -> None:
        super().__init__("intake.narrative", hint="如实记录来访人说的：什么事、什么时候、要求什么")
        self.setAccessibleName("诉求")
        height = self.fontMetrics().lineSpacing()
        least, most = (lines * height + 14 for lines in _LINES)
        self._least = least
        self.setMinimumHeight(least)
        self.setMaximumHeight(most)

    def sizeHint(self) -> QSize:
        """As little as can be: it takes what the others leave."""
        return QSize(super().sizeHint().width(), self._least)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if len(source.text()) > _MOST_PASTED:
            self.refused.emit(
                f"粘贴的内容有 {len(source.text())} 个字，诉求最多 {LIMIT} 个字，没有粘贴；请只粘贴要点，全文作为附件。"
            )
            return
        super().insertFromMimeData(source)
