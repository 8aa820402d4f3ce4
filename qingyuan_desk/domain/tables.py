"""The rows of the office's own tables, and how their cells are read. The office edits them like sheets: text only.

A column is the field of the same name. Several words in a cell are separated by spaces or semicolons; yes is 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Cells = Mapping[str, str]

#: Who settles disputes in a township beside its government: role → what it is called.
CONTACT_ROLES: Mapping[str, str] = {
    "politics": "政法委员",
    "justice": "司法所",
    "police": "公安派出所",
    "tribunal": "人民法庭",
    "grid": "综治网格",
}
#: In a duty's leading unit: the government of the township the visitor comes from.
OWN_TOWNSHIP = "township"


@dataclass(frozen=True)
class Named:
    """A code and its Chinese name."""

    code: str
    name: str


@dataclass(frozen=True)
class Division:
    """A township (乡镇) or a village (村, 社区) of the district. `letters`: pinyin keys it is found by."""

    code: str
    name: str
    level: str
    parent: str
    kind: str
    short_name: str
    aliases: tuple[str, ...]
    letters: tuple[str, ...] = field(metadata={"column": "pinyin"})


@dataclass(frozen=True)
class Unit:
    """Somebody who can be responsible. kind: resident, legal, county, township, oncall, other."""

    code: str
    name: str
    kind: str
    parent: str
    phone: str
    place: str
    duty: str


@dataclass(frozen=True)
class Room:
    """A functional room (功能室) of the centre."""

    code: str
    name: str
    use: str


@dataclass(frozen=True)
class Category:
    """One of the five categories (五类), with the flow, room, and unit it goes to when nothing else is said."""

    code: str
    name: str
    flow: str
    room: str
    unit: str
    help: str


@dataclass(frozen=True)
class FlowName:
    """A flow as people call it."""

    code: str
    name: str
    short: str


@dataclass(frozen=True)
class Source:
    """Where a matter comes from (来源). `parent`: the source it is counted under."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True)
class DisputeType:
    """One of the 18 official types (纠纷类型), and its place in the 综治 list."""

    code: str
    name: str
    zongzhi: str


@dataclass(frozen=True)
class Flag:
    """Something that changes how a visit is treated: urgent, danger, sealed accusation …"""

    code: str
    name: str
    effect: str
    article: str


@dataclass(frozen=True)
class Duty:
    """A line of the duty list (职责清单): who leads, who helps, by which article, within how many days.

    leading_unit: exactly one (一类事务由一个机构负责), a unit's code or OWN_TOWNSHIP. limit_days: natural days, or "".
    flow, room: where it goes; "" means as its category. words: what people say when they mean it.
    """

    code: str
    version: str
    name: str
    category: str
    leading_unit: str
    co_units: tuple[str, ...]
    article: str
    limit_days: str
    flow: str
    room: str
    dispute_type: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class DutyVersion:
    """A version of the duty list (版本). valid_from: ISO day; withdrawn: why it never came or is no longer in force, or ""."""

    version: str
    name: str
    valid_from: str
    published_at: str
    published_by: str
    note: str
    withdrawn: str


@dataclass(frozen=True)
class TownshipContact:
    """Who to turn to in a township (乡镇对口联系表). role: of CONTACT_ROLES; name, phone, place: "" until the office knows."""

    township: str
    role: str
    organ: str
    name: str
    phone: str
    place: str


@dataclass(frozen=True)
class Material:
    """Something to bring for a line of the duty list. `promise`: a written promise (告知承诺) may stand in for it."""

    matter_kind: str
    name: str
    required: bool = field(metadata={"column": "needed"})
    promise: bool
    note: str
    article: str


@dataclass(frozen=True)
class TriageRule:
    """A rule of triage (分流规则), tried in the order of `sort`; see domain/triage.py for what its columns mean."""

    id: str
    name: str
    category: str
    flow: str
    room: str
    unit: str
    any_words: tuple[str, ...]
    all_words: tuple[tuple[str, ...], ...]
    not_words: tuple[str, ...]
    harmless: tuple[str, ...]
    flags: frozenset[str]
    needs: frozenset[str]
    matter_kind: str
    article: str
    reason: str
    advice: str
    slip: str


@dataclass(frozen=True)
class Clause:
    """A clause of an agreement (条款). text: with places such as {payer}, {amount}, {day}; types: of disputes it suits."""

    code: str
    name: str
    topic: str
    types: tuple[str, ...]
    text: str
    article: str


@dataclass(frozen=True)
class SubsidyRate:
    """A rate of the per-case subsidy (以案定补): form × result × difficulty × level; "" fits all. amount: yuan, as written."""

    code: str
    name: str
    form: str
    result: str
    difficulty: str
    level: str
    amount: str
    note: str


@dataclass(frozen=True)
class LevelRule:
    """What a level of people's mediator (等级) asks for. years: since the first term began; cases: finished ones.

    oral_share_max, success_min: percent.
    """

    level: str
    years: int
    cases: int
    oral_share_max: int
    success_min: int
    note: str


@dataclass(frozen=True)
class Organ:
    """Where a party may go next (下一步途径); code: see path_lines in domain/papers.py."""

    code: str
    name: str
    organ: str
    address: str
    phone: str
    hours: str
    note: str


@dataclass(frozen=True)
class Answer:
    """A common question of 法律咨询 with its answer (常用答复), for the person at the window to fit to the case.

    cause: official type of dispute, or "" for any. words: what people say when they mean it. affair: of AID_AFFAIRS in
    domain/handling/codes.py, or "". note: who checked it and when.
    """

    code: str
    cause: str
    question: str
    words: tuple[str, ...]
    answer: str
    articles: str
    affair: str
    note: str


@dataclass(frozen=True)
class UrgingRule:
    """When a unit is urged (催办督办), and how. kind: of URGES in domain/handling/codes.py.

    clock: a limit, counted in `days` after its last day (0 and less: before its alarm); or node: where the matter stands,
    counted in days it stood there; neither: never proposed, what is issued by hand goes by it. flow: "" any. unit: the
    standard of this unit instead of everybody's ("" everybody). reply_days: workdays to answer. text: what is asked.
    """

    code: str
    name: str
    flow: str
    clock: str
    node: str
    unit: str
    days: int
    kind: str
    points: int
    reply_days: int
    article: str
    text: str


_Row = TypeVar("_Row", bound="DataclassInstance")


def read(kind: type[_Row], cells: Cells) -> _Row:
    """A row of a table; each cell is read as the type of its field."""
    return kind(**{each.name: _CELL[str(each.type)](cells[_column(each)]) for each in fields(kind)})


def words(cell: str) -> tuple[str, ...]:
    """The words of a cell."""
    return tuple(cell.replace(";", " ").split())


def _column(each: Any) -> str:
    return str(each.metadata.get("column", each.name))


_CELL: Mapping[str, Callable[[str], object]] = {
    "str": str,
    "int": int,
    "bool": lambda cell: cell == "1",
    "tuple[str, ...]": words,
    "frozenset[str]": lambda cell: frozenset(words(cell)),
    "tuple[tuple[str, ...], ...]": lambda cell: tuple(tuple(word.split("|")) for word in words(cell)),
}
