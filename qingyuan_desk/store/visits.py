"""Writing what happens at the desk: visits, their matters, the people named, events, and prints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from qingyuan_desk.domain.text import search_key
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.store import clocks, drafts, handlings, index
from qingyuan_desk.store.database import Row, Rows, Tx


@dataclass(frozen=True)
class NewVisit:
    """A checked visit, ready to be written."""

    form: VisitForm
    number: str
    matter_id: int
    ordinal: int
    received_at: datetime
    registered_at: datetime
    business_day: date
    actor: str
    suggested: dict[str, object]


@dataclass(frozen=True)
class NewMatter:
    """A matter that begins with this visit."""

    form: VisitForm
    number: str
    title: str
    visitor: str
    node: str
    sealed: bool
    reasons: tuple[str, ...]
    at: datetime
    day: date


def add_matter(tx: Tx, new: NewMatter, sealed_readers: Iterable[str]) -> int:
    """Open a matter; a sealed one (检举控告) with its named readers."""
    form, main = new.form, new.form.main_visitor
    matter_id = tx.insert(
        "matter",
        {
            "number": new.number,
            "title": new.title,
            "narrative": form.narrative,
            "visitor": new.visitor,
            "category": form.category,
            "flow": form.flow,
            "node": new.node,
            "state": "open",
            "source": form.source,
            "dispute_type": form.dispute_type,
            "matter_kind": form.matter_kind,
            "township": main.township,
            "village": main.village,
            "unit": form.unit,
            "room": form.room,
            "flags": " ".join(sorted(form.flags)),
            "sealed": int(new.sealed),
            "reasons": json.dumps(new.reasons, ensure_ascii=False),
            "visits": 0,
            "headcount": form.headcount,
            "last_visit": "",
            "opened_on": new.day.isoformat(),
            "opened_at": new.at.isoformat(),
            "updated_at": new.at.isoformat(),
        },
    )
    if new.sealed:
        _name_readers(tx, matter_id, sealed_readers)
    return matter_id


def seal(tx: Tx, matter_id: int, title: str, readers: Iterable[str]) -> None:
    """Make a matter one that only its named readers know of, under a title that says nothing."""
    tx.run("UPDATE matter SET sealed = 1, title = ? WHERE id = ?", (title, matter_id))
    _name_readers(tx, matter_id, readers)


def _name_readers(tx: Tx, matter_id: int, readers: Iterable[str]) -> None:
    for code in sorted(set(readers)):
        # A reader whose account is gone is none.
        tx.run(
            "INSERT INTO sealed_reader (matter_id, account) SELECT ?, code FROM account WHERE code = ?",
            (matter_id, code),
        )


def add_visit(tx: Tx, new: NewVisit) -> int:
    """Write a visit with everybody named in it, and make it findable."""
    form = new.form
    visit_id = tx.insert(
        "visit",
        {
            "number": new.number,
            "matter_id": new.matter_id,
            "ordinal": new.ordinal,
            "state": "valid",
            "request_id": form.request_id,
            "received_at": new.received_at.isoformat(),
            "business_day": new.business_day.isoformat(),
            "registered_at": new.registered_at.isoformat(),
            "registered_by": new.actor,
            "source": form.source,
            "headcount": form.headcount,
            "is_group": int(form.is_group),
            "narrative": form.narrative,
            "category": form.category,
            "flow": form.flow,
            "room": form.room,
            "unit": form.unit,
            "dispute_type": form.dispute_type,
            "matter_kind": form.matter_kind,
            "flags": " ".join(sorted(form.flags)),
            "suggested": json.dumps(new.suggested, ensure_ascii=False),
            "route_reason": form.route_reason,
            "overrides": json.dumps(dict(form.overrides), ensure_ascii=False),
            "triage_minutes": max(0, int((new.registered_at - new.received_at).total_seconds() // 60)),
        },
    )
    people = [_party_row(new, visit_id, place, person) for place, person in enumerate(form.persons)]
    people += [_opponent_row(new, visit_id, place, other) for place, other in enumerate(form.opponents)]
    tx.insert_all("party", people)
    index.add(tx, visit_id, _spoken(form))
    tx.run(
        "UPDATE matter SET visits = visits + 1, last_visit = ?, updated_at = ?, version = version + 1 WHERE id = ?",
        (new.number, new.registered_at.isoformat(), new.matter_id),
    )
    flag(tx, new.matter_id, form.flags)
    return visit_id


def add_event(
    tx: Tx,
    matter_id: int,
    visit_id: int | None,
    at: datetime,
    actor: str,
    action: str,
    *,
    node_from: str = "",
    node_to: str = "",
    note: str = "",
) -> int:
    """Add one line to what happened to a matter; lines are never changed."""
    return tx.insert(
        "event",
        {
            "matter_id": matter_id,
            "visit_id": visit_id,
            "at": at.isoformat(),
            "actor": actor,
            "action": action,
            "node_from": node_from,
            "node_to": node_to,
            "note": note,
        },
    )


def flag(tx: Tx, matter_id: int, gained: Iterable[str], lost: Iterable[str] = ()) -> None:
    """Flags a matter gets and loses."""
    have = frozenset(str(tx.value("SELECT flags FROM matter WHERE id = ?", (matter_id,))).split())
    flags = (have - frozenset(lost)) | frozenset(gained)
    if flags != have:
        tx.run("UPDATE matter SET flags = ? WHERE id = ?", (" ".join(sorted(flags)), matter_id))


def reroute(tx: Tx, matter_id: int, route: Mapping[str, str]) -> None:
    """Where a matter belongs from now on: any of flow, category, room, unit, dispute_type."""
    columns = ", ".join(f"{column} = :{column}" for column in route)
    tx.run(f"UPDATE matter SET {columns} WHERE id = :id", {**route, "id": matter_id})


def add_note(tx: Tx, matter_id: int, at: datetime, actor: str, note: str) -> None:
    """Write something down about a matter."""
    add_event(tx, matter_id, None, at, actor, "note", note=note)
    tx.run(
        "UPDATE matter SET updated_at = ?, version = version + 1 WHERE id = ?", (at.isoformat(), matter_id)
    )


def move(tx: Tx, matter_id: int, node: str, state: str, on: date, at: datetime) -> None:
    """Where a matter stands from now on; counts as one writing to it. on: the day, if it is closed and was not before."""
    tx.run(
        "UPDATE matter SET node = ?, state = ?, closed_on = CASE WHEN ? = 'closed' THEN coalesce(closed_on, ?) END,"
        " updated_at = ?, version = version + 1 WHERE id = ?",
        (node, state, state, on.isoformat(), at.isoformat(), matter_id),
    )


def void_visit(tx: Tx, visit: Row, at: datetime, actor: str, reason: str) -> None:
    """Take a registration back: the number stays, as a void one; a matter left without visits is void too."""
    tx.run("UPDATE visit SET state = 'void', void_reason = ? WHERE id = ?", (reason, visit["id"]))
    matter_id = visit["matter_id"]
    last = tx.one(
        "SELECT number FROM visit WHERE matter_id = ? AND state = 'valid' ORDER BY ordinal DESC LIMIT 1",
        (matter_id,),
    )
    tx.run(
        "UPDATE matter SET visits = visits - 1, last_visit = ?, updated_at = ?, version = version + 1,"
        " state = CASE WHEN visits = 1 THEN 'void' ELSE state END WHERE id = ?",
        (last["number"] if last else "", at.isoformat(), matter_id),
    )
    if last is None:
        drafts.drop_case(tx, matter_id)
        clocks.cancel_all(tx, matter_id, at.date())
        handlings.close_open(tx, matter_id, at.date(), reason)
    else:
        others = tx.all("SELECT flags FROM visit WHERE matter_id = ? AND state = 'valid'", (matter_id,))
        said = frozenset(flag for other in others for flag in other["flags"].split())
        flag(tx, matter_id, (), frozenset(visit["flags"].split()) - said)
    add_event(tx, matter_id, visit["id"], at, actor, "void", note=reason)


def add_print(
    tx: Tx,
    matter_id: int,
    visit_id: int,
    kind: str,
    paper_format: str,
    at: datetime,
    actor: str,
    printer: str,
) -> int:
    """Log one print of a paper; which print of it this is."""
    count = prints_so_far(tx, visit_id, kind) + 1
    tx.insert(
        "print",
        {
            "matter_id": matter_id,
            "visit_id": visit_id,
            "kind": kind,
            "format": paper_format,
            "at": at.isoformat(),
            "actor": actor,
            "printer": printer,
            "count": count,
        },
    )
    return count


def visits_so_far(rows: Rows, matter_id: int) -> int:
    """How many visits a matter has had, void ones included."""
    return int(rows.value("SELECT count(*) FROM visit WHERE matter_id = ?", (matter_id,)))


def others_valid(rows: Rows, visit: Row) -> bool:
    """Whether its matter has another visit that was not taken back."""
    return (
        rows.value(
            "SELECT 1 FROM visit WHERE matter_id = ? AND state = 'valid' AND id <> ?",
            (visit["matter_id"], visit["id"]),
        )
        is not None
    )


def prints_so_far(rows: Rows, visit_id: int, kind: str) -> int:
    """How often this paper of this visit has been printed."""
    return int(rows.value("SELECT count(*) FROM print WHERE visit_id = ? AND kind = ?", (visit_id, kind)))


def by_number(rows: Rows, number: str) -> Row | None:
    """A visit by its official number."""
    return rows.one("SELECT * FROM visit WHERE number = ?", (number,))


def by_request(rows: Rows, request_id: str) -> Row | None:
    """The visit a request registered."""
    return rows.one("SELECT * FROM visit WHERE request_id = ?", (request_id,))


def _spoken(form: VisitForm) -> index.Spoken:
    people: tuple[Person | Opponent, ...] = (*form.persons, *form.opponents)
    return index.Spoken(
        names=tuple(person.name for person in people if person.name),
        narrative=form.narrative,
        addresses=tuple(person.address for person in people if person.address),
        phones=tuple(number for person in people for number in person.phone.split("/") if number),
        id_numbers=tuple(person.id_number for person in form.persons if person.id_number),
    )


def _party_row(new: NewVisit, visit_id: int, place: int, person: Person) -> dict[str, object]:
    return {
        "matter_id": new.matter_id,
        "visit_id": visit_id,
        "side": "visitor",
        "role": person.role,
        "position": place,
        "name": person.name,
        "name_key": search_key(person.name),
        "sex": person.sex,
        "birth_date": person.birth_date,
        "id_type": person.id_type,
        "id_number": person.id_number,
        "phone": person.phone,
        "township": person.township,
        "village": person.village,
        "address": person.address,
        "crowd": person.crowd,
        "authority": person.authority,
        "relation": person.relation,
    }


def _opponent_row(new: NewVisit, visit_id: int, place: int, other: Opponent) -> dict[str, object]:
    person = Person(
        name=other.name,
        phone=other.phone,
        township=other.township,
        village=other.village,
        address=other.address,
        role=other.kind,
        id_type="none",
    )
    return {**_party_row(new, visit_id, place, person), "side": "opponent"}
