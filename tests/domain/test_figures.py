"""Figures: tables that add up whatever is counted, and ones that are refused because they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain import bulletin, reception_bulletin
from qingyuan_desk.domain.breakdowns import Counts
from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.domain.figures import (
    FIGURES,
    Cell,
    Clocks,
    Comparison,
    Counted,
    Figures,
    Totals,
    tabulate,
)
from qingyuan_desk.domain.flow_figures import FlowCounted, tabulate_flows
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.services.office import Office

SEPTEMBER = Period.month(2024, 9)
OFFICE = "样例中心"


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """The tables every new desk starts with."""
    office = Office.open(tmp_path_factory.mktemp("tables"))
    office.close()
    return office.reference


def whole_of(cells: list[Cell]) -> Totals:
    """Totals of cells whose matters were all opened in the period."""
    return Totals(
        matters=sum(cell.matters for cell in cells),
        new_matters=sum(cell.matters for cell in cells),
        visits=sum(cell.visits for cell in cells),
        first_visits=sum(cell.visits for cell in cells if cell.is_first),
        groups=sum(cell.visits for cell in cells if cell.is_group),
        heads=sum(cell.heads for cell in cells),
        group_heads=sum(cell.heads for cell in cells if cell.is_group),
    )


def figures_of(
    reference: Reference,
    cells: list[Cell],
    totals: Totals | None = None,
    *,
    as_of: date = date(2024, 10, 8),
    since: date | None = date(2023, 1, 4),
    clocks: Clocks | None = None,
    previous: Totals | None = None,
    year_before: Totals | None = None,
) -> Figures:
    counted = Counted(
        totals=totals or whole_of(cells),
        cells=tuple(cells),
        clocks=clocks or Clocks(),
        triage_minutes=4.5 if cells else None,
        void_numbers=(),
        flows=FlowCounted({"mediation": (totals or whole_of(cells)).matters}),
    )
    return tabulate(
        SEPTEMBER,
        as_of,
        since,
        counted,
        reference,
        previous=Comparison(SEPTEMBER.before(), previous),
        year_before=Comparison(SEPTEMBER.year_before(), year_before),
    )


def cell(**facts: object) -> Cell:
    """Two visits of one neighbour dispute from 冉庄镇, unless said otherwise."""
    plain = Cell("civil_dispute", "mediation", "walk_in", "130608101000", "02", False, True, 1, 2, 3)
    return replace(plain, **facts)  # type: ignore[arg-type]


CODES = {
    "category": ["civil_dispute", "legal_question", "", "没有这一类"],
    "flow": ["mediation", "consultation", "petition", ""],
    "source": ["walk_in", "township_report", "transfer", "transfer_court", "transfer_police", "", "旧来源"],
    "township": ["130608101000", "130608100000", "", "130608999000"],
    "dispute_type": ["01", "02", "18", "", "99"],
}
CELLS = st.lists(
    st.builds(
        Cell,
        **{name: st.sampled_from(codes) for name, codes in CODES.items()},
        is_group=st.booleans(),
        is_first=st.booleans(),
        matters=st.integers(0, 40),
        visits=st.integers(1, 60),
        heads=st.integers(1, 900),
    ),
    max_size=12,
)


@given(cells=CELLS)
def test_every_table_adds_up(reference: Reference, cells: list[Cell]) -> None:
    figures = figures_of(reference, cells)
    for key, table in figures.tables.items():
        added = sum((line.counts for line in table.lines if not line.parent), Counts())
        mediated = [each for each in cells if each.flow == "mediation"]
        assert added == table.whole == whole_of(mediated if key == "dispute_types" else cells).counts
    assert sum(counts.heads for counts in figures.kinds.values()) == figures.totals.heads
    transferred = [each for each in cells if each.source.startswith("transfer")]
    lines = {line.code: line for line in figures.tables["sources"].lines}
    assert lines["transfer"].counts == whole_of(transferred).counts
    assert lines["transfer_court"].parent == "transfer"


@given(
    cells=CELLS,
    field=st.sampled_from(["matters", "visits", "first_visits", "groups", "heads", "group_heads"]),
    by=st.sampled_from([-1, 1]),
)
def test_a_total_that_is_off_by_one_is_refused(
    reference: Reference, cells: list[Cell], field: str, by: int
) -> None:
    totals = whole_of(cells)
    with pytest.raises(Unavailable) as refused:
        figures_of(reference, cells, replace(totals, **{field: getattr(totals, field) + by}))
    assert refused.value.code == "QY-140"


def test_a_table_that_does_not_add_up_says_which_and_by_how_much(reference: Reference) -> None:
    with pytest.raises(
        Unavailable, match="统计表“五类事项”合计对不上（接待来访各行相加 2 件次，合计 3 件次）"
    ):
        figures_of(reference, [cell()], replace(whole_of([cell()]), visits=3, first_visits=3))


def test_all_rows_of_the_official_tables_are_there(reference: Reference) -> None:
    figures = figures_of(reference, [cell()])
    rows = {key: len(table.lines) for key, table in figures.tables.items()}
    assert rows == {"categories": 5, "flows": 4, "sources": 8, "townships": 18, "dispute_types": 18}


def test_what_fits_no_row_has_a_line_of_its_own(reference: Reference) -> None:
    figures = figures_of(reference, [cell(township="", dispute_type="")])
    assert figures.tables["townships"].lines[-1].name == "区外或未填"
    assert figures.tables["dispute_types"].lines[-1].counts.visits == 2


# --- the paragraph -----------------------------------------------------------------------------------------------


def test_a_month_in_official_style(reference: Reference) -> None:
    cells = [
        cell(matters=2, visits=3, heads=3),
        cell(is_first=False, matters=0, visits=1, heads=1),
        cell(is_group=True, matters=1, visits=1, heads=23, township="130608100000", dispute_type="10"),
        cell(
            category="legal_question",
            flow="consultation",
            township="",
            dispute_type="",
            matters=3,
            visits=3,
            heads=3,
        ),
    ]
    figures = figures_of(
        reference,
        cells,
        clocks=Clocks(on_time=2, overdue=1),
        previous=Totals(visits=5),
        year_before=Totals(visits=8),
    )
    assert bulletin.paragraph(figures, OFFICE) == (
        "2024年9月，样例中心共接待来访8件次、30人次，涉及事项6件，其中新登记6件。"
        "初访7件次，重复访1件次，重复访占12.5%；集体访1批次、23人次。"
        "接待来访比上月增加3件次，上升60.0%；与上年同月持平。"
        "按类别看，民间纠纷5件次（占62.5%）、法律咨询3件次（占37.5%）。"
        "按分流去向看，矛盾纠纷调解5件次（占62.5%）、法律咨询3件次（占37.5%）。"
        "按来源看，均为群众中心受理。"
        "来访涉及2个乡镇，分别是冉庄镇4件次、清苑镇1件次。"
        "进入调解的纠纷3件，分别是邻里纠纷2件、拖欠农民工工资纠纷1件。"
        "从来访到分流用时的中位数为4.5分钟。"
        "当月没有受理调解，也没有调解结束的纠纷。"
        "当月应完成的法定期限3项，其中按期完成2项、逾期1项。"
    )


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            {"previous": Totals(visits=4)},
            "接待来访比上月减少2件次，下降50.0%；上年同月尚无登记数据，不作比较。",
        ),
        ({"previous": Totals()}, "接待来访比上月增加2件次（上月没有来访）；"),
        ({}, "上月和上年同月尚无登记数据，不作比较。"),
        ({"as_of": date(2024, 9, 20)}, "2024年9月（截至9月20日），样例中心共接待来访2件次"),
        ({"as_of": date(2024, 9, 30), "previous": Totals(visits=4)}, "当月尚未结束，暂不比较。"),
        ({"previous": Totals(visits=1), "since": date(2024, 8, 28)}, "上升100.0%（上月登记从28日开始）；"),
        ({"since": date(2024, 9, 18)}, "登记从2024年9月18日开始。"),
        ({"clocks": Clocks(overdue=4)}, "当月应完成的法定期限4项，全部逾期。"),
        ({"clocks": Clocks(running=1)}, "当月应完成的法定期限1项，全部尚未到期。"),
    ],
)
def test_what_the_paragraph_says_when(reference: Reference, facts: dict[str, object], sentence: str) -> None:
    figures = figures_of(reference, [cell()], **facts)  # type: ignore[arg-type]
    assert sentence in bulletin.paragraph(figures, OFFICE)


def test_a_month_without_visits_is_a_zero_report(reference: Reference) -> None:
    figures = figures_of(reference, [], previous=Totals(visits=5), year_before=Totals())
    assert bulletin.paragraph(figures, OFFICE) == (
        "2024年9月，样例中心没有接待来访，实行零报告。"
        "接待来访比上月减少5件次，下降100.0%；与上年同月持平。"
        "当月没有受理调解，也没有调解结束的纠纷。当月没有应完成的法定期限。"
    )


def test_a_month_before_anything_was_recorded_is_no_zero_report(reference: Reference) -> None:
    figures = figures_of(reference, [], since=date(2024, 10, 9))
    assert bulletin.paragraph(figures, OFFICE) == "2024年9月尚无登记数据，样例中心的登记从2024年10月9日开始。"


@given(cells=CELLS)
def test_printed_rows_add_up_to_their_last(reference: Reference, cells: list[Cell]) -> None:
    figures = figures_of(reference, cells)
    summed = [table for table in reception_bulletin.tables(figures) if table.rows[-1][0] == "合计"]
    assert len(summed) == 6
    for table in summed:
        for column in range(1, 5):
            *parts, total = [int(row[column]) for row in table.rows if "其中" not in row[0]]
            assert sum(parts) == total, (table.title, table.header[column])


def test_a_matter_of_two_flows_counts_in_both_and_once_in_the_whole(reference: Reference) -> None:
    moved = ((1, "petition", "mediation"), (1, "mediation", "petition"), (2, "petition", "mediation"))
    flows = tabulate_flows(FlowCounted({"petition": 3, "mediation": 2, "gone": 1}, 2, moved), reference)
    lines = {line.code: (line.matters, line.moved_in, line.moved_out) for line in flows.lines}
    assert lines == {
        "petition": (3, 1, 2),
        "mediation": (2, 2, 1),
        "consultation": (0, 0, 0),
        "handover": (0, 0, 0),
        "": (1, 0, 0),
    }
    assert [(move.source, move.target, move.matters) for move in flows.moves] == [
        ("petition", "mediation", 2),
        ("mediation", "petition", 1),
    ]
    assert (flows.moved, flows.fault(4)) == (2, "")


@pytest.mark.parametrize("whole", [2, 5])
def test_flows_that_cannot_be_right_are_told(reference: Reference, whole: int) -> None:
    flows = tabulate_flows(FlowCounted({"petition": 3, "mediation": 2}, 1), reference)
    assert "各流程相加 5 件" in flows.fault(whole)


def test_definitions_are_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "figures.md").read_text(encoding="utf-8")
    for figure in FIGURES.values():
        assert f"| `{figure.key}` | {figure.name} | {figure.unit} | {figure.definition} |" in text
