"""What statements that count over a period have in common: the days they are bound to, and which matters count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

#: A matter `m` that is neither void nor sealed.
COUNTS = "m.state <> 'void' AND m.sealed = 0"
_NAME = re.compile(r":(first|last|after|today|part)\b")


@dataclass(frozen=True)
class Days:
    """The days of a period, both included, and the day it is asked on."""

    first: date
    last: date
    today: date

    @property
    def params(self) -> Mapping[str, str]:
        """What :first, :last, :today mean in a statement; :after is the day behind the last, for moments."""
        after = self.last + timedelta(days=1) if self.last < date.max else self.last
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "after": after.isoformat(),
            "today": self.today.isoformat(),
        }


def placed(sql: str, params: Mapping[str, str]) -> tuple[str, list[str]]:
    """A statement with places in turn instead of names, to be a part of one that has such places."""
    return _NAME.sub("?", sql), [params[name] for name in _NAME.findall(sql)]


def among(codes: Iterable[str]) -> str:
    """Codes of this program as a list in a statement."""
    return f"({', '.join(repr(code) for code in sorted(codes))})"


def named(sql: str) -> str:
    """A statement over a period with places in turn, with the names of `Days.params` instead."""
    return re.sub(r">= \? AND (\S+) < \?", r">= :first AND \1 < :after", sql).replace(
        "BETWEEN ? AND ?", "BETWEEN :first AND :last"
    )
