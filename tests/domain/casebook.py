"""A mediation case kept in memory: takes forms by the rules and applies what they change, as the store would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import count

from qingyuan_desk.domain.flows import FLOWS
from qingyuan_desk.domain.mediation import acts
from qingyuan_desk.domain.mediation.case import (
    Agreement,
    Appointment,
    Attachment,
    Case,
    CaseNote,
    CaseParty,
    Confirmation,
    Contact,
    Correction,
    FollowUp,
    Instalment,
    Mediation,
    Prevention,
    Record,
    Session,
)
from qingyuan_desk.domain.mediation.forms import Form, Simple
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.roster.mediators import Mediator

LISTS: Mapping[type, str] = {
    CaseParty: "parties",
    Appointment: "appointments",
    Session: "sessions",
    CaseNote: "notes",
    Contact: "contacts",
    Attachment: "attachments",
    Agreement: "agreements",
    Instalment: "instalments",
    FollowUp: "follow_ups",
    Confirmation: "confirmations",
    Prevention: "preventions",
    Correction: "corrections",
}


def at(text: str) -> datetime:
    """A moment in Asia/Shanghai: "2024-09-20 09:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def mediator(code: str = "M04", name: str = "刘样例", **more: object) -> Mediator:
    return Mediator(code=code, name=name, term_start="2023-01-01", **more)  # type: ignore[arg-type]


def new_case(**more: object) -> Case:
    facts: dict[str, object] = dict(
        matter_id=7,
        number="清事〔2024〕0512号",
        title="宅基地滴水纠纷",
        node="consent",
        state="open",
        dispute_type="03",
        township="130608101000",
        village="130608101200",
        room="elders",
        opened_on=date(2024, 9, 18),
        version=1,
        narrative="邻居盖房，滴水流到我家院里。",
        parties=(
            CaseParty(7, "applicant", "王测试", township="130608101000", village="130608101200"),
            CaseParty(7, "respondent", "赵测试", township="130608101000"),
        ),
    )
    return Case(**{**facts, **more})  # type: ignore[arg-type]


class Casebook:
    """`take` refuses like the service does, with the problems as an AssertionError would hide them: see Refusal."""

    def __init__(self, case: Case | None = None, now: str = "2024-09-20 09:00") -> None:
        self.case = case or new_case()
        self.now = at(now)
        self.mediators = {each.code: each for each in (mediator(), mediator("M05", "孙样例"))}
        self.conflicts: dict[str, tuple[str, ...]] = {}
        self.confirm_until: date | None = None
        self.clocks: dict[str, str] = {}
        self.told: list[str] = []
        self._ids = count(1)

    @property
    def context(self) -> acts.Context:
        return acts.Context(self.now, "mediator", self.mediators, self.conflicts, self.confirm_until)

    def problems(self, form: Form) -> tuple[Problem, ...]:
        return acts.problems(self.case, form, self.context)

    def refused(self, form: Form) -> str:
        """The sentences that stand in the way, with their articles; "" when it may be done."""
        stops = [each for each in self.problems(form) if each.level is not Level.WARN]
        return "\n".join(f"{each.sentence}{each.article}" for each in stops)

    def warned(self, form: Form) -> str:
        return "\n".join(each.sentence for each in self.problems(form) if each.level is Level.WARN)

    def take(self, *forms: Form) -> Casebook:
        for form in forms:
            for each in self._steps(form):
                why_not = self.refused(each)
                assert not why_not, f"{each.step}: {why_not}"
                self._apply(acts.changes(self.case, each, self.context))
        return self

    def _steps(self, form: Form) -> Iterator[Form]:
        if not isinstance(form, Simple):
            yield form
            return
        assert not self.refused(form), self.refused(form)
        while (following := acts.next_simple(self.case, form)) is not None:
            yield following

    def _apply(self, changes: acts.Changes) -> None:
        agreement = 0
        for record in changes.put:
            if isinstance(record, Instalment) and not record.agreement:
                record = replace(record, agreement=agreement)
            kept = self._put(record)
            if isinstance(kept, Agreement):
                agreement = kept.record_id
        if changes.numbered:
            assert self.case.mediation is not None
            assert not self.case.mediation.number and self.case.mediation.accepted_on
            numbered = replace(self.case.mediation, number="（2024）清综人调字第0001号")
            self.case = replace(self.case, mediation=numbered)
        if changes.node:
            closed = any(node.closed for node in FLOWS["mediation"].nodes if node.code == changes.node)
            self.case = replace(self.case, node=changes.node, state="closed" if closed else "open")
        self.clocks |= {rule: "running" for rule, _ in changes.start}
        self.clocks |= {rule: "met" for rule, _ in changes.meet if self.clocks.get(rule) == "running"}
        self.clocks |= {rule: "cancelled" for rule in changes.cancel if self.clocks.get(rule) == "running"}
        self.clocks |= {rule: "paused" for rule, _ in changes.pause if self.clocks.get(rule) == "running"}
        self.clocks |= {rule: "running" for rule, _ in changes.go_on if self.clocks.get(rule) == "paused"}
        self.told.append(changes.words)

    def _put(self, record: Record) -> Record:
        if isinstance(record, Mediation):
            parties = () if self.case.mediation is None else self.case.parties
            self.case = replace(self.case, mediation=record, parties=parties)
            return record
        name = LISTS[type(record)]
        records: tuple[Record, ...] = getattr(self.case, name)
        if record.record_id:
            changed = tuple(record if each.record_id == record.record_id else each for each in records)  # type: ignore[union-attr]
        else:
            record = replace(record, record_id=next(self._ids))
            changed = (*records, record)
        self.case = replace(self.case, **{name: changed})
        return record
