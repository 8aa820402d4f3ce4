"""Registering a visit: numbers, further visits, replays, groups, drafts, taking back, the turn of the year."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, DeskError, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import ledger, reception, upkeep
from qingyuan_desk.services.office import Office

Visit = Callable[..., VisitForm]

ACCUSATION = "实名举报村支书贪污集体土地补偿款。"


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(SHANGHAI)


def _fields(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.field for problem in refused.value.problems}


# --- 件 and 次 -----------------------------------------------------------------------------------------------------


def test_the_first_visit_opens_a_matter(office: Office, clerk: Actor, visit: Visit) -> None:
    done = reception.register(office, clerk, visit())
    assert (done.visit_number, done.matter_number, done.ordinal) == (
        "清访〔2024〕0001号",
        "清事〔2024〕0001号",
        1,
    )
    facts = ledger.matter(office, clerk, done.matter_number)
    assert (facts.state, len(facts.visits), facts.visits[0].number) == ("open", 1, done.visit_number)
    assert [(event.action, event.actor) for event in facts.events] == [("登记", "登记员"), ("分流", "登记员")]


@pytest.mark.parametrize(
    "spelling",
    [
        "清事〔2024〕0001号",
        "清访〔2024〕0001号",
        "清访[2024]1号",
        "清访（２０２４）０００１号",
        "清访〔2024〕 0001 号",
        " 清访2024-1 ",
    ],
)
def test_a_further_visit_belongs_to_the_matter(
    office: Office, clerk: Actor, visit: Visit, spelling: str
) -> None:
    first = reception.register(office, clerk, visit())
    reception.register(office, clerk, visit(name="刘样例"))
    again = reception.register(office, clerk, visit(matter=spelling, narrative="又来问进展。"))
    assert (again.matter_id, again.ordinal) == (first.matter_id, 2)
    assert (again.visit_number, again.matter_number) == ("清访〔2024〕0003号", first.matter_number)
    facts = ledger.matter(office, clerk, first.matter_id)
    assert [each.ordinal for each in facts.visits] == [1, 2]
    # It goes the way of its matter, whatever its few words would suggest.
    assert (facts.visits[1].category, facts.visits[1].flow) == (facts.category, facts.flow)


def test_a_further_visit_about_something_else_leaves_the_matter_as_it_is(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    first = reception.register(office, clerk, visit())
    before = ledger.matter(office, clerk, first.matter_id)
    reception.register(
        office,
        clerk,
        visit(matter=first.matter_number, category="法律咨询", flow="法律咨询", narrative="咨询怎么起诉。"),
    )
    after = ledger.matter(office, clerk, first.matter_id)
    assert (after.category, after.flow, after.node, after.title) == (
        before.category,
        before.flow,
        before.node,
        before.title,
    )
    assert after.clocks == before.clocks
    assert after.visits[1].category == "legal_question"
    assert after.version > before.version


@pytest.mark.parametrize(
    "number", ["清事〔2024〕0999号", "清访〔2023〕0001号", "随便", "0", "'; DROP TABLE visit;--"]
)
def test_an_unknown_matter_is_refused_at_its_field(
    office: Office, clerk: Actor, visit: Visit, number: str
) -> None:
    with pytest.raises(Refused) as refused:
        reception.register(office, clerk, visit(matter=number))
    assert _fields(refused) == {"matter"}
    assert upkeep.check(office).visits == 0


# --- the same request ----------------------------------------------------------------------------------------------


def test_a_request_sent_again_is_answered_as_before(office: Office, clerk: Actor, visit: Visit) -> None:
    form = visit()
    first = reception.register(office, clerk, form)
    again = reception.register(office, clerk, form)
    # Even what differs, or would be refused, is answered by what was stored under this id.
    changed = reception.register(office, clerk, visit(request_id=form.request_id, narrative="", name=""))
    assert (again.visit_number, changed.visit_number) == (first.visit_number, first.visit_number)
    assert (first.replayed, again.replayed, changed.replayed) == (False, True, True)
    assert upkeep.check(office).visits == 1


def test_two_programs_sending_the_same_request_store_it_once(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    other = Office.open(office.folder)
    form = visit()
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda each: reception.register(each, clerk, form), (office, other)))
    other.close()
    assert both[0].visit_number == both[1].visit_number
    assert upkeep.check(office).visits == 1


def test_a_request_id_stands_for_one_thing_only(office: Office, clerk: Actor, visit: Visit) -> None:
    form = visit()
    done = reception.register(office, clerk, form)
    for act in (
        lambda: reception.take_back(office, clerk, form.request_id, done.visit_number, "登错"),
        lambda: ledger.add_note(office, clerk, form.request_id, done.matter_id, "已电话联系。"),
    ):
        with pytest.raises(Conflict, match="request_id"):
            act()
    facts = ledger.matter(office, clerk, done.matter_id)
    assert (facts.state, len(facts.events)) == ("open", 2)


@pytest.mark.parametrize("request_id", ["", "  "])
def test_without_a_request_id_nothing_is_registered(
    office: Office, clerk: Actor, visit: Visit, request_id: str
) -> None:
    with pytest.raises(Refused) as refused:
        reception.register(office, clerk, visit(request_id=request_id))
    assert _fields(refused) == {"request_id"}


# --- doubts, reasons, routes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"id_number": "110105194912310020"}, "id_number"),
        ({"id_number": "130608209912310010"}, "id_number"),
        ({"id_number": "13060819900101"}, "id_number"),
        ({"phone": "12345"}, "phone"),
        ({"category": "法律咨询", "flow": "法律咨询"}, "category"),
    ],
)
def test_a_doubt_is_kept_with_a_reason_and_the_reason_is_shown(
    office: Office, clerk: Actor, visit: Visit, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        reception.register(office, clerk, visit(**facts))
    assert _fields(refused) == {field}
    done = reception.register(office, clerk, visit(**facts, overrides={field: "当事人口述，证件未带"}))
    notes = ledger.matter(office, clerk, done.matter_id).visits[0].override_notes
    assert any("当事人口述，证件未带" in note for note in notes)


def test_a_reason_does_not_help_against_a_refusal(office: Office, clerk: Actor, visit: Visit) -> None:
    with pytest.raises(Refused) as refused:
        reception.register(office, clerk, visit(headcount=0, overrides={"headcount": "不知道"}))
    assert _fields(refused) == {"headcount"}


def test_another_route_than_suggested_wants_a_reason_and_keeps_it(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    chosen = {"category": "legal_question", "flow": "consultation"}
    assert {problem.field for problem in reception.check(office, visit(**chosen))} == {"category"}
    done = reception.register(office, clerk, visit(**chosen, route_reason="只想先问问法律怎么规定"))
    facts = ledger.matter(office, clerk, done.matter_id)
    assert (facts.category, facts.flow, facts.room) == ("legal_question", "consultation", "legal_service")
    assert facts.visits[0].override_notes == ("分流理由：只想先问问法律怎么规定",)


def test_what_nobody_decides_is_as_suggested(office: Office, clerk: Actor, visit: Visit) -> None:
    form = visit(township="冉庄镇")
    proposed = reception.suggest(office, form)
    done = reception.register(office, clerk, form)
    facts = ledger.matter(office, clerk, done.matter_id)
    assert (facts.category, facts.flow, facts.room, facts.unit, facts.dispute_type) == (
        proposed.category,
        proposed.flow,
        proposed.room,
        proposed.unit,
        proposed.dispute_type,
    )
    assert facts.unit and facts.reasons == tuple(reason.sentence for reason in proposed.reasons)


def test_a_petition_about_daily_life_keeps_the_line_of_the_duty_list(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    said = "村里征地，补偿款一直没有发到我家，请求查清发放。"
    form = visit(narrative=said, category="petition_matter", flow="petition", route_reason="要求查处")
    facts = ledger.matter(office, clerk, reception.register(office, clerk, form).matter_id)
    assert (facts.matter_kind, facts.unit) == ("land_requisition", "petition_office")


def test_without_any_suggestion_a_category_must_be_chosen(office: Office, clerk: Actor, visit: Visit) -> None:
    with office.store.write() as tx:
        tx.run("DELETE FROM triage_rules")
    office.reload()
    with pytest.raises(Refused) as refused:
        reception.register(office, clerk, visit())
    assert _fields(refused) == {"category", "flow", "unit"}
    # Chosen, it needs no reason: nothing else was suggested.
    done = reception.register(office, clerk, visit(category="民间纠纷"))
    facts = ledger.matter(office, clerk, done.matter_id)
    assert (facts.flow, facts.room, facts.unit) == ("mediation", "elder_mediation", "justice_bureau")


def test_the_clocks_of_its_flow_start_with_the_visit(office: Office, clerk: Actor, visit: Visit) -> None:
    petition = reception.register(
        office, clerk, visit(category="信访事项", flow="信访", route_reason="当事人要求走信访程序")
    )
    mediation = reception.register(office, clerk, visit())
    clocks = ledger.matter(office, clerk, petition.matter_id).clocks
    assert {clock.article for clock in clocks} >= {"《信访工作条例》第二十二条"}
    for clock in clocks:
        assert (clock.start.isoformat(), clock.natural_end.isoformat()) == ("2024-09-20", "2024-10-05")
        assert clock.shifted_end.isoformat() == "2024-10-08"
    assert ledger.matter(office, clerk, mediation.matter_id).clocks == ()


# --- groups --------------------------------------------------------------------------------------------------------


def _group(representatives: int) -> tuple[Person, ...]:
    return tuple(
        Person(name=f"样例{serial}", role="representative", id_type="none")
        for serial in range(representatives)
    )


def test_a_group_of_23_with_five_representatives(office: Office, clerk: Actor, visit: Visit) -> None:
    form = visit(
        persons=_group(5), headcount=23, narrative="工地拖欠工资，包工头不见了，要求发工资。",
        opponents=(Opponent(name="样例建筑公司", kind="company"),),
    )  # fmt: skip
    done = reception.register(office, clerk, form)
    seen = ledger.matter(office, clerk, done.matter_id).visits[0]
    assert (seen.headcount, len(seen.persons)) == (23, 5)
    assert [person.role for person in seen.persons] == ["representative"] * 5


def test_a_sixth_representative_is_refused_by_article_20(office: Office, clerk: Actor, visit: Visit) -> None:
    with pytest.raises(Refused) as refused:
        reception.register(office, clerk, visit(persons=_group(6), headcount=23))
    (problem,) = refused.value.problems
    assert (problem.field, problem.article) == ("representatives", "《信访工作条例》第二十条")
    assert "5 人" in problem.sentence


def test_a_minor_is_marked(office: Office, clerk: Actor, visit: Visit) -> None:
    done = reception.register(
        office, clerk, visit(birth_date="2010-05-01", narrative="同学打架，要求赔偿医药费。")
    )
    assert "minor" in ledger.matter(office, clerk, done.matter_id).flags


# --- the turn of the year ------------------------------------------------------------------------------------------


def test_the_year_of_a_number_is_the_year_in_shanghai(
    office: Office, clerk: Actor, visit: Visit, clock: Any
) -> None:
    def number() -> str:
        return reception.register(office, clerk, visit()).visit_number

    clock.moment = _at("2024-12-31T23:59:59+08:00")
    assert number() == "清访〔2024〕0001号"
    clock.moment = _at("2024-12-31T16:00:00+00:00")
    assert number() == "清访〔2025〕0001号"
    clock.moment = _at("2025-01-01T07:30:00+08:00")
    assert number() == "清访〔2025〕0002号"


def test_a_visit_of_last_year_gets_last_years_number(
    office: Office, clerk: Actor, visit: Visit, clock: Any
) -> None:
    reception.register(office, clerk, visit())
    clock.moment = _at("2025-01-02T09:00:00+08:00")
    this_year = reception.register(office, clerk, visit())
    last_year = reception.register(
        office, clerk, visit(received_at=datetime.fromisoformat("2024-12-30T15:20:00+08:00"))
    )
    assert [each.visit_number for each in (this_year, last_year)] == [
        "清访〔2025〕0001号",
        "清访〔2024〕0002号",
    ]
    facts = ledger.matter(office, clerk, last_year.matter_id)
    assert facts.number == "清事〔2024〕0002号"
    assert facts.visits[0].received_at == datetime.fromisoformat("2024-12-30T15:20:00+08:00")
    # A further visit in the new year: the visit is of this year, the matter stays of last year.
    again = reception.register(office, clerk, visit(matter=facts.number))
    assert (again.visit_number, again.matter_number) == ("清访〔2025〕0002号", facts.number)
    assert upkeep.check(office).faults == ()


@pytest.mark.parametrize(
    "received",
    [
        datetime(2024, 9, 20, 10, 30),
        datetime(2024, 9, 20, 11, 0, tzinfo=SHANGHAI),
        datetime(1999, 12, 31, 23, 0, tzinfo=SHANGHAI),
        datetime(1, 1, 1, 0, 0, tzinfo=SHANGHAI),
        datetime(9999, 12, 31, 23, 59, tzinfo=SHANGHAI),
    ],
)
def test_a_time_that_cannot_be_is_refused(
    office: Office, clerk: Actor, visit: Visit, received: datetime
) -> None:
    with pytest.raises(Refused) as refused:
        reception.register(office, clerk, visit(received_at=received))
    assert _fields(refused) == {"received_at"}


# --- taking back -----------------------------------------------------------------------------------------------------


def test_a_registration_taken_back_is_void_and_its_number_stays(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    first, second = (
        reception.register(office, clerk, visit(category="信访事项", flow="信访", route_reason="本人要求"))
        for _ in range(2)
    )
    assert reception.take_back(office, clerk, "back", "清访[2024]1", " 重复\n登记 ") == first.visit_number
    facts = ledger.matter(office, clerk, first.matter_id)
    assert (facts.state, facts.visits[0].state, facts.visits[0].void_reason) == ("void", "void", "重复登记")
    assert facts.events[-1].action == "作废"
    assert {each.state for each in facts.clocks} == {"cancelled"}
    third = reception.register(office, clerk, visit())
    assert third.visit_number == "清访〔2024〕0003号"
    assert ledger.today(office, clerk).visits == 2
    assert upkeep.check(office).faults == ()
    assert ledger.matter(office, clerk, second.matter_id).state == "open"


def test_taking_back_a_further_visit_leaves_the_matter(office: Office, clerk: Actor, visit: Visit) -> None:
    first = reception.register(office, clerk, visit())
    again = reception.register(office, clerk, visit(matter=first.matter_number))
    reception.take_back(office, clerk, "back", again.visit_number, "登错了人")
    facts = ledger.matter(office, clerk, first.matter_id)
    assert (facts.state, [each.state for each in facts.visits]) == ("open", ["valid", "void"])
    (row,) = ledger.page(office, clerk, ledger.LedgerFilter()).rows
    assert (row.visits, row.last_visit_number) == (1, first.visit_number)


def test_taking_back_cannot_be_undone_and_is_done_once(office: Office, clerk: Actor, visit: Visit) -> None:
    first, other = (reception.register(office, clerk, visit()) for _ in range(2))
    for _ in range(2):
        reception.take_back(office, clerk, "back", first.visit_number, "重复登记")
    with pytest.raises(Conflict, match="已经作废"):
        reception.take_back(office, clerk, "back again", first.visit_number, "重复登记")
    with pytest.raises(Conflict, match="request_id"):
        reception.take_back(office, clerk, "back", other.visit_number, "重复登记")
    with pytest.raises(Refused, match="已经作废"):
        reception.register(office, clerk, visit(matter=first.matter_number))
    assert len(ledger.matter(office, clerk, first.matter_id).events) == 3


@pytest.mark.parametrize(
    ("number", "reason", "kind"),
    [
        ("清访〔2024〕0001号", "", Refused),
        ("清访〔2024〕0001号", " \u3000\u200b", Refused),
        ("清访〔2024〕0001号", "无" * 201, Refused),
        ("清访〔2024〕0002号", "登错", NotFound),
        ("清事〔2024〕0001号", "登错", NotFound),
        ("", "登错", NotFound),
        ("\ud800\x00", "登错", NotFound),
    ],
)
def test_taking_back_what_cannot_be(
    office: Office, clerk: Actor, visit: Visit, number: str, reason: str, kind: type[DeskError]
) -> None:
    reception.register(office, clerk, visit())
    with pytest.raises(kind):
        reception.take_back(office, clerk, "back", number, reason)
    assert ledger.matter(office, clerk, "清访〔2024〕0001号").state == "open"


def test_who_may_not_register_or_take_back(office: Office, clerk: Actor, visit: Visit) -> None:
    done = reception.register(office, clerk, visit())
    for role in ("administrator", "auditor", "statistics"):
        with pytest.raises(NotAllowed, match="登记来访"):
            reception.register(office, Actor("x", "样例", role), visit())
    with pytest.raises(NotAllowed, match="撤回登记"):
        reception.take_back(office, Actor("x", "样例", "lawyer"), "back", done.visit_number, "登错")


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_a_draft_is_offered_until_it_is_saved(office: Office, clerk: Actor, visit: Visit, clock: Any) -> None:
    form = visit(
        name="张三", headcount=3, flags=frozenset({"urgent"}), opponents=(Opponent(name="李四"),),
        received_at=datetime(2024, 9, 20, 9, 0, tzinfo=SHANGHAI), overrides={"phone": "没有"}, narrative="半句话",
    )  # fmt: skip
    reception.save_draft(office, clerk, form)
    clock.forward(seconds=4)
    assert reception.save_draft(office, clerk, form) == clock.moment
    (draft,) = reception.drafts(office, clerk)
    assert (draft.form, draft.saved_at, draft.summary) == (form, clock.moment, "张三 半句话")
    reception.register(office, clerk, form)
    assert reception.drafts(office, clerk) == ()
    # A late keystroke after saving brings no draft back.
    reception.save_draft(office, clerk, form)
    assert reception.drafts(office, clerk) == ()


def test_drafts_are_their_authors(office: Office, clerk: Actor, visit: Visit) -> None:
    leader, form = office.actor("leader"), visit()
    reception.save_draft(office, clerk, form)
    assert reception.drafts(office, leader) == ()
    reception.drop_draft(office, leader, form.request_id)
    assert len(reception.drafts(office, clerk)) == 1
    reception.drop_draft(office, clerk, form.request_id)
    assert reception.drafts(office, clerk) == ()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"x"', '{"persons": 7}', '{"later_field": 1}', '{"received_at": "gestern"}']
)
def test_a_damaged_draft_does_not_hide_the_others(
    office: Office, clerk: Actor, visit: Visit, text: str
) -> None:
    reception.save_draft(office, clerk, visit(name="张三"))
    with office.store.write() as tx:
        tx.run("INSERT INTO draft VALUES ('torn', 'clerk', '2024-09-20T10:40:00+08:00', ?)", (text,))
    damaged, whole = reception.drafts(office, clerk)
    assert (damaged.request_id, damaged.form) == ("torn", VisitForm("torn"))
    assert "损坏" in damaged.summary
    assert whole.form.main_visitor.name == "张三"


@pytest.mark.parametrize("narrative", ["\ud800半个字", "a\x00b", "𠮷" * 5000, "<b>", ""])
def test_whatever_is_being_typed_can_be_kept(
    office: Office, clerk: Actor, visit: Visit, narrative: str
) -> None:
    reception.save_draft(office, clerk, visit(narrative=narrative))
    (draft,) = reception.drafts(office, clerk)
    assert draft.form.narrative == narrative


# --- what is stored ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "𠮷野家",
        "㐂",
        "李𬭎",
        "阿依古丽·买买提",
        "欧阳娜娜",
        "丛",
        "John Smith",
        "O'Neil",
        "Nguyễn Văn Á",
        "<b>张三",
        "&lt;i&gt;",
        "=1+1",
    ],
)
def test_a_name_is_kept_and_found_as_it_is(office: Office, clerk: Actor, visit: Visit, name: str) -> None:
    done = reception.register(office, clerk, visit(name=name))
    assert ledger.matter(office, clerk, done.matter_id).visits[0].persons[0].name == name
    assert [hit.visit_number for hit in ledger.search(office, clerk, name)] == [done.visit_number]


def test_the_suggestion_is_kept_beside_the_decision(office: Office, clerk: Actor, visit: Visit) -> None:
    reception.register(office, clerk, visit(category="法律咨询", flow="法律咨询", route_reason="只问法律"))
    with office.store.read() as rows:
        suggested = json.loads(rows.value("SELECT suggested FROM visit"))
    assert (suggested["category"], suggested["flow"]) == ("civil_dispute", "mediation")
    assert suggested["reasons"]


def test_registering_late_keeps_the_minutes_it_took(
    office: Office, clerk: Actor, visit: Visit, clock: Any
) -> None:
    done = reception.register(
        office, clerk, visit(received_at=clock.moment - timedelta(minutes=12, seconds=30))
    )
    assert ledger.matter(office, clerk, done.matter_id).visits[0].triage_minutes == 12


# --- accusations ------------------------------------------------------------------------------------------------------


def test_an_accusation_seals_its_matter(office: Office, clerk: Actor, visit: Visit) -> None:
    done = reception.register(office, clerk, visit(narrative=ACCUSATION))
    assert done.sealed
    facts = ledger.matter(office, clerk, done.matter_id)
    assert (facts.sealed, facts.unit, facts.title) == (True, "discipline", "密件（检举控告）")
    assert ledger.matter(office, office.actor("leader"), done.matter_id).sealed


def test_an_accusation_is_not_added_to_an_open_matter(office: Office, clerk: Actor, visit: Visit) -> None:
    first = reception.register(office, clerk, visit())
    with pytest.raises(Refused) as refused:
        reception.register(office, clerk, visit(matter=first.matter_number, narrative=ACCUSATION))
    assert _fields(refused) == {"matter"}
    assert refused.value.problems[0].article == "《信访工作条例》第三十条"
    # The clerk may know better, with a reason.
    again = visit(
        matter=first.matter_number, narrative=ACCUSATION, overrides={"accusation": "转述他人的话，不是检举"}
    )
    assert not reception.register(office, clerk, again).sealed


def test_a_further_visit_of_a_sealed_matter_stays_sealed(office: Office, clerk: Actor, visit: Visit) -> None:
    first = reception.register(office, clerk, visit(narrative=ACCUSATION))
    again = reception.register(office, clerk, visit(matter=first.visit_number, narrative="再来补充材料。"))
    assert (again.matter_id, again.sealed) == (first.matter_id, True)


def test_a_reader_without_an_account_does_not_stop_registering(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    with office.store.write() as tx:
        tx.run("UPDATE setting SET value = 'leader gone' WHERE key = 'sealed_readers'")
    office.reload()
    done = reception.register(office, clerk, visit(narrative=ACCUSATION))
    with office.store.read() as rows:
        readers = rows.all(
            "SELECT account FROM sealed_reader WHERE matter_id = ? ORDER BY 1", (done.matter_id,)
        )
    assert [row["account"] for row in readers] == ["clerk", "leader"]
