"""Which papers suit a case now, what tells those of one kind apart, and what each still lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from qingyuan_desk.domain.mediation.case import Case, Session
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS
from qingyuan_desk.domain.papers import PaperChoice


def choices(case: Case) -> tuple[PaperChoice, ...]:
    """The papers that suit this case as it stands, in the order of a case's life; none before it was opened."""
    if case.mediation is None:
        return ()
    return tuple(_choice(case, kind, subject) for kind, suits in _SUITS.items() for subject in suits(case))


def _choice(case: Case, kind: str, subject: int) -> PaperChoice:
    paper = MEDIATION_PAPERS[kind]
    title = paper_title(case, kind, subject) + (f"（{paper.use}）" if paper.use else "")
    return PaperChoice(kind, subject, title, _LACKS.get(kind, _nothing)(case, subject), paper.internal)


def paper_title(case: Case, kind: str, subject: int = 0) -> str:
    """A paper's title as it stands beside others of its kind: 人民调解记录（2024年9月20日）."""
    told = _BESIDE.get(MEDIATION_PAPERS[kind].about, _nothing)(case, subject)
    return MEDIATION_PAPERS[kind].title + (f"（{told}）" if told else "")


# --- which papers there are --------------------------------------------------------------------------------------

_ENDED = ("failed", "withdrawn")


def _if(wanted: Callable[[Case], object]) -> Callable[[Case], Iterable[int]]:
    """A paper about the case as a whole, when the case is like this."""
    return lambda case: (0,) if wanted(case) else ()


def _mediation(name: str) -> Callable[[Case], object]:
    return lambda case: getattr(case.mediation, name, None)


def _sessions(state: str, *kinds: str) -> Callable[[Case], Iterable[int]]:
    return lambda case: [
        each.record_id for each in case.sessions if each.state == state and each.kind in kinds
    ]


def _agreements(form: str, *states: str) -> Callable[[Case], Iterable[int]]:
    return lambda case: [
        each.record_id for each in case.agreements if each.form == form and each.state in states
    ]


def _in_force(case: Case) -> Iterable[int]:
    return (case.agreement.record_id,) if case.agreement else ()


def _noted(kind: str) -> Callable[[Case], object]:
    return lambda case: any(note.kind == kind for note in case.notes)


def _result(*results: str) -> Callable[[Case], object]:
    return lambda case: case.mediation is not None and case.mediation.result in results


def _being_called(case: Case) -> Iterable[int]:
    """Parties to be asked or told: as long as nothing was agreed."""
    calling = case.node in ("consent", "assign", "schedule", "mediating", "suspended")
    return [party.record_id for party in case.parties] if calling else ()


_SUITS: Mapping[str, Callable[[Case], Iterable[int]]] = {
    "application": _if(lambda case: case.mediation and case.mediation.origin == "application"),
    "acceptance": _if(lambda case: not _result("declined")(case)),
    "declined": _if(_result("declined")),
    "rights": _if(lambda case: True),
    "authority": lambda case: [party.record_id for party in case.parties if party.agent],
    "disclosure": _if(lambda case: any(each.conflicts for each in case.appointments)),
    "phone_script": _being_called,
    "invitation": _sessions("planned", "mediation", "investigation"),
    "investigation": _sessions("held", "investigation"),
    "record": _sessions("held", "mediation"),
    "offers": _if(_noted("offer")),
    "agreement": _agreements("written", "draft"),
    "signing": _agreements("written", "draft", "effective", "superseded"),
    "oral": _agreements("oral", "effective", "superseded"),
    "receipt": lambda case: [each.record_id for each in case.schedule if each.amount],
    "follow_up": lambda case: [each.record_id for each in case.follow_ups],
    "confirmation": _in_force,
    "proof": _in_force,
    "undisputed": _if(_noted("undisputed")),
    "termination": _if(_result(*_ENDED)),
    "next_paths": _if(_result(*_ENDED, "declined")),
    "correction": lambda case: [each.record_id for each in case.corrections],
    "closing": _if(lambda case: _mediation("closed_on")(case) or _mediation("ended_on")(case)),
    "explanation": _if(_mediation("remark")),
    "cover": _if(lambda case: True),
    "contents": _if(lambda case: True),
    "back_cover": _if(lambda case: True),
}


# --- what they lack ----------------------------------------------------------------------------------------------


def _claims(case: Case, subject: int) -> str:
    return "" if case.mediation and case.mediation.claims else "还没有写当事人申请事项。"


def _consents(case: Case, subject: int) -> str:
    waiting = [party.name for party in case.parties if party.consent != "agreed"]
    return f"{'、'.join(waiting)}还没有同意调解。" if waiting else ""


def _statements(case: Case, subject: int) -> str:
    session = case.session(subject)
    return "没有写双方陈述。" if isinstance(session, Session) and not session.statements else ""


def _draft(case: Case, subject: int) -> str:
    found = next((each for each in case.agreements if each.record_id == subject), None)
    return "协议还在草拟，没有签字生效。" if found and found.state == "draft" else ""


def _paid(case: Case, subject: int) -> str:
    found = next((each for each in case.instalments if each.record_id == subject), None)
    return "这一期还没有登记履行。" if found and not found.paid_on else ""


def _called(case: Case, subject: int) -> str:
    found = next((each for each in case.follow_ups if each.record_id == subject), None)
    return "还没有回访，打印出来是空白的。" if found and not found.done_on else ""


def _asked(case: Case, subject: int) -> str:
    return "" if case.confirmation else "还没有登记共同申请司法确认。"


def _filed(case: Case, subject: int) -> str:
    filed = case.mediation is not None and case.mediation.filed_on
    return "" if filed else "还没有归档，立卷人和保管期限空着。"


_LACKS: Mapping[str, Callable[[Case, int], str]] = {
    "application": _claims,
    "acceptance": _consents,
    "investigation": _statements,
    "record": _statements,
    "agreement": _draft,
    "signing": _draft,
    "receipt": _paid,
    "follow_up": _called,
    "confirmation": _asked,
    "cover": _filed,
    "back_cover": _filed,
}


# --- what tells papers of one kind apart -------------------------------------------------------------------------


def _nothing(case: Case, subject: int) -> str:
    return ""


def _day(when: date) -> str:
    return f"{when.year}年{when.month}月{when.day}日"


def _of_party(case: Case, subject: int) -> str:
    party = case.party(subject)
    return party.name if party else ""


def _of_session(case: Case, subject: int) -> str:
    session = case.session(subject)
    return _day(session.started_at or session.planned_at) if session else ""


def _of_agreement(case: Case, subject: int) -> str:
    """Its version, where there is more than one."""
    found = next((each for each in case.agreements if each.record_id == subject), None)
    several = sum(each.state != "discarded" for each in case.agreements) > 1
    return f"第 {found.version} 稿" if found and several else ""


def _of_instalment(case: Case, subject: int) -> str:
    found = next((each for each in case.instalments if each.record_id == subject), None)
    return f"第 {found.position} 期" if found else ""


def _of_follow_up(case: Case, subject: int) -> str:
    found = next((each for each in case.follow_ups if each.record_id == subject), None)
    return _day(found.done_on or found.due_on) if found else ""


def _of_correction(case: Case, subject: int) -> str:
    found = next((each for each in case.corrections if each.record_id == subject), None)
    return MEDIATION_PAPERS[found.paper].title if found and found.paper in MEDIATION_PAPERS else ""


_BESIDE: dict[str, Callable[[Case, int], str]] = {
    "party": _of_party,
    "session": _of_session,
    "agreement": _of_agreement,
    "instalment": _of_instalment,
    "follow_up": _of_follow_up,
    "correction": _of_correction,
}
