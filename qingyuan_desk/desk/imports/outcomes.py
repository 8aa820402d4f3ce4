"""What became of every row of a file, or would become: the table of a report, its filter, and one row in full."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.imports.cells import Cells
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.desk.widgets.tables import HeadedModel, Index, set_up
from qingyuan_desk.domain.text import clean_line
from qingyuan_desk.services.imported import Fate, ImportReport, RowOutcome

ROW, NAME, MATTER, RESULT, WHY = range(5)
_HEADS = ("行号", "姓名", "事项", "结果", "原因、文号")
_WIDTHS = {ROW: 64, NAME: 120, RESULT: 92}
#: Fate → word and colour; what a dry run would do has a word of its own.
_WORDS: Mapping[Fate, tuple[str, str]] = {
    Fate.ACCEPTED: ("已登记", "green"),
    Fate.ALREADY: ("已导入过", "second"),
    Fate.REFUSED: ("退回", "red"),
    Fate.DUPLICATE: ("重复", "amber"),
    Fate.LEFT: ("没有办理", "second"),
}
_DRY_WORDS: Mapping[Fate, tuple[str, str]] = {
    **_WORDS,
    Fate.ACCEPTED: ("可导入", "green"),
    Fate.LEFT: ("没有检查", "second"),
}
#: So much of a cell is shown in a list.
_SHOWN = 200


class OutcomeModel(HeadedModel):
    """The outcomes of a report that pass the filter; every text is made when it is looked at."""

    heads, right = _HEADS, (ROW,)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._report: ImportReport | None = None
        self._rows: tuple[RowOutcome, ...] = ()
        self._places: tuple[int | None, int | None] = (None, None)

    @property
    def rows(self) -> tuple[RowOutcome, ...]:
        """What is listed."""
        return self._rows

    def show(self, report: ImportReport | None, only: str = "") -> None:
        """List a report's rows. only: "" all, refused, told."""
        self.beginResetModel()
        self._report = report
        self._rows = () if report is None else filtered(report, only)
        if report is not None:
            self._places = (
                _place(report, "name", "applicant", "parties"),
                _place(report, "narrative", "request", "dispute_type"),
            )
        self.endResetModel()

    def said(self, row: int, column: int) -> str:
        """What a cell says."""
        outcome = self._rows[row]
        if column == ROW:
            return str(outcome.row_no)
        if column == RESULT:
            return self.word(row)[0]
        if column == WHY:
            return why(outcome)
        return self._cell(outcome, self._places[column - NAME])

    def word(self, row: int) -> tuple[str, str]:
        """The result in a word, and its colour."""
        dry = self._report is not None and self._report.dry_run
        return (_DRY_WORDS if dry else _WORDS)[self._rows[row].fate]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.said(index.row(), index.column())
        if role == Qt.ItemDataRole.UserRole:
            return self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_HEADS[index.column()]}：{self.said(index.row(), index.column())}"
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (NAME, MATTER, WHY):
            return plain_tooltip(self.said(index.row(), index.column()))
        return None

    def _cell(self, outcome: RowOutcome, place: int | None) -> str:
        if place is None or self._report is None:
            return ""
        grid = self._report.grid
        return clean_line(grid.rows[outcome.row_no - grid.first_row][place][:_SHOWN])


def filtered(report: ImportReport, only: str) -> tuple[RowOutcome, ...]:
    """The rows of a report that a filter lets through."""
    return {"": report.outcomes, "refused": report.refused, "told": report.warnings}[only]


def why(outcome: RowOutcome) -> str:
    """Why a row was not registered, or its number and what to know about it."""
    return "　".join(filter(None, (outcome.number, *outcome.sentences, *outcome.warnings)))


def _place(report: ImportReport, *names: str) -> int | None:
    """The column of the first of these fields that the file has."""
    header = next((report.columns[name] for name in names if name in report.columns), None)
    return None if header is None else report.grid.header.index(header)


class _OutcomeCells(Cells):
    def paint_cell(self, painter: QPainter, box: QRect, index: Index) -> None:
        table = self.parent()
        assert isinstance(table, OutcomeTable)
        row, column, model = index.row(), index.column(), table.rows
        said = model.said(row, column)
        if column == RESULT:
            self.tag(painter, box, *model.word(row))
        elif column == WHY:
            outcome = model.rows[row]
            tone = {Fate.REFUSED: "red", Fate.DUPLICATE: "amber", Fate.ALREADY: "second"}.get(outcome.fate)
            self.text(painter, box, said, tone or ("amber" if outcome.warnings else "ink"))
        else:
            self.text(painter, box, said, "second" if column == ROW else "ink", right=column == ROW)


class OutcomeTable(QTableView):
    """Read only; Enter opens what a row became."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.rows = OutcomeModel(self)
        self._session = session
        self._cells = _OutcomeCells(self)
        self.setModel(self.rows)
        self.setItemDelegate(self._cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        set_up(self, "imports.rows", "逐行结果")
        for column in (MATTER, WHY):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.activated.connect(self._open)
        self.restyle()

    def restyle(self) -> None:
        """Take over the size of type in force."""
        self._cells.restyle()
        self.verticalHeader().setDefaultSectionSize(theme.px(32))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme.px(width))

    def _open(self, index: QModelIndex) -> None:
        number = self.rows.rows[index.row()].number
        if number:
            self._session.matter_wanted.emit(number)
