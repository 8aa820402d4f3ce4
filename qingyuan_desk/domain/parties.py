"""The people of a visit: who came, as what, and who is on the other side. Cleaned, with what is wrong field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from qingyuan_desk.domain.identity import (
    EARLIEST_BIRTH,
    ID_TYPES,
    IdReading,
    age_on,
    read_id,
    read_phone,
    read_sex,
)
from qingyuan_desk.domain.moments import read_moment
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.text import clean_line
from qingyuan_desk.domain.typed import code_of, division, line, quoted, told
from qingyuan_desk.domain.visit import (
    AUTHORITIES,
    OPPONENT_KINDS,
    VISITOR_ROLES,
    Opponent,
    Person,
    VisitForm,
)

#: Full age in years: 《未成年人保护法》第二条.
ADULT = 18

_NAMELESS = "请填写姓名；不用的行请去掉。"
#: How names end that are no person's; people do have names like 李建厂.
_NOT_PERSONS: Mapping[str, str] = {
    "organ": r".{2,}(政府|局|法院|检察院|派出所|司法所|管委会|交警队|交警大队|党委|监委)",
    "company": r".{2,}(公司|合作社|村委会|村民委员会|居委会|居民委员会|医院|学校|幼儿园|银行)|.{3,}厂",
}


def is_minor(person: Person, today: date) -> bool:
    """不满十八周岁 (《未成年人保护法》第二条). Nobody whose birth date is not known, or is in the future."""
    birth = date.fromisoformat(person.birth_date) if person.birth_date else today
    return birth < today and age_on(birth, today) < ADULT


def persons(
    form: VisitForm, reference: Reference, today: date, problems: list[Problem]
) -> tuple[Person, ...]:
    """The visitors' side; an empty line is nobody, but the first."""
    named = [
        (place, person)
        for place, person in enumerate(form.persons or (Person(),))
        if place == 0 or replace(person, role="", id_type="") != Person(role="", id_type="")
    ]
    came = tuple(_person(person, place, reference, today, problems) for place, person in named)
    if all(person.role == "agent" for person in came):
        problems.append(
            Problem(
                "role",
                "代理人来访的，先填委托人（来访人），再填代理人；委托人不明的请填写理由。",
                "《民法典》第一百六十五条",
                Level.DOUBT,
            )
        )
    return came


def _person(person: Person, place: int, reference: Reference, today: date, problems: list[Problem]) -> Person:
    """One person; problems of the second and later ones carry their place: `persons.1.name`."""
    found: list[Problem] = []
    name = line("name", person.name, "name", found)
    if not name:
        found.append(Problem("name", _NAMELESS if place else "请填写来访人姓名；不愿透露的填“匿名”。"))
    id_type = _id_type(person.id_type, found)
    identity = read_id(id_type, person.id_number, today)
    phone = read_phone(person.phone)
    found += [*identity.problems, *phone.problems]
    township, village = division(person.township, person.village, reference, found)
    cleaned = replace(
        person,
        name=name,
        sex=_sex(person.sex, identity, found),
        id_type=id_type if identity.number else "none",
        id_number=identity.number,
        birth_date=_birth(person.birth_date, identity.birth_date, today, found),
        phone=phone.text,
        township=township,
        village=village,
        address=line("address", person.address, "address", found),
        relation=line("relation", person.relation, "name", found),
        crowd=_crowd(person.crowd, reference, found),
        **_standing(person, found),
    )
    problems += [replace(problem, field=_at(place, problem.field)) for problem in found]
    return cleaned


def _standing(person: Person, found: list[Problem]) -> dict[str, str]:
    """As what somebody came, and by what authority."""
    role, authority = code_of(VISITOR_ROLES, person.role), code_of(AUTHORITIES, person.authority)
    if role is None:
        found.append(Problem("role", f"来访身份只有：{'、'.join(VISITOR_ROLES.values())}。"))
    if authority is None:
        found.append(Problem("authority", f"授权只有：{'、'.join(AUTHORITIES.values())}。"))
    if role == "agent" and authority == "":
        found.append(
            Problem(
                "authority",
                "代理人还没有提交授权委托书，请补交，写明代理事项、权限和期限；补交前只记录反映的情况。",
                "《民法典》第一百六十五条",
                Level.WARN,
            )
        )
    return {"role": role or "visitor", "authority": authority or ""}


def _id_type(text: str, found: list[Problem]) -> str:
    code = code_of(ID_TYPES, text)
    if code is None:
        said = clean_line(text)
        found.append(
            Problem("id_type", f"没有{quoted(said)}这种证件，请从列表中选，没有证件选“未出示证件”。")
        )
    return code or "other"


def _sex(stated: str, identity: IdReading, found: list[Problem]) -> str:
    """The sex as stated, else as the number says."""
    sex = read_sex(stated)
    if clean_line(stated) and not sex:
        found.append(told("sex", f"性别{quoted(clean_line(stated))}看不懂，只认男、女，先不记。"))
    sure = identity.sex and not any(problem.level is not Level.WARN for problem in identity.problems)
    if sex and sure and sex != identity.sex:
        found.append(told("sex", "所填的性别与身份证号不一致，请核对。"))
    return sex or identity.sex


def _birth(stated: str, read: date | None, today: date, found: list[Problem]) -> str:
    """The ID number's birth date; without one, the date as stated."""
    text = clean_line(stated)
    if not text:
        return read.isoformat() if read else ""
    moment = read_moment(text)
    birth = moment.date() if isinstance(moment, datetime) else moment
    if birth is None:
        found.append(
            Problem(
                "birth_date",
                f"看不懂出生日期{quoted(text)}，写作 1949-12-31 这样的公历年月日；不知道就空着。",
            )
        )
    elif not date(EARLIEST_BIRTH, 1, 1) <= birth <= today:
        found.append(
            Problem(
                "birth_date", f"出生日期 {birth.isoformat()} 不在 {EARLIEST_BIRTH} 年到今天之间，请核对。"
            )
        )
    elif read and birth != read:
        found.append(told("birth_date", f"出生日期与身份证号不一致，按身份证号记为 {read.isoformat()}。"))
    day = read or birth
    return day.isoformat() if day else ""


def _crowd(text: str, reference: Reference, found: list[Problem]) -> str:
    code = reference.crowd_tag_code(text)
    if clean_line(text) and not code:
        found.append(told("crowd", f"没有{quoted(clean_line(text))}这个人群类别，先不记；请从列表中选。"))
    return code


def opponents(form: VisitForm, reference: Reference, problems: list[Problem]) -> tuple[Opponent, ...]:
    """The other side; an empty line is nobody."""
    return tuple(
        _opponent(other, place, reference, problems)
        for place, other in enumerate(form.opponents)
        if replace(other, kind="") != Opponent(kind="")
    )


def _opponent(other: Opponent, place: int, reference: Reference, problems: list[Problem]) -> Opponent:
    found: list[Problem] = []
    name = line("name", other.name, "name", found)
    if not name:
        found.append(Problem("name", "请填写对方的姓名或者名称，不知道的填“不详”；不用的行请去掉。"))
    kind = code_of(OPPONENT_KINDS, other.kind)
    if kind is None:
        found.append(Problem("kind", f"对方的类别只有：{'、'.join(OPPONENT_KINDS.values())}。"))
    phone = read_phone(other.phone)
    found += phone.problems
    township, village = division(other.township, other.village, reference, found)
    cleaned = replace(
        other,
        name=name,
        kind=_kind_by_name(name, found) if kind == "person" else kind or "person",
        phone=phone.text,
        township=township,
        village=village,
        address=line("address", other.address, "address", found),
    )
    problems += [replace(problem, field=f"opponents.{place}.{problem.field}") for problem in found]
    return cleaned


def _kind_by_name(name: str, found: list[Problem]) -> str:
    """What is written down as a person and by its name is none."""
    for kind, names in _NOT_PERSONS.items():
        if re.fullmatch(names, name):
            found.append(told("kind", f"{quoted(name)}不像个人，已按{OPPONENT_KINDS[kind]}记录。"))
            return kind
    return "person"


def _at(place: int, field: str) -> str:
    return field if place == 0 else f"persons.{place}.{field}"
