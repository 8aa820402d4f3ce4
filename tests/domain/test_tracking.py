"""The way of a matter: days at each node, what a change of flow does, what is still running."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.tracking import Moved, Track, track, words
from tests.domain.office_tables import reference

TODAY = date(2025, 3, 1)


def moved(day: str, node: str, action: str = "handling.x") -> Moved:
    return Moved(datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=SHANGHAI), action, node)


def way(moves: Sequence[Moved], flow: str, stays: Sequence[str] = ()) -> Track:
    return track(moves, flow, stays, TODAY, "", None)


def test_days_at_each_node_and_so_far_at_the_last() -> None:
    moves = [
        moved("2025-01-10", "to_forward", "register"),
        moved("2025-01-10", "to_forward", "route"),
        moved("2025-01-13", "forwarded"),
        moved("2025-01-13", "received"),
        moved("2025-02-01", "handling"),
    ]
    assert words(way(moves, "petition"), reference()) == (
        "待转送交办 3 天 → 待单位签收 0 天 → 待受理 19 天 → 办理中 28 天"
    )


def test_nothing_is_due_at_the_end() -> None:
    moves = [moved("2025-01-10", "to_hand_over", "register"), moved("2025-01-12", "closed")]
    assert words(way(moves, "handover"), reference()) == "待移送引导 2 天 → 已办结"


def test_a_node_it_came_back_to_stands_again() -> None:
    moves = [
        moved("2025-01-10", "to_hand_over"),
        moved("2025-01-11", "handed"),
        moved("2025-01-14", "to_hand_over"),
    ]
    assert (
        words(way(moves, "handover"), reference()) == "待移送引导 1 天 → 待单位签收 3 天 → 待移送引导 46 天"
    )


def test_nodes_are_named_by_the_flow_they_were_in() -> None:
    moves = [
        moved("2025-01-10", "to_forward", "register"),
        moved("2025-01-12", "consent", "handling.switch"),
        moved("2025-01-20", "mediating"),
        moved("2025-02-20", "to_forward", "handling.switch"),
    ]
    said = words(way(moves, "petition", ("petition", "mediation", "petition")), reference())
    assert said == "待转送交办 2 天 → 〔转调解〕待征求同意 8 天 → 调解中 31 天 → 〔转信访〕待转送交办 9 天"


def test_a_matter_without_a_line_has_no_way() -> None:
    assert words(way([], "petition"), reference()) == ""
