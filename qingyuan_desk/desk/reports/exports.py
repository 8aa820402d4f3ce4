"""What leaves the desk (导出): the tables as a spreadsheet, without names unless a reason is typed, and the figures as JSON."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.fields import Field, LineEdit
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.problems import Problem

_WITHOUT = "全部统计表和数字背后的事项清单，不含姓名。"
_ONLY_TABLES = "全部统计表。现在的使用人没有导出清单的权限，表里没有事项清单。"
_WITH = "理由记在每件事项的时间线上，例如：上级核查"


class ExportBar(QFrame):
    """A line that is opened by 导出 and asks what is wanted; the page writes the files."""

    sheet_asked = Signal(bool, str)
    """The spreadsheet: whether with names, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.sheet_button = _button("表格（Excel）", "reports.export_xlsx")
        self.json_button = _button("数字（JSON）", "reports.export_json")
        self.json_button.setToolTip(plain_tooltip("给别的程序用的数字。已结账的时段给出结账时保存的那一份。"))
        self.named = QCheckBox("带姓名")
        self.named.setObjectName("reports.named")
        line = LineEdit("reports.reason")
        line.setAccessibleName("为什么带姓名导出")
        self.reason = Field("", line, label_width=0)
        self.named.toggled.connect(self._show_reason)
        self.sheet_button.clicked.connect(self._ask)
        line.returnPressed.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 2)
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        beside = QVBoxLayout()  # the box in the middle of the line, the message below it
        beside.setContentsMargins(0, theme.px(4), 0, 0)
        beside.addWidget(self.named, 0, top)
        row.addLayout(beside)
        row.addWidget(self.reason, 1, top)
        row.addWidget(self.sheet_button, 0, top)
        row.addWidget(self.json_button, 0, top)
        self._show_reason(False)
        self.hide()

    def show_for(self, actor: Actor) -> None:
        """Offer what an actor may have: names only to who reads matters and may export."""
        may = actor.may(Right.READ) and actor.may(Right.EXPORT)
        self.named.setChecked(False)
        self.named.setEnabled(may)
        self.reason.hint(_WITHOUT if may else _ONLY_TABLES)

    def tell(self, problem: Problem) -> None:
        """Say what is wrong with the reason."""
        self.reason.tell((problem,))
        self.reason.editor.setFocus()

    def done(self) -> None:
        """A reason is for one export."""
        self.named.setChecked(False)

    def _show_reason(self, named: bool) -> None:
        line = self.reason.editor
        assert isinstance(line, LineEdit)
        line.clear()
        line.setEnabled(named)
        line.setPlaceholderText("为什么带姓名" if named else "不含姓名")
        self.reason.tell(())
        self.reason.hint(_WITH if named else _WITHOUT)
        if named:
            line.setFocus()

    def _ask(self) -> None:
        line = self.reason.editor
        assert isinstance(line, LineEdit)
        self.reason.tell(())
        self.sheet_asked.emit(self.named.isChecked(), line.text())


def _button(text: str, name: str) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    return made
