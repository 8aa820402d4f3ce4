"""Old ledgers and township reports become visits, each whole, each once."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotAllowed, Refused
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.importing import RESULT
from qingyuan_desk.services import imported, importing, ledger, reception, upkeep
from qingyuan_desk.services.imported import Fate
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.sheet_files import HEADER, sheet_file, sheet_row

#: Made up, with a right checksum.
ID_NUMBER = "11010519491231002X"


def _visits(office: Office) -> int:
    with office.store.read() as rows:
        return int(rows.value("SELECT count(*) FROM visit"))


def test_a_ledger_is_imported_row_by_row(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = sheet_file(
        tmp_path / "台账.xlsx",
        sheet_row(1),
        sheet_row(2, 姓名="张三等23人", 来访事由="拖欠农民工工资", 对方当事人="样例建筑公司"),
        ("",) * len(HEADER),
        sheet_row(3, 身份证号="1.10105194912310E+17"),
        sheet_row(4, 身份证号="110105194912310021"),
        sheet_row(5, 乡镇="火星镇"),
        sheet_row(6, 来访时间="2024-09-21"),
        sheet_row(7, 来访时间="1999-12-31"),
        sheet_row(8, 来访时间=""),
        sheet_row(9, 姓名="", 来访事由=""),
    )
    progress: list[tuple[int, int]] = []
    report = importing.visits(
        office, clerk, path, progress=lambda done, total: progress.append((done, total))
    )

    assert [(row.row_no, row.fate) for row in report.outcomes] == [
        (2, Fate.ACCEPTED),
        (3, Fate.ACCEPTED),
        *((number, Fate.REFUSED) for number in range(5, 12)),
    ]
    said = {row.row_no: " ".join(row.sentences) for row in report.refused}
    assert "后几位已经丢失" in said[5] and len(said[5]) < 80
    assert "校验位不对" in said[6]
    assert "没有“火星镇”这个乡镇" in said[7]
    assert "在将来" in said[8]
    assert "早于 2000 年" in said[9]
    assert "没有来访时间" in said[10]
    assert "姓名" in said[11] and "事项" in said[11]
    assert progress[-1] == (9, 9) and progress == sorted(progress)

    group = ledger.matter(office, clerk, report.outcomes[1].number)
    (visit,) = group.visits
    assert (visit.headcount, visit.persons[0].name, visit.source) == (23, "张三", "walk_in")
    assert visit.received_at.isoformat() == "2024-03-03T10:02:00+08:00"
    assert group.opponents[0].kind == "company"
    assert upkeep.check(office).faults == ()


def test_a_visit_belongs_to_the_year_it_came_in(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = sheet_file(
        tmp_path / "台账.xlsx",
        sheet_row(1, 来访时间="2022-12-31 23:59"),
        sheet_row(2, 来访时间="2023-01-01"),
        sheet_row(3, 来访时间="2023年5月4日"),
        sheet_row(4),
    )
    report = importing.visits(office, clerk, path)
    assert [row.number for row in report.outcomes] == [
        "清访〔2022〕0001号",
        "清访〔2023〕0001号",
        "清访〔2023〕0002号",
        "清访〔2024〕0001号",
    ]
    (visit,) = ledger.matter(office, clerk, "清访〔2023〕0001号").visits
    assert visit.received_at.isoformat() == "2023-01-01T09:00:00+08:00"


def test_the_same_file_again_makes_nothing_twice(office: Office, clerk: Actor, tmp_path: Path) -> None:
    rows = [sheet_row(serial) for serial in range(120)]
    path = sheet_file(tmp_path / "台账.xlsx", *rows)
    first = importing.visits(office, clerk, path)
    again = importing.visits(office, clerk, path)
    assert first.accepted == 120 and first.refused == () and _visits(office) == 120
    assert (again.accepted, len(again.already)) == (0, 120)
    assert [row.number for row in again.outcomes] == [row.number for row in first.outcomes]
    assert _visits(office) == 120
    shuffled = sheet_file(tmp_path / "另存.csv", *reversed(rows), sheet_row(120))
    assert importing.visits(office, clerk, shuffled).accepted == 1


def test_the_corrected_copy_only_adds_what_was_refused(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "台账.xlsx", sheet_row(1), sheet_row(2, 乡镇="火星镇"), sheet_row(3))
    copy = imported.save_results(importing.visits(office, clerk, path))
    assert copy == tmp_path / "台账-导入结果.xlsx"
    grid = sheets.read(copy)
    assert grid.header == (*HEADER, RESULT)
    assert grid.rows[0][-1] == "清访〔2024〕0001号"
    assert grid.rows[1][-1].startswith("未导入：没有“火星镇”这个乡镇")

    rows = [tuple("冉庄镇" if cell == "火星镇" else cell for cell in row) for row in grid.rows]
    sheets.write(copy, [Grid(grid.name, grid.header, tuple(rows))])
    report = importing.visits(office, clerk, copy)
    assert [row.fate for row in report.outcomes] == [Fate.ALREADY, Fate.ACCEPTED, Fate.ALREADY]
    second = imported.save_results(report)
    assert second == tmp_path / "台账-导入结果(2).xlsx"
    assert sheets.read(second).header == (*HEADER, RESULT)
    assert sheets.read(second).rows[0][-1] == "以前已导入：清访〔2024〕0001号"


def test_rows_alike_and_people_alike(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = sheet_file(
        tmp_path / "台账.xlsx",
        sheet_row(1),
        sheet_row(1, 序号="2"),
        sheet_row(1, 来访时间="2024-05-06", 序号="3"),
    )
    report = importing.visits(office, clerk, path)
    assert [row.fate for row in report.outcomes] == [Fate.ACCEPTED, Fate.DUPLICATE, Fate.ACCEPTED]
    assert [row.row_no for row in report.duplicates] == [3]
    assert "与第 2 行" in report.duplicates[0].sentences[0]
    assert [(row.row_no, "与第 2 行是同一人" in row.warnings[0]) for row in report.warnings] == [(4, True)]


def test_a_doubted_number_is_kept_with_a_reason(office: Office, clerk: Actor, tmp_path: Path) -> None:
    header = (*HEADER, "校验理由")
    path = sheet_file(
        tmp_path / "台账.xlsx",
        (*sheet_row(1, 身份证号="110105194912310021"), "证件无误"),
        (*sheet_row(2, 身份证号=ID_NUMBER), "没有可疑的"),
        header=header,
    )
    report = importing.visits(office, clerk, path)
    assert report.refused == ()
    kept, plain = (ledger.matter(office, clerk, row.number).visits[0] for row in report.outcomes)
    assert kept.persons[0].id_number == "110105194912310021"
    assert any("证件无误" in note for note in kept.override_notes)
    assert plain.override_notes == ()


def test_a_dry_run_writes_nothing_and_foretells_all(office: Office, clerk: Actor, tmp_path: Path) -> None:
    header = (*HEADER, "事项编号")
    rows = [
        (*sheet_row(1), ""),
        (*sheet_row(2), "清事〔2024〕0099号"),
        (*sheet_row(3, 乡镇="火星镇"), ""),
        (*sheet_row(1), ""),
    ]
    path = sheet_file(tmp_path / "台账.xlsx", *rows, header=header)
    would = importing.visits(office, clerk, path, dry_run=True)
    assert _visits(office) == 0 and os.listdir(tmp_path / "数据") and list(tmp_path.glob("*结果*")) == []
    does = importing.visits(office, clerk, path)
    assert [row.fate for row in would.outcomes] == [row.fate for row in does.outcomes]
    assert [row.fate for row in does.outcomes] == [Fate.ACCEPTED, Fate.REFUSED, Fate.REFUSED, Fate.DUPLICATE]
    assert importing.visits(office, clerk, path, dry_run=True).outcomes[0].fate is Fate.ALREADY
    assert "可以导入 1 行、不能导入 3 行" in imported.in_words(would)


def test_a_further_visit_of_an_earlier_matter(office: Office, clerk: Actor, tmp_path: Path) -> None:
    first = importing.visits(office, clerk, sheet_file(tmp_path / "一.xlsx", sheet_row(1)))
    number = ledger.matter(office, clerk, first.outcomes[0].number).number
    path = sheet_file(tmp_path / "二.xlsx", (*sheet_row(2), number.strip("号")), header=(*HEADER, "事项编号"))
    importing.visits(office, clerk, path)
    assert len(ledger.matter(office, clerk, number).visits) == 2


def test_a_row_taken_back_can_be_imported_again(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "台账.xlsx", sheet_row(1))
    (done,) = importing.visits(office, clerk, path).outcomes
    reception.take_back(office, clerk, "撤回", done.number, "导错了文件")
    (again,) = importing.visits(office, clerk, path).outcomes
    assert (again.fate, again.number) == (Fate.ACCEPTED, "清访〔2024〕0002号")
    (third,) = importing.visits(office, clerk, path).outcomes
    assert (third.fate, third.number) == (Fate.ALREADY, "清访〔2024〕0002号")


def test_stopping_leaves_whole_visits_and_a_second_run_goes_on(
    office: Office, clerk: Actor, tmp_path: Path
) -> None:
    path = sheet_file(tmp_path / "台账.xlsx", *(sheet_row(serial) for serial in range(30)))
    report = importing.visits(office, clerk, path, cancelled=lambda: _visits(office) == 10)
    assert (report.accepted, report.left, report.rows) == (10, 20, 30)
    assert report.stopped == importing.CANCELLED and importing.CANCELLED in imported.in_words(report)
    assert sheets.read(imported.save_results(report)).rows[29][-1] == "没有办理"
    assert importing.visits(office, clerk, path).accepted == 20


def test_a_fault_of_the_machine_stops_it_with_its_sentence(
    office: Office, clerk: Actor, tmp_path: Path
) -> None:
    path = sheet_file(tmp_path / "台账.xlsx", *(sheet_row(serial) for serial in range(9)))
    database = office.store.path

    def pull_the_plug(done: int, total: int) -> None:
        if done == 4:
            database.rename(database.with_name("移走.db"))

    report = importing.visits(office, clerk, path, progress=pull_the_plug)
    database.with_name("移走.db").rename(database)
    assert "QY-105" in report.stopped
    assert (report.accepted, report.left) == (4, 5)
    assert importing.visits(office, clerk, path).accepted == 5


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a thing of POSIX")
def test_killed_in_the_middle(tmp_path: Path) -> None:
    """Nothing half; the second run adds the rest and nothing twice."""
    folder = tmp_path / "数据"
    Office.open(folder).close()
    path = sheet_file(tmp_path / "台账.xlsx", *(sheet_row(serial) for serial in range(150)))
    command = [sys.executable, "-m", "qingyuan_desk", "--data", str(folder), "import", "visits", str(path)]
    dice = random.Random(630)
    for _ in range(2):
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        before = _stored(folder)
        while _stored(folder) < before + 5 and run.poll() is None:
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 0.1))
        run.kill()
        run.wait()
    stored = _stored(folder)
    assert 10 <= stored < 150
    office = Office.open(folder)
    report = importing.visits(office, office.actor("clerk"), path)
    assert (report.accepted, len(report.already)) == (150 - stored, stored)
    numbers = sorted(row.number for row in report.outcomes)
    assert numbers == [f"清访〔2024〕{serial:04d}号" for serial in range(1, 151)]
    assert upkeep.check(office).faults == ()
    office.close()


def _stored(folder: Path) -> int:
    import sqlite3

    connection = sqlite3.connect(folder / "desk.db")
    try:
        return int(connection.execute("SELECT count(*) FROM visit").fetchone()[0])
    finally:
        connection.close()


def test_hostile_cells_are_kept_as_text(office: Office, clerk: Actor, tmp_path: Path) -> None:
    hostile = [
        "=cmd|'/c calc'!A0",
        "<b>张三</b>",
        "'; DROP TABLE visit;--",
        "阿依古丽·买买提",
        "𠮷野家",
        "O'Neil",
    ]
    rows = [sheet_row(place, 姓名=name, 来访事由=f"{name}来了") for place, name in enumerate(hostile)]
    for kind in ("xlsx", "csv"):
        report = importing.visits(
            office, clerk, sheet_file(tmp_path / f"台账.{kind}", *rows), dry_run=kind == "csv"
        )
        assert report.refused == ()
        if kind == "xlsx":
            kept = [ledger.matter(office, clerk, row.number).visits[0] for row in report.outcomes]
            assert [visit.persons[0].name for visit in kept] == hostile
            assert [visit.narrative for visit in kept] == [f"{name}来了" for name in hostile]
        else:
            assert len(report.already) == len(hostile), "both kinds of file say the same"


def test_gbk_from_excel_with_a_title_above(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    with path.open("w", encoding="gbk", newline="") as file:
        csv.writer(file).writerows([["清苑区来访登记台账"], HEADER, sheet_row(1), sheet_row(2, 姓名="")])
    report = importing.visits(office, clerk, path)
    assert "GB18030" in report.told[0]
    assert [(row.row_no, row.fate) for row in report.outcomes] == [(3, Fate.ACCEPTED), (4, Fate.REFUSED)]


def test_columns_that_are_not_there(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "名单.xlsx", ("张三", "占地"), header=("群众", "说的啥"))
    with pytest.raises(Refused, match="“姓名”“来访事由”“来访时间”"):
        importing.visits(office, clerk, path)
    with pytest.raises(Refused, match="没有找到"):
        importing.visits(office, clerk, tmp_path / "没有.xlsx")
    assert _visits(office) == 0


@pytest.mark.parametrize("suffix", ["toml", "json"])
def test_a_mapping_file(office: Office, clerk: Actor, tmp_path: Path, suffix: str) -> None:
    facts = {"name": "群众", "来访事由": "说的啥", "received_at": "哪天"}
    toml = "\n".join(f'"{name}" = "{header}"' for name, header in facts.items())
    file = tmp_path / f"对照.{suffix}"
    file.write_text(json.dumps(facts, ensure_ascii=False) if suffix == "json" else toml, "utf-8")
    path = sheet_file(tmp_path / "名单.xlsx", ("张三", "占地", "2024-9-1"), header=("群众", "说的啥", "哪天"))
    report = importing.visits(
        office, clerk, path, mapping=importing.read_mapping(file), source="transfer_court"
    )
    assert report.columns == {"name": "群众", "narrative": "说的啥", "received_at": "哪天"}
    assert ledger.matter(office, clerk, report.outcomes[0].number).source == "transfer_court"


@pytest.mark.parametrize("text", ["= 1", '["name"]', '{"name": 1}', "name = 1"])
def test_a_mapping_file_nobody_can_read(tmp_path: Path, text: str) -> None:
    file = tmp_path / ("对照.json" if text[0] in "[{" else "对照.toml")
    file.write_text(text, "utf-8")
    with pytest.raises(Refused, match="对照文件"):
        importing.read_mapping(file)
    with pytest.raises(Refused, match="打不开"):
        importing.read_mapping(tmp_path / "没有.toml")


def test_who_may_import(office: Office, tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "台账.xlsx", sheet_row(1))
    for role in ("mediator", "leader"):
        with pytest.raises(NotAllowed):
            importing.visits(office, office.actor(role), path)
    with pytest.raises(NotAllowed):
        importing.visits(office, Actor("admin", "管理员", "administrator"), path)
    assert _visits(office) == 0


# --- grass-roots reports -----------------------------------------------------------------------------------------


def test_a_township_report(office: Office, clerk: Actor, clock: Clock, tmp_path: Path) -> None:
    header = ("序号", "乡镇", "村", "当事人", "联系方式", "纠纷类型", "纠纷简要情况", "来源", "排查日期")
    path = sheet_file(
        tmp_path / "排查.xlsx",
        (
            "1",
            "冉庄镇",
            "张马庄村",
            "张三与李四",
            "13800138000",
            "邻里纠纷",
            "两家因院墙发生争执",
            "群众举报",
            "",
        ),
        ("2", "冉庄镇", "三房村", "王五、赵六", "", "", "宅基地边界不清", "", "2024年9月18日"),
        ("合计", "", "", "", "", "", "", "", ""),
        header=header,
    )
    report = importing.reports(office, clerk, path)
    assert report.accepted == 2 and report.refused == ()
    first, second = (ledger.matter(office, clerk, row.number) for row in report.outcomes)
    assert (first.source, second.source) == ("township_report", "township_report")
    assert (first.visits[0].persons[0].name, first.opponents[0].name) == ("张三", "李四")
    assert first.dispute_type == "02" and first.visits[0].received_at == clock()
    assert second.visits[0].received_at.date().isoformat() == "2024-09-18"
    assert importing.reports(office, clerk, path).accepted == 0


def test_pasted_lines_are_confirmed_one_by_one(office: Office, clerk: Actor) -> None:
    text = (
        "冉庄镇 张马庄村 张三与李四 宅基地纠纷 13800138000\n冉庄镇 东孟庄村 王五 要求解决低保\n\n今天没有情况"
    )
    first, second, third = importing.pasted(office, text)
    assert _visits(office) == 0
    assert first.missing == () and first.problems == ()
    assert first.form.source == "township_report"
    assert second.missing == ("联系电话", "对方当事人")
    assert any("没有“东孟庄村”这个村" in problem.sentence for problem in second.problems)
    assert set(third.missing) >= {"姓名", "联系电话", "乡镇", "村"}

    done = reception.register(office, clerk, first.form)
    assert not done.replayed
    again = importing.pasted(office, text)[0]
    assert reception.register(office, clerk, again.form).visit_number == done.visit_number
    with pytest.raises(Refused, match="最多粘贴 500 行"):
        importing.pasted(office, "张三 占地\n" * 501)


# --- from the terminal -------------------------------------------------------------------------------------------


def test_the_terminal_tells_and_answers_with_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from qingyuan_desk.cli import main

    def run(*arguments: str) -> tuple[int, str]:
        try:
            code = main(["--data", str(tmp_path / "数据"), "import", *arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        return code, capsys.readouterr().out

    Office.open(tmp_path / "数据").close()
    path = sheet_file(tmp_path / "台账.xlsx", sheet_row(1), sheet_row(2, 乡镇="火星镇"))
    code, out = run("visits", str(path), "--dry-run")
    assert code == 1 and "可以导入 1 行" in out and "第 3 行没有登记：没有“火星镇”" in out
    assert list(tmp_path.glob("*结果*")) == []
    code, out = run("visits", str(path), "--report", str(tmp_path / "结果.csv"))
    assert code == 1 and "已登记 1 行" in out
    assert sheets.read(tmp_path / "结果.csv").rows[0][-1] == "清访〔2024〕0001号"
    good = sheet_file(tmp_path / "好.xlsx", sheet_row(3))
    assert run("reports", str(good))[0] == 0
    assert (tmp_path / "好-导入结果.xlsx").exists()
    assert run("visits", str(tmp_path / "没有.xlsx"))[0] == 1
