"""The fields of one step's form, built from how its dataclass asks for them: short ones two a line, long ones alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.handling.builders import Asked, Built, build
from qingyuan_desk.desk.matter.handling.lists import Lists
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field
from qingyuan_desk.desk.widgets.parts import Columns, Fields, message_line
from qingyuan_desk.desk.widgets.reading_order import editors_of
from qingyuan_desk.desk.widgets.several import Several
from qingyuan_desk.domain.handling.asking import Ask, asks
from qingyuan_desk.domain.handling.forms import Form
from qingyuan_desk.domain.problems import Problem

#: Width of a caption: seven characters, the mark of what is needed among them; longer ones are in small type, in two lines.
_CAPTION, _ONE_LINE = 104, 7
#: Below this width short fields stand one a line.
_NARROW = 560


class StepFields(QWidget):
    """The editors of a form. What is wrong is said at a field once a person was there, or all of it after `tell`."""

    changed = Signal()
    """Something else stands in the form now."""

    def __init__(self, session: Session, lists: Lists, form: Form) -> None:
        """form: as it begins."""
        super().__init__()
        self.begins = form
        self.message = message_line(f"matter.{form.step}.message")
        self._built: dict[str, Built] = {}
        self._fields: dict[str, Field] = {}
        self._touched: set[str] = set()
        self._goes_on = EnterGoesOn(self)
        for name, ask in asks(type(form)):
            self._add(name, ask, Asked(f"matter.{form.step}.{name}", ask, session, lists))
        self._place = Fields(self._fields, self.message)
        self._lay_out()
        self.fill(form)
        self.begins = self.form  # as the editors say it, so that only what a person types differs
        for name, built in self._built.items():
            built.changed.connect(lambda *_, name=name: self._typed(name))
        lists.spelled.connect(self.offer)

    @property
    def form(self) -> Form:
        """The form as it stands in the editors."""
        return type(self.begins)(**{name: built.read() for name, built in self._built.items()})

    @property
    def edited(self) -> bool:
        """Whether something else stands here than it began with."""
        return self.form != self.begins

    @property
    def unreadable(self) -> list[Problem]:
        """What stands in an editor and cannot be its field's value."""
        said = [(name, built.unreadable()) for name, built in self._built.items()]
        return [Problem(name, sentence) for name, sentence in said if sentence]

    def fill(self, form: Form) -> None:
        """Show a form of the same step."""
        for name, built in self._built.items():
            built.fill(getattr(form, name))
        self._say_hints()

    def offer(self) -> None:
        """Take the entries of every list again."""
        for built in self._built.values():
            built.offer()

    def settle(self) -> None:
        """Take what was typed into lists for the entries it means."""
        for built in self._built.values():
            if isinstance(built.editor, ChoiceBox):
                built.editor.settle()
            elif isinstance(built.editor, Several):
                built.editor.take()

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say everything, and go to the first that stands in the way."""
        self._touched.update(self._fields)
        self._place.tell(problems)

    def note(self, problems: Sequence[Problem]) -> None:
        """Say what concerns the fields a person has been to; the keyboard stays where it is."""
        for name, field in self._fields.items():
            told = name in self._touched and not _being_chosen(self._built[name].editor)
            field.tell([problem for problem in problems if told and problem.field == name])
        others = [problem for problem in problems if problem.field not in self._fields]
        self._place.tell_others(others)

    def begin(self) -> None:
        """Go to the first field that is needed and still empty; where none is, to the first."""
        needed = [name for name, ask in asks(type(self.begins)) if ask.needed]
        first = next((name for name in needed if not self._built[name].read()), next(iter(self._fields)))
        self._built[first].editor.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._say_hints)  # the editors have their new width then

    def _add(self, name: str, ask: Ask, asked: Asked) -> None:
        built = build(asked)
        field = Field("" if ask.kind == "yes" else ask.label, built.editor, label_width=_CAPTION)
        if len(ask.label) + ask.needed > _ONE_LINE:
            field.caption.setWordWrap(True)
            theme.mark(field.caption, "role", "small")
        built.editor.setAccessibleName(f"{ask.label}（必填）" if ask.needed else ask.label)
        if ask.needed:
            field.caption.setText(f"{ask.label} *")
        for editor in editors_of(built.editor):
            editor.installEventFilter(self._goes_on)
        self._built[name], self._fields[name] = built, field

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        short: list[Field] = []

        def flush() -> None:
            if short:
                column.addWidget(Columns(list(short), narrow=_NARROW))
                short.clear()

        for name, field in self._fields.items():
            if self._built[name].wide:
                flush()
                column.addWidget(field)
            else:
                short.append(field)
        flush()

    def _typed(self, name: str) -> None:
        self._touched.add(name)
        self._say_hints()
        self.changed.emit()

    def _say_hints(self) -> None:
        for name, built in self._built.items():
            self._fields[name].hint(built.hint())


def _being_chosen(editor: QWidget) -> bool:
    """Whether a person is typing the initials of an entry: that is not wrong yet."""
    box = editor.box if isinstance(editor, Several) else editor
    at = QApplication.focusWidget()
    inside = at is not None and (at is box or box.isAncestorOf(at))
    return isinstance(box, ChoiceBox) and inside and not box.code
