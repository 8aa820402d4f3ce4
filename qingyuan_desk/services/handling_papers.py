"""Papers of handling, of a matter in any flow: which suit, made from the matter, blank.

A matter is given by its id or by a number in any spelling. Prints are logged by papers.record_print; their kind is the code
of the paper behind "handling." and its subject, "handling.forwarded:12", so that they are counted apart from others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from qingyuan_desk.domain import duties
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.handling import choices as suiting
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.choices import paper_title
from qingyuan_desk.domain.handling.limits import limits, remaining
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS, LOGGED, HandlingPaper, for_hand
from qingyuan_desk.domain.papers import MaterialLine, Paper, PaperChoice, path_lines
from qingyuan_desk.domain.visit import Person
from qingyuan_desk.services import handling, materials
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.paper_choice import kind_of, logged_as, only
from qingyuan_desk.services.papers import letterhead
from qingyuan_desk.services.shown import person_of
from qingyuan_desk.store import matters, visits
from qingyuan_desk.store.database import Rows

#: Papers that say nothing of the matter but its number: they are made of facts without it.
_SPARE = frozenset({"referral", "secret"})
#: The way a ground points to, where no way was chosen: rows of paths.csv.
_PATHS: Mapping[str, tuple[str, ...]] = {
    "judicial": ("lawsuit",),
    "arbitration": ("arbitration",),
    "administrative": ("administrative",),
    "enforcement": ("administrative",),
}


def choices(office: Office, actor: Actor, matter: int | str) -> tuple[PaperChoice, ...]:
    """The papers that suit the matter as it stands, each with what it lacks."""
    return suiting.choices(_case(office, actor, matter))


def compose(office: Office, actor: Actor, matter: int | str, kind: str, subject: int = 0) -> Paper:
    """Make a paper of a matter. Nothing is written: a preview is not a print.

    subject: the record it is about; 0 where there is only one of this kind. Of a sealed matter (检举控告) only the papers
    made for one. Raises Refused, NotFound, NotAllowed, or Unavailable.
    """
    from qingyuan_desk.documents import handling as documents

    paper = kind_of(HANDLING_PAPERS, kind)
    case = _case(office, actor, matter)
    if case.state == "void":
        raise Refused.because("", "这件事项已经作废，没有文书可以打印。")
    if case.sealed != paper.sealed:
        raise Refused.because("kind", _sealed_words(case, paper.title), "《信访工作条例》第三十条第三款")
    about = subject
    if not about and paper.about != "case":
        about = only(suiting.choices(case), kind, paper.title)
    facts = _facts(office, actor, case, kind, about)
    return logged_as(documents.render(kind, facts), _logged(kind, about), paper_title(case, kind, about))


def blank(office: Office, kind: str) -> Paper:
    """A paper to fill in by hand. Its prints are not logged: it says nothing of anybody."""
    from qingyuan_desk.documents import handling as documents

    if not kind_of(HANDLING_PAPERS, kind).blank:
        raise Refused.because("kind", f"“{HANDLING_PAPERS[kind].title}”没有空白表格。请从事项里打印。")
    return documents.render(kind, for_hand(letterhead(office), office.now()), blank=True)


# --- what a paper is made of -------------------------------------------------------------------------------------


def _case(office: Office, actor: Actor, matter: int | str) -> Handled:
    """The matter without sealed notes: no paper repeats them."""
    require(actor, Right.PRINT)
    found = handling.case(office, actor, matter)
    return replace(found, referrals=tuple(replace(each, note="") for each in found.referrals))


def _sealed_words(case: Handled, title: str) -> str:
    if case.sealed:
        return f"检举控告是密件，不能打印“{title}”，只能打印密件登记表和移送纪检监察机关的文书。"
    return f"“{title}”只用于检举控告密件，这件事项不是。"


def _facts(office: Office, actor: Actor, case: Handled, kind: str, subject: int) -> HandlingPaper:
    """Everything a paper of this kind may say."""
    reference, names = office.reference, office.names()
    with office.store.read() as rows:
        last = visits.by_number(rows, case.visits[-1]) if case.visits else None
        first = visits.by_number(rows, case.visits[0]) if case.visits else None
        count = visits.prints_so_far(rows, last["id"], _logged(kind, subject)) + 1 if last else 1
        people = _people(rows, office, case, last["id"] if last else 0)
        listed = _materials(rows, office, actor, case)
        readers = [names.get(code, code) for code in matters.readers_of(rows, case.matter_id)]
    whole = HandlingPaper(
        case=case,
        office=letterhead(office),
        printed_at=office.now(),
        subject=subject,
        count=count,
        people=people,
        names=names,
        units={each.code: each for each in reference.units},
        why=_why(office, case),
        place=reference.place(case.township, case.village),
        category=_name(reference.category(case.category)),
        flow=_name(reference.flow(case.flow)),
        dispute_type=_name(reference.dispute_type(case.dispute_type)),
        crowd=_crowd(office, case),
        room=_name(reference.room(case.room)),
        visited_at=datetime.fromisoformat(first["received_at"]) if first else None,
        clerk=names.get(actor.code, actor.code),
        clocks=limits(kind, case, subject, reference, office.calendar),
        limitations=remaining(case, reference, office.calendar),
        paths=path_lines(reference.paths, case.dispute_type, _ways(case, kind)),
        materials=listed,
        readers=tuple(readers),
        logged=office.read_only is None,
    )
    if kind not in _SPARE:
        return whole
    return replace(whole, case=replace(case, title="", narrative="", opponents=()), people=(), materials=())


def _people(rows: Rows, office: Office, case: Handled, visit_id: int) -> tuple[Person, ...]:
    """The visitors' side at the last visit, each with the whole address; the main visitor first."""
    found = [
        person_of(row)
        for row in matters.parties_of(rows, case.matter_id)
        if row["visit_id"] == visit_id and row["side"] == "visitor"
    ]
    found.sort(key=lambda person: person.role not in ("visitor", "representative"))
    place = office.reference.place
    return tuple(
        replace(person, address=place(person.township, person.village) + person.address) for person in found
    )


def _materials(rows: Rows, office: Office, actor: Actor, case: Handled) -> tuple[MaterialLine, ...]:
    """What the matter needs, with what has come of it."""
    row = matters.by_id(rows, actor.code, case.matter_id)
    return tuple(
        MaterialLine(
            each.material.name,
            each.material.required,
            each.material.promise,
            each.material.note,
            brought=each.brought_on is not None or each.promised,
            missing=each.missing,
        )
        for each in (materials.items(office, rows, row) if row else ())
    )


def _why(office: Office, case: Handled) -> Mapping[str, str]:
    """Why each unit the matter was sent to, by the duty list of the day it was sent."""
    return {
        each.unit: duties.why(office.reference.on(each.sent_on), case.matter_kind, each.unit, case.township)
        for each in case.sendings
    }


def _crowd(office: Office, case: Handled) -> str:
    """人群类别: as told with the question, else at the visit."""
    asked = case.consultation.crowd if case.consultation else ""
    return _name(office.reference.crowd_tag(asked or case.crowd))


def _ways(case: Handled, kind: str) -> tuple[str, ...]:
    """The rows of paths.csv that are named on the paper."""
    if kind == "aid_guide":
        return ("legal_aid",)
    return case.classified.paths or _PATHS.get(case.classified.ground, ())


def _name(row: object) -> str:
    return str(getattr(row, "name", ""))


def _logged(kind: str, subject: int) -> str:
    return f"{LOGGED}{kind}:{subject}"
