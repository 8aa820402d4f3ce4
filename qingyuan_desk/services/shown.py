"""Rows of the store as pages show them: a line of the ledger, a matter whole, a hit of the search."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime

from qingyuan_desk.domain import clocks, flows
from qingyuan_desk.domain.handling.codes import CLOSINGS
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS, LOGGED
from qingyuan_desk.domain.handling.records import Stay
from qingyuan_desk.domain.matter import (
    ClockView,
    Event,
    LedgerRow,
    MatterFacts,
    PrintRecord,
    SearchHit,
    VisitView,
)
from qingyuan_desk.domain.mediation import codes as mediation_codes
from qingyuan_desk.domain.mediation import dossier
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS
from qingyuan_desk.domain.papers import PAPER_TITLES
from qingyuan_desk.domain.privacy import mask_name
from qingyuan_desk.domain.tracking import Moved, Track, track
from qingyuan_desk.domain.visit import Opponent, Person
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import exports, matters
from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.records import of_matter

#: The event with which a matter goes into another flow.
SWITCH = "handling.switch"


def ledger_row(office: Office, row: Row) -> LedgerRow:
    return LedgerRow(
        matter_id=row["id"],
        number=row["number"],
        opened_on=date.fromisoformat(row["opened_on"]),
        visitor=mask_name(row["visitor"]),
        title=row["title"],
        category=row["category"],
        flow=row["flow"],
        node=flows.node_name(row["flow"], row["node"]),
        state=row["state"],
        unit=row["unit"],
        township=row["township"],
        source=row["source"],
        visits=row["visits"],
        headcount=row["headcount"],
        clock=_clock_view(office, row) if row["clock_id"] else None,
        sealed=bool(row["sealed"]),
        last_visit_number=row["last_visit"],
    )


def _clock_view(office: Office, row: Row) -> ClockView:
    due = clocks.Due(
        start=date.fromisoformat(row["start_on"]),
        natural_end=date.fromisoformat(row["natural_end"]),
        shifted_end=date.fromisoformat(row["shifted_end"]),
        alarm_on=date.fromisoformat(row["alarm_on"]),
        provisional=bool(row["provisional"]),
        unit="",
        article=row["article"],
    )
    lapsed = row["rule"] in clocks.RIGHTS and due.shifted_end < office.today()
    running = row["clock_state"] == "running" and not lapsed
    return ClockView(
        clock_id=row["clock_id"],
        rule=row["rule"],
        event=row["clock_event"],
        article=row["article"],
        start=due.start,
        natural_end=due.natural_end,
        shifted_end=due.shifted_end,
        alarm_on=due.alarm_on,
        provisional=due.provisional,
        state=clocks.state_of(due, office.today()) if running else _end(row),
        words=clocks.in_words(due, office.today()) if running else _ended(row, due),
    )


def _end(row: Row) -> str:
    """How a clock ended; a right nobody used has fallen away."""
    return "cancelled" if row["clock_state"] == "running" else str(row["clock_state"])


def _ended(row: Row, due: clocks.Due) -> str:
    if row["clock_state"] == "running":
        return "到期没有确认，已经失效" if row["rule"] == "watch_confirm" else "期限已过，没有提出"
    if row["clock_state"] == "met" and row["ended_on"]:
        return clocks.ended_in_words(due.shifted_end, date.fromisoformat(row["ended_on"]))
    return "已取消"


def tracks(office: Office, rows: Rows, shown: list[Row]) -> list[Track]:
    """The way of each of these matters: its nodes, the days at each, how it was closed."""
    ids = [row["id"] for row in shown]
    moves, stays, closings = defaultdict(list), defaultdict(list), dict[int, str]()
    for move in exports.moves(rows, ids):
        moves[move["matter_id"]].append(
            Moved(datetime.fromisoformat(move["at"]), move["action"], move["node_to"])
        )
    for stay in exports.stays(rows, ids):
        stays[stay["matter_id"]].append(stay["flow"])
    for row in exports.mediated(rows, ids):
        closings[row["matter_id"]] = mediation_codes.CLOSINGS.get(row["closing"], "")
    for row in exports.endings(rows, ids):
        closings[row["matter_id"]] = CLOSINGS.get(row["kind"], "")
    return [
        track(
            moves[row["id"]],
            row["flow"],
            stays[row["id"]],
            office.today(),
            (closings.get(row["id"]) or flows.node_name(row["flow"], row["node"]))
            if row["closed_on"]
            else "",
            date.fromisoformat(row["closed_on"]) if row["closed_on"] else None,
        )
        for row in shown
    ]


def matter_facts(rows: Rows, office: Office, row: Row) -> MatterFacts:
    parties = matters.parties_of(rows, row["id"])
    names = office.names()
    return MatterFacts(
        matter_id=row["id"],
        number=row["number"],
        title=row["title"],
        narrative=row["narrative"],
        category=row["category"],
        flow=row["flow"],
        node=flows.node_name(row["flow"], row["node"]),
        state=row["state"],
        source=row["source"],
        dispute_type=row["dispute_type"],
        matter_kind=row["matter_kind"],
        township=row["township"],
        village=row["village"],
        unit=row["unit"],
        room=row["room"],
        flags=frozenset(row["flags"].split()),
        sealed=bool(row["sealed"]),
        opened_at=datetime.fromisoformat(row["opened_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
        version=row["version"],
        reasons=tuple(json.loads(row["reasons"])),
        visits=tuple(
            _visit_view(visit, [party for party in parties if party["visit_id"] == visit["id"]], names)
            for visit in matters.visits_of(rows, row["id"])
        ),
        opponents=opponents_of(parties),
        clocks=tuple(_clock_view(office, clock) for clock in matters.clocks_of(rows, row["id"])),
        events=tuple(_events(rows, row, names)),
        prints=tuple(
            PrintRecord(
                _paper_title(record["kind"]),
                record["visit_number"],
                datetime.fromisoformat(record["at"]),
                names.get(record["actor"], record["actor"]),
                record["printer"],
                record["count"],
            )
            for record in matters.prints_of(rows, row["id"])
        ),
    )


def _paper_title(kind: str) -> str:
    """What was printed: a paper of a visit, of a mediation ("record:12"), or of handling ("handling.forwarded:12")."""
    code, colon, _ = kind.partition(":")
    if not colon:
        return PAPER_TITLES.get(kind, kind)
    if code.startswith(LOGGED):
        return HANDLING_PAPERS[code.removeprefix(LOGGED)].title
    return MEDIATION_PAPERS[code].title if code in MEDIATION_PAPERS else dossier.TITLE


def _visit_view(visit: Row, parties: list[Row], names: dict[str, str]) -> VisitView:
    overrides: dict[str, str] = json.loads(visit["overrides"])
    notes = [f"{field}：{reason}" for field, reason in overrides.items()]
    return VisitView(
        visit_id=visit["id"],
        number=visit["number"],
        received_at=datetime.fromisoformat(visit["received_at"]),
        ordinal=visit["ordinal"],
        persons=tuple(person_of(party) for party in parties if party["side"] == "visitor"),
        headcount=visit["headcount"],
        narrative=visit["narrative"],
        source=visit["source"],
        category=visit["category"],
        flow=visit["flow"],
        room=visit["room"],
        unit=visit["unit"],
        registered_by=names.get(visit["registered_by"], visit["registered_by"]),
        state=visit["state"],
        void_reason=visit["void_reason"],
        override_notes=tuple(
            notes + ([f"分流理由：{visit['route_reason']}"] if visit["route_reason"] else [])
        ),
        triage_minutes=visit["triage_minutes"],
    )


def person_of(party: Row) -> Person:
    """A stored party as the person who came."""
    return Person(**{part.name: party[part.name] for part in fields(Person)})


def opponent_of(party: Row) -> Opponent:
    """A stored party as somebody on the other side."""
    same = {part.name: party[part.name] for part in fields(Opponent) if part.name != "kind"}
    return Opponent(kind=party["role"], **same)


def opponents_of(parties: list[Row]) -> tuple[Opponent, ...]:
    """The other side, each named once however often it came up."""
    found = {party["name_key"]: opponent_of(party) for party in parties if party["side"] == "opponent"}
    return tuple(found.values())


def _events(rows: Rows, row: Row, names: dict[str, str]) -> Iterator[Event]:
    """The timeline; nodes are called as in the flow the matter was in then."""
    left = [stay.flow for stay in of_matter(rows, Stay, row["id"])] or [row["flow"]]
    for event in matters.events_of(rows, row["id"]):
        before = left[0]
        if event["action"] == SWITCH and len(left) > 1:
            del left[0]
        yield Event(
            event_id=event["id"],
            at=datetime.fromisoformat(event["at"]),
            actor=names.get(event["actor"], event["actor"]),
            action=flows.ACTIONS.get(event["action"], event["action"]),
            node_from=flows.node_name(before, event["node_from"]),
            node_to=flows.node_name(left[0], event["node_to"]),
            note=event["note"],
            visit_number=event["visit_number"] or "",
        )


def search_hit(row: Row, why: str) -> SearchHit:
    return SearchHit(
        matter_id=row["matter_id"],
        matter_number=row["matter_number"],
        visit_id=row["visit_id"],
        visit_number=row["visit_number"],
        visitor=mask_name(row["visitor"]),
        title=row["title"],
        flow=row["flow"],
        node=flows.node_name(row["flow"], row["node"]),
        received_on=date.fromisoformat(row["business_day"]),
        why=why,
    )
