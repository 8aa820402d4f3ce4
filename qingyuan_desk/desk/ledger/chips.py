"""Filter chips: a name while nothing is chosen, the chosen entry filled in; pressing opens the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.choice import Option
from qingyuan_desk.desk.widgets.labels import label, plain_tooltip
from qingyuan_desk.domain.matter import PERIODS
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.text import search_key

#: Longer lists have a line to type into.
_SHORT = 9
#: Most characters of a chosen entry that a chip shows.
SHOWN = 7


class FilterChip(QPushButton):
    """One condition of the list. Space or ↓ opens its entries, Backspace takes the condition off."""

    chosen = Signal()

    def __init__(self, name: str, caption: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "chip")
        self.setCheckable(True)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._caption = caption
        self._options: tuple[Option, ...] = ()
        self._code = ""
        self._shown = SHOWN
        self.popup: ChoicePopup | None = None
        self.clicked.connect(self.open)
        self._say()

    def restyle(self) -> None:
        """Take over colours and size of type in force."""
        self.setIconSize(QSize(theme.px(12), theme.px(12)))
        self._say()

    @property
    def code(self) -> str:
        """The chosen entry; "" for none."""
        return self._code

    def set_options(self, options: Iterable[Option]) -> None:
        """Offer these entries."""
        self._options = tuple(options)
        self._say()
        if self.popup is not None:
            self.popup.offer(self._options)

    def set_code(self, code: str) -> None:
        """Show an entry as chosen, without telling anybody."""
        self._code = code
        self._say()

    def choose(self, code: str) -> None:
        """Choose as a person does; "" takes the condition off."""
        changed = code != self._code
        self.set_code(code)
        if changed:
            self.chosen.emit()

    def shorten(self, characters: int) -> None:
        """Show at most so many characters of what is chosen."""
        self._shown = characters
        self._say()

    def open(self) -> None:
        """Show the entries below the chip."""
        self._say()  # pressing toggles the button; it is filled only by what is chosen
        if self.popup is None:
            self.popup = self._make_popup()
        self.popup.show_options(self._options, self._code)
        self.popup.adjustSize()
        below = self.mapToGlobal(QPoint(0, self.height() + 4))
        room = self.screen().availableGeometry()
        below.setX(max(room.left(), min(below.x(), room.right() - self.popup.width())))
        self.popup.move(below)
        self.popup.show()
        self.popup.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.choose("")
        else:
            super().keyPressEvent(event)

    def _make_popup(self) -> ChoicePopup:
        return ChoicePopup(self, self.choose)

    def _named(self) -> str:
        """What is chosen, in words."""
        return next((option.name for option in self._options if option.code == self._code), self._code)

    def _say(self) -> None:
        named = self._named()
        shown = named if len(named) <= self._shown else named[: self._shown - 1] + "…"
        self.setText(shown or self._caption)
        self.setAccessibleName(f"{self._caption}：{named or '全部'}")
        self.setToolTip(plain_tooltip(f"{self._caption}：{named}") if named else "")
        self.setChecked(bool(named))
        self.setIcon(theme.icon("down", "accent" if named else "second"))


class DayChip(FilterChip):
    """When a matter was registered: a period that moves on with the calendar, or two days."""

    def __init__(self, name: str, caption: str, today: Callable[[], date]) -> None:
        self._days: tuple[date | None, date | None] = (None, None)
        super().__init__(name, caption)
        self._shown = 16  # two whole days
        #: The office's day, offered first.
        self.today = today
        self.set_options(Option(code, text) for code, text in PERIODS.items())

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The two days chosen, where a period is not."""
        return self._days if not self._code else (None, None)

    def set_days(self, first: date | None, last: date | None) -> None:
        """Show days as chosen, without telling anybody."""
        self._days = (first, last)
        self._say()

    def choose(self, code: str) -> None:
        """Choose a period; "" takes periods and days off."""
        changed = (code, (None, None)) != (self._code, self._days)
        self._days = (None, None)
        self.set_code(code)
        if changed:
            self.chosen.emit()

    def choose_days(self, first: date, last: date) -> None:
        """Choose days as a person does, in whatever order they were written."""
        self._code, self._days = "", (min(first, last), max(first, last))
        self._say()
        self.chosen.emit()

    def _make_popup(self) -> ChoicePopup:
        return DayPopup(self)

    def _named(self) -> str:
        if self._code or not any(self._days):
            return super()._named()
        known = next(day for day in self._days if day)
        month = Period.month(known.year, known.month)
        if self._days == (month.first, month.last):
            return month.name
        first, last = (f"{day.month}月{day.day}日" if day else "" for day in self._days)
        return first if first == last else f"{first}—{last}"

    def shorten(self, characters: int) -> None:
        """Days are never cut."""


class ChoicePopup(QFrame):
    """The entries of a chip; typing narrows them by characters or pinyin."""

    def __init__(self, chip: FilterChip, choose: Callable[[str], None]) -> None:
        super().__init__(chip, Qt.WindowType.Popup)
        self.setObjectName(f"{chip.objectName()}.list")
        self.setProperty("role", "popup")
        self._choose = choose
        self._options: tuple[Option, ...] = ()
        self._code = ""
        self.typed = QLineEdit()
        self.typed.setObjectName(f"{chip.objectName()}.typed")
        self.typed.setAccessibleName(chip.accessibleName())
        self.typed.setPlaceholderText("输入汉字或拼音")
        self.typed.textChanged.connect(self._fill)
        self.typed.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName(f"{chip.objectName()}.entries")
        self.list.setProperty("role", "entries")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        self.list.itemActivated.connect(self._take)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4, 4, 4, 4)
        self.column.setSpacing(4)
        self.column.addWidget(self.typed)
        self.column.addWidget(self.list)

    def show_options(self, options: tuple[Option, ...], code: str) -> None:
        """Offer entries afresh, with this one chosen."""
        self._code = code
        self.typed.setVisible(len(options) > _SHORT)
        self.typed.clear()
        self.offer(options)

    def offer(self, options: tuple[Option, ...]) -> None:
        """Take over entries, in front of them one that takes the condition off; what was typed still narrows them."""
        self._options = (Option("", "全部"), *options)
        self._fill()

    def take_focus(self) -> None:
        """Keys go to the line that narrows the list, or to the list."""
        (self.list if self.typed.isHidden() else self.typed).setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if key == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((self.list.currentRow() + step) % max(1, self.list.count()))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
        return False

    def _fill(self) -> None:
        fitting = self._fitting(search_key(self.typed.text()))
        self.list.clear()
        for option in fitting:
            item = QListWidgetItem(option.name)
            item.setData(Qt.ItemDataRole.UserRole, option.code)
            item.setSizeHint(QSize(0, theme.px(28)))
            self.list.addItem(item)
        place = next((n for n, option in enumerate(fitting) if option.code == self._code and self._code), 0)
        self.list.setCurrentRow(place)
        rows = min(12, max(len(self._options), 1))
        widest = max(self.fontMetrics().horizontalAdvance(option.name) for option in self._options)
        self.list.setMinimumWidth(max(theme.px(170), widest + theme.px(44)))
        self.list.setFixedHeight(rows * theme.px(28) + 6)

    def _fitting(self, typed: str) -> list[Option]:
        """The entries that fit what was typed, the likeliest first; all of them when nothing was."""
        if not typed:
            return list(self._options)
        ranks = [(option.rank(typed), option) for option in self._options if option.code]
        found = [(rank, option) for rank, option in ranks if rank is not None]
        return [option for _, option in sorted(found, key=lambda pair: pair[0])]

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.hide()
            self._choose(item.data(Qt.ItemDataRole.UserRole))


class DayPopup(ChoicePopup):
    """Periods, and below them two days of one's own."""

    def __init__(self, chip: DayChip) -> None:
        super().__init__(chip, chip.choose)
        self._chip = chip
        self.first = _day_edit("ledger.first_day", "从哪天")
        self.last = _day_edit("ledger.last_day", "到哪天")
        self.apply = QPushButton("查看")
        self.apply.setObjectName("ledger.days")
        self.apply.clicked.connect(self._apply)
        row = QHBoxLayout()
        row.setContentsMargins(6, 4, 6, 6)
        row.setSpacing(6)
        for part in (self.first, label("至", "second"), self.last, self.apply):
            row.addWidget(part)
        caption = label("自选起止", "small")
        caption.setContentsMargins(8, 4, 0, 0)
        self.column.addWidget(caption)
        self.column.addLayout(row)

    def show_options(self, options: tuple[Option, ...], code: str) -> None:
        super().show_options(options, code)
        for edit, day in zip((self.first, self.last), self._chip.days, strict=True):
            edit.setDate(_qt(day or self._chip.today()))

    def _apply(self) -> None:
        self.hide()
        self._chip.choose_days(*(_python(edit.date()) for edit in (self.first, self.last)))


def _day_edit(name: str, called: str) -> QDateEdit:
    edit = QDateEdit()
    edit.setObjectName(name)
    edit.setAccessibleName(called)
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setCalendarPopup(True)
    edit.setMinimumWidth(theme.px(118))
    return edit


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _python(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
