"""The commands at a terminal: what they print, what they leave behind, and their exit codes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from qingyuan_desk import cli
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import reception, upkeep
from qingyuan_desk.services.office import Office

from .conftest import Answer, Terminal

Visit = Callable[..., VisitForm]


@pytest.fixture
def numbers(folder: Path, visit: Visit) -> list[str]:
    """Three visits in the folder."""
    office = Office.open(folder)
    forms = [visit(name="张三", phone="13812345678"), visit(name="李四"), visit(name="王五")]
    done = [reception.register(office, office.actor("clerk"), form).visit_number for form in forms]
    office.close()
    return done


# --- search --------------------------------------------------------------------------------------------------------------


def test_search_as_json(terminal: Terminal, numbers: list[str]) -> None:
    answer = terminal("search", "--json", "zs")
    assert (answer.code, answer.err) == (0, "")
    (hit,) = json.loads(answer.out)
    assert (hit["visit_number"], hit["visitor"], hit["why"]) == (numbers[0], "张*", "来访人姓名（拼音）")
    assert set(hit) == {
        "matter_id", "matter_number", "visit_id", "visit_number", "visitor", "title", "flow", "node", "received_on", "why",
    }  # fmt: skip
    assert len(json.loads(terminal("search", "宅基地", "--json", "--limit", "2").out)) == 2
    assert json.loads(terminal("search", "没有这样的词", "--json").out) == []


def test_search_in_words(terminal: Terminal, numbers: list[str]) -> None:
    assert numbers[1] in terminal("search", "李四").out
    nothing = terminal("search", "没有这样的词")
    assert (nothing.code, "没有找到" in nothing.out) == (0, True)


@pytest.mark.parametrize("text", ["", '"', "'; DROP TABLE visit;--", "NEAR(", "x" * 5000, "--", "\x01"])
def test_search_takes_any_text(terminal: Terminal, numbers: list[str], text: str) -> None:
    answer = terminal("search", "--json", "--", text)
    assert (answer.code, json.loads(answer.out)) == (0, [])


# --- slip ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["a5", "a4", "80mm"])
def test_a_slip_on_every_paper(terminal: Terminal, numbers: list[str], tmp_path: Path, paper: str) -> None:
    out = tmp_path / "新文件夹" / "回执.pdf"
    answer = terminal("slip", "清访" + numbers[0][2:], "--paper", paper, "--out", str(out))
    assert (answer.code, numbers[0] in answer.out) == (0, True)
    assert numbers[0] in PdfReader(out).pages[0].extract_text()


def test_a_slip_counts_as_a_print(
    terminal: Terminal, numbers: list[str], folder: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        assert terminal("slip", numbers[0], "--out", str(tmp_path / "回执.pdf")).code == 0
    rows = sqlite3.connect(folder / "desk.db").execute("SELECT kind, printer, count FROM print ORDER BY id")
    assert rows.fetchall() == [("receipt", "PDF 文件", 1), ("receipt", "PDF 文件", 2)]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("清访〔2024〕9999号", "--out", "{}/x.pdf"), 1, "没有找到"),
        (("随便", "--out", "{}/x.pdf"), 1, "没有找到"),
        (("{number}", "--kind", "没有的", "--out", "{}/x.pdf"), 1, "没有“没有的”这种文书"),
        (("{number}", "--paper", "b5", "--out", "{}/x.pdf"), 1, "没有“b5”这种纸张"),
        (("{number}", "--as", "nobody", "--out", "{}/x.pdf"), 1, "没有“nobody”这个账号"),
        (("{number}", "--out", "{}/file/x.pdf"), 3, "QY-132"),
        (("{number}", "--out", "{}"), 3, "QY-132"),
        (("{number}", "--out", "{}/" + "长" * 100 + ".pdf"), 3, "名字太长"),
        (("{number}",), 2, "缺少 --out"),
    ],
)
def test_a_slip_that_cannot_be(
    terminal: Terminal,
    numbers: list[str],
    folder: Path,
    tmp_path: Path,
    arguments: tuple[str, ...],
    code: int,
    sentence: str,
) -> None:
    (tmp_path / "file").write_text("")
    answer = terminal("slip", *(each.format(tmp_path, number=numbers[0]) for each in arguments))
    assert (answer.code, sentence in answer.err) == (code, True), answer.err
    count = sqlite3.connect(folder / "desk.db").execute("SELECT count(*) FROM print").fetchone()
    assert count == (0,), "what was not written was not printed"


# --- check and backup --------------------------------------------------------------------------------------------------------


def test_check_finds_what_is_wrong(terminal: Terminal, numbers: list[str], folder: Path) -> None:
    sound = terminal("check")
    assert (sound.code, f"来访登记 3 次，最后一次 {numbers[2]}" in sound.out) == (0, True)
    outside = sqlite3.connect(folder / "desk.db")
    outside.execute("UPDATE counter SET last = 9 WHERE kind = 'visit'")
    outside.execute("UPDATE matter SET visits = 4 WHERE id = 1")
    outside.commit()
    broken = terminal("check")
    assert broken.code == 1
    assert "来访文号已发到 9，记录只到 3" in broken.err
    assert "记为 4 次来访，实有 1 次" in broken.err
    assert broken.out == ""


def test_a_new_folder_is_sound(terminal: Terminal) -> None:
    assert "来访登记 0 次，最后一次 （还没有）" in terminal("check").out


def test_a_folder_nobody_made_before_is_told_of(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    misspelt = tmp_path / "数剧"
    for told in (True, False):
        assert cli.main(["--data", str(misspelt), "search", "王建国"]) == 0
        out, err = capfd.readouterr()
        assert "没有找到" in out
        assert (f"数据文件夹 {misspelt} 是新建的" in err) is told


def test_a_backup_is_restored_by_its_name(
    terminal: Terminal, numbers: list[str], folder: Path, tmp_path: Path
) -> None:
    answer = terminal("backup", "--out", str(tmp_path / "U盘" / "备份.db"))
    assert (answer.code, f"来访登记 3 次，最后一次 {numbers[2]}" in answer.out) == (0, True)
    restored = tmp_path / "恢复"
    restored.mkdir()
    (tmp_path / "U盘" / "备份.db").rename(restored / "desk.db")
    assert cli.main(["--data", str(restored), "check"]) == 0


@pytest.mark.parametrize(
    ("out", "code", "sentence"),
    [("{}/file/备份", 3, "QY-132"), ("{data}/desk.db", 3, "QY-134"), ("/proc/备份", 3, "QY-132")],
)
def test_a_backup_that_cannot_be(
    terminal: Terminal, numbers: list[str], folder: Path, tmp_path: Path, out: str, code: int, sentence: str
) -> None:
    (tmp_path / "file").write_text("")
    answer = terminal("backup", "--out", out.format(tmp_path, data=folder))
    assert (answer.code, sentence in answer.err) == (code, True), answer.err
    assert terminal("check").code == 0


# --- what every command has in common ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("serach",), "没有“serach”这个命令"),
        (("search",), "缺少 要找的字"),
        (("search", "--jsno", "张三"), "没有 --jsno 这个选项"),
        (("search", "张三", "--limit", "0"), "--limit 写得不对"),
        (("search", "张三", "--limit", "many"), "--limit 写得不对"),
        (("search", "张三", "李四"), "命令写法不对"),
        (("slip", "清访〔2024〕0001号", "--out"), "--out 写得不对"),
        (("import",), "用法：qingyuan-desk import"),
    ],
)
def test_wrong_use_is_told_in_chinese(terminal: Terminal, arguments: tuple[str, ...], sentence: str) -> None:
    answer = terminal(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert "--help" in answer.err
    assert not any(word in answer.err for word in ("Error", "Usage", "Traceback", "Missing", "Invalid"))


@pytest.mark.parametrize("command", ["", *cli.commands.commands])
def test_help_is_chinese(terminal: Terminal, command: str) -> None:
    answer = terminal(*filter(None, (command, "--help")))
    assert answer.code == 0
    assert "显示这段说明" in answer.out
    assert not any(word in answer.out for word in ("Usage", "Options", "Show this message", "[OPTIONS]"))


@pytest.mark.parametrize(
    ("data", "code", "sentence"),
    [
        ("/proc/数据", 3, "QY-117"),
        ("{}/file", 3, "已有同名文件"),
        ("{}/text", 3, "QY-119"),
        ("{}/empty", 3, "QY-118"),
    ],
)
@pytest.mark.parametrize("command", [("check",), ("search", "张三"), ("clerk",), ("backup",)])
def test_a_folder_that_cannot_be_used(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    data: str,
    code: int,
    sentence: str,
) -> None:
    (tmp_path / "file").write_text("")
    for name, content in (("text", "王建国"), ("empty", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "desk.db").write_text(content)
    left = cli.main(["--data", data.format(tmp_path), *command])
    out, err = capfd.readouterr()
    assert (left, out) == (code, "")
    assert sentence in err
    assert "Traceback" not in err


def test_a_fault_of_the_program_is_a_sentence(
    terminal: Terminal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError("张三 13812345678")

    monkeypatch.setattr("qingyuan_desk.services.upkeep.backup_store.faults", broken)
    answer = terminal("check")
    assert (answer.code, answer.out) == (3, "")
    assert "ZeroDivisionError" in answer.err
    assert "QY-199" in answer.err
    assert "张三" not in answer.err
    log = (folder / upkeep.FAULT_LOG).read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "upkeep.py" in log
    assert "13812345678" not in log


def test_the_log_of_faults_does_not_grow_for_ever(folder: Path) -> None:
    (folder / upkeep.FAULT_LOG).write_text("x" * 1_000_001)
    upkeep.note_fault(folder, ValueError("张三"))
    assert (folder / upkeep.FAULT_LOG).stat().st_size < 1000
    assert (folder / "faults.old").stat().st_size == 1_000_001


def test_commands_do_not_touch_the_folder_they_only_ask(
    terminal: Terminal, numbers: list[str], folder: Path
) -> None:
    def state() -> list[Answer | tuple[str, int]]:
        return [(path.name, path.stat().st_size) for path in sorted(folder.iterdir())]

    before = state()
    terminal("search", "张三")
    terminal("check")
    assert state() == before
