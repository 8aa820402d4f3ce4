"""Settings (设置): how this machine looks, who is working, what stands on the papers, backups."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk import __version__
from qingyuan_desk.desk import theme
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.settings.workdays import WorkdaysView
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.fields import Field, LineEdit
from qingyuan_desk.desk.widgets.labels import Elided, label
from qingyuan_desk.domain.accounts import ROLES, Actor, Right
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.papers import FORMATS
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services import settings, upkeep

#: Settings of few values: code → what it is called.
_CHOICES = {"paper": FORMATS}


#: The parts of the page.
_ROOMS = {"general": "本机和单位", "workdays": "工作日历"}


class SettingsPage(Page):
    """Everything is in force as soon as it is chosen or a field is left."""

    code = "settings"
    title = "设置"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._fields: dict[str, Field] = {}
        self._kept: dict[str, str] = {}
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(16)
        left.addWidget(self._look())
        left.addWidget(self._who())
        for group, column in (("文书抬头", left), ("文号", right), ("统计", right), ("默认与保密", right)):
            column.addWidget(self._office_settings(group))
        right.addWidget(self._safety())
        right.addWidget(self._about())
        for column in (left, right):
            column.addStretch(1)
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(16, 16, 16, 16)
        columns.setSpacing(16)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        self.workdays = WorkdaysView(self)
        self.rooms = Segments("settings.room", [Option(code, name) for code, name in _ROOMS.items()])
        self.rooms.setAccessibleName("设置的各部分")
        self.rooms.set_code("general")
        self.rooms.chosen.connect(self._enter)
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll)
        self._stack.addWidget(self.workdays)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(self.rooms)
        whole.addLayout(top)
        whole.addWidget(self._stack, 1)
        session.actor_changed.connect(self.shown)

    def _enter(self, room: str) -> None:
        self.rooms.set_code(room or list(_ROOMS)[self._stack.currentIndex()])  # one of them is always chosen
        self._stack.setCurrentIndex(list(_ROOMS).index(self.rooms.code))
        self.shown()

    def shown(self) -> None:
        if self._stack.currentWidget() is self.workdays:
            self.workdays.refresh()
            return
        self.ask(settings.values, self.office, then=self._show_values)
        self.ask(upkeep.last_backup, self.office, then=self._show_backup)
        self._accounts.set_options(Option(each.code, each.name) for each in self.office.actors())
        self._accounts.set_code(self.actor.code)
        self._role.setText(ROLES.get(self.actor.role, self.actor.role))
        for button, right in ((self._backup_button, Right.BACKUP), (self._folder_button, Right.SETTINGS)):
            button.setEnabled(self.actor.may(right))

    # --- this machine ---

    def _look(self) -> QFrame:
        panel, column = _panel("本机外观")
        self._size = Segments("settings.size", [Option(name, name) for name in theme.SCALES])
        self._size.setAccessibleName("字号")
        self._size.set_code(str(self.session.preferences.value("look/size", "标准")))
        self._mode = Segments("settings.mode", [Option(code, name) for code, name in theme.MODES.items()])
        self._mode.setAccessibleName("明暗")
        self._mode.set_code(str(self.session.preferences.value("look/mode", "auto")))
        for key, segments in (("look/size", self._size), ("look/mode", self._mode)):
            segments.chosen.connect(lambda code, key=key, at=segments: self._change_look(key, code, at))
        column.addLayout(_row("字号", self._size))
        column.addLayout(_row("明暗", self._mode))
        column.addWidget(
            label("只改这台电脑。字号改后，重新打开窗口时各处都按新字号排列。", "small", wrap=True)
        )
        return panel

    def _change_look(self, key: str, code: str, segments: Segments) -> None:
        default = {"look/size": "标准", "look/mode": "auto"}[key]
        segments.set_code(code or default)
        self.session.preferences.setValue(key, code or default)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.session.dress(app)
        self.session.settings_changed.emit()

    # --- who ---

    def _who(self) -> QFrame:
        panel, column = _panel("使用人")
        self._accounts = Segments("settings.account")
        self._accounts.setAccessibleName("使用人")
        self._accounts.chosen.connect(self._become)
        self._role = label(role="second")
        row = _row("现在是", self._accounts)
        row.addWidget(self._role)
        column.addLayout(row)
        return panel

    def _become(self, code: str) -> None:
        if not code:
            self._accounts.set_code(self.actor.code)
            return
        self.ask(self.office.actor, code, then=self._has_become)

    def _has_become(self, actor: Actor) -> None:
        self.session.become(actor)
        self.session.say(f"现在由“{self.actor.name}”使用。", "good")

    # --- the office's settings ---

    def _office_settings(self, group: str) -> QFrame:
        panel, column = _panel(group)
        for key, (its_group, name) in settings.NAMES.items():
            if its_group != group:
                continue
            editor = self._editor(key)
            field = Field(name, editor, label_width=104)
            self._fields[key] = field
            column.addWidget(field)
        return panel

    def _editor(self, key: str) -> QWidget:
        """A line to write in, or the few values there are to choose from."""
        if key in _CHOICES:
            choice = Segments(f"settings.{key}", [Option(*each) for each in _CHOICES[key].items()])
            choice.chosen.connect(lambda code: self._change(key, code or self._kept[key]))
            return choice
        line = LineEdit(f"settings.{key}")
        line.editingFinished.connect(lambda: self._change(key))
        return line

    def _show_values(self, values: tuple[settings.Setting, ...]) -> None:
        may = self.actor.may(Right.SETTINGS) and self.office.read_only is None
        for setting in values:
            field = self._fields[setting.key]
            self._kept[setting.key] = setting.value
            editor = field.editor
            if not editor.hasFocus():
                _show(editor, setting.value)
            editor.setEnabled(may and not setting.locked)
            field.hint(setting.locked or setting.help)

    def _change(self, key: str, value: str | None = None, *, undoing: bool = False) -> None:
        field = self._fields[key]
        editor = field.editor
        written = editor.text() if isinstance(editor, LineEdit) else ""
        old, new = self._kept.get(key, ""), written if value is None else value
        if new == old:
            field.tell(())
            _show(editor, old)
            return

        def changed(_: object) -> None:
            field.tell(())
            self._kept[key] = new
            _show(editor, new)
            undo = None if undoing else lambda: self._change(key, old, undoing=True)
            self.session.say(f"“{settings.NAMES[key][1]}”已改。", "good", "改回来" if undo else "", undo)
            self.session.settings_changed.emit()

        def refused(error: DeskError) -> None:
            problems = error.problems if isinstance(error, Refused) else (Problem(key, error.sentence),)
            field.tell(problems)

        self.ask(
            settings.change, self.office, self.actor, uuid.uuid4().hex, key, new, then=changed, failed=refused
        )

    # --- backups and health ---

    def _safety(self) -> QFrame:
        panel, column = _panel("备份与检查")
        self._last = label(role="second", wrap=True, name="settings.last_backup")
        column.addWidget(self._last)
        self._backup_button = _button("settings.backup", "现在备份", self._back_up)
        self._folder_button = _button("settings.backup_to", "备份到……", self._back_up_to)
        self._check_button = _button("settings.check", "检查数据", self._check)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self._backup_button, self._folder_button, self._check_button):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._report = label(role="small", wrap=True, name="settings.report")
        self._report.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._report)
        return panel

    def _back_up(self) -> None:
        self._report.setText("正在备份并核对……")
        self.ask(
            upkeep.backup,
            self.office,
            self.actor,
            then=self._backed_up,
            failed=self._not_done,
            busy=self._backup_button,
        )

    def _back_up_to(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, "备份到哪个文件夹", self._kept.get("backup_folder", "")
        )
        if folder:
            self._report.setText("正在备份并核对……")
            self.ask(
                upkeep.backup,
                self.office,
                self.actor,
                Path(folder),
                then=self._backed_up,
                failed=self._not_done,
                busy=self._folder_button,
            )

    def _backed_up(self, report: upkeep.BackupReport) -> None:
        self._report.setText(
            f"已备份并核对：{report.path}（来访登记 {report.visits} 次，最后一次 {report.last_visit or '还没有'}）"
        )
        self._show_backup(report.at)
        self.session.settings_changed.emit()

    def _check(self) -> None:
        self._report.setText("正在检查……")
        self.ask(
            upkeep.check, self.office, then=self._checked, failed=self._not_done, busy=self._check_button
        )

    def _checked(self, report: upkeep.CheckReport) -> None:
        if report.sound:
            self._report.setText(
                f"数据完好：来访登记 {report.visits} 次，最后一次 {report.last_visit or '还没有'}。"
            )
            return
        self._report.setText("检查发现问题，请联系管理员：\n" + "\n".join(report.faults[:20]))
        self.session.say(f"检查发现 {len(report.faults)} 处问题，请联系管理员。", "error")

    def _not_done(self, error: DeskError) -> None:
        self._report.setText(error.sentence)
        self.session.tell(error)

    def _show_backup(self, last: object) -> None:
        text = "还没有做过备份。" if last is None else f"最近一次核对过的备份：{last:%Y年%m月%d日 %H:%M}"
        self._last.setText(text + "　每天自动备份一次，也可以随时手动备份到 U 盘。")

    # --- about ---

    def _about(self) -> QFrame:
        panel, column = _panel("数据与程序")
        where = Elided(str(self.office.folder))
        where.setObjectName("settings.folder")
        opener = _button("settings.open_folder", "打开文件夹", self._open_folder)
        row = _row("数据在", where)
        row.addWidget(opener)
        column.addLayout(row)
        column.addWidget(
            label(f"清苑解纷台 {__version__}　数据只存在这台电脑，程序不联网。", "second", wrap=True)
        )
        column.addWidget(
            label(
                "程序按 MIT 许可发布；Qt 与 PySide6 按 LGPL-3；字体 Noto Sans SC 按 OFL-1.1。",
                "small",
                wrap=True,
            )
        )
        return panel

    def _open_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.office.folder))):
            self.session.say(f"这台电脑打不开文件夹窗口，请自己找到：{self.office.folder}", "warn")


def _show(editor: QWidget, value: str) -> None:
    if isinstance(editor, Segments):
        editor.set_code(value)
    elif isinstance(editor, LineEdit):
        editor.setText(value)


def _panel(title: str) -> tuple[QFrame, QVBoxLayout]:
    panel = QFrame()
    panel.setProperty("role", "panel")
    column = QVBoxLayout(panel)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(8)
    column.addWidget(label(title, "section"))
    return panel, column


def _row(text: str, editor: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    caption = label(text, "field")
    caption.setFixedWidth(theme.px(104))
    caption.setBuddy(editor)
    row.addWidget(caption)
    row.addWidget(editor, 1 if isinstance(editor, Elided) else 0)
    if not isinstance(editor, Elided):
        row.addStretch(1)
    return row


def _button(name: str, text: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.clicked.connect(lambda _=False: act())
    return button
