"""The invented year's mediations, counted by SQL and again by hand: 56 settled, from both sources, of every type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.case_figures import CaseFigures
from qingyuan_desk.domain.figures import Figures
from qingyuan_desk.domain.matter import CASES_COUNTED, LedgerFilter, LedgerRow
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.codes import PREVENTIONS
from qingyuan_desk.services import ledger, mediation, reporting, training
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI

NOW = datetime(2025, 12, 10, 15, 20, tzinfo=SHANGHAI)
MONTHS = [f"{year}-{month:02d}" for year, month in [(2024, 12), *((2025, month) for month in range(1, 13))]]


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
def months(office: Office, clerk: Actor) -> list[Figures]:
    return [reporting.month(office, clerk, month) for month in MONTHS]


@pytest.fixture(scope="module")
def cases(office: Office, clerk: Actor) -> dict[int, tuple[LedgerRow, Case]]:
    """Every mediated matter, by its id."""
    rows = listed(office, clerk, flow="mediation")
    read = {
        row.matter_id: (row, mediation.case(office, clerk, row.matter_id))
        for row in rows
        if row.state != "void"
    }
    return {matter: found for matter, found in read.items() if found[1].mediation}


def listed(office: Office, actor: Actor, **wanted: object) -> tuple[LedgerRow, ...]:
    return ledger.page(office, actor, LedgerFilter(**wanted), size=1000).rows  # type: ignore[arg-type]


def whole(months: Iterable[Figures], name: str) -> int:
    return sum(getattr(month.cases.totals, name) for month in months)


def test_fifty_six_are_settled_from_both_sources(office: Office, clerk: Actor, months: list[Figures]) -> None:
    assert whole(months, "settled") == 56
    rows = listed(office, clerk, figure="settled")
    assert len(rows) == ledger.count(office, clerk, LedgerFilter(figure="settled")) == 56
    by_source = Counter(row.source for row in rows)
    assert set(by_source) == {"walk_in", "township_report"}
    counted = Counter[str]()
    for month in months:
        for line in month.cases.tables["case_sources"].lines:
            counted[line.code] += line.counts.settled
    assert +counted == by_source
    for source, number in by_source.items():
        assert len(listed(office, clerk, figure="settled", source=source)) == number


def test_of_every_type_oral_and_written(office: Office, clerk: Actor, months: list[Figures]) -> None:
    by_type = Counter[str]()
    for month in months:
        for line in month.cases.tables["case_types"].lines:
            by_type[line.code] += line.counts.settled
    assert sum(by_type.values()) == 56
    assert len(+by_type) >= 15, "of many of the 18 types"
    for code, number in by_type.items():
        assert len(listed(office, clerk, figure="settled", dispute_type=code)) == number
    assert whole(months, "oral") + whole(months, "written") == 56
    assert whole(months, "oral") > 10 < whole(months, "written")


def test_some_go_otherwise_and_some_are_still_under_way(office: Office, clerk: Actor) -> None:
    def nodes(*codes: str) -> set[str]:
        return {code for code in codes if listed(office, clerk, flow="mediation", node=code)}

    under_way = ("consent", "assign", "schedule", "mediating", "performing", "suspended")
    assert nodes(*under_way) == set(under_way)
    ended = ("closed", "ended", "declined", "withdrawn")
    assert nodes(*ended) == set(ended)
    for result, at_least in (("failed", 5), ("withdrawn", 3), ("declined", 2)):
        assert len(listed(office, clerk, result=result)) >= at_least
    assert len(listed(office, clerk, result="agreed")) == 56


def test_cases_are_spread_over_the_elders(office: Office, cases: dict[int, tuple[LedgerRow, Case]]) -> None:
    load = Counter(each.mediator for _, case in cases.values() for each in case.appointments)
    active = {each.code for each in office.reference.mediators if each.status == "active"}
    assert len(active) == 34
    assert set(load) <= active and len(load) >= 30, "suitability decides; hardly anybody is left out"
    assert max(load.values()) <= 6


def test_what_came_of_agreements(cases: dict[int, tuple[LedgerRow, Case]]) -> None:
    everything = [case for _, case in cases.values()]
    parts = [part for case in everything for part in case.schedule]
    late = [part for part in parts if part.paid_on and part.paid_on > part.due_on]
    owing = [part for part in parts if part.paid_on is None and part.due_on < NOW.date()]
    assert len(late) == 1 and len({part.agreement for part in owing}) == 1
    assert any(part.paid_on is None and part.due_on >= NOW.date() for part in parts), "some is still to come"
    assert max(len(case.schedule) for case in everything) >= 3
    assert sum(case.confirmation is not None for case in everything) == 3
    assert {each.kind for case in everything for each in case.preventions} == {"fight", "petition"}
    assert any(
        session.state == "planned" and session.planned_at.date() == NOW.date()
        for case in everything
        for session in case.sessions
    )


# --- the same counted by hand ---------------------------------------------------------------------------------------


def by_hand(cases: Iterable[tuple[LedgerRow, Case]], first: date, last: date) -> dict[str, set[int]]:
    """Figure → the matters it counts, from the cases themselves."""
    found: dict[str, set[int]] = {figure: set() for figure in CASES_COUNTED}

    def during(day: date | None) -> bool:
        return day is not None and first <= day <= last

    for row, case in cases:
        facts, matter = case.mediation, row.matter_id
        assert facts is not None
        effective = min((each.effective_on for each in case.agreements if each.effective_on), default=None)
        held = {
            "accepted": during(facts.accepted_on),
            "settled": during(effective),
            "oral": during(effective) and facts.form == "oral",
            "written": during(effective) and facts.form == "written",
            "amount": during(effective) and facts.amount > 0,
            "failed": bool(facts.number) and facts.result == "failed" and during(facts.ended_on),
            "withdrawn": bool(facts.number) and facts.result == "withdrawn" and during(facts.ended_on),
            "confirmations": any(during(each.applied_on) for each in case.confirmations),
            "confirmed": any(
                during(each.decided_on) and each.result == "confirmed" for each in case.confirmations
            ),
            "due_parts": any(during(part.due_on) for part in case.schedule),
            "paid_parts": any(during(part.due_on) and part.paid_on for part in case.schedule),
            "follow_ups": any(during(each.done_on) for each in case.follow_ups),
            "unsatisfied": any(
                during(each.done_on) and each.satisfaction == "unsatisfied" for each in case.follow_ups
            ),
            **{
                f"prevented_{kind}": any(during(each.on) and each.kind == kind for each in case.preventions)
                for kind in PREVENTIONS
            },
        }
        for figure, counts in held.items():
            if counts:
                found[figure].add(matter)
    return found


def test_figures_and_lists_are_what_is_counted_by_hand(
    office: Office, clerk: Actor, months: list[Figures], cases: dict[int, tuple[LedgerRow, Case]]
) -> None:
    seen = set[str]()
    for month in months:
        first, last = month.period.first, month.period.last
        expected = by_hand(cases.values(), first, last)
        for figure in CASES_COUNTED:
            rows = listed(office, clerk, figure=figure, first_day=first, last_day=last)
            assert {row.matter_id for row in rows} == expected[figure], (month.period.name, figure)
        for column in ("accepted", "settled", "oral", "written", "failed", "withdrawn"):
            assert getattr(month.cases.totals, column) == len(expected[column]), (month.period.name, column)
            seen |= {column} if expected[column] else set()
        _check_sums(month, month.cases, [case for _, case in cases.values()], expected["settled"])
    assert seen == {"accepted", "settled", "oral", "written", "failed", "withdrawn"}


def _check_sums(month: Figures, counted: CaseFigures, cases: list[Case], settled: set[int]) -> None:
    first, last = month.period.first, month.period.last
    assert counted.totals.amount == sum(
        case.mediation.amount for case in cases if case.mediation and case.matter_id in settled
    )
    due = [part for case in cases for part in case.schedule if first <= part.due_on <= last]
    assert counted.afterwards.due_parts == len(due)
    assert counted.afterwards.paid_parts == sum(part.paid_on is not None for part in due)
    said = Counter(
        each.satisfaction
        for case in cases
        for each in case.follow_ups
        if each.done_on and first <= each.done_on <= last
    )
    assert counted.afterwards.follow_ups == sum(said.values())
    assert counted.afterwards.satisfied == said["satisfied"] + said["fairly"]
    assert counted.afterwards.rated == counted.afterwards.satisfied + said["unsatisfied"]
    prevented = [each for case in cases for each in case.preventions if first <= each.on <= last]
    assert sum(each.persons for each in counted.prevented.values()) == sum(each.persons for each in prevented)


def test_what_parties_may_ask_a_court_is_no_limit_of_the_office(office: Office, clerk: Actor) -> None:
    """The thirty days for judicial confirmation run out on most agreements, and nobody is late."""
    with office.store.read() as rows:
        lapsed = rows.all(
            "SELECT matter_id, shifted_end FROM clock WHERE rule = 'mediation_confirm' AND state = 'running'"
            " AND shifted_end < ?",
            (NOW.date().isoformat(),),
        )
        others = rows.all(
            "SELECT count(*) FROM clock WHERE rule <> 'mediation_confirm' AND state <> 'cancelled'"
        )
    assert lapsed
    everything = LedgerFilter(figure="overdue", last_day=NOW.date())
    late = {row.matter_id for row in ledger.page(office, clerk, everything, size=1000).rows}
    finished = listed(office, clerk, figure="settled")
    assert not late & ({row["matter_id"] for row in lapsed} & {row.matter_id for row in finished})
    assert others[0][0] > 0


def test_a_void_matter_counts_nowhere(office: Office, clerk: Actor, months: list[Figures]) -> None:
    """A sealed or void matter would have no place in these figures; here one is made void behind the program's back."""
    month = max(months, key=lambda each: each.cases.totals.settled)
    name = f"{month.period.first:%Y-%m}"
    row = listed(office, clerk, figure="settled", first_day=month.period.first, last_day=month.period.last)[0]
    for change in ("state = 'void'", "sealed = 1"):
        with office.store.write() as tx:
            kept = tx.one("SELECT state, sealed FROM matter WHERE id = ?", (row.matter_id,))
            assert kept is not None
            tx.run(f"UPDATE matter SET {change} WHERE id = ?", (row.matter_id,))
        try:
            after = reporting.month(office, clerk, name).cases.totals
            assert after.settled == month.cases.totals.settled - 1
            gone = listed(office, clerk, figure="settled")
            assert row.matter_id not in {each.matter_id for each in gone}
        finally:
            with office.store.write() as tx:
                tx.run("UPDATE matter SET state = ?, sealed = ? WHERE id = ?", (*kept, row.matter_id))
