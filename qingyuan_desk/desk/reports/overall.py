"""The first tab (总体): a period in one paragraph, its numbers, and its visits by kind, month, place, hour, and day."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from qingyuan_desk.desk.reports import reading, sheets_work
from qingyuan_desk.desk.reports.bars import Bars, shares
from qingyuan_desk.desk.reports.charts import Entry
from qingyuan_desk.desk.reports.columns import Columns
from qingyuan_desk.desk.reports.panels import Row, panel
from qingyuan_desk.desk.reports.sheets_tab import WholeSheets
from qingyuan_desk.desk.reports.tiles import Tiles
from qingyuan_desk.desk.reports.township_map import TownshipMap
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.links import link
from qingyuan_desk.domain.figures import Figures
from qingyuan_desk.domain.matter import COUNTED
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.township_tiles import places
from qingyuan_desk.domain.work_figures import TrendMonth
from qingyuan_desk.services.visit_days import VisitDays

#: Longer periods are not shown day by day.
_DAYS = 31


class Overall(QScrollArea):
    """It shows what it is given; what a press on a number means is the page's."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraph = label(wrap=True, name="reports.paragraph")
        self.tiles = Tiles(COUNTED)
        self.categories = Bars("reports.categories", "五类事项", "件次", rows=5)
        self.trend = Columns("reports.trend", "逐月来访", "件次")
        self.townships = Bars("reports.townships", "乡镇", "件次", rows=8, rest=self.tr("其余 {n} 个乡镇"))
        self.map = TownshipMap("reports.map", "乡镇方格图", "件次")
        self.today = Columns("reports.today", "今日来访", "件次")
        self.days = Columns("reports.days", "逐日来访", "件次")
        self.moved = WholeSheets("moved")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()

    def show_figures(self, figures: Figures, reference: Reference, *, may_open: bool) -> None:
        """Show a period; may_open: whether the lists can be seen."""
        self.tiles.show_figures(figures, may_open=may_open)
        self.trend.show_entries([_month_entry(n, each, figures) for n, each in enumerate(figures.trend)])
        self._show_bars(figures, reference, may_open)
        self.moved.show_sheets(figures, sheets_work.movements(figures), may_open=may_open)

    def show_days(self, found: VisitDays) -> None:
        """The visits of the period day by day, and of today hour by hour."""
        hours = range(min((8, *found.hours)), max((17, *found.hours)) + 1)
        self.today.show_entries(
            [Entry("", f"{hour}时", found.hours.get(hour, 0)) for hour in hours] if found.hours else (),
            nothing="" if found.hours else self.tr("今天还没有来访，或者今天不在本期内"),
        )
        days = {} if len(found.days) > _DAYS else found.days
        self.days.show_entries(
            [
                Entry(
                    f"{day.isoformat()}至{day.isoformat()}",
                    f"{day.day}",
                    count,
                    below=f"{day.month}月" if not n else "",
                )
                for n, (day, count) in enumerate(days.items())
            ],
            nothing="" if days else self.tr("时段长于一个月，不逐日列出，请看逐月来访。"),
        )

    def _lay_out(self) -> None:
        self.paragraph.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = link(self.tr("复制文字"), "reports.copy")
        self.paragraph.setContentsMargins(4, 0, 4, 0)
        told, column = panel(self.tr("文字稿"), self.copy)
        column.addWidget(self.paragraph)
        charts = Row()
        for title, chart, share in (
            (self.tr("五类事项（件次）"), self.categories, 10),
            (self.tr("逐月来访（件次）"), self.trend, 12),
            (self.tr("各乡镇来访（件次）"), self.townships, 10),
        ):
            charts.add(title, chart, share)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(told)
        column.addWidget(self.tiles)
        by_place = Row()
        by_place.add(self.tr("乡镇方格图（按大致方位，件次）"), self.map, 19)
        by_place.add(self.tr("今日来访（按时，件次）"), self.today, 13)
        by_day = Row()
        by_day.add(self.tr("逐日来访（按日，件次）"), self.days, 1)
        column.addWidget(charts, 1)
        column.addWidget(by_place)
        column.addWidget(by_day)
        column.addWidget(self.moved)
        self.setWidget(made)

    def _show_bars(self, figures: Figures, reference: Reference, may_open: bool) -> None:
        none = self.tr("没有来访") if reading.recorded(figures) else self.tr("尚无登记数据")
        nothing = "" if figures.totals.visits else reading.this(figures.period) + none
        categories = [
            Entry(line.code, line.name, line.counts.visits) for line in figures.tables["categories"].lines
        ]
        self.categories.show_entries(shares(categories), nothing=nothing, links=may_open)
        lines = figures.tables["townships"].lines
        squares = places(
            {row.code: row.name for row in reference.townships}, reference.setting("township_tiles")
        )
        self.map.show_places(
            [Entry(line.code, line.name, line.counts.visits) for line in lines if line.code in squares],
            squares,
            links=may_open,
        )
        townships = [Entry(line.code, line.name, line.counts.visits) for line in lines if line.counts.visits]
        townships.sort(key=lambda entry: -(entry.value or 0))
        self.townships.show_entries(townships, nothing=nothing, links=may_open)


def _month_entry(place: int, month: TrendMonth, figures: Figures) -> Entry:
    """A month of the trend; the year stands below the first one and below every January."""
    first = month.period.first
    in_force = first <= figures.as_of <= month.period.last
    note = f"截至{figures.as_of.month}月{figures.as_of.day}日" if in_force and not figures.complete else ""
    visits = month.visits if month.recorded else None
    has_year = first.month == 1 or (
        place == 0 and first.month <= 10
    )  # two years close together would overlap
    below = f"{first.year}年" if has_year else ""
    return Entry(month.period.name if month.recorded else "", month.period.name, visits, note, below)
