"""Words an agreement begins with: what the case says already, the places of clauses, the time for performing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.case import Case, Instalment
from qingyuan_desk.domain.mediation.forms import Draft, Oral, Part
from qingyuan_desk.domain.mediation.rules import day

_NUMBERED = re.compile(
    r"^\s*(?:[0-9]{1,2}\s*[.．、)）]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十0-9]{1,3}条[：:]?)\s*"
)


@dataclass(frozen=True)
class FirstText:
    """What an agreement nobody has written yet begins with."""

    facts: str
    disputes: str
    terms: tuple[str, ...]


def first_text(case: Case) -> FirstText:
    """Facts from the application, the dispute from the claims, the terms from the session that ended in agreement."""
    mediation = case.mediation
    agreed = next((each for each in reversed(case.held) if each.outcome == "agreed"), None)
    return FirstText(
        facts=mediation.facts if mediation else case.narrative,
        disputes="；".join(mediation.claims) if mediation else "",
        terms=terms_in(agreed.proposal) if agreed else (),
    )


def terms_in(text: str) -> tuple[str, ...]:
    """Terms written one a line, without the numbers somebody put before them."""
    lines = (_NUMBERED.sub("", line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def values_for(case: Case, form: Draft | Oral) -> Mapping[str, str]:
    """What is known of the places of a clause: who performs for whom, and the sums and days as they were written down."""
    first = {party.side: party.name for party in reversed(case.parties)}
    names = {party.record_id: party.name for party in case.parties}
    parts = form.parts
    values = {
        "payer": names.get(parts[0].payer, "") if parts else first.get("respondent", ""),
        "payee": names.get(parts[0].payee, "") if parts else first.get("applicant", ""),
        "amount": money.words(form.amount) if form.amount else "",
        "day": day(parts[-1].due_on) if parts else "",
    }
    if len(parts) > 1:
        values["first_day"] = day(parts[0].due_on)
        values["months"] = str(len(parts))
        values["each"] = money.words(parts[0].amount) if _even(parts) else ""
    return values


def _even(parts: Sequence[Part]) -> bool:
    return len({part.amount for part in parts}) == 1


def deadline_of(parts: Sequence[Part]) -> str:
    """The time for performing (履行期限) that instalments say; "" without any."""
    if not parts:
        return ""
    last = max(part.due_on for part in parts)
    if len(parts) == 1:
        return f"{day(last)}前"
    return f"自{day(parts[0].due_on)}起分 {len(parts)} 期，至{day(last)}"


def standing(part: Instalment, today: date) -> tuple[str, str]:
    """How an instalment stands: a code (paid, partly, late, today, due) and its words."""
    late = (today - part.due_on).days
    if part.paid_on is not None and part.paid >= part.amount:
        behind = (part.paid_on - part.due_on).days
        return "paid", f"已履行，迟 {behind} 天" if behind > 0 else "已履行"
    if late > 0:
        return "late", f"逾期 {late} 天"
    if part.paid:
        return "partly", "部分履行"
    return ("today", "今天到期") if late == 0 else ("due", f"还有 {-late} 天")
