"""催办, 督办 and the answers to them, and how units and the desk are rated."""

from __future__ import annotations

from qingyuan_desk.domain.handling.rules import Act

ACTS: tuple[Act, ...] = ()
