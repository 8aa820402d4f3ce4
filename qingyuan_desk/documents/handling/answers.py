"""The answer to a petition and what petitioners write: opinions, requests for review, withdrawal, settlement, a promise."""

from __future__ import annotations

from datetime import date

from qingyuan_desk.documents.blocks import Cell, Column, Tick
from qingyuan_desk.documents.forms.parts import BLANK, on
from qingyuan_desk.documents.forms.sheet import Entry, Place
from qingyuan_desk.documents.handling.parts import (
    Form,
    about,
    addressed,
    applicant,
    choose,
    limit,
    numbered,
    petitioner,
    received,
    sealed,
    served,
    signers,
    subject,
    until,
)
from qingyuan_desk.documents.parts import day
from qingyuan_desk.domain.handling.codes import LEVELS, MODES, OUTCOMES, REVIEWS
from qingyuan_desk.domain.handling.records import Opinion

_RIGHTS = {1: "petition_review_request", 2: "petition_recheck_request"}
_REQUESTS = {1: "投诉请求", 2: "复查请求", 3: "复核请求"}
_LEADS = {2: "lead_review", 3: "lead_recheck"}
_REMEDIES = {1: "remedy", 2: "remedy_review", 3: "remedy_recheck"}


def opinion(form: Form) -> None:
    """信访处理意见书 (第三十二条), 复查意见书, 复核意见书: request, facts, opinion, basis, remedy. A template until one is logged."""
    page = form.page
    found = subject(form, form.case.opinions, "意见书") if form.facts.subject else None
    level = found.level if found else 1
    numbered(form, found.number if found else "")
    addressed(form)
    page.paragraph(_lead(form, found))
    about(form)
    page.part(form.say("claims", request=_REQUESTS[level]), _claims(form, found), form.rows(3))
    page.part(form.say("facts"), "", 1 if found else 5)
    page.label(form.say("opinion", level=LEVELS[level]))
    table = OUTCOMES if level == 1 else REVIEWS
    choose(form, "　", table, found.outcome if found else "")
    if found and found.summary:
        page.paragraph(found.summary)
    else:
        page.writing(4)
    page.part(form.say("basis"), found.basis if found else "", 1 if found else 3)
    page.label(form.say("remedies_title"))
    organ = form.unit(found.organ) if found else "本机关、单位"
    last = limit(form, _RIGHTS.get(level, ""), "，最后一日为", "")
    page.paragraph(form.say(_REMEDIES[level], organ=organ, until=last))
    sealed(form, found.signed_on if found else None)
    page.note(form.say("copy" if found else "template"))
    if found:
        served(form, found.number)


def _lead(form: Form, found: Opinion | None) -> str:
    """What was asked of the organ, when, and who sent it on."""
    if found and found.level > 1:
        former = former_of(form, found.level)
        return form.say(
            _LEADS[found.level], former=former.number if former else BLANK, asked=on(found.asked_on)
        )
    sent = form.case.sending
    said = ""
    if sent and not form.by_hand:
        said = form.say("from", mode=MODES[sent.mode], sender=form.facts.office.name, sent=day(sent.sent_on))
    return form.say(
        "lead", received=on(received(form)), accepted=on(form.case.classified.accepted_on), **{"from": said}
    )


def _claims(form: Form, found: Opinion | None) -> str:
    if found and found.level > 1:
        return found.asked_why
    return form.case.narrative


def former_of(form: Form, level: int) -> Opinion | None:
    """The opinion before one of this level."""
    return next((each for each in reversed(form.case.opinions) if each.level == level - 1), None)


def review_request(form: Form) -> None:
    """复查申请书 (第三十五条), of the opinion that is its subject."""
    _request(form, 2)


def recheck_request(form: Form) -> None:
    """复核申请书 (第三十六条), of the review that is its subject."""
    _request(form, 3)


def _request(form: Form, level: int) -> None:
    page = form.page
    found = subject(form, form.case.opinions, "意见书")
    asked = next((each for each in form.case.opinions if found and each.level == level), None)
    organ = form.unit(found.organ) if found else ""
    former = found.number if found else ""
    applicant(form)
    page.label(form.say("target"))
    page.written([Entry("出具机关、单位", organ, 1), Entry("文号", former, 1)])
    page.written(
        [
            Entry("信访事项编号", form.case.number, 1),
            Entry("收到日期", on(found.served_on) if found else "", 1),
        ]
    )
    page.space(4)
    page.paragraph(form.say("lead", organ=organ or BLANK, former=former or BLANK))
    page.part(form.say("claims"), "", 2)
    page.part(form.say("reasons"), asked.asked_why if asked else "", 5)
    page.label(form.say("attached_title"))
    page.items(form.words.lines("attached"))
    last = until(form.facts.clocks.get(_RIGHTS[level - 1]))
    page.note(form.say("due", until=form.say("last", day=last) if last else ""))
    page.paragraph("此致", indent=True)
    page.paragraph(
        form.unit(asked.organ) if asked and asked.organ else "____________________（上一级机关、单位）",
        indent=False,
    )
    page.signed("申请人（签名盖章或按指印）", signers(form, "申请人"))
    page.foot([on(asked.asked_on if asked else None)])


def withdrawal(form: Form) -> None:
    """撤回信访事项声明: of the petitioner's own will."""
    page = form.page
    applicant(form, "声明人")
    page.space(4)
    page.paragraph(form.say("lead", received=on(received(form))))
    about(form)
    page.part(form.say("reason"), "", 3)
    page.label(form.say("declared_title"))
    page.items(form.words.lines("declared"))
    page.signed("声明人（签名盖章或按指印）", signers(form, "声明人"))
    page.attested(["见证人（工作人员签名）"], [])
    page.foot([on(None)])


def settlement(form: Form) -> None:
    """和解（调解）协议书 (第三十三条): both sides, what they agree on, who helped."""
    page, case = form.page, form.case
    others = [each.name for each in case.opponents]
    places = [Place(each.name, sealed=each.kind != "person") for each in case.opponents] or [Place("乙方")]
    page.at_right(f"信访事项编号：{case.number or BLANK}")
    page.written([Entry("甲方（信访人）", "" if form.by_hand else petitioner(form), room=8)])
    page.written([Entry("乙方", "、".join(others), room=8)])
    page.choices(form.say("how"), ["自愿和解", "调解"], [False, False])
    page.paragraph(form.say("lead"))
    page.part(form.say("facts"), case.title, form.rows(3))
    page.numbered(form.say("agreed"), (), 3)
    page.part(form.say("way"), "", 2)
    page.space(4)
    page.paragraph(form.say("close"))
    page.note(form.say("people"))
    page.signed(
        "双方当事人（签名盖章或按指印）",
        [*signers(form, "甲方"), *places],
    )
    sealed(form, None, ["见证人（签名）"])


def promise(form: Form) -> None:
    """告知承诺书: a written promise in the place of materials the table lets it stand in for."""
    page, facts = form.page, form.facts
    promised = [each for each in facts.materials if each.promise]
    page.at_right(f"事项编号：{form.case.number or BLANK}")
    applicant(form, "承诺人")
    page.space(4)
    page.paragraph(form.say("lead"))
    rows: list[tuple[Cell, ...]] = [
        (Tick(), str(place), each.name, each.note) for place, each in enumerate(promised, 1)
    ]
    rows += [(Tick(), str(len(promised) + place), "", "") for place in range(1, (2 if promised else 4) + 1)]
    page.table(
        (Column("选择", 1), Column("序号", 1, "middle"), Column("以承诺代替的材料", 5), Column("说明", 5)),
        rows,
        least=2,
    )
    page.label(form.say("told_title"))
    page.items(form.words.lines("told"))
    page.label(form.say("promised_title"))
    page.items(form.words.lines("promised"))
    page.signed("承诺人（签名盖章或按指印）", signers(form, "承诺人"))
    page.attested(["告知人（工作人员签名）"], [])
    page.foot([on(_today(form))])
    page.note(form.say("copies"))


def _today(form: Form) -> date | None:
    return None if form.by_hand else form.facts.printed_at.date()
