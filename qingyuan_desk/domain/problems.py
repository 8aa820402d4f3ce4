"""What is wrong with something a person filled in, said so that the person can put it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a problem stands in the way."""

    REFUSE = "refuse"
    """Cannot be kept."""
    DOUBT = "doubt"
    """Can be kept when somebody gives a reason."""
    WARN = "warn"
    """Is only told."""


@dataclass(frozen=True)
class Problem:
    """One problem of one field.

    sentence: Chinese; says the cause and the next step or an example.
    article: the rule behind it, such as 《信访工作条例》第二十条; empty when it is plain sense.
    """

    field: str
    sentence: str
    article: str = ""
    level: Level = Level.REFUSE


def blocking(problems: Iterable[Problem], overrides: Mapping[str, str]) -> list[Problem]:
    """The problems that stop a record: refused ones, and doubtful ones whose field has no reason in `overrides`."""
    return [
        problem
        for problem in problems
        if problem.level is Level.REFUSE
        or (problem.level is Level.DOUBT and not overrides.get(problem.field, "").strip())
    ]
