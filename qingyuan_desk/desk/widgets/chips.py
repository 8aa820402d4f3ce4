"""Small words to switch on and off, in as many lines as they need: one stop for Tab, arrows move, the space bar switches."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.choice import Option


class Flowing(QLayout):
    """Widgets beside each other like words, the next line begun where one is full."""

    def __init__(self, parent: QWidget, spacing: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._items:
            least = least.expandedTo(item.minimumSize())
        return least

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Put every item in its place; the height they take."""
        x, y, tallest = rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, tallest = rect.x(), y + tallest + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, tallest = x + size.width() + self.spacing(), max(tallest, size.height())
        return y + tallest - rect.y()


class Chips(QWidget):
    """Several of these may hold at once."""

    switched = Signal(str, bool)
    """A person switched this code on or off."""

    def __init__(self, name: str, options: Iterable[Option], *, each: str) -> None:
        """name: of the whole. each: name of a chip, to which its code is added."""
        super().__init__()
        self.setObjectName(name)
        self._buttons: dict[str, QPushButton] = {}
        row = Flowing(self, theme.px(6))
        for option in options:
            button = QPushButton(option.name)
            button.setObjectName(f"{each}.{option.code}")
            button.setAccessibleName(option.name)
            button.setCheckable(True)
            button.setProperty("role", "chip")
            button.installEventFilter(self)
            button.clicked.connect(lambda on, code=option.code: self.switched.emit(code, on))
            self._buttons[option.code] = button
            row.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._stop(next(iter(self._buttons), ""))

    @property
    def codes(self) -> frozenset[str]:
        """What is switched on."""
        return frozenset(code for code, button in self._buttons.items() if button.isChecked())

    def set_codes(self, codes: Iterable[str]) -> None:
        """Show these as switched on, without telling anybody."""
        wanted = set(codes)
        for code, button in self._buttons.items():
            button.setChecked(code in wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go to the neighbour."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            return False
        codes, buttons = list(self._buttons), list(self._buttons.values())
        place = (buttons.index(watched) + step) % len(buttons)  # type: ignore[arg-type]
        self._stop(codes[place])
        buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _stop(self, code: str) -> None:
        for each, button in self._buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each == code else Qt.FocusPolicy.ClickFocus)
            if each == code:
                self.setFocusProxy(button)
