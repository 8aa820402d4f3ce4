"""The right column: earlier records like the one being typed, and who is in the house today."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.intake.panel import Panel
from qingyuan_desk.desk.widgets.labels import label, line, paint_tag
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.visit import Match

_Index = QModelIndex | QPersistentModelIndex
_NOBODY = "填写姓名、证件、电话或者对方时，\n这里列出同一人、同一对方的记录。"
_NOTHING = "没有同一人、同一对方的记录，\n按初次来访登记。"


class MatchModel(QAbstractListModel):
    """Earlier matters, the likeliest first."""

    def __init__(self) -> None:
        super().__init__()
        self.matches: tuple[Match, ...] = ()

    def show_matches(self, matches: Sequence[Match]) -> None:
        """Show these."""
        self.beginResetModel()
        self.matches = tuple(matches)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.matches)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        match = self.matches[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return match
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "，".join(filter(None, card_lines(match)))
        return None


def card_lines(match: Match) -> tuple[str, str, str, str]:
    """What a card says: why, which number, what about, where it stands and the last answer."""
    last = match.last_answer or (f"最近来访 {match.last_visit_on}" if match.last_visit_on else "")
    return (
        f"{match.visits}次 · {' · '.join(match.reasons)}",
        match.matter_number,
        f"{match.visitor} {match.title}",
        " · ".join(filter(None, (match.node, last))),
    )


class MatchList(QListView):
    """Cards: arrows and digits choose."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("intake.matches")
        self.setAccessibleName("已有记录")
        self.setProperty("role", "cards")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.cards = MatchModel()
        self._paints = _Card(self)
        self.setModel(self.cards)
        self.setItemDelegate(self._paints)
        self.doubleClicked.connect(lambda _: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(place))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter goes on, as everywhere in the form; it must not leave the page.
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class RecordsPanel(Panel):
    """已有记录."""

    again_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__("已有记录")
        keys = label("F6 到这里 · 数字选", role="small")
        self.head.addWidget(keys)
        self.list = MatchList()
        self.again = QPushButton("同一事项再次来访 F4")
        self.again.setObjectName("intake.again")
        self.again.setAccessibleName("同一事项再次来访")
        self.open = QPushButton("打开")
        self.open.setObjectName("intake.open_match")
        self.open.setAccessibleName("打开选中的事项")
        self.again.clicked.connect(self.again_wanted.emit)
        self.open.clicked.connect(self.open_wanted.emit)
        self.list.opened.connect(self.open_wanted.emit)
        self._empty = label(_NOBODY, role="second", name="intake.matches.none")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._either = QStackedWidget()
        self._either.addWidget(self._empty)
        self._either.addWidget(self.list)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.again, 1)
        acts.addWidget(self.open)
        self.column.addWidget(self._either, 1)
        self.column.addSpacing(8)
        self.column.addLayout(acts)
        self.column.addSpacing(12)
        self.column.addWidget(line())
        self.column.addSpacing(8)
        self.house = House(reference)
        self.column.addWidget(self.house)
        self.show_matches((), asked=False)

    @property
    def matches(self) -> tuple[Match, ...]:
        """What is shown."""
        return self.list.cards.matches

    @property
    def chosen(self) -> Match | None:
        """The card that F4 means."""
        row = self.list.currentIndex().row()
        return self.matches[row] if 0 <= row < len(self.matches) else None

    def show_matches(self, matches: Sequence[Match], *, asked: bool) -> None:
        """Show the earlier records; the card chosen before stays chosen. asked: somebody was named."""
        before = self.chosen
        if tuple(matches) != self.matches or not matches:
            self.list.cards.show_matches(matches)
            ids = [match.matter_id for match in matches]
            place = ids.index(before.matter_id) if before and before.matter_id in ids else 0
            self.list.setCurrentIndex(self.list.cards.index(place))
        self._empty.setText(_NOTHING if asked else _NOBODY)
        self._either.setCurrentIndex(1 if matches else 0)
        for part in (self.again, self.open):
            part.setEnabled(bool(matches))


class House(QWidget):
    """今天谁在: the resident units and the rooms; the room this visitor is sent to stands out."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._rooms = {room.code: label(room.name, role="small") for room in reference.rooms}
        resident = "、".join(unit.name for unit in reference.units if unit.kind == "resident")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label("今天谁在", role="strong"))
        column.addWidget(label(f"常驻：{resident}", role="small", wrap=True))
        rooms = list(self._rooms.values())
        for first in range(0, len(rooms), 2):
            row = QHBoxLayout()
            row.setSpacing(8)
            for room in rooms[first : first + 2]:
                row.addWidget(room, 1)
            if len(rooms[first : first + 2]) == 1:
                row.addStretch(1)
            column.addLayout(row)

    def show_room(self, code: str) -> None:
        """The visitor is sent here."""
        for each, name in self._rooms.items():
            theme.mark(name, "tone", "accent" if each == code else "")


class _Card(QStyledItemDelegate):
    """Four lines: why it was found; number and flow; what about; where it stands and the last answer."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, theme.px(96))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        match: Match = index.data(Qt.ItemDataRole.UserRole)
        why, number, about, last = card_lines(match)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = option.rect.adjusted(1, 1, -2, -theme.px(7))
        painter.setPen(theme.color("accent" if chosen else "line"))
        painter.setBrush(theme.color("selection" if chosen else "paper"))
        painter.drawRoundedRect(frame, 6, 6)
        box = frame.adjusted(theme.px(10), theme.px(6), -theme.px(10), -theme.px(6))
        step = box.height() / 4
        lines = [QRect(box.left(), box.top() + round(step * n), box.width(), round(step)) for n in range(4)]
        small, strong = theme.font(theme.SMALL_PT), theme.font(bold=True)
        _text(painter, lines[0].adjusted(0, 0, -theme.px(20), 0), why, strong, "ink")
        _text(painter, lines[0], str(index.row() + 1), small, "faint", Qt.AlignmentFlag.AlignRight)
        painter.setFont(small)
        tag = lines[1].adjusted(lines[1].width() - theme.px(40), 1, 0, -1)
        paint_tag(painter, tag.toRectF(), match.flow, _flow_color(match.flow))
        _text(painter, lines[1].adjusted(0, 0, -theme.px(44), 0), number, small, "second")
        _text(painter, lines[2], about, theme.font(), "ink")
        _text(painter, lines[3], last, small, "second")
        painter.restore()


def _text(
    painter: QPainter,
    box: QRect,
    text: str,
    font: object,
    tone: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)  # type: ignore[arg-type]
    painter.setPen(theme.color(tone))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)


_FLOWS = {"信访": "petition", "调解": "mediation", "咨询": "consultation", "移送": "handover"}


def _flow_color(short: str) -> object:
    return theme.flow_color(_FLOWS.get(short, ""))
