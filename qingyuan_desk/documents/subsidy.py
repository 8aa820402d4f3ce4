"""The quarterly declaration (以案定补申报表): A4 across, every amount beside its dossier's number, sums that cross-foot."""

from __future__ import annotations

from qingyuan_desk.documents.blocks import Column, Composer
from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.page import MM, Imprint, Sheet, print_pages
from qingyuan_desk.documents.parts import day, moment
from qingyuan_desk.documents.typeset import Setter
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain import money
from qingyuan_desk.domain.papers import Paper
from qingyuan_desk.domain.roster.subsidy import STATES
from qingyuan_desk.domain.roster.subsidy_sheet import (
    LEFT_OUT_HEADER,
    LINE_HEADER,
    MEDIATOR_HEADER,
    SubsidyFacts,
    left_out_rows,
    line_rows,
    mediator_rows,
    yuan,
)

_SHEET = Sheet(297 * MM, 210 * MM, 16 * MM, 14 * MM, 16 * MM, 20, 12, 10.5, 10.5, 10.5, 9.5, 9, 3.0, True)
#: Share of the width of each column, in the order of its header.
_LINE_SHARES = (1.2, 4.3, 4.0, 2.4, 3.6, 2.3, 1.8, 2.4, 3.2, 2.0, 1.4)
_MEDIATOR_SHARES = (1.0, 1.6, 3.0, 1.6, 1.6, 2.4, 4.0)
_LEFT_OUT_SHARES = (1.0, 4.4, 4.6, 3.0, 10.0)
_MIDDLE = frozenset({"序号", "状态", "等级", "编号", "难易", "归档或办结"})


def render(facts: SubsidyFacts) -> Paper:
    """Make the declaration. Raises Unavailable when a font or a text of this program is not there."""
    setter = Setter(faces())
    sheet = facts.sheet
    of_mediators = sum(each.amount for each in sheet.by_mediator)
    words = Wording(
        "subsidy",
        {"total": yuan(sheet.total), "of_mediators": yuan(of_mediators), "states": _states(facts)},
    )
    page = Composer(_SHEET, setter)
    title = words.text("title")
    training = Wording("common", {}).text("training") if facts.office.training else ""
    page.head(facts.office.committee or facts.office.name, title + training, "")
    page.paragraph(f"{sheet.name}　　{words.text('basis')}", indent=False)
    page.space(4)
    if sheet.lines:
        _tables(page, facts, words)
    else:
        page.paragraph(words.text("none"))
    if sheet.left_out:
        page.heading(words.text("left_out"))
        page.table(_columns(LEFT_OUT_HEADER, _LEFT_OUT_SHARES), left_out_rows(facts))
    page.space(6)
    page.signatures(
        [f"制表人 {facts.made_by}（签名）", "核准人（签名）"],
        [f"{facts.office.committee or facts.office.name}（盖章）　{day(facts.printed_at.date())}"],
    )
    imprint = Imprint(
        title=f"{title}（{sheet.name}）",
        author=facts.office.name,
        foot=f"{title}　{sheet.name}　打印时间 {moment(facts.printed_at)}",
        training=facts.office.training,
    )
    pdf, pages = print_pages(_SHEET, setter, page.strips, imprint)
    return Paper("subsidy", title, "a4", pdf, setter.missing, 1, pages, sheet.name)


def _tables(page: Composer, facts: SubsidyFacts, words: Wording) -> None:
    sheet = facts.sheet
    page.table(_columns(LINE_HEADER, _LINE_SHARES), line_rows(facts))
    page.note(f"合计金额（大写）：{money.in_full(sheet.total)}。{words.text('states')}")
    page.heading(words.text("by_mediator"))
    page.table(_columns(MEDIATOR_HEADER, _MEDIATOR_SHARES), mediator_rows(facts))
    page.note(words.text("checks" if sheet.cross_foots else "checks_wrong"))


def _columns(header: tuple[str, ...], shares: tuple[float, ...]) -> list[Column]:
    return [Column(head, part, _stands(head)) for head, part in zip(header, shares, strict=True)]


def _stands(head: str) -> str:
    if head.startswith("金额") or head == "件数":
        return "right"
    return "middle" if head in _MIDDLE else "left"


def _states(facts: SubsidyFacts) -> str:
    said = [
        f"{name} {yuan(amount)} 元"
        for state, name in STATES.items()
        if (amount := facts.sheet.of_state(state))
    ]
    return "，".join(said) or "没有"
