"""Triage (分流): a suggestion of category, flow, room, and unit, by rules the office can read and edit.

The rules are tried in order. One that names a category decides, and the first such rule that applies wins; the others
only advise (现实危险, 未成年人 …). What a rule's columns mean:

any_words    one of them is said        all_words  each of them is said      not_words  none of them may be said
flags        one of them is set; a rule with flags and words applies when either is given
needs        each must hold, see NEEDS

The unit comes from the duty list (职责清单) line whose words fit best, unless the rule names one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qingyuan_desk.domain.reference import OWN_TOWNSHIP, Duty, Reference, TriageRule
from qingyuan_desk.domain.text import search_key
from qingyuan_desk.domain.visit import GROUP_SIZE


@dataclass(frozen=True)
class TriageCase:
    """What the rules look at."""

    narrative: str
    flags: frozenset[str] = frozenset()
    headcount: int = 1
    opponents: tuple[str, ...] = ()
    opponent_kinds: tuple[str, ...] = ()
    dispute_type: str = ""
    identity_declined: bool = False
    township: str = ""


@dataclass(frozen=True)
class Reason:
    """Why something is suggested: a sentence, the words it rests on, the article, the rule's id."""

    sentence: str
    article: str
    words: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True)
class Advice:
    """Something to do besides, such as a mandatory report; `slip`: the paper for it, if any."""

    sentence: str
    article: str
    slip: str = ""


@dataclass(frozen=True)
class Suggestion:
    """What the rules propose. Codes; empty when nothing was said yet. `sealed`: an accusation (检举控告)."""

    category: str = ""
    flow: str = ""
    room: str = ""
    unit: str = ""
    co_units: tuple[str, ...] = ()
    dispute_type: str = ""
    matter_kind: str = ""
    reasons: tuple[Reason, ...] = ()
    advice: tuple[Advice, ...] = ()
    sealed: bool = False


#: Conditions of a rule's `needs` column.
NEEDS: Mapping[str, Callable[[TriageCase], bool]] = {
    "private_opponent": lambda case: bool(case.opponents) and "organ" not in case.opponent_kinds,
    "no_organ_opponent": lambda case: "organ" not in case.opponent_kinds,
    "organ_opponent": lambda case: "organ" in case.opponent_kinds,
    "opponent": lambda case: bool(case.opponents),
    "no_opponent": lambda case: not case.opponents,
    "group": lambda case: case.headcount >= GROUP_SIZE,
    "identity_declined": lambda case: case.identity_declined,
}


def suggest(case: TriageCase, reference: Reference) -> Suggestion:
    """What the office's rules propose for this case, with every reason."""
    said = search_key(case.narrative)
    if not said and not case.flags:
        return Suggestion()
    applying = [
        (rule, words) for rule in reference.triage_rules if (words := _applies(rule, case, said)) is not None
    ]
    advice = tuple(
        Advice(rule.advice or rule.reason, rule.article, rule.slip)
        for rule, _ in applying
        if not rule.category
    )
    deciding = next(((rule, words) for rule, words in applying if rule.category), None)
    if deciding is None:
        return Suggestion(advice=advice)
    return _decide(*deciding, case, said, reference, advice)


def _applies(rule: TriageRule, case: TriageCase, said: str) -> tuple[str, ...] | None:
    """The words a rule rests on; None when it does not apply."""
    if any(not NEEDS[need](case) for need in rule.needs if need in NEEDS) or _found(rule.not_words, said):
        return None
    if rule.flags & case.flags:
        return ()
    if not (rule.any_words or rule.all_words):
        return None if rule.flags else ()
    some, every = _found(rule.any_words, said), _found(rule.all_words, said)
    if (rule.any_words and not some) or len(every) < len(rule.all_words):
        return None
    return (*some, *every)


def _decide(
    rule: TriageRule,
    words: tuple[str, ...],
    case: TriageCase,
    said: str,
    reference: Reference,
    advice: tuple[Advice, ...],
) -> Suggestion:
    category = reference.category(rule.category)
    duty = _duty(rule, case, said, reference)
    sealed = "accusation" in rule.id or "accusation" in rule.flags
    unit = (
        rule.unit or (_leading(duty, case, reference) if duty else "") or (category.unit if category else "")
    )
    reasons = [Reason(_sentence(rule.reason or rule.name, words), rule.article, words, rule.id)]
    if duty and not rule.unit:
        reasons.append(_duty_reason(duty, unit, said, reference))
    return Suggestion(
        category=rule.category,
        flow=rule.flow or (duty.flow if duty else "") or (category.flow if category else ""),
        room=rule.room or (category.room if category else ""),
        unit=unit,
        co_units=duty.co_units if duty else (),
        dispute_type=case.dispute_type or (duty.dispute_type if duty else ""),
        matter_kind=duty.code if duty else "",
        reasons=tuple(reasons),
        advice=advice,
        sealed=sealed,
    )


def _duty(rule: TriageRule, case: TriageCase, said: str, reference: Reference) -> Duty | None:
    """The line the rule names, else the line of the category whose words are said most, longer words first."""
    if rule.matter_kind:
        return reference.duty(rule.matter_kind)
    fitting = [duty for duty in reference.duties if duty.category == rule.category]
    if case.dispute_type:
        fitting = [duty for duty in fitting if duty.dispute_type == case.dispute_type] or fitting
    scored = [(sum(len(word) for word in _found(duty.words, said)), duty) for duty in fitting]
    best = max(scored, key=lambda pair: pair[0], default=(0, None))
    if best[0] == 0:
        # Nothing was said that points to one line; a chosen type of dispute still does.
        return next(
            (duty for duty in fitting if duty.dispute_type == case.dispute_type and case.dispute_type), None
        )
    return best[1]


def _leading(duty: Duty, case: TriageCase, reference: Reference) -> str:
    """Exactly one leading unit (一类事务由一个机构负责)."""
    if duty.leading_unit != OWN_TOWNSHIP:
        return duty.leading_unit
    own = reference.township_unit(case.township)
    return own.code if own else ""


def _duty_reason(duty: Duty, unit: str, said: str, reference: Reference) -> Reason:
    words = _found(duty.words, said)
    named = reference.unit(unit)
    who = f"，由{named.name}主办" if named else ""
    return Reason(_sentence(f"职责清单“{duty.name}”{who}", words), duty.article, words, f"duty:{duty.code}")


def _sentence(said: str, words: Iterable[str]) -> str:
    quoted = "".join(f"“{word}”" for word in words)
    return f"提到{quoted}：{said}" if quoted else said


def _found(words: Iterable[str], said: str) -> tuple[str, ...]:
    return tuple(word for word in words if search_key(word) in said)
