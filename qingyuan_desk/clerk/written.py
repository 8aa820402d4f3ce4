"""Matters and a day's work as the terminal writes them: JSON with the keys of the records, or lines to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

from qingyuan_desk.domain import money
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.due import KINDS, STATES, DueDay, summary
from qingyuan_desk.domain.handling.urging import Proposal
from qingyuan_desk.domain.mediation import codes as tables
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.caseload import Caseload
from qingyuan_desk.domain.mediation.dossier import without_private
from qingyuan_desk.domain.privacy import mask_id, mask_phone
from qingyuan_desk.domain.reference import Reference

#: Fields that are not written as they are kept: money as yuan, and what only a recorded look may show, masked.
_WRITTEN: Mapping[str, Any] = {
    "amount": lambda fen: f"{fen // 100}.{fen % 100:02d}",
    "paid": lambda fen: f"{fen // 100}.{fen % 100:02d}",
    "id_number": mask_id,
    "phone": mask_phone,
}


def as_json(value: Any) -> Any:
    """A matter or a day's work as plain JSON values. Private notes, and sealed ones of counsellors, are left out."""
    if isinstance(value, Case):
        value = without_private(value)
    if isinstance(value, Handled):
        value = replace(value, referrals=tuple(replace(each, note="") for each in value.referrals))
    if is_dataclass(value):
        return {each.name: _field(each.name, getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [as_json(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _field(name: str, value: Any) -> Any:
    return _WRITTEN[name](value) if name in _WRITTEN and value is not None else as_json(value)


def case_lines(case: Case, names: Mapping[str, str]) -> Iterator[str]:
    """A case to read. names: of mediators, by code."""
    opened = case.mediation
    yield f"{case.number}  {opened.number if opened else ''}  {case.title}  〔{node_name('mediation', case.node)}〕"
    for party in case.parties:
        yield f"{tables.SIDES[party.side]}  {party.name}  {tables.CONSENTS[party.consent]}"
    for mediator in case.mediators:
        yield f"调解员  {names.get(mediator.mediator, mediator.mediator)}  {tables.CHOSEN_BY[mediator.chosen_by]}"
    for session in case.sessions:
        at = session.started_at or session.planned_at
        outcome = tables.OUTCOMES.get(session.outcome, "")
        state = tables.SESSION_STATES[session.state]
        yield f"{tables.SESSION_KINDS[session.kind]}  {at:%Y-%m-%d %H:%M}  {state}  {outcome}".rstrip()
    for agreement in case.agreements:
        state = tables.AGREEMENT_STATES[agreement.state]
        yield f"{tables.AGREEMENT_FORMS[agreement.form]}  {money.words(agreement.amount)}  {state}"
    for part in case.schedule:
        asked = money.words(part.amount) if part.amount else part.what
        done = (
            f"已付 {money.words(part.paid)}"
            if part.paid_on and part.amount
            else "已履行"
            if part.paid_on
            else ""
        )
        yield f"第{part.position}期  {part.due_on:%Y-%m-%d}  {asked}  {done}".rstrip()
    if opened and opened.result:
        yield f"结果  {tables.RESULTS[opened.result]}"


def caseload_lines(load: Caseload) -> Iterator[str]:
    """A day's work to read."""
    yield f"在办 {len(load.cases)} 件"
    for case in load.cases:
        yield f"  {case.ref.number}  {case.ref.title}  〔{node_name('mediation', case.node)}〕{'、'.join(case.mediators)}"
    for line in load.sessions_today:
        yield f"调解  {line.session.planned_at:%Y-%m-%d %H:%M}  {line.ref.number}  {line.ref.title}"
    for call in load.calls:
        who = call.party.name if call.party else "各方当事人"
        yield f"{'回访' if call.follow_up else '征求同意'}  {who}  {call.ref.number}"
    for due in load.instalments_due:
        part = due.instalment
        asked = money.words(part.amount) if part.amount else part.what
        yield f"到期未履行  {part.due_on:%Y-%m-%d}  {due.payer}  {asked}  {due.ref.number}"
    for confirmation in load.confirmations_due:
        said = f"最后一天 {confirmation.last_day:%Y-%m-%d}" if confirmation.last_day else "等待裁定"
        yield f"司法确认  {said}  {confirmation.ref.number}"
    for missing in load.missing:
        yield f"卷宗  {'缺' + '、'.join(missing.what) if missing.what else '待归档'}  {missing.ref.number}"


# --- handling ----------------------------------------------------------------------------------------------------


def handled_lines(found: Handled, reference: Reference) -> Iterator[str]:
    """A matter with what was done about it, to read."""
    yield f"{found.number}  {found.title}  〔{node_name(found.flow, found.node)}〕{_unit(reference, found.unit)}"
    petition = found.petition
    if petition and petition.kind:
        purpose = codes.PURPOSES.get(petition.purpose, "")
        yield f"认定  {codes.KINDS[petition.kind]}  {purpose}  {petition.content}".rstrip()
    for sent in found.sendings:
        state = codes.SENDING_STATES[sent.state]
        limit = f"  {sent.limit_on:%Y-%m-%d}前" if sent.limit_on else ""
        unit = _unit(reference, sent.unit)
        yield f"{codes.MODES[sent.mode]}  {sent.sent_on:%Y-%m-%d}  {sent.number}  {unit}  {state}{limit}"
    if petition and petition.accepted_on:
        yield f"受理  {petition.accepted_on:%Y-%m-%d}  {_unit(reference, petition.accepted_by)}"
    for notice in found.notices:
        yield f"告知  {notice.on:%Y-%m-%d}  {codes.NOTICES[notice.kind]}  {codes.SERVICES[notice.how]}"
    for extension in found.extensions:
        yield f"延期  {extension.days} 日  到 {extension.until:%Y-%m-%d}  {extension.approved_by}批准"
    for opinion in found.opinions:
        outcome = {**codes.OUTCOMES, **codes.REVIEWS}.get(opinion.outcome, "还没有作出")
        yield f"{codes.LEVELS[opinion.level]}  {opinion.organ}  {opinion.number}  {outcome}"
    for asked in found.consultations:
        yield f"咨询  {asked.asked_at:%Y-%m-%d %H:%M}  {codes.ANSWERS.get(asked.result, '待解答')}  {asked.lawyer}".rstrip()
    for alert in found.alerts:
        yield f"报告  {alert.at:%Y-%m-%d %H:%M}  {codes.ALERTS[alert.kind].name}  {alert.to}"
    for watch in found.watches:
        state = "已解除" if watch.lifted_on else f"到 {watch.until:%Y-%m-%d}"
        yield f"标记  {codes.WATCHES[watch.kind]}  {state}"
    for urge in found.urges:
        state = "已取消" if urge.cancelled_on else "已回复" if urge.replied_on else "未回复"
        yield f"{codes.URGES[urge.kind]}  {urge.sent_on:%Y-%m-%d}  {urge.number}  {_unit(reference, urge.unit)}  {state}"
    for rating in found.ratings:
        yield f"评价  {codes.RATERS[rating.by]}  {codes.RATED[rating.rated]}  {codes.SATISFACTIONS[rating.satisfaction]}"
    if found.ending:
        yield f"办结  {found.ending.on:%Y-%m-%d}  {codes.CLOSINGS[found.ending.kind]}  {found.ending.reason}"
    for clock in found.running:
        rule = reference.clock(clock.rule)
        yield f"期限  {clock.end:%Y-%m-%d}  {rule.event if rule else clock.rule}"


def due_lines(day: DueDay, reference: Reference) -> Iterator[str]:
    """What is due on a day, to read: what is late or of today first."""
    units = {each.code: each.name for each in reference.units}
    yield f"{day.on:%Y-%m-%d}  {summary(day, units, {each.code: each.name for each in reference.flows})}"
    for line in sorted(day.lines, key=lambda each: not each.rings):
        note = f"  {line.note}" if line.note else ""
        yield f"{STATES[line.state]}  {KINDS[line.kind]}  {line.number}  {line.what}  {line.who}  {line.words}{note}"
    for quiet in day.quiet:
        unit = _unit(reference, quiet.unit)
        yield f"{quiet.days} 天无更新  {quiet.number}  〔{node_name(quiet.flow, quiet.node)}〕{unit}"


def urge_lines(found: tuple[Proposal, ...], reference: Reference) -> Iterator[str]:
    """Whom to urge, to read."""
    yield f"该催办、督办的 {len(found)} 件"
    for each in found:
        yield f"{codes.URGES[each.kind]}  {each.number}  {_unit(reference, each.unit)}  {each.cause}"


def _unit(reference: Reference, code: str) -> str:
    unit = reference.unit(code)
    return unit.name if unit else code
