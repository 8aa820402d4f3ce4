"""The ledger's rows: read page by page by their key, in the background, as far as somebody scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.desk.widgets.tables import NOWHERE, HeadedModel, Index
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.domain.matter import LedgerFilter, LedgerPage, LedgerRow, standing
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.services import ledger
from qingyuan_desk.services.reception import SEALED_TITLE

PAGE = 60
#: Reading again what is loaded goes in greater strides.
_STRIDE = 200

NUMBER, DAY, VISITOR, MATTER, FLOW, NODE, UNIT, CLOCK, VISITS = range(9)
HEADS = ("编号", "日期", "来访人", "事项", "流程", "节点", "主办单位", "期限", "次")


class LedgerModel(HeadedModel):
    """What passes the filter, the latest first. One question is under way at a time."""

    heads, right = HEADS, (DAY, VISITS)

    came = Signal()
    """An answer arrived; `rows`, `loading` and `complete` say how things stand."""
    failed = Signal(object)
    """A DeskError."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = LedgerFilter()
        self._rows: list[LedgerRow] = []
        self._complete = True
        self._task: background.Task | None = None
        self._waiting: list[str] = []
        #: Put around a change of rows above others, so that a view can keep its place.
        self.undisturbed: Callable[[], AbstractContextManager[None]] = nullcontext

    @property
    def wanted(self) -> LedgerFilter:
        """The filter in force."""
        return self._wanted

    @property
    def rows(self) -> Sequence[LedgerRow]:
        """What has been read so far."""
        return self._rows

    @property
    def loading(self) -> bool:
        """Whether an answer is awaited."""
        return self._task is not None

    @property
    def complete(self) -> bool:
        """Whether the last row has been read."""
        return self._complete

    def show(self, wanted: LedgerFilter) -> None:
        """List what passes another filter, from the top. The rows of the last one stay until there are new ones."""
        if self._task:
            self._task.drop()
        self._wanted, self._waiting, self._complete = wanted, [], False
        self._read(None, PAGE, self._begin)

    def clear(self) -> None:
        """Show nothing: somebody else sits down, who may not see these rows."""
        self._begin(LedgerPage((), None), told=False)

    def refresh(self) -> None:
        """Read again what is loaded; rows that stayed keep their place and selection."""
        if self._task:
            self._waiting.append("refresh")
        elif self._rows:
            self._gather([], None)
        else:
            self._complete = False
            self.fetchMore()

    def row_of(self, matter_id: int) -> int:
        """Where a matter stands; -1 when it is not loaded."""
        return next((place for place, row in enumerate(self._rows) if row.matter_id == matter_id), -1)

    # --- what Qt asks ---

    def canFetchMore(self, parent: Index = NOWHERE) -> bool:
        return not parent.isValid() and not self._complete and self._task is None

    def fetchMore(self, parent: Index = NOWHERE) -> None:
        if self._complete:
            return
        if self._task:
            if "more" not in self._waiting:
                self._waiting.append("more")
            return
        after = self._rows[-1].matter_id if self._rows else None
        self._read(after, PAGE, self._append)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell(row, index.column(), self._session.office.reference)
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADS[index.column()]}：{cell(row, index.column(), self._session.office.reference)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, index.column(), self._session.office.reference)
        return None

    # --- asking ---

    def _read(self, after: int | None, size: int, then: Callable[[LedgerPage], None]) -> None:
        session = self._session
        self._task = background.ask(
            self,
            ledger.page,
            session.office,
            session.actor,
            self._wanted,
            after,
            size,
            then=then,
            failed=self._fail,
        )

    def _begin(self, page: LedgerPage, *, told: bool = True) -> None:
        self.beginResetModel()
        self._rows, self._complete = list(page.rows), page.next_key is None
        self.endResetModel()
        if told:
            self._answered()

    def _append(self, page: LedgerPage) -> None:
        first = len(self._rows)
        if page.rows:
            self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
            self._rows += page.rows
            self.endInsertRows()
        self._complete = page.next_key is None
        self._answered()

    def _gather(self, found: list[LedgerRow], after: int | None) -> None:
        """Read again from the top as far as rows are loaded, then take the differences over."""
        end = None if self._complete else _key(self._rows[-1])

        def more(page: LedgerPage) -> None:
            found.extend(page.rows)
            if page.next_key is not None and (end is None or _key(page.rows[-1]) > end):
                self._gather(found, page.next_key)
                return
            fresh = [row for row in found if end is None or _key(row) >= end]
            complete = self._complete or (page.next_key is None and len(found) == len(fresh))
            self._task = background.ask(
                self,
                differences,
                tuple(self._rows),
                fresh,
                then=lambda found: self._take_over(found, complete),
                failed=self._fail,
            )

        self._read(after, _STRIDE, more)

    def _take_over(self, found: Differences, complete: bool) -> None:
        """Only what differs is told to the view."""
        with self.undisturbed():
            for place in found.gone:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._rows[place]
                self.endRemoveRows()
            for place, rows in found.new:
                self.beginInsertRows(QModelIndex(), place, place + len(rows) - 1)
                self._rows[place:place] = rows
                self.endInsertRows()
            for place, row in found.changed:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(HEADS) - 1))
        self._complete = complete
        self._answered()

    def _answered(self) -> None:
        self._task = None
        waiting, self._waiting = self._waiting, []
        if "refresh" in waiting:
            self.refresh()
        if "more" in waiting:
            self.fetchMore()
        self.came.emit()

    def _fail(self, error: DeskError) -> None:
        self._task, self._waiting, self._complete = None, [], True
        self.failed.emit(error)


@dataclass(frozen=True)
class Differences:
    """What turns one list of rows into another: places to empty from the end on, runs to put in, rows to replace."""

    gone: tuple[int, ...]
    new: tuple[tuple[int, list[LedgerRow]], ...]
    changed: tuple[tuple[int, LedgerRow], ...]


def differences(old: Sequence[LedgerRow], fresh: Sequence[LedgerRow]) -> Differences:
    """Compare two lists in the same order. Thousands of rows take longer than a frame: not for the GUI thread."""
    known = {row.matter_id: row for row in old}
    stays = {row.matter_id for row in fresh}
    runs: list[tuple[int, list[LedgerRow]]] = []
    for place, row in enumerate(fresh):
        if row.matter_id not in known:
            if runs and runs[-1][0] + len(runs[-1][1]) == place:
                runs[-1][1].append(row)
            else:
                runs.append((place, [row]))
    return Differences(
        gone=tuple(place for place in reversed(range(len(old))) if old[place].matter_id not in stays),
        new=tuple(runs),
        changed=tuple(
            (place, row)
            for place, row in enumerate(fresh)
            if row.matter_id in known and known[row.matter_id] != row
        ),
    )


def cell(row: LedgerRow, column: int, reference: Reference) -> str:
    """What a cell says; also what is copied. A sealed matter says that it is sealed, and nothing more."""
    if row.sealed and column in (VISITOR, UNIT, MATTER):
        return SEALED_TITLE if column == MATTER else ""
    if column == NUMBER:
        return row.number
    if column == DAY:
        return row.opened_on.isoformat()
    if column == VISITOR:
        return row.visitor
    if column == MATTER:
        return row.title
    if column == FLOW:
        return getattr(reference.flow(row.flow), "short", row.flow)
    if column == NODE:
        return standing(row.state, row.node)
    if column == UNIT:
        return getattr(reference.unit(row.unit), "name", row.unit)
    if column == CLOCK:
        return row.clock.brief if row.clock and row.state == "open" else ""
    return str(row.visits)


def _tip(row: LedgerRow, column: int, reference: Reference) -> str | None:
    """A cell that may be cut in full; a clock with what it is about and its article."""
    if column == CLOCK and row.clock and not row.sealed:
        return plain_tooltip(f"{row.clock.event}：{row.clock.words}（{row.clock.article}）")
    if column in (MATTER, UNIT, NODE):
        text = cell(row, column, reference)
        return plain_tooltip(text) if text else None
    return None


def _key(row: LedgerRow) -> tuple[object, int]:
    return row.opened_on, row.matter_id
