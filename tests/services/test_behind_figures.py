"""Every number of a report leads to the matters it counts: as many of them, and the same ones for everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.figures import FIGURES
from qingyuan_desk.domain.matter import CASES_COUNTED, COUNTED, FLOWS_COUNTED, LedgerFilter
from qingyuan_desk.domain.visit import Person, Registered, VisitForm
from qingyuan_desk.services import ledger, reception, reporting
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI, Clock

_SEPTEMBER = {"first_day": date(2024, 9, 1), "last_day": date(2024, 9, 30)}
_QUESTION = {"category": "legal_question", "narrative": "想问怎样申请劳动仲裁。"}


@pytest.fixture
def said(
    office: Office, clock: Clock, clerk: Actor, visit: Callable[..., VisitForm]
) -> dict[str, Registered]:
    """A question of August asked again in September, a group, a petition, one taken back, and one sealed."""

    def come(month: int, day: int, **facts: object) -> Registered:
        clock.moment = datetime(2024, month, day, 9, 0, tzinfo=SHANGHAI)
        return reception.register(office, clerk, visit(route_reason="按来访人诉求", **facts))

    old = come(8, 28, township="清苑镇", **_QUESTION)
    made = {
        "old": old,
        "again": come(9, 3, matter=old.matter_number, **_QUESTION),
        "and again": come(9, 4, matter=old.matter_number, source="township_report", **_QUESTION),
        "group": come(
            9,
            5,
            persons=tuple(
                Person(name=f"样例{n}", role="representative", township="冉庄镇") for n in "甲乙丙丁戊"
            ),
            narrative="23人工资未付。",
            category="civil_dispute",
            headcount=23,
        ),
        "petition": come(9, 9, category="petition_matter", narrative="反映补贴没有审批。"),
        "sealed": come(
            9, 10, category="petition_matter", flags=frozenset({"accusation"}), narrative="检举样例干部。"
        ),
    }
    gone = come(9, 11, **_QUESTION)
    reception.take_back(office, clerk, "take-back", gone.visit_number, "重复登记")
    clock.moment = datetime(2024, 11, 20, 9, 0, tzinfo=SHANGHAI)
    return made


def _listed(office: Office, actor: Actor, **wanted: object) -> set[int]:
    return {row.matter_id for row in ledger.page(office, actor, LedgerFilter(**wanted)).rows}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("figure", "behind"),
    [
        ("visits", {"old", "group", "petition"}),
        ("heads", {"old", "group", "petition"}),
        ("matters", {"old", "group", "petition"}),
        ("new_matters", {"group", "petition"}),
        ("repeat_visits", {"old"}),
        ("groups", {"group"}),
    ],
)
def test_the_matters_behind_a_figure(
    office: Office, clerk: Actor, said: dict[str, Registered], figure: str, behind: set[str]
) -> None:
    wanted = {said[name].matter_id for name in behind}
    assert _listed(office, clerk, figure=figure, **_SEPTEMBER) == wanted
    assert ledger.count(office, clerk, LedgerFilter(figure=figure, **_SEPTEMBER)) == len(wanted)  # type: ignore[arg-type]


def test_figures_of_matters_list_as_many_as_they_count(
    office: Office, clerk: Actor, said: dict[str, Registered]
) -> None:
    totals = reporting.month(office, clerk, "2024-09").totals
    for figure in ("matters", "new_matters"):
        assert len(_listed(office, clerk, figure=figure, **_SEPTEMBER)) == getattr(totals, figure)


def test_a_limit_missed_is_listed_in_the_month_of_its_last_day(
    office: Office, clerk: Actor, clock: Clock, said: dict[str, Registered]
) -> None:
    """On the last day nothing is missed yet, a day later it is; the list follows the figure."""
    seen = set()
    for day in range(60):
        clock.moment = datetime(2024, 9, 9, 9, 0, tzinfo=SHANGHAI) + timedelta(days=day)
        for month in {f"{clock.moment:%Y-%m}", "2024-09"}:
            figures = reporting.month(office, clerk, month)
            first, last = figures.period.first, figures.period.last
            listed = _listed(office, clerk, figure="overdue", first_day=first, last_day=last)
            assert bool(listed) == bool(figures.clocks.overdue)
            assert said["sealed"].matter_id not in listed
            seen |= listed
    assert said["petition"].matter_id in seen


def test_category_and_source_are_those_of_the_visit(
    office: Office, clerk: Actor, said: dict[str, Registered]
) -> None:
    """The question came to the desk first and through its township later: it stands in both lists."""
    for source in ("walk_in", "township_report"):
        assert said["old"].matter_id in _listed(office, clerk, figure="visits", source=source, **_SEPTEMBER)
    categories = reporting.month(office, clerk, "2024-09").tables["categories"]
    for line in categories.lines:
        listed = _listed(office, clerk, figure="visits", category=line.code, **_SEPTEMBER)
        assert len(listed) == line.counts.matters


def test_a_figure_without_days_counts_everything(
    office: Office, clerk: Actor, said: dict[str, Registered]
) -> None:
    assert len(_listed(office, clerk, figure="matters")) == 3


def test_what_can_be_listed_is_a_figure_and_is_kept_in_views(office: Office, clerk: Actor) -> None:
    for figure in (*COUNTED, *FLOWS_COUNTED, *CASES_COUNTED):
        assert figure in FIGURES
        wanted = LedgerFilter(figure=figure, **_SEPTEMBER)  # type: ignore[arg-type]
        ledger.save_view(office, clerk, figure, wanted)
        assert dict(ledger.views(office, clerk))[figure] == wanted
