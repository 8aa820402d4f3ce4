"""Slips of one visit: the receipt and the slips that guide a visitor on. `render` makes any paper of PAPER_TITLES."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qingyuan_desk.documents import notices
from qingyuan_desk.documents.blocks import Column, Composer, Tick
from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.page import DENSER, SHEETS, Sheet, print_pages
from qingyuan_desk.documents.parts import (
    Draft,
    ask,
    bullets,
    clocks,
    company,
    helpers,
    imprint,
    moment,
    opponents,
    place,
    route,
    sign,
    turn,
    values,
    visitor,
)
from qingyuan_desk.documents.typeset import Setter
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.papers import PAPER_TITLES, Paper, SlipFacts


def render(kind: str, facts: SlipFacts, format: str) -> Paper:
    """Make a paper: a kind of PAPER_TITLES on a format of FORMATS.

    A sealed matter's paper of any kind has neither names nor contents (《信访工作条例》第三十条).
    Raises Unavailable (FontMissing among it) when a font or a text of this program is not there.
    """
    setter = Setter(faces())
    draft = _draft(kind, facts, SHEETS[format], setter)
    for sheet in DENSER[format]:
        if draft.page.pages == 1:
            break
        denser = _draft(kind, facts, sheet, setter)
        if denser.page.pages < draft.page.pages:
            draft = denser
    title = PAPER_TITLES[kind]
    pdf, count = print_pages(draft.page.sheet, setter, draft.page.strips, imprint(facts, title))
    return Paper(kind, title, format, pdf, setter.missing, facts.count, count, facts.visit_number)


def _draft(kind: str, facts: SlipFacts, sheet: Sheet, setter: Setter) -> Draft:
    """A paper's content on one kind of sheet. The rules of conduct say nothing of the visit, so that they have no number."""
    told = kind != "conduct"
    sealed = facts.sealed and told
    filled = values(facts)
    draft = Draft(
        facts,
        Composer(sheet, setter),
        Wording("sealed" if sealed else kind, filled),
        Wording("common", filled),
    )
    title = PAPER_TITLES[kind]
    shown = title + draft.common.text("training") if facts.office.training else title
    draft.page.head(facts.office.name, shown, facts.visit_number if told else "")
    (_sealed if sealed else _BUILDERS[kind])(draft)
    return draft


def _receipt(draft: Draft) -> None:
    facts, page, words = draft.facts, draft.page, draft.words
    page.fields(
        [
            [("来访人", visitor(facts)), ("联系电话", facts.phone or "未留")],
            [("证件", facts.id_note or "未出示证件"), ("登记时间", moment(facts.received_at))],
            [("住址", facts.home or "未登记")],
            *company(facts),
            *opponents(facts),
            [("事项编号", facts.matter_number), ("来访次序", turn(facts))],
            [("事项摘要", facts.brief or "（未填写）")],
            [("分流去向", route(facts))],
            *place(facts),
        ]
    )
    clocks(draft, words.text("clocks"), facts.clocks + facts.limitations)
    ask(draft, [draft.common.text("interruption"), words.text("conduct")])
    sign(draft, "来访人（签名）", f"登记人 {facts.clerk}（签名）")


def _routing(draft: Draft) -> None:
    facts, page, words = draft.facts, draft.page, draft.words
    page.fields(
        [
            [("来访人", visitor(facts)), ("登记时间", moment(facts.received_at))],
            *company(facts),
            *opponents(facts),
            [("事项编号", facts.matter_number), ("来访次序", turn(facts))],
            [("事项摘要", facts.brief or "（未填写）")],
            [("分流去向", route(facts))],
            *place(facts),
            *helpers(facts),
        ]
    )
    bullets(draft, words.text("reasons"), facts.reasons)
    bullets(draft, words.text("steps_title"), [*_steps(draft), *_told(draft)])
    page.space(3)
    page.note(words.text("disagree"))
    ask(draft)
    sign(draft, f"登记人 {facts.clerk}（签名）", "接待单位（签收）")


def _steps(draft: Draft) -> list[str]:
    """The steps of the first entry whose word is in the flow's name."""
    for entry in draft.words.sections("steps"):
        if entry.text("flow") in draft.facts.flow:
            return entry.lines("lines")
    return []


def _told(draft: Draft) -> list[str]:
    """What a flag of the visit adds."""
    return [
        line
        for entry in draft.words.sections("told")
        if entry.text("flag") in draft.facts.flags
        for line in entry.lines("lines")
    ]


def _mediation_guide(draft: Draft) -> None:
    facts, page, words = draft.facts, draft.page, draft.words
    page.fields(
        [
            [("当事人", visitor(facts)), ("登记时间", moment(facts.received_at))],
            *company(facts),
            *opponents(facts),
            [("纠纷类型", facts.dispute_type or "其他纠纷"), ("调解地点", facts.room or "接待大厅")],
            [("调解组织", facts.office.committee or "人民调解委员会"), ("主办单位", facts.unit or "待确定")],
            [("纠纷摘要", facts.brief or "（未填写）")],
        ]
    )
    bullets(draft, words.text("principles_title"), words.lines("principles"))
    page.heading(words.text("mediators_title"))
    page.paragraph(words.text("mediators" if facts.mediators else "mediators_none"))
    if facts.mediators:
        page.space(3)
        page.table(
            (Column("选择", 1), Column("姓名", 2), Column("所在地", 3), Column("擅长", 5)),
            [(Tick(), each.name, each.place, each.skills) for each in facts.mediators],
        )
    bullets(draft, words.text("bring_title"), _to_bring(draft))
    bullets(draft, words.text("time_title"), words.lines("time"))
    clocks(draft, "期限", facts.clocks + facts.limitations)
    ask(draft, [draft.common.text("interruption")])
    sign(draft, "当事人（签名）", f"登记人 {facts.clerk}（签名）")


def _to_bring(draft: Draft) -> list[str]:
    listed = [f"{each.name}（{'必须' if each.required else '按需'}）" for each in draft.facts.materials]
    return listed or draft.words.lines("bring")


def _consultation_guide(draft: Draft) -> None:
    facts, page, words = draft.facts, draft.page, draft.words
    page.fields(
        [
            [("咨询人", visitor(facts)), ("登记时间", moment(facts.received_at))],
            *company(facts),
            [("咨询事项", facts.brief or "（未填写）")],
            *place(facts),
        ]
    )
    bullets(draft, words.text("how_title"), words.lines("how"))
    bullets(draft, words.text("aid_title"), words.lines("aid"))
    clocks(draft, "期限", facts.clocks + facts.limitations)
    ask(draft)
    sign(draft, "咨询人（签名）", f"登记人 {facts.clerk}（签名）")


def _sealed(draft: Draft) -> None:
    facts, page, words = draft.facts, draft.page, draft.words
    page.fields(
        [
            [("编号", facts.visit_number)],
            [("登记时间", moment(facts.received_at)), ("接待房间", facts.room or "接待大厅")],
        ]
    )
    page.space(4)
    page.paragraph(words.text("lead"))
    page.paragraph(words.text("secrecy"))
    ask(draft)
    sign(draft, "登记人（签名）")


_BUILDERS: Mapping[str, Callable[[Draft], None]] = {
    "receipt": _receipt,
    "routing": _routing,
    "mediation_guide": _mediation_guide,
    "consultation_guide": _consultation_guide,
    "litigation_guide": notices.litigation_guide,
    "rights": notices.rights,
    "materials": notices.materials,
    "conduct": notices.conduct,
}
