"""What the rules of every flow have in common: a step as a page shows it, and plain ways to say no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.text import LIMITS


@dataclass(frozen=True)
class StepView:
    """A step as a page shows it. hindrance: why it cannot be taken now; "" when it can."""

    code: str
    name: str
    article: str
    hindrance: str


def warn(where: str, sentence: str, article: str = "") -> Problem:
    """Only told."""
    return Problem(where, sentence, article, Level.WARN)


def text(where: str, name: str, value: str, limit: str, *, needed: bool = True) -> Iterable[Problem]:
    """A text that must be there (needed) and may not be too long; limit: a kind of domain/text.LIMITS."""
    if needed and not value.strip():
        yield Problem(where, f"请填写{name}。")
    elif len(value) > LIMITS[limit]:
        yield Problem(where, f"{name}最多 {LIMITS[limit]} 个字，现有 {len(value)} 个字，请缩短。")


def choice(where: str, name: str, value: str, table: Mapping[str, object]) -> Iterable[Problem]:
    """A code of a table."""
    if not value and "" not in table:
        yield Problem(where, f"请选择{name}。")
    elif value not in table:
        yield Problem(where, f"{name}没有“{value}”这一项。可选：{'、'.join(table)}。")


def day(when: date) -> str:
    """A day on the timeline."""
    return f"{when.year}年{when.month}月{when.day}日"
