"""材料: what the visitor was told to bring, what came, what a promise stands in for; what is missing is asked for again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter import parts
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.labels import label, plain_tooltip
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.duties import CheckItem
from qingyuan_desk.domain.matter import MatterFacts
from qingyuan_desk.services import materials

_SHORT: Mapping[str, str] = {"told": "已告知", "brought": "已交", "promised": "承诺"}
#: Room for all three states, so that those of every line stand under each other.
_CHOICE_WIDTH = 160


class Materials(QWidget):
    """A line a material; how far it is, is recorded as soon as it is chosen. Hidden where nothing is asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._matter = 0
        self._asked: background.Task | None = None
        self._items: tuple[CheckItem, ...] = ()
        self._choices: list[Segments] = []
        self.missing = label(role="message", wrap=True, name="matter.materials.missing")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.other = LineEdit("matter.materials.other", hint="清单以外的材料")
        self.other.setAccessibleName("清单以外的材料")
        self.other.returnPressed.connect(self._add)
        self.add_button = button("告知", "matter.materials.add")
        self.add_button.clicked.connect(lambda _=False: self._add())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.other, 1)
        foot.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label("材料（一次性告知）", "section"))
        column.addWidget(self.missing)
        column.addLayout(self._lines)
        column.addLayout(foot)
        self.hide()

    def of(self, facts: MatterFacts) -> None:
        """The materials of a matter; a sealed one asks for none."""
        if self._asked:
            self._asked.drop()
        if facts.matter_id != self._matter:
            self.hide()
            self.other.clear()
        self._matter = facts.matter_id
        if facts.sealed:
            return
        session = self._session
        self._asked = background.ask(
            self,
            materials.checklist,
            session.office,
            session.actor,
            facts.matter_id,
            then=self._show,
            failed=session.tell,
        )

    def _show(self, items: tuple[CheckItem, ...]) -> None:
        may = self._session.actor.may(Right.NOTE) and self._session.office.read_only is None
        if [each.material for each in items] != [each.material for each in self._items]:
            parts.clear(self._lines)
            self._choices = [self._line(place, item) for place, item in enumerate(items)]
        self._items = items
        for choice, item in zip(self._choices, items, strict=True):
            choice.set_code(materials.state_of(item))
            choice.setEnabled(may)
        lacking = [item.material.name for item in items if item.missing]
        told = any(item.told_on for item in items)
        self.missing.setText(
            f"还缺：{'、'.join(lacking)}"
            if lacking
            else "告知过的都齐了。"
            if told
            else "还没有告知。打印一次性告知单就算告知。"
        )
        theme.mark(self.missing, "state", "warn" if lacking else "")
        self.other.setEnabled(may)
        self.add_button.setEnabled(may)
        self.setVisible(bool(items))

    def _line(self, place: int, item: CheckItem) -> Segments:
        material = item.material
        needed = "" if material.required else "（按需）"
        name = label(f"{material.name}{needed}", wrap=True)
        name.setToolTip(plain_tooltip(" ".join(filter(None, (material.note, material.article)))))
        states = [code for code in materials.STATES if code != "promised" or material.promise]
        choice = Segments(f"matter.materials.{place}", [Option(code, _SHORT[code]) for code in states])
        choice.setAccessibleName(material.name)
        choice.setFixedWidth(theme.px(_CHOICE_WIDTH))
        choice.chosen.connect(lambda state: self._choose(place, state))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(name, 1)
        row.addWidget(choice, 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addLayout(row)
        return choice

    def _choose(self, place: int, state: str) -> None:
        """A material that was told stays told; pressing the chosen state again changes nothing."""
        item = self._items[place]
        if state:
            self._mark({item.material.name: state})
        else:
            self._choices[place].set_code(materials.state_of(item))

    def _add(self) -> None:
        if self.other.text().strip():
            self._mark({self.other.text(): "told"})

    def _mark(self, states: Mapping[str, str]) -> None:
        session, matter = self._session, self._matter
        background.ask(
            self,
            materials.mark,
            session.office,
            session.actor,
            uuid.uuid4().hex,
            matter,
            states,
            then=lambda items: self._marked(matter, items),
            failed=session.tell,
            busy=self.add_button,
        )

    def _marked(self, matter: int, items: tuple[CheckItem, ...]) -> None:
        if matter == self._matter:
            self.other.clear()
            self._show(items)
        self._session.matter_changed.emit(matter)
