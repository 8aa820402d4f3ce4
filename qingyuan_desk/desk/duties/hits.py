"""What a search of the duty list found, as a model: matters first, then units, then townships."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.desk.widgets.tables import HeadedModel, Index
from qingyuan_desk.domain.duties import Found, unit_name
from qingyuan_desk.domain.duty_facts import KINDS, Link
from qingyuan_desk.domain.reference import Reference

_TONES = {"line": "accent", "unit": "green", "township": "amber"}


@dataclass(frozen=True)
class Hit:
    """Something found. more: who leads the matter, or what the unit does."""

    link: Link
    name: str
    more: str


class HitsModel(HeadedModel):
    """One row a hit."""

    heads = ("", "名称", "主办单位、说明")

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    @property
    def rows(self) -> tuple[Hit, ...]:
        """The hits."""
        return self._hits

    def show_found(self, reference: Reference, found: Found) -> None:
        """Other hits."""
        self.beginResetModel()
        self._hits = (
            *(
                Hit(Link("line", duty.code), duty.name, unit_name(reference, duty.leading_unit))
                for duty in found.lines
            ),
            *(Hit(Link("unit", unit.code), unit.name, unit.duty) for unit in found.units),
            *(Hit(Link("township", town.code), town.name, "对口联系表") for town in found.townships),
        )
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self._hits[index.row()]
        cells = (KINDS[hit.link.kind], hit.name, hit.more)
        if role == Qt.ItemDataRole.UserRole:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(cells[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color((_TONES[hit.link.kind], "ink", "second")[index.column()])
        return None
