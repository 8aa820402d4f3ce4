"""`case` and `caseload`: what they print of a mediation, what they leave out, and their exit codes."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.caseload import Caseload

from .centre import Centre
from .conftest import Terminal

PEOPLE = {
    "persons": [{"name": "王建国", "id_type": "居民身份证", "id_number": "11010519491231002X", "phone": "13800138000"}],
    "opponents": ["李样例"],
}  # fmt: skip


@pytest.fixture
def matter(folder: Path) -> str:
    """A case on its way: agreed, three instalments due, something said in private."""
    from qingyuan_desk.services.office import wall_clock

    centre = Centre(folder)
    centre.now = wall_clock() - timedelta(days=20)
    day = f"{centre.now:%Y-%m-%d}"
    number = centre.registered(**PEOPLE)
    part = {"payer": "李样例", "payee": "王建国"}
    parts = [{**part, "due_on": day, "amount": "1000.50"}, {**part, "due_on": day, "what": "修好院墙"}]
    lines: list[tuple[str, dict[str, Any]]] = [
        ("open", {}),
        ("consent", {"party": "申请人", "agreed": True}),
        ("consent", {"party": "被申请人", "agreed": True}),
        ("assign", {"mediators": "M04"}),
        ("note", {"kind": "方案", "text": "其实愿意多付五百。", "party": "李样例", "amount": 500}),
        ("note", {"kind": "事实", "text": "账目已核对。"}),
        ("session", {"started_at": f"{day}T00:00", "place": "村委会", "present": ["王建国", "李样例"], "rights_told": True,
                     "statements": "各自陈述。", "outcome": "达成一致", "proposal": "付清。"}),
        ("agreement", {"facts": "欠款。", "disputes": "如何付。", "terms": "付清。", "amount": "1000.5", "parts": parts}),
        ("sign", {"signed_on": day, "sealed_on": day, "effective_on": day, "signed": ["王建国", "李样例"], "mediators_signed": True}),
    ]  # fmt: skip
    for step, facts in lines:
        line = {"op": f"mediation.{step}", "request_id": centre.new_id(), "matter": number, **facts}
        assert centre.ask(line).startswith("ACK ")
    centre.office.close()
    return number


def test_a_case_as_json(terminal: Terminal, matter: str) -> None:
    answer = terminal("case", matter, "--json")
    assert (answer.code, answer.err) == (0, "")
    case = json.loads(answer.out)
    assert set(case) == {each.name for each in fields(Case)}
    assert (case["number"], case["node"], case["mediation"]["amount"]) == (matter, "performing", "1000.50")
    assert [(each["amount"], each["what"]) for each in case["instalments"]] == [
        ("1000.50", ""),
        ("0.00", "修好院墙"),
    ]
    assert [each["mediator"] for each in case["appointments"]] == ["M04"]
    (party, _) = case["parties"]
    assert (party["name"], party["id_number"], party["phone"]) == (
        "王建国",
        "110105********002X",
        "138****8000",
    )


def test_what_was_said_in_private_is_left_out(terminal: Terminal, matter: str) -> None:
    for answer in (
        terminal("case", matter, "--json"),
        terminal("case", matter),
        terminal("caseload", "--json"),
    ):
        assert answer.code == 0
        assert "多付五百" not in answer.out and "13800138000" not in answer.out
    assert "账目已核对" in terminal("case", matter, "--json").out


def test_a_case_to_read(terminal: Terminal, matter: str) -> None:
    dossier = json.loads(terminal("case", matter, "--json").out)["mediation"]["number"]
    answer = terminal("case", dossier)
    assert answer.code == 0
    for words in (
        matter,
        dossier,
        "申请人  王建国  同意调解",
        "调解员  刘样例  调委会指定",
        "达成一致",
        "书面协议  1,000.50元  已生效",
        "修好院墙",
    ):
        assert words in answer.out


def test_a_case_that_is_not_there(terminal: Terminal) -> None:
    answer = terminal("case", "清事〔2024〕0777号")
    assert (answer.code, answer.out, "没有找到" in answer.err) == (1, "", True)


def test_the_work_of_a_day(terminal: Terminal, matter: str) -> None:
    load = json.loads(terminal("caseload", "--json", "--mediator", "刘样例").out)
    assert set(load) == {each.name for each in fields(Caseload)}
    assert [each["ref"]["number"] for each in load["cases"]] == [matter]
    assert [each["payer"] for each in load["instalments_due"]] == ["李样例", "李样例"]
    assert json.loads(terminal("caseload", "--json", "--mediator", "M01").out)["cases"] == []
    answer = terminal("caseload")
    for words in ("在办 1 件", "到期未履行", "1,000.50元", "修好院墙", "回访", "司法确认  最后一天"):
        assert words in answer.out
    nobody = terminal("caseload", "--mediator", "没有的人")
    assert (nobody.code, "没有“没有的人”" in nobody.err) == (1, True)


def test_a_day_without_work(terminal: Terminal) -> None:
    answer = terminal("caseload")
    assert (answer.code, answer.out) == (0, "在办 0 件\n")
