"""快速记录: a simple dispute that was settled on the spot, written down in under a minute without a mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.intake.moment import MomentLine
from qingyuan_desk.desk.keeping import Keeping
from qingyuan_desk.desk.matter.parts import Scrolled, across
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.paper import CasePaper
from qingyuan_desk.desk.mediation.quick_mediators import QuickMediators
from qingyuan_desk.desk.mediation.terms_list import Growing, TermsList
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.day_line import EXAMPLE as DAY_EXAMPLE
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.money_line import EXAMPLE as MONEY_EXAMPLE
from qingyuan_desk.desk.widgets.money_line import MoneyLine
from qingyuan_desk.desk.widgets.parts import Fields, Panel, button, message_line, nothing, options, shortcut
from qingyuan_desk.desk.widgets.reading_order import tab_in_reading_order
from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.acts import ACTS, hindrance
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.caseload import Candidate
from qingyuan_desk.domain.mediation.codes import CHOSEN_BY, ORIGINS, SATISFACTIONS
from qingyuan_desk.domain.mediation.forms import Form, Simple
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services import mediation
from qingyuan_desk.services.mediation import Taken

_LABEL = 72
_WHEN = {"at_once": "当场履行", "later": "约定日期"}


class SimpleTab(QWidget):
    """What has to be typed stands first; what is known already stands beside it, filled in."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._case: Case | None = None
        self._begun: Simple | None = None
        self._ranked: background.Task | None = None
        office, name = session.office, "mediation.simple"
        self.mediators = QuickMediators(f"{name}.mediators")
        self.accepted = QCheckBox("已经告知各方，各方都同意")
        self.accepted.setObjectName(f"{name}.accepted")
        self.terms = TermsList(f"{name}.terms")
        self.amount = MoneyLine(f"{name}.amount", hint="没有就空着")
        self.when = Segments(f"{name}.when", options(_WHEN), numbered=True)
        self.deadline = DayLine(f"{name}.deadline", office.today, hint="哪天以前，例如 +7")
        self.satisfaction = Segments(f"{name}.satisfaction", options(SATISFACTIONS), numbered=True)
        self.started_at = MomentLine(f"{name}.started_at", office.today)
        self.room = ChoiceBox(f"{name}.room", hint="房间")
        self.place = LineEdit(f"{name}.place", hint="或者别的地点，例如 村委会")
        self.facts = Growing(f"{name}.facts", hint="时间、起因、经过", least=3)
        self.origin = ChoiceBox(f"{name}.origin")
        self.chosen_by = Segments(f"{name}.chosen_by", options(CHOSEN_BY), numbered=True)
        self.message = message_line(f"{name}.message")
        self.save_button = button("记录并办结 F9", f"{name}.save", role="primary")
        self.save_button.clicked.connect(self.save)
        self.paper = CasePaper(session, f"{name}.paper")
        self.paper.closed.connect(lambda: act.wanted.emit("papers"))
        self.keeping = Keeping(
            name, session, typed=self._typed, go_on=self._go_on, begin=self._begin_anew, leave=self._leave
        )
        self._made = self._make_fields()
        self.fields = Fields(self._made, self.message)
        self._lay_out()
        self._listen()

    def show_case(self, case: Case) -> None:
        """Show a case; what is being written stays with it."""
        other = self._case is None or self._case.matter_id != case.matter_id
        if other:
            self.keeping.rest()
        self._case = case
        why_not = hindrance(case, ACTS["simple"])
        if other:
            self._begin(case)
        if not why_not:
            self._stack.setCurrentWidget(self._form)
            self._ask_ranked()
        elif self._stack.currentWidget() is not self._after:
            self._closed.setText(why_not)
            self._stack.setCurrentWidget(self._closed)

    def begin(self, step: str) -> None:
        """Go to the first field."""
        self.mediators.setFocus(Qt.FocusReason.TabFocusReason)

    def form(self) -> Simple:
        """What was filled in."""
        at_once = self.when.code == "at_once"
        return Simple(
            mediators=self.mediators.codes,
            started_at=self.started_at.moment or self._session.office.now(),
            facts=self.facts.toPlainText().strip(),
            terms=self.terms.terms,
            origin=self.origin.typed,
            place=self.place.text().strip(),
            room=self.room.typed if not self.place.text().strip() else "",
            amount=self.amount.fen or 0,
            at_once=at_once,
            deadline_on=None if at_once else self.deadline.day,
            chosen_by=self.chosen_by.code,
            accepted=self.accepted.isChecked() and bool(self.mediators.conflicts),
            satisfaction=self.satisfaction.code,
        )

    def save(self) -> None:
        """Take all the steps at once; what is wrong is said at its field."""
        if self._stack.currentWidget() is not self._form or not self.save_button.isEnabled():
            return
        commit_composition()
        unread = [*self.started_at.problems()]
        unread = [Problem("started_at", each.sentence) for each in unread]
        if self.amount.fen is None:
            unread.append(Problem("amount", MONEY_EXAMPLE))
        if self.deadline.unreadable and self.when.code != "at_once":
            unread.append(Problem("deadline_on", DAY_EXAMPLE))
        if unread:
            self.fields.tell(unread)
            return
        self._act(self.form(), then=self._recorded, at=self.fields, busy=self.save_button)

    # --- putting together ----------------------------------------------------------------------------------------

    def _make_fields(self) -> dict[str, Field]:
        when, where, amount = QWidget(), QWidget(), QWidget()
        self.deadline.setFixedWidth(theme.px(160))
        self.amount.setFixedWidth(theme.px(160))
        self.mediators.setMinimumWidth(theme.px(400))  # else it asks for the height of one name a line
        self.room.setMinimumWidth(theme.px(176))
        amount.setLayout(across(self.amount, QWidget(), stretch=1))
        when.setLayout(across(self.when, self.deadline, QWidget(), stretch=2))
        where.setLayout(across(self.room, self.place))
        captions: dict[str, tuple[str, QWidget, QWidget | None]] = {
            "mediators": ("调解员", self.mediators, None),
            "terms": ("结果", self.terms, None),
            "amount": ("涉及金额", self.amount, amount),
            "deadline_on": ("履行", self.when, when),
            "satisfaction": ("满意程度", self.satisfaction, None),
            "started_at": ("什么时候", self.started_at, None),
            "room": ("在哪里", self.room, where),
            "facts": ("纠纷情况", self.facts, None),
            "origin": ("案件来源", self.origin, None),
            "chosen_by": ("怎么选定", self.chosen_by, None),
        }
        return {
            code: Field(caption, editor, label_width=_LABEL, row=row)
            for code, (caption, editor, row) in captions.items()
        }

    def _lay_out(self) -> None:
        self._form = QWidget()
        left, right = Panel("怎么调成的"), Panel("已经知道的")
        typed = Scrolled("mediation.simple")
        typed.column.setContentsMargins(0, 0, 8, 0)
        typed.column.setSpacing(2)
        for code in ("mediators", "terms", "amount", "deadline_on", "satisfaction"):
            typed.column.addWidget(self._made[code])
            if code == "mediators":
                typed.column.addWidget(self.accepted)
        typed.column.addStretch(1)
        left.column.addWidget(self.keeping)
        left.column.addWidget(typed, 1)
        left.column.addWidget(self.message)
        keys = label("数字选人、选项 · 回车到下一项 · 长文字里 Ctrl+回车到下一项", "small")
        left.column.addLayout(across(keys, self.save_button, stretch=0))
        known = Scrolled("mediation.simple_known")
        known.column.setContentsMargins(0, 0, 8, 0)
        known.column.setSpacing(2)
        for code in ("started_at", "room", "facts", "origin", "chosen_by"):
            known.column.addWidget(self._made[code])
        known.column.addStretch(1)
        right.column.addWidget(known, 1)
        row = QHBoxLayout(self._form)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left, 6)
        row.addWidget(right, 5)
        self._closed = nothing("", "mediation.simple.closed")
        self._after = Panel()
        self._after.column.addWidget(self.paper)
        self._stack = QStackedWidget()
        for part in (self._form, self._closed, self._after):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.addWidget(self._stack)

    def _listen(self) -> None:
        self._enter = EnterGoesOn(self)
        for editor in (
            self.accepted,
            self.amount,
            self.deadline,
            self.started_at,
            self.room,
            self.place,
            self.facts,
            self.origin,
        ):
            editor.installEventFilter(self._enter)
        self.mediators.changed.connect(self._show_conflicts)
        self.when.chosen.connect(self._choose_when)
        self.amount.changed.connect(
            lambda: self._made["amount"].hint(money.in_full(self.amount.fen) if self.amount.fen else "")
        )
        for keys, do in (("F9", self.save), ("F8", self.paper.print_paper)):
            shortcut(self, keys, do)

    # --- filling -------------------------------------------------------------------------------------------------

    def _begin(self, case: Case) -> None:
        """What is known already: the story as it was told, the room, now."""
        reference = self._session.office.reference
        self.mediators.offer(())
        self.accepted.setChecked(False)
        self.terms.set_terms(())
        self.amount.clear()
        self.when.set_code("at_once")
        self.deadline.clear()
        self.satisfaction.set_code("")
        self.started_at.clear()
        self.room.set_options(Option(each.code, each.name) for each in reference.rooms)
        self.room.set_code(case.room)
        self.place.clear()
        self.facts.setPlainText(case.mediation.facts if case.mediation else case.narrative)
        self.origin.set_options(options(ORIGINS))
        self.origin.set_code(case.mediation.origin if case.mediation else "application")
        self.chosen_by.set_code("assigned")
        self.fields.tell(())
        self._stack.setCurrentWidget(self._form)
        self._show_conflicts()
        self._choose_when(self.when.code)
        self._begun = None

    def _typed(self) -> Simple | None:
        """What is typed and not saved; a moment that is not said is no change of what was begun with."""
        if self._begun is None:
            return None
        form = self._as_begun()
        return form if form != self._begun else None

    def _as_begun(self) -> Simple:
        form = self.form()
        began = self._begun.started_at if self._begun else form.started_at.replace(second=0, microsecond=0)
        return form if self.started_at.moment else replace(form, started_at=began)

    def _go_on(self, form: Form) -> None:
        """Show what was typed before and not saved."""
        if not isinstance(form, Simple):
            return
        self.mediators.choose(form.mediators)
        self.accepted.setChecked(form.accepted)
        self.terms.set_terms(form.terms)
        self.amount.set_fen(form.amount)
        self.when.set_code("at_once" if form.at_once else "later")
        self.deadline.set_day(form.deadline_on)
        self.satisfaction.set_code(form.satisfaction)
        self.started_at.load(form.started_at)
        self.room.set_code(form.room)
        self.place.setText(form.place)
        self.facts.setPlainText(form.facts)
        self.origin.set_code(form.origin)
        self.chosen_by.set_code(form.chosen_by)
        self.deadline.setVisible(not form.at_once)

    def _begin_anew(self) -> None:
        """The form as it began."""
        if self._begun is not None:
            self._go_on(self._begun)
            self.started_at.clear()
            self.fields.tell(())

    def _leave(self) -> None:
        """Another person sits down: the next case begins anew, the same one too."""
        self._case = self._begun = None

    def _ask_ranked(self) -> None:
        case, session = self._case, self._session
        if case is None:
            return
        if self._ranked is not None:
            self._ranked.drop()
        self._ranked = background.ask(
            self,
            mediation.candidates,
            session.office,
            session.actor,
            case.matter_id,
            then=self._offer,
            failed=session.tell,
        )

    def _offer(self, ranked: Sequence[Candidate]) -> None:
        case, typed = self._case, self._typed()
        had_focus = self.mediators.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.mediators.offer(ranked, [each.mediator for each in case.mediators] if case else ())
        tab_in_reading_order(self._form)
        if had_focus or self.focusWidget() is None:
            self.mediators.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_conflicts()
        begins = self._begun is None
        if typed is None:
            self._begun = self._as_begun()
        if begins and case is not None:
            self.keeping.look(case.matter_id, Simple.step)

    def _show_conflicts(self) -> None:
        told = self.mediators.conflicts
        self._made["mediators"].hint("；".join(told) + "。须告知各方并征得同意。" if told else "")
        self.accepted.setVisible(bool(told))

    def _choose_when(self, code: str) -> None:
        if not code:
            self.when.set_code("at_once")
        later = self.when.code == "later"
        self.deadline.setVisible(later)
        if later and self.isVisible():
            self.deadline.setFocus()

    def _recorded(self, taken: Taken) -> None:
        """The register of the oral agreement comes up at once: it is what the parties sign."""
        self._begun = self._as_begun()
        self.keeping.keep()
        self._stack.setCurrentWidget(self._after)
        self.paper.show_paper(taken.matter_id, "oral")
        self.paper.print_button.setFocus()
