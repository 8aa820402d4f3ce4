"""The parties of a case in a table: side, name, who speaks for them, whether they agree, how often they were called."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets import tables
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.domain.mediation.case import Case, CaseParty
from qingyuan_desk.domain.mediation.codes import CONSENTS, PARTY_KINDS, SIDES
from qingyuan_desk.domain.privacy import mask_phone

_SIDE, _NAME, _PHONE, _SPOKEN, _ANSWER, _TRIED = range(6)
_TONES = {"agreed": "green", "refused": "red", "": "amber"}


class PartyModel(tables.HeadedModel):
    """One row a party."""

    heads = ("地位", "姓名、名称", "电话", "代理", "意愿", "联系")
    right = (_TRIED,)

    def __init__(self) -> None:
        super().__init__()
        self._case: Case | None = None

    @property
    def rows(self) -> tuple[CaseParty, ...]:
        return self._case.parties if self._case else ()

    def show_case(self, case: Case) -> None:
        """Show a case's parties."""
        self.beginResetModel()
        self._case = case
        self.endResetModel()

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        party = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return party
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _ANSWER:
            return theme.color(_TONES[party.consent])
        text = self._cells(party)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        return plain_tooltip(text) if role == Qt.ItemDataRole.ToolTipRole and text else None

    def _cells(self, party: CaseParty) -> tuple[str, ...]:
        tried = sum(1 for each in self._case.contacts if each.party == party.record_id) if self._case else 0
        kind = "" if party.kind == "person" else f"（{PARTY_KINDS[party.kind]}）"
        return (
            SIDES[party.side],
            party.name + kind,
            mask_phone(party.phone) if party.phone else "",
            "、".join(filter(None, (party.representative, party.agent))),
            CONSENTS[party.consent],
            f"{tried} 次" if tried else "",
        )


class PartyTable(QTableView):
    """Y: the party agrees, N: it refuses."""

    chosen = Signal(object)
    """The party the keyboard is on."""
    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.parties = PartyModel()
        tables.set_up(self, "mediation.parties", "当事人")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setModel(self.parties)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._tell(now))

    @property
    def party(self) -> CaseParty | None:
        """The party the keyboard is on."""
        row = self.currentIndex().row()
        return self.parties.rows[row] if 0 <= row < len(self.parties.rows) else None

    def show_case(self, case: Case, wanted: int = 0) -> None:
        """Show the parties. wanted: the record id to go to; else the one chosen stays, or the first without an answer."""
        kept = self.party
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.selectionModel().blockSignals(True)
        self.parties.show_case(case)
        self.selectionModel().blockSignals(False)
        self.choose(_next(case, case.party(wanted) or kept))

    def choose(self, row: int) -> None:
        """Go to a row."""
        if row >= 0:
            self.setCurrentIndex(self.parties.index(row, 0))
            self.selectRow(row)
        self.chosen.emit(self.party)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Y, Qt.Key.Key_N) and not event.modifiers():
            self.answered.emit(event.key() == Qt.Key.Key_Y)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fixed = {_SIDE: 78, _PHONE: 122, _ANSWER: 88, _TRIED: 62}
        for column, width in fixed.items():
            self.setColumnWidth(column, theme.px(width))
        left = self.viewport().width() - sum(theme.px(width) for width in fixed.values())
        self.setColumnHidden(_PHONE, left < theme.px(190))
        if self.isColumnHidden(_PHONE):
            left += theme.px(fixed[_PHONE])
        self.setColumnWidth(_NAME, left * 6 // 10)
        self.setColumnWidth(_SPOKEN, left - left * 6 // 10)

    def _tell(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.parties.rows[now.row()])


def _next(case: Case, kept: CaseParty | None) -> int:
    """Where the keyboard goes: the party it was on, unless that one has just answered and another has not."""
    ids = [party.record_id for party in case.parties]
    waiting = next((place for place, party in enumerate(case.parties) if not party.consent), -1)
    if kept is None or kept.record_id not in ids or not kept.record_id:
        return max(0, waiting) if ids else -1
    here = ids.index(kept.record_id)
    just = case.parties[here].consent != kept.consent
    return waiting if just and waiting >= 0 else here
