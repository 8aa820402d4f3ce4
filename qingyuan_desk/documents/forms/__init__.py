"""The official papers of a mediation, filled or blank. `render` makes any of MEDIATION_PAPERS."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.forms import agreeing, ending, meeting, opening
from qingyuan_desk.documents.forms.parts import Form, number
from qingyuan_desk.documents.forms.sheet import COVER, SHEET, FormPage, fitted
from qingyuan_desk.documents.page import Imprint, Sheet, print_pages
from qingyuan_desk.documents.parts import moment
from qingyuan_desk.documents.typeset import Setter
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.mediation.case import Agreement
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS, CasePaper, for_hand
from qingyuan_desk.domain.papers import Paper

#: Written across the pages of an agreement that is not in force.
_DRAFT = "草稿"
_MARKS: Mapping[str, str] = {"draft": _DRAFT, "superseded": "已被替代", "discarded": "已作废"}


def render(kind: str, facts: CasePaper, blank: bool = False) -> Paper:
    """Make a paper: a kind of MEDIATION_PAPERS, on A4; blank: to fill in by hand, whatever the case.

    Raises NotFound when the case has no record of this subject, Unavailable when a font or a text is not there.
    """
    setter = Setter(faces())
    page = _composed(kind, facts, setter, blank)
    pdf, pages = print_pages(page.sheet, setter, page.strips, _imprint(kind, facts, blank))
    visit = facts.case.visits[-1] if facts.case.visits and not blank else ""
    return Paper(kind, MEDIATION_PAPERS[kind].title, "a4", pdf, setter.missing, facts.count, pages, visit)


def _composed(kind: str, facts: CasePaper, setter: Setter, blank: bool = False) -> FormPage:
    """The strips of a paper; what runs over onto a second sheet is set closer where it fits on one that way."""
    if blank:
        facts = for_hand(facts.office, facts.printed_at)
    draft = _mark(kind, facts) == _DRAFT
    return fitted(
        lambda page: _fill(kind, facts, page), setter, _SHEETS.get(kind, SHEET), draft=draft, by_hand=blank
    )


def _fill(kind: str, facts: CasePaper, page: FormPage) -> None:
    title, below = _TITLES.get(kind, (MEDIATION_PAPERS[kind].title, ""))
    if facts.office.training:
        below += Wording("common", {}).text("training")
    if title:
        page.title(title, below)
    _BUILDERS[kind](Form(_WORDED.get(kind, kind), facts, page, by_hand=page.by_hand))


def _mark(kind: str, facts: CasePaper) -> str:
    """What is written across the pages: that an agreement is a draft, or was superseded."""
    if kind not in ("agreement", "signing"):
        return ""
    found = _agreement(facts)
    drafted_to_sign = kind == "signing" and found is not None and found.state == "draft"
    return "" if found is None or drafted_to_sign else _MARKS.get(found.state, "")


def _imprint(kind: str, facts: CasePaper, blank: bool = False) -> Imprint:
    """The foot: number, print time, which print it is; and the properties of the file."""
    paper, office = MEDIATION_PAPERS[kind], facts.office
    if blank:
        return Imprint(paper.title, office.name, f"{paper.title}　空白表格", office.training)
    mediation = facts.case.mediation
    known = number(facts) if mediation and mediation.number else facts.case.number
    foot = ["内部使用"] if paper.internal else []
    foot += [known, f"打印时间 {moment(facts.printed_at)}"]
    if not facts.logged:
        foot.append("数据只读，未记入打印记录")
    elif facts.count > 1:
        foot.append(f"第{facts.count}次打印")
    return Imprint(
        f"{paper.title} {known}", office.name, "　".join(foot), office.training, _mark(kind, facts)
    )


def _agreement(facts: CasePaper) -> Agreement | None:
    return next((each for each in facts.case.agreements if each.record_id == facts.subject), None)


#: Whose texts a paper uses when they are not its own.
_WORDED: Mapping[str, str] = {"signing": "agreement"}

_SHEETS: Mapping[str, Sheet] = {"cover": COVER, "back_cover": COVER}

#: Titles printed otherwise than the paper is called, and the line below them; covers have their own.
_TITLES: Mapping[str, tuple[str, str]] = {
    "invitation": ("调解邀请函", "（约请通知）"),
    "cover": ("", ""),
    "back_cover": ("", ""),
}

_BUILDERS: Mapping[str, Callable[[Form], None]] = {
    "application": opening.application,
    "acceptance": opening.acceptance,
    "declined": opening.declined,
    "rights": opening.rights,
    "authority": opening.authority,
    "disclosure": opening.disclosure,
    "invitation": meeting.invitation,
    "phone_script": meeting.phone_script,
    "investigation": meeting.investigation,
    "record": meeting.record,
    "offers": meeting.offers,
    "agreement": agreeing.agreement,
    "signing": agreeing.agreement,
    "oral": agreeing.oral,
    "receipt": agreeing.receipt,
    "follow_up": agreeing.follow_up,
    "confirmation": agreeing.confirmation,
    "proof": agreeing.proof,
    "undisputed": ending.undisputed,
    "termination": ending.termination,
    "next_paths": ending.next_paths,
    "correction": ending.correction,
    "closing": ending.closing,
    "explanation": ending.explanation,
    "cover": ending.cover,
    "contents": ending.contents,
    "back_cover": ending.back_cover,
}
