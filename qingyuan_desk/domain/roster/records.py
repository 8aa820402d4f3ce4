"""What is kept beside an entry of the roster: days off, training, awards, and terms renewed; and their rules. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.roster.mediators import TERM_ARTICLE, Mediator, Term
from qingyuan_desk.domain.roster.results import Leave
from qingyuan_desk.domain.text import LIMITS

#: Longer days off than this are a suspension (停用).
LONGEST_LEAVE = 366
#: Most hours one training can have.
_MOST_HOURS = 200.0
_EARLIEST = date(1980, 1, 1)


@dataclass(frozen=True)
class Training:
    """A training somebody took part in (培训记录). hours: 学时, in halves."""

    mediator: str
    day: date
    hours: float
    organiser: str
    subject: str
    record_id: int = 0


@dataclass(frozen=True)
class Award:
    """An award (表彰奖励): 《人民调解法》第六条 asks for them."""

    mediator: str
    day: date
    title: str
    issuer: str
    record_id: int = 0


Kept = Leave | Training | Award


@dataclass(frozen=True)
class Records:
    """Everything kept beside one entry, newest first. terms: first days of earlier terms, the current one included."""

    leave: tuple[Leave, ...] = ()
    trainings: tuple[Training, ...] = ()
    awards: tuple[Award, ...] = ()
    terms: tuple[date, ...] = ()

    @property
    def since(self) -> date | None:
        """The first day of the first term; None when nobody wrote one down."""
        return min(self.terms, default=None)

    def hours_since(self, day: date) -> float:
        """Hours of training from a day on."""
        return sum(each.hours for each in self.trainings if each.day >= day)


def check(kept: Kept, others: Records, today: date) -> tuple[Problem, ...]:
    """What stands in the way of keeping a record beside `others` of the same mediator."""
    match kept:
        case Leave():
            return tuple(_leave(kept, others.leave))
        case Training():
            return tuple(_training(kept, others.trainings, today))
        case Award():
            return tuple(_award(kept, others.awards, today))


def next_term(mediator: Mediator) -> date | None:
    """The day a renewed term would begin: the day after the current one ends; None when none is known."""
    return mediator.term.end + timedelta(days=1) if mediator.term else None


def check_renewal(mediator: Mediator, start: date, today: date) -> tuple[Problem, ...]:
    """What stands in the way of a further term of three years (《人民调解法》第九条: 可以续聘)."""
    term = mediator.term
    if mediator.status == "ended":
        return (Problem("term_start", f"{mediator.name}已经解聘，先在资料里恢复，再办续聘。"),)
    if term is not None and start <= term.start:
        sentence = f"新一届的起始日应当在本届（{term.start.isoformat()}）之后，请核对。"
        return (Problem("term_start", sentence, TERM_ARTICLE),)
    if term is not None and start <= term.end and term.state(today) == "running":
        left = (term.end - today).days
        sentence = f"本届任期到{term.end.isoformat()}，还有{left}天，不到续聘的时候；到期前 90 天起可以办。"
        return (Problem("term_start", sentence, TERM_ARTICLE),)
    if abs((start - today).days) > LONGEST_LEAVE:
        return (Problem("term_start", "新一届的起始日离今天超过一年，请核对。"),)
    return ()


def covered(terms: Iterable[date], day: date) -> bool:
    """Whether a day lies in one of the terms that began on these days."""
    return any(Term.from_start(start).state(day) in ("running", "ending") for start in terms)


def _leave(leave: Leave, others: Iterable[Leave]) -> Iterable[Problem]:
    if leave.last < leave.first:
        yield Problem("last", "止日在起日之前，请核对。")
    elif (leave.last - leave.first).days >= LONGEST_LEAVE:
        yield Problem("last", "一次请假最长一年；更久的请在资料里办停用。")
    if not leave.reason:
        yield Problem("reason", "请写明请假的原因，例如“外出”“住院”。")
    yield from _too_long("reason", leave.reason, "reason")
    for other in others:
        if not other.cancelled and leave.first <= other.last and other.first <= leave.last:
            yield Problem("first", f"和已有的{other.words}重叠；要改期的，先销掉那一条。")
            return


def _training(training: Training, others: Iterable[Training], today: date) -> Iterable[Problem]:
    yield from _past("day", training.day, today)
    if not 0 < training.hours <= _MOST_HOURS or training.hours * 2 % 1:
        yield Problem("hours", "学时填 0.5 到 200 之间的数，最小半个学时。")
    for field, text, what in (
        ("organiser", training.organiser, "组织单位"),
        ("subject", training.subject, "培训内容"),
    ):
        if not text:
            yield Problem(field, f"请填写{what}。")
        yield from _too_long(field, text, "title")
    if any((each.day, each.subject) == (training.day, training.subject) for each in others):
        yield Problem("subject", "这一天的这次培训已经记过了。")


def _award(award: Award, others: Iterable[Award], today: date) -> Iterable[Problem]:
    yield from _past("day", award.day, today)
    for field, text, what in (("title", award.title, "荣誉名称"), ("issuer", award.issuer, "授予单位")):
        if not text:
            yield Problem(field, f"请填写{what}。")
        yield from _too_long(field, text, "title")
    if any((each.day, each.title) == (award.day, award.title) for each in others):
        yield Problem("title", "这一天的这项荣誉已经记过了。")


def _past(field: str, day: date, today: date) -> Iterable[Problem]:
    if not _EARLIEST <= day <= today:
        yield Problem(field, f"日期应当在{_EARLIEST.year}年以后、今天以前，请核对。")


def _too_long(field: str, text: str, kind: str) -> Iterable[Problem]:
    if len(text) > LIMITS[kind]:
        yield Problem(field, f"最多 {LIMITS[kind]} 个字，现有 {len(text)} 个字，请缩短。")
