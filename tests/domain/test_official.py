"""The official tables add up in every direction or say which sum differs; drivers add up to the change; hot spots keep their rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.mediation.codes import BODIES, ORIGINS
from qingyuan_desk.domain.movements import DIMENSIONS, Movement, drivers, hot_spots
from qingyuan_desk.domain.official import COLUMNS, OfficialCounted, Row, tabulate_official
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.services.office import Office

SEPTEMBER = Period.month(2024, 9)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """The tables every new desk starts with."""
    office = Office.open(tmp_path_factory.mktemp("tables"))
    office.close()
    return office.reference


#: Disputes: (type, body, origin, how it ended, people, fen).
DISPUTES = st.lists(
    st.tuples(
        st.sampled_from([f"{number:02}" for number in range(1, 19)]),
        st.sampled_from([*BODIES]),
        st.sampled_from([*ORIGINS]),
        st.sampled_from(["oral", "written", "failed"]),
        st.integers(2, 30),
        st.integers(0, 9_999_999),
    ),
    max_size=15,
)


def counted_of(disputes: list[tuple[str, str, str, str, int, int]]) -> OfficialCounted:
    rows: dict[str, dict[str, int]] = {}
    whole = dict.fromkeys((column.key for column in COLUMNS), 0)
    for kind, body, origin, end, persons, fen in disputes:
        for row in (rows.setdefault(kind, dict.fromkeys(whole, 0)), whole):
            row["total"] += 1
            row["persons"] += persons
            row[f"body_{body}"] += 1
            row[f"origin_{origin}"] += 1
            row["origin_handed"] += origin not in ("application", "initiative")
            if end != "failed":
                row["settled"] += 1
                row["amount"] += fen
                row[f"form_{end}"] += 1
    return OfficialCounted(whole, rows)


@given(disputes=DISPUTES)
def test_tables_of_disputes_add_up(
    reference: Reference, disputes: list[tuple[str, str, str, str, int, int]]
) -> None:
    official = tabulate_official(counted_of(disputes), reference)
    assert official.faults == ()
    assert official.zero == (not disputes)
    assert (len(official.types.lines), len(official.zongzhi.lines)) == (18, 19)
    for table in official.tables:
        for column in COLUMNS:
            assert sum(line.counts[column.key] for line in table.lines) == table.whole[column.key]


@given(disputes=DISPUTES.filter(bool), column=st.sampled_from([column.key for column in COLUMNS]))
def test_a_sum_that_is_off_by_one_is_told(
    reference: Reference, disputes: list[tuple[str, str, str, str, int, int]], column: str
) -> None:
    counted = counted_of(disputes)
    wrong = replace(counted, whole={**counted.whole, column: counted.whole[column] + 1})
    name = next(each.name for each in COLUMNS if each.key == column)
    assert any(name in fault for fault in tabulate_official(wrong, reference).faults)


def test_a_fault_says_which_line_and_by_how_much(reference: Reference) -> None:
    row: Row = {"total": 4, "settled": 1, "form_oral": 1, "body_society": 4, "origin_application": 3}
    faults = tabulate_official(OfficialCounted(row, {"02": row}), reference).types.faults
    assert faults[0] == "“邻里纠纷”一行，案件来源各栏相加 3 件，调解案件总数 4 件，相差 1 件。"


def test_disputes_without_a_type_are_told(reference: Reference) -> None:
    row: Row = {"total": 1, "body_society": 1, "origin_application": 1}
    official = tabulate_official(OfficialCounted(row, {"": row}), reference)
    assert official.types.lines[-1].name == "类型未填"
    assert "有 1 件纠纷没有填写表内的类型，请到台账补填类型后再制表。" in official.types.faults


def test_types_go_where_the_mapping_says(reference: Reference) -> None:
    row: Row = {"total": 1, "body_society": 1, "origin_application": 1}
    official = tabulate_official(OfficialCounted({}, {"01": row, "02": row, "08": row}), reference)
    assert {line.name: line.counts["total"] for line in official.zongzhi.lines if line.counts["total"]} == {
        "婚姻家庭邻里": 2,
        "征地拆迁安置": 1,
    }


CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from(["civil_dispute", "petition_matter", "", "旧"]),
        st.sampled_from(["02", "10", ""]),
        st.sampled_from(["130608101000", "130608100000", ""]),
    ),
    st.integers(1, 40),
    max_size=10,
)


@given(now=CELLS, then=CELLS)
def test_contributions_add_up_to_the_change(
    reference: Reference, now: dict[tuple[str, str, str], int], then: dict[tuple[str, str, str], int]
) -> None:
    found = drivers("visits", SEPTEMBER.before(), now, then, reference)
    assert found.change == sum(now.values()) - sum(then.values())
    for dimension in DIMENSIONS:
        changes = [line.change for line in found.of(dimension)]
        assert sum(changes) == found.change
        assert 0 not in changes
        assert changes == sorted(changes, reverse=found.change >= 0)


def test_hot_spots_keep_the_rule(reference: Reference) -> None:
    town, other = "130608101000", "130608100000"
    movement = Movement(
        fresh={
            "now": {(town, "02"): 4, (town, "10"): 3, (other, "02"): 9, ("", "02"): 20},
            "previous": {(town, "02"): 2, (town, "10"): 2, (other, "02"): 8},
        }
    )
    hot = hot_spots(SEPTEMBER, movement, True, reference)
    assert [(spot.township_name, spot.type_name, spot.now, spot.before) for spot in hot.spots] == [
        ("冉庄镇", "邻里纠纷", 4, 2)
    ]
    assert "3 件以上，并且比上期多 2 件以上" in hot.rule.words
    assert hot_spots(Period.quarter(2024, 3), movement, True, reference).rule.least == 9
    assert hot_spots(SEPTEMBER, movement, False, reference).spots == ()
