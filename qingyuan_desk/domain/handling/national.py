"""Petitions under the field names of the national petition system (全国信访信息系统), for keying them in there again.

One row a registration (件次): the same matter brought again is another one, tied to it by 关联信访事项编号. What this desk does
not keep is left empty; what nobody has found out (未核实) too. Names and numbers are whole: sealed matters must not come here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qingyuan_desk.domain import flows
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.codes import (
    CHANNELS,
    MODES,
    OUTCOMES,
    PURPOSES,
    REVIEWS,
    SATISFACTIONS,
    URGES,
)
from qingyuan_desk.domain.handling.records import Opinion, Sending, Urge
from qingyuan_desk.domain.identity import ID_TYPES, SEXES
from qingyuan_desk.domain.matter import VisitView
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.visit import GROUP_SIZE, Person

SCHEMA = "qingyuan-desk/national"
_MOBILE = re.compile(r"1\d{10}")
_LITIGATION = "litigation_matter"


@dataclass(frozen=True)
class Registration:
    """A visit of a petition with its matter. files: titles of what is attached."""

    case: Handled
    visit: VisitView


@dataclass(frozen=True)
class Sheet:
    """What the rows are made with: the office's name and tables, and the day."""

    office: str
    reference: Reference
    today: date
    training: bool = False


def grids(entries: Sequence[Registration], sheet: Sheet) -> tuple[Grid, Grid]:
    """Two sheets of text: 信访件, 信访人."""
    mark = "（演练数据）" if sheet.training else ""
    people = [
        (entry.visit.number, *row.values())
        for entry in entries
        for row in _people(entry.visit.persons, sheet)
    ]
    return (
        Grid(f"信访件{mark}", tuple(FIELDS), tuple(tuple(_row(each, sheet).values()) for each in entries)),
        Grid(f"信访人{mark}", ("信访件编号", *PERSON_FIELDS), tuple(people)),
    )


def as_json(
    entries: Sequence[Registration], sheet: Sheet, first: date, last: date, made_at: datetime
) -> bytes:
    """The same as one JSON object: field name → text, the petitioners of each under 信访人."""
    told = {
        "schema": SCHEMA,
        "version": 1,
        "office": sheet.office,
        "training": sheet.training,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "made_at": made_at.isoformat(timespec="seconds"),
        "信访件": [
            {**_row(each, sheet), "信访人": list(_people(each.visit.persons, sheet))} for each in entries
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _row(entry: Registration, sheet: Sheet) -> dict[str, str]:
    return {name: field(entry, sheet) for name, field in FIELDS.items()}


def _people(persons: Iterable[Person], sheet: Sheet) -> Iterable[dict[str, str]]:
    for person in persons:
        yield {name: field(person, sheet) for name, field in PERSON_FIELDS.items()}


# --- how a field is told -------------------------------------------------------------------------------------------


def _unknown(entry: object, sheet: Sheet) -> str:
    """Not kept here."""
    return ""


def _yes(found: object) -> str:
    return "是" if found else "否"


def _checked(code: str) -> str:
    """是, 否, or nothing where nobody found out."""
    return {"yes": "是", "no": "否"}.get(code, "")


def _on(day: date | None) -> str:
    return day.isoformat() if day else ""


def _name(row: object) -> str:
    return str(getattr(row, "name", ""))


def _sent(case: Handled) -> Sending | None:
    """The last sending that was no call for support."""
    return next((each for each in reversed(case.sendings) if each.mode != "support"), None)


def _opinion(case: Handled, level: int) -> Opinion | None:
    return next((each for each in reversed(case.opinions) if each.level == level), None)


def _reviewed(case: Handled, level: int) -> str:
    found = _opinion(case, level)
    if found is None:
        return ""
    said = OUTCOMES.get(found.outcome) or REVIEWS.get(found.outcome, "办理中")
    return "，".join(filter(None, [found.organ, found.number, said, _on(found.signed_on)]))


def _flagged(case: Handled, kind: str, today: date) -> bool:
    """Whether a flag stands: set, not lifted, not run out."""
    return any(each.kind == kind and each.lifted_on is None and each.until >= today for each in case.watches)


def _urges(case: Handled, kinds: frozenset[str]) -> list[Urge]:
    return [each for each in case.urges if each.kind in kinds and each.cancelled_on is None]


def _urged(case: Handled, kinds: frozenset[str]) -> str:
    return "；".join(f"{_on(each.sent_on)} {URGES[each.kind]} {each.number}" for each in _urges(case, kinds))


def _urge_state(case: Handled, kinds: frozenset[str]) -> str:
    found = _urges(case, kinds)
    if not found:
        return ""
    return "已回复" if all(each.replied_on for each in found) else "未回复"


def _late(case: Handled, today: date) -> str:
    """Whether the opinion came, or is, behind the last day; nothing where no limit runs."""
    last, opinion = case.classified.finish_on, _opinion(case, 1)
    if last is None:
        return ""
    done = opinion.signed_on if opinion else None
    return _yes((done or (case.ending.on if case.ending else today)) > last)


def _rated(case: Handled, what: str) -> str:
    found = [each for each in case.ratings if each.by == "visitor" and each.rated == what]
    return SATISFACTIONS[found[-1].satisfaction] if found else "未评价"


def _closed(case: Handled) -> bool:
    return case.state == "closed"


def _ended(case: Handled) -> str:
    return _on(case.ending.on) if case.ending else ""


_REMIND, _CARDS = frozenset({"remind"}), frozenset({"yellow", "red"})

_Field = Callable[[Registration, Sheet], str]

#: The fields of 信访件, in the order of the national system.
FIELDS: Mapping[str, _Field] = {
    "信访件编号": lambda e, s: e.visit.number,
    "标题": lambda e, s: e.case.title,
    "概况": lambda e, s: e.case.narrative,
    "信访人诉求": lambda e, s: e.visit.narrative,
    "信访形式": lambda e, s: CHANNELS.get(e.case.classified.channel, ""),
    "来信形式": _unknown,
    "信访日期": lambda e, s: e.visit.received_at.date().isoformat(),
    "登记时间": lambda e, s: f"{e.visit.received_at:%Y-%m-%d %H:%M}",
    "登记人": lambda e, s: e.visit.registered_by,
    "登记部门": _unknown,
    "登记单位": lambda e, s: s.office,
    "接谈人": lambda e, s: e.visit.registered_by,
    "接谈部门": lambda e, s: _name(s.reference.room(e.visit.room)),
    "接谈单位": lambda e, s: s.office,
    "人数": lambda e, s: str(e.visit.headcount),
    "涉及人数": lambda e, s: str(e.case.headcount),
    "内容分类": lambda e, s: e.case.classified.content,
    "行业内容分类": lambda e, s: _name(s.reference.duty(e.case.matter_kind)),
    "热点问题": _unknown,
    "信访目的": lambda e, s: PURPOSES.get(e.case.classified.purpose, ""),
    "产生信访原因": lambda e, s: e.case.classified.cause,
    "问题属地": lambda e, s: s.reference.place(e.case.township, e.case.village),
    "问题属地代码": lambda e, s: e.case.village or e.case.township,
    "受信人": _unknown,
    "密级": _unknown,
    "是否保密": lambda e, s: _yes(e.case.sealed),
    "保密人": _unknown,
    "附件": lambda e, s: "、".join(each.title for each in e.case.attachments if not each.removed),
    "首次信访标志": lambda e, s: _yes(e.visit.ordinal == 1),
    "全国初次": lambda e, s: _checked(e.case.classified.first_national),
    "登记机构初次": lambda e, s: _checked(e.case.classified.first_office),
    "（按信访形式）初次": lambda e, s: _checked(e.case.classified.first_channel),
    "越级标志": lambda e, s: _yes(e.case.classified.cross_level or "cross_level" in e.case.flags),
    "联名信或集体访": lambda e, s: _yes(e.case.classified.joint or e.visit.headcount >= GROUP_SIZE),
    "匿名标志": lambda e, s: _yes(e.case.classified.anonymous),
    "紧急标志": lambda e, s: _yes("urgent" in e.case.flags),
    "扬言标志": lambda e, s: _yes("threat" in e.case.flags or _flagged(e.case, "threat", s.today)),
    "涉法涉诉标志": lambda e, s: _yes(e.case.category == _LITIGATION or e.case.node == "guided"),
    "积案标志": lambda e, s: _yes(_flagged(e.case, "backlog", s.today)),
    "积案结案": lambda e, s: _yes(_closed(e.case)) if _flagged(e.case, "backlog", s.today) else "",
    "三跨三分离标志": _unknown,
    "是否依法分类处理": lambda e, s: _yes(e.case.classified.way not in ("", "opinion")),
    "是否法院已受理": lambda e, s: _checked(e.case.classified.court),
    "是否已经行政复议": lambda e, s: _checked(e.case.classified.reconsidered),
    "是否仲裁机构已受理": lambda e, s: _checked(e.case.classified.arbitrated),
    "是否有复查复核意见书": lambda e, s: _checked(e.case.classified.opinion),
    "是否有进京访风险": lambda e, s: _yes(_flagged(e.case, "beijing_risk", s.today)),
    "重点人员标志": lambda e, s: _yes(_flagged(e.case, "key_person", s.today)),
    "实体受理标志": lambda e, s: _yes(e.case.classified.accepted_on),
    "回访标志": _unknown,
    "是否超期": lambda e, s: _late(e.case, s.today),
    "是否归档": _unknown,
    "抽查标志": _unknown,
    "办理程序": lambda e, s: flows.node_name(e.case.flow, e.case.node),
    "最后一次办理方式": lambda e, s: MODES.get(getattr(_sent(e.case), "mode", ""), ""),
    "最后一次办理时间": lambda e, s: _on(getattr(_sent(e.case), "sent_on", None)),
    "最后一次办理去向": lambda e, s: _name(s.reference.unit(getattr(_sent(e.case), "unit", ""))),
    "转交责任单位日期": lambda e, s: _on(getattr(_sent(e.case), "received_on", None)),
    "作出受理意见日期": lambda e, s: _on(e.case.classified.accepted_on or e.case.classified.refused_on),
    "作出处理意见日期": lambda e, s: _on(getattr(_opinion(e.case, 1), "signed_on", None)),
    "限办时间": lambda e, s: _on(getattr(_sent(e.case), "limit_on", None)),
    "限期答复时间": lambda e, s: _on(e.case.classified.finish_on),
    "催办记录": lambda e, s: _urged(e.case, _REMIND),
    "催办状态": lambda e, s: _urge_state(e.case, _REMIND),
    "批示记录": _unknown,
    "督办状态": lambda e, s: _urge_state(e.case, _CARDS),
    "督查登记": lambda e, s: _urged(e.case, _CARDS),
    "复查情况": lambda e, s: _reviewed(e.case, 2),
    "复核情况": lambda e, s: _reviewed(e.case, 3),
    "办结标志": lambda e, s: _yes(_closed(e.case)),
    "办结时间": lambda e, s: _ended(e.case),
    "终结备案": lambda e, s: _yes(e.case.node == "rechecked"),
    "查询码": lambda e, s: e.visit.number,
    "查询码状态": lambda e, s: "已告知" if e.case.classified.query_told_on else "未告知",
    "查询码告知日期": lambda e, s: _on(e.case.classified.query_told_on),
    "合并件编号": _unknown,
    "关联信访事项编号": lambda e, s: e.case.number,
    "信访部门评价状态": lambda e, s: _rated(e.case, "desk"),
    "责任单位评价状态": lambda e, s: _rated(e.case, "unit"),
    "是否可再评价": _unknown,
    "核查/核实单": _unknown,
}


def _phones(person: Person, mobile: bool) -> str:
    return "/".join(
        each for each in person.phone.split("/") if each and bool(_MOBILE.fullmatch(each)) == mobile
    )


#: The fields of 信访人.
PERSON_FIELDS: Mapping[str, Callable[[Person, Sheet], str]] = {
    "姓名": lambda p, s: p.name,
    "性别": lambda p, s: SEXES.get(p.sex, ""),
    "民族": _unknown,
    "出生日期": lambda p, s: p.birth_date,
    "证件类型": lambda p, s: ID_TYPES.get(p.id_type, "") if p.id_number else "",
    "证件号码": lambda p, s: p.id_number,
    "手机": lambda p, s: _phones(p, True),
    "固话": lambda p, s: _phones(p, False),
    "户口所在地": _unknown,
    "户口所在地代码": _unknown,
    "常住地址": lambda p, s: s.reference.place(p.township, p.village) + p.address,
    "常住地址代码": lambda p, s: p.village or p.township,
    "通讯地址": _unknown,
    "工作单位": _unknown,
    "职业": _unknown,
    "政治身份": _unknown,
    "国籍或港澳台身份": _unknown,
    "电子邮件": _unknown,
}
