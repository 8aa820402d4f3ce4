"""At the right of the form: what waits, the most urgent first, and the questions of the day."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QPushButton, QTableView, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import CLOCK_TONES, Scrolled, across
from qingyuan_desk.desk.widgets.labels import Elided, label, plain_tooltip
from qingyuan_desk.desk.widgets.parts import Panel, button, nothing
from qingyuan_desk.desk.widgets.tables import HeadedModel, Index, set_up
from qingyuan_desk.domain.consultations import WAITING, ConsultDay, ConsultLine, WaitingLine
from qingyuan_desk.domain.handling.codes import ANSWERS, CONSULT_CHANNELS
from qingyuan_desk.domain.reference import Reference

#: Of the columns of the day; 0 takes the room that is left.
_WIDTHS = (64, 84, 0, 88)


class DayLists(QWidget):
    """Both lists."""

    wanted = Signal(object)
    """A WaitingLine to do something about."""
    opened = Signal(str)
    """A matter's number."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self.model = _Lines(self, reference)
        self.table = QTableView()
        set_up(self.table, "consult.day", "今天的咨询")
        self.table.setProperty("role", "plain")
        self.table.setModel(self.model)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(32))
        head = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            if width:
                self.table.setColumnWidth(column, theme.px(width))
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.activated.connect(self._open)
        self._waits, self._day = Panel("要办的"), Panel("今天")
        self._lines = Scrolled("consult.waiting")
        self._lines.column.setContentsMargins(0, 0, 0, 0)
        self._lines.column.setSpacing(0)
        self._waits.column.addWidget(self._lines)
        self._empty = nothing("今天还没有咨询。左边写完按 F9，这里就有了。", "consult.day_empty")
        self._day.column.addWidget(self._empty)
        self._day.column.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._waits, 2)
        column.addWidget(self._day, 3)

    def show_day(self, day: ConsultDay) -> None:
        """Show a day."""
        self._waits.caption.setText(f"要办的　{len(day.waiting)}" if day.waiting else "要办的")
        self._lines.empty()
        for place, line in enumerate(day.waiting):
            self._lines.column.addWidget(self._line(line, place))
        if not day.waiting:
            self._lines.column.addWidget(nothing("没有等待答复、约期和审查的。", "consult.nothing_waits"))
        self._lines.column.addStretch(1)
        said = f"今天　咨询 {len(day.lines)} 件，答复 {day.answered} 件" if day.lines else "今天"
        self._day.caption.setText(said)
        self.model.show_lines(day.lines)
        self._empty.setVisible(not day.lines)
        self.table.setVisible(bool(day.lines))

    def _line(self, line: WaitingLine, place: int) -> QPushButton:
        made = button("", f"consult.waiting.{place}", role="view")
        made.setMinimumHeight(theme.px(34))
        kind = label(WAITING[line.kind], "strong")
        kind.setMinimumWidth(theme.px(64))
        when = label(line.words, "second")
        if line.state in CLOCK_TONES:
            when.setProperty("tone", CLOCK_TONES[line.state])
        what = Elided(f"{line.visitor} {line.what}")
        row = across(kind, what, when, spacing=8, stretch=1)
        row.setContentsMargins(6, 0, 6, 0)
        made.setLayout(row)
        for part in (kind, what, when):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setAccessibleName(f"{WAITING[line.kind]} {line.visitor} {line.words}")
        made.setToolTip(plain_tooltip(f"{line.number}　{line.what}　{line.words}"))
        made.clicked.connect(lambda: self.wanted.emit(line))
        return made

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.rows[index.row()].number)


class _Lines(HeadedModel):
    heads = ("时间", "咨询人", "咨询内容", "处理")

    def __init__(self, parent: QWidget, reference: Reference) -> None:
        super().__init__(parent)
        self._reference = reference
        self._lines: tuple[ConsultLine, ...] = ()

    @property
    def rows(self) -> tuple[ConsultLine, ...]:
        """The questions."""
        return self._lines

    def show_lines(self, lines: tuple[ConsultLine, ...]) -> None:
        """Other questions."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(line)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            cause = self._reference.dispute_type(line.cause)
            parts = (
                line.number,
                CONSULT_CHANNELS[line.channel],
                cause.name if cause else "",
                line.question,
                ANSWERS[line.result],
                f"解答人 {line.lawyer}" if line.lawyer else "",
            )
            return plain_tooltip("　".join(part for part in parts if part))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        return None

    @staticmethod
    def _cells(line: ConsultLine) -> tuple[str, ...]:
        return (
            f"{line.at:%H:%M}",
            "拒绝提供" if line.declined else line.visitor,
            line.question,
            _SHORT[line.result],
        )


_SHORT = {
    "advised": "已解答",
    "aid": "指导援助",
    "organ": "告知部门",
    "booked": "约期",
    "moved": "转流程",
    "later": "待答复",
}
