"""Statutory clocks at work: met in time, met late, met once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.matter import ClockView, MatterFacts
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import deadlines, ledger, reception
from qingyuan_desk.services.office import Office
from tests.conftest import Clock


@pytest.fixture
def petition(office: Office, clerk: Actor, visit: Callable[..., VisitForm]) -> int:
    """A petition received on 20 September 2024: fifteen days to register and forward, and to tell."""
    form = visit(
        narrative="反映村里公路多年失修，多次找部门没有答复。",
        category="petition_matter",
        route_reason="按诉求",
    )
    return reception.register(office, clerk, form).matter_id


def _matter(office: Office, clerk: Actor, petition: int) -> MatterFacts:
    return ledger.matter(office, clerk, petition)


def _clock(office: Office, clerk: Actor, petition: int, event: str) -> ClockView:
    return next(each for each in _matter(office, clerk, petition).clocks if each.event.startswith(event))


def test_what_was_done_in_time_is_told_on_the_timeline(
    office: Office, clerk: Actor, petition: int, clock: Clock
) -> None:
    clock.forward(days=8)
    running = _clock(office, clerk, petition, "登记并转送")
    deadlines.meet(office, clerk, "m1", running.clock_id, "清转〔2024〕12号")
    met = _clock(office, clerk, petition, "登记并转送")
    assert (met.state, met.words) == ("met", "已于2024年9月28日办理")
    last = _matter(office, clerk, petition).events[-1]
    assert (last.action, last.note) == (
        "期限办结",
        "登记并转送、交办：已于2024年9月28日办理。清转〔2024〕12号",
    )
    assert ledger.today(office, clerk).overdue == 0


def test_a_late_act_is_recorded_as_late(office: Office, clerk: Actor, petition: int, clock: Clock) -> None:
    clock.forward(days=30)
    assert ledger.today(office, clerk).overdue == 1
    for number, running in enumerate(_matter(office, clerk, petition).clocks):
        deadlines.meet(office, clerk, f"m{number}", running.clock_id)
    # 5 October 2024 lies in the National Day holiday, so the last day is the 8th.
    assert {each.words for each in _matter(office, clerk, petition).clocks} == {
        "2024年10月20日办理，超期 12 天"
    }
    assert ledger.today(office, clerk).overdue == 0


def test_pressed_twice_it_is_recorded_once(office: Office, clerk: Actor, petition: int) -> None:
    running = _clock(office, clerk, petition, "登记并转送")
    for _ in range(2):
        deadlines.meet(office, clerk, "m1", running.clock_id)
    assert sum(each.action == "期限办结" for each in _matter(office, clerk, petition).events) == 1
    with pytest.raises(Conflict, match="已经记过了"):
        deadlines.meet(office, clerk, "m2", running.clock_id)


def test_what_was_recorded_by_mistake_runs_on_to_the_same_day(
    office: Office, clerk: Actor, petition: int, clock: Clock
) -> None:
    before = _clock(office, clerk, petition, "登记并转送")
    deadlines.meet(office, clerk, "m1", before.clock_id)
    for _ in range(2):
        deadlines.reopen(office, clerk, "o1", before.clock_id, "记错了期限")
    assert _clock(office, clerk, petition, "登记并转送") == before
    told = [(each.action, each.note) for each in _matter(office, clerk, petition).events[-2:]]
    assert told[1] == ("撤回办结", "登记并转送、交办：继续计算。记错了期限")
    assert told[0][0] == "期限办结"
    with pytest.raises(Conflict, match="没有记过办结"):
        deadlines.reopen(office, clerk, "o2", before.clock_id, "再来一次")
    deadlines.meet(office, clerk, "m2", before.clock_id)
    with pytest.raises(Refused, match="请写明为什么撤回办结"):
        deadlines.reopen(office, clerk, "o3", before.clock_id, " \u3000")
    clock.forward(days=30)
    deadlines.reopen(office, clerk, "o4", before.clock_id, "其实没有办")
    assert ledger.today(office, clerk).overdue == 1


def test_nothing_runs_for_a_void_matter(office: Office, clerk: Actor, petition: int) -> None:
    met = _clock(office, clerk, petition, "登记并转送")
    deadlines.meet(office, clerk, "m1", met.clock_id)
    number = _matter(office, clerk, petition).visits[0].number
    reception.take_back(office, clerk, "b1", number, "重复登记")
    with pytest.raises(Conflict, match="已经作废"):
        deadlines.reopen(office, clerk, "o1", met.clock_id, "记错了期限")
    assert not any(each.running for each in _matter(office, clerk, petition).clocks)


@pytest.mark.parametrize("day", [date(2024, 9, 19), date(2024, 9, 21)])
def test_a_day_before_the_start_or_in_the_future_is_refused(
    office: Office, clerk: Actor, petition: int, day: date
) -> None:
    running = _clock(office, clerk, petition, "登记并转送")
    with pytest.raises(Refused, match="办理日期要在 2024-09-20 到今天之间"):
        deadlines.meet(office, clerk, "m1", running.clock_id, on=day)


def test_who_may_not_know_of_a_matter_meets_none_of_its_clocks(
    office: Office, clerk: Actor, visit: Callable[..., VisitForm]
) -> None:
    sealed = reception.register(
        office, clerk, visit(narrative="检举某干部受贿。", flags=frozenset({"accusation"}))
    )
    clock_id = ledger.matter(office, clerk, sealed.matter_id).clocks[0].clock_id
    with pytest.raises(NotFound):
        deadlines.meet(office, office.actor("mediator"), "m1", clock_id)
    deadlines.meet(office, clerk, "m1", clock_id)


def test_a_clock_that_is_not_there(office: Office, clerk: Actor) -> None:
    with pytest.raises(NotFound):
        deadlines.meet(office, clerk, "m1", 999)
    with pytest.raises(NotAllowed):
        deadlines.meet(office, Actor("x", "统计", "statistics"), "m1", 1)
