"""Forms of agreeing: the written and the oral agreement, receipts, the call afterwards, judicial confirmation."""

from __future__ import annotations

from collections.abc import Sequence

from qingyuan_desk.documents.blocks import Column
from qingyuan_desk.documents.forms.parts import (
    BLANK,
    Form,
    counted,
    home,
    mediator_places,
    name_of,
    named,
    number,
    on,
    party_blocks,
    places,
    sealed,
    subject,
    sum_of,
)
from qingyuan_desk.documents.forms.sheet import Entry, Place
from qingyuan_desk.documents.parts import day
from qingyuan_desk.domain import money
from qingyuan_desk.domain.identity import SEXES
from qingyuan_desk.domain.mediation.case import Agreement, CaseParty, FollowUp, Instalment
from qingyuan_desk.domain.mediation.codes import CONTACT_WAYS, PERFORMANCES, SATISFACTIONS

_SCHEDULE = (
    Column("期次", 1, "middle"),
    Column("履行日期", 2.6, "middle"),
    Column("履行人", 2.2),
    Column("接受人", 2.2),
    Column("履行内容", 5.6),
)
_BOTH = ("当事人", "当事人")


def agreement(form: Form) -> None:
    """人民调解协议书 (《人民调解法》第二十九条)."""
    found = subject(form, form.case.agreements, "调解协议")
    _body(form, found)
    copies = (found.copies or len(form.case.parties) + 1) if found else 0
    page = form.page
    page.space(6)
    page.paragraph(form.say("copies", copies=counted(copies) if found else "　　"))
    if _replaces(form, found):
        page.paragraph(form.say("replaces"))
    page.paragraph(form.say("effect"))
    page.signed("当事人（签名盖章或按指印）", places(form, form.case.parties, _BOTH))
    sealed(
        form,
        [*mediator_places(form), "记录人（签名）"],
        (found.sealed_on or found.signed_on) if found else None,
    )
    if found and found.state != "draft":
        page.note(form.say("copy", effective=on(found.effective_on)))


def oral(form: Form) -> None:
    """人民调解口头协议登记表 (第二十八条、第三十条): filled in like an agreement, signed by the mediator."""
    found = subject(form, form.case.agreements, "调解协议")
    _body(form, found)
    form.page.space(6)
    form.page.paragraph(form.say("effect"))
    sealed(
        form,
        [*mediator_places(form), "记录人（签名）"],
        (found.effective_on or found.drafted_on) if found else None,
    )


def _body(form: Form, found: Agreement | None) -> None:
    """Who, what happened, what was disputed, what was agreed, how and until when it is performed."""
    page = form.page
    page.at_right(f"编号：{number(form.facts)}")
    party_blocks(form, _BOTH, "当事人")
    page.part("纠纷主要事实", found.facts if found else "", form.rows(6))
    page.part("争议事项", found.disputes if found else "", form.rows(3))
    page.space(4)
    page.numbered(form.say("agreed"), found.terms if found else (), 6)
    if found and found.amount:
        page.part("协议涉及金额", f"{sum_of(found.amount)}。", 1)
    _performance(form, found)


def _performance(form: Form, found: Agreement | None) -> None:
    """履行方式、时限, with the instalments as a table."""
    page = form.page
    said = [form.say("at_once")] if found and found.at_once else []
    said += [text for text in ((found.way, found.deadline) if found else ()) if text]
    schedule = [each for each in form.case.instalments if found and each.agreement == found.record_id]
    if said or not schedule:
        page.part("履行方式、时限", "\n".join(said), form.rows(3))
    else:
        page.label("履行方式、时限")
    if schedule:
        page.space(3)
        page.table(_SCHEDULE, [_line(form, place, each) for place, each in enumerate(schedule, 1)])
        total = sum(each.amount for each in schedule)
        page.space(3)
        if total:
            unit = "期" if all(each.amount for each in schedule) else "项"
            page.paragraph(form.say("total", count=counted(len(schedule)) + unit, total=sum_of(total)))


def _line(form: Form, place: int, each: Instalment) -> tuple[str, str, str, str, str]:
    content = f"{money.words(each.amount)}（{money.in_full(each.amount)}）" if each.amount else ""
    return (
        str(place),
        day(each.due_on),
        _who(form, each.payer),
        _who(form, each.payee),
        "\n".join(filter(None, [content, each.what])),
    )


def _who(form: Form, record_id: int) -> str:
    found = form.case.party(record_id)
    return found.name if found else ""


def _replaces(form: Form, found: Agreement | None) -> bool:
    """Whether it takes the place of an agreement that was in force."""
    return found is not None and any(
        each.version < found.version and each.state in ("effective", "superseded")
        for each in form.case.agreements
    )


def receipt(form: Form) -> None:
    """履行凭证（收条）: that one instalment was performed, how much until now, what is still open."""
    page = form.page
    each = subject(form, form.case.instalments, "履行款项")
    page.at_right(f"调解协议编号：{number(form.facts)}")
    page.space(6)
    if each is None:
        page.paragraph(form.say("open"))
    elif each.amount:
        page.paragraph(form.say("money", **_paid(form, each)))
        if each.paid_on and each.paid < each.amount:
            page.paragraph(form.say("rest", rest=sum_of(each.amount - each.paid)))
    else:
        page.paragraph(form.say("done", **_paid(form, each)))
    page.space(4)
    page.written([Entry("履行方式（现金、转账等）", each.proof if each else "")])
    page.written([Entry("约定的履行日期", day(each.due_on) if each else "")])
    page.space(6)
    page.paragraph(form.say("free"))
    payee, payer = (_one(form, each.payee if each else 0), _one(form, each.payer if each else 0))
    page.signed("收款（接受履行）人（签名盖章或按指印）", places(form, payee, ["收款人"]))
    page.signed("付款（履行）人（签名盖章或按指印）", places(form, payer, ["付款人"]))
    page.attested(["见证人（签名）"], [])
    page.foot([on(each.paid_on if each else None)])


def _paid(form: Form, each: Instalment) -> dict[str, str]:
    """What a receipt says: who, which instalment, what."""
    schedule = [other for other in form.case.instalments if other.agreement == each.agreement]
    return {
        "payer": _who(form, each.payer) or BLANK,
        "payee": _who(form, each.payee) or BLANK,
        "place": counted(schedule.index(each) + 1),
        "count": counted(len(schedule)),
        "paid": sum_of(each.paid if each.paid_on else each.amount),
        "what": each.what or BLANK,
        "paid_on": on(each.paid_on),
    }


def _one(form: Form, record_id: int) -> list[CaseParty]:
    found = form.case.party(record_id)
    return [found] if found else []


def follow_up(form: Form) -> None:
    """人民调解回访记录 (第三十一条): performance, satisfaction, danger of escalation, what was done."""
    page, facts = form.page, form.facts
    found = subject(form, form.case.follow_ups, "回访")
    asked = form.case.party(found.party) if found else None
    page.written([Entry("当事人", named([asked] if asked else form.case.parties), room=6)])
    page.written([Entry("调解协议编号", number(facts) if found else "", room=6)])
    page.written([Entry("回访事由", form.case.title or facts.dispute_type, room=6)])
    page.written([Entry("回访时间", on(found.done_on) if found else "", room=6)])
    how = found.how if found else ""
    page.choices("回访方式", list(CONTACT_WAYS.values()), [code == how for code in CONTACT_WAYS])
    page.label("回访情况")
    for label, names, chosen in (
        ("履行情况", PERFORMANCES, found.performance if found else ""),
        ("满意程度", SATISFACTIONS, found.satisfaction if found else ""),
    ):
        page.choices(label, list(names.values()), [code == chosen for code in names])
    if form.case.schedule:
        page.paragraph(_performed(form))
    page.part(
        "有无反悔、起诉、激化或者其他隐患", _told(form, found, found.danger if found else ""), form.rows(3)
    )
    page.part("采取的措施", _told(form, found, found.measures if found else ""), form.rows(3))
    page.signed("被回访人（签名或按指印）", [Place("被回访人")])
    page.attested(["回访人（签名）"], [])
    page.foot([on(found.done_on if found else None)])


def _told(form: Form, found: FollowUp | None, said: str) -> str:
    """What was written down, or that there was nothing, once the call was made."""
    return said or ("无。" if found and found.done_on else "")


def _performed(form: Form) -> str:
    """How many instalments of the agreement in force are performed, and how much was paid."""
    schedule = form.case.schedule
    done = [each for each in schedule if each.paid_on and each.paid >= each.amount]
    return form.say(
        "performed",
        count=counted(len(schedule)),
        done=counted(len(done)),
        paid=money.words(sum(each.paid for each in schedule)),
    )


def confirmation(form: Form) -> None:
    """司法确认申请书 (第三十三条; 司法确认程序的若干规定第三条): both parties ask the court together."""
    page, words = form.page, form.words
    found = subject(form, form.case.agreements, "调解协议")
    asked = [each for each in form.case.confirmations if found and each.agreement == found.record_id]
    for place, each in enumerate(form.case.parties or [None, None]):
        if place:
            page.space(4)
        _applicant(form, each)
    page.label("请求事项")
    page.paragraph(form.say("request", reached=_reached(found)))
    page.label("事实与理由")
    page.paragraph(
        form.say("reasons", reached=_reached(found), effective=on(found.effective_on if found else None))
    )
    if found:
        page.paragraph(form.say("terms"))
        page.items(found.terms)
    page.label("双方承诺")
    page.items(words.lines("promises"))
    page.label("附送材料")
    page.items(words.lines("attached"))
    page.space(4)
    page.paragraph("此致", indent=True)
    page.keep()
    page.paragraph(_court(form, found), indent=False, bold=True)
    page.signed("申请人（签名盖章或按指印）", places(form, form.case.parties, ["申请人", "申请人"]))
    page.foot([on(asked[-1].applied_on if asked else None)])


def _applicant(form: Form, each: CaseParty | None) -> None:
    """An applicant as courts want it: with document number and an address where papers can be served."""
    page, facts = form.page, form.facts
    if each and each.kind != "person":
        page.written([Entry("申请人名称", each.name)])
        page.written([Entry("统一社会信用代码", each.id_number)])
        page.written([Entry("代表人", each.representative), Entry("联系方式", each.phone)])
    else:
        page.written(
            [
                Entry("申请人姓名", each.name if each else "", 4.4),
                Entry("性别", SEXES.get(each.sex, each.sex) if each else "", 1.7),
                Entry("民族", each.ethnic if each else "", 2),
                Entry("出生日期", each.birth_date if each else "", 3.4),
            ]
        )
        page.written(
            [
                Entry("公民身份号码", each.id_number if each else "", 1.4),
                Entry("联系方式", each.phone if each else ""),
            ]
        )
    page.written([Entry("住址（送达地址）", home(facts, each) if each else "")])
    if each and each.agent:
        page.written([Entry("委托代理人", each.agent)])


def _reached(found: Agreement | None) -> str:
    """The day on which the agreement was reached."""
    return on((found.signed_on or found.effective_on or found.drafted_on) if found else None)


def proof(form: Form) -> None:
    """调解组织主持调解的证明: that the committee led the mediation of this agreement, for the court."""
    found = subject(form, form.case.agreements, "调解协议")
    page = form.page
    page.at_right(f"编号：{number(form.facts)}")
    page.space(8)
    page.paragraph(f"{_court(form, found)}：", indent=False)
    page.paragraph(
        form.say(
            "lead",
            accepted=on(form.case.mediation.accepted_on if form.case.mediation else None),
            mediators="、".join(_everybody(form)) or BLANK,
            reached=_reached(found),
            effective=on(found.effective_on if found else None),
        )
    )
    page.paragraph(form.say("voluntary"))
    page.paragraph(form.say("attached"))
    page.space(10)
    sealed(form, [], form.facts.printed_at.date() if found else None)


def _court(form: Form, found: Agreement | None) -> str:
    asked = [each for each in form.case.confirmations if found and each.agreement == found.record_id]
    return asked[-1].court if asked else form.say("court")


def _everybody(form: Form) -> Sequence[str]:
    return list(dict.fromkeys(name_of(form.facts, each.mediator) for each in form.case.appointments))
