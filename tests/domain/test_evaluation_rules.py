"""用时, 考核评价, 满意度: medians beside an earlier period, places with what they rest on, refusals apart."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.handling.evaluation import (
    FEW,
    Sent,
    Span,
    UnitFacts,
    Votes,
    durations,
    percent,
    satisfactions,
    standings,
)

DAY = date(2026, 11, 2)


def spans(*days: float, unit: str = "water", node: str = "received") -> list[Span]:
    return [Span("petition", node, unit, each) for each in days]


def test_medians_of_everybody_and_of_each_unit_beside_the_earlier_period() -> None:
    found = durations([*spans(1, 3, 8), *spans(2, unit="tax")], spans(7))
    shown = {(each.unit, each.node): each for each in found}
    everybody = shown["", "received"]
    assert everybody.now and (everybody.now.count, everybody.now.median, everybody.now.longest) == (4, 2.5, 8)
    assert shown["water", "received"].change == "由 7 天缩短到 3 天"
    assert shown["tax", "received"].before is None and shown["tax", "received"].change == ""


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (3, 7, "由 7 天缩短到 3 天"),
        (90, 60.04, "由 60 天延长到 90 天"),
        (2.5, 2.52, "持平（2.5 天）"),
        (0.26, 1, "由 1 天缩短到 0.3 天"),
    ],
)
def test_how_it_changed(now: float, before: float, said: str) -> None:
    assert durations(spans(now, unit=""), spans(before, unit=""))[0].change == said


def sent(*days: int | None, support: bool = False) -> tuple[Sent, ...]:
    return tuple(
        Sent(support, DAY, None if each is None else DAY + timedelta(days=each), objected=False)
        for each in days
    )


def unit(code: str, days: tuple[int | None, ...] = (1,) * FEW, **more: object) -> UnitFacts:
    return UnitFacts(code, sent(*days), **more)  # type: ignore[arg-type]


def places(*facts: UnitFacts) -> list[tuple[str, int | None]]:
    return [(each.facts.unit, each.rank) for each in standings(facts)]


def test_points_come_first_then_time_then_townships_then_days() -> None:
    assert places(
        unit("red", points=10),
        unit("late", due=10, on_time=5),
        unit("slow", (9,) * FEW, due=10, on_time=10),
        unit("quick", (1,) * FEW, due=10, on_time=10),
        unit("liked", (9,) * FEW, due=10, on_time=10, township=Votes(satisfied=3)),
    ) == [("liked", 1), ("quick", 2), ("slow", 3), ("late", 4), ("red", 5)]


def test_equal_units_share_a_place() -> None:
    assert places(unit("a"), unit("b"), unit("c", points=5)) == [("a", 1), ("b", 1), ("c", 3)]


def test_few_cases_are_said_to_be_few() -> None:
    few, enough = unit("few", (1,) * (FEW - 1)), unit("enough", points=90)
    ranked = standings([few, enough])
    assert [(each.facts.unit, each.rank) for each in ranked] == [("enough", 1), ("few", None)]
    assert ranked[1].note == "不足 5 件，不排名" and ranked[0].note == ""
    assert standings([unit("limits", (), due=FEW)])[0].rank == 1, "limits that ended are cases too"


def test_what_a_standing_rests_on() -> None:
    facts = UnitFacts("water", sent(2, None, 4) + sent(8, support=True), due=4, on_time=3, points=15)
    one = standings([facts])[0]
    assert (one.cases, one.answered, one.supports, one.response_days) == (4, 3, 1, 4)
    assert (one.score, one.on_time_rate) == (85, 0.75)
    nothing = standings([UnitFacts("tax")])[0]
    assert (nothing.response_days, nothing.on_time_rate) == (None, None)


def test_a_refusal_is_no_rating() -> None:
    votes = Votes(satisfied=6, rather=2, unsatisfied=2, refused=10)
    assert (votes.given, votes.asked, votes.share) == (10, 20, 0.8)
    assert percent(Votes(refused=3).share) == "—"
    assert percent(votes.share) == "80.0%"


def test_each_object_as_a_whole_then_its_units() -> None:
    found = satisfactions(
        [
            ("unit", "water", "satisfied", 2),
            ("unit", "tax", "refused", 5),
            ("desk", "", "rather", 1),
            ("consultation", "", "satisfied", 4),
        ]
    )
    assert [(each.rated, each.unit, each.votes.asked) for each in found] == [
        ("desk", "", 1),
        ("unit", "", 7),
        ("unit", "tax", 5),
        ("unit", "water", 2),
        ("consultation", "", 4),
    ]


_facts = st.builds(
    UnitFacts,
    st.uuids().map(str),
    st.lists(st.integers(0, 40) | st.none(), max_size=9).map(lambda days: sent(*days)),
    due=st.just(8),
    on_time=st.integers(0, 8),
    points=st.integers(0, 120),
    township=st.builds(Votes, st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)),
)


@given(st.lists(_facts, max_size=8))
def test_places_follow_the_score_and_nobody_is_left_out(facts: list[UnitFacts]) -> None:
    ranked = standings(facts)
    assert sorted(each.facts.unit for each in ranked) == sorted(each.unit for each in facts)
    for first, second in pairwise(ranked):
        assert first.score >= second.score
        assert first.rank and second.rank and first.rank <= second.rank
