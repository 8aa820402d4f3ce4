"""Reception (接待登记): one page, one minute, no mouse."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from qingyuan_desk.desk.intake import choices
from qingyuan_desk.desk.intake.attendant import Attendant
from qingyuan_desk.desk.intake.drafts import DraftKeeper, described, resumed, written_in
from qingyuan_desk.desk.intake.foot import FootBar
from qingyuan_desk.desk.intake.papers import PapersOver
from qingyuan_desk.desk.intake.questions import Questions
from qingyuan_desk.desk.intake.sheet import Sheet
from qingyuan_desk.desk.intake.strip import Strip
from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox
from qingyuan_desk.desk.widgets.fields import Field, commit_composition
from qingyuan_desk.desk.widgets.reading_order import tab_in_reading_order
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.matter import MatterFacts
from qingyuan_desk.domain.problems import Problem, blocking
from qingyuan_desk.domain.visit import Draft, Registered, VisitForm
from qingyuan_desk.services import ledger, reception

#: Typing rests this long before the office is asked (milliseconds).
_REST = 200
#: What takes longer than this is said to be under way.
_SHOW_AFTER = 300
#: Initials want a dictionary that takes a while to load: not while the window comes up.
_AFTER_START = 2_000


class State(Enum):
    """Where the form stands."""

    FILLING = "filling"
    SAVING = "saving"
    SAVED = "saved"


class IntakePage(Page):
    """Reception: who, about whom, what, where to; the earlier records beside it."""

    code = "intake"
    title = "接待登记"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.sheet = Sheet(self.office.reference, self.office.today)
        self.visitor, self.claim, self.records = self.sheet.visitor, self.sheet.claim, self.sheet.records
        self.foot = FootBar()
        self.strip = Strip("intake.strip")
        self.drafts = DraftKeeper(self, self._to_keep, lambda: self._request_id)
        self._state = State.FILLING
        self._request_id = ""
        self._registered: Registered | None = None
        self._save_when_assessed = self._print_when_saved = False
        self._empty = VisitForm("")
        self._assessed: VisitForm | None = None
        self._problems: tuple[Problem, ...] = ()
        self._offered: tuple[Draft, ...] = ()
        self._people: object = None
        self._was_at: QWidget | None = None
        self._questions = Questions(self, self._no_answer)
        self._attendant = Attendant(self, self.sheet, self.visitor.id_number)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self.papers = PapersOver(session, self.sheet, self)
        self._lay_out()
        self._listen()
        self._open(VisitForm(""))
        self._empty = replace(self.form(), request_id="")
        self._allow()
        self.drafts.look()
        QTimer.singleShot(_AFTER_START, self, self._learn_initials)

    # --- what the window calls ---

    def shown(self) -> None:
        self._allow()
        at = QApplication.focusWidget()
        if self._state is State.FILLING and (at is None or not self.isAncestorOf(at)):
            self.visitor.name.setFocus()

    def leaving(self) -> None:
        self.drafts.keep()

    def start_new(self) -> None:
        """F2: an empty form. One that was begun is kept and offered again."""
        if self._state is State.SAVING:
            return
        _take_over_typing()
        self.drafts.keep()
        self._open(VisitForm(""))
        self.drafts.look()
        self.visitor.name.setFocus()

    def start_again(self, number: object) -> None:
        """A further visit of the matter with this number, asked for on another page."""
        self.start_new()
        self._make_further(number)

    # --- the form ---

    def form(self) -> VisitForm:
        """The form as it stands on the screen."""
        return self.sheet.form(self._request_id)

    @property
    def begun(self) -> bool:
        """Whether there is anything on the form that would be lost."""
        return self._state is not State.SAVED and replace(self.form(), request_id="") != self._empty

    def _to_keep(self) -> VisitForm | None:
        may = self.office.read_only is None and self.drafts.author.may(Right.REGISTER)
        return self.form() if self.begun and may else None

    def _open(self, form: VisitForm, left: Iterable[str] = ()) -> None:
        """Show a form; one without a request id is new."""
        self._questions.drop()
        self._rest.stop()
        self._request_id = form.request_id or uuid.uuid4().hex
        self._registered = self._assessed = self._people = None
        self._problems = ()
        self.papers.close()
        self.sheet.open(form, left)
        self._enter_state(State.FILLING)
        self.foot.say("")

    # --- while typing ---

    def _changed(self) -> None:
        if self._state is State.FILLING:
            self._rest.start()
            self.drafts.typed()

    def _look(self) -> None:
        """Ask the office what it makes of the form so far, and for earlier records."""
        self._rest.stop()
        if self._state is State.SAVED:
            return
        if self._offered:
            self._say_strip()
        form = self.form()
        self._questions.ask(
            "assess", reception.assess, self.office, form, then=lambda seen: self._show(form, seen)
        )
        people = (form.persons, form.opponents)
        if people != self._people and self._may_read:
            self._people = people
            main = form.main_visitor
            asked = bool(main.name.strip() or main.id_number or main.phone or form.opponents)
            self._questions.ask(
                "matches",
                reception.matches,
                self.office,
                self.actor,
                form,
                then=lambda found: self.records.show_matches(found, asked=asked),
            )

    def _show(self, form: VisitForm, seen: reception.Assessment) -> None:
        self._assessed, self._problems = form, seen.problems
        self.sheet.show_assessment(form, seen)
        if self._save_when_assessed:
            self._save_when_assessed = False
            self._send(form)

    def _read_number(self, id_type: str, text: str) -> None:
        self._questions.ask(
            "number", reception.read_id, self.office, id_type, text, then=self.sheet.show_reading
        )

    def _left(self, field: Field | None) -> None:
        if self._state is State.FILLING and self.begun:
            self.sheet.leave(field)
            self.drafts.keep()
            self._look()

    # --- saving ---

    def save(self) -> None:
        """F9: register. What was pressed twice is registered once."""
        if self._state is not State.FILLING or not self._may_register:
            return
        _take_over_typing()
        self.sheet.insist()
        form = self.form()
        self._enter_state(State.SAVING)
        if form == self._assessed:
            self._send(form)
        else:
            self._save_when_assessed = True
            self._look()

    def _send(self, form: VisitForm) -> None:
        stopping = [*self.sheet.own_problems(), *blocking(self._problems, form.overrides)]
        if stopping:
            self._failed(Refused(stopping))
            return
        self.ask(
            reception.register,
            self.office,
            self.actor,
            form,
            then=self._show_registered,
            failed=self._failed,
        )

    def _show_registered(self, done: Registered) -> None:
        self._registered = done
        room = self.claim.route.room_name
        where = f"，请到{room}" if room else ""
        which = f"（第{done.ordinal}次来访，{done.matter_number}）" if done.ordinal > 1 else ""
        work = "办理调解" if self._is_dispute else "办理"
        self.foot.show_saved(done.visit_number, f"已登记{where}{which}", work)
        self._enter_state(State.SAVED)
        self.drafts.done()
        self.session.mark_kept(done.registered_at)
        if done.replayed:
            self.session.say(
                f"{done.visit_number} 上次保存时已经存入，这次没有重复登记；之后改过的内容没有存入，请到事项页核对。",
                "warn",
            )
        else:
            self.session.say(f"{done.visit_number} 已登记{where}", "good", "撤回", self.foot.ask_reason)
        self.session.matter_changed.emit(done.matter_id)
        if self._print_when_saved:
            self._print_when_saved = False
            self.papers.print_receipt(done.visit_number)

    @property
    def _is_dispute(self) -> bool:
        return self.claim.route.flow.code == "mediation"

    def _work_on(self) -> None:
        """Go on with the matter just registered: a dispute on the mediation page, any other with its steps."""
        done = self._registered
        if done is not None and self._is_dispute:
            self.session.case_wanted.emit(done.matter_id)
        elif done is not None:
            self.session.handling_wanted.emit(done.matter_id, "")

    def _failed(self, error: DeskError) -> None:
        """Nothing was saved; everything typed stays, and saving again is the same request."""
        self._print_when_saved = self._save_when_assessed = False
        self._enter_state(State.FILLING)
        if isinstance(error, Refused):
            self.foot.say(f"还没有保存：有 {len(error.problems)} 处要核对", "red")
            for problem in self.sheet.show_refused(error.problems):
                self.session.say(problem.sentence, "error")
            return
        self.foot.say("还没有保存，内容都在，可以再按 F9", "red")
        self.session.tell(error)
        if self._was_at is not None:
            self._was_at.setFocus()

    def _enter_state(self, state: State) -> None:
        self._state = state
        if state is State.SAVING:
            self._was_at = QApplication.focusWidget()
            # Painting the form as closed would keep the number waiting.
            self.sheet.setUpdatesEnabled(False)
            QTimer.singleShot(_SHOW_AFTER, self, self._say_saving)
        if state is not State.FILLING:
            # A disabled widget hands the keyboard to the next one, which would get the rest of a hasty Enter.
            self.setFocus()
        self._allow()
        if state is not State.SAVING:
            self.sheet.setUpdatesEnabled(True)

    def _say_saving(self) -> None:
        if self._state is State.SAVING:
            self.sheet.setUpdatesEnabled(True)
            self.foot.say("正在保存……")

    @property
    def _may_register(self) -> bool:
        return bool(self.office.read_only is None and self.actor.may(Right.REGISTER))

    @property
    def _may_read(self) -> bool:
        return bool(self.actor.may(Right.READ))

    def _allow(self) -> None:
        """What can be done now, and why not."""
        filling = self._state is State.FILLING and self._may_register
        self.sheet.setEnabled(filling)
        self.foot.enable(save=filling, print_=filling or self._state is State.SAVED)
        self._say_strip()

    # --- printing and taking back ---

    def print(self) -> None:
        """F8: print; a form not saved yet is saved first."""
        if self._registered is not None and self._state is State.SAVED:
            self.papers.print_receipt(self._registered.visit_number)
        elif self._state is State.FILLING:
            self._print_when_saved = True
            self.save()

    def _take_back(self, reason: str) -> None:
        done = self._registered
        if done is None:
            return
        self.ask(
            reception.take_back,
            self.office,
            self.actor,
            f"{self._request_id}-take-back",
            done.visit_number,
            reason,
            then=lambda _: self._taken_back(done),
            busy=self.foot.confirm,
        )

    def _taken_back(self, done: Registered) -> None:
        """The number is void; what was typed is a form again, with a request of its own."""
        form = replace(self.form(), request_id="")
        self._open(form)
        self.foot.say(
            f"{done.visit_number} 已撤回（作废），号码不再使用。内容还在，改好可以重新登记；F2 另起一份。",
            "amber",
        )
        self.session.say(f"{done.visit_number} 已撤回（作废）。", "good")
        self.session.matter_changed.emit(done.matter_id)
        self._look()
        self.visitor.name.setFocus()

    # --- a further visit ---

    def further_visit(self) -> None:
        """F4: this visit is another one of the matter on the chosen card."""
        match = self.records.chosen
        if match is not None and self._state is State.FILLING:
            self._make_further(match.matter_number)

    def _make_further(self, number: object) -> None:
        self._questions.ask("further", ledger.matter, self.office, self.actor, number, then=self._continue)

    def _continue(self, facts: MatterFacts) -> None:
        self.sheet.make_further(self.form(), facts)
        self._look()
        self.drafts.typed()

    def _undo_further(self) -> None:
        self.sheet.undo_further(self.form())
        self._look()

    def _open_match(self) -> None:
        match = self.records.chosen
        if match is not None:
            self.session.matter_wanted.emit(match.matter_id)

    # --- drafts ---

    def _offer(self, drafts: tuple[Draft, ...]) -> None:
        self._offered = drafts
        self._say_strip()

    def _say_strip(self) -> None:
        if self.office.read_only is not None:
            self.strip.say(self.office.read_only.sentence, tone="warn")
        elif not self.actor.may(Right.REGISTER):
            self.strip.say(
                f"“{self.actor.name}”没有登记来访的权限，这里只能看。要登记请在“设置”里换一个账号。",
                tone="warn",
            )
        elif self._offered:
            draft, more = self._offered[0], len(self._offered) - 1
            self.strip.say(
                described(draft, self.office.today(), more),
                ("继续填写 Esc" if self._esc_resumes else "继续填写", lambda: self.resume(draft)),
                ("丢弃", lambda: self.drafts.drop(draft)),
            )
        else:
            self.strip.say("")

    @property
    def _esc_resumes(self) -> bool:
        """Whether there is a form to go on with and nothing on this one yet."""
        return bool(self._offered) and self._state is State.FILLING and not self.begun

    def resume(self, draft: Draft) -> None:
        """Go on with a form that was begun before."""
        self.drafts.keep()
        form = resumed(draft, self.office.today())
        self._open(form, left=written_in(form))
        if form.matter:
            self._make_further(form.matter)
        self._look()
        self.drafts.look()
        self.claim.go_on_telling()

    # --- putting together ---

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.foot)

    def _order(self) -> None:
        tab_in_reading_order(self.strip, *self.sheet.panels(), self.foot)

    def _listen(self) -> None:
        self.sheet.changed.connect(self._changed)
        self.sheet.rows_changed.connect(self._order)
        self._rest.timeout.connect(self._look)
        self.visitor.number_typed.connect(self._read_number)
        self._attendant.left.connect(self._left)
        self._attendant.reader.number_read.connect(self.visitor.take_reader)
        self.claim.not_again.clicked.connect(self._undo_further)
        self.records.again_wanted.connect(self.further_visit)
        self.records.open_wanted.connect(self._open_match)
        self.foot.new.clicked.connect(self.start_new)
        self.foot.save.clicked.connect(self.save)
        self.foot.print.clicked.connect(self.print)
        self.foot.take_back_confirmed.connect(self._take_back)
        self.foot.work.clicked.connect(self._work_on)
        self.drafts.offered.connect(self._offer)
        self.session.actor_changed.connect(self._another_actor)
        for keys, act in (
            ("F9", self.save),
            ("F8", self.print),
            ("F4", self.further_visit),
            ("F6", self.records.list.setFocus),
            ("Ctrl+M", self._work_on),
        ):
            # An open list takes the keyboard from the window, but not from the application.
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.ApplicationShortcut)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back: from the reason for taking back, and from an empty form to the one begun before."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.papers.is_open:
            self.papers.close()
        elif self.foot.is_asking:
            self.foot.show_number()
        elif self._esc_resumes:
            self.resume(self._offered[0])

    def _another_actor(self) -> None:
        """What the last one typed, registered, or was shown is not for everybody: it is kept for them, and goes."""
        self.drafts.change_hands()
        if self._state is State.SAVING:
            self._allow()
        else:
            self._open(VisitForm(""))
            self.records.show_matches((), asked=False)
        self.drafts.look()

    def _learn_initials(self) -> None:
        lists = choices.named(self.office.reference)
        self.ask(choices.spelled, lists, then=self.sheet.set_lists)

    def _no_answer(self, error: DeskError) -> None:
        if self._save_when_assessed:
            self._failed(error)
        else:
            self.session.tell(error)


def _take_over_typing() -> None:
    """What an input method is still composing, or what was typed into a list, is meant too."""
    commit_composition()
    at = QApplication.focusWidget()
    if isinstance(at, ChoiceBox):
        at.settle()
