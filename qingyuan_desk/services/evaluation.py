"""How the work goes: how long nodes take (before and after), how units do, and how people are satisfied. Sealed matters are in none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from qingyuan_desk.domain import flows
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.handling import evaluation as rules
from qingyuan_desk.domain.handling import evaluation_sheet
from qingyuan_desk.domain.handling.evaluation import (
    WHOLE,
    Duration,
    Satisfaction,
    Sent,
    Span,
    Standing,
    UnitFacts,
    Votes,
)
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import evaluations as store
from qingyuan_desk.store.database import Row, Rows

#: First and last day, both included.
Days = tuple[date, date]


def durations(
    office: Office, actor: Actor, first: date, last: date, against: Days | None = None
) -> tuple[Duration, ...]:
    """Days per flow, node, and unit of what left a node in a period, beside another period (default: as long, before it)."""
    require(actor, Right.REPORT)
    _check(first, last)
    before = against or as_long_before(first, last)
    _check(*before)
    with office.store.read() as rows:
        return counted_durations(rows, (first, last), before)


def counted_durations(rows: Rows, now: Days, before: Days) -> tuple[Duration, ...]:
    """Days per flow, node, and unit of what left a node in a period, beside another one."""
    return rules.durations(*(tuple(_spans(store.left_nodes(rows, *days))) for days in (now, before)))


def standings(office: Office, actor: Actor, first: date, last: date) -> tuple[Standing, ...]:
    """Every unit that had anything to do in a period, ranked with the counts the ranking rests on."""
    require(actor, Right.REPORT)
    _check(first, last)
    with office.store.read() as rows:
        return rules.standings(_units(rows, first, last, office.today()))


def satisfaction(office: Office, actor: Actor, first: date, last: date) -> tuple[Satisfaction, ...]:
    """How visitors rated the desk, units, advice, and mediation in a period; refusals apart."""
    require(actor, Right.REPORT)
    _check(first, last)
    with office.store.read() as rows:
        rated = [
            (row["rated"], row["unit"], row["satisfaction"], row["count"])
            for row in store.ratings(rows, first, last)
            if row["by"] == "visitor"
        ]
        others = [(what, "", value, count) for what, value, count in store.other_ratings(rows, first, last)]
    return rules.satisfactions((*rated, *others))


def export(
    office: Office, actor: Actor, path: Path, first: date, last: date, against: Days | None = None
) -> None:
    """Write durations, standings, and satisfaction of a period as one spreadsheet, a sheet each."""
    from qingyuan_desk.documents import sheets

    require(actor, Right.EXPORT)
    units = {unit.code: unit.name for unit in office.reference.units}
    names = {flow.code: flow.short for flow in office.reference.flows}
    sheets.write(
        path,
        [
            evaluation_sheet.standings_grid(standings(office, actor, first, last), units),
            evaluation_sheet.durations_grid(durations(office, actor, first, last, against), names, units),
            evaluation_sheet.satisfactions_grid(satisfaction(office, actor, first, last), units),
        ],
    )


def as_long_before(first: date, last: date) -> Days:
    """The period of the same length that ends the day before: of a whole month the month before."""
    before = first - timedelta(days=1)
    whole_month = first.day == 1 and (last + timedelta(days=1)).day == 1 and first.month == last.month
    return (before.replace(day=1) if whole_month else before - (last - first)), before


def _check(first: date, last: date) -> None:
    if last < first:
        raise Refused.because("last", f"末日 {last:%Y-%m-%d} 早于首日 {first:%Y-%m-%d}，请改过来。")


def _spans(rows: list[Row]) -> Iterator[Span]:
    """The stay at the node; and, with the last step of a matter that is over, its whole way."""
    for row in rows:
        left = datetime.fromisoformat(row["left_at"])
        flow, node = row["flow"], row["node"]
        at_desk = flow in flows.FLOWS and node == flows.FLOWS[flow].first
        unit = "" if at_desk else row["sent_to"] or row["unit"]
        yield Span(flow, node, unit, _days(left - datetime.fromisoformat(row["entered_at"])))
        if row["state"] == "closed" and row["node_now"] == row["node_to"]:
            whole = left - datetime.fromisoformat(row["opened_at"])
            yield Span(flow, WHOLE, row["sent_to"] or row["unit"], _days(whole))


def _days(span: timedelta) -> float:
    return max(0.0, span.total_seconds() / 86_400)


_NO_VOTES = Votes()


@dataclass
class _Unit:
    """What is gathered about a unit."""

    sent: list[Sent] = field(default_factory=list)
    due: int = 0
    on_time: int = 0
    urges: dict[str, int] = field(default_factory=dict)
    points: int = 0
    township: Votes = _NO_VOTES
    visitors: Votes = _NO_VOTES


def _units(rows: Rows, first: date, last: date, today: date) -> list[UnitFacts]:
    units: dict[str, _Unit] = defaultdict(_Unit)
    for row in store.sent(rows, first, last):
        units[row["unit"]].sent.append(_sent(row))
    for row in store.limits(rows, first, last, today):
        units[row["unit"]].due, units[row["unit"]].on_time = row["due"], row["on_time"]
    for row in store.urges(rows, first, last):
        units[row["unit"]].urges[row["kind"]] = row["count"]
        units[row["unit"]].points += row["points"]
    for row in store.ratings(rows, first, last):
        if row["unit"]:
            unit, of = units[row["unit"]], "township" if row["by"] == "township" else "visitors"
            setattr(unit, of, getattr(unit, of).plus(row["satisfaction"], row["count"]))
    return [UnitFacts(code, **{**vars(unit), "sent": tuple(unit.sent)}) for code, unit in units.items()]


def _sent(row: Row) -> Sent:
    answers = [row[column] for column in ("accepted_on", "replied_on", "objected_on") if row[column]]
    return Sent(
        support=row["mode"] == "support",
        sent_on=date.fromisoformat(row["sent_on"]),
        answered_on=date.fromisoformat(min(answers)) if answers else None,
        objected=row["objected_on"] is not None,
    )
