"""What is typed into the forms of a mediation is made fit to keep, whatever the form."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.mediation import forms
from qingyuan_desk.domain.mediation.case import CaseParty
from qingyuan_desk.domain.mediation.cleaning import LONG, cleaned
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.text import clean_line, clean_text


@given(st.text(), st.lists(st.text(), max_size=4))
def test_texts_and_lists_of_texts(said: str, several: list[str]) -> None:
    form = cleaned(forms.Open(said, facts=said, claims=tuple(several)))
    assert (form.origin, form.facts) == (clean_line(said), clean_text(said))
    assert form.claims == tuple(filter(None, map(clean_text, several)))
    assert cleaned(form) == form


def test_forms_within_forms_and_what_is_no_text() -> None:
    part = forms.Part(date(2024, 9, 20), " 付\r\n款 ", 100, 1, 2)
    draft = cleaned(forms.Draft("甲", "乙", ("丙",), parts=(part,), at_once=True))
    assert draft.parts == (forms.Part(date(2024, 9, 20), "付\n款", 100, 1, 2),)
    assert draft.at_once is True
    assert cleaned(forms.PutParty(CaseParty(1, "third", " 孙 "))).party == CaseParty(1, "third", "孙")


def test_a_moment_without_zone_is_the_office_s() -> None:
    assert cleaned(forms.Plan(datetime(2024, 9, 20, 9))).at == datetime(2024, 9, 20, 9, tzinfo=SHANGHAI)
    moved = cleaned(forms.Plan(datetime(2024, 9, 20, 1, tzinfo=UTC))).at
    assert moved.isoformat() == "2024-09-20T09:00:00+08:00"


def test_what_may_have_several_lines_is_a_field_of_some_form() -> None:
    parts = (*get_args(forms.Form), forms.Part, CaseParty)
    assert {each.name for kind in parts for each in fields(kind)} >= LONG
