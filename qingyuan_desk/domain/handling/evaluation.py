"""How long nodes take, how units do (考核评价), and how people are satisfied: counted from records, with what each rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median

#: A unit with fewer than so many cases is not ranked: a few cases say little.
FEW = 5
#: From how many points a unit starts (黄牌扣5分、红牌扣10分).
FULL_MARKS = 100
#: In place of a node: the whole way of a matter from registration to its end.
WHOLE = ""


# --- how long nodes take -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """A stay at a node that ended (node WHOLE: of a matter from registration to its end). days: with parts of days."""

    flow: str
    node: str
    unit: str
    days: float


@dataclass(frozen=True)
class Lasting:
    """Of several stays: how many, the days in the middle, the longest."""

    count: int
    median: float
    longest: float


@dataclass(frozen=True)
class Duration:
    """A node of a flow, of everybody (unit "") or a unit, in a period and in the one it is compared with."""

    flow: str
    node: str
    unit: str
    now: Lasting | None
    before: Lasting | None

    @property
    def change(self) -> str:
        """How it changed, in words: 由 7 天缩短到 3 天; "" where one side is not known."""
        if self.now is None or self.before is None:
            return ""
        now, before = round(self.now.median, 1), round(self.before.median, 1)
        if now == before:
            return f"持平（{days_in_words(now)}）"
        how = "缩短到" if now < before else "延长到"
        return f"由 {days_in_words(before)}{how} {days_in_words(now)}"


def days_in_words(days: float) -> str:
    """7 天 · 0.5 天."""
    return f"{round(days, 1):g} 天"


def durations(now: Iterable[Span], before: Iterable[Span]) -> tuple[Duration, ...]:
    """Every node that matters left in either period: for everybody first, then unit by unit."""
    found, earlier = _lasting(now), _lasting(before)
    keys = sorted({*found, *earlier})
    return tuple(Duration(*key, found.get(key), earlier.get(key)) for key in keys)


def _lasting(spans: Iterable[Span]) -> dict[tuple[str, str, str], Lasting]:
    days: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for span in spans:
        days[span.flow, span.node, ""].append(span.days)
        if span.unit:
            days[span.flow, span.node, span.unit].append(span.days)
    return {key: Lasting(len(all_), median(all_), max(all_)) for key, all_ in days.items()}


# --- satisfaction ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Votes:
    """How people rated something; of each matter the last rating. A refusal is no rating and is counted apart."""

    satisfied: int = 0
    rather: int = 0
    unsatisfied: int = 0
    refused: int = 0

    @property
    def given(self) -> int:
        """Those who rated."""
        return self.satisfied + self.rather + self.unsatisfied

    @property
    def asked(self) -> int:
        """Those who were asked: refusals too."""
        return self.given + self.refused

    @property
    def share(self) -> float | None:
        """满意和基本满意 among those who rated; None when nobody did."""
        return (self.satisfied + self.rather) / self.given if self.given else None

    def plus(self, satisfaction: str, count: int = 1) -> Votes:
        """With so many more of a code of SATISFACTIONS."""
        return Votes(**{**vars(self), satisfaction: getattr(self, satisfaction) + count})


@dataclass(frozen=True)
class Satisfaction:
    """What was rated (object: of RATED_OBJECTS), of which unit ("" all), and how."""

    rated: str
    unit: str
    votes: Votes


#: What visitors rate, in the order of the table.
RATED_OBJECTS: Mapping[str, str] = {
    "desk": "接待窗口",
    "unit": "责任单位",
    "consultation": "法律咨询",
    "follow_up": "调解回访",
}


def satisfactions(counted: Iterable[tuple[str, str, str, int]]) -> tuple[Satisfaction, ...]:
    """Of (object, unit, satisfaction, count): each object as a whole, then its units."""
    votes: dict[tuple[str, str], Votes] = {}
    for rated, unit, satisfaction, count in counted:
        for key in dict.fromkeys(((rated, ""), (rated, unit))):
            votes[key] = votes.get(key, Votes()).plus(satisfaction, count)
    order = list(RATED_OBJECTS)
    keys = sorted(votes, key=lambda key: (order.index(key[0]), key[1] != "", -votes[key].asked, key[1]))
    return tuple(Satisfaction(*key, votes[key]) for key in keys)


# --- units -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """A sending of the period as it is judged. answered_on: the first day on which the unit said anything."""

    support: bool
    sent_on: date
    answered_on: date | None
    objected: bool = False


@dataclass(frozen=True)
class UnitFacts:
    """What a period says about a unit. due, on_time: of limits that ended in it. urges: kind → how many."""

    unit: str
    sent: tuple[Sent, ...] = ()
    due: int = 0
    on_time: int = 0
    urges: Mapping[str, int] = field(default_factory=dict)
    points: int = 0
    township: Votes = Votes()
    visitors: Votes = Votes()


@dataclass(frozen=True)
class Standing:
    """A unit and its place. rank: None for a unit with few cases; score: FULL_MARKS less the points taken off."""

    facts: UnitFacts
    rank: int | None

    @property
    def cases(self) -> int:
        """What the ranking rests on: sendings, and limits that ended."""
        return max(len(self.facts.sent), self.facts.due)

    @property
    def score(self) -> int:
        """What is left of the marks."""
        return max(0, FULL_MARKS - self.facts.points)

    @property
    def on_time_rate(self) -> float | None:
        """On-time share of the limits that ended; None when none did."""
        return self.facts.on_time / self.facts.due if self.facts.due else None

    @property
    def response_days(self) -> float | None:
        """The median of days to the first answer; None when nothing was answered."""
        return _response(self.facts)

    @property
    def answered(self) -> int:
        """How many sendings were answered."""
        return sum(each.answered_on is not None for each in self.facts.sent)

    @property
    def supports(self) -> int:
        """How many of them were calls of townships for support."""
        return sum(each.support for each in self.facts.sent)

    @property
    def objections(self) -> int:
        """How often the unit objected."""
        return sum(each.objected for each in self.facts.sent)

    @property
    def note(self) -> str:
        """Why it has no place."""
        return "" if self.rank else f"不足 {FEW} 件，不排名"


def standings(facts: Iterable[UnitFacts]) -> tuple[Standing, ...]:
    """Units by score, then on-time rate, satisfaction of townships, and days to answer; those with few cases after them.

    Units that are equal in all of these share a place.
    """
    judged = [Standing(each, None) for each in facts]
    enough = sorted((each for each in judged if each.cases >= FEW), key=_merit)
    few = sorted(
        (each for each in judged if each.cases < FEW), key=lambda each: (-each.cases, each.facts.unit)
    )
    ranked: list[Standing] = []
    for place, each in enumerate(enough, start=1):
        same = bool(ranked) and _merit(ranked[-1]) == _merit(each)
        ranked.append(Standing(each.facts, ranked[-1].rank if same else place))
    return (*ranked, *few)


def _merit(standing: Standing) -> tuple[float, ...]:
    """Smaller is better; what is not known counts as the middle of what could be."""
    days = standing.response_days
    return (
        -standing.score,
        -_known(standing.on_time_rate),
        -_known(standing.facts.township.share),
        days if days is not None else float("inf"),
    )


def _known(share: float | None) -> float:
    return 0.5 if share is None else share


def _response(facts: UnitFacts) -> float | None:
    days = [(each.answered_on - each.sent_on).days for each in facts.sent if each.answered_on]
    return float(median(days)) if days else None


def percent(share: float | None) -> str:
    """As it is written: 85.7%; — when it is not known."""
    return "—" if share is None else f"{100 * share:.1f}%"
