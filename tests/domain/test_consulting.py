"""A question at the window, an application for legal aid, a way to the counsellor."""

from __future__ import annotations

from datetime import date

import pytest

from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.handling.aid_test import aid_test, urgent_reasons
from qingyuan_desk.domain.handling.forms import ApplyAid, Consult, Counsel, Refer
from qingyuan_desk.domain.limitations import limitations
from qingyuan_desk.domain.problems import Level
from tests.domain.handlingbook import Book, at, new_matter
from tests.domain.office_tables import reference

ANSWER = dict(answer="先协商，协商不成可以向人民法院起诉。", lawyer="李样例", cause="10")


@pytest.fixture
def book() -> Book:
    return Book(reference(), new_matter("consultation", "2025-09-26", narrative="老板不给工资怎么办？"))


# --- questions -------------------------------------------------------------------------------------------------------


def test_a_question_answered_at_once_is_done(book: Book) -> None:
    book.step("consult", **ANSWER)
    assert book.case.node == "answered" and book.case.state == "closed"
    (asked,) = book.case.consultations
    assert asked.question == "老板不给工资怎么办？" and asked.answered_at == book.now
    assert not book.case.running


def test_an_answer_wants_what_was_asked_what_was_said_and_who_said_it(book: Book) -> None:
    said = book.refused(Consult())
    for wanted in ("咨询内容", "解答意见", "解答人", "案由"):
        assert wanted in said
    assert "应咨询的部门" in book.refused(
        Consult(question="公交几点", result="organ", answer="请问交通局", lawyer="李")
    )


def test_the_right_to_legal_aid_is_told(book: Book) -> None:
    assert "第二十三条" in book.warned(book.begin("consult", aid_told=False, **ANSWER))


def test_a_refused_identity_stands_on_the_record(book: Book) -> None:
    book.step("consult", declined=True, **ANSWER)
    assert book.case.consultations[0].declined and "拒绝提供身份信息" in book.words[-1]


@pytest.mark.parametrize(
    ("channel", "asked", "rule", "ends"),
    [
        # National Day 2025: 1 to 8 October off, 28 September and 11 October worked.
        ("letter", "2025-09-26 10:00", "consult_letter", date(2025, 10, 13)),
        ("message", "2025-09-26 10:00", "consult_message", date(2025, 9, 27)),
        ("online", "2025-09-26 10:00", "consult_online", date(2025, 9, 26)),
        ("online", "2025-09-26 20:30", "consult_online", date(2025, 9, 27)),
    ],
)
def test_what_comes_in_writing_has_its_own_limit(
    book: Book, channel: str, asked: str, rule: str, ends: date
) -> None:
    book.now = at("2025-09-26 21:00")
    book.step("consult", channel=channel, asked_at=at(asked), result="later", cause="10")
    assert book.case.node == "to_answer" and book.due(rule) == ends
    book.on("2025-09-27").step("consult", **ANSWER)
    (only,) = book.case.consultations
    assert (only.channel, only.asked_at) == (channel, at(asked)), "how and when it came stays"
    assert book.case.node == "answered" and book.ended_as(rule) == "met"


def test_a_hard_question_gets_an_appointment_and_is_answered_then(book: Book) -> None:
    assert "约期" in book.refused(book.begin("consult", result="booked", cause="10"))
    book.step("consult", result="booked", booked_for=at("2025-09-30 09:00"), cause="10")
    assert book.case.node == "booked"
    book.on("2025-09-30").step("consult", **ANSWER)
    assert book.case.node == "answered" and len(book.case.consultations) == 1


def test_another_question_is_another_record(book: Book) -> None:
    book.step("consult", **ANSWER).on("2025-10-09").step("consult", **ANSWER)
    assert len(book.case.consultations) == 2


def test_a_question_that_becomes_a_dispute_keeps_its_number(book: Book) -> None:
    number = book.case.number
    book.step("consult", result="moved", **ANSWER)
    assert book.case.state == "open"
    book.step("switch", flow="mediation", category="civil_dispute", dispute_type="10", reason="双方愿意调解")
    assert (book.case.flow, book.case.number) == ("mediation", number)


def test_a_party_of_a_petition_may_ask_too() -> None:
    petition = Book(reference(), new_matter("petition"))
    petition.step("consult", **ANSWER)
    assert petition.case.node == "to_forward" and petition.case.consultations


def test_an_accusation_is_not_talked_about() -> None:
    sealed = Book(reference(), new_matter("petition", sealed=True))
    assert "密件" in sealed.refused(Consult(question="他们收钱", **ANSWER))


# --- legal aid ---------------------------------------------------------------------------------------------------

WAGES = dict(affair="wages", exempt="migrant_worker")


@pytest.mark.parametrize(
    ("affair", "exempt", "means", "outcome", "article"),
    [
        ("wages", "", "", "examine", "第四十一条"),
        ("wages", "", "hard", "examine", "第三十一条第五项"),
        ("wages", "", "fine", "not", "第三十四条"),
        ("wages", "migrant_worker", "", "eligible", "第四十二条第三项"),
        ("injury", "migrant_worker", "fine", "eligible", "第四十二条第三项"),
        ("support", "migrant_worker", "", "examine", "第四十二条第三项"),
        ("support", "dependent", "", "eligible", "第四十二条第一项"),
        ("social_insurance", "relief", "", "eligible", "第四十二条第二项"),
        ("none", "victim", "fine", "eligible", "第三十二条第四项"),
        ("none", "bravery", "", "eligible", "第三十二条第二项"),
        ("none", "hero", "", "eligible", "第三十二条第一项"),
        ("state_compensation", "acquitted", "", "eligible", "第三十二条第三项"),
        ("none", "", "hard", "not", "第三十一条"),
        ("none", "relief", "", "not", "第三十一条"),
        ("other", "", "hard", "examine", "第三十一条第九项"),
        ("other", "relief", "", "examine", "第四十二条第二项"),
    ],
)
def test_the_test_says_whether_and_why(
    affair: str, exempt: str, means: str, outcome: str, article: str
) -> None:
    tested = aid_test(affair, exempt, means)
    assert tested.outcome == outcome, tested.words
    assert article in "".join(reason.article for reason in tested.reasons)


def test_aid_comes_first_when_a_limitation_is_about_to_end() -> None:
    limits = limitations("consultation", "11", "", date(2025, 9, 26), reference(), WorkCalendar())
    since = date(2024, 9, 30)  # one year: 2025-09-30

    def urgent(today: date) -> bool:
        return bool(urgent_reasons(limits, since, today, WorkCalendar()))

    assert not urgent(date(2025, 9, 23)), "seven days are not fewer than seven"
    assert urgent(date(2025, 9, 24)) and urgent(date(2025, 9, 30))
    assert not urgent(date(2025, 10, 1)), "it is over"
    (reason,) = urgent_reasons(limits, since, date(2025, 9, 26), WorkCalendar())
    assert "2025-09-30" in reason.sentence and "第四十四条第一项" in reason.article
    assert not urgent_reasons(limits, None, date(2025, 9, 26), WorkCalendar())


def test_an_application_is_decided_in_seven_days_and_somebody_sent_in_three(book: Book) -> None:
    book.step("consult", result="aid", **ANSWER).step("apply_aid", **WAGES)
    assert book.case.node == "aid_review" and book.due("legalaid_decide") == date(2025, 10, 3)
    book.on("2025-09-30").step("decide_aid", granted="yes", number="清援〔2025〕1号")
    assert book.ended_as("legalaid_decide") == "met"
    assert book.case.node == "aid_assign" and book.due("legalaid_assign") == date(2025, 10, 3)
    assert "转入其他流程" not in book.open
    book.on("2025-10-02").step("assign_aid", lawyer="赵样例")
    assert book.case.node == "aided" and book.ended_as("legalaid_assign") == "met" and not book.case.running


def test_hardship_is_said_unless_nobody_may_ask_for_it(book: Book) -> None:
    assert "第四十一条" in book.refused(ApplyAid(affair="support"))
    assert not book.refused(ApplyAid(affair="support", hardship="低收入，独居"))
    assert not book.refused(ApplyAid(affair="none", exempt="victim"))
    assert "书面告知理由" in book.warned(ApplyAid(affair="none"))


def test_what_is_lacking_is_told_once_and_the_seven_days_run_on(book: Book) -> None:
    lack = dict(lacking=("身份证", "劳动合同"), **WAGES)
    assert "补正期限" in book.refused(ApplyAid(**lack))
    book.step("apply_aid", supply_by=date(2025, 9, 29), **lack)
    assert book.case.node == "aid_lacking" and book.due("legalaid_decide") == date(2025, 10, 3)
    assert "一次性告知" in book.refused(ApplyAid(**WAGES))
    assert "还没有补齐" in book.refused(book.begin("decide_aid", granted="yes"))
    assert "才满" in book.refused(book.begin("decide_aid", granted="withdrawn"))
    book.on("2025-09-28").step("supply_aid")
    assert book.case.node == "aid_review" and book.due("legalaid_decide") == date(2025, 10, 3)
    more = book.begin("apply_aid", lacking=("工资条",), supply_by=date(2025, 9, 30))
    assert "只能一次性告知" in book.refused(more)
    book.step("decide_aid", granted="yes")


def test_who_does_not_bring_it_counts_as_having_withdrawn(book: Book) -> None:
    book.step("apply_aid", lacking=("身份证",), supply_by=date(2025, 9, 29), **WAGES)
    book.on("2025-09-30").step("decide_aid", granted="withdrawn")
    assert book.case.node == "withdrawn" and book.ended_as("legalaid_decide") == "cancelled"
    book.step("apply_aid", **WAGES)
    assert book.case.node == "aid_review", "and may apply anew"


def test_only_lacking_materials_make_a_withdrawal(book: Book) -> None:
    book.step("apply_aid", **WAGES)
    assert "不能视为撤回" in book.refused(book.begin("decide_aid", granted="withdrawn"))


def test_an_urgent_case_is_helped_before_everything_is_there(book: Book) -> None:
    book.step("apply_aid", lacking=("身份证",), supply_by=date(2025, 9, 29), urgent="limitation", **WAGES)
    book.step("decide_aid", granted="yes").step("assign_aid", lawyer="赵样例")
    assert book.case.node == "aided" and "先行提供" in book.words[-3]


def test_a_refusal_has_its_reason(book: Book) -> None:
    book.step("apply_aid", affair="support", hardship="有退休金")
    assert "说明理由" in book.refused(book.begin("decide_aid", granted="no"))
    book.step("decide_aid", granted="no", why="不符合本省经济困难标准")
    assert book.case.node == "answered" and not book.case.running


def test_an_application_is_put_right_until_it_is_decided_but_not_its_day(book: Book) -> None:
    book.step("apply_aid", affair="support", hardship="低收入")
    book.on("2025-09-28").step("apply_aid", affair="injury")
    assert [each.affair for each in book.case.aids] == ["injury"]
    assert book.due("legalaid_decide") == date(2025, 10, 3) and len(book.case.running) == 1
    assert "不能改" in book.refused(book.begin("apply_aid", on=date(2025, 9, 28)))


def test_a_mediation_keeps_its_place_while_aid_is_asked_for() -> None:
    case = Book(reference(), new_matter("mediation", "2025-09-26", dispute_type="10"))
    case.step("apply_aid", **WAGES)
    assert case.case.node == "consent" and case.due("legalaid_decide")
    case.step("decide_aid", granted="yes").step("assign_aid", lawyer="赵样例")
    assert case.case.node == "consent" and not case.case.running


# --- the counsellor ------------------------------------------------------------------------------------------------


def test_nobody_is_referred_without_consent(book: Book) -> None:
    assert "同意" in book.refused(Refer(purpose="calm"))
    book.step("refer", purpose="calm", consent=True, counsellor="孙样例")
    assert book.case.referrals and "情绪" not in book.words[-1], "the timeline does not say why"


def test_a_minor_needs_the_guardian() -> None:
    minor = Book(reference(), new_matter("mediation", flags=frozenset({"minor"})))
    assert "监护人" in minor.refused(Refer(purpose="growth", consent=True))
    assert not minor.refused(Refer(purpose="growth", consent=True, guardian="王母"))


@pytest.mark.parametrize("said", ["抑郁症", "医院确诊过", "精神分裂"])
def test_no_diagnosis_is_written(book: Book, said: str) -> None:
    assert "病名" in book.refused(Refer(purpose="calm", consent=True, risk=said))
    book.step("refer", purpose="calm", consent=True)
    assert "病名" in book.refused(Counsel(outcome=said))


def test_a_risk_is_reported_at_once(book: Book) -> None:
    risky = Refer(purpose="calm", consent=True, risk="流露轻生念头")
    assert "报告" in book.warned(risky)
    book.step("report", kind="danger", to="区公安分局", taken_by="王样例", text="流露轻生念头")
    assert not book.warned(risky)


def test_the_note_belongs_to_who_wrote_it(book: Book) -> None:
    assert "转介" in book.refused(Counsel(outcome="平静"))
    book.step("refer", purpose="calm", consent=True).step("counsel", outcome="已平静", note="谈了家里的事")
    (done,) = book.case.referrals
    assert (done.noted_by, done.done_on) == ("clerk", book.now.date())
    assert book.case.node == "answered", "somebody came for that alone"
    assert "谈了" not in "".join(book.words)


def test_of_two_referrals_the_one_that_is_meant(book: Book) -> None:
    book.step("refer", purpose="calm", consent=True).step("refer", purpose="family", consent=True)
    assert "哪一次" in book.refused(Counsel(outcome="已平静"))
    second = book.case.referrals[1].record_id
    book.step("counsel", referral=second, outcome="已平静")
    assert [bool(each.done_on) for each in book.case.referrals] == [False, True]
    assert all(problem.level is Level.WARN for problem in book.problems(Counsel(outcome="好")))
