"""What an operation of `clerk` is, and what all of them read the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.text import clean_line
from qingyuan_desk.services.office import Office

Facts = Mapping[str, Any]

#: The keys of every line.
COMMON = ("op", "actor", "request_id")


@dataclass(frozen=True)
class Operation:
    """What an operation does; it returns what stands behind `ACK <request_id>`. keys: its own; () where a form says."""

    act: Callable[[Office, Actor, Facts, str], str]
    keys: tuple[str, ...] = ()


def text(facts: Facts, key: str, default: str = "") -> str:
    """A text of the line; without a default it must be there."""
    value = facts.get(key)
    if value is None:
        value = default
    if not isinstance(value, str):
        raise Refused.because(key, f"{key} 应是文字。")
    if not clean_line(value):
        raise Refused.because(key, f"缺少 {key}。")
    return value


def own(facts: Facts, *others: str) -> Facts:
    """What a line says of its form; others: keys that are not of the form."""
    return {key: value for key, value in facts.items() if key not in (*COMMON, *others)}
