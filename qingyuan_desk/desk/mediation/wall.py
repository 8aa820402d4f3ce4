"""The card wall: mediators for the parties to choose from, over the whole window; no phones, no load, nothing of cases."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.mediation.candidates import MARKED, MarkList, elide, paint_initial
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.mediation.caseload import Candidate
from qingyuan_desk.domain.roster.cards import MediatorCard

_WIDTH, _HEIGHT, _GAP = 292, 208, 20


class CardWall(QFrame):
    """Lies over the window until Esc. What is chosen here was chosen by the parties (《人民调解法》第十九条)."""

    switched = Signal(str)
    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("mediation.wall")
        self.setAutoFillBackground(True)
        self.cards = _Cards()
        self.cards.switched.connect(self.switched.emit)
        self.chosen = label(role="section", name="mediation.wall_chosen")
        done = parts.button("选好了 Esc", "mediation.wall_done", role="primary")
        done.clicked.connect(self.close_wall)
        heading = label("请选择调解员", "number")
        law = label(
            "调解员由人民调解委员会指定，也可以由当事人选择。可以选一名，也可以选几名（《人民调解法》第十九条）。",
            "second",
            wrap=True,
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(heading)
        words.addWidget(law)
        head = QHBoxLayout()
        head.setSpacing(24)
        head.addLayout(words, 1)
        head.addWidget(self.chosen)
        head.addWidget(done)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 28, 40, 24)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.cards, 1)
        self.hide()
        over.installEventFilter(self)

    def show_cards(self, candidates: Sequence[Candidate], marked: Sequence[str]) -> None:
        """Cover the window."""
        self.cards.people.show_rows([each for each in candidates if each.card.mediator.status == "active"])
        self.mark(marked)
        self._cover()
        self.show()
        self.raise_()
        self.cards.setCurrentIndex(self.cards.people.index(0))
        self.cards.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark(self, codes: Sequence[str]) -> None:
        """Who is chosen, in order."""
        self.cards.people.mark(codes)
        names = {row.card.code: row.card.name for row in self.cards.people.rows}
        self.chosen.setText("已选：" + "、".join(names.get(code, code) for code in codes) if codes else "")

    def close_wall(self) -> None:
        """Give the window back."""
        self.hide()
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """No shortcut of what lies below works while parties look at the wall."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_wall()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window grew or shrank."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return False

    def _cover(self) -> None:
        over = self.parentWidget()
        if over is not None:
            self.setGeometry(over.rect())


class _Cards(MarkList):
    def __init__(self) -> None:
        super().__init__("mediation.wall_cards", "调解员卡片")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setProperty("role", "wall")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._painter = _CardPainter(self)
        self.setItemDelegate(self._painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.viewport().width() - 1
        columns = max(1, room // theme.px(_WIDTH))
        self.setGridSize(QSize(room // columns, theme.px(_HEIGHT) + _GAP))
        super().resizeEvent(event)


class _CardPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        wall = self.parent()
        return wall.gridSize() if isinstance(wall, _Cards) else QSize(theme.px(_WIDTH), theme.px(_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card: MediatorCard = index.data(Qt.ItemDataRole.UserRole).card
        marked = bool(index.data(MARKED))
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect.adjusted(_GAP // 2, _GAP // 2, -_GAP // 2, -_GAP // 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hue = "mediation" if marked else "accent" if here else "line"
        painter.setBrush(theme.color("selection" if marked else "paper"))
        painter.setPen(QPen(theme.color(hue), 3 if marked else 2 if here else 1))
        painter.drawRoundedRect(QRectF(box).adjusted(1.5, 1.5, -1.5, -1.5), 10, 10)
        side = theme.px(64)
        inner = box.adjusted(theme.px(16), theme.px(16), -theme.px(16), -theme.px(12))
        paint_initial(painter, QRect(inner.left(), inner.top(), side, side), card, 22)
        self._who(painter, inner.adjusted(side + theme.px(14), 0, 0, 0), card)
        self._more(painter, inner.adjusted(0, side + theme.px(12), 0, 0), card)
        if marked:
            painter.setPen(theme.color("mediation"))
            painter.setFont(theme.font(theme.BODY_PT, bold=True))
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, "✓ 已选")
        painter.restore()

    @staticmethod
    def _who(painter: QPainter, area: QRect, card: MediatorCard) -> None:
        painter.setFont(theme.font(16, bold=True))
        painter.setPen(theme.color("ink"))
        elide(painter, QRect(area.left(), area.top(), area.width() - theme.px(56), theme.px(34)), card.name)
        painter.setFont(theme.font(theme.BODY_PT))
        painter.setPen(theme.color("second"))
        about = " · ".join(
            filter(None, (card.sex, f"{card.age} 岁" if card.age else "", card.mediator.identity))
        )
        elide(painter, QRect(area.left(), area.top() + theme.px(36), area.width(), theme.px(24)), about)

    @staticmethod
    def _more(painter: QPainter, area: QRect, card: MediatorCard) -> None:
        height = theme.px(26)
        painter.setFont(theme.font(theme.BODY_PT))
        lines = (
            (card.place, "ink"),
            ("擅长：" + ("、".join(card.skills) or "各类民间纠纷"), "ink"),
            (card.mediator.posts, "second"),
            (" · ".join(filter(None, (card.kind, card.level))), "second"),
        )
        for place, (text, tone) in enumerate(each for each in lines if each[0]):
            painter.setPen(theme.color(tone))
            elide(painter, QRect(area.left(), area.top() + place * height, area.width(), height), text)
