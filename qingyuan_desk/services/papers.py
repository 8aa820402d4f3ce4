"""Papers of a visit: which ones suit, made from the record, and logged when printed. Printing changes no matter's state."""

from __future__ import annotations

import json
from datetime import date, datetime

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import NotFound, Refused
from qingyuan_desk.domain.numbers import parse
from qingyuan_desk.domain.papers import (
    FORMATS,
    PAPER_TITLES,
    ClockLine,
    MaterialLine,
    Paper,
    SlipFacts,
)
from qingyuan_desk.domain.papers import Office as Letterhead
from qingyuan_desk.domain.privacy import mask_id, mask_phone
from qingyuan_desk.services.ledger import opponent_of, person_of
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import matters, requests, visits
from qingyuan_desk.store.database import Row, Rows

_BRIEF = 110

#: Which guide belongs to which flow; every visit also has its receipt and routing slip.
_GUIDES = {"mediation": ("mediation_guide", "rights"), "consultation": ("consultation_guide",)}
_CATEGORY_GUIDES = {"litigation_matter": ("litigation_guide",)}

#: Limitation periods that begin anew with the visit (《民法典》第一百八十八条; 诉讼时效规定第十二条), by flow.
_LIMITATIONS = {
    "mediation": ("limitation_civil",),
}


def kinds_for(office: Office, actor: Actor, visit_number: str) -> tuple[str, ...]:
    """The papers that suit a visit, the receipt first."""
    require(actor, Right.PRINT)
    with office.store.read() as rows:
        visit, matter = _visit(rows, actor, visit_number)
    if matter["sealed"]:
        return ("receipt",)
    materials = ("materials",) if office.reference.materials_for(visit["matter_kind"]) else ()
    guides = _GUIDES.get(visit["flow"], ()) + _CATEGORY_GUIDES.get(visit["category"], ())
    return ("receipt", "routing", *guides, *materials)


def compose(office: Office, actor: Actor, visit_number: str, kind: str, paper_format: str) -> Paper:
    """Make a paper of a visit. Nothing is written: a preview is not a print."""
    require(actor, Right.PRINT)
    if kind not in PAPER_TITLES:
        raise Refused.because("kind", f"没有“{kind}”这种文书。可选：{'、'.join(PAPER_TITLES.values())}。")
    if paper_format not in FORMATS:
        raise Refused.because("paper", f"没有“{paper_format}”这种纸张。可选：{'、'.join(FORMATS)}。")
    from qingyuan_desk.documents import slips

    return slips.render(kind, facts(office, actor, visit_number, kind), paper_format)


def record_print(office: Office, actor: Actor, request_id: str, paper: Paper, printer: str) -> int:
    """Log that a paper was sent to a printer; which print of it that was."""
    require(actor, Right.PRINT)
    with office.store.write() as tx:
        answered = requests.answered(tx, request_id)
        if answered:
            return int(answered[1]["count"])
        visit, matter = _visit(tx, actor, paper.visit_number)
        count = visits.add_print(
            tx, matter["id"], visit["id"], paper.kind, paper.format, office.now(), actor.code, printer
        )
        title = PAPER_TITLES[paper.kind]
        visits.add_event(
            tx,
            matter["id"],
            visit["id"],
            office.now(),
            actor.code,
            "print",
            note=f"{title}（第{count}次，{printer}）",
        )
        requests.record(tx, request_id, "print", actor.code, office.now(), {"count": count})
    return count


def facts(office: Office, actor: Actor, visit_number: str, kind: str) -> SlipFacts:
    """What a paper of this visit says."""
    with office.store.read() as rows:
        visit, matter = _visit(rows, actor, visit_number)
        parties = [row for row in matters.parties_of(rows, matter["id"]) if row["visit_id"] == visit["id"]]
        running = matters.clocks_of(rows, matter["id"])
        count = visits.prints_so_far(rows, visit["id"], kind) + 1
    persons = [person_of(row) for row in parties if row["side"] == "visitor"]
    opponents = [opponent_of(row) for row in parties if row["side"] == "opponent"]
    main, reference = persons[0], office.reference
    duty = reference.duty(visit["matter_kind"])
    agent = next((person for person in persons if person.role == "agent"), None)
    return SlipFacts(
        office=letterhead(office),
        visit_number=visit["number"],
        matter_number=matter["number"],
        ordinal=visit["ordinal"],
        received_at=datetime.fromisoformat(visit["received_at"]),
        visitor=main.name,
        sex={"male": "男", "female": "女"}.get(main.sex, ""),
        id_note=mask_id(main.id_number) if main.id_number else "未出示证件",
        phone=mask_phone(main.phone) if main.phone else "",
        home=_home(office, main.township, main.village, main.address),
        headcount=visit["headcount"],
        representatives=tuple(person.name for person in persons if person.role == "representative"),
        agent=agent.name if agent else "",
        opponents=tuple(other.name for other in opponents),
        brief=_brief(visit["narrative"]),
        category=_name(reference.category(visit["category"])),
        flow=_name(reference.flow(visit["flow"])),
        dispute_type=_name(reference.dispute_type(visit["dispute_type"])),
        room=_name(reference.room(visit["room"])),
        unit=_name(reference.unit(visit["unit"])),
        co_units=tuple(_name(reference.unit(code)) for code in duty.co_units) if duty else (),
        reasons=tuple(json.loads(matter["reasons"])),
        advice=(),
        clocks=tuple(_clock_line(office, row) for row in running if row["clock_state"] == "running"),
        limitations=_limitations(office, visit),
        materials=tuple(
            MaterialLine(item.name, item.required, item.promise, item.note)
            for item in reference.materials_for(visit["matter_kind"])
        ),
        clerk=next(
            (each.name for each in office.actors() if each.code == visit["registered_by"]), actor.name
        ),
        sealed=bool(matter["sealed"]),
        printed_at=office.now(),
        count=count,
    )


def letterhead(office: Office) -> Letterhead:
    """The office as it stands on its papers."""
    setting = office.reference.setting
    return Letterhead(
        name=setting("office_name"),
        second_name=setting("second_name"),
        address=setting("address"),
        phone=setting("phone"),
        hours=setting("hours"),
        committee=setting("committee_name"),
        training=office.training,
    )


def _visit(rows: Rows, actor: Actor, visit_number: str) -> tuple[Row, Row]:
    """A visit and its matter, by a visit's or a matter's number in any spelling (a matter means its last visit)."""
    parsed = parse(visit_number)
    number = str(parsed) if parsed else visit_number.strip()
    matter = matters.by_number(rows, actor.code, number)
    visit = visits.by_number(rows, number) or (
        visits.by_number(rows, matter["last_visit"]) if matter else None
    )
    if visit is None or matter is None:
        raise NotFound(f"没有找到 {visit_number}。请核对号码；密件只有指定的人能打开。")
    if visit["state"] == "void":
        raise Refused.because("number", f"{visit['number']} 已作废，不能再打印文书。")
    return visit, matter


def _clock_line(office: Office, row: Row) -> ClockLine:
    rule = office.reference.clock(row["rule"])
    return ClockLine(
        event=row["clock_event"],
        who=rule.who if rule else "",
        natural_end=date.fromisoformat(row["natural_end"]),
        shifted_end=date.fromisoformat(row["shifted_end"]),
        provisional=bool(row["provisional"]),
        article=row["article"],
    )


def _limitations(office: Office, visit: Row) -> tuple[ClockLine, ...]:
    """Limitation periods that asking here interrupts, counted anew from the day of the visit."""
    found = [office.reference.clock(clock_id) for clock_id in _LIMITATIONS.get(visit["flow"], ())]
    start = date.fromisoformat(visit["business_day"])
    lines = []
    for rule in found:
        if rule is not None:
            due = clocks.due(rule, start, office.calendar)
            lines.append(
                ClockLine(
                    rule.event, rule.who, due.natural_end, due.shifted_end, due.provisional, rule.article
                )
            )
    return tuple(lines)


def _home(office: Office, township: str, village: str, address: str) -> str:
    town, place = office.reference.township(township), office.reference.village(township, village)
    return "".join([town.name if town else "", place.short_name if place else "", address])


def _brief(narrative: str) -> str:
    said = " ".join(narrative.split())
    return said if len(said) <= _BRIEF else said[: _BRIEF - 1] + "…"


def _name(row: object) -> str:
    return str(getattr(row, "name", ""))
