"""Figures at a terminal: any period, its files, closing it, and looking whether what was kept is as it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import reception
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI

from .conftest import Terminal

LAST = Period.month(date.today().year, date.today().month).before()


@pytest.fixture
def visited(folder: Path, visit: Callable[..., VisitForm]) -> None:
    """A dispute and an accusation, both of last month."""
    office = Office.open(folder)
    came = datetime.combine(LAST.first + timedelta(days=1), datetime.min.time(), SHANGHAI).replace(hour=9)
    clerk = office.actor("clerk")
    reception.register(office, clerk, visit(name="张样例", received_at=came, township="冉庄镇"))
    sealed = visit(
        name="李样例",
        received_at=came,
        category="petition_matter",
        flags=frozenset({"accusation"}),
        route_reason="检举",
        narrative="检举样例干部。",
    )
    assert reception.register(office, clerk, sealed).sealed
    office.close()


@pytest.mark.usefixtures("visited")
def test_a_closed_month_is_the_same_to_the_last_byte(terminal: Terminal, tmp_path: Path) -> None:
    paper, again, numbers = tmp_path / "月报.pdf", tmp_path / "再.pdf", tmp_path / "数字.json"
    refused = terminal("report", "--month", LAST.code, "--close")
    assert (refused.code, "核准补贴和结账" in refused.err) == (1, True)
    closed = terminal("report", "--as", "leader", "--month", LAST.code, "--close", "--out", str(paper))
    assert (closed.code, f"{LAST.name}已结账" in closed.err) == (0, True)
    assert terminal("report", "--month", LAST.code, "--out", str(again), "--json", str(numbers)).code == 0
    assert paper.read_bytes() == again.read_bytes()
    assert json.loads(numbers.read_text("utf-8"))["totals"]["visits"] == 1
    verified = terminal("report", "--month", LAST.code, "--verify")
    assert verified.code == 0
    assert "PDF：与结账时一致" in verified.out and "结账后没有变动的数字。" in verified.out
    twice = terminal("report", "--as", "leader", "--month", LAST.code, "--close")
    assert (twice.code, "不能再结" in twice.err) == (1, True)


@pytest.mark.usefixtures("visited")
def test_a_spreadsheet_has_tables_and_matters_and_no_names(terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "数据.xlsx"
    answer = terminal("report", "--month", LAST.code, "--xlsx", str(out))
    assert (answer.code, "事项清单 1 件" in answer.out) == (0, True)
    assert "导出表格" in answer.err
    cells = _cells(out)
    assert {"说明", "事项清单", "总体情况"} <= {sheet for sheet, _ in cells}
    assert not [text for _, text in cells if "样例" in text]
    (counted,) = [text for sheet, text in cells if sheet == "事项清单" and "接待来访" in text]
    assert "新登记事项" in counted


@pytest.mark.usefixtures("visited")
def test_names_want_a_reason_that_is_kept(terminal: Terminal, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "数据.xlsx"
    asked = ("report", "--month", LAST.code, "--xlsx", str(out), "--names")
    refused = terminal(*asked)
    assert (refused.code, "请写明为什么导出姓名" in refused.err, out.exists()) == (1, True, False)
    assert terminal(*asked, "--reason", "上级核查").code == 0
    texts = [text for _, text in _cells(out)]
    assert "张样例" in texts and not [text for text in texts if "李样例" in text]
    notes = sqlite3.connect(folder / "desk.db").execute(
        "SELECT m.sealed, e.note FROM event e JOIN matter m ON m.id = e.matter_id WHERE e.action = 'report.export'"
    )
    assert notes.fetchall() == [(0, "上级核查")]


@pytest.mark.usefixtures("visited")
@pytest.mark.parametrize(
    "period",
    [("--quarter", "2024Q3"), ("--half", "2024年上半年"), ("--year", "2024"), ("--from", "2024-09-03", "--to", "2024-09-20")],
)  # fmt: skip
def test_any_period(terminal: Terminal, period: tuple[str, ...]) -> None:
    answer = terminal("report", *period)
    assert (answer.code, "2024年" in answer.out) == (0, True)


@pytest.mark.parametrize(
    ("period", "code", "sentence"),
    [
        ((), 1, "请写明统计哪一期"),
        (("--month", "2024-09", "--year", "2024"), 1, "只写一种"),
        (("--from", "2024-09-03"), 1, "请写明统计哪一期"),
        (("--from", "2024-09-03", "--to", "2024-09-01"), 1, "--to 不能早于 --from"),
        (("--quarter", "2024-09"), 1, "“2024-09”不是季度"),
        (("--month", "2024-08", "--verify"), 1, "2024年8月还没有结账"),
    ],
)
def test_what_is_refused(terminal: Terminal, period: tuple[str, ...], code: int, sentence: str) -> None:
    answer = terminal("report", *period)
    assert (answer.code, sentence in answer.err) == (code, True)


def _cells(path: Path) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(path)
    return [
        (sheet.title, str(cell.value))
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
