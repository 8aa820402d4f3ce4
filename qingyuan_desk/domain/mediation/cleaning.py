"""What was typed into a form, made fit to keep before the rules see it."""

from __future__ import annotations

from dataclasses import Field, fields, is_dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.text import clean_line, clean_text

#: Fields that may have several lines, where the form does not say itself how it asks for them; other text is one line.
LONG = frozenset(
    {
        "facts",
        "claims",
        "disputes",
        "terms",
        "way",
        "deadline",
        "statements",
        "verified",
        "proposal",
        "asked",
        "explanation",
        "remark",
        "text",
        "note",
        "danger",
        "measures",
        "before",
        "after",
        "reason",
        "what",
    }
)

_Form = TypeVar("_Form")


def cleaned(form: _Form) -> _Form:
    """A form (or a part of one) with its texts cleaned, empty lines of lists left out, and moments in the office's zone.

    A moment without a zone is meant as the office's clock shows it.
    """
    found = {each.name: _cleaned(_is_long(each), getattr(form, each.name)) for each in fields(form)}  # type: ignore[arg-type]
    return replace(form, **found)  # type: ignore[type-var]


def _is_long(part: Field[Any]) -> bool:
    asked = part.metadata.get("ask")
    return asked.kind == "text" if asked else part.name in LONG


def _cleaned(long: bool, value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value) if long else clean_line(value)
    if isinstance(value, tuple):
        return tuple(item for item in (_cleaned(long, each) for each in value) if item != "")
    if isinstance(value, datetime):
        return value.replace(tzinfo=SHANGHAI) if value.tzinfo is None else value.astimezone(SHANGHAI)
    return cleaned(value) if is_dataclass(value) and not isinstance(value, type) else value
