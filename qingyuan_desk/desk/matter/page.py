"""One matter (事项): head, timeline at the left, facts, visits, papers in the middle, verbs at the right.

While it is handled (办理) the steps stand at the left and what was done at the right, where timeline and verbs stand else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter import recent
from qingyuan_desk.desk.matter.actions import Actions
from qingyuan_desk.desk.matter.facts_tab import FactsTab
from qingyuan_desk.desk.matter.handling.tab import HandlingTab
from qingyuan_desk.desk.matter.head import Head
from qingyuan_desk.desk.matter.papers_tab import PapersTab
from qingyuan_desk.desk.matter.timeline import Timeline
from qingyuan_desk.desk.matter.visits_tab import VisitsTab
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import DeskError, NotFound
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.matter import MatterFacts
from qingyuan_desk.services import handling, ledger
from qingyuan_desk.services.office import Office

#: A matter as its page shows it, and as its handling sees it.
Whole = tuple[MatterFacts, Handled]


class MatterPage(Page):
    """Shows one matter, and reads it again whenever something happened to it."""

    code = "matter"
    title = "事项"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.facts: MatterFacts | None = None
        self.case: Handled | None = None
        self._asked: background.Task | None = None
        self._again: Callable[[], None] = lambda: None
        self.head = Head()
        self.timeline = Timeline()
        self.facts_tab = FactsTab(session)
        self.handling_tab = HandlingTab(session)
        self.visits_tab = VisitsTab(session)
        self.papers_tab = PapersTab(session)
        self.actions = Actions(session)
        self.recent = recent.Recent()
        self._lay_out()
        self._listen()

    def open(self, number_or_id: object, step: str | None = None) -> None:
        """Show a matter, by its id or by any official number of it in any spelling.

        step: the step of its handling to open, "" the one it waits for; None: the facts.
        """
        self._read(number_or_id, lambda whole: self._opened(whole, step), self._not_found)

    def leaving(self) -> None:
        """Keep what is being typed."""
        self.handling_tab.form.keeping.finish()

    def shown(self) -> None:
        """Read again what may have changed; without a matter, offer the last ones."""
        if self.facts is not None:
            self._read_again()
        elif self._asked is None:
            self._offer_recent()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        self._left.setFixedWidth(min(theme.px(272), self.width() * 22 // 100))
        self._right.setFixedWidth(min(theme.px(320), self.width() // 5))

    # --- putting together ---

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setObjectName("matter.tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.facts_tab, self.tr("情况"))
        self.tabs.addTab(self.handling_tab, self.tr("办理"))
        self.tabs.addTab(self.visits_tab, self.tr("来访"))
        self.tabs.addTab(self.papers_tab, self.tr("文书"))
        self._left, self._right = QStackedWidget(), QStackedWidget()
        self._left.addWidget(_panel(label(self.tr("经过"), "section"), self.timeline))
        self._left.addWidget(_panel(label(self.tr("可以办的 F6"), "section"), self.handling_tab.steps))
        self._right.addWidget(self.actions)
        self._right.addWidget(_panel(label(self.tr("办理记录"), "section"), self.handling_tab.records))
        middle = _panel(self.tabs)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self._left)
        columns.addWidget(middle, 1)
        columns.addWidget(self._right)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addLayout(columns, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.recent)
        self._stack.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _listen(self) -> None:
        session = self.session
        session.matter_changed.connect(self._changed)
        session.actor_changed.connect(self._new_actor)
        session.look_changed.connect(self._restyle)
        self.recent.opened.connect(self.open)
        self.recent.ledger_asked.connect(lambda: session.page_wanted.emit("ledger"))
        self.actions.again.connect(session.visit_wanted.emit)
        self.actions.print_asked.connect(self._to_papers)
        self.actions.mediation_asked.connect(session.case_wanted.emit)
        self.actions.handling_asked.connect(self._to_handling)
        self.tabs.currentChanged.connect(lambda _: self._turned())
        self.handling_tab.paper_wanted.connect(self._show_paper)
        self.handling_tab.package_wanted.connect(self.papers_tab.handling.make_package)
        self.handling_tab.mediation_wanted.connect(self.actions.ask_mediation)
        for place in range(self.tabs.count()):
            self.tabs.setTabToolTip(place, f"Ctrl+{place + 1}")
        turns = ((f"Ctrl+{place + 1}", partial(self.tabs.setCurrentIndex, place)) for place in range(4))
        for keys, act in (
            *turns,
            ("F4", self.actions.register_again),
            ("F8", self._print),
            ("Ctrl+M", self.actions.work_on),
            ("Esc", lambda: session.page_wanted.emit("ledger")),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, activated=act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # --- reading ---

    def _read(
        self, number_or_id: object, then: Callable[[Whole], None], failed: Callable[[DeskError], None]
    ) -> None:
        if self._asked:
            self._asked.drop()
        self._again = lambda: self._read(number_or_id, then, failed)
        self._asked = self.ask(
            _whole,
            self.office,
            self.actor,
            number_or_id,
            then=then,
            failed=failed,
        )

    def _opened(self, whole: Whole, step: str | None) -> None:
        facts = whole[0]
        if self.facts is None or self.facts.matter_id != facts.matter_id:
            self.tabs.setCurrentIndex(0)
        self.tabs.tabBar().setFocus()
        if not facts.sealed:
            recent.remember(self.session, facts.matter_id)
        self._show(whole)
        if step is not None:
            self._to_handling(step)

    def _read_again(self) -> None:
        """Read what is in view once more; a reading under way may have come too early and is begun anew."""
        if self._asked is not None:
            self._again()
        elif self.facts is not None:
            self._read(self.facts.matter_id, self._show, self._lost)

    def _show(self, whole: Whole) -> None:
        """Show a matter; what did not change is left alone, so that nothing jumps under the hand."""
        self._asked = None
        changed = whole != (self.facts, self.case)
        facts, case = self.facts, self.case = whole
        self._stack.setCurrentIndex(1)
        self.timeline.show_facts(facts, self.office.now())
        if not changed:
            return
        self.head.show_facts(facts, self.office.reference)
        self.head.show_case(case, self.office.reference, self.office.today())
        self.actions.show_facts(facts)
        self.facts_tab.show_facts(facts)
        self.visits_tab.show_facts(facts)
        self.papers_tab.show_facts(facts, case)
        self.handling_tab.show_case(case)
        visits = self.tabs.indexOf(self.visits_tab)
        self.tabs.setTabText(visits, self.tr("来访 {n}").format(n=len(facts.visits)))

    def _restyle(self) -> None:
        """Build what is shown again in the colours and the size of type in force."""
        self._share_width()
        if self.facts is not None and self.case is not None:
            whole, self.facts = (self.facts, self.case), None
            self._show(whole)
        else:
            self._offer_recent(keep_sentence=True)

    def _not_found(self, error: DeskError) -> None:
        self._asked = None
        self.facts = self.case = None
        self.recent.say(error.sentence)
        self._offer_recent(keep_sentence=True)

    def _lost(self, error: DeskError) -> None:
        """What is open could not be read again: gone for this person, or the machine's fault."""
        self._asked = None
        if isinstance(error, NotFound):
            self._not_found(error)
        else:
            self.session.tell(error)

    def _changed(self, matter_id: int) -> None:
        if self.facts is not None and matter_id in (0, self.facts.matter_id):
            self._read_again()

    def _new_actor(self) -> None:
        """Another person may not see the matter, or may do other things with it."""
        self.handling_tab.leave()
        if self.facts is not None:
            number, self.facts = self.facts.matter_id, None
            self._read(number, self._show, self._not_found)

    def _offer_recent(self, *, keep_sentence: bool = False) -> None:
        if not keep_sentence:
            self.recent.say("")
        self._stack.setCurrentIndex(0)
        self.ask(
            ledger.some,
            self.office,
            self.actor,
            recent.remembered(self.session),
            then=lambda rows: self.recent.show_rows(rows, self.session),
        )

    # --- keys ---

    def _to_papers(self) -> None:
        self.tabs.setCurrentWidget(self.papers_tab)
        self.papers_tab.pane.print_button.setFocus()

    def _show_paper(self, kind: str, subject: int) -> None:
        self.tabs.setCurrentWidget(self.papers_tab)
        self.papers_tab.show_paper(kind, subject)
        self.papers_tab.handling.kind.setFocus()  # the button that was pressed is out of view

    def _to_handling(self, step: str = "") -> None:
        """Turn to the steps; step: open this one's form."""
        self.tabs.setCurrentWidget(self.handling_tab)
        if step:
            self.handling_tab.begin(step)

    def _turned(self) -> None:
        """Beside the steps' form stand the steps and the records; beside everything else the timeline and the verbs."""
        handled = int(self.tabs.currentWidget() is self.handling_tab)
        self._left.setCurrentIndex(handled)
        self._right.setCurrentIndex(handled)

    def _print(self) -> None:
        """F8 brings the papers; F8 again prints the one in view."""
        if self.facts is None:
            return
        if self.tabs.currentWidget() is self.papers_tab:
            self.papers_tab.pane.print_paper()
        else:
            self.actions.ask_print()


def _whole(office: Office, actor: Actor, number_or_id: object) -> Whole:
    facts = ledger.matter(office, actor, number_or_id)  # type: ignore[arg-type]
    return facts, handling.case(office, actor, facts.matter_id)


def _panel(*parts: QWidget) -> QFrame:
    panel = QFrame()
    panel.setProperty("role", "panel")
    column = QVBoxLayout(panel)
    column.setContentsMargins(2, 6 if len(parts) == 1 else 12, 2, 2)
    column.setSpacing(6)
    for place, part in enumerate(parts):
        if place + 1 < len(parts):
            part.setContentsMargins(12, 0, 12, 0)
        column.addWidget(part, 1 if place + 1 == len(parts) else 0)
    return panel
