"""At the left, the steps that can be taken now as verbs with their articles; those that cannot fold away with their reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets import painting
from qingyuan_desk.domain.checks import StepView
from qingyuan_desk.domain.handling.case import Handled

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT, _PAD = 14, 5

#: Group → its steps; what is in none stands under 其他.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "认定受理": ("classify", "accept", "refuse", "no_more", "guide"),
    "送案": (
        "forward",
        "hand_over",
        "discipline",
        "receive",
        "object",
        "decide",
        "return",
        "reassign",
        "reply",
        "support",
    ),
    "办理答复": ("extend", "answer", "ask_review", "review", "hearing", "tell"),
    "咨询和法律援助": ("consult", "apply_aid", "supply_aid", "decide_aid", "assign_aid"),
    "办结": ("close", "recheck", "withdraw", "switch"),
    "报告和标记": ("report", "flag", "confirm_flag", "measure"),
    "催办和评价": ("urge", "urge_reply", "rate"),
    "心理疏导": ("refer", "counsel"),
}
_OTHER = "其他"

#: Node → what a matter that stands there waits for, the likeliest first.
_WAITS: Mapping[str, tuple[str, ...]] = {
    "to_forward": ("discipline", "forward"),
    "to_hand_over": ("hand_over",),
    "forwarded": ("receive",),
    "handed": ("receive",),
    "received": ("accept", "reply"),
    "objected": ("decide",),
    "handling": ("answer", "reply"),
    "answered": ("close",),
    "replied": ("close",),
    "reviewing": ("review",),
    "review_answered": ("close",),
    "rechecking": ("review",),
    "to_answer": ("consult",),
    "booked": ("consult",),
    "aid_review": ("decide_aid",),
    "aid_lacking": ("supply_aid",),
    "aid_assign": ("assign_aid",),
    "closed": ("recheck", "rate"),
}


def waited_for(case: Handled, free: Collection[str]) -> str:
    """Of the steps that can be taken, the one the matter waits for; "" when it waits for none."""
    first = ("classify",) if case.flow == "petition" and not case.classified.kind else ()
    wanted = (*first, *_WAITS.get(case.node, ()))
    return next((step for step in wanted if step in free), "")


@dataclass(frozen=True)
class Row:
    """A line of the list. kind: "group", "step", or "fold" (the line that unfolds what cannot be done)."""

    kind: str
    text: str
    below: str = ""
    step: str = ""
    hindered: bool = False


def rows(steps: Sequence[StepView], *, unfolded: bool) -> list[Row]:
    """The lines for these steps."""
    free = [step for step in steps if not step.hindrance]
    stopped = [step for step in steps if step.hindrance]
    found: list[Row] = []
    for group in (*GROUPS, _OTHER):
        of_group = [step for step in free if _group(step.code) == group]
        if of_group:
            found.append(Row("group", group))
            found += [Row("step", step.name, step.article, step.code) for step in of_group]
    if stopped:
        found.append(Row("fold", f"现在不能办的 {len(stopped)} 项"))
        if unfolded:
            found += [Row("step", step.name, step.hindrance, step.code, hindered=True) for step in stopped]
    return found


def _group(step: str) -> str:
    return next((group for group, steps in GROUPS.items() if step in steps), _OTHER)


class Steps(QListView):
    """Arrows move, Enter or a click chooses. The step whose form is open keeps a bar at its left."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("matter.steps")
        self.setAccessibleName("现在可以办的步骤")
        self.setProperty("role", "plain")
        self.setMouseTracking(True)
        self._steps: Sequence[StepView] = ()
        self._unfolded = False
        self._model = _Rows(self)
        self._painter = _RowPainter(self)
        self.open_step = ""
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._act)

    @property
    def rows(self) -> list[Row]:
        """What is listed."""
        return self._model.rows

    def show_steps(self, steps: Sequence[StepView]) -> None:
        """List these; unfolded stays unfolded."""
        self._steps = steps
        self._fill()

    @property
    def unfolded(self) -> bool:
        """Whether what cannot be done is listed too."""
        return self._unfolded

    def fold(self) -> None:
        """Fold away what cannot be done."""
        self._unfolded = False
        self._fill()

    def mark_open(self, step: str) -> None:
        """The form of this step is in view."""
        self.open_step = step
        place = next((at for at, row in enumerate(self.rows) if row.step == step), -1)
        if place >= 0:
            self.setCurrentIndex(self._model.index(place))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._act(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # heights follow from the width

    def _fill(self) -> None:
        self._model.show(rows(self._steps, unfolded=self._unfolded))
        self.scheduleDelayedItemsLayout()
        self.mark_open(self.open_step)

    def _act(self, index: _Index) -> None:
        if not index.isValid():
            return
        row = self.rows[index.row()]
        if row.kind == "fold":
            self._unfolded = not self._unfolded
            self._fill()
            self.setCurrentIndex(self._model.index(index.row()))
            if self._unfolded:
                self.scrollTo(self._model.index(index.row()), QListView.ScrollHint.PositionAtTop)
        elif row.step and not row.hindered:
            self.chosen.emit(row.step)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, found: list[Row]) -> None:
        if found == self.rows:
            return
        self.beginResetModel()
        self.rows = found
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A heading is passed over."""
        group = index.isValid() and self.rows[index.row()].kind == "group"
        return Qt.ItemFlag.NoItemFlags if group else super().flags(index)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "　".join(part for part in (row.text, row.below) if part)
        return None


class _RowPainter(QStyledItemDelegate):
    """A verb, and below it in small type its article or its reason."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        width = self._view.viewport().width() - theme.px(2 * _LEFT)
        if row.kind == "group":
            return QSize(0, painting.metrics(theme.SMALL_PT).lineSpacing() + theme.px(12))
        if row.kind == "fold":
            return QSize(0, painting.metrics(theme.SMALL_PT).lineSpacing() + theme.px(20))
        high = painting.height(row.text, width, theme.BODY_PT, bold=not row.hindered)
        if row.below:
            high += painting.height(row.below, width, theme.SMALL_PT)
        return QSize(0, high + theme.px(2 * _PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect
        left, width = box.left() + theme.px(_LEFT), box.width() - theme.px(2 * _LEFT)
        second = theme.color("second")
        if row.kind == "group":
            painting.write(painter, row.text, left, box.top() + theme.px(8), width, theme.SMALL_PT, second)
        else:
            self._ground(painter, box, option, open_now=row.step == self._view.open_step and bool(row.step))
            if row.kind == "fold":
                sign = "▾" if self._view.unfolded else "▸"
                text = f"{sign} {row.text}"
                painting.write(painter, text, left, box.top() + theme.px(10), width, theme.SMALL_PT, second)
            else:
                ink = theme.color("faint" if row.hindered else "ink")
                top = box.top() + theme.px(_PAD)
                body = theme.BODY_PT
                top = painting.write(painter, row.text, left, top, width, body, ink, bold=not row.hindered)
                painting.write(painter, row.below, left, top, width, theme.SMALL_PT, second)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, *, open_now: bool) -> None:
        states = option.state
        if (states & QStyle.StateFlag.State_Selected and (self._view.hasFocus() or open_now)) or open_now:
            painter.fillRect(box, theme.color("selection"))
        elif states & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("hover"))
        if open_now:
            painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), theme.color("accent"))

    @property
    def _view(self) -> Steps:
        view = self.parent()
        assert isinstance(view, Steps), "the list makes its own painter"
        return view
