"""Sheets of the desk and of those above it: 工作处理单, 交办单, 申报表, 呈报单, and the report of what is urgent.

The labels of the first four are those a county's three-ledger system (三本台账) prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

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
    visitor,
    why,
)
from qingyuan_desk.documents.handling.parts import Form, subject
from qingyuan_desk.documents.parts import moment
from qingyuan_desk.domain.handling.codes import CLOSINGS
from qingyuan_desk.domain.handling.records import Sending

#: 来件类型 of the sheet, and the sources (seeds/sources.csv) each stands for.
_ARRIVALS: Mapping[str, str] = {
    "submitted": "呈报件",
    "assigned": "交办件",
    "transferred": "转办件",
    "brought": "来电来信来访件",
}
_ARRIVED: Mapping[str, str] = {
    "walk_in": "brought",
    "township_report": "submitted",
    "transfer_petition_office": "assigned",
}
_TRANSFER = "transfer"


def processing(form: Form) -> None:
    """工作处理单（受理单）: what came in, what is proposed, what the leaders say, what became of it."""
    page, case, facts = form.page, form.case, form.facts
    main = [each for each in case.sendings if each.mode != "support"]
    sent = main[-1] if main else None
    came = moment(facts.visited_at) if facts.visited_at else ""
    boxes(
        page,
        [Box("编号", case.number), Box("来件时间", came)],
        [Box("台账类型", facts.category)],
        [Box("来件类型", ticks(_ARRIVALS, "" if form.by_hand else _arrival(case.source)))],
        [Box("本级拟办意见", _proposal(form, sent), 6, "拟办人")],
        [Box("分管领导意见", "", 6, "签名")],
        [Box("主要领导意见", "", 6, "签名")],
        [Box("办理结果", _result(form), 7)],
        [Box("接件时间", on(sent.received_on if sent else None)), Box("承办人签字", "", 2)],
    )
    if not form.by_hand:
        page.note(form.say("about"))


def _arrival(source: str) -> str:
    """How it came: by a report from below, assigned, transferred by another organ, or brought by the visitor."""
    return _ARRIVED.get(source) or ("transferred" if source.startswith(_TRANSFER) else "")


def _proposal(form: Form, sent: Sending | None) -> str:
    if form.by_hand:
        return ""
    if sent is None:
        return told(form)
    return f"{told(form)}\n{form.say('proposal', unit=form.unit(sent.unit), requirement=sent.requirement.rstrip('。') or form.say('as_usual'))}"


def _result(form: Form) -> str:
    """How it was closed, or what the unit replied."""
    ending = form.case.ending
    if ending:
        return f"{CLOSINGS[ending.kind]}（{on(ending.on)}）：{ending.reason}"
    replied = [each for each in form.case.sendings if each.reply]
    return replied[-1].reply if replied else ""


def assign(form: Form) -> None:
    """交办单 (《信访工作条例》第二十二条第一款第三项): with the day by which the result is to be reported."""
    page, sent = form.page, subject(form, form.case.sendings, "交办")
    boxes(
        page,
        [Box("编号", sent.number if sent else ""), Box("台账类型", form.facts.category)],
        [Box("会议期数"), Box("会议类型")],
        [Box("主要事项", told(form), 7)],
        [Box("会议议定事项摘要", sent.requirement if sent else "", 6)],
        [Box("主办单位", form.unit(sent.unit) if sent else "")],
        [Box("协办单位", joined(form, sent.co_units) if sent else "")],
        [
            Box("责任人"),
            Box("责任单位接件时间", on(sent.received_on if sent else None)),
        ],
        [Box("办理时限（起止）", between(sent.sent_on if sent else None, sent.limit_on if sent else None))],
        [
            Box("责任单位联系人", sent.receiver if sent else ""),
            Box("联系电话", sent.receiver_phone if sent else ""),
        ],
        [Box("协办单位联系人"), Box("联系电话")],
    )
    _basis(form, sent)
    issued(form, ["交办人（签名）"], form.facts.office.name, sent.sent_on if sent else None)


def _basis(form: Form, sent: Sending | None) -> None:
    """Why this unit, and what it must do by when, below the boxes."""
    if sent:
        form.page.note(form.say("basis", why=why(form, sent)))
    form.page.note(form.say("note"))


def application(form: Form) -> None:
    """申报表: a unit asks the joint conference (联席会议) to take a matter up."""
    page, office = form.page, form.facts.office
    boxes(
        page,
        [Box("编号", form.case.number), Box("申报时间", on(_today(form)))],
        [Box("申报单位（盖章）", "" if form.by_hand else office.name, 3)],
        [Box("申报主要事项及原因", told(form), 10)],
        [Box("申报单位主要领导意见（签名）", "", 6, "签名")],
        [Box("县台账办拟办意见", "", 6, "签名")],
        [Box("联席会议召集人审核意见", "", 6, "签名")],
        [Box("联系人", form.facts.clerk), Box("电话", "" if form.by_hand else office.phone)],
    )
    page.note(form.say("note"))


def submit(form: Form) -> None:
    """呈报单: a matter put before those above, with what this office thinks."""
    page, office = form.page, form.facts.office
    numbered(form, form.case.number)
    boxes(
        page,
        [Box("呈报单位", "" if form.by_hand else office.name)],
        [Box("呈报时间", on(_today(form))), Box("台账类型", form.facts.category)],
        [Box("主要事项及原因", told(form), 10)],
        [Box("单位工作意见", _opinion(form), 7, "单位负责人")],
        [Box("分管领导意见", "", 5, "签名")],
        [Box("主要领导意见", "", 5, "签名")],
        [Box("联系人", form.facts.clerk), Box("联系电话", "" if form.by_hand else office.phone)],
    )
    page.note(form.say("note"))


def _opinion(form: Form) -> str:
    """What was done so far (三到位一处理)."""
    return "\n".join(f"{on(each.on)}：{each.text}" for each in form.case.measures)


def _today(form: Form) -> date | None:
    """The day it is printed; room on a blank one."""
    return None if form.by_hand else form.facts.printed_at.date()


def urgent(form: Form) -> None:
    """紧急信访信息报告单 (第二十五条): to the local leadership, the competent organ, the joint conference, those above."""
    page, case, facts = form.page, form.case, form.facts
    alert = subject(form, case.alerts, "紧急报告")
    numbered(form, alert.number if alert else "")
    addressed(form, alert.to if alert else "")
    place = "，".join(filter(None, [facts.place, facts.room]))
    boxes(
        page,
        [Box("报告单位", "" if form.by_hand else facts.office.name)],
        [Box("报告时间", moment(alert.at) if alert else ""), Box("报告方式", alert.how if alert else "")],
        [Box("报告对象", alert.to if alert else ""), Box("接报人", alert.taken_by if alert else "")],
        [Box("事项编号", case.number), Box("事项类别", facts.category)],
        [Box("信访人", visitor(form))],
        [
            Box("人数", f"{case.headcount} 人" if case.headcount else ""),
            Box("发生时间", moment(facts.visited_at) if facts.visited_at else ""),
        ],
        [Box("地点", place)],
        [Box("主要诉求", brief(form), 4)],
        [Box("紧急情况", alert.text if alert else "", 5)],
        [Box("已采取的措施", alert.measures if alert else "", 4)],
        [Box("发展趋势及建议", "", 3)],
        [Box("领导批示", "", 4, "签名")],
        [Box("报送", ticks(dict(form.words.rows("copies", 2))))],
        [Box("联系人", facts.clerk), Box("联系电话", "" if form.by_hand else facts.office.phone)],
    )
    page.note(form.say("note"))
