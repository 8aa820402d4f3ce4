"""Dividing a sum into instalments (分期)."""

from __future__ import annotations

from datetime import date

from qingyuan_desk.domain.clocks import months_after
from qingyuan_desk.domain.mediation.forms import Part

_YUAN = 100


def evenly(
    amount: int, number: int, first: date, payer: int, payee: int, *, what: str = ""
) -> tuple[Part, ...]:
    """So many monthly instalments of whole yuan, the first on `first`; what is left over is paid with the last.

    A sum smaller than one yuan an instalment is divided to the fen. number: at least 1.
    """
    step = _YUAN if amount >= number * _YUAN else 1
    each = amount // number // step * step
    sums = [each] * (number - 1) + [amount - each * (number - 1)]
    return tuple(
        Part(months_after(first, month), what, part, payer, payee) for month, part in enumerate(sums)
    )
