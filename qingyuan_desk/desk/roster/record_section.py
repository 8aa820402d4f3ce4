"""A list of records of one kind (days off, training, awards) with a line of fields to add one and a way to cancel each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk.roster.asking import tell
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.links import link
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.roster.records import Kept

#: A column of fields: name → caption and editor.
Editors = Mapping[str, tuple[str, LineEdit]]


class RecordSection(QWidget):
    """One kind of record. `add_wanted`: the button was pressed; the tab reads `texts` and `days`."""

    add_wanted = Signal()
    cancel_wanted = Signal(object, str)
    """The record, and why it counts no more."""

    def __init__(self, name: str, title: str, empty: str, rows: Sequence[Editors], cancel: str) -> None:
        """rows: lines of fields. cancel: what cancelling is called (销假)."""
        super().__init__()
        self._name, self._empty, self._cancel = name, empty, cancel
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._fields: dict[str, Field] = {}
        self.message = label("", "message", wrap=True, name=f"roster.{name}.message")
        self.add_button = QPushButton("登记")
        self.add_button.setObjectName(f"roster.{name}.add")
        self.add_button.clicked.connect(lambda _=False: self._add())
        self._form = QWidget()
        self._enter = EnterGoesOn(self)
        self._lay_out(title, rows)
        self.show_rows(())

    def text(self, key: str) -> str:
        """What stands in a field."""
        return self._line(key).text()

    def day(self, key: str) -> DayLine:
        """A field for a day."""
        line = self._line(key)
        assert isinstance(line, DayLine)
        return line

    def clear(self) -> None:
        """Empty fields."""
        for key in self._fields:
            self._line(key).clear()
        self.tell(None)

    def tell(self, error: DeskError | None) -> None:
        """Say what is wrong at the fields."""
        tell(self._fields, self.message, error)
        self.message.setVisible(bool(self.message.text()))

    def set_may(self, may: bool) -> None:
        """Whether records can be added and cancelled."""
        self._form.setVisible(may)

    def show_rows(self, rows: Sequence[tuple[Kept, str, str]], may: bool = False) -> None:
        """Records with their words; a tone for those that run now."""
        while (item := self._list.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for place, (kept, words, tone) in enumerate(rows):
            self._list.addWidget(self._row(place, kept, words, tone, may))
        if not rows:
            self._list.addWidget(label(self._empty, "small"))

    def _lay_out(self, title: str, rows: Sequence[Editors]) -> None:
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 4, 0, 0)
        form.setSpacing(0)
        for number, editors in enumerate(rows, start=1):
            line = QHBoxLayout()
            line.setSpacing(8)
            for key, (caption, editor) in editors.items():
                editor.installEventFilter(self._enter)
                self._fields[key] = Field(caption, editor, label_width=40)
                line.addWidget(self._fields[key], 1)
            if number == len(rows):
                line.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
            form.addLayout(line)
        form.addWidget(self.message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(label(title, "strong"))
        column.addLayout(self._list)
        column.addWidget(self._form)

    def _line(self, key: str) -> LineEdit:
        editor = self._fields[key].editor
        assert isinstance(editor, LineEdit)
        return editor

    def _row(self, place: int, kept: Kept, words: str, tone: str, may: bool) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        said = label(words, "" if tone else "second", wrap=True)
        if tone:
            said.setProperty("tone", tone)
        row.addWidget(said, 1)
        if may:
            reason = LineEdit(f"roster.{self._name}.reason.{place}", hint="原因，Enter 确认")
            reason.setAccessibleName(f"{self._cancel}的原因")
            reason.hide()
            button = link(self._cancel, f"roster.{self._name}.cancel.{place}")
            button.clicked.connect(lambda _=False: _ask_why(button, reason))
            reason.returnPressed.connect(lambda: self.cancel_wanted.emit(kept, reason.text()))
            row.addWidget(reason, 1)
            row.addWidget(button)
        return holder

    def _add(self) -> None:
        bad = [
            key for key in self._fields if isinstance(line := self._line(key), DayLine) and line.unreadable
        ]
        for key, field in self._fields.items():
            field.tell([Problem(key, "日期写作 2024-09-30。")] if key in bad else ())
        if not bad:
            self.add_wanted.emit()


def _ask_why(button: QPushButton, reason: LineEdit) -> None:
    button.hide()
    reason.show()
    reason.setFocus(Qt.FocusReason.OtherFocusReason)


def needed(section: RecordSection, keys: Sequence[str], then: Callable[[], None]) -> None:
    """Go on when every named day is filled in; else say so at the first that is not."""
    for key in keys:
        if section.day(key).day is None:
            section.tell(Refused.because(key, "请填日期。"))
            return
    then()
