"""Matters by the flows they were handled in (两边统计): a petition that went to mediation counts in both, and once in the whole.

So the figures of petitions and those of mediations are each right, and 件 of the whole stays the number of matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qingyuan_desk.domain.reference import Reference


@dataclass(frozen=True)
class FlowMove:
    """How many matters went from one flow into another (转流程), each counted once however often it went there."""

    source: str
    target: str
    matters: int


@dataclass(frozen=True)
class FlowCounted:
    """What was counted over a period.

    stayed: flow → 件 visited in the period that were handled in it then. several: those that were in more than one.
    moved: (matter, the flow it left, the flow it came into), whatever was visited.
    """

    stayed: Mapping[str, int] = field(default_factory=dict)
    several: int = 0
    moved: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True)
class FlowLine:
    """A flow: 件 handled in it, of those visited in the period; 件 that came into it and left it."""

    code: str
    name: str
    matters: int
    moved_in: int = 0
    moved_out: int = 0


@dataclass(frozen=True)
class FlowFigures:
    """The flows of a period. moved: 件 that went into another flow, each once."""

    lines: tuple[FlowLine, ...]
    moves: tuple[FlowMove, ...]
    several: int
    moved: int

    def fault(self, whole: int) -> str:
        """Where the lines cannot be right, in words. whole: 涉及事项 of the period; empty when they can."""
        added = sum(line.matters for line in self.lines)
        if added < whole + self.several or any(line.matters > whole for line in self.lines):
            return f"各流程相加 {added} 件，涉及事项 {whole} 件，其中在几个流程办理的 {self.several} 件"
        return ""


def tabulate_flows(counted: FlowCounted, reference: Reference) -> FlowFigures:
    """The flows in the office's order; matters of no known flow make one more line, when there are any."""
    known = {flow.code: flow.name for flow in reference.flows}
    rest = sum(count for code, count in counted.stayed.items() if code not in known)
    lines = [
        FlowLine(
            code,
            name,
            counted.stayed.get(code, 0),
            _distinct(matter for matter, _, target in counted.moved if target == code),
            _distinct(matter for matter, source, _ in counted.moved if source == code),
        )
        for code, name in known.items()
    ]
    if rest:
        lines.append(FlowLine("", "未分流", rest))
    order = {code: place for place, code in enumerate(known)}
    pairs = {(source, target) for _, source, target in counted.moved}
    return FlowFigures(
        lines=tuple(lines),
        moves=tuple(
            FlowMove(
                source,
                target,
                _distinct(matter for matter, *pair in counted.moved if pair == [source, target]),
            )
            for source, target in sorted(
                pairs, key=lambda pair: [order.get(code, len(order)) for code in pair]
            )
        ),
        several=counted.several,
        moved=_distinct(matter for matter, _, _ in counted.moved),
    )


def _distinct(matters: Iterable[int]) -> int:
    return len(set(matters))
