"""Papers of a mediation and its dossier: which suit, made from the case, blank, bound into one file.

A matter is given by its id or by a number in any spelling. Prints are logged by papers.record_print; their kind is the
code of the paper and its subject, "record:12", so that they are counted apart from the papers of a visit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.mediation import choices as suiting
from qingyuan_desk.domain.mediation import dossier as contents
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.choices import paper_title
from qingyuan_desk.domain.mediation.dossier import DossierLine
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS, CasePaper, for_hand
from qingyuan_desk.domain.papers import Paper, PaperChoice, PaperKind, path_lines
from qingyuan_desk.services import attachments, caseload, mediation
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.paper_choice import kind_of, logged_as, only
from qingyuan_desk.services.papers import letterhead, log_print
from qingyuan_desk.store import visits

if TYPE_CHECKING:
    from qingyuan_desk.documents.dossier import KeptFile


def choices(office: Office, actor: Actor, matter: int | str) -> tuple[PaperChoice, ...]:
    """The papers that suit the case as it stands, each with what it lacks."""
    return suiting.choices(_case(office, actor, matter))


def compose(office: Office, actor: Actor, matter: int | str, kind: str, subject: int = 0) -> Paper:
    """Make a paper of a case. Nothing is written: a preview is not a print.

    subject: the record it is about; 0 where there is only one of this kind. Raises Refused, NotFound, or Unavailable.
    """
    from qingyuan_desk.documents import dossier, forms

    paper = kind_of(MEDIATION_PAPERS, kind)
    case = _case(office, actor, matter)
    about = subject or _only(case, kind, paper)
    facts = replace(_facts(office, case, kind, about), subject=about)
    if paper.internal:
        facts = replace(facts, case=case)
    if kind in ("contents", "back_cover"):
        lines, pages = dossier.contents(facts, *_bound(office, actor, case))
        facts = replace(facts, contents=lines, pages=pages)
    return logged_as(forms.render(kind, facts), _logged(kind, about), paper_title(case, kind, about))


def follow_up_sheets(office: Office, actor: Actor, day: date, mediator: str = "") -> Paper:
    """回访记录 of every call due until a day, that day included, with boxes to tick, behind each other; mediator: a code.

    Raises Refused when there is no such call. Nothing is written; each is logged when it is printed.
    """
    from qingyuan_desk.documents import pages

    require(actor, Right.PRINT)
    sheets = [
        compose(office, actor, call.matter_id, "follow_up", call.record_id)
        for call in caseload.follow_ups(office, actor, day, mediator)
    ]
    said = f"{day.year}年{day.month}月{day.day}日"
    if not sheets:
        raise Refused.because("day", f"到{said}没有要回访的，不用打印。")
    return pages.together(sheets, f"{MEDIATION_PAPERS['follow_up'].title}（{said}，{len(sheets)} 份）")


def blank(office: Office, kind: str) -> Paper:
    """A paper to fill in by hand. Its prints are not logged: it says nothing of anybody."""
    from qingyuan_desk.documents import forms

    if not kind_of(MEDIATION_PAPERS, kind).blank:
        raise Refused.because("kind", f"“{MEDIATION_PAPERS[kind].title}”没有空白表格。请从案件里打印。")
    return forms.render(kind, for_hand(letterhead(office), office.now()), blank=True)


def completeness(office: Office, actor: Actor, matter: int | str) -> tuple[DossierLine, ...]:
    """The thirteen lines of the dossier: what is there, what is missing, what to do next."""
    return contents.completeness(_case(office, actor, matter))


def dossier(office: Office, actor: Actor, matter: int | str) -> Paper:
    """The whole dossier as one PDF with bookmarks; until it is filed its cover says 未归档. Nothing is written.

    Raises Refused for a file that cannot be bound, NotFound, or Unavailable.
    """
    from qingyuan_desk.documents import dossier as binding

    case = _case(office, actor, matter)
    paper = binding.render(_facts(office, case, "dossier", 0), *_bound(office, actor, case))
    return logged_as(paper, _logged("dossier", 0), paper.title)


def package(office: Office, actor: Actor, matter: int | str) -> bytes:
    """The dossier as a zip: each paper as its own PDF, files as they came, the contents as text and JSON."""
    from qingyuan_desk.documents import dossier as binding

    case = _case(office, actor, matter)
    return binding.package(_facts(office, case, "dossier", 0), *_bound(office, actor, case))


def record_package(office: Office, actor: Actor, request_id: str, matter: int | str, where: str) -> int:
    """Log that a package was made and where it went; which one of this case that was, 0 in a read-only data folder."""
    if office.read_only:
        return 0
    visit = _case(office, actor, matter).visits[-1]
    return log_print(
        office, actor, request_id, visit, _logged("package", 0), f"{contents.TITLE}（压缩包）", "zip", where
    )


# --- what a paper is made of -------------------------------------------------------------------------------------


def _case(office: Office, actor: Actor, matter: int | str) -> Case:
    require(actor, Right.PRINT)
    case = mediation.case(office, actor, matter)
    if case.mediation is None:
        raise Refused.because("", "这件事项还没有登记调解申请，没有调解文书。请先登记申请。")
    return case


def _only(case: Case, kind: str, paper: PaperKind) -> int:
    """The record a paper is about when there is one of its kind; 0 for papers about the case."""
    return 0 if paper.about == "case" else only(suiting.choices(case), kind, paper.title)


def _facts(office: Office, case: Case, kind: str, subject: int) -> CasePaper:
    """Everything a paper may say, private notes excepted."""
    reference = office.reference
    suggested = case.mediation.paths if case.mediation else ()
    with office.store.read() as rows:
        visit = visits.by_number(rows, case.visits[-1])
        count = visits.prints_so_far(rows, visit["id"], _logged(kind, subject)) + 1 if visit else 1
    dispute = reference.dispute_type(case.dispute_type)
    return CasePaper(
        case=contents.without_private(case),
        office=letterhead(office),
        printed_at=office.now(),
        count=count,
        dispute_type=dispute.name if dispute else "",
        names=office.names() | {each.code: each.name for each in reference.mediators},
        homes={
            party.record_id: reference.place(party.township, party.village) + party.address
            for party in case.parties
        },
        rooms={room.code: room.name for room in reference.rooms},
        paths=path_lines(reference.paths, case.dispute_type, suggested),
        logged=office.read_only is None,
    )


def _bound(
    office: Office, actor: Actor, case: Case
) -> tuple[tuple[DossierLine, ...], Mapping[int, KeptFile]]:
    """The lines of the dossier, and the files on them with their bytes."""
    from qingyuan_desk.documents.dossier import KeptFile

    lines = contents.completeness(case)
    wanted = {part.attachment for line in lines for part in line.parts if part.attachment}
    files = {
        each.record_id: KeptFile(each.title, each.media, attachments.read(office, actor, each.record_id))
        for each in case.attachments
        if each.record_id in wanted
    }
    return lines, files


def _logged(kind: str, subject: int) -> str:
    return f"{kind}:{subject}"
