"""The flows a matter can go through, as data: nodes and the steps between them.

Screens ask which steps are open; services refuse the others with the sentence given here. Later flows add rows.
"""

from __future__ import annotations

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
            (Node("to_forward", "待转送交办"), _VOID),
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
        Flow("consultation", "to_answer", (Node("to_answer", "待解答"), _VOID), ()),
        Flow("handover", "to_hand_over", (Node("to_hand_over", "待移送引导"), _VOID), ()),
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
    "print": "打印",
    "reveal": "查看证件和电话",
    "void": "作废",
    "callout": "呼叫调解员",
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
}


def node_name(flow: str, node: str) -> str:
    """The Chinese name of a node of a flow."""
    found = FLOWS.get(flow)
    return found.node_name(node) if found else node


def is_closed(flow: str, node: str) -> bool:
    """Whether nothing more is due at a node of a flow."""
    return any(each.code == node and each.closed for each in FLOWS[flow].nodes)


def starting_clocks(flow: str, category: str) -> tuple[str, ...]:
    """The ids of the clocks that start when a matter is registered and routed."""
    return (FLOWS[flow].clocks if flow in FLOWS else ()) + CATEGORY_CLOCKS.get(category, ())
