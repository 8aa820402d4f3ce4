"""A ledger of visits or mediations, or a township's report, on its way in: choose it, try it, import it, and see what became of each row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.imports.blank import Blank
from qingyuan_desk.desk.imports.choosing import ChoosingStep
from qingyuan_desk.desk.imports.outcomes import OutcomeTable, filtered, why
from qingyuan_desk.desk.imports.run import CASES, REPORTS, VISITS, Run
from qingyuan_desk.desk.imports.steps import RunStep
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.domain import importing_cases
from qingyuan_desk.domain.columns import Fields
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.domain.importing import FIELDS, RESULT
from qingyuan_desk.services import imported, importing
from qingyuan_desk.services.imported import ImportReport

_SHEETS = "Excel 表格 (*.xlsx);;CSV 表格 (*.csv)"
_WANTED = {
    VISITS: "至少要有姓名、来访事由、来访时间三列；叫别的名字也认得，例如信访人、反映内容、登记日期。一行登记一次来访。",
    REPORTS: "至少要有姓名（或当事人）、来访事由（或纠纷简要情况）两列；没有日期的按今天上报。来源都记为基层排查上报。",
    CASES: "以前办结的人民调解：至少要有登记日期、纠纷类型、结果三列；调解成功的还要有协议形式。一行记一件已办结的案件，统计都算，不起算期限。",
}
#: Kind → what its columns can be.
_FIELDS = {VISITS: FIELDS, REPORTS: FIELDS, CASES: importing_cases.FIELDS}
_KINDS = "可以是 xlsx，或者 csv、txt、tsv。同一个文件再导入一次，不会重复登记。"
_TRY, _IMPORT = "逐行检查，不登记", "登记可导入的行"
_FILTERS = {"": "全部", "refused": "只看退回", "told": "只看提醒"}


class FilePane(QWidget):
    """The three steps of a file, and its rows below."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._why_not = self._fault = ""
        self._report: ImportReport | None = None
        self.choosing = ChoosingStep(session.office.reference)
        self.trying = RunStep(2, "试导入", _TRY, "试导入 F8", "imports.try")
        self.importing = RunStep(3, "导入", _IMPORT, "导入 F9", "imports.start")
        self.run = Run(self)
        self.blank = Blank("imports.blank")
        self.table = OutcomeTable(session)
        self._told = label(role="small", wrap=True, name="imports.told")
        self._detail = label(role="small", wrap=True, name="imports.detail")
        self.filter = Segments("imports.filter")
        self.filter.setAccessibleName("看哪些行")
        self._save = QPushButton("保存结果表")
        self._save.setObjectName("imports.save")
        self._save.setIcon(theme.icon("export"))
        self._save.setToolTip(f"原表的副本，多一列“{RESULT}”；在副本里改好退回的行，再导入副本即可")
        self._lay_out()
        self._listen()
        self._forget()

    # --- what the page tells ---

    def show_kind(self, kind: str) -> None:
        """Visits, reports, or cases."""
        self.choosing.set_kind(kind)
        self._say_what_to_do()

    def allow(self, why_not: str) -> None:
        """Why the person at the desk may not import here; "" when all is well."""
        self._why_not = why_not
        self._say_what_to_do()
        self._enable()

    def take(self, path: Path) -> None:
        """A file was dropped on the page."""
        self.choosing.set_file(path)

    def try_out(self) -> None:
        """Check every row; register nothing."""
        if not self.trying.button.isEnabled():
            return
        unknown = self.choosing.unknown_source
        if unknown:
            self.trying.say(f"没有“{unknown}”这个来源，请从列表里选。", "error")
            self.choosing.source.setFocus()
            return
        self._start(self.trying, dry_run=True)

    def go(self) -> None:
        """Register what can be registered."""
        if self.importing.button.isEnabled():
            self._start(self.importing, dry_run=False)

    def cancel(self) -> None:
        """Stop behind the row it is at."""
        if self.run.active:
            self.run.cancel()
            self._step.say("正在停下……")

    @property
    def first_stop(self) -> QWidget:
        """Where the keyboard begins."""
        return self.choosing.first_stop

    def restyle(self) -> None:
        """Take over the colours and the size of type in force."""
        self.table.restyle()
        self._say_what_to_do()

    # --- putting together ---

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.setSpacing(12)
        for step, share in ((self.choosing, 5), (self.trying, 4), (self.importing, 4)):
            steps.addWidget(step, share)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.filter)
        head.addWidget(self._told, 1)
        head.addWidget(self._save)
        self._detail.setMinimumHeight(theme.px(34))
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._detail)
        self._rows = rows
        self._stack = QStackedWidget()
        self._stack.addWidget(self.blank)
        self._stack.addWidget(rows)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(steps)
        whole.addWidget(self._stack, 1)

    def _listen(self) -> None:
        self.choosing.changed.connect(self._forget)
        self.trying.started.connect(self.try_out)
        self.importing.started.connect(self.go)
        for step in (self.trying, self.importing):
            step.cancelled.connect(self.cancel)
        self.run.progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self.run.finished.connect(self._finished)
        self.run.failed.connect(self._failed)
        self.filter.chosen.connect(self._choose_filter)
        self.table.selectionModel().currentRowChanged.connect(self._show_detail)
        self._save.clicked.connect(lambda _=False: self._save_results())

    # --- how things stand ---

    def _forget(self) -> None:
        """Something else was chosen: what an earlier file said counts no longer."""
        self._report, self._fault = None, ""
        self.trying.say("")
        self.importing.say("先试导入，看过结果再导入。")
        self.importing.button.setText("导入 F9")
        self._stack.setCurrentWidget(self.blank)
        self._say_what_to_do()
        self._enable()

    def _say_what_to_do(self) -> None:
        job = self.choosing.job
        if self._why_not:
            self.blank.say("现在不能导入", icon="lock")
        elif self.run.active:
            self.blank.say("正在逐行检查……", "可以先去做别的，做完会在上面提示。")
        elif self._fault:
            self.blank.say("这个文件没有读成", self._fault, "error")
        elif job.path is None:
            self.blank.say("把表格拖到这里，或者按 Ctrl+O 选择", f"{_WANTED[job.kind]}\n{_KINDS}")
        else:
            self.blank.say("按 F8 试导入：逐行检查，什么都不登记", _WANTED[job.kind])

    def _enable(self) -> None:
        free = not self._why_not and not self.run.active
        self.choosing.allow(free)
        self.trying.button.setEnabled(free and self.choosing.job.path is not None)
        self.importing.button.setEnabled(free and bool(self._left_to_do()))
        self.trying.lead(self._report is None)
        self.importing.lead(bool(self._left_to_do()))

    def _left_to_do(self) -> int:
        """How many rows an import would register: those a whole dry run let pass, or those an import left."""
        report = self._report
        if report is None or (report.dry_run and report.stopped):
            return 0
        return report.accepted if report.dry_run else report.left

    # --- at work ---

    @property
    def _step(self) -> RunStep:
        return self.trying if self.run.dry_run else self.importing

    def _start(self, step: RunStep, *, dry_run: bool) -> None:
        self._fault = ""
        self.run.start(self._session, self.choosing.job, dry_run=dry_run)
        self._say_what_to_do()
        step.run()
        step.say("正在读表格……")
        self._enable()

    def _show_progress(self, done: int, total: int) -> None:
        if self.run.active:
            self._step.show_progress(done, total)
            self._step.say(f"已{'检查' if self.run.dry_run else '办理'} {done:,} / {total:,} 行")

    def _finished(self, report: ImportReport) -> None:
        step, here = self._step, self.isAncestorOf(QApplication.focusWidget())
        step.rest()
        self._report = report
        state = "warn" if report.refused or report.stopped else "hint"
        said = _said(report)
        step.say(said, state)
        left = self._left_to_do()
        again = "" if report.dry_run else "接着"
        self.importing.button.setText(f"{again}导入 {left:,} 行 F9" if left else "导入 F9")
        if report.dry_run:
            self.importing.say(_advice(report))
        if not (report.dry_run and self.isVisible()):
            self._session.say(f"“{report.path.name}”{said}", {"hint": "good"}.get(state, state))
        if report.accepted and not report.dry_run:
            self._session.matter_changed.emit(0)
        self._show_report()
        self._enable()
        if here:
            (self.importing.button if left else self.table).setFocus()

    def _failed(self, error: DeskError) -> None:
        step = self._step
        step.rest()
        if self.run.dry_run:
            self._report, self._fault = None, error.sentence
            step.say("没有读成，原因见下面。", "error")
            self._stack.setCurrentWidget(self.blank)
        else:
            step.say(error.sentence, "error")
        self._say_what_to_do()
        self._session.tell(error)
        self._enable()

    # --- the rows ---

    def _show_report(self) -> None:
        report = self._report
        assert report is not None
        counts = {code: len(filtered(report, code)) for code in _FILTERS}
        chosen = self.filter.code
        self.filter.set_options(Option(code, f"{word} {counts[code]:,}") for code, word in _FILTERS.items())
        self.filter.set_code(chosen)
        self._told.setText("　".join((*report.told, _columns(report, _FIELDS[self.choosing.job.kind]))))
        self._show_rows()
        self._stack.setCurrentWidget(self._rows)

    def _choose_filter(self, code: str) -> None:
        self.filter.set_code(code)
        self._show_rows()

    def _show_rows(self) -> None:
        self.table.rows.show(self._report, self.filter.code)
        if self.table.rows.rows:
            self.table.selectRow(0)
        else:
            self._detail.setText("没有这样的行。")

    def _show_detail(self, current: QModelIndex, _: QModelIndex) -> None:
        rows = self.table.rows.rows
        if not 0 <= current.row() < len(rows):
            self._detail.setText("")
            return
        outcome = rows[current.row()]
        hint = "　Enter 打开这件事项" if outcome.number else ""
        said = why(outcome) or self.table.rows.word(current.row())[0]
        self._detail.setText(f"第 {outcome.row_no} 行：{said}{hint}")

    def _save_results(self) -> None:
        report = self._report
        if report is None:
            return
        offered = report.path.with_name(f"{report.path.stem.split(f'-{RESULT}')[0]}-{RESULT}.xlsx")
        path = ask_where(self, "保存结果表", offered, _SHEETS)
        if path is None:
            return
        if path == report.path:
            self._session.say("结果表不能盖掉导入的原表，请换一个名字。", "warn")
            return
        background.ask(
            self,
            imported.save_results,
            report,
            path,
            then=lambda saved: self._session.say(f"结果表已保存：{saved}", "good"),
            failed=self._session.tell,
            busy=self._save,
        )


def _said(report: ImportReport) -> str:
    """What became of the rows, and why some were left."""
    if report.dry_run and report.stopped == importing.CANCELLED:
        return f"已停止，检查了 {report.rows - report.left:,} / {report.rows:,} 行。"
    return f"{report.summary}{report.stopped}"


def _advice(report: ImportReport) -> str:
    if report.stopped:
        return "试导入没有做完，请再试一次。"
    if not report.accepted:
        return "没有可以导入的行。"
    return "退回的行不会登记；改好后再导入一次同一文件即可。" if report.refused else "可以导入了。"


def _columns(report: ImportReport, fields: Fields) -> str:
    """Which column was taken for what, where its header does not say so itself."""
    return "用到的列：" + "、".join(_pairs(report, fields)) + "。"


def _pairs(report: ImportReport, fields: Fields) -> Iterator[str]:
    for name, header in report.columns.items():
        meaning, said = fields[name][0], " ".join(header.split())
        yield said if said == meaning else f"{said}（{meaning}）"
