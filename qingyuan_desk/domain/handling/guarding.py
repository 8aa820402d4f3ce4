"""What must be reported at once, flags that expire, and 三到位一处理 (《信访工作条例》第二十五条、第二十七条)."""

from __future__ import annotations

from qingyuan_desk.domain.handling.rules import Act

ACTS: tuple[Act, ...] = ()
