"""The steps of a mediation (人民调解) from a line of `clerk`; a form of domain/mediation/forms.py is an operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from qingyuan_desk.clerk.forms import Reader, keys
from qingyuan_desk.clerk.operation import Facts, Operation, own, text
from qingyuan_desk.clerk.steps import step
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.mediation import acts
from qingyuan_desk.domain.mediation.forms import Form
from qingyuan_desk.services import attachments, mediation
from qingyuan_desk.services.office import Office


@dataclass(frozen=True)
class Attach:
    """A file for a case. kind: of ATTACHMENT_KINDS. title: "" is the file's own name. subject: the record it belongs to."""

    kind: str
    file: str
    title: str = ""
    subject: int = 0


def _attach(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    case = mediation.case(office, actor, text(facts, "matter"))
    kept = attachments.attached(office, actor, request_id, case.matter_id)
    if kept is None:
        form = Reader(office.reference, case).form(Attach, own(facts, "matter"))
        kept = attachments.attach(
            office, actor, request_id, case.matter_id, form.kind, form.title, Path(form.file), form.subject
        )
    return f"{case.number} {kept.record_id}"


OPERATIONS: Mapping[str, Operation] = {
    **{
        f"mediation.{kind.step}": step(kind, mediation, acts.ACTS[kind.step], acts.hindrance)
        for kind in get_args(Form)
    },
    "mediation.attach": Operation(_attach, ("matter", *keys(Attach))),
}
