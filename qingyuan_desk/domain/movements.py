"""Why a number changed (升降原因) and where disputes gather (热点): told from counts alone, by rules that are stated with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.reference import Category, DisputeType, Division, Reference

#: What is explained: key of domain/figures.py → its name and unit.
MEASURES: Mapping[str, tuple[str, str]] = {"visits": ("接待来访", "件次"), "settled": ("调解成功", "件")}
#: What is asked of every cell, in the order of Moved.codes → its name, and what is in none of its rows.
DIMENSIONS: Mapping[str, tuple[str, str]] = {
    "categories": ("事项类别", "未分类"),
    "dispute_types": ("纠纷类型", "非纠纷或类型未定"),
    "townships": ("乡镇", "区外或未填"),
}
DRIVERS_RULE = (
    "把本期和对比期按类别、纠纷类型、乡镇分开，逐项相减，各项增减相加等于总增减；"
    "与总增减同方向的排在前面，增减多的在先。只说明增减出在哪里，不推断原因。"
)

#: Codes of a cell (category, dispute type, township) → how many.
Cells = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True)
class Movement:
    """What was counted: measure → role ("now", "previous", "year_before") → cells. fresh: new disputes by (township, type)."""

    cells: Mapping[str, Mapping[str, Cells]] = field(default_factory=dict)
    fresh: Mapping[str, Mapping[tuple[str, str], int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Driver:
    """A row of a dimension in the period and in the other one. code "": what is in none of its rows."""

    dimension: str
    code: str
    name: str
    now: int
    then: int

    @property
    def change(self) -> int:
        """What it contributed to the change of the whole."""
        return self.now - self.then


@dataclass(frozen=True)
class Drivers:
    """What moved a measure against another period. lines: those that changed, dimension by dimension, by DRIVERS_RULE."""

    measure: str
    against: Period
    now: int
    then: int
    lines: tuple[Driver, ...] = ()

    @property
    def change(self) -> int:
        """How the whole changed."""
        return self.now - self.then

    def of(self, dimension: str) -> tuple[Driver, ...]:
        """The lines of a dimension; their changes add up to that of the whole."""
        return tuple(line for line in self.lines if line.dimension == dimension)

    def share(self, driver: Driver) -> float | None:
        """What it contributed, as a share of the other period's whole (拉动); None when there was nothing then."""
        return driver.change / self.then if self.then else None


def drivers(measure: str, against: Period, now: Cells, then: Cells, reference: Reference) -> Drivers:
    """Contributions of every category, type, and township to the change of a measure."""
    change = sum(now.values()) - sum(then.values())
    return Drivers(
        measure,
        against,
        sum(now.values()),
        sum(then.values()),
        tuple(
            line
            for place, dimension in enumerate(DIMENSIONS)
            for line in _lines(dimension, place, now, then, names_of(dimension, reference), change)
        ),
    )


def names_of(dimension: str, reference: Reference) -> dict[str, str]:
    """The rows of a dimension, in the office's order."""
    rows: Mapping[str, Sequence[Category | DisputeType | Division]] = {
        "categories": reference.categories,
        "dispute_types": reference.dispute_types,
        "townships": reference.townships,
    }
    return {row.code: row.name for row in rows[dimension]}


def _lines(
    dimension: str, place: int, now: Cells, then: Cells, names: Mapping[str, str], change: int
) -> list[Driver]:
    here, there = _by(place, now, names), _by(place, then, names)
    rest = DIMENSIONS[dimension][1]
    lines = [
        Driver(dimension, code, names.get(code, rest), here.get(code, 0), there.get(code, 0))
        for code in (*names, "")
    ]
    direction = -1 if change < 0 else 1
    return sorted((line for line in lines if line.change), key=lambda line: -direction * line.change)


def _by(place: int, cells: Cells, names: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for codes, count in cells.items():
        code = codes[place] if codes[place] in names else ""
        found[code] = found.get(code, 0) + count
    return found


# --- hot spots ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HotRule:
    """From how many new disputes of a type in a township, and how many more than in the period before, it is a hot spot.

    Both are the office's settings for a month; of longer periods as many times so much.
    """

    least: int = 3
    rise: int = 2

    @classmethod
    def of(cls, reference: Reference, period: Period) -> HotRule:
        """The office's thresholds for a period."""
        months = len(period.months())
        least, rise = (reference.setting(key) for key in ("hot_least", "hot_rise"))
        return cls(months * int(least or cls.least), months * int(rise or cls.rise))

    @property
    def words(self) -> str:
        """The rule with its thresholds, as it stands beside the list."""
        return (
            f"同一乡镇同一类型的纠纷，本期新登记 {self.least} 件以上，并且比上期多 {self.rise} 件以上的，列为热点；"
            "件数多的在先。"
        )


@dataclass(frozen=True)
class HotSpot:
    """A type of dispute that gathers in a township: new disputes in the period, and in the one before."""

    township: str
    township_name: str
    dispute_type: str
    type_name: str
    now: int
    before: int


@dataclass(frozen=True)
class HotSpots:
    """Where disputes gather. known: whether the period before was recorded; without it nothing can be told to rise."""

    rule: HotRule = HotRule()
    spots: tuple[HotSpot, ...] = ()
    known: bool = False


def hot_spots(period: Period, movement: Movement, known: bool, reference: Reference) -> HotSpots:
    """What the office's rule lets through, the one with most disputes first. Places outside the district are none.

    known: whether the period before was recorded.
    """
    rule = HotRule.of(reference, period)
    now, before = movement.fresh.get("now", {}), movement.fresh.get("previous", {})
    towns, types = names_of("townships", reference), names_of("dispute_types", reference)
    spots = (
        HotSpot(town, towns[town], kind, types[kind], count, before.get((town, kind), 0))
        for (town, kind), count in now.items()
        if known and town in towns and kind in types and count >= rule.least
    )
    found = sorted(
        (spot for spot in spots if spot.now - spot.before >= rule.rise),
        key=lambda spot: (-spot.now, spot.before, spot.township, spot.dispute_type),
    )
    return HotSpots(rule, tuple(found), known)
