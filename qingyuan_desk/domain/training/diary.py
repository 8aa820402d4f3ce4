"""One matter of the invented year as it is planned: what it is about, and what happens in it, act by act."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from qingyuan_desk.domain.handling.forms import Form
from qingyuan_desk.domain.training.days import Act, Handle, Move, Naming, WorkDays
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
    """What happens with one matter, each act later than the one before."""

    def __init__(self, matter: int, category: str, at: datetime, days: WorkDays, dice: random.Random) -> None:
        self.matter, self.category = matter, category
        self.at, self.days, self.dice = at, days, dice
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

    def take(self, form: Form, minutes: int = 4) -> None:
        """Take a step of its handling, so many minutes later."""
        self.write("handle", form.step, minutes, handled=form)

    def handle(self, step: str, handle: Handle, minutes: int = 4) -> None:
        """Take a step of its handling that depends on how the matter stands then."""
        self.write("handle", step, minutes, handled=handle)

    def do(self, step: str, move: Move, minutes: int = 4) -> None:
        """Take a step of its mediation, so many minutes later."""
        self.write("step", step, minutes, move=move)

    def write(self, what: str, text: str, minutes: int = 0, **more: Any) -> None:
        """So many minutes later, something happens."""
        self.at += timedelta(minutes=minutes)
        number = len(self._acts) + 1
        self._acts.append(Act(self.at, what, self.matter, number, self.category, text=text, **more))


class CaseDiary(Diary):
    """What happens in the mediation of one dispute."""

    def __init__(
        self,
        dispute: Dispute,
        rules: Mapping[str, Any],
        days: WorkDays,
        dice: random.Random,
        place: int,
        prevention: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(dispute.matter, _CATEGORY, dispute.last, days, dice)
        self.dispute, self.rules = dispute, rules
        self.place, self.prevention = place, prevention

    def assign(self, step: str, named: Naming, minutes: int = 5) -> None:
        """Take a step that names a mediator: whoever suits."""
        self.write("assign", step, minutes, named=named)

    def call_out(self, started: datetime) -> None:
        """Their mediator was called, and has come before a meeting starts."""
        self.at = max(self.at, started - timedelta(minutes=self.dice.randint(1, 6)))
        called = self.at - timedelta(minutes=self.dice.choice((18, 25, 30, 35, 40, 55, 70)))
        self.write("callout", self.rules["words"]["called_for"], called_at=called)
