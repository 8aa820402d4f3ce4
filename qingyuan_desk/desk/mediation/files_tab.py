"""材料: what the parties handed in, kept as files; added by choosing or dropping them, seen beside the list."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import across
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.file_form import FileForm
from qingyuan_desk.desk.mediation.record_table import Column, Line, RecordTable
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.desk.widgets.paper_view import PaperView
from qingyuan_desk.desk.widgets.parts import Fields, Panel, button, message_line, shortcut
from qingyuan_desk.domain.errors import DeskError, Refused, Unavailable
from qingyuan_desk.domain.mediation.case import Attachment, Case
from qingyuan_desk.domain.mediation.codes import ATTACHMENT_KINDS
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services import attachments

_KINDS = "材料 (*.pdf *.jpg *.jpeg *.png)"
_COLUMNS = (
    Column("类别", 112),
    Column("名称"),
    Column("页", 48, right=True),
    Column("大小", 84, right=True),
    Column("收件人", 84),
    Column("收件时间", 140),
)
_UNITS = ((1 << 20, "MB"), (1 << 10, "KB"))
_EMPTY = "还没有材料。按“添加文件”选，或者把 PDF、照片拖到这里。身份证明和证据材料办结前要齐。"


class FilesTab(QWidget):
    """A list, a form for each file being added, and the file in view."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._session, self._act = session, act
        self._case: Case | None = None
        self._looked: background.Task | None = None
        self._removal = ""
        self._seen: Attachment | None = None
        self._names: Mapping[str, str] = {}
        self.table = RecordTable("mediation.files", "材料", _COLUMNS, empty=_EMPTY)
        self.add_button = button("添加文件 Ctrl+O", "mediation.files.add", icon="plus")
        self.add_button.clicked.connect(self.choose)
        self.form = FileForm()
        self.form.hide()
        self.form.saving.connect(self._save)
        self.view = PaperView("mediation.files.view")
        self.name = Elided(role="section")
        self.name.setObjectName("mediation.files.name")
        self.remove_button = button("撤下这份", "mediation.files.remove")
        self.remove_button.clicked.connect(self._remove)
        self.reason = LineEdit("mediation.files.reason", hint="撤下的原因，例如：拿错了，另一件案子的")
        self._reason_field = Field("", self.reason, label_width=0, lines=0)
        self.reason.setAccessibleName("撤下的原因")
        self.message = message_line("mediation.files.message")
        self._place = Fields({"reason": self._reason_field}, self.message)
        self._lay_out()
        self._listen()

    def show_case(self, case: Case) -> None:
        """Show a case; files that wait to be added stay with it."""
        other = self._case is None or self._case.matter_id != case.matter_id
        self._case = case
        self.form.show_case(case)
        if other:
            self.form.clear()
            self._ask_names()
        self._list()

    def begin(self, step: str) -> None:
        """Go to where files are added."""
        self.add_button.setFocus()

    def choose(self) -> None:
        """Ask for files with the system's own dialog."""
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("添加材料"), "", _KINDS)
        self.add(Path(path) for path in chosen)

    def add(self, paths: object) -> None:
        """Let files wait to be named, one after the other."""
        found = [Path(path) for path in paths]  # type: ignore[attr-defined]
        if found and self._case is not None:
            self.form.begin(found)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            theme.mark(self._left, "state", "drop")

    def dragLeaveEvent(self, event: object) -> None:
        theme.mark(self._left, "state", "")

    def dropEvent(self, event: QDropEvent) -> None:
        theme.mark(self._left, "state", "")
        self.add(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(min(max(theme.px(380), self.width() * 42 // 100), theme.px(820)))

    # --- putting together ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._left = Panel()
        limit = Elided("也可以把文件拖到这里。PDF、JPG、PNG，每个不超过 20 MB。", role="small")
        self._left.column.addLayout(across(self.add_button, limit, stretch=1))
        self._left.column.addWidget(self.form)
        self._left.column.addWidget(self.table, 1)
        self._right = Panel()
        column = self._right.column
        column.addWidget(self.name)
        column.addWidget(self.view, 1)
        column.addWidget(self.message)
        self._removing = QWidget()
        row = QHBoxLayout(self._removing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._reason_field, 1)
        row.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._removing)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self._left, 1)
        whole.addWidget(self._right)

    def _listen(self) -> None:
        self.table.marked.connect(lambda _: self._look())
        self._enter = EnterGoesOn(self)
        self.reason.installEventFilter(self._enter)
        for keys, act in (("Ctrl+O", self.choose), ("F9", self.form.save)):
            shortcut(self, keys, act)

    def _ask_names(self) -> None:
        session = self._session
        background.ask(self, session.office.names, then=self._name, failed=session.tell)

    def _name(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._list()

    def _list(self) -> None:
        if self._case is not None:
            self.table.show_lines([_line(file, self._names) for file in self._case.attachments])

    # --- seeing --------------------------------------------------------------------------------------------------

    def _current(self) -> Attachment | None:
        files = self._case.attachments if self._case else ()
        return next((file for file in files if file.record_id == self.table.record_id), None)

    def _look(self) -> None:
        """Show the marked file; an answer about another one is dropped."""
        file = self._current()
        if file == self._seen and file is not None:
            return
        if self._looked is not None:
            self._looked.drop()
        self._seen = file
        self.reason.clear()
        self._place.tell(())
        self._removing.setVisible(file is not None and not file.removed)
        if file is None:
            self.name.say("")
            self.view.clear("选一份材料，这里看内容。")
            return
        kind = ATTACHMENT_KINDS.get(file.kind, file.kind)
        self.name.say(f"{kind} · {file.title}" + (f"（已撤下：{file.removed}）" if file.removed else ""))
        session = self._session
        self.view.clear("正在打开……")
        self._looked = background.ask(
            self,
            attachments.read,
            session.office,
            session.actor,
            file.record_id,
            then=lambda data: self._show(file, data),
            failed=lambda error: self.view.clear(error.sentence),
        )

    def _show(self, file: Attachment, data: bytes) -> None:
        try:
            (self.view.show_pdf if file.media == "pdf" else self.view.show_picture)(data)
        except Unavailable as error:
            self.view.clear(error.sentence)

    # --- writing -------------------------------------------------------------------------------------------------

    def _save(self, path: Path, kind: str, title: str, request: str, subject: int) -> None:
        if self._case is None:
            return
        commit_composition()
        session, matter = self._session, self._case.matter_id

        def done(kept: Attachment) -> None:
            session.say(f"已收下{ATTACHMENT_KINDS.get(kept.kind, '')}“{kept.title}”。", "good")
            self.form.kept()
            session.matter_changed.emit(matter)

        background.ask(
            self,
            attachments.attach,
            session.office,
            session.actor,
            request,
            matter,
            kind,
            title,
            path,
            subject,
            then=done,
            failed=self._refused,
            busy=self.form.save_button,
        )

    def _refused(self, error: DeskError) -> None:
        self.form.tell(_problems(error))
        if not isinstance(error, Refused):
            self._session.tell(error)

    def _remove(self) -> None:
        """Take the file in view out; it stays in the list, struck through, with the reason."""
        file, session = self._current(), self._session
        if file is None or self._case is None:
            return
        commit_composition()
        matter = self._case.matter_id
        self._removal = self._removal or uuid.uuid4().hex

        def done(_: object) -> None:
            self._removal = ""
            session.say(f"已撤下“{file.title}”。", "good")
            session.matter_changed.emit(matter)

        def refused(error: DeskError) -> None:
            self._place.tell(_problems(error))
            if not isinstance(error, Refused):
                session.tell(error)

        background.ask(
            self,
            attachments.remove,
            session.office,
            session.actor,
            self._removal,
            file.record_id,
            self.reason.text().strip(),
            then=done,
            failed=refused,
            busy=self.remove_button,
        )


def _line(file: Attachment, names: Mapping[str, str]) -> Line:
    texts = (
        ATTACHMENT_KINDS.get(file.kind, file.kind),
        file.title,
        str(file.pages),
        size_in_words(file.size),
        names.get(file.actor, file.actor),
        f"{file.at:%Y-%m-%d %H:%M}",
    )
    return Line(file.record_id, texts, struck=bool(file.removed))


def size_in_words(size: int) -> str:
    """1.2 MB · 340 KB · 12 字节."""
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}" if size < 10 * unit else f"{size // unit} {name}"
    return f"{size} 字节"


def _problems(error: DeskError) -> Sequence[Problem]:
    return error.problems if isinstance(error, Refused) else ()
