"""The papers of handling, seen before they are printed: notices to petitioners, sheets between organs, blank forms, packages."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.desk.widgets.paper_pane import PaperPane
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS
from qingyuan_desk.domain.papers import PaperChoice
from qingyuan_desk.domain.pinyin import initials
from qingyuan_desk.services import handling_papers, sendings

_NONE = (
    "现在没有办理文书可以打印。办了认定、转送、受理等步骤以后，相应的文书在这里；也可以勾选“空白表格”用手填。"
)


class HandlingPapers(PaperPane):
    """Choose the paper by its initials; what it lacks stands above it. `blank` and `package` have their place beside it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "matter.paper")
        self.setProperty("role", "plain")
        self._case: Handled | None = None
        self._stale = True
        self._wanted = ""
        self._choices: Sequence[PaperChoice] = ()
        self._made: tuple[object, ...] = ()
        self.kind = ChoiceBox("matter.paper.kind", hint="哪一种文书，打拼音首字母")
        self.kind.setAccessibleName("文书")
        self.blank = QCheckBox("空白表格")
        self.blank.setObjectName("matter.paper.blank")
        self.blank.setToolTip("打一张没有填的，用手写")
        self.package = button("送案包……", "matter.paper.package", icon="export")
        self.package.setToolTip("送案单、附件和电子数据打成一个压缩包，交给承办单位")
        self.missing = Elided(role="message")
        self.missing.setObjectName("matter.paper.missing")
        theme.mark(self.missing, "state", "warn")
        self.missing.hide()
        self.head.addWidget(self.kind, 1)
        self.layout().insertWidget(1, self.missing)
        self.kind.chosen.connect(lambda _: self._compose())
        self.blank.toggled.connect(lambda _: self._offer())
        self.package.clicked.connect(lambda: self.make_package(0))

    def show_case(self, case: Handled) -> None:
        """The matter whose papers these are; they are asked for when somebody looks."""
        other = self._case is None or self._case.matter_id != case.matter_id
        self._case, self._stale = case, True
        self.package.setEnabled(bool(case.sendings))
        if other:
            self.kind.set_code("")
            self._choices, self._made, self._wanted = (), (), ""
            self.clear()
        if self.isVisible():
            self.look()

    def show_paper(self, kind: str, subject: int) -> None:
        """Show one paper of the matter, as soon as it is known."""
        self.blank.setChecked(False)
        self._wanted = f"{kind}:{subject}"
        self._stale = True
        self.look()

    def look(self) -> None:
        """Somebody looks: ask for the papers of the matter as it is now."""
        case, session = self._case, self._session
        if case is None or not self._stale:
            return
        self._stale = False
        background.ask(
            self,
            handling_papers.choices,
            session.office,
            session.actor,
            case.matter_id,
            then=self._fill,
            failed=self._fail,
        )

    def make_package(self, sending: int) -> None:
        """Ask for a folder and write the package of a sending there; 0: the one the matter is with now."""
        case, session = self._case, self._session
        if case is None:
            return
        chosen = QFileDialog.getExistingDirectory(self, "送案包放在哪个文件夹")
        if not chosen:
            return

        def done(path: Path) -> None:
            session.say(f"送案包已存为 {path.name}。", "good")
            session.matter_changed.emit(case.matter_id)

        background.ask(
            self,
            sendings.package,
            session.office,
            session.actor,
            uuid.uuid4().hex,
            case.matter_id,
            sending,
            Path(chosen),
            then=done,
            failed=session.tell,
            busy=self.package,
        )

    # --- choosing ----------------------------------------------------------------------------------------------------

    def _fill(self, choices: Sequence[PaperChoice]) -> None:
        self._choices = choices
        self._made = ()  # the matter has moved on, and what is in view with it
        self._offer()

    def _offer(self) -> None:
        """The papers of the matter, or the blank forms; the one in view stays where it can."""
        if self.blank.isChecked():
            offered = [
                Option(code, kind.title, tuple(initials(kind.title)))
                for code, kind in HANDLING_PAPERS.items()
                if kind.blank
            ]
        else:
            offered = [
                Option(f"{each.kind}:{each.subject}", each.title, tuple(initials(each.title)))
                for each in self._choices
            ]
        kept = self._wanted or self.kind.code
        self._wanted = ""
        codes = [option.code for option in offered]
        self.kind.blockSignals(True)
        self.kind.set_code("")
        self.kind.set_options(offered)
        self.kind.set_code(kept if kept in codes else next(iter(codes), ""))
        self.kind.blockSignals(False)
        if not offered:
            self._made = ()
            self.clear(_NONE)
        self._compose()

    def _compose(self) -> None:
        code, case, office, actor = self.kind.code, self._case, self._session.office, self._session.actor
        blank = self.blank.isChecked()
        wanted = (code, blank, case.matter_id if case else 0)
        if not code or case is None or wanted == self._made:
            return
        self._made = wanted
        kind, _, subject = code.partition(":")
        choice = next((each for each in self._choices if f"{each.kind}:{each.subject}" == code), None)
        lacks = choice.missing if choice and not blank else ""
        self.missing.say(lacks)
        self.missing.setVisible(bool(lacks))
        matter = case.matter_id
        if blank:
            self.show_made(lambda: handling_papers.blank(office, kind))
        else:
            self.show_made(lambda: handling_papers.compose(office, actor, matter, kind, int(subject)))
