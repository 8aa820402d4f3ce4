"""What can be done with a case now, what stands in the way, and what doing it changes: pure functions over Case and Form.

A step is open at some nodes and has conditions of its own; each refusal names its article. services/mediation.py reads
the case, asks `problems`, and writes `changes` in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from qingyuan_desk.domain.mediation.case import Case, Record
from qingyuan_desk.domain.mediation.forms import Form
from qingyuan_desk.domain.problems import Level, Problem

LAW = "《人民调解法》"


@dataclass(frozen=True)
class Context:
    """What a rule may know besides the case. mediators: code → Mediator of the roster; conflicts: code → what to disclose.

    actor: code of the account that acts.
    """

    now: datetime
    actor: str
    mediators: Mapping[str, Any] = field(default_factory=dict)
    conflicts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The business day."""
        return self.now.date()


@dataclass(frozen=True)
class Changes:
    """What a step writes. Records of record_id 0 are added, others replaced; a Mediation is replaced by its matter.

    An Instalment of agreement 0 belongs to the Agreement put before it. node: where the matter goes; "" stays.
    start, meet: clocks by rule (seeds/clocks.csv) and day; cancel: rules whose running clocks fall away.
    numbered: the Mediation gets the next ( )人调字第 号. words: what stands on the timeline.
    """

    put: tuple[Record, ...] = ()
    node: str = ""
    start: tuple[tuple[str, date], ...] = ()
    meet: tuple[tuple[str, date], ...] = ()
    cancel: tuple[str, ...] = ()
    numbered: bool = False
    words: str = ""


@dataclass(frozen=True)
class Act:
    """A step: its Chinese name, where it is open, the article it follows, and its rules.

    hindrance: why it cannot be done with this case whatever is filled in; "" when it can.
    """

    code: str
    name: str
    nodes: frozenset[str]
    article: str
    check: Callable[[Case, Any, Context], Iterable[Problem]]
    do: Callable[[Case, Any, Context], Changes]
    hindrance: Callable[[Case], str]


@dataclass(frozen=True)
class StepView:
    """A step as a page shows it. hindrance: why it cannot be taken now; "" when it can."""

    code: str
    name: str
    article: str
    hindrance: str
