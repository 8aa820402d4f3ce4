"""Forty matters with what is done to each, day by day: together they pass every node and every ground.

Their days lie around National Day 2025, Spring Festival 2026, the leap day of 2024, and the end of 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from qingyuan_desk.domain.numbers import SHANGHAI

LAND, DUTY = "natural_resources", "land_requisition"


@dataclass(frozen=True)
class Done:
    """A step on a day. said: fields of its form that differ from what it begins with. paper, reads: the paper made of it."""

    on: str
    step: str
    said: Mapping[str, Any] = field(default_factory=dict)
    paper: str = ""
    reads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """A matter: what was said on which day, what was done, where it stands at the end.

    clocks: rule → natural last day, moved last day, of the clock of that rule that began last; counted by hand.
    """

    name: str
    opened: str
    narrative: str
    done: tuple[Done, ...]
    ends: str
    flow: str = "petition"
    kind: str = DUTY
    clocks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    flow_at_end: str = ""


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


# --- steps that most matters share --------------------------------------------------------------------------------


def classified(on: str, kind: str = "appeal", purpose: str = "settle", **said: Any) -> Done:
    return Done(on, "classify", {"kind": kind, "purpose": purpose, **said})


def forwarded(on: str, unit: str = LAND, *reads: str, **said: Any) -> Done:
    return Done(on, "forward", {"unit": unit, **said}, "forwarded", reads)


def unlisted(on: str, unit: str, reason: str, step: str = "forward", **said: Any) -> Done:
    """Sent to a unit the duty list does not name: let pass with a reason."""
    return Done(on, step, {"unit": unit, "reason": reason, "approved_by": "张样例", **said})


def received(on: str, who: str = "李样例") -> Done:
    return Done(on, "receive", {"receiver": who})


def accepted(on: str, way: str = "opinion", *reads: str) -> Done:
    return Done(
        on, "accept", {"way": way, "told_on": day(on), "number": "清资信受〔1〕号"}, "acceptance", reads
    )


def answered(on: str, outcome: str = "upheld", served: bool = True) -> Done:
    said = {
        "number": f"清资信答〔{on[:4]}〕7号",
        "outcome": outcome,
        "summary": "补偿款十日内发放到户",
        "basis": "《土地管理法》第四十八条",
        "signed_on": day(on),
        "served_on": day(on) if served else None,
    }
    return Done(on, "answer", said, "opinion", ("补偿款十日内发放到户", "复查"))


def closed(on: str, kind: str = "substantial", reason: str = "已经兑现，信访人满意", **said: Any) -> Done:
    return Done(on, "close", {"kind": kind, "reason": reason, **said})


def asked(on: str, organ: str, reads: str) -> Done:
    paper = "review_request" if "区" in organ else "recheck_request"
    return Done(on, "ask_review", {"organ": organ, "reason": "补偿面积少算两分地"}, paper, (reads,))


def reviewed(on: str, number: str, outcome: str = "kept", served: bool = True) -> Done:
    said = {
        "number": number,
        "outcome": outcome,
        "summary": "面积经复测无误",
        "served_on": day(on) if served else None,
    }
    return Done(on, "review", said)


def refused(on: str, ground: str, *reads: str, **said: Any) -> Done:
    return Done(on, "refuse", {"ground": ground, **said}, "refusal", reads)


_LAND = "村里征地，补偿款一直没有发到我家，请求查清发放。"

STORIES: tuple[Story, ...] = (
    # --- National Day 2025: 15 days end on 2 October and move to the 9th ---------------------------------------------
    Story(
        "征地补偿，国庆前登记，支持",
        "2025-09-17",
        _LAND,
        (
            classified("2025-09-17"),
            forwarded("2025-09-28", LAND, "区自然资源和规划局"),
            received("2025-09-29"),
            accepted("2025-09-30", "opinion", "2025年11月29日", "第三十四条"),
            answered("2025-11-20"),
            closed("2025-12-25"),
        ),
        "closed",
        clocks={
            "petition_register": ("2025-10-02", "2025-10-09"),
            # Signed for on 29 September: five working days, with the holiday and a worked Saturday between.
            "petition_objection": ("2025-10-13", "2025-10-13"),
            "petition_finish": ("2025-11-29", "2025-12-01"),
        },
    ),
    Story(
        "交办并限期反馈",
        "2025-09-19",
        _LAND,
        (
            classified("2025-09-19"),
            forwarded(
                "2025-09-22",
                LAND,
                "2025年10月20日",
                mode="assign",
                limit_on=day("2025-10-20"),
                requirement="查清发放情况",
            ),
            received("2025-09-23"),
            accepted("2025-09-24"),
            Done("2025-10-15", "reply", {"reply": "已经核查，拟补发"}, "reply", ("拟补发",)),
            answered("2025-10-22", "explained"),
            closed("2025-12-01"),
        ),
        "closed",
        clocks={"petition_assigned": ("2025-10-20", "2025-10-20")},
    ),
    Story(
        "异议成立，国庆后重新转送",
        "2025-09-24",
        "村口水渠堵了，没人管。",
        (
            classified("2025-09-24"),
            unlisted("2025-09-25", "water", "水渠管护"),
            received("2025-09-26"),
            Done(
                "2025-10-09", "object", {"reason": "村内沟渠由乡镇管护"}, "objection", ("村内沟渠由乡镇管护",)
            ),
            Done("2025-10-10", "decide", {"agreed": "yes", "by": "王样例"}),
            unlisted("2025-10-11", "t_ranzhuang", "乡镇管护"),
            received("2025-10-11"),
            accepted("2025-10-13"),
            answered("2025-10-30"),
            closed("2025-11-30"),
        ),
        "closed",
        clocks={
            "petition_objection": ("2025-10-17", "2025-10-17"),
            "petition_reforward": ("2025-10-16", "2025-10-16"),
        },
    ),
    Story(
        "异议不成立",
        "2025-09-25",
        _LAND,
        (
            classified("2025-09-25"),
            forwarded("2025-09-25"),
            received("2025-09-26"),
            Done("2025-09-28", "object", {"reason": "由乡镇发放"}),
            Done("2025-09-29", "decide", {"agreed": "no", "by": "王样例", "note": "征地由该局主管"}),
        ),
        "received",
    ),
    Story(
        "改派",
        "2025-09-26",
        _LAND,
        (
            classified("2025-09-26"),
            forwarded("2025-09-26"),
            received("2025-09-28"),
            Done(
                "2025-09-29",
                "reassign",
                {"unit": "agriculture", "why": "属于承包地流转"},
                "reassigned",
                ("属于承包地流转", "区农业农村局"),
            ),
        ),
        "forwarded",
    ),
    Story("只登记", "2025-09-28", _LAND, (classified("2025-09-28"),), "to_forward"),
    Story(
        "异议还没有核实",
        "2025-09-28",
        _LAND,
        (
            classified("2025-09-28"),
            forwarded("2025-09-28"),
            received("2025-09-29"),
            Done("2025-09-30", "object", {"reason": "不归我局"}),
        ),
        "objected",
    ),
    Story(
        "收回重派",
        "2025-09-29",
        _LAND,
        (
            classified("2025-09-29"),
            forwarded("2025-09-29"),
            Done("2025-09-30", "return", {"recalled": True, "reason": "送错单位"}, "returned", ("送错单位",)),
        ),
        "to_forward",
        clocks={"petition_reforward": ("2025-10-14", "2025-10-14")},
    ),
    # --- Spring Festival 2026: 15 to 23 February off, 14 and 28 worked -------------------------------------------------
    Story(
        "春节前受理，延期三十日",
        "2026-01-15",
        _LAND,
        (
            classified("2026-01-15"),
            forwarded("2026-01-16"),
            received("2026-01-19"),
            accepted("2026-01-20", "opinion", "2026年3月21日"),
            Done(
                "2026-03-10",
                "extend",
                {
                    "days": 30,
                    "reason": "需要重新测绘",
                    "approved_by": "陈样例",
                    "told_on": day("2026-03-10"),
                },
                "extension",
                ("需要重新测绘", "2026年4月20日", "第三十四条"),
            ),
            answered("2026-04-15", "rejected"),
        ),
        "answered",
        clocks={
            "petition_finish": ("2026-03-21", "2026-03-23"),
            "petition_extension": ("2026-04-20", "2026-04-20"),
            "petition_review_request": ("2026-05-15", "2026-05-15"),
        },
    ),
    Story(
        "复查中",
        "2026-01-05",
        _LAND,
        (
            classified("2026-01-05"),
            forwarded("2026-01-06"),
            received("2026-01-07"),
            accepted("2026-01-08"),
            answered("2026-01-20", "rejected"),
            asked("2026-02-10", "清苑区人民政府", "复查申请书"),
        ),
        "reviewing",
        clocks={
            "petition_review_request": ("2026-02-19", "2026-02-24"),
            "petition_review_answer": ("2026-03-12", "2026-03-12"),
        },
    ),
    Story(
        "复查维持",
        "2026-01-05",
        _LAND,
        (
            classified("2026-01-05"),
            forwarded("2026-01-05"),
            received("2026-01-06"),
            accepted("2026-01-07"),
            answered("2026-01-16", "explained"),
            asked("2026-01-25", "清苑区人民政府", "复查申请书"),
            reviewed("2026-02-12", "清政信复查〔2026〕1号"),
        ),
        "review_answered",
        clocks={"petition_recheck_request": ("2026-03-14", "2026-03-16")},
    ),
    Story(
        "复核中，听证",
        "2026-01-06",
        _LAND,
        (
            classified("2026-01-06"),
            forwarded("2026-01-06"),
            received("2026-01-07"),
            accepted("2026-01-07"),
            answered("2026-01-12", "rejected"),
            asked("2026-01-20", "清苑区人民政府", "复查申请书"),
            reviewed("2026-02-05", "清政信复查〔2026〕2号"),
            asked("2026-02-24", "保定市人民政府", "复核申请书"),
            Done("2026-03-05", "hearing", {"days": 15, "note": "听证会"}),
        ),
        "rechecking",
        clocks={"petition_recheck_answer": ("2026-03-26", "2026-03-26")},
    ),
    Story(
        "复核终结",
        "2026-01-06",
        _LAND,
        (
            classified("2026-01-06"),
            forwarded("2026-01-07"),
            received("2026-01-08"),
            accepted("2026-01-09"),
            answered("2026-01-15", "rejected"),
            asked("2026-01-20", "清苑区人民政府", "复查申请书"),
            reviewed("2026-02-02", "清政信复查〔2026〕3号"),
            asked("2026-02-06", "保定市人民政府", "复核申请书"),
            reviewed("2026-03-03", "保政信复核〔2026〕8号"),
        ),
        "rechecked",
    ),
    Story(
        "复核终结以后又来，不再受理",
        "2026-01-07",
        _LAND,
        (
            classified("2026-01-07"),
            forwarded("2026-01-07"),
            received("2026-01-08"),
            accepted("2026-01-09"),
            answered("2026-01-15", "rejected"),
            asked("2026-01-20", "清苑区人民政府", "复查申请书"),
            reviewed("2026-02-02", "清政信复查〔2026〕4号"),
            asked("2026-02-06", "保定市人民政府", "复核申请书"),
            reviewed("2026-03-03", "保政信复核〔2026〕9号"),
            Done(
                "2026-05-11",
                "no_more",
                {"explanation": "村干部定期走访"},
                "no_more",
                ("保政信复核〔2026〕9号", "第三十六条", "不再受理"),
            ),
        ),
        "no_more",
    ),
    Story(
        "复查撤销，重新办理",
        "2026-01-08",
        _LAND,
        (
            classified("2026-01-08"),
            forwarded("2026-01-08"),
            received("2026-01-09"),
            accepted("2026-01-12"),
            answered("2026-01-30", "rejected"),
            asked("2026-02-03", "清苑区人民政府", "复查申请书"),
            reviewed("2026-02-27", "清政信复查〔2026〕5号", "revoked"),
        ),
        "handling",
        clocks={"petition_finish": ("2026-04-28", "2026-04-28")},
    ),
    Story(
        "逾期请求复查，不予受理",
        "2026-01-05",
        _LAND,
        (
            classified("2026-01-05"),
            forwarded("2026-01-05"),
            received("2026-01-06"),
            accepted("2026-01-06"),
            answered("2026-01-20", "rejected"),
            refused("2026-02-25", "late_review", "第三十五条", "三十日内请求复查"),
        ),
        "not_accepted",
        clocks={"petition_review_request": ("2026-02-19", "2026-02-24")},
    ),
    Story(
        "逾期请求复核，不予受理",
        "2026-01-05",
        _LAND,
        (
            classified("2026-01-05"),
            forwarded("2026-01-05"),
            received("2026-01-06"),
            accepted("2026-01-06"),
            answered("2026-01-13", "rejected"),
            asked("2026-01-14", "清苑区人民政府", "复查申请书"),
            reviewed("2026-01-20", "清政信复查〔2026〕6号"),
            refused("2026-02-25", "late_recheck", "第三十六条"),
        ),
        "not_accepted",
    ),
    # --- the other grounds and ways ------------------------------------------------------------------------------------
    Story(
        "已在受理又向上级提出",
        "2026-03-02",
        _LAND,
        (
            classified("2026-03-02"),
            refused("2026-03-03", "in_process", "第十九条", "区自然资源和规划局", organ="区自然资源和规划局"),
        ),
        "not_accepted",
    ),
    Story(
        "应当通过诉讼，不予受理",
        "2026-03-02",
        "借款纠纷判决以后不服，要求信访部门改判。",
        (
            classified("2026-03-02"),
            refused("2026-03-03", "judicial", "第三十一条第一项", paths=("lawsuit",), organ="区人民法院"),
        ),
        "not_accepted",
    ),
    Story(
        "应当通过仲裁，不予受理",
        "2026-03-02",
        "要求确认劳动关系。",
        (
            classified("2026-03-02"),
            refused("2026-03-03", "arbitration", "第三十一条第二项", organ="区劳动人事争议仲裁院"),
        ),
        "not_accepted",
    ),
    Story(
        "党员申诉，不予受理",
        "2026-03-02",
        "对党内处分不服。",
        (
            classified("2026-03-02", purpose="appeal"),
            refused("2026-03-03", "party", "第三十一条第三项", organ="区纪委监委"),
        ),
        "not_accepted",
    ),
    Story(
        "行政复议，不予受理",
        "2026-03-02",
        "对行政处罚不服。",
        (
            classified("2026-03-02"),
            refused("2026-03-03", "administrative", "第三十一条第四项", organ="清苑区人民政府"),
        ),
        "not_accepted",
    ),
    Story(
        "申请查处，不予受理",
        "2026-03-02",
        "要求查处无照经营。",
        (
            classified("2026-03-02"),
            refused("2026-03-03", "enforcement", "第三十一条第五项", organ="区市场监督管理局"),
        ),
        "not_accepted",
    ),
    Story(
        "不属于本系统，不予受理",
        "2026-03-02",
        "要求外省某县退还保证金。",
        (
            classified("2026-03-02"),
            refused("2026-03-03", "other_organ", "第二十三条", organ="某省某县人民政府"),
        ),
        "not_accepted",
    ),
    Story(
        "诉访分离，引导到法院",
        "2026-03-04",
        "对生效判决不服。",
        (
            classified("2026-03-04", court="yes"),
            Done(
                "2026-03-04",
                "guide",
                {"organ": "court", "path": "申请再审"},
                "guidance",
                ("申请再审", "区人民法院"),
            ),
        ),
        "guided",
    ),
    Story(
        "检举控告，只移送纪检监察",
        "2026-03-05",
        "检举某村干部虚报冒领补贴。",
        (
            classified("2026-03-05", "accusation", "accuse"),
            Done("2026-03-06", "discipline", {}, "discipline", ("密件",)),
        ),
        "disciplined",
        facts={"flags": frozenset({"accusation"})},
        kind="",
    ),
    Story(
        "建议意见，采纳",
        "2026-03-09",
        "建议在乡卫生院加开夜间门诊。",
        (
            classified("2026-03-09", "suggestion", "suggest"),
            unlisted("2026-03-10", "health", "卫生服务"),
            received("2026-03-11"),
            accepted("2026-03-12"),
            answered("2026-03-30"),
            closed("2026-04-10", reason="采纳"),
        ),
        "closed",
        kind="",
    ),
    Story(
        "导入行政程序办理，程序性办结后重新办理",
        "2026-03-09",
        "要求确认宅基地使用权。",
        (
            classified("2026-03-09"),
            forwarded("2026-03-10"),
            received("2026-03-11"),
            accepted("2026-03-12", "administrative", "第三十一条"),
            closed("2026-04-01", "procedural", "信访人外出联系不上", recheck_on=day("2026-05-06")),
            Done("2026-05-06", "recheck", {"open_again": True, "result": "信访人已经回来"}),
        ),
        "handling",
        clocks={"ending_recheck": ("2026-05-06", "2026-05-06")},
    ),
    Story(
        "阶段性办结",
        "2026-03-10",
        _LAND,
        (
            classified("2026-03-10"),
            forwarded("2026-03-10"),
            received("2026-03-11"),
            accepted("2026-03-11", "enforcement"),
            Done(
                "2026-03-20",
                "measure",
                {"kind": "helped", "text": "协助申请临时救助", "unit": "civil_affairs"},
            ),
            closed("2026-04-10", "partial", "第一批补偿款已经发放"),
            Done("2026-04-11", "rate", {"by": "visitor", "rated": "desk", "satisfaction": "satisfied"}),
        ),
        "closed",
    ),
    Story(
        "撤回",
        "2026-03-11",
        _LAND,
        (
            classified("2026-03-11"),
            forwarded("2026-03-11"),
            Done("2026-03-12", "withdraw", {"reason": "已经和村里说好"}, "withdrawal", ("撤回",)),
        ),
        "withdrawn",
    ),
    Story(
        "受理以后转调解，调解不成转回，期限不变",
        "2026-03-12",
        "承包地边界争议，两家都找到乡里。",
        (
            classified("2026-03-12"),
            forwarded("2026-03-12"),
            received("2026-03-13"),
            accepted("2026-03-13"),
            Done(
                "2026-03-16",
                "switch",
                {
                    "category": "civil_dispute",
                    "flow": "mediation",
                    "dispute_type": "07",
                    "reason": "双方同意调解",
                },
            ),
            Done(
                "2026-04-10",
                "switch",
                {"category": "petition_matter", "flow": "petition", "reason": "一方反悔，不同意调解"},
            ),
        ),
        "handling",
        clocks={"petition_finish": ("2026-05-12", "2026-05-12")},
    ),
    # --- the leap day of 2024 -----------------------------------------------------------------------------------------
    Story(
        "闰日到期，紧急报告，扬言标记",
        "2024-02-14",
        "工地塌方，死者家属几十人要到区里讨说法。",
        (
            Done(
                "2024-02-14",
                "report",
                {
                    "kind": "urgent",
                    "to": "区委区政府值班室",
                    "taken_by": "赵样例",
                    "text": "四十余人聚集",
                    "at": at("2024-02-14 09:20"),
                },
                "urgent",
                ("四十余人聚集", "赵样例"),
            ),
            Done("2024-02-14", "flag", {"kind": "threat", "words": "不给说法就堵路"}),
            classified("2024-02-14", joint=True),
            unlisted("2024-02-28", "emergency", "安全生产事故"),
            received("2024-02-29"),
            Done("2024-03-01", "confirm_flag", {"lifted": True, "reason": "家属情绪平稳"}),
            Done(
                "2024-03-04",
                "urge",
                {"kind": "remind", "cause": "家属催问", "requirement": "三日内反馈"},
                "remind",
                ("家属催问", "三日内反馈"),
            ),
            Done("2024-03-06", "urge_reply", {"reply": "已经成立调查组"}),
        ),
        "received",
        kind="",
        clocks={
            "petition_register": ("2024-02-29", "2024-02-29"),
            "petition_notify_forwarded": ("2024-03-15", "2024-03-15"),
            "petition_objection": ("2024-03-07", "2024-03-07"),
        },
        facts={"headcount": 42, "flags": frozenset({"urgent"})},
    ),
    # --- the end of 2026, holidays of 2027 not published ---------------------------------------------------------------
    Story(
        "跨年，期限暂定",
        "2026-12-21",
        _LAND,
        (
            classified("2026-12-21"),
            forwarded("2026-12-22"),
            received("2026-12-30"),
            accepted("2027-01-04", "opinion", "2027年3月5日"),
            answered("2027-02-20"),
        ),
        "answered",
        clocks={
            "petition_register": ("2027-01-05", "2027-01-05"),
            "petition_finish": ("2027-03-05", "2027-03-05"),
        },
    ),
    # --- handed over --------------------------------------------------------------------------------------------------
    Story(
        "低保，移送民政，办结",
        "2026-02-11",
        "母亲病重，家里困难，想申请低保。",
        (
            Done(
                "2026-02-12",
                "hand_over",
                {"unit": "civil_affairs", "limit_on": day("2026-03-13")},
                "hand_over",
                ("区民政局", "职责清单"),
            ),
            received("2026-02-13"),
            Done("2026-02-26", "accept", {"told_on": day("2026-02-26")}),
            Done(
                "2026-02-27",
                "support",
                {"township": "t_ranzhuang", "unit": "medical_insurance", "requirement": "核实医疗支出"},
                "support",
                ("核实医疗支出", "冉庄镇人民政府"),
            ),
            Done(
                "2026-03-03", "reply", {"reply": "已经核实", "of": "support"}, "support_reply", ("已经核实",)
            ),
            Done("2026-03-10", "reply", {"reply": "已经纳入低保"}, "reply", ("已经纳入低保",)),
            closed("2026-03-12", reason="低保金已经发放"),
            Done(
                "2026-03-12",
                "rate",
                {
                    "by": "township",
                    "rated": "unit",
                    "unit": "civil_affairs",
                    "rater": "t_ranzhuang",
                    "satisfaction": "rather",
                    "in_time": "yes",
                },
                "unit_rating",
                ("基本满意",),
            ),
        ),
        "closed",
        flow="handover",
        kind="subsistence",
        clocks={
            "petition_register": ("2026-02-26", "2026-02-26"),
            "petition_objection": ("2026-02-27", "2026-02-27"),
            "handover_reply": ("2026-03-13", "2026-03-13"),
            "support_response": ("2026-03-05", "2026-03-05"),
        },
    ),
    Story(
        "移送后单位退回",
        "2026-02-11",
        "小区供暖不热。",
        (
            Done("2026-02-12", "hand_over", {"unit": "housing"}),
            received("2026-02-13"),
            Done("2026-02-14", "object", {"reason": "由供热公司负责"}),
            Done("2026-02-24", "decide", {"agreed": "no", "by": "王样例", "note": "住建局是主管部门"}),
            Done("2026-02-25", "return", {"reason": "已经协调供热公司，请直接转办"}),
            Done("2026-02-26", "hand_over", {"unit": "urban_management", "co_units": ()}),
        ),
        "handed",
        flow="handover",
        kind="heating",
    ),
    Story(
        "移送后异议待核实",
        "2026-02-11",
        "路灯不亮。",
        (
            unlisted("2026-02-12", "housing", "路灯管护", "hand_over"),
            received("2026-02-13"),
            Done("2026-02-14", "object", {"reason": "不归我局"}),
        ),
        "objected",
        flow="handover",
        kind="",
    ),
    Story(
        "移送后已回复",
        "2026-02-24",
        "灌溉机井坏了。",
        (
            Done("2026-02-25", "hand_over", {"unit": "water"}),
            received("2026-02-26"),
            Done("2026-03-05", "reply", {"reply": "机井已经修好"}),
        ),
        "replied",
        flow="handover",
        kind="irrigation",
    ),
    Story(
        "涉法涉诉，引导到检察院；另一件撤回",
        "2026-02-25",
        "对不起诉决定不服。",
        (
            Done(
                "2026-02-25",
                "guide",
                {"organ": "procuratorate", "path": "刑事申诉"},
                "guidance",
                ("刑事申诉",),
            ),
        ),
        "guided",
        flow="handover",
        kind="",
        facts={"category": "litigation_matter", "unit": "procuratorate", "room": "litigation"},
    ),
    Story(
        "移送前撤回",
        "2026-02-25",
        "想办老年卡。",
        (Done("2026-02-25", "withdraw", {"reason": "自己去办"}),),
        "withdrawn",
        flow="handover",
        kind="elder_welfare",
    ),
    Story("待移送", "2026-02-26", "农田路坏了。", (), "to_hand_over", flow="handover", kind="rural_road"),
    # --- consultation, legal aid, a counsellor ----------------------------------------------------------------------------
    Story(
        "来信咨询，七个工作日内答复",
        "2026-02-10",
        "来信问：借条没有写还款日期怎么办。",
        (
            Done(
                "2026-02-10",
                "consult",
                {"channel": "letter", "cause": "04", "question": "借条没有写还款日期", "result": "later"},
            ),
            Done(
                "2026-02-26",
                "consult",
                {"answer": "可以随时要求返还，但要给对方准备时间", "lawyer": "孙样例", "result": "advised"},
                "consult",
                ("可以随时要求返还", "孙样例"),
            ),
        ),
        "answered",
        flow="consultation",
        kind="",
        clocks={"consult_letter": ("2026-02-26", "2026-02-26")},
    ),
    Story(
        "欠薪，申请法律援助，补正后指派",
        "2026-02-11",
        "在外打工，老板欠工资两万元。",
        (
            Done(
                "2026-02-11",
                "consult",
                {
                    "cause": "10",
                    "question": "老板欠薪怎么办",
                    "answer": "可以申请法律援助",
                    "lawyer": "孙样例",
                    "result": "aid",
                },
            ),
            Done(
                "2026-02-11",
                "apply_aid",
                {
                    "affair": "wages",
                    "exempt": "migrant_worker",
                    "lacking": ("工资欠条",),
                    "supply_by": day("2026-02-14"),
                },
                "aid_lacking",
                ("工资欠条", "一次性"),
            ),
            Done("2026-02-12", "supply_aid", {}),
            Done(
                "2026-02-13",
                "decide_aid",
                {"granted": "yes", "number": "清法援〔2026〕3号"},
                "aid_decision",
                ("给予法律援助",),
            ),
            Done("2026-02-14", "assign_aid", {"lawyer": "周样例"}),
        ),
        "aided",
        flow="consultation",
        kind="",
        clocks={
            "legalaid_decide": ("2026-02-18", "2026-02-24"),
            "legalaid_assign": ("2026-02-16", "2026-02-24"),
        },
    ),
    Story(
        "疑难约期，心理转介，约期未到",
        "2026-03-02",
        "离婚抚养权，孩子不愿说话。",
        (
            Done(
                "2026-03-02",
                "consult",
                {
                    "cause": "01",
                    "question": "抚养权怎么判",
                    "result": "booked",
                    "booked_for": at("2026-03-09 09:00"),
                    "lawyer": "孙样例",
                },
            ),
            Done(
                "2026-03-02",
                "refer",
                {
                    "purpose": "growth",
                    "consent": True,
                    "guardian": "母亲王样例",
                    "booked_for": at("2026-03-04 15:00"),
                },
                "referral",
                ("未成年人成长指导",),
            ),
            Done("2026-03-04", "counsel", {"outcome": "愿意再来一次", "note": "谈到父母争吵"}),
        ),
        "booked",
        flow="consultation",
        kind="",
    ),
    Story("留言待答复", "2026-03-02", "网上留言问彩礼。", (), "to_answer", flow="consultation", kind=""),
    Story(
        "咨询后转信访",
        "2026-03-03",
        "问土地确权，要求查处。",
        (
            Done(
                "2026-03-03",
                "switch",
                {"category": "petition_matter", "flow": "petition", "reason": "要求查处，不只是咨询"},
            ),
            classified("2026-03-03"),
        ),
        "to_forward",
        flow="consultation",
        kind="",
        flow_at_end="petition",
        clocks={"petition_register": ("2026-03-18", "2026-03-18")},
    ),
    Story(
        "法律援助审查中",
        "2026-03-04",
        "工伤赔偿。",
        (
            Done(
                "2026-03-04",
                "consult",
                {
                    "cause": "11",
                    "question": "工伤怎么赔",
                    "answer": "先认定工伤",
                    "lawyer": "孙样例",
                    "result": "aid",
                },
            ),
            Done("2026-03-04", "apply_aid", {"affair": "injury", "hardship": "低收入"}),
        ),
        "aid_review",
        flow="consultation",
        kind="",
        clocks={"legalaid_decide": ("2026-03-11", "2026-03-11")},
    ),
    Story(
        "法律援助待指派",
        "2026-03-05",
        "赡养费。",
        (
            Done("2026-03-05", "apply_aid", {"affair": "support", "exempt": "dependent"}),
            Done("2026-03-06", "decide_aid", {"granted": "yes", "number": "清法援〔2026〕4号"}),
        ),
        "aid_assign",
        flow="consultation",
        kind="",
    ),
    Story(
        "咨询后撤回",
        "2026-03-05",
        "问完就走。",
        (Done("2026-03-05", "withdraw", {"reason": "自己查到了"}),),
        "withdrawn",
        flow="consultation",
        kind="",
    ),
)
