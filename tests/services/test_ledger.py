"""The ledger's services: what clocks and text let through, revealing, exporting, rows by id; sealed matters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotAllowed, NotFound, Refused
from qingyuan_desk.domain.matter import DUES, LedgerFilter
from qingyuan_desk.domain.visit import Registered, VisitForm
from qingyuan_desk.services import ledger, reception
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import matters
from tests.conftest import Clock

Register = Callable[..., Registered]


@pytest.fixture
def register(office: Office, clerk: Actor, visit: Callable[..., VisitForm]) -> Register:
    def make(**facts: object) -> Registered:
        return reception.register(office, clerk, visit(**facts))

    return make


@pytest.fixture
def petition(register: Register) -> Register:
    """Registers petitions, whose clocks run."""
    return lambda **facts: register(
        **{"narrative": "反映公路失修。", "category": "petition_matter", "route_reason": "按诉求", **facts}
    )


def _listed(office: Office, actor: Actor, **wanted: object) -> list[int]:
    return [row.matter_id for row in ledger.page(office, actor, LedgerFilter(**wanted)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize("many", [1, 1000])
def test_clocks_let_through_the_same_however_many_run(
    office: Office, clerk: Actor, petition: Register, clock: Clock, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(matters, "_MANY", many)
    first = petition().matter_id
    clock.forward(days=12)
    second = petition().matter_id
    # The first rings on 5 October, in the holiday, and moves to the 8th; the second on 17 October.
    for days, expected in (
        (0, {"soon": [first], "week": [first], "quiet": [first]}),
        (3, {"soon": [first], "week": [first], "ringing": [first], "quiet": [first]}),
        (6, {"ringing": [first], "quiet": [second, first]}),
        (7, {"ringing": [first], "overdue": [first], "quiet": [second, first]}),
    ):
        moved = clock.moment
        clock.forward(days=days)
        found = {due: _listed(office, clerk, due=due) for due in DUES}
        assert {due: ids for due, ids in found.items() if ids} == expected, days
        today = ledger.today(office, clerk)
        assert (today.due + today.overdue, today.overdue) == (len(found["ringing"]), len(found["overdue"]))
        assert ledger.count(office, clerk, LedgerFilter(due="ringing")) == len(found["ringing"])
        clock.moment = moved


def test_a_number_without_its_prefix_may_be_a_visits_or_a_matters(
    office: Office, clerk: Actor, register: Register
) -> None:
    first = register()
    again = register(matter=first.matter_number)
    other = register()
    assert _listed(office, clerk, text="〔2024〕2号") == [other.matter_id, first.matter_id]
    assert ledger.matter(office, clerk, "〔2024〕2号").matter_id == first.matter_id
    assert _listed(office, clerk, text=again.visit_number) == [first.matter_id]


def test_rows_by_id_keep_their_order_and_leave_out_what_is_sealed(
    office: Office, clerk: Actor, register: Register
) -> None:
    one, two = register().matter_id, register().matter_id
    sealed = register(flags=frozenset({"accusation"}), narrative="举报收受好处。").matter_id
    asked = (two, sealed, 999, one)
    assert [row.matter_id for row in ledger.some(office, clerk, asked)] == [two, sealed, one]
    mediator = office.actor("mediator")
    assert [row.matter_id for row in ledger.some(office, mediator, asked)] == [two, one]


def test_revealing_is_recorded_once_with_its_reason(office: Office, clerk: Actor, register: Register) -> None:
    done = register()
    before = ledger.matter(office, clerk, done.matter_id)
    for _ in range(2):
        ledger.reveal(office, clerk, "reveal-1", done.matter_id, " 电话\n回访 ")
    facts = ledger.matter(office, clerk, done.matter_id)
    assert [event.note for event in facts.events if event.action == "查看证件和电话"] == ["电话回访"]
    assert facts.updated_at == before.updated_at, "looking is no progress"


def test_revealing_wants_a_reason_and_a_matter_one_may_know_of(
    office: Office, clerk: Actor, register: Register
) -> None:
    done = register(flags=frozenset({"accusation"}), narrative="举报收受好处。")
    with pytest.raises(Refused, match="请写明为什么"):
        ledger.reveal(office, clerk, "r1", done.matter_id, "\u200b  ")
    with pytest.raises(Refused, match="最多 200 个字"):
        ledger.reveal(office, clerk, "r2", done.matter_id, "长" * 201)
    with pytest.raises(NotFound):
        ledger.reveal(office, office.actor("mediator"), "r3", done.matter_id, "看看")
    assert all(
        event.action != "查看证件和电话" for event in ledger.matter(office, clerk, done.matter_id).events
    )


def test_the_export_has_every_row_of_the_filter_and_nobodys_name(
    office: Office,
    clerk: Actor,
    register: Register,
    petition: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ledger, "_EXPORTED_AT_ONCE", 3)
    numbers = [petition(name=f"王样例{n}", phone="13812345678").matter_number for n in range(8)]
    register(name="别的流程")
    register(flags=frozenset({"accusation"}), narrative="举报收受好处。", name="密举人")
    target = tmp_path / "台账.xlsx"
    assert ledger.export(office, clerk, LedgerFilter(flow="petition"), target) == 8
    grid = sheets.read(target)
    assert [row[0] for row in grid.rows] == list(reversed(numbers))
    said = "".join(cell for row in grid.rows for cell in row)
    assert "王***" in said and "王样例" not in said and "138" not in said and "密件" not in said
    row = dict(zip(grid.header, grid.rows[0], strict=True))
    assert (row["流程"], row["节点"], row["状态"], row["法定末日"]) == (
        "信访",
        "待转送交办",
        "办理中",
        "2024-10-05",
    )
    assert row["依据"].startswith("《信访工作条例》")


def test_an_account_without_the_right_exports_nothing(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        ledger.export(office, office.actor("mediator"), LedgerFilter(), tmp_path / "台账.csv")
    assert list(tmp_path.glob("台账*")) == []
