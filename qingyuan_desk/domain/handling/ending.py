"""How a matter ends, is looked at again, or goes into another flow."""

from __future__ import annotations

from qingyuan_desk.domain.handling.rules import Act

ACTS: tuple[Act, ...] = ()
