"""Figures of mediations: tables that add up or are refused, and how they read, from none at all to many."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain import case_bulletin
from qingyuan_desk.domain.case_figures import (
    COLUMNS,
    NOTHING,
    Afterwards,
    CaseCell,
    CaseCounted,
    CaseCounts,
    CaseFigures,
    Prevented,
    percent,
    tabulate_cases,
    wan,
)
from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.domain.mediation.codes import ORIGINS, PREVENTIONS
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.services.office import Office

NOW = datetime(2024, 10, 8, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """The tables every new desk starts with."""
    office = Office.open(tmp_path_factory.mktemp("tables"))
    office.close()
    return office.reference


def counts(oral: int = 0, written: int = 0, **facts: int) -> CaseCounts:
    return CaseCounts(oral=oral, written=written, settled=oral + written, **facts)


def figures_of(reference: Reference, *cells: CaseCell, **facts: object) -> CaseFigures:
    whole = sum((cell.counts for cell in cells), NOTHING)
    return tabulate_cases(CaseCounted(totals=whole, cells=cells, **facts), reference)  # type: ignore[arg-type]


COUNTS = st.builds(
    counts,
    oral=st.integers(0, 9),
    written=st.integers(0, 9),
    accepted=st.integers(0, 20),
    failed=st.integers(0, 9),
    withdrawn=st.integers(0, 9),
    amount=st.integers(0, 99_999_999_999),
)
CELLS = st.lists(
    st.builds(
        CaseCell,
        dispute_type=st.sampled_from(["01", "02", "18", "", "99"]),
        source=st.sampled_from(["walk_in", "township_report", "transfer_court", "transfer", "", "旧来源"]),
        origin=st.sampled_from([*ORIGINS, "", "旧"]),
        counts=COUNTS,
    ),
    max_size=12,
)


@given(cells=CELLS)
def test_every_table_adds_up_and_prints_so(reference: Reference, cells: list[CaseCell]) -> None:
    figures = figures_of(reference, *cells)
    for table in figures.tables.values():
        added = sum((line.counts for line in table.lines if not line.parent), NOTHING)
        assert added == table.whole == figures.totals
    printed = [table for table in case_bulletin.tables(figures) if table.rows[-1][0] == "合计"]
    assert len(printed) == (3 if figures.totals != NOTHING else 0)
    for table in printed:
        for column in range(1, 8):
            *parts, total = [_fen(row[column]) for row in table.rows if "其中" not in row[0]]
            assert sum(parts) == total, (table.title, table.header[column])


def _fen(cell: str) -> int:
    """A printed number in millionths, so that 万元 are fen."""
    whole, _, rest = cell.replace(",", "").partition(".")
    return int(whole) * 1_000_000 + int(rest.ljust(6, "0") or 0)


@given(cells=CELLS, column=st.sampled_from(COLUMNS), by=st.sampled_from([-1, 1]))
def test_a_total_that_is_off_by_one_is_refused(
    reference: Reference, cells: list[CaseCell], column: str, by: int
) -> None:
    whole = sum((cell.counts for cell in cells), NOTHING)
    wrong = replace(whole, **{column: getattr(whole, column) + by})
    with pytest.raises(Unavailable) as refused:
        tabulate_cases(CaseCounted(totals=wrong, cells=tuple(cells)), reference)
    assert refused.value.code == "QY-140"


def test_agreements_are_oral_or_written(reference: Reference) -> None:
    odd = CaseCell("02", "walk_in", "application", CaseCounts(settled=3, oral=1, written=1))
    with pytest.raises(Unavailable, match="相加 2 件，调解成功 3 件"):
        figures_of(reference, odd)


def test_parts_of_a_source_stand_below_it(reference: Reference) -> None:
    figures = figures_of(reference, CaseCell("02", "transfer_court", "court", counts(oral=2)))
    lines = {line.code: line for line in figures.tables["case_sources"].lines}
    assert lines["transfer"].counts.settled == lines["transfer_court"].counts.settled == 2
    assert lines["transfer_court"].parent == "transfer"
    assert len(figures.tables["case_types"].lines) == 18


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "0"),
        (1, "0.000001"),
        (123_000, "0.123"),
        (40_656_00, "4.0656"),
        (1_000_000, "1.00"),
        (1234567_000_000, "1,234,567.00"),
    ],
)
def test_sums_in_ten_thousands_are_exact(fen: int, words: str) -> None:
    assert wan(fen) == words


def test_shares() -> None:
    assert (percent(None), percent(5 / 6), percent(1.0)) == ("—", "83.3", "100.0")
    assert (CaseCounts(settled=5, failed=1).success_rate, NOTHING.success_rate) == (5 / 6, None)
    assert Afterwards(follow_ups=3).satisfaction_rate is None


# --- how it reads --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ([], "当月没有受理调解，也没有调解结束的纠纷"),
        ([counts(accepted=3)], "受理调解3件，没有调解结束的纠纷"),
        ([counts(oral=1)], "当月没有受理调解；调解成功1件"),
        ([counts(oral=5, accepted=7, failed=1)], "受理调解7件；调解成功5件、调解不成1件，成功率83.3%"),
        ([counts(accepted=2, failed=2)], "受理调解2件；调解不成2件"),
        ([counts(accepted=2, withdrawn=1)], "受理调解2件；当事人撤回1件"),
    ],
)
def test_what_was_done(reference: Reference, cells: list[CaseCounts], sentence: str) -> None:
    figures = figures_of(reference, *(CaseCell("02", "walk_in", "application", each) for each in cells))
    assert case_bulletin.sentences(figures)[0] == sentence


def test_how_disputes_were_settled(reference: Reference) -> None:
    cells = (
        CaseCell("02", "walk_in", "application", counts(oral=2, written=1, amount=123_000)),
        CaseCell("10", "township_report", "initiative", counts(written=1, amount=5_000_000)),
    )
    assert case_bulletin.sentences(figures_of(reference, *cells))[1] == (
        "调解成功的有口头协议2件、书面协议2件，协议涉及金额5.123万元；"
        "按来源看，群众中心受理3件、基层排查上报1件；分别是邻里纠纷3件、拖欠农民工工资纠纷1件"
    )
    (one,) = (CaseCell("02", "walk_in", "application", counts(oral=1)),)
    assert case_bulletin.sentences(figures_of(reference, one))[1] == (
        "调解成功的均为口头协议，协议不涉及金额；按来源看，均为群众中心受理；均为邻里纠纷"
    )


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (Afterwards(), ""),
        (Afterwards(confirmations=1, confirmed=1), "申请司法确认1件，人民法院裁定有效1件"),
        (Afterwards(due_parts=2, paid_parts=2), "当月应履行协议2笔，已经全部履行"),
        (Afterwards(due_parts=2, paid_parts=1, follow_ups=1), "当月应履行协议2笔，已履行1笔；回访1次"),
        (Afterwards(follow_ups=4, rated=3, satisfied=2), "回访4次，满意率66.7%"),
    ],
)
def test_what_came_afterwards(reference: Reference, after: Afterwards, sentence: str) -> None:
    assert case_bulletin.sentences(figures_of(reference, afterwards=after))[2] == sentence


def test_what_was_prevented(reference: Reference) -> None:
    prevented = {"fight": Prevented(1, 6), "petition": Prevented(2, 31)}
    figures = figures_of(reference, prevented=prevented)
    assert case_bulletin.sentences(figures)[3] == "防止群体性上访2件31人、防止群体性械斗1件6人"
    table = list(case_bulletin.tables(figures))[-1]
    assert [row[0] for row in table.rows] == [*PREVENTIONS.values(), "合计"]
    assert table.rows[-1] == ("合计", "3", "37")


@given(cells=CELLS)
def test_no_sentence_says_nothing_of_something(reference: Reference, cells: list[CaseCell]) -> None:
    """No stray 0件, no empty part, whatever there was."""
    said = "。".join(filter(None, case_bulletin.sentences(figures_of(reference, *cells))))
    assert not re.search(r"(?<!\d)0件|，，|；；|、、|：，|有，", said), said
