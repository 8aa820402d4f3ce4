"""Figures in a row: each with its number, its unit, and how it changed, in words. The number leads to the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.reports.reading import recorded
from qingyuan_desk.desk.widgets.labels import Elided, label, plain_tooltip
from qingyuan_desk.domain.case_figures import CaseFigures, percent, wan
from qingyuan_desk.domain.figures import FIGURES, Figures
from qingyuan_desk.domain.matter import CASES_COUNTED
from qingyuan_desk.domain.periods import KINDS

#: A tile is not narrower than this; where there is no room for all of them they stand in two lines.
_LEAST = 100
#: Figures of mediations that have a tile.
CASE_TILES = ("accepted", "settled", "failed", "amount", "confirmations", "due_parts", "follow_ups")
#: Names that need more words where they stand alone.
_CAPTIONS = {"overdue": "法定期限逾期"}
#: Kind of period → what the one before is called where room is scarce, and all of it.
_SHORT = {
    "month": ("上月", "全月"),
    "quarter": ("上季", "全季"),
    "half": ("上期", "全期"),
    "year": ("上年", "全年"),
    "span": ("上期", "全期"),
}


@dataclass(frozen=True)
class Said:
    """A figure of a period as a tile says it. alarming: it should be nought and is not."""

    number: str
    change: str
    more: str = ""
    alarming: bool = False


def said(key: str, figures: Figures) -> Said:
    """A figure, and beside it that of the period before: one that is not over is not compared."""
    if key in CASES_COUNTED:
        return _of_cases(key, figures.cases)
    if key == "overdue":
        overdue = figures.clocks.overdue
        return Said(f"{overdue:,}", f"应完成 {figures.clocks.due} 项", alarming=overdue > 0)
    number, unit = getattr(figures.totals, key), FIGURES[key].unit
    _, last, year_before = KINDS[figures.period.kind]
    both = ((last, figures.previous), (year_before, figures.year_before))
    before = {name: getattr(other.totals, key) for name, other in both if other.totals}
    more = "，".join(f"{name} {count:,} {unit}" for name, count in before.items())
    short, whole = _SHORT[figures.period.kind]
    if last not in before:
        return Said(f"{number:,}", f"{short}尚无数据" if recorded(figures) else "尚无登记数据", more)
    if not figures.complete:
        return Said(f"{number:,}", f"{short}{whole} {before[last]:,}", more)
    return Said(f"{number:,}", _change(number - before[last], short, unit), more)


def _of_cases(key: str, cases: CaseFigures) -> Said:
    """A figure of mediations, and beside it what it leads on to."""
    totals, after = cases.totals, cases.afterwards
    beside = {
        "accepted": f"撤回 {totals.withdrawn} 件",
        "settled": f"口头 {totals.oral}，书面 {totals.written}",
        "failed": f"成功率 {_rate(totals.success_rate)}",
        "amount": "已生效的协议",
        "confirmations": f"裁定有效 {after.confirmed} 件",
        "due_parts": f"已履行 {after.paid_parts} 笔",
        "follow_ups": f"满意率 {_rate(after.satisfaction_rate)}",
    }
    if key == "amount":
        return Said(wan(totals.amount), beside[key])
    number = getattr(totals if hasattr(totals, key) else after, key)
    return Said(f"{number:,}", beside[key])


def _rate(rate: float | None) -> str:
    return percent(rate) + ("" if rate is None else "%")


def _change(change: int, last: str, unit: str) -> str:
    if change == 0:
        return f"与{last}持平"
    return f"比{last}{'多' if change > 0 else '少'} {abs(change):,} {unit}"


class Tile(QWidget):
    """One figure."""

    opened = Signal(str)
    """The figure whose list is wanted."""

    def __init__(self, key: str) -> None:
        super().__init__()
        figure = FIGURES[key]
        self._key = key
        self.number = QPushButton()
        self.number.setObjectName(f"reports.figure.{key}")
        self.number.setProperty("role", "figure")
        self.number.setCursor(Qt.CursorShape.PointingHandCursor)
        self.number.clicked.connect(lambda: self.opened.emit(key))
        self.change = Elided(role="small")
        self.change.setObjectName(f"reports.change.{key}")
        caption = Elided(_CAPTIONS.get(key, figure.name), "small")
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(3)
        line.addWidget(self.number, 0, Qt.AlignmentFlag.AlignBottom)
        unit = label(figure.unit, "small")
        unit.setContentsMargins(0, 0, 0, theme.px(6))
        line.addWidget(unit, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(caption)
        column.addLayout(line)
        column.addWidget(self.change)

    def show_figures(self, figures: Figures, *, may_open: bool) -> None:
        """Show the figure of a period; may_open: whether its list can be seen."""
        figure, shown = FIGURES[self._key], said(self._key, figures)
        self.number.setText(shown.number)
        self.number.setEnabled(may_open)
        theme.mark(self.number, "tone", "red" if shown.alarming else "")
        self.number.setAccessibleName(f"{figure.name} {shown.number} {figure.unit}")
        self.number.setAccessibleDescription(shown.change)
        told = (
            f"{figure.name}（{figure.unit}）：{figure.definition}",
            shown.more,
            "点数字看背后的事项清单（按件列出）" if may_open else "",
        )
        self.setToolTip(plain_tooltip("".join(f"{sentence}。" for sentence in told if sentence)))
        self.change.say(shown.change)


class Tiles(QFrame):
    """All the figures of the row, in as many lines as they need."""

    opened = Signal(str)

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setMinimumWidth(theme.px(3 * _LEAST))
        self.tiles = {key: Tile(key) for key in keys}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 16, 8)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(16)
        self._columns = 0
        for tile in self.tiles.values():
            tile.opened.connect(self.opened.emit)
        self._place(len(self.tiles))

    def show_figures(self, figures: Figures, *, may_open: bool) -> None:
        """Show a period."""
        for tile in self.tiles.values():
            tile.show_figures(figures, may_open=may_open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = len(self.tiles)
        fits = event.size().width() >= whole * theme.px(_LEAST)
        self._place(whole if fits else (whole + 1) // 2)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, tile in enumerate(self.tiles.values()):
            self._grid.removeWidget(tile)
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(len(self.tiles)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
