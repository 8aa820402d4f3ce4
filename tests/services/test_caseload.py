"""A mediator's own start page: whose case, whom to call, what is due, what a dossier lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotAllowed
from qingyuan_desk.domain.mediation import forms
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import caseload, mediation, reception
from qingyuan_desk.services.mediation import take
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.services import mediated

Visit = Callable[..., VisitForm]


@pytest.fixture
def matter(office: Office, clerk: Actor, visit: Visit) -> int:
    """A case of M04, beside one of M02."""
    mediated.begun(office, clerk, visit, ("M02",))
    return mediated.begun(office, clerk, visit, ("M04",))


def _sides(office: Office, actor: Actor, matter: int) -> tuple[int, int]:
    one, other = mediation.case(office, actor, matter).parties
    return one.record_id, other.record_id


def _signed(office: Office, actor: Actor, matter: int, *due: int) -> None:
    """A written agreement in force from today, with 100 yuan due after each of so many days."""
    one, other = _sides(office, actor, matter)
    today, parts = office.today(), []
    for days in due:
        parts.append(forms.Part(today + timedelta(days=days), "", 10_000, other, one))
    held = forms.Hold(
        started_at=office.now(),
        place="冉庄村",
        present=(one, other),
        rights_told=True,
        statements="各自陈述。",
        outcome="agreed",
        proposal="付款。",
    )
    draft = forms.Draft("占地。", "界址。", ("付款。",), amount=10_000 * len(due), parts=tuple(parts))
    sign = forms.Sign(today, today, today, (one, other), mediators_signed=True)
    for form in (held, draft, sign):
        take(office, actor, f"{form.step}-{matter}", matter, form)


def test_my_cases_are_mine(office: Office, clerk: Actor, visit: Visit, matter: int) -> None:
    waiting = reception.register(office, clerk, visit()).matter_id
    everybody = caseload.day(office, clerk).cases
    assert {each.ref.matter_id for each in everybody} == {matter - 1, matter, waiting}
    mine, new = caseload.day(office, clerk, "M04").cases
    name = next(each.name for each in office.reference.mediators if each.code == "M04")
    assert (mine.ref.matter_id, mine.node, mine.mediators) == (matter, "schedule", (name,))
    assert (mine.dossier, str(mine.alarm_on)) == ("（2024）清综人调字第0002号", "2024-10-20")
    assert (new.ref.matter_id, new.begun) == (waiting, False), "what nobody has begun with is everybody's"
    take(office, clerk, "other", matter, forms.Assign(("M02",), reason="M04 住院", accepted=True))
    whose = {code: caseload.day(office, clerk, code).cases for code in ("M02", "M04")}
    assert [each.ref.matter_id for each in whose["M04"]] == [waiting]
    assert {each.ref.matter_id for each in whose["M02"]} == {matter - 1, matter, waiting}


def test_what_is_over_is_no_open_case(office: Office, clerk: Actor, visit: Visit, matter: int) -> None:
    mediated.settled(office, clerk, visit, matter=matter)
    mine = caseload.day(office, clerk, "M04")
    assert (mine.cases, mine.missing) == ((), ())


def test_sessions_of_today_and_those_nobody_recorded(
    office: Office, clerk: Actor, matter: int, clock: Clock
) -> None:
    mediated.planned(office, clerk, matter, office.now() + timedelta(hours=3))
    mediated.planned(office, clerk, matter, office.now() + timedelta(days=1))
    (today,) = caseload.day(office, clerk, "M04").sessions_today
    assert (today.ref.matter_id, today.session.place) == (matter, "冉庄村")
    assert caseload.day(office, clerk, "M02").sessions_today == ()
    clock.forward(days=1)
    assert len(caseload.day(office, clerk).sessions_today) == 2
    take(office, clerk, "no", matter, forms.Cancel(today.session.record_id, "一方外出"))
    assert len(caseload.day(office, clerk).sessions_today) == 1


def test_calls_ask_for_consent_and_how_it_went(
    office: Office, clerk: Actor, visit: Visit, matter: int, clock: Clock
) -> None:
    new = reception.register(office, clerk, visit(opponent="赵测试")).matter_id
    take(office, clerk, "open", new, forms.Open())
    asked = [
        (each.ref.matter_id, each.party.name) for each in caseload.day(office, clerk).calls if each.party
    ]
    assert asked == [(new, "王建国"), (new, "赵测试")]
    _signed(office, clerk, matter, 10)
    assert caseload.day(office, clerk, "M04").calls == ()
    clock.forward(days=17)
    (call,) = caseload.day(office, clerk, "M04").calls
    assert call.follow_up is not None and call.follow_up.due_on == office.today()


def test_instalments_are_due_until_paid_in_full(
    office: Office, clerk: Actor, matter: int, clock: Clock
) -> None:
    _signed(office, clerk, matter, 10, 20, 30)
    clock.forward(days=20)
    first, second = caseload.day(office, clerk, "M04").instalments_due
    assert (first.payer, first.payee, first.instalment.amount) == ("赵测试", "王建国", 10_000)
    assert second.instalment.due_on == office.today()
    pay = forms.Perform(first.instalment.record_id, office.today(), 4_000, "收条")
    take(office, clerk, "part", matter, pay)
    assert len(caseload.day(office, clerk).instalments_due) == 2
    pay = forms.Perform(first.instalment.record_id, office.today(), 10_000, "收条")
    take(office, clerk, "rest", matter, pay)
    assert [each.instalment for each in caseload.day(office, clerk).instalments_due] == [second.instalment]


def test_confirmation_may_be_asked_for_and_is_then_waited_for(
    office: Office, clerk: Actor, matter: int
) -> None:
    _signed(office, clerk, matter, 10)
    (line,) = caseload.day(office, clerk, "M04").confirmations_due
    assert (str(line.last_day), line.applied_on) == ("2024-10-20", None)
    take(office, clerk, "ask", matter, forms.Confirm(office.today(), court="清苑区人民法院"))
    (line,) = caseload.day(office, clerk).confirmations_due
    assert (line.last_day, line.applied_on, line.court) == (None, office.today(), "清苑区人民法院")
    decided = forms.Confirm(office.today(), result="confirmed", document="（2024）冀0608民特1号")
    take(office, clerk, "decided", matter, decided)
    assert caseload.day(office, clerk).confirmations_due == ()


def test_a_dossier_lacks_things_until_it_is_filed(office: Office, clerk: Actor, matter: int) -> None:
    assert caseload.day(office, clerk).missing == ()
    _signed(office, clerk, matter, 10)
    (line,) = caseload.day(office, clerk, "M04").missing
    assert line.ref.matter_id == matter and line.what
    ground = forms.Terminate("hard", "无法继续。", ("lawsuit",))
    take(office, clerk, "end", matter - 1, ground)
    assert [each.ref.matter_id for each in caseload.day(office, clerk).missing] == [matter - 1, matter]
    mediated.file(office, clerk, matter - 1)
    assert [each.ref.matter_id for each in caseload.day(office, clerk).missing] == [matter]


def test_a_sealed_case_is_on_nobody_else_s_page(office: Office, clerk: Actor, matter: int) -> None:
    _signed(office, clerk, matter, 0)
    with office.store.write() as tx:
        tx.run("UPDATE matter SET sealed = 1")
        for each in (matter, matter - 1):
            tx.insert("sealed_reader", {"matter_id": each, "account": "clerk"})
    seen = caseload.day(office, clerk)
    assert seen.cases and seen.instalments_due and seen.confirmations_due and seen.missing
    stranger = caseload.day(office, office.actor("mediator"))
    assert not any(vars(stranger).values())


def test_those_who_may_not_read_get_no_page(office: Office) -> None:
    with pytest.raises(NotAllowed):
        caseload.day(office, Actor("clerk", "审计", "auditor"))
