"""The line of filters above the ledger: a box for words, and a chip for every other condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.ledger.chips import SHOWN, DayChip, FilterChip
from qingyuan_desk.desk.widgets.choice import Option
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.figures import FIGURES
from qingyuan_desk.domain.flows import FLOWS
from qingyuan_desk.domain.matter import (
    CASES_COUNTED,
    CONSULTS_COUNTED,
    COUNTED,
    DUES,
    FLOWS_COUNTED,
    MATTER_STATES,
    OFFICIAL_COUNTED,
    PETITIONS_COUNTED,
    SENDINGS_COUNTED,
    WORK_COUNTED,
    LedgerFilter,
)
from qingyuan_desk.domain.mediation.codes import ORIGINS, RESULTS
from qingyuan_desk.domain.reference import Reference

#: A pause in typing of this many milliseconds lists what fits.
_PAUSE = 200

#: Field of LedgerFilter → caption of its chip, in the order of the line; the day's chip comes behind 来源.
_CHIPS = {
    "flow": "流程",
    "node": "节点",
    "result": "调解结果",
    "state": "状态",
    "due": "期限",
    "township": "乡镇",
    "source": "来源",
    "unit": "承办",
    "category": "类别",
    "dispute_type": "纠纷类型",
    "origin": "案件来源",
    "figure": "统计",
}
#: Chips that are there while the flow is mediation, and those that are chosen elsewhere: they only say so, and come off.
_OF_MEDIATION, _TOLD = ("node", "result"), ("dispute_type", "origin", "figure")
_BEFORE_DAY = "source"

#: Narrower than this, at the standard size of type, one line is not enough.
_NARROW = 720


class Named(Protocol):
    """A row of one of the office's tables."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


def options(reference: Reference) -> dict[str, tuple[Option, ...]]:
    """What the chips of the office's lists offer; townships by pinyin and former names too."""
    listed: dict[str, Iterable[Named]] = {
        "flow": reference.flows,
        "source": reference.sources,
        "unit": reference.units,
        "category": reference.categories,
        "dispute_type": reference.dispute_types,
    }
    offered = {field: tuple(Option(row.code, row.name) for row in rows) for field, rows in listed.items()}
    towns = (Option(town.code, town.name, (*town.letters, *town.aliases)) for town in reference.townships)
    return {**offered, "township": tuple(towns)}


def spelled(reference: Reference) -> dict[str, tuple[Option, ...]]:
    """The same, all found by pinyin. Loads a dictionary the first time: not for the GUI thread."""
    return {
        field: tuple(Option(each.code, each.name, each.keys or pinyin.initials(each.name)) for each in listed)
        for field, listed in options(reference).items()
    }


class SearchLine(LineEdit):
    """Words to look for; Enter and ↓ go on to the list, Esc empties it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class FilterLine(QWidget):
    """The filter as a person sets it."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        #: The figure that was chosen with a line of its table, and that line.
        self._part = ("", "")
        self.search = SearchLine("ledger.search", hint="姓名、拼音、电话、文号、内容")
        self.search.setAccessibleName("在台账里找")
        self.search.setClearButtonEnabled(True)
        self.chips = {field: FilterChip(f"ledger.{field}", caption) for field, caption in _CHIPS.items()}
        self.chips["state"].set_options(Option(code, text) for code, text in MATTER_STATES.items())
        self.chips["due"].set_options(Option(code, text) for code, text in DUES.items())
        counted = (
            *COUNTED,
            *FLOWS_COUNTED,
            *CASES_COUNTED,
            *PETITIONS_COUNTED,
            *SENDINGS_COUNTED,
            *CONSULTS_COUNTED,
            *OFFICIAL_COUNTED,
            *WORK_COUNTED,
        )
        self.chips["figure"].set_options(Option(key, FIGURES[key].name) for key in counted)
        self.chips["node"].set_options(Option(node.code, node.name) for node in FLOWS["mediation"].nodes)
        self.chips["result"].set_options(Option(code, text) for code, text in RESULTS.items() if code)
        self.chips["origin"].set_options(Option(code, text) for code, text in ORIGINS.items())
        self.day = DayChip("ledger.day", "日期", today)
        self.clear_button = QPushButton("清除")
        self.clear_button.setAccessibleName("清除条件")
        self.clear_button.setObjectName("ledger.clear")
        self.clear_button.setProperty("role", "link")
        self.clear_button.clicked.connect(lambda: self.choose(LedgerFilter()))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._tell)
        self.search.textChanged.connect(lambda _: self._pause.start())
        for chip in (*self.chips.values(), self.day):
            chip.chosen.connect(self._tell)
        self._lay_out()
        self.restyle()
        self._mark()

    @property
    def filter(self) -> LedgerFilter:
        """What is set."""
        first, last = self.day.days
        codes = {field: chip.code for field, chip in self.chips.items()}
        figure, part = self._part
        return LedgerFilter(
            text=self.search.text().strip(),
            first_day=first,
            last_day=last,
            period=self.day.code,
            part=part if codes["figure"] == figure else "",
            **codes,
        )

    def offer(self, found: dict[str, tuple[Option, ...]]) -> None:
        """Take over the office's lists."""
        for field, listed in found.items():
            self.chips[field].set_options(listed)

    def choose(self, wanted: LedgerFilter) -> None:
        """Set everything at once, as choosing a view does."""
        self.search.blockSignals(True)
        self.search.setText(wanted.text)
        self.search.blockSignals(False)
        self._part = (wanted.figure, wanted.part)
        for field, chip in self.chips.items():
            chip.set_code(getattr(wanted, field))
        self.day.set_code(wanted.period)
        self.day.set_days(wanted.first_day, wanted.last_day)
        self._tell()

    def restyle(self) -> None:
        """Take over colours and size of type in force."""
        self.search.setMinimumWidth(theme.px(120))
        self.search.setMaximumWidth(theme.px(300))
        for chip in (*self.chips.values(), self.day):
            chip.restyle()
        self._fit()

    def _tell(self) -> None:
        self._pause.stop()
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        """The way back to everything is there while there is one; its place is kept."""
        policy = self.clear_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.clear_button.setSizePolicy(policy)
        self.clear_button.setVisible(self.filter != LedgerFilter())
        for field in _TOLD:
            self.chips[field].setVisible(bool(self.chips[field].code))
        for field in _OF_MEDIATION:
            self.chips[field].setVisible(self.filter.flow == "mediation" or bool(self.chips[field].code))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < theme.px(_NARROW))
        self._fit()

    def _arrange(self, *, narrow: bool) -> None:
        """Where the window is narrow, the search line stands above the chips."""
        if narrow != self._narrow:
            self._narrow = narrow
            (self._above if narrow else self._line).insertWidget(0, self.search, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(400), super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Cut what chips say until all of them fit into the line."""
        for characters in range(SHOWN, 2, -1):
            for chip in self.chips.values():
                chip.shorten(characters)
            if self.layout() is None or self.layout().minimumSize().width() <= self.width():
                break

    def _lay_out(self) -> None:
        self._narrow = False
        self._above, row = QHBoxLayout(), QHBoxLayout()
        self._above.addStretch(1)
        self._line = row
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(self._above)
        whole.addLayout(row)
        row.setSpacing(6)
        row.addWidget(self.search, 1)
        for field, chip in self.chips.items():
            row.addWidget(chip)
            if field == _BEFORE_DAY:
                row.addWidget(self.day)
        row.addWidget(self.clear_button)
        row.addStretch(1)
