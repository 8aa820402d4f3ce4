"""`due`, `urges`, `handling`, `send-package`, `ledger`, `export national`: what they print and write, and their exit codes."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.due import DueDay
from qingyuan_desk.services.office import wall_clock

from .centre import Centre
from .conftest import Terminal
from .test_clerk_handling import ACCUSED, PETITION, UNLISTED

#: Days ago somebody came.
AGO = 40


@pytest.fixture
def matter(folder: Path) -> str:
    """A petition the township signed for long ago and has not accepted, beside a sealed one; who came has a number and a phone."""
    centre = Centre(folder)
    centre.now = wall_clock() - timedelta(days=AGO)
    who = {
        "name": "王建国",
        "id_type": "居民身份证",
        "id_number": "11010519491231002X",
        "phone": "13800138000",
    }
    number = centre.registered(**{**PETITION, "persons": [who]})
    centre.registered(**{**ACCUSED, "persons": [{"name": "司徒密件", "id_type": "none"}]})
    day = f"{centre.now:%Y-%m-%d}"
    lines: list[tuple[str, dict[str, Any]]] = [
        ("classify", {"kind": "申诉求决", "purpose": "求决", "content": "村务公开"}),
        ("forward", {"unit": "冉庄镇人民政府", "on": day, **UNLISTED}),
        ("tell", {"kind": "转送（交办）告知单", "on": day}),
        ("receive", {"receiver": "孙样例", "on": day}),
        ("refer", {"purpose": "情绪疏导", "consent": True, "counsellor": "样例咨询师"}),
        ("counsel", {"outcome": "情绪平稳。", "note": "只有本人能看的话。", "on": day}),
    ]
    for step, facts in lines:
        line = {"op": f"handling.{step}", "request_id": centre.new_id(), "matter": number, **facts}
        assert centre.ask(line).startswith("ACK "), step
    centre.office.close()
    return number


def test_what_is_due(terminal: Terminal, matter: str, tmp_path: Path) -> None:
    answer = terminal("due")
    assert (answer.code, answer.err) == (0, "")
    for words in ("今日必办", "已超期", matter, "书面告知信访人", "冉庄镇人民政府", "天无更新"):
        assert words in answer.out
    day = json.loads(terminal("due", "--json").out)
    assert set(day) == {each.name for each in fields(DueDay)}
    assert {line["number"] for line in day["lines"] if line["state"] == "overdue"} >= {matter}
    early = f"{wall_clock() - timedelta(days=AGO - 1):%Y-%m-%d}"
    assert not [
        line
        for line in json.loads(terminal("due", "--date", early, "--json").out)["lines"]
        if line["state"] == "overdue"
    ]
    for name, start in (("今日必办.pdf", b"%PDF"), ("今日必办.xlsx", b"PK")):
        out = tmp_path / name
        answer = terminal("due", "--out", str(out))
        assert (answer.code, out.read_bytes().startswith(start), str(out) in answer.out) == (0, True, True)
    answer = terminal("due", "--json", "--out", str(tmp_path / "一页.pdf"))
    assert json.loads(answer.out)["on"] == f"{wall_clock():%Y-%m-%d}", "JSON stays JSON"


def test_whom_to_urge(terminal: Terminal, matter: str) -> None:
    answer = terminal("urges")
    assert (answer.code, answer.err) == (0, "")
    assert f"{matter}  冉庄镇人民政府" in answer.out
    found = json.loads(terminal("urges", "--json").out)
    assert [(each["number"], each["form"]["unit"]) for each in found] == [(matter, "t_ranzhuang")]
    early = f"{wall_clock() - timedelta(days=AGO):%Y-%m-%d}"
    assert json.loads(terminal("urges", "--date", early, "--json").out) == []


def test_a_matter_with_all_its_records(terminal: Terminal, matter: str) -> None:
    answer = terminal("handling", matter)
    assert (answer.code, answer.err) == (0, "")
    for words in (
        matter,
        "待受理",
        "申诉求决",
        "村务公开",
        "清转〔",
        "已签收",
        "转送（交办）告知单",
        "书面告知信访人",
    ):
        assert words in answer.out
    facts = json.loads(terminal("handling", matter, "--json").out)
    assert set(facts) == {each.name for each in fields(Handled)}
    assert (facts["number"], facts["node"], facts["petition"]["kind"]) == (matter, "received", "appeal")
    assert [each["note"] for each in facts["referrals"]] == [""]
    for said in ("只有本人能看的话", "13800138000", "11010519491231002X"):
        assert said not in answer.out and said not in json.dumps(facts, ensure_ascii=False)
    answer = terminal("handling", "清事〔2024〕0777号")
    assert (answer.code, answer.out, "没有找到" in answer.err) == (1, "", True)


def test_a_package_is_sent(terminal: Terminal, matter: str, tmp_path: Path) -> None:
    answer = terminal("send-package", matter, "--out", str(tmp_path))
    assert (answer.code, answer.err) == (0, "")
    (path,) = tmp_path.glob("送案包*.zip")
    assert str(path) in answer.out
    with ZipFile(path) as archive:
        assert "matter.json" in archive.namelist()
    answer = terminal("send-package", matter, "--sending", "99", "--out", str(tmp_path))
    assert (answer.code, answer.out, "没有找到要打包的送案" in answer.err) == (1, "", True)


def test_the_ledger_on_paper(terminal: Terminal, matter: str, tmp_path: Path) -> None:
    out = tmp_path / "台账.pdf"
    for more in (
        ["--paper", "a3"],
        ["--paper", "a4", "--flow", "信访", "--unit", "冉庄镇人民政府", "--from", "2020-01-01"],
    ):
        answer = terminal("ledger", *more, "--out", str(out))
        assert (answer.code, answer.err, out.read_bytes()[:4]) == (0, "", b"%PDF")
    for wrong, sentence in (
        (["--paper", "a5"], "台账只印在"),
        (["--flow", "没有的"], "--flow 没有“没有的”"),
        (["--unit", "没有的"], "--unit 没有“没有的”"),
    ):
        answer = terminal("ledger", *wrong, "--out", str(tmp_path / "没有.pdf"))
        assert (answer.code, sentence in answer.err, (tmp_path / "没有.pdf").exists()) == (1, True, False)
    assert terminal("ledger", "--from", "昨天", "--out", str(out)).code == 2


def test_petitions_for_the_national_system(terminal: Terminal, matter: str, tmp_path: Path) -> None:
    month = f"{wall_clock() - timedelta(days=AGO):%Y-%m}"
    out = tmp_path / "信访.json"
    answer = terminal("export", "national", "--month", month, "--out", str(out))
    assert (answer.code, "请写明为什么导出" in answer.err, out.exists()) == (1, True, False)
    answer = terminal(
        "export", "national", "--month", month, "--out", str(out), "--reason", "补录到信访信息系统"
    )
    assert (answer.code, answer.err, "信访登记 1 件次" in answer.out) == (0, "", True)
    said = out.read_text("utf-8")
    assert "王建国" in said and "11010519491231002X" in said and "司徒密件" not in said
    for wrong, sentence in ((["--month", "上月"], "不是月份"), (["--month", month, "--as", "lawyer"], "")):
        answer = terminal(
            "export", "national", *wrong, "--out", str(tmp_path / "没有.json"), "--reason", "补录"
        )
        assert (answer.code, sentence in answer.err, (tmp_path / "没有.json").exists()) == (1, True, False)


def test_papers_of_handling_and_of_mediations_by_the_flow(
    terminal: Terminal, matter: str, tmp_path: Path
) -> None:
    out = tmp_path / "文书.pdf"
    answer = terminal("paper", matter, "forwarded", "--out", str(out))
    assert (answer.code, answer.err, "告知单" in answer.out) == (0, "", True)
    answer = terminal("paper", matter, "receipt", "--out", str(out))
    assert (answer.code, "签收回执" in answer.out) == (0, True)
    answer = terminal("paper", "-", "receipt", "--blank", "--out", str(out))
    assert (answer.code, out.read_bytes()[:4]) == (0, b"%PDF")
    answer = terminal("paper", matter, "secret", "--out", str(out))
    assert (answer.code, "只用于检举控告密件" in answer.err) == (1, True)
