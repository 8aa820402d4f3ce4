"""The codes of the handling of matters and what they are called, as the papers and 《信访工作条例》 call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qingyuan_desk.domain.mediation.codes import ATTACHMENT_KINDS

#: 三类 (《信访工作条例》第二十九条 to 第三十一条).
KINDS: Mapping[str, str] = {"suggestion": "建议意见", "accusation": "检举控告", "appeal": "申诉求决"}

#: 信访目的: the national system's five.
PURPOSES: Mapping[str, str] = {
    "settle": "求决",
    "appeal": "申诉",
    "suggest": "意见建议",
    "accuse": "揭发控告",
    "other": "其他",
}

#: Which kind a purpose belongs to; "other" belongs to none.
KIND_OF: Mapping[str, str] = {
    "settle": "appeal",
    "appeal": "appeal",
    "suggest": "suggestion",
    "accuse": "accusation",
}

#: 信访形式.
CHANNELS: Mapping[str, str] = {"visit": "来访", "letter": "来信", "call": "来电", "net": "网信"}

#: Whether something is so, where nobody may have asked.
TRISTATE: Mapping[str, str] = {"": "未核实", "yes": "是", "no": "否"}

#: How an appeal is dealt with (第三十一条第一项 to 第六项). Only the last has the sixty days of 第三十四条.
WAYS: Mapping[str, str] = {
    "judicial": "第一项：诉讼、复议、检察、公安程序",
    "arbitration": "第二项：仲裁",
    "party": "第三项：党员申诉、申请复审",
    "administrative": "第四项：行政复议、裁决、确认、许可、处罚",
    "enforcement": "第五项：查处违法行为、履行法定职责",
    "opinion": "第六项：调查核实并出具信访处理意见书",
}


@dataclass(frozen=True)
class Ground:
    """Why a petition is not accepted. needs: what the notice must name ("unit", "number", "path", or "")."""

    name: str
    article: str
    needs: str = ""


#: 不予受理.
REFUSALS: Mapping[str, Ground] = {
    "in_process": Ground(
        "同一事项已经受理或者正在办理，在规定期限内又向上级提出",
        "《信访工作条例》第十九条第三款",
        "unit",
    ),
    "judicial": Ground(
        "涉及诉讼权利救济，已经或者依法应当通过诉讼、检察、公安程序解决",
        "《信访工作条例》第二十条第二款、第三十一条第一项",
        "path",
    ),
    "arbitration": Ground("依法应当通过仲裁解决", "《信访工作条例》第三十一条第二项", "path"),
    "party": Ground("可以通过党员申诉、申请复审等解决", "《信访工作条例》第三十一条第三项", "path"),
    "administrative": Ground(
        "可以通过行政复议、行政裁决、行政确认、行政许可、行政处罚等行政程序解决",
        "《信访工作条例》第三十一条第四项",
        "path",
    ),
    "enforcement": Ground(
        "属于申请查处违法行为、履行法定职责，由主管机关依法履行或者答复",
        "《信访工作条例》第三十一条第五项",
        "path",
    ),
    "late_review": Ground(
        "对处理意见不服，未在收到书面答复之日起三十日内请求复查",
        "《信访工作条例》第三十五条",
        "number",
    ),
    "late_recheck": Ground(
        "对复查意见不服，未在收到书面答复之日起三十日内请求复核",
        "《信访工作条例》第三十六条第一款",
        "number",
    ),
    "other_organ": Ground("不属于本机关、单位或者本系统职权范围", "《信访工作条例》第二十三条第一款", "unit"),
}

#: 不再受理 has one ground: 复核终结, same facts and reasons.
NO_MORE = Ground("已经复核，仍然以同一事实和理由提出投诉请求", "《信访工作条例》第三十六条第三款", "number")

#: 处理意见 (第三十二条).
OUTCOMES: Mapping[str, str] = {
    "upheld": "予以支持",
    "explained": "作出解释说明",
    "rejected": "不予支持",
}
#: What a review (复查) or a recheck (复核) makes of the opinion before it.
REVIEWS: Mapping[str, str] = {
    "kept": "维持原处理意见",
    "changed": "变更原处理意见",
    "revoked": "撤销原处理意见，责令重新办理",
}

#: Levels of an opinion.
LEVELS: Mapping[int, str] = {1: "处理意见", 2: "复查意见", 3: "复核意见"}

#: 转送, 交办 (第二十二条), 移送, and 联动响应: how a matter goes to another unit.
MODES: Mapping[str, str] = {
    "forward": "转送",
    "assign": "交办",
    "hand_over": "移送",
    "discipline": "移送纪检监察机关",
    "support": "联动响应请求",
}

#: Where a sending stands.
SENDING_STATES: Mapping[str, str] = {
    "sent": "待签收",
    "received": "已签收",
    "objected": "提出异议",
    "accepted": "已受理承办",
    "replied": "已回复",
    "returned": "已退回",
    "recalled": "已收回",
}

#: How something is given to people (送达).
SERVICES: Mapping[str, str] = {
    "hand": "当场交付",
    "mail": "邮寄",
    "message": "短信",
    "net": "信访信息系统",
    "phone": "电话",
    "substitute": "代收",
    "notice": "留置或公告",
}

#: Written notices (告知) that are logged.
NOTICES: Mapping[str, str] = {
    "receipt": "来访登记回执",
    "forwarded": "转送（交办）告知单",
    "acceptance": "受理告知书",
    "refusal": "不予受理告知书",
    "no_more": "不再受理告知书",
    "extension": "延期告知书",
    "litigation": "涉法涉诉引导告知单",
    "legal_path": "法定途径告知单",
    "opinion": "处理意见书",
}

#: Urgent and mandatory reports.
ALERTS: Mapping[str, Ground] = {
    "urgent": Ground("重大紧急信访事项报告", "《信访工作条例》第二十五条"),
    "danger": Ground("现实危险报警", "《信访工作条例》第二十五条；《人民调解法》第二十五条"),
    "minor": Ground("侵害未成年人强制报告", "《未成年人保护法》第十一条"),
    "violence": Ground("家庭暴力报案、告诫", "《反家庭暴力法》第十三条至第十六条"),
    "escalation": Ground("民转刑风险报告", "《人民调解法》第二十五条"),
}

#: Flags of a person or matter that expire unless somebody confirms them.
WATCHES: Mapping[str, str] = {
    "threat": "扬言",
    "key_person": "重点人员",
    "beijing_risk": "进京访风险",
    "backlog": "积案",
}

#: 三到位一处理 (第二十七条).
MEASURES: Mapping[str, str] = {
    "solved": "诉求合理的解决问题到位",
    "explained": "诉求无理的思想教育到位",
    "helped": "生活困难的帮扶救助到位",
    "punished": "行为违法的依法处理",
}

#: 办结方式.
CLOSINGS: Mapping[str, str] = {
    "substantial": "实质性办结",
    "partial": "阶段性办结",
    "procedural": "程序性办结",
}

#: 催办, 督办 and their cards.
URGES: Mapping[str, str] = {"remind": "催办", "yellow": "黄牌督办", "red": "红牌督办"}

#: 满意度评价; a refusal is counted apart.
SATISFACTIONS: Mapping[str, str] = {
    "satisfied": "满意",
    "rather": "基本满意",
    "unsatisfied": "不满意",
    "refused": "拒绝评价",
}
#: Who rates.
RATERS: Mapping[str, str] = {"visitor": "信访人（来访人）", "township": "乡镇"}
#: What is rated.
RATED: Mapping[str, str] = {"desk": "接待窗口", "unit": "责任单位"}

#: 法律咨询: how the question came (方式), with its own limit.
CONSULT_CHANNELS: Mapping[str, str] = {
    "visit": "来访",
    "call": "电话",
    "letter": "信函",
    "message": "网络留言",
    "online": "在线咨询",
    "home": "上门",
}

#: 所处阶段.
STAGES: Mapping[str, str] = {
    "none": "尚未进入程序",
    "mediation": "调解",
    "administrative": "行政处理",
    "reconsideration": "行政复议",
    "arbitration": "仲裁",
    "lawsuit": "诉讼",
    "execution": "执行",
    "complaint": "投诉无答复",
}

#: What came of a question.
ANSWERS: Mapping[str, str] = {
    "advised": "当场解答",
    "aid": "符合条件，指导申请法律援助",
    "organ": "非法律问题，告知应咨询的部门",
    "booked": "疑难，另行约期",
    "moved": "转入其他流程",
    "later": "登记后另行答复",
}

#: What legal aid may be asked for (《法律援助法》第三十一条).
AID_AFFAIRS: Mapping[str, str] = {
    "state_compensation": "第一项：依法请求国家赔偿",
    "social_insurance": "第二项：请求给予社会保险待遇或者社会救助",
    "pension": "第三项：请求发给抚恤金",
    "support": "第四项：请求给付赡养费、抚养费、扶养费",
    "wages": "第五项：请求确认劳动关系或者支付劳动报酬",
    "capacity": "第六项：请求认定公民无民事行为能力或者限制民事行为能力",
    "injury": "第七项：工伤、交通、食品药品安全、医疗事故人身损害赔偿",
    "environment": "第八项：环境污染、生态破坏损害赔偿",
    "other": "第九项：法律、法规、规章规定的其他情形",
    "none": "不属于法律援助事项",
}

#: Whose hardship is not asked about: not a condition (第三十二条), or not checked (第四十二条).
AID_EXEMPT: Mapping[str, Ground] = {
    "hero": Ground("英雄烈士近亲属维护英雄烈士的人格权益", "《法律援助法》第三十二条第一项"),
    "bravery": Ground("因见义勇为行为主张相关民事权益", "《法律援助法》第三十二条第二项"),
    "acquitted": Ground("再审改判无罪请求国家赔偿", "《法律援助法》第三十二条第三项"),
    "victim": Ground("遭受虐待、遗弃或者家庭暴力的受害人主张相关权益", "《法律援助法》第三十二条第四项"),
    "dependent": Ground(
        "无固定生活来源的未成年人、老年人、残疾人等特定群体", "《法律援助法》第四十二条第一项"
    ),
    "relief": Ground("社会救助、司法救助或者优抚对象", "《法律援助法》第四十二条第二项"),
    "migrant_worker": Ground(
        "申请支付劳动报酬或者请求工伤事故人身损害赔偿的进城务工人员", "《法律援助法》第四十二条第三项"
    ),
}

#: When aid may be given before everything is examined (先行提供法律援助, 第四十四条第一款).
AID_URGENT: Mapping[str, str] = {
    "limitation": "第一项：距法定时效或者期限届满不足七日，需要及时起诉、申请仲裁或者行政复议",
    "preservation": "第二项：需要立即申请财产保全、证据保全或者先予执行",
    "other": "第三项：法律、法规、规章规定的其他情形",
}

#: What becomes of an application for legal aid (第四十三条).
AID_DECISIONS: Mapping[str, str] = {
    "yes": "给予法律援助",
    "no": "不给予法律援助",
    "withdrawn": "未按要求补充材料或者说明，视为撤回申请",
}

#: Why somebody is referred to a counsellor: a purpose, never a diagnosis (《精神卫生法》第二十三条).
REFERRAL_PURPOSES: Mapping[str, str] = {
    "calm": "情绪疏导",
    "family": "婚姻家庭关系",
    "growth": "未成年人成长指导",
    "bereaved": "哀伤陪伴",
    "victim": "受害人心理支持",
    "stress": "长期信访压力疏导",
}

#: How somebody meets the counsellor.
REFERRAL_MODES: Mapping[str, str] = {"site": "心理咨询室", "remote": "远程"}

#: 法律十进: the ten targets.
OUTREACH: Mapping[str, str] = {
    "organ": "机关",
    "institution": "单位",
    "village": "农村",
    "community": "社区",
    "school": "学校",
    "family": "家庭",
    "barracks": "军营",
    "enterprise": "企业",
    "market": "市场",
    "media": "媒体",
}

#: Files of a matter that is not a mediation.
FILES: Mapping[str, str] = {
    "petition": "信访材料",
    "signed_for": "签收回执",
    "opinion": "意见书",
    "evidence": "证据材料",
    "other": "其他材料",
}
#: What any file of a matter is called.
FILE_NAMES: Mapping[str, str] = {**ATTACHMENT_KINDS, **FILES}
