"""The limits a paper of handling tells of: from which day each counts, and its last day where that day is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.handling.case import Handled, by_id
from qingyuan_desk.domain.limitations import Limitation, of_ways
from qingyuan_desk.domain.papers import ClockLine
from qingyuan_desk.domain.reference import Reference

_Day = Callable[[Handled, int], date | None]


def _never(case: Handled, subject: int) -> None:
    return None


@dataclass(frozen=True)
class _Limit:
    """A limit of a rule. start: the day that counts. until: its last day, where a person set it."""

    rule: str
    start: _Day
    until: _Day = _never


def _received(case: Handled, subject: int) -> date | None:
    found = by_id(case.sendings, subject)
    return found.received_on if found else None


def _accepted(case: Handled, subject: int) -> date | None:
    return case.classified.accepted_on


def _approved(case: Handled, subject: int) -> date | None:
    found = by_id(case.extensions, subject)
    return found.approved_on if found else None


def _until(case: Handled, subject: int) -> date | None:
    found = by_id(case.extensions, subject)
    return found.until if found else None


def _served(case: Handled, subject: int) -> date | None:
    found = by_id(case.opinions, subject)
    return found.served_on if found else None


def _applied(case: Handled, subject: int) -> date | None:
    found = by_id(case.aids, subject)
    return (found.supplied_on or (None if found.lacking else found.applied_on)) if found else None


def _decided(case: Handled, subject: int) -> date | None:
    found = by_id(case.aids, subject)
    return found.decided_on if found else None


def _sent(case: Handled, subject: int) -> date | None:
    found = by_id(case.sendings, subject)
    return found.sent_on if found else None


def _asked(case: Handled, subject: int) -> date | None:
    """The day a unit was given, where it is behind the day it signed."""
    found = by_id(case.sendings, subject)
    if found is None or found.limit_on is None or found.received_on is None:
        return None
    return found.limit_on if found.limit_on > found.received_on else None


_TO_UNIT = (_Limit("petition_objection", _received), _Limit("petition_notify_forwarded", _received))
_HANDED = (_Limit("petition_objection", _received), _Limit("handover_reply", _received, _asked))

#: Paper → its limits.
_LIMITS: Mapping[str, tuple[_Limit, ...]] = {
    "forwarded": (_Limit("petition_notify_forwarded", _received),),
    "hand_over": _HANDED,
    "receipt": (*_TO_UNIT, *_HANDED[1:], _Limit("support_response", _sent)),
    "objection": _TO_UNIT,
    "support": (_Limit("support_response", _sent),),
    "support_reply": (_Limit("support_response", _sent),),
    "acceptance": (_Limit("petition_finish", _accepted),),
    "extension": (_Limit("petition_finish", _accepted), _Limit("petition_extension", _approved, _until)),
    "opinion": (_Limit("petition_review_request", _served), _Limit("petition_recheck_request", _served)),
    "review_request": (_Limit("petition_review_request", _served),),
    "recheck_request": (_Limit("petition_recheck_request", _served),),
    "aid_lacking": (_Limit("legalaid_decide", _applied),),
    "aid_decision": (_Limit("legalaid_assign", _decided),),
}


def limits(
    kind: str, case: Handled, subject: int, reference: Reference, calendar: WorkCalendar
) -> dict[str, ClockLine]:
    """The limits of a paper by the id of their rule."""
    found = ((each, reference.clock(each.rule)) for each in _LIMITS.get(kind, ()))
    return {each.rule: _line(each, rule, case, subject, calendar) for each, rule in found if rule}


def _line(
    each: _Limit, rule: clocks.ClockRule, case: Handled, subject: int, calendar: WorkCalendar
) -> ClockLine:
    start, until = each.start(case, subject), each.until(case, subject)
    due = None
    if start:
        due = clocks.ending(rule, start, until, calendar) if until else clocks.due(rule, start, calendar)
    return _told(rule, due, clocks.period(rule), rule.extend)


def ways(case: Handled) -> tuple[str, ...]:
    """The lawful ways that were named instead of a petition: the ground, the item of 第三十一条, and the paths told."""
    petition = case.classified
    guided = "judicial" if any(each.kind == "litigation" for each in case.notices) else ""
    found = (petition.ground, petition.way, guided, *petition.paths)
    return tuple(dict.fromkeys(each for each in found if each))


def remaining(case: Handled, reference: Reference, calendar: WorkCalendar) -> tuple[ClockLine, ...]:
    """The periods to keep on the ways named to the petitioner (时效); of every way where none was named yet.

    Those that asking a people's mediation committee interrupts count anew from the day the matter went there, the last time.
    """
    asked = max((each.since for each in case.stays if each.flow == "mediation"), default=None)
    named = ways(case) or ("judicial", "arbitration")
    found = of_ways(named, case.dispute_type, asked, reference, calendar)
    return tuple(_limitation(each) for each in found)


def _limitation(each: Limitation) -> ClockLine:
    period = clocks.period(each.rule, "请求人民调解之日" if each.due else "")
    return _told(each.rule, each.due, period, each.note)


def _told(rule: clocks.ClockRule, due: clocks.Due | None, period: str, note: str) -> ClockLine:
    return ClockLine(
        rule.event,
        rule.who,
        due.natural_end if due else None,
        due.shifted_end if due else None,
        bool(due and due.provisional),
        rule.article,
        period,
        note,
    )
