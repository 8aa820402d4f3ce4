"""Sheets that go with a matter from one unit to another and come back: 转办单, 移送单, receipt, objection, return, reply."""

from __future__ import annotations

from collections.abc import Iterator

from qingyuan_desk.documents.forms.parts import BLANK, BLANK_DAY
from qingyuan_desk.documents.handling.boxes import (
    Box,
    addressed,
    between,
    boxes,
    brief,
    issued,
    joined,
    numbered,
    on,
    ticks,
    told,
    until,
    visitor,
    why,
)
from qingyuan_desk.documents.handling.parts import Form, subject
from qingyuan_desk.domain.handling.choices import taken_over
from qingyuan_desk.domain.handling.codes import MODES
from qingyuan_desk.domain.handling.records import Sending


def _sending(form: Form) -> Sending | None:
    return subject(form, form.case.sendings, "送案")


def transfer(form: Form) -> None:
    """转办单 (《信访工作条例》第二十二条第一款): labels as a county's three-ledger system prints them."""
    sent = _sending(form)
    numbered(form, sent.number if sent else "")
    addressed(form, form.unit(sent.unit) if sent else "")
    boxes(
        form.page,
        [Box("转办部门", "" if form.by_hand else form.facts.office.name)],
        [Box("主要事项及原因", _asked(form, sent), 9)],
        [
            Box("承办单位联系人", sent.receiver if sent else ""),
            Box("电话", sent.receiver_phone if sent else ""),
        ],
        [Box("承办责任人"), Box("转办时间", on(sent.sent_on if sent else None))],
        [Box("分管领导意见", "", 4, "签名")],
        [Box("主要领导意见", "", 4, "签名")],
        [Box("办理起止时间", between(sent.sent_on if sent else None, sent.limit_on if sent else None))],
        [Box("接件时间", on(sent.received_on if sent else None))],
        [Box("办理结果", sent.reply if sent else "", 6)],
    )
    _basis(form, sent)
    issued(form, ["转办人（签名）"], form.facts.office.name, sent.sent_on if sent else None)


def _asked(form: Form, sent: Sending | None) -> str:
    if sent is None:
        return ""
    return told(form) + (f"\n办理要求：{sent.requirement}" if sent.requirement else "")


def _basis(form: Form, sent: Sending | None) -> None:
    if sent:
        helping = joined(form, sent.co_units)
        form.page.note(form.say("basis", why=why(form, sent)) + (f"协办单位：{helping}。" if helping else ""))
    form.page.note(form.say("note"))


def hand_over(form: Form) -> None:
    """移送单: to the one responsible unit, with why it is this one (职责清单), what is asked, what goes along."""
    page, case, sent = form.page, form.case, _sending(form)
    numbered(form, sent.number if sent else "")
    addressed(form, form.unit(sent.unit) if sent else "")
    page.paragraph(form.say("lead" if sent is None or sent.listed else "approved"))
    page.space(4)
    boxes(
        page,
        [Box("事项编号", case.number), Box("登记日期", on(None if form.by_hand else case.opened_on))],
        [Box("来访人", visitor(form), 2)],
        [Box("反映事项", "" if form.by_hand else brief(form), 6)],
        [Box("主办单位", form.unit(sent.unit) if sent else "")],
        [Box("主办依据（职责清单、条款、版本）", why(form, sent), 3)],
        [Box("协办单位", joined(form, sent.co_units) if sent else "")],
        [Box("办理要求", sent.requirement if sent else "", 3)],
        [Box("移送日期", on(sent.sent_on if sent else None)), Box("办结期限", _finish(form, sent))],
        [Box("附送材料", "、".join(sent.materials) if sent else "", 2)],
        [
            Box("清单外交办批准人", (sent.approved_by or "清单内，不需要批准") if sent else ""),
            Box("移送人", "", 2),
        ],
    )
    page.items(form.words.lines("duties"))
    issued(form, ["接收人（签名）", "接收日期"], form.facts.office.name, sent.sent_on if sent else None)


def receipt(form: Form) -> None:
    """签收回执: the unit signs for it; from then on its own limits run (第二十三条第三款)."""
    page, case, sent = form.page, form.case, _sending(form)
    numbered(form, sent.number if sent else "")
    addressed(form, "" if form.by_hand else _sender(form, sent))
    unit = form.unit(sent.unit) if sent else ""
    mode = MODES[sent.mode] if sent else "转送、交办、移送"
    page.paragraph(
        form.say(
            "lead", unit=unit or BLANK, mode=mode, sent_on=on(sent.sent_on if sent else None) or BLANK_DAY
        )
    )
    page.space(4)
    boxes(
        page,
        [Box("送案文号", sent.number if sent else ""), Box("事项编号", case.number)],
        [Box("事项", case.title, 2)],
        [Box("送案方式", ticks(_RECEIVED, sent.mode if sent else ""))],
        [Box("收到材料", "、".join(sent.materials) if sent else "", 3)],
        [Box("份数、页数"), Box("附件核对", ticks({"yes": "与目录一致", "no": "不一致"}))],
        [
            Box("签收日期", on(sent.received_on if sent else None), 2),
            Box("签收人", sent.receiver if sent else "", 2),
        ],
        [Box("联系电话", sent.receiver_phone if sent else ""), Box("承办责任人")],
        *([Box(label, said)] for label, said in _limits(form, sent)),
    )
    page.note(form.say(f"note_{sent.mode}" if sent and sent.mode in _OTHERWISE else "note"))
    issued(form, ["签收人（签名）"], unit, sent.received_on if sent else None)


#: Modes of sending that the regulation on petitions does not rule.
_OTHERWISE = frozenset({"hand_over", "support"})
#: How a matter comes that is signed for.
_RECEIVED = {
    "forward": "转送",
    "assign": "交办",
    "hand_over": "移送",
    "support": "联动响应",
}


def _limits(form: Form, sent: Sending | None) -> Iterator[tuple[str, str]]:
    """The unit's own limits, by how the matter comes to it."""
    found = form.facts.clocks
    mode = sent.mode if sent else ""
    if mode == "support":
        yield "要求响应日期", _response(form, sent)
        return
    yield "提出异议末日", until(found.get("petition_objection")) or form.say("objection")
    if mode == "hand_over":
        yield "办结回复末日", _finish(form, sent)
        return
    yield "书面告知信访人末日", until(found.get("petition_notify_forwarded")) or form.say("notify")
    if mode == "assign":
        yield "反馈办理结果末日", on(sent.limit_on if sent else None)


def _finish(form: Form, sent: Sending | None) -> str:
    """By when the unit is to finish and reply."""
    if sent is None:
        return ""
    return on(sent.limit_on) or until(form.facts.clocks.get("handover_reply"))


def _sender(form: Form, sent: Sending | None) -> str:
    return form.unit(sent.sender) if sent and sent.sender else form.facts.office.name


def objection(form: Form) -> None:
    """异议书 (第二十三条第三款): within five working days, with the reason in detail; then what the verification found."""
    page, case, sent = form.page, form.case, _sending(form)
    numbered(form, sent.number if sent else "")
    addressed(form, "" if form.by_hand else form.facts.office.name)
    page.paragraph(form.say("lead"))
    page.space(4)
    verified = (
        "" if sent is None or sent.decided_on is None else ("yes" if sent.state == "returned" else "no")
    )
    boxes(
        page,
        [Box("送案文号", sent.number if sent else ""), Box("事项编号", case.number)],
        [Box("事项", case.title, 2)],
        [
            Box("签收日期", on(sent.received_on if sent else None)),
            Box("提出异议日期", on(sent.objected_on if sent else None)),
        ],
        [Box("提出异议末日", until(form.facts.clocks.get("petition_objection")))],
        [Box("异议理由（详细说明）", sent.objection if sent else "", 9)],
        [Box("建议承办单位及依据", form.unit(sent.suggested_unit) if sent else "", 2)],
        [Box("单位负责人意见", "", 3, "签名（盖章）")],
        [Box("核实结果", ticks(dict(form.words.rows("results", 2)), verified))],
        [Box("核实情况", sent.decision if sent and verified else "", 4)],
        [
            Box("核实人", sent.decided_by if sent else ""),
            Box("核实日期", on(sent.decided_on if sent else None)),
        ],
    )
    page.note(form.say("note"))


def returned(form: Form) -> None:
    """退回单: the material comes back, because an objection was agreed to, or the unit or the desk gives or takes it back."""
    page, case, sent = form.page, form.case, _sending(form)
    numbered(form, sent.number if sent else "")
    kind = "" if sent is None else _kind_of_return(sent)
    boxes(
        page,
        [Box("送案文号", sent.number if sent else ""), Box("事项编号", case.number)],
        [Box("事项", case.title, 2)],
        [Box("退回单位", form.unit(sent.unit) if sent else "")],
        [Box("接收单位", "" if form.by_hand else form.facts.office.name)],
        [
            Box("签收日期", on(sent.received_on if sent else None)),
            Box("退回日期", on(sent.ended_on if sent else None)),
        ],
        [Box("退回方式", ticks(dict(form.words.rows("kinds", 2)), kind))],
        [Box("退回理由", _reason(sent), 8)],
        [
            Box("核实人", sent.decided_by if sent else ""),
            Box("核实日期", on(sent.decided_on if sent else None)),
        ],
        [Box("交还材料", "、".join(sent.materials) if sent else "", 4)],
        [Box("建议承办单位", form.unit(sent.suggested_unit) if sent else "")],
        [Box("退回人（签名）", "", 2), Box("接收人（签名）", "", 2)],
    )
    page.note(form.say("note"))
    issued(form, [], form.unit(sent.unit) if sent else "", sent.ended_on if sent else None)


def _kind_of_return(sent: Sending) -> str:
    if sent.state == "recalled":
        return "recalled"
    return "objected" if sent.decided_on else "given_back"


def _reason(sent: Sending | None) -> str:
    return "\n".join(filter(None, [sent.objection, sent.decision])) if sent else ""


def reassigned(form: Form) -> None:
    """改派通知: another unit takes over; the first one hands on what it has. Subject: the new sending."""
    page, case, sent = form.page, form.case, _sending(form)
    before = taken_over(case, sent) if sent else None
    old = form.unit(before.unit) if before else ""
    new = form.unit(sent.unit) if sent else ""
    numbered(form, sent.number if sent else "")
    addressed(form, "、".join(filter(None, [old, new])))
    page.paragraph(
        form.say(
            "lead",
            reassigned=on(sent.sent_on) if sent else BLANK_DAY,
            old=old or BLANK,
            new=new or BLANK,
        )
    )
    page.space(4)
    boxes(
        page,
        [Box("事项编号", case.number), Box("改派日期", on(sent.sent_on if sent else None))],
        [Box("事项", case.title, 2)],
        [Box("原承办单位", old), Box("原送案文号", before.number if before else "")],
        [Box("改派后的单位", new), Box("新送案文号", sent.number if sent else "")],
        [Box("改派原因", before.decision if before else "", 5)],
        [Box("主办依据（职责清单、条款、版本）", why(form, sent), 3)],
        [Box("协办单位", joined(form, sent.co_units) if sent else "")],
        [
            Box("办理期限", on(sent.limit_on if sent else None)),
            Box("移交材料", "、".join(sent.materials) if sent else "", 2),
        ],
        [Box("原承办单位移交人（签名）", "", 3), Box("新承办单位接收人（签名）", "", 3)],
    )
    page.items(form.words.lines("duties"))
    issued(form, [], form.facts.office.name, sent.sent_on if sent else None)


def reply(form: Form) -> None:
    """回复单: what the unit answers."""
    sent = _sending(form)
    numbered(form, sent.reply_number if sent else "")
    addressed(form, "" if form.by_hand else form.facts.office.name)
    boxes(
        form.page,
        [Box("回复事项", _replied(form, sent), 3)],
        [Box("内容摘要", sent.reply if sent else "", 14)],
        [Box("联系人", sent.receiver if sent else ""), Box("电话", sent.receiver_phone if sent else "")],
        [Box("附件", "", 4)],
    )
    form.page.note(form.say("note"))
    issued(
        form,
        ["单位负责人（签名）"],
        form.unit(sent.unit) if sent else "",
        sent.replied_on if sent else None,
    )


def _replied(form: Form, sent: Sending | None) -> str:
    if sent is None:
        return ""
    return form.say("about", mode=MODES[sent.mode], sending=sent.number)


def support(form: Form) -> None:
    """联动响应请求单: a township asks a department of the district for what it cannot solve alone."""
    page, case, sent = form.page, form.case, _sending(form)
    numbered(form, sent.number if sent else "")
    addressed(form, form.unit(sent.unit) if sent else "")
    done = "\n".join(f"{on(each.on)}：{each.text}" for each in case.measures)
    boxes(
        page,
        [Box("请求乡镇", form.unit(sent.sender) if sent else "")],
        [Box("县级职能部门", form.unit(sent.unit) if sent else "")],
        [Box("请求日期", on(sent.sent_on if sent else None)), Box("事项编号", case.number)],
        [Box("主要事项", told(form), 6)],
        [Box("乡镇已做的工作", done, 5)],
        [Box("请求事项", sent.requirement if sent else "", 5)],
        [Box("要求响应日期", _response(form, sent))],
        [Box("联系人"), Box("联系电话")],
        [Box("乡镇主要领导意见", "", 4, "签名")],
        [
            Box("部门签收人", sent.receiver if sent else "", 2),
            Box("签收日期", on(sent.received_on if sent else None)),
        ],
    )
    page.note(form.say("note"))
    issued(form, [], form.unit(sent.sender) if sent else "", sent.sent_on if sent else None)


def _response(form: Form, sent: Sending | None) -> str:
    if sent is None:
        return ""
    return on(sent.limit_on) or until(form.facts.clocks.get("support_response")) or form.say("response")


def support_reply(form: Form) -> None:
    """联动响应回复单: what the department does about it, and whether it answered in time."""
    page, case, sent = form.page, form.case, _sending(form)
    numbered(form, sent.reply_number if sent else "")
    addressed(form, form.unit(sent.sender) if sent else "")
    boxes(
        page,
        [Box("回复部门", form.unit(sent.unit) if sent else "")],
        [Box("请求单文号", sent.number if sent else ""), Box("事项编号", case.number)],
        [
            Box("请求日期", on(sent.sent_on if sent else None)),
            Box("响应日期", on(sent.replied_on if sent else None)),
        ],
        [Box("要求响应日期", _response(form, sent)), Box("是否按期响应", _in_time(form, sent))],
        [Box("请求事项", sent.requirement if sent else "", 5)],
        [Box("响应情况及处理意见", sent.reply if sent else "", 11)],
        [Box("部门负责人意见", "", 5, "签名")],
        [Box("联系人", sent.receiver if sent else ""), Box("联系电话", sent.receiver_phone if sent else "")],
    )
    page.note(form.say("note"))
    issued(form, [], form.unit(sent.unit) if sent else "", sent.replied_on if sent else None)


def _in_time(form: Form, sent: Sending | None) -> str:
    """Whether it was answered by the day asked for; to tick where that is not known."""
    table = {"yes": "按期", "no": "逾期"}
    if sent is None or sent.replied_on is None or sent.limit_on is None:
        return ticks(table)
    return ticks(table, "yes" if sent.replied_on <= sent.limit_on else "no")
