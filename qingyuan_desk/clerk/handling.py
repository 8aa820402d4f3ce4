"""The steps of a matter's handling from a line of `clerk`; a form of domain/handling/forms.py is an operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from qingyuan_desk.clerk.forms import Reader, keys
from qingyuan_desk.clerk.operation import Facts, Operation, own, text
from qingyuan_desk.clerk.steps import step
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.handling import acts
from qingyuan_desk.domain.handling.asking import ask
from qingyuan_desk.domain.handling.codes import FILE_NAMES
from qingyuan_desk.domain.handling.forms import Form
from qingyuan_desk.services import attachments, handling, materials, sendings
from qingyuan_desk.services.office import Office


@dataclass(frozen=True)
class AttachFile:
    """A file for a matter. title: "" is the file's own name. subject: id of the record it belongs to."""

    file: str
    kind: str = ask("材料种类", "choice", FILE_NAMES, needed=True)
    title: str = ""
    subject: int = 0


@dataclass(frozen=True)
class Pack:
    """送案包: where the zip is written, a folder or the file itself. sending: 0 is the one the matter is with now."""

    file: str
    sending: int = ask("送案", "sending")


@dataclass(frozen=True)
class Materials:
    """What became of materials: name → 已告知, 已交, 告知承诺."""

    states: Mapping[str, str]


def _attach(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    case = handling.case(office, actor, text(facts, "matter"))
    kept = attachments.attached(office, actor, request_id, case.matter_id)
    if kept is None:
        form = Reader(office.reference, case).form(AttachFile, own(facts, "matter"))
        kept = attachments.attach(
            office, actor, request_id, case.matter_id, form.kind, form.title, Path(form.file), form.subject
        )
    return f"{case.number} {kept.record_id}"


def _package(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    case = handling.case(office, actor, text(facts, "matter"))
    form = Reader(office.reference, case).form(Pack, own(facts, "matter"))
    path = sendings.package(office, actor, request_id, case.matter_id, form.sending, Path(form.file))
    return f"{case.number} {path}"


def _materials(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    case = handling.case(office, actor, text(facts, "matter"))
    form = Reader(office.reference, case).form(Materials, own(facts, "matter"))
    codes = {name: code for code, name in materials.STATES.items()}
    states = {name: codes.get(state, state) for name, state in form.states.items()}
    return f"{case.number} {len(materials.mark(office, actor, request_id, case.matter_id, states))}"


OPERATIONS: Mapping[str, Operation] = {
    **{
        f"handling.{kind.step}": step(kind, handling, acts.ACTS[kind.step], acts.hindrance)
        for kind in get_args(Form)
    },
    "handling.attach": Operation(_attach, ("matter", *keys(AttachFile))),
    "handling.package": Operation(_package, ("matter", *keys(Pack))),
    "handling.materials": Operation(_materials, ("matter", *keys(Materials))),
}
