"""How the work goes, counted from what was done through the services: nodes, units, ratings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.handling import forms
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import evaluation, reception
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI, Clock
from tests.services.handled import UNIT, forward, forwarded, petition, registered, take

Visit = Callable[..., VisitForm]
SEPTEMBER = (date(2024, 9, 1), date(2024, 9, 30))
OCTOBER = (date(2024, 10, 1), date(2024, 10, 31))


def at(clock: Clock, day: str) -> None:
    clock.moment = datetime.fromisoformat(f"{day} 09:00").replace(tzinfo=SHANGHAI)


def taken_to(office: Office, clerk: Actor, clock: Clock, visit: Visit, days: tuple[str, ...]) -> int:
    """A petition registered, sent, signed for, accepted on these days."""
    at(clock, days[0])
    matter = petition(office, clerk, visit)
    for day, step in zip(
        days[1:],
        (forward(), forms.Receive(receiver="李收件"), forms.Accept(unit=UNIT, number="受1")),
        strict=False,
    ):
        at(clock, day)
        take(office, clerk, matter, step)
    return matter


def test_days_at_nodes_before_and_after(office: Office, clerk: Actor, clock: Clock, visit: Visit) -> None:
    taken_to(office, clerk, clock, visit, ("2024-09-02", "2024-09-09", "2024-09-19", "2024-09-29"))
    taken_to(office, clerk, clock, visit, ("2024-10-02", "2024-10-05", "2024-10-06", "2024-10-08"))
    found = {
        (line.node, line.unit): line
        for line in evaluation.durations(office, clerk, *OCTOBER)
        if line.flow == "petition"
    }
    assert found["to_forward", ""].change == "由 7 天缩短到 3 天"
    assert ("to_forward", UNIT) not in found, "that time was the desk's own"
    assert found["forwarded", UNIT].change == "由 10 天缩短到 1 天"
    assert found["received", UNIT].change == "由 10 天缩短到 2 天"


def test_another_visit_does_not_begin_the_node_anew(
    office: Office, clerk: Actor, clock: Clock, visit: Visit
) -> None:
    at(clock, "2024-10-08")
    first = visit(category="petition_matter", flow="petition", route_reason="按规定办理")
    done = reception.register(office, clerk, first)
    at(clock, "2024-10-12")
    again = visit(
        matter=done.matter_number, category="petition_matter", flow="petition", route_reason="同一事项"
    )
    reception.register(office, clerk, again)
    take(office, clerk, done.matter_id, forms.Classify("appeal", "settle"))
    at(clock, "2024-10-18")
    forwarded(office, clerk, done.matter_id)
    line = next(line for line in evaluation.durations(office, clerk, *OCTOBER) if line.node == "to_forward")
    assert line.now and line.now.median == 10


def test_the_whole_way_and_a_change_of_flow(office: Office, clerk: Actor, clock: Clock, visit: Visit) -> None:
    at(clock, "2024-10-08")
    matter = petition(office, clerk, visit)
    at(clock, "2024-10-10")
    take(
        office,
        clerk,
        matter,
        forms.Switch(
            "civil_dispute", "mediation", unit="justice_bureau", dispute_type="01", reason="双方同意调解"
        ),
    )
    at(clock, "2024-10-20")
    take(
        office,
        clerk,
        matter,
        forms.Switch("petition_matter", "petition", unit="petition_office", reason="不愿调解"),
    )
    at(clock, "2024-10-28")
    take(office, clerk, matter, forms.Withdraw("问题已经解决"))
    found = {
        (line.flow, line.node): line.now.median
        for line in evaluation.durations(office, clerk, *OCTOBER)
        if line.now
    }
    assert found["petition", ""] == 20, "from registration to the end"
    assert found["mediation", "consent"] == 10


def test_how_a_unit_does(office: Office, clerk: Actor, clock: Clock, visit: Visit) -> None:
    for _ in range(5):
        taken_to(office, clerk, clock, visit, ("2024-09-10", "2024-09-10", "2024-09-10", "2024-09-14"))
    slow = taken_to(office, clerk, clock, visit, ("2024-09-10", "2024-09-10", "2024-09-10"))
    at(clock, "2024-09-26")
    take(office, clerk, slow, forms.Press(kind="yellow", cause="书面告知超期"))
    wrong = take(office, clerk, slow, forms.Press(kind="remind", cause="误发"))
    take(office, clerk, slow, forms.PressReply(urge=wrong.record_id, cancelled=True, reply="误发"))
    take(office, clerk, slow, forms.Rate(rated="unit", satisfaction="unsatisfied"))
    take(office, clerk, slow, forms.Rate(rated="unit", satisfaction="satisfied"))
    (one,) = evaluation.standings(office, clerk, *SEPTEMBER)
    facts = one.facts
    assert (facts.unit, len(facts.sent), one.answered, one.response_days) == (UNIT, 6, 5, 4)
    assert (facts.urges, facts.points, one.score) == ({"yellow": 1}, 5, 95)
    assert (facts.visitors.given, facts.visitors.satisfied) == (1, 1), "the last rating counts"
    assert facts.due >= 1 and facts.on_time < facts.due
    assert one.rank == 1


def test_the_view_of_a_township_stands_apart_from_visitors(
    office: Office, clerk: Actor, clock: Clock, visit: Visit, tmp_path: Path
) -> None:
    matter = registered(office, clerk, visit, "civil_dispute", "mediation", township="冉庄镇")
    take(
        office, clerk, matter, forms.Support(township="t_ranzhuang", unit="water", requirement="请查看排水沟")
    )
    rate = forms.Rate(by="township", rated="unit", unit="water", rater="t_ranzhuang", satisfaction="rather")
    take(office, clerk, matter, rate)
    take(office, clerk, matter, forms.Rate(satisfaction="refused"))
    (water,) = evaluation.standings(office, clerk, *SEPTEMBER)
    assert (water.facts.township.rather, water.facts.visitors.asked, water.supports) == (1, 0, 1)
    assert water.rank is None and "不足 5 件" in water.note
    (desk,) = evaluation.satisfaction(office, clerk, *SEPTEMBER)
    assert (desk.rated, desk.votes.refused, desk.votes.share) == ("desk", 1, None)
    path = tmp_path / "评价.xlsx"
    evaluation.export(office, clerk, path, *SEPTEMBER)
    grid = sheets.read(path)
    row = dict(zip(grid.header, grid.rows[0], strict=True))
    assert (row["单位"], row["乡镇满意率"], row["名次"]) == ("区水利局", "100.0%", "")


def test_sealed_matters_are_in_no_figure(office: Office, clerk: Actor, clock: Clock, visit: Visit) -> None:
    matter = registered(office, clerk, visit, "petition_matter", "petition", flags=frozenset({"accusation"}))
    take(office, clerk, matter, forms.Discipline(unit="discipline"))
    assert evaluation.durations(office, clerk, *SEPTEMBER) == ()
    assert evaluation.standings(office, clerk, *SEPTEMBER) == ()


def test_periods(office: Office, clerk: Actor) -> None:
    assert evaluation.as_long_before(*OCTOBER) == SEPTEMBER
    assert evaluation.as_long_before(date(2024, 10, 8), date(2024, 10, 14)) == (
        date(2024, 10, 1),
        date(2024, 10, 7),
    )
    with pytest.raises(Refused, match="早于首日"):
        evaluation.standings(office, clerk, OCTOBER[1], OCTOBER[0])
