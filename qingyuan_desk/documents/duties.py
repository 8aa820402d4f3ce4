"""职责清单 on paper: a matter's line, a unit's duties, a township's contacts; A4."""

from __future__ import annotations

from qingyuan_desk.documents.blocks import Column, Composer
from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.page import MM, Imprint, Sheet, print_pages
from qingyuan_desk.documents.parts import day, moment
from qingyuan_desk.documents.typeset import Setter
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.duty_facts import DutyPaper
from qingyuan_desk.domain.papers import Paper

_SHEET = Sheet(210 * MM, 297 * MM, 18 * MM, 16 * MM, 18 * MM, 20, 12, 10.5, 11, 10.5, 9.5, 9, 3.0, True)


def render(paper: DutyPaper) -> Paper:
    """Make the paper. Raises Unavailable when a font or a text of this program is not there."""
    facts, office = paper.facts, paper.office
    setter = Setter(faces())
    page = Composer(_SHEET, setter)
    training = Wording("common", {}).text("training") if office.training else ""
    page.head(office.name, facts.title + training, "")
    page.paragraph(f"按职责清单（{facts.version}版）。{facts.lead}", indent=False)
    for part in facts.parts:
        page.heading(part.title)
        page.table(
            [Column(head, share) for head, share in zip(part.header, part.shares, strict=True)], part.rows
        )
    page.space(6)
    page.signatures([f"制表人 {paper.made_by}（签名）"], [f"{office.name}　{day(paper.printed_at.date())}"])
    imprint = Imprint(
        title=facts.title,
        author=office.name,
        foot=f"{facts.title}　职责清单（{facts.version}版）　打印时间 {moment(paper.printed_at)}",
        training=office.training,
    )
    pdf, pages = print_pages(_SHEET, setter, page.strips, imprint)
    return Paper("duty", facts.title, "a4", pdf, setter.missing, 1, pages)
