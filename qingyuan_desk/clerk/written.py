"""A mediation case and a day's work as the terminal writes them: JSON with the keys of the records, or lines to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from qingyuan_desk.domain import money
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.mediation import codes as tables
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.caseload import Caseload
from qingyuan_desk.domain.mediation.dossier import without_private
from qingyuan_desk.domain.privacy import mask_id, mask_phone

#: Fields that are not written as they are kept: money as yuan, and what only a recorded look may show, masked.
_WRITTEN: Mapping[str, Any] = {
    "amount": lambda fen: f"{fen // 100}.{fen % 100:02d}",
    "paid": lambda fen: f"{fen // 100}.{fen % 100:02d}",
    "id_number": mask_id,
    "phone": mask_phone,
}


def as_json(value: Any) -> Any:
    """A case or a day's work as plain JSON values. Private notes of a case are left out."""
    if isinstance(value, Case):
        value = without_private(value)
    if is_dataclass(value):
        return {each.name: _field(each.name, getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [as_json(each) for each in value]
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
