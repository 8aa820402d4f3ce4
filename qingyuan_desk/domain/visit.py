"""What a clerk fills in when somebody comes: the form of one visit (次), and what registering it gives back.

A visit belongs to one matter (件). The same matter visited again is a further visit of the same matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from qingyuan_desk.domain.problems import Problem

#: People who may stand on the visitors' side. The first one is the main visitor (来访人).
VISITOR_ROLES: Mapping[str, str] = {
    "visitor": "来访人",
    "representative": "代表",
    "agent": "代理人",
    "companion": "随行人",
}

#: What the other side (对方) may be.
OPPONENT_KINDS: Mapping[str, str] = {"person": "个人", "company": "企业/组织", "organ": "机关单位"}

#: Scope of an agent's authority (授权类型).
AUTHORITIES: Mapping[str, str] = {"": "未提交委托书", "general": "一般授权", "special": "特别授权"}

#: 《信访工作条例》第二十条: a group elects at most five representatives.
MAX_REPRESENTATIVES = 5

#: Practice: five people or more arriving together are a group visit (集体访).
GROUP_SIZE = 5


@dataclass(frozen=True)
class Person:
    """Somebody on the visitors' side, as stated at this visit. Township and village are division codes."""

    name: str = ""
    sex: str = ""
    id_type: str = "id_card"
    id_number: str = ""
    phone: str = ""
    township: str = ""
    village: str = ""
    address: str = ""
    role: str = "visitor"
    birth_date: str = ""
    crowd: str = ""
    authority: str = ""
    relation: str = ""


@dataclass(frozen=True)
class Opponent:
    """Somebody on the other side (对方): a person, a company, or an organ."""

    name: str = ""
    kind: str = "person"
    phone: str = ""
    township: str = ""
    village: str = ""
    address: str = ""


@dataclass(frozen=True)
class VisitForm:
    """One visit as filled in at the desk or sent by another way in.

    request_id: made when the form opens; asking again with the same one returns the first result.
    received_at: when the visitor came, aware; None means now.
    matter: number of an earlier matter when this is a further visit of it.
    overrides: field → reason, for values the rules doubt and the clerk keeps.
    route_reason: why category, flow, or unit differ from the suggestion.
    """

    request_id: str
    persons: tuple[Person, ...] = ()
    opponents: tuple[Opponent, ...] = ()
    received_at: datetime | None = None
    source: str = "walk_in"
    headcount: int = 1
    narrative: str = ""
    category: str = ""
    flow: str = ""
    room: str = ""
    unit: str = ""
    dispute_type: str = ""
    matter_kind: str = ""
    matter: str = ""
    flags: frozenset[str] = frozenset()
    overrides: Mapping[str, str] = field(default_factory=dict)
    route_reason: str = ""

    @property
    def main_visitor(self) -> Person:
        """The person the visit is registered under."""
        return self.persons[0] if self.persons else Person()

    @property
    def representatives(self) -> int:
        """How many named representatives (代表) the group has elected."""
        return sum(1 for person in self.persons if person.role == "representative")

    @property
    def is_group(self) -> bool:
        """集体访: five people or more arriving together."""
        return self.headcount >= GROUP_SIZE


@dataclass(frozen=True)
class Registered:
    """What the clerk is told once the visit is durable."""

    request_id: str
    visit_id: int
    visit_number: str
    matter_id: int
    matter_number: str
    registered_at: datetime
    ordinal: int
    sealed: bool = False
    warnings: tuple[Problem, ...] = ()
    replayed: bool = False


@dataclass(frozen=True)
class Match:
    """An earlier matter that may be the same, with every reason why (同一身份证, 同电话, 同村同对方 …)."""

    matter_id: int
    matter_number: str
    title: str
    visitor: str
    flow: str
    node: str
    visits: int
    last_visit_number: str
    last_visit_on: str
    last_answer: str
    reasons: tuple[str, ...]
    same_person: bool


@dataclass(frozen=True)
class Draft:
    """A form that was being filled in when the desk stopped."""

    request_id: str
    saved_at: datetime
    summary: str
    form: VisitForm
