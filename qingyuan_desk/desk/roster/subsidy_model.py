"""A quarter of 以案定补 as a model: one row a dispute."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.desk.widgets.tables import HeadedModel, Index
from qingyuan_desk.domain.roster.subsidy import STATES, Line
from qingyuan_desk.domain.roster.subsidy_sheet import yuan

_TONES = {"declared": "accent", "approved": "green", "returned": "red", "paid": "second"}
_STATE = 6
#: What a pending dispute is called that cannot be declared yet.
LACKING = "缺条件"


def state_words(line: Line) -> str:
    """Where a payment stands, as the table says it."""
    return STATES[line.state] if line.payable else LACKING


class SubsidyModel(HeadedModel):
    """Lines of a quarter."""

    heads = ("卷宗号", "纠纷", "调解员", "形式和结果", "归档或办结", "金额（元）", "状态")
    right = (5,)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    @property
    def rows(self) -> tuple[Line, ...]:
        """The lines."""
        return self._lines

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(line)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and line.told:
            return plain_tooltip(line.told)
        if role == Qt.ItemDataRole.ForegroundRole:
            if index.column() == _STATE:
                return theme.color("amber" if not line.payable else _TONES.get(line.state, "ink"))
            return theme.color("second") if not line.payable else None
        return None


def _cells(line: Line) -> tuple[str, ...]:
    dispute = line.dispute
    return (
        dispute.number or "（未编号）",
        dispute.title,
        line.who or "、".join(helper.name for helper in dispute.mediators) or "—",
        _short(dispute.outcome),
        f"{dispute.day:%Y-%m-%d}",
        yuan(line.amount) if line.shares else "—",
        state_words(line),
    )


def _short(outcome: str) -> str:
    """口头 · 成功, for a column."""
    return outcome.replace("协议", "").replace("调解", "")
