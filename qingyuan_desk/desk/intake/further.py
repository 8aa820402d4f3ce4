"""A further visit (再次来访) takes over what is known from the last one, where the form is still silent; and back."""

from __future__ import annotations

from dataclasses import fields, replace

from qingyuan_desk.domain.matter import MatterFacts
from qingyuan_desk.domain.text import search_key
from qingyuan_desk.domain.visit import Person, VisitForm

#: What is said anew at every visit.
_ANEW = {"role", "authority", "relation", "birth_date"}


def continued(form: VisitForm, facts: MatterFacts) -> VisitForm:
    """The form as a further visit of the matter: its person's and opponents' facts where nothing was typed."""
    last = next((visit for visit in reversed(facts.visits) if visit.persons), None)
    main = form.main_visitor
    if last is not None and _may_be(main, last.persons[0]):
        main = _filled(main, last.persons[0])
    return replace(
        form,
        matter=facts.number,
        persons=(main, *form.persons[1:]),
        opponents=form.opponents or facts.opponents,
    )


def uncontinued(now: VisitForm, before: VisitForm, filled: VisitForm) -> VisitForm:
    """The form now, without what `continued` made of `before`; what was typed since stays."""
    main = {
        each.name: getattr(before.main_visitor, each.name)
        for each in fields(Person)
        if getattr(now.main_visitor, each.name) == getattr(filled.main_visitor, each.name)
    }
    return replace(
        now,
        matter=before.matter,
        persons=(replace(now.main_visitor, **main), *now.persons[1:]),
        opponents=before.opponents if now.opponents == filled.opponents else now.opponents,
    )


def ordinal(facts: MatterFacts) -> int:
    """Which visit of the matter the next one is."""
    return max((visit.ordinal for visit in facts.visits), default=0) + 1


def _may_be(typed: Person, known: Person) -> bool:
    return not typed.name.strip() or search_key(typed.name) == search_key(known.name)


def _filled(typed: Person, known: Person) -> Person:
    """What was typed, and what is known where nothing was. A document's kind goes with its number."""
    facts = {
        each.name: getattr(known, each.name)
        for each in fields(Person)
        if each.name not in _ANEW and each.name != "id_type" and not getattr(typed, each.name)
    }
    if not typed.id_number:
        facts["id_type"] = known.id_type
    return replace(typed, **facts)
