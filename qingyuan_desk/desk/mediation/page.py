"""Mediation (调解): without a case a mediator's day; with one its head, and a tab for each kind of work on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk.keeping import Keeping
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.head import CaseHead
from qingyuan_desk.desk.mediation.more import More
from qingyuan_desk.desk.mediation.start import Start
from qingyuan_desk.desk.mediation.tabs import TABS, tab_of
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background, parts
from qingyuan_desk.domain.errors import DeskError, NotFound
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.services import mediation


class MediationPage(Page):
    """Shows one case, and reads it again whenever something happened to it."""

    code = "mediation"
    title = "调解"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.case: Case | None = None
        self._asked: background.Task | None = None
        self._again: Callable[[], None] = lambda: None
        self.act = Act(session)
        self.start = Start(session)
        self.head = CaseHead()
        self.more = More(session, self.act)
        self.tabs = QTabWidget()
        self._holders: list[QVBoxLayout] = []
        self._made: dict[int, QWidget] = {}
        self._shown: dict[int, Case] = {}
        self._lay_out()
        self._listen()

    def open(self, number_or_id: object, step: str = "") -> None:
        """Show a case, by its matter's id or by any official number of it. step: what it is opened for."""
        self._read(number_or_id, lambda case: self._opened(case, step), self._not_found)

    def shown(self) -> None:
        """Read again what may have changed."""
        if self.case is not None:
            self._read_again()
        elif self._asked is None:
            self.start.read(arriving=True)

    def leaving(self) -> None:
        """Keep what is being typed."""
        for form in self.findChildren(Keeping):
            form.finish()

    def leave_case(self) -> None:
        """Back to the day."""
        if self.head.more.isChecked():
            self.head.more.setChecked(False)
            return
        shown = self.start if self.case is None else self._made.get(self.tabs.currentIndex())
        put_away = getattr(shown, "put_away", None)
        if put_away is not None and put_away():
            return
        self.case = self.act.case = None
        self._stack.setCurrentWidget(self.start)
        self.start.read(arriving=True)

    def take_up(self, step: str) -> None:
        """Go to where a step is taken."""
        place = tab_of(step)
        if place < 0:
            self.head.more.setChecked(True)
            self.more.begin(step)
            return
        self.head.more.setChecked(False)
        self.tabs.setCurrentIndex(place)
        tab = self.tab(place)
        begin = getattr(tab, "begin", None)
        if begin is not None:
            begin(step)
        else:
            tab.setFocus()

    def show_paper(self, kind: str, subject: int) -> None:
        """Show a paper of the case in its dossier."""
        place = next(place for place, each in enumerate(TABS) if each.code == "dossier")
        self.tabs.setCurrentIndex(place)
        self.tab(place).show_paper(kind, subject)  # type: ignore[attr-defined]

    def tab(self, place: int) -> QWidget:
        """The tab at a place, made when it is first wanted."""
        if place not in self._made:
            made = self._made[place] = TABS[place].make(self.session, self.act)
            self._holders[place].addWidget(made)
            made.show()  # now, not when the layout gets to it: it may be given the keyboard
        return self._made[place]

    # --- putting together ---

    def _lay_out(self) -> None:
        self.tabs.setObjectName("mediation.tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for each in TABS:
            holder = QWidget()
            self._holders.append(_tight(holder))
            self.tabs.addTab(parts.Roomy(holder), each.name)
        self.tabs.currentChanged.connect(lambda _: self._show_tab())
        self._below = QStackedWidget()
        self._below.addWidget(self.tabs)
        self._below.addWidget(self.more)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self._below, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        self._stack.addWidget(whole)
        self._whole = whole
        _tight(self).addWidget(self._stack)

    def _listen(self) -> None:
        session = self.session
        session.matter_changed.connect(self._changed)
        session.actor_changed.connect(self._new_actor)
        session.look_changed.connect(self._restyle)
        self.start.case_wanted.connect(self.open)
        self.head.step_wanted.connect(self.take_up)
        self.act.wanted.connect(self.take_up)
        self.act.paper_wanted.connect(self.show_paper)
        self.more.step_wanted.connect(self.take_up)
        self.head.left.connect(self.leave_case)
        self.head.more_wanted.connect(self._show_more)
        self.head.matter_wanted.connect(self._to_matter)
        for keys, act in (
            ("Esc", self.leave_case),
            ("Ctrl+M", self._to_matter),
            ("Ctrl+.", self.head.more.toggle),
            ("Ctrl+PgDown", lambda: self._turn(1)),
            ("Ctrl+PgUp", lambda: self._turn(-1)),
        ):
            parts.shortcut(self, keys, act, inside=True)

    # --- reading ---

    def _read(
        self, number_or_id: object, then: Callable[[Case], None], failed: Callable[[DeskError], None]
    ) -> None:
        if self._asked:
            self._asked.drop()
        self._again = lambda: self._read(number_or_id, then, failed)
        self._asked = self.ask(
            mediation.case, self.office, self.actor, number_or_id, then=then, failed=failed
        )

    def _read_again(self) -> None:
        """Read the case in view once more; a reading under way may have come too early and is begun anew."""
        if self._asked is not None:
            self._again()
        elif self.case is not None:
            self._read(self.case.matter_id, self._show, self._lost)

    def _opened(self, case: Case, step: str) -> None:
        if self.case is None or self.case.matter_id != case.matter_id:
            self.head.more.setChecked(False)
            self.tabs.setCurrentIndex(_first_tab(case))
        self._show(case)
        if step:
            self.take_up(step)
        else:
            self.tabs.tabBar().setFocus()

    def _show(self, case: Case) -> None:
        self._asked = None
        self.case = self.act.case = case
        self.start.say("")
        names = {each.code: each.name for each in self.office.reference.mediators}
        steps = mediation.steps(case)
        self.head.show_case(case, steps, names, self.office)
        self.more.show_case(case, steps)
        for place, each in enumerate(TABS):
            count = each.count(case)
            self.tabs.setTabText(place, f"{each.name} {count}" if count else each.name)
            self.tabs.setTabVisible(place, each.offered(case) or place == self.tabs.currentIndex())
        self._stack.setCurrentWidget(self._whole)
        self._show_tab()

    def _show_tab(self) -> None:
        """Show the case on the tab in front, unless it is there already, so that nothing jumps under the hand."""
        place = self.tabs.currentIndex()
        if self.case is None or self._shown.get(place) == self.case:
            return
        self._shown[place] = self.case
        self.tab(place).show_case(self.case)  # type: ignore[attr-defined]

    def _not_found(self, error: DeskError) -> None:
        self._asked = None
        self.case = self.act.case = None
        self.start.say(error.sentence)
        self._stack.setCurrentWidget(self.start)
        self.start.read(arriving=True)

    def _lost(self, error: DeskError) -> None:
        self._asked = None
        if isinstance(error, NotFound):
            self._not_found(error)
        else:
            self.session.tell(error)

    def _changed(self, matter_id: int) -> None:
        if self.case is not None and matter_id in (0, self.case.matter_id):
            self._read_again()

    def _new_actor(self) -> None:
        """Another person may not see the case, nor its sealed notes."""
        self._shown.clear()
        if self.case is not None:
            number, self.case = self.case.matter_id, None
            self._read(number, self._show, self._not_found)
        elif self.isVisible():
            self.start.read()

    def _restyle(self) -> None:
        """Build what is shown again in the colours and the size of type in force."""
        self._shown.clear()
        if self.case is not None:
            self._show(self.case)
        else:
            self.start.read()

    # --- going about ---

    def _show_more(self, on: bool) -> None:
        self._below.setCurrentWidget(self.more if on else self.tabs)

    def _to_matter(self) -> None:
        if self.case is not None:
            self.session.matter_wanted.emit(self.case.matter_id)

    def _turn(self, step: int) -> None:
        """The next tab that is shown."""
        self.head.more.setChecked(False)
        shown = [place for place in range(self.tabs.count()) if self.tabs.isTabVisible(place)]
        self.tabs.setCurrentIndex(shown[(shown.index(self.tabs.currentIndex()) + step) % len(shown)])


def _first_tab(case: Case) -> int:
    """The tab of the work a case waits for."""
    wanted = {"assign": "assign", "schedule": "plan", "mediating": "session", "performing": "instalment"}
    return max(0, tab_of(wanted.get(case.node, "open")))


def _tight(holder: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    return column
