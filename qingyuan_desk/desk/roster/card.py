"""How a mediator's card is painted: surname in a circle, name, place, skills, term, load, and what speaks for or against."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.roster.model import next_free_words
from qingyuan_desk.desk.widgets.labels import paint_tag
from qingyuan_desk.domain.roster.cards import MediatorCard, Suggested
from qingyuan_desk.domain.roster.results import FULL_LOAD, percent

WIDTH, HEIGHT, GAP = 270, 150, 12

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STATUS = {"active": "green", "suspended": "amber", "ended": "second"}
_TERM = {"ending": "amber", "ended": "red", "ahead": "amber"}


class CardPainter(QStyledItemDelegate):
    """Paints one card; a chosen one has an accent edge, one who is not called is pale."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        wall = self.parent()
        return wall.gridSize() if isinstance(wall, Wall) else QSize(theme.px(WIDTH), theme.px(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Suggested = index.data(Qt.ItemDataRole.UserRole)
        box = option.rect.adjusted(GAP // 2, GAP // 2, -GAP // 2, -GAP // 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, option)
        inner = box.adjusted(theme.px(12), theme.px(10), -theme.px(12), -theme.px(10))
        self._circle(painter, inner, row.card)
        self._who(painter, inner.adjusted(theme.px(52), 0, 0, 0), row.card)
        self._more(painter, inner, row)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(theme.color("selection" if chosen else "paper"))
        painter.setPen(QPen(theme.color("accent" if chosen or over else "line"), 2 if chosen else 1))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _circle(self, painter: QPainter, inner: QRect, card: MediatorCard) -> None:
        side = theme.px(40)
        circle = QRect(inner.left(), inner.top(), side, side)
        hue = theme.color("mediation" if card.mediator.status == "active" else "second")
        ground = QColor(hue)
        ground.setAlphaF(0.14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(circle)
        painter.setPen(hue)
        painter.setFont(theme.font(13 if len(card.initial) == 1 else 10, bold=True))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, card.initial)

    def _who(self, painter: QPainter, area: QRect, card: MediatorCard) -> None:
        active = card.mediator.status == "active"
        painter.setFont(theme.font(11, bold=True))
        painter.setPen(theme.color("ink" if active else "second"))
        name = QRect(area.left(), area.top(), area.width(), theme.px(20))
        shown = painter.fontMetrics().elidedText(
            card.name, Qt.TextElideMode.ElideRight, area.width() - theme.px(52)
        )
        painter.drawText(name, _LEFT, shown)
        after = area.left() + painter.fontMetrics().horizontalAdvance(shown) + theme.px(8)
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.color("second"))
        about = " ".join(filter(None, (card.sex, f"{card.age}岁" if card.age else "")))
        painter.drawText(
            QRect(after, area.top(), area.right() - after - theme.px(46), theme.px(20)), _LEFT, about
        )
        tag = QRectF(area.right() - theme.px(40), area.top(), theme.px(40), theme.px(20))
        paint_tag(painter, tag, card.status, theme.color(_STATUS[card.mediator.status]))
        painter.setPen(theme.color("second"))
        below = " · ".join(filter(None, (card.place, card.mediator.identity)))
        _line(painter, QRect(area.left(), area.top() + theme.px(21), area.width(), theme.px(18)), below)

    def _more(self, painter: QPainter, inner: QRect, row: Suggested) -> None:
        card = row.card
        painter.setFont(theme.font(theme.SMALL_PT))
        height = theme.px(19)
        top = inner.top() + theme.px(46)
        painter.setPen(theme.color("ink"))
        _line(
            painter,
            QRect(inner.left(), top, inner.width(), height),
            "擅长 " + ("、".join(card.skills) or "未填"),
        )
        painter.setPen(theme.color("second"))
        results = card.results
        success = f"成功率{percent(results.success)}" if results.finished else ""
        rated = f"满意{percent(results.satisfaction)}" if results.rated else ""
        second = " · ".join(filter(None, (card.kind, card.level, success, rated)))
        _line(painter, QRect(inner.left(), top + height, inner.width(), height), second)
        third = QRect(inner.left(), top + 2 * height, inner.width(), height)
        if row.conflicts:
            painter.setPen(theme.color("red"))
            _line(painter, third, "⚠ " + "；".join(row.conflicts))
        elif row.reasons:
            painter.setPen(theme.color("green"))
            _line(painter, third, "✓ " + " · ".join(row.reasons))
        else:
            painter.setPen(theme.color(_TERM.get(card.term_state, "second")))
            _line(painter, third, card.term if not card.why else f"{card.status}：{card.why}")
        self._load(painter, QRect(inner.left(), top + 3 * height + theme.px(4), inner.width(), height), card)

    def _load(self, painter: QPainter, area: QRect, card: MediatorCard) -> None:
        """The next free day at the left, cases in hand as small squares and a number at the right."""
        away = bool(card.leave) and card.mediator.status == "active"
        words = f"在办{card.results.open}件"
        width = painter.fontMetrics().horizontalAdvance("在办88件")
        side, gap = theme.px(8), theme.px(3)
        first = area.right() - width - theme.px(6) - FULL_LOAD * (side + gap)
        painter.setPen(theme.color("amber" if away else "second"))
        day = card.leave if away else f"下次可约 {next_free_words(card)}"
        _line(painter, QRect(area.left(), area.top(), first - area.left() - gap, area.height()), day)
        full = theme.color("amber" if card.results.open >= FULL_LOAD else "mediation")
        for place in range(FULL_LOAD):
            box = QRectF(first + place * (side + gap), area.center().y() - side / 2 + 1, side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(full if place < card.results.squares else theme.color("line"))
            painter.drawRoundedRect(box, 1.5, 1.5)
        painter.setPen(theme.color("second"))
        painter.drawText(QRect(area.right() - width, area.top(), width, area.height()), _RIGHT, words)


class Wall(QListView):
    """Cards side by side; the room that is left over is shared among them."""

    def __init__(self) -> None:
        super().__init__()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setProperty("role", "wall")
        self._painter = CardPainter(self)
        self.setItemDelegate(self._painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.viewport().width() - 1
        columns = max(1, room // (theme.px(WIDTH) + GAP))
        self.setGridSize(QSize(room // columns, theme.px(HEIGHT) + GAP))
        super().resizeEvent(event)


def _line(painter: QPainter, area: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, _LEFT, shown)
