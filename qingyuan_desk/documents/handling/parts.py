"""What the papers of handling share: who came, units by name, days, numbers, who issues, what is torn off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from qingyuan_desk.documents.forms.parts import BLANK
from qingyuan_desk.documents.forms.sheet import FormPage
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.papers import HandlingPaper

#: What is left free for the number of a document (文号).
BLANK_NUMBER = "　　　　〔　　　　〕　　　　号"


@dataclass(frozen=True)
class Form:
    """A paper being made: its facts, its page, its own texts. by_hand: nothing is known, all is left free."""

    kind: str
    facts: HandlingPaper
    page: FormPage
    by_hand: bool

    @property
    def case(self) -> Handled:
        """The matter."""
        return self.facts.case

    @property
    def words(self) -> Wording:
        """The texts of this paper."""
        return self.filled()

    def say(self, key: str, **more: str) -> str:
        """A text of this paper, filled with what the matter says, and more."""
        return self.filled(**more).text(key)

    def filled(self, **more: str) -> Wording:
        """The texts of this paper, filled with what the matter says, and more."""
        return Wording(f"handling/{self.kind}", {**values(self.facts), **more})

    def rows(self, empty: int) -> int:
        """How many lines to write on: so many on a blank form, two where only this was left out."""
        return empty if self.by_hand else 2

    def unit(self, code: str) -> str:
        """A unit's name; what was written where it is no unit's code."""
        found = self.facts.units.get(code)
        return found.name if found else code


class _Record(Protocol):
    @property
    def record_id(self) -> int: ...


_R = TypeVar("_R", bound=_Record)


def subject(form: Form, records: Iterable[_R], what: str) -> _R | None:
    """The record the paper is about; None on a blank form. Raises NotFound when the matter has none of this id."""
    if form.by_hand:
        return None
    found = next((each for each in records if each.record_id == form.facts.subject), None)
    if found is None:
        raise NotFound(f"这件事项里没有找到这份文书所指的{what}，可能刚被改动，请刷新后再打印。")
    return found


def values(facts: HandlingPaper) -> dict[str, str]:
    """What the texts of a paper may fill in; a fact that is not known is left free."""
    office = facts.office
    return {
        "office": office.name,
        "address": office.address or office.name,
        "phone": office.phone or BLANK,
        "hours": office.hours or "见大厅公示",
        "number": facts.case.number or BLANK,
        "visitor": facts.case.visitor or BLANK,
        "title": facts.case.title or BLANK,
    }
