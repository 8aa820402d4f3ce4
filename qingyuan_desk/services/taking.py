"""What taking a step has in common in every flow: what is told, what it did, and that it is done once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, Refused
from qingyuan_desk.domain.problems import Level, Problem, blocking
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import requests
from qingyuan_desk.store.database import Rows, Tx


@dataclass(frozen=True)
class Taken:
    """What a step did. node: where the matter stands now. record_id: what it wrote, or 0.

    number: of a mediation its dossier's; in other flows what was numbered in this step; or "".
    replayed: it had been carried out before under this request id; nothing was done again.
    """

    matter_id: int
    step: str
    node: str
    number: str
    record_id: int = 0
    warnings: tuple[Problem, ...] = ()
    replayed: bool = False


def again(rows: Rows, request_id: str, operation: str, matter_id: int) -> Taken | None:
    """What this request did when it was carried out; None when it is new. Raises Conflict when it did something else."""
    answer = requests.answered_about(rows, request_id, operation, matter_id)
    return Taken(**{**answer, "replayed": True}) if answer else None


def remember(tx: Tx, office: Office, actor: Actor, request_id: str, operation: str, taken: Taken) -> None:
    """Keep what a request did, in the transaction that did it."""
    answer = {name: value for name, value in asdict(taken).items() if name not in ("warnings", "replayed")}
    requests.record(tx, request_id, operation, actor.code, office.now(), answer)


def unchanged(have: int, version: int) -> None:
    """Raise Conflict when what a form was filled in for has been written to since; version 0 does not ask."""
    if version not in (0, have):
        raise Conflict("刚才有人改过这件事项，没有保存。请看一眼最新的内容，再办一次。")


def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What is only told. Raises Refused with what stands in the way."""
    said = tuple(problems)
    stopping = blocking(said, {})
    if stopping:
        raise Refused(stopping)
    return tuple(problem for problem in said if problem.level is Level.WARN)
