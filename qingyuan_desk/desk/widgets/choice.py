"""Choosing from the office's lists: by typing characters, pinyin initials, or the number of the entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from qingyuan_desk.domain.text import search_key


@dataclass(frozen=True)
class Option:
    """An entry of a list. keys: further spellings it is found by (pinyin initials, former names)."""

    code: str
    name: str
    keys: tuple[str, ...] = ()

    def fits(self, typed: str) -> bool:
        """Whether what was typed means this entry."""
        return typed in search_key(self.name) or any(search_key(key).startswith(typed) for key in self.keys)


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
        self._fitting = _Fitting(self)
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
        """Offer these entries; what was chosen stays when it is among them."""
        kept = self.code
        self._options = tuple(options)
        self.blockSignals(True)
        self.clear()
        self.addItems([option.name for option in self._options])
        self.setCurrentIndex(-1)
        self.blockSignals(False)
        self._fitting.set_options(self._options)
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
        self._settle()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A unique fitting entry is taken when the person goes on: rz → 冉庄镇."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._complete()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._complete()
        super().keyPressEvent(event)

    def _complete(self) -> None:
        typed = search_key(self.currentText())
        if typed and self._option(self.currentText()) is None:
            fitting = self._fitting.fitting(typed)
            if fitting:
                self.setEditText(fitting[0].name)
        self._settle()

    def _option(self, text: str) -> Option | None:
        key = search_key(text)
        return next((each for each in self._options if key and search_key(each.name) == key), None)

    def _typed(self, text: str) -> None:
        self._fitting.filter(search_key(text))

    def _pick_name(self, name: str) -> None:
        self.setEditText(name)
        self._settle()

    def _settle(self) -> None:
        code = self.code
        if code != self._last:
            self._last = code
            self.chosen.emit(code)


class _Fitting(QSortFilterProxyModel):
    """The entries that fit what was typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._options: tuple[Option, ...] = ()
        self._typed = ""
        self._names = QStringListModel(self)
        self.setSourceModel(self._names)

    def set_options(self, options: tuple[Option, ...]) -> None:
        self._options = options
        self._names.setStringList([option.name for option in options])
        self.filter("")

    def filter(self, typed: str) -> None:
        self.beginFilterChange()
        self._typed = typed
        self.endFilterChange()

    def fitting(self, typed: str) -> list[Option]:
        """Entries that begin with what was typed first."""
        found = [option for option in self._options if option.fits(typed)]
        return sorted(found, key=lambda option: not search_key(option.name).startswith(typed))

    def filterAcceptsRow(self, row: int, parent: object) -> bool:
        return not self._typed or self._options[row].fits(self._typed)


class Segments(QWidget):
    """A few alternatives side by side; digits choose, arrows move, the chosen one is filled."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Iterable[Option] = (), *, numbered: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._numbered = numbered
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._code = ""
        self.set_options(options)

    def set_options(self, options: Iterable[Option]) -> None:
        """Offer these alternatives."""
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.deleteLater()
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
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if place == 1 else Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda _=False, code=option.code: self.choose(code))
            self._buttons[option.code] = button
            self._row.addWidget(button)
        self.set_code(self._code)

    @property
    def code(self) -> str:
        """The chosen alternative's code, or ""."""
        return self._code

    def set_code(self, code: str) -> None:
        """Show an alternative as chosen, without telling anybody."""
        self._code = code if code in self._buttons else ""
        for each, button in self._buttons.items():
            button.setChecked(each == self._code)

    def choose(self, code: str) -> None:
        """Choose as a person does; the chosen one pressed again is taken back."""
        self.set_code("" if code == self._code else code)
        self.chosen.emit(self._code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        codes = list(self._buttons)
        digit = event.key() - Qt.Key.Key_1
        if 0 <= digit < len(codes):
            self.set_code(codes[digit])
            self.chosen.emit(self._code)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and codes:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            place = codes.index(self._code) + step if self._code else 0
            self.set_code(codes[place % len(codes)])
            self.chosen.emit(self._code)
        else:
            super().keyPressEvent(event)
