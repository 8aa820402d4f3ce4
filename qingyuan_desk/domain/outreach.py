"""普法 outside the house: the log of 法律十进 in 次, 人次, 份, and the contact points of legal aid (法律援助联络点)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qingyuan_desk.domain.checks import choice, text
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.handling.codes import OUTREACH
from qingyuan_desk.domain.identity import read_phone
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.text import clean_line, clean_text

#: What is counted of an activity: field → its name and unit. 人次: heads, each time anew.
COUNTS: Mapping[str, tuple[str, str]] = {
    "times": ("活动", "次"),
    "people": ("受众", "人次"),
    "papers": ("发放资料", "份"),
    "lawyers": ("律师", "人次"),
    "officers": ("政法干警", "人次"),
    "volunteers": ("志愿者", "人次"),
}
#: Most of one count in one activity.
_MOST = 999_999
#: Kinds of contact points: 《法律援助法》第十三条; 新就业形态; 政法单位包联学校.
CONTACT_KINDS: Mapping[str, str] = {
    "aid": "法律援助联络点",
    "riders": "新就业形态劳动者法律援助联络站",
    "school": "包联学校（法治副校长）",
}


@dataclass(frozen=True)
class Activity:
    """One activity, or several alike on a day (times). target: of OUTREACH. unit: who held it, in words.

    township: code, or "". cancelled: why it was taken back, or "".
    """

    on: date | None = None
    target: str = ""
    place: str = ""
    topic: str = ""
    times: int = 1
    people: int = 0
    papers: int = 0
    lawyers: int = 0
    officers: int = 0
    volunteers: int = 0
    unit: str = ""
    township: str = ""
    note: str = ""
    record_id: int = 0
    actor: str = ""
    cancelled: str = ""


@dataclass(frozen=True)
class ContactPoint:
    """A place where people outside the centre reach legal aid. keeper: 负责人; lawyer: who is assigned to it (包联).

    closed_on: since when it is no more; None while it is.
    """

    kind: str = "aid"
    name: str = ""
    township: str = ""
    address: str = ""
    keeper: str = ""
    phone: str = ""
    lawyer: str = ""
    hours: str = ""
    since: date | None = None
    closed_on: date | None = None
    note: str = ""
    record_id: int = 0


@dataclass(frozen=True)
class Totals:
    """Sums of activities, by the names of COUNTS."""

    times: int = 0
    people: int = 0
    papers: int = 0
    lawyers: int = 0
    officers: int = 0
    volunteers: int = 0


@dataclass(frozen=True)
class OutreachMonth:
    """The activities of a period with their sums: by target, all ten in order, and in all."""

    first: date
    last: date
    activities: tuple[Activity, ...]
    by_target: Mapping[str, Totals]
    total: Totals

    @property
    def sentence(self) -> str:
        """The period in official style, as a bulletin says it."""
        if not self.total.times:
            return "本期没有登记“法律十进”活动。"
        said = "、".join(
            f"{'参与' if name in _TAKING_PART else ''}{label} {count} {unit}"
            for name, (label, unit) in COUNTS.items()
            if (count := getattr(self.total, name))
        )
        places = "、".join(OUTREACH[code] for code, sums in self.by_target.items() if sums.times)
        return f"开展“法律十进”{said}，走进{places}。"


_TAKING_PART = frozenset({"lawyers", "officers", "volunteers"})


def summed(first: date, last: date, activities: Sequence[Activity]) -> OutreachMonth:
    """A period's sums; what was taken back is listed and not counted."""
    counted = [each for each in activities if not each.cancelled]
    return OutreachMonth(
        first,
        last,
        tuple(activities),
        {code: _sums(each for each in counted if each.target == code) for code in OUTREACH},
        _sums(counted),
    )


def _sums(activities: Iterable[Activity]) -> Totals:
    found = list(activities)
    return Totals(**{name: sum(getattr(each, name) for each in found) for name in COUNTS})


# --- what is filled in -----------------------------------------------------------------------------------------------


def cleaned(activity: Activity) -> Activity:
    """An activity fit to keep."""
    said: dict[str, Any] = {
        name: clean_line(getattr(activity, name)) for name in ("target", "place", "topic", "unit", "township")
    }
    return replace(activity, **said, note=clean_text(activity.note))


def check(activity: Activity, today: date, reference: Reference) -> Iterable[Problem]:
    """What is wrong with an activity."""
    yield from choice("target", "走进哪里", activity.target, OUTREACH)
    if activity.on is None:
        yield Problem("on", "请填写活动日期。")
    elif activity.on > today:
        yield Problem("on", f"活动日期不能晚于今天（{today:%Y-%m-%d}）。")
    yield from text("place", "地点", activity.place, "address")
    yield from text("topic", "主题", activity.topic, "title")
    yield from text("unit", "举办单位", activity.unit, "title", needed=False)
    yield from text("note", "备注", activity.note, "remark", needed=False)
    if activity.township and reference.township(activity.township) is None:
        yield Problem("township", f"没有“{activity.township}”这个乡镇，请从列表中选；区外的写在地点里。")
    for name, (label, unit) in COUNTS.items():
        count = getattr(activity, name)
        least = 1 if name == "times" else 0
        if not least <= count <= _MOST:
            yield Problem(name, f"{label}填 {least} 到 {_MOST} 的整数（{unit}）。")


def cleaned_contact(point: ContactPoint) -> ContactPoint:
    """A contact point fit to keep."""
    names = ("kind", "name", "township", "address", "keeper", "phone", "lawyer", "hours")
    said: dict[str, Any] = {name: clean_line(getattr(point, name)) for name in names}
    return replace(point, **{**said, "phone": read_phone(said["phone"]).text}, note=clean_text(point.note))


def check_contact(point: ContactPoint, today: date, reference: Reference) -> Iterable[Problem]:
    """What is wrong with a contact point."""
    yield from choice("kind", "种类", point.kind, CONTACT_KINDS)
    yield from text("name", "名称", point.name, "title")
    yield from text("address", "地址", point.address, "address", needed=False)
    for name, label in (("keeper", "负责人"), ("lawyer", "包联人员"), ("hours", "时间")):
        yield from text(name, label, getattr(point, name), "title", needed=False)
    yield from text("note", "备注", point.note, "remark", needed=False)
    yield from read_phone(point.phone).problems
    if point.township and reference.township(point.township) is None:
        yield Problem("township", f"没有“{point.township}”这个乡镇，请从列表中选。")
    if point.since and point.since > today:
        yield Problem("since", f"设立日期不能晚于今天（{today:%Y-%m-%d}）。")
    if point.since and point.closed_on and point.closed_on < point.since:
        yield Problem("closed_on", f"撤销日期不能早于设立日期（{point.since:%Y-%m-%d}）。")


# --- as a sheet --------------------------------------------------------------------------------------------------


def grids(month: OutreachMonth, points: Sequence[ContactPoint], reference: Reference) -> tuple[Grid, ...]:
    """The log, its sums by target, and the contact points, a sheet each."""
    counts = tuple(f"{label}（{unit}）" for label, unit in COUNTS.values())
    log = tuple(
        (
            f"{each.on:%Y-%m-%d}" if each.on else "",
            OUTREACH[each.target],
            reference.place(each.township),
            each.place,
            each.topic,
            each.unit,
            *_numbers(each),
            each.note,
            f"已撤回：{each.cancelled}" if each.cancelled else "",
        )
        for each in month.activities
    )
    sums = tuple((OUTREACH[code], *_numbers(total)) for code, total in month.by_target.items())
    return (
        Grid("法律十进", ("日期", "走进", "乡镇", "地点", "主题", "举办单位", *counts, "备注", "撤回"), log),
        Grid("合计", ("走进", *counts), (*sums, ("合计", *_numbers(month.total)))),
        Grid(
            "联络点",
            (
                "种类",
                "名称",
                "乡镇",
                "地址",
                "负责人",
                "电话",
                "包联人员",
                "时间",
                "设立日期",
                "撤销日期",
                "备注",
            ),
            tuple(_contact_row(each, reference) for each in points),
        ),
    )


def _numbers(counted: Activity | Totals) -> tuple[str, ...]:
    return tuple(str(getattr(counted, name)) for name in COUNTS)


def _contact_row(point: ContactPoint, reference: Reference) -> tuple[str, ...]:
    return (
        CONTACT_KINDS[point.kind],
        point.name,
        reference.place(point.township),
        point.address,
        point.keeper,
        point.phone,
        point.lawyer,
        point.hours,
        *(f"{day:%Y-%m-%d}" if day else "" for day in (point.since, point.closed_on)),
        point.note,
    )
