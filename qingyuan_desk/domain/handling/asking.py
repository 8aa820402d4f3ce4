"""How a form asks for its fields: the label and the kind of widget stand beside the field, so screens build themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Ask:
    """How a person is asked for a field.

    kind: "line", "text" (several lines), "day", "moment", "number", "yes" (a check box), "choice" (a code of `table`);
    of the office's tables "unit", "units", "category", "flow", "room", "dispute_type", "crowd", "paths" (several),
    "materials" (several names, free ones too); of the matter's records "sending", "watch", "urge", "referral".
    hint: what stands in the empty field. needed: the label says so.
    """

    label: str
    kind: str = "line"
    table: Mapping[str, str] | None = None
    hint: str = ""
    needed: bool = False


_DEFAULTS: Mapping[str, object] = {
    "line": "",
    "text": "",
    "day": None,
    "moment": None,
    "number": 0,
    "yes": False,
    "choice": "",
    "unit": "",
    "category": "",
    "flow": "",
    "room": "",
    "dispute_type": "",
    "crowd": "",
    "units": (),
    "paths": (),
    "materials": (),
    "sending": 0,
    "watch": 0,
    "urge": 0,
    "referral": 0,
}


def ask(
    label: str,
    kind: str = "line",
    table: Mapping[str, str] | None = None,
    *,
    hint: str = "",
    needed: bool = False,
    default: object = None,
) -> Any:
    """A field of a form with the way it is asked for; without a default it begins empty."""
    begins = _DEFAULTS[kind] if default is None else default
    return field(default=begins, metadata={"ask": Ask(label, kind, table, hint, needed)})


def asks(form: type[Any]) -> tuple[tuple[str, Ask], ...]:
    """The fields of a form with the way each is asked for, in order; fields nobody is asked for are left out."""
    return tuple((each.name, each.metadata["ask"]) for each in fields(form) if "ask" in each.metadata)
