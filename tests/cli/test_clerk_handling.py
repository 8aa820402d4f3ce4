"""Petitions, hand-overs and questions played through line by line: every step is done, done once, and refused for everything wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image

from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.services import handling

from .centre import START, Centre
from .forms import FORMS
from .wrong_inputs import Wrong, of_form, of_line, of_matter

PETITION = {
    "category": "信访事项",
    "flow": "信访",
    "opponents": [{"name": "样例村村民委员会", "kind": "organ"}],
    "narrative": "反映村务账目没有公开，请求书面答复。",
}
DAILY = {"category": "民生事项", "flow": "移送", "opponents": [], "narrative": "村里路灯坏了，请求维修。"}
QUESTION = {
    "category": "法律咨询",
    "flow": "法律咨询",
    "opponents": [],
    "narrative": "想问怎样申请劳动仲裁。",
}
ACCUSED = {**PETITION, "narrative": "举报样例单位工作人员收受好处。", "flags": ["检举控告"]}
UNLISTED = {"reason": "属地管理", "approved_by": "样例副主任"}


@dataclass(frozen=True)
class Line:
    """A line of a story, sent on a day after its beginning. node: where the matter stands afterwards."""

    step: str
    node: str
    day: int
    facts: dict[str, Any]


def does(step: str, node: str, day: int = 0, **facts: Any) -> Line:
    return Line(step, node, day, facts)


CLASSIFIED = does(
    "classify", "to_forward", kind="申诉求决", purpose="求决", content="村务公开", query_told_on="2024-09-20"
)
FORWARDED = does("forward", "forwarded", mode="转送", unit="冉庄镇人民政府", on="2024-09-20", **UNLISTED)
RECEIVED = does("receive", "received", 3, receiver="孙样例", on="2024-09-23", phone="13800138000")
ACCEPTED = does(
    "accept",
    "handling",
    6,
    way="opinion",
    on="2024-09-26",
    told_on="2024-09-26",
    told_how="邮寄",
    number="1号",
)
ANSWERED = does("answer", "answered", 40, organ="冉庄镇人民政府", number="冉答〔2024〕1号", outcome="予以支持", summary="责令公布账目。",
                basis="《村民委员会组织法》第三十条", signed_on="2024-10-29", served_on="2024-10-30")  # fmt: skip
BEGUN = (CLASSIFIED, FORWARDED, RECEIVED, ACCEPTED)


def asked(node: str, day: int, organ: str) -> Line:
    return does("ask_review", node, day, organ=organ, reason="事实没有查清。")


def reviewed(node: str, day: int, number: str) -> Line:
    return does(
        "review",
        node,
        day,
        number=number,
        outcome="维持原处理意见",
        summary="予以维持。",
        served_on=f"{START + timedelta(day):%Y-%m-%d}",
    )


#: Story → how the matter is registered, and what is done with it.
STORIES: dict[str, tuple[dict[str, Any], tuple[Line, ...]]] = {
    "a petition to its last end": (PETITION, (
        *BEGUN[:2], does("tell", "forwarded", kind="转送（交办）告知单", how="当场交付", receiver="王建国"), RECEIVED,
        does("object", "objected", 4, sending="第1次", reason="账目由农业农村局管理。", suggested_unit="区农业农村局", on="2024-09-24"),
        does("decide", "to_forward", 4, agreed="核实同意，交还材料", by="刘样例", note="核对职责。"),
        does("forward", "forwarded", 5, mode="交办", unit="区农业农村局", limit_on="2024-11-20", requirement="书面答复。",
             co_units=["区民政局"], **UNLISTED),
        does("receive", "received", 5, sending="第2次", receiver="钱样例"),
        ACCEPTED,
        does("extend", "handling", 39, days=20, reason="账目多。", approved_by="赵样例", told_on="2024-10-29"),
        ANSWERED,
        asked("reviewing", 45, "保定市清苑区人民政府"), reviewed("review_answered", 60, "复查1号"),
        asked("rechecking", 70, "保定市人民政府"), does("hearing", "rechecking", 75, days=10, note="已举行。"),
        reviewed("rechecked", 90, "复核1号"),
        does("no_more", "no_more", 95, number="复核1号", organ="保定市人民政府", explanation="上门疏导。"),
    )),
    "a petition with everything around it": (PETITION, (
        CLASSIFIED,
        does("report", "to_forward", kind="重大紧急信访事项报告", to="区委值班室", taken_by="李样例", text="多人来访。", at="2024-09-20T10:00"),
        does("flag", "to_forward", kind="扬言", words="说要去堵门。", until="2024-10-20"),
        does("confirm_flag", "to_forward", 1, watch="第1次", until="2024-11-20", reason="近期又打电话。"),
        FORWARDED, RECEIVED, ACCEPTED,
        does("measure", "handling", 7, kind="诉求合理的解决问题到位", text="帮助公布账目。", unit="冉庄镇人民政府"),
        does("urge", "handling", 20, kind="催办", unit="冉庄镇人民政府", cause="没有进展。", reply_by="2024-10-14"),
        does("urge_reply", "handling", 21, urge="第1次", reply="正在办理。"),
        ANSWERED,
        does("rate", "answered", 45, rated="责任单位", unit="冉庄镇人民政府", satisfaction="基本满意", in_time="是"),
        does("close", "closed", 46, kind="程序性办结", reason="资金列入下年。", recheck_on="2024-12-20"),
        does("recheck", "closed", 90, result="已经落实。"),
    )),
    "a matter of daily life": (DAILY, (
        does("hand_over", "handed", unit="区教育局", limit_on="2024-10-20", requirement="请维修。", **UNLISTED),
        does("reassign", "handed", 1, unit="区城市管理综合行政执法局", why="归城管。", **UNLISTED),
        does("receive", "received", 2, receiver="孙样例"),
        does("return", "to_hand_over", 3, reason="不归我局。"),
        does("hand_over", "handed", 4, unit="冉庄镇人民政府", **UNLISTED),
        does("receive", "received", 5, receiver="钱样例"),
        does("support", "received", 6, township="冉庄镇人民政府", unit="区供电公司", requirement="请派人。", limit_on="2024-10-08"),
        does("reply", "replied", 12, sending="第3次", number="冉复1号", reply="已修好。"),
    )),
    "a petition that is refused": (PETITION, (CLASSIFIED, does(
        "refuse", "not_accepted", 1, ground="依法应当通过仲裁解决", paths=["申请仲裁"], explanation="告知仲裁。"),)),
    "a petition that is taken back": (PETITION, (does("withdraw", "withdrawn", 1, reason="已经解决。"),)),
    "a petition that is mediated": (PETITION, (does("switch", "consent", 1, category="民间纠纷", flow="矛盾纠纷调解",
        room="联合调解室", dispute_type="其他纠纷", reason="双方愿意调解。"),)),
    "a matter of a court": (PETITION, (does("guide", "guided", organ="区人民法院", path="申请再审", explanation="已释明。"),)),
    "an accusation": (ACCUSED, (does("discipline", "disciplined", 1, unit="区纪委监委", materials=["举报信"]),)),
    "a question": (QUESTION, (
        does("consult", "booked", channel="来访", asked_at="2024-09-20T09:00", cause="其他劳动争议纠纷", question="怎样申请仲裁？",
             result="疑难，另行约期", lawyer="李律师", booked_for="2024-09-27T15:00"),
        does("apply_aid", "aid_lacking", 1, affair="wages", exempt="migrant_worker", lacking=["欠条"], supply_by="2024-09-30"),
        does("supply_aid", "aid_review", 3, on="2024-09-23"),
        does("decide_aid", "aid_assign", 4, granted="给予法律援助", number="援决1号"),
        does("assign_aid", "aided", 5, lawyer="李律师"),
        does("refer", "aided", 5, purpose="情绪疏导", consent=True, counsellor="样例咨询师", booked_for="2024-09-26T15:00"),
        does("counsel", "aided", 7, referral="第1次", outcome="情绪平稳。", note="不写病情。"),
    )),
}  # fmt: skip

#: Step → what only its rules can say no to.
RULES: dict[str, list[Wrong]] = {
    "classify": [({"purpose": "揭发控告"}, "与信访类别“申诉求决”不符")],
    "forward": [
        ({"unit": "区教育局", "reason": None}, "职责清单没有把这类事项列给区教育局"),
        ({"mode": "交办"}, "交办要写明指定办理期限"),
    ],
    "hand_over": [({"co_units": ["区教育局"]}, "已经是主办单位")],
    "discipline": [({"unit": "区水利局"}, "只能移送纪检监察机关")],
    "refuse": [({"paths": None}, "请选择法定途径")],
    "guide": [({"organ": "区水利局"}, "要是政法单位")],
    "extend": [({"days": 31}, "延长期限不得超过 30 日")],
    "ask_review": [({"organ": "冉庄镇人民政府"}, "上一级机关")],
    "close": [({"recheck_on": None}, "程序性办结要写明复查日期")],
    "switch": [({"flow": "信访"}, "本件现在就在这个流程里")],
    "flag": [({"until": "2025-09-20"}, "标记最长 90 天")],
    "decide": [({"agreed": "不同意，仍由该单位办理", "note": ""}, "请填写不同意的理由")],
    "apply_aid": [({"supply_by": None}, "请写明补正期限")],
}

#: Step → the story in which everything wrong with it is tried: the first one it stands in.
TRIED_IN = {line.step: name for name, (_, story) in reversed(STORIES.items()) for line in story}


@pytest.fixture(scope="module", autouse=True)
def used(centre: Centre) -> None:
    """A request id that another operation has used."""
    centre.ask({"op": "note", "request_id": "a-note", "matter": centre.registered(), "text": "已电话联系。"})


def case(centre: Centre, matter: str) -> Handled:
    return handling.case(centre.office, centre.clerk, matter)


def test_every_step_is_done_and_refused_somewhere() -> None:
    others = {"attach", "package", "materials"}
    assert {*TRIED_IN, *others} == {
        op.removeprefix("handling.") for op in FORMS if op.startswith("handling.")
    }
    assert set(RULES) <= set(TRIED_IN)


@pytest.mark.parametrize("story", STORIES)
def test_a_matter_line_by_line(centre: Centre, story: str) -> None:
    centre.now = START
    registered, lines = STORIES[story]
    matter = centre.registered(**registered)
    tried = {step for step, name in TRIED_IN.items() if name != story}
    for line in lines:
        centre.now = START + timedelta(days=line.day)
        good = {"op": f"handling.{line.step}", "request_id": centre.new_id(), "matter": matter, **line.facts}
        if line.step not in tried:
            before = case(centre, matter)
            wrong = [
                *of_line("a-note"),
                *of_matter(),
                *of_form(FORMS[good["op"]], good),
                *RULES.get(line.step, []),
            ]
            centre.refuses(good, wrong)
            assert case(centre, matter) == before
            tried.add(line.step)
        answer = centre.ask(good)
        assert answer.split()[:4] == ["ACK", good["request_id"], matter, line.node], (good, answer)
        done = case(centre, matter)
        assert centre.ask(good) == answer
        assert case(centre, matter) == done


def test_a_file_and_a_package(centre: Centre, tmp_path: Path) -> None:
    centre.now = START
    matter, scan = centre.registered(**PETITION), tmp_path / "账目.png"
    Image.new("RGB", (40, 25)).save(scan)
    for line in (CLASSIFIED, FORWARDED):
        facts = {"op": f"handling.{line.step}", "request_id": centre.new_id(), "matter": matter, **line.facts}
        assert centre.ask(facts).startswith("ACK ")
    kept = {
        "op": "handling.attach",
        "request_id": centre.new_id(),
        "matter": matter,
        "kind": "信访材料",
        "file": str(scan),
    }
    answer = centre.ask(kept)
    assert answer.startswith(f"ACK {kept['request_id']} {matter} "), answer
    scan.unlink()
    assert centre.ask(kept) == answer
    packed = {
        "op": "handling.package",
        "request_id": centre.new_id(),
        "matter": matter,
        "file": str(tmp_path),
        "sending": "第1次",
    }
    (path,) = [centre.ask(packed).removeprefix(f"ACK {packed['request_id']} {matter} ")]
    with ZipFile(path) as archive:
        assert any("账目" in name for name in archive.namelist())
    assert "应是本案的一项记录" in centre.ask({**packed, "sending": "第2次"})
    told = {
        "op": "handling.materials",
        "request_id": centre.new_id(),
        "matter": matter,
        "states": {"欠条": "已告知"},
    }
    assert centre.ask(told).split()[:3] == ["ACK", told["request_id"], matter]
    assert "应是一个 JSON 对象" in centre.ask({**told, "states": ["欠条"]})


def test_what_is_not_for_this_flow_or_this_account(centre: Centre) -> None:
    centre.now = START
    matter = centre.registered(**QUESTION)
    line = {"op": "handling.forward", "request_id": centre.new_id(), "matter": matter, "unit": "没有的单位"}
    assert "流程不能转送、交办" in centre.ask(line), "told before what is wrong with the form"
    petition = centre.registered(**PETITION)
    line = {
        "op": "handling.withdraw",
        "request_id": centre.new_id(),
        "matter": petition,
        "reason": "已经解决。",
    }
    assert centre.ask({**line, "actor": "auditor"}).startswith("REFUSED ")
    assert centre.ask({**line, "actor": "leader"}).startswith("ACK ")
