"""A question taken and answered at once or not at all; the day's list; what waits; common questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.consultations import QuickConsult, meant_by, suiting
from qingyuan_desk.domain.errors import NotAllowed, Refused
from qingyuan_desk.domain.handling.forms import (
    ApplyAid,
    AssignAid,
    Consult,
    Counsel,
    DecideAid,
    Form,
    Refer,
    SupplyAid,
    Switch,
)
from qingyuan_desk.domain.visit import Person
from qingyuan_desk.services import consulting, handling, ledger, reception
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI, Clock


def asked(request_id: str = "q1", name: str = "王建国", **said: object) -> QuickConsult:
    facts: dict[str, object] = dict(
        crowd="migrant_worker",
        cause="10",
        question="老板欠了三个月工资，怎么办？",
        answer="先到劳动监察投诉，也可以申请劳动仲裁。",
        articles="《劳动合同法》第三十条",
        lawyer="李样例",
    )
    more = {key: said.pop(key) for key in ("matter", "overrides") if key in said}
    consult = Consult(**{**facts, **said})  # type: ignore[arg-type]
    return QuickConsult(request_id, Person(name=name, phone="13812345678"), consult, **more)  # type: ignore[arg-type]


def take(office: Office, actor: Actor, matter_id: int, form: Form) -> None:
    handling.take(office, actor, f"{form.step}-{matter_id}-{office.now():%d%H%M%S}", matter_id, form)


# --- one transaction -------------------------------------------------------------------------------------------------


def test_one_saving_registers_and_answers(office: Office, clerk: Actor) -> None:
    done = consulting.quick(office, clerk, asked())
    assert done.visit_number == "清访〔2024〕0001号" and done.node == "answered"
    case = handling.case(office, clerk, done.matter_number)
    (line,) = case.consultations
    assert (case.flow, case.category, case.room, case.state) == (
        "consultation",
        "legal_question",
        "legal_service",
        "closed",
    )
    assert (line.crowd, line.cause, line.lawyer, line.aid_told) == ("migrant_worker", "10", "李样例", True)
    actions = [event.action for event in ledger.matter(office, clerk, done.matter_id).events]
    assert actions.count("登记") == 1 and actions.count("解答咨询") == 1


def test_asked_twice_it_is_done_once(office: Office, clerk: Actor) -> None:
    first, again = consulting.quick(office, clerk, asked()), consulting.quick(office, clerk, asked())
    assert again == replace(first, replayed=True, warnings=())
    assert len(consulting.day(office, clerk).lines) == 1


def test_what_the_answer_lacks_registers_nothing(office: Office, clerk: Actor) -> None:
    with pytest.raises(Refused) as refused:
        consulting.quick(office, clerk, asked(answer=""))
    assert [problem.field for problem in refused.value.problems] == ["answer"]
    assert not consulting.day(office, clerk).lines
    assert consulting.quick(office, clerk, asked()).visit_number == "清访〔2024〕0001号", "no number is lost"


def test_problems_of_the_visit_are_told_by_the_name_of_the_field(office: Office, clerk: Actor) -> None:
    with pytest.raises(Refused) as refused:
        consulting.quick(office, clerk, asked(name="", question="", lawyer=""))
    said = [problem.field for problem in refused.value.problems]
    assert {"name", "question", "lawyer"} <= set(said) and said.count("question") == 1


def test_who_declines_is_on_record_as_such(office: Office, clerk: Actor) -> None:
    done = consulting.quick(office, clerk, asked(name="王建国", declined=True))
    case = handling.case(office, clerk, done.matter_id)
    assert case.visitor == "匿名" and case.consultations[0].declined
    assert not ledger.search(office, clerk, "王建国"), "what was not to be said is not kept"


def test_another_visit_of_the_same_matter(office: Office, clerk: Actor, clock: Clock) -> None:
    first = consulting.quick(office, clerk, asked())
    clock.forward(days=3)
    again = consulting.quick(
        office, clerk, asked("q2", matter=first.matter_number, question="仲裁不受理呢？")
    )
    assert (again.matter_id, again.ordinal) == (first.matter_id, 2)
    assert len(handling.case(office, clerk, first.matter_id).consultations) == 2


def test_what_sounds_like_an_accusation_is_not_talked_about_here(office: Office, clerk: Actor) -> None:
    said = "我要举报村主任贪污征地补偿款，他收钱了。"
    with pytest.raises(Refused) as refused:
        consulting.quick(office, clerk, asked(question=said))
    assert "密件" in refused.value.sentence
    kept = consulting.quick(office, clerk, asked(question=said, overrides={"question": "只问举报的程序"}))
    assert not handling.case(office, clerk, kept.matter_id).sealed


def test_a_dispute_is_suggested_and_one_step_goes_there_with_the_number(office: Office, clerk: Actor) -> None:
    done = consulting.quick(
        office, clerk, asked(cause="02", question="邻居盖房占了我家宅基地，多次协商不成，请求调解。")
    )
    assert done.suggested == "mediation"
    take(
        office,
        clerk,
        done.matter_id,
        Switch(category="civil_dispute", flow="mediation", dispute_type="02", reason="双方愿意调解"),
    )
    case = handling.case(office, clerk, done.matter_number)
    assert (case.flow, case.number, [stay.flow for stay in case.stays]) == (
        "mediation",
        done.matter_number,
        ["consultation", "mediation"],
    )


def test_only_who_may_register_and_handle(office: Office) -> None:
    with pytest.raises(NotAllowed):
        consulting.quick(office, office.actor("mediator"), asked())


# --- what waits ------------------------------------------------------------------------------------------------------


def test_letters_and_messages_wait_with_their_limits(office: Office, clerk: Actor, clock: Clock) -> None:
    # Friday 20 September 2024; National Day from 1 to 7 October, 29 September worked.
    for number, channel in enumerate(("letter", "message", "online")):
        consulting.quick(
            office, clerk, asked(f"w{number}", channel=channel, result="later", answer="", lawyer="")
        )
    by = {line.what: line for line in consulting.day(office, clerk).waiting}
    words = sorted(line.words for line in consulting.day(office, clerk).waiting)
    assert len(by) == 1 and [line.state for line in consulting.day(office, clerk).waiting] == [
        "today",
        "today",
        "ok",
    ]
    assert any(said == "还有 5 小时（15:32）" for said in words)
    assert any(said == "还有 1 天（09-21 10:32）" for said in words)
    clock.forward(hours=6)
    late = consulting.day(office, clerk).waiting[0]
    assert late.state == "overdue" and late.words == "已超 1 小时"
    answer = handling.starting(office, clerk, late.matter_id, "consult")
    assert isinstance(answer, Consult) and answer.channel == "online"
    take(office, clerk, late.matter_id, replace(answer, answer="可以。", lawyer="李样例"))
    assert len(consulting.day(office, clerk).waiting) == 2


def test_a_letter_that_came_days_ago_has_fewer_days_left(office: Office, clerk: Actor) -> None:
    came = datetime(2024, 9, 18, 9, tzinfo=SHANGHAI)
    consulting.quick(
        office, clerk, asked(channel="letter", asked_at=came, result="later", answer="", lawyer="")
    )
    (line,) = consulting.day(office, clerk).waiting
    # 19, 20, 23, 24, 25, 26, 27 September.
    assert "9月27日" in line.words


def test_appointments_stand_in_the_list_of_their_day(office: Office, clerk: Actor, clock: Clock) -> None:
    at = datetime(2024, 9, 23, 9, tzinfo=SHANGHAI)
    consulting.quick(office, clerk, asked(result="booked", booked_for=at, answer="", lawyer=""))
    assert consulting.day(office, clerk).waiting[0].words == "09-23 09:00"
    clock.forward(days=2, hours=22)
    (line,) = consulting.day(office, clerk).waiting
    assert (line.kind, line.words, line.state) == ("booked", "今天 09:00", "today")


def test_legal_aid_goes_through_its_days(office: Office, clerk: Actor, clock: Clock) -> None:
    matter = consulting.quick(office, clerk, asked(result="aid")).matter_id
    wages = dict(affair="wages", exempt="migrant_worker")
    take(office, clerk, matter, ApplyAid(**wages, lacking=("身份证",), supply_by=date(2024, 9, 25)))  # type: ignore[arg-type]
    (line,) = consulting.aids(office, clerk)
    assert line.step == "supply_aid" and "9月27日" in line.words and "补正期限 09-25" in line.words
    assert [each.kind for each in consulting.day(office, clerk).waiting] == ["aid_lacking"]
    clock.forward(days=3)
    take(office, clerk, matter, SupplyAid())
    take(office, clerk, matter, DecideAid("yes"))
    (line,) = consulting.aids(office, clerk)
    assert line.step == "assign_aid" and "9月26日" in line.words
    take(office, clerk, matter, AssignAid("赵样例"))
    (line,) = consulting.aids(office, clerk)
    assert line.step == "" and not consulting.day(office, clerk).waiting
    clock.forward(days=120)
    assert not consulting.aids(office, clerk)


def test_the_test_of_legal_aid_knows_the_limitation(office: Office) -> None:
    soon = office.today() - timedelta(days=365 - 3)
    tested = consulting.aid(office, "wages", "", "hard", cause="11", since=soon)
    assert tested.outcome == "examine" and tested.urgent
    assert not consulting.aid(office, "wages", "", "hard", cause="11").urgent


def test_a_referral_shows_no_sealed_word(office: Office, clerk: Actor, clock: Clock) -> None:
    matter = consulting.quick(office, clerk, asked()).matter_id
    take(office, clerk, matter, Refer(purpose="calm", consent=True, counsellor="孙样例"))
    assert [line.kind for line in consulting.day(office, clerk).waiting] == ["referral"]
    take(office, clerk, matter, Counsel(outcome="已平静", note="谈到家里的事"))
    (line,) = consulting.referrals(office, clerk)
    assert line.referral.note == "" and line.referral.outcome == "已平静"
    assert handling.case(office, office.actor("leader"), matter).referrals[0].note == ""
    assert handling.case(office, clerk, matter).referrals[0].note == "谈到家里的事"


def test_a_consultation_registered_elsewhere_waits_for_its_answer(
    office: Office, clerk: Actor, visit
) -> None:  # type: ignore[no-untyped-def]
    reception.register(
        office,
        clerk,
        visit(narrative="问一下离婚要什么手续？", category="legal_question", route_reason="只问"),
    )
    (line,) = consulting.day(office, clerk).waiting
    assert line.kind == "answer" and "还没有记解答" in line.words


def test_what_was_to_go_elsewhere_waits_until_it_went(office: Office, clerk: Actor) -> None:
    matter = consulting.quick(office, clerk, asked(result="moved")).matter_id
    (line,) = consulting.day(office, clerk).waiting
    assert (line.kind, line.matter_id) == ("move", matter)
    take(office, clerk, matter, Switch(category="petition_matter", flow="petition", reason="要反映诉求"))
    assert not consulting.day(office, clerk).waiting


def test_of_what_is_suggested_only_what_must_be_reported_is_told(office: Office, clerk: Actor) -> None:
    said = "丈夫打人，我想离婚，怎么申请人身安全保护令？"
    advice = consulting.quick(office, clerk, asked(cause="01", question=said)).advice
    assert any("人身安全保护令" in each for each in advice)
    assert not consulting.quick(office, clerk, asked("q2")).advice


def test_names_are_masked_in_lists(office: Office, clerk: Actor) -> None:
    consulting.quick(office, clerk, asked())
    assert consulting.day(office, clerk).lines[0].visitor == "王**"


# --- common questions --------------------------------------------------------------------------------------------


def test_a_common_question_is_found_by_characters_initials_and_what_was_said(office: Office) -> None:
    answers = office.reference.answers
    assert suiting(answers, "10", "qx")[0].code == "wages"
    assert suiting(answers, "", "抚养费")[0].code == "child_support"
    assert suiting(answers, "16")[0].code == "traffic", "those of the cause first"
    assert meant_by(answers, "包工头欠薪，工钱不给")[0].code == "wages"
    assert not suiting(answers, "", "没有这样的问题")


def test_the_office_edits_them(office: Office, clerk: Actor) -> None:
    answers = list(office.reference.answers)
    answers[0] = replace(answers[0], answer="  请带结婚证来。 ", note="张律师 2024-09-20 核对")
    consulting.save_answers(office, clerk, "a1", answers)
    assert office.reference.answers[0].answer == "请带结婚证来。"
    with pytest.raises(Refused) as refused:
        consulting.save_answers(office, clerk, "a2", [replace(answers[0], cause="99", question="")])
    assert {problem.field for problem in refused.value.problems} == {"0.cause", "0.question"}
