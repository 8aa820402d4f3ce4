"""The tracking ledger (案件跟踪台账): the nodes a matter went through, its days at each, how it was closed. As paper and as sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qingyuan_desk.domain import flows
from qingyuan_desk.domain.matter import LedgerRow
from qingyuan_desk.domain.papers import Letterhead
from qingyuan_desk.domain.reference import Reference

#: The step that takes a matter into another flow.
_SWITCH = "handling.switch"

#: Papers the ledger is printed on, across.
SIZES: Mapping[str, str] = {"a3": "A3 横向", "a4": "A4 横向"}


@dataclass(frozen=True)
class Moved:
    """A line of the timeline that says where the matter stood from then on."""

    at: datetime
    action: str
    node: str


@dataclass(frozen=True)
class Leg:
    """A stay at a node. days: natural days there, so far where the matter is there still; None where nothing is due."""

    flow: str
    node: str
    since: date
    days: int | None


@dataclass(frozen=True)
class Track:
    """The way of a matter. closing: how it was closed, in words; closed_on: None while it is open."""

    legs: tuple[Leg, ...] = ()
    closing: str = ""
    closed_on: date | None = None


@dataclass(frozen=True)
class Tracked:
    """A line of the tracking ledger."""

    row: LedgerRow
    track: Track

    def days(self, today: date) -> int:
        """Natural days from registering to closing, or so far."""
        return ((self.track.closed_on or today) - self.row.opened_on).days


@dataclass(frozen=True)
class TrackingFacts:
    """Everything the printed ledger says. asked: what it was narrowed to, in words. size: of SIZES."""

    office: Letterhead
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    asked: str
    printed_at: datetime
    made_by: str
    size: str = "a3"


def track(
    moves: Iterable[Moved], flow: str, stays: Sequence[str], today: date, closing: str, closed_on: date | None
) -> Track:
    """The way of a matter. moves: oldest first; flow: the one it is in; stays: the flows it was in, in order."""
    ways = iter(stays or (flow,))
    now = next(ways)
    begun: list[tuple[str, str, date]] = []
    for moved in moves:
        if moved.action == _SWITCH:
            now = next(ways, flow)
        if not begun or begun[-1][:2] != (now, moved.node):
            begun.append((now, moved.node, moved.at.date()))
    ends = [*(since for _, _, since in begun[1:]), today]
    legs = (
        Leg(way, node, since, None if flows.is_closed(way, node) else (end - since).days)
        for (way, node, since), end in zip(begun, ends, strict=False)
    )
    return Track(tuple(legs), closing, closed_on)


def words(found: Track, reference: Reference) -> str:
    """待转送交办 1 天 → 办理中 46 天 → 已办结; another flow is named where it begins."""
    before = [found.legs[0].flow, *(leg.flow for leg in found.legs)] if found.legs else []
    return " → ".join(_said(leg, flow, reference) for leg, flow in zip(found.legs, before, strict=False))


def _said(leg: Leg, before: str, reference: Reference) -> str:
    way = reference.flow(leg.flow)
    moved = f"〔转{way.short}〕" if way and before != leg.flow else ""
    spent = "" if leg.days is None else f" {leg.days} 天"
    return f"{moved}{flows.node_name(leg.flow, leg.node)}{spent}"
