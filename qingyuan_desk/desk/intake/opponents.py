"""The other side (对方): as many lines as there are parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.intake.panel import beside
from qingyuan_desk.desk.intake.people import number_line, remove_button
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.fields import Field, LineEdit
from qingyuan_desk.domain.visit import Opponent

_PERSON = "person"


class OpponentRow(QWidget):
    """One party: kind, name, phone."""

    changed = Signal()

    def __init__(self, place: int, kinds: Sequence[Option]) -> None:
        super().__init__()
        # The first line has the plain names, so that it is found as intake.opponent.
        mark = f".{place}" if place else ""
        self._opponent = Opponent()
        self.name = LineEdit(f"intake.opponent{mark}", hint="姓名或者单位名称")
        self.name.setAccessibleName("对方姓名或者单位名称")
        self.kind = ChoiceBox(f"intake.opponent_kind{mark}")
        self.kind.setAccessibleName("对方是个人、企业还是机关")
        self.kind.set_options(kinds)
        self.kind.set_code(_PERSON)
        self.phone = number_line(f"intake.opponent_phone{mark}", "电话", "对方电话")
        if place == 0:
            self.button = QToolButton()
            self.button.setObjectName("intake.opponent.add")
            self.button.setIcon(theme.icon("plus"))
            self.button.setAccessibleName("添加一个对方当事人")
            self.button.setToolTip("添加一个对方当事人")
            self.button.setFixedWidth(theme.px(24))
            self.button.setProperty("aside", True)
        else:
            self.button = remove_button(f"intake.opponent.remove.{place}", "去掉这个对方当事人")
        self.field = Field(
            "" if place else "对方",
            self.name,
            row=beside((self.kind, 110), (self.name, 210), (self.phone, 126), (self.button, 0), spacing=4),
            also={"phone": self.phone, "kind": self.kind},
        )
        for edit in (self.name, self.phone):
            edit.textChanged.connect(lambda _: self.changed.emit())
        self.phone.textEdited.connect(lambda _: self.field.reason.clear())
        self.kind.chosen.connect(lambda _: self.changed.emit())
        self.field.reason_changed.connect(self.changed.emit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.field)

    def value(self) -> Opponent:
        """The party as typed."""
        return replace(
            self._opponent,
            name=self.name.text(),
            kind=self.kind.code or _PERSON,
            phone=self.phone.text(),
        )

    def load(self, opponent: Opponent) -> None:
        """Show a party."""
        self._opponent = opponent
        self.name.setText(opponent.name)
        self.kind.set_code(opponent.kind)
        self.phone.setText(opponent.phone)


class Opponents(QWidget):
    """The lines of the other side; there is always one."""

    changed = Signal()
    rows_changed = Signal()

    def __init__(self, kinds: Sequence[Option]) -> None:
        super().__init__()
        self._kinds = list(kinds)
        self.rows: list[OpponentRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._append().button.clicked.connect(self.add)

    def value(self) -> tuple[Opponent, ...]:
        """The parties somebody wrote in."""
        return tuple(row.value() for row in self._written())

    def load(self, opponents: Sequence[Opponent]) -> None:
        """Show these parties."""
        for row in self.rows[1:]:
            self._drop(row)
        self.rows[0].load(opponents[0] if opponents else Opponent())
        for opponent in opponents[1:]:
            self._append().load(opponent)
        self.rows_changed.emit()

    def fields(self) -> dict[str, Field]:
        """Field of a problem → where it is told."""
        words = ("name", "kind", "phone", "township", "village")
        return {
            f"opponents.{place}.{word}": row.field
            for place, row in enumerate(self._written())
            for word in words
        }

    def set_kinds(self, kinds: Sequence[Option]) -> None:
        """Offer these kinds."""
        self._kinds = list(kinds)
        for row in self.rows:
            row.kind.set_options(kinds)

    def add(self) -> None:
        """Another line."""
        row = self._append()
        self.rows_changed.emit()
        row.kind.setFocus()

    def _written(self) -> list[OpponentRow]:
        return [row for row in self.rows if replace(row.value(), kind=_PERSON) != Opponent()]

    def _append(self) -> OpponentRow:
        row = OpponentRow(len(self.rows), self._kinds)
        row.changed.connect(self.changed.emit)
        if self.rows:
            row.button.clicked.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def _remove(self, row: OpponentRow) -> None:
        kept = [other.value() for other in self.rows if other is not row]
        self.load(kept)
        self.rows[0].name.setFocus()
        self.changed.emit()

    def _drop(self, row: OpponentRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
