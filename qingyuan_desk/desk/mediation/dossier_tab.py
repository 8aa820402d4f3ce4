"""卷宗: what it has and lacks, closing and filing, and every paper of the case, one by one or bound into one file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.closing import Closing
from qingyuan_desk.desk.mediation.completeness import Completeness
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.desk.widgets.paper_pane import PaperPane
from qingyuan_desk.desk.widgets.parts import Panel, shortcut
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.dossier import completeness
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS
from qingyuan_desk.domain.papers import PaperChoice
from qingyuan_desk.domain.pinyin import initials
from qingyuan_desk.services import case_papers

_WHOLE = "dossier:0"
_LEFT = {"lines": "卷宗齐不齐", "closing": "办结立卷"}


class DossierTab(QWidget):
    """Left the thirteen lines or the end of the case, right the paper in view."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._case: Case | None = None
        self._made: tuple[object, ...] = ()
        self._choices: Sequence[PaperChoice] = ()
        self.lines = Completeness()
        self.closing = Closing(act, session.office.today, lambda: session.actor.name)
        self.side = Segments("mediation.dossier", [Option(*each) for each in _LEFT.items()])
        self.paper = PaperPane(session, "mediation.paper")
        self.kind = ChoiceBox("mediation.paper.kind", hint="哪一种文书，打拼音首字母")
        self.kind.setAccessibleName("文书")
        self.blank = QCheckBox("空白表格")
        self.blank.setObjectName("mediation.paper.blank")
        self.blank.setToolTip("打一张没有填的，用手写")
        self.missing = Elided(role="message")
        self.missing.setObjectName("mediation.paper.missing")
        theme.mark(self.missing, "state", "warn")
        self._lay_out()
        self._listen()

    def show_case(self, case: Case) -> None:
        """Show a case; the paper in view stays while it is one of the case."""
        other = self._case is None or self._case.matter_id != case.matter_id
        self._case = case
        if other:
            self.kind.set_code("")
            self.paper.clear()
            self._made = ()
        self.lines.show_lines(completeness(case))
        self.closing.show_case(case)
        self._ask_choices()

    def begin(self, step: str) -> None:
        """Go to closing or filing."""
        self._show_side("closing")
        self.closing.focus()

    def show_paper(self, kind: str, subject: int = 0) -> None:
        """Show one paper of the case."""
        self.blank.setChecked(False)
        self.kind.set_code(f"{kind}:{subject}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._left.setFixedWidth(min(max(theme.px(392), self.width() * 38 // 100), theme.px(620)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._compose()

    # --- putting together ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.lines)
        self._stack.addWidget(self.closing)
        self._left = Panel()
        self._left.column.addWidget(self.side)
        self._left.column.addWidget(self._stack, 1)
        self.side.set_code("lines")
        self.paper.setProperty("role", "plain")
        self.paper.layout().setContentsMargins(0, 0, 0, 0)
        self.paper.head.addWidget(self.kind, 1)
        self.paper.head.addWidget(self.blank)
        right = Panel()
        right.column.addWidget(self.missing)
        right.column.addWidget(self.paper, 1)
        self.missing.hide()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self._left)
        whole.addWidget(right, 1)

    def _listen(self) -> None:
        self.side.chosen.connect(lambda code: self._show_side(code or "lines"))
        self.kind.chosen.connect(lambda _: self._compose())
        self.blank.toggled.connect(lambda _: self._offer())
        self.lines.step_wanted.connect(self._go)
        self.lines.paper_wanted.connect(self.show_paper)
        for keys, do in (("F8", self.paper.print_paper), ("F9", self.closing.save)):
            shortcut(self, keys, do)

    def _show_side(self, code: str) -> None:
        self.side.set_code(code)
        self._stack.setCurrentIndex(list(_LEFT).index(code))

    def _go(self, step: str) -> None:
        """To the place that fills a line; this tab's own work is in front at once."""
        if step == "file":
            self.begin(step)
        else:
            self._act.wanted.emit(step)

    # --- papers --------------------------------------------------------------------------------------------------

    def _ask_choices(self) -> None:
        case, session = self._case, self._session
        if case is None or case.mediation is None:
            self._fill(())
            return
        background.ask(
            self,
            case_papers.choices,
            session.office,
            session.actor,
            case.matter_id,
            then=self._fill,
            failed=session.tell,
        )

    def _fill(self, choices: Sequence[PaperChoice]) -> None:
        self._choices = choices
        self._offer()

    def _offer(self) -> None:
        """The papers of the case, or the blank forms; the one in view stays where it can."""
        if self.blank.isChecked():
            offered = [
                Option(f"{code}:0", kind.title, initials(kind.title))
                for code, kind in MEDIATION_PAPERS.items()
                if kind.blank
            ]
        else:
            offered = [
                Option(f"{each.kind}:{each.subject}", each.title, initials(each.title))
                for each in self._choices
            ]
            if offered:
                offered.insert(0, Option(_WHOLE, "整本卷宗", initials("整本卷宗")))
        known = {option.code for option in offered}
        kept = self.kind.typed if self.kind.typed in known else ""
        self.kind.blockSignals(True)
        self.kind.set_code("")
        self.kind.set_options(offered)
        self.kind.set_code(kept or _first(offered))
        self.kind.blockSignals(False)
        self._compose()

    def _compose(self) -> None:
        """Make the paper that is wanted, once, and only when somebody looks."""
        case, code = self._case, self.kind.code
        if case is None or not code or not self.isVisible():
            return
        wanted = (case.matter_id, case.version, code, self.blank.isChecked())
        if wanted == self._made:
            return
        self._made = wanted
        kind, _, subject = code.partition(":")
        office, actor, matter = self._session.office, self._session.actor, case.matter_id
        choice = next((each for each in self._choices if f"{each.kind}:{each.subject}" == code), None)
        lacks = choice.missing if choice and not self.blank.isChecked() else ""
        self.missing.say(lacks)
        self.missing.setVisible(bool(lacks))
        if self.blank.isChecked():
            self.paper.show_made(lambda: case_papers.blank(office, kind))
        elif code == _WHOLE:
            self.paper.show_made(lambda: case_papers.dossier(office, actor, matter))
        else:
            self.paper.show_made(lambda: case_papers.compose(office, actor, matter, kind, int(subject)))


def _first(offered: Sequence[Option]) -> str:
    """The first single paper: binding the whole takes longer, and is asked for."""
    return next((option.code for option in offered if option.code != _WHOLE), "")
