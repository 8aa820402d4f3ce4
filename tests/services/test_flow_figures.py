"""Both counts (两边统计): a petition that goes to mediation, and back, is right in the figures of each and once in the whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.handling.forms import Switch
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.mediation.forms import Consent, Open
from qingyuan_desk.domain.visit import Opponent, VisitForm
from qingyuan_desk.services import handling, ledger, mediation, reception, reporting
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI, Clock

Visit = Callable[..., VisitForm]


@pytest.fixture
def petition(office: Office, clock: Clock, clerk: Actor, visit: Visit) -> int:
    """A petition of August, asked about again in September, beside a dispute of September."""
    clock.moment = datetime(2024, 8, 12, 9, 0, tzinfo=SHANGHAI)
    said = {
        "category": "petition_matter",
        "route_reason": "按诉求",
        "opponents": (Opponent("样例养殖合作社"),),
    }
    form = visit(narrative="反映养殖场污水流进菜地。", **said)
    done = reception.register(office, clerk, form)
    clock.moment = datetime(2024, 9, 3, 9, 0, tzinfo=SHANGHAI)
    reception.register(office, clerk, visit(narrative="询问进展。", matter=done.matter_number))
    clock.moment = datetime(2024, 9, 4, 9, 0, tzinfo=SHANGHAI)
    reception.register(office, clerk, visit(category="civil_dispute", route_reason="按诉求"))
    return done.matter_id


def go(office: Office, clerk: Actor, clock: Clock, day: date, matter: int, category: str, flow: str) -> None:
    clock.moment = datetime(day.year, day.month, day.day, 10, 0, tzinfo=SHANGHAI)
    form = Switch(category, flow, dispute_type="09", reason="按来访人意愿", on=day)
    handling.take(office, clerk, f"switch-{day}", matter, form)


def counted(office: Office, clerk: Actor, month: str) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    figures = reporting.month(office, clerk, month)
    lines = {line.code: line.matters for line in figures.flows.lines if line.matters}
    return lines, {(move.source, move.target): move.matters for move in figures.flows.moves}


def test_there_and_back(office: Office, clock: Clock, clerk: Actor, petition: int) -> None:
    go(office, clerk, clock, date(2024, 9, 5), petition, "civil_dispute", "mediation")
    mediation.take(office, clerk, "open", petition, Open(claims=("请求治理污水",)))
    case = mediation.case(office, clerk, petition)
    refused = next(each.record_id for each in case.parties if each.side == "respondent")
    mediation.take(office, clerk, "refused", petition, Consent(refused, False, date(2024, 9, 5), "phone"))
    go(office, clerk, clock, date(2024, 9, 10), petition, "petition_matter", "petition")
    clock.moment = datetime(2024, 10, 8, 9, 0, tzinfo=SHANGHAI)

    assert counted(office, clerk, "2024-08") == ({"petition": 1}, {})
    assert counted(office, clerk, "2024-09") == (
        {"petition": 1, "mediation": 2},
        {("petition", "mediation"): 1, ("mediation", "petition"): 1},
    )
    september = reporting.month(office, clerk, "2024-09")
    assert (september.totals.matters, september.flows.several, september.flows.moved) == (2, 1, 1)
    assert (september.totals.first_visits, september.totals.repeat_visits) == (1, 1)
    said = reporting.month_facts(office, clerk, september).paragraphs[0]
    assert "转入其他流程1件，其中信访转入矛盾纠纷调解1件、矛盾纠纷调解转入信访1件。" in said
    behind = LedgerFilter(figure="moved", first_day=date(2024, 9, 1), last_day=date(2024, 9, 30))
    assert [row.matter_id for row in ledger.page(office, clerk, behind).rows] == [petition]


def test_a_matter_nobody_handled_yet_is_in_its_flow(
    office: Office, clock: Clock, clerk: Actor, petition: int
) -> None:
    clock.moment = datetime(2024, 10, 8, 9, 0, tzinfo=SHANGHAI)
    assert counted(office, clerk, "2024-09") == ({"petition": 1, "mediation": 1}, {})


def test_a_matter_that_moved_later_was_not_there_before(
    office: Office, clock: Clock, clerk: Actor, petition: int
) -> None:
    go(office, clerk, clock, date(2024, 10, 8), petition, "civil_dispute", "mediation")
    assert counted(office, clerk, "2024-09") == ({"petition": 1, "mediation": 1}, {})
    assert counted(office, clerk, "2024-10") == ({}, {("petition", "mediation"): 1})
