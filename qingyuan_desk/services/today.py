"""The day of whoever runs the centre: what is due (今日必办), what nobody writes to, whom to urge (催办督办), as list, paper, sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.clocks import Due
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.handling import due_sheet
from qingyuan_desk.domain.handling.due import (
    AHEAD_DAYS,
    OF_SENDING,
    OF_URGE,
    RECEIVE_DAYS,
    DueDay,
    DueLine,
    QuietGroup,
    QuietLine,
    plain_due,
    sorted_lines,
    state_of,
)
from qingyuan_desk.domain.handling.records import Urge
from qingyuan_desk.domain.handling.urging import Pressable, Proposal, UnitClock
from qingyuan_desk.domain.handling.urging import proposals as proposed
from qingyuan_desk.domain.handling.urging_rules import read_rules
from qingyuan_desk.domain.papers import Paper
from qingyuan_desk.domain.privacy import mask_name
from qingyuan_desk.domain.tables import Cells, UrgingRule
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import dues, requests
from qingyuan_desk.store import reference as reference_store
from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.records import record_of

#: So many quiet matters are listed; the groups count all of them.
_MOST_QUIET = 500
#: Matters whose urges are read in one statement.
_AT_ONCE = 500


# --- what is due -------------------------------------------------------------------------------------------------


def day(office: Office, actor: Actor, on: date | None = None, ahead: int = AHEAD_DAYS) -> DueDay:
    """Everything due on a day (today by default), late, or due within `ahead` days, in every flow, and the quiet matters.

    Sealed matters are there for their named readers only.
    """
    require(actor, Right.READ)
    asked = on or office.today()
    with office.store.read() as rows:
        found = dues.lines(rows, actor.code, asked, asked + timedelta(days=ahead))
        groups = dues.quiet_groups(rows, actor.code, asked)
        quiet = dues.quiet(rows, actor.code, asked, _MOST_QUIET)
    return DueDay(
        on=asked,
        lines=sorted_lines(_line(office, row, asked) for row in found),
        groups=tuple(
            QuietGroup(row["flow"], row["unit"], row["count"], date.fromisoformat(row["oldest"][:10]))
            for row in groups
        ),
        quiet=tuple(_quiet_line(row, asked) for row in quiet),
    )


def paper(office: Office, actor: Actor, on: date | None = None) -> Paper:
    """今日必办 on one page of A4; what does not fit is counted on it. Sealed matters are never printed."""
    require(actor, Right.PRINT)
    from qingyuan_desk.documents import today as documents

    return documents.render(_facts(office, actor, on))


def export(office: Office, actor: Actor, path: Path, on: date | None = None) -> int:
    """Write what is due and what is quiet as a spreadsheet, names masked; how many lines. Sealed matters stay out."""
    from qingyuan_desk.documents import sheets

    require(actor, Right.EXPORT)
    facts = _facts(office, actor, on)
    sheets.write(path, due_sheet.grids(facts))
    return len(facts.day.lines)


def _facts(office: Office, actor: Actor, on: date | None) -> due_sheet.TodayFacts:
    return due_sheet.TodayFacts(
        office=office.reference.setting("office_name"),
        day=due_sheet.unsealed(day(office, actor, on)),
        units={unit.code: unit.name for unit in office.reference.units},
        flows={flow.code: flow.short for flow in office.reference.flows},
        made_by=actor.name,
        printed_at=office.now(),
        training=office.training,
    )


def _line(office: Office, row: Row, on: date) -> DueLine:
    kind = dues.kind_of(row)
    due = _due(kind, row)
    state, words = state_of(due, on)
    if kind == "receive":
        words = f"送出 {(on - due.start).days} 天未签收"
    return DueLine(
        kind=kind,
        matter_id=row["matter_id"],
        number=row["number"],
        title=row["title"],
        visitor=mask_name(row["visitor"]),
        flow=row["flow"],
        node=row["node"],
        what=row["what"],
        unit=row["unit"],
        who=_who(office, row),
        due=due,
        state=state,
        words=words,
        record_id=row["record_id"],
        note=row["note"],
        rule=row["rule"],
        sealed=bool(row["sealed"]),
    )


def _due(kind: str, row: Row) -> Due:
    start, natural, shifted, alarm = (
        date.fromisoformat(row[column]) for column in ("start_on", "natural_end", "shifted_end", "alarm_on")
    )
    if kind == "receive":
        last = start + timedelta(days=RECEIVE_DAYS)
        return Due(start, last, last, last, False, "day", "")
    if not row["rule"]:
        return plain_due(natural)
    return Due(start, natural, shifted, alarm, bool(row["provisional"]), "", row["article"])


def _who(office: Office, row: Row) -> str:
    """Whose duty it is: the unit by name, else as the table of clocks says."""
    if row["unit"]:
        return _unit(office, row["unit"])
    rule = office.reference.clock(row["rule"]) if row["rule"] else None
    return rule.who if rule else "本中心"


def _unit(office: Office, code: str) -> str:
    found = office.reference.unit(code)
    return found.name if found else code


def _quiet_line(row: Row, on: date) -> QuietLine:
    last = date.fromisoformat(row["updated_at"][:10])
    return QuietLine(
        matter_id=row["matter_id"],
        number=row["number"],
        title=row["title"],
        visitor=mask_name(row["visitor"]),
        flow=row["flow"],
        node=row["node"],
        unit=row["unit"],
        last=last,
        days=(on - last).days,
        sealed=bool(row["sealed"]),
    )


# --- urging ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Urged:
    """An urge with the matter it is about, for a list."""

    urge: Urge
    number: str
    title: str
    flow: str


def proposals(office: Office, actor: Actor, on: date | None = None) -> tuple[Proposal, ...]:
    """Which units should be urged on a day, by the office's rules, each with the letter's form for services/handling.py."""
    require(actor, Right.READ)
    asked = on or office.today()
    with office.store.read() as rows:
        matters = _pressable(rows, office, asked)
    return proposed(office.reference.urging_rules, matters, asked, office.calendar)


def open_urges(office: Office, actor: Actor) -> tuple[Urged, ...]:
    """What was sent to units and not answered, the one that should be answered first on top."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        return tuple(_urged(row) for row in dues.open_urges(rows, actor.code))


def urges(office: Office, actor: Actor, first: date, last: date) -> tuple[Urged, ...]:
    """Every urge of a period, the newest first: the history of 催办督办."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        return tuple(_urged(row) for row in dues.urges_between(rows, actor.code, first, last))


def export_urges(office: Office, actor: Actor, path: Path, first: date, last: date) -> int:
    """Write the urges of a period as a spreadsheet; how many."""
    from qingyuan_desk.documents import sheets

    require(actor, Right.EXPORT)
    found = urges(office, actor, first, last)
    lines = [(each.number, each.title, _unit(office, each.urge.unit), each.urge) for each in found]
    sheets.write(path, [due_sheet.urges_grid(lines, training=office.training)])
    return len(found)


def save_rules(
    office: Office, actor: Actor, request_id: str, rows: Sequence[Cells]
) -> tuple[UrgingRule, ...]:
    """Replace the table of when units are urged. What was sent keeps its points. Raises Refused with problems by row and column."""
    require(actor, Right.SETTINGS)
    rules, problems = read_rules(rows, office.reference)
    if problems:
        raise Refused(problems)
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "urging_rules") is None:
            cells = [{key: str(value) for key, value in asdict(rule).items()} for rule in rules]
            reference_store.replace_all(tx, "urging_rules", cells)
            requests.record(tx, request_id, "urging_rules", actor.code, office.now(), {"rows": len(cells)})
    office.reload()
    return rules


def _urged(row: Row) -> Urged:
    return Urged(record_of(Urge, row), row["matter_number"], row["title"], row["flow"])


def _pressable(rows: Rows, office: Office, on: date) -> list[Pressable]:
    """Open matters some rule may speak about, each with all of its clocks some rule is about."""
    rules = office.reference.urging_rules
    leads: dict[str, int] = {}
    for rule in rules:
        if rule.clock:
            leads[rule.clock] = min(rule.days, leads.get(rule.clock, 0))
    clocks: dict[int, list[UnitClock]] = defaultdict(list)
    matters: dict[int, Row] = {}
    for clock, lead in leads.items():
        for row in dues.urged_clocks(rows, clock, on - timedelta(days=lead)):
            matters.setdefault(row["matter_id"], row)
            clocks[row["matter_id"]].append(_unit_clock(row))
    since: dict[int, date] = {}
    for flow, node in dict.fromkeys((rule.flow, rule.node) for rule in rules if rule.node):
        days = min(rule.days for rule in rules if (rule.flow, rule.node) == (flow, node))
        for row in dues.at_node(rows, flow, node, on - timedelta(days=days)):
            matters.setdefault(row["matter_id"], row)
            since[row["matter_id"]] = date.fromisoformat(row["since"])
    urged = _urges_of(rows, matters)
    return [
        Pressable(
            matter_id=matter_id,
            number=row["number"],
            title=row["title"],
            flow=row["flow"],
            node=row["node"],
            node_since=since.get(matter_id, on),
            unit=row["handler"],
            clocks=tuple(clocks[matter_id]),
            urges=tuple(urged[matter_id]),
        )
        for matter_id, row in matters.items()
    ]


def _unit_clock(row: Row) -> UnitClock:
    of_record = row["rule"] in (*OF_SENDING, *OF_URGE)
    return UnitClock(
        rule=row["rule"],
        event=row["event"],
        article=row["article"],
        start=date.fromisoformat(row["start_on"]),
        alarm_on=date.fromisoformat(row["alarm_on"]),
        end=date.fromisoformat(row["shifted_end"]),
        unit=row["unit"] or ("" if of_record else row["handler"]),
        subject=row["subject"],
    )


def _urges_of(rows: Rows, matter_ids: Iterable[int]) -> dict[int, list[Urge]]:
    found: dict[int, list[Urge]] = defaultdict(list)
    for some in _parts(list(matter_ids)):
        for row in dues.urges_of(rows, some):
            found[row["matter_id"]].append(record_of(Urge, row))
    return found


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
