"""Importing (导入): ledgers of visits, grass-roots reports (基层排查上报), as files or as pasted lines, and old ledgers of mediations."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout

from qingyuan_desk.desk.imports.file_pane import FilePane
from qingyuan_desk.desk.imports.paste_pane import PastePane
from qingyuan_desk.desk.imports.run import CASES, REPORTS, VISITS
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.domain.accounts import Right

_PASTED = "pasted"
_KINDS = (
    Option(VISITS, "来访登记"),
    Option(REPORTS, "排查上报"),
    Option(_PASTED, "粘贴排查上报"),
    Option(CASES, "调解案件"),
)


class ImportsPage(Page):
    """Which kind at the top, its three steps and rows below. An import goes on while other pages are in front."""

    code = "imports"
    title = "导入"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._kind = Segments("imports.kind", _KINDS)
        self._kind.setAccessibleName("导入什么")
        self._kind.chosen.connect(self._choose_kind)
        self._why = Elided(role="second")
        self._why.setObjectName("imports.why_not")
        self._why.setProperty("tone", "amber")
        self.files, self.pasted = FilePane(session), PastePane(session)
        self._stack = QStackedWidget()
        for pane in (self.files, self.pasted):
            self._stack.addWidget(pane)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._kind)
        head.addWidget(self._why, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self._stack, 1)
        self.setAcceptDrops(True)
        self._show_kind(VISITS)
        self._listen()

    def shown(self) -> None:
        """Say whether this person may import into this folder."""
        why = self._why_not()
        self._why.say(why)
        self.files.allow(why)
        self.pasted.allow(why)
        if not self.isAncestorOf(QApplication.focusWidget()):
            self._pane().first_stop.setFocus()

    def leaving(self) -> None:
        """The window closes: stop behind the row that is being registered."""
        self.files.cancel()
        self.pasted.cancel()

    # --- kinds ---

    def _choose_kind(self, code: str) -> None:
        busy = self.files.run.active and code not in ("", _PASTED, self.files.choosing.job.kind)
        if busy:
            self.session.say("上一个文件还在办理，做完或取消后再换。", "warn")
        self._show_kind(self._current if busy or not code else code)

    def _show_kind(self, code: str) -> None:
        self._current = code
        self._kind.set_code(code)
        if code == _PASTED:
            self._stack.setCurrentWidget(self.pasted)
        else:
            self.files.show_kind(code)
            self._stack.setCurrentWidget(self.files)

    def _why_not(self) -> str:
        """Why nothing can be imported now; "" when it can."""
        if self.office.read_only is not None:
            return str(self.office.read_only.sentence)
        if not (self.actor.may(Right.IMPORT) and self.actor.may(Right.REGISTER)):
            return (
                f"“{self.actor.name}”不能导入：要有“导入”和“登记来访”两项权限。请换一个账号，或联系管理员。"
            )
        return ""

    # --- keys ---

    def _listen(self) -> None:
        self.session.actor_changed.connect(self.shown)
        self.session.look_changed.connect(self.files.restyle)
        self.session.look_changed.connect(self.pasted.restyle)
        for keys, act in (
            ("Ctrl+O", self._choose_file),
            ("F8", self._try),
            ("F9", self._go),
            ("Esc", self._cancel),
        ):
            QShortcut(
                QKeySequence(keys),
                self,
                activated=act,
                context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
            )

    def _pane(self) -> FilePane | PastePane:
        return self.pasted if self._current == _PASTED else self.files

    def _choose_file(self) -> None:
        if self._current != _PASTED and not self._closed_to_files():
            self.files.choosing.ask_for_file()

    def _try(self) -> None:
        if self._current != _PASTED:
            self.files.try_out()

    def _go(self) -> None:
        self._pane().go()

    def _cancel(self) -> None:
        self._pane().cancel()

    # --- a file dropped ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event.mimeData()) and not self._closed_to_files():
            self.files.blank.welcome(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.files.blank.welcome(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.files.blank.welcome(False)
        paths = _files(event.mimeData())
        if self._current == _PASTED:
            self._show_kind(REPORTS)
        self.files.take(paths[0])
        if len(paths) > 1:
            self.session.say(f"一次导入一个文件，先取了“{paths[0].name}”。", "warn")
        event.acceptProposedAction()

    def _closed_to_files(self) -> bool:
        return bool(self._why_not()) or self.files.run.active


def _files(mime: QMimeData) -> list[Path]:
    """The files among what is dragged; whether one is a spreadsheet is said when it is read."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
