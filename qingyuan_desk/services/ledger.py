"""The tracking ledger (台账) and one matter (事项): list, count, search, read, note, saved views."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime

from qingyuan_desk.domain import clocks, flows
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import NotFound, Refused
from qingyuan_desk.domain.matter import (
    ClockView,
    Event,
    LedgerFilter,
    LedgerPage,
    LedgerRow,
    MatterFacts,
    PrintRecord,
    SearchHit,
    Today,
    VisitView,
)
from qingyuan_desk.domain.numbers import parse
from qingyuan_desk.domain.papers import PAPER_TITLES
from qingyuan_desk.domain.privacy import mask_name
from qingyuan_desk.domain.text import LIMITS, clean_text
from qingyuan_desk.domain.visit import Opponent, Person
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import matters, requests, visits
from qingyuan_desk.store import search as search_store
from qingyuan_desk.store.database import Row, Rows


def page(
    office: Office, actor: Actor, wanted: LedgerFilter, after: int | None = None, size: int = 60
) -> LedgerPage:
    """The next rows of the ledger, newest first, after the row with the key `after`."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        found = matters.page(rows, actor.code, wanted, after, size)
    shown = tuple(_ledger_row(office, row) for row in found)
    return LedgerPage(shown, found[-1]["id"] if len(found) == size else None)


def count(office: Office, actor: Actor, wanted: LedgerFilter, cap: int = 10_000) -> int:
    """How many matters the filter lets through; counting stops at `cap`."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        return matters.count(rows, actor.code, wanted, cap)


def search(office: Office, actor: Actor, text: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """Visits found by name, pinyin, phone or ID tail, number in any spelling, or words of the narrative."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        number = parse(text)
        if number is not None:
            row = matters.by_number(rows, actor.code, str(number))
            if row is not None:
                return (_hit_of_matter(rows, office, row, str(number)),)
        found = search_store.find(rows, actor.code, text, limit)
        return tuple(_hit(office, row, _why(rows, row, text)) for row in found)


def matter(office: Office, actor: Actor, number_or_id: str | int) -> MatterFacts:
    """Everything about one matter, by its number, a visit's number, or its id. Raises NotFound."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        row = _row(rows, actor, number_or_id)
        if row is None:
            raise NotFound(f"没有找到 {number_or_id}。请核对号码；密件只有指定的人能打开。")
        return _facts(rows, office, row)


def add_note(office: Office, actor: Actor, request_id: str, matter_id: int, text: str) -> None:
    """Write a note on a matter's timeline. Asked again with the same request id, it is written once."""
    require(actor, Right.NOTE)
    note = clean_text(text)
    if not note:
        raise Refused.because("note", "请写下要记的内容。")
    if len(note) > LIMITS["narrative"]:
        raise Refused.because("note", f"最多 {LIMITS['narrative']} 个字，现有 {len(note)} 个字，请分几条记。")
    now = office.now()
    with office.store.write() as tx:
        if requests.answered(tx, request_id):
            return
        if matters.by_id(tx, actor.code, matter_id) is None:
            raise NotFound("没有找到这件事项。请刷新后再试。")
        visits.add_event(tx, matter_id, None, now, actor.code, "note", note=note)
        tx.run(
            "UPDATE matter SET updated_at = ?, version = version + 1 WHERE id = ?",
            (now.isoformat(), matter_id),
        )
        requests.record(tx, request_id, "note", actor.code, now, {"matter_id": matter_id})


def today(office: Office, actor: Actor) -> Today:
    """The status bar: 件 and 次 of today, what is due today and overdue."""
    with office.store.read() as rows:
        return Today(**matters.today(rows, actor.code, office.today()))


def views(office: Office, actor: Actor) -> tuple[tuple[str, LedgerFilter], ...]:
    """The actor's saved filters, by name."""
    with office.store.read() as rows:
        found = rows.all("SELECT name, filter FROM view WHERE actor = ? ORDER BY name", (actor.code,))
    return tuple((row["name"], _filter_from(row["filter"])) for row in found)


def save_view(office: Office, actor: Actor, name: str, wanted: LedgerFilter) -> None:
    """Keep a filter under a name; the same name replaces it."""
    if not name.strip():
        raise Refused.because("view", "请给这个筛选起个名字。")
    with office.store.write() as tx:
        tx.upsert(
            "view",
            [{"actor": actor.code, "name": name.strip(), "filter": _filter_to(wanted)}],
            ("actor", "name"),
        )


def drop_view(office: Office, actor: Actor, name: str) -> None:
    """Forget a saved filter."""
    with office.store.write() as tx:
        tx.run("DELETE FROM view WHERE actor = ? AND name = ?", (actor.code, name))


# --- rows into what pages show -----------------------------------------------------------------------------------


def _row(rows: Rows, actor: Actor, number_or_id: str | int) -> Row | None:
    if isinstance(number_or_id, int):
        return matters.by_id(rows, actor.code, number_or_id)
    parsed = parse(number_or_id)
    return matters.by_number(rows, actor.code, str(parsed) if parsed else number_or_id.strip())


def _ledger_row(office: Office, row: Row) -> LedgerRow:
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
    running = row["clock_state"] == "running"
    return ClockView(
        clock_id=row["clock_id"],
        event=row["clock_event"],
        article=row["article"],
        start=due.start,
        natural_end=due.natural_end,
        shifted_end=due.shifted_end,
        alarm_on=due.alarm_on,
        provisional=due.provisional,
        state=clocks.state_of(due, office.today()) if running else row["clock_state"],
        words=clocks.in_words(due, office.today())
        if running
        else _ENDED.get(row["clock_state"], row["clock_state"]),
    )


_ENDED = {"met": "已按期完成", "cancelled": "已取消"}


def _facts(rows: Rows, office: Office, row: Row) -> MatterFacts:
    parties = matters.parties_of(rows, row["id"])
    names = {actor.code: actor.name for actor in office.actors()}
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
        opponents=_opponents(parties),
        clocks=tuple(_clock_view(office, clock) for clock in matters.clocks_of(rows, row["id"])),
        events=tuple(_event(event, row["flow"], names) for event in matters.events_of(rows, row["id"])),
        prints=tuple(
            PrintRecord(
                PAPER_TITLES.get(record["kind"], record["kind"]),
                record["visit_number"],
                datetime.fromisoformat(record["at"]),
                names.get(record["actor"], record["actor"]),
                record["printer"],
                record["count"],
            )
            for record in matters.prints_of(rows, row["id"])
        ),
    )


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
    same = (
        "name",
        "sex",
        "id_type",
        "id_number",
        "phone",
        "township",
        "village",
        "address",
        "role",
        "birth_date",
    )
    more = ("crowd", "authority", "relation")
    return Person(**{column: party[column] for column in (*same, *more)})


def opponent_of(party: Row) -> Opponent:
    """A stored party as somebody on the other side."""
    same = ("name", "phone", "township", "village", "address")
    return Opponent(kind=party["role"], **{column: party[column] for column in same})


def _opponents(parties: list[Row]) -> tuple[Opponent, ...]:
    """The other side, each named once however often it came up."""
    found = {party["name_key"]: opponent_of(party) for party in parties if party["side"] == "opponent"}
    return tuple(found.values())


def _event(event: Row, flow: str, names: dict[str, str]) -> Event:
    return Event(
        event_id=event["id"],
        at=datetime.fromisoformat(event["at"]),
        actor=names.get(event["actor"], event["actor"]),
        action=flows.ACTIONS.get(event["action"], event["action"]),
        node_from=flows.node_name(flow, event["node_from"]),
        node_to=flows.node_name(flow, event["node_to"]),
        note=event["note"],
        visit_number=event["visit_number"] or "",
    )


def _hit(office: Office, row: Row, why: str) -> SearchHit:
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


def _hit_of_matter(rows: Rows, office: Office, row: Row, number: str) -> SearchHit:
    last = rows.one(
        "SELECT id, number, business_day FROM visit WHERE matter_id = ? ORDER BY id DESC LIMIT 1",
        (row["id"],),
    )
    asked = rows.one("SELECT id, number, business_day FROM visit WHERE number = ?", (number,)) or last
    assert asked is not None, "a matter is written together with its first visit"
    facts = {**dict(row), "matter_id": row["id"], "matter_number": row["number"], "visit_id": asked["id"]}
    return _hit(
        office, {**facts, "visit_number": asked["number"], "business_day": asked["business_day"]}, "文号"
    )  # type: ignore[arg-type]


def _why(rows: Rows, row: Row, text: str) -> str:
    """Why a visit was found, in one word and the words around it."""
    words = search_store.search_key_words(text)
    parties = rows.all(
        "SELECT name, name_key, side FROM party WHERE visit_id = ? ORDER BY side DESC", (row["visit_id"],)
    )
    if words and words[0].isascii():
        return "电话或证件号" if any(character.isdigit() for character in words[0]) else "拼音"
    for party in parties:
        if any(word in party["name_key"] for word in words):
            return "来访人姓名" if party["side"] == "visitor" else f"对方：{mask_name(party['name'])}"
    return _around(row["narrative"], words) or "地址"


def _around(narrative: str, words: list[str]) -> str:
    for word in words:
        place = narrative.find(word)
        if place >= 0:
            start, end = max(0, place - 8), place + len(word) + 10
            return f"{'…' if start else ''}{narrative[start:end]}{'…' if end < len(narrative) else ''}"
    return ""


def _filter_to(wanted: LedgerFilter) -> str:
    facts = asdict(wanted)
    days = {key: facts[key].isoformat() if facts[key] else None for key in ("first_day", "last_day")}
    return json.dumps({**facts, **days}, ensure_ascii=False)


def _filter_from(text: str) -> LedgerFilter:
    facts = json.loads(text)
    days = {key: date.fromisoformat(facts[key]) if facts[key] else None for key in ("first_day", "last_day")}
    return replace(LedgerFilter(), **{**facts, **days})
