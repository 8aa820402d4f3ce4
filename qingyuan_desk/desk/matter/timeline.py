"""The timeline at the left: what happened, who did it, when, and how long it took from one thing to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import moment, state_of
from qingyuan_desk.desk.widgets import painting
from qingyuan_desk.domain.clocks import lasting
from qingyuan_desk.domain.matter import Event, MatterFacts

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_GUTTER, _DOT, _PAD = 28, 9, 8
_TONES = {
    "登记": "accent",
    "再次来访": "accent",
    "期限办结": "green",
    "作废": "red",
    "查看证件和电话": "amber",
}
#: Anything shorter happened together.
_TOGETHER = timedelta(minutes=1)


@dataclass(frozen=True)
class Entry:
    """One thing on the timeline. gap: how long after the thing below it."""

    title: str
    when: str
    who: str
    note: str
    gap: str
    tone: str


def entries(facts: MatterFacts, now: datetime) -> list[Entry]:
    """The newest first; on top, where the matter stands and for how long it has stood there."""
    ordinals = {visit.number: visit.ordinal for visit in facts.visits}
    events = list(reversed(facts.events))
    found = [_now(facts, now)]
    for place, event in enumerate(events):
        older = events[place + 1] if place + 1 < len(events) else None
        span = event.at - older.at if older else timedelta()
        found.append(
            Entry(
                _title(event, ordinals),
                moment(event.at),
                event.actor,
                event.note,
                f"相隔 {lasting(span)}" if span >= _TOGETHER else "",
                _TONES.get(event.action, "second"),
            )
        )
    return found


def _title(event: Event, ordinals: dict[str, int]) -> str:
    if event.action in ("登记", "再次来访"):
        return f"{event.action} · 第{ordinals.get(event.visit_number, 1)}次来访"
    if event.action in ("分流", "重新分流") and event.node_to:
        return f"{event.action} → {event.node_to}"
    if event.action == "作废":
        return f"作废 {event.visit_number}"
    return event.action


def _now(facts: MatterFacts, now: datetime) -> Entry:
    """The present node and since when."""
    since, node = facts.opened_at, ""
    for event in facts.events:
        if event.node_to and event.node_to != node:
            since, node = event.at, event.node_to
    words = f"已 {lasting(now - since)}" if facts.state == "open" else moment(facts.updated_at)
    return Entry(f"现在：{state_of(facts)}", "", words, "", "", "accent" if facts.state == "open" else "red")


class Timeline(QListView):
    """Read, and copied line by line with Ctrl+C."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("matter.timeline")
        self.setAccessibleName("经过")
        self.setProperty("role", "plain")
        self._model = _Entries(self)
        self._painter = _EntryPainter(self)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    @property
    def entries(self) -> list[Entry]:
        """What is shown."""
        return self._model.entries

    def show_facts(self, facts: MatterFacts, now: datetime) -> None:
        """Show what happened to a matter."""
        self._model.show(entries(facts, now))
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            QApplication.clipboard().setText(str(self.currentIndex().data()))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # heights follow from the width


class _Entries(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, found: list[Entry]) -> None:
        if found == self.entries:
            return
        self.beginResetModel()
        self.entries = found
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "　".join(part for part in (entry.when, entry.title, entry.who, entry.note) if part)
        return None


class _EntryPainter(QStyledItemDelegate):
    """A dot on a line; beside it title, moment, person, note; below it how long it had been."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        view = self.parent()
        assert isinstance(view, Timeline), "the timeline makes its own painter"
        width = view.viewport().width() - theme.px(_GUTTER + _PAD)
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        height = theme.px(_PAD) + painting.height(entry.title, width, theme.BODY_PT, bold=True)
        height += painting.height(_below(entry), width, theme.SMALL_PT)
        if entry.note:
            height += theme.px(2) + painting.height(entry.note, width, theme.SMALL_PT)
        if entry.gap:
            height += painting.metrics(theme.SMALL_PT).lineSpacing() + theme.px(6)
        return QSize(0, height + theme.px(_PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("selection"))
        left, top = box.left() + theme.px(_GUTTER), box.top() + theme.px(_PAD)
        width = box.width() - theme.px(_GUTTER + _PAD)
        self._line(painter, box, entry, index)
        ink, second, small = theme.color("ink"), theme.color("second"), theme.SMALL_PT
        top = painting.write(painter, entry.title, left, top, width, theme.BODY_PT, ink, bold=True)
        top = painting.write(painter, _below(entry), left, top, width, small, second)
        if entry.note:
            top = painting.write(painter, entry.note, left, top + theme.px(2), width, small, ink)
        if entry.gap:
            painting.write(painter, entry.gap, left, top + theme.px(6), width, small, theme.color("faint"))
        painter.restore()

    def _line(self, painter: QPainter, box: QRect, entry: Entry, index: _Index) -> None:
        """The thread through all entries, and this one's bead; that of the present is hollow."""
        middle = box.left() + theme.px(14)
        bead = box.top() + theme.px(_PAD) + painting.metrics(theme.BODY_PT).lineSpacing() // 2
        last = index.row() == index.model().rowCount() - 1
        painter.setPen(QPen(theme.color("line"), 2))
        painter.drawLine(
            middle, box.top() if index.row() else bead, middle, bead if last else box.bottom() + 1
        )
        size = theme.px(_DOT)
        hue: QColor = theme.color(entry.tone)
        painter.setPen(QPen(hue, 2))
        painter.setBrush(theme.color("paper") if index.row() == 0 else hue)
        painter.drawEllipse(middle - size // 2, bead - size // 2, size, size)


def _below(entry: Entry) -> str:
    return "　".join(part for part in (entry.when, entry.who) if part)
