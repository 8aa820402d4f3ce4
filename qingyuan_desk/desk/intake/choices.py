"""The office's tables as lists to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qingyuan_desk.desk.widgets.choice import Option
from qingyuan_desk.domain.identity import ID_TYPES
from qingyuan_desk.domain.pinyin import initials
from qingyuan_desk.domain.reference import Division, Reference
from qingyuan_desk.domain.visit import OPPONENT_KINDS


def townships(reference: Reference) -> list[Option]:
    """The townships, found by characters, initials, and former names."""
    return [_place(town, town.name) for town in reference.townships]


def villages(reference: Reference, township: str) -> list[Option]:
    """The villages of a township under the names people use."""
    return [_place(village, village.short_name) for village in reference.villages(township)]


def named(reference: Reference) -> dict[str, list[Option]]:
    """The other lists, by the field they are for, found by characters and codes only."""
    return {
        "id_type": [Option(code, name) for code, name in ID_TYPES.items()],
        "crowd": _options((tag.code, tag.name) for tag in reference.crowd_tags),
        "source": _options((source.code, source.name) for source in reference.sources),
        "room": _options((room.code, room.name) for room in reference.rooms),
        "unit": _options((unit.code, unit.name) for unit in reference.units),
        "dispute_type": _options((kind.code, kind.name) for kind in reference.dispute_types),
        "opponent_kind": _options(OPPONENT_KINDS.items()),
    }


def spelled(lists: Mapping[str, list[Option]]) -> dict[str, list[Option]]:
    """The same lists, found by initials too. Slow the first time: it loads the dictionary."""
    return {field: [_spelled(option) for option in options] for field, options in lists.items()}


def _options(rows: Iterable[tuple[str, str]]) -> list[Option]:
    return [Option(code, name, (code,)) for code, name in rows]


def _spelled(option: Option) -> Option:
    return Option(option.code, option.name, (*initials(option.name), *option.keys))


def _place(division: Division, name: str) -> Option:
    return Option(division.code, name, (*division.letters, division.name, *division.aliases))
