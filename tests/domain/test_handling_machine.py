"""Any lawful way through a petition, a hand-over, or a consultation: what must hold whatever was done, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from qingyuan_desk.domain import flows
from qingyuan_desk.domain.clocks import RIGHTS
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.case import WITH_UNIT
from qingyuan_desk.domain.handling.forms import (
    Accept,
    Answer,
    AskReview,
    Classify,
    Close,
    Decide,
    Discipline,
    Extend,
    Flag,
    Form,
    Forward,
    Guide,
    HandOver,
    Hearing,
    NoMore,
    Objection,
    Reassign,
    Receive,
    Recheck,
    Refuse,
    Reply,
    Report,
    Return,
    Review,
    Support,
    Switch,
    Tell,
    Withdraw,
)
from tests.domain.handlingbook import Book, new_matter
from tests.domain.office_tables import reference

_UNITS = st.sampled_from(["natural_resources", "agriculture", "t_ranzhuang", "civil_affairs"])
_SAID = {"reason": "属实", "approved_by": "张样例"}

#: Step → a form that may be filled in, given the day; it may still be refused.
FORMS: dict[str, Callable[[st.DataObject, date], Form]] = {
    "classify": lambda draw, day: Classify(
        draw.draw(st.sampled_from(["appeal", "appeal", "suggestion", "accusation"])), "other"
    ),
    "forward": lambda draw, day: Forward(
        draw.draw(st.sampled_from(["forward", "assign"])),
        draw.draw(_UNITS),
        limit_on=day + timedelta(days=20),
        requirement="查清",
        **_SAID,
    ),
    "hand_over": lambda draw, day: HandOver(draw.draw(_UNITS), **_SAID),
    "discipline": lambda draw, day: Discipline("discipline"),
    "receive": lambda draw, day: Receive(receiver="李样例"),
    "object": lambda draw, day: Objection(reason="不归我们"),
    "decide": lambda draw, day: Decide(
        agreed=draw.draw(st.sampled_from(["yes", "no"])), by="王样例", note="核实"
    ),
    "return": lambda draw, day: Return(reason="退", recalled=draw.draw(st.booleans())),
    "reassign": lambda draw, day: Reassign(draw.draw(_UNITS), why="换", **_SAID),
    "accept": lambda draw, day: Accept(way=draw.draw(st.sampled_from(list(codes.WAYS))), told_on=day),
    "refuse": lambda draw, day: Refuse(
        draw.draw(st.sampled_from(list(codes.REFUSALS))), organ="区人民法院", number="1号", paths=("court",)
    ),
    "no_more": lambda draw, day: NoMore("复核1号", "保定市人民政府", "帮扶"),
    "guide": lambda draw, day: Guide("court", "申请再审"),
    "extend": lambda draw, day: Extend(draw.draw(st.integers(1, 30)), "复杂", "张样例"),
    "answer": lambda draw, day: Answer(
        "区农业农村局", "1号", "explained", "说明", "条例", served_on=draw.draw(st.sampled_from([None, day]))
    ),
    "ask_review": lambda draw, day: AskReview("上一级机关", reason="不服"),
    "review": lambda draw, day: Review(
        "复1号",
        draw.draw(st.sampled_from(list(codes.REVIEWS))),
        "意见",
        served_on=draw.draw(st.sampled_from([None, day])),
    ),
    "hearing": lambda draw, day: Hearing(draw.draw(st.integers(1, 30))),
    "reply": lambda draw, day: Reply(reply="已办"),
    "tell": lambda draw, day: Tell(draw.draw(st.sampled_from(list(codes.NOTICES)))),
    "close": lambda draw, day: Close(
        draw.draw(st.sampled_from(list(codes.CLOSINGS))), "办结", recheck_on=day + timedelta(days=60)
    ),
    "recheck": lambda draw, day: Recheck(draw.draw(st.booleans()), result="复查"),
    "withdraw": lambda draw, day: Withdraw("和解"),
    "switch": lambda draw, day: Switch(
        "civil_dispute", draw.draw(st.sampled_from(list(flows.FLOWS))), dispute_type="03", reason="改道"
    ),
    "report": lambda draw, day: Report("urgent", "区委区政府", taken_by="赵样例", text="聚集"),
    "flag": lambda draw, day: Flag(draw.draw(st.sampled_from(list(codes.WATCHES))), "原话"),
    "support": lambda draw, day: Support(
        "t_ranzhuang", draw.draw(st.sampled_from(["water", "housing"])), "帮助"
    ),
}

#: Clocks that may run on when a matter is closed: the petitioner's own rights, and what has nothing to do with the flow.
_AFTER = {"ending_recheck", "watch_confirm", *RIGHTS}


class Ways(RuleBasedStateMachine):
    """A clerk who does whatever is open."""

    @initialize(
        flow=st.sampled_from(["petition", "handover", "consultation"]),
        opened=st.sampled_from(["2025-09-17", "2026-02-10", "2028-02-14", "2026-12-21"]),
    )
    def begin(self, flow: str, opened: str) -> None:
        self.book = Book(reference(), new_matter(flow, opened))

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.book.now += timedelta(days=days)

    @precondition(lambda self: self.book.open & FORMS.keys())
    @rule(draw=st.data())
    def act(self, draw: st.DataObject) -> None:
        step = draw.draw(st.sampled_from(sorted(self.book.open & FORMS.keys())))
        form = FORMS[step](draw, self.book.now.date())
        if not self.book.refused(form):
            before = self.book.case
            self.book.take(form)
            assert self.book.case.number == before.number, "the number stays"

    @invariant()
    def one_leading_unit(self) -> None:
        main = [
            each for each in self.book.case.sendings if each.mode != "support" and each.state in WITH_UNIT
        ]
        assert len(main) <= 1

    @invariant()
    def the_node_is_one_of_its_flow(self) -> None:
        case = self.book.case
        assert case.node in {node.code for node in flows.FLOWS[case.flow].nodes}
        assert (case.state == "closed") == flows.is_closed(case.flow, case.node)

    @invariant()
    def over_means_nothing_is_due(self) -> None:
        case = self.book.case
        if case.state == "closed":
            assert {each.rule for each in case.running} <= _AFTER
            assert not any(each.state in ("sent", "received", "objected") for each in case.sendings)

    @invariant()
    def ninety_days_at_most(self) -> None:
        petition = self.book.case.petition
        if petition and petition.finish_on and petition.accepted_on and len(self.book.case.opinions) == 0:
            assert petition.finish_on <= petition.accepted_on + timedelta(days=90)
        assert sum(each.days for each in self.book.case.extensions) <= 30

    @invariant()
    def a_clock_runs_once(self) -> None:
        running = [(each.rule, each.subject) for each in self.book.case.running]
        assert len(running) == len(set(running))

    @invariant()
    def an_accusation_is_shown_to_nobody(self) -> None:
        case = self.book.case
        if case.sealed:
            sealed_at = next(
                (place for place, words in enumerate(self.book.words) if "转为密件" in words),
                len(self.book.words),
            )
            sent_after = [words for words in self.book.words[sealed_at + 1 :] if "主办" in words]
            assert sent_after == []

    @invariant()
    def every_open_step_can_begin(self) -> None:
        for step in self.book.open:
            form = self.book.begin(step)
            assert form.step == step
            self.book.problems(replace(form))

    @invariant()
    def a_petition_that_waits_has_a_clock(self) -> None:
        """Nobody can forget an open petition: until it is answered there is always something due."""
        case = self.book.case
        if case.flow == "petition" and case.node in ("to_forward", "reviewing", "rechecking"):
            duties = {each.rule for each in case.running} - {"watch_confirm"}
            assert duties, case.node


Ways.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, phases=(Phase.generate, Phase.shrink)
)
TestWays = Ways.TestCase
