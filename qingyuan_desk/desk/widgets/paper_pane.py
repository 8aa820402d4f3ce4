"""A paper as it would be printed, and what is done with it: sent to a printer, saved as PDF, and logged as printed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk import printing
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.paper_view import PaperView
from qingyuan_desk.desk.widgets.print_foot import PrintFoot
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.domain.errors import DeskError, Unavailable
from qingyuan_desk.domain.papers import Paper
from qingyuan_desk.services import papers, upkeep


class PaperPane(QFrame):
    """Shows what would be printed before anything is. Printing changes no matter's state; it is logged."""

    printed = Signal(str, int)
    """Visit number, and which print of that paper it was."""

    def __init__(self, session: Session, name: str) -> None:
        """name: of its widgets, such as print.view and print.printer."""
        super().__init__()
        self._session = session
        self._paper: Paper | None = None
        self._task: background.Task | None = None
        self._make: Callable[[], Paper] | None = None
        self._print_when_shown = False
        self.view = PaperView(f"{name}.view")
        self.foot = PrintFoot(session, name)
        self.printer, self.message = self.foot.printer, self.foot.message
        self.print_button, self.save_button = self.foot.print_button, self.foot.save_button
        self.print_button.clicked.connect(self.print_paper)
        self.save_button.clicked.connect(self._save)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self._lay_out()
        self._enable()

    @property
    def paper(self) -> Paper | None:
        """The paper in view."""
        return self._paper

    def show_made(self, make: Callable[[], Paper], *, at_once: bool = False) -> None:
        """Show the paper that `make` gives (called off the GUI thread). at_once: print it, if a printer is known."""
        self._make, self._print_when_shown = make, at_once
        self.foot.find_printers()
        if self._paper is None:
            self.view.clear(self.tr("正在准备……"))
        self._make_again()

    def clear(self, text: str = "") -> None:
        """No paper, and a sentence instead."""
        if self._task:
            self._task.drop()
        self._paper, self._make, self._print_when_shown = None, None, False
        self.view.clear(*filter(None, [text]))
        self.foot.say("", "")
        self._enable()

    def print_paper(self) -> None:
        """Send the paper in view to the chosen printer and log it."""
        paper = self._paper
        name = self.foot.wanted_printer() if paper is not None else ""
        if paper is None or not name:
            return
        background.ask(
            self,
            printing.send,
            paper.pdf,
            name,
            f"{paper.title} {paper.visit_number}",
            then=lambda _: self._log(paper, name),
            failed=self._fail,
            busy=self.print_button,
        )

    def save_to(self, path: Path) -> bool:
        """Write the paper in view to a file: all of it, or the old file stays. Whether it worked."""
        if self._paper is None:
            return False
        try:
            upkeep.write_file(path, self._paper.pdf)
        except Unavailable as error:
            self._fail(error)
            return False
        return True

    # --- putting together ---

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(self.head)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)

    # --- making and sending ---

    def _make_again(self) -> None:
        if self._make is None:
            return
        if self._task:
            self._task.drop()
        self._paper = None
        self._enable()
        self._task = background.ask(self, self._make, then=self._show, failed=self._fail)

    def _show(self, paper: Paper) -> None:
        self._paper = paper
        try:
            self.view.show_pdf(paper.pdf)
        except Unavailable as error:
            self._fail(error)
            return
        self._enable()
        if paper.missing:
            gone = "".join(paper.missing)
            self.foot.say(
                self.tr("有 {n} 个字没有字体，印成了〓：{gone}").format(n=len(paper.missing), gone=gone),
                "warn",
            )
        elif paper.count > 1:
            self.foot.say(self.tr("这是第 {n} 次打印，纸上会注明。").format(n=paper.count), "hint")
        elif printing.printers():
            self.foot.say("", "")
        if self._print_when_shown:
            self._print_when_shown = False
            if self.printer.code:
                self.print_paper()

    def _log(self, paper: Paper, printer: str) -> None:
        """A blank form belongs to no visit, and its prints are nobody's record."""
        session = self._session

        def told(count: int) -> None:
            self.foot.say(self.tr("已送到“{printer}”。").format(printer=printer), "hint")
            session.say(
                self.tr("{title}已送到“{printer}”（第 {n} 次）。").format(
                    title=paper.title, printer=printer, n=count
                ),
                "good",
            )
            self.printed.emit(paper.visit_number, count)
            session.matter_changed.emit(0)
            self._make_again()

        if not paper.visit_number and not paper.parts:
            self.foot.say(self.tr("已送到“{printer}”。").format(printer=printer), "hint")
            return
        background.ask(
            self,
            papers.record_print,
            session.office,
            session.actor,
            uuid.uuid4().hex,
            paper,
            printer,
            then=told,
            failed=self._fail,
        )

    def _save(self) -> None:
        paper = self._paper
        if paper is None:
            return
        offered = f"{paper.visit_number} {paper.title}.pdf".strip()
        path = ask_where(self, self.tr("存为 PDF"), offered, "PDF (*.pdf)")
        if path is not None and self.save_to(path):
            self._log(paper, self.tr("PDF 文件"))

    def _fail(self, error: DeskError) -> None:
        self._print_when_shown = False
        self.foot.say(error.sentence, "error")
        self._session.tell(error)
        if self._paper is None:
            self.view.clear(error.sentence)

    def _enable(self) -> None:
        self.foot.enable(self._paper is not None)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
