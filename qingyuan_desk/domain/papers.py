"""The facts a paper is made of. Services fill them from the record; documents turn them into pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from qingyuan_desk.domain.tables import Organ

#: Papers of the front desk: kind → title as printed.
PAPER_TITLES: Mapping[str, str] = {
    "receipt": "来访登记回执",
    "routing": "分流引导单",
    "mediation_guide": "调解引导单",
    "consultation_guide": "法律咨询引导单",
    "litigation_guide": "涉法涉诉引导告知单",
    "rights": "人民调解当事人权利义务告知书",
    "materials": "一次性告知单",
    "conduct": "来访须知",
}

#: Paper formats: name → what the clerk chooses.
FORMATS: Mapping[str, str] = {"a5": "A5", "a4": "A4", "80mm": "80 毫米小票", "a4-large": "A4 大字"}


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper. about: whose record id its subject is; "case" has none (0).

    blank: whether an empty one to fill in by hand makes sense. internal: for the office's eyes, never in a dossier.
    use: in brackets behind the title where a person chooses, not printed. sealed: for sealed matters (检举控告), and for
    them only.
    """

    title: str
    about: str = "case"
    blank: bool = True
    internal: bool = False
    use: str = ""
    sealed: bool = False


@dataclass(frozen=True)
class PaperChoice:
    """A paper that can be made now. title: as in a list; missing: what it lacks, in a sentence; "" when nothing.

    internal: for the office's eyes only, never in a dossier.
    """

    kind: str
    subject: int
    title: str
    missing: str = ""
    internal: bool = False


@dataclass(frozen=True)
class Letterhead:
    """Who issues the paper, from the office's settings."""

    name: str
    second_name: str
    address: str
    phone: str
    hours: str
    committee: str = ""
    court: str = ""
    training: bool = False


@dataclass(frozen=True)
class ClockLine:
    """One clock as printed: what is due, by when (both days where a holiday moves it), which article.

    No days: the day it begins is not known here, so that `period` says how long it is and from when.
    note: how the law lengthens it or makes an exception, in words.
    """

    event: str
    who: str
    natural_end: date | None
    shifted_end: date | None
    provisional: bool
    article: str
    period: str = ""
    note: str = ""


@dataclass(frozen=True)
class MaterialLine:
    """One material to bring; `promise`: a written promise (告知承诺) may stand in for it.

    brought: it is here, or the promise is; missing: it was asked for before and has not come.
    """

    name: str
    required: bool
    promise: bool
    note: str
    brought: bool = False
    missing: bool = False


@dataclass(frozen=True)
class MediatorLine:
    """A mediator the parties may choose, without phone or load."""

    name: str
    place: str
    skills: str


@dataclass(frozen=True)
class PathLine:
    """Where the parties may go instead (seeds/paths.csv). What is not known is "" and left out.

    suggested: whether the notice of this case names it; its box is ticked.
    """

    name: str
    organ: str
    address: str = ""
    phone: str = ""
    hours: str = ""
    note: str = ""
    suggested: bool = False


def path_lines(
    organs: Iterable[Organ], dispute_type: str, suggested: Collection[str]
) -> tuple[PathLine, ...]:
    """The ways that remain in a dispute of this kind. suggested: keys of PATHS the notice names.

    A row's code is a key of PATHS, "administrative"; with a kind of dispute behind a dot, "administrative.16", it is for
    disputes of that kind only, where it stands in the place of the general one.
    """
    codes = [(each, *each.code.partition(".")[::2]) for each in organs]
    special = {way for _, way, kind in codes if kind == dispute_type}
    return tuple(
        PathLine(
            each.name, each.organ, each.address, each.phone, each.hours, each.note, suggested=way in suggested
        )
        for each, way, kind in codes
        if kind == dispute_type or (not kind and way not in special)
    )


@dataclass(frozen=True)
class SlipFacts:
    """Everything any slip of one visit may say. Names and sentences are Chinese, ready to print.

    sealed: a sealed matter (检举控告); its slip carries number, time and the room only.
    flags: codes of the visit's flags; some of them add a sentence the visitor should know.
    limitations: periods the parties must keep themselves, as opposed to the clocks that run for organs.
    count: which print of this paper for this visit this is (1 = the first; 2 prints 第2次打印).
    mediators: whom the parties may choose, for the mediation guide.
    minor: the visitor is younger than 18; papers ask for a guardian.
    unit_place, unit_phone: where the leading unit is found and asked.
    logged: whether prints are logged; from a data folder that is read-only they are not, and the foot says so.
    """

    office: Letterhead
    visit_number: str
    matter_number: str
    ordinal: int
    received_at: datetime
    visitor: str
    sex: str
    id_note: str
    phone: str
    home: str
    headcount: int
    representatives: tuple[str, ...]
    agent: str
    opponents: tuple[str, ...]
    brief: str
    category: str
    flow: str
    dispute_type: str
    room: str
    unit: str
    co_units: tuple[str, ...]
    reasons: tuple[str, ...]
    clocks: tuple[ClockLine, ...]
    limitations: tuple[ClockLine, ...]
    materials: tuple[MaterialLine, ...]
    clerk: str
    sealed: bool
    printed_at: datetime
    count: int
    mediators: tuple[MediatorLine, ...] = ()
    minor: bool = False
    flags: frozenset[str] = frozenset()
    unit_place: str = ""
    unit_phone: str = ""
    logged: bool = True


@dataclass(frozen=True)
class Paper:
    """A finished paper: PDF bytes, its title, and the characters no font could draw (printed as 〓).

    parts: the papers of several records that were put together into this one; each of them is logged when it is printed.
    """

    kind: str
    title: str
    format: str
    pdf: bytes
    missing: tuple[str, ...]
    count: int
    pages: int
    visit_number: str = ""
    parts: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class ReportTable:
    """A table of a report. `unit` says what its figures count (件, 件次, 人次 …); `note` stands below it.

    Columns whose every cell is a figure stand right.
    """

    title: str
    unit: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
