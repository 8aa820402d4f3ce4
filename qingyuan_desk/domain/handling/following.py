"""What a form of a step begins with: what can be known before anybody types (the unit of the duty list, the only sending …)."""

from __future__ import annotations

from typing import get_args

from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import Form
from qingyuan_desk.domain.handling.rules import Context

#: Step → its form.
FORMS: dict[str, type[Form]] = {kind.step: kind for kind in get_args(Form)}


def starting(case: Handled, step: str, context: Context) -> Form:
    """The form of a step as it stands before a person fills it in."""
    return FORMS[step]()
