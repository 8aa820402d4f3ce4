"""People beside the main visitor: representatives of a group, and an agent with his authority."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.intake.panel import beside
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.fields import Field, LineEdit
from qingyuan_desk.domain.visit import AUTHORITIES, Person

#: The authority's code for nothing is "", which no alternative can have.
_NO_LETTER = "none"
_LETTERS = {
    "": "交来授权委托书的，选授权类型。",
    "general": "一般授权不能代为承认、放弃、变更请求或者和解。",
    "special": "委托书要写明可以代为承认、放弃、变更请求或者和解。",
}


class Representative(QWidget):
    """One line: name, document number, phone."""

    changed = Signal()
    removed = Signal()

    def __init__(self, place: int) -> None:
        super().__init__()
        name = f"intake.representatives.{place}"
        self.person = Person(role="representative")
        self.name = _line(f"{name}.name", f"代表{place + 1} 姓名", "")
        self.id_number = number_line(f"{name}.id_number", "证件号码", f"代表{place + 1} 证件号码")
        self.phone = number_line(f"{name}.phone", "电话", f"代表{place + 1} 电话")
        remove = remove_button(f"{name}.remove", f"去掉代表{place + 1}")
        remove.clicked.connect(self.removed.emit)
        row = beside((self.name, 72), (self.id_number, 152), (self.phone, 96), (remove, 0), spacing=4)
        self.field = Field(
            self.name.placeholderText(),
            self.name,
            label_width=0,
            row=row,
            also={"id_number": self.id_number, "phone": self.phone},
        )
        for edit in (self.name, self.id_number, self.phone):
            edit.setProperty("role", "tight")
            edit.textChanged.connect(lambda _: self.changed.emit())
        self.field.reason_changed.connect(self.changed.emit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.field)

    def value(self) -> Person:
        """The person as typed."""
        return _typed(self.person, self.name, self.id_number, self.phone)

    def load(self, person: Person) -> None:
        """Show a person."""
        self.person = person
        _show(person, self.name, self.id_number, self.phone)

    def fields(self) -> dict[str, Field]:
        """The last word of a problem's field → where it is told."""
        return dict.fromkeys(("name", "id_type", "id_number", "phone", "role"), self.field)


class Agent(QWidget):
    """The agent: name, relation, authority, document, phone; opened in place."""

    changed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.person = Person(role="agent")
        self.name = _line("intake.agent.name", "代理人姓名", "代理人")
        self.relation = _line("intake.agent.relation", "与来访人的关系", "与来访人的关系")
        self.authority = Segments(
            "intake.agent.authority",
            [Option(code or _NO_LETTER, name) for code, name in AUTHORITIES.items()],
        )
        self.authority.set_code(_NO_LETTER)
        self.id_number = number_line("intake.agent.id_number", "证件号码", "代理人证件号码")
        self.phone = number_line("intake.agent.phone", "电话", "代理人电话")
        remove = remove_button("intake.agent.remove", "去掉代理人")
        remove.clicked.connect(self.removed.emit)
        self._who = Field(
            "代理人",
            self.name,
            row=beside((self.name, 2), (self.relation, 3), (remove, 0), spacing=4),
            also={"relation": self.relation},
        )
        self._letter = Field("授权", self.authority)
        self._letter.hint(_LETTERS[""])
        self._papers = Field(
            "证件",
            self.id_number,
            row=beside((self.id_number, 3), (self.phone, 2), spacing=4),
            also={"phone": self.phone},
        )
        for edit in (self.name, self.relation, self.id_number, self.phone):
            edit.textChanged.connect(lambda _: self.changed.emit())
        self.authority.chosen.connect(self._authorised)
        self._papers.reason_changed.connect(self.changed.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for field in (self._who, self._letter, self._papers):
            column.addWidget(field)

    def value(self) -> Person:
        """The agent as typed."""
        code = self.authority.code
        typed = _typed(self.person, self.name, self.id_number, self.phone)
        return replace(typed, relation=self.relation.text(), authority="" if code == _NO_LETTER else code)

    def load(self, person: Person) -> None:
        """Show an agent."""
        self.person = person
        _show(person, self.name, self.id_number, self.phone)
        self.relation.setText(person.relation)
        self.authority.set_code(person.authority or _NO_LETTER)

    def fields(self) -> dict[str, Field]:
        """The last word of a problem's field → where it is told."""
        return {
            **dict.fromkeys(("name", "relation", "role"), self._who),
            "authority": self._letter,
            **dict.fromkeys(("id_type", "id_number", "phone"), self._papers),
        }

    def _authorised(self, code: str) -> None:
        if not code:
            self.authority.set_code(_NO_LETTER)
        self._letter.hint(_LETTERS.get(code, _LETTERS[""]))
        self.changed.emit()


def number_line(name: str, hint: str, spoken: str) -> LineEdit:
    """A line for digits and Latin letters: an input method stays out of it."""
    made = LineEdit(name, hint=hint)
    made.setAccessibleName(spoken)
    made.setInputMethodHints(
        Qt.InputMethodHint.ImhPreferLatin
        | Qt.InputMethodHint.ImhLatinOnly
        | Qt.InputMethodHint.ImhNoPredictiveText
        | Qt.InputMethodHint.ImhSensitiveData
    )
    return made


def remove_button(name: str, spoken: str) -> QToolButton:
    """A small cross that takes a row away."""
    made = QToolButton()
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    made.setToolTip(spoken)
    made.setIcon(theme.icon("close"))
    made.setFixedWidth(theme.px(24))
    made.setProperty("aside", True)
    return made


def _line(name: str, hint: str, spoken: str) -> LineEdit:
    made = LineEdit(name, hint=hint)
    made.setAccessibleName(spoken or hint)
    return made


def _typed(kept: Person, name: LineEdit, id_number: LineEdit, phone: LineEdit) -> Person:
    return replace(kept, name=name.text(), id_number=id_number.text(), phone=phone.text())


def _show(person: Person, name: LineEdit, id_number: LineEdit, phone: LineEdit) -> None:
    name.setText(person.name)
    id_number.setText(person.id_number)
    phone.setText(person.phone)
