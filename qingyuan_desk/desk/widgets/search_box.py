"""The search box in the head of the window: names, pinyin, phone and ID tails, numbers, words of the narrative."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.labels import label, paint_tag
from qingyuan_desk.domain.matter import SearchHit
from qingyuan_desk.services import ledger

_LIMIT = 50
#: A pause in typing of this many milliseconds starts a search.
_PAUSE = 60


class SearchBox(QLineEdit):
    """Searches as one types; Enter opens the first hit, the arrows choose another, Esc goes back."""

    opened = Signal(object)
    """The matter id of the chosen hit."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("window.search")
        self.setPlaceholderText("搜索姓名、拼音、电话、文号、内容　Ctrl+K")
        self.setAccessibleName("搜索")
        self.setClearButtonEnabled(True)
        self._session = session
        self._task: background.Task | None = None
        self._open_first = False
        self._popup: _Popup | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.search)
        self.textEdited.connect(lambda _: self._timer.start())

    @property
    def hits(self) -> tuple[SearchHit, ...]:
        """What the list shows."""
        return self._popup.hits if self._popup and self._popup.isVisible() else ()

    def search(self) -> None:
        """Ask for what the text means now; an older question's answer is dropped."""
        if self._task:
            self._task.drop()
        text = self.text().strip()
        if not text:
            self.close_list()
            return
        session = self._session
        self._task = background.ask(
            self,
            ledger.search,
            session.office,
            session.actor,
            text,
            _LIMIT,
            then=self._show,
            failed=session.tell,
        )

    def close_list(self) -> None:
        """Put the list away."""
        if self._popup:
            self._popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.hits and self._popup:
            self._popup.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.close_list()
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.close_list()

    def _enter(self) -> None:
        """What a scanner types ends with Enter before the answer is there; then the first hit opens by itself."""
        if self._timer.isActive():
            self._timer.stop()
            self._open_first = True
            self.search()
        elif self.hits and self._popup:
            self._choose(self._popup.current())

    def _show(self, hits: tuple[SearchHit, ...]) -> None:
        if self._popup is None:
            self._popup = _Popup(self.window(), self._choose)
        self._popup.show_hits(hits, self)
        if self._open_first:
            self._open_first = False
            if hits:
                self._choose(hits[0])

    def _choose(self, hit: SearchHit | None) -> None:
        if hit is None:
            return
        self.close_list()
        self.clear()
        self.opened.emit(hit.matter_id)


class _Popup(QFrame):
    """The list under the box. A child of the window, so that the focus stays in the box."""

    def __init__(self, window: QWidget, choose: Callable[[SearchHit], None]) -> None:
        super().__init__(window)
        self.setObjectName("window.hits")
        self._model = _Hits(self)
        self._list = QListView()
        self._list.setObjectName("window.hit_list")
        self._list.setModel(self._model)
        self._list.setItemDelegate(_HitLine(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.clicked.connect(lambda index: choose(self._model.hits[index.row()]))
        self._foot = label(role="small")
        self._foot.setContentsMargins(12, 6, 12, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._list, 1)
        column.addWidget(self._foot)
        window.installEventFilter(self)
        self._box: QWidget | None = None

    @property
    def hits(self) -> tuple[SearchHit, ...]:
        """What is listed."""
        return self._model.hits

    def show_hits(self, hits: tuple[SearchHit, ...], box: QWidget) -> None:
        """List hits below the box; say so when there are none."""
        self._box = box
        self._model.show_hits(hits)
        self._list.setCurrentIndex(self._model.index(0))
        counted = f"{_LIMIT}+ 条，再多写几个字" if len(hits) == _LIMIT else f"{len(hits)} 条"
        self._foot.setText(
            f"{counted}　↑↓ 选择　Enter 打开　Esc 关闭" if hits else "没有找到。换一个说法，或少输几个字。"
        )
        self._place()
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Another hit."""
        rows = self._model.rowCount()
        self._list.setCurrentIndex(self._model.index((self._list.currentIndex().row() + by) % rows))

    def current(self) -> SearchHit | None:
        """The hit that Enter opens."""
        row = self._list.currentIndex().row()
        return self.hits[row] if 0 <= row < len(self.hits) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(event, QResizeEvent) and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        if self._box is None:
            return
        below = self._box.mapTo(self.window(), QPoint(0, self._box.height() + 4))
        width = max(self._box.width(), theme.px(560))
        height = min(max(1, len(self.hits)), 8) * theme.px(52) * bool(self.hits) + theme.px(34)
        right = below.x() + self._box.width()
        self.setGeometry(QRect(right - width, below.y(), width, height))
        self._list.setVisible(bool(self.hits))


class _Hits(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: tuple[SearchHit, ...] = ()

    def show_hits(self, hits: tuple[SearchHit, ...]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.hits)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.visitor} {hit.visit_number} {hit.title}"
        return None


class _HitLine(QStyledItemDelegate):
    """Two lines: who and which number; what it is about and why it was found."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, theme.px(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        hit: SearchHit = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        active = option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        painter.fillRect(option.rect, theme.color("selection" if active else "paper"))
        box = option.rect.adjusted(12, theme.px(6), -12, -theme.px(5))
        tag = QRect(box.right() - theme.px(44), box.top(), theme.px(44), theme.px(20))
        flow = {"petition": "信访", "mediation": "调解", "consultation": "咨询", "handover": "移送"}.get(
            hit.flow, hit.flow
        )
        painter.setFont(theme.font(theme.SMALL_PT))
        paint_tag(painter, tag.toRectF(), flow, theme.flow_color(hit.flow))
        painter.setPen(theme.color("second"))
        right = box.adjusted(0, 0, -theme.px(52), 0)
        left, top = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | top, f"{hit.visit_number}　{hit.received_on}")
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color("ink"))
        painter.drawText(right, left | top, hit.visitor)
        painter.setFont(theme.font(theme.SMALL_PT))
        painter.setPen(theme.color("second"))
        metrics, cut, bottom = (
            painter.fontMetrics(),
            Qt.TextElideMode.ElideRight,
            Qt.AlignmentFlag.AlignBottom,
        )
        why = metrics.elidedText(f"　〔{hit.why}〕", cut, box.width() // 2)
        title = metrics.elidedText(hit.title, cut, box.width() - metrics.horizontalAdvance(why))
        painter.drawText(box, left | bottom, title + why)
        painter.restore()
