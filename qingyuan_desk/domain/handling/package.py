"""The package of a sending (送案包): what is told of a matter to the unit that gets it. docs/packages.md is its schema.

Every value is text, a whole number, or yes/no; days and moments are ISO text; codes stand beside their Chinese names, so
that a unit with other tables understands it. `as_json` and `from_json` are each other's inverse.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar, get_args, get_type_hints

from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.grid import Grid

SCHEMA = "qingyuan-desk/sending"
#: A reader takes packages of this version and older ones; keys it does not know are passed over.
VERSION = 1


@dataclass(frozen=True)
class Issuer:
    """The desk that sends."""

    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Sent:
    """What is sent to whom, what is asked, and why this unit."""

    number: str = ""
    mode: str = ""
    mode_name: str = ""
    unit: str = ""
    unit_name: str = ""
    co_units: tuple[str, ...] = ()
    sender: str = ""
    sent_on: str = ""
    limit_on: str = ""
    requirement: str = ""
    materials: tuple[str, ...] = ()
    why: str = ""
    listed: bool = True
    reason: str = ""
    approved_by: str = ""


@dataclass(frozen=True)
class Told:
    """The matter."""

    number: str = ""
    title: str = ""
    narrative: str = ""
    category: str = ""
    category_name: str = ""
    flow: str = ""
    flow_name: str = ""
    source: str = ""
    source_name: str = ""
    matter_kind: str = ""
    matter_kind_name: str = ""
    dispute_type: str = ""
    dispute_type_name: str = ""
    petition_kind: str = ""
    purpose: str = ""
    township: str = ""
    village: str = ""
    place: str = ""
    flags: tuple[str, ...] = ()
    opened_on: str = ""
    headcount: int = 1


@dataclass(frozen=True)
class Visited:
    """One visit of it."""

    number: str = ""
    received_at: str = ""
    ordinal: int = 1
    headcount: int = 1
    narrative: str = ""


@dataclass(frozen=True)
class Somebody:
    """Somebody on either side. side: visitor or opponent; role: of VISITOR_ROLES or OPPONENT_KINDS."""

    side: str = "visitor"
    role: str = ""
    role_name: str = ""
    name: str = ""
    sex: str = ""
    birth_date: str = ""
    id_type: str = ""
    id_number: str = ""
    phone: str = ""
    township: str = ""
    village: str = ""
    address: str = ""
    place: str = ""


@dataclass(frozen=True)
class Limit:
    """A limit of the unit: what, from when and how long, by which day as counted, and by which when a holiday moves it.

    The days are empty until the unit signs for the matter.
    """

    rule: str = ""
    event: str = ""
    article: str = ""
    period: str = ""
    natural_end: str = ""
    shifted_end: str = ""


@dataclass(frozen=True)
class Enclosed:
    """A file of the matter that goes along. file: its name in the package."""

    file: str = ""
    title: str = ""
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class Package:
    """Everything a package says. made_at: the moment it was made; training: its data is 演练."""

    made_at: str = ""
    training: bool = False
    sealed: bool = False
    issuer: Issuer = Issuer()
    sending: Sent = Sent()
    matter: Told = Told()
    visits: tuple[Visited, ...] = ()
    people: tuple[Somebody, ...] = ()
    limits: tuple[Limit, ...] = ()
    attachments: tuple[Enclosed, ...] = ()


# --- as JSON -----------------------------------------------------------------------------------------------------


def as_json(package: Package) -> bytes:
    """The package as one JSON object, UTF-8."""
    told = {"schema": SCHEMA, "version": VERSION, **asdict(package)}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def from_json(content: bytes) -> Package:
    """The package a JSON object describes. Raises Refused at the field `file` for anything that is none, or a newer one."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise refused("matter.json 不是有效的 JSON，可能没有传完整。请让对方重新发送送案包。") from None
    if not isinstance(told, Mapping) or told.get("schema") != SCHEMA:
        raise refused("这不是清苑解纷台的送案包。请核对文件。")
    version = told.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise refused(f"送案包的格式版本是 {version}，本机只认识到 {VERSION}。请先升级本机的程序再读。")
    found: Package = _read(Package, told, "")
    return found


def refused(sentence: str) -> Refused:
    """A package that cannot be taken, at the field `file`."""
    return Refused.because("file", sentence)


_Part = TypeVar("_Part")


def _read(kind: type[_Part], told: object, where: str) -> _Part:
    if not isinstance(told, Mapping):
        raise _wrong(where)
    hints = get_type_hints(kind)
    return kind(
        **{
            each.name: _value(hints[each.name], told[each.name], f"{where}.{each.name}".lstrip("."))
            for each in fields(kind)  # type: ignore[arg-type]
            if each.name in told
        }
    )


def _value(kind: Any, told: object, where: str) -> object:
    """A value of the type of its field."""
    if kind in (str, int, bool):
        if type(told) is not kind:
            raise _wrong(where)
        return told
    several = get_args(kind)
    if several:
        if not isinstance(told, list):
            raise _wrong(where)
        return tuple(_value(several[0], each, f"{where}[{place}]") for place, each in enumerate(told))
    return _read(kind, told, where)


def _wrong(where: str) -> Refused:
    return refused(f"送案包里“{where or 'matter.json'}”的写法不对，可能被改动过。请让对方重新制作送案包。")


# --- as a spreadsheet ---------------------------------------------------------------------------------------------


def grids(package: Package) -> tuple[Grid, ...]:
    """The same as sheets of text: what is sent, who is concerned, the visits, the limits, what is enclosed."""
    name = "送案（演练数据）" if package.training else "送案"
    people = tuple(
        (each.role_name, each.name, each.sex, each.birth_date, each.id_number, each.phone, each.place)
        for each in package.people
    )
    return (
        Grid(name, ("项目", "内容"), _facts(package)),
        Grid("当事人", ("身份", "姓名（名称）", "性别", "出生日期", "证件号码", "联系电话", "住址"), people),
        Grid(
            "来访",
            ("来访编号", "来访时间", "第几次", "人数", "诉求"),
            tuple(
                (each.number, each.received_at, str(each.ordinal), str(each.headcount), each.narrative)
                for each in package.visits
            ),
        ),
        Grid(
            "期限",
            ("事项", "法定末日", "顺延后末日", "依据"),
            tuple((each.event, each.natural_end, each.shifted_end, each.article) for each in package.limits),
        ),
        Grid(
            "材料",
            ("文件", "名称", "字节", "SHA-256"),
            tuple((each.file, each.title, str(each.size), each.sha256) for each in package.attachments),
        ),
    )


def _facts(package: Package) -> tuple[tuple[str, str], ...]:
    sent, matter = package.sending, package.matter
    said = (
        ("送案方式", sent.mode_name),
        ("文号", sent.number),
        ("送出单位", sent.sender or package.issuer.name),
        ("主办单位", sent.unit_name),
        ("协办单位", "、".join(sent.co_units)),
        ("送出日期", sent.sent_on),
        ("办理期限", sent.limit_on),
        ("办理要求", sent.requirement),
        ("主办依据", sent.why),
        ("清单外交办理由", sent.reason),
        ("批准人", sent.approved_by),
        ("附送材料", "、".join(sent.materials)),
        ("事项编号", matter.number),
        ("标题", matter.title),
        ("登记日期", matter.opened_on),
        ("类别", matter.category_name),
        ("信访类别", matter.petition_kind),
        ("信访目的", matter.purpose),
        ("流程", matter.flow_name),
        ("来源", matter.source_name),
        ("职责清单事项", matter.matter_kind_name),
        ("纠纷类型", matter.dispute_type_name),
        ("问题属地", matter.place),
        ("人数", str(matter.headcount)),
        ("标记", "、".join(matter.flags)),
        ("诉求", matter.narrative),
        ("制作时间", package.made_at),
        ("联系电话", package.issuer.phone),
    )
    return tuple((label, value) for label, value in said if value)
