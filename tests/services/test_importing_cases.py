"""Old ledgers of mediations: every row a closed case that figures count, once, and that nothing is due for."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, Refused
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.services import (
    caseload,
    importing_cases,
    ledger,
    mediation,
    reporting,
    subsidy,
    upkeep,
)
from qingyuan_desk.services.imported import Fate
from qingyuan_desk.services.office import Office
from tests.conftest import Clock

HEADER = (
    *("序号", "登记日期", "办结日期", "纠纷类型", "乡镇", "申请人", "对方", "来源"),
    *("结果", "协议形式", "涉及金额（万元）", "履行情况", "满意度", "调解员", "备注"),
)


def _row(**cells: str) -> tuple[str, ...]:
    facts = {
        "登记日期": "2024-08-02",
        "办结日期": "2024-08-09",
        "纠纷类型": "邻里纠纷",
        "乡镇": "冉庄镇",
        "来源": "群众中心受理",
        "结果": "调解成功",
        "协议形式": "口头",
        **cells,
    }
    return tuple(facts.get(name, "") for name in HEADER)


def _sheet(path: Path, *rows: tuple[str, ...]) -> Path:
    sheets.write(path, [Grid("调解台账", HEADER, rows)])
    return path


def test_a_row_is_a_closed_case(office: Office, clerk: Actor, tmp_path: Path) -> None:
    named = office.reference.mediators[0].name
    path = _sheet(
        tmp_path / "台账.xlsx",
        _row(
            申请人="张三、李四",
            对方="样例建材公司",
            **{"涉及金额（万元）": "1.25", "履行情况": "已履行"},
            满意度="满意",
            调解员=named,
            备注="当场兑付",
        ),
    )
    report = importing_cases.cases(office, clerk, path)
    assert report.summary == "共 1 行：已登记 1 行。" and report.refused == report.warnings == ()
    found = mediation.case(office, clerk, report.outcomes[0].number)
    assert (found.node, found.state) == ("closed", "closed")
    assert [(each.side, each.name, each.kind) for each in found.parties] == [
        ("applicant", "张三", "person"),
        ("applicant", "李四", "person"),
        ("respondent", "样例建材公司", "company"),
    ]
    assert found.mediation and found.mediation.amount == 1_250_000
    assert found.mediation.closing == "substantial" and found.mediation.filed_on is None
    assert found.agreement and found.agreement.effective_on and found.agreement.effective_on.day == 9
    assert [each.mediator for each in found.mediators] == [office.reference.mediators[0].code]
    assert "当场兑付" in found.narrative
    seen = ledger.matter(office, clerk, found.number)
    assert seen.clocks == () and "历史台账" in seen.events[0].note + seen.events[-1].note
    assert upkeep.check(office).faults == ()


def test_nothing_is_asked_for_it(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = _sheet(tmp_path / "台账.xlsx", *[_row(申请人=f"样例{serial}") for serial in range(3)])
    importing_cases.cases(office, clerk, path)
    day = caseload.day(office, clerk)
    assert day.missing == ()
    assert subsidy.quarter(office, clerk, "2024Q3").lines == ()


def test_nobody_waited_for_it_here(office: Office, clerk: Actor, tmp_path: Path) -> None:
    today = office.today().isoformat()
    path = _sheet(tmp_path / "台账.xlsx", _row(), _row(登记日期=today, 办结日期=today))
    assert importing_cases.cases(office, clerk, path).accepted == 2
    for month in ("2024-08", "2024-09"):
        figures = reporting.month(office, clerk, month)
        assert figures.cases.totals.accepted == 1
        assert [(each.key, each.count) for each in figures.waits if each.count] == []
        assert figures.triage_minutes is None
        wanted = LedgerFilter(
            figure="wait_accept", first_day=figures.period.first, last_day=figures.period.last
        )
        assert ledger.count(office, clerk, wanted) == 0


def test_who_is_not_named_is_not_invented(office: Office, clerk: Actor, tmp_path: Path) -> None:
    report = importing_cases.cases(office, clerk, _sheet(tmp_path / "台账.xlsx", _row(), _row()))
    assert report.accepted == 2, "rows alike are as many disputes"
    found = mediation.case(office, clerk, report.outcomes[0].number)
    assert found.parties == ()
    assert ledger.matter(office, clerk, found.number).visits[0].persons[0].name == "匿名"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"登记日期": ""}, "没有登记日期"),
        ({"登记日期": "八月二日"}, "看不懂"),
        ({"登记日期": "2024-09-21", "办结日期": ""}, "在将来"),
        ({"办结日期": "2024-08-01"}, "早于登记日期"),
        ({"纠纷类型": "口角"}, "没有“口角”这个纠纷类型"),
        ({"来源": "火星"}, "没有“火星”这个来源"),
        ({"乡镇": "火星镇"}, "没有“火星镇”这个乡镇"),
        ({"结果": ""}, "没有写结果"),
        ({"结果": "?"}, "结果“?”看不懂"),
        ({"结果": "正在调"}, "结果“正在调”看不懂"),
        ({"协议形式": ""}, "口头或者书面"),
        ({"涉及金额（万元）": "不详"}, "涉及金额“不详”看不懂"),
        ({"满意度": "还行"}, "满意度“还行”看不懂"),
    ],
)
def test_what_cannot_be_told_is_refused(
    office: Office, clerk: Actor, tmp_path: Path, cells: dict[str, str], said: str
) -> None:
    path = _sheet(tmp_path / "台账.xlsx", _row(**cells), _row(申请人="张三"))
    tried = importing_cases.cases(office, clerk, path, dry_run=True)
    report = importing_cases.cases(office, clerk, path)
    for each in (tried, report):
        assert [row.fate for row in each.outcomes] == [Fate.REFUSED, Fate.ACCEPTED]
        assert said in each.outcomes[0].sentences[0]
    assert tried.outcomes[1].number == "" and report.outcomes[1].number == "清事〔2024〕0001号"


def test_the_same_rows_again_make_nothing_twice_until_they_were_undone(
    office: Office, clerk: Actor, tmp_path: Path
) -> None:
    rows = [_row(), _row(), _row(申请人="张三"), _row(结果="")]
    path = _sheet(tmp_path / "台账.xlsx", *rows)
    assert importing_cases.cases(office, clerk, path).accepted == 3
    corrected = _sheet(tmp_path / "改.csv", *rows[:3], _row(结果="调解不成"))
    report = importing_cases.cases(office, clerk, corrected)
    assert (report.accepted, len(report.already)) == (1, 3)
    second, first = importing_cases.past(office, clerk)
    assert (first.name, first.cases, first.counting) == ("台账.xlsx", 3, 3)
    assert reporting.month(office, clerk, "2024-08").cases.totals.settled == 3

    with pytest.raises(Refused):
        importing_cases.undo(office, clerk, "undo-0", first.file_id, " ")
    assert importing_cases.undo(office, clerk, "undo-1", first.file_id, "导错了年份") == 3
    assert importing_cases.undo(office, clerk, "undo-1", first.file_id, "导错了年份") == 3
    with pytest.raises(Conflict):
        importing_cases.undo(office, clerk, "undo-2", first.file_id, "再撤一次")
    assert [each.counting for each in importing_cases.past(office, clerk)] == [1, 0]
    figures = reporting.month(office, clerk, "2024-08")
    assert (figures.cases.totals.settled, figures.cases.totals.failed, figures.totals.visits) == (0, 1, 1)
    assert upkeep.check(office).faults == ()
    again = importing_cases.cases(office, clerk, path)
    assert (again.accepted, len(again.already)) == (3, 0)
    assert second.file_id != first.file_id


# --- a printed bulletin ------------------------------------------------------------------------------------------

_SOURCES = ("群众中心受理", "基层排查上报", "部门移送")


def _month(path: Path, month: str, disputes: int, settled: int, yuan: int, types: tuple[str, ...]) -> Path:
    """So many disputes of a month, in turn of every type and source; the sum is divided among those settled."""
    each, rest = divmod(yuan, settled)
    rows = [
        _row(
            登记日期=f"{month}-{serial % 27 + 1:02d}",
            办结日期=f"{month}-{serial % 27 + 2:02d}",
            纠纷类型=types[serial % len(types)],
            来源=_SOURCES[serial % 3],
            结果="调解成功" if serial < settled else "调解不成",
            协议形式=("书面" if serial % 2 else "口头") if serial < settled else "",
            **{"涉及金额（万元）": f"{each + (serial < rest)}元" if serial < settled else ""},
        )
        for serial in range(disputes)
    ]
    return _sheet(path, *rows)


def test_the_figures_of_a_printed_bulletin_come_out_the_same(
    office: Office, clock: Clock, clerk: Actor, tmp_path: Path
) -> None:
    types = tuple(kind.name for kind in office.reference.dispute_types[:15])
    for month, disputes, settled, yuan in (
        ("2023-08", 1028, 1000, 31_000_000),
        ("2024-07", 840, 812, 25_000_000),
        ("2024-08", 869, 842, 28_738_000),
    ):
        report = importing_cases.cases(
            office, clerk, _month(tmp_path / f"{month}.xlsx", month, disputes, settled, yuan, types)
        )
        assert report.accepted == disputes, report.summary
    figures = reporting.month(office, clerk, "2024-08")
    cases = figures.cases
    assert (cases.totals.accepted, cases.totals.settled, cases.totals.failed) == (869, 842, 27)
    assert cases.totals.amount == 2_873_800_000
    assert len([line for line in cases.tables["case_types"].lines if line.counts.accepted]) == 15
    assert [line.counts.accepted for line in cases.tables["case_sources"].lines if not line.parent] == [
        290,
        290,
        289,
    ]
    assert figures.totals.visits == 869
    assert figures.previous.totals and figures.previous.totals.visits == 840
    assert figures.year_before.totals and figures.year_before.totals.visits == 1028

    said = "".join(reporting.month_facts(office, clerk, figures).paragraphs)
    for words in ("869", "842件", "96.9%", "2,873.80万元", "3.5%", "15.5%"):
        assert words in said, (words, said)
