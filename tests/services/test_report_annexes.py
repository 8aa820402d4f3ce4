"""The lists behind a period's paper: numbers, types, nodes, nobody's name, no sealed matter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qingyuan_desk.domain import annexes
from qingyuan_desk.domain.papers import ReportTable
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.services import closing, report_annexes, reporting, training
from qingyuan_desk.services.office import Office
from tests.conftest import Clock

YEAR = Period.year(2024)
AUGUST = Period.month(2024, 8)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A played year, ending on 20 September 2024."""
    office = Office.open(tmp_path_factory.mktemp("演练"), now=Clock(), training=True)
    training.play_year(office, office.actor("clerk"), visits=120)
    yield office
    office.close()


def test_lists_have_the_matters_their_figures_count(year: Office) -> None:
    figures = reporting.period(year, year.actor("leader"), YEAR)
    sizes = {table.title.split("（")[0]: len(table.rows) for table in report_annexes.tables(year, YEAR)}
    assert sizes["调解不成的纠纷"] == figures.cases.totals.failed > 0
    assert sizes["有逾期期限的事项"] == len({each.number for each in figures.missed}) > 0


def test_lists_say_number_type_flow_and_node_and_nobody(year: Office) -> None:
    tables = report_annexes.tables(year, YEAR)
    with year.store.read() as rows:
        names = {row["name"] for row in rows.all("SELECT name FROM party") if len(row["name"]) > 1}
    said = {cell for table in tables for row in table.rows for cell in row}
    assert all(table.header == ("编号", "类别或者类型", "流程", "制表时环节") for table in tables)
    assert not names & said and not any(cell.isascii() for cell in said)


def test_sealed_matters_are_in_no_list(year: Office) -> None:
    before = report_annexes.tables(year, YEAR)
    number = before[0].rows[0][0]
    with year.store.write() as tx:
        tx.run("UPDATE matter SET sealed = 1 WHERE number = ?", (number,))
    try:
        assert number not in str(report_annexes.tables(year, YEAR))
    finally:
        with year.store.write() as tx:
            tx.run("UPDATE matter SET sealed = 0 WHERE number = ?", (number,))


def test_a_long_list_says_how_many_more_there_are(year: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {table.title: table for table in report_annexes.tables(year, YEAR)}
    monkeypatch.setattr(annexes, "MOST", 1)
    for table in report_annexes.tables(year, YEAR):
        more = len(whole[table.title].rows) - 1
        assert len(table.rows) == 1
        assert (f"另有{more}件没有列出" in table.note) == (more > 0)


def test_a_period_without_any_has_no_lists(year: Office) -> None:
    assert report_annexes.tables(year, Period.month(2020, 1)) == ()


def test_a_closed_paper_keeps_its_lists(year: Office) -> None:
    leader = year.actor("leader")

    def listed() -> tuple[ReportTable, ...]:
        return closing.facts(year, leader, reporting.period(year, leader, AUGUST)).annexes

    before = listed()
    closing.close(year, leader, "close", AUGUST)
    with year.store.write() as tx:
        tx.run("UPDATE matter SET node = 'void', state = 'void' WHERE number = ?", (before[0].rows[0][0],))
    assert listed() == before != report_annexes.tables(year, AUGUST)


def test_months_still_to_come_are_no_zeros(year: Office) -> None:
    """The year is counted up to 20 September: its chart ends there."""
    leader = year.actor("leader")
    facts = reporting.month_facts(year, leader, reporting.period(year, leader, YEAR))
    months = next(chart for chart in facts.sections[0].charts if chart.kind == "months")
    assert months.entries[-1].name == "9月"
