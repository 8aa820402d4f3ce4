"""工作日历: a year drawn, days changed by a click or a key, and the State Council's notice pasted and read line by line."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.settings.year_view import YearView
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.fields import LineEdit, TextEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.domain.workdays import Notice
from qingyuan_desk.services import workdays
from qingyuan_desk.services.workdays import Changed, DayView, WorkYear

#: So many moved clocks are named in the notice; the timeline of each matter has its own.
_NAMED = 3
_ABOUT = "法定节假日按国务院通知自带；下一年的通知公布后，把正文贴进来就行。方框是今天，“休”“班”是调休，下划线是本中心设定的日子。"


class WorkdaysView(QScrollArea):
    """The calendar with what can be done to a day at its right."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._year: WorkYear | None = None
        self._wanted = 0
        self._task: background.Task | None = None
        self._reading: background.Task | None = None
        self._notice: Notice | None = None
        self._sheet: Path | None = None
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self._calendar(), 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._day())
        right.addWidget(self._paste(), 1)
        row.addLayout(right, 1)
        self.setWidgetResizable(True)
        self.setWidget(inner)

    def refresh(self) -> None:
        """Read the year shown again; at first the one we are in."""
        self.show_year(self._wanted or self._page.office.today().year)

    def show_year(self, number: int) -> None:
        """Show another year."""
        self._wanted = number
        if self._task:
            self._task.drop()
        self._task = self._page.ask(workdays.year, self._page.office, number, then=self._show)

    # --- the calendar ---

    def _calendar(self) -> QFrame:
        panel, column = _panel("")
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = label(role="section", name="settings.workdays.title")
        earlier = _button("settings.workdays.earlier", "", lambda: self._step(-1))
        earlier.setIcon(theme.icon("left"))
        earlier.setAccessibleName("上一年")
        later = _button("settings.workdays.later", "", lambda: self._step(1))
        later.setIcon(theme.icon("right"))
        later.setAccessibleName("下一年")
        head.addWidget(earlier)
        head.addWidget(self._title)
        head.addWidget(later)
        self._known = label(role="message", name="settings.workdays.known")
        head.addWidget(self._known)
        head.addStretch(1)
        column.addLayout(head)
        self.view = YearView("settings.workdays.year")
        self.view.picked.connect(self._show_day)
        self.view.pressed.connect(lambda _: self._toggle())
        column.addWidget(self.view)
        return panel

    def _step(self, years: int) -> None:
        self.show_year(self._wanted + years)

    def _show(self, year: WorkYear) -> None:
        self._year = year
        self._title.setText(f"{year.year}年")
        self._known.setText("" if year.known else "节假日未公布，期限暂定")
        theme.mark(self._known, "state", "" if year.known else "warn")
        self.view.show_year(year, self._page.office.today())

    # --- a day ---

    def _day(self) -> QFrame:
        panel, column = _panel("选中的日子")
        self._said = label(role="strong", wrap=True, name="settings.workdays.day")
        column.addWidget(self._said)
        self._note = LineEdit("settings.workdays.note")
        self._note.setPlaceholderText("说明，如：元旦补休（可以不写）")
        self._note.setAccessibleName("说明")
        column.addWidget(self._note)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._change = _button("settings.workdays.change", "", self._toggle)
        self._change.setToolTip("日历上按空格键，或者再点一下这一天，也可以")
        self._leave = _button("settings.workdays.leave", "恢复法定安排", lambda: self._set(None))
        row.addWidget(self._change)
        row.addWidget(self._leave)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(label(_ABOUT, "small", wrap=True))
        return panel

    def _view_of(self, day: date) -> DayView | None:
        return next((view for view in self._year.days if view.day == day), None) if self._year else None

    def _show_day(self, day: date) -> None:
        view = self._view_of(day)
        if view is None:
            return
        may = self._may
        self._said.setText(self.view.words(day) + (f"　{view.set.source}" if view.set else ""))
        self._change.setText("改为休息 空格" if view.works else "改为上班 空格")
        self._change.setEnabled(may)
        self._leave.setEnabled(may and view.set is not None)
        self._note.setText(view.set.note if view.set else "")
        self._note.setEnabled(may)

    @property
    def _may(self) -> bool:
        return self._page.actor.may(Right.SETTINGS) and self._page.office.read_only is None

    def _toggle(self) -> None:
        view = self._view_of(self.view.chosen)
        if view is not None and self._may:
            self._set(not view.works)

    def _set(self, works: bool | None) -> None:
        page, day = self._page, self.view.chosen
        page.ask(
            workdays.change,
            page.office,
            page.actor,
            uuid.uuid4().hex,
            day,
            works,
            self._note.text() if works is not None else "",
            then=lambda done: self._changed(f"{day.month}月{day.day}日已改", done),
            busy=self._change,
        )

    def _changed(self, what: str, done: Changed, *, undoing: bool = False) -> None:
        self.refresh()
        undo = None if undoing else lambda: self._undo(done.request_id)
        earlier = sum(each.earlier for each in done.moved)
        self._page.session.say(
            f"{what}{_moved(done)}", "warn" if earlier else "good", "撤回" if undo else "", undo
        )
        if done.moved:
            self._page.session.matter_changed.emit(0)

    def _undo(self, undone: str) -> None:
        page = self._page
        page.ask(
            workdays.undo,
            page.office,
            page.actor,
            uuid.uuid4().hex,
            undone,
            then=lambda done: self._changed("已撤回", done, undoing=True),
        )

    # --- a notice ---

    def _paste(self) -> QFrame:
        panel, column = _panel("载入放假安排的通知")
        self._text = TextEdit(
            "settings.workdays.notice",
            hint="把《国务院办公厅关于……年部分节假日安排的通知》的正文贴在这里，先看读得对不对，再存入。",
        )
        self._text.setAccessibleName("通知正文")
        self._text.setFixedHeight(theme.px(96))
        self._text.textChanged.connect(self._read)
        column.addWidget(self._text)
        self._lines = QListWidget()
        self._lines.setObjectName("settings.workdays.lines")
        self._lines.setAccessibleName("逐条读出的安排")
        self._lines.setWordWrap(True)
        self._lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines.setMinimumHeight(theme.px(120))
        column.addWidget(self._lines, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._save = _button("settings.workdays.save", "存入日历", self._load)
        self._save.setProperty("role", "primary")
        self._save.setEnabled(False)
        row.addWidget(self._save)
        row.addWidget(_button("settings.workdays.sheet", "从表格载入……", self._choose_sheet))
        row.addStretch(1)
        column.addLayout(row)
        return panel

    def _read(self) -> None:
        self._sheet = None
        self._ask_to_read()

    def _choose_sheet(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "日期、班休、说明三列的表格", "", "表格 (*.xlsx *.csv)")
        if chosen:
            self._sheet = Path(chosen)
            self._ask_to_read()

    def _ask_to_read(self) -> None:
        text, sheet = self._text.toPlainText(), self._sheet
        if self._reading:
            self._reading.drop()
        if not text.strip() and sheet is None:
            self._show_notice(None)
            return
        self._reading = self._page.ask(
            workdays.read, self._page.office, text, sheet, then=self._show_notice, failed=self._unreadable
        )

    def _unreadable(self, error: DeskError) -> None:
        self._show_notice(None)
        self._item(error.sentence, "red")

    def _show_notice(self, notice: Notice | None) -> None:
        self._notice = notice
        self._lines.clear()
        for line in notice.lines if notice else ():
            if line.words or line.problems:
                self._item(f"{line.name or '（没有节日名称）'}　{line.words}", "ink")
            for problem in line.problems:
                self._item(problem.sentence, "red")
        for problem in notice.problems if notice else ():
            self._item(problem.sentence, "red" if problem in notice.refused else "amber")
        ready = notice is not None and not notice.refused and self._may
        self._save.setEnabled(ready)
        self._save.setText(f"存入 {notice.year} 年日历（{len(notice.days)} 天）" if ready else "存入日历")

    def _item(self, text: str, hue: str) -> None:
        item = QListWidgetItem(text)
        item.setForeground(theme.color(hue))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._lines.addItem(item)

    def _load(self) -> None:
        page, notice = self._page, self._notice
        if notice is None:
            return

        def loaded(done: Changed) -> None:
            self._text.clear()
            self._wanted = notice.year
            self._changed(f"{notice.year}年的放假安排已存入日历（{done.days} 天）", done)

        page.ask(
            workdays.load_notice,
            page.office,
            page.actor,
            uuid.uuid4().hex,
            "" if self._sheet else self._text.toPlainText(),
            self._sheet,
            then=loaded,
            busy=self._save,
        )


def _moved(done: Changed) -> str:
    """What the calendar did to running clocks, those that end earlier first."""
    if not done.moved:
        return "，没有期限受影响。"
    earlier = [each for each in done.moved if each.earlier]
    first = (*earlier, *(each for each in done.moved if not each.earlier))[:_NAMED]
    named = "、".join(f"{each.matter} {each.after.month}月{each.after.day}日" for each in first)
    more = "等" if len(done.moved) > _NAMED else ""
    hurry = f"，其中 {len(earlier)} 个提前" if earlier else ""
    return f"，{len(done.moved)} 个期限改了末日{hurry}：{named}{more}。"


def _panel(title: str) -> tuple[QFrame, QVBoxLayout]:
    panel = QFrame()
    panel.setProperty("role", "panel")
    column = QVBoxLayout(panel)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(8)
    if title:
        column.addWidget(label(title, "section"))
    return panel, column


def _button(name: str, text: str, act: object) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    assert callable(act)
    button.clicked.connect(lambda _=False: act())
    return button
