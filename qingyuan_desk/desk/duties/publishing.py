"""The next version of the duty list: an edited sheet is read and checked, then published from a day on."""

from __future__ import annotations

import uuid
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.widgets.fields import Field, LineEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import DayEdit, Fields, Panel, button, message_line
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.duty_sheet import DutySheet
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services import duties

_ABOUT = (
    "先导出现行的一版，在表格里增、删、改：一行一件事项，编码不要动，新事项的编码空着；"
    "所需材料一行一种，写作“名称 | 必备 | 可承诺 | 说明 | 依据”。改好后在这里载入。"
)


class PublishForm(Panel):
    """F9 publishes what was read without problems."""

    read = Signal(object)
    """What the sheet changes: Differences."""
    published = Signal(str)
    """The code of the new version."""

    def __init__(self, page: Page) -> None:
        super().__init__("公布新的一版")
        self._page = page
        self._sheet: DutySheet | None = None
        self._request = uuid.uuid4().hex
        self.column.addWidget(label(_ABOUT, "second", wrap=True))
        self.choose_button = button("载入改好的表格……", "duties.publish.sheet", icon="import")
        self.choose_button.clicked.connect(lambda _=False: self._choose())
        self.column.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.found = QListWidget()
        self.found.setObjectName("duties.publish.found")
        self.found.setAccessibleName("表格里读到的")
        self.found.setWordWrap(True)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self.found, 1)
        self.name = LineEdit("duties.publish.name")
        self.name.setPlaceholderText("空着就写作：县乡职责任务清单（施行年月）")
        self.day = DayEdit("duties.publish.valid_from")
        self.note = LineEdit("duties.publish.note")
        self.note.setPlaceholderText("公布文件的文号等")
        fields = {
            "name": Field("名称", self.name, label_width=72),
            "valid_from": Field("施行日期", self.day, label_width=72),
            "note": Field("说明", self.note, label_width=72),
        }
        for each in fields.values():
            self.column.addWidget(each)
        message = message_line("duties.publish.message")
        self.fields = Fields(fields, message)
        self.column.addWidget(message)
        self.publish_button = button("公布 F9", "duties.publish", role="primary")
        self.publish_button.clicked.connect(lambda _=False: self.publish())
        self.column.addWidget(self.publish_button, 0, Qt.AlignmentFlag.AlignRight)
        self._enable()

    def refresh(self) -> None:
        """What may be done by who is working."""
        if self._sheet is None:
            self.day.set_day(self._page.office.today())
        self._enable()

    def load(self, path: Path) -> None:
        """Read an edited sheet and say everything that is wrong with it, or what it changes."""
        page = self._page
        page.ask(
            duties.read_sheet,
            page.office,
            page.actor,
            path,
            then=self._show,
            failed=self._refused,
            busy=self.choose_button,
        )

    def publish(self) -> None:
        """Publish the sheet that was read."""
        page, sheet = self._page, self._sheet
        if sheet is None or not self.publish_button.isEnabled():
            return
        page.ask(
            duties.publish,
            page.office,
            page.actor,
            self._request,
            self.name.text(),
            self.day.day,
            sheet,
            self.note.text(),
            then=self._done,
            failed=self._refused,
            busy=self.publish_button,
        )

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "改好的职责清单", "", "表格 (*.xlsx *.csv)")
        if chosen:
            self.load(Path(chosen))

    def _show(self, sheet: DutySheet) -> None:
        self._sheet = None if sheet.problems else sheet
        self.fields.tell(())
        self.found.clear()
        for sentence in sheet.told:
            self._item(sentence, "second")
        if sheet.problems:
            self._item(f"有 {len(sheet.problems)} 处要改，改好后重新载入：", "red")
        for problem in sheet.problems:
            self._item(problem.sentence, "red")
        if not sheet.problems:
            self._item(f"读到 {len(sheet.lines)} 件事项，没有发现问题。改动列在左边，核对后公布。", "green")
            self._page.ask(duties.changes, self._page.office, sheet, then=self.read.emit)
        self._enable()

    def _done(self, code: str) -> None:
        self._sheet, self._request = None, uuid.uuid4().hex
        self.found.clear()
        for line in (self.name, self.note):
            line.clear()
        self.fields.tell(())
        self._enable()
        self.published.emit(code)

    def _refused(self, error: DeskError) -> None:
        problems = error.problems if isinstance(error, Refused) else (Problem("", error.sentence),)
        self.fields.tell(problems)

    def _enable(self) -> None:
        may = self._page.actor.may(Right.SETTINGS) and self._page.office.read_only is None
        self.choose_button.setEnabled(may)
        self.publish_button.setEnabled(may and self._sheet is not None)

    def _item(self, text: str, hue: str) -> None:
        item = QListWidgetItem(text)
        item.setForeground(theme.color(hue))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.found.addItem(item)
