"""Who could mediate: one row each with what speaks for and against them, how busy they are, and when they can come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.parts import short_day
from qingyuan_desk.desk.widgets.tables import NOWHERE, Index
from qingyuan_desk.domain.mediation.caseload import Candidate
from qingyuan_desk.domain.roster.cards import MediatorCard

HEIGHT = 76
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MARKED = Qt.ItemDataRole.UserRole + 1


class CandidateModel(QAbstractListModel):
    """Candidates, and which of them are marked (0: not; 1: the first …)."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Candidate] = ()
        self._marked: Sequence[str] = ()

    @property
    def rows(self) -> Sequence[Candidate]:
        """What is listed."""
        return self._rows

    def show_rows(self, rows: Sequence[Candidate]) -> None:
        """List these."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def mark(self, codes: Sequence[str]) -> None:
        """Show these as chosen, in this order."""
        self._marked = tuple(codes)
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == MARKED:
            return self._marked.index(row.card.code) + 1 if row.card.code in self._marked else 0
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = (row.card.name, row.card.place, *row.card.skills, *row.reasons, *row.conflicts)
            return " ".join(said) + (" 已选" if row.card.code in self._marked else "")
        return None


class MarkList(QListView):
    """Enter, the space bar, or a double click marks a row, or takes the mark away."""

    switched = Signal(str)
    """The code of a candidate."""

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.people = CandidateModel()
        self.setModel(self.people)
        self.doubleClicked.connect(self._switch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._switch(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _switch(self, index: QModelIndex) -> None:
        if index.isValid():
            self.switched.emit(index.data(Qt.ItemDataRole.UserRole).card.code)


class RowPainter(QStyledItemDelegate):
    """One candidate in three lines."""

    def __init__(self, parent: QWidget, today: date) -> None:
        super().__init__(parent)
        self.today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(320), theme.px(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Candidate = index.data(Qt.ItemDataRole.UserRole)
        marked = int(index.data(MARKED))
        box = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, option, chosen=bool(marked))
        circle = QRect(box.left() + theme.px(12), box.top() + theme.px(14), theme.px(36), theme.px(36))
        paint_initial(painter, circle, row.card, 12)
        area = box.adjusted(theme.px(60), theme.px(9), -theme.px(52), -theme.px(8))
        self._lines(painter, area, row)
        self._mark(painter, QPointF(box.right() - theme.px(26), box.top() + theme.px(32)), marked)
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, box: QRect, option: QStyleOptionViewItem, *, chosen: bool) -> None:
        on, over = (
            bool(option.state & state)
            for state in (QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver)
        )
        painter.fillRect(box, theme.color("selection" if on else "hover" if over else "paper"))
        painter.setPen(theme.color("line"))
        painter.drawLine(box.left() + theme.px(12), box.bottom(), box.right() - theme.px(12), box.bottom())
        if chosen:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), theme.color("mediation"))

    def _lines(self, painter: QPainter, area: QRect, row: Candidate) -> None:
        card, height = row.card, theme.px(20)
        painter.setFont(theme.font(11, bold=True))
        painter.setPen(theme.color("ink"))
        painter.drawText(QRect(area.left(), area.top(), area.width(), height), _LEFT, card.name)
        after = painter.fontMetrics().horizontalAdvance(card.name) + theme.px(10)
        painter.setFont(theme.font(theme.SMALL_PT))
        busy = " · ".join((f"在办 {row.load} 件", self._free(card)))
        taken = painter.fontMetrics().horizontalAdvance(busy) + theme.px(10)
        painter.setPen(theme.color("second"))
        painter.drawText(QRect(area.left(), area.top(), area.width(), height), _RIGHT, busy)
        about = " · ".join(filter(None, (card.place, card.mediator.identity, card.level)))
        elide(painter, QRect(area.left() + after, area.top(), area.width() - after - taken, height), about)
        second = QRect(area.left(), area.top() + height, area.width(), height)
        elide(painter, second, "擅长 " + ("、".join(card.skills) or "未填"))
        third = second.translated(0, height)
        if row.conflicts:
            painter.setPen(theme.color("amber"))
            elide(painter, third, "须告知：" + "；".join(row.conflicts))
        else:
            painter.setPen(theme.color("green"))
            elide(painter, third, " · ".join(row.reasons))

    def _free(self, card: MediatorCard) -> str:
        if card.next_free is None:
            return card.free or "时间未填"
        if card.next_free == self.today:
            return "今天能来"
        return f"{short_day(card.next_free, self.today)}能来"

    @staticmethod
    def _mark(painter: QPainter, centre: QPointF, marked: int) -> None:
        side = theme.px(22)
        circle = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        painter.setPen(QPen(theme.color("mediation" if marked else "line"), 2))
        painter.setBrush(theme.color("mediation") if marked else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if marked:
            painter.setPen(theme.color("paper"))
            painter.setFont(theme.font(theme.SMALL_PT, bold=True))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(marked))


def paint_initial(painter: QPainter, circle: QRect, card: MediatorCard, points: float) -> None:
    """The surname in a circle, where there is no photo."""
    hue = theme.color("mediation")
    ground = QColor(hue)
    ground.setAlphaF(0.14)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(circle)
    painter.setPen(hue)
    painter.setFont(theme.font(points if len(card.initial) == 1 else points * 0.75, bold=True))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, card.initial)


def elide(painter: QPainter, area: QRect, text: str) -> None:
    """One line of text, shortened where it does not fit."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width()))
    painter.drawText(area, _LEFT, shown)
