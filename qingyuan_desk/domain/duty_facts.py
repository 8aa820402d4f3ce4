"""What is said of a line of the duty list, of a unit, and of a township: the same on the screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qingyuan_desk.domain import duties
from qingyuan_desk.domain.papers import Letterhead
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.tables import CONTACT_ROLES, OWN_TOWNSHIP, Duty, TownshipContact

#: What can be looked up: kind → what it is called.
KINDS = {"line": "事项", "unit": "单位", "township": "乡镇"}


@dataclass(frozen=True)
class Link:
    """Something else that can be looked up."""

    kind: str
    code: str


@dataclass(frozen=True)
class Part:
    """A table. shares: how the width is divided among its columns; links: of each row, what its first cell leads to."""

    title: str
    header: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[Link | None, ...] = ()


@dataclass(frozen=True)
class DutyFacts:
    """A line, a unit, or a township. lead: a sentence under the title; parts: those without rows are left out."""

    kind: str
    code: str
    title: str
    lead: str
    version: str
    parts: tuple[Part, ...] = field(default=())


@dataclass(frozen=True)
class DutyPaper:
    """Facts with what a paper says besides."""

    office: Letterhead
    facts: DutyFacts
    made_by: str
    printed_at: datetime


def of_line(reference: Reference, duty: Duty) -> DutyFacts:
    """A matter (事项): who leads and helps, by which article, within how long, where it goes, what to bring."""
    category, flow = reference.category(duty.category), reference.flow(duty.flow)
    flow = flow or (reference.flow(category.flow) if category else None)
    room = reference.room(duty.room) or (reference.room(category.room) if category else None)
    dispute = reference.dispute_type(duty.dispute_type)
    facts = (
        ("依据", duty.article),
        ("办理期限", f"{duty.limit_days} 日" if duty.limit_days else "按法定期限"),
        ("类别", category.name if category else ""),
        ("流程", flow.name if flow else ""),
        ("房间", room.name if room else ""),
        ("纠纷类型", dispute.name if dispute else ""),
        ("群众常用的说法", "、".join(duty.words)),
    )
    units = [("lead", duty.leading_unit), *(("help", code) for code in duty.co_units)]
    materials = reference.materials_for(duty.code)
    return _facts(
        reference,
        "line",
        duty.code,
        duty.name,
        duties.why(reference, duty.code, duty.leading_unit, "")
        if duty.leading_unit != OWN_TOWNSHIP
        else f"由{duties.TOWNSHIP_NAME}主办（{duty.article}）。",
        Part(
            "主办和协办",
            ("单位", "分工", "电话", "地点"),
            (4, 1.4, 2.6, 4),
            tuple(_unit_row(reference, part, code) for part, code in units),
            tuple(None if code == OWN_TOWNSHIP else Link("unit", code) for _, code in units),
        ),
        Part("事项", ("项目", "内容"), (1.6, 9), tuple(row for row in facts if row[1])),
        Part(
            "所需材料（一次性告知）",
            ("材料", "要求", "告知承诺", "说明和依据"),
            (4.4, 1.2, 1.6, 5),
            tuple(
                (
                    each.name,
                    "必备" if each.required else "按需",
                    "可以" if each.promise else "—",
                    " ".join(filter(None, (each.note, each.article))),
                )
                for each in materials
            ),
        ),
    )


def of_unit(reference: Reference, code: str) -> DutyFacts:
    """A unit (单位): every line it leads or helps in."""
    unit = reference.unit(code)
    work = duties.work_of(reference, code)
    contact = "　".join(filter(None, (unit.phone, unit.place))) if unit else ""
    return _facts(
        reference,
        "unit",
        code,
        f"{duties.unit_name(reference, code)}职责一览",
        "　".join(filter(None, (unit.duty if unit else "", contact))),
        *(
            _lines(reference, f"{name}的事项", [each.duty for each in work if each.part == part])
            for part, name in duties.PARTS.items()
        ),
    )


def of_township(reference: Reference, code: str, name: str, contacts: Sequence[TownshipContact]) -> DutyFacts:
    """A township (乡镇): whom to turn to there, its departments at the county, and the lines they share."""
    own = reference.township_unit(code)
    found = duties.counterparts(reference, code)
    return _facts(
        reference,
        "township",
        code,
        f"{name}对口联系表",
        f"{own.name}主办 {sum(duty.leading_unit == OWN_TOWNSHIP for duty in reference.duties)} 项，"
        f"对口 {len(found)} 个区级部门。办不了的事项用“联动响应请求”上报。"
        if own
        else "",
        Part(
            "乡镇力量",
            ("岗位", "单位", "姓名", "电话", "地点"),
            (1.8, 3, 1.8, 2.4, 3),
            tuple(
                (
                    CONTACT_ROLES[each.role],
                    *(cell for cell in (each.organ, each.name, each.phone, each.place)),
                )
                for each in contacts
            ),
        ),
        Part(
            "对口部门",
            ("部门", "电话", "共同的事项"),
            (3, 2, 8),
            tuple(
                (each.unit.name, each.unit.phone, "、".join(duty.name for duty in each.lines))
                for each in found
            ),
            tuple(Link("unit", each.unit.code) for each in found),
        ),
    )


def _facts(reference: Reference, kind: str, code: str, title: str, lead: str, *parts: Part) -> DutyFacts:
    version = reference.duty_list.version.version
    return DutyFacts(kind, code, title, lead, version, tuple(part for part in parts if part.rows))


def _unit_row(reference: Reference, part: str, code: str) -> tuple[str, ...]:
    unit = reference.unit(code)
    return (
        duties.unit_name(reference, code),
        duties.PARTS[part],
        unit.phone if unit else "",
        unit.place if unit else "",
    )


def _lines(reference: Reference, title: str, lines: Sequence[Duty]) -> Part:
    return Part(
        f"{title}（{len(lines)} 项）",
        ("事项", "类别", "依据", "期限"),
        (4.4, 1.5, 5, 1),
        tuple(
            (
                duty.name,
                getattr(reference.category(duty.category), "name", ""),
                duty.article,
                f"{duty.limit_days} 日" if duty.limit_days else "—",
            )
            for duty in lines
        ),
        tuple(Link("line", duty.code) for duty in lines),
    )
