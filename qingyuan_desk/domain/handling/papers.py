"""The papers of handling: which there are, what each is about, and the facts it is made of.

Notices to petitioners and the papers that go between organs (《信访工作条例》第二十二条 to 第三十七条), of consultation and legal
aid (《法律援助法》), and of a referral (《精神卫生法》). documents/handling turns them into pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from qingyuan_desk.domain.handling.case import Handled, by_id
from qingyuan_desk.domain.papers import ClockLine, Letterhead, MaterialLine, PaperKind, PathLine
from qingyuan_desk.domain.tables import Unit
from qingyuan_desk.domain.visit import Person

#: code → kind. Only those with `sealed` are made of a sealed matter (第三十条第三款).
HANDLING_PAPERS: Mapping[str, PaperKind] = {
    # to petitioners
    "forwarded": PaperKind("转送（交办）告知单", "sending"),
    "acceptance": PaperKind("受理告知书"),
    "refusal": PaperKind("不予受理告知书"),
    "no_more": PaperKind("不再受理告知书"),
    "extension": PaperKind("延期告知书", "extension"),
    "guidance": PaperKind("涉法涉诉引导告知单"),
    "legal_path": PaperKind("法定途径告知单"),
    "supplement": PaperKind("退回补正清单"),
    "opinion": PaperKind("信访处理意见书", "opinion"),
    "review_request": PaperKind("复查申请书", "opinion"),
    "recheck_request": PaperKind("复核申请书", "opinion"),
    "withdrawal": PaperKind("撤回信访事项声明"),
    "settlement": PaperKind("和解（调解）协议书"),
    "promise": PaperKind("告知承诺书"),
    "rating": PaperKind("满意度评价表"),
    "secret": PaperKind("密件登记表", internal=True, sealed=True),
    "report": PaperKind("强制报告登记表", "alert"),
    # between organs
    "processing": PaperKind("工作处理单（受理单）"),
    "assign": PaperKind("交办单", "sending"),
    "application": PaperKind("申报表"),
    "transfer": PaperKind("转办单", "sending"),
    "submit": PaperKind("呈报单"),
    "urgent": PaperKind("紧急信访信息报告单", "alert"),
    "hand_over": PaperKind("移送单", "sending"),
    "receipt": PaperKind("签收回执", "sending"),
    "objection": PaperKind("异议书", "sending"),
    "returned": PaperKind("退回单", "sending"),
    "reassigned": PaperKind("改派通知", "sending"),
    "reply": PaperKind("回复单", "sending"),
    "support": PaperKind("联动响应请求单", "sending"),
    "support_reply": PaperKind("联动响应回复单", "sending"),
    "remind": PaperKind("催办函", "urge"),
    "yellow": PaperKind("黄牌督办单", "urge"),
    "red": PaperKind("红牌督办单", "urge"),
    "unit_rating": PaperKind("乡镇评价部门表", "rating"),
    "discipline": PaperKind("检举控告移送单", "sending", sealed=True),
    # consultation, legal aid, referral
    "consult": PaperKind("法律咨询登记单", "consultation"),
    "aid_guide": PaperKind("法律援助申请指引"),
    "aid_lacking": PaperKind("法律援助申请补正告知书", "aid"),
    "aid_decision": PaperKind("法律援助审查决定书", "aid"),
    "referral": PaperKind("心理疏导转介单", "referral"),
}


#: Stands before a paper's code where its prints are logged: some codes are those of papers of a mediation too.
LOGGED = "handling."

_AID: Mapping[str, str] = {"yes": "给予法律援助决定书", "no": "不予法律援助决定书"}
_OPINIONS: Mapping[int, str] = {1: "信访处理意见书", 2: "信访复查意见书", 3: "信访复核意见书"}


def title_of(kind: str, case: Handled, subject: int = 0) -> str:
    """The title as it is printed: an opinion's by its level, a decision's by what was decided."""
    if kind == "opinion" and (opinion := by_id(case.opinions, subject)):
        return _OPINIONS[opinion.level]
    if kind == "aid_decision" and (aid := by_id(case.aids, subject)) and aid.granted in _AID:
        return _AID[aid.granted]
    if kind == "forwarded" and (sent := by_id(case.sendings, subject)) and sent.mode in _SENT:
        return _SENT[sent.mode]
    return HANDLING_PAPERS[kind].title


#: What the notice of a sending is called, by its mode.
_SENT: Mapping[str, str] = {"forward": "转送告知单", "assign": "交办告知单", "hand_over": "移送告知单"}


@dataclass(frozen=True)
class HandlingPaper:
    """Everything a paper of one matter may say.

    subject: record id of what the paper is about (PaperKind.about). count: which print of it this is.
    people: the visitors' side, the main visitor first; the address of each is whole. names: codes of accounts → names.
    units: codes → units of the office's list. why: codes of the units the matter was sent to → why this unit, by the duty
    list (duties.why). place, category, flow, dispute_type, crowd, room: names.
    visited_at: when the matter was first brought. clerk: who prints. clocks: id of a rule → that limit, as this paper
    says it. limitations: the periods petitioners keep themselves. paths: where to go instead; materials: what to bring.
    readers: who may know of a sealed matter. logged: whether prints are logged.

    No record of a referral carries its sealed note here.
    """

    case: Handled
    office: Letterhead
    printed_at: datetime
    subject: int = 0
    count: int = 1
    people: tuple[Person, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    category: str = ""
    flow: str = ""
    dispute_type: str = ""
    crowd: str = ""
    room: str = ""
    visited_at: datetime | None = None
    clerk: str = ""
    clocks: Mapping[str, ClockLine] = field(default_factory=dict)
    limitations: tuple[ClockLine, ...] = ()
    paths: tuple[PathLine, ...] = ()
    materials: tuple[MaterialLine, ...] = ()
    readers: tuple[str, ...] = ()
    logged: bool = True


def for_hand(office: Letterhead, printed_at: datetime) -> HandlingPaper:
    """Facts of a blank form: who issues it, and nothing else."""
    nothing = Handled(
        matter_id=0,
        number="",
        title="",
        narrative="",
        flow="",
        category="",
        node="",
        state="",
        source="",
        matter_kind="",
        dispute_type="",
        township="",
        village="",
        unit="",
        room="",
        flags=frozenset(),
        sealed=False,
        opened_on=date.min,
        version=0,
        headcount=0,
    )
    return HandlingPaper(nothing, office, printed_at)
