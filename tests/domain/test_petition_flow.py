"""A petition from the window to its end, by 《信访工作条例》: what may be done when, until when, and what stands in the way."""

from __future__ import annotations

from datetime import date

import pytest

from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.forms import (
    Accept,
    Answer,
    AskReview,
    Classify,
    Close,
    Decide,
    Discipline,
    Extend,
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
    Return,
    Review,
    Support,
    Switch,
    Tell,
    Withdraw,
)
from qingyuan_desk.domain.visit import Opponent
from tests.domain.handlingbook import Book, new_matter
from tests.domain.office_tables import reference

APPEAL = Classify(kind="appeal", purpose="settle")
ANSWER = Answer(
    "区自然资源和规划局", "清自然资信〔2025〕3号", "upheld", "补偿款十日内发到户", "《土地管理法》第四十八条"
)


def book(**more: object) -> Book:
    kind = next(each.code for each in reference().duties if each.leading_unit == "natural_resources")
    return Book(reference(), new_matter(**{"matter_kind": kind, **more}))


def forwarded(**more: object) -> Book:
    return book(**more).take(APPEAL, Forward(unit="natural_resources"))


def received(**more: object) -> Book:
    return forwarded(**more).take(Receive(receiver="李样例"))


def accepted(way: str = "opinion", **more: object) -> Book:
    return received(**more).take(Accept(way=way, told_on=date(2025, 3, 3)))


def answered(day: str = "2025-04-01") -> Book:
    on = date.fromisoformat(day)
    return accepted().on(day).take(Answer(**{**vars(ANSWER), "signed_on": on, "served_on": on}))


def reviewed(outcome: str = "kept") -> Book:
    done = answered().on("2025-04-10").take(AskReview("清苑区人民政府", reason="不服处理意见"))
    return done.on("2025-05-08").take(
        Review("清政信复查〔2025〕1号", outcome, "维持", served_on=date(2025, 5, 8))
    )


def rechecking() -> Book:
    return reviewed().on("2025-06-01").take(AskReview("保定市人民政府", reason="仍不服"))


# --- the whole way -----------------------------------------------------------------------------------------------


def test_from_the_window_to_the_recheck_every_clock_ends() -> None:
    petition = (
        rechecking()
        .on("2025-06-25")
        .take(Review("保政信复核〔2025〕9号", "kept", "维持", served_on=date(2025, 6, 25)))
    )
    assert (petition.case.node, petition.case.state) == ("rechecked", "closed")
    assert [each.level for each in petition.case.opinions] == [1, 2, 3]
    assert petition.case.running == ()
    assert {how for _, how, _ in petition.ended if _ != "petition_objection"} >= {"met"}


@pytest.mark.parametrize(
    ("at", "rule", "last"),
    [
        (lambda: book(), "petition_register", "2025-03-18"),
        (lambda: book(), "petition_notify", "2025-03-18"),
        (lambda: received(), "petition_objection", "2025-03-10"),
        (lambda: received(), "petition_notify_forwarded", "2025-03-18"),
        # The vectors of the regulation's own arithmetic: 3 March and sixty days is 2 May, ninety is 1 June.
        (lambda: accepted(), "petition_finish", "2025-05-02"),
        (
            lambda: accepted().on("2025-04-20").take(Extend(30, "要评估", "张样例")),
            "petition_extension",
            "2025-06-01",
        ),
        (lambda: answered(), "petition_review_request", "2025-05-01"),
        (lambda: reviewed(), "petition_recheck_request", "2025-06-07"),
        (lambda: rechecking(), "petition_recheck_answer", "2025-07-01"),
    ],
)
def test_each_clock_of_the_regulation(at, rule: str, last: str) -> None:  # type: ignore[no-untyped-def]
    assert at().due(rule) == date.fromisoformat(last)


# --- classified --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (Classify(), "请选择信访类别"),
        (Classify("appeal", "suggest"), "属于“建议意见”类"),
        (Classify("suggestion", "settle"), "属于“申诉求决”类"),
        (Classify("appeal", "other", first_national="yes", first_office="no"), "全国初次的"),
        (Classify("appeal", "settle", first_office="yes", first_channel="no"), "本登记机构初次的"),
        (Classify("appeal", "settle", channel="pigeon"), "信访形式没有"),
        (Classify("appeal", "settle", query_told_on=date(2025, 3, 2)), "不能早于登记日期"),
    ],
)
def test_what_classifying_refuses(form: Classify, said: str) -> None:
    assert said in book().refused(form)


@pytest.mark.parametrize("kind", codes.KINDS)
def test_every_purpose_fits_its_kind(kind: str) -> None:
    fitting = [purpose for purpose in codes.PURPOSES if not book().refused(Classify(kind, purpose))]
    assert fitting == [code for code in codes.PURPOSES if codes.KIND_OF.get(code, kind) == kind]


def test_nothing_is_sent_before_it_is_classified() -> None:
    assert "请先认定" in book().refused(Forward(unit="natural_resources"))


# --- sent, signed for, objected to ----------------------------------------------------------------------------------


def test_a_forwarded_petition_met_its_fifteen_days() -> None:
    sent = forwarded()
    assert sent.ended_as("petition_register") == "met"
    assert sent.case.unit == "natural_resources"
    assert sent.case.sendings[0].number == "清转〔2025〕0001号"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (Forward(), "请选择主办单位"),
        (Forward(unit="nobody"), "单位表里没有"),
        (Forward(unit="natural_resources", co_units=("natural_resources",)), "一类事务由一个机构负责"),
        (Forward("assign", "natural_resources", requirement="查清"), "要写明指定办理期限"),
        (Forward("assign", "natural_resources", limit_on=date(2025, 4, 1)), "请填写办理要求"),
        (Forward(unit="natural_resources", limit_on=date(2025, 3, 1)), "要晚于"),
        (Forward(unit="education"), "职责清单没有把这类事项列给区教育局"),
        (Forward(unit="education", reason="校舍占地"), "要有批准人"),
        (Forward(unit="natural_resources", on=date(2025, 3, 4)), "不能晚于今天"),
    ],
)
def test_what_forwarding_refuses(form: Forward, said: str) -> None:
    assert said in book().take(APPEAL).refused(form)


def test_an_unlisted_unit_is_let_pass_with_a_reason_and_an_approval() -> None:
    sent = book().take(APPEAL, Forward(unit="education", reason="校舍占地", approved_by="张样例"))
    assert not sent.case.sendings[0].listed
    assert "清单外交办：校舍占地（批准人 张样例）" in sent.words[-1]


def test_an_assignment_has_its_own_day() -> None:
    sent = book().take(
        APPEAL, Forward("assign", "natural_resources", limit_on=date(2025, 4, 1), requirement="查清")
    )
    assert sent.due("petition_assigned") == date(2025, 4, 1)
    sent.take(Receive(receiver="李样例"), Accept()).on("2025-03-25").take(Reply(reply="已经核查"))
    assert sent.ended_as("petition_assigned") == "met"
    assert sent.case.node == "handling"


def test_an_objection_that_is_agreed_to_brings_the_matter_back_to_be_sent_anew() -> None:
    back = received().on("2025-03-07").take(Objection(reason="补偿由乡镇发放"))
    assert back.case.node == "objected"
    back.on("2025-03-10").take(Decide(agreed="yes", by="王样例"))
    assert (back.case.node, back.case.sendings[0].state) == ("to_forward", "returned")
    assert back.due("petition_reforward") == date(2025, 3, 17)
    assert back.ended_as("petition_notify_forwarded") == "cancelled"
    back.take(Forward(unit="t_ranzhuang", reason="乡镇发放", approved_by="张样例"))
    assert back.ended_as("petition_reforward") == "met"


def test_an_objection_that_is_not_agreed_to_leaves_it_with_the_unit() -> None:
    kept = received().on("2025-03-07").take(Objection(reason="不归我们"))
    assert "请填写不同意的理由" in kept.refused(Decide(agreed="no", by="王样例"))
    kept.take(Decide(agreed="no", by="王样例", note="征地由该局主管"))
    assert kept.case.node == "received"
    assert kept.due("petition_notify_forwarded") == date(2025, 3, 18)


@pytest.mark.parametrize(("day", "late"), [("2025-03-10", False), ("2025-03-11", True)])
def test_five_working_days_to_object(day: str, late: bool) -> None:
    assert bool(received().on(day).warned(Objection(reason="不归我们"))) is late


def test_reassigned_the_new_unit_has_clocks_of_its_own() -> None:
    moved = (
        received()
        .on("2025-03-05")
        .take(Reassign("agriculture", why="属于土地承包", reason="属于土地承包", approved_by="张样例"))
    )
    assert [each.state for each in moved.case.sendings] == ["recalled", "sent"]
    assert moved.due("petition_objection") is None
    moved.take(Receive(receiver="赵样例"))
    assert moved.due("petition_objection") == date(2025, 3, 12)
    assert "现在就由" in moved.refused(Reassign("agriculture", why="再来一次"))


def test_once_accepted_it_is_neither_returned_nor_reassigned() -> None:
    done = accepted()
    assert "已经受理" in done.refused(Return(reason="不归我们"))
    assert "现在不能改派" in done.refused(Reassign("agriculture", why="换"))


# --- accepted, or not --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", codes.WAYS)
def test_only_the_sixth_way_has_sixty_days(way: str) -> None:
    assert (accepted(way).due("petition_finish") is not None) is (way == "opinion")


def test_the_petition_office_does_not_decide_itself() -> None:
    assert "由有权处理的机关、单位受理" in book().take(APPEAL).warned(Accept(unit="petition_office"))
    assert "由有权处理" not in received().warned(Accept())


def test_a_suggestion_has_no_sixty_days() -> None:
    suggestion = book().take(
        Classify("suggestion", "suggest"),
        Forward(unit="natural_resources"),
        Receive(receiver="李样例"),
        Accept(),
    )
    assert suggestion.due("petition_finish") is None
    suggestion.on("2025-04-01").take(ANSWER, Close("substantial", "采纳并回复"))
    assert suggestion.case.running == ()


def test_told_later_the_duty_to_tell_runs_until_then() -> None:
    quiet = received().take(Accept())
    assert quiet.due("petition_notify_forwarded") == date(2025, 3, 18)
    quiet.on("2025-03-12").take(Tell("acceptance", how="mail"))
    assert quiet.ended_as("petition_notify_forwarded") == "met"


@pytest.mark.parametrize("ground", [code for code in codes.REFUSALS if not code.startswith("late")])
def test_each_ground_of_refusal_says_what_its_notice_must_name(ground: str) -> None:
    needs = codes.REFUSALS[ground].needs
    petition = received()
    assert petition.refused(Refuse(ground)) != ""
    named = {"unit": {"organ": "区人民法院"}, "path": {"paths": ("court",)}}[needs]
    petition.take(Refuse(ground, **named))  # type: ignore[arg-type]
    assert (petition.case.node, petition.case.state) == ("not_accepted", "closed")
    assert petition.case.running == ()
    assert petition.case.notices[-1].kind == "refusal"


@pytest.mark.parametrize(
    ("made", "ground", "last"),
    [(answered, "late_review", "2025-05-06"), (reviewed, "late_recheck", "2025-06-09")],
)
def test_a_request_is_late_only_when_its_thirty_days_are_over(made, ground: str, last: str) -> None:  # type: ignore[no-untyped-def]
    """The thirty days end on a holiday or a weekend both times: they move on in the petitioner's favour."""
    assert "没有逾期，应当受理" in made().on(last).refused(Refuse(ground, number="1号"))
    after = date.fromisoformat(last).toordinal() + 1
    late = made().on(date.fromordinal(after).isoformat())
    assert "已满" in late.refused(AskReview("上一级机关", reason="不服"))
    late.take(Refuse(ground, number="1号"))
    assert late.case.node == "not_accepted"


def test_answered_petitions_are_refused_for_lateness_only() -> None:
    assert "只有逾期请求" in answered().refused(Refuse("judicial", paths=("court",)))


def test_rechecked_with_the_same_facts_it_is_taken_up_no_more() -> None:
    over = rechecking().on("2025-06-25").take(Review("保政信复核〔2025〕9号", "kept", "维持"))
    assert "请核对" in over.refused(NoMore("保政信复核〔2025〕1号", "保定市人民政府"))
    over.on("2025-09-01").step("no_more")
    assert over.case.node == "no_more"
    assert over.case.classified.ground == "no_more"


def test_a_lawsuit_is_separated_and_not_counted_as_accepted() -> None:
    guided = book().take(APPEAL, Guide("court", "申请再审"))
    assert (guided.case.node, guided.case.classified.accepted_on) == ("guided", None)
    assert guided.case.running == ()


def test_a_dispute_between_neighbours_is_no_lawsuit() -> None:
    neighbour = book(opponents=(Opponent("赵测试"),))
    assert "先按民间纠纷调解" in neighbour.warned(Guide("court", "起诉"))


# --- extended, answered, reviewed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (Extend(31, "要评估", "张样例"), "不得超过 30 日"),
        (Extend(0, "要评估", "张样例"), "请填 1 到 30"),
        (Extend(10, "", "张样例"), "请填写延期理由"),
        (Extend(10, "要评估", ""), "请填写批准人"),
    ],
)
def test_what_an_extension_needs(form: Extend, said: str) -> None:
    assert said in accepted().on("2025-04-20").refused(form)


def test_an_extension_comes_before_the_end_and_thirty_days_are_all() -> None:
    # 2 May 2025 is a holiday until the 5th: the last day to approve is the 6th.
    assert not accepted().on("2025-05-06").refused(Extend(10, "要评估", "张样例"))
    assert "不能再批准延期" in accepted().on("2025-05-07").refused(Extend(10, "要评估", "张样例"))
    twice = accepted().on("2025-04-20").take(Extend(10, "要评估", "张样例"))
    assert twice.due("petition_extension") == date(2025, 5, 12)
    assert "请填 1 到 20" in twice.refused(Extend(21, "还要", "张样例"))
    twice.take(Extend(20, "还要评估", "张样例"))
    assert twice.due("petition_extension") == date(2025, 6, 1)
    assert "不能再延长" in twice.refused(Extend(1, "还要", "张样例"))


def test_other_ways_have_nothing_to_extend() -> None:
    assert "不用延期" in accepted("administrative").refused(Extend(10, "要评估", "张样例"))


def test_the_thirty_days_begin_when_the_opinion_is_served() -> None:
    unserved = accepted().on("2025-04-01").take(ANSWER)
    assert "还没有送达" in unserved.refused(AskReview("清苑区人民政府", reason="不服"))
    unserved.on("2025-04-05").take(Tell("opinion", how="mail", receiver="王测试"))
    assert unserved.due("petition_review_request") == date(2025, 5, 5)
    assert unserved.case.opinions[0].served_on == date(2025, 4, 5)


def test_closed_is_not_the_petitioners_last_word() -> None:
    done = answered().on("2025-04-10").take(Close("substantial", "补偿款已经发放"))
    assert done.due("petition_review_request") == date(2025, 5, 1)
    done.on("2025-04-28").take(AskReview("清苑区人民政府", reason="数额不对"))
    assert (done.case.node, done.case.state, done.case.ending) == ("reviewing", "open", None)


def test_a_late_opinion_is_kept_as_late() -> None:
    assert "已经超过" in accepted().on("2025-05-07").warned(ANSWER)


def test_the_organ_does_not_review_itself() -> None:
    assert "上一级机关" in answered().refused(AskReview("区自然资源和规划局", reason="不服"))


def test_a_revoked_opinion_is_handled_anew_with_sixty_days() -> None:
    again = reviewed("revoked")
    assert again.case.node == "handling"
    assert again.due("petition_finish") == date(2025, 7, 7)
    assert again.due("petition_recheck_request") is None
    again.on("2025-06-01").take(Answer(**{**vars(ANSWER), "number": "重1号", "served_on": date(2025, 6, 1)}))
    assert again.case.node == "answered"
    assert again.case.opinion is not None and again.case.opinion.number == "重1号"


def test_a_hearing_does_not_count() -> None:
    heard = rechecking()
    heard.on("2025-06-10").take(Hearing(12))
    assert heard.due("petition_recheck_answer") == date(2025, 7, 13)


# --- 检举控告 ------------------------------------------------------------------------------------------------------------


def accusation(*accused: str) -> Book:
    return book(
        sealed=True,
        flags=frozenset({"accusation"}),
        opponents=tuple(Opponent(each, "organ") for each in accused),
    )


def test_an_accusation_goes_to_discipline_inspection_and_nowhere_else() -> None:
    sealed = accusation("区教育局")
    assert sealed.open == {"classify", "discipline"}
    assert "只能移送纪检监察机关" in sealed.refused(Forward(unit="education"))
    assert "只能移送纪检监察机关" in sealed.refused(Discipline("education"))
    sealed.take(Discipline("discipline"))
    assert (sealed.case.node, sealed.case.running) == ("disciplined", ())


def test_an_accusation_never_goes_to_the_accused() -> None:
    assert "不得转给它" in accusation("区纪委监委").refused(Discipline("discipline"))


def test_found_out_later_the_matter_becomes_sealed() -> None:
    found = book()
    assert "成为密件" in found.warned(Classify("accusation", "accuse"))
    found.take(Classify("accusation", "accuse"))
    assert found.case.sealed
    assert "accusation" in found.case.flags


# --- the end --------------------------------------------------------------------------------------------------------------


def test_a_procedural_closing_is_looked_at_again() -> None:
    closing = answered()
    assert "要写明复查日期" in closing.refused(Close("procedural", "信访人失联"))
    closing.take(Close("procedural", "信访人失联", recheck_on=date(2025, 7, 1)))
    assert closing.due("ending_recheck") == date(2025, 7, 1)
    closing.on("2025-07-01").take(Recheck(open_again=True, result="信访人回来了"))
    assert (closing.case.node, closing.case.state) == ("handling", "open")
    assert closing.case.ending is None


def test_closed_for_good_there_is_nothing_to_recheck() -> None:
    done = answered().take(Close("substantial", "补偿款已经发放"))
    assert "不用复查" in done.refused(Recheck(result="无"))


@pytest.mark.parametrize("made", [book, forwarded, received, accepted, answered])
def test_withdrawn_anywhere_no_clock_runs_on(made) -> None:  # type: ignore[no-untyped-def]
    gone = made().take(Withdraw("已经和解"))
    assert (gone.case.node, gone.case.running) == ("withdrawn", ())


# --- into another flow ------------------------------------------------------------------------------------------------------


def test_a_petition_goes_to_mediation_and_its_sixty_days_run_on() -> None:
    switched = (
        accepted()
        .on("2025-03-20")
        .take(Switch("civil_dispute", "mediation", dispute_type="08", reason="双方同意调解"))
    )
    assert (switched.case.flow, switched.case.node) == ("mediation", "consent")
    assert switched.due("petition_finish") == date(2025, 5, 2)
    switched.take(Switch("petition_matter", "petition", reason="不同意调解"))
    assert (switched.case.node, switched.due("petition_finish")) == ("handling", date(2025, 5, 2))


def test_a_failed_mediation_becomes_a_petition_with_fifteen_days() -> None:
    failed = Book(
        reference(), new_matter("mediation", node="ended", state="closed", dispute_type="03"), "2025-04-01"
    )
    failed.take(Switch("petition_matter", "petition", reason="对方拒绝调解"))
    assert (failed.case.node, failed.case.state) == ("to_forward", "open")
    assert failed.due("petition_register") == date(2025, 4, 16)


@pytest.mark.parametrize("node", ["mediating", "performing", "closed"])
def test_while_there_is_mediation_or_an_agreement_it_stays(node: str) -> None:
    running = Book(reference(), new_matter("mediation", node=node))
    assert "调解不成、撤回以后" in running.refused(Switch("petition_matter", "petition", reason="换"))


# --- handed over, supported ---------------------------------------------------------------------------------------------------


def test_a_matter_of_daily_life_is_handed_to_one_unit_and_answered() -> None:
    kind = next(each for each in reference().duties if each.category == "livelihood" and each.limit_days)
    handed = Book(reference(), new_matter("handover", matter_kind=kind.code))
    handed.step("hand_over")
    assert handed.case.sendings[0].limit_on is not None
    handed.take(Receive(receiver="李样例"))
    assert handed.due("handover_reply") == handed.case.sendings[0].limit_on
    handed.on("2025-03-10").take(Reply(reply="已经发放"), Close("substantial", "低保金已经发放"))
    assert (handed.case.state, handed.ended_as("handover_reply")) == ("closed", "met")
    assert [each.rule for each in handed.case.running] == []


def test_a_handed_matter_comes_back_and_goes_to_another_unit() -> None:
    handed = Book(reference(), new_matter("handover"))
    handed.take(HandOver("housing", reason="供暖", approved_by="张样例"), Receive(receiver="李样例"))
    handed.take(Return(reason="属于供热公司"))
    assert handed.case.node == "to_hand_over"
    handed.take(HandOver("urban_management", reason="市政", approved_by="张样例"))
    assert [each.state for each in handed.case.sendings] == ["returned", "sent"]


def test_two_calls_for_support_are_answered_each_by_itself() -> None:
    calls = Book(reference(), new_matter("mediation"))
    calls.take(
        Support("t_ranzhuang", "agriculture", "确认承包面积"), Support("t_ranzhuang", "water", "查看水渠")
    )
    assert "还没有响应" in calls.refused(Support("t_ranzhuang", "water", "再查"))
    assert "要是乡镇人民政府" in calls.refused(Support("water", "agriculture", "帮忙"))
    first, second = calls.case.sendings
    assert calls.case.clock("support_response", second.record_id) is not None
    calls.on("2025-03-05").take(Reply(second.record_id, reply="已经查看"))
    assert calls.case.clock("support_response", second.record_id) is None
    assert calls.case.clock("support_response", first.record_id) is not None
    assert calls.case.node == "consent"
