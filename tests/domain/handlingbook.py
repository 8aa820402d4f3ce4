"""A matter of any flow kept in memory: takes forms by the rules and applies what they change, as the store would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import count

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.flows import FLOWS, is_closed, starting_clocks
from qingyuan_desk.domain.handling import acts
from qingyuan_desk.domain.handling.case import Handled, Running
from qingyuan_desk.domain.handling.following import starting
from qingyuan_desk.domain.handling.forms import Form
from qingyuan_desk.domain.handling.records import (
    Alert,
    Consultation,
    Ending,
    Extension,
    LegalAid,
    Measure,
    Notice,
    Opinion,
    Petition,
    Rating,
    Record,
    Referral,
    Sending,
    Urge,
    Watch,
)
from qingyuan_desk.domain.handling.rules import Changes, Context, Start
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.reference import Reference

LISTS: Mapping[type, str] = {
    Sending: "sendings",
    Notice: "notices",
    Extension: "extensions",
    Opinion: "opinions",
    Alert: "alerts",
    Watch: "watches",
    Measure: "measures",
    Urge: "urges",
    Rating: "ratings",
    Ending: "endings",
    Consultation: "consultations",
    LegalAid: "aids",
    Referral: "referrals",
}


def at(text: str) -> datetime:
    """A moment in Asia/Shanghai: "2025-09-17" is nine in the morning."""
    return datetime.fromisoformat(text if " " in text else f"{text} 09:00").replace(tzinfo=SHANGHAI)


def new_matter(flow: str = "petition", opened: str = "2025-03-03", **more: object) -> Handled:
    categories = {
        "petition": "petition_matter",
        "handover": "livelihood",
        "consultation": "legal_question",
        "mediation": "civil_dispute",
    }
    facts: dict[str, object] = dict(
        matter_id=7,
        number="清事〔2025〕0099号",
        title="征地补偿款没有发到户",
        narrative="村里征地，补偿款一直没有发到我家。",
        flow=flow,
        category=categories[flow],
        node=FLOWS[flow].first,
        state="open",
        source="walk_in",
        matter_kind="",
        dispute_type="",
        township="130608101000",
        village="130608101200",
        unit="petition_office",
        room="petition",
        flags=frozenset(),
        sealed=False,
        opened_on=date.fromisoformat(opened),
        version=1,
        visitor="王测试",
        visits=("清访〔2025〕0101号",),
    )
    return Handled(**{**facts, **more})  # type: ignore[arg-type]


class Book:
    """`take` carries forms out or fails with the sentence that stands in the way."""

    def __init__(self, reference: Reference, case: Handled | None = None, now: str = "") -> None:
        self.reference = reference
        self.calendar = WorkCalendar()
        self.case = case or new_matter()
        self.now = at(now or self.case.opened_on.isoformat())
        self.ended: list[tuple[str, str, date]] = []
        self.words: list[str] = []
        self._ids, self._numbers = count(1), count(1)
        for rule in starting_clocks(self.case.flow, self.case.category):
            self._start(Start(rule, self.case.opened_on), 0)

    @property
    def context(self) -> Context:
        return Context(self.now, "clerk", self.reference, self.calendar)

    def on(self, day: str) -> Book:
        """The days go on."""
        self.now = at(day)
        return self

    def problems(self, form: Form) -> tuple[Problem, ...]:
        return acts.problems(self.case, form, self.context)

    def refused(self, form: Form) -> str:
        stops = [each for each in self.problems(form) if each.level is not Level.WARN]
        return "\n".join(f"{each.sentence}{each.article}" for each in stops)

    def warned(self, form: Form) -> str:
        said = [each for each in self.problems(form) if each.level is Level.WARN]
        return "\n".join(f"{each.sentence}{each.article}" for each in said)

    def begin(self, step: str, **said: object) -> Form:
        """The form of a step as the page shows it first, with these fields filled in."""
        return replace(starting(self.case, step, self.context), **said)  # type: ignore[arg-type]

    def take(self, *forms: Form) -> Book:
        for form in forms:
            why_not = self.refused(form)
            assert not why_not, f"{form.step}: {why_not}"
            self._apply(acts.changes(self.case, form, self.context))
        return self

    def step(self, step: str, **said: object) -> Book:
        return self.take(self.begin(step, **said))

    @property
    def open(self) -> set[str]:
        return {each.code for each in acts.open_steps(self.case) if not each.hindrance}

    def due(self, rule: str) -> date | None:
        """The last day of a running clock before holidays move it."""
        found = self.case.clock(rule)
        return found.natural_end if found else None

    def ended_as(self, rule: str) -> str:
        """How the last clock of a rule ended: "met", "cancelled", or ""."""
        return next((how for ended, how, _ in reversed(self.ended) if ended == rule), "")

    def _apply(self, changes: Changes) -> None:
        case, first = self.case, 0
        for place, record in enumerate(changes.put):
            case, record_id = self._put(case, record, changes.numbered if place == 0 else "")
            first = first or record_id
        self.case = case
        for stop in changes.stop:
            self._stop(stop.rule, stop.subject, stop.day, "met" if stop.met else "cancelled")
        for start in changes.start:
            self._start(start, first if start.of_record else start.subject)
        if changes.move:
            move = changes.move
            self.case = replace(
                self.case,
                flow=move.flow,
                category=move.category,
                room=move.room,
                unit=move.unit,
                dispute_type=move.dispute_type,
            )
        node = changes.node or self.case.node
        flags = (self.case.flags | set(changes.flags)) - set(changes.unflags)
        self.case = replace(
            self.case,
            node=node,
            state="closed" if is_closed(self.case.flow, node) else "open",
            unit=changes.unit or self.case.unit,
            flags=flags,
            sealed=self.case.sealed or changes.seal,
            version=self.case.version + 1,
        )
        assert changes.words, "the timeline says what happened"
        self.words.append(changes.words)

    def _put(self, case: Handled, record: Record, numbered: str) -> tuple[Handled, int]:
        if isinstance(record, Petition):
            return replace(case, petition=record), 0
        name = LISTS[type(record)]
        records = list(getattr(case, name))
        if record.record_id:  # type: ignore[union-attr]
            place = [each.record_id for each in records].index(record.record_id)  # type: ignore[union-attr]
            records[place] = record
        else:
            more = {"number": f"清转〔2025〕{next(self._numbers):04d}号"} if numbered else {}
            record = replace(record, record_id=next(self._ids), **more)  # type: ignore[call-arg,type-var]
            records.append(record)
        return replace(case, **{name: tuple(records)}), record.record_id  # type: ignore[arg-type,union-attr]

    def _start(self, start: Start, subject: int) -> None:
        rule = self.reference.clock(start.rule)
        assert rule is not None, start.rule
        due = (
            clocks.ending(rule, start.day, start.until, self.calendar)
            if start.until
            else clocks.due(rule, start.day, self.calendar)
        )
        running = Running(start.rule, start.day, due.natural_end, due.shifted_end, subject)
        self.case = replace(self.case, running=(*self.case.running, running))

    def _stop(self, rule: str, subject: int, day: date, how: str) -> None:
        gone = [
            each
            for each in self.case.running
            if each.rule == rule and (not subject or each.subject == subject)
        ]
        self.ended += [(each.rule, how, day) for each in gone]
        self.case = replace(self.case, running=tuple(each for each in self.case.running if each not in gone))
