"""Where a matter goes: forwarded, assigned, handed over, signed for, objected to, returned (《信访工作条例》第二十二条、第二十三条)."""

from __future__ import annotations

from qingyuan_desk.domain.handling.rules import Act

ACTS: tuple[Act, ...] = ()
