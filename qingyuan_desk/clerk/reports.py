"""Closing a period (结账) from a line of `clerk`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qingyuan_desk.clerk.operation import Operation
from qingyuan_desk.clerk.steps import of_form
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.periods import read_period
from qingyuan_desk.services import closing
from qingyuan_desk.services.office import Office


@dataclass(frozen=True)
class Close:
    """Which period is closed: 2024-09, 2024Q3, 2024H1, 2024."""

    period: str


def _close(office: Office, actor: Actor, request_id: str, form: Close) -> str:
    period = read_period(form.period)
    if period is None:
        raise Refused.because(
            "period", f"“{form.period}”不是一期。写作 2024-09、2024Q3、2024H1 或者 2024 这样的形式。"
        )
    done = closing.close(office, actor, request_id, period)
    return f"{done.period.code} {done.digest}"


OPERATIONS: Mapping[str, Operation] = {"report.close": of_form(Close, _close)}
