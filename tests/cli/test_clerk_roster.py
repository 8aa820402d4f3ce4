"""Mediators, call-outs and 以案定补 by lines: every operation is done once, and refused for everything that is wrong with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from qingyuan_desk.clerk import OPERATIONS
from qingyuan_desk.services import callouts, roster_records, subsidy

from .centre import START, Centre
from .forms import FORMS
from .wrong_inputs import Wrong, of_form, of_line


def test_every_operation_is_tried() -> None:
    assert {name for name in OPERATIONS if name.startswith(("roster.", "subsidy."))} == set(RULES)
    # A question is a visit and the form of its answer: tests/cli/test_clerk_tables.py tries it.
    assert {name for name in OPERATIONS if "." in name} == {*FORMS, "consult.quick"}


@pytest.fixture(scope="module")
def settled(centre: Centre) -> tuple[str, str]:
    """Two simple disputes: one with its dossier filed, one without."""
    numbers = centre.registered(), centre.registered()
    for number in numbers:
        simple = {
            "mediators": "M04",
            "started_at": "2024-09-20T09:00",
            "facts": "为滴水争吵。",
            "terms": "滴水改道。",
            "place": "村委会",
        }
        assert centre.ask(
            {"op": "mediation.simple", "request_id": centre.new_id(), "matter": number, **simple}
        ).startswith("ACK ")
    filed = {"filer": "刘样例", "retention": "short", "remark": "没有别的材料。"}
    assert centre.ask(
        {"op": "mediation.file", "request_id": centre.new_id(), "matter": numbers[0], **filed}
    ).startswith("ACK ")
    centre.ask({"op": "note", "request_id": "a-note", "matter": numbers[0], "text": "已电话联系。"})
    return numbers


RULES: dict[str, list[Wrong]] = {
    "roster.call_out": [
        ({"purpose": ""}, "请写明请来做什么"),
        ({"matter": "清事〔2024〕0777号"}, "没有找到"),
        ({"called_at": "2024-08-01T09:00"}, "超过一个月"),
        ({"come_at": "2024-09-20T09:00"}, "早于呼叫时间"),
    ],
    "roster.answer": [
        ({"call": 999}, "没有找到这次呼叫"),
        ({"outcome": ""}, "请选择结果"),
        ({"outcome": "来不了"}, "没有到场的不填到场时间"),
        ({"arrived_at": "2024-09-20T09:00"}, "早于呼叫时间"),
    ],
    "roster.day_off": [
        ({"last": "2024-09-20"}, "止日在起日之前"),
        ({"last": "2026-09-20"}, "最长一年"),
        ({"reason": " "}, "请写明请假的原因"),
        ({"reason": "长" * 201}, "最多 200 个字"),
        ({"actor": "mediator"}, "没有做这件事的权限"),
    ],
    "roster.training": [
        ({"day": "2024-09-21"}, "今天以前"),
        ({"hours": 0}, "0.5 到 200"),
        ({"hours": 0.3}, "0.5 到 200"),
        ({"hours": 200.5}, "0.5 到 200"),
        ({"subject": ""}, "请填写培训内容"),
        ({"actor": "mediator"}, "没有做这件事的权限"),
    ],
    "roster.award": [
        ({"day": "2024-09-21"}, "今天以前"),
        ({"title": ""}, "请填写荣誉名称"),
        ({"issuer": "长" * 101}, "最多 100 个字"),
        ({"actor": "mediator"}, "没有做这件事的权限"),
    ],
    "roster.renew": [
        ({"start": "2023-03-15"}, "应当在本届"),
        ({"start": "2030-01-01"}, "离今天超过一年"),
        ({"actor": "mediator"}, "没有做这件事的权限"),
    ],
    "subsidy.declare": [
        ({"quarter": "秋天"}, "不是一个季度"),
        ({"quarter": "2024Q2"}, "不能报在2024年第二季度"),
        ({"matters": []}, "请先选要办的纠纷"),
        ({"matters": "清事〔2024〕0777号"}, "没有找到"),
        ({"matters": ["清事〔2024〕0001号", "清事〔2024〕0002号"]}, "还没有立卷归档"),
        ({"excuses": {"清事〔2024〕0002号": "外出打工"}}, "不在 matters 里"),
        ({"actor": "mediator"}, "没有做这件事的权限"),
    ],
    "subsidy.approve": [
        ({"actor": "clerk"}, "没有做这件事的权限"),
        ({"matters": "清事〔2024〕0002号"}, "还没有申报"),
        ({"matters": []}, "请先选要办的纠纷"),
    ],
    "subsidy.return": [
        ({"reason": " "}, "要写明原因"),
        ({"reason": "长" * 201}, "最多 200 个字"),
        ({"matters": "清事〔2024〕0002号"}, "还没有申报"),
        ({"actor": "clerk"}, "没有做这件事的权限"),
    ],
    "subsidy.pay": [
        ({"note": "长" * 201}, "最多 200 个字"),
        ({"matters": "清事〔2024〕0002号"}, "还没有申报"),
        ({"matters": []}, "请先选要办的纠纷"),
        ({"actor": "mediator"}, "没有做这件事的权限"),
    ],
}


def does(centre: Centre, op: str, answer: str, **facts: Any) -> None:
    """A line is refused where it is wrong, carried out as it is, and answered the same way when it is sent again."""
    good = {"op": op, "request_id": centre.new_id(), **facts}
    centre.refuses(good, [*of_line("a-note"), *of_form(FORMS[op], good), *RULES[op]])
    assert centre.ask(good) == centre.ask(good) == f"ACK {good['request_id']} {answer}"


def test_mediators_are_called_and_come(centre: Centre, settled: tuple[str, str]) -> None:
    centre.now = START
    does(centre, "roster.call_out", "M04 1", mediator="刘样例", purpose="调解宅基地纠纷", matter=settled[0], how="电话",
         called_at="2024-09-20T10:00", room="乡贤调解室")  # fmt: skip
    does(centre, "roster.answer", "M04 1", call=1, outcome="到场", arrived_at="2024-09-20T10:18")
    (call,) = callouts.log(centre.office, centre.clerk)
    assert (call.matter_number, call.room, call.words) == (settled[0], "乡贤调解室", "到场，18分钟")


def test_what_is_kept_beside_an_entry(centre: Centre, settled: tuple[str, str]) -> None:
    centre.now = START
    does(
        centre,
        "roster.day_off",
        "M02 1",
        mediator="M02",
        first="2024-10-01",
        last="2024-10-07",
        reason="外出",
    )
    does(
        centre,
        "roster.training",
        "M02 1",
        mediator="M02",
        day="2024-09-10",
        hours=3.5,
        organiser="区司法局",
        subject="调解文书",
    )
    does(
        centre,
        "roster.award",
        "M02 1",
        mediator="M02",
        day="2024-09-10",
        title="优秀人民调解员",
        issuer="区司法局",
    )
    again = {
        "op": "roster.day_off",
        "mediator": "M02",
        "first": "2024-10-05",
        "last": "2024-10-06",
        "reason": "住院",
    }
    assert "重叠" in centre.ask({"request_id": centre.new_id(), **again})
    kept = roster_records.profile(centre.office, centre.clerk, "M02").records
    assert (len(kept.leave), kept.trainings[0].hours, kept.awards[0].title) == (1, 3.5, "优秀人民调解员")


def test_a_term_is_renewed(centre: Centre, settled: tuple[str, str]) -> None:
    centre.now = START
    renewal = {"op": "roster.renew", "request_id": centre.new_id(), "mediator": "M02", "start": "2025-03-16"}
    assert "不到续聘的时候" in centre.ask(renewal)
    centre.now = START.replace(year=2026, month=2)
    does(centre, "roster.renew", "M02", mediator="李样例", start="2026-03-16")


def test_a_subsidy_is_declared_returned_declared_approved_and_paid(
    centre: Centre, settled: tuple[str, str]
) -> None:
    centre.now = START + timedelta(days=1)
    filed = settled[0]
    does(centre, "subsidy.declare", "1", quarter="2024年第三季度", matters=filed)
    does(centre, "subsidy.return", "1", matters=[filed], reason="缺调解记录", actor="leader")
    again = {"op": "subsidy.declare", "request_id": centre.new_id(), "quarter": "2024Q3", "matters": [filed]}
    assert centre.ask(again).startswith("ACK ")
    does(centre, "subsidy.approve", "1", matters=[filed], actor="leader")
    does(centre, "subsidy.pay", "1", matters=[filed], note="转账凭证 12 号")
    (line,) = [
        each for each in subsidy.quarter(centre.office, centre.clerk, "2024Q3").lines if each.state == "paid"
    ]
    assert line.dispute.matter_id == 1 and line.who == "刘样例"
