"""The mediator roster (乡贤名册): who is on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Whether a mediator is called at present.
STATUSES: Mapping[str, str] = {"active": "在聘", "suspended": "停用", "ended": "解聘"}


@dataclass(frozen=True)
class Mediator:
    """A mediator (人民调解员), village elder or other. Township and village are division codes.

    skills: codes of the official dispute types. term_start: ISO day the three-year term began (《人民调解法》第九条).
    letters: pinyin keys the name is found by.
    """

    code: str
    name: str
    sex: str
    birth_year: str
    township: str
    village: str
    phone: str
    identity: str
    skills: tuple[str, ...]
    posts: str
    kind: str
    part_time: bool
    term_start: str
    level: str
    status: str
    free_days: str
    note: str
    letters: tuple[str, ...] = ()

    @classmethod
    def from_cells(cls, row: Mapping[str, str]) -> Mediator:
        """A row of the office's table."""
        plain = (
            "code name sex birth_year township village phone identity posts kind term_start level status"
            " free_days note"
        )
        return cls(
            **{name: row[name] for name in plain.split()},
            skills=tuple(row["skills"].split()),
            part_time=row["part_time"] == "1",
            letters=tuple(row["pinyin"].split()),
        )
