"""Earlier records like the one being typed (查重): by ID number, phone, name, place, and the other side, with reasons."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from qingyuan_desk.domain import flows
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.identity import IdReading, read_id, read_phone
from qingyuan_desk.domain.pinyin import syllables
from qingyuan_desk.domain.privacy import NO_NAME, mask_name
from qingyuan_desk.domain.text import search_key
from qingyuan_desk.domain.visit import Match, Person, VisitForm
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import matters
from qingyuan_desk.store.database import Row, Rows

#: How many candidates each kind of evidence may bring.
_PER_REASON = 40
#: Fewer characters are no ID number.
_WHOLE = 6


@dataclass(frozen=True)
class _Evidence:
    """Why a matter may be the same, and how strongly. `person`: it is about the same visitor."""

    reason: str
    weight: int
    person: bool


def find(office: Office, actor: Actor, form: VisitForm, limit: int) -> tuple[Match, ...]:
    """Earlier matters like this form, the likeliest first."""
    with office.store.read() as rows:
        evidence: dict[int, list[_Evidence]] = defaultdict(list)
        for person in form.persons:
            _same_person(rows, office, person, evidence)
        _same_opponent(rows, office, form, evidence)
        likely = sorted(evidence, key=lambda matter: (-_weight(evidence[matter]), -matter))[: limit * 10]
        if not likely:
            return ()
        by_id = {row["id"]: row for row in matters.alike(rows, actor.code, likely)}
        found = [by_id[matter] for matter in likely if matter in by_id][:limit]
        return tuple(_match(rows, office, row, evidence[row["id"]]) for row in found)


def matters_of(rows: Rows, office: Office, person: Person) -> frozenset[int] | None:
    """Every matter of the same person: same ID number, or same phone and name. None: neither is known."""
    identity = read_id(person.id_type, person.id_number, office.today())
    phones, key = read_phone(person.phone).numbers, search_key(person.name)
    if len(identity.number) < _WHOLE and not phones:
        return None
    found = matters.matters_of_id(rows, _spellings(identity), _PER_REASON) if identity.number else []
    for number in phones:
        same = matters.parties_of_phone(rows, number, _PER_REASON)
        found += [
            row["matter_id"] for row in same if row["side"] == "visitor" and search_key(row["name"]) == key
        ]
    return frozenset(found)


def _same_person(rows: Rows, office: Office, person: Person, evidence: dict[int, list[_Evidence]]) -> None:
    identity = read_id(person.id_type, person.id_number, office.today())
    if len(identity.number) >= _WHOLE:
        _note(
            evidence,
            matters.matters_of_id(rows, _spellings(identity), _PER_REASON),
            _Evidence("同一证件号", 100, True),
        )
    for number in read_phone(person.phone).numbers:
        for row in matters.parties_of_phone(rows, number, _PER_REASON):
            evidence[row["matter_id"]].append(_Evidence("同一电话", 60, row["side"] == "visitor"))
    key = search_key(person.name)
    if len(key) < 2 or person.name in NO_NAME:
        return
    village = office.reference.village_code(person.township, person.village)
    for row in matters.parties_of_name(rows, key, village, _PER_REASON):
        if row["side"] == "visitor":
            same_village = bool(village) and row["village"] == village
            evidence[row["matter_id"]].append(
                _Evidence("同名同村", 50, True) if same_village else _Evidence("同名", 20, True)
            )
        else:
            evidence[row["matter_id"]].append(_Evidence("曾是对方当事人", 15, False))
    sounds_alike = matters.visitors_sounding_like(rows, syllables(person.name), _PER_REASON)
    _note(
        evidence,
        [row["matter_id"] for row in sounds_alike if row["matter_id"] not in evidence],
        _Evidence("姓名同音", 8, True),
    )


def _spellings(identity: IdReading) -> list[str]:
    """An ID number with 18 digits and as it was with 15."""
    number = identity.suggested or identity.number
    old = number[:6] + number[8:17] if len(number) == 18 and number[6:8] == "19" else ""
    return [each for each in dict.fromkeys((number, identity.number, old)) if each]


def _same_opponent(rows: Rows, office: Office, form: VisitForm, evidence: dict[int, list[_Evidence]]) -> None:
    main = form.main_visitor
    village = office.reference.village_code(main.township, main.village)
    for other in form.opponents:
        key = search_key(other.name)
        if len(key) < 2 or other.name in NO_NAME:
            continue
        for row in matters.parties_of_name(rows, key, village, _PER_REASON):
            if row["side"] == "opponent":
                same_village = bool(village) and row["matter_village"] == village
                evidence[row["matter_id"]].append(
                    _Evidence("同村同对方", 40, False) if same_village else _Evidence("同对方", 12, False)
                )


def _note(evidence: dict[int, list[_Evidence]], found: list[int], reason: _Evidence) -> None:
    for matter_id in set(found):
        evidence[matter_id].append(reason)


def _weight(reasons: list[_Evidence]) -> int:
    return sum({reason.reason: reason.weight for reason in reasons}.values())


def _match(rows: Rows, office: Office, row: Row, reasons: list[_Evidence]) -> Match:
    strongest = sorted(
        {reason.reason: reason for reason in reasons}.values(), key=lambda reason: -reason.weight
    )
    flow = office.reference.flow(row["flow"])
    return Match(
        matter_id=row["id"],
        matter_number=row["number"],
        title=row["title"],
        visitor=mask_name(row["visitor"]),
        flow=flow.short if flow else row["flow"],
        node=flows.node_name(row["flow"], row["node"]),
        visits=row["visits"],
        last_visit_number=row["last_visit"],
        last_visit_on=row["last_day"] or "",
        last_answer=matters.last_note(rows, row["id"]),
        reasons=tuple(reason.reason for reason in strongest),
        same_person=any(reason.person for reason in reasons),
    )
