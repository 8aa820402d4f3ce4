"""Which papers of handling suit a matter now, what tells those of one kind apart, and what each still lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from qingyuan_desk.domain.flows import is_closed
from qingyuan_desk.domain.handling.case import Handled, by_id
from qingyuan_desk.domain.handling.codes import ALERTS, MODES, REFUSALS
from qingyuan_desk.domain.handling.limits import ways
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS, title_of
from qingyuan_desk.domain.handling.records import Sending, Urge
from qingyuan_desk.domain.papers import PaperChoice

_Subjects = Callable[[Handled], Iterable[int]]
_Words = Callable[[Handled, int], str]


def choices(case: Handled) -> tuple[PaperChoice, ...]:
    """The papers that suit this matter as it stands, in the order of a matter's life; of a sealed one only those for it.

    Of a matter that was taken back (作废) there are none: it says nothing of anybody any more.
    """
    if case.state == "void":
        return ()
    return tuple(
        PaperChoice(
            kind,
            subject,
            paper_title(case, kind, subject),
            _LACKS.get(kind, _nothing)(case, subject),
            paper.internal,
        )
        for kind, paper in HANDLING_PAPERS.items()
        if paper.sealed == case.sealed
        for subject in _SUITS[kind](case)
    )


def paper_title(case: Handled, kind: str, subject: int = 0) -> str:
    """A paper's title as it stands beside others of its kind: 延期告知书（至2025年5月31日）."""
    told = _BESIDE.get(HANDLING_PAPERS[kind].about, _nothing)(case, subject)
    return title_of(kind, case, subject) + (f"（{told}）" if told else "")


# --- which papers there are --------------------------------------------------------------------------------------


def _if(wanted: Callable[[Handled], object]) -> _Subjects:
    """A paper about the matter as a whole, when the matter is like this."""
    return lambda case: (0,) if wanted(case) else ()


def _sent(*modes: str, when: Callable[[Sending], object] = lambda sent: True) -> _Subjects:
    return lambda case: [each.record_id for each in case.sendings if each.mode in modes and when(each)]


def _urged(kind: str) -> _Subjects:
    return lambda case: [each.record_id for each in case.urges if each.kind == kind and not each.cancelled_on]


def taken_over(case: Handled, sent: Sending) -> Sending | None:
    """The sending another unit had until it was recalled and this one took its place (改派)."""
    if sent.mode == "support":
        return None
    earlier = [each for each in case.sendings if each.mode != "support" and each.record_id < sent.record_id]
    return earlier[-1] if earlier and earlier[-1].state == "recalled" else None


def _in_flow(*flows: str) -> Callable[[Handled], bool]:
    return lambda case: case.flow in flows


def _open_in(*flows: str) -> Callable[[Handled], bool]:
    return lambda case: case.flow in flows and not is_closed(case.flow, case.node)


def _every(case: Handled) -> bool:
    return True


def _refused(case: Handled) -> bool:
    return case.classified.ground in REFUSALS


def _guided(case: Handled) -> bool:
    return any(each.kind == "litigation" for each in case.notices)


def _otherwise(case: Handled) -> bool:
    """Some lawful way other than a petition was named, or is still to be told where it was guided to one."""
    lawful = {"judicial", "arbitration", "party", "administrative", "enforcement"}
    return case.flow in ("petition", "handover") and bool(lawful & set(ways(case)))


def _may_be_taken_back(case: Handled) -> bool:
    """It is open, or was taken back already: the declaration may be signed afterwards."""
    return _in_flow("petition", "handover")(case) and (
        case.node == "withdrawn" or not is_closed(case.flow, case.node)
    )


def _opinions(case: Handled) -> Iterable[int]:
    """Those that were given; a template before the first, where the way is one of 第三十一条第六项."""
    if case.opinions:
        return [each.record_id for each in case.opinions]
    return (0,) if case.flow == "petition" and case.classified.way == "opinion" else ()


def _contested(level: int) -> _Subjects:
    """The last opinion of a level, which may be reviewed as long as there is none above it."""

    def found(case: Handled) -> Iterable[int]:
        above = any(each.level > level and each.signed_on for each in case.opinions)
        return [] if above else [each.record_id for each in case.opinions if each.level == level][-1:]

    return found


def _alerts(*kinds: str) -> _Subjects:
    return lambda case: [each.record_id for each in case.alerts if each.kind in kinds]


_LISTED = ("petition", "handover", "consultation")
_TO_UNITS = ("forward", "assign", "hand_over")

_SUITS: Mapping[str, _Subjects] = {
    "forwarded": _sent(*_TO_UNITS),
    "acceptance": _if(lambda case: case.classified.accepted_on),
    "refusal": _if(_refused),
    "no_more": _if(lambda case: case.classified.ground == "no_more"),
    "extension": lambda case: [each.record_id for each in case.extensions],
    "guidance": _if(_guided),
    "legal_path": _if(_otherwise),
    "supplement": _if(_open_in(*_LISTED)),
    "opinion": _opinions,
    "review_request": _contested(1),
    "recheck_request": _contested(2),
    "withdrawal": _if(_may_be_taken_back),
    "settlement": _if(lambda case: _open_in("petition")(case) and case.opponents),
    "promise": _if(_open_in(*_LISTED)),
    "rating": _if(_every),
    "secret": _if(_every),
    "report": _alerts(*(code for code in ALERTS if code != "urgent")),
    "processing": _if(_every),
    "assign": _sent("assign"),
    "application": _if(_open_in("petition", "handover", "mediation")),
    "transfer": _sent("forward"),
    "submit": _if(_open_in("petition", "handover", "mediation")),
    "urgent": _alerts("urgent"),
    "hand_over": _sent("hand_over"),
    "receipt": _sent(*_TO_UNITS, "support"),
    "objection": _sent(*_TO_UNITS, when=lambda sent: sent.objected_on or sent.state == "received"),
    "returned": _sent(*_TO_UNITS, when=lambda sent: sent.state in ("returned", "recalled")),
    "reassigned": lambda case: [each.record_id for each in case.sendings if taken_over(case, each)],
    "reply": _sent(*_TO_UNITS, when=lambda sent: sent.replied_on),
    "support": _sent("support"),
    "support_reply": _sent("support", when=lambda sent: sent.replied_on),
    "remind": _urged("remind"),
    "yellow": _urged("yellow"),
    "red": _urged("red"),
    "unit_rating": lambda case: [each.record_id for each in case.ratings if each.by == "township"],
    "discipline": _sent("discipline"),
    "consult": lambda case: [each.record_id for each in case.consultations],
    "aid_guide": _if(lambda case: case.flow == "consultation" or case.aids),
    "aid_lacking": lambda case: [each.record_id for each in case.aids if each.lacking],
    "aid_decision": lambda case: [each.record_id for each in case.aids if each.granted in ("yes", "no")],
    "referral": lambda case: [each.record_id for each in case.referrals],
}


# --- what they lack ----------------------------------------------------------------------------------------------


def _nothing(case: Handled, subject: int) -> str:
    return ""


def _unnumbered(case: Handled, subject: int) -> str:
    return "" if case.classified.acceptance_number else "受理告知书还没有文号，打印以后手写。"


def _unasked(case: Handled, subject: int) -> str:
    found = by_id(case.opinions, subject)
    return "" if found and found.served_on else "还没有登记送达日期，算不出请求的最后一天。"


def _draft(case: Handled, subject: int) -> str:
    if not subject:
        return "还没有登记处理意见，打印出来是草稿，供有权处理的机关、单位起草。"
    found = by_id(case.opinions, subject)
    return "" if found and found.signed_on else "还没有登记出具日期和文号，请等有权处理的机关、单位出具。"


def _unread(case: Handled, subject: int) -> str:
    """A notice whose way is not named leaves the petitioner without one."""
    petition = case.classified
    if petition.paths or petition.organ or _guided(case):
        return ""
    return "还没有写明法定途径和有权处理的机关。"


def _unconsented(case: Handled, subject: int) -> str:
    found = by_id(case.referrals, subject)
    return "" if found and found.consent else "本人（监护人）还没有同意，不能转介。"


_LACKS: Mapping[str, _Words] = {
    "acceptance": _unnumbered,
    "refusal": _unread,
    "legal_path": _unread,
    "opinion": _draft,
    "review_request": _unasked,
    "recheck_request": _unasked,
    "referral": _unconsented,
}


# --- what tells papers of one kind apart -------------------------------------------------------------------------


def _day(when: date) -> str:
    return f"{when.year}年{when.month}月{when.day}日"


def _of_sending(case: Handled, subject: int) -> str:
    found = by_id(case.sendings, subject)
    return f"{found.number or MODES[found.mode]}，{_day(found.sent_on)}" if found else ""


def _of_extension(case: Handled, subject: int) -> str:
    found = by_id(case.extensions, subject)
    return f"至{_day(found.until)}" if found else ""


def _of_opinion(case: Handled, subject: int) -> str:
    found = by_id(case.opinions, subject)
    return found.number if found else "草稿"


def _of_alert(case: Handled, subject: int) -> str:
    found = by_id(case.alerts, subject)
    return f"{ALERTS[found.kind].name}，{_day(found.at.date())}" if found else ""


def _of_urge(case: Handled, subject: int) -> str:
    found: Urge | None = by_id(case.urges, subject)
    return f"{found.number}，{_day(found.sent_on)}" if found else ""


def _of_rating(case: Handled, subject: int) -> str:
    found = next((each for each in case.ratings if each.record_id == subject), None)
    return _day(found.on) if found else ""


def _of_consultation(case: Handled, subject: int) -> str:
    found = next((each for each in case.consultations if each.record_id == subject), None)
    return _day(found.asked_at.date()) if found else ""


def _of_aid(case: Handled, subject: int) -> str:
    found = by_id(case.aids, subject)
    return _day(found.applied_on) if found else ""


def _of_referral(case: Handled, subject: int) -> str:
    found = by_id(case.referrals, subject)
    return _day(found.on) if found else ""


_BESIDE: Mapping[str, _Words] = {
    "sending": _of_sending,
    "extension": _of_extension,
    "opinion": _of_opinion,
    "alert": _of_alert,
    "urge": _of_urge,
    "rating": _of_rating,
    "consultation": _of_consultation,
    "aid": _of_aid,
    "referral": _of_referral,
}
