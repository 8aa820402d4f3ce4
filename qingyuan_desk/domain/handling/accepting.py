"""What a petition is, and whether it is accepted (《信访工作条例》第十九条 to 第二十三条、第三十一条、第三十六条)."""

from __future__ import annotations

from qingyuan_desk.domain.handling.rules import Act

ACTS: tuple[Act, ...] = ()
