"""Pasted lines as rows to be put right and confirmed: what a cell shows, what an edit of it means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal

from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.desk.widgets.tables import HeadedModel, Index
from qingyuan_desk.domain.importing import opponent_kind
from qingyuan_desk.domain.pasted import WANTED
from qingyuan_desk.domain.problems import Level, blocking
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.visit import Opponent, Person, Registered, VisitForm
from qingyuan_desk.services.importing import PastedRow

TICK, LINE, NAME, PHONE, TOWNSHIP, VILLAGE, OPPONENT, NARRATIVE, STATE = range(9)
HEADS = ("", "行", "姓名", "联系电话", "乡镇", "村", "对方当事人", "事由", "核对")
#: Columns a person may change → the field of an import.
FIELDS: Mapping[int, str] = {
    NAME: "name",
    PHONE: "phone",
    TOWNSHIP: "township",
    VILLAGE: "village",
    OPPONENT: "opponent",
    NARRATIVE: "narrative",
}
_BETWEEN = re.compile(r"[、,，;；]+")


@dataclass(eq=False)
class Entry:
    """A line, and what a person and the office did with it.

    parsed: the line as it was taken apart. row: with what was put right. number: once it is registered; again: it had
    been before. refusal: why it is not.
    """

    parsed: PastedRow
    row: PastedRow
    ticked: bool = False
    number: str = ""
    again: bool = False
    refusal: str = ""

    @property
    def main(self) -> Person:
        """Who reports."""
        return self.row.form.main_visitor

    @property
    def ready(self) -> bool:
        """Nothing is missing, nothing stands in its way, and it is not registered yet."""
        form = self.row.form
        return not (self.number or self.row.missing or blocking(self.row.problems, form.overrides))

    def take(self, row: PastedRow) -> None:
        """The line was read again: what a person did with it stays, whatever else it says now counts."""
        if self.number or self.row is not self.parsed:
            self.parsed = replace(self.parsed, line_no=row.line_no)
            self.row = replace(self.row, line_no=row.line_no)
        else:
            self.parsed = self.row = row

    def lacks(self, column: int) -> bool:
        """Whether a cell is empty that should not be."""
        return not self.number and WANTED.get(FIELDS.get(column, "")) in self.row.missing

    def state(self) -> tuple[str, str]:
        """How it stands, and the colour of that."""
        if self.number:
            return f"{self.number}{'（以前已登记）' if self.again else ''}", "green"
        if self.refusal:
            return self.refusal, "red"
        said = [f"缺{'、'.join(self.row.missing)}"] if self.row.missing else []
        problems = [each for each in self.row.problems if WANTED.get(each.field) not in self.row.missing]
        wrong = [each.sentence for each in problems if each.level is not Level.WARN]
        if any(each.level is Level.DOUBT for each in problems):
            wrong.append("要照样登记的，请到“登记”页写明理由。")
        if said or wrong:
            return "；".join((*said, *wrong)), "red"
        told = "；".join(each.sentence for each in problems)
        return (told, "amber") if told else ("齐全", "green")


#: How a line fills the columns.
_SAID: Mapping[int, Callable[[Entry, Reference], str]] = {
    TICK: lambda entry, _: "",
    LINE: lambda entry, _: str(entry.row.line_no),
    NAME: lambda entry, _: entry.main.name,
    PHONE: lambda entry, _: entry.main.phone,
    TOWNSHIP: lambda entry, places: _township(entry.main, places),
    VILLAGE: lambda entry, places: _village(entry.main, places),
    OPPONENT: lambda entry, _: "、".join(other.name for other in entry.row.form.opponents),
    NARRATIVE: lambda entry, _: entry.row.form.narrative,
    STATE: lambda entry, _: entry.state()[0],
}


class PastedModel(HeadedModel):
    """One row a line. What was done with a line stays when other lines are typed or taken away."""

    heads, right = HEADS, (LINE,)

    changed = Signal()
    """Ticks, or how rows stand, are others now."""
    corrected = Signal(object, object)
    """An Entry, and the form a person made of it: to be looked at again."""

    def __init__(self, reference: Reference, parent: QObject) -> None:
        super().__init__(parent)
        self._reference = reference
        self._entries: list[Entry] = []
        #: Nothing can be changed while lines are being registered.
        self.held = False

    @property
    def rows(self) -> Sequence[Entry]:
        """Every line, in order."""
        return self._entries

    @property
    def ticked(self) -> list[Entry]:
        """Lines chosen to be registered that are not yet."""
        return [entry for entry in self._entries if entry.ticked and not entry.number]

    def show(self, rows: Sequence[PastedRow]) -> None:
        """List these lines."""
        known = dict(zip(_numbered(entry.parsed.text for entry in self._entries), self._entries, strict=True))
        self.beginResetModel()
        self._entries = []
        for key, row in zip(_numbered(row.text for row in rows), rows, strict=True):
            entry = known.get(key) or Entry(row, row)
            entry.take(row)
            self._entries.append(entry)
        self.endResetModel()
        self.changed.emit()

    def entry(self, place: int) -> Entry:
        """The line of a row."""
        return self._entries[place]

    def tick_ready(self) -> None:
        """Choose every line that can be registered as it stands."""
        for entry in self._entries:
            entry.ticked = entry.ticked or entry.ready
        self._told(0, len(self._entries) - 1)

    def toggle(self, place: int) -> None:
        """Choose a line, or choose it no longer."""
        entry = self._entries[place]
        if not entry.number and not self.held:
            entry.ticked = not entry.ticked
            self._told(place, place)

    def looked_at(self, entry: Entry, asked: VisitForm, row: PastedRow) -> None:
        """What the rules say about a corrected line; of no use any more when it was changed again meanwhile."""
        if entry.row.form is asked and entry in self._entries:
            entry.row = row
            self._tell(entry)

    def registered(self, entry: Entry, done: Registered) -> None:
        """A line is a visit now."""
        entry.number, entry.again, entry.refusal, entry.ticked = done.visit_number, done.replayed, "", False
        self._tell(entry)

    def refused(self, entry: Entry, sentence: str) -> None:
        """A line was not registered."""
        entry.refusal = sentence
        self._tell(entry)

    def said(self, place: int, column: int) -> str:
        """What a cell says."""
        return " ".join(_SAID[column](self._entries[place], self._reference).split())

    # --- what Qt asks ---

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() in FIELDS and not self._entries[index.row()].number and not self.held:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.said(place, column)
        if role == Qt.ItemDataRole.EditRole:
            return _SAID[column](self._entries[place], self._reference)
        if role == Qt.ItemDataRole.CheckStateRole and column == TICK:
            return Qt.CheckState.Checked if self._entries[place].ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADS[column] or '登记这一行'}：{self.said(place, column) or '空'}"
        if role == Qt.ItemDataRole.ToolTipRole and column > LINE:
            return plain_tooltip(self.said(place, column))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        place, column = index.row(), index.column()
        if role != Qt.ItemDataRole.EditRole or column not in FIELDS:
            return False
        entry = self._entries[place]
        form = _with(entry.row.form, FIELDS[column], str(value))
        if form == entry.row.form:
            return False
        entry.row, entry.refusal = replace(entry.row, form=form), ""
        self._told(place, place)
        self.corrected.emit(entry, form)
        return True

    def _tell(self, entry: Entry) -> None:
        if entry in self._entries:
            place = self._entries.index(entry)
            self._told(place, place)

    def _told(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, STATE))
        self.changed.emit()


def _with(form: VisitForm, field: str, text: str) -> VisitForm:
    """The form with another value of one field."""
    if field == "narrative":
        return replace(form, narrative=text)
    if field == "opponent":
        known = {other.name: other for other in form.opponents}
        names = [name.strip() for name in _BETWEEN.split(text) if name.strip()]
        others = (known.get(name) or Opponent(name=name, kind=opponent_kind(name)) for name in names)
        return replace(form, opponents=tuple(others))
    main, *more = form.persons
    return replace(form, persons=(replace(main, **{field: text}), *more))


def _township(main: Person, places: Reference) -> str:
    town = places.township(main.township)
    return town.name if town else main.township


def _village(main: Person, places: Reference) -> str:
    village = places.village(main.township, main.village)
    return village.short_name if village else main.village


def _numbered(texts: Iterable[str]) -> Iterator[tuple[str, int]]:
    """A line by what it says; of lines that say the same, by how many stand before it."""
    before: Counter[str] = Counter()
    for text in texts:
        yield text, before[text]
        before[text] += 1
