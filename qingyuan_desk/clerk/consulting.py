"""A question and its answer in one line of `clerk` (法律咨询), and what is done for the law outside the house (法律十进)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qingyuan_desk.clerk.forms import Reader, keys
from qingyuan_desk.clerk.operation import Facts, Operation, own
from qingyuan_desk.clerk.steps import of_form
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.consultations import QuickConsult
from qingyuan_desk.domain.handling.forms import Consult
from qingyuan_desk.domain.outreach import Activity, ContactPoint
from qingyuan_desk.domain.visit import Person
from qingyuan_desk.services import consulting, outreach
from qingyuan_desk.services.forms import form_from_facts
from qingyuan_desk.services.office import Office


@dataclass(frozen=True)
class Asked:
    """Who asked, beside what the form of the answer says. matter: number of an earlier one; overrides: field → reason."""

    matter: str = ""
    overrides: Mapping[str, str] = field(default_factory=dict)


#: Keys that say who asked; the others are those of the answer.
_WHO = ("visitor", *keys(Asked))


def _quick(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    reader = Reader(office.reference)
    asked = reader.form(Asked, {key: facts[key] for key in keys(Asked) if key in facts})
    said = form_from_facts({"persons": facts.get("visitor")})
    form = QuickConsult(
        request_id=request_id,
        visitor=said.persons[0] if said.persons else Person(),
        consult=reader.form(Consult, own(facts, *_WHO)),
        matter=asked.matter,
        overrides=asked.overrides,
    )
    done = consulting.quick(office, actor, form)
    return f"{done.visit_number} {done.matter_number} {done.node}"


@dataclass(frozen=True)
class CancelActivity:
    """An activity taken back, with the reason."""

    activity: int
    reason: str


def _log(office: Office, actor: Actor, request_id: str, form: Activity) -> int:
    return outreach.log(office, actor, request_id, form).record_id


def _cancel(office: Office, actor: Actor, request_id: str, form: CancelActivity) -> int:
    return outreach.cancel(office, actor, request_id, form.activity, form.reason).record_id


def _contact(office: Office, actor: Actor, request_id: str, form: ContactPoint) -> int:
    return outreach.save_contact(office, actor, request_id, form).record_id


OPERATIONS: Mapping[str, Operation] = {
    "consult.quick": Operation(_quick, (*_WHO, *keys(Consult))),
    "outreach.log": of_form(Activity, _log),
    "outreach.cancel": of_form(CancelActivity, _cancel),
    "outreach.contact": of_form(ContactPoint, _contact),
}
