"""Triage (分流): a suggestion of category, flow, room, and unit, by rules the office can read and edit.

The rules are tried in order. One that names a category decides, and the first such rule that applies wins; the others
only advise (现实危险, 未成年人 …). What a rule's columns mean:

any_words    one of them is said
all_words    each of them is said; 举报|检举 means either
not_words    none of them may be said
harmless     phrases struck out before words are looked for: 想起诉 is no lawsuit (起诉)
flags        one of them is set; a rule with flags and words applies when either is given
needs        each must hold, see NEEDS; a need nobody knows never holds

The unit comes from the duty list (职责清单): of the lines of the rule's category the one whose words are said most,
longer words counting more, unless the rule names a line or a unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.tables import OWN_TOWNSHIP, Duty, TriageRule
from qingyuan_desk.domain.text import LIMITS, search_key
from qingyuan_desk.domain.visit import GROUP_SIZE

#: A rule that has this flag seals the matter (检举控告): 《信访工作条例》第三十条.
SEALING_FLAG = "accusation"
#: A type of dispute the clerk chose weighs more than any words.
_CHOSEN = 1000
#: Of a petition (申诉求决) the duty list speaks where it speaks of daily life: 征地补偿 is one line, whoever is asked.
_ALSO: Mapping[str, tuple[str, ...]] = {"petition_matter": ("livelihood",)}
#: So many words are quoted in a reason.
_QUOTED = 4


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


@dataclass(frozen=True)
class _Line:
    """A line of the duty list, the words of it that were said, and how much they weigh."""

    duty: Duty
    words: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class _Heard:
    """A case, its narrative folded for comparing, and of every category the line of the duty list that fits best.

    words: those of the office's tables that were said. foremost: of the categories that are found by their lines alone,
    those whose line fits best.
    """

    case: TriageCase
    said: str
    words: frozenset[str]
    lines: Mapping[str, _Line]
    foremost: frozenset[str]


#: Conditions of a rule's `needs` column; they take what was heard and the rule's category.
NEEDS: Mapping[str, Callable[[_Heard, str], bool]] = {
    "said": lambda heard, _: bool(heard.said),
    "opponent": lambda heard, _: bool(heard.case.opponents),
    "no_opponent": lambda heard, _: not heard.case.opponents,
    "private_opponent": lambda heard, _: bool(heard.case.opponents) and not _against_organ(heard.case),
    "organ_opponent": lambda heard, _: _against_organ(heard.case),
    "no_organ_opponent": lambda heard, _: not _against_organ(heard.case),
    "group": lambda heard, _: heard.case.headcount >= GROUP_SIZE,
    "identity_declined": lambda heard, _: heard.case.identity_declined,
    "no_case_open": lambda heard, _: "case_open" not in heard.case.flags,
    # A line of the rule's category is spoken of; and no line of another category with such a rule fits better.
    "line": lambda heard, category: category in heard.lines,
    "best_line": lambda heard, category: category in heard.foremost,
}


def suggest(case: TriageCase, reference: Reference) -> Suggestion:
    """What the office's rules propose for this case, with every reason."""
    said = search_key(case.narrative[: LIMITS["narrative"]])
    if not said and not case.flags:
        return Suggestion()
    heard = _hear(case, said, reference)
    applying = [
        (rule, words)
        for rule in reference.triage_rules
        if (words := _applies(rule, heard, reference)) is not None
    ]
    deciding = next(((rule, words) for rule, words in applying if rule.category), None)
    advising = [rule for rule, _ in applying if not rule.category]
    if deciding is None:
        return Suggestion(advice=_advice(advising))
    if deciding[0].advice:
        advising.append(deciding[0])
    return _decide(*deciding, heard, reference, _advice(advising))


def line_of(case: TriageCase, category: str, reference: Reference) -> str:
    """The line of the duty list a case is about when it is taken for this category; "" when it is about none."""
    said = search_key(case.narrative[: LIMITS["narrative"]])
    return _line_of(_hear(case, said, reference), category)


def _applies(rule: TriageRule, heard: _Heard, reference: Reference) -> tuple[str, ...] | None:
    """The words a rule rests on; None when it does not apply."""
    if not all(need in NEEDS and NEEDS[need](heard, rule.category) for need in rule.needs):
        return None
    if _found(rule.not_words, heard.words):
        return None
    if rule.flags & heard.case.flags:
        return ()
    if not (rule.any_words or rule.all_words):
        return None if rule.flags else ()
    words = _spoken(rule, heard.words, heard.said)
    struck = _found(rule.harmless, heard.words) if words else ()
    if not struck:
        return words
    rest = _without(struck, heard.said)
    return _spoken(rule, reference.words_said(rest), rest)


def _spoken(rule: TriageRule, words: frozenset[str], said: str) -> tuple[str, ...] | None:
    some = _found(rule.any_words, words)
    each = [_found(alternatives, words) for alternatives in rule.all_words]
    if (rule.any_words and not some) or not all(each):
        return None
    return _telling((*some, *(word for found in each for word in found)), said)


def _decide(
    rule: TriageRule,
    words: tuple[str, ...],
    heard: _Heard,
    reference: Reference,
    advice: tuple[Advice, ...],
) -> Suggestion:
    category = reference.category(rule.category)
    named = reference.duty(rule.matter_kind)
    line = _line(named, heard) if named else heard.lines.get(rule.category)
    duty = line.duty if line else None
    unit = rule.unit or (_leading(duty, heard.case, reference) if duty else "")
    unit = unit or (category.unit if category else "")
    sealed = SEALING_FLAG in rule.flags
    return Suggestion(
        category=rule.category,
        flow=rule.flow or (duty.flow if duty else "") or (category.flow if category else ""),
        room=rule.room or (duty.room if duty else "") or (category.room if category else ""),
        unit=unit,
        co_units=tuple(code for code in duty.co_units if code != unit) if duty and not sealed else (),
        dispute_type=heard.case.dispute_type or (duty.dispute_type if duty else ""),
        matter_kind=duty.code if duty else _line_of(heard, rule.category),
        reasons=_reasons(rule, words, line, unit, reference),
        advice=advice,
        sealed=sealed,
    )


def _reasons(
    rule: TriageRule, words: tuple[str, ...], line: _Line | None, unit: str, reference: Reference
) -> tuple[Reason, ...]:
    """Why the category, then why the unit. The words of the duty list speak for a rule that has none of its own."""
    spoken = words or (line.words if line else ())
    first = Reason(_sentence(rule.reason or rule.name, spoken), rule.article, spoken, rule.id)
    if line is None:
        return (first,)
    lead = reference.unit(unit)
    who = f"，由{lead.name}主办" if lead else ""
    new = tuple(word for word in line.words if word not in spoken)
    sentence = _sentence(f"职责清单（{line.duty.version}版）“{line.duty.name}”{who}", new)
    return (first, Reason(sentence, line.duty.article, line.words, f"duty:{line.duty.code}"))


def _advice(rules: Iterable[TriageRule]) -> tuple[Advice, ...]:
    return tuple(Advice(rule.advice or rule.reason, rule.article, rule.slip) for rule in rules)


def _hear(case: TriageCase, said: str, reference: Reference) -> _Heard:
    words = reference.words_said(said)
    lines = _lines(case, words, said, reference)
    rivals = {rule.category for rule in reference.triage_rules if "best_line" in rule.needs} & lines.keys()
    most = max((lines[category].weight for category in rivals), default=0)
    foremost = frozenset(category for category in rivals if lines[category].weight == most)
    return _Heard(case, said, words, lines, foremost)


def _lines(case: TriageCase, words: frozenset[str], said: str, reference: Reference) -> dict[str, _Line]:
    """Of every category the line of the duty list that fits best; the earlier one of two that fit as well."""
    best: dict[str, _Line] = {}
    for duty in reference.duties:
        found = _found(duty.words, words)
        chosen = _CHOSEN if case.dispute_type and case.dispute_type == duty.dispute_type else 0
        if found or chosen:
            telling = _telling(found, said)
            line = _Line(duty, telling, chosen + sum(len(word) for word in telling))
            if duty.category not in best or line.weight > best[duty.category].weight:
                best[duty.category] = line
    return best


def _line_of(heard: _Heard, category: str) -> str:
    fitting = (each for each in (category, *_ALSO.get(category, ())) if each in heard.lines)
    return next((heard.lines[each].duty.code for each in fitting), "")


def _line(duty: Duty, heard: _Heard) -> _Line:
    """A line the rule names."""
    return _Line(duty, _telling(_found(duty.words, heard.words), heard.said), 0)


def _leading(duty: Duty, case: TriageCase, reference: Reference) -> str:
    """Exactly one leading unit (一类事务由一个机构负责)."""
    if duty.leading_unit != OWN_TOWNSHIP:
        return duty.leading_unit
    own = reference.township_unit(case.township)
    return own.code if own else ""


def _against_organ(case: TriageCase) -> bool:
    return "organ" in case.opponent_kinds


def _sentence(said: str, words: Iterable[str]) -> str:
    quoted = "".join(f"“{word}”" for word in tuple(words)[:_QUOTED])
    return f"提到{quoted}：{said}" if quoted else said


def _found(words: Iterable[str], said: frozenset[str]) -> tuple[str, ...]:
    # Most rules have none: told so by the set at once.
    return () if said.isdisjoint(words) else tuple([word for word in words if word in said])


def _telling(words: Iterable[str], said: str) -> tuple[str, ...]:
    """Without words that are part of others that were said, in the order they were said."""
    each = tuple(dict.fromkeys(words))
    telling = (word for word in each if not any(word != other and word in other for other in each))
    return tuple(sorted(telling, key=lambda word: said.find(_key(word))))


def _without(phrases: Iterable[str], said: str) -> str:
    """What was said, with these phrases struck out; no word of a table holds a line break."""
    for phrase in phrases:
        said = said.replace(_key(phrase), "\n")
    return said


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    return search_key(word)
