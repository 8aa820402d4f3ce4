"""The invented year in official tables and in figures of the work, each number beside the list behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.figures import Figures
from qingyuan_desk.domain.matter import OFFICIAL_COUNTED, WORK_COUNTED, LedgerFilter
from qingyuan_desk.domain.official import COLUMNS
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.services import ledger, reporting, settings, training
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI

NOW = datetime(2025, 12, 10, 15, 20, tzinfo=SHANGHAI)
YEAR = Period.span(date(2024, 12, 11), date(2025, 12, 10))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A whole year, as `demo` plays it."""
    opened = Office.open(tmp_path_factory.mktemp("演练"), now=lambda: NOW, training=True)
    training.play_year(opened, opened.actor("clerk"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def clerk(office: Office) -> Actor:
    return office.actor("clerk")


@pytest.fixture(scope="module")
def year(office: Office, clerk: Actor) -> Figures:
    return reporting.period(office, clerk, YEAR)


def behind(office: Office, clerk: Actor, figure: str, part: str = "") -> int:
    wanted = LedgerFilter(figure=figure, part=part, first_day=YEAR.first, last_day=YEAR.last)
    return ledger.count(office, clerk, wanted)


def test_the_official_table_of_the_year(office: Office, clerk: Actor, year: Figures) -> None:
    official = year.official
    assert official.faults == ()
    assert official.types.whole["settled"] == year.cases.totals.settled == 56
    assert official.types.whole["total"] == 56 + year.cases.totals.failed
    assert official.types.whole["amount"] == year.cases.totals.amount
    assert official.types.whole["body_society"] == official.types.whole["total"]
    assert official.types.whole["persons"] >= 2 * official.types.whole["total"]
    assert sum(line.counts["settled"] for line in official.zongzhi.lines) == 56
    assert not official.zero


def test_every_column_has_its_disputes(office: Office, clerk: Actor, year: Figures) -> None:
    for column in COLUMNS:
        if column.unit == "件":
            assert behind(office, clerk, f"official_{column.key}") == year.official.types.whole[column.key], (
                column.key
            )
    for line in year.official.types.lines:
        assert behind(office, clerk, "official_total", line.code) == line.counts["total"]
    assert behind(office, clerk, "official_prevented") == year.official.prevention["prevented"]
    for figure in (*OFFICIAL_COUNTED, *WORK_COUNTED):
        behind(office, clerk, figure)


def test_a_committee_of_another_kind_is_counted_as_such(office: Office, clerk: Actor, year: Figures) -> None:
    leader = office.actor("leader")
    settings.change(office, leader, "kind", "committee_kind", "乡镇调委会")
    try:
        with office.store.write() as tx:
            tx.run(
                "UPDATE mediation SET body = 'village' WHERE number = (SELECT min(number) FROM mediation WHERE result = 'agreed')"
            )
        official = reporting.period(office, clerk, YEAR).official
        assert official.types.whole["body_village"] == 1
        assert official.types.whole["body_township"] == year.official.types.whole["total"] - 1
        assert official.faults == ()
    finally:
        settings.change(office, leader, "back", "committee_kind", "社会团体和其他组织调委会")
        with office.store.write() as tx:
            tx.run("UPDATE mediation SET body = ''")


def test_the_work_of_each_mediator(office: Office, clerk: Actor, year: Figures) -> None:
    assert len(year.elders) >= 30
    assert sum(elder.counts.settled for elder in year.elders) >= 56
    for elder in year.elders[:5]:
        for figure in ("accepted", "settled", "failed"):
            counted = getattr(elder.counts, figure)
            assert behind(office, clerk, f"elder_{figure}", elder.code) == counted, (elder.name, figure)


def test_limits_missed_are_the_overdue_ones(year: Figures) -> None:
    assert len(year.missed) == year.clocks.overdue
    assert all(each.days_late > 0 for each in year.missed)
    days = [each.days_late for each in year.missed]
    assert days == sorted(days, reverse=True)


def test_thirteen_months_are_those_of_their_own_reports(office: Office, clerk: Actor, year: Figures) -> None:
    assert [month.period.code for month in year.trend] == [
        "2024-12",
        *(f"2025-{month:02}" for month in range(1, 13)),
    ]
    for month in year.trend[4:7]:
        alone = reporting.period(office, clerk, month.period)
        assert (month.visits, month.heads, month.groups) == (
            alone.totals.visits,
            alone.totals.heads,
            alone.totals.groups,
        )
        totals = alone.cases.totals
        assert (month.accepted, month.settled, month.failed, month.amount) == (
            totals.accepted,
            totals.settled,
            totals.failed,
            totals.amount,
        )


def test_waits_and_nodes_are_measured(office: Office, clerk: Actor, year: Figures) -> None:
    assert [each.key for each in year.waits] == [
        "wait_triage",
        "wait_forward",
        "wait_accept",
        "wait_first_session",
    ]
    assert year.waits[0].median == year.triage_minutes
    for each in year.waits[1:]:
        assert each.count == behind(office, clerk, each.key) > 0
    assert {each.flow for each in year.durations} >= {"petition", "mediation"}
    assert not any(each.unit for each in year.durations)


def test_what_moved_a_month(office: Office, clerk: Actor) -> None:
    june = reporting.period(office, clerk, Period.month(2025, 6))
    (visits, settled) = june.drivers
    assert june.previous.totals is not None
    assert visits.change == june.totals.visits - june.previous.totals.visits
    assert settled.now == june.cases.totals.settled
    assert june.hot.known and all(spot.now >= june.hot.rule.least for spot in june.hot.spots)


def test_an_empty_office_hands_in_zeros(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = Office.open(tmp_path_factory.mktemp("空"), now=lambda: NOW)
    figures = reporting.period(empty, empty.actor("clerk"), Period.month(2025, 6))
    assert figures.official.zero and figures.official.faults == ()
    assert (figures.elders, figures.missed, figures.drivers, figures.hot.known) == ((), (), (), False)
    empty.close()
