"""What the invented disputes are settled for: sums that follow from what was said, terms, and when they are performed."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.case import Case, CaseParty
from qingyuan_desk.domain.mediation.forms import Part

_SUM = re.compile(r"[\d.]+万?元")
#: Agreed sums are whole tens of yuan; parts of them are whole hundreds, in fen.
_TENS, _HUNDREDS = 10_00, 100_00


def sum_in(narrative: str) -> int:
    """The first sum a narrative names, in fen; 0 when it names none."""
    found = _SUM.search(narrative)
    return (money.read(found[0]) or 0) if found else 0


@dataclass(frozen=True)
class Deal:
    """What was agreed. terms have places {payer} {payee} {amount} {when}; dues: when it is performed, () on the spot."""

    terms: tuple[str, ...]
    claims: tuple[str, ...]
    amount: int
    payer: str
    topics: tuple[str, ...]
    dues: tuple[date, ...]

    @classmethod
    def of(
        cls, template: Mapping[str, Any], narrative: str, dice: random.Random, dues: Sequence[date]
    ) -> Deal:
        """The deal a dispute ends with."""
        exact = sum_in(narrative) * dice.uniform(*template["share"]) if "share" in template else 0.0
        if "pays" in template:
            exact = dice.uniform(*template["pays"]) * 100
        amount = round(exact / _TENS) * _TENS
        return cls(
            terms=tuple(template["terms"]),
            claims=tuple(template["claims"]),
            amount=amount,
            payer=template.get("payer", "respondent"),
            topics=tuple(template["topics"]),
            dues=tuple(dues) if amount else tuple(dues[:1]),
        )

    @property
    def plain(self) -> tuple[str, ...]:
        """The terms as they are said when names are not needed."""
        sides = {"respondent": "被申请人", "applicant": "申请人"}
        other = next(side for side in sides if side != self.payer)
        return self._filled(sides[self.payer], sides[other])

    def words(self, case: Case) -> tuple[str, ...]:
        """The terms with everything filled in."""
        payer, payee = self._parties(case)
        return self._filled(payer.name, payee.name)

    def content(self, case: Case, recorder: str) -> dict[str, Any]:
        """What the form of the agreement says."""
        return {
            "facts": case.narrative,
            "disputes": "；".join(self.claims),
            "terms": self.words(case),
            "way": "当场履行" if not self.dues else "转账或者现金" if self.amount else "自行履行",
            "deadline": _day(self.dues[-1]) + "前" if self.dues else "已当场履行",
            "amount": self.amount,
            "parts": tuple(self._parts(case)),
            "at_once": not self.dues,
            "topics": self.topics,
            "recorder": recorder,
        }

    def _filled(self, payer: str, payee: str) -> tuple[str, ...]:
        when = "当场履行"
        if len(self.dues) == 1:
            when = f"于{_day(self.dues[0])}前履行"
        elif self.dues:
            when = f"自{_day(self.dues[0])}起分{len(self.dues)}期付清"
        filled = {"payer": payer, "payee": payee, "amount": money.words(self.amount), "when": when}
        return tuple(term.format(**filled) for term in self.terms)

    def _parties(self, case: Case) -> tuple[CaseParty, CaseParty]:
        first = {party.side: party for party in reversed(case.parties)}
        sides = ("applicant", "respondent") if self.payer == "applicant" else ("respondent", "applicant")
        return first[sides[0]], first[sides[1]]

    def _parts(self, case: Case) -> list[Part]:
        payer, payee = (party.record_id for party in self._parties(case))
        count = len(self.dues)
        each = self.amount // max(count, 1) // _HUNDREDS * _HUNDREDS
        sums = [each] * (count - 1) + [self.amount - each * (count - 1)]
        what = "" if self.amount else self.words(case)[0]
        return [Part(due, what, amount, payer, payee) for due, amount in zip(self.dues, sums, strict=False)]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
