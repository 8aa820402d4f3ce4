"""Handling, extension, opinion, review, recheck (《信访工作条例》第三十一条 to 第三十六条)."""

from __future__ import annotations

from qingyuan_desk.domain.handling.rules import Act

ACTS: tuple[Act, ...] = ()
