"""调解: sessions planned and held; at the right the form of the one at hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.session_cards import SessionCards, SessionRecord, when_of, where_of
from qingyuan_desk.desk.mediation.session_hold import HoldForm
from qingyuan_desk.desk.mediation.session_plan import CancelForm, PlanForm
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.labels import line, plain_tooltip
from qingyuan_desk.desk.widgets.reading_order import tab_in_reading_order
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.case import Session as Held
from qingyuan_desk.domain.mediation.forms import Hold
from qingyuan_desk.services import mediation
from qingyuan_desk.services.case_drafts import CaseDraft


class SessionsTab(QWidget):
    """Cards at the left, a form or a record at the right."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._case: Case | None = None
        self._hindrances: dict[str, str] = {}
        reference = session.office.reference
        self.plan_button = parts.button("约定 Ctrl+N", "mediation.plan_new", icon="plus")
        self.hold_button = parts.button("直接记录 Ctrl+R", "mediation.hold_new", icon="edit")
        self.cards = SessionCards(reference)
        self.plan_form = PlanForm(session, act)
        self.cancel_form = CancelForm(act)
        self.hold_form = HoldForm(session, act)
        self.record = SessionRecord(reference)
        self._hint = parts.nothing("", "mediation.sessions_hint")
        self._forms = QStackedWidget()
        for form in (self._hint, self.plan_form, self.cancel_form, self.hold_form, self.record):
            self._forms.addWidget(form)
        self._lay_out()
        tab_in_reading_order(self)
        self.plan_button.clicked.connect(lambda: self.begin("plan"))
        self.hold_button.clicked.connect(lambda: self.begin("session"))
        self.cards.wanted.connect(self.take_up)
        for done in (self.plan_form.done, self.cancel_form.done, self.hold_form.done):
            done.connect(self._put_away)
        session.actor_changed.connect(self._new_actor)
        keys = (
            ("Ctrl+N", lambda: self.begin("plan")),
            ("Ctrl+R", lambda: self.begin("session")),
            ("F9", self.save),
        )
        for key, act_on in keys:
            parts.shortcut(self, key, act_on)

    def show_case(self, case: Case) -> None:
        """Show a case; a form that is being filled in stays."""
        other = self._case is None or self._case.matter_id != case.matter_id
        self._case = case
        self._hindrances = {step.code: step.hindrance for step in mediation.steps(case)}
        for button, step in ((self.plan_button, "plan"), (self.hold_button, "session")):
            reason = self._hindrances[step]
            button.setEnabled(not reason)
            button.setToolTip(plain_tooltip(reason) if reason else "")
        self.cards.show_case(case, self._session.office.today(), may=not self._hindrances["session"])
        reason = self._hindrances["plan"]
        self._hint.setText(reason or "点左边的一次调解看记录；约好的，到时候按“记录”。")
        tab_in_reading_order(self)  # the cards are other ones now
        if other:
            self._put_away()
            self.hold_form.keeping.left(case.matter_id, lambda drafts: self._go_on(case.matter_id, drafts))

    def begin(self, step: str) -> None:
        """Go to the form of a step: of the next planned session where there is one."""
        if self._case is None or self._hindrances.get(step, ""):
            return
        if step == "session":
            self._hold(next((each for each in self._case.sessions if each.state == "planned"), None))
        else:
            self._forms.setCurrentWidget(self.plan_form)
            self.plan_form.start(self._case, None, "")

    def take_up(self, verb: str, record_id: int) -> None:
        """Do something about one session."""
        session = self._case.session(record_id) if self._case else None
        if self._case is None or session is None:
            return
        today, reference = self._session.office.today(), self._session.office.reference
        if verb in ("invite", "print"):
            held = "record" if session.kind == "mediation" else "investigation"
            self._act.paper_wanted.emit("invitation" if verb == "invite" else held, record_id)
        elif verb == "look":
            self.record.show_session(self._case, session, today)
            self._forms.setCurrentWidget(self.record)
        elif verb == "cancel":
            self._forms.setCurrentWidget(self.cancel_form)
            self.cancel_form.start(session, f"{when_of(session, today)}　{where_of(session, reference)}")
        elif verb == "again":
            self._forms.setCurrentWidget(self.plan_form)
            self.plan_form.start(self._case, session, self._hindrances["plan"])
        else:
            self._hold(session)

    def save(self) -> None:
        """F9 writes the form in front."""
        form = self._forms.currentWidget()
        if isinstance(form, PlanForm | CancelForm | HoldForm) and form.save_button.isEnabled():
            form.save()

    def _hold(self, session: Held | None) -> None:
        """Record this session, or one nobody planned. Whoever may have come is listed anew: Tab goes through them too."""
        if self._case is not None:
            self._forms.setCurrentWidget(self.hold_form)
            self.hold_form.start(self._case, session, self._hindrances["session"])
            tab_in_reading_order(self)

    def _go_on(self, matter_id: int, drafts: Sequence[CaseDraft]) -> None:
        """A record that was being typed comes up again, unless another form is in front already."""
        form = next((each.form for each in drafts if isinstance(each.form, Hold)), None)
        if self._case is None or self._case.matter_id != matter_id or form is None:
            return
        if self._forms.currentWidget() is not self._hint:
            return
        session = self._case.session(form.session)
        waits = session is not None and session.state == "planned"
        if (waits or not form.session) and not self._hindrances["session"]:
            self._hold(session)

    def _new_actor(self) -> None:
        """Another person sits down: the next case begins anew, the same one too."""
        self._case = None
        self._put_away()

    def _put_away(self) -> None:
        self._forms.setCurrentWidget(self._hint)

    def _lay_out(self) -> None:
        left = QFrame()
        left.setProperty("role", "panel")
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.plan_button)
        head.addWidget(self.hold_button)
        head.addStretch(1)
        beside = QVBoxLayout(left)
        beside.setContentsMargins(1, 1, 1, 1)
        beside.setSpacing(0)
        beside.addLayout(head)
        beside.addWidget(line())
        beside.addWidget(self.cards, 1)
        right = QFrame()
        right.setProperty("role", "panel")
        column = QVBoxLayout(right)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._forms)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(left, 5)
        whole.addWidget(right, 8)
