"""Figures (统计): a period in one paragraph, its numbers with the lists behind them, three charts, and the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.reports import reading, sheets, sheets_work
from qingyuan_desk.desk.reports.case_charts import CaseCharts
from qingyuan_desk.desk.reports.closing import ClosingPart
from qingyuan_desk.desk.reports.exports import ExportBar
from qingyuan_desk.desk.reports.overall import Overall
from qingyuan_desk.desk.reports.paper import PaperPanel
from qingyuan_desk.desk.reports.period import PeriodChooser, written
from qingyuan_desk.desk.reports.reading import Reading
from qingyuan_desk.desk.reports.sheet import Behind, Sheet
from qingyuan_desk.desk.reports.sheets_tab import SheetsTab
from qingyuan_desk.desk.reports.tiles import CASE_TILES
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.background import Task
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import shortcut
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.errors import DeskError, Refused, Unavailable
from qingyuan_desk.domain.figures import Figures
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services import closing, report_sheets, visit_days

#: Counting that takes longer than this is told (milliseconds).
_PATIENCE = 200
#: Tab → its name, the figures of its first row, and its tables.
_TABS: Mapping[str, tuple[str, tuple[str, ...], Callable[[Figures], tuple[Sheet, ...]]]] = {
    "petition": ("信访", (), sheets.petitions),
    "mediation": ("调解", CASE_TILES, sheets.mediations),
    "consultation": ("咨询", (), sheets.consultations),
    "elders": ("乡贤", (), sheets_work.elders),
    "limits": ("期限", (), sheets_work.limits),
    "official": ("法定报表", (), sheets_work.official),
}


class ReportsPage(Page):
    """Everything about one period; a press on a number opens the matters behind it in the ledger."""

    code = "reports"
    title = "统计"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shown: Reading | None = None
        self._counting: Task | None = None
        self._further: list[Task] = []
        self.chooser = PeriodChooser(self._this_month())
        self._month = self.chooser.period.name
        self.overall = Overall()
        self.cases = CaseCharts()
        self.tabs = QTabWidget()
        self.tabs.setObjectName("reports.tabs")
        self.tabs.setDocumentMode(True)
        self.sheet_tabs = {
            code: SheetsTab(code, tiles, self.cases if code == "mediation" else None)
            for code, (_, tiles, _) in _TABS.items()
        }
        self.fault = label(role="strong", wrap=True, name="reports.fault")
        self.recounted = label(role="second", wrap=True, name="reports.recounted")
        self.recounted.hide()
        self.paper = PaperPanel(session)
        self.closing = ClosingPart()
        self.export_button = QPushButton(self.tr("导出"))
        self.export_button.setObjectName("reports.export")
        self.export_button.setCheckable(True)
        self.exports = ExportBar()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE)
        self._late.timeout.connect(lambda: self.chooser.say(self.tr("正在统计……")))
        self._lay_out()
        self._listen()

    def shown(self) -> None:
        """Count again: something may have been registered, or somebody else sits here."""
        self.paper.find_printers()
        self.overall.setFocus()
        self._count()

    # --- putting together ---

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.chooser, 1)
        head.addWidget(self.closing)
        head.addWidget(self.export_button)
        self._sentence = label(role="second", wrap=True, name="reports.sentence")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self.tabs.addTab(self.overall, self.tr("总体"))
        for code, (name, _, _) in _TABS.items():
            self.tabs.addTab(self._with_fault() if code == "official" else self.sheet_tabs[code], name)
        self._stack.addWidget(self.tabs)
        self._stack.addWidget(self._sentence)
        self.paper.setMinimumWidth(theme.px(376))
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._stack, 17)
        below.addWidget(self.paper, 9)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self.exports)
        whole.addWidget(self.recounted)
        whole.addLayout(below, 1)

    def _with_fault(self) -> QWidget:
        """The official tables below what is to be said about whether they add up."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.fault)
        column.addWidget(self.sheet_tabs["official"], 1)
        return made

    def _listen(self) -> None:
        session = self.session
        self.chooser.chosen.connect(self._choose)
        self.overall.tiles.opened.connect(self._open)
        for tab in (*self.sheet_tabs.values(), self.overall.moved):
            tab.opened.connect(self._open_behind)
            if tab.tiles is not None:
                tab.tiles.opened.connect(self._open)
        self.tabs.currentChanged.connect(lambda _: self._offer(True))
        self.cases.opened.connect(self._open)
        self.overall.categories.opened.connect(lambda code: self._open("visits", "category", code))
        self.overall.map.opened.connect(lambda code: self._open("visits", "township", code))
        self.overall.townships.opened.connect(lambda code: self._open("visits", "township", code))
        self.overall.trend.opened.connect(self._choose)
        self.overall.days.opened.connect(self._choose)
        self.closing.asked.connect(self._close)
        self.overall.copy.clicked.connect(self._copy_words)
        self.paper.save_asked.connect(self._save_paper)
        self.paper.print_asked.connect(self._print)
        self.export_button.toggled.connect(self._show_exports)
        self.exports.json_button.clicked.connect(self._save_json)
        self.exports.sheet_asked.connect(self._save_sheet)
        for changed in (session.matter_changed, session.actor_changed):
            changed.connect(lambda *_: self._count() if self.isVisible() else None)
        for keys, act in (
            ("Alt+Left", lambda: self.chooser.step(-1)),
            ("Alt+Right", lambda: self.chooser.step(1)),
            ("F8", self.paper.print),
        ):
            QShortcut(QKeySequence(keys), self, activated=act)
        for place in range(self.tabs.count()):
            shortcut(self, f"Ctrl+{place + 1}", partial(self.tabs.setCurrentIndex, place))
            self.tabs.setTabToolTip(place, f"Ctrl+{place + 1}")

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
        self._month = written(figures.period)
        self.chooser.show_period(figures.period, self._this_month())
        this = self.tr("本月") if figures.period.kind == "month" else figures.period.name
        self.chooser.say(
            "" if figures.complete else self.tr("{this}还没有结束，数字截至今天。").format(this=this), "hint"
        )
        self._stack.setCurrentIndex(0)
        self._offer(True)
        may_open = self.actor.may(Right.READ)
        self.overall.show_figures(figures, self.office.reference, may_open=may_open)
        for code, (_, _, tables) in _TABS.items():
            self.sheet_tabs[code].show_sheets(figures, tables(figures), may_open=may_open)
        self._show_faults(figures)
        self._show_closing(found)
        self.cases.show_figures(figures.cases, reading.this(figures.period), may_open=may_open)
        if found == self._shown and self.paper.view.pages:
            return  # the same words and numbers: the paper in view stays where it was scrolled to
        self._shown = found
        self.overall.paragraph.setText(found.paragraph)
        self._ask_further(figures)

    def _show_closing(self, found: Reading) -> None:
        """Whether the period is closed, and that what stands here is counted anew where it is."""
        self.closing.show_state(found.figures, found.closing)
        if found.closing:
            changed = self.tr("，有 {n} 处与结账时不同").format(n=found.changed) if found.changed else ""
            self.recounted.setText(
                self.tr(
                    "本期已于 {at} 结账：文字稿和报表是结账时的，各表的数字是现在重新统计的{changed}。"
                ).format(at=f"{found.closing.closed_at:%Y-%m-%d %H:%M}", changed=changed)
            )
        theme.mark(self.recounted, "tone", "amber" if found.changed else "")
        self.recounted.setVisible(found.closing is not None)

    def _ask_further(self, figures: Figures) -> None:
        for task in self._further:
            task.drop()
        self.paper.clear(self.tr("正在准备{paper}……").format(paper=figures.period.paper))
        asked = (self.office, self.actor, figures)
        self._further = [
            self.ask(visit_days.of, self.office, self.actor, figures.period, then=self.overall.show_days),
            self.ask(closing.pdf, *asked, then=self._show_paper, failed=self._no_paper),
        ]

    def _show_faults(self, figures: Figures) -> None:
        """Whether the official tables add up."""
        faults = figures.official.faults
        right = self.tr("勾稽关系相符：各行、各栏和两张表的合计一致。")
        if figures.official.zero:
            right = self.tr("零报告：本期没有调解结束的纠纷，也没有排查预防的记录。")
        self.fault.setText("\n".join(faults) or right)
        theme.mark(self.fault, "tone", "red" if faults else "green")

    def _not_counted(self, error: DeskError) -> None:
        self._late.stop()
        if isinstance(error, Refused) and self._shown:
            self._month = self.chooser.period.name
            self.chooser.say(error.sentence, "error")
            return
        for task in self._further:
            task.drop()
        self._shown = None
        self.recounted.hide()
        self.chooser.say("")
        self._sentence.setText(error.sentence)
        self._stack.setCurrentIndex(1)
        self._offer(False)
        self.paper.clear("")

    def _offer(self, counted: bool) -> None:
        """The paper and the file are there when there are figures."""
        self.export_button.setVisible(counted)
        self.exports.setVisible(counted and self.export_button.isChecked())
        self.paper.setVisible(counted and self.tabs.currentIndex() < self.tabs.count() - 1)

    def _open(self, figure: str, field: str = "", code: str = "") -> None:
        """The matters behind a number, in the ledger; field: what narrows them to this code."""
        if self._shown:
            period = self._shown.figures.period
            wanted = LedgerFilter(figure=figure, first_day=period.first, last_day=period.last)
            self.session.ledger_wanted.emit(replace(wanted, **{field: code}) if field else wanted)

    def _open_behind(self, behind: Behind) -> None:
        if behind.number:
            self.session.matter_wanted.emit(behind.number)
        else:
            self._open(behind.figure, behind.field, behind.code)

    def _copy_words(self) -> None:
        QGuiApplication.clipboard().setText(self.overall.paragraph.text())
        self.session.say(self.tr("文字已复制，可以粘贴到别的文件里。"), "good")

    def _close(self, request_id: str) -> None:
        """Close the period in view for good."""
        if self._shown is None:
            return
        period = self._shown.figures.period

        def done(_: object) -> None:
            self._shown = None  # the paper is another one now
            self._count()
            self.session.say(self.tr("{name}已结账。").format(name=period.name), "good")

        self.ask(
            closing.close, self.office, self.actor, request_id, period, then=done, busy=self.closing.button
        )

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

    def _show_exports(self, wanted: bool) -> None:
        self.exports.show_for(self.actor)
        self.exports.setVisible(wanted)

    def _save_json(self) -> None:
        write = partial(reading.write_json, self.office, self.actor)
        self._save(self.tr("导出数字"), ".json", write, self.exports.json_button)

    def _save_sheet(self, named: bool, reason: str) -> None:
        """Names leave only with a reason, which is asked for before where to."""
        if named and not reason.strip():
            self.exports.tell(Problem("reason", self.tr("请写明为什么带姓名导出，例如：上级核查。")))
            return
        write = partial(reading.write_sheet, self.office, self.actor, named, reason)
        self._save(self.tr("导出表格"), ".xlsx", write, self.exports.sheet_button)

    def _save(
        self, title: str, ending: str, write: Callable[[Figures, Path], object], button: QPushButton
    ) -> None:
        """Ask where to, then write what is in view."""
        if self._shown is None:
            return
        figures = self._shown.figures
        offered = f"{figures.period.name}{figures.period.paper}{ending}"
        if ending == ".xlsx":
            offered = report_sheets.file_name(self.office, figures)
        path = ask_where(self, title, offered, f"{ending[1:].upper()} (*{ending})")
        if path is None:
            return

        def done(listed: object) -> None:
            told = self.tr("已存到 {path}").format(path=path)
            if isinstance(listed, int):
                told += self.tr("，清单列出 {n} 件事项").format(n=listed)
                self.exports.done()
            self.session.say(told, "good")

        def failed(error: DeskError) -> None:
            if isinstance(error, Refused) and error.problems[0].field == "reason":
                self.exports.tell(error.problems[0])
            else:
                self.session.tell(error)

        self.ask(write, figures, path, then=done, failed=failed, busy=button)

    def _print(self, printer: str) -> None:
        if self._shown is None:
            return
        title = f"{self._shown.figures.period.paper} {self._shown.figures.period.name}"

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
