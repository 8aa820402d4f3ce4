"""Sheets that press a unit and judge it: 催办函, 督办单 with yellow and red cards, a township's rating of a department."""

from __future__ import annotations

from qingyuan_desk.documents.blocks import Column
from qingyuan_desk.documents.forms.parts import BLANK, BLANK_DAY
from qingyuan_desk.documents.handling.boxes import Box, addressed, boxes, issued, numbered, on, ticks
from qingyuan_desk.documents.handling.parts import Form, subject
from qingyuan_desk.domain.handling.codes import MODES, SATISFACTIONS, TRISTATE, URGES
from qingyuan_desk.domain.handling.records import Sending, Urge

_HISTORY = (
    Column("日期", 2.9),
    Column("种类", 1.7),
    Column("文号", 3.4),
    Column("事由", 3.6),
    Column("回复情况", 3.1),
)


def remind(form: Form) -> None:
    """催办函: a letter that says what is late, what was urged before, and by when to answer."""
    page, urge = form.page, subject(form, form.case.urges, "催办")
    sent = _sending(form, urge)
    numbered(form, urge.number if urge else "")
    addressed(form, form.unit(urge.unit) if urge else "")
    page.paragraph(
        form.say(
            "lead",
            sent_on=on(sent.sent_on) if sent else BLANK_DAY,
            mode=MODES[sent.mode] if sent else "转送、交办、移送",
            sending=sent.number if sent else BLANK,
        )
    )
    page.paragraph(urge.cause if urge else form.say("cause"))
    page.paragraph((urge.requirement if urge else "") or form.say("requirement"))
    page.paragraph(form.say("reply_by", reply_by=on(urge.reply_by) if urge and urge.reply_by else BLANK_DAY))
    _history(form, urge)
    page.paragraph(form.say("close"))
    page.note(form.say("note"))
    issued(form, ["承办单位签收（签名）"], form.facts.office.name, urge.sent_on if urge else None)


def card(form: Form) -> None:
    """黄牌、红牌督办单 (《信访工作条例》第四十条): what is late, all urges so far, what is demanded, the points it costs."""
    page, case, urge = form.page, form.case, subject(form, form.case.urges, "督办")
    sent = _sending(form, urge)
    numbered(form, urge.number if urge else "")
    addressed(form, form.unit(urge.unit) if urge else "")
    points = f"{urge.points} 分" if urge and urge.points else form.say("points")
    boxes(
        page,
        [Box("督办种类", URGES[form.kind]), Box("考核扣分", points)],
        [Box("事项编号", case.number), Box("送案文号", sent.number if sent else "")],
        [Box("事项", case.title, 2)],
        [
            Box("送出日期", on(sent.sent_on if sent else None)),
            Box("办理期限", on(sent.limit_on if sent else case.classified.finish_on)),
        ],
        [Box("督办事由", urge.cause if urge else "", 3)],
        [
            Box(
                "督办要求",
                (urge.requirement if urge else "") or ("" if form.by_hand else form.say("requirement")),
                3,
            )
        ],
        [
            Box("督办日期", on(urge.sent_on if urge else None)),
            Box("回复期限", on(urge.reply_by if urge else None)),
        ],
    )
    _history(form, urge)
    boxes(
        page,
        [Box("督办单位领导意见", "", 4, "签名")],
        [Box("承办单位整改情况", urge.reply if urge else "", 5, "承办单位负责人")],
    )
    page.note(form.say("note"))
    issued(form, ["承办单位签收（签名）"], form.facts.office.name, urge.sent_on if urge else None)


def _sending(form: Form, urge: Urge | None) -> Sending | None:
    """The sending the unit is urged about: its last one."""
    if urge is None:
        return None
    return next((each for each in reversed(form.case.sendings) if each.unit == urge.unit), None)


def _history(form: Form, urge: Urge | None) -> None:
    """What this unit was urged before in this matter; lines to write on in a blank one, nothing where it is the first."""
    earlier = [
        each
        for each in form.case.urges
        if urge and each.unit == urge.unit and each.record_id < urge.record_id
    ]
    if not earlier and not form.by_hand:
        form.page.space(4)
        form.page.paragraph(form.say("first"))
        return
    form.page.label(form.say("history"))
    rows = [(on(each.sent_on), URGES[each.kind], each.number, each.cause, _answer(each)) for each in earlier]
    form.page.table(_HISTORY, rows or [("",) * len(_HISTORY)] * 2, least=1 if rows else 2)
    form.page.space(4)


def _answer(urge: Urge) -> str:
    if urge.cancelled_on:
        return f"{on(urge.cancelled_on)}取消：{urge.cancelled_why}"
    return f"{on(urge.replied_on)}：{urge.reply}" if urge.replied_on else "未回复"


def unit_rating(form: Form) -> None:
    """乡镇评价部门表: a township says how a department of the district answered it."""
    page, case = form.page, form.case
    rating = subject(form, case.ratings, "评价")
    sent = next((each for each in reversed(case.sendings) if rating and each.unit == rating.unit), None)
    levels = {code: name for code, name in SATISFACTIONS.items() if code != "refused"}
    boxes(
        page,
        [Box("评价乡镇", form.unit(rating.rater) if rating else "")],
        [Box("被评价部门", form.unit(rating.unit) if rating else "")],
        [Box("事项编号", case.number), Box("送案（请求）文号", sent.number if sent else "")],
        [Box("事项", case.title, 3)],
        [
            Box("送出（请求）日期", on(sent.sent_on if sent else None)),
            Box("响应日期", on(sent.replied_on if sent else None)),
        ],
        [
            Box(
                "响应是否及时",
                ticks(_IN_TIME, rating.in_time if rating else ""),
            )
        ],
        [Box("评价", ticks(levels, rating.satisfaction if rating else ""))],
        [Box("评价说明、意见建议", rating.note if rating else "", 12)],
        [Box("评价人（签名）", "", 3), Box("评价日期", on(rating.on if rating else None), 3)],
    )
    page.note(form.say("note"))
    issued(form, [], form.unit(rating.rater) if rating else "", rating.on if rating else None)


_IN_TIME = {code: name for code, name in TRISTATE.items() if code}
