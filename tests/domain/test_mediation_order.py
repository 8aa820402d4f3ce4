"""What a mediation must not lose, ask twice, or put out of order; and what is left when it ends or changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qingyuan_desk.domain.mediation.case import CaseParty
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
    Hold,
    Open,
    Oral,
    Part,
    Perform,
    Plan,
    PutParty,
    Resume,
    Sign,
    Simple,
    Suspend,
    Terminate,
    Withdraw,
)
from tests.domain.casebook import Casebook, at, mediator
from tests.domain.test_mediation import (
    TODAY,
    accepted,
    agreed,
    draft,
    ids,
    mediating,
    opened,
    performing,
    session,
    signing,
)

COURT = "清苑区人民法院"
YESTERDAY = TODAY - timedelta(days=1)


# --- days --------------------------------------------------------------------------------------------------------


def test_it_is_accepted_on_the_day_the_last_party_agreed_in_whatever_order_that_was_entered():
    book = opened().take(Consent(1, True, TODAY), Consent(2, True, YESTERDAY))
    assert book.case.mediation.accepted_on == TODAY


LATER_FIRST = [
    (accepted, Assign(("M04",), on=YESTERDAY), "早于受理日期"),
    (
        lambda: accepted().take(Assign(("M04",))),
        Hold(**session(started_at=at("2024-09-19 08:30"))),
        "早于受理日期",
    ),
    (mediating, Terminate("no_agreement", paths=("lawsuit",), on=YESTERDAY), "早于最后一次答复或者调解"),
    (mediating, Withdraw("和好", YESTERDAY), "早于最后一次答复或者调解"),
    (mediating, Suspend("等鉴定", YESTERDAY), "早于最后一次答复或者调解"),
    (agreed, Oral(YESTERDAY, "事实", "争议", ("改道",), at_once=True), "早于达成一致"),
    (
        performing,
        FollowUpForm(done_on=YESTERDAY, party=1, performance="full", satisfaction="satisfied"),
        "早于协议生效",
    ),
    (performing, Confirm(YESTERDAY, COURT), "早于协议生效"),
]


@pytest.mark.parametrize("book, form, said", LATER_FIRST)
def test_nothing_comes_before_what_it_follows(book, form, said: str):
    assert said in book().refused(form)


def test_closing_and_filing_come_after_the_last_payment():
    book = performing()
    book.now = at("2024-10-01 09:00")
    book.take(Perform(book.case.schedule[0].record_id, date(2024, 9, 30), 100_000))
    assert "早于最后一次履行" in book.refused(Close("stage", "分期还长", date(2024, 9, 29)))
    book.take(Close("stage", "分期还长"))
    assert "早于办结" in book.refused(File("立卷人", "long", "没有留存", date(2024, 9, 30)))


def test_an_agreement_on_paper_is_entered_days_later():
    """The paper was signed on the 20th with money due on the 22nd; the clerk types it on the 24th."""
    book = agreed()
    book.now = at("2024-09-24 09:00")
    book.take(draft(amount=100_000, parts=(Part(date(2024, 9, 22), "", 100_000, 2, 1),)), signing())
    assert book.case.agreement.effective_on == TODAY


def test_a_draft_signed_after_its_first_day_is_pointed_out_and_kept():
    book = agreed().take(draft(amount=100_000, parts=(Part(date(2024, 9, 22), "", 100_000, 2, 1),)))
    book.now = at("2024-09-25 09:00")
    sealed = date(2024, 9, 25)
    form = signing(sealed_on=sealed, effective_on=sealed)
    assert "早于生效日期" in book.warned(form)
    part = book.take(form).case.schedule[0].record_id
    assert "早于各方签署" in book.refused(Perform(part, YESTERDAY, 100_000))
    book.take(Perform(part, date(2024, 9, 22), 100_000, "收条"))


def test_the_last_day_to_ask_the_court_moves_with_the_holidays():
    """The thirtieth day, 2024-10-20, is a Sunday: 《民法典》第二百零三条."""
    book = performing()
    book.now = at("2024-10-21 09:00")
    book.confirm_until = date(2024, 10, 21)
    assert book.refused(Confirm(date(2024, 10, 21), COURT)) == ""


# --- changing an agreement ------------------------------------------------------------------------------------------


def test_what_was_paid_under_a_changed_agreement_is_neither_lost_nor_asked_again():
    book = performing()
    first = book.case.schedule[0]
    book.take(Perform(first.record_id, TODAY, 60_000, "收条"))
    rest = draft(reason="延期", amount=240_000, parts=(Part(date(2025, 1, 1), "", 240_000, 2, 1),))
    assert "已经履行 600元" in book.warned(rest) and "还没有履行的是 2,400元" in book.warned(rest)
    book.take(rest, signing())
    assert (book.case.paid_before, [part.paid for part in book.case.schedule]) == (60_000, [0])
    assert book.case.mediation.amount == 300_000
    assert "此前已履行 600元" in book.told[-1]
    assert "没有这一期" in book.refused(Perform(first.record_id, TODAY, 100_000))
    assert [each.due_on for each in book.case.follow_ups] == [date(2025, 1, 8)]


def test_a_decision_of_the_court_stands():
    book = performing().take(
        Confirm(TODAY, COURT), Confirm(TODAY, result="rejected", document="（2024）民特1号")
    )
    assert "变更协议" in book.refused(Confirm(TODAY, COURT))
    book.take(draft(reason="按裁定改正"), signing())
    book.take(Confirm(TODAY, COURT), Confirm(TODAY, result="confirmed", document="（2024）民特2号"))
    assert "不用再申请" in book.refused(Confirm(TODAY, COURT))
    assert "不影响裁定的效力" in book.warned(draft(reason="再改"))


def test_one_who_took_the_application_back_may_ask_again():
    book = performing().take(Confirm(TODAY, COURT), Confirm(TODAY, result="withdrawn"))
    assert book.refused(Confirm(TODAY, COURT)) == ""


# --- performing -----------------------------------------------------------------------------------------------------


def test_a_payment_entered_by_mistake_is_put_right_with_a_reason():
    book = performing()
    part = book.case.schedule[0].record_id
    book.take(Perform(part, TODAY, 100_000, "收条"))
    assert "多于已经登记" in book.refused(Perform(part, TODAY, 10_000))
    book.take(Perform(part, TODAY, 10_000, "收条", reason="多打了一个零"))
    assert (book.case.schedule[0].paid, "多打了一个零" in book.told[-1]) == (10_000, True)
    book.take(Perform(part, TODAY, reason="登记错了案件"))
    assert (book.case.schedule[0].paid_on, book.case.schedule[0].paid) == (None, 0)
    assert "没有要改正的" in book.refused(Perform(part, TODAY, reason="再改"))


def test_receipts_of_a_payment_in_two_goes_are_both_kept():
    book = performing()
    part = book.case.schedule[0].record_id
    book.take(Perform(part, TODAY, 40_000, "收条1"), Perform(part, TODAY, 100_000, "收条2"))
    assert book.case.schedule[0].proof == "收条1；收条2"


def test_what_comes_in_after_closing_is_still_recorded():
    book = performing().take(Close("stage", "分期还长"))
    book.take(Perform(book.case.schedule[0].record_id, TODAY, 100_000, "收条"))
    assert (book.case.node, book.case.schedule[0].paid) == ("closed", 100_000)


def test_a_follow_up_that_was_recorded_is_not_written_over():
    book = performing()
    asked = FollowUpForm(
        book.case.follow_ups[0].record_id,
        done_on=TODAY,
        party=1,
        performance="partial",
        satisfaction="satisfied",
    )
    book.take(asked)
    assert "已经记录过" in book.refused(asked)


# --- ending and what is left -----------------------------------------------------------------------------------------


def planned() -> Casebook:
    return mediating().take(Plan(at("2024-09-27 09:00"), room="elders"))


@pytest.mark.parametrize(
    "form",
    [Terminate("stopped", paths=("lawsuit",)), Withdraw("和好"), Suspend("等鉴定")],
    ids=["terminate", "withdraw", "suspend"],
)
def test_what_was_planned_is_called_off(form):
    book = planned().take(form)
    assert [each.state for each in book.case.sessions] == ["held", "cancelled"]


def test_an_agreement_calls_off_what_was_planned():
    book = agreed().take(Plan(at("2024-09-27 09:00"), room="elders"), draft(), signing())
    assert book.case.sessions[-1].state == "cancelled"


def test_the_month_stands_still_while_it_is_suspended():
    book = mediating().take(Suspend("等鉴定"))
    assert book.clocks == {"mediation_finish": "paused"}
    assert book.take(Resume()).clocks == {"mediation_finish": "running"}


def test_an_accepted_case_is_not_declined_any_more():
    book = mediating().take(PutParty(CaseParty(7, "third", "孙测试")))
    assert "已经受理" in book.refused(Decline("in_court", paths=("lawsuit",)))


def test_a_draft_is_discarded_with_the_case_and_with_a_party_it_does_not_name():
    assert agreed().take(draft(), Withdraw("和好")).case.draft is None
    assert agreed().take(draft(), PutParty(CaseParty(7, "third", "孙测试"))).case.draft is None
    assert performing().take(draft(reason="延期"), Close("stage", "不再督促")).case.draft is None


def test_a_party_that_refuses_after_acceptance_ends_it_and_its_clock():
    book = planned().take(PutParty(CaseParty(7, "respondent", "孙测试")))
    book.take(Consent(ids(book)[2], False))
    assert (book.case.node, book.clocks) == ("ended", {"mediation_finish": "met"})
    assert all(each.state != "planned" for each in book.case.sessions)


def test_one_party_may_have_it_stopped_and_only_the_application_is_taken_back():
    """《人民调解法》第二十三条第二项."""
    assert mediating().take(Terminate("stopped", paths=("lawsuit",))).case.mediation.result == "failed"
    assert "终止的理由没有" in mediating().refused(Terminate("withdrawn", paths=("lawsuit",)))
    assert mediating().take(Withdraw("和好")).case.mediation.result == "withdrawn"


def test_who_wants_to_try_again_is_told_how():
    book = mediating().take(Terminate("no_agreement", paths=("again",)))
    assert "登记一件新的事项" in book.refused(Consent(1, True))
    assert "登记一件新的事项" in book.refused(Open())


@pytest.mark.parametrize("form", [Withdraw("反悔"), Terminate("stopped", paths=("lawsuit",))])
def test_nobody_backs_out_of_an_agreement(form):
    assert "第三十一条" in performing().refused(form)


def test_the_time_is_open_again_when_the_only_meeting_is_cancelled():
    book = accepted().take(Assign(("M04",)), Plan(at("2024-09-27 09:00"), room="elders"))
    assert book.take(Cancel(book.case.sessions[0].record_id, "有雨")).case.node == "schedule"


# --- people ----------------------------------------------------------------------------------------------------------


def test_who_comes_later_is_told_of_conflicts_and_accepts_the_mediator():
    book = mediating().take(PutParty(CaseParty(7, "third", "刘测试")))
    book.take(Consent(ids(book)[2], True))
    book.conflicts = {"M04": ("与刘测试同姓同村",)}
    assert (book.case.node, "各方都同意" in book.refused(Assign(("M04",)))) == ("assign", True)
    book.take(Assign(("M04",), accepted=True))
    only = book.case.mediators
    assert [(each.conflicts, each.accepted) for each in only] == [(("与刘测试同姓同村",), True)]
    assert "已告知：与刘测试同姓同村" in book.told[-1]


def test_a_mediator_suspended_meanwhile_is_to_be_replaced():
    book = mediating()
    book.mediators["M04"] = mediator(status="suspended")
    assert "请先更换调解员" in book.warned(Hold(**session()))
    assert "不能选定" in book.refused(Assign(("M04", "M05")))
    book.take(Assign(("M05",), reason="停用"))


def test_one_whose_term_ended_meanwhile_finishes_the_case():
    book = mediating()
    book.mediators["M04"] = replace(mediator(), term_start="2021-09-10")
    assert book.refused(Assign(("M04", "M05"))) == ""


def test_a_company_signs_through_somebody():
    book = agreed()
    company = CaseParty(7, "respondent", "某公司", record_id=2, kind="company")
    book.take(PutParty(company), draft())
    assert "请先填写代表人" in book.refused(signing())
    book.take(
        PutParty(CaseParty(7, "respondent", "某公司", record_id=2, kind="company", representative="钱经理"))
    )
    assert book.refused(signing()) == ""


def test_a_child_agrees_with_its_guardian():
    child = CaseParty(7, "respondent", "赵小测", record_id=2, birth_date="2012-05-01")
    book = opened()
    assert "监护人" in book.warned(PutParty(child))
    book.take(PutParty(child))
    assert "监护人" in book.warned(Consent(2, True))
    assert "监护人" not in book.warned(Consent(1, True))


def test_a_quick_record_does_not_change_who_mediates_behind_the_back():
    book = accepted().take(Assign(("M04",)))
    quick = Simple(("M05",), at("2024-09-20 08:30"), "滴水。", ("改道。",))
    assert "已经选定了别的调解员" in book.refused(quick)


def test_a_quick_record_says_nothing_was_performed_yet_when_it_is_due_later():
    quick = Simple(
        ("M04",),
        at("2024-09-20 08:30"),
        "欠款。",
        ("还款。",),
        amount=500_000,
        at_once=False,
        deadline_on=date(2024, 10, 1),
        satisfaction="satisfied",
    )
    (asked,) = Casebook().take(quick).case.follow_ups
    assert (asked.performance, asked.measures) == ("none", "约定的日期还没有到，继续督促履行")


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "term, lawful",
    [
        ("如不能按期支付则向法院起诉。", True),
        ("赵测试不能付清，王测试可以向法院起诉。", True),
        ("双方不得就此事再向法院起诉。", False),
        ("王测试放弃对赵测试的诉讼。", False),
        ("今后不许上访。", False),
    ],
)
def test_a_clause_may_speak_of_the_court_but_not_shut_its_door(term: str, lawful: bool):
    assert ("限制了起诉" in agreed().refused(draft(terms=(term,)))) != lawful


def test_a_changed_draft_names_the_day_its_change_counts_from():
    form = Draft("滴水。", "滴水。", ("改道。",), at_once=True, reason="改")
    book = performing().take(form)
    assert "早于达成一致" in book.refused(Sign(YESTERDAY, TODAY, TODAY, signed=(1, 2), mediators_signed=True))
