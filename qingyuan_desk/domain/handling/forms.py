"""What a person fills in for each step. `step`: the code of the step, as the terminal calls it.

A record id of 0 means the only one there is. A day of None is today. services/handling.py `take` carries a form out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.asking import ask

_ALERTS: Mapping[str, str] = {code: ground.name for code, ground in codes.ALERTS.items()}
_REFUSALS: Mapping[str, str] = {code: ground.name for code, ground in codes.REFUSALS.items()}
_EXEMPT: Mapping[str, str] = {
    "": "需要核查",
    **{code: ground.name for code, ground in codes.AID_EXEMPT.items()},
}
_SENT: Mapping[str, str] = {"forward": "转送", "assign": "交办"}
_AGREED: Mapping[str, str] = {"yes": "核实同意，交还材料", "no": "不同意，仍由该单位办理"}

# --- petition: what it is, where it goes ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Classify:
    """认定: kind, purpose, first visits by level, and what other procedure has it already."""

    step: ClassVar[str] = "classify"
    kind: str = ask("信访类别", "choice", codes.KINDS, needed=True)
    purpose: str = ask("信访目的", "choice", codes.PURPOSES, needed=True)
    channel: str = ask("信访形式", "choice", codes.CHANNELS, default="visit")
    content: str = ask("内容分类", hint="如：土地征收、农村集体“三资”")
    cause: str = ask("产生信访原因", hint="如：补偿标准有争议")
    first_national: str = ask("全国初次", "choice", codes.TRISTATE)
    first_office: str = ask("本登记机构初次", "choice", codes.TRISTATE)
    first_channel: str = ask("本信访形式初次", "choice", codes.TRISTATE)
    cross_level: bool = ask("越级走访", "yes")
    joint: bool = ask("联名信或者集体访", "yes")
    anonymous: bool = ask("匿名", "yes")
    court: str = ask("法院是否已受理", "choice", codes.TRISTATE)
    reconsidered: str = ask("是否已行政复议", "choice", codes.TRISTATE)
    arbitrated: str = ask("仲裁机构是否已受理", "choice", codes.TRISTATE)
    opinion: str = ask("是否有复查复核意见书", "choice", codes.TRISTATE)
    query_told_on: date | None = ask("告知查询码日期", "day")


@dataclass(frozen=True)
class Forward:
    """转送、交办 (第二十二条): to exactly one leading unit. An assignment has a day and wants a report of the result."""

    step: ClassVar[str] = "forward"
    mode: str = ask("方式", "choice", _SENT, default="forward")
    unit: str = ask("主办单位", "unit", needed=True)
    co_units: tuple[str, ...] = ask("协办单位", "units")
    on: date | None = ask("转送（交办）日期", "day")
    limit_on: date | None = ask("指定办理期限", "day", hint="交办的要写")
    requirement: str = ask("办理要求", "text", hint="要求核查、答复、反馈的内容")
    materials: tuple[str, ...] = ask("附送材料", "materials")
    reason: str = ask("清单外交办理由", hint="主办单位不在职责清单上的要写")
    approved_by: str = ask("批准人", hint="清单外交办的批准人")


@dataclass(frozen=True)
class HandOver:
    """移送: a matter of daily life (民生事项) goes to the one responsible unit."""

    step: ClassVar[str] = "hand_over"
    unit: str = ask("主办单位", "unit", needed=True)
    co_units: tuple[str, ...] = ask("协办单位", "units")
    on: date | None = ask("移送日期", "day")
    limit_on: date | None = ask("要求办结日期", "day")
    requirement: str = ask("办理要求", "text")
    materials: tuple[str, ...] = ask("附送材料", "materials")
    reason: str = ask("清单外交办理由", hint="主办单位不在职责清单上的要写")
    approved_by: str = ask("批准人", hint="清单外交办的批准人")


@dataclass(frozen=True)
class Discipline:
    """移送纪检监察机关 (第二十二条第二款、第三十条): the only way of an accusation (检举控告)."""

    step: ClassVar[str] = "discipline"
    unit: str = ask("纪检监察机关", "unit", needed=True)
    on: date | None = ask("移送日期", "day")
    materials: tuple[str, ...] = ask("附送材料", "materials")


@dataclass(frozen=True)
class Receive:
    """签收: the unit signed for it; its own clocks begin."""

    step: ClassVar[str] = "receive"
    sending: int = ask("送案", "sending")
    on: date | None = ask("签收日期", "day")
    receiver: str = ask("签收人", needed=True)
    phone: str = ask("联系电话")


@dataclass(frozen=True)
class Objection:
    """异议 (第二十三条第三款): within five working days, with the reason in detail."""

    step: ClassVar[str] = "object"
    sending: int = ask("送案", "sending")
    on: date | None = ask("提出异议日期", "day")
    reason: str = ask("异议理由", "text", needed=True, hint="为什么不属于本单位职权范围，依据哪一条")
    suggested_unit: str = ask("建议承办单位", "unit")


@dataclass(frozen=True)
class Decide:
    """核实异议: agreed, the material comes back and the matter is sent anew; otherwise it stays with the unit."""

    step: ClassVar[str] = "decide"
    sending: int = ask("送案", "sending")
    agreed: str = ask("核实结果", "choice", _AGREED, needed=True)
    on: date | None = ask("核实日期", "day")
    by: str = ask("核实人", needed=True)
    note: str = ask("核实情况", "text")


@dataclass(frozen=True)
class Return:
    """退回: a unit that was handed a matter gives it back with its reason; 收回: the desk takes it back."""

    step: ClassVar[str] = "return"
    sending: int = ask("送案", "sending")
    recalled: bool = ask("由本中心收回", "yes")
    on: date | None = ask("退回日期", "day")
    reason: str = ask("退回理由", "text", needed=True)


@dataclass(frozen=True)
class Reassign:
    """改派: another unit takes over while the first one still has it."""

    step: ClassVar[str] = "reassign"
    unit: str = ask("改由", "unit", needed=True)
    on: date | None = ask("改派日期", "day")
    limit_on: date | None = ask("指定办理期限", "day")
    why: str = ask("改派原因", needed=True)
    reason: str = ask("清单外交办理由", hint="改派的单位不在职责清单上的要写")
    approved_by: str = ask("批准人")


# --- petition: accepted or not ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Accept:
    """受理: by the organ with the power to decide. way: 第三十一条 item of an appeal; only 第六项 has sixty days."""

    step: ClassVar[str] = "accept"
    unit: str = ask("受理单位", "unit")
    way: str = ask("处理途径", "choice", codes.WAYS, default="opinion")
    on: date | None = ask("受理日期", "day")
    number: str = ask("受理告知书文号")
    told_how: str = ask("告知方式", "choice", codes.SERVICES, default="hand")
    told_on: date | None = ask("告知日期", "day")


@dataclass(frozen=True)
class Refuse:
    """不予受理, with its ground and the lawful way instead."""

    step: ClassVar[str] = "refuse"
    ground: str = ask("不予受理事由", "choice", _REFUSALS, needed=True)
    organ: str = ask("有权处理的机关、单位", hint="在办单位，或者应当向其提出的机关")
    number: str = ask("原意见书文号", hint="逾期请求复查、复核的要写")
    explanation: str = ask("说明", "text")
    paths: tuple[str, ...] = ask("法定途径", "paths")
    on: date | None = ask("告知日期", "day")
    told_how: str = ask("告知方式", "choice", codes.SERVICES, default="hand")


@dataclass(frozen=True)
class NoMore:
    """不再受理 (第三十六条第三款): rechecked, same facts and reasons."""

    step: ClassVar[str] = "no_more"
    number: str = ask("复核意见文号", needed=True)
    organ: str = ask("复核机关", needed=True)
    explanation: str = ask("疏导帮扶安排", "text", hint="《信访工作条例》第三十七条第三款")
    on: date | None = ask("告知日期", "day")
    told_how: str = ask("告知方式", "choice", codes.SERVICES, default="hand")


@dataclass(frozen=True)
class Guide:
    """涉法涉诉引导、诉访分离 (第二十二条第二款、第二十八条): explained, and guided to the organ of the procedure."""

    step: ClassVar[str] = "guide"
    organ: str = ask("有关政法部门", "unit", needed=True)
    path: str = ask("法律程序", hint="如：申请再审、刑事申诉、申请检察监督", needed=True)
    explanation: str = ask("释法明理要点", "text")
    on: date | None = ask("引导日期", "day")


# --- petition: handled, reviewed, ended ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Extend:
    """延期 (第三十四条): complicated, approved by the head of the organ, thirty days at most, the petitioner told why."""

    step: ClassVar[str] = "extend"
    days: int = ask("延长天数", "number", needed=True, default=30)
    reason: str = ask("延期理由", "text", needed=True, hint="情况复杂在哪里")
    approved_by: str = ask("批准人（本机关、单位负责人）", needed=True)
    approved_on: date | None = ask("批准日期", "day")
    number: str = ask("延期告知书文号")
    told_on: date | None = ask("告知日期", "day")


@dataclass(frozen=True)
class Answer:
    """信访处理意见 (第三十二条): the organ's opinion, logged; the thirty days for a review begin when it is served."""

    step: ClassVar[str] = "answer"
    organ: str = ask("出具机关", needed=True)
    number: str = ask("处理意见书文号", needed=True)
    outcome: str = ask("处理意见", "choice", codes.OUTCOMES, needed=True)
    summary: str = ask("意见摘要", "text", needed=True)
    basis: str = ask("法律法规依据", needed=True)
    signed_on: date | None = ask("出具日期", "day")
    served_on: date | None = ask("送达日期", "day")
    served_how: str = ask("送达方式", "choice", codes.SERVICES, default="hand")


@dataclass(frozen=True)
class AskReview:
    """请求复查 (第三十五条) of the opinion, or 复核 (第三十六条) of the review: within thirty days of the written answer."""

    step: ClassVar[str] = "ask_review"
    organ: str = ask("复查（复核）机关", needed=True)
    on: date | None = ask("请求日期", "day")
    received_on: date | None = ask("机关收到日期", "day")
    reason: str = ask("请求和理由", "text", needed=True)


@dataclass(frozen=True)
class Review:
    """复查意见 or 复核意见, logged. hearing_days: of a recheck; they do not count."""

    step: ClassVar[str] = "review"
    number: str = ask("意见书文号", needed=True)
    outcome: str = ask("意见", "choice", codes.REVIEWS, needed=True)
    summary: str = ask("意见摘要", "text", needed=True)
    signed_on: date | None = ask("出具日期", "day")
    served_on: date | None = ask("送达日期", "day")
    served_how: str = ask("送达方式", "choice", codes.SERVICES, default="hand")


@dataclass(frozen=True)
class Hearing:
    """听证 (第三十六条第二款): so many days that do not count against the thirty of a recheck."""

    step: ClassVar[str] = "hearing"
    days: int = ask("听证所需天数", "number", needed=True)
    note: str = ask("听证情况", "text")


@dataclass(frozen=True)
class Reply:
    """回复: what a unit answers on a matter it was handed, or on a call for support."""

    step: ClassVar[str] = "reply"
    sending: int = ask("送案", "sending")
    on: date | None = ask("回复日期", "day")
    number: str = ask("回复单文号")
    reply: str = ask("回复内容摘要", "text", needed=True)


@dataclass(frozen=True)
class Tell:
    """告知: a written notice was given to the visitor."""

    step: ClassVar[str] = "tell"
    kind: str = ask("文书", "choice", codes.NOTICES, needed=True)
    on: date | None = ask("告知日期", "day")
    how: str = ask("告知方式", "choice", codes.SERVICES, default="hand")
    number: str = ask("文号或者邮件号")
    receiver: str = ask("签收人")
    note: str = ask("备注")


@dataclass(frozen=True)
class Close:
    """办结: 实质性, 阶段性, or 程序性; the last wants a day on which it is looked at again."""

    step: ClassVar[str] = "close"
    kind: str = ask("办结方式", "choice", codes.CLOSINGS, needed=True)
    reason: str = ask("办结情况", "text", needed=True)
    on: date | None = ask("办结日期", "day")
    recheck_on: date | None = ask("复查日期", "day", hint="程序性办结要写")


@dataclass(frozen=True)
class Recheck:
    """A procedural closing looked at again: it stays closed, or the matter is opened again."""

    step: ClassVar[str] = "recheck"
    open_again: bool = ask("重新办理", "yes")
    on: date | None = ask("复查日期", "day")
    result: str = ask("复查情况", "text", needed=True)


@dataclass(frozen=True)
class Withdraw:
    """撤回: the petitioner takes the request back."""

    step: ClassVar[str] = "withdraw"
    reason: str = ask("撤回理由", "text", needed=True)
    on: date | None = ask("撤回日期", "day")


# --- whatever the flow ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Switch:
    """转入其他流程: the number stays, and the matter counts in both flows."""

    step: ClassVar[str] = "switch"
    category: str = ask("类别", "category", needed=True)
    flow: str = ask("流程", "flow", needed=True)
    room: str = ask("房间", "room")
    unit: str = ask("主办单位", "unit")
    dispute_type: str = ask("纠纷类型", "dispute_type")
    reason: str = ask("转办原因", "text", needed=True, hint="如：双方同意调解（《信访工作条例》第三十三条）")
    on: date | None = ask("日期", "day")


@dataclass(frozen=True)
class Report:
    """紧急报告、强制报告: with the time and who took it."""

    step: ClassVar[str] = "report"
    kind: str = ask("报告事项", "choice", _ALERTS, needed=True)
    to: str = ask("报告对象", needed=True, hint="如：区委区政府值班室、区公安分局")
    how: str = ask("报告方式", hint="电话、书面", default="电话")
    at: datetime | None = ask("报告时间", "moment")
    taken_by: str = ask("接报人", needed=True)
    text: str = ask("报告内容", "text", needed=True)
    measures: str = ask("已采取措施", "text")


@dataclass(frozen=True)
class Flag:
    """标记 扬言, 重点人员 …: ends by itself unless it is confirmed."""

    step: ClassVar[str] = "flag"
    kind: str = ask("标记", "choice", codes.WATCHES, needed=True)
    words: str = ask("原话或者事实", "text", needed=True)
    until: date | None = ask("到期日", "day", hint="到期自动失效，最长 90 天")


@dataclass(frozen=True)
class Confirm:
    """A flag confirmed for longer, or lifted."""

    step: ClassVar[str] = "confirm_flag"
    watch: int = ask("标记", "watch")
    lifted: bool = ask("解除", "yes")
    until: date | None = ask("延至", "day")
    reason: str = ask("理由", needed=True)


@dataclass(frozen=True)
class Measured:
    """三到位一处理 (第二十七条)."""

    step: ClassVar[str] = "measure"
    kind: str = ask("措施", "choice", codes.MEASURES, needed=True)
    text: str = ask("具体内容", "text", needed=True)
    unit: str = ask("办理单位", "unit")
    on: date | None = ask("日期", "day")


@dataclass(frozen=True)
class Support:
    """联动响应: a township asks a county department to help with what it cannot solve alone."""

    step: ClassVar[str] = "support"
    township: str = ask("提出请求的乡镇", "unit", needed=True)
    unit: str = ask("县级职能部门", "unit", needed=True)
    requirement: str = ask("请求事项", "text", needed=True)
    limit_on: date | None = ask("要求响应日期", "day")
    on: date | None = ask("请求日期", "day")


@dataclass(frozen=True)
class Press:
    """催办、督办: sent to the unit that has the matter."""

    step: ClassVar[str] = "urge"
    kind: str = ask("种类", "choice", codes.URGES, needed=True)
    unit: str = ask("承办单位", "unit")
    rule: str = ask("依据规则")
    cause: str = ask("事由", "text", needed=True)
    requirement: str = ask("要求", "text")
    reply_by: date | None = ask("回复期限", "day")
    on: date | None = ask("日期", "day")


@dataclass(frozen=True)
class PressReply:
    """The unit answers 催办 or 督办, or it is cancelled (取消督办)."""

    step: ClassVar[str] = "urge_reply"
    urge: int = ask("催办督办", "urge")
    cancelled: bool = ask("取消督办", "yes")
    reply: str = ask("回复情况（取消的写理由）", "text", needed=True)
    on: date | None = ask("日期", "day")


@dataclass(frozen=True)
class Rate:
    """满意度评价: by the visitor, or by a township of a department."""

    step: ClassVar[str] = "rate"
    by: str = ask("评价人", "choice", codes.RATERS, default="visitor")
    rated: str = ask("评价对象", "choice", codes.RATED, default="desk")
    unit: str = ask("责任单位", "unit")
    rater: str = ask("评价的乡镇", "unit")
    satisfaction: str = ask("评价", "choice", codes.SATISFACTIONS, needed=True)
    in_time: str = ask("响应是否及时", "choice", codes.TRISTATE)
    note: str = ask("意见", "text")
    on: date | None = ask("日期", "day")


# --- consultation ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Consult:
    """法律咨询解答. The law wants everybody told of the right to legal aid (《法律援助法》第二十三条)."""

    step: ClassVar[str] = "consult"
    channel: str = ask("咨询方式", "choice", codes.CONSULT_CHANNELS, default="visit")
    asked_at: datetime | None = ask("提问时间", "moment")
    declined: bool = ask("拒绝提供身份信息", "yes")
    crowd: str = ask("人群类别", "crowd")
    cause: str = ask("案由", "dispute_type", needed=True)
    stage: str = ask("所处阶段", "choice", codes.STAGES, default="none")
    question: str = ask("咨询内容", "text", needed=True)
    result: str = ask("处理", "choice", codes.ANSWERS, default="advised")
    answer: str = ask("解答意见", "text", hint="另行答复、约期的可以空着")
    articles: str = ask("法律依据")
    lawyer: str = ask("解答人")
    aid_told: bool = ask("已提示依法申请法律援助的权利", "yes", default=True)
    organ: str = ask("应咨询的部门", hint="非法律问题的要写")
    booked_for: datetime | None = ask("约期", "moment", hint="疑难的要写")
    satisfaction: str = ask("满意度", "choice", codes.SATISFACTIONS)


@dataclass(frozen=True)
class ApplyAid:
    """申请法律援助: what for, and whether hardship need be shown (《法律援助法》第三十一条、第三十二条、第四十二条)."""

    step: ClassVar[str] = "apply_aid"
    affair: str = ask("申请事项", "choice", codes.AID_AFFAIRS, needed=True)
    exempt: str = ask("免予核查经济困难", "choice", _EXEMPT)
    hardship: str = ask("经济困难情况", "text")
    lacking: tuple[str, ...] = ask("一次性告知补正的材料", "materials")
    supply_by: date | None = ask("补正期限", "day", hint="要补正的写")
    urgent: str = ask("先行提供法律援助", "choice", {"": "不先行提供", **codes.AID_URGENT})
    on: date | None = ask("收到申请日期", "day")


@dataclass(frozen=True)
class SupplyAid:
    """补充材料: what was lacking has come (第四十三条第二款)."""

    step: ClassVar[str] = "supply_aid"
    on: date | None = ask("补正日期", "day")


@dataclass(frozen=True)
class DecideAid:
    """法律援助审查决定: within seven days (第四十三条)."""

    step: ClassVar[str] = "decide_aid"
    granted: str = ask("决定", "choice", codes.AID_DECISIONS, needed=True)
    number: str = ask("决定书文号")
    why: str = ask("理由", "text")
    on: date | None = ask("决定日期", "day")


@dataclass(frozen=True)
class AssignAid:
    """指派法律援助人员: within three days of the decision (第四十三条)."""

    step: ClassVar[str] = "assign_aid"
    lawyer: str = ask("法律援助人员", needed=True)
    on: date | None = ask("指派日期", "day")


@dataclass(frozen=True)
class Refer:
    """心理疏导转介: with the visitor's consent and the least data. No diagnosis (《精神卫生法》第二十三条)."""

    step: ClassVar[str] = "refer"
    purpose: str = ask("转介目的", "choice", codes.REFERRAL_PURPOSES, needed=True)
    consent: bool = ask("本人（监护人）同意", "yes")
    guardian: str = ask("监护人", hint="未成年人要写")
    counsellor: str = ask("心理咨询师")
    mode: str = ask("方式", "choice", codes.REFERRAL_MODES, default="site")
    booked_for: datetime | None = ask("预约时间", "moment")
    risk: str = ask("安全风险", hint="如：流露轻生念头；没有就空着")


@dataclass(frozen=True)
class Counsel:
    """心理疏导记录: sealed; what the centre needs to know is one line."""

    step: ClassVar[str] = "counsel"
    referral: int = ask("转介", "referral")
    outcome: str = ask("结果（不写病情）", needed=True)
    hospital_told: bool = ask("已建议到医疗机构就诊", "yes")
    note: str = ask("封存记录", "text", hint="只有填写人能看；分管领导查看会留下记录")
    on: date | None = ask("日期", "day")


Form = (
    Classify
    | Forward
    | HandOver
    | Discipline
    | Receive
    | Objection
    | Decide
    | Return
    | Reassign
    | Accept
    | Refuse
    | NoMore
    | Guide
    | Extend
    | Answer
    | AskReview
    | Review
    | Hearing
    | Reply
    | Tell
    | Close
    | Recheck
    | Withdraw
    | Switch
    | Report
    | Flag
    | Confirm
    | Measured
    | Support
    | Press
    | PressReply
    | Rate
    | Consult
    | ApplyAid
    | SupplyAid
    | DecideAid
    | AssignAid
    | Refer
    | Counsel
)
