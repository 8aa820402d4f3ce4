"""Ask.kind → an editor. Every way a form may ask for a field has one row in BUILDERS; nothing else knows the kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.handling.lists import Lists
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import day_line, moment_line
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Segments
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import LineEdit, TextEdit
from qingyuan_desk.desk.widgets.moment_line import MomentLine
from qingyuan_desk.desk.widgets.parts import options
from qingyuan_desk.desk.widgets.several import Several
from qingyuan_desk.domain.handling.asking import Ask

#: Alternatives side by side may take so many characters in half a line, and in a whole one; more go into a list.
_HALF, _WHOLE = 9, 36
#: A day so called is today's while it is left empty.
_TODAY = ".on"
#: A longer hint, or name of an entry, would be cut in half a line.
_HINT = 13
#: The example of a whole number.
_NUMBER = "写一个整数，例如 30。"


@dataclass(frozen=True)
class Asked:
    """One field to build: its widget's name, how it is asked for, and where lists come from."""

    name: str
    ask: Ask
    session: Session
    lists: Lists


@dataclass(frozen=True)
class Built:
    """The editor of a field. wide: takes a whole line. changed: a person did something to it.

    unreadable: what to say when what stands there cannot be the field's value. hint: what its line says while all is well.
    offer: takes a list's entries again, once their initials are known or the matter has other records.
    """

    editor: QWidget
    read: Callable[[], Any]
    fill: Callable[[Any], None]
    changed: SignalInstance
    wide: bool = False
    unreadable: Callable[[], str] = lambda: ""
    hint: Callable[[], str] = lambda: ""
    offer: Callable[[], None] = lambda: None


def build(asked: Asked) -> Built:
    """The editor that suits a field."""
    return BUILDERS[asked.ask.kind](asked)


# --- words, numbers, days ------------------------------------------------------------------------------------------


def _line(asked: Asked) -> Built:
    made = LineEdit(asked.name, hint=asked.ask.hint)
    wide = len(asked.ask.hint) > _HINT
    return Built(made, lambda: made.text().strip(), made.setText, made.textChanged, wide)


def _text(asked: Asked) -> Built:
    made = TextEdit(asked.name, hint=asked.ask.hint)
    made.setFixedHeight(theme.px(72))

    def fill(text: str) -> None:
        """Whoever goes on with it goes on at its end."""
        made.setPlainText(text)
        made.moveCursor(QTextCursor.MoveOperation.End)

    return Built(made, lambda: made.toPlainText().strip(), fill, made.textChanged, wide=True)


def _number(asked: Asked) -> Built:
    made = LineEdit(asked.name, hint=asked.ask.hint)

    def unreadable() -> str:
        return _NUMBER if made.text().strip() and not made.text().strip().isdecimal() else ""

    return Built(
        made,
        lambda: int(made.text()) if made.text().strip().isdecimal() else 0,
        lambda value: made.setText(str(value) if value else ""),
        made.textChanged,
        unreadable=unreadable,
    )


def _day(asked: Asked) -> Built:
    hint = "今天" if asked.name.endswith(_TODAY) else "年-月-日"
    made = DayLine(asked.name, asked.session.office.today, hint=asked.ask.hint or hint)
    return Built(
        made,
        lambda: made.day,
        made.set_day,
        made.changed,
        unreadable=lambda: day_line.EXAMPLE if made.unreadable else "",
        hint=lambda: day_line.in_words(made.day),
    )


def _moment(asked: Asked) -> Built:
    made = MomentLine(asked.name, asked.session.office.now, hint=asked.ask.hint or "例如 14:30")
    return Built(
        made,
        lambda: made.moment,
        made.set_moment,
        made.changed,
        unreadable=lambda: moment_line.EXAMPLE if made.unreadable else "",
        hint=lambda: day_line.in_words(made.moment.date()) if made.moment else "",
    )


def _yes(asked: Asked) -> Built:
    made = QCheckBox(asked.ask.label)
    made.setObjectName(asked.name)
    return Built(made, made.isChecked, made.setChecked, made.toggled, wide=len(asked.ask.label) > 2 * _HALF)


# --- one of a few, one of a list -----------------------------------------------------------------------------------


def _choice(asked: Asked) -> Built:
    """A few short alternatives stand side by side; else a list. No choice at all is the empty code."""
    table = asked.ask.table or {}
    offered = options(table)
    breadth = sum(len(each.name) + 1 for each in offered)
    if breadth <= _WHOLE and len(offered) <= 5:
        made = Segments(asked.name, offered)
        return Built(made, lambda: made.code, made.set_code, made.chosen, wide=breadth > _HALF)
    box = ChoiceBox(asked.name, hint=table.get("", "") or asked.ask.hint or "选一项")
    box.set_options(offered)
    return _boxed(box, wide=any(len(each.name) > _HINT for each in offered))


def _listed(asked: Asked) -> Built:
    """One entry of the office's table of this kind."""
    box = ChoiceBox(asked.name, hint=asked.ask.hint or "打拼音首字母")

    def offer() -> None:
        box.set_options(asked.lists.of(asked.ask.kind))

    offer()
    return _boxed(box, wide=asked.ask.kind in ("unit", "dispute_type"), offer=offer)


def _record(asked: Asked) -> Built:
    """One record of the matter, by its id; 0 where none is chosen."""
    box = ChoiceBox(asked.name, hint="哪一项")

    def offer() -> None:
        box.set_options(asked.lists.of(asked.ask.kind))

    offer()
    return Built(
        box,
        lambda: int(box.code or 0),
        lambda value: box.set_code(str(value) if value else ""),
        box.currentTextChanged,
        wide=True,
        offer=offer,
    )


def _boxed(box: ChoiceBox, *, wide: bool, offer: Callable[[], None] = lambda: None) -> Built:
    def hint() -> str:
        """The whole name, where the box is too narrow for it."""
        text = box.currentText()
        cut = box.isVisible() and box.fontMetrics().horizontalAdvance(text) > box.lineEdit().width()
        return text if cut else ""

    return Built(box, lambda: box.typed, box.set_code, box.currentTextChanged, wide, hint=hint, offer=offer)


# --- several -------------------------------------------------------------------------------------------------------


def _several(asked: Asked) -> Built:
    free = asked.ask.kind == "materials"
    hint = "选一项或者写上，回车加入" if free else "选一项，回车加入"
    made = Several(asked.name, hint=hint, free=free)

    def offer() -> None:
        made.set_options(asked.lists.of(asked.ask.kind))

    offer()
    return Built(made, lambda: made.codes, made.set_codes, made.changed, wide=True, offer=offer)


BUILDERS: Mapping[str, Callable[[Asked], Built]] = {
    "line": _line,
    "text": _text,
    "day": _day,
    "moment": _moment,
    "number": _number,
    "yes": _yes,
    "choice": _choice,
    "unit": _listed,
    "category": _listed,
    "flow": _listed,
    "room": _listed,
    "dispute_type": _listed,
    "crowd": _listed,
    "units": _several,
    "paths": _several,
    "materials": _several,
    "sending": _record,
    "watch": _record,
    "urge": _record,
    "referral": _record,
}
