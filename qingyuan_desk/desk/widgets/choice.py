"""Choosing from the office's lists: by typing characters, pinyin initials, or the number of the entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from qingyuan_desk.domain.text import search_key


@dataclass(frozen=True)
class Option:
    """An entry of a list. keys: further spellings it is found by (pinyin initials, former names), the likeliest first."""

    code: str
    name: str
    keys: tuple[str, ...] = ()

    def rank(self, typed: str) -> int | None:
        """How well what was typed (a search key) means this entry, 0 best; None: not at all."""
        name, keys = search_key(self.name), [search_key(key) for key in self.keys]
        if name.startswith(typed) or typed in keys[:1]:
            return 0
        likely = next((place for place, key in enumerate(keys, start=1) if key.startswith(typed)), None)
        return likely if likely is not None else len(keys) + 1 if typed in name else None


class ChoiceBox(QComboBox):
    """A list that opens on what is typed. Text that names no entry stays, so that it can be said what is wrong with it."""

    chosen = Signal(str)
    """The code of the entry, or "" when the text names none."""

    def __init__(self, name: str = "", *, hint: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._options: tuple[Option, ...] = ()
        self._last = ""
        self._fitting = QStringListModel(self)
        completer = QCompleter(self._fitting, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(12)
        self.setCompleter(completer)
        edit = self.lineEdit()
        edit.setObjectName(f"{name}.edit")
        edit.setPlaceholderText(hint)
        edit.textEdited.connect(self._typed)
        completer.activated.connect(self._pick_name)
        self.activated.connect(lambda _: self._settle())
        self.view().setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def set_options(self, options: Iterable[Option]) -> None:
        """Offer these entries; what was chosen or typed stays."""
        kept = self.typed
        self._options = tuple(options)
        self.blockSignals(True)
        self.clear()
        self.addItems([option.name for option in self._options])
        self.setCurrentIndex(-1)
        self.blockSignals(False)
        self._typed("")
        self.set_code(kept)

    @property
    def code(self) -> str:
        """The chosen entry's code; "" when the text names none."""
        option = self._option(self.currentText())
        return option.code if option else ""

    @property
    def typed(self) -> str:
        """The entry's code, or whatever was typed instead."""
        return self.code or self.currentText().strip()

    def set_code(self, code: str) -> None:
        """Choose an entry; an unknown code is shown as it is, "" empties the box."""
        option = next((each for each in self._options if each.code == code), None)
        self.setCurrentIndex(self._options.index(option) if option else -1)
        self.setEditText(option.name if option else code)
        self.lineEdit().setCursorPosition(0)  # a name too long for the box is read from its beginning
        self._settle()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The likeliest entry is taken when the person goes on: rz → 冉庄镇."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        was_open = self.completer().popup().isVisible()
        self.settle()
        if was_open:
            # The list has the keyboard and sent this key past our event filters: press it again, for them.
            QApplication.sendEvent(self, event.clone())
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Going on by Tab or Enter with the list open: the list would keep the loss of the keyboard from us."""
        self.settle()
        return super().focusNextPrevChild(onward)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page past a list must not change what was chosen."""
        event.ignore()

    def settle(self) -> None:
        """Take the likeliest entry for what was typed so far, and close the list."""
        typed = search_key(self.currentText())
        meant = self._option(self.currentText()) or next(iter(self._ranked(typed) if typed else ()), None)
        if meant is not None and meant.name != self.currentText():
            self.setEditText(meant.name)
            self.lineEdit().setCursorPosition(0)
        self.completer().popup().hide()
        self._settle()

    def _ranked(self, typed: str) -> list[Option]:
        """The entries that fit what was typed, the likeliest first."""
        ranks = [(option.rank(typed), option) for option in self._options]
        found = [(rank, option) for rank, option in ranks if rank is not None]
        return [option for _, option in sorted(found, key=lambda pair: pair[0])]

    def _option(self, text: str) -> Option | None:
        key = search_key(text)
        return next((each for each in self._options if key and search_key(each.name) == key), None)

    def _typed(self, text: str) -> None:
        self._fitting.setStringList([option.name for option in self._ranked(search_key(text))])

    def _pick_name(self, name: str) -> None:
        self.setEditText(name)
        self._settle()

    def _settle(self) -> None:
        code = self.code
        if code != self._last:
            self._last = code
            self.chosen.emit(code)


class Segments(QWidget):
    """A few alternatives side by side: one stop for Tab, digits choose, arrows move, the chosen one is filled."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Iterable[Option] = (), *, numbered: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._numbered = numbered
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._code = ""
        self.set_options(options)

    def set_options(self, options: Iterable[Option]) -> None:
        """Offer these alternatives."""
        for button in self._buttons.values():
            button.deleteLater()
        while self._row.takeAt(0):
            continue
        self._buttons = {}
        listed = list(options)
        for place, option in enumerate(listed, start=1):
            button = QPushButton(f"{place} {option.name}" if self._numbered else option.name)
            button.setObjectName(f"{self.objectName()}.{option.code}")
            button.setAccessibleName(option.name)
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.setProperty(
                "place",
                "only" if len(listed) == 1 else {1: "first", len(listed): "last"}.get(place, "middle"),
            )
            button.installEventFilter(self)
            button.clicked.connect(lambda _=False, code=option.code: self.choose(code))
            self._buttons[option.code] = button
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.set_code(self._code)

    @property
    def code(self) -> str:
        """The chosen alternative's code, or ""."""
        return self._code

    def set_code(self, code: str) -> None:
        """Show an alternative as chosen, without telling anybody."""
        self._code = code if code in self._buttons else ""
        stop = self._code or next(iter(self._buttons), "")
        for each, button in self._buttons.items():
            button.setChecked(each == self._code)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each == stop else Qt.FocusPolicy.ClickFocus)
            if each == stop:
                self.setFocusProxy(button)

    def choose(self, code: str) -> None:
        """Choose as a person does; the chosen one pressed again is taken back."""
        self.set_code("" if code == self._code else code)
        self.chosen.emit(self._code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A button would take the arrows for itself."""
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        codes = list(self._buttons)
        place = event.key() - Qt.Key.Key_1
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            place = (codes.index(self._code) + step) % len(codes) if self._code else 0
        elif not 0 <= place < len(codes) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        self.set_code(codes[place])
        self._buttons[codes[place]].setFocus()
        self.chosen.emit(self._code)
        return True
