"""Operations made of forms: a step of a matter, or anything else a form says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from qingyuan_desk.clerk.forms import Reader, keys
from qingyuan_desk.clerk.operation import Facts, Operation, own, text
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.services.office import Office

_Form = TypeVar("_Form")


class _Service(Protocol):
    """The module of services that carries the steps out."""

    def case(self, office: Office, actor: Actor, number_or_id: str | int) -> Any: ...
    def taken(self, office: Office, actor: Actor, request_id: str, matter_id: int, step: str) -> Any: ...
    def take(
        self, office: Office, actor: Actor, request_id: str, matter_id: int, form: Any, version: int = 0
    ) -> Any: ...


def step(kind: Any, service: _Service, rule: Any, hindrance: Callable[[Any, Any], str]) -> Operation:
    """The operation of a form: read from the line as the matter stands, unless the step was taken before.

    rule: the act of the step, which `hindrance` asks whether it can be taken at all.
    """

    def act(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
        case = service.case(office, actor, text(facts, "matter"))
        done = service.taken(office, actor, request_id, case.matter_id, kind.step)
        if done is None:
            # That it cannot be taken now is told before what is wrong with its form.
            reason = hindrance(case, rule)
            if reason:
                raise Refused.because("", reason, rule.article)
            form = Reader(office.reference, case).form(kind, own(facts, "matter"))
            done = service.take(office, actor, request_id, case.matter_id, form, case.version)
        return f"{case.number} {done.node} {done.record_id or ''}".strip()

    return Operation(act, ("matter", *keys(kind)))


def of_form(kind: type[_Form], act: Callable[[Office, Actor, str, _Form], object]) -> Operation:
    """The operation of a form that is about no matter."""

    def read_and_act(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
        return str(act(office, actor, request_id, Reader(office.reference).form(kind, own(facts))))

    return Operation(read_and_act, keys(kind))
