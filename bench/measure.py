"""How a figure and its floor are taken and shown."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """One measured thing beside its floor, in milliseconds."""

    what: str
    ours: Sequence[float]
    floor: Sequence[float]
    promise: str

    def __str__(self) -> str:
        ours, floor = statistics.median(self.ours), statistics.median(self.floor)
        return (
            f"{self.what:<52} ours p50 {ours:8.2f} p99 {p99(self.ours):8.2f}   "
            f"floor p50 {floor:8.2f} p99 {p99(self.floor):8.2f}   ratio {ours / floor:5.2f}   ({self.promise})"
        )


def p99(times: Sequence[float]) -> float:
    """The 99th percentile."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def timed(act: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each run."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        act()
        taken.append((perf_counter() - start) * 1000)
    return taken
