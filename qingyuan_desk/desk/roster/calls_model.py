"""Call-outs as a model: one row a call."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.desk.widgets.tables import HeadedModel, Index
from qingyuan_desk.domain.roster.callouts import OUTCOMES, Callout, said_minutes

_TONES = {"": "amber", "came": "green", "declined": "second", "no_answer": "red"}


class CallsModel(HeadedModel):
    """Calls, those without an answer first. named: whether the mediator's name is among the columns."""

    def __init__(self, parent: QObject, *, named: bool) -> None:
        super().__init__(parent)
        self._named = named
        self._calls: tuple[Callout, ...] = ()
        self.heads = (
            ("呼叫时间", "调解员", "事由", "事项", "地点", "结果", "响应")
            if named
            else ("呼叫时间", "事由", "结果", "响应")
        )
        self.right = (len(self.heads) - 1,)

    @property
    def rows(self) -> tuple[Callout, ...]:
        """The calls."""
        return self._calls

    def show_calls(self, calls: tuple[Callout, ...]) -> None:
        """Other calls."""
        self.beginResetModel()
        self._calls = calls
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        call = self._calls[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return call
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(call)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._cells(call)[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole and self.heads[index.column()] == "结果":
            return theme.color(_TONES[call.outcome])
        return None

    def _cells(self, call: Callout) -> tuple[str, ...]:
        outcome = OUTCOMES[call.outcome] + (f"（{call.note}）" if call.note else "")
        minutes = said_minutes(call.minutes) if call.minutes is not None else ""
        at = f"{call.called_at:%m-%d %H:%M}"
        if not self._named:
            return at, call.purpose, outcome, minutes
        return (
            at,
            call.name,
            call.purpose,
            call.matter_number or "—",
            call.room or call.place or "—",
            outcome,
            minutes,
        )
