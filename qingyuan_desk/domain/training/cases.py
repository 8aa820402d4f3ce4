"""How the disputes of the invented year go on: which of them are settled, which end otherwise, which are still under way.

So many are settled as the script says, all from the sources it names; the newest are still under way when the year ends.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingyuan_desk.domain.training.courses import COURSES
from qingyuan_desk.domain.training.days import Act, Script, WorkDays, apportion
from qingyuan_desk.domain.training.diary import CaseDiary, Dispute

_SEED = 56
#: Working days from the last visit within which every course that settles a dispute comes to its agreement.
_SETTLED_WITHIN = 18
#: A sum smaller than this many yuan is not paid by instalments, nor taken to court; a larger one than that is not at hand.
_WORTH, _AT_HAND = 900, 5000


@dataclass(frozen=True)
class _Going:
    """A dispute with the course it takes. place: the how-manieth of its course."""

    dispute: Dispute
    course: str
    place: int
    prevention: Mapping[str, Any] | None = None


def plan(script: Script, days: WorkDays, disputes: Sequence[Dispute], visits: int) -> list[Act]:
    """Everything that happens in the mediations of a year of so many visits, until its end."""
    dice, rules = random.Random(_SEED), script["mediation"]
    acts: list[Act] = []
    for going in _with_preventions(rules, _courses(rules, days, disputes, visits, dice)):
        diary = CaseDiary(going.dispute, rules, days, dice, going.place, going.prevention)
        COURSES[going.course](diary)
        acts += diary.until(days.until)
    return acts


def _courses(
    rules: Mapping[str, Any], days: WorkDays, disputes: Sequence[Dispute], visits: int, dice: random.Random
) -> Iterator[_Going]:
    """Each dispute's course. Some of the newest are still open; of the others so many are settled, and the rest just ends."""
    part = visits / rules["year"]
    still = _names(_shares(rules, "open", round(part * sum(_cases(rules, "open").values()))))
    under_way = _young(disputes, len(still), days, dice)
    older = [each for each in disputes if each not in under_way]
    able = [each for each in older if each.source in rules["sources"] and _has_time(each, days)]
    settled = _varied(able, min(len(able), round(part * rules["settled"])), dice)
    chosen = {each.matter for each in settled}
    others = [each for each in older if each.matter not in chosen]
    dice.shuffle(others)
    yield from _assigned(zip(under_way, still, strict=False))
    yield from _assigned(_fitted(settled, _shares(rules, "settled", len(settled))))
    yield from _assigned(zip(others, _names(_shares(rules, "over", len(others))), strict=True))


def _young(disputes: Sequence[Dispute], count: int, days: WorkDays, dice: random.Random) -> list[Dispute]:
    """So many of the newest, the latest first: those that have no time to be settled, and some of those just before."""
    newest = sorted(disputes, key=lambda each: each.last, reverse=True)
    new = [each for each in newest if not _has_time(each, days)][:count]
    before = newest[len(new) :][: 3 * count]
    chosen = [*new, *dice.sample(before, min(len(before), count - len(new)))]
    return sorted(chosen, key=lambda each: each.last, reverse=True)


def _cases(rules: Mapping[str, Any], end: str) -> dict[str, int]:
    return {each["name"]: each["cases"] for each in rules["course"] if each["end"] == end}


def _shares(rules: Mapping[str, Any], end: str, count: int) -> dict[str, int]:
    """How often each course is taken by so many disputes."""
    return apportion(_cases(rules, end), count)


def _names(shares: Mapping[str, int]) -> list[str]:
    return [name for name, count in shares.items() for _ in range(count)]


def _has_time(dispute: Dispute, days: WorkDays) -> bool:
    return days.after(dispute.last.date(), _SETTLED_WITHIN) < days.until.date()


def _varied(disputes: Sequence[Dispute], count: int, dice: random.Random) -> list[Dispute]:
    """So many of these: one of each type before a second of any."""
    shuffled = dice.sample(disputes, len(disputes))
    first = list({each.kind: each for each in shuffled}.values())
    chosen = [*first, *(each for each in shuffled if each not in first)][:count]
    return dice.sample(chosen, len(chosen))


def _fitted(disputes: Sequence[Dispute], shares: Mapping[str, int]) -> Iterator[tuple[Dispute, str]]:
    """Each course with disputes it suits, as far as there are any; courses that suit few come first in the script.

    Instalments are for the newest: some of them run on when the year is over.
    """
    left = list(disputes)
    for course, count in shares.items():
        fitting = [each for each in left if _suits(course, each)]
        if course == "instalments":
            fitting = sorted(fitting, key=lambda each: each.last)[-count:] if count else []
        chosen = [*fitting, *(each for each in left if each not in fitting)][:count]
        left = [each for each in left if each not in chosen]
        yield from ((each, course) for each in chosen)


def _suits(course: str, dispute: Dispute) -> bool:
    if course in ("confirmed", "instalments"):
        return dispute.worth >= _WORTH
    return course != "simple" or (dispute.applicants == 1 and dispute.worth <= _AT_HAND)


def _assigned(pairs: Iterable[tuple[Dispute, str]]) -> Iterator[_Going]:
    places: dict[str, int] = {}
    for dispute, course in pairs:
        place = places[course] = places.get(course, -1) + 1
        yield _Going(dispute, course, place)


def _with_preventions(rules: Mapping[str, Any], goings: Iterable[_Going]) -> list[_Going]:
    """Something worse was prevented in the earliest fitting dispute that was mediated to an agreement."""
    found = list(goings)
    for prevention in rules["prevention"]:
        fitting = [
            each
            for each in found
            if each.course in ("oral", "written")
            and each.dispute.kind in prevention["types"]
            and each.prevention is None
        ]
        if fitting:
            first = min(fitting, key=_came)
            found[found.index(first)] = _Going(first.dispute, first.course, first.place, prevention)
    return found


def _came(going: _Going) -> datetime:
    return going.dispute.last
