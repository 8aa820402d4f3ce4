"""Notices a party keeps or signs: what goes to the courts and police, rights and duties, materials told once."""

from __future__ import annotations

from qingyuan_desk.documents.blocks import Column, Tick
from qingyuan_desk.documents.parts import (
    Draft,
    ask,
    bullets,
    clocks,
    company,
    moment,
    opponents,
    place,
    sign,
    visitor,
)

_BLANK_DAY = "　　　年　　月　　日"


def litigation_guide(draft: Draft) -> None:
    """涉法涉诉引导告知单: why the matter belongs to court, procuratorate or police, and the ways open there."""
    facts, page, words = draft.facts, draft.page, draft.words
    page.fields(
        [
            [("来访人", visitor(facts)), ("登记时间", moment(facts.received_at))],
            *company(facts),
            *opponents(facts),
            [("事项摘要", facts.brief or "（未填写）")],
            *place(facts),
        ]
    )
    page.space(4)
    page.paragraph(words.text("lead"))
    bullets(draft, words.text("reasons"), facts.reasons)
    organs = words.rows("organs", 3)
    known = any(word in facts.unit for word, _, _ in organs)
    page.heading(words.text("organ_title"))
    page.paragraph(words.text("organ" if known else "organ_open"))
    page.space(3)
    page.table(
        (Column("本事项", 1.4), Column("单位", 2.3), Column("受理范围", 6.6)),
        [(Tick(word in facts.unit), name, scope) for word, name, scope in organs],
    )
    bullets(draft, words.text("bring_title"), words.lines("bring"))
    bullets(draft, words.text("remedies_title"), words.lines("remedies"))
    clocks(draft, words.text("limitations"), facts.clocks + facts.limitations)
    ask(draft)
    sign(draft, "来访人（签名）", f"登记人 {facts.clerk}（签名）")


def rights(draft: Draft) -> None:
    """人民调解当事人权利义务告知书: nature, principles, rights, duties and effect; signed by each party."""
    facts, page, words = draft.facts, draft.page, draft.words
    parties = list(dict.fromkeys([facts.visitor or "当事人", *facts.representatives, *facts.opponents]))
    page.paragraph(words.text("addressed") + "、".join(parties), indent=False, bold=True)
    page.paragraph(words.text("lead"))
    for part in words.sections("parts"):
        page.heading(part.text("title"))
        for text in part.lines("text"):
            page.paragraph(text)
        page.items(part.lines("items"))
    confirm = words.section("confirm")
    page.heading(confirm.text("title"))
    page.paragraph(confirm.text("text"))
    page.keep()
    signers = parties if facts.opponents else [*parties, words.text("other_party")]
    if facts.minor:
        page.note(draft.common.text("guardian"))
        signers = [*signers, "监护人"]
    page.signatures(signers, [f"{facts.office.committee or '人民调解委员会'}（印章）", _BLANK_DAY])


def materials(draft: Draft) -> None:
    """一次性告知单: every material needed, told once, with boxes to tick at the desk."""
    facts, page, words = draft.facts, draft.page, draft.words
    page.fields(
        [
            [("来访人", visitor(facts)), ("登记时间", moment(facts.received_at))],
            [("办理事项", facts.brief or facts.category or "（未填写）")],
            *place(facts),
        ]
    )
    page.space(4)
    page.paragraph(words.text("lead" if facts.materials else "none"))
    if facts.materials:
        page.space(4)
        page.table(
            (
                Column("序号", 1.1, "middle"),
                Column("材料名称", 4),
                Column("要求", 1.1, "middle"),
                Column("告知承诺", 1.8, "middle"),
                Column("已交", 1.1),
                Column("待补", 1.1),
                Column("说明", 4.2),
            ),
            [
                (
                    str(number),
                    each.name,
                    "必须" if each.required else "按需",
                    "可以" if each.promise else "—",
                    Tick(each.brought),
                    Tick(each.missing),
                    each.note,
                )
                for number, each in enumerate(facts.materials, 1)
            ],
        )
        page.space(4)
    if any(each.promise for each in facts.materials):
        page.paragraph(words.text("promise"))
    ask(draft)
    sign(draft, "来访人（签名）", f"告知人 {facts.clerk}（签名）")


def conduct(draft: Draft) -> None:
    """来访须知: what a visitor must not do and what protects them; printed on the back of the receipt when wanted."""
    page, words = draft.page, draft.words
    page.paragraph(words.text("lead"))
    page.items(words.lines("forbidden"))
    for line in words.lines("more"):
        page.paragraph(line)
