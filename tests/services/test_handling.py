"""Handling of matters over a real data file: steps whole or not at all, numbers without holes, clocks of records, stays."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.handling import forms
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.mediation import forms as mediation_forms
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import caseload, handling, ledger, mediation, reception, reporting, upkeep
from qingyuan_desk.services.office import Office
from qingyuan_desk.services.reception import SEALED_TITLE
from tests.conftest import Clock
from tests.services import handled, mediated
from tests.services.handled import UNIT, forward, take

Visit = Callable[..., VisitForm]
FRIDAY = date(2024, 9, 20)


@pytest.fixture
def lawyer() -> Actor:
    return Actor("lawyer", "律师", "lawyer")


def _case(office: Office, actor: Actor, matter: int) -> Handled:
    return handling.case(office, actor, matter)


def _rules(found: Handled) -> list[tuple[str, int]]:
    return [(each.rule, each.subject) for each in found.running]


# --- a step ------------------------------------------------------------------------------------------------------


def test_a_step_writes_its_record_number_node_clocks_and_a_line(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    matter = handled.petition(office, clerk, visit)
    assert _rules(_case(office, clerk, matter)) == [("petition_register", 0), ("petition_notify", 0)]
    assigned = forward(mode="assign", limit_on=FRIDAY + timedelta(days=20), requirement="查清后书面答复")
    done = take(office, clerk, matter, assigned)
    found = _case(office, clerk, matter)
    (sent,) = found.sendings
    assert (done.node, done.number, done.record_id) == ("forwarded", "清转〔2024〕0001号", sent.record_id)
    assert (sent.number, sent.unit, sent.state, sent.listed) == (done.number, UNIT, "sent", False)
    assert (found.node, found.unit, found.state) == ("forwarded", UNIT, "open")
    assert _rules(found) == [("petition_notify", 0), ("petition_assigned", sent.record_id)]
    own = found.clock("petition_assigned", sent.record_id)
    # The day a person set, 10 October, is a workday and stands.
    assert own is not None and (own.start, own.end) == (FRIDAY, date(2024, 10, 10))
    event = ledger.matter(office, clerk, matter).events[-1]
    assert (event.action, event.node_from, event.node_to) == ("转送交办", "待转送交办", "待单位签收")
    assert event.note.startswith("清转〔2024〕0001号 交办")
    met = [each for each in ledger.matter(office, clerk, matter).clocks if each.rule == "petition_register"]
    assert [each.state for each in met] == ["met"]


def test_a_refused_step_writes_nothing_and_takes_no_number(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    matter = handled.petition(office, clerk, visit)
    before = _case(office, clerk, matter)
    with pytest.raises(Refused, match="指定办理期限"):
        take(office, clerk, matter, forward(mode="assign", requirement="答复"))
    assert _case(office, clerk, matter) == before
    assert handled.forwarded(office, clerk, matter).number == "清转〔2024〕0001号"


def test_what_is_told_is_told_again_before_anything_is_written(
    office: Office, clerk: Actor, clock: Clock, visit: Visit
) -> None:
    matter = handled.petition(office, clerk, visit)
    clock.forward(days=20)
    (late,) = handling.problems(office, clerk, matter, forward())
    assert "已经超过" in late.sentence
    assert handled.forwarded(office, clerk, matter).warnings == (late,)


def test_texts_are_kept_clean_and_as_they_were_asked_for(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    said = forms.Report(
        kind="urgent", to=" 区委\u200b值班室 ", taken_by="李\n四", text="一行\r\n二行  ", measures="\u202e劝"
    )
    take(office, clerk, matter, said)
    (alert,) = _case(office, clerk, matter).alerts
    assert (alert.to, alert.taken_by, alert.text, alert.measures) == (
        "区委值班室",
        "李四",
        "一行\n二行",
        "劝",
    )
    assert alert.number == "清报〔2024〕0001号"


def test_the_same_request_gives_the_first_answer(office: Office, clerk: Actor, visit: Visit) -> None:
    matter, other = (handled.petition(office, clerk, visit) for _ in range(2))
    first = handling.take(office, clerk, "one", matter, forward())
    again = handling.take(office, clerk, "one", matter, forward(mode="assign"))
    assert (again, again.replayed) == (replace(first, warnings=(), replayed=True), True)
    assert handling.taken(office, clerk, "one", matter, "forward") == again
    assert handling.taken(office, clerk, "new", matter, "forward") is None
    assert len(_case(office, clerk, matter).sendings) == 1
    with pytest.raises(Conflict, match="另一件事项"):
        handling.take(office, clerk, "one", other, forward())
    with pytest.raises(Conflict, match="别的操作"):
        handling.take(office, clerk, "one", matter, forms.Receive(receiver="王"))


def test_who_fills_in_a_form_of_yesterday_is_told(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    seen = _case(office, clerk, matter).version
    ledger.add_note(office, clerk, "note", matter, "信访人来电补充。")
    with pytest.raises(Conflict, match="有人改过"):
        take(office, clerk, matter, forward(), version=seen)
    assert take(office, clerk, matter, forward(), version=seen + 1).node == "forwarded"


def test_who_may_handle(office: Office, clerk: Actor, lawyer: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    mediator = office.actor("mediator")
    assert handling.case(office, mediator, matter).number.startswith("清事")
    with pytest.raises(NotAllowed, match="办理事项"):
        take(office, mediator, matter, forward())
    with pytest.raises(NotAllowed, match="查看事项"):
        handling.case(office, Actor("auditor", "审计员", "auditor"), matter)
    assert take(office, lawyer, matter, forms.Measured("explained", "当面说明补偿标准")).record_id
    assert take(office, office.actor("leader"), matter, forward()).node == "forwarded"


def test_numbers_have_no_holes_however_many_ask_at_once(office: Office, clerk: Actor, visit: Visit) -> None:
    matters = [handled.petition(office, clerk, visit) for _ in range(8)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda matter: handled.forwarded(office, clerk, matter), matters))
    assert sorted(each.number for each in done) == [f"清转〔2024〕{serial:04d}号" for serial in range(1, 9)]
    assert upkeep.check(office).sound
    with office.store.write() as tx:
        tx.run("UPDATE sending SET number = '' WHERE number LIKE '%0003号'")
    assert any("转办单文号不连续：缺 3 到 3" in fault for fault in upkeep.check(office).faults)


def test_a_number_is_of_the_year_on_its_paper(
    office: Office, clerk: Actor, clock: Clock, visit: Visit
) -> None:
    matter = handled.petition(office, clerk, visit)
    clock.moment = clock.moment.replace(year=2025, month=1, day=2)
    late = handled.forwarded(office, clerk, matter, on=date(2024, 12, 31))
    other = handled.petition(office, clerk, visit)
    assert (late.number, handled.forwarded(office, clerk, other).number) == (
        "清转〔2024〕0001号",
        "清转〔2025〕0001号",
    )
    assert upkeep.check(office).sound


def test_a_matter_is_found_by_the_number_of_its_slip(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    handled.petition(office, clerk, visit)
    number = handled.forwarded(office, clerk, matter).number
    urged = take(office, clerk, matter, forms.Press("remind", UNIT, cause="三天未签收")).number
    assert (number, urged) == ("清转〔2024〕0001号", "清督〔2024〕0001号")
    for said in (number, "清转(2024)1", urged):
        assert _case(office, clerk, matter).number == handling.case(office, clerk, said).number
        assert [hit.matter_id for hit in ledger.search(office, clerk, said)] == [matter]
        assert ledger.count(office, clerk, LedgerFilter(text=said)) == 1


# --- clocks of records ---------------------------------------------------------------------------------------------


def test_a_clock_of_one_record_ends_by_itself(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    town = office.reference.townships[0]
    asks = office.reference.township_unit(town.code)
    assert asks is not None
    ids = [
        take(office, clerk, matter, forms.Support(asks.code, unit, "请到场联合处置")).record_id
        for unit in (UNIT, "housing")
    ]
    running = [each for each in _rules(_case(office, clerk, matter)) if each[0] == "support_response"]
    assert running == [("support_response", each) for each in ids]
    take(office, clerk, matter, forms.Reply(ids[0], reply="已到场"))
    after = _case(office, clerk, matter)
    assert [each.state for each in after.sendings] == ["replied", "sent"]
    assert after.clock("support_response", ids[0]) is None
    assert after.clock("support_response", ids[1]) is not None


# --- flows -------------------------------------------------------------------------------------------------------


def test_a_petition_goes_to_mediation_and_back_under_one_number(
    office: Office, clerk: Actor, clock: Clock, visit: Visit
) -> None:
    matter = handled.petition(office, clerk, visit, opponent="赵测试")
    number = _case(office, clerk, matter).number
    clock.forward(days=3)
    take(
        office,
        clerk,
        matter,
        forms.Switch("civil_dispute", "mediation", dispute_type="03", reason="双方都同意调解"),
    )
    found = _case(office, clerk, matter)
    assert (found.number, found.flow, found.node, found.running) == (number, "mediation", "consent", ())
    mediation.take(office, clerk, "open", matter, mediation_forms.Open())
    clock.forward(days=4)
    back = forms.Switch("petition_matter", "petition", reason="对方不同意调解")
    take(office, clerk, matter, back)
    found = _case(office, clerk, matter)
    assert [(each.flow, each.since, each.until, each.node) for each in found.stays] == [
        ("petition", FRIDAY, date(2024, 9, 23), "to_forward"),
        ("mediation", date(2024, 9, 23), date(2024, 9, 27), "consent"),
        ("petition", date(2024, 9, 27), None, ""),
    ]
    assert [each.reason for each in found.stays] == ["双方都同意调解", "对方不同意调解", ""]
    assert (found.number, found.flow, found.node, found.category) == (
        number,
        "petition",
        "to_forward",
        "petition_matter",
    )
    # What the mediation wrote is still there to read; going on with it is not possible any more.
    left = mediation.case(office, clerk, matter)
    assert (left.moved, left.node, left.mediation is not None) == (True, "consent", True)
    with pytest.raises(Refused, match="已经转入其他流程"):
        mediation.take(office, clerk, "note", matter, mediation_forms.Describe("fact"))
    timeline = ledger.matter(office, clerk, matter).events
    assert [(each.node_from, each.node_to) for each in timeline if each.action == "转入其他流程"] == [
        ("待转送交办", "待征求同意"),
        ("待征求同意", "待转送交办"),
    ]
    assert {each.node_to for each in timeline} <= {"", "待转送交办", "待征求同意"}
    assert upkeep.check(office).sound


def test_a_failed_mediation_goes_on_as_a_petition_and_its_dossier_is_filed_all_the_same(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    matter = mediated.failed(office, clerk, visit, filed=False)
    number = mediation.case(office, clerk, matter).mediation
    take(office, clerk, matter, forms.Switch("petition_matter", "petition", reason="要求信访"))
    assert [each.ref.matter_id for each in caseload.day(office, clerk).missing] == [matter]
    mediated.file(office, clerk, matter)
    left = mediation.case(office, clerk, matter)
    assert left.mediation and number and left.mediation.number == number.number
    assert left.mediation.filed_on is not None
    found = _case(office, clerk, matter)
    assert (found.flow, found.node, found.state, found.mediated) == ("petition", "to_forward", "open", True)
    with pytest.raises(Refused, match="登记一件新的事项"):
        take(
            office,
            clerk,
            matter,
            forms.Switch("civil_dispute", "mediation", dispute_type="03", reason="再试一次"),
        )
    assert take(office, clerk, matter, forms.Classify("appeal", "settle")).node == "to_forward"
    assert handled.forwarded(office, clerk, matter).node == "forwarded"
    assert upkeep.check(office).sound


def test_general_steps_are_open_to_a_mediation(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = mediated.begun(office, clerk, visit, ("M04",))
    before = mediation.case(office, clerk, matter)
    take(office, clerk, matter, forms.Flag("threat", "不给说法就去堵路"))
    found = _case(office, clerk, matter)
    assert (found.node, found.flags, found.watches[0].words) == (
        before.node,
        {"threat"},
        "不给说法就去堵路",
    )
    with pytest.raises(Refused, match="流程不能"):
        take(office, clerk, matter, forward())
    names = {each.code for each in handling.steps(found)}
    assert {"switch", "report", "flag", "measure"} <= names and "forward" not in names


def test_a_closed_matter_is_closed_in_the_ledger_on_its_day(
    office: Office, clerk: Actor, clock: Clock, visit: Visit
) -> None:
    matter = handled.petition(office, clerk, visit)
    clock.forward(days=2)
    take(office, clerk, matter, forms.Withdraw("已经自行解决", on=FRIDAY + timedelta(days=1)))
    found = _case(office, clerk, matter)
    assert (found.state, found.node, found.running) == ("closed", "withdrawn", ())
    with office.store.read() as rows:
        assert rows.value("SELECT closed_on FROM matter") == "2024-09-21"
    assert ledger.count(office, clerk, LedgerFilter(state="closed")) == 1


# --- sealed matters ----------------------------------------------------------------------------------------------


def test_an_accusation_found_later_is_sealed_from_then_on(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    take(office, clerk, matter, forms.Classify("accusation", "accuse"))
    for reader in (clerk, office.actor("leader")):
        found = _case(office, reader, matter)
        assert (found.sealed, found.title, "accusation" in found.flags) == (True, SEALED_TITLE, True)
    stranger = replace(office.actor("mediator"), role="clerk")
    for ask in (
        lambda: handling.case(office, stranger, matter),
        lambda: handling.starting(office, stranger, matter, "discipline"),
        lambda: take(office, stranger, matter, forms.Discipline("discipline")),
    ):
        with pytest.raises(NotFound):
            ask()
    with pytest.raises(Refused, match="密件"):
        take(office, clerk, matter, forward())
    assert take(office, clerk, matter, forms.Discipline("discipline")).node == "disciplined"
    assert upkeep.check(office).sound


def test_a_sealed_note_is_for_who_wrote_it_and_a_leader_s_look_stands_on_the_timeline(
    office: Office, clerk: Actor, lawyer: Actor, visit: Visit
) -> None:
    matter = handled.petition(office, clerk, visit)
    take(office, clerk, matter, forms.Refer("calm", consent=True, counsellor="赵咨询"))
    ref = _case(office, clerk, matter).referrals[0].record_id
    take(office, lawyer, matter, forms.Counsel(ref, "情绪平稳，可继续办理", note="夜里睡不着"))
    assert _case(office, lawyer, matter).referrals[0].note == "夜里睡不着"
    shown = _case(office, clerk, matter).referrals[0]
    assert (shown.note, shown.outcome) == ("", "情绪平稳，可继续办理")
    with pytest.raises(NotAllowed, match="封存"):
        handling.referral_note(office, clerk, "look", ref)
    leader = office.actor("leader")
    assert handling.referral_note(office, leader, "look", ref) == "夜里睡不着"
    assert handling.referral_note(office, leader, "look", ref) == "夜里睡不着"
    looked = [each for each in ledger.matter(office, clerk, matter).events if each.action == "查看封存记录"]
    assert [each.actor for each in looked] == [leader.name]
    with pytest.raises(NotFound):
        handling.referral_note(office, leader, "other", ref + 1)
    # Whoever writes to the matter next does not lose what they cannot read.
    take(office, clerk, matter, forms.Flag("threat", "要去北京"))
    assert handling.referral_note(office, leader, "later", ref) == "夜里睡不着"


# --- visits ------------------------------------------------------------------------------------------------------


def test_the_first_petition_of_a_person_is_known_by_their_earlier_matters(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    phone = {"phone": "13800138000"}
    first, second = (handled.petition(office, clerk, visit, **phone) for _ in range(2))
    namesake = handled.petition(office, clerk, visit, name="李建国", **phone)
    unknown = handled.petition(office, clerk, visit)
    firsts = [
        (found.first_office, found.first_channel)
        for found in (_case(office, clerk, matter) for matter in (first, second, namesake, unknown))
    ]
    assert firsts == [("yes", "yes"), ("no", "no"), ("yes", "yes"), ("", "")]
    take(office, clerk, second, forms.Classify("appeal", "settle", channel="letter"))
    assert _case(office, clerk, second).first_channel == "yes"
    form = handling.starting(office, clerk, namesake, "classify")
    assert isinstance(form, forms.Classify) and form.channel == "visit"
    with pytest.raises(Refused, match="没有“nothing”这一步"):
        handling.starting(office, clerk, namesake, "nothing")


def test_an_earlier_matter_its_reader_may_not_know_of_is_none(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    phone = {"phone": "13800138000"}
    secret = handled.petition(office, clerk, visit, **phone)
    take(office, clerk, secret, forms.Classify("accusation", "accuse"))
    second = handled.petition(office, clerk, visit, **phone)
    assert _case(office, clerk, second).first_office == "no"
    assert _case(office, office.actor("mediator"), second).first_office == "yes"


def test_a_further_visit_about_another_flow_leaves_the_matter_where_it_is(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    matter = handled.petition(office, clerk, visit, flags=frozenset({"urgent"}))
    handled.forwarded(office, clerk, matter)
    number = _case(office, clerk, matter).number
    again = visit(
        matter=number,
        category="legal_question",
        flow="consultation",
        headcount=6,
        flags=frozenset({"threat"}),
        opponent="赵测试",
    )
    came = reception.register(office, clerk, again)
    found = _case(office, clerk, matter)
    assert (found.flow, found.node, len(found.visits), found.headcount) == ("petition", "forwarded", 2, 6)
    assert found.flags == {"urgent", "threat"}
    assert [each.name for each in found.opponents] == ["赵测试"]
    reception.take_back(office, clerk, "void", came.visit_number, "登记错了")
    found = _case(office, clerk, matter)
    assert (found.flags, len(found.visits), found.headcount) == ({"urgent"}, 1, 1)
    assert (found.state, found.sendings[0].state, found.opponents) == ("open", "sent", ())


def test_taking_the_only_visit_back_leaves_nothing_under_way(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    matter = handled.petition(office, clerk, visit)
    handled.forwarded(office, clerk, matter)
    take(office, clerk, matter, forms.Flag("threat", "要去北京"))
    take(office, clerk, matter, forms.Press("remind", UNIT, cause="三天未签收"))
    (number,) = _case(office, clerk, matter).visits
    reception.take_back(office, clerk, "void", number, "同一件重复登记")
    found = _case(office, clerk, matter)
    assert (found.state, found.running, found.visits) == ("void", (), ())
    assert [(each.state, each.decision) for each in found.sendings] == [("recalled", "同一件重复登记")]
    assert found.watches[0].lifted_on == found.urges[0].cancelled_on == found.stays[0].until == FRIDAY
    with pytest.raises(Refused, match="已经作废"):
        take(office, clerk, matter, forms.Receive(receiver="王"))
    assert upkeep.check(office).sound


def test_a_visit_and_a_step_in_one_transaction_are_both_there_or_neither(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    form = visit(category="legal_question", flow="consultation", route_reason="咨询")
    ready = reception.passed(office, form)
    answer = forms.Consult(cause="03", question="界墙怎么分", answer="", lawyer="王律师")

    def both(said: forms.Consult) -> str:
        with office.store.write() as tx:
            matter = reception.register_within(tx, office, clerk, ready).matter_id
            return handling.take_within(tx, office, clerk, "answer", matter, said).node

    with pytest.raises(Refused, match="解答意见"):
        both(answer)
    with office.store.read() as rows:
        assert rows.value("SELECT count(*) FROM visit") == rows.value("SELECT count(*) FROM counter") == 0
    assert both(replace(answer, answer="以宅基地使用证为准。")) == "answered"
    assert upkeep.check(office).sound


# --- figures -----------------------------------------------------------------------------------------------------


def test_a_right_of_the_petitioner_is_no_duty_that_becomes_overdue(
    office: Office, clerk: Actor, clock: Clock, visit: Visit
) -> None:
    matter = handled.petition(office, clerk, visit)
    handled.forwarded(office, clerk, matter)
    take(office, clerk, matter, forms.Receive(receiver="王"))
    take(office, clerk, matter, forms.Accept(number="受字1号", told_on=FRIDAY))
    answer = forms.Answer(
        "区自然资源和规划局", "处字1号", "explained", "已发放", "《土地管理法》", served_on=FRIDAY
    )
    take(office, clerk, matter, answer)
    assert "petition_review_request" in [each.rule for each in _case(office, clerk, matter).running]
    clock.forward(days=60)
    overdue = [each for each in _case(office, clerk, matter).running if each.end < clock().date()]
    assert [each.rule for each in overdue] == ["petition_review_request"]
    assert ledger.today(office, clerk).overdue == 0
    assert ledger.count(office, clerk, LedgerFilter(due="overdue")) == 0
    assert reporting.month(office, clerk, "2024-10").clocks.overdue == 0
