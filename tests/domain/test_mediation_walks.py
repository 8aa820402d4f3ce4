"""Any way through a mediation: forms filled in at random, kept when the rules allow them; what must hold holds throughout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from qingyuan_desk.domain.mediation import acts
from qingyuan_desk.domain.mediation.case import Case, CaseParty, Record
from qingyuan_desk.domain.mediation.codes import GROUNDS
from qingyuan_desk.domain.mediation.forms import (
    Assign,
    Cancel,
    Close,
    Confirm,
    Consent,
    Decline,
    Draft,
    File,
    FollowUpForm,
    Form,
    Hold,
    Open,
    Oral,
    Part,
    Perform,
    Plan,
    PutParty,
    Reach,
    Resume,
    Sign,
    Simple,
    Suspend,
    Terminate,
    Withdraw,
    WriteNote,
)
from qingyuan_desk.domain.mediation.rules import OPEN, OVER
from tests.domain.casebook import Casebook, at

SECRET = "底线两千"
#: Steps that record something and lead nowhere.
ASIDE = frozenset({"contact", "note", "prevent", "correct", "describe", "party", "follow_up"})
PAST_CONSENT = frozenset({"assign", "schedule", "mediating", "suspended", "performing", "closed"})

back = st.integers(0, 9).map(lambda days: days if days < 4 else 0)
yes = st.integers(0, 9).map(bool)
coin = st.booleans()


def _ids(records: Iterable[Record]) -> list[int]:
    return [each.record_id for each in records]  # type: ignore[union-attr]


class Walk(RuleBasedStateMachine):
    """`_try` files a form if nothing stands in the way; a refused one must change nothing and say why."""

    def __init__(self) -> None:
        super().__init__()
        self.book = Casebook()
        self.paid = 0

    @property
    def case(self) -> Case:
        return self.book.case

    def _ago(self, days: int) -> date:
        return self.book.context.today - timedelta(days=days)

    def _in(self, days: int) -> date:
        return self.book.context.today + timedelta(days=days)

    def _try(self, form: Form) -> None:
        before, said = self.case, self.book.refused(form)
        if said:
            assert self.case == before and len(said) > 5
        elif isinstance(form, Simple):
            self._simply(form)
        else:
            self.book.take(form)

    def _simply(self, form: Simple) -> None:
        """Its steps are one transaction: one of them refused undoes the others."""
        book, before = self.book, (self.case, dict(self.book.clocks), list(self.book.told))
        while (following := acts.next_simple(self.case, form)) is not None:
            if book.refused(following):
                book.case, book.clocks, book.told = before
                return
            book.take(following)

    @rule(days=st.sampled_from([0, 1, 3, 20]))
    def time_goes_by(self, days: int) -> None:
        self.book.now += timedelta(days=days, hours=1)

    @rule(days=back)
    def open(self, days: int) -> None:
        self._try(Open(applied_on=self._ago(days), claims=("改道",)))

    @rule(
        side=st.sampled_from(["respondent", "third"]),
        name=st.sampled_from("甲乙丙"),
        born=st.sampled_from(["", "2015-01-01"]),
    )
    def add_party(self, side: str, name: str, born: str) -> None:
        if len(self.case.parties) < 4:
            self._try(PutParty(CaseParty(7, side, name, birth_date=born)))

    @rule(place=st.integers(0, 4), agreed=yes, days=back)
    def consent(self, place: int, agreed: bool, days: int) -> None:
        parties = _ids(self.case.parties)
        self._try(Consent(parties[place % len(parties)], agreed, self._ago(days)))

    @rule(days=back)
    def everybody_agrees(self, days: int) -> None:
        for party in _ids(self.case.parties):
            self._try(Consent(party, True, self._ago(days)))

    @rule(place=st.integers(0, 3), reached=coin)
    def reach(self, place: int, reached: bool) -> None:
        parties = _ids(self.case.parties)
        self._try(Reach(parties[place % len(parties)], "phone", reached))

    @rule(who=st.sampled_from([("M04",), ("M05",), ("M04", "M05")]), days=back, conflict=coin, accepted=yes)
    def assign(self, who: tuple[str, ...], days: int, conflict: bool, accepted: bool) -> None:
        self.book.conflicts = {"M05": ("与甲同村",)} if conflict else {}
        self._try(Assign(who, accepted=accepted, reason="更换", on=self._ago(days)))

    @rule(days=st.integers(0, 9), again=coin)
    def plan(self, days: int, again: bool) -> None:
        planned = [each.record_id for each in self.case.sessions if each.state == "planned"]
        session = planned[0] if planned and again else 0
        self._try(Plan(self.book.now + timedelta(days=days, hours=1), session, room="elders"))

    @rule()
    def cancel(self) -> None:
        for each in self.case.sessions:
            self._try(Cancel(each.record_id, "改期"))

    @rule(
        days=back,
        kind=st.sampled_from(["mediation", "investigation"]),
        outcome=st.sampled_from(["adjourned", "agreed", "agreed", "failed"]),
        planned=coin,
    )
    def hold(self, days: int, kind: str, outcome: str, planned: bool) -> None:
        waiting = [each.record_id for each in self.case.sessions if each.state == "planned"]
        self._try(
            Hold(
                self.book.now - timedelta(days=days, minutes=30),
                session=waiting[0] if waiting and planned else 0,
                kind=kind,
                room="elders",
                present=tuple(_ids(self.case.parties)),
                asked="邻居",
                rights_told=True,
                statements="各自陈述",
                outcome=outcome,
                proposal="改道",
            )
        )

    @rule(kind=st.sampled_from(["fact", "offer", "concession", "caucus"]))
    def note(self, kind: str) -> None:
        self._try(WriteNote(kind, SECRET if kind != "fact" else "老房", self.case.parties[0].record_id))

    def _content(self, amounts: list[int], days: int, off: int) -> dict:
        payee, payer = _ids(self.case.parties)[:2]
        parts = tuple(
            Part(self._in(days + place), "搬走杂物", amount, payer, payee)
            for place, amount in enumerate(amounts)
        )
        return {
            "facts": "滴水",
            "disputes": "滴水",
            "terms": ("改道",),
            "amount": sum(amounts) + off,
            "parts": parts,
            "at_once": not parts,
        }

    @rule(
        amounts=st.lists(st.integers(0, 500), max_size=3),
        days=st.integers(-3, 9),
        off=st.sampled_from([0, 0, 0, 1]),
    )
    def draft(self, amounts: list[int], days: int, off: int) -> None:
        self._try(Draft(**self._content(amounts, days, off), reason="情况有变"))

    @rule(signed=back, sealed=back, everybody=yes, stamped=yes)
    def sign(self, signed: int, sealed: int, everybody: bool, stamped: bool) -> None:
        days = self._ago(signed), self._ago(sealed)
        signers = tuple(_ids(self.case.parties)) if everybody else ()
        self._try(Sign(days[0], days[1] if stamped else None, max(days), signers, mediators_signed=True))

    @rule(amounts=st.lists(st.integers(0, 500), max_size=2), days=st.integers(0, 9), ago=back)
    def oral(self, amounts: list[int], days: int, ago: int) -> None:
        self._try(Oral(self._ago(ago), **self._content(amounts, days, 0)))

    @rule(place=st.integers(0, 4), amount=st.sampled_from([0, 1, 200, 500]), whole=coin, days=back)
    def perform(self, place: int, amount: int, whole: bool, days: int) -> None:
        if self.case.instalments:
            part = self.case.instalments[place % len(self.case.instalments)]
            self._try(Perform(part.record_id, self._ago(days), part.amount if whole else amount, "收条"))

    @rule(done=coin, days=back, known=coin)
    def follow_up(self, done: bool, days: int, known: bool) -> None:
        ids = _ids(self.case.follow_ups)
        self._try(
            FollowUpForm(
                ids[-1] if ids and known else 0,
                None if done else self._in(days),
                self._ago(days) if done else None,
                self.case.parties[0].record_id,
                performance="full",
                satisfaction="satisfied",
            )
        )

    @rule(days=back, result=st.sampled_from(["", "confirmed", "rejected", "not_accepted", "withdrawn"]))
    def confirm(self, days: int, result: str) -> None:
        self._try(Confirm(self._ago(days), "清苑区人民法院", result, "（2024）民特1号"))

    @rule(ground=st.sampled_from(sorted(GROUNDS)), days=back)
    def terminate(self, ground: str, days: int) -> None:
        self._try(Terminate(ground, paths=("lawsuit",), on=self._ago(days)))

    @rule(days=back)
    def decline(self, days: int) -> None:
        self._try(Decline("in_court", paths=("lawsuit",), on=self._ago(days)))

    @rule(days=back, back_out=st.sampled_from([True, False, False, False]))
    def withdraw(self, days: int, back_out: bool) -> None:
        if back_out:
            self._try(Withdraw("和好", self._ago(days)))

    @rule(days=back)
    def suspend(self, days: int) -> None:
        self._try(Suspend("等鉴定", self._ago(days)))

    @rule(days=back)
    def resume(self, days: int) -> None:
        self._try(Resume("鉴定出来了", self._ago(days)))

    @rule(closing=st.sampled_from(["substantial", "stage", "procedural"]), days=back)
    def close(self, closing: str, days: int) -> None:
        self._try(Close(closing, "" if closing == "substantial" else "不再履行", self._ago(days)))

    @rule(days=back)
    def file(self, days: int) -> None:
        self._try(File("立卷人", "long", "没有留存", self._ago(days)))

    @rule(days=back, who=st.sampled_from(["M04", "M05"]), later=coin)
    def simple(self, days: int, who: str, later: bool) -> None:
        self._try(
            Simple(
                (who,),
                self.book.now - timedelta(days=days, minutes=10),
                "滴水",
                ("改道",),
                amount=100,
                at_once=not later,
                deadline_on=self._in(5) if later else None,
                accepted=True,
                satisfaction="satisfied",
            )
        )

    # --- what holds throughout ------------------------------------------------------------------------------------

    @invariant()
    def nobody_is_stuck(self) -> None:
        case, ahead = (
            self.case,
            {view.code for view in acts.open_steps(self.case) if not view.hindrance} - ASIDE,
        )
        assert case.node in OVER or (case.node in OPEN and ahead), case.node

    @invariant()
    def a_number_means_accepted(self) -> None:
        mediation = self.case.mediation
        if mediation is not None:
            assert bool(mediation.number) == (mediation.accepted_on is not None)

    @invariant()
    def one_agreement_is_in_force_and_adds_up(self) -> None:
        case = self.case
        in_force = [each for each in case.agreements if each.state == "effective"]
        assert len(in_force) <= 1
        assert bool(in_force) == (case.node in ("performing", "closed"))
        assert sum(each.state == "draft" for each in case.agreements) <= 1
        if in_force and not in_force[0].at_once:
            assert sum(part.amount for part in case.schedule) == in_force[0].amount
            assert all(0 <= part.paid <= part.amount for part in case.schedule)

    @invariant()
    def what_was_paid_stays_paid(self) -> None:
        paid = sum(part.paid for part in self.case.instalments)
        assert paid >= self.paid
        assert paid == self.case.paid_before + sum(part.paid for part in self.case.schedule)
        self.paid = paid

    @invariant()
    def what_is_over_waits_for_nothing(self) -> None:
        case, clocks = self.case, self.book.clocks
        if case.node in OVER or case.node == "performing":
            assert clocks.get("mediation_finish") != "running"
        if case.node in OVER:
            assert case.draft is None
        if case.node in OVER or case.node in ("suspended", "performing"):
            assert all(each.state != "planned" for each in case.sessions)
        if case.node == "suspended":
            assert clocks["mediation_finish"] == "paused"

    @invariant()
    def everybody_agreed(self) -> None:
        if self.case.node in PAST_CONSENT:
            assert {each.consent for each in self.case.parties} == {"agreed"}

    @invariant()
    def days_are_in_order(self) -> None:
        case, mediation, today = self.case, self.case.mediation, self.book.context.today
        if mediation is None:
            return
        accepted = mediation.accepted_on
        chains = [
            (mediation.applied_on, accepted, mediation.ended_on, mediation.filed_on, today),
            (accepted, mediation.closed_on, mediation.filed_on, today),
            *((accepted, each.since, each.until, today) for each in case.appointments),
            *(
                (accepted, each.started_at and each.started_at.date(), mediation.ended_on)
                for each in case.held
            ),
            *((accepted, each.signed_on, each.effective_on, mediation.closed_on) for each in case.agreements),
            *((mediation.applied_on, each.consent_on, mediation.ended_on) for each in case.parties),
            *((each.applied_on, each.decided_on, today) for each in case.confirmations),
            *((accepted, each.done_on, today) for each in case.follow_ups),
        ]
        for chain in chains:
            said = [day for day in chain if day is not None]
            assert said == sorted(said), chain

    @invariant()
    def sealed_notes_are_told_nowhere(self) -> None:
        assert all(SECRET not in words for words in self.book.told)

    @invariant()
    def nothing_is_done_on_a_void_matter(self) -> None:
        assert all(view.hindrance for view in acts.open_steps(replace(self.case, state="void")))


class WalkFromConsent(Walk):
    """Most random walks end early; this one begins where everybody has agreed and somebody mediates."""

    def __init__(self) -> None:
        super().__init__()
        self.book.take(Open(claims=("改道",)))
        self.book.take(*[Consent(party, True) for party in _ids(self.case.parties)], Assign(("M04",)))


class WalkFromAgreement(WalkFromConsent):
    """This one begins with an agreement that is to be performed."""

    def __init__(self) -> None:
        super().__init__()
        self.book.take(
            Hold(
                at("2024-09-20 08:30"),
                room="elders",
                present=tuple(_ids(self.case.parties)),
                rights_told=True,
                statements="各自陈述",
                outcome="agreed",
                proposal="分期付清",
            ),
            Draft(**self._content([100, 200], 5, 0)),
        )
        today = self.book.context.today
        self.book.take(Sign(today, today, today, tuple(_ids(self.case.parties)), mediators_signed=True))


_FEW = settings(max_examples=25, stateful_step_count=40, deadline=None)
TestWalk, TestWalkFromConsent, TestWalkFromAgreement = (
    machine.TestCase for machine in (Walk, WalkFromConsent, WalkFromAgreement)
)
TestWalk.settings = TestWalkFromConsent.settings = TestWalkFromAgreement.settings = _FEW
