"""The clocks of a mediation as the file keeps them: standing still while it is suspended, moved by holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.mediation import forms
from qingyuan_desk.domain.mediation.rules import FINISH
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import caseload, ledger, mediation
from qingyuan_desk.services.mediation import take
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.services import mediated

Visit = Callable[..., VisitForm]


@pytest.fixture
def matter(office: Office, clerk: Actor, visit: Visit) -> int:
    return mediated.begun(office, clerk, visit, ("M04",))


def _agreed(office: Office, clerk: Actor, matter: int, *due: int) -> None:
    """A written agreement in force from today, with 100 yuan due after each of so many days."""
    one, other = (each.record_id for each in mediation.case(office, clerk, matter).parties)
    today = office.today()
    parts = tuple(forms.Part(today + timedelta(days=days), "", 10_000, other, one) for days in due)
    held = forms.Hold(
        started_at=office.now(),
        place="冉庄村",
        present=(one, other),
        rights_told=True,
        statements="各自陈述。",
        outcome="agreed",
        proposal="付款。",
    )
    draft = forms.Draft("占地。", "界址。", ("付款。",), amount=10_000 * len(due), parts=parts)
    sign = forms.Sign(today, today, today, (one, other), mediators_signed=True)
    for form in (held, draft, sign):
        take(office, clerk, form.step, matter, form)


def _finishing(office: Office, clerk: Actor, matter: int) -> list[tuple[date, str]]:
    """The clocks of one month: when each ends as the law counts, and how it stands."""
    return [
        (each.natural_end, each.state)
        for each in ledger.matter(office, clerk, matter).clocks
        if each.rule == FINISH and each.running
    ]


def test_a_suspended_month_goes_on_with_the_days_it_had_left(
    office: Office, clerk: Actor, matter: int, clock: Clock
) -> None:
    ((ends, _),) = _finishing(office, clerk, matter)
    clock.forward(days=5)
    take(office, clerk, "stop", matter, forms.Suspend("等待鉴定"))
    assert _finishing(office, clerk, matter) == []
    clock.forward(days=31)
    assert caseload.day(office, clerk, "M04").cases[0].alarm_on is None
    take(office, clerk, "go", matter, forms.Resume("鉴定出来了"))
    ((later, _),) = _finishing(office, clerk, matter)
    assert (later - ends).days == 31
    clock.forward(days=1)
    take(office, clerk, "stop again", matter, forms.Suspend("等待补充材料"))
    clock.forward(days=4)
    take(office, clerk, "go again", matter, forms.Resume())
    ((last, _),) = _finishing(office, clerk, matter)
    assert (last - later).days == 4


def test_what_ended_while_suspended_starts_no_clock(
    office: Office, clerk: Actor, matter: int, clock: Clock
) -> None:
    take(office, clerk, "stop", matter, forms.Suspend("等待鉴定"))
    take(office, clerk, "end", matter, forms.Terminate("hard", "鉴定做不了。", ("lawsuit",)))
    assert _finishing(office, clerk, matter) == []


def test_the_court_may_be_asked_until_the_working_day_after_the_thirtieth(
    office: Office, clerk: Actor, matter: int, clock: Clock
) -> None:
    """The thirtieth day is Sunday 2024-10-20 (《民法典》第二百零三条)."""
    assert office.today() == date(2024, 9, 20)
    _agreed(office, clerk, matter, 60)
    clock.forward(days=32)
    with pytest.raises(Refused, match="三十日内（到 2024-10-21）"):
        take(office, clerk, "late", matter, forms.Confirm(date(2024, 10, 22), "清苑区人民法院"))
    take(office, clerk, "in time", matter, forms.Confirm(date(2024, 10, 21), "清苑区人民法院"))


@pytest.mark.parametrize("closing, listed", [("stage", 1), ("procedural", 0)])
def test_what_is_still_due_after_closing(
    office: Office, clerk: Actor, matter: int, clock: Clock, closing: str, listed: int
) -> None:
    """A stage of it is done, and the rest is watched; a case nobody can urge any more is not listed for ever."""
    _agreed(office, clerk, matter, 10)
    take(office, clerk, "close", matter, forms.Close(closing, "对方在外地。"))
    clock.forward(days=11)
    assert len(caseload.day(office, clerk, "M04").instalments_due) == listed
    part = mediation.case(office, clerk, matter).schedule[0].record_id
    take(office, clerk, "paid", matter, forms.Perform(part, office.today(), 10_000, "收条"))
    assert caseload.day(office, clerk, "M04").instalments_due == ()


def test_a_meeting_planned_for_later_goes_with_the_case(
    office: Office, clerk: Actor, matter: int, clock: Clock
) -> None:
    mediated.planned(office, clerk, matter, office.now() + timedelta(days=3))
    take(office, clerk, "back", matter, forms.Withdraw("和好"))
    clock.forward(days=4)
    assert caseload.day(office, clerk, "M04").sessions_today == ()
