"""Small pieces pages are put together from: forms of several fields, days and moments to fill in, panels, empty states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, TypeVar

from PySide6.QtCore import QDate, QDateTime, QEvent, QObject, QSize, Qt, QTime
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDateEdit,
    QDateTimeEdit,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import Field, LineEdit, TextEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.problems import Level, Problem

#: A form or a record: a frozen dataclass.
Filled = TypeVar("Filled", bound=Any)

_ORDER = (Level.REFUSE, Level.DOUBT, Level.WARN)


class Fields(QObject):
    """A form's fields by the name its problems carry; what is about none of them stands in one line of the form."""

    def __init__(self, fields: Mapping[str, Field], message: QLabel) -> None:
        super().__init__(message)
        self._fields = dict(fields)
        self._message = message
        self.tell(())

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say every problem at its field, and go to the first that stands in the way."""
        for name, field in self._fields.items():
            field.tell([problem for problem in problems if problem.field == name])
        self.tell_others([problem for problem in problems if problem.field not in self._fields])
        first = next(
            (each for each in problems if each.field in self._fields and each.level is Level.REFUSE), None
        )
        if first is not None:
            self._fields[first.field].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell_others(self, problems: Sequence[Problem]) -> None:
        """Say what is about none of the fields."""
        worst = min(problems, key=lambda problem: _ORDER.index(problem.level), default=None)
        say_problem(self._message, worst)


class Line(QObject):
    """A place that is one line of words, for a form without fields."""

    def __init__(self, message: QLabel) -> None:
        super().__init__(message)
        self._message = message

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say the gravest."""
        say_problem(
            self._message, min(problems, key=lambda problem: _ORDER.index(problem.level), default=None)
        )


def say_problem(message: QLabel, problem: Problem | None) -> None:
    """A problem in words, with its article, in a message line that is hidden while there is none."""
    text = "" if problem is None else sentence_of(problem)
    message.setText(text)
    message.setVisible(bool(text))
    theme.mark(message, "state", "error" if problem and problem.level is Level.REFUSE else "warn")


def sentence_of(problem: Problem) -> str:
    """The sentence with its article."""
    return problem.sentence + (f"（{problem.article}）" if problem.article else "")


def message_line(name: str) -> QLabel:
    """A line for what is wrong with a form, that takes room only while something is."""
    made = label(role="message", wrap=True, name=name)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.hide()
    return made


# --- days and moments --------------------------------------------------------------------------------------------


class DayEdit(QDateEdit):
    """A day, typed or taken from the calendar."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.setMinimumWidth(theme.px(124))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page past a day must not change it."""
        event.ignore()

    @property
    def day(self) -> date:
        """The day shown."""
        return python_day(self.date())

    def set_day(self, day: date) -> None:
        """Show a day."""
        self.setDate(QDate(day.year, day.month, day.day))


class MomentEdit(QDateTimeEdit):
    """A day and a time to the minute, in the office's time zone."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.setCalendarPopup(True)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setMinimumWidth(theme.px(164))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page past a moment must not change it."""
        event.ignore()

    @property
    def moment(self) -> datetime:
        """The moment shown."""
        shown = self.dateTime()
        at = time(shown.time().hour(), shown.time().minute())
        return datetime.combine(python_day(shown.date()), at, SHANGHAI)

    def set_moment(self, moment: datetime) -> None:
        """Show a moment."""
        local = moment.astimezone(SHANGHAI)
        self.setDateTime(
            QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))
        )


def python_day(day: QDate) -> date:
    """Qt's day as Python's."""
    return date(day.year(), day.month(), day.day())


def short_day(day: date, today: date) -> str:
    """9月20日, with the year when it is another one."""
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"


# --- panels ------------------------------------------------------------------------------------------------------


class Panel(QFrame):
    """A surface with a column; title: stands at its top."""

    def __init__(self, title: str = "", *, role: str = "panel") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(12))
        self.column.setSpacing(theme.px(6))
        self.caption = label(title, "section")
        if title:
            self.column.addWidget(self.caption)


class Roomy(QScrollArea):
    """Gives a widget its whole place, and scrolls only where even its least size is more than that (large type)."""

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(held)
        held.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        held = self.widget()
        held.resize(self.viewport().size().expandedTo(held.minimumSizeHint()))


class Columns(QWidget):
    """Fields two a line, or one where there is no room for two (large type)."""

    def __init__(self, fields: Sequence[Field], *, narrow: int = 620) -> None:
        """narrow: below this width one a line."""
        super().__init__()
        self._fields, self._narrow, self._columns = fields, narrow, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(0)
        self._lay(2)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(max(field.minimumSizeHint().width() for field in self._fields), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(2 if self.width() >= theme.px(self._narrow) else 1)

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for column in (0, 1):
            self._grid.setColumnStretch(column, int(column < columns))
        for place, field in enumerate(self._fields):
            self._grid.addWidget(field, place // columns, place % columns)


def button(text: str, name: str, *, role: str = "", icon: str = "") -> QPushButton:
    """A push button; role: primary, link, chip …"""
    made = QPushButton(text)
    made.setObjectName(name)
    if role:
        made.setProperty("role", role)
    if icon:
        made.setIcon(theme.icon(icon, "accent_ink" if role == "primary" else "second"))
    return made


def shortcut(owner: QWidget, keys: str, act: object, *, inside: bool = False) -> QShortcut:
    """A key that works while `owner` is shown, wherever the keyboard is; inside: only while it is in `owner`."""
    made = QShortcut(QKeySequence(keys), owner, activated=act)
    context = Qt.ShortcutContext
    made.setContext(context.WidgetWithChildrenShortcut if inside else context.WindowShortcut)
    return made


def nothing(sentence: str, name: str = "") -> QLabel:
    """What stands where there is nothing yet: a sentence that says what comes here and how."""
    made = label(sentence, "second", wrap=True, name=name)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setMinimumHeight(theme.px(72))
    return made


# --- what stands in an editor ------------------------------------------------------------------------------------


def read(editor: QWidget) -> str:
    """What stands in an editor: its text, or the code chosen."""
    if isinstance(editor, ChoiceBox):
        return editor.typed
    if isinstance(editor, Segments):
        return editor.code
    if isinstance(editor, TextEdit):
        return editor.toPlainText().strip()
    if isinstance(editor, LineEdit):
        return editor.text().strip()
    raise TypeError(type(editor).__name__)


def fill(editor: QWidget, value: str) -> None:
    """Put a text, or a code, into an editor."""
    if isinstance(editor, ChoiceBox | Segments):
        editor.set_code(value)
    elif isinstance(editor, TextEdit):
        editor.setPlainText(value)
    elif isinstance(editor, LineEdit):
        editor.setText(value)
    else:
        raise TypeError(type(editor).__name__)


def options(table: Mapping[str, str]) -> list[Option]:
    """A table of codes as alternatives; an empty code means that nothing is chosen and is left out."""
    return [Option(code, name) for code, name in table.items() if code]


def over(before: Filled, typed: Filled, now: Filled, fields: Iterable[str]) -> Filled:
    """What was typed over `before`, laid over `now`: a field nobody typed in shows what others wrote meanwhile."""
    changed = {name: getattr(typed, name) for name in fields if getattr(typed, name) != getattr(before, name)}
    return replace(now, **changed)
