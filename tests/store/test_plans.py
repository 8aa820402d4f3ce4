"""What a clerk waits for is answered by indexes: no question walks a whole table, no page is sorted after reading it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.matter import (
    CASES_COUNTED,
    CONSULTS_COUNTED,
    DUES,
    PERIODS,
    PETITIONS_COUNTED,
    SENDINGS_COUNTED,
    LedgerFilter,
)
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import (
    callouts,
    caseload,
    evaluation,
    ledger,
    mediation,
    papers,
    reception,
    reporting,
    roster,
    roster_records,
    subsidy,
    today,
)
from qingyuan_desk.services.office import Office

Visit = Callable[..., VisitForm]
Work = Callable[[Office, Actor], object]

#: A walk through a table that is neither an index, a full-text match, nor rows already picked out by one.
WALK = re.compile(
    r"SCAN (?!.*(USING|VIRTUAL TABLE INDEX \d+:.*[MB])|(x|y|t|named)\b|\(subquery|\d+ CONSTANT ROW)"
)
FORM = VisitForm(
    "typing",
    (Person("张三", phone="13812345678", id_number="11010519491231002X", township="冉庄镇"),),
    (Opponent("李四"),),
)

FILTERS = {
    "everything": LedgerFilter(),
    **{
        column: LedgerFilter(**{column: "x"})
        for column in ("flow", "state", "township", "source", "unit", "category")
    },
    **{
        column: LedgerFilter(flow="mediation", **{column: "x"})
        for column in ("node", "dispute_type", "result", "origin")
    },
    "days": LedgerFilter(first_day=date(2024, 3, 1), last_day=date(2024, 3, 31)),
    "since": LedgerFilter(first_day=date(2024, 3, 1)),
    "flow and days": LedgerFilter(flow="x", first_day=date(2024, 3, 1)),
    **{period: LedgerFilter(period=period) for period in PERIODS},
    **{due: LedgerFilter(due=due) for due in DUES},
}
TEXTS = (
    "张",
    "张三",
    "宅基地",
    "张三 宅基地",
    "zs",
    "zs 宅基地",
    "zs ls",
    "5678",
    "138",
    "13812345678",
    "002X",
    "张三 5678",
    "12000元",
)


def _plans(office: Office, work: Callable[[], object]) -> list[tuple[str, list[str]]]:
    """Every question asked while working, and how it is answered."""
    asked: list[str] = []
    with office.store.read() as rows:
        reader = rows.connection
    reader.set_trace_callback(asked.append)
    work()
    reader.set_trace_callback(None)
    return [
        (sql, [row[3] for row in reader.execute(f"EXPLAIN QUERY PLAN {sql}")])
        for sql in dict.fromkeys(asked)
        if sql.lstrip().startswith("SELECT") and "'search_" not in sql
    ]


def _walks(office: Office, work: Callable[[], object]) -> list[str]:
    plans = _plans(office, work)
    assert plans
    return [f"{line} ← {sql}" for sql, plan in plans for line in plan if WALK.match(line)]


@pytest.mark.parametrize("wanted", FILTERS)
def test_a_page_of_the_ledger(office: Office, clerk: Actor, visit: Visit, wanted: str) -> None:
    after = reception.register(office, clerk, visit()).matter_id
    for start in (None, after):
        work = lambda start=start: ledger.page(office, clerk, FILTERS[wanted], start)  # noqa: E731
        assert _walks(office, work) == []
        page = next(plan for sql, plan in _plans(office, work) if "FROM matter m LEFT JOIN clock" in sql)
        if not FILTERS[wanted].due:
            assert not any("TEMP B-TREE" in line for line in page), page
    if wanted != "everything":
        assert _walks(office, lambda: ledger.count(office, clerk, FILTERS[wanted])) == []


@pytest.mark.parametrize("figure", (*CASES_COUNTED, *PETITIONS_COUNTED, *SENDINGS_COUNTED, *CONSULTS_COUNTED))
def test_the_matters_behind_a_figure(office: Office, clerk: Actor, figure: str) -> None:
    wanted = LedgerFilter(figure=figure, first_day=date(2024, 3, 1), last_day=date(2024, 3, 31))
    assert _walks(office, lambda: ledger.page(office, clerk, wanted)) == []


def test_the_figures_of_a_month(office: Office, clerk: Actor) -> None:
    plans = _plans(office, lambda: reporting.month(office, clerk, "2024-09"))
    of_cases = [
        (sql, plan)
        for sql, plan in plans
        if re.search(
            r"FROM (mediation|agreement|instalment|follow_up|sending|consultation|legal_aid|referral|petition r|opinion"
            r"|extension|notice|ending|event r)",
            sql,
        )
    ]
    assert len(of_cases) > 50
    # What a subquery has picked out already (the official tables call it e) is no table.
    walked = [line for _, plan in of_cases for line in plan if re.match(r"SCAN (?!\(subquery|e\b)", line)]
    assert walked == []
    # Nor are all stays in a flow gone through for each visit, where a matter has one or two.
    assert [sql for sql, plan in plans if any("stay_flow" in line for line in plan)] == []


@pytest.mark.parametrize("text", TEXTS)
def test_searching(office: Office, clerk: Actor, text: str) -> None:
    assert _walks(office, lambda: ledger.search(office, clerk, text)) == []
    assert _walks(office, lambda: ledger.page(office, clerk, LedgerFilter(text=text))) == []


MONTH = (date(2024, 9, 1), date(2024, 9, 30))
SMALL = ("SCAN account", "SCAN mediators", "SCAN roster_term")
WORK: dict[str, Work] = {
    "earlier records": lambda office, clerk: reception.matches(office, clerk, FORM),
    "today": ledger.today,
    "a matter": lambda office, clerk: ledger.matter(office, clerk, "清事〔2024〕0001号"),
    "a visit's number": lambda office, clerk: ledger.search(office, clerk, "清访〔2024〕0001号"),
    "a dossier's number": lambda office, clerk: ledger.search(office, clerk, "（2024）清综人调字第0001号"),
    "the ledger by a dossier's number": lambda office, clerk: ledger.page(
        office, clerk, LedgerFilter(text="（2024）清综人调字第0001号")
    ),
    "a case": lambda office, clerk: mediation.case(office, clerk, "清事〔2024〕0001号"),
    "a mediator's day": lambda office, clerk: caseload.day(office, clerk, "M04"),
    "everybody's day": caseload.day,
    "who suits a dispute": lambda office, clerk: roster.suggest(office, clerk, "清事〔2024〕0001号"),
    "a mediator's profile": lambda office, clerk: roster_records.profile(office, clerk, "M04"),
    "a mediator's calls": lambda office, clerk: callouts.log(office, clerk, "M04"),
    "everybody's calls": callouts.log,
    "a quarter's subsidies": lambda office, clerk: subsidy.quarter(office, clerk, "2024Q3"),
    "the day": today.day,
    "whom to urge": today.proposals,
    "open urges": today.open_urges,
    "urges of a month": lambda office, clerk: today.urges(office, clerk, *MONTH),
    "days at nodes": lambda office, clerk: evaluation.durations(office, clerk, *MONTH),
    "units of a month": lambda office, clerk: evaluation.standings(office, clerk, *MONTH),
    "satisfaction of a month": lambda office, clerk: evaluation.satisfaction(office, clerk, *MONTH),
    "papers": lambda office, clerk: papers.facts(office, clerk, "清访〔2024〕0001号", "receipt"),
}


@pytest.mark.parametrize("work", WORK)
def test_what_else_is_waited_for(office: Office, clerk: Actor, visit: Visit, work: str) -> None:
    reception.register(office, clerk, visit())
    walks = _walks(office, lambda: WORK[work](office, clerk))
    # A dozen accounts are no table to walk, nor a few dozen mediators and their terms.
    assert [walk for walk in walks if not walk.startswith(SMALL)] == []
