"""The office's own tables as one value: divisions, units, rooms, categories, duties, clocks, materials, triage rules.

Everything is found by its code or by the Chinese name people write. The office edits the tables; `Reference.from_tables`
gives their text its meaning; domain/tables.py has the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from qingyuan_desk.domain.clocks import ClockRule
from qingyuan_desk.domain.roster.mediators import Mediator
from qingyuan_desk.domain.tables import (
    Answer,
    Category,
    Cells,
    Clause,
    DisputeType,
    Division,
    Duty,
    DutyVersion,
    Flag,
    FlowName,
    LevelRule,
    Material,
    Named,
    Organ,
    Room,
    Source,
    SubsidyRate,
    TownshipContact,
    TriageRule,
    Unit,
    UrgingRule,
    read,
)
from qingyuan_desk.domain.text import search_key

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = [
    "Answer",
    "Category",
    "Cells",
    "Clause",
    "DisputeType",
    "Division",
    "Duty",
    "DutyList",
    "DutyVersion",
    "Flag",
    "FlowName",
    "LevelRule",
    "Material",
    "Named",
    "Organ",
    "Reference",
    "Room",
    "Source",
    "SubsidyRate",
    "Table",
    "TownshipContact",
    "TriageRule",
    "Unit",
    "UrgingRule",
]


class _Coded(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


_Row = TypeVar("_Row", bound=_Coded)
_Read = TypeVar("_Read", bound="DataclassInstance")


class Table(Generic[_Row]):
    """Rows in the office's order, found by code or by any of their names."""

    def __init__(self, rows: Iterable[_Row], names: Callable[[_Row], Iterable[str]] | None = None) -> None:
        self.rows: tuple[_Row, ...] = tuple(rows)
        self._found: dict[str, _Row] = {}
        for row in reversed(self.rows):
            for name in names(row) if names else (row.name,):
                self._found[search_key(name)] = row
        self._found.update({row.code: row for row in self.rows})

    def find(self, text: str) -> _Row | None:
        """The row of this code or name; None when there is none."""
        return (self._found.get(text) or self._found.get(search_key(text))) if text else None


@dataclass(frozen=True)
class DutyList:
    """A version of the duty list (职责清单): its lines, and what to bring for each of them."""

    version: DutyVersion
    lines: Table[Duty]
    materials: Mapping[str, tuple[Material, ...]]


@dataclass(frozen=True)
class Reference:
    """All tables. Look-ups take a code or a Chinese name and give None for what is not there."""

    townships: tuple[Division, ...]
    _townships: Table[Division] = field(repr=False)
    _villages: Mapping[str, Table[Division]] = field(repr=False)
    _units: Table[Unit] = field(repr=False)
    _rooms: Table[Room] = field(repr=False)
    _categories: Table[Category] = field(repr=False)
    _flows: Table[FlowName] = field(repr=False)
    _sources: Table[Source] = field(repr=False)
    _dispute_types: Table[DisputeType] = field(repr=False)
    _zongzhi: Table[Named] = field(repr=False)
    _crowd_tags: Table[Named] = field(repr=False)
    _flags: Table[Flag] = field(repr=False)
    duty_lists: tuple[DutyList, ...] = field(repr=False)
    duty_list: DutyList = field(repr=False)
    _clocks: Mapping[str, ClockRule] = field(repr=False)
    triage_rules: tuple[TriageRule, ...] = field(repr=False)
    duty_groups: Mapping[int, tuple[str, ...]] = field(repr=False)
    mediators: tuple[Mediator, ...] = field(repr=False)
    clauses: tuple[Clause, ...] = field(repr=False)
    subsidy_rates: tuple[SubsidyRate, ...] = field(repr=False)
    level_rules: tuple[LevelRule, ...] = field(repr=False)
    paths: tuple[Organ, ...] = field(repr=False)
    township_contacts: tuple[TownshipContact, ...] = field(repr=False)
    urging_rules: tuple[UrgingRule, ...] = field(repr=False)
    answers: tuple[Answer, ...] = field(repr=False)
    settings: Mapping[str, str] = field(repr=False)

    @classmethod
    def from_tables(
        cls, tables: Mapping[str, Sequence[Cells]], settings: Mapping[str, str], day: date = date.max
    ) -> Reference:
        """The tables as the store keeps them, text cells in the office's order, with the duty list in force on a day."""
        divisions = _read(Division, tables["divisions"])
        townships = tuple(row for row in divisions if row.level == "township")
        lists = _duty_lists(tables)
        return cls(
            townships=townships,
            _townships=Table(townships, _spellings),
            _villages={
                town.code: Table([row for row in divisions if row.parent == town.code], _spellings)
                for town in townships
            },
            _units=Table(_read(Unit, tables["units"])),
            _rooms=Table(_read(Room, _sorted(tables["rooms"], "sort"))),
            _categories=Table(_read(Category, tables["categories"])),
            _flows=Table(_read(FlowName, tables["flows"]), lambda row: (row.name, row.short)),
            _sources=Table(_read(Source, tables["sources"])),
            _dispute_types=Table(_read(DisputeType, tables["dispute_types"])),
            _zongzhi=Table(_read(Named, tables["zongzhi_types"])),
            _crowd_tags=Table(_read(Named, tables["crowd_tags"])),
            _flags=Table(_read(Flag, tables["flags"])),
            duty_lists=lists,
            duty_list=_in_force(lists, day),
            _clocks={rule.id: rule for rule in _read(ClockRule, tables["clocks"])},
            triage_rules=tuple(_read(TriageRule, _sorted(tables["triage_rules"], "sort"))),
            duty_groups=_groups(tables["duty_groups"]),
            mediators=tuple(Mediator.from_cells(row) for row in tables["mediators"]),
            clauses=tuple(_read(Clause, tables["clauses"])),
            subsidy_rates=tuple(_read(SubsidyRate, tables["subsidy_rates"])),
            level_rules=tuple(_read(LevelRule, tables["level_rules"])),
            paths=tuple(_read(Organ, tables["paths"])),
            township_contacts=tuple(_read(TownshipContact, tables["township_contacts"])),
            urging_rules=tuple(_read(UrgingRule, tables["urging_rules"])),
            answers=tuple(_read(Answer, tables["answers"])),
            settings=settings,
        )

    # One property a list that pages offer, one function a look-up.

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit."""
        return self._units.rows

    @property
    def rooms(self) -> tuple[Room, ...]:
        """Every room, in the order of the corridor."""
        return self._rooms.rows

    @property
    def categories(self) -> tuple[Category, ...]:
        """The five categories."""
        return self._categories.rows

    @property
    def flows(self) -> tuple[FlowName, ...]:
        """The flows."""
        return self._flows.rows

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of a matter."""
        return self._sources.rows

    @property
    def dispute_types(self) -> tuple[DisputeType, ...]:
        """The 18 official types."""
        return self._dispute_types.rows

    @property
    def zongzhi_types(self) -> tuple[Named, ...]:
        """The 综治 list the official types are mapped to."""
        return self._zongzhi.rows

    @property
    def crowd_tags(self) -> tuple[Named, ...]:
        """Crowd tags (人群类别)."""
        return self._crowd_tags.rows

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Every flag of a visit."""
        return self._flags.rows

    @property
    def duties(self) -> tuple[Duty, ...]:
        """The lines of the duty list in force."""
        return self.duty_list.lines.rows

    def on(self, day: date) -> Reference:
        """The same with the duty list in force on that day: what papers of a matter of that day cite."""
        found = _in_force(self.duty_lists, day)
        return self if found is self.duty_list else replace(self, duty_list=found)

    def township(self, text: str) -> Division | None:
        """A township by code, name, short or former name."""
        return self._townships.find(text)

    def villages(self, township: str) -> tuple[Division, ...]:
        """The villages of a township."""
        town = self.township(township)
        return self._villages[town.code].rows if town else ()

    def village(self, township: str, text: str) -> Division | None:
        """A village of a township by code, full or short name."""
        town = self.township(township)
        return self._villages[town.code].find(text) if town else None

    def village_code(self, township: str, text: str) -> str:
        """The village's code, or ""."""
        found = self.village(township, text)
        return found.code if found else ""

    def place(self, township: str, village: str = "") -> str:
        """Township and village as they are said: 冉庄镇东孟庄村."""
        town, found = self.township(township), self.village(township, village)
        return (town.name if town else "") + (found.short_name if found else "")

    def township_unit(self, township: str) -> Unit | None:
        """The township's government."""
        town = self.township(township)
        return self.unit(f"{town.name}人民政府") if town else None

    def unit(self, text: str) -> Unit | None:
        """A unit."""
        return self._units.find(text)

    def room(self, text: str) -> Room | None:
        """A room."""
        return self._rooms.find(text)

    def category(self, text: str) -> Category | None:
        """A category."""
        return self._categories.find(text)

    def flow(self, text: str) -> FlowName | None:
        """A flow, by its full or short name too."""
        return self._flows.find(text)

    def source(self, text: str) -> Source | None:
        """A source."""
        return self._sources.find(text)

    def dispute_type(self, text: str) -> DisputeType | None:
        """An official type of dispute."""
        return self._dispute_types.find(text)

    def flag(self, text: str) -> Flag | None:
        """A flag."""
        return self._flags.find(text)

    def duty(self, text: str) -> Duty | None:
        """A line of the duty list in force."""
        return self.duty_list.lines.find(text)

    def crowd_tag_code(self, text: str) -> str:
        """The crowd tag's code, or "" for what is none."""
        found = self._crowd_tags.find(text.strip())
        return found.code if found else ""

    def crowd_tag(self, text: str) -> Named | None:
        """A crowd tag."""
        return self._crowd_tags.find(text)

    def clock(self, clock_id: str) -> ClockRule | None:
        """A statutory clock."""
        return self._clocks.get(clock_id)

    def materials_for(self, matter_kind: str) -> tuple[Material, ...]:
        """What to bring for a matter of this kind (a line of the duty list)."""
        return self.duty_list.materials.get(matter_kind, ())

    def words_said(self, said: str) -> frozenset[str]:
        """The words of the duty list and of the triage rules that occur in a text folded by `search_key`."""
        begun = (self._words_by_start.get(start, ()) for start in set(said))
        return frozenset(word for words in begun for key, word in words if key in said)

    @cached_property
    def _words_by_start(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """First character → each word as it is compared and as it is written."""
        rules = (
            (*rule.any_words, *chain(*rule.all_words), *rule.not_words, *rule.harmless)
            for rule in self.triage_rules
        )
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for word in dict.fromkeys(chain(*rules, *(duty.words for duty in self.duties))):
            key = search_key(word)
            found[key[:1]] = (*found.get(key[:1], ()), (key, word))
        return found

    def setting(self, key: str) -> str:
        """One of the office's settings; "" when it is not set."""
        return self.settings.get(key, "")


def _read(kind: type[_Read], cells: Iterable[Cells]) -> list[_Read]:
    return [read(kind, row) for row in cells]


def _sorted(cells: Sequence[Cells], column: str) -> list[Cells]:
    """By a column of whole numbers; an empty cell comes first."""
    return sorted(cells, key=lambda row: int(row[column] or 0))


def _spellings(row: Division) -> Iterable[str]:
    """A place's names; 冉庄镇 is also called 冉庄."""
    yield from (row.name, row.short_name, *row.aliases)
    if row.level == "township":
        yield row.name[:-1]


def _duty_lists(tables: Mapping[str, Sequence[Cells]]) -> tuple[DutyList, ...]:
    """Every version of the duty list, withdrawn ones too, by the day it came into force."""
    lines: dict[str, list[Duty]] = {}
    for duty in _read(Duty, tables["duties"]):
        lines.setdefault(duty.version, []).append(duty)
    materials: dict[str, dict[str, tuple[Material, ...]]] = {}
    for cells in _sorted(tables["materials"], "no"):
        kinds = materials.setdefault(cells["version"], {})
        material = read(Material, cells)
        kinds[material.matter_kind] = (*kinds.get(material.matter_kind, ()), material)
    versions = sorted(_read(DutyVersion, tables["duty_versions"]), key=lambda row: row.valid_from)
    return tuple(
        DutyList(each, Table(lines.get(each.version, ())), materials.get(each.version, {}))
        for each in versions
    )


_NO_DUTIES = DutyList(DutyVersion("", "", "", "", "", "", ""), Table(()), {})


def _in_force(lists: Sequence[DutyList], day: date) -> DutyList:
    """The last version that came into force by that day; before all of them the first; without any an empty list."""
    valid = [each for each in lists if not each.version.withdrawn]
    begun = [each for each in valid if each.version.valid_from <= day.isoformat()]
    return (begun or valid[:1] or [_NO_DUTIES])[-1]


def _groups(cells: Sequence[Cells]) -> dict[int, tuple[str, ...]]:
    """The five groups of units that take turns (轮驻)."""
    found: dict[int, tuple[str, ...]] = {}
    for row in cells:
        number = int(row["group_no"])
        found[number] = (*found.get(number, ()), row["unit"])
    return found
