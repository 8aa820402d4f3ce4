"""Who stands how to whom (关系图): parties and those who could mediate, and the two sides between themselves.

Guessed from surnames, homes, and earlier disputes only; whether somebody is a relative the parties have to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from qingyuan_desk.domain.mediation.case import Case, CaseParty
from qingyuan_desk.domain.mediation.caseload import Candidate
from qingyuan_desk.domain.roster.mediators import FORMER, Mediator, Party, is_same_person, surname
from qingyuan_desk.domain.text import has_han


@dataclass(frozen=True)
class Kind:
    """A kind of relation. told: has to be disclosed to the parties, or asked about, before anybody mediates."""

    words: str
    told: bool = False


#: code → kind, the gravest first; between two people only the gravest stands.
KINDS: Mapping[str, Kind] = {
    "self": Kind("就是本人", told=True),
    "former": Kind("曾同在一起纠纷中", told=True),
    "kin": Kind("同姓同村", told=True),
    "maybe_kin": Kind("同姓，村不详", told=True),
    "village": Kind("同村"),
    "township_name": Kind("同姓同乡镇"),
    "township": Kind("同乡镇"),
    "name": Kind("同姓"),
}
_ORDER = tuple(KINDS)


@dataclass(frozen=True)
class Relation:
    """What `one` is to `other`, both names. kind: a code of KINDS.

    mediator: the code of the mediator `one` is; "" between two parties of different sides. party, against: positions in
    case.parties of `other`, and of `one` where that is a party; -1 where nobody in particular is meant.
    """

    kind: str
    one: str
    other: str
    mediator: str = ""
    party: int = -1
    against: int = -1

    @property
    def told(self) -> bool:
        """Whether it has to be disclosed or asked about."""
        return KINDS[self.kind].told

    @property
    def sentence(self) -> str:
        """The relation as it is said: 王样例与王测试同姓同村，可能是亲属，请问清楚并告知双方。"""
        if self.kind == "self":
            return f"{self.one}就是本案当事人，不能调解本案。"
        if self.kind == "former":
            return f"{self.one}{FORMER}，请告知双方。"
        if self.kind not in ("kin", "maybe_kin"):
            return f"{self.one}与{self.other}{KINDS[self.kind].words}。"
        guess = "同姓同村，" if self.kind == "kin" else "同姓，村没有填全，"
        asked = "，请问清楚并告知双方。" if self.mediator else "，请问清楚，请同族长辈出面也许合适。"
        return f"{self.one}与{self.other}{guess}可能是亲属{asked}"


def relations(case: Case, people: Sequence[Candidate]) -> tuple[Relation, ...]:
    """Every relation of the two sides to each other, then of these people to the parties, the gravest first."""
    found = [*_between_sides(case.parties), *_of_mediators(case, people)]
    return tuple(sorted(found, key=lambda each: (bool(each.mediator), _ORDER.index(each.kind))))


def shown(people: Sequence[Candidate], chosen: Sequence[str], most: int = 5) -> tuple[Candidate, ...]:
    """Those chosen, in their order, then the most suitable of the others; never fewer than all chosen."""
    known = {each.card.code: each for each in people}
    first = [known[code] for code in chosen if code in known]
    others = [each for each in people if each.card.code not in chosen]
    return (*first, *others[: max(0, most - len(first))])


def _between_sides(parties: Sequence[CaseParty]) -> Iterable[Relation]:
    """Neighbours quarrel: that both sides live in one township says nothing."""
    for (place, one), (other_place, other) in combinations(enumerate(parties), 2):
        kind = _kind(_Who.of_party(one), _Who.of_party(other))
        if kind not in ("", "township") and one.side != other.side:
            yield Relation(kind, one.name, other.name, party=other_place, against=place)


def _of_mediators(case: Case, people: Sequence[Candidate]) -> Iterable[Relation]:
    for each in people:
        mediator = each.card.mediator
        if FORMER in each.conflicts:
            yield Relation("former", mediator.name, "", mediator.code)
        for place, party in enumerate(case.parties):
            kind = _to_mediator(case, mediator, party)
            if kind:
                yield Relation(kind, mediator.name, party.name, mediator.code, place)


def _to_mediator(case: Case, mediator: Mediator, party: CaseParty) -> str:
    """A party whose home nobody wrote down may live where the dispute is."""
    if is_same_person(mediator, Party(party.name, party.township, party.village, party.kind == "person")):
        return "self"
    elsewhere = bool(mediator.village) and mediator.village != case.village
    return _kind(_Who.of_mediator(mediator), _Who.of_party(party), elsewhere=elsewhere)


@dataclass(frozen=True)
class _Who:
    surname: str
    township: str
    village: str

    @classmethod
    def of_party(cls, party: CaseParty) -> _Who:
        """A company or an organ has no surname."""
        named = party.kind == "person" and has_han(party.name)
        return cls(surname(party.name) if named else "", party.township, party.village)

    @classmethod
    def of_mediator(cls, mediator: Mediator) -> _Who:
        return cls(surname(mediator.name), mediator.township, mediator.village)


def _kind(one: _Who, other: _Who, *, elsewhere: bool = False) -> str:
    """The gravest relation of two people; "" for none. elsewhere: a home not written down is not the same village."""
    named = bool(one.surname) and one.surname == other.surname
    if one.village and one.village == other.village:
        return "kin" if named else "village"
    near = bool(one.township) and one.township == other.township
    open_village = not one.village or not other.village
    open_township = not one.township or not other.township
    if named and open_village and not elsewhere and (near or open_township):
        return "maybe_kin"
    if near:
        return "township_name" if named else "township"
    return "name" if named else ""
