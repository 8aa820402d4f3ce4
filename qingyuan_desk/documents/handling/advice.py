"""Consultation, legal aid, and the referral to a counsellor."""

from __future__ import annotations

from datetime import date

from qingyuan_desk.documents.blocks import Cell, Column, Tick
from qingyuan_desk.documents.forms.parts import BLANK, on
from qingyuan_desk.documents.forms.sheet import Entry
from qingyuan_desk.documents.handling.parts import (
    Form,
    addressed,
    choose,
    limit,
    numbered,
    sealed,
    served,
    subject,
)
from qingyuan_desk.documents.parts import day, moment, place_of
from qingyuan_desk.domain.handling.codes import (
    AID_AFFAIRS,
    AID_EXEMPT,
    ANSWERS,
    CONSULT_CHANNELS,
    REFERRAL_PURPOSES,
    SATISFACTIONS,
    STAGES,
)
from qingyuan_desk.domain.handling.records import LegalAid
from qingyuan_desk.domain.identity import SEXES, age_on
from qingyuan_desk.domain.visit import Person


def consult(form: Form) -> None:
    """法律咨询登记单: who asked (or that this was not told), the question, the answer, what came of it."""
    page = form.page
    found = subject(form, form.case.consultations, "咨询")
    main = form.facts.people[0] if form.facts.people else None
    named = main if found and not found.declined else None
    page.at_right(f"编号：{form.case.number or BLANK}")
    page.fields(
        [
            [("咨询时间", moment(found.asked_at) if found else ""), ("人群类别", form.facts.crowd)],
            [("咨询人", named.name if named else _unnamed(form)), ("性别、年龄", _sex_and_age(form, named))],
            [("联系电话", named.phone if named else ""), ("住址", named.address if named else "")],
            [("案由", form.facts.dispute_type), ("解答人", found.lawyer if found else "")],
        ]
    )
    if found and found.declined:
        page.note(form.say("declined"))
    page.space(4)
    for label, table, chosen in (
        ("咨询方式", CONSULT_CHANNELS, found.channel if found else ""),
        ("所处阶段", STAGES, found.stage if found else ""),
    ):
        choose(form, label, table, chosen)
    page.part("咨询内容", found.question if found else "", form.rows(4))
    page.part("解答意见", found.answer if found else "", form.rows(5))
    if found and found.articles:
        page.part("法律依据", found.articles, 1)
    choose(form, "处理结果", ANSWERS, found.result if found else "")
    page.written(
        [
            Entry("应咨询的部门", form.unit(found.organ) if found else ""),
            Entry("约期", moment(found.booked_for) if found and found.booked_for else ""),
        ]
    )
    page.choices("", [form.say("right")], [found is not None and found.aid_told])
    choose(form, "满意度", SATISFACTIONS, found.satisfaction if found else "")
    page.note(form.say("note"))
    page.attested(["咨询人（签名）", "解答人（签名）"], [])
    page.foot([on((found.answered_at or found.asked_at).date() if found else None)])


def _unnamed(form: Form) -> str:
    return "" if form.by_hand else "拒绝提供身份信息"


def _sex_and_age(form: Form, person: Person | None) -> str:
    if person is None:
        return ""
    said = [SEXES.get(person.sex, "")]
    if person.birth_date:
        said.append(f"{age_on(date.fromisoformat(person.birth_date), form.case.opened_on)}岁")
    return "，".join(filter(None, said))


def aid_guide(form: Form) -> None:
    """法律援助申请指引: what for, who need not show hardship, what to bring, how long it takes, where."""
    page, aid = form.page, form.case.aid
    page.paragraph(form.say("lead"))
    page.label(form.say("affairs"))
    for code, name in AID_AFFAIRS.items():
        if code != "none":
            page.choices("　", [name], [aid is not None and aid.affair == code])
    page.label(form.say("exempt"))
    for code, ground in AID_EXEMPT.items():
        name = f"{ground.name}（{ground.article.removeprefix('《法律援助法》')}）"
        page.choices("　", [name], [aid is not None and aid.exempt == code])
    page.label(form.say("bring_title"))
    page.items(form.words.lines("bring"))
    page.label(form.say("steps_title"))
    page.items(form.words.lines("steps"))
    page.label(form.say("where_title"))
    for each in form.facts.paths:
        if each.suggested:
            page.paragraph(place_of(each).replace("\n", "，") + "。")
    page.paragraph(form.say("here"))
    page.foot([form.facts.office.name, on(None if form.by_hand else form.facts.printed_at.date())])


def aid_lacking(form: Form) -> None:
    """法律援助申请补正告知书: everything that is lacking, told once (《法律援助法》第四十三条第二款)."""
    page = form.page
    found = subject(form, form.case.aids, "法律援助申请")
    numbered(form)
    addressed(form)
    page.paragraph(form.say("lead", applied=on(found.applied_on if found else None), affair=_affair(found)))
    lacking = found.lacking if found else ()
    rows: list[tuple[Cell, ...]] = [(str(place), name, "", Tick()) for place, name in enumerate(lacking, 1)]
    rows += [(str(len(lacking) + place), "", "", Tick()) for place in range(1, (2 if lacking else 6) + 1)]
    page.table(
        (
            Column("序号", 1, "middle"),
            Column("需要补充的材料或者作出的说明", 6),
            Column("要求", 4),
            Column("已补", 1.2),
        ),
        rows,
        least=2,
    )
    page.space(4)
    page.paragraph(form.say("by"))
    page.paragraph(form.say("quote"))
    page.paragraph(form.say("then", until=limit(form, "legalaid_decide")))
    page.paragraph(form.say("urgent"))
    sealed(form, found.told_on if found else None, ["告知人（签名）"])
    served(form)


def aid_decision(form: Form) -> None:
    """给予（不予）法律援助决定书 (《法律援助法》第四十三条、第四十九条)."""
    page = form.page
    found = subject(form, form.case.aids, "法律援助申请")
    numbered(form, found.number if found else "")
    addressed(form)
    page.paragraph(form.say("lead", applied=on(found.applied_on if found else None), affair=_affair(found)))
    for code in ("yes", "no"):
        page.choices("　", [form.say(code)], [found is not None and found.granted == code])
    if found is None or found.why or found.granted == "no":
        page.part(form.say("why"), found.why if found else "", form.rows(4))
    if found is None or found.granted == "yes":
        page.paragraph(form.say("then_yes", until=limit(form, "legalaid_assign")))
    if found and found.assigned_on:
        page.paragraph(form.say("assigned", assigned=day(found.assigned_on), lawyer=found.lawyer))
    if found is None or found.granted == "no":
        page.paragraph(form.say("remedy", bureau=form.unit("justice_bureau") if form.facts.units else BLANK))
    sealed(form, found.decided_on if found else None)
    served(form, found.number if found else "")


def _affair(found: LegalAid | None) -> str:
    """What the aid is asked for, without the number of its item."""
    if found is None:
        return BLANK
    name = AID_AFFAIRS.get(found.affair, "")
    return name.partition("：")[2] or "见申请表"


def referral(form: Form) -> None:
    """心理疏导转介单: purpose, consent, appointment, safety; no illness and nothing of the matter (《精神卫生法》第二十三条)."""
    page = form.page
    found = subject(form, form.case.referrals, "转介")
    page.at_right(f"事项编号：{form.case.number or BLANK}")
    page.paragraph(form.say("lead"))
    page.space(4)
    page.fields(
        [
            [("来访人", form.case.visitor), ("转介日期", day(found.on) if found else "")],
            [("监护人", found.guardian if found else ""), ("心理咨询师", found.counsellor if found else "")],
            [
                ("方式", {"site": "心理咨询室", "remote": "远程"}.get(found.mode, "") if found else ""),
                ("预约时间", moment(found.booked_for) if found and found.booked_for else ""),
            ],
        ],
        least=2,
    )
    page.space(4)
    choose(form, "转介目的", REFERRAL_PURPOSES, found.purpose if found else "")
    given = found is not None and found.consent
    guarded = found is not None and bool(found.guardian)
    page.choices("同意", form.words.lines("consent"), [given and not guarded, given and guarded])
    risky = found is not None and bool(found.risk)
    page.choices("安全提示", form.words.lines("safety"), [risky, found is not None and not risky])
    page.label(form.say("rules_title"))
    page.items(form.words.lines("rules"))
    page.written([Entry("本人（监护人）签名"), Entry("转介人（签名）")])
    page.foot([form.facts.office.name, on(found.on if found else None)])
    page.torn_off(lambda: _returned(form))


def _returned(form: Form) -> None:
    """What the counsellor sends back: that it took place, and nothing of what was said."""
    page = form.page
    page.centred(form.say("back"), 13, bold=True)
    page.written([Entry("事项编号", form.case.number), Entry("接待日期")])
    page.choices("就诊建议", form.words.lines("hospital"), [False, False])
    page.choices("后续", ["已结束", "另行预约"], [False, False])
    page.written([Entry("心理咨询师（签名）"), Entry("日期")])
