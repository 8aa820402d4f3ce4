"""Old ledgers of mediations at the page of imports: tried out, imported once, every refused row with its reason."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.imports.outcomes import MATTER, NAME, RESULT, WHY
from qingyuan_desk.desk.imports.page import ImportsPage
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Segments
from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.services import ledger, mediation, reporting
from tests.desk.imports_page import button, click, open_page, text, visits

_HEADER = ("登记日期", "纠纷类型", "申请人", "来源", "结果", "协议种类")


def _file(path: Path, *rows: tuple[str, ...]) -> Path:
    sheets.write(path, [Grid("调解台账", _HEADER, rows)])
    return path


def _row(name: str, kind: str = "邻里纠纷", result: str = "调解成功", source: str = "") -> tuple[str, ...]:
    return ("2024-08-02", kind, name, source, result, "口头" if result == "调解成功" else "")


def _said(page: ImportsPage, column: int) -> list[str]:
    model = page.files.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def _press(qtbot: QtBot, page: ImportsPage, name: str) -> None:
    click(qtbot, page, name)
    qtbot.waitUntil(lambda: not page.files.run.active, timeout=20_000)


def test_an_old_ledger_of_mediations_is_tried_out_and_imported(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page(session, qtbot)
    page.findChild(Segments, "imports.kind").choose("cases")
    assert "办结的人民调解" in text(page, "blank.more")
    source = page.findChild(ChoiceBox, "imports.source")
    assert source.isEnabled()
    source.set_code("township_report")
    source.chosen.emit("township_report")
    page.files.take(
        _file(
            tmp_path / "调解台账.xlsx",
            _row("样例甲"),
            _row("样例乙", "口角"),
            _row("样例丙", result="调解不成"),
        )
    )
    _press(qtbot, page, "try")
    assert text(page, "try.sentence") == "共 3 行：可以导入 2 行、不能导入 1 行。"
    assert "协议种类（协议形式）" in text(page, "told")
    assert _said(page, NAME) == ["样例甲", "样例乙", "样例丙"]
    assert _said(page, MATTER) == ["邻里纠纷", "口角", "邻里纠纷"]
    assert (
        _said(page, RESULT) == ["可导入", "退回", "可导入"]
        and "没有“口角”这个纠纷类型" in _said(page, WHY)[1]
    )
    assert visits(page.office) == 0

    _press(qtbot, page, "start")
    assert text(page, "start.sentence") == "共 3 行：已登记 2 行、没有登记 1 行。"
    number = _said(page, WHY)[0]
    case = mediation.case(page.office, page.actor, number)
    assert (case.node, case.parties[0].name) == ("closed", "样例甲")
    assert ledger.matter(page.office, page.actor, number).visits[0].source == "township_report"
    totals = reporting.month(page.office, page.actor, "2024-08").cases.totals
    assert (totals.settled, totals.failed) == (1, 1)

    _press(qtbot, page, "try")
    assert _said(page, RESULT) == ["已导入过", "退回", "已导入过"]
    assert not button(page, "start").isEnabled()


def test_a_ledger_of_visits_is_no_ledger_of_mediations(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page(session, qtbot)
    page.findChild(Segments, "imports.kind").choose("cases")
    path = tmp_path / "来访.xlsx"
    sheets.write(
        path, [Grid("来访", ("姓名", "来访事由", "来访时间"), (("样例", "邻居盖房占道", "2024-08-02"),))]
    )
    page.files.take(path)
    _press(qtbot, page, "try")
    assert "表里没有认得出的“登记日期”“纠纷类型”“结果”列" in text(page, "blank.more")
    assert not button(page, "start").isEnabled()
    page.findChild(Segments, "imports.kind").choose("visits")
    assert "按 F8 试导入" in text(page, "blank")
    assert page.findChild(ChoiceBox, "imports.source").code == "walk_in"
