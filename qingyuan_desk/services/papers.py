"""Papers of a visit: which ones suit, made from the record, and logged when printed. Printing changes no matter's state."""

from __future__ import annotations

import json
from datetime import date, datetime

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import NotFound, Refused
from qingyuan_desk.domain.identity import ID_TYPES, SEXES
from qingyuan_desk.domain.limitations import limitations
from qingyuan_desk.domain.numbers import in_full
from qingyuan_desk.domain.papers import (
    FORMATS,
    PAPER_TITLES,
    ClockLine,
    Letterhead,
    MaterialLine,
    MediatorLine,
    Paper,
    SlipFacts,
)
from qingyuan_desk.domain.parties import is_minor
from qingyuan_desk.domain.privacy import mask_id, mask_phone
from qingyuan_desk.domain.visit import Person
from qingyuan_desk.services import materials, roster
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.shown import person_of
from qingyuan_desk.store import matters, requests, visits
from qingyuan_desk.store.database import Row, Rows

#: Characters of the narrative a paper repeats.
_BRIEF = 110

#: Papers by flow and by category; every visit also has its receipt and routing slip.
_GUIDES = {"mediation": ("mediation_guide", "rights"), "consultation": ("consultation_guide",)}
_CATEGORY_GUIDES = {"litigation_matter": ("litigation_guide",)}

#: Crowd tags that are offered large type.
_LARGE_TYPE = frozenset({"elder", "disabled"})


def kinds_for(office: Office, actor: Actor, visit_number: str) -> tuple[str, ...]:
    """The papers that suit a visit, the receipt first."""
    require(actor, Right.PRINT)
    with office.store.read() as rows:
        visit, matter = _visit(rows, actor, visit_number)
        told = ("materials",) if materials.items(office, rows, matter) else ()
    if matter["sealed"]:
        return ("receipt",)
    guides = _GUIDES.get(visit["flow"], ()) + _CATEGORY_GUIDES.get(visit["category"], ())
    return ("receipt", "routing", *guides, *told, "conduct")


def formats_for(office: Office, actor: Actor, visit_number: str) -> tuple[str, ...]:
    """Every paper format, the office's usual one first; large type comes next for the old and the disabled."""
    require(actor, Right.PRINT)
    with office.store.read() as rows:
        visit, matter = _visit(rows, actor, visit_number)
        tags = {row["crowd"] for row in _parties(rows, visit, matter)}
    usual = office.reference.setting("paper")
    large = ("a4-large",) if tags & _LARGE_TYPE else ()
    return tuple(dict.fromkeys(name for name in (usual, *large, *FORMATS) if name in FORMATS))


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
    """Log that a paper was sent to a printer; which print of it that was. A blank form is not logged.

    A read-only data folder logs nothing: one can still print from it, and the foot of its papers says so.
    """
    require(actor, Right.PRINT)
    for number, part in enumerate(paper.parts):
        record_print(office, actor, f"{request_id}-{number}", part, printer)
    if office.read_only or not paper.visit_number:
        return paper.count
    return log_print(
        office, actor, request_id, paper.visit_number, paper.kind, paper.title, paper.format, printer
    )


def log_print(
    office: Office,
    actor: Actor,
    request_id: str,
    visit_number: str,
    kind: str,
    title: str,
    paper_format: str,
    where: str,
) -> int:
    """Log that something of a visit or its matter left the desk; which one of its kind that was."""
    with office.store.write() as tx:
        answered = requests.answered(tx, request_id, "print")
        if answered:
            return int(answered["count"])
        visit, matter = _visit(tx, actor, visit_number)
        now = office.now()
        count = visits.add_print(tx, matter["id"], visit["id"], kind, paper_format, now, actor.code, where)
        note = f"{title}（第{count}次，{where}）"
        if kind == "materials":
            materials.tell(office, tx, matter)
        visits.add_event(tx, matter["id"], visit["id"], now, actor.code, "print", note=note)
        requests.record(tx, request_id, "print", actor.code, now, {"count": count})
    return count


def facts(office: Office, actor: Actor, visit_number: str, kind: str) -> SlipFacts:
    """What a paper of this visit says."""
    with office.store.read() as rows:
        visit, matter = _visit(rows, actor, visit_number)
        parties = _parties(rows, visit, matter)
        running = [row for row in matters.clocks_of(rows, matter["id"]) if _is_told(row)]
        count = visits.prints_so_far(rows, visit["id"], kind) + 1
        listed = materials.items(office, rows, matter)
    persons = [person_of(row) for row in parties if row["side"] == "visitor"]
    main = next((person for person in persons if person.role != "agent"), persons[0])
    reference = office.reference
    unit = reference.unit(visit["unit"])
    return SlipFacts(
        office=letterhead(office),
        visit_number=visit["number"],
        matter_number=matter["number"],
        ordinal=visit["ordinal"],
        received_at=datetime.fromisoformat(visit["received_at"]),
        visitor=main.name,
        sex=SEXES.get(main.sex, ""),
        id_note=_id_note(main),
        phone=mask_phone(main.phone) if main.phone else "",
        home=reference.place(main.township, main.village) + main.address,
        headcount=visit["headcount"],
        representatives=tuple(person.name for person in persons if person.role == "representative"),
        agent="、".join(person.name for person in persons if person.role == "agent"),
        opponents=tuple(row["name"] for row in parties if row["side"] == "opponent"),
        brief=_brief(visit["narrative"]),
        category=_name(reference.category(visit["category"])),
        flow=_name(reference.flow(visit["flow"])),
        dispute_type=_name(reference.dispute_type(visit["dispute_type"])),
        room=_name(reference.room(visit["room"])),
        unit=_name(unit),
        co_units=_co_units(office, visit),
        reasons=_reasons(visit, matter),
        clocks=tuple(_clock_line(office, row) for row in running),
        limitations=_limitations(office, visit),
        materials=tuple(
            MaterialLine(
                each.material.name,
                each.material.required,
                each.material.promise,
                _because(each.material.note, each.material.article),
                brought=each.brought_on is not None or each.promised,
                missing=each.missing,
            )
            for each in listed
        ),
        clerk=office.names().get(visit["registered_by"], visit["registered_by"]),
        sealed=bool(matter["sealed"]),
        printed_at=office.now(),
        count=count,
        mediators=_choice(office, actor, matter["number"]) if kind == "mediation_guide" else (),
        minor=is_minor(main, date.fromisoformat(visit["business_day"])),
        flags=frozenset(visit["flags"].split()),
        unit_place=unit.place if unit else "",
        unit_phone=unit.phone if unit else "",
        logged=office.read_only is None,
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
        court=setting("court_name"),
        training=office.training,
    )


def _visit(rows: Rows, actor: Actor, visit_number: str) -> tuple[Row, Row]:
    """A visit and its matter, by a visit's or a matter's number in any spelling (a matter means its last visit)."""
    number = in_full(visit_number)
    matter = matters.by_number(rows, actor.code, number)
    visit = visits.by_number(rows, number) or (
        visits.by_number(rows, matter["last_visit"]) if matter else None
    )
    if visit is None or matter is None:
        raise NotFound(f"没有找到 {visit_number}。请核对号码；密件只有指定的人能打开。")
    if visit["state"] == "void":
        raise Refused.because("number", f"{visit['number']} 已作废，不能再打印文书。")
    return visit, matter


def _parties(rows: Rows, visit: Row, matter: Row) -> list[Row]:
    """Everybody named at this visit."""
    return [row for row in matters.parties_of(rows, matter["id"]) if row["visit_id"] == visit["id"]]


def _id_note(person: Person) -> str:
    """Which document was shown, its number masked; a number may also be told without showing one."""
    if not person.id_number:
        return ID_TYPES["none"]
    number = mask_id(person.id_number)
    if person.id_type == "none":
        return f"{number}（口述）"
    return number if person.id_type == "id_card" else f"{ID_TYPES.get(person.id_type, '')} {number}".strip()


def _co_units(office: Office, visit: Row) -> tuple[str, ...]:
    """Who helps, by the line of the duty list the matter belongs to."""
    duty = office.reference.duty(visit["matter_kind"])
    helping = [code for code in duty.co_units if code != visit["unit"]] if duty else []
    return tuple(_name(office.reference.unit(code)) for code in helping)


def _reasons(visit: Row, matter: Row) -> tuple[str, ...]:
    """Why this flow and why this unit: what the rules said, as far as the clerk followed them.

    What the clerk wrote down about deciding otherwise belongs to the record, not to the visitor's slip.
    """
    if visit["ordinal"] > 1:
        return (f"同一事项再次来访，按 {matter['number']} 的原流程继续办理",)
    suggested = json.loads(visit["suggested"])
    route = all(suggested.get(key, "") == visit[key] for key in ("category", "flow"))
    found = [
        _because(reason["sentence"], reason["article"])
        for reason in suggested.get("reasons", ())
        if route and (not reason["rule"].startswith("duty:") or suggested["unit"] == visit["unit"])
    ]
    return tuple(found) or ("由登记人根据来访人的陈述和意愿当场确定，理由已经记录",)


def _choice(office: Office, actor: Actor, matter_number: str) -> tuple[MediatorLine, ...]:
    """Mediators the parties may choose, the most suitable first; nobody with a conflict."""
    suggested = roster.suggest(office, actor, matter_number)
    return tuple(
        MediatorLine(each.card.mediator.name, each.card.place, "、".join(each.card.skills))
        for each in suggested
        if not each.conflicts
    )


def _is_told(clock: Row) -> bool:
    """Whether a visitor's paper names this limit: it runs, and it is one the visitor may count on."""
    return clock["clock_state"] == "running" and clock["rule"] not in clocks.INTERNAL


def _clock_line(office: Office, row: Row) -> ClockLine:
    rule = office.reference.clock(row["rule"])
    return ClockLine(
        event=row["clock_event"],
        who=rule.who if rule else "",
        natural_end=date.fromisoformat(row["natural_end"]),
        shifted_end=date.fromisoformat(row["shifted_end"]),
        provisional=bool(row["provisional"]),
        article=row["article"],
        note=rule.extend if rule else "",
    )


def _limitations(office: Office, visit: Row) -> tuple[ClockLine, ...]:
    day = date.fromisoformat(visit["business_day"])
    found = limitations(
        visit["flow"],
        visit["dispute_type"],
        visit["matter_kind"],
        day,
        office.reference,
        office.calendar,
    )
    return tuple(
        ClockLine(
            each.rule.event,
            "",
            each.due.natural_end if each.due else None,
            each.due.shifted_end if each.due else None,
            bool(each.due and each.due.provisional),
            each.rule.article,
            each.words,
            each.note,
        )
        for each in found
    )


def _brief(narrative: str) -> str:
    said = " ".join(narrative.split())
    return said if len(said) <= _BRIEF else said[: _BRIEF - 1] + "…"


def _because(said: str, article: str) -> str:
    """What is said, with the article behind it."""
    return f"{said}（{article}）" if said and article else said or article


def _name(row: object) -> str:
    return str(getattr(row, "name", ""))
