"""Questions, outreach, the duty list and the calendar from lines: done, done once, and refused for everything that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingyuan_desk.domain.handling.forms import Consult
from qingyuan_desk.services import duties, handling

from .centre import START, Centre
from .forms import FORMS
from .wrong_inputs import Wrong, of_form, of_line

ASKED = {
    "visitor": {"name": "钱测试", "township": "清苑镇", "phone": "13800138000"},
    "cause": "拖欠农民工工资纠纷",
    "question": "干完活老板不给工资，怎么办？",
    "answer": "可以向劳动保障监察机构投诉。",
    "articles": "《保障农民工工资支付条例》第十条",
    "lawyer": "李样例",
}


@pytest.fixture(scope="module", autouse=True)
def used(centre: Centre) -> None:
    """A request id that another operation has used."""
    centre.ask({"op": "note", "request_id": "a-note", "matter": centre.registered(), "text": "已电话联系。"})


def test_a_question_is_registered_and_answered_at_once(centre: Centre) -> None:
    centre.now = START
    good = {"op": "consult.quick", "request_id": centre.new_id(), **ASKED}
    wrong: list[Wrong] = [
        *of_form(Consult, ASKED),
        ({"visitor": 7}, "应是列表"),
        ({"visitor": {"姓名": "钱测试"}}, "没有“姓名”这一项"),
        ({"overrides": "本人说的"}, "应是一个 JSON 对象"),
        ({"matter": "清事〔2024〕0777号"}, "没有找到"),
        ({"没有的": 1}, "没有“没有的”这一项"),
        ({"actor": "nobody"}, "没有“nobody”这个账号"),
    ]
    centre.refuses(good, wrong)
    answer = centre.ask(good)
    visit, matter, node = answer.split()[2:]
    assert (answer.split()[0], node) == ("ACK", "answered")
    assert centre.ask(good) == answer
    (kept,) = handling.case(centre.office, centre.clerk, matter).consultations
    assert (kept.cause, kept.lawyer, kept.answer) == ("10", "李样例", ASKED["answer"])
    again = centre.ask({**good, "request_id": centre.new_id(), "matter": visit, "question": "带什么材料？"})
    assert again.split()[3] == matter
    nameless = {**good, "request_id": centre.new_id(), "visitor": None, "declined": True}
    assert centre.ask(nameless).startswith("ACK ")


#: Operation → a line that is carried out, and what only its rules say no to.
TRIED: dict[str, tuple[dict[str, Any], list[Wrong]]] = {
    "outreach.log": (
        {"target": "农村", "place": "样例村", "topic": "土地承包", "people": 60, "papers": 80, "township": "冉庄镇"},
        [({"target": None}, "请选择"), ({"times": 0}, "1")],
    ),
    "outreach.contact": ({"kind": "法律援助联络点", "name": "样例村联络点", "township": "冉庄镇"}, [({"name": ""}, "请填写")]),
    "workday.set": ({"actor": "leader", "day": "2024-09-28", "works": "放假", "note": "样例"}, [({"actor": "mediator"}, "权限")]),
}  # fmt: skip


@pytest.mark.parametrize("operation", TRIED)
def test_what_the_office_keeps(centre: Centre, operation: str) -> None:
    centre.now = START
    facts, more = TRIED[operation]
    good = {"op": operation, "request_id": centre.new_id(), **facts}
    centre.refuses(good, [*of_line("a-note"), *of_form(FORMS[operation], good), *more])
    answer = centre.ask(good)
    assert answer.startswith("ACK "), answer
    assert centre.ask(good) == answer


def test_an_activity_and_a_change_of_the_calendar_are_taken_back(centre: Centre) -> None:
    centre.now = START
    logged = centre.ask(
        {
            "op": "outreach.log",
            "request_id": centre.new_id(),
            "target": "学校",
            "place": "样例小学",
            "topic": "防欺凌",
        }
    )
    back = {
        "op": "outreach.cancel",
        "request_id": centre.new_id(),
        "activity": int(logged.split()[2]),
        "reason": "记重了",
    }
    assert "没有找到" in centre.ask({**back, "activity": 999})
    assert centre.ask(back) == centre.ask(back) == f"ACK {back['request_id']} {logged.split()[2]}"
    leader = {"actor": "leader"}
    change = {
        "op": "workday.set",
        "request_id": centre.new_id(),
        **leader,
        "day": "2024-09-29",
        "works": "放假",
    }
    assert centre.ask(change).split()[2] == "1"
    undo = {"op": "workday.undo", "request_id": centre.new_id(), **leader, "undone": change["request_id"]}
    assert "没有找到要撤回的改动" in centre.ask({**undo, "undone": "没有的"})
    assert centre.ask(undo) == centre.ask(undo)


def test_a_notice_of_holidays_is_pasted(centre: Centre) -> None:
    centre.now = START
    line = {
        "op": "workday.load",
        "request_id": centre.new_id(),
        "actor": "leader",
        "text": "元旦：2025年1月1日（周三）放假，共1天。",
    }
    wrong: list[Wrong] = [
        *of_line("a-note"), ({"file": "没有.xlsx"}, "只写一个"), ({"text": None}, "要写一个"), ({"text": 7}, "应是文字"),
        ({"text": True}, "应是文字"),
        ({"text": ["一"]}, "应是文字"), ({"text": None, "file": "没有.xlsx"}, "没有.xlsx"), ({"text": "长" * 5001}, "最多"),
    ]  # fmt: skip
    centre.refuses(line, wrong)
    assert centre.ask(line) == centre.ask(line)


def test_a_duty_list_is_published_and_withdrawn(centre: Centre, tmp_path: Path) -> None:
    centre.now = START
    leader, sheet = centre.office.actor("leader"), tmp_path / "职责清单.csv"
    duties.export(centre.office, leader, sheet)
    text = sheet.read_text("utf-8-sig")
    line = {
        "op": "duty.publish",
        "request_id": centre.new_id(),
        "actor": "leader",
        "file": str(sheet),
        "valid_from": "2024-10-01",
    }
    assert "没有不同" in centre.ask(line)
    sheet.write_text(text.replace("市容、占道、城区排水", "市容、占道、城区排水和照明"), "utf-8-sig")
    wrong: list[Wrong] = [
        *of_line("a-note"), ({"valid_from": "2020-01-01"}, "要晚于上一版"), ({"valid_from": "下月"}, "应是日期"), ({"valid_from": None}, "缺少"),
        ({"file": ""}, "文件的路径"), ({"file": "没有.csv"}, "没有.csv"), ({"file": 7}, "应是文字"),
        ({"name": 7}, "应是文字"), ({"actor": "mediator"}, "权限"),
    ]  # fmt: skip
    centre.refuses(line, wrong)
    answer = centre.ask(line)
    assert answer.startswith(f"ACK {line['request_id']} "), answer
    assert centre.ask(line) == answer
    back = {
        "op": "duty.withdraw",
        "request_id": centre.new_id(),
        "actor": "leader",
        "version": answer.split()[2],
        "reason": "发错了",
    }
    assert "只能撤回最后公布的一版" in centre.ask({**back, "version": "2024-09"})
    assert centre.ask(back) == centre.ask(back)
