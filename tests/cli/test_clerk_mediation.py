"""Mediations played through line by line: every step is done, done once, and refused for everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from .centre import START, Centre
from .forms import FORMS
from .wrong_inputs import Wrong, of_form, of_line, of_matter


@pytest.fixture(scope="module")
def stranger(centre: Centre) -> int:
    """The record id of a party of another matter."""
    other = centre.registered(persons=[{"name": "赵测试", "id_type": "none"}], opponents=["钱测试"])
    centre.ask({"op": "mediation.open", "request_id": centre.new_id(), "matter": other})
    centre.ask({"op": "note", "request_id": "a-note", "matter": other, "text": "已电话联系。"})
    return centre.case(other).parties[0].record_id


# --- stories -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A line of a story, sent so many days after its beginning. node: where the case stands afterwards."""

    step: str
    node: str
    facts: dict[str, Any]
    day: int = 0

    def on(self, day: int) -> Line:
        return Line(self.step, self.node, self.facts, day)


def does(step: str, node: str, **facts: Any) -> Line:
    return Line(step, node, facts)


def agreed() -> tuple[Line, ...]:
    """Both sides agree to be mediated, and somebody mediates."""
    return (
        does("consent", "consent", party="申请人", agreed=True),
        does("consent", "assign", party="李样例", agreed=True, how="电话", on="2024-09-20"),
        does("assign", "schedule", mediators=["M04"], chosen_by="当事人选择"),
    )


def held(outcome: str, **more: Any) -> Line:
    facts = {
        "started_at": "2024-09-20T09:00",
        "ended_at": "2024-09-20T10:15:00+08:00",
        "kind": "调解",
        "room": "乡贤调解室",
        "present": ["王建国", "被申请人1"],
        "helpers": ["孙样例（村干部）"],
        "rights_told": True,
        "statements": "双方各自陈述。",
        "outcome": outcome,
        "proposal": "分三期付清。" if outcome == "达成一致" else "数额谈不拢。",
        **more,
    }
    return does("session", "mediating", **facts)


PARTS = [
    {"due_on": f"2024-{month}-20", "amount": amount, "payer": "李样例", "payee": "申请人1"}
    for month, amount in (("10", 1000), ("11", "1,000.50"), ("12", 999.5))
]
CONTENT = {
    "facts": "王建国为李样例施工，李样例尚欠三千元。",
    "disputes": "欠款如何付清。",
    "terms": ["李样例分三期付清施工款 3000 元。", "王建国收清后出具收条。"],
    "way": "银行转账",
    "amount": "3000",
    "parts": PARTS,
    "topics": ["给付金钱", "instalments"],
    "recorder": "刘样例",
}

STORIES: dict[str, tuple[Line, ...]] = {
    "a written agreement with three instalments": (
        does("open", "consent", origin="当事人申请", applied_on="2024-09-20", claims=["付清施工款 3000 元"]),
        does("describe", "consent", facts="李样例尚欠施工款三千元。", claims=["付清"], difficulty="一般"),
        does(
            "party",
            "consent",
            party={"record_id": "李样例", "side": "被申请人", "name": "李样例", "phone": "13800138000", "township": "冉庄镇",
                   "village": "冉庄村", "sex": "男", "birth_date": "1980-02-29", "id_type": "居民身份证", "address": "村东头",
                   "kind": "个人"},
        ),
        does("contact", "consent", party="被申请人1", how="电话", reached=True, at="2024-09-20T10:00", note="愿意谈"),
        *agreed(),
        does("note", "schedule", kind="方案", text="愿意分三期。", party="李样例", amount="3000.00"),
        does("plan", "mediating", at="2024-09-25T09:00", mode="现场", room="joint_mediation"),
        does("cancel", "schedule", session="第1次", reason="李样例出差"),
        does("plan", "mediating", at="2024-09-26T01:00:00Z", mode="远程视频", link="会议号 123 456"),
        does("plan", "mediating", session="第1次", at="2024-09-26T09:30", place="冉庄镇政府"),
        held(
            "达成一致", session="第1次", started_at="2024-09-26T09:35", ended_at="2024-09-26T10:30", subject="施工款"
        ).on(7),
        does("suspend", "suspended", reason="等账目核对", on="2024-09-27").on(7),
        does("resume", "mediating", reason="账目核对好了", on="2024-09-27").on(7),
        does("prevent", "mediating", kind="防止群体性上访", persons=5, on="2024-09-27", note="工友同来").on(7),
        does("agreement", "mediating", **CONTENT, copies=3).on(8),
        does("sign", "performing", signed_on="2024-09-28", sealed_on="2024-09-28", effective_on="2024-09-28",
             signed=["王建国", "李样例"], mediators_signed=True).on(8),
        does("confirm", "performing", on="2024-09-29", court="保定市清苑区人民法院").on(9),
        does("confirm", "performing", on="2024-10-08", result="裁定有效", document="（2024）冀0608诉前调确1号").on(30),
        does("instalment", "performing", instalment="第1期", on="2024-10-20", amount="1000", proof="银行转账").on(30),
        does("correct", "performing", paper="人民调解协议书", before="王建国", after="王建囯", reason="笔误", approver="刘样例").on(30),
        does("instalment", "performing", instalment="第2期", on="2024-11-20", amount=1000.5).on(61),
        does("instalment", "performing", instalment="第3期", on="2024-12-21", amount="999.50").on(92),
        does("follow_up", "performing", follow_up="第1次", done_on="2024-12-21", party="王建国", how="当面",
             performance="已全部履行", satisfaction="满意", visitor="刘样例").on(92),
        does("close", "closed", on="2024-12-21").on(92),
        does("file", "closed", filer="刘样例", retention="长期（60年）", remark="证件核对后退还。", on="2024-12-21").on(92),
    ),
    "an oral agreement": (
        does("open", "consent"),
        *agreed(),
        held("达成一致"),
        does("oral", "performing", **CONTENT | {"on": "2024-09-20", "parts": [], "at_once": True}),
        does("follow_up", "performing", due_on="2024-09-30"),
        does("close", "closed"),
    ),
    "a failing mediation": (
        does("open", "consent", origin="法院委托移送"),
        *agreed(),
        held("未达成一致"),
        does("terminate", "ended", ground="当事人意见分歧，无法达成协议", paths=["申请仲裁", "lawsuit"], explanation="数额谈不拢"),
        does("file", "ended", filer="刘样例", retention="短期（30年）", remark="当事人没有提交证据。"),
    ),
    "a refused mediation": (
        does("open", "consent"),
        does("consent", "ended", party="李样例", agreed=False, how="电话", on="2024-09-20"),
    ),
    "a declined application": (
        does("open", "consent"),
        does("decline", "declined", ground="人民法院、仲裁机构已经受理或者处理", paths="lawsuit", on="2024-09-20"),
    ),
    "an application taken back": (
        does("open", "consent"),
        does("withdraw", "withdrawn", reason="自行和解", on="2024-09-20"),
    ),
    "a simple dispute": (
        does("simple", "closed", mediators="刘样例", started_at="2024-09-20T09:00", facts="为滴水争吵。", terms=["滴水改道。"],
             place="村委会", amount=200, satisfaction="基本满意"),
    ),
}  # fmt: skip

#: Step → what its rules refuse, and their sentence.
RULES: dict[str, list[Wrong]] = {
    "attach": [({"title": "长" * 101}, "最多 100 个字"), ({"file": "/"}, "文件")],
    "open": [({"facts": "长" * 5001}, "最多 5000 个字"), ({"claims": ["长" * 1001]}, "最多 1000 个字")],
    "describe": [({"facts": ""}, "请填写纠纷简要情况"), ({"claims": ["付清"] * 21}, "最多 20 项")],
    "party": [
        ({"party": {"side": "第三人", "name": "李样例"}}, "已经是本案的被申请人"),
        ({"party": {"name": "孙样例"}}, "缺少 party 的 side"),
        ({"party": {"record_id": "李样例", "matter_id": 1}}, "没有“matter_id”这一项"),
        ({"party": {"record_id": "李样例", "authority": "一般授权"}}, "请填写代理人姓名"),
    ],
    "contact": [({"note": "长" * 1001}, "最多 1000 个字"), ({"at": "2024-09-19T10:00"}, "不能早于")],
    "consent": [({"party": 0}, "请选择当事人"), ({"on": "2024-09-19"}, "不能早于")],
    "assign": [({"mediators": []}, "请至少选定一名"), ({"mediators": ["M04", "刘样例"]}, "选了两次")],
    "note": [({"text": ""}, "请填写内容"), ({"party": None}, "说这句话的当事人")],
    "plan": [({"at": "2024-09-20T10:00"}, "已经过了"), ({"room": None}, "请选择房间，或者填写地点")],
    "cancel": [({"reason": " "}, "请填写取消的原因"), ({"reason": "长" * 201}, "最多 200 个字")],
    "session": [
        ({"rights_told": False}, "先告知当事人的权利和义务"),
        ({"present": ["王建国"]}, "双方都到场才能达成一致"),
        ({"present": []}, "请勾选到场"),
        ({"ended_at": "2024-09-20T08:00"}, "结束时间要在开始时间以后"),
        ({"statements": ""}, "请填写陈述"),
    ],
    "suspend": [({"reason": ""}, "请填写原因")],
    "resume": [({"reason": "长" * 201}, "最多 200 个字")],
    "prevent": [({"kind": "criminal"}, "请填写报告给了哪个单位"), ({"persons": 0}, "至少 1 人")],
    "agreement": [
        ({"amount": "2999.99"}, "相差 0.01元"),
        ({"terms": ["李样例支付调解费 100 元。"]}, "调解收费"),
        ({"terms": ["王建国不得起诉。"]}, "限制了起诉"),
        ({"terms": ["李样例支付 ____ 元。"]}, "空着没填"),
        ({"copies": 2}, "共 3 份，现为 2 份"),
        ({"parts": PARTS[::-1]}, "请按日期先后排列"),
        ({"parts": []}, "请列出"),
    ],
    "sign": [
        ({"signed": ["王建国"]}, "缺少李样例的签名"),
        ({"mediators_signed": False}, "缺少人民调解员的签名"),
        ({"sealed_on": None}, "没有加盖人民调解委员会印章"),
        ({"effective_on": "2024-09-27"}, "生效日期与此不符"),
        ({"signed_on": "2024-09-01"}, "不能早于"),
    ],
    "oral": [({"terms": []}, "至少写一条"), ({"at_once": False}, "请列出"), ({"disputes": ""}, "请填写争议事项")],
    "instalment": [({"amount": "1000.01"}, "不能超过"), ({"amount": 0}, "要多于"), ({"on": "2024-09-01"}, "不能早于")],
    "follow_up": [({"done_on": None, "due_on": "2024-01-01"}, "已经过了")],
    "confirm": [({"court": None}, "请填写人民法院"), ({"on": "2024-09-01"}, "不能早于")],
    "terminate": [({"paths": []}, "请至少选择一条"), ({"ground": "unreachable"}, "联系不上的记录"), ({"ground": "in_court"}, "没有“in_court”")],
    "withdraw": [({"reason": ""}, "请填写撤回的原因"), ({"reason": "长" * 201}, "最多 200 个字")],
    "decline": [({"paths": []}, "请至少选择一条"), ({"ground": "hard"}, "没有“hard”")],
    "close": [({"closing": "程序性办结"}, "要写明原因"), ({"on": "2024-09-01"}, "不能早于")],
    "file": [({"remark": None}, "卷宗还缺"), ({"filer": ""}, "请填写立卷人")],
    "correct": [({"after": "王建国"}, "更正前后一样"), ({"paper": "卷宗封面"}, "不用更正"), ({"subject": 999}, "没有这份文书")],
    "simple": [({"terms": []}, "至少写一条"), ({"started_at": "2024-09-19T09:00"}, "不能早于登记日期"), ({"at_once": False}, "请填写履行的日期")],
}  # fmt: skip


#: Step → the story in which everything wrong with it is tried: the first one it stands in.
TRIED_IN = {line.step: name for name, story in reversed(STORIES.items()) for line in story}


def test_every_step_is_done_and_refused_somewhere() -> None:
    assert (
        {*TRIED_IN, "attach"}
        == set(RULES)
        == {op.removeprefix("mediation.") for op in FORMS if op.startswith("mediation.")}
    )


@pytest.mark.parametrize("story", STORIES)
def test_a_mediation_line_by_line(centre: Centre, stranger: int, story: str) -> None:
    centre.now = START
    matter = centre.registered()
    tried = {step for step, name in TRIED_IN.items() if name != story}
    for line in STORIES[story]:
        centre.now = START + timedelta(days=line.day)
        good = {"op": f"mediation.{line.step}", "request_id": centre.new_id(), "matter": matter, **line.facts}
        if line.step not in tried:
            _is_refused_where_it_is_wrong(centre, good, stranger)
            tried.add(line.step)
        answer = centre.ask(good)
        assert answer.split()[:4] == ["ACK", good["request_id"], matter, line.node], (good, answer)
        done = centre.case(matter)
        assert centre.ask(good) == answer
        assert centre.case(matter) == done


def _is_refused_where_it_is_wrong(centre: Centre, good: dict[str, Any], stranger: int) -> None:
    step = good["op"].removeprefix("mediation.")
    wrong = [*of_line("a-note"), *of_matter(), *of_form(FORMS[good["op"]], good, stranger), *RULES[step]]
    before = centre.case(good["matter"])
    centre.refuses(good, wrong)
    assert centre.case(good["matter"]) == before


def test_a_file_is_attached_once(centre: Centre, stranger: int, tmp_path: Path) -> None:
    centre.now = START
    matter, scan = centre.registered(), tmp_path / "身份证.png"
    Image.new("RGB", (40, 25)).save(scan)
    good = {"op": "mediation.attach", "request_id": centre.new_id(), "matter": matter, "kind": "当事人身份证明",
            "file": str(scan), "subject": "李样例"}  # fmt: skip
    assert "还没有登记调解申请" in centre.ask(good)
    centre.ask({"op": "mediation.open", "request_id": centre.new_id(), "matter": matter})
    _is_refused_where_it_is_wrong(centre, good, stranger)
    answer = centre.ask(good)
    assert answer == f"ACK {good['request_id']} {matter} 1"
    (kept,) = centre.case(matter).attachments
    assert (kept.title, kept.subject) == ("身份证", centre.case(matter).parties[1].record_id)
    scan.unlink()
    assert centre.ask(good) == answer
    assert "已经用在另一件事项上" in centre.ask({**good, "matter": centre.registered()})


def test_a_line_sent_again_is_answered_as_before_whatever_happened_since(centre: Centre) -> None:
    centre.now = START
    matter = centre.registered()

    def taken(step: str, **facts: Any) -> dict[str, Any]:
        line = {"op": f"mediation.{step}", "request_id": centre.new_id(), "matter": matter, **facts}
        assert centre.ask(line).startswith("ACK ")
        return line

    taken("open")
    agreed = taken("consent", party="李样例", agreed=True)
    before = centre.ask(agreed)
    taken("party", party={"record_id": "李样例", "name": "李样列"})
    taken("withdraw", reason="自行和解")
    assert centre.ask(agreed) == before
    other = centre.registered()
    centre.ask({"op": "mediation.open", "request_id": centre.new_id(), "matter": other})
    assert "已经用在另一件事项上" in centre.ask({**agreed, "matter": other})


def test_only_a_mediation_is_mediated_by_those_who_may(centre: Centre) -> None:
    centre.now = START
    advice = centre.registered(category="法律咨询", flow="法律咨询")
    line = {"op": "mediation.open", "request_id": centre.new_id(), "matter": advice}
    assert "流程不是人民调解" in centre.ask(line)
    matter = centre.registered()
    assert (
        centre.ask({**line, "matter": matter, "actor": "mediator"})
        == f"ACK {line['request_id']} {matter} consent {centre.case(matter).matter_id}"
    )


def test_a_refusal_names_its_article(centre: Centre) -> None:
    centre.now = START
    line = {"op": "mediation.sign", "request_id": centre.new_id(), "matter": centre.registered()}
    assert centre.ask(line).endswith("（《人民调解法》第二十九条）")
