"""Several entries of a list, one chosen after the other: each stands below as a small word with a cross that takes it away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.chips import Flowing
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option


class Several(QWidget):
    """Enter takes what stands in the box. free: words that are no entry are taken too, as they are."""

    changed = Signal()

    def __init__(self, name: str, *, hint: str = "", free: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._free = free
        self._options: tuple[Option, ...] = ()
        self._codes: tuple[str, ...] = ()
        self.box = ChoiceBox(f"{name}.box", hint=hint)
        self.box.installEventFilter(self)
        self.box.completer().activated.connect(lambda _: self.take())
        self.box.activated.connect(lambda _: self.take())
        self._chips = QWidget()
        self._row = Flowing(self._chips, theme.px(6))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.box)
        column.addWidget(self._chips)
        self.setFocusProxy(self.box)
        self._show()

    def set_options(self, options: Iterable[Option]) -> None:
        """Offer these entries; what was chosen stays."""
        self._options = tuple(options)
        self.box.set_options(self._options)
        self._show()

    @property
    def codes(self) -> tuple[str, ...]:
        """What was chosen, in the order it was; what stands in the box counts too, as it would with Enter."""
        pending = self._pending()
        return (*self._codes, pending) if pending and pending not in self._codes else self._codes

    def set_codes(self, codes: Sequence[str]) -> None:
        """Show these as chosen, without telling anybody."""
        self._codes = tuple(codes)
        self.box.set_code("")
        self._show()

    def take(self) -> bool:
        """Take what stands in the box; whether there was something."""
        self.box.settle()
        pending = self._pending()
        if not pending:
            return False
        if pending not in self._codes:
            self._codes = (*self._codes, pending)
        self.box.set_code("")
        self._show()
        self.changed.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes an entry; in an empty box it goes on as everywhere."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.take()

    def _pending(self) -> str:
        return self.box.typed if self._free else self.box.code

    def _remove(self, code: str) -> None:
        self._codes = tuple(each for each in self._codes if each != code)
        self._show()
        self.box.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        names = {each.code: each.name for each in self._options}
        for code in self._codes:
            called = names.get(code, code)
            chip = QPushButton(f"{called}  ×")
            chip.setObjectName(f"{self.objectName()}.chosen.{code}")
            chip.setAccessibleName(f"去掉 {called}")
            chip.setProperty("role", "chip")
            chip.setProperty("aside", True)
            chip.clicked.connect(lambda _=False, code=code: self._remove(code))
            self._row.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(self._codes))
