"""Rows of somebody else's ledger as visit forms: which column is what, and what its cells mean.

Nothing here decides whether a visit is fit to register: the rows become forms, and forms go the way of every form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from qingyuan_desk.domain.columns import Columns, Fields, find, plain, settled, spellings, unreadable
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.moments import is_time, read_moment
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.reference import Division, Reference
from qingyuan_desk.domain.text import clean_line, clean_text, has_han, search_key
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm

#: The column an import writes its answer to; never read.
RESULT = "导入结果"
#: Recorded as the routing reason of a row that names its category or flow.
DECIDED_BEFORE = "导入的表中已定类别和流程"
#: When a visit came of which only the day is known.
OPENING_HOUR = 9

#: What a column can be → the headers it is known by, the commonest first. The first one also names it to people.
FIELDS: Fields = {
    "received_on": (
        *("来访日期", "反映日期", "登记日期", "接访日期", "接待日期", "受理日期", "上报日期", "排查日期"),
        "日期",
    ),
    "received_at": (
        *("来访时间", "反映时间", "登记时间", "接访时间", "接待时间", "受理时间", "上报时间", "排查时间"),
        *("纠纷登记时间", "发生时间", "时间"),
    ),
    "name": (
        *("姓名", "来访人姓名", "信访人姓名", "来访人", "信访人", "来访群众", "申请人", "申请人姓名"),
        *("反映人", "反映人姓名", "咨询人", "当事人姓名"),
    ),
    "parties": ("当事人", "双方当事人", "当事人双方", "纠纷双方", "纠纷当事人"),
    "sex": ("性别",),
    "id_type": ("证件类型", "证件种类", "证件名称"),
    "id_number": ("身份证号", "身份证号码", "证件号码", "证件号", "公民身份号码", "身份证"),
    "phone": (
        *("联系电话", "联系方式", "手机号码", "手机号", "电话", "电话号码", "来电号码", "手机", "联系号码"),
    ),
    "township": ("乡镇", "乡镇街道", "所属乡镇", "所在乡镇", "镇街", "乡镇名称", "属地乡镇", "问题属地"),
    "village": ("村", "村社区", "村居", "所属村", "所在村", "村庄", "行政村", "村名", "社区"),
    "address": (
        *("住址", "详细地址", "单位住址", "单位或住址", "家庭住址", "地址", "现住址", "户籍地址", "居住地"),
        "发生地",
    ),
    "crowd": ("人群类别", "人员类别", "人群", "群体类别"),
    "headcount": ("来访人数", "人数", "涉及人数", "涉事人数", "反映人数"),
    "representatives": ("代表", "代表姓名", "来访代表", "群众代表"),
    "agent": ("代理人", "代理人姓名", "委托代理人"),
    "narrative": (
        *("来访事由", "反映内容", "反映事项", "主要内容", "反映问题", "事由", "来访内容", "信访内容", "内容"),
        *("纠纷简要情况", "简要情况", "基本情况", "主要情况", "事项内容", "纠纷情况", "纠纷名称", "案由"),
    ),
    "request": ("诉求", "主要诉求", "诉求内容", "来访诉求", "请求事项", "申请事项"),
    "opponent": (
        *("对方当事人", "对方", "对方姓名", "被申请人", "被申请人姓名", "被反映人", "被反映单位", "对方单位"),
        "被诉求人",
    ),
    "opponent_phone": ("对方电话", "对方联系电话", "对方联系方式", "被申请人联系方式"),
    "category": ("类别", "事项类别", "五类", "问题类别"),
    "flow": ("流程", "办理流程", "办理途径"),
    "dispute_type": ("纠纷类型", "纠纷类别", "矛盾纠纷类型"),
    "unit": ("承办单位", "转交单位", "责任单位", "主办单位"),
    "room": ("房间", "功能室", "接待室"),
    "source": ("来源", "事项来源", "案件来源", "线索来源"),
    "matter": ("事项编号", "原事项编号", "关联事项"),
    "flags": ("标记", "特殊情形", "特殊情况"),
    "reason": ("校验理由", "存疑理由", "证件说明", "核对说明"),
    "route_reason": ("分流理由",),
    "remark": ("备注", "说明"),
}

_NUMBERS = ("id_number", "phone", "opponent_phone")
_AS_IS = ("category", "flow", "dispute_type", "unit", "room", "matter")
_BETWEEN_NAMES = re.compile(r"[、,，;；/]+")
_AND_OTHERS = re.compile(r"(.+?)等(\d{1,4})人?")
_HEADS = re.compile(r"(\d{1,4})(?:\.0+)?[人名位]?")
_BETWEEN_PARTIES = re.compile(r"与|诉|、|[，,;；/]|vs\.?|VS\.?")
_ORGANS = ("政府", "局", "派出所", "法院", "检察院", "公安", "办事处", "街道办", "委员会办公室", "信访办")
_COMPANIES = (
    *(
        "公司",
        "厂",
        "店",
        "合作社",
        "集团",
        "银行",
        "医院",
        "学校",
        "幼儿园",
        "超市",
        "酒店",
        "工程队",
        "项目部",
    ),
    *("村委会", "居委会", "经济组织", "中心", "协会"),
)


# --- columns -----------------------------------------------------------------------------------------------------


def is_known(header: str) -> bool:
    """Whether a header names something an import can take."""
    return plain(header) in _KNOWN


def columns(header: Sequence[str], mapping: Mapping[str, str] | None = None) -> Columns:
    """Find every field's column by its header.

    mapping: field (or its Chinese name) → header; "" leaves a field out. What it does not name is found by the known
    headers. Raises Refused for a field or header that is not there.
    """
    places, told = find(header, FIELDS)
    for field_name, wanted in (mapping or {}).items():
        name = _field_named(field_name)
        places.pop(name, None)
        if wanted:
            places[name] = _place_of(wanted, header)
    return settled(header, places, told, RESULT)


_KNOWN = spellings(FIELDS)


def _field_named(name: str) -> str:
    for field_name, known in FIELDS.items():
        if name == field_name or plain(name) in map(plain, known):
            return field_name
    raise Refused.because(
        "mapping", f"对照文件里的“{name}”不是可以导入的项目。可用：{'、'.join(FIELDS)}（见 docs/import.md）。"
    )


def _place_of(wanted: str, header: Sequence[str]) -> int:
    if wanted in header:
        return header.index(wanted)
    spelled = [plain(cell) for cell in header]
    if plain(wanted) in spelled:
        return spelled.index(plain(wanted))
    shown = "、".join(filter(None, map(clean_line, header)))
    raise Refused.because("mapping", f"表里没有“{wanted}”这一列。表头是：{shown}。请改对照文件。")


# --- one row -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RowForm:
    """A row as a form, and what was wrong with its cells already.

    reason: why doubtful values are to be kept. identity: what makes another row the same visit again.
    """

    form: VisitForm
    problems: tuple[Problem, ...]
    reason: str
    identity: tuple[str, ...]


def read_row(cells: Mapping[str, str], source: str, reference: Reference, now: datetime) -> RowForm:
    """The visit a row tells of. source: code to use when the row names none. now: aware, in the office's zone."""
    problems = list(unreadable(cells, FIELDS, _NUMBERS))
    said = {name: clean_text(cell) for name, cell in cells.items()}
    persons, headcount = _people(said, problems)
    persons = _settled(persons, said, reference, problems)
    moment, words = _moment(said, now, problems)
    narrative = _narrative(said)
    opponents = _opponents(said)
    as_said: dict[str, Any] = {name: said.get(name, "") for name in _AS_IS}
    form = VisitForm(
        request_id="",
        persons=persons,
        opponents=opponents,
        received_at=moment,
        source=said.get("source") or source,
        headcount=headcount,
        narrative=narrative,
        flags=frozenset(filter(None, re.split(r"[、,，;；\s]+", said.get("flags", "")))),
        route_reason=said.get("route_reason", "")
        or (DECIDED_BEFORE if said.get("category") or said.get("flow") else ""),
        **as_said,
    )
    identity = (
        words,
        *(search_key(person.name) for person in persons),
        *(search_key(said.get(name, "")) for name in ("id_number", "phone", "matter")),
        *(search_key(other.name) for other in opponents),
        search_key(narrative),
    )
    return RowForm(form, tuple(problems), said.get("reason", ""), identity)


def _people(said: Mapping[str, str], problems: list[Problem]) -> tuple[tuple[Person, ...], int]:
    """Everybody named, the main visitor first, and how many came."""
    names, others = _names(said.get("name", ""))
    if not names:
        names = [name for name in split_parties(said.get("parties", ""))[:1] if name]
    main = Person(
        name=names[0] if names else "",
        sex=said.get("sex", ""),
        id_type=said.get("id_type") or ("id_card" if said.get("id_number") else "none"),
        id_number=said.get("id_number", ""),
        phone=said.get("phone", ""),
        crowd=said.get("crowd", ""),
    )
    more = [Person(name=name, role="companion", id_type="none") for name in names[1:]]
    for column, role in (("representatives", "representative"), ("agent", "agent")):
        named = _names(said.get(column, ""))[0]
        more += [Person(name=name, role=role, id_type="none") for name in named if name != main.name]
    persons = (main, *more)
    came = sum(1 for person in persons if person.role != "agent")
    return persons, _headcount(said.get("headcount", ""), max(came, others), problems)


def _names(text: str) -> tuple[list[str], int]:
    """The names of a cell such as 张三、李四 or 张三等23人, and the number of people it states (0: none)."""
    group = _AND_OTHERS.fullmatch(_narrow(text))
    whole = group[1] if group else text
    words = whole.split()
    # 张三 李四 are two people; 张 三 is one, and so is a name broken by a pasted line end.
    apart = len(words) > 1 and all(len(word) > 1 and has_han(word) for word in words)
    whole = "、".join(words) if apart else clean_line(whole)
    names = [name for name in (part.strip() for part in _BETWEEN_NAMES.split(whole)) if name]
    # Marks separate Chinese names; what else has such marks in it is one odd name, kept as it is.
    return names if all(map(has_han, names)) else [whole], int(group[2]) if group else 0


def _headcount(text: str, named: int, problems: list[Problem]) -> int:
    if not text:
        return max(1, named)
    match = _HEADS.fullmatch(_narrow(text))
    if match is None:
        problems.append(Problem("headcount", f"来访人数“{clean_line(text)[:20]}”看不懂，请填整数，例如 23。"))
        return max(1, named)
    return int(match[1])


def _settled(
    persons: tuple[Person, ...], said: Mapping[str, str], reference: Reference, problems: list[Problem]
) -> tuple[Person, ...]:
    """The main visitor with a place: as stated, or as found in what was stated. Nothing said is dropped."""
    township, village, address = (said.get(name, "") for name in ("township", "village", "address"))
    town = reference.township(clean_line(township))
    if town is None:
        town, found = find_place(township or address, reference)
        village = village or (found.name if found else "")
    if town is None and not township and village:
        town = _only_township_with(village, reference)
        if town is None:
            problems.append(
                Problem("village", f"只写了“{village}”，不知道是哪个乡镇，已记入地址。", level=Level.WARN)
            )
            address, village = f"{village}{'' if address.startswith(village) else address}", ""
    main = replace(persons[0], township=town.code if town else township, village=village, address=address)
    return (main, *persons[1:])


def _opponents(said: Mapping[str, str]) -> tuple[Opponent, ...]:
    names = _names(said.get("opponent", ""))[0]
    if not names and not said.get("name"):
        names = list(split_parties(said.get("parties", ""))[1:])
    phone = said.get("opponent_phone", "") if len(names) == 1 else ""
    return tuple(Opponent(name=name, kind=opponent_kind(name), phone=phone) for name in names)


def _narrative(said: Mapping[str, str]) -> str:
    told, asked, remark = (said.get(name, "") for name in ("narrative", "request", "remark"))
    parts = [told or asked]
    if told and asked and asked != told:
        parts.append(f"诉求：{asked}")
    if remark:
        parts.append(f"备注：{remark}")
    return "\n".join(filter(None, parts))


def _moment(said: Mapping[str, str], now: datetime, problems: list[Problem]) -> tuple[datetime | None, str]:
    """When the visitor came, and the same as stated, for comparing."""
    day, at = said.get("received_on", ""), said.get("received_at", "")
    text = f"{day} {at}" if day and is_time(at) else at or day
    if not text:
        return None, ""
    read = read_moment(text)
    if read is None:
        problems.append(
            Problem(
                "received_at",
                f"来访时间“{clean_line(text)[:30]}”看不懂，请写作 2024-09-20 或 2024-09-20 10:30。",
            )
        )
        return None, text
    if isinstance(read, datetime):
        aware = read if read.tzinfo else read.replace(tzinfo=now.tzinfo)
        return aware, aware.isoformat()
    opening = datetime(read.year, read.month, read.day, OPENING_HOUR, tzinfo=now.tzinfo)
    return (min(opening, now) if read == now.date() else opening), read.isoformat()


# --- what single cells mean --------------------------------------------------------------------------------------


def split_parties(text: str) -> tuple[str, ...]:
    """Both sides of a dispute, the first one first: 张三与李四, 张三和李四, 张三诉某公司."""
    said = clean_line(text)
    sides = [side for side in (part.strip() for part in _BETWEEN_PARTIES.split(said)) if side]
    if len(sides) == 1 and "和" in said[2:]:
        place = said.index("和", 2)
        if len(said) - place > 2:
            sides = [said[:place].strip(), said[place + 1 :].strip()]
    return tuple(sides)


def opponent_kind(name: str) -> str:
    """What the other side is, going by its name: organ, company, or person."""
    if name.endswith(_ORGANS):
        return "organ"
    return "company" if name.endswith(_COMPANIES) else "person"


def find_place(text: str, reference: Reference) -> tuple[Division | None, Division | None]:
    """Township and village named in full inside a longer text: 清苑区冉庄镇东孟庄村12号."""
    said = search_key(text)
    for town in reference.townships:
        name = search_key(town.name)
        if name in said:
            after = said[said.index(name) + len(name) :]
            return town, _village_in(after, reference.villages(town.code))
    return None, None


def _village_in(said: str, villages: Iterable[Division]) -> Division | None:
    spelled = [
        (search_key(spelling), village)
        for village in villages
        for spelling in (village.name, village.short_name, *village.aliases)
    ]
    named = [(spelling, village) for spelling, village in spelled if len(spelling) > 1 and spelling in said]
    return max(named, key=lambda pair: len(pair[0]))[1] if named else None


def _only_township_with(village: str, reference: Reference) -> Division | None:
    towns = [town for town in reference.townships if reference.village(town.code, village)]
    return towns[0] if len(towns) == 1 else None


def _narrow(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", clean_line(text)))
