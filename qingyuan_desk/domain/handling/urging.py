"""Which units should be urged today (催办督办), by the office's own rules (seeds/urging_rules.csv). Pure values.

A rule speaks once about what it is about (a limit, or a stay at a node): carried out, it is not proposed again, and
nothing is proposed to a unit while an earlier letter waits for its answer in time. A matter gives a unit one proposal at
a time, the gravest that is allowed: yellow goes before red.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.checks import day
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.handling.forms import Press
from qingyuan_desk.domain.handling.pressing import waits
from qingyuan_desk.domain.handling.records import Urge
from qingyuan_desk.domain.tables import UrgingRule

#: 催办, 督办 from the mildest to the gravest.
GRAVITY = {"remind": 0, "yellow": 1, "red": 2}


@dataclass(frozen=True)
class UnitClock:
    """A running clock and the unit whose duty it is. end: its last day, holidays counted in."""

    rule: str
    event: str
    article: str
    start: date
    alarm_on: date
    end: date
    unit: str
    subject: int = 0


@dataclass(frozen=True)
class Pressable:
    """What rules ask about an open matter. unit: the one that has it now. node_since: since when it stands at its node."""

    matter_id: int
    number: str
    title: str
    flow: str
    node: str
    node_since: date
    unit: str
    clocks: tuple[UnitClock, ...] = ()
    urges: tuple[Urge, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A letter to send. late: days after the last day (below 0: before it) or at the node. form: what `take` carries out."""

    matter_id: int
    number: str
    title: str
    flow: str
    unit: str
    rule: UrgingRule
    cause: str
    late: int
    form: Press

    @property
    def kind(self) -> str:
        """Of URGES."""
        return self.rule.kind


def proposals(
    rules: Sequence[UrgingRule], matters: Iterable[Pressable], today: date, calendar: WorkCalendar
) -> tuple[Proposal, ...]:
    """Every letter that is due, the gravest first, then the one that is late longest."""
    found = [each for matter in matters for each in _of_matter(rules, matter, today, calendar)]
    return tuple(sorted(found, key=lambda each: (-GRAVITY[each.kind], -each.late, each.matter_id)))


@dataclass(frozen=True)
class _Cause:
    """Something a rule can be about: a clock, or the stay at a node."""

    unit: str
    since: date
    clock: UnitClock | None = None


def _of_matter(
    rules: Sequence[UrgingRule], matter: Pressable, today: date, calendar: WorkCalendar
) -> Iterator[Proposal]:
    due: dict[str, list[tuple[UrgingRule, _Cause]]] = {}
    about = [_Cause(clock.unit, clock.start, clock) for clock in matter.clocks]
    about.append(_Cause(matter.unit, matter.node_since))
    for cause in about:
        if cause.unit and not any(each.unit == cause.unit and waits(each, today) for each in matter.urges):
            due.setdefault(cause.unit, []).extend(
                (rule, cause) for rule in _applying(rules, matter, cause, today)
            )
    for unit, found in due.items():
        if found:
            rule, cause = max(found, key=lambda each: GRAVITY[each[0].kind])
            yield _proposal(rule, cause, matter, unit, today, calendar)


def _applying(
    rules: Sequence[UrgingRule], matter: Pressable, cause: _Cause, today: date
) -> Iterator[UrgingRule]:
    """The rules that say something about this today, and have not said it, or something graver, before."""
    fitting = [rule for rule in rules if _fits(rule, matter, cause)]
    codes = {rule.code for rule in rules if _same_cause(rule, matter, cause)}
    said = [
        GRAVITY[each.kind]
        for each in matter.urges
        if each.unit == cause.unit and each.rule in codes and each.sent_on >= cause.since
    ]
    warned = any(
        each.unit == cause.unit and each.kind == "yellow" and each.cancelled_on is None
        for each in matter.urges
    )
    own = {rule.kind for rule in fitting if rule.unit}
    for rule in fitting:
        standard = rule.unit or rule.kind not in own
        graver = GRAVITY[rule.kind] > max(said, default=-1)
        allowed = warned or rule.kind != "red"
        if standard and graver and allowed and _late(rule, cause, today) >= rule.days:
            yield rule


def _fits(rule: UrgingRule, matter: Pressable, cause: _Cause) -> bool:
    return rule.unit in ("", cause.unit) and _same_cause(rule, matter, cause)


def _same_cause(rule: UrgingRule, matter: Pressable, cause: _Cause) -> bool:
    if rule.flow not in ("", matter.flow):
        return False
    if cause.clock:
        return rule.clock == cause.clock.rule
    return not rule.clock and rule.node == matter.node


def _late(rule: UrgingRule, cause: _Cause, today: date) -> int:
    """Days since a node was reached; of a clock, after its last day, or, asked by a rule that speaks before, its alarm."""
    if cause.clock is None:
        return (today - cause.since).days
    return (today - (cause.clock.end if rule.days > 0 else cause.clock.alarm_on)).days


def _proposal(
    rule: UrgingRule, cause: _Cause, matter: Pressable, unit: str, today: date, calendar: WorkCalendar
) -> Proposal:
    late = _late(rule, cause, today)
    said = _in_words(cause, matter, today)
    form = Press(
        kind=rule.kind,
        unit=unit,
        rule=rule.code,
        cause=said,
        requirement=rule.text,
        reply_by=calendar.add_workdays(today, rule.reply_days) if rule.reply_days else None,
    )
    return Proposal(matter.matter_id, matter.number, matter.title, matter.flow, unit, rule, said, late, form)


def _in_words(cause: _Cause, matter: Pressable, today: date) -> str:
    """Why, as the letter says it."""
    clock = cause.clock
    if clock is None:
        days = (today - cause.since).days
        return f"自{day(cause.since)}起“{node_name(matter.flow, matter.node)}”，至今 {days} 天。"
    late = (today - clock.end).days
    if late > 0:
        left = f"已超过 {late} 天"
    else:
        before = (clock.alarm_on - today).days
        left = f"还有 {before} 天" if before > 0 else "已经到期"
    article = clock.article.partition("（")[0]
    return f"“{clock.event}”的期限是{day(clock.end)}（{article}），{left}。"
