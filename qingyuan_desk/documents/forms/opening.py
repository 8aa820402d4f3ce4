"""Forms of the beginning: application, acceptance, not accepting, rights and duties, authority, disclosure."""

from __future__ import annotations

from qingyuan_desk.documents.forms.parts import (
    BLANK,
    Form,
    named,
    number,
    of_side,
    on,
    party,
    party_blocks,
    places,
    sealed,
    subject,
)
from qingyuan_desk.documents.forms.sheet import Entry, Place
from qingyuan_desk.domain.mediation.case import Mediation
from qingyuan_desk.domain.mediation.codes import GROUNDS, ORIGINS, PATHS, RESULTS
from qingyuan_desk.domain.visit import AUTHORITIES

_CIRCLED = "①②③④⑤⑥⑦⑧⑨"


def application(form: Form) -> None:
    """人民调解申请书 (《人民调解法》第十七条): both sides, the dispute in short, what is asked for."""
    page, mediation = form.page, form.case.mediation
    party_blocks(form, ("申请人", "被申请人"))
    page.part("纠纷简要情况", mediation.facts if mediation else "", form.rows(7))
    page.numbered("当事人申请事项", mediation.claims if mediation else (), 3)
    page.space(6)
    page.paragraph(form.say("voluntary"))
    page.signed(
        "申请人（签名盖章或按指印）", places(form, of_side(form.facts, "applicant"), ["申请人", "申请人"])
    )
    page.foot([on(mediation.applied_on if mediation else None)])


def acceptance(form: Form) -> None:
    """人民调解受理登记表: that the parties agreed, the kind of dispute, where it came from."""
    page, mediation = form.page, form.case.mediation
    when = (mediation.accepted_on or mediation.applied_on) if mediation else None
    page.at_right(f"编号：{number(form.facts)}")
    page.paragraph(form.say("lead", accepted=on(when), way=_way(form, mediation)))
    page.space(4)
    page.written([Entry("纠纷类型：", form.facts.dispute_type)])
    origins = [f"{_CIRCLED[place]}{name}" for place, name in enumerate(ORIGINS.values())]
    chosen = mediation.origin if mediation else ""
    page.choices("案件来源", origins, [code == chosen for code in ORIGINS])
    page.part("纠纷简要情况", mediation.facts if mediation else "", form.rows(6))
    page.signed("当事人（签名）", places(form, form.case.parties, ["申请人", "被申请人"]))
    sealed(form, ["登记人（签名）"], when)
    page.part("备注", "", 1)
    page.keep()
    page.note(form.say("note"))


def _way(form: Form, mediation: Mediation | None) -> str:
    """How the case came: on application, of the committee's own, or passed on by another organ."""
    if mediation is None:
        return form.say("open")
    if mediation.origin in ("application", "initiative"):
        return form.say(mediation.origin)
    return form.say("passed_on", origin=ORIGINS[mediation.origin])


def declined(form: Form) -> None:
    """不予受理告知书: why the committee cannot mediate, and where to go (《人民调解法》第二条、第三条、第十七条)."""
    page, mediation = form.page, form.case.mediation
    ground = GROUNDS.get(mediation.ground) if mediation else None
    page.paragraph(f"{named(of_side(form.facts, 'applicant') or form.case.parties)}：", indent=False)
    page.paragraph(form.say("lead", applied=on(mediation.applied_on if mediation else None)))
    reason(form, "decline", "理由")
    page.paragraph(form.say("decision", article=ground.article if ground else f"《人民调解法》第{BLANK}条"))
    other_ways(form, mediation)
    page.paragraph(form.say("close"))
    sealed(form, [form.say("received")], mediation.ended_on if mediation else None)
    page.note(form.say("note"))


def reason(form: Form, at: str, label: str) -> None:
    """Why it ends or is not begun, and what was said about it; every ground to tick on a blank form."""
    page, mediation = form.page, form.case.mediation
    if mediation is None:
        page.label(label)
        for each in GROUNDS.values():
            if each.at == at:
                page.choices("", [each.name], [False])
        page.part("说明", "", 2)
        return
    ground = GROUNDS.get(mediation.ground)
    page.part(
        label, f"{ground.name}（{ground.article}）。" if ground else f"{RESULTS[mediation.result]}。", 1
    )
    if mediation.explanation:
        page.paragraph(mediation.explanation)


def other_ways(form: Form, mediation: Mediation | None) -> None:
    """The ways that remain (《人民调解法》第二十六条): all of them, those meant for this case ticked."""
    form.page.label(form.say("paths"))
    chosen = mediation.paths if mediation else ()
    form.page.choices("", list(PATHS.values()), [code in chosen for code in PATHS])


def rights(form: Form) -> None:
    """当事人权利义务告知书: nature, principles, rights, duties, effect; signed by each party (第二十三条、第二十四条)."""
    page, words = form.page, form.words
    parties = form.case.parties
    page.paragraph(words.text("addressed") + (named(parties) or BLANK), indent=False, bold=True)
    page.paragraph(words.text("lead"))
    for part in words.sections("parts"):
        page.label(part.text("title"))
        for text in part.lines("text"):
            page.paragraph(text)
        page.items(part.lines("items"))
    confirm = words.section("confirm")
    page.space(4)
    page.paragraph(confirm.text("text"))
    page.signed(confirm.text("title"), places(form, parties, ["当事人", "当事人", "当事人", "当事人"]))
    sealed(form, ["告知人（签名）"], None)


def authority(form: Form) -> None:
    """授权委托书: whom a party sends, and what this person may do."""
    page = form.page
    each = subject(form, form.case.parties, "当事人")
    page.label("委托人")
    party(form, "", each, agent=False)
    page.label("受委托人")
    page.written(
        [Entry("姓名", each.agent if each else "", 4.4), Entry("性别", "", 1.7), Entry("年龄", "", 1.9)]
    )
    page.written([Entry("公民身份号码"), Entry("联系方式")])
    page.written([Entry("单位或住址")])
    page.written([Entry("与委托人的关系")])
    page.space(8)
    others = named([other for other in form.case.parties if other is not each])
    page.paragraph(form.say("lead", others=others or BLANK))
    given = each.authority if each else ""
    kinds = {code: name for code, name in AUTHORITIES.items() if code}
    page.space(4)
    page.choices("代理权限", list(kinds.values()), [code == given for code in kinds])
    for code in kinds:
        page.paragraph(form.say(code))
    page.paragraph(form.say("until"))
    page.signed(
        "委托人（签名盖章或按指印）",
        places(form, [each] if each else [], ["委托人"], alone=True),
    )
    page.signed("受委托人（签名或按指印）", [Place((each.agent if each else "") or "受委托人")])
    page.foot([on(None)])
    page.note(form.say("note"))


def disclosure(form: Form) -> None:
    """调解员回避事项披露及同意书: what binds a mediator to a party, and that every party agrees all the same."""
    page, facts = form.page, form.facts
    page.paragraph(f"{named(form.case.parties) or BLANK}：", indent=False)
    page.paragraph(form.say("lead"))
    told = [each for each in form.case.mediators if each.conflicts]
    if form.by_hand:
        page.written([Entry("人民调解员")])
        page.part("披露的事项", "", 6)
    elif not told:
        page.part("披露的事项", form.say("nothing", names="、".join(_mediators(form)) or BLANK), 1)
    for each in told:
        name = facts.names.get(each.mediator, each.mediator)
        page.numbered(f"人民调解员 {name} 披露的事项", each.conflicts, 1)
    page.label(form.say("promise_title"))
    page.items(form.words.lines("promise"))
    page.label(form.say("consent_title"))
    agreed = bool(told) and all(each.accepted for each in told)
    for text, ticked in ((form.say("agree"), agreed), (form.say("refuse"), False)):
        page.choices("", [text], [ticked])
    page.signed("当事人（签名盖章或按指印）", places(form, form.case.parties, ["申请人", "被申请人"]))
    sealed(form, ["人民调解员（签名）"], None)


def _mediators(form: Form) -> list[str]:
    return [form.facts.names.get(each.mediator, each.mediator) for each in form.case.mediators]
