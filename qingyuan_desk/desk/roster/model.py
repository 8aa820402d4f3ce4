"""The roster as a model: one row a mediator, the card behind every cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from qingyuan_desk.desk import theme
from qingyuan_desk.domain.roster.cards import MediatorCard, Suggested
from qingyuan_desk.domain.roster.results import percent, said_day

#: Column heads of the table, and how a card fills them.
COLUMNS = (
    ("姓名", lambda card: card.name),
    ("乡镇村", lambda card: card.place),
    ("擅长", lambda card: "、".join(card.skills)),
    ("身份", lambda card: card.mediator.identity),
    ("等级", lambda card: card.level),
    ("在办", lambda card: f"{card.results.open}件" if card.results.open else "—"),
    ("成功率", lambda card: percent(card.results.success)),
    ("满意", lambda card: percent(card.results.satisfaction)),
    ("下次可约", lambda card: next_free_words(card)),
    ("任期", lambda card: card.term),
    ("状态", lambda card: card.status),
)


def next_free_words(card: MediatorCard) -> str:
    """The next day somebody can come: 9月23日（周一）; 随叫随到; 停用 and 解聘 as they are."""
    if card.mediator.status != "active":
        return "—"
    if card.next_free is not None:
        return said_day(card.next_free, weekday=True)
    return "两个月内没有" if card.mediator.free_days or card.leave else card.free


class RosterModel(QAbstractTableModel):
    """Cards, with what speaks for and against each when they are proposed for a dispute."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Suggested] = []

    def show_cards(self, cards: Sequence[MediatorCard]) -> None:
        """The roster itself."""
        self.show_suggested([Suggested(card, (), ()) for card in cards])

    def show_suggested(self, suggested: Sequence[Suggested]) -> None:
        """Mediators proposed for a dispute."""
        self.beginResetModel()
        self._rows = list(suggested)
        self.endResetModel()

    def row_of(self, code: str) -> int:
        """The row of an entry, or -1."""
        return next((place for place, row in enumerate(self._rows) if row.card.code == code), -1)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section][0]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[index.column()][1](row.card)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.card.name} {row.card.place} {'、'.join(row.card.skills)} {row.card.status}" + (
                f" 在办{row.card.results.open}件 下次可约{next_free_words(row.card)}"
            )
        if role == Qt.ItemDataRole.ForegroundRole and row.card.mediator.status != "active":
            return theme.color("second")
        return None
