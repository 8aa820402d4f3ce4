"""Figures (统计): a month in one paragraph, its numbers with the lists behind them, three charts, and the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.reports import reading
from qingyuan_desk.desk.reports.bars import Bars, shares
from qingyuan_desk.desk.reports.case_charts import CaseCharts
from qingyuan_desk.desk.reports.charts import Entry
from qingyuan_desk.desk.reports.columns import Columns
from qingyuan_desk.desk.reports.month import MonthChooser
from qingyuan_desk.desk.reports.panels import Row, panel
from qingyuan_desk.desk.reports.paper import PaperPanel
from qingyuan_desk.desk.reports.reading import Reading
from qingyuan_desk.desk.reports.tiles import CASE_TILES, Tiles
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.background import Task
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.links import link
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.errors import DeskError, Refused, Unavailable
from qingyuan_desk.domain.figures import Comparison, Figures
from qingyuan_desk.domain.matter import COUNTED, LedgerFilter
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.services import reporting

#: Counting that takes longer than this is told (milliseconds).
_PATIENCE = 200


class ReportsPage(Page):
    """Everything about one month; a press on a number opens the matters behind it in the ledger."""

    code = "reports"
    title = "统计"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shown: Reading | None = None
        self._counting: Task | None = None
        self._further: list[Task] = []
        self.chooser = MonthChooser(self._this_month())
        self._month = self.chooser.period.name
        self.paragraph = label(wrap=True, name="reports.paragraph")
        self.tiles, self.case_tiles = Tiles(COUNTED), Tiles(CASE_TILES)
        self.categories = Bars("reports.categories", "五类事项", "件次", rows=5)
        self.trend = Columns("reports.trend", "逐月来访", "件次")
        self.townships = Bars("reports.townships", "乡镇", "件次", rows=8, rest=self.tr("其余 {n} 个乡镇"))
        self.cases = CaseCharts()
        self.paper = PaperPanel(session)
        self.export_button = QPushButton(self.tr("导出 JSON"))
        self.export_button.setObjectName("reports.export_json")
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE)
        self._late.timeout.connect(lambda: self.chooser.say(self.tr("正在统计……")))
        self._lay_out()
        self._listen()

    def shown(self) -> None:
        """Count again: something may have been registered, or somebody else sits here."""
        self.paper.find_printers()
        self._scroll.setFocus()
        self._count()

    # --- putting together ---

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.chooser, 1)
        head.addWidget(self.export_button)
        self._sentence = label(role="second", wrap=True, name="reports.sentence")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scrolled(self._figures()))
        self._stack.addWidget(self._sentence)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(head)
        left.addWidget(self._stack, 1)
        self.paper.setMinimumWidth(theme.px(376))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addLayout(left, 17)
        whole.addWidget(self.paper, 9)

    def _figures(self) -> QWidget:
        self.paragraph.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._copy = link(self.tr("复制文字"), "reports.copy")
        self.paragraph.setContentsMargins(4, 0, 4, 0)
        told, column = panel(self.tr("文字稿"), self._copy)
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
        column.addWidget(charts, 1)
        column.addWidget(self.case_tiles)
        column.addWidget(self.cases, 1)
        return made

    def _scrolled(self, inner: QWidget) -> QScrollArea:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        return self._scroll

    def _listen(self) -> None:
        session = self.session
        self.chooser.chosen.connect(self._choose)
        self.tiles.opened.connect(self._open)
        self.case_tiles.opened.connect(self._open)
        self.cases.opened.connect(self._open)
        self.categories.opened.connect(lambda code: self._open("visits", "category", code))
        self.townships.opened.connect(lambda code: self._open("visits", "township", code))
        self.trend.opened.connect(self._choose)
        self._copy.clicked.connect(self._copy_words)
        self.paper.save_asked.connect(self._save_paper)
        self.paper.print_asked.connect(self._print)
        self.export_button.clicked.connect(self._save_json)
        for changed in (session.matter_changed, session.actor_changed):
            changed.connect(lambda *_: self._count() if self.isVisible() else None)
        for keys, act in (
            ("Alt+Left", lambda: self.chooser.step(-1)),
            ("Alt+Right", lambda: self.chooser.step(1)),
            ("F8", self.paper.print),
        ):
            QShortcut(QKeySequence(keys), self, activated=act)

    # --- a month ---

    def _this_month(self) -> Period:
        today = self.office.today()
        return Period.month(today.year, today.month)

    def _choose(self, month: str) -> None:
        self._month = month
        self._count()

    def _count(self) -> None:
        if self._counting:
            self._counting.drop()
        self._late.start()
        self._counting = self.ask(
            reading.read, self.office, self.actor, self._month, then=self._show, failed=self._not_counted
        )

    def _show(self, found: Reading) -> None:
        self._late.stop()
        figures = found.figures
        self._month = figures.period.name
        self.chooser.show_period(figures.period, self._this_month())
        self.chooser.say("" if figures.complete else self.tr("本月还没有结束，数字截至今天。"), "hint")
        self._stack.setCurrentIndex(0)
        self._offer(True)
        may_open = self.actor.may(Right.READ)
        for tiles in (self.tiles, self.case_tiles):
            tiles.show_figures(figures, may_open=may_open)
        self.cases.show_figures(figures.cases, may_open=may_open)
        self._show_bars(figures, may_open)
        if found == self._shown and self.paper.view.pages:
            return  # the same words and numbers: the paper in view stays where it was scrolled to
        self._shown = found
        self.paragraph.setText(found.paragraph)
        self._ask_further(figures)

    def _show_bars(self, figures: Figures, may_open: bool) -> None:
        none = self.tr("这个月没有来访") if reading.recorded(figures) else self.tr("这个月尚无登记数据")
        nothing = "" if figures.totals.visits else none
        categories = [
            Entry(line.code, line.name, line.counts.visits) for line in figures.tables["categories"].lines
        ]
        self.categories.show_entries(shares(categories), nothing=nothing, links=may_open)
        townships = [
            Entry(line.code, line.name, line.counts.visits)
            for line in figures.tables["townships"].lines
            if line.counts.visits
        ]
        townships.sort(key=lambda entry: -(entry.value or 0))
        self.townships.show_entries(townships, nothing=nothing, links=may_open)

    def _ask_further(self, figures: Figures) -> None:
        for task in self._further:
            task.drop()
        self.paper.clear(self.tr("正在准备月报……"))
        asked = (self.office, self.actor, figures)
        self._further = [
            self.ask(reading.trend, *asked, then=lambda months: self._show_trend(months, figures)),
            self.ask(reporting.month_pdf, *asked, then=self._show_paper, failed=self._no_paper),
        ]

    def _show_trend(self, months: tuple[Comparison, ...], figures: Figures) -> None:
        self.trend.show_entries([_month_entry(place, each, figures) for place, each in enumerate(months)])

    def _not_counted(self, error: DeskError) -> None:
        self._late.stop()
        if isinstance(error, Refused) and self._shown:
            self._month = self.chooser.period.name
            self.chooser.say(error.sentence, "error")
            return
        for task in self._further:
            task.drop()
        self._shown = None
        self.chooser.say("")
        self._sentence.setText(error.sentence)
        self._stack.setCurrentIndex(1)
        self._offer(False)
        self.paper.clear("")

    def _offer(self, counted: bool) -> None:
        """The paper and the file are there when there are figures."""
        self.export_button.setVisible(counted)
        self.paper.setVisible(counted)

    def _open(self, figure: str, field: str = "", code: str = "") -> None:
        """The matters behind a number, in the ledger; field: what narrows them to this code."""
        if self._shown:
            period = self._shown.figures.period
            wanted = LedgerFilter(figure=figure, first_day=period.first, last_day=period.last)
            self.session.ledger_wanted.emit(replace(wanted, **{field: code}) if field else wanted)

    def _copy_words(self) -> None:
        QGuiApplication.clipboard().setText(self.paragraph.text())
        self.session.say(self.tr("文字已复制，可以粘贴到别的文件里。"), "good")

    # --- the paper ---

    def _show_paper(self, pdf: bytes) -> None:
        try:
            self.paper.show_pdf(pdf)
        except Unavailable as error:
            self._no_paper(error)

    def _no_paper(self, error: DeskError) -> None:
        self.paper.clear(error.sentence)
        self.session.tell(error)

    def _save_paper(self) -> None:
        write = partial(reading.write_paper, self.office, self.actor)
        self._save(self.tr("存为 PDF"), ".pdf", write, self.paper.save_button)

    def _save_json(self) -> None:
        self._save(self.tr("导出 JSON"), ".json", reading.write_json, self.export_button)

    def _save(
        self, title: str, ending: str, write: Callable[[Figures, Path], None], button: QPushButton
    ) -> None:
        """Ask where to, then write what is in view."""
        if self._shown is None:
            return
        figures = self._shown.figures
        offered, kind = f"{figures.period.name}月报{ending}", f"{ending[1:].upper()} (*{ending})"
        path = ask_where(self, title, offered, kind)
        if path is not None:
            told = self.tr("已存到 {path}").format(path=path)
            self.ask(write, figures, path, then=lambda _: self.session.say(told, "good"), busy=button)

    def _print(self, printer: str) -> None:
        if self._shown is None:
            return
        title = f"月报 {self._shown.figures.period.name}"

        def sent(_: object) -> None:
            self.paper.say(self.tr("已送到“{printer}”。").format(printer=printer), "hint")
            self.session.say(
                self.tr("{title}已送到“{printer}”。").format(title=title, printer=printer), "good"
            )

        def failed(error: DeskError) -> None:
            self.paper.say(error.sentence, "error")
            self.session.tell(error)

        self.ask(
            reading.print_paper,
            self.office,
            self.actor,
            self._shown.figures,
            printer,
            title,
            then=sent,
            failed=failed,
            busy=self.paper.print_button,
        )


def _month_entry(place: int, month: Comparison, figures: Figures) -> Entry:
    """A month of the trend; the year stands below the first one and below every January."""
    first = month.period.first
    in_force = first == figures.period.first
    note = f"截至{figures.as_of.month}月{figures.as_of.day}日" if in_force and not figures.complete else ""
    visits = month.totals.visits if month.totals else None
    has_year = first.month == 1 or (
        place == 0 and first.month <= 10
    )  # two years close together would overlap
    below = f"{first.year}年" if has_year else ""
    return Entry(month.period.name if month.totals else "", month.period.name, visits, note, below)
