"""The flows a matter can go through, as data: nodes and the steps between them.

Screens ask which steps are open; services refuse the others with the sentence given here. Later flows add rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """A place in a flow. `closed`: nothing more is due there."""

    code: str
    name: str
    closed: bool = False


@dataclass(frozen=True)
class Flow:
    """A flow: where a newly registered matter stands, the nodes, and the clocks that start on registering."""

    code: str
    first: str
    nodes: tuple[Node, ...]
    clocks: tuple[str, ...]

    def node_name(self, code: str) -> str:
        """The node's Chinese name; the code itself for a node of another version."""
        return next((node.name for node in self.nodes if node.code == code), code)


_VOID = Node("void", "已作废", closed=True)

FLOWS: dict[str, Flow] = {
    flow.code: flow
    for flow in (
        # 《信访工作条例》第二十二条、第二十三条: fifteen days to register and forward, and to tell the petitioner.
        Flow(
            "petition",
            "to_forward",
            (
                Node("to_forward", "待转送交办"),
                Node("forwarded", "待单位签收"),
                Node("received", "待受理"),
                Node("objected", "异议待核实"),
                Node("handling", "办理中"),
                Node("answered", "已答复"),
                Node("reviewing", "复查中"),
                Node("review_answered", "复查已答复"),
                Node("rechecking", "复核中"),
                Node("rechecked", "复核终结", closed=True),
                Node("closed", "已办结", closed=True),
                Node("not_accepted", "不予受理", closed=True),
                Node("no_more", "不再受理", closed=True),
                Node("guided", "已引导（诉访分离）", closed=True),
                Node("disciplined", "已移送纪检监察", closed=True),
                Node("withdrawn", "已撤回", closed=True),
                _VOID,
            ),
            ("petition_register", "petition_notify"),
        ),
        # 《人民调解法》第十七条: nothing starts before every party agrees.
        Flow(
            "mediation",
            "consent",
            (
                Node("consent", "待征求同意"),
                Node("assign", "待选定调解员"),
                Node("schedule", "待约定时间"),
                Node("mediating", "调解中"),
                Node("performing", "履行中"),
                Node("suspended", "中止"),
                Node("closed", "已办结", closed=True),
                Node("ended", "调解不成已终止", closed=True),
                Node("declined", "不予受理", closed=True),
                Node("withdrawn", "已撤回", closed=True),
                _VOID,
            ),
            (),
        ),
        # 《法律援助法》第二十三条、第四十三条: advice at the window, seven days to examine an application, three to assign.
        Flow(
            "consultation",
            "to_answer",
            (
                Node("to_answer", "待解答"),
                Node("booked", "已约期"),
                Node("aid_review", "法律援助审查中"),
                Node("aid_lacking", "待补正材料"),
                Node("aid_assign", "待指派援助人员"),
                Node("answered", "已解答", closed=True),
                Node("aided", "已指派法律援助", closed=True),
                Node("withdrawn", "已撤回", closed=True),
                _VOID,
            ),
            (),
        ),
        Flow(
            "handover",
            "to_hand_over",
            (
                Node("to_hand_over", "待移送引导"),
                Node("handed", "待单位签收"),
                Node("received", "单位已签收"),
                Node("objected", "异议待核实"),
                Node("handling", "单位办理中"),
                Node("replied", "已回复待办结"),
                Node("closed", "已办结", closed=True),
                Node("guided", "已引导", closed=True),
                Node("withdrawn", "已撤回", closed=True),
                _VOID,
            ),
            (),
        ),
    )
}

#: 民生事项 are handed to the responsible unit by the petition procedure, so its clocks run.
CATEGORY_CLOCKS: dict[str, tuple[str, ...]] = {"livelihood": ("petition_register", "petition_notify")}

#: What an event is called on the timeline.
ACTIONS = {
    "register": "登记",
    "revisit": "再次来访",
    "route": "分流",
    "reroute": "重新分流",
    "note": "记事",
    "meet": "期限办结",
    "reopen": "撤回办结",
    "clock_moved": "期限重算",
    "materials": "材料",
    "print": "打印",
    "reveal": "查看证件和电话",
    "void": "作废",
    "callout": "呼叫调解员",
    "import": "历史台账导入",
    "mediation.open": "登记调解申请",
    "mediation.describe": "修改纠纷情况",
    "mediation.party": "登记当事人",
    "mediation.consent": "征求调解意见",
    "mediation.contact": "联系当事人",
    "mediation.decline": "不予受理",
    "mediation.withdraw": "撤回调解申请",
    "mediation.assign": "选定调解员",
    "mediation.plan": "约定调解",
    "mediation.cancel": "取消约定",
    "mediation.session": "调解记录",
    "mediation.note": "调解笔记",
    "mediation.agreement": "草拟协议书",
    "mediation.sign": "协议签署生效",
    "mediation.oral": "达成口头协议",
    "mediation.instalment": "履行登记",
    "mediation.follow_up": "回访",
    "mediation.confirm": "司法确认",
    "mediation.prevent": "防止激化",
    "mediation.correct": "更正",
    "mediation.terminate": "终止调解",
    "mediation.suspend": "中止调解",
    "mediation.resume": "恢复调解",
    "mediation.close": "办结",
    "mediation.file": "立卷归档",
    "mediation.attach": "存入材料",
    "mediation.remove": "移除材料",
    "mediation.reveal": "查看封存笔记",
    "handling.classify": "认定",
    "handling.forward": "转送交办",
    "handling.hand_over": "移送",
    "handling.discipline": "移送纪检监察",
    "handling.receive": "单位签收",
    "handling.object": "提出异议",
    "handling.decide": "核实异议",
    "handling.return": "退回",
    "handling.reassign": "改派",
    "handling.accept": "受理",
    "handling.refuse": "不予受理",
    "handling.no_more": "不再受理",
    "handling.guide": "涉法涉诉引导",
    "handling.extend": "延期",
    "handling.answer": "处理意见",
    "handling.ask_review": "请求复查复核",
    "handling.review": "复查复核意见",
    "handling.hearing": "听证",
    "handling.reply": "单位回复",
    "handling.tell": "书面告知",
    "handling.close": "办结",
    "handling.recheck": "程序性办结复查",
    "handling.withdraw": "撤回",
    "handling.switch": "转入其他流程",
    "handling.report": "紧急、强制报告",
    "handling.flag": "标记",
    "handling.confirm_flag": "确认、解除标记",
    "handling.measure": "三到位一处理",
    "handling.support": "联动响应请求",
    "handling.urge": "催办督办",
    "handling.urge_reply": "催办督办回复",
    "handling.rate": "满意度评价",
    "handling.consult": "解答咨询",
    "handling.apply_aid": "申请法律援助",
    "handling.supply_aid": "补正材料",
    "handling.decide_aid": "法律援助决定",
    "handling.assign_aid": "指派援助人员",
    "handling.refer": "心理疏导转介",
    "handling.counsel": "心理疏导",
    "handling.reveal": "查看封存记录",
    "handling.attach": "存入材料",
    "handling.remove": "移除材料",
    "handling.package": "制作送案包",
    "handling.national": "导出信访信息",
    "report.export": "导出统计清单",
}


def node_name(flow: str, node: str) -> str:
    """The Chinese name of a node of a flow."""
    found = FLOWS.get(flow)
    return found.node_name(node) if found else node


def is_closed(flow: str, node: str) -> bool:
    """Whether nothing more is due at a node of a flow."""
    return any(each.code == node and each.closed for each in FLOWS[flow].nodes)


#: A flag of a visit that has to be reported at once (《信访工作条例》第二十五条) → its clock, due the same day.
FLAG_CLOCKS: dict[str, str] = {"urgent": "alert_report", "danger": "alert_report"}


def starting_clocks(flow: str, category: str, flags: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids of the clocks that start when a matter is registered and routed, each once."""
    by_flow = (FLOWS[flow].clocks if flow in FLOWS else ()) + CATEGORY_CLOCKS.get(category, ())
    return (*by_flow, *dict.fromkeys(FLAG_CLOCKS[flag] for flag in sorted(flags) if flag in FLAG_CLOCKS))
