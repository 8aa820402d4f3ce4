"""Small pieces of the matter page: text that can be copied, captioned lines, moments and people in words."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.identity import ID_TYPES, SEXES, age_on
from qingyuan_desk.domain.matter import MatterFacts, standing
from qingyuan_desk.domain.privacy import mask_id, mask_phone
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.visit import AUTHORITIES, OPPONENT_KINDS, VISITOR_ROLES, Opponent, Person

#: State of a clock → tone of its words.
CLOCK_TONES = {"soon": "amber", "today": "amber", "overdue": "red"}
_CAPTION = 76


def said(text: str, role: str = "", tone: str = "") -> QLabel:
    """Text a person can read whole, mark, and copy."""
    made = label(text, role, wrap=True)
    policy = made.sizePolicy()  # it knows that its height follows from its width
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    made.setSizePolicy(policy)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if tone:
        made.setProperty("tone", tone)
    return made


class Captioned(QWidget):
    """Captions and values, short ones two a line; empty values are left out."""

    def __init__(self) -> None:
        super().__init__()
        self._row, self._half = 0, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for side in (0, 2):
            self._grid.setColumnMinimumWidth(side, theme.px(_CAPTION))
            self._grid.setColumnStretch(side + 1, 1)

    def add(self, caption: str, value: str, tone: str = "", role: str = "") -> None:
        """A value with a line of its own."""
        if value:
            self._row, self._half = self._row + bool(self._half), 0
            self._put(caption, said(value, role, tone), 3)
            self._row += 1

    def add_short(self, caption: str, value: str) -> None:
        """A value beside the last short one, or below it."""
        if value:
            self._put(caption, said(value), 1)
            self._row, self._half = self._row + self._half, 1 - self._half

    def _put(self, caption: str, value: QLabel, columns: int) -> None:
        top, first = Qt.AlignmentFlag.AlignTop, 2 * self._half
        named = label(caption, "field")
        named.setTextInteractionFlags(value.textInteractionFlags())  # laid out alike, they stand on one line
        named.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid.addWidget(named, self._row, first, top)
        self._grid.addWidget(value, self._row, first + 1, 1, columns, top)


class Scrolled(QScrollArea):
    """A column that is built anew when what it shows changes, and stays where it was scrolled to."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._held = QWidget()
        self.column = QVBoxLayout(self._held)
        self.column.setContentsMargins(16, 12, 16, 16)
        self.column.setSpacing(8)
        self.setWidget(self._held)

    def empty(self) -> None:
        """Take everything out."""
        clear(self.column)


def clear(layout: QLayout) -> None:
    """Take every widget and layout out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if item.layout() is not None:
            clear(item.layout())
        if item.widget() is not None:
            item.widget().hide()
            item.widget().deleteLater()


def across(*parts: QWidget, spacing: int = 8, stretch: int | None = None) -> QHBoxLayout:
    """Widgets side by side; `stretch`: which of them takes the room that is left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for place, part in enumerate(parts):
        row.addWidget(part, 1 if place == stretch else 0)
    return row


# --- in words ---


def moment(at: datetime) -> str:
    """To the minute: 2024年9月20日 10:32."""
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def name_of(found: object, code: str = "") -> str:
    """The name of a row of the office's tables; the code for a row that is gone."""
    return str(getattr(found, "name", code))


def state_of(facts: MatterFacts) -> str:
    """Where a matter stands."""
    return standing(facts.state, facts.node)


def about_person(person: Person, reference: Reference, today: date) -> str:
    """Role, sex, age, crowd."""
    parts = [VISITOR_ROLES.get(person.role, person.role), SEXES.get(person.sex, "")]
    if person.birth_date:
        parts.append(f"{age_on(date.fromisoformat(person.birth_date), today)}岁")
    parts.append(name_of(reference.crowd_tag(person.crowd)))
    if person.role == "agent":
        parts.append(AUTHORITIES.get(person.authority, person.authority))
    parts.append(person.relation)
    return " · ".join(part for part in parts if part)


def identity_of(person: Person, *, whole: bool) -> str:
    """Kind and number of the document, the number masked unless `whole`."""
    kind = ID_TYPES.get(person.id_type, person.id_type)
    number = person.id_number if whole else mask_id(person.id_number)
    return f"{kind} {number}".strip()


def phone_of(person: Person | Opponent, *, whole: bool) -> str:
    """The phone, masked unless `whole`."""
    return person.phone if whole or not person.phone else mask_phone(person.phone)


def home_of(person: Person | Opponent, reference: Reference) -> str:
    """Township, village, and address as they are said."""
    return reference.place(person.township, person.village) + person.address


def kind_of(other: Opponent) -> str:
    """What the other side is."""
    return OPPONENT_KINDS.get(other.kind, other.kind)


def persons_of(facts: MatterFacts) -> list[Person]:
    """Everybody on the visitors' side, as last stated, each once; of a void matter those of its void visits."""
    visits = [visit for visit in facts.visits if visit.state == "valid"] or list(facts.visits)
    found = {
        (person.name, person.id_number, person.role): person for visit in visits for person in visit.persons
    }
    return list(found.values())
