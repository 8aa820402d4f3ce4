"""Mediation cases through the service: read, stepped through, refused, found again; whole steps or none."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qingyuan_desk.domain import clocks, flows
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.matter import LedgerFilter, standing
from qingyuan_desk.domain.mediation import acts, forms
from qingyuan_desk.domain.mediation.case import CaseParty
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import caseload, ledger, mediation, papers, reception, reporting
from qingyuan_desk.services.mediation import take
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import clocks as clock_store
from tests.conftest import Clock
from tests.services import mediated

Visit = Callable[..., VisitForm]


@pytest.fixture
def matter(office: Office, clerk: Actor, visit: Visit) -> int:
    """A registered dispute with both sides."""
    return reception.register(office, clerk, visit(opponent="赵测试")).matter_id


def _simple(office: Office, **facts: object) -> forms.Simple:
    told: dict[str, object] = {
        "mediators": ("M04",),
        "started_at": office.now(),
        "facts": "邻居滴水到院里。",
        "terms": ("赵测试把屋檐收回三十厘米。",),
        "place": "冉庄村",
        "accepted": True,
    }
    return forms.Simple(**{**told, **facts})  # type: ignore[arg-type]


def _events(office: Office, actor: Actor, matter: int) -> list[str]:
    return [each.action for each in ledger.matter(office, actor, matter).events]


# --- reading -----------------------------------------------------------------------------------------------------


def test_before_it_is_opened_the_parties_are_those_of_the_visits(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    first = visit(
        persons=(
            Person("王建国", phone="13812345678", township="冉庄镇"),
            Person("周代理", role="agent", authority="special"),
            Person("吴随行", role="companion"),
        ),
        opponents=(Opponent("清苑某公司", kind="company"),),
        headcount=3,
    )
    done = reception.register(office, clerk, first)
    again = visit(matter=done.matter_number, sex="male", opponent="钱村民")
    reception.register(office, clerk, again)
    found = mediation.case(office, clerk, done.visit_number)
    assert found.mediation is None
    assert [(each.side, each.name, each.kind, each.record_id) for each in found.parties] == [
        ("applicant", "王建国", "person", 0),
        ("respondent", "清苑某公司", "company", 0),
        ("respondent", "钱村民", "person", 0),
    ]
    main = found.parties[0]
    assert (main.phone, main.sex, main.agent, main.authority) == ("13812345678", "male", "周代理", "special")
    assert len(found.visits) == 2


def test_who_was_named_at_a_void_visit_is_no_party(office: Office, clerk: Actor, visit: Visit) -> None:
    done = reception.register(office, clerk, visit())
    wrong = reception.register(office, clerk, visit(matter=done.matter_number, opponent="错对方"))
    reception.take_back(office, clerk, "back", wrong.visit_number, "登错了对方")
    found = mediation.case(office, clerk, done.matter_id)
    assert [each.name for each in found.parties] == ["王建国"]


def test_a_case_opened_keeps_its_own_parties(office: Office, clerk: Actor, visit: Visit, matter: int) -> None:
    take(office, clerk, "open", matter, forms.Open())
    number = ledger.matter(office, clerk, matter).number
    reception.register(office, clerk, visit(matter=number, opponent="后来的人"))
    parties = mediation.case(office, clerk, matter).parties
    assert [each.name for each in parties] == ["王建国", "赵测试"]
    assert all(each.record_id for each in parties)


def test_a_matter_of_another_flow_is_refused_in_a_sentence(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    form = visit(flow="petition", route_reason="来访人坚持走信访程序")
    petition = reception.register(office, clerk, form).matter_id
    for ask in (
        lambda: mediation.case(office, clerk, petition),
        lambda: take(office, clerk, "open", petition, forms.Open()),
        lambda: mediation.candidates(office, clerk, petition),
    ):
        with pytest.raises(Refused, match="流程不是人民调解"):
            ask()


def test_what_is_not_there_is_not_found(office: Office, clerk: Actor) -> None:
    with pytest.raises(NotFound):
        mediation.case(office, clerk, "（2024）清综人调字第0009号")
    with pytest.raises(NotFound):
        take(office, clerk, "open", 99, forms.Open())


# --- stepping ----------------------------------------------------------------------------------------------------


def test_a_step_writes_records_matter_event_and_clock(office: Office, clerk: Actor, matter: int) -> None:
    take(office, clerk, "open", matter, forms.Open(claims=("退回占地",)))
    one, other = mediation.case(office, clerk, matter).parties
    first = take(office, clerk, "yes1", matter, forms.Consent(one.record_id, True))
    assert (first.node, first.number, first.record_id) == ("consent", "", one.record_id)
    done = take(office, clerk, "yes2", matter, forms.Consent(other.record_id, True))
    assert (done.node, done.number) == ("assign", "（2024）清综人调字第0001号")
    facts = ledger.matter(office, clerk, matter)
    event = facts.events[-1]
    assert (event.action, event.actor, event.node_from, event.node_to) == (
        "征求调解意见",
        "登记员",
        "待征求同意",
        "待选定调解员",
    )
    assert "各方都已同意" in event.note
    assert [clock.rule for clock in facts.clocks] == ["mediation_finish"]
    assert facts.updated_at == office.now()


def test_numbers_run_on_without_a_hole_and_turn_with_the_year(
    office: Office, clerk: Actor, visit: Visit, clock: Clock
) -> None:
    def number() -> str:
        done = reception.register(office, clerk, visit(opponent="赵测试"))
        matter = done.matter_id
        with pytest.raises(Refused):
            take(office, clerk, f"bad{matter}", matter, _simple(office, mediators=("无此人",)))
        assert mediation.case(office, clerk, matter).mediation is None
        return take(office, clerk, f"simple{matter}", matter, _simple(office)).number

    assert [number(), number()] == ["（2024）清综人调字第0001号", "（2024）清综人调字第0002号"]
    clock.forward(days=110)
    assert number() == "（2025）清综人调字第0001号"


@pytest.mark.parametrize(
    "spelling",
    [
        "（2024）清综人调字第0001号",
        "(2024)清综人调字第1号",
        "2024年清综人调字1",
        "清综人调字〔2024〕0001号",
        "（２０２４）人调字第１号",
        "清综人调字第0001号",
        "人调1",
    ],
)
def test_a_dossier_number_finds_the_matter_everywhere(
    office: Office, clerk: Actor, matter: int, spelling: str
) -> None:
    take(office, clerk, "simple", matter, _simple(office))
    assert mediation.case(office, clerk, spelling).matter_id == matter
    assert [hit.matter_id for hit in ledger.search(office, clerk, spelling)] == [matter]
    listed = ledger.page(office, clerk, LedgerFilter(text=spelling)).rows
    assert [row.matter_id for row in listed] == [matter]
    if "清综" in spelling and "2024" in spelling:
        assert papers.kinds_for(office, clerk, spelling)


def test_a_simple_dispute_is_one_transaction_of_several_steps(
    office: Office, clerk: Actor, matter: int
) -> None:
    done = take(office, clerk, "simple", matter, _simple(office, satisfaction="satisfied"))
    assert (done.step, done.node) == ("simple", "closed")
    found = mediation.case(office, clerk, matter)
    assert (found.state, found.agreement.form, found.performed) == ("closed", "oral", True)  # type: ignore[union-attr]
    assert _events(office, clerk, matter)[2:] == [
        "登记调解申请",
        "征求调解意见",
        "征求调解意见",
        "选定调解员",
        "调解记录",
        "达成口头协议",
        "回访",
        "办结",
    ]
    clock = ledger.matter(office, clerk, matter).clocks[0]
    assert (clock.rule, clock.state) == ("mediation_finish", "met")


def test_what_is_over_leaves_the_open_ones_of_the_ledger(office: Office, clerk: Actor, matter: int) -> None:
    assert ledger.count(office, clerk, LedgerFilter(state="open")) == 1
    take(office, clerk, "simple", matter, _simple(office))
    assert ledger.count(office, clerk, LedgerFilter(state="open")) == 0
    assert ledger.count(office, clerk, LedgerFilter(state="closed")) == 1
    with office.store.read() as rows:
        assert rows.value("SELECT closed_on FROM matter") == "2024-09-20"


def test_an_end_without_agreement_is_called_what_it_is(office: Office, clerk: Actor, visit: Visit) -> None:
    mediated.failed(office, clerk, visit)
    (row,) = ledger.page(office, clerk, LedgerFilter(state="closed")).rows
    assert standing(row.state, row.node) == "调解不成已终止"


def test_filing_later_does_not_move_the_day_it_was_closed(
    office: Office, clerk: Actor, matter: int, clock: Clock
) -> None:
    take(office, clerk, "simple", matter, _simple(office))
    clock.forward(days=9)
    mediated.file(office, clerk, matter)
    with office.store.read() as rows:
        assert rows.value("SELECT closed_on FROM matter") == "2024-09-20"


def test_a_signed_agreement_may_be_confirmed_within_thirty_days_and_only_once_at_a_time(
    office: Office, clerk: Actor, visit: Visit, clock: Clock
) -> None:
    matter = mediated.begun(office, clerk, visit, ("M04",))
    one, other = (each.record_id for each in mediation.case(office, clerk, matter).parties)
    today = office.today()
    held = forms.Hold(
        started_at=office.now(),
        place="冉庄村",
        present=(one, other),
        rights_told=True,
        statements="各自陈述。",
        outcome="agreed",
        proposal="付款。",
    )
    draft = forms.Draft(
        "占地。",
        "界址。",
        ("赵测试付款。",),
        amount=100_000,
        parts=(
            forms.Part(today + timedelta(days=10), "", 40_000, other, one),
            forms.Part(today + timedelta(days=40), "", 60_000, other, one),
        ),
    )
    sign = forms.Sign(today, today, today, (one, other), mediators_signed=True)
    for name, form in (("held", held), ("draft", draft), ("again", draft), ("sign", sign)):
        done = take(office, clerk, name, matter, form)
    found = mediation.case(office, clerk, matter)
    assert found.agreement is not None
    assert (done.node, done.record_id) == ("performing", found.agreement.record_id)
    assert [each.amount for each in found.schedule] == [40_000, 60_000]
    assert [each.state for each in found.agreements] == ["discarded", "effective"]
    running = [each for each in ledger.matter(office, clerk, matter).clocks if each.running]
    assert [(each.rule, str(each.natural_end)) for each in running] == [("mediation_confirm", "2024-10-20")]


def test_what_the_parties_may_do_is_never_overdue(
    office: Office, clerk: Actor, visit: Visit, clock: Clock
) -> None:
    matter = mediated.begun(office, clerk, visit, ("M04",))
    with office.store.write() as tx:
        rule = office.reference.clock("mediation_confirm")
        assert rule is not None
        tx.run("UPDATE clock SET state = 'met', ended_on = start_on")
        clock_store.add(tx, matter, rule, clocks.due(rule, office.today(), office.calendar))
    assert ledger.matter(office, clerk, matter).clocks[0].state == "ok"
    clock.forward(days=40)
    lapsed = ledger.matter(office, clerk, matter).clocks[0]
    assert lapsed.rule == "mediation_confirm"
    assert (lapsed.running, lapsed.words) == (False, "期限已过，没有提出")
    assert ledger.today(office, clerk).overdue == 0
    assert ledger.count(office, clerk, LedgerFilter(due="overdue")) == 0
    assert ledger.page(office, clerk, LedgerFilter()).rows[0].clock is None
    assert caseload.day(office, clerk).confirmations_due == ()
    period = reporting.month(office, clerk, "2024-10")
    assert (period.clocks.due, period.clocks.overdue) == (1, 0)


def test_what_is_typed_is_cleaned_before_the_rules_see_it(office: Office, clerk: Actor, matter: int) -> None:
    take(
        office, clerk, "open", matter, forms.Open(facts=" 第一行 \r\n第二行\u200b ", claims=("  退地 ", "\n"))
    )
    found = mediation.case(office, clerk, matter).mediation
    assert found is not None
    assert (found.facts, found.claims) == ("第一行\n第二行", ("退地",))
    party = CaseParty(matter, "third", " 孙\n第三 ", address="一\t号")
    take(office, clerk, "party", matter, forms.PutParty(party))
    third = mediation.case(office, clerk, matter).parties[-1]
    assert (third.name, third.address) == ("孙第三", "一号")
    with pytest.raises(Refused) as refused:
        take(office, clerk, "blank", matter, forms.WriteNote("fact", "\u200b \n"))
    assert refused.value.problems[0].field == "text"


def test_a_mediator_of_the_same_surname_and_village_is_disclosed(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    elder = next(each for each in office.reference.mediators if each.village and each.status == "active")
    kin = Person(elder.name[0] + "某亲", township=elder.township, village=elder.village)
    matter = reception.register(office, clerk, visit(persons=(kin,), opponent="别姓")).matter_id
    last = mediation.candidates(office, clerk, matter)
    told = next(each for each in last if each.card.code == elder.code)
    assert any("同姓同村" in words for words in told.conflicts)
    assert last[0].conflicts == ()
    simple = _simple(office, mediators=(elder.code,), accepted=False)
    with pytest.raises(Refused, match="同姓同村"):
        take(office, clerk, "simple", matter, simple)
    assert mediation.case(office, clerk, matter).mediation is None


def test_among_equals_who_has_fewer_cases_is_proposed_first(
    office: Office, clerk: Actor, visit: Visit, matter: int
) -> None:
    before = mediation.candidates(office, clerk, matter)
    assert {each.load for each in before} == {0}
    first = before[0]
    equals = [each.card.code for each in before if (each.reasons, each.conflicts) == (first.reasons, ())]
    assert len(equals) > 1
    mediated.begun(office, clerk, visit, (first.card.code,))
    after = mediation.candidates(office, clerk, matter)
    assert {each.card.code: each.load for each in after}[first.card.code] == 1
    assert [each.card.code for each in after if each.card.code in equals] == [*equals[1:], first.card.code]


def test_asking_the_rules_writes_nothing(office: Office, clerk: Actor, matter: int) -> None:
    version = mediation.case(office, clerk, matter).version
    assert mediation.problems(office, clerk, matter, forms.Open(origin="nowhere"))[0].field == "origin"
    assert mediation.problems(office, clerk, matter, forms.Close())[0].sentence.startswith("还没有登记")
    assert mediation.case(office, clerk, matter).version == version
    hindered = {
        step.code for step in mediation.steps(mediation.case(office, clerk, matter)) if step.hindrance
    }
    assert "close" in hindered and "open" not in hindered


def test_every_step_is_called_something_on_the_timeline() -> None:
    steps = {f"mediation.{code}" for code in acts.ACTS if code != "simple"}
    assert steps <= set(flows.ACTIONS)


# --- once, by one, or not at all -----------------------------------------------------------------------------------


def test_asked_again_it_answers_the_same_and_writes_nothing(
    office: Office, clerk: Actor, matter: int
) -> None:
    first = take(office, clerk, "simple", matter, _simple(office))
    events = _events(office, clerk, matter)
    again = take(office, clerk, "simple", matter, _simple(office))
    assert again.replayed and not first.replayed
    assert (again.node, again.number, again.record_id) == (first.node, first.number, first.record_id)
    assert _events(office, clerk, matter) == events


def test_a_request_id_stands_for_one_thing(office: Office, clerk: Actor, visit: Visit, matter: int) -> None:
    other = reception.register(office, clerk, visit(opponent="赵测试")).matter_id
    take(office, clerk, "once", matter, forms.Open())
    with pytest.raises(Conflict, match="另一件事项"):
        take(office, clerk, "once", other, forms.Open())
    with pytest.raises(Conflict, match="别的操作"):
        take(office, clerk, "once", matter, forms.WriteNote("fact", "滴水"))
    with pytest.raises(Refused, match="request_id"):
        take(office, clerk, " ", other, forms.Open())
    assert mediation.case(office, clerk, other).mediation is None


def test_of_two_clerks_taking_the_same_step_one_is_told(office: Office, clerk: Actor, matter: int) -> None:
    take(office, clerk, "open", matter, forms.Open())
    party = mediation.case(office, clerk, matter).parties[0].record_id

    def agree(request: str) -> str:
        try:
            return take(office, clerk, request, matter, forms.Consent(party, True)).node
        except Refused as refused:
            return refused.sentence

    with ThreadPoolExecutor() as pool:
        answers = sorted(pool.map(agree, ("left desk", "right desk")))
    assert answers == ["consent", "王建国已经同意调解，不用再记。"]
    assert _events(office, clerk, matter).count("征求调解意见") == 1


def test_a_form_filled_in_for_an_older_state_is_not_written_over_the_newer(
    office: Office, clerk: Actor, matter: int
) -> None:
    take(office, clerk, "open", matter, forms.Open())
    seen = mediation.case(office, clerk, matter).version
    take(office, clerk, "one", matter, forms.Describe("张三先写的"), version=seen)
    with pytest.raises(Conflict, match="有人改过"):
        take(office, clerk, "two", matter, forms.Describe("李四后写的"), version=seen)
    found = mediation.case(office, clerk, matter).mediation
    assert found is not None and found.facts == "张三先写的"


class _Deadly(Clock):
    """A clock that stops the program, killed, the so-manieth time somebody looks at it."""

    def __init__(self, clock: Clock, looks: int) -> None:
        super().__init__(clock.moment)
        self.looks = looks

    def __call__(self) -> datetime:
        self.looks -= 1
        if self.looks == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__()


def test_killed_in_the_middle_of_a_step_nothing_of_it_is_there(
    office: Office, clerk: Actor, matter: int, clock: Clock
) -> None:
    folder, form = office.folder, _simple(office)
    office.close()
    counting = _Deadly(clock, 0)
    looks = range(1, _looks(folder, counting, matter, form) + 1)
    # From the first look to the one when the answer is written down, behind everything else.
    for look in (looks[0], looks[len(looks) // 2], looks[-1]):
        child = os.fork()
        if child == 0:
            other = Office.open(folder, now=_Deadly(clock, look))
            take(other, other.actor("clerk"), "simple", matter, form)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        again = Office.open(folder, now=clock)
        assert mediation.case(again, clerk, matter).mediation is None
        assert _events(again, clerk, matter) == ["登记", "分流"]
        again.close()
    last = Office.open(folder, now=clock)
    assert take(last, clerk, "simple", matter, form).number == "（2024）清综人调字第0001号"
    last.close()


def _looks(folder: Path, clock: _Deadly, matter: int, form: forms.Form) -> int:
    """How often the step looks at the clock, found out on a copy."""
    copy = Office.open(shutil.copytree(folder, folder.with_name("试")), now=clock)
    before = clock.looks
    take(copy, copy.actor("clerk"), "simple", matter, form)
    copy.close()
    return before - clock.looks


# --- who may -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may"),
    [("clerk", True), ("mediator", True), ("leader", True), ("lawyer", False), ("auditor", False)],
)
def test_who_may_take_steps(office: Office, matter: int, role: str, may: bool) -> None:
    actor = Actor("clerk", "某人", role)
    if may:
        assert take(office, actor, "open", matter, forms.Open()).node == "consent"
    else:
        with pytest.raises(NotAllowed, match="办理调解"):
            take(office, actor, "open", matter, forms.Open())


def test_a_sealed_matter_is_mediated_by_its_readers_only(office: Office, clerk: Actor, matter: int) -> None:
    take(office, clerk, "simple", matter, _simple(office))
    with office.store.write() as tx:
        tx.run("UPDATE matter SET sealed = 1")
        tx.insert("sealed_reader", {"matter_id": matter, "account": "clerk"})
    stranger = office.actor("mediator")
    for ask in (
        lambda: mediation.case(office, stranger, matter),
        lambda: mediation.case(office, stranger, "（2024）清综人调字第0001号"),
        lambda: mediation.problems(office, stranger, matter, forms.Close()),
        lambda: mediation.private_notes(office, stranger, "look", matter),
        lambda: mediation.candidates(office, stranger, matter),
        lambda: take(office, stranger, "note", matter, forms.WriteNote("fact", "滴水")),
    ):
        with pytest.raises(NotFound):
            ask()
    assert mediation.case(office, clerk, matter).matter_id == matter


def test_sealed_notes_are_shown_to_others_only_when_asked_for(
    office: Office, clerk: Actor, matter: int
) -> None:
    mediator = office.actor("mediator")
    take(office, clerk, "open", matter, forms.Open())
    party = mediation.case(office, clerk, matter).parties[0].record_id
    take(office, mediator, "offer", matter, forms.WriteNote("offer", "底线两千元", party, amount=200_000))
    take(office, mediator, "fact", matter, forms.WriteNote("fact", "滴水属实"))
    own = mediation.case(office, mediator, matter).notes
    assert [(note.text, note.amount) for note in own] == [("底线两千元", 200_000), ("滴水属实", None)]
    seen = mediation.case(office, clerk, matter).notes
    assert [(note.text, note.amount) for note in seen] == [("", None), ("滴水属实", None)]
    told = "".join(event.note for event in ledger.matter(office, clerk, matter).events)
    assert "两千" not in told and "滴水属实" in told
    for _ in range(2):
        sealed = mediation.private_notes(office, clerk, "look", matter)
        assert [note.text for note in sealed] == ["底线两千元"]
    assert _events(office, clerk, matter).count("查看封存笔记") == 1
    with pytest.raises(NotAllowed):
        mediation.private_notes(office, Actor("clerk", "律师", "lawyer"), "look2", matter)


def test_what_is_being_mediated_is_not_taken_back(office: Office, clerk: Actor, visit: Visit) -> None:
    done = reception.register(office, clerk, visit(opponent="赵测试"))
    take(office, clerk, "open", done.matter_id, forms.Open())
    again = reception.register(office, clerk, visit(matter=done.matter_number))
    reception.take_back(office, clerk, "second", again.visit_number, "不是同一件")
    with pytest.raises(Conflict, match="已经登记了人民调解"):
        reception.take_back(office, clerk, "first", done.visit_number, "登错了")
    assert mediation.case(office, clerk, done.matter_id).state == "open"
