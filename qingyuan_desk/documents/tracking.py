"""The tracking ledger (案件跟踪台账) on A3 or A4 across, its head on every page."""

from __future__ import annotations

from qingyuan_desk.documents.blocks import Column, Composer
from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.page import MM, Imprint, Sheet, print_pages
from qingyuan_desk.documents.parts import day, moment
from qingyuan_desk.documents.typeset import Setter
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.papers import Paper
from qingyuan_desk.domain.tracking import TrackingFacts

_SHEETS = {
    "a3": Sheet(420 * MM, 297 * MM, 16 * MM, 14 * MM, 16 * MM, 22, 12, 10.5, 10.5, 11, 10, 9, 3.0, True),
    "a4": Sheet(297 * MM, 210 * MM, 11 * MM, 11 * MM, 14 * MM, 18, 11, 9.5, 9.5, 10, 8, 8, 2.0, True),
}
#: Share of the width of each column, in the order of ledger_sheet.PRINTED.
_SHARES = (1.1, 4.0, 2.3, 1.6, 4.2, 1.3, 6.6, 2.9, 5.2, 2.5, 1.5)
_MIDDLE = frozenset({"序号", "流程", "登记日期", "共用天数"})


def render(facts: TrackingFacts) -> Paper:
    """Make the ledger. Raises Unavailable when a font or a text of this program is not there."""
    setter, sheet = Setter(faces()), _SHEETS[facts.size]
    words = Wording(
        "tracking",
        {"asked": facts.asked, "count": str(len(facts.rows)), "made_on": day(facts.printed_at.date())},
    )
    page = Composer(sheet, setter)
    title = words.text("title")
    training = Wording("common", {}).text("training") if facts.office.training else ""
    page.head(facts.office.name, title + training, "")
    page.paragraph(words.text("lead"), indent=False)
    page.space(3)
    columns = [
        Column(head, share, "middle" if head in _MIDDLE else "left")
        for head, share in zip(facts.header, _SHARES, strict=True)
    ]
    if facts.rows:
        page.table(columns, facts.rows)
    else:
        page.paragraph(words.text("none"))
    page.note(words.text("note"))
    page.space(4)
    page.signatures(
        [f"制表人 {facts.made_by}（签名）", "审核人（签名）"],
        [f"{facts.office.name}　{day(facts.printed_at.date())}"],
    )
    foot = f"{title}　打印时间 {moment(facts.printed_at)}"
    imprint = Imprint(title, facts.office.name, foot, facts.office.training)
    pdf, pages = print_pages(sheet, setter, page.strips, imprint)
    return Paper("tracking", title, facts.size, pdf, setter.missing, 1, pages)
