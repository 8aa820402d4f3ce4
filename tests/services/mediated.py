"""Disputes mediated through the real services, for tests of what comes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.mediation import forms
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import mediation, reception
from qingyuan_desk.services.office import Office

_serial = count(1)


def begun(office: Office, actor: Actor, visit: Callable[..., VisitForm], mediators: tuple[str, ...]) -> int:
    """A case both sides agreed to, with its mediators; its matter's id."""
    registered = reception.register(office, actor, visit(township="冉庄镇", opponent="赵测试"))
    found = mediation.case(office, actor, registered.matter_number)
    _take(office, actor, found.matter_id, forms.Open(facts="邻居滴水到院里。", difficulty="general"))
    for party in mediation.case(office, actor, found.matter_id).parties:
        _take(office, actor, found.matter_id, forms.Consent(party.record_id, True))
    _take(office, actor, found.matter_id, forms.Assign(mediators, accepted=True))
    return found.matter_id


def settled(
    office: Office,
    actor: Actor,
    visit: Callable[..., VisitForm],
    mediators: tuple[str, ...] = ("M04",),
    *,
    satisfaction: str = "satisfied",
    filed: bool = True,
    deadline_in: int = 0,
    matter: int = 0,
) -> int:
    """An oral agreement, performed on the spot (deadline_in 0) or to be performed; closed and filed when performed.

    matter: a case begun before, or 0 for a new one.
    """
    if not matter:
        registered = reception.register(office, actor, visit(township="冉庄镇", opponent="赵测试"))
        matter = mediation.case(office, actor, registered.matter_number).matter_id
    simple = forms.Simple(
        mediators=mediators,
        started_at=office.now(),
        facts="邻居滴水到院里。",
        terms=("赵测试把屋檐收回三十厘米。",),
        place="冉庄村",
        at_once=not deadline_in,
        deadline_on=office.today() + timedelta(days=deadline_in) if deadline_in else None,
        accepted=True,
        satisfaction=satisfaction,
    )
    _take(office, actor, matter, simple)
    if filed and not deadline_in:
        file(office, actor, matter)
    return matter


def failed(
    office: Office,
    actor: Actor,
    visit: Callable[..., VisitForm],
    mediators: tuple[str, ...] = ("M04",),
    *,
    held: bool = True,
    filed: bool = True,
) -> int:
    """A case that ended without agreement after a meeting, the parties told where to go; filed."""
    matter = begun(office, actor, visit, mediators)
    if held:
        case = mediation.case(office, actor, matter)
        _take(
            office,
            actor,
            matter,
            forms.Hold(
                started_at=office.now(),
                place="冉庄村",
                present=tuple(party.record_id for party in case.parties),
                rights_told=True,
                statements="各说各的。",
                outcome="failed",
                proposal="差距太大。",
            ),
        )
    ground = "no_agreement" if held else "hard"
    _take(office, actor, matter, forms.Terminate(ground, "差距太大，或者联系不上。", ("lawsuit",)))
    if filed:
        file(office, actor, matter)
    return matter


def file(office: Office, actor: Actor, matter: int) -> None:
    """立卷归档, whatever may be missing excused."""
    _take(office, actor, matter, forms.File("登记员", "short", "简易案件，材料从简。"))


def planned(office: Office, actor: Actor, matter: int, at: datetime) -> None:
    """A session to come."""
    _take(office, actor, matter, forms.Plan(at, place="冉庄村"))


def _take(office: Office, actor: Actor, matter: int, form: forms.Form) -> None:
    mediation.take(office, actor, f"mediated-{next(_serial)}", matter, form)
