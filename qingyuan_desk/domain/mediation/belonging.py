"""What a file that is added belongs to: the paper it is the signed copy of, the party it identifies, the instalment it proves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.choices import choices, paper_title
from qingyuan_desk.domain.mediation.dossier import paper_of
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS

#: What files can be filed under; a paper about something else is the only one of its kind, or its title tells.
_RECORDS = ("party", "session", "agreement", "instalment", "follow_up")


@dataclass(frozen=True)
class Place:
    """Something a file may belong to. name: as it is offered. title: what the file is best called; "" keeps its own.

    subject: the record's id, or 0. said: words in a file's name that speak of it. kind: code of the paper, or "".
    """

    name: str
    subject: int
    title: str = ""
    said: tuple[str, ...] = ()
    kind: str = ""


def places(case: Case, kind: str) -> tuple[Place, ...]:
    """What a file of this kind of material may belong to in this case, in order; none where nothing is asked."""
    return tuple(_PLACES[kind](case)) if kind in _PLACES else ()


def likely(offered: Sequence[Place], stem: str) -> int:
    """The place among those offered that a file's name speaks of; the only party or instalment there is; -1 for none."""
    paper = paper_of(stem)
    for number, place in enumerate(offered):
        if any(word in stem for word in place.said) or (place.kind and place.kind == paper):
            return number
    return 0 if len(offered) == 1 and not offered[0].kind else -1


def _papers(case: Case) -> Iterable[Place]:
    """A paper whose signed copy can take its place in the dossier."""
    for each in choices(case):
        if paper_of(each.title) == each.kind:
            subject = each.subject if MEDIATION_PAPERS[each.kind].about in _RECORDS else 0
            title = paper_title(case, each.kind, each.subject)
            yield Place(each.title, subject, title, (title,), each.kind)


def _parties(case: Case) -> Iterable[Place]:
    return (Place(each.name, each.record_id, said=(each.name,)) for each in case.parties)


def _represented(case: Case) -> Iterable[Place]:
    return (
        Place(f"{each.name}（代理人 {each.agent}）", each.record_id, said=(each.name, each.agent))
        for each in case.parties
        if each.agent
    )


def _instalments(case: Case) -> Iterable[Place]:
    return (
        Place(
            f"第 {each.position} 期 {each.what}".strip(),
            each.record_id,
            said=tuple(f"第{number}期" for number in (each.position, f" {each.position} ")),
        )
        for each in case.schedule
        if each.amount
    )


_PLACES: Mapping[str, Callable[[Case], Iterable[Place]]] = {
    "signed": _papers,
    "identity": _parties,
    "authority": _represented,
    "receipt": _instalments,
}
