"""The invented year's petitions, sendings and questions: counted again by hand from the records, listed, and told as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from qingyuan_desk.domain import consult_figures, figures_json, petition_figures
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.breakdowns import UNSAID, Counts
from qingyuan_desk.domain.figures import Figures
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.matter import CONSULTS_COUNTED, PETITIONS_COUNTED, SENDINGS_COUNTED, LedgerFilter
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.sending_figures import COLUMNS, SendingCounts
from qingyuan_desk.services import handling, ledger, reporting, training
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI

NOW = datetime(2025, 12, 10, 15, 20, tzinfo=SHANGHAI)
YEAR = Period.year(2025)
PERIODS = [Period.quarter(2025, number) for number in (1, 2, 3, 4)] + [Period.month(2025, 3), YEAR]


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
def counted(office: Office, clerk: Actor) -> list[Figures]:
    return [reporting.period(office, clerk, period) for period in PERIODS]


@pytest.fixture(scope="module")
def cases(office: Office, clerk: Actor) -> list[Handled]:
    """Every petition nobody sealed or took back."""
    rows = ledger.page(office, clerk, LedgerFilter(), size=2000).rows
    read = [
        handling.case(office, clerk, row.matter_id)
        for row in rows
        if row.state != "void" and not row.sealed and row.flow in ("petition", "handover", "mediation")
    ]
    return [each for each in read if each.petition or each.flow == "petition"]


def _listed(office: Office, actor: Actor, figure: str, period: Period, part: str = "") -> set[int]:
    wanted = LedgerFilter(figure=figure, part=part, first_day=period.first, last_day=period.last)
    return {row.matter_id for row in ledger.page(office, actor, wanted, size=2000).rows}


def test_every_number_of_petitions_lists_as_many(
    office: Office, clerk: Actor, counted: list[Figures]
) -> None:
    for figures in counted:
        petitions, period = figures.petitions, figures.period
        assert len(_listed(office, clerk, "petitions", period)) == petitions.whole.matters
        for key, number in petitions.counts.items():
            assert len(_listed(office, clerk, key, period)) == number, (period.name, key)
        for key, table in petitions.tallies.items():
            for line in table.lines:
                assert len(_listed(office, clerk, key, period, line.code or UNSAID)) == line.count
        for key, breakdown in petitions.tables.items():
            for each in breakdown.lines:
                assert len(_listed(office, clerk, key, period, each.code or UNSAID)) == each.counts.matters


def test_what_was_done_is_what_the_records_say(counted: list[Figures], cases: list[Handled]) -> None:
    seen = Counter[str]()
    for figures in counted:
        first, last = figures.period.first, figures.period.last

        def during(day: Any, first: Any = first, last: Any = last) -> bool:
            return day is not None and first <= day <= last

        by_hand = Counter[str]()
        for case in cases:
            stood = any(each.flow == "petition" for each in case.stays) or (
                case.flow == "petition" and not case.stays
            )
            said = case.petition
            happened = {
                "petition_forwarded": any(
                    each.mode == "forward" and during(each.sent_on) for each in case.sendings
                ),
                "petition_assigned": any(
                    each.mode == "assign" and during(each.sent_on) for each in case.sendings
                ),
                "petition_accepted": stood and said is not None and during(said.accepted_on),
                "petition_refused": stood
                and said is not None
                and said.ground != "no_more"
                and during(said.refused_on),
                "petition_no_more": said is not None and said.ground == "no_more" and during(said.refused_on),
                "petition_extended": any(during(each.approved_on) for each in case.extensions),
                "petition_answered": any(
                    each.level == 1 and during(each.signed_on) for each in case.opinions
                ),
                "petition_reviewed": any(
                    each.level == 2 and during(each.signed_on) for each in case.opinions
                ),
                "petition_rechecked": any(
                    each.level == 3 and during(each.signed_on) for each in case.opinions
                ),
                "petition_review_asked": any(
                    each.level == 2 and during(each.asked_on) for each in case.opinions
                ),
            }
            by_hand.update(key for key, holds in happened.items() if holds)
        for key in happened:
            assert figures.petitions.counts[key] == by_hand[key], (figures.period.name, key)
        seen += by_hand
    assert len(seen) == 10, "each of them happens in the year"


def test_quarters_add_up_to_the_year(counted: list[Figures]) -> None:
    """What belongs to a day does; 件 of visits do not, a matter being visited in several quarters."""
    *quarters, _, year = counted
    for key in ("petition_accepted", "petition_refused", "petition_closed", "petition_review_asked"):
        assert sum(each.petitions.counts[key] for each in quarters) == year.petitions.counts[key]
    for key, number in year.consultations.counts.items():
        assert sum(each.consultations.counts[key] for each in quarters) == number
    assert sum(each.petitions.whole.visits for each in quarters) <= year.petitions.whole.visits
    sums = sum((each.handovers.total for each in quarters), SendingCounts())
    assert sums == year.handovers.total and sums.sent > sums.in_time > 0


def test_rates_say_what_they_rest_on(counted: list[Figures]) -> None:
    year = counted[-1]
    told = year.petitions.rate("petition_told_rate")
    assert 0 < told.part < told.whole
    assert told.part + year.petitions.counts["petition_told_late"] == told.whole
    content = year.petitions.rate("petition_satisfied_rate")
    assert content.part + year.petitions.counts["petition_unsatisfied"] == content.whole
    assert content.whole == year.petitions.rate("petition_rated_rate").part
    assert set(petition_figures.RATES) >= {"petition_finish_rate"} and content.share is not None
    assert set(consult_figures.RATES) <= {key for key in figures_json.as_json(year)["consultations"]["rates"]}


def test_sealed_matters_are_in_none(office: Office, clerk: Actor, counted: list[Figures]) -> None:
    """An accusation is no row; a petition that becomes one leaves every figure and every list."""
    year = counted[-1]
    assert "accusation" not in {line.code for line in year.petitions.tables["petition_kinds"].lines}
    closed, visited = (_listed(office, clerk, key, YEAR) for key in ("petition_closed", "petitions"))
    victim = min(closed & visited)
    with office.store.write() as tx:
        tx.run("UPDATE matter SET sealed = 1 WHERE id = ?", (victim,))
    try:
        after = reporting.period(office, clerk, YEAR)
        assert after.petitions.whole.matters == year.petitions.whole.matters - 1
        assert after.petitions.counts["petition_closed"] == year.petitions.counts["petition_closed"] - 1
        for key in (*PETITIONS_COUNTED, *SENDINGS_COUNTED, *CONSULTS_COUNTED):
            assert victim not in _listed(office, clerk, key, YEAR), key
    finally:
        with office.store.write() as tx:
            tx.run("UPDATE matter SET sealed = 0 WHERE id = ?", (victim,))


def test_what_units_got_is_listed_by_unit(office: Office, clerk: Actor, counted: list[Figures]) -> None:
    year = counted[-1]
    for kind, sendings in (
        ("petition_sending", year.petitions.sendings),
        ("handover", year.handovers),
        ("support", year.support),
    ):
        assert sendings.lines
        for line in sendings.lines:
            for column in COLUMNS:
                number = getattr(line.counts, column)
                listed = _listed(office, clerk, f"{kind}_{column}", YEAR, line.unit)
                assert bool(listed) == bool(number) and len(listed) <= number


def test_questions_are_listed_by_line(office: Office, clerk: Actor, counted: list[Figures]) -> None:
    year = counted[-1]
    assert year.consultations.counts["consults"] > 100
    for key, table in year.consultations.tallies.items():
        for line in table.lines:
            listed = _listed(office, clerk, key, YEAR, line.code or UNSAID)
            assert bool(listed) == bool(line.count) and len(listed) <= line.count


def test_json_is_what_the_documentation_says(counted: list[Figures]) -> None:
    facts = figures_json.as_json(counted[-1])
    assert json.loads(json.dumps(facts)) == facts
    text = (Path(__file__).parents[2] / "docs" / "figures.md").read_text(encoding="utf-8")
    produced = {_general(path) for path in _paths(facts)}
    documented = set(re.findall(r"^\| `([\w.\[\]]+)` \| [^|]*\|$", text, re.MULTILINE))
    documented |= {f"T{path}" for path in re.findall(r"^\| \*T\*`([\w.\[\]]+)`", text, re.MULTILINE)}
    documented |= {f"C{path}" for path in re.findall(r"^\| \*C\*`([\w.\[\]]+)`", text, re.MULTILINE)}
    assert produced - documented == set()
    nothing = ("hot.spots[]", "official.faults[]", "missed[]", "void_numbers[]")
    assert {path for path in documented - produced if not path.startswith(nothing)} == set()


_GENERAL = (
    (
        r"^(petitions\.petition_(kinds|purposes|channels)|categories|flows|sources|townships|dispute_types)\.",
        "T.",
    ),
    (r"^cases\.case_(types|sources|origins)\[", "C["),
    (r"\.(counts|tallies|rates)\.(petition|consult|aid|referral)\w+", r".\1.KEY"),
    (r"^official\.(types|zongzhi)\.total\.\w+", r"official.\1.total.COLUMN"),
    (r"^official\.(types|zongzhi)\.lines\[\]\.counts\.\w+", r"official.\1.lines[].counts.COLUMN"),
    (r"^official\.prevention\.\w+", "official.prevention.COLUMN"),
)


def _general(path: str) -> str:
    for written, meant in _GENERAL:
        path = re.sub(written, meant, path)
    return path


def _paths(facts: dict[str, Any]) -> Iterator[str]:
    """Every path of a JSON object; the totals of another period are one path, as they are documented."""
    for key, value in facts.items():
        if key in ("previous", "year_before"):
            yield from (f"{key}.{part}" for part in value)
        elif isinstance(value, dict):
            yield from (f"{key}.{path}" for path in _paths(value))
        elif isinstance(value, list):
            for item in value:
                yield from (
                    (f"{key}[].{path}" for path in _paths(item)) if isinstance(item, dict) else [f"{key}[]"]
                )
        elif not (value is None and key in ("now", "before")):
            yield key


def test_nobody_came(office: Office, clerk: Actor) -> None:
    """A period before the first visit is all zeros, and no rate is made of nothing."""
    empty = reporting.period(office, clerk, Period.month(2020, 1))
    assert empty.petitions.whole == Counts()
    assert set(empty.petitions.counts.values()) == set(empty.consultations.counts.values()) == {0}
    assert empty.petitions.rate("petition_told_rate").share is None
