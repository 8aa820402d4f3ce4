"""One dispute of the invented year as it is planned: what it is about, and what happens in it, act by act."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from qingyuan_desk.domain.training.days import Act, Move, Naming, WorkDays
from qingyuan_desk.domain.training.deals import sum_in

_CATEGORY = "civil_dispute"


@dataclass(frozen=True)
class Dispute:
    """A planned matter as its mediation sees it. applicants: named ones; headcount: all who came; last: of its visits."""

    matter: int
    source: str
    template: Mapping[str, Any]
    narrative: str
    applicants: int
    headcount: int
    last: datetime

    @property
    def kind(self) -> str:
        """The code of its dispute type."""
        return str(self.template["dispute_type"])

    @property
    def worth(self) -> int:
        """Yuan it is about, at least; 0 when it is not about money."""
        if "share" in self.template:
            return sum_in(self.narrative) // 100
        return int(self.template.get("pays", [0])[0])


class Diary:
    """What happens in one dispute, each act later than the one before."""

    def __init__(
        self,
        dispute: Dispute,
        rules: Mapping[str, Any],
        days: WorkDays,
        dice: random.Random,
        place: int,
        prevention: Mapping[str, Any] | None = None,
    ) -> None:
        self.dispute, self.rules, self.days, self.dice = dispute, rules, days, dice
        self.place, self.prevention = place, prevention
        self.at = dispute.last
        self._acts: list[Act] = []

    @property
    def day(self) -> date:
        """The day it is."""
        return self.at.date()

    def until(self, end: datetime) -> list[Act]:
        """What happens until a moment."""
        return [act for act in self._acts if act.at <= end]

    def wait(self, least: int, most: int) -> None:
        """So many working days go by."""
        self.go(self.days.after(self.day, self.dice.randint(least, most)))

    def go(self, day: date) -> None:
        """It is some moment of this working day, or of the next one that follows."""
        self.at = max(
            self.at, self.days.at(self.days.since(day), self.dice.randint(8 * 60 + 40, 11 * 60 + 20))
        )

    def do(self, step: str, move: Move, minutes: int = 4) -> None:
        """Take a step, so many minutes later."""
        self.at += timedelta(minutes=minutes)
        self._acts.append(self._act("step", step, move=move))

    def assign(self, step: str, named: Naming, minutes: int = 5) -> None:
        """Take a step that names a mediator: whoever suits."""
        self.at += timedelta(minutes=minutes)
        self._acts.append(self._act("assign", step, named=named))

    def call_out(self, started: datetime) -> None:
        """Their mediator was called, and has come before a meeting starts."""
        self.at = max(self.at, started - timedelta(minutes=self.dice.randint(1, 6)))
        called = self.at - timedelta(minutes=self.dice.choice((18, 25, 30, 35, 40, 55, 70)))
        self._acts.append(self._act("callout", self.rules["words"]["called_for"], called_at=called))

    def _act(
        self,
        what: str,
        step: str,
        move: Move | None = None,
        named: Naming | None = None,
        called_at: datetime | None = None,
    ) -> Act:
        number = len(self._acts) + 1
        return Act(self.at, what, self.dispute.matter, number, _CATEGORY, None, step, move, named, called_at)
