"""Pasted lines of a township's report: taken apart as they come in, put right cell by cell, registered one by one."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.imports.blank import Blank
from qingyuan_desk.desk.imports.pasted import Entry
from qingyuan_desk.desk.imports.pasted_table import PastedTable
from qingyuan_desk.desk.imports.steps import RunStep, Step
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.fields import TextEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.errors import Conflict, DeskError, Refused
from qingyuan_desk.domain.visit import Registered, VisitForm
from qingyuan_desk.services import importing
from qingyuan_desk.services.importing import PastedRow

#: A pause in typing of this many milliseconds has the text read again.
_PAUSE = 200
_EXAMPLE = "冉庄镇 张马庄村 张三与李四 宅基地纠纷 13800138000"
_HOW = (
    f"每行一件，写明乡镇、村、双方、电话和事由，例如：{_EXAMPLE}\n"
    "带表头一起从表格里复制的也认得。核对无误的才登记。"
)


class _PasteBox(TextEdit):
    """Files are for the page, text is for this box."""

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()


class PastePane(QWidget):
    """The three steps of pasted lines, and the lines as rows below."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._why_not = self._not_readable = ""
        self._reading: background.Task | None = None
        self._waiting: list[Entry] = []
        self._done = self._refused = self._total = 0
        self.text = _PasteBox("imports.text", hint=f"每行一件，例如：\n{_EXAMPLE}")
        self.text.setAccessibleName("粘贴排查上报")
        self._tick = QPushButton("选上齐全的行")
        self._tick.setObjectName("imports.tick_ready")
        self._counts = label(role="message", wrap=True, name="imports.counts")
        self.registering = RunStep(3, "登记", "逐行登记所选", "登记所选 F9", "imports.register")
        self.table = PastedTable(session.office.reference)
        self.blank = Blank("imports.no_lines")
        self._detail = label(role="small", wrap=True, name="imports.line")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._lay_out()
        self._listen()
        self.registering.lead(True)
        self._say_what_to_do()
        self._show_counts()

    # --- what the page tells ---

    def allow(self, why_not: str) -> None:
        """Why the person at the desk may not import here; "" when all is well."""
        self._why_not = why_not
        self._say_what_to_do()
        self._enable()

    @property
    def active(self) -> bool:
        """Whether lines are being registered."""
        return self._total > 0

    def go(self) -> None:
        """Register the chosen lines, one after the other."""
        commit_composition()
        self.table.setFocus()
        if not self.registering.button.isEnabled():
            return
        self._waiting = self.table.lines.ticked
        self._done, self._refused, self._total = 0, 0, len(self._waiting)
        self.registering.run()
        self.table.lines.held = True
        self._enable()
        self._next()

    def cancel(self) -> None:
        """Leave the lines that are not registered yet."""
        self._waiting = []

    @property
    def first_stop(self) -> QWidget:
        """Where the keyboard begins."""
        return self.text

    def restyle(self) -> None:
        """Take over the colours and the size of type in force."""
        self.table.restyle()
        self._say_what_to_do()

    # --- putting together ---

    def _lay_out(self) -> None:
        pasting = Step(1, "粘贴", "从微信、表格里复制的行，每行一件，自动拆开")
        self.text.setFixedHeight(theme.px(116))
        pasting.body.addWidget(self.text)
        checking = Step(2, "核对", "缺的项标红，直接在表里改")
        row = QHBoxLayout()
        row.addWidget(self._tick)
        row.addStretch(1)
        checking.body.addLayout(row)
        checking.body.addWidget(self._counts)
        checking.body.addStretch(1)
        steps = QHBoxLayout()
        steps.setSpacing(12)
        for step, share in ((pasting, 6), (checking, 4), (self.registering, 4)):
            steps.addWidget(step, share)
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        self._detail.setMinimumHeight(theme.px(34))
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._detail)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.blank)
        self._stack.addWidget(rows)
        self._rows = rows
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(steps)
        whole.addWidget(self._stack, 1)

    def _listen(self) -> None:
        lines = self.table.lines
        self.text.textChanged.connect(self._later.start)
        self._later.timeout.connect(self._read)
        self._tick.clicked.connect(lambda _=False: self._tick_ready())
        self.registering.started.connect(self.go)
        self.registering.cancelled.connect(self.cancel)
        lines.changed.connect(self._show_counts)
        lines.corrected.connect(self._look_again)
        self.table.opened.connect(self._session.matter_wanted.emit)
        self.table.selectionModel().currentRowChanged.connect(self._show_detail)

    # --- reading ---

    def _read(self) -> None:
        if self._reading:
            self._reading.drop()
        self._reading = background.ask(
            self,
            importing.pasted,
            self._session.office,
            self.text.toPlainText(),
            then=self._show_lines,
            failed=lambda error: self._show_lines((), error.sentence),
        )

    def _show_lines(self, rows: tuple[PastedRow, ...], not_readable: str = "") -> None:
        self._not_readable = not_readable
        self._say_what_to_do()
        self.table.lines.show(rows)

    def _look_again(self, entry: Entry, form: VisitForm) -> None:
        background.ask(
            self,
            importing.corrected,
            self._session.office,
            entry.parsed,
            form,
            then=lambda row: self.table.lines.looked_at(entry, form, row),
            failed=self._session.tell,
        )

    # --- how things stand ---

    def _say_what_to_do(self) -> None:
        if self._why_not:
            self.blank.say("现在不能导入", icon="lock")
        elif self._not_readable:
            self.blank.say("这些行没有读成", self._not_readable, "error")
        else:
            self.blank.say("把要上报的行粘贴到上面", _HOW, "note")

    def _tick_ready(self) -> None:
        self.table.lines.tick_ready()
        self.table.setFocus()

    def _show_counts(self) -> None:
        entries = self.table.lines.rows
        ready, done = sum(entry.ready for entry in entries), sum(bool(entry.number) for entry in entries)
        lacking = len(entries) - ready - done
        parts = ((ready, "齐全"), (lacking, "要补要改"), (done, "已登记"))
        said = "，".join(f"{word} {count} 行" for count, word in parts if count)
        self._counts.setText(
            f"共 {len(entries)} 行：{said}。核对过的行按空格键选上。" if entries else "还没有行。"
        )
        self._stack.setCurrentWidget(self._rows if entries else self.blank)
        self._tick.setText(f"选上齐全的 {ready} 行" if ready else "选上齐全的行")
        self._enable()
        self._show_detail(self.table.currentIndex(), QModelIndex())

    def _enable(self) -> None:
        free = not self._why_not and not self.active
        ticked = len(self.table.lines.ticked)
        self.text.setReadOnly(not free)
        self._tick.setEnabled(free and any(entry.ready for entry in self.table.lines.rows))
        self.registering.button.setEnabled(free and ticked > 0)
        if not self.active:
            self.registering.button.setText(f"登记所选 {ticked} 行 F9" if ticked else "登记所选 F9")

    def _show_detail(self, current: QModelIndex, _: QModelIndex) -> None:
        entries = self.table.lines.rows
        if not 0 <= current.row() < len(entries):
            self._detail.setText("空格键 选上这一行　Enter 改这一格　F9 登记所选")
            return
        entry = entries[current.row()]
        hint = "　Enter 打开这件事项" if entry.number else ""
        self._detail.setText(f"第 {entry.row.line_no} 行：{entry.state()[0]}{hint}\n原文：{entry.row.text}")

    # --- registering ---

    def _next(self) -> None:
        """One line after the other, each its own visit; stopped, the rest is left as it is."""
        self.registering.show_progress(self._done, self._total)
        if not self._waiting:
            self._finish()
            return
        entry = self._waiting.pop(0)
        background.ask(
            self,
            importing.confirm,
            self._session.office,
            self._session.actor,
            entry.row,
            then=lambda done: self._registered(entry, done),
            failed=lambda error: self._failed(entry, error),
        )

    def _registered(self, entry: Entry, done: Registered) -> None:
        self._done += 1
        self.table.lines.registered(entry, done)
        self._next()

    def _failed(self, entry: Entry, error: DeskError) -> None:
        """What the rules refuse concerns this line; any other trouble would meet the next ones too."""
        self._refused += 1
        self.table.lines.refused(entry, error.sentence)
        if not isinstance(error, Refused | Conflict):
            self._waiting = []
            self._session.tell(error)
        self._next()

    def _finish(self) -> None:
        left = self._total - self._done - self._refused
        counts = ((self._refused, "没有登记，原因见该行"), (left, "没有办理"))
        said = "，".join(
            [f"已登记 {self._done} 行", *(f"{count} 行{word}" for count, word in counts if count)]
        )
        done, whole = self._done, self._done == self._total
        self._done = self._refused = self._total = 0
        self.table.lines.held = False
        self.registering.rest()
        self.registering.say(f"{said}。", "hint" if whole else "warn")
        self._session.say(f"排查上报：{said}。", "good" if whole else "warn")
        if done:
            self._session.matter_changed.emit(0)
        self._enable()
