"""What the forms of a mediation share: who the parties are, sums and days, places to sign, the foot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from qingyuan_desk.documents.forms.sheet import Entry, FormPage, Place
from qingyuan_desk.documents.parts import day, moment
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain import money
from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.identity import SEXES, age_on
from qingyuan_desk.domain.mediation.case import Case, CaseParty, Session
from qingyuan_desk.domain.mediation.codes import MODES, SIDES
from qingyuan_desk.domain.mediation.papers import CasePaper
from qingyuan_desk.domain.parties import ADULT
from qingyuan_desk.domain.visit import AUTHORITIES

#: What is left free for a day, a number, and a name in a form to fill in by hand.
BLANK_DAY = "　　　　年　　月　　日"
BLANK_NUMBER = "（　　　　）　　　　人调字第　　　　号"
BLANK = "____________"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Form:
    """A form being made: its facts, its page, its own texts. by_hand: nothing is known, all is left free."""

    kind: str
    facts: CasePaper
    page: FormPage
    by_hand: bool

    @property
    def case(self) -> Case:
        """The case."""
        return self.facts.case

    @property
    def words(self) -> Wording:
        """The texts of this form."""
        return self.filled()

    def say(self, key: str, **more: str) -> str:
        """A text of this form, filled with what the case says, and more."""
        return self.filled(**more).text(key)

    def filled(self, **more: str) -> Wording:
        """The texts of this form, filled with what the case says, and more."""
        return Wording(f"mediation/{self.kind}", {**values(self.facts), **more})

    def rows(self, empty: int) -> int:
        """How many lines to write on: so many on a blank form, two where only this was left out."""
        return empty if self.by_hand else 2


# --- words -------------------------------------------------------------------------------------------------------


def on(when: date | None) -> str:
    """A day, or room for one."""
    return day(when) if when else BLANK_DAY


def number(facts: CasePaper) -> str:
    """The number of the dossier, or room for one."""
    mediation = facts.case.mediation
    return (mediation.number if mediation else "") or BLANK_NUMBER


def counted(count: int) -> str:
    """A small number in characters: 三, 十二, 三十."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    leading = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return leading + (_NUMERALS[ones] if ones else "")


def sum_of(fen: int) -> str:
    """A sum with figures and in capitals."""
    return f"人民币{money.words(fen)}（大写：{money.in_full(fen)}）"


def committee(facts: CasePaper) -> str:
    """The committee, as on its seal."""
    return facts.office.committee or "人民调解委员会"


def values(facts: CasePaper) -> dict[str, str]:
    """What the texts of a form may fill in; a fact that is not known is left free."""
    case = facts.case
    return {
        "committee": committee(facts),
        "court": facts.office.court or "人民法院",
        "office": facts.office.name,
        "address": facts.office.address or facts.office.name,
        "phone": facts.office.phone or BLANK,
        "number": number(facts) if case.mediation else BLANK,
        "parties": named(case.parties) or f"{BLANK}、{BLANK}",
        "dispute": facts.dispute_type or "民间纠纷",
    }


def name_of(facts: CasePaper, code: str) -> str:
    """The name of a mediator or an account."""
    return facts.names.get(code, code)


def mediators(facts: CasePaper) -> list[str]:
    """Names of those who mediate, the first one first; everybody who did when nobody does any more."""
    who = facts.case.mediators or facts.case.appointments
    return list(dict.fromkeys(name_of(facts, each.mediator) for each in who))


def named(parties: Iterable[CaseParty]) -> str:
    """Names in one line."""
    return "、".join(each.name for each in parties)


def of_side(facts: CasePaper, *sides: str) -> list[CaseParty]:
    """Parties of some sides, in their order."""
    return [each for each in facts.case.parties if each.side in sides]


def where(facts: CasePaper, session: Session) -> str:
    """Where a session is, or how one takes part from afar."""
    room = facts.rooms.get(session.room, session.room)
    place = "，".join(filter(None, [room, session.place]))
    if session.mode == "site":
        return place or committee(facts)
    return f"{MODES[session.mode]}（{'，'.join(filter(None, [session.link, place])) or '另行告知'}）"


def span(session: Session) -> str:
    """From when to when a session lasted, or when it is planned."""
    begun = moment(session.started_at or session.planned_at)
    if session.ended_at is None:
        return begun
    ended = moment(session.ended_at)
    same = begun.split(" ")[0] == ended.split(" ")[0]
    return f"{begun} 至 {ended.split(' ')[1] if same else ended}"


# --- what a paper is about ---------------------------------------------------------------------------------------


class _Record(Protocol):
    @property
    def record_id(self) -> int: ...


_R = TypeVar("_R", bound=_Record)


def subject(form: Form, records: Iterable[_R], what: str) -> _R | None:
    """The record the paper is about; None on a blank form. Raises NotFound when the case has none of this id."""
    if form.by_hand:
        return None
    found = next((each for each in records if each.record_id == form.facts.subject), None)
    if found is None:
        raise NotFound(f"这个案件里没有找到这份文书所指的{what}，可能刚被改动，请刷新后再打印。")
    return found


# --- parties -----------------------------------------------------------------------------------------------------


def party(form: Form, label: str, each: CaseParty | None, *, agent: bool = True) -> None:
    """Who a party is: the seven things official forms ask of a person, or name, representative and seat.

    agent: whether to say who acts for it.
    """
    page = form.page
    if each is None or each.kind == "person":
        _person(form, label, each or CaseParty(0, "", ""))
    else:
        page.written([Entry(f"{label}名称", each.name)])
        page.written([Entry("代表人", each.representative), Entry("联系方式", each.phone)])
        page.written([Entry("单位或住址", home(form.facts, each))])
    if agent and each and each.agent:
        page.written(
            [
                Entry("委托代理人", each.agent),
                Entry("代理权限", AUTHORITIES.get(each.authority, "") if each.authority else ""),
            ]
        )


def _person(form: Form, label: str, each: CaseParty) -> None:
    form.page.written(
        [
            Entry(f"{label}姓名", each.name, 4.4),
            Entry("性别", SEXES.get(each.sex, each.sex), 1.7),
            Entry("民族", each.ethnic, 2),
            Entry("年龄", age(form.facts, each), 1.9),
        ]
    )
    form.page.written([Entry("职业或职务", each.occupation), Entry("联系方式", each.phone)])
    form.page.written([Entry("单位或住址", home(form.facts, each))])


def party_blocks(form: Form, blanks: Sequence[str], label: str = "") -> None:
    """Every party in turn, each called by its side (or all by `label`); blank ones when nobody is known."""
    known = form.case.parties
    for position, each in enumerate(known or [None] * len(blanks)):
        if position:
            form.page.space(4)
        party(form, label or (SIDES[each.side] if each else blanks[position]), each)


def home(facts: CasePaper, each: CaseParty) -> str:
    """The whole address of a party."""
    return facts.homes.get(each.record_id) or each.address


def age(facts: CasePaper, each: CaseParty) -> str:
    """Full years at the time of the application."""
    if not _DAY.fullmatch(each.birth_date):
        return ""
    mediation = facts.case.mediation
    then = mediation.applied_on if mediation else facts.printed_at.date()
    return f"{age_on(date.fromisoformat(each.birth_date), then)}岁"


def places(
    form: Form, parties: Sequence[CaseParty], blanks: Sequence[str], *, alone: bool = False
) -> list[Place]:
    """Where parties sign: a person, with an agent or a guardian; for a company its representative, with its seal.

    alone: without agents.
    """
    if not parties:
        return [Place(each) for each in blanks]
    return [place for each in parties for place in _places(form, each, alone)]


def _places(form: Form, each: CaseParty, alone: bool) -> list[Place]:
    if each.kind != "person":
        return [Place(f"{each.name}　代表人（签名）", sealed=True)]
    found = [Place(each.name)]
    if each.agent and not alone:
        found.append(Place(f"{each.agent}（{each.name}的委托代理人）"))
    if _minor(form.facts, each):
        found.append(Place(f"{each.name}的监护人"))
    return found


def _minor(facts: CasePaper, each: CaseParty) -> bool:
    """不满十八周岁 on the day the paper is printed."""
    if not _DAY.fullmatch(each.birth_date):
        return False
    return age_on(date.fromisoformat(each.birth_date), facts.printed_at.date()) < ADULT


def sealed(form: Form, signers: Sequence[str], when: date | None) -> None:
    """Places for the mediators and the recorder to sign, and for the committee's seal over its name and the day."""
    form.page.attested(signers, [f"{committee(form.facts)}（印章）", on(when)])


def mediator_places(form: Form) -> list[str]:
    """A place to sign for each mediator."""
    return ["人民调解员（签名）"] * min(max(1, len(form.case.mediators)), 3)
