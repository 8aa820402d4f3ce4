"""What a page shows of the roster: cards for the desk and for the parties, suggestions, and the history of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qingyuan_desk.domain.identity import SEXES
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.roster.mediators import KINDS, LEVELS, STATUSES, Mediator, surname
from qingyuan_desk.domain.roster.results import NEW, Results, Standing
from qingyuan_desk.domain.roster.sheet import skill_names
from qingyuan_desk.domain.text import search_key


@dataclass(frozen=True)
class RosterFilter:
    """What the roster is narrowed to; empty means everybody. Codes, except `text`: name, pinyin, place, or skill."""

    text: str = ""
    township: str = ""
    skill: str = ""
    status: str = ""
    kind: str = ""


EVERYBODY = RosterFilter()
#: How many days ahead a free one is looked for.
AHEAD = 60


@dataclass(frozen=True)
class MediatorCard:
    """A mediator as the desk shows them, in Chinese words.

    initial: the surname, where there is no photo. mediator: what the form edits; its phone is masked for those who may not
    keep the roster. why: the cause of a suspension or an end, for those who may. next_free: the next day (下次可约) among the
    days given, not off, and without a session; None when there is none within two months, and for who comes whenever called
    and is not away. leave: the days off that run today, or the next ones, in words.
    """

    mediator: Mediator
    initial: str
    sex: str
    age: int | None
    place: str
    skills: tuple[str, ...]
    kind: str
    level: str
    status: str
    why: str
    term: str
    term_state: str
    free: str
    next_free: date | None
    results: Results
    leave: str

    @property
    def code(self) -> str:
        """The entry's code."""
        return self.mediator.code

    @property
    def name(self) -> str:
        """The mediator's name."""
        return self.mediator.name


@dataclass(frozen=True)
class Suggested:
    """A mediator proposed for a dispute, with what speaks for and against them."""

    card: MediatorCard
    reasons: tuple[str, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True)
class FieldChange:
    """One field of an entry, before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RosterChange:
    """One thing that happened to an entry of the roster."""

    at: datetime
    actor: str
    action: str
    cause: str
    article: str
    note: str
    changes: tuple[FieldChange, ...]


def passes(mediator: Mediator, wanted: RosterFilter, reference: Reference) -> bool:
    """Whether the filter lets a mediator through."""
    return (
        wanted.township in ("", mediator.township)
        and wanted.status in ("", mediator.status)
        and wanted.kind in ("", mediator.kind)
        and (not wanted.skill or wanted.skill in mediator.skills)
        and _is_said(mediator, search_key(wanted.text), reference)
    )


def card(
    mediator: Mediator, why: str, reference: Reference, today: date, standing: Standing = NEW
) -> MediatorCard:
    """The desk's card. why: the cause of a suspension or an end, if it may be told."""
    term = mediator.term
    return MediatorCard(
        mediator=mediator,
        initial=surname(mediator.name),
        sex=SEXES.get(mediator.sex, ""),
        age=mediator.age(today),
        place=reference.place(mediator.township, mediator.village),
        skills=skill_names(mediator, reference),
        kind=KINDS[mediator.kind],
        level=LEVELS.get(mediator.level, ""),
        status=STATUSES[mediator.status],
        why=why,
        term=term.words(today) if term else "未填任期",
        term_state=term.state(today) if term else "",
        free=mediator.free_words,
        next_free=next_free(mediator, standing, today),
        results=standing.results,
        leave=_leave_words(standing, today),
    )


def _is_said(mediator: Mediator, key: str, reference: Reference) -> bool:
    place = reference.place(mediator.township, mediator.village)
    said = (mediator.code, mediator.name, mediator.identity, mediator.posts, place)
    return any(key in search_key(text) for text in (*said, *skill_names(mediator, reference))) or any(
        letters.startswith(key) for letters in mediator.letters
    )


def next_free(mediator: Mediator, standing: Standing, today: date) -> date | None:
    """The next day somebody can come (下次可约); None as `MediatorCard` says."""
    if not mediator.free_days and not standing.is_taken(today):
        return None
    coming = (today + timedelta(days=ahead) for ahead in range(AHEAD))
    return next(
        (
            day
            for day in coming
            if not standing.is_taken(day) and (not mediator.free_days or mediator.is_free(day))
        ),
        None,
    )


def _leave_words(standing: Standing, today: date) -> str:
    ahead = [each for each in standing.leave if not each.cancelled and each.last >= today]
    return min(ahead, key=lambda each: each.first).words if ahead else ""
