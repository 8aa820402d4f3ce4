"""Limitation periods (时效) a visitor should know of, by kind of dispute; the paper they get says them.

Asking here makes some of them begin anew: the general limitation, when protection of civil rights is asked of a people's
mediation committee (《最高人民法院关于审理民事案件适用诉讼时效制度若干问题的规定》第十二条, 《民法典》第一百九十五条), and
labour arbitration, when help is asked of the departments concerned (《劳动争议调解仲裁法》第二十七条第二款).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.reference import Reference

_GENERAL = "limitation_civil"

_LABOUR, _LAND = "labour_arbitration", "land_arbitration"
_REVIEW = ("review_apply", "admin_lawsuit")

#: Official dispute type → ids of the periods; any other type has the general one only.
_BY_TYPE: Mapping[str, tuple[str, ...]] = {
    "07": (_LAND, _GENERAL),
    "08": (_GENERAL, *_REVIEW),
    "10": (_LABOUR, _GENERAL),
    "11": (_LABOUR,),
}

#: Lines of the duty list (职责清单) that say more than their type, or have none.
_BY_KIND: Mapping[str, tuple[str, ...]] = {
    "forest": (_GENERAL,),
    "shared_water": (_GENERAL,),
    "compensation_share": (_GENERAL,),
    "land_requisition": _REVIEW,
    "reconsideration": _REVIEW,
    "review": ("petition_review_request", "petition_recheck_request"),
    "labour_award": (_LABOUR,),
    "ask_labour": (_LABOUR,),
    "land_award": (_LAND,),
}

_INTERRUPTED = frozenset({_GENERAL, _LABOUR})

#: The lawful way instead of a petition (《信访工作条例》第三十一条) → ids of the periods to keep there.
_BY_WAY: Mapping[str, tuple[str, ...]] = {
    "judicial": (_GENERAL, *_REVIEW),
    "lawsuit": (_GENERAL,),
    "arbitration": (_LABOUR, _LAND),
    "administrative": _REVIEW,
    "enforcement": _REVIEW,
}


@dataclass(frozen=True)
class Limitation:
    """A period, and its last day when it begins anew with the visit; None when the day it began is not known."""

    rule: clocks.ClockRule
    due: clocks.Due | None

    @property
    def words(self) -> str:
        """How long it is, and from when."""
        return clocks.period(self.rule, "登记之日" if self.due else "")

    @property
    def note(self) -> str:
        """Exceptions and extensions. That of a begun-anew general period is the paper's own note on interruption."""
        return "" if self.due and self.rule.id == _GENERAL else self.rule.extend


def limitations(
    flow: str, dispute_type: str, matter_kind: str, day: date, reference: Reference, calendar: WorkCalendar
) -> tuple[Limitation, ...]:
    """The periods of a matter about which somebody came on `day`; none where it is no dispute of a known kind."""
    asks = flow == "mediation"
    general = (_GENERAL,) if asks or dispute_type else ()
    ids = _BY_KIND.get(matter_kind) or _BY_TYPE.get(dispute_type) or general
    return _told(ids, day if asks else None, reference, calendar)


def of_ways(
    ways: Iterable[str], dispute_type: str, asked: date | None, reference: Reference, calendar: WorkCalendar
) -> tuple[Limitation, ...]:
    """The periods to keep on these ways (keys of WAYS and PATHS); those for a kind of dispute only where it is that kind.

    asked: the day a people's mediation committee was asked, from which what that interrupts begins anew.
    """
    own = _BY_TYPE.get(dispute_type, ())
    special = {_LABOUR, _LAND} & set(own)
    found = [
        each
        for way in ways
        for each in _BY_WAY.get(way, ())
        if each not in (_LABOUR, _LAND) or not special or each in special
    ]
    return _told(dict.fromkeys(found), asked, reference, calendar)


def _told(
    ids: Iterable[str], asked: date | None, reference: Reference, calendar: WorkCalendar
) -> tuple[Limitation, ...]:
    rules = [reference.clock(clock_id) for clock_id in ids]
    return tuple(
        Limitation(rule, clocks.due(rule, asked, calendar) if asked and rule.id in _INTERRUPTED else None)
        for rule in rules
        if rule is not None
    )
