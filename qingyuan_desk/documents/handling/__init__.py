"""The papers of handling, filled or blank. `render` makes any of HANDLING_PAPERS."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.forms.sheet import FormPage, fitted
from qingyuan_desk.documents.handling import (
    advice,
    answers,
    keeping,
    lawful,
    notices,
    sheets_desk,
    sheets_sealed,
    sheets_sending,
    sheets_urging,
)
from qingyuan_desk.documents.handling.parts import Form, issuer
from qingyuan_desk.documents.page import Imprint, print_pages
from qingyuan_desk.documents.parts import moment
from qingyuan_desk.documents.typeset import Setter
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS, HandlingPaper, for_hand, title_of
from qingyuan_desk.domain.papers import Paper


def render(kind: str, facts: HandlingPaper, blank: bool = False) -> Paper:
    """Make a paper: a kind of HANDLING_PAPERS, on A4; blank: to fill in by hand, whatever the matter.

    Raises NotFound when the matter has no record of this subject, Unavailable when a font or a text is not there.
    """
    if blank:
        facts = for_hand(facts.office, facts.printed_at)
    setter = Setter(faces())
    draft = bool(_mark(kind, facts, blank))
    page = fitted(lambda page: _fill(kind, facts, page, blank), setter, draft=draft, by_hand=blank)
    pdf, pages = print_pages(page.sheet, setter, page.strips, _imprint(kind, facts, blank))
    visit = facts.case.visits[-1] if facts.case.visits else ""
    title = title_of(kind, facts.case, facts.subject)
    return Paper(kind, title, "a4", pdf, setter.missing, facts.count, pages, visit)


def _fill(kind: str, facts: HandlingPaper, page: FormPage, blank: bool) -> None:
    form = Form(kind, facts, page, by_hand=blank)
    if kind in _HEADED and (head := issuer(form)):
        page.centred(head, 14)
    if kind not in _UNTITLED:
        training = Wording("common", {}).text("training") if facts.office.training else ""
        page.title(form.title, training)
    BUILDERS[kind](form)


def _mark(kind: str, facts: HandlingPaper, blank: bool) -> str:
    """What is written across the pages: that an opinion was not given by the organ yet."""
    return "草稿" if kind == "opinion" and not facts.subject and not blank else ""


def _imprint(kind: str, facts: HandlingPaper, blank: bool) -> Imprint:
    """The foot: number, print time, which print it is; and the properties of the file."""
    paper, office = HANDLING_PAPERS[kind], facts.office
    title = title_of(kind, facts.case, facts.subject)
    if blank:
        return Imprint(title, office.name, f"{title}　空白表格", office.training)
    foot = ["内部使用"] if paper.internal else []
    foot += [facts.case.number, f"打印时间 {moment(facts.printed_at)}"]
    if not facts.logged:
        foot.append("数据只读，未记入打印记录")
    elif facts.count > 1:
        foot.append(f"第{facts.count}次打印")
    mark = _mark(kind, facts, blank)
    return Imprint(f"{title} {facts.case.number}", office.name, "　".join(foot), office.training, mark)


#: Notices with the name of who issues them over their title.
_HEADED = frozenset(
    {
        "forwarded",
        "acceptance",
        "refusal",
        "no_more",
        "extension",
        "guidance",
        "legal_path",
        "opinion",
        "aid_lacking",
        "aid_decision",
    }
)

#: Those whose first page must not say what they are.
_UNTITLED = frozenset({"discipline"})

#: Kind → what fills its page.
BUILDERS: Mapping[str, Callable[[Form], None]] = {
    "processing": sheets_desk.processing,
    "assign": sheets_desk.assign,
    "application": sheets_desk.application,
    "submit": sheets_desk.submit,
    "urgent": sheets_desk.urgent,
    "transfer": sheets_sending.transfer,
    "hand_over": sheets_sending.hand_over,
    "receipt": sheets_sending.receipt,
    "objection": sheets_sending.objection,
    "returned": sheets_sending.returned,
    "reassigned": sheets_sending.reassigned,
    "reply": sheets_sending.reply,
    "support": sheets_sending.support,
    "support_reply": sheets_sending.support_reply,
    "remind": sheets_urging.remind,
    "yellow": sheets_urging.card,
    "red": sheets_urging.card,
    "unit_rating": sheets_urging.unit_rating,
    "discipline": sheets_sealed.discipline,
    "forwarded": notices.forwarded,
    "acceptance": notices.acceptance,
    "refusal": notices.refusal,
    "no_more": notices.no_more,
    "extension": notices.extension,
    "guidance": lawful.guidance,
    "legal_path": lawful.legal_path,
    "supplement": notices.supplement,
    "opinion": answers.opinion,
    "review_request": answers.review_request,
    "recheck_request": answers.recheck_request,
    "withdrawal": answers.withdrawal,
    "settlement": answers.settlement,
    "promise": answers.promise,
    "rating": keeping.rating,
    "secret": keeping.secret,
    "report": keeping.report,
    "consult": advice.consult,
    "aid_guide": advice.aid_guide,
    "aid_lacking": advice.aid_lacking,
    "aid_decision": advice.aid_decision,
    "referral": advice.referral,
}
