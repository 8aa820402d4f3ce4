"""Notices to petitioners: where the matter went, whether it is accepted, what else is open to them."""

from __future__ import annotations

from datetime import date

from qingyuan_desk.documents.blocks import Cell, Column, Tick
from qingyuan_desk.documents.forms.parts import BLANK, on
from qingyuan_desk.documents.forms.sheet import Entry
from qingyuan_desk.documents.handling.lawful import where
from qingyuan_desk.documents.handling.parts import (
    Form,
    about,
    addressed,
    limit,
    notice,
    numbered,
    received,
    sealed,
    served,
    subject,
    until,
)
from qingyuan_desk.documents.parts import day
from qingyuan_desk.domain.handling.codes import MODES, REFUSALS, Ground
from qingyuan_desk.domain.handling.records import Sending


def forwarded(form: Form) -> None:
    """转送（交办）告知单: where the matter went and what the petitioner will be told (第二十二条、第二十三条第三款)."""
    page = form.page
    sent = subject(form, form.case.sendings, "转送（交办）")
    numbered(form, sent.number if sent else "")
    addressed(form)
    handed = sent is not None and sent.mode == "hand_over"
    page.paragraph(form.say("lead_handed" if handed else "lead"))
    about(form, *_unit_rows(form, sent))
    page.paragraph(_sent(form, sent))
    if sent and sent.mode == "forward":
        page.paragraph(form.say("township" if _is_township(form, sent.unit) else "county"))
    page.label(form.say("told_title"))
    page.paragraph(
        form.say("told_handed") if handed else form.say("told", day=limit(form, "petition_notify_forwarded"))
    )
    page.label(form.say("ask_title"))
    page.items(form.words.lines("ask_handed" if handed else "ask"))
    page.paragraph(form.say("close"))
    sealed(form, sent.sent_on if sent else None)
    served(form, sent.number if sent else "")


def _unit_rows(form: Form, sent: Sending | None) -> list[list[tuple[str, str]]]:
    """The unit that has it now, those that help, and how it is asked."""
    if sent is None:
        return [[("主办单位", ""), ("联系电话", "")], [("协办单位", "")]]
    unit = form.facts.units.get(sent.unit)
    rows = [[("主办单位", form.unit(sent.unit)), ("联系电话", unit.phone if unit else "")]]
    if unit and unit.place:
        rows.append([("单位地址", unit.place)])
    if sent.co_units:
        rows.append([("协办单位", "、".join(form.unit(each) for each in sent.co_units))])
    return rows


def _sent(form: Form, sent: Sending | None) -> str:
    if sent is None:
        return form.say("open")
    return form.say(
        sent.mode if sent.mode in ("assign", "hand_over") else "forward",
        sent=day(sent.sent_on),
        unit=form.unit(sent.unit),
        limit=on(sent.limit_on),
    )


def _is_township(form: Form, code: str) -> bool:
    unit = form.facts.units.get(code)
    return unit is not None and unit.kind == "township"


def acceptance(form: Form) -> None:
    """受理告知书: accepted by whom, in which way it is handled, by when (第二十三条、第三十一条、第三十四条)."""
    page, petition = form.page, form.case.classified
    numbered(form, petition.acceptance_number)
    addressed(form)
    page.paragraph(
        form.say(
            "lead", received=on(received(form)), accepted=on(petition.accepted_on), **{"from": _from(form)}
        )
    )
    about(
        form,
        [("受理单位", form.unit(petition.accepted_by)), ("联系电话", _phone(form, petition.accepted_by))],
    )
    page.label(form.say("way_title"))
    page.items([form.words.section("ways").text(_way(form)), *_limits(form), form.say("again")])
    page.paragraph(form.say("close"))
    sealed(form, petition.accepted_on)
    served(form, petition.acceptance_number)


def _way(form: Form) -> str:
    """Which text says how it is handled."""
    petition = form.case.classified
    if form.by_hand:
        return "open"
    return petition.way or ("suggestion" if petition.kind == "suggestion" else "handed")


def _limits(form: Form) -> list[str]:
    """By when it is finished, and the remedy: only the sixth item has the sixty days and the review."""
    way, sent = form.case.classified.way, form.case.sending
    if form.by_hand or way == "opinion":
        return [form.say("limit", until=limit(form, "petition_finish")), form.say("remedy")]
    if way:
        return [form.say("other_limit")]
    return [form.say("asked", day=day(sent.limit_on))] if sent and sent.limit_on else []


def _from(form: Form) -> str:
    """Who sent it on to the unit that accepts it."""
    sent = form.case.sending
    if form.by_hand or sent is None:
        return ""
    return form.say("from", mode=MODES[sent.mode], sender=form.facts.office.name, sent=day(sent.sent_on))


def _phone(form: Form, code: str) -> str:
    unit = form.facts.units.get(code)
    return unit.phone if unit else ""


def refusal(form: Form) -> None:
    """不予受理告知书: the ground with its article, and the lawful way (第十九条、第二十条、第二十三条、第三十一条)."""
    page, petition = form.page, form.case.classified
    ground = REFUSALS.get(petition.ground)
    numbered(form)
    addressed(form)
    page.paragraph(form.say("lead", received=on(received(form))))
    if form.by_hand:
        page.written([Entry("信访事项编号"), Entry("信访事项")])
    else:
        about(form)
    _grounds(form, ground)
    page.paragraph(form.say("decision", article=ground.article if ground else f"《信访工作条例》第{BLANK}条"))
    if ground:
        filled = form.filled(
            organ=form.unit(petition.organ) or _organs(form), former=_former(form, "refusal") or BLANK
        )
        texts = filled.section("grounds").section(petition.ground)
        page.label(form.say("quote_title"))
        page.paragraph(texts.text("quote"))
        page.label(form.say("way_title"))
        page.paragraph(texts.text("way"))
        if petition.paths:
            where(form)
    else:
        page.part(form.say("way_title"), "", 1)
    page.note(form.say("upward"))
    page.paragraph(form.say("close"))
    sealed(form, petition.refused_on)
    served(form)


def _grounds(form: Form, ground: Ground | None) -> None:
    """The reason, and what was said about it; every ground to tick on a blank form."""
    page = form.page
    if ground is None:
        page.space(4)
        page.table(
            (Column("选择", 1), Column("事由", 8.6), Column("《信访工作条例》", 3.8)),
            [
                (Tick(), each.name, each.article.removeprefix("《信访工作条例》"))
                for each in REFUSALS.values()
            ],
        )
        page.space(3)
        return
    page.label("理由")
    page.paragraph(f"{ground.name}。")
    if form.case.classified.explanation:
        page.paragraph(form.case.classified.explanation)


def _organs(form: Form) -> str:
    """Those who decide on the ways that were named."""
    return (
        "、".join(dict.fromkeys(each.organ for each in form.facts.paths if each.suggested))
        or "有权处理的机关、单位"
    )


def _former(form: Form, kind: str) -> str:
    """The number of the opinion a notice of this kind was about."""
    told = notice(form, kind)
    return told.number if told else ""


def no_more(form: Form) -> None:
    """不再受理告知书: rechecked, the same facts and reasons; help goes on (第三十六条第三款、第三十七条)."""
    page, petition = form.page, form.case.classified
    rechecked = next((each for each in reversed(form.case.opinions) if each.level == 3), None)
    signed = f"，{day(rechecked.signed_on)}" if rechecked and rechecked.signed_on else ""
    number = _former(form, "no_more") or (rechecked.number if rechecked else "")
    organ = petition.organ or (rechecked.organ if rechecked else "")
    numbered(form)
    addressed(form)
    page.paragraph(
        form.say(
            "lead",
            received=on(received(form)),
            organ=form.unit(organ) or BLANK,
            former=number or f"{BLANK}号",
            signed=signed,
        )
    )
    about(form)
    page.label(form.say("quote_title"))
    page.paragraph(form.say("quote"))
    page.paragraph(form.say("decision"))
    page.label(form.say("help_title"))
    page.paragraph(form.say("help"))
    if petition.explanation and petition.ground == "no_more":
        page.paragraph(petition.explanation)
    elif form.by_hand:
        page.writing(2)
    page.paragraph(form.say("close"))
    sealed(form, petition.refused_on)
    served(form)


def extension(form: Form) -> None:
    """延期告知书: why, who approved, the new last day (第三十四条)."""
    page, petition = form.page, form.case.classified
    found = subject(form, form.case.extensions, "延期")
    numbered(form, found.number if found else "")
    addressed(form)
    page.paragraph(
        form.say(
            "lead",
            received=on(received(form)),
            accepted=on(petition.accepted_on),
            former=limit(form, "petition_finish"),
        )
    )
    about(form)
    page.part(form.say("reason"), found.reason if found else "", form.rows(4))
    page.paragraph(
        form.say(
            "decision",
            approver=f"本机关、单位负责人{found.approved_by}" if found else "本机关、单位负责人",
            days=str(found.days) if found else "　　",
            until=_extended(form, found.until if found else None),
        )
    )
    page.label(form.say("quote_title"))
    page.paragraph(form.say("quote"))
    page.paragraph(form.say("remedy"))
    page.paragraph(form.say("close"))
    sealed(form, found.approved_on if found else None)
    served(form, found.number if found else "")


def _extended(form: Form, last: date | None) -> str:
    return until(form.facts.clocks.get("petition_extension")) or on(last)


def supplement(form: Form) -> None:
    """退回补正清单: everything that is lacking, told once; boxes to tick at the desk."""
    page, materials = form.page, form.facts.materials
    addressed(form)
    page.paragraph(form.say("lead", received=on(received(form))))
    about(form)
    rows: list[tuple[Cell, ...]] = [
        (
            str(place),
            each.name,
            "必须" if each.required else "按需",
            "可以" if each.promise else "—",
            Tick(each.brought),
            Tick(each.missing),
            each.note,
        )
        for place, each in enumerate(materials, 1)
    ]
    free = 3 if rows else 8
    rows += [(str(len(rows) + place), "", "", "", Tick(), Tick(), "") for place in range(1, free + 1)]
    page.table(
        (
            Column("序号", 1, "middle"),
            Column("材料名称", 4.2),
            Column("要求", 1.1, "middle"),
            Column("告知承诺", 1.8, "middle"),
            Column("已交", 1.1),
            Column("待补", 1.1),
            Column("需要补正的内容、说明", 4),
        ),
        rows,
        least=2,
    )
    page.space(4)
    page.paragraph(form.say("by"))
    if any(each.promise for each in materials):
        page.paragraph(form.say("promise"))
    page.paragraph(form.say("stays"))
    page.written([Entry("签收人（签名或按指印）", share=1.4), Entry("签收日期")])
    sealed(form, None, ["告知人（签名）"])
