"""What a package of a sending (送案包) says of a matter, from its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from qingyuan_desk.domain import clocks, duties
from qingyuan_desk.domain.handling import package as told
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.codes import KINDS, MODES, PURPOSES
from qingyuan_desk.domain.handling.records import Sending
from qingyuan_desk.domain.identity import SEXES
from qingyuan_desk.domain.matter import MatterFacts
from qingyuan_desk.domain.visit import OPPONENT_KINDS, VISITOR_ROLES, Opponent, Person
from qingyuan_desk.services.office import Office

#: Mode of a sending → the limits the unit has from then on.
_LIMITS: Mapping[str, tuple[str, ...]] = {
    "forward": ("petition_objection", "petition_notify_forwarded"),
    "assign": ("petition_objection", "petition_notify_forwarded", "petition_assigned"),
    "hand_over": ("petition_objection", "handover_reply"),
    "support": ("support_response",),
    "discipline": (),
}


def package_of(
    office: Office, facts: MatterFacts, found: Handled, sent: Sending, enclosed: Iterable[told.Enclosed]
) -> told.Package:
    """Everything the package says. enclosed: the files that go along, as they are called in it."""
    reference, setting = office.reference, office.reference.setting
    came = [visit for visit in facts.visits if visit.state == "valid"]
    persons = {(each.role, each.name): each for visit in came for each in visit.persons}
    return told.Package(
        made_at=office.now().isoformat(timespec="seconds"),
        training=office.training,
        sealed=found.sealed,
        issuer=told.Issuer(setting("office_name"), setting("phone"), setting("address")),
        sending=told.Sent(
            number=sent.number,
            mode=sent.mode,
            mode_name=MODES[sent.mode],
            unit=sent.unit,
            unit_name=_unit(office, sent.unit),
            co_units=tuple(_unit(office, code) for code in sent.co_units),
            sender=_unit(office, sent.sender) or setting("office_name"),
            sent_on=sent.sent_on.isoformat(),
            limit_on=sent.limit_on.isoformat() if sent.limit_on else "",
            requirement=sent.requirement,
            materials=sent.materials,
            why=""
            if found.sealed
            else duties.why(reference.on(sent.sent_on), found.matter_kind, sent.unit, found.township),
            listed=sent.listed,
            reason=sent.reason,
            approved_by=sent.approved_by,
        ),
        matter=_matter(office, found),
        visits=tuple(
            told.Visited(
                visit.number,
                visit.received_at.isoformat(timespec="seconds"),
                visit.ordinal,
                visit.headcount,
                visit.narrative,
            )
            for visit in came
        ),
        people=(
            *(_visitor(office, each) for each in persons.values()),
            *(_opponent(office, each) for each in found.opponents),
        ),
        limits=tuple(_limits(office, found, sent)),
        attachments=tuple(enclosed),
    )


def _matter(office: Office, found: Handled) -> told.Told:
    reference, petition = office.reference, found.classified
    return told.Told(
        number=found.number,
        title=found.title,
        narrative=found.narrative,
        category=found.category,
        category_name=_name(reference.category(found.category)),
        flow=found.flow,
        flow_name=_name(reference.flow(found.flow)),
        source=found.source,
        source_name=_name(reference.source(found.source)),
        matter_kind=found.matter_kind,
        matter_kind_name=_name(reference.duty(found.matter_kind)),
        dispute_type=found.dispute_type,
        dispute_type_name=_name(reference.dispute_type(found.dispute_type)),
        petition_kind=KINDS.get(petition.kind, ""),
        purpose=PURPOSES.get(petition.purpose, ""),
        township=found.township,
        village=found.village,
        place=reference.place(found.township, found.village),
        flags=tuple(_name(reference.flag(code)) or code for code in sorted(found.flags)),
        opened_on=found.opened_on.isoformat(),
        headcount=found.headcount,
    )


def _visitor(office: Office, each: Person) -> told.Somebody:
    return told.Somebody(
        side="visitor",
        role=each.role,
        role_name=VISITOR_ROLES.get(each.role, each.role),
        name=each.name,
        sex=SEXES.get(each.sex, ""),
        birth_date=each.birth_date,
        id_type=each.id_type,
        id_number=each.id_number,
        phone=each.phone,
        township=each.township,
        village=each.village,
        address=each.address,
        place=office.reference.place(each.township, each.village) + each.address,
    )


def _opponent(office: Office, each: Opponent) -> told.Somebody:
    return told.Somebody(
        side="opponent",
        role=each.kind,
        role_name=f"对方（{OPPONENT_KINDS.get(each.kind, each.kind)}）",
        name=each.name,
        phone=each.phone,
        township=each.township,
        village=each.village,
        address=each.address,
        place=office.reference.place(each.township, each.village) + each.address,
    )


def _limits(office: Office, found: Handled, sent: Sending) -> Iterator[told.Limit]:
    """The unit's own limits: with their days where they run already, else from when and how long."""
    for code in _LIMITS[sent.mode]:
        rule, running = office.reference.clock(code), found.clock(code, sent.record_id)
        if rule:
            yield told.Limit(
                code,
                rule.event,
                rule.article,
                clocks.period(rule),
                running.natural_end.isoformat() if running else "",
                running.end.isoformat() if running else "",
            )


def _unit(office: Office, code: str) -> str:
    return _name(office.reference.unit(code)) or code


def _name(row: object) -> str:
    return str(getattr(row, "name", ""))
