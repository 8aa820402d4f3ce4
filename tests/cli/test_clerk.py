"""`clerk`: every line is answered by one line, whatever stands in it, and the next one is read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qingyuan_desk.clerk import OPERATIONS, serve
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.services import ledger, upkeep
from qingyuan_desk.services.office import Office

Ask = Callable[..., str]

#: What is done with visits and matters; those with a dot are in test_clerk_mediation.py and test_clerk_roster.py.
AT_THE_DESK = {name for name in OPERATIONS if "." not in name}

VISIT: dict[str, Any] = {
    "op": "register",
    "request_id": "r1",
    "persons": [{"name": "王建国", "id_type": "none", "township": "冉庄镇"}],
    "narrative": "邻居盖房占了我家宅基地，请求调解。",
}


@pytest.fixture
def ask(office: Office, clerk: Actor) -> Ask:
    """`ask({...}, …)`: sends lines, facts or text as they are; the last answer."""

    def send(*lines: dict[str, Any] | str) -> str:
        answers: list[str] = []
        texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        serve(office, clerk, texts, answers.append)
        assert len(answers) == sum(bool(text.strip()) for text in texts)
        assert all("\n" not in answer and "Traceback" not in answer for answer in answers)
        return answers[-1]

    return send


def _registered(**facts: Any) -> dict[str, Any]:
    return {**VISIT, **facts}


# --- what is carried out -------------------------------------------------------------------------------------------


def test_a_day_at_the_desk(ask: Ask) -> None:
    assert ask(VISIT) == "ACK r1 清访〔2024〕0001号 清事〔2024〕0001号"
    assert (
        ask(_registered(request_id="r2", matter="清访[2024]1"))
        == "ACK r2 清访〔2024〕0002号 清事〔2024〕0001号"
    )
    note = {"op": "note", "request_id": "n1", "matter": "清事2024-1", "text": "已电话联系。"}
    assert ask(note) == ask(note) == "ACK n1 清事〔2024〕0001号"
    paper = {"op": "print", "request_id": "p1", "visit": "清访〔2024〕0001号", "printer": "前台"}
    assert ask(paper) == ask(paper) == "ACK p1 清访〔2024〕0001号 1"
    assert (
        ask({**paper, "request_id": "p2", "kind": "receipt", "paper": "80mm"})
        == "ACK p2 清访〔2024〕0001号 2"
    )
    back = {"op": "take_back", "request_id": "b1", "visit": "清访[2024]2", "reason": "重复登记"}
    assert ask(back) == ask(back) == "ACK b1 清访〔2024〕0002号"
    assert ask(_registered(request_id="r3")) == "ACK r3 清访〔2024〕0003号 清事〔2024〕0002号"
    # Sent again in the end, the first one is answered as it was.
    assert ask(VISIT) == "ACK r1 清访〔2024〕0001号 清事〔2024〕0001号"


def test_the_documented_example_is_registered(ask: Ask, clock: Any) -> None:
    clock.moment = clock.moment.replace(hour=11)
    documented = (Path(__file__).parents[2] / "docs" / "clerk.md").read_text(encoding="utf-8")
    blocks = [block.split("```")[0] for block in documented.split("```json\n")[1:]]
    assert {json.loads(block)["op"] for block in blocks} == AT_THE_DESK
    register = json.loads(blocks[0])
    assert ask(register) == f"ACK {register['request_id']} 清访〔2024〕0001号 清事〔2024〕0001号"


@pytest.mark.parametrize(
    "facts",
    [
        {"persons": ["王建国"]},
        {"persons": [{"name": "王建国", "phone": 13812345678, "sex": None}]},
        {"opponents": "李样例"},
        {"opponents": ["李样例", {"name": "样例公司", "kind": "company"}]},
        {"headcount": "3"},
        {"headcount": 9999},
        {"received_at": "2024-09-20T02:30:00Z"},
        {"received_at": ""},
        {"received_at": None, "category": None, "flags": None, "overrides": None},
        {"category": "法律咨询", "flow": "法律咨询"},
        {"category": "legal_question"},
        {"flags": ["紧急"]},
        {"flags": "urgent"},
        {"narrative": "𠮷😀👨‍👩‍👧\u202e<b>"},
        {"narrative": "a\ud800b"},
        {"actor": "leader"},
        {"request_id": 7},
        {"request_id": "编号/一"},
        {"op": "register", "narrative": "无" * 5000},
    ],
)
def test_what_is_accepted(ask: Ask, facts: dict[str, Any]) -> None:
    facts = {"request_id": "r9", **facts}
    line = json.dumps(_registered(**facts))
    assert ask(line) == f"ACK {facts['request_id']} 清访〔2024〕0001号 清事〔2024〕0001号"


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "不是 JSON（第 2 个字符处）"),
        ("hello", "不是 JSON（第 1 个字符处）"),
        ("[]", "一行应是一个 JSON 对象"),
        ("7", "一行应是一个 JSON 对象"),
        ("null", "一行应是一个 JSON 对象"),
        ("\x00", "不是 JSON"),
        ('{"request_id": "r1", "headcount": NaN}', "不是 JSON"),
        ('{"request_id": "r1", "headcount": ' + "9" * 5000 + "}", "不是 JSON"),
        ("[" * 100_000, "嵌套太深"),
        ('{"a":' * 100_000, "嵌套太深"),
        ('{"request_id": "r1", "narrative": "\udcff\udcfe"}', "不是 UTF-8"),
        ("\ufeff", "不是 JSON"),
        ("x" * 1_000_000, "不是 JSON（第 1 个字符处）"),
        ("{}", "缺少请求号"),
        ('{"request_id": ""}', "缺少请求号"),
        ('{"request_id": null}', "缺少请求号"),
        ('{"request_id": true}', "请求号 request_id 应是"),
        ('{"request_id": ["r1"]}', "请求号 request_id 应是"),
        ('{"request_id": "r 1"}', "请求号 request_id 应是"),
        ('{"request_id": "r1\\nACK r1 清访〔2024〕9999号"}', "请求号 request_id 应是"),
        ('{"request_id": "\\ud800"}', "请求号 request_id 应是"),
        ('{"request_id": "' + "r" * 201 + '"}', "请求号 request_id 应是"),
    ],
)
def test_a_line_that_is_none_is_refused_and_the_next_one_read(ask: Ask, line: str, reason: str) -> None:
    answer = ask(line)
    assert answer.startswith("REFUSED - ")
    assert reason in answer
    assert len(answer) < 300
    assert ask(line, VISIT).startswith("ACK r1 ")


#: Operation → inputs it refuses with a sentence that says this.
WRONG: dict[str, list[tuple[dict[str, Any], str]]] = {
    "register": [
        ({"narative": "拼错了"}, "没有“narative”这一项"),
        ({"persons": [{"nmae": "王建国"}]}, "没有“nmae”这一项"),
        ({"opponents": [{"name": "李", "id_number": "1"}]}, "没有“id_number”这一项"),
        ({"persons": []}, "姓名"),
        ({"persons": None}, "姓名"),
        ({"persons": 7}, "应是列表"),
        ({"persons": [7]}, "姓名或一个对象"),
        ({"persons": [{"name": ["王"]}]}, "应是文字"),
        ({"persons": [{"name": "王建国", "id_number": "110105194912310020"}]}, "校验位"),
        ({"persons": [{"name": "王建国", "id_number": "130608209912310010"}]}, "晚于今天"),
        ({"persons": [{"name": "王建国", "phone": "12345"}]}, "不像电话号码"),
        ({"persons": [{"name": "王" * 51}]}, "最多 50 个字"),
        ({"persons": [{"name": "王建国", "township": "没有的镇"}]}, "没有“没有的镇”这个乡镇"),
        (
            {"persons": [{"name": f"样例{n}", "role": "代表"} for n in range(6)], "headcount": 23},
            "不得超过 5 人",
        ),
        ({"narrative": ""}, "如实记录"),
        ({"narrative": None}, "如实记录"),
        ({"narrative": 1.5}, "应是文字"),
        ({"narrative": "长" * 5001}, "最多 5000 个字"),
        ({"narrative": {"text": "对象"}}, "应是文字"),
        ({"headcount": 0}, "1 到 9999"),
        ({"headcount": -1}, "1 到 9999"),
        ({"headcount": 10_000}, "1 到 9999"),
        ({"headcount": 9**25}, "1 到 9999"),
        ({"headcount": 1.5}, "1 到 9999"),
        ({"headcount": True}, "1 到 9999"),
        ({"headcount": "十"}, "1 到 9999"),
        ({"headcount": "²"}, "1 到 9999"),
        ({"headcount": [3]}, "1 到 9999"),
        ({"received_at": "2024-02-30T10:00:00+08:00"}, "来访时间写作"),
        ({"received_at": "昨天"}, "来访时间写作"),
        ({"received_at": 45292}, "来访时间写作"),
        ({"received_at": "2024-09-20T10:30:00"}, "带时区"),
        ({"received_at": "2099-01-01T00:00:00+08:00"}, "将来"),
        ({"received_at": "0001-01-01T00:00:00+14:00"}, "早于"),
        ({"received_at": "9999-12-31T23:59:59-12:00"}, "将来"),
        ({"category": "没有的类别"}, "没有“没有的类别”这个类别"),
        ({"flow": 3}, "没有“3”这个流程"),
        ({"flags": ["没有的标记"]}, "没有“没有的标记”这个标记"),
        ({"flags": [["urgent"]]}, "应是文字"),
        ({"matter": "清事〔2024〕0999号"}, "没有找到事项"),
        ({"overrides": ["id_number"]}, "应是“字段: 理由”的对象"),
        ({"overrides": {"id_number": 1.5}}, "应是文字"),
        ({"actor": "nobody"}, "没有“nobody”这个账号"),
        ({"actor": 7}, "actor 应是文字"),
        ({"actor": ""}, "缺少 actor"),
        ({"op": "regsiter"}, "没有“regsiter”这个操作"),
        ({"op": None}, "没有“None”这个操作"),
        ({"op": ["register"]}, "这个操作"),
    ],
    "take_back": [
        ({"visit": "清访〔2024〕0777号"}, "没有找到"),
        ({"visit": ""}, "缺少 visit"),
        ({"visit": 1}, "visit 应是文字"),
        ({"visit": None}, "缺少 visit"),
        ({"visit": "\u0000\ud800 "}, "缺少 visit"),
        ({"reason": ""}, "缺少 reason"),
        ({"reason": None}, "缺少 reason"),
        ({"reason": {"why": 1}}, "reason 应是文字"),
        ({"reason": "长" * 201}, "最多 200 个字"),
        ({"number": "清访〔2024〕0001号"}, "没有“number”这一项"),
        ({"actor": "mediator"}, "没有做这件事的权限"),
        ({"request_id": "r1"}, "已经用在别的操作上"),
    ],
    "note": [
        ({"matter": "清事〔2024〕0777号"}, "没有找到"),
        ({"matter": "随便"}, "没有找到"),
        ({"matter": ""}, "缺少 matter"),
        ({"matter": 1}, "matter 应是文字"),
        ({"matter": "\ud800"}, "缺少 matter"),
        ({"text": ""}, "缺少 text"),
        ({"text": "\u200b\u3000"}, "缺少 text"),
        ({"text": 5}, "text 应是文字"),
        ({"text": "长" * 5001}, "最多 5000 个字"),
        ({"note": "记一笔"}, "没有“note”这一项"),
        ({"request_id": "r1"}, "已经用在别的操作上"),
    ],
    "meet": [
        ({"matter": "清事〔2024〕0777号"}, "没有找到"),
        ({"matter": ""}, "缺少 matter"),
        ({"clock": "petition_finish"}, "它的期限：petition_"),
        ({"clock": ""}, "缺少 clock"),
        ({"clock": 15}, "clock 应是文字"),
        ({"on": "9月28日"}, "2024-09-28 这样的形式"),
        ({"on": "2024-02-30"}, "2024-09-28 这样的形式"),
        ({"on": "2024-09-19"}, "办理日期要在"),
        ({"on": "2025-01-01"}, "办理日期要在"),
        ({"note": ""}, "缺少 note"),
        ({"note": "长" * 201}, "最多 200 个字"),
        ({"day": "2024-09-20"}, "没有“day”这一项"),
        ({"request_id": "r1"}, "已经用在别的操作上"),
    ],
    "reopen": [
        ({"matter": "清事〔2024〕0777号"}, "没有找到"),
        ({"matter": ""}, "缺少 matter"),
        ({"matter": 1}, "matter 应是文字"),
        ({"clock": "petition_finish"}, "它的期限：petition_"),
        ({"clock": "petition_notify"}, "没有记过办结"),
        ({"clock": ""}, "缺少 clock"),
        ({"clock": 15}, "clock 应是文字"),
        ({"reason": ""}, "缺少 reason"),
        ({"reason": None}, "缺少 reason"),
        ({"reason": "长" * 201}, "最多 200 个字"),
        ({"note": "记错"}, "没有“note”这一项"),
        ({"request_id": "r1"}, "已经用在别的操作上"),
    ],
    "print": [
        ({"visit": "清访〔2024〕0777号"}, "没有找到"),
        ({"visit": None}, "缺少 visit"),
        ({"visit": ["清访"]}, "visit 应是文字"),
        ({"kind": "没有的文书"}, "没有“没有的文书”这种文书"),
        ({"kind": 1}, "kind 应是文字"),
        ({"paper": "b5"}, "没有“b5”这种纸张"),
        ({"paper": []}, "paper 应是文字"),
        ({"printer": ""}, "缺少 printer"),
        ({"printer": None}, "缺少 printer"),
        ({"copies": 2}, "没有“copies”这一项"),
        ({"request_id": "r1"}, "已经用在别的操作上"),
    ],
}
GOOD: dict[str, dict[str, Any]] = {
    "register": {**VISIT, "request_id": "r2"},
    "take_back": {"op": "take_back", "request_id": "b1", "visit": "清访〔2024〕0001号", "reason": "重复登记"},
    "note": {"op": "note", "request_id": "n1", "matter": "清事〔2024〕0001号", "text": "已电话联系。"},
    "meet": {
        "op": "meet",
        "request_id": "m1",
        "matter": "清事〔2024〕0001号",
        "clock": "petition_register",
        "on": "2024-09-20",
    },
    "reopen": {
        "op": "reopen",
        "request_id": "o1",
        "matter": "清事〔2024〕0001号",
        "clock": "petition_register",
        "reason": "记错了期限",
    },
    "print": {"op": "print", "request_id": "p1", "visit": "清访〔2024〕0001号", "printer": "前台"},
}
_PETITION = {**VISIT, "category": "petition_matter"}
#: What must have happened before; a dispute runs no clock.
FIRST = {"meet": [_PETITION], "reopen": [_PETITION, GOOD["meet"]]}


def test_every_operation_is_tried_with_ten_wrong_inputs() -> None:
    assert set(WRONG) == set(GOOD) == AT_THE_DESK
    assert all(len(wrong) >= 10 for wrong in WRONG.values())


@pytest.mark.parametrize("operation", WRONG)
def test_what_is_wrong_is_refused_and_the_next_line_carried_out(
    office: Office, clerk: Actor, ask: Ask, operation: str
) -> None:
    for line in FIRST.get(operation, [VISIT]):
        assert ask(line).startswith("ACK ")
    before = upkeep.check(office)
    happened = ledger.matter(office, clerk, 1).events
    for wrong, reason in WRONG[operation]:
        line = json.dumps({**GOOD[operation], **wrong})
        answer = ask(line)
        assert answer.startswith("REFUSED "), (wrong, answer)
        assert reason in answer, (wrong, answer)
        assert "QY-199" not in answer, (wrong, answer)
    assert upkeep.check(office) == before
    assert ledger.matter(office, clerk, 1).events == happened
    assert ask(GOOD[operation]).startswith("ACK ")


def test_an_answer_carries_nothing_over_from_a_hostile_value(ask: Ask) -> None:
    answer = ask(_registered(matter="清事\nACK r1 清访〔2024〕9999号\r\n"))
    assert answer.startswith("REFUSED r1 没有找到事项")


def test_an_old_visit_and_a_new_one(ask: Ask) -> None:
    assert (
        ask(_registered(received_at="2023-12-31T23:59:59+08:00"))
        == "ACK r1 清访〔2023〕0001号 清事〔2023〕0001号"
    )
    assert ask(_registered(request_id="r2", received_at="2023-12-31T16:00:00Z")).startswith(
        "ACK r2 清访〔2024〕0001号"
    )


def test_a_fault_of_the_program_is_a_sentence_and_a_place_in_the_log(
    office: Office, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("王建国 110105194912310021")

    monkeypatch.setattr("qingyuan_desk.services.reception.intake.check", broken)
    answer = ask(VISIT)
    assert "RuntimeError" in answer
    assert "QY-199" in answer
    monkeypatch.undo()
    assert ask(VISIT).startswith("ACK r1 ")
    log = (office.folder / upkeep.FAULT_LOG).read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "reception.py" in log
    assert "王建国" not in log
    assert "110105" not in log


# --- as a program -------------------------------------------------------------------------------------------------------


def _run(folder: Path, data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "qingyuan_desk", "--data", str(folder), "clerk", *arguments],
        input=data,
        capture_output=True,
        check=False,
    )


def test_bytes_of_every_kind_on_standard_input(office: Office) -> None:
    good = json.dumps(VISIT, ensure_ascii=False)
    data = b"\n".join(
        [
            b"\xef\xbb\xbf" + good.encode(),
            json.dumps(_registered(request_id="gbk"), ensure_ascii=False).encode("gb18030"),
            b"\xff\xfe\x00\x80",
            json.dumps(_registered(request_id="utf16"), ensure_ascii=False).encode("utf-16-le"),
            b"",
            b"\x00" * 50,
            json.dumps(_registered(request_id="long", narrative="长" * 400_000), ensure_ascii=False).encode(),
            json.dumps(_registered(request_id="last"), ensure_ascii=False).encode() + b"\r",
            json.dumps(_registered(request_id="torn"), ensure_ascii=False).encode()[:-1],
        ]
    )
    done = _run(office.folder, data)
    answers = done.stdout.decode().splitlines()
    assert done.returncode == 1
    assert [answer.split()[0] for answer in answers if answer.startswith("ACK")] == ["ACK", "ACK"]
    assert answers[0].startswith("ACK r1 清访〔")
    assert any(answer.startswith("ACK last ") for answer in answers)
    assert sum("不是 UTF-8" in answer for answer in answers) >= 2
    assert b"Traceback" not in done.stdout + done.stderr
    assert "行被退回" in done.stderr.decode()


def test_a_file_instead_of_standard_input(office: Office, tmp_path: Path) -> None:
    lines = tmp_path / "清单.jsonl"
    lines.write_text(json.dumps(VISIT, ensure_ascii=False) + "\n", encoding="utf-8")
    done = _run(office.folder, b"", str(lines))
    assert (done.returncode, done.stderr) == (0, b"")
    missing = _run(office.folder, b"", str(tmp_path / "没有.jsonl"))
    assert (missing.returncode, "打不开（路径不存在）" in missing.stderr.decode()) == (1, True)
