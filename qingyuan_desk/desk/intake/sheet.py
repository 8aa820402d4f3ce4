"""The form on the screen: three panels that together show and give one VisitForm, and tell what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qingyuan_desk.desk.intake import further
from qingyuan_desk.desk.intake.claim import ClaimPanel
from qingyuan_desk.desk.intake.columns import Columns
from qingyuan_desk.desk.intake.records import RecordsPanel
from qingyuan_desk.desk.intake.visitor import VisitorPanel
from qingyuan_desk.desk.widgets.choice import Option
from qingyuan_desk.desk.widgets.fields import Field
from qingyuan_desk.domain.identity import IdReading
from qingyuan_desk.domain.matter import MatterFacts
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services.reception import Assessment


class Sheet(Columns):
    """Visitor, claim, and records. A field is told what is wrong with it once it was left; all of them once it is saved."""

    changed = Signal()
    rows_changed = Signal()

    def __init__(self, reference: Reference, today: Callable[[], date]) -> None:
        visitor, claim, records = (
            VisitorPanel(reference, today),
            ClaimPanel(reference),
            RecordsPanel(reference),
        )
        super().__init__(visitor, claim, records)
        self.visitor, self.claim, self.records = visitor, claim, records
        self._today = today
        self._showing = False
        self._left: set[Field] = set()
        self._insists = False
        self._problems: tuple[Problem, ...] = ()
        self._before: tuple[VisitForm, VisitForm] | None = None
        for panel in (self.visitor, self.claim):
            panel.changed.connect(self._tell_changed)
            panel.rows_changed.connect(self.rows_changed.emit)

    # --- the form ---

    def form(self, request_id: str) -> VisitForm:
        """The form as it stands."""
        visitor, claim = self.visitor, self.claim
        kept = [field.kept for field in self.fields().values()]
        return VisitForm(
            request_id=request_id,
            persons=visitor.persons(),
            opponents=claim.opponents.value(),
            received_at=visitor.moment.moment,
            source=visitor.source.typed,
            headcount=visitor.heads,
            narrative=claim.narrative.toPlainText(),
            matter=claim.matter,
            flags=claim.chosen_flags,
            overrides={field: reason for each in kept for field, reason in each.items()} | claim.overrides(),
            route_reason=claim.route.reason.text(),
            **claim.route.chosen(),
        )

    def open(self, form: VisitForm, left: Iterable[str] = ()) -> None:
        """Show a form afresh. left: fields that are told at once what is wrong with them."""
        self._before = None
        self._insists, self._problems = False, ()
        self._load(form)
        self._left = {self.fields()[name] for name in left}
        self.records.show_matches((), asked=False)
        self.records.house.show_room("")

    def set_lists(self, lists: dict[str, list[Option]]) -> None:
        """Offer these lists."""
        self._showing = True
        self.visitor.set_lists(lists)
        self.claim.set_lists(lists)
        self._showing = False

    def _load(self, form: VisitForm) -> None:
        self._showing = True
        for field in set(self.fields().values()):
            field.clear_reason()
            field.hint("")
        self.visitor.load(form)
        self.claim.load(form)
        fields = self.fields()
        for name, reason in form.overrides.items():
            if name in fields:
                fields[name].keep(name, reason)
        self._showing = False
        self.rows_changed.emit()

    def _tell_changed(self) -> None:
        if not self._showing:
            self.changed.emit()

    # --- a further visit ---

    def make_further(self, now: VisitForm, facts: MatterFacts) -> None:
        """Make the form a further visit of a matter."""
        before = self._on_its_own(now)
        filled = further.continued(before, facts)
        self._load(filled)
        self._before = (before, filled)
        self.claim.show_again(further.ordinal(facts), filled.matter)
        self.claim.go_on_telling()

    def undo_further(self, now: VisitForm) -> None:
        """Make it a matter of its own again; what was typed since stays."""
        self._load(self._on_its_own(now))
        self._before = None
        self.claim.go_on_telling()

    def _on_its_own(self, now: VisitForm) -> VisitForm:
        return further.uncontinued(now, *self._before) if self._before else replace(now, matter="")

    # --- what is wrong with it ---

    def fields(self) -> dict[str, Field]:
        """Field of a problem → where it is told."""
        return {**self.visitor.fields(), **self.claim.fields()}

    def own_problems(self) -> tuple[Problem, ...]:
        """What only the screen can know, such as a moment nobody can read."""
        return (*self.visitor.problems(), *self.claim.problems())

    def leave(self, field: Field | None) -> None:
        """The keyboard left a field."""
        if field is not None:
            self._left.add(field)

    def insist(self) -> None:
        """Somebody wants to save: every field is told."""
        self._insists = True

    def show_reading(self, reading: IdReading) -> None:
        """What the document number says; a complete one is told at once what is wrong with it."""
        if self.visitor.show_reading(reading, self._today()):
            self._left.add(self.fields()["id_number"])

    def show_assessment(self, asked: VisitForm, seen: Assessment) -> None:
        """What the office makes of the form."""
        self.claim.show_route(seen.form, seen.suggestion)
        self.records.house.show_room(seen.form.room)
        self.visitor.normalise(asked.main_visitor, seen.form.main_visitor)
        self._problems = seen.problems
        self._tell()

    def show_refused(self, problems: Iterable[Problem]) -> list[Problem]:
        """Show why it was refused, the keyboard going to the first field concerned; the problems that have no field."""
        refused = list(problems)
        known = {*self._problems, *self.own_problems()}
        self._problems = (*self._problems, *(each for each in refused if each not in known))
        self._tell()
        order = list(dict.fromkeys(self.fields().values()))
        placed = [(order.index(field), each) for each in refused if (field := self._field_of(each))]
        if placed:
            place, problem = min(placed, key=lambda pair: pair[0])
            order[place].editor_of(problem.field).setFocus()
        return [each for each in refused if self._field_of(each) is None]

    def _tell(self) -> None:
        if self.claim.too_long:
            self._left.add(self.fields()["narrative"])
        told: dict[Field, list[Problem]] = {field: [] for field in self.fields().values()}
        for problem in (*self.own_problems(), *self._problems):
            field = self._field_of(problem)
            if field is not None and (self._insists or field in self._left):
                # The reason for another route has a line of its own; none is to be written below it.
                told[field].append(
                    replace(problem, level=Level.REFUSE) if problem.field == "category" else problem
                )
        for field, problems in told.items():
            field.tell(problems)

    def _field_of(self, problem: Problem) -> Field | None:
        return self.claim.field_of(problem) or self.visitor.fields().get(problem.field)

    def panels(self) -> tuple[QWidget, ...]:
        """The three, in the order in which they are gone through."""
        return (self.visitor, self.claim, self.records)
