"""The rules a visit is checked against before it is registered. Pure: data in, cleaned form and problems out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from qingyuan_desk.domain.identity import ID_TYPES, age_on, read_id, read_phone, read_sex
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.text import LIMITS, clean_line, clean_text, had_hidden
from qingyuan_desk.domain.visit import (
    AUTHORITIES,
    MAX_REPRESENTATIVES,
    OPPONENT_KINDS,
    VISITOR_ROLES,
    Opponent,
    Person,
    VisitForm,
)

#: People of one visit; more are counted with more visits.
MAX_HEADCOUNT = 9999
#: 《信访工作条例》第二十条第三款.
GROUP_ARTICLE = "《信访工作条例》第二十条"
#: How long ago a visit may have been, for ledgers entered later.
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Checked:
    """A form with every value normalised and every name turned into its code, and what is wrong with it."""

    form: VisitForm
    problems: tuple[Problem, ...]


def check(form: VisitForm, reference: Reference, now: datetime) -> Checked:
    """Clean a form and say what stands in its way, field by field."""
    problems: list[Problem] = []
    persons = _persons(form, reference, now.date(), problems)
    opponents = tuple(
        _opponent(other, place, reference, problems) for place, other in enumerate(form.opponents)
    )
    cleaned = replace(
        form,
        persons=persons,
        opponents=tuple(other for other in opponents if other.name),
        narrative=_narrative(form.narrative, problems),
        route_reason=clean_line(form.route_reason),
        overrides={
            field: clean_line(reason) for field, reason in form.overrides.items() if clean_line(reason)
        },
        matter=clean_line(form.matter),
        **_codes(form, reference, problems),
    )
    problems += _headcount(cleaned)
    problems += _received(cleaned, now)
    return Checked(cleaned, tuple(problems))


def group_problem(named: int) -> Problem | None:
    """A group elects at most five representatives; the sixth is refused."""
    if named <= MAX_REPRESENTATIVES:
        return None
    return Problem(
        "representatives",
        f"多人走访应推选代表，代表不得超过 {MAX_REPRESENTATIVES} 人，现有 {named} 人；其余的人记入“人数”即可。",
        GROUP_ARTICLE,
    )


def _persons(
    form: VisitForm, reference: Reference, today: date, problems: list[Problem]
) -> tuple[Person, ...]:
    if not form.persons:
        problems.append(Problem("name", "请填写来访人姓名；不愿透露的填“匿名”。"))
        return ()
    return tuple(
        _person(person, place, reference, today, problems)
        for place, person in enumerate(form.persons)
        if place == 0 or clean_line(person.name)
    )


def _person(person: Person, place: int, reference: Reference, today: date, problems: list[Problem]) -> Person:
    """One person; problems of the second and later ones carry their place: `persons.1.name`."""
    found: list[Problem] = []
    name = _line("name", person.name, "name", found)
    if not name:
        found.append(Problem("name", "请填写来访人姓名；不愿透露的填“匿名”。"))
    if person.id_type not in ID_TYPES and person.id_type not in ID_TYPES.values():
        found.append(
            Problem(
                "id_type",
                f"没有“{clean_line(person.id_type)}”这种证件，请从列表中选，没有证件选“未出示证件”。",
            )
        )
    id_type = _code_of(ID_TYPES, person.id_type) or "other"
    identity = read_id(id_type, person.id_number, today)
    phone = read_phone(person.phone)
    found += [*identity.problems, *phone.problems]
    if person.role not in VISITOR_ROLES and person.role not in VISITOR_ROLES.values():
        found.append(Problem("role", "来访身份只有：来访人、代表、代理人、随行人。"))
    if person.authority not in AUTHORITIES and person.authority not in AUTHORITIES.values():
        found.append(Problem("authority", "授权只有：未提交委托书、一般授权、特别授权。"))
    township, village = _division(person.township, person.village, reference, found)
    problems += [replace(problem, field=_at(place, problem.field)) for problem in found]
    return replace(
        person,
        name=name,
        sex=read_sex(person.sex) or identity.sex,
        id_type=id_type,
        id_number=identity.number,
        birth_date=_birth(person.birth_date, identity.birth_date, problems),
        phone=phone.text,
        township=township,
        village=village,
        address=_line("address", person.address, "address", problems),
        role=_code_of(VISITOR_ROLES, person.role) or "visitor",
        authority=_code_of(AUTHORITIES, person.authority),
        relation=clean_line(person.relation),
        crowd=reference.crowd_tag_code(person.crowd),
    )


def _opponent(other: Opponent, place: int, reference: Reference, problems: list[Problem]) -> Opponent:
    phone = read_phone(other.phone)
    found = [replace(problem, field="phone") for problem in phone.problems]
    township, village = _division(other.township, other.village, reference, found)
    name = _line("name", other.name, "name", found)
    problems += [replace(problem, field=f"opponents.{place}.{problem.field}") for problem in found]
    return replace(
        other,
        name=name,
        kind=_code_of(OPPONENT_KINDS, other.kind) or "person",
        phone=phone.text,
        township=township,
        village=village,
        address=clean_line(other.address)[: LIMITS["address"]],
    )


def _birth(stated: str, read: date | None, problems: list[Problem]) -> str:
    """The ID number's birth date; without one, the date as stated."""
    if read is not None:
        return read.isoformat()
    text = clean_line(stated)
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        problems.append(Problem("birth_date", "出生日期写作 1949-12-31 这样的形式。"))
        return ""


def _line(field: str, text: str, limit: str, problems: list[Problem]) -> str:
    cleaned = clean_line(text)
    if had_hidden(text):
        problems.append(Problem(field, "文字里夹有看不见的控制符，已去掉，请核对。", level=Level.WARN))
    if len(cleaned) > LIMITS[limit]:
        problems.append(Problem(field, f"最多 {LIMITS[limit]} 个字，现有 {len(cleaned)} 个字，请缩短。"))
    return cleaned


def _narrative(text: str, problems: list[Problem]) -> str:
    cleaned = clean_text(text)
    if not cleaned:
        problems.append(
            Problem("narrative", "请如实记录来访人说的事项，一两句也可以。", "《信访工作条例》第十九条")
        )
    if len(cleaned) > LIMITS["narrative"]:
        problems.append(
            Problem(
                "narrative", f"最多 {LIMITS['narrative']} 个字，现有 {len(cleaned)} 个字，请缩短或作为附件。"
            )
        )
    return cleaned


def _division(township: str, village: str, reference: Reference, found: list[Problem]) -> tuple[str, str]:
    """Codes of township and village. A place outside the district stays as it was said, in the address."""
    if not clean_line(township):
        return "", ""
    town = reference.township(clean_line(township))
    if town is None:
        found.append(
            Problem("township", f"没有“{clean_line(township)}”这个乡镇；区外的地址写在“详细地址”里。")
        )
        return "", ""
    if not clean_line(village):
        return town.code, ""
    place = reference.village(town.code, clean_line(village))
    if place is None:
        found.append(
            Problem(
                "village", f"{town.name}没有“{clean_line(village)}”这个村，请从列表中选或写在“详细地址”里。"
            )
        )
        return town.code, ""
    return town.code, place.code


def _codes(form: VisitForm, reference: Reference, problems: list[Problem]) -> dict[str, str]:
    """Codes for what may come as a code or as its Chinese name."""
    codes: dict[str, str] = {}
    for field, label in _CODED.items():
        text = clean_line(getattr(form, field))
        found = getattr(reference, _LOOKUPS.get(field, field))(text) if text else None
        if text and found is None:
            problems.append(Problem(field, f"没有“{text}”这个{label}，请从列表中选。"))
        codes[field] = found.code if found else ""
    unknown = [flag for flag in form.flags if reference.flag(flag) is None]
    problems += [Problem("flags", f"没有“{clean_line(flag)}”这个标记。") for flag in unknown]
    return codes


_CODED = {
    "source": "来源",
    "category": "类别",
    "flow": "流程",
    "room": "房间",
    "unit": "承办单位",
    "dispute_type": "纠纷类型",
    "matter_kind": "职责清单事项",
}
_LOOKUPS = {"matter_kind": "duty"}


def _headcount(form: VisitForm) -> Iterable[Problem]:
    named = len(form.persons)
    if (
        not isinstance(form.headcount, int)
        or isinstance(form.headcount, bool)
        or not 1 <= form.headcount <= MAX_HEADCOUNT
    ):
        yield Problem("headcount", f"来访人数填 1 到 {MAX_HEADCOUNT} 的整数。")
    elif form.headcount < sum(1 for person in form.persons if person.role != "agent"):
        yield Problem("headcount", f"来访人数 {form.headcount} 比填写的来访人（{named} 人）还少，请核对。")
    sixth = group_problem(form.representatives)
    if sixth:
        yield sixth


def _received(form: VisitForm, now: datetime) -> Iterable[Problem]:
    if form.received_at is None:
        return
    if form.received_at.tzinfo is None:
        yield Problem("received_at", "来访时间要带时区，例如 2024-09-20T10:30:00+08:00。")
    elif form.received_at > now + timedelta(minutes=5):
        yield Problem("received_at", "来访时间在将来，请核对。")
    elif form.received_at.date() < EARLIEST:
        yield Problem("received_at", f"来访时间早于 {EARLIEST.year} 年，请核对。")


def is_minor(person: Person, today: date) -> bool:
    """不满十八周岁 (《未成年人保护法》第二条)."""
    return bool(person.birth_date) and age_on(date.fromisoformat(person.birth_date), today) < 18


def _at(place: int, field: str) -> str:
    return field if place == 0 else f"persons.{place}.{field}"


def _code_of(names: Mapping[str, str], text: str) -> str:
    """The code for a code or its Chinese name; empty when it is neither."""
    if text in names:
        return text
    return next((code for code, name in names.items() if name == text), "")
