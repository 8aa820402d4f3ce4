"""What the codes of a mediation are called in Chinese, with the article or source of those that have one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: 案件来源 of the official table (LP §1.9); the court and the police must point to mediation (《人民调解法》第十八条).
ORIGINS: Mapping[str, str] = {
    "application": "当事人申请",
    "initiative": "人民调解委员会主动调解",
    "court": "法院委托移送",
    "procuratorate": "检察院委托移送",
    "police": "公安机关委托移送",
    "petition_office": "信访部门委托移送",
    "other_unit": "其他部门委托移送",
}
#: 调解主体 of the official table (LP §1.9): whose committee mediates.
BODIES: Mapping[str, str] = {
    "village": "村调委会",
    "residents": "居调委会",
    "township": "乡镇调委会",
    "street": "街道调委会",
    "enterprise": "企事业单位调委会",
    "society": "社会团体和其他组织调委会",
}
SIDES: Mapping[str, str] = {"applicant": "申请人", "respondent": "被申请人", "third": "第三人"}
PARTY_KINDS: Mapping[str, str] = {"person": "个人", "company": "企业/组织", "organ": "机关单位"}
CONSENTS: Mapping[str, str] = {"": "未答复", "agreed": "同意调解", "refused": "拒绝调解"}
CONTACT_WAYS: Mapping[str, str] = {
    "phone": "电话",
    "face": "当面",
    "visit": "上门",
    "message": "短信或微信",
    "letter": "书面",
}
#: 疑难复杂案件 is a column of the official table; 以案定补 pays by it.
DIFFICULTIES: Mapping[str, str] = {"simple": "简易", "general": "一般", "complex": "疑难复杂"}
#: 《人民调解法》第十九条: named by the committee, or chosen by the parties.
CHOSEN_BY: Mapping[str, str] = {"assigned": "调委会指定", "parties": "当事人选择"}
SESSION_KINDS: Mapping[str, str] = {"mediation": "调解", "investigation": "调查"}
MODES: Mapping[str, str] = {"site": "现场", "phone": "电话", "video": "远程视频"}
SESSION_STATES: Mapping[str, str] = {"planned": "已约定", "held": "已进行", "cancelled": "已取消"}
OUTCOMES: Mapping[str, str] = {"adjourned": "另行约期", "agreed": "达成一致", "failed": "未达成一致"}
NOTE_KINDS: Mapping[str, str] = {
    "fact": "事实",
    "undisputed": "无争议事实",
    "claim": "诉求",
    "offer": "方案",
    "concession": "让步",
    "caucus": "背对背谈话",
}
#: Notes that never stand on a paper the other side sees (特邀调解规定第二十二条: 让步不得作为不利证据).
PRIVATE_NOTES = frozenset({"offer", "concession", "caucus"})
ATTACHMENT_KINDS: Mapping[str, str] = {
    "identity": "当事人身份证明",
    "authority": "授权委托书",
    "evidence": "证据材料",
    "signed": "已签署的文书",
    "receipt": "履行凭证",
    "confirmation": "司法确认材料",
    "other": "其他材料",
}
AGREEMENT_FORMS: Mapping[str, str] = {"written": "书面协议", "oral": "口头协议"}
AGREEMENT_STATES: Mapping[str, str] = {
    "draft": "草拟中",
    "effective": "已生效",
    "superseded": "已被替代",
    "discarded": "已改的草稿",
}
RESULTS: Mapping[str, str] = {
    "": "办理中",
    "agreed": "调解成功",
    "failed": "调解不成",
    "withdrawn": "当事人撤回",
    "declined": "不予受理",
}
PERFORMANCES: Mapping[str, str] = {"full": "已全部履行", "partial": "部分履行", "none": "未履行"}
SATISFACTIONS: Mapping[str, str] = {
    "satisfied": "满意",
    "fairly": "基本满意",
    "unsatisfied": "不满意",
    "declined": "不愿评价",
}
CONFIRMATION_RESULTS: Mapping[str, str] = {
    "": "等待裁定",
    "confirmed": "裁定有效",
    "rejected": "裁定驳回",
    "not_accepted": "不予受理",
    "withdrawn": "撤回申请",
}
#: The four 防止… of the official table (LP §1.9).
PREVENTIONS: Mapping[str, str] = {
    "suicide": "防止民间纠纷引起自杀",
    "criminal": "防止民间纠纷转化为刑事案件",
    "petition": "防止群体性上访",
    "fight": "防止群体性械斗",
}
#: 保管期限; the Act fixes none, the committee decides by kind of dispute and content (LP §1.8).
RETENTIONS: Mapping[str, str] = {"short": "短期（30年）", "long": "长期（60年）", "permanent": "永久"}
CLOSINGS: Mapping[str, str] = {"substantial": "实质性化解", "stage": "阶段性化解", "procedural": "程序性办结"}


@dataclass(frozen=True)
class Ground:
    """Why a mediation ends without agreement, or is not begun. article: the rule behind it.

    at: "end", "decline", or "withdraw": what one party may ask for at any time is an end, not a taking back.
    """

    name: str
    article: str
    at: str = "end"


#: LP §1.7: grounds of termination (第二十六条 with local rules), and of not accepting.
GROUNDS: Mapping[str, Ground] = {
    "refused": Ground("当事人一方明确拒绝调解", "《人民调解法》第十七条、第二十三条"),
    "stopped": Ground("当事人一方要求终止调解", "《人民调解法》第二十三条第二项"),
    "withdrawn": Ground("当事人撤回申请", "《人民调解法》第二十三条第二项", "withdraw"),
    "no_agreement": Ground("当事人意见分歧，无法达成协议", "《人民调解法》第二十六条"),
    "expired": Ground("期限届满未达成协议，当事人不同意延长", "《人民调解法》第二十六条"),
    "unreachable": Ground("一方当事人无法联系或者无正当理由不参加", "《人民调解法》第二十六条"),
    "untruthful": Ground(
        "当事人隐瞒重要事实、提供虚假情况或者故意拖延", "《人民调解法》第二十四条、第二十六条"
    ),
    "collusion": Ground("当事人恶意串通，损害他人或者公共利益", "《人民调解法》第三条、第二十六条"),
    "hard": Ground("其他难以继续调解的情形", "《人民调解法》第二十六条"),
    "in_court": Ground("人民法院、仲裁机构已经受理或者处理", "《人民调解法》第三条第三项", "decline"),
    "special_organ": Ground("法律规定只能由专门机关管辖处理", "《人民调解法》第二条、第三条", "decline"),
    "no_dispute": Ground("不属于民间纠纷", "《人民调解法》第二条", "decline"),
    "no_consent": Ground("当事人不同意调解", "《人民调解法》第十七条", "decline"),
}

#: 告知当事人可以依法通过仲裁、行政、司法等途径维护自己的权利 (《人民调解法》第二十六条).
PATHS: Mapping[str, str] = {
    "arbitration": "申请仲裁",
    "administrative": "请求行政机关处理",
    "lawsuit": "向人民法院起诉",
    "legal_aid": "申请法律援助",
    "again": "双方同意后再次申请调解",
}
