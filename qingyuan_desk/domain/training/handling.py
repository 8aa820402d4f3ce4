"""How the matters of the invented year that are no disputes go on: petitions, hand-overs, questions.

Every matter takes a course to its end; the newest are still under way when the year ends, as they are in a real centre.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingyuan_desk.domain import duties
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.training.days import Act, Script, WorkDays, apportion
from qingyuan_desk.domain.training.diary import Diary

_SEED = 18


@dataclass(frozen=True)
class Planned:
    """A planned matter as its handling sees it. visits: when somebody came about it, and what was said; headcount: all who
    came first; declined: nobody said who they are.
    """

    matter: int
    category: str
    template: Mapping[str, Any]
    visits: tuple[tuple[datetime, str], ...]
    headcount: int
    declined: bool

    @property
    def kind(self) -> str:
        """Which courses it may take: the kind of a petition, else its category."""
        return str(self.template.get("kind", self.category))


class MatterDiary(Diary):
    """What happens with one petition, hand-over, or question. place: the how-manieth of its course."""

    def __init__(
        self,
        planned: Planned,
        rules: Mapping[str, Any],
        reference: Reference,
        days: WorkDays,
        dice: random.Random,
        place: int,
    ) -> None:
        super().__init__(planned.matter, planned.category, planned.visits[0][0], days, dice)
        self.planned, self.rules, self.reference, self.place = planned, rules, reference, place

    @property
    def template(self) -> Mapping[str, Any]:
        """What the script says of the matter."""
        return self.planned.template

    def words(self, key: str) -> str:
        """One of the sentences the script has for this."""
        said = self.rules["words"][key]
        return said if isinstance(said, str) else str(self.dice.choice(said))

    def number(self, prefix: str) -> str:
        """A number of another organ's paper."""
        return f"样例{prefix}〔{self.day.year}〕{self.matter}号"

    def unit(self, case: Handled, place: int = 0) -> str:
        """Whose job it is (place 0), or whom it is taken to at first by mistake (place 1): as the script says, else as
        the duty list does. "township" is the government of the visitor's township.
        """
        duty, town = self.reference.duty(case.matter_kind), self.reference.township_unit(case.township)
        listed = duties.leading(self.reference, duty, case.township) if duty else ""
        named = self.template.get("units") or [listed, *self.rules["others"]]
        own = town.code if town else ""
        known = [own if code == "township" else code for code in named]
        fitting = [code for code in known if code]
        return fitting[min(place, len(fitting) - 1)]

    def gate(self, case: Handled, unit: str) -> dict[str, Any]:
        """清单交办准入: why a unit the duty list does not name, and who approved it."""
        if duties.listed(self.reference, case.matter_kind, unit, case.township):
            return {}
        return {"reason": self.rules["words"]["unlisted"], "approved_by": self.rules["words"]["approver"]}


Course = Callable[[MatterDiary], None]


def plan(
    script: Script,
    reference: Reference,
    days: WorkDays,
    matters: Sequence[Planned],
    courses: Mapping[str, Course],
) -> list[Act]:
    """Everything that happens with these matters until the end of the year."""
    dice, rules = random.Random(_SEED), script["handling"]
    acts: list[Act] = []
    for planned, name, place in _assigned(rules, matters, dice):
        diary = MatterDiary(planned, rules, reference, days, dice, place)
        courses[name](diary)
        acts += diary.until(days.until)
    return acts


def _assigned(
    rules: Mapping[str, Any], matters: Sequence[Planned], dice: random.Random
) -> Iterator[tuple[Planned, str, int]]:
    """Each matter with the course it takes; of its kind, every course comes up as often as the script says.

    A course that says `within` is taken by matters that came in that part of the year.
    """
    for kind in dict.fromkeys(each.kind for each in matters):
        left = sorted((each for each in matters if each.kind == kind), key=lambda each: each.visits[0][0])
        named = {each["name"]: each for each in rules["course"] if each["kind"] == kind}
        counts = apportion({name: each["matters"] for name, each in named.items()}, len(left))
        for name, course in sorted(named.items(), key=lambda each: "within" not in each[1]):
            chosen = _chosen(left, course.get("within"), counts[name], dice)
            left = [each for each in left if each not in chosen]
            yield from ((each, name, place) for place, each in enumerate(chosen))


def _chosen(
    left: Sequence[Planned], within: Sequence[float] | None, count: int, dice: random.Random
) -> list[Planned]:
    """So many of these; within: only from this part of them, the oldest at 0, the newest at 1."""
    first, last = within or (0.0, 1.0)
    part = left[round(first * len(left)) : max(round(last * len(left)), round(first * len(left)) + count)]
    chosen = dice.sample(part, min(count, len(part)))
    return [*chosen, *[each for each in left if each not in chosen][: count - len(chosen)]]
