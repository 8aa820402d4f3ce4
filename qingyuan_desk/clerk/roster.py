"""Mediators, call-outs, and 以案定补 from a line of `clerk`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from qingyuan_desk.clerk.operation import Operation
from qingyuan_desk.clerk.steps import of_form
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.roster.callouts import CallForm
from qingyuan_desk.domain.roster.records import Award, Training
from qingyuan_desk.domain.roster.results import Leave
from qingyuan_desk.services import callouts, ledger, roster_records, subsidy
from qingyuan_desk.services.office import Office


@dataclass(frozen=True)
class Answer:
    """What became of a call-out. call: its record id. arrived_at: None with "came" is now."""

    call: int
    outcome: str
    arrived_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Renew:
    """续聘 of a mediator for a term that begins on `start`."""

    mediator: str
    start: date


@dataclass(frozen=True)
class Declare:
    """申报 of disputes in a quarter. excuses: number of a matter → why its agreement was not performed in full."""

    quarter: str
    matters: tuple[str, ...]
    excuses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Approve:
    """核准 of declared disputes."""

    matters: tuple[str, ...]


@dataclass(frozen=True)
class Return:
    """退回 of declared disputes, with the reason."""

    matters: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Pay:
    """发放 for approved disputes. note: by which voucher."""

    matters: tuple[str, ...]
    note: str = ""


# --- mediators ---------------------------------------------------------------------------------------------------


def _call(office: Office, actor: Actor, request_id: str, form: CallForm) -> str:
    called = callouts.call(office, actor, request_id, form)
    return f"{called.mediator} {called.record_id}"


def _answer(office: Office, actor: Actor, request_id: str, form: Answer) -> str:
    called = callouts.answer(office, actor, request_id, form.call, form.outcome, form.arrived_at, form.note)
    return f"{called.mediator} {called.record_id}"


def _keep(office: Office, actor: Actor, request_id: str, form: Leave | Training | Award) -> str:
    return f"{form.mediator} {roster_records.keep(office, actor, request_id, form)}"


def _renew(office: Office, actor: Actor, request_id: str, form: Renew) -> str:
    return roster_records.renew(office, actor, request_id, form.mediator, form.start).code


# --- 以案定补 -----------------------------------------------------------------------------------------------------


def _declare(office: Office, actor: Actor, request_id: str, form: Declare) -> int:
    strange = [number for number in form.excuses if number not in form.matters]
    if strange:
        raise Refused.because("excuses", f"excuses 里的{strange[0]}不在 matters 里，两处要写得一样。")
    matters = _matters(office, actor, form.matters)
    excuses = {matters[number]: excuse for number, excuse in form.excuses.items()}
    done = subsidy.declare(office, actor, request_id, form.quarter, [*matters.values()], excuses)
    return done.disputes


def _approve(office: Office, actor: Actor, request_id: str, form: Approve) -> int:
    matters = _matters(office, actor, form.matters).values()
    return subsidy.approve(office, actor, request_id, [*matters]).disputes


def _return(office: Office, actor: Actor, request_id: str, form: Return) -> int:
    matters = _matters(office, actor, form.matters).values()
    return subsidy.send_back(office, actor, request_id, [*matters], form.reason).disputes


def _pay(office: Office, actor: Actor, request_id: str, form: Pay) -> int:
    matters = _matters(office, actor, form.matters).values()
    return subsidy.pay(office, actor, request_id, [*matters], form.note).disputes


def _matters(office: Office, actor: Actor, numbers: tuple[str, ...]) -> dict[str, int]:
    """The id of each matter by the number it is called."""
    return {number: ledger.matter(office, actor, number).matter_id for number in numbers}


OPERATIONS: Mapping[str, Operation] = {
    "roster.call_out": of_form(CallForm, _call),
    "roster.answer": of_form(Answer, _answer),
    "roster.day_off": of_form(Leave, _keep),
    "roster.training": of_form(Training, _keep),
    "roster.award": of_form(Award, _keep),
    "roster.renew": of_form(Renew, _renew),
    "subsidy.declare": of_form(Declare, _declare),
    "subsidy.approve": of_form(Approve, _approve),
    "subsidy.return": of_form(Return, _return),
    "subsidy.pay": of_form(Pay, _pay),
}
