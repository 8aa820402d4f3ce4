"""Matters brought some way along their flow, for tests that begin there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.handling import forms
from qingyuan_desk.domain.handling.forms import Form
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import handling, reception
from qingyuan_desk.services.office import Office
from qingyuan_desk.services.taking import Taken

Visit = Callable[..., VisitForm]
_serial = count(1)

#: A unit that no line of the duty list names for the narrative of these matters, so it wants a reason.
UNIT = "natural_resources"


def take(office: Office, actor: Actor, matter: int, form: Form, **more: int) -> Taken:
    """Take a step under a request id of its own."""
    return handling.take(office, actor, f"handled-{next(_serial)}", matter, form, **more)


def registered(office: Office, actor: Actor, visit: Visit, category: str, flow: str, **facts: object) -> int:
    """A matter in a flow."""
    form = visit(category=category, flow=flow, route_reason="按规定办理", **facts)
    return reception.register(office, actor, form).matter_id


def petition(office: Office, actor: Actor, visit: Visit, **facts: object) -> int:
    """A classified petition."""
    matter = registered(office, actor, visit, "petition_matter", "petition", **facts)
    take(office, actor, matter, forms.Classify("appeal", "settle"))
    return matter


def forward(**facts: object) -> forms.Forward:
    """Sent to UNIT."""
    return forms.Forward(unit=UNIT, reason="实际由其办理", approved_by="张主任", **facts)  # type: ignore[arg-type]


def forwarded(office: Office, actor: Actor, matter: int, on: date | None = None) -> Taken:
    """The petition sent to UNIT."""
    return take(office, actor, matter, forward(on=on))
