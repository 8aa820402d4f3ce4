"""What can be wrong with a line of `clerk`, made from the fields of its form: (changed keys, what the answer must say)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from qingyuan_desk.clerk.forms import CODES, keys, must_have
from qingyuan_desk.domain.handling.asking import Ask
from qingyuan_desk.domain.outreach import ContactPoint

Wrong = tuple[dict[str, Any], str]

#: Days and moments at which something was done, which no rule lets lie ahead.
_DONE = frozenset(
    [
        "on",
        "applied_on",
        "signed_on",
        "sealed_on",
        "effective_on",
        "done_on",
        "started_at",
        "ended_at",
        "called_at",
        "arrived_at",
        "Reach.at",
    ]
)
_PARTIES = frozenset(["record_id", "party", "present", "signed", "payer", "payee"])
_RECORDS = frozenset(["session", "instalment", "follow_up"])
#: Texts that must fit a line of a paper.
_SHORT = frozenset(
    ["name", "ethnic", "occupation", "id_number", "phone", "address", "representative", "agent", "place", "link",
     "recorder", "visitor", "filer", "approver", "asked", "court", "document", "reported_to", "proof"]
)  # fmt: skip
#: Kinds of questions that name a row of the office's tables.
_ROWS = frozenset(["unit", "units", "category", "flow", "room", "dispute_type", "crowd", "paths"])
_TEXTS: tuple[Any, ...] = (7, 1.5, True, {"文字": 1}, [["甲"]])


def of_line(used: str) -> Iterator[Wrong]:
    """What can be wrong with any line. used: a request id of another operation."""
    yield {"request_id": used}, "已经用在别的操作上"
    yield {"actor": "nobody"}, "没有“nobody”这个账号"
    yield {"没有的": 1}, "没有“没有的”这一项"


def of_matter() -> Iterator[Wrong]:
    """What can be wrong with the number of a matter."""
    yield {"matter": "清事〔2024〕0777号"}, "没有找到"
    yield {"matter": None}, "缺少 matter"
    yield {"matter": 1}, "matter 应是文字"
    yield {"matter": "随便"}, "没有找到"


def of_form(kind: type, good: dict[str, Any], strangers: int = 0) -> Iterator[Wrong]:
    """What can be wrong with each key of a form. strangers: record id of a party of another matter."""
    hints = get_type_hints(kind)
    for each in fields(kind):
        if each.name not in keys(kind):
            continue
        name, hint, given = each.name, _given(hints[each.name]), good.get(each.name)
        ask = each.metadata.get("ask")
        if must_have(each, hints[name]) and not good.get("record_id"):
            yield {name: None}, "缺少"
        if get_origin(hint) is tuple:
            hint, before = get_args(hint)[0], list(given or [])[1:]
            first = (given or [{}])[0]
            wrong = [
                ([value, *before], reason)
                for value, reason in _of_value(kind, name, hint, first, strangers, ask)
            ]
        else:
            wrong = list(_of_value(kind, name, hint, given, strangers, ask))
        yield from [({name: value}, reason) for value, reason in wrong]


def _given(hint: Any) -> Any:
    """The type of a field that is not None."""
    kinds = get_args(hint)
    return next(each for each in kinds if each is not NoneType) if NoneType in kinds else hint


def _of_value(
    kind: type, name: str, hint: Any, given: Any, strangers: int, ask: Ask | None = None
) -> Iterator[tuple[Any, str]]:
    if ask and ask.table is not None:
        yield "没有的", "没有“没有的”这一项。可选："
        yield from [(value, "应是文字") for value in (7, True, {"文字": 1})]
    elif ask and ask.kind in ("sending", "watch", "urge", "referral"):
        yield from [
            (value, "应是本案的一项记录")
            for value in (999_999, True, 1.5, "第9次", "清转〔2024〕7777号", {"第": 1})
        ]
    elif ask and ask.kind in _ROWS:
        yield from [("没有的", "没有“没有的”这个"), (7, "应是文字"), (True, "应是文字")]
    elif get_origin(hint) is Mapping:
        yield from [(value, "应是一个 JSON 对象") for value in (7, "文字", ["甲"])]
        yield {"甲": 7}, "应是文字"
    elif is_dataclass(hint):
        yield from [(value, name) for value in (7, "文字", True)]
        known = given or {}
        yield {**known, "没有的": 1}, "没有“没有的”这一项"
        if known:
            yield from [({**known, **wrong}, reason) for wrong, reason in of_form(hint, known, strangers)]
    elif ask is None and (f"{kind.__name__}.{name}" in CODES or name in CODES):
        yield "没有的", "没有“没有的”这一项。可选："
        yield from [(value, "应是文字") for value in (7, True, {"文字": 1})]
    elif name in _PARTIES and kind is not ContactPoint:
        yield from [
            (value, "本案当事人")
            for value in ("没有的人", 999_999, strangers, True, 1.5, {"姓名": 1}, "申请人9")
        ]
    elif name in _RECORDS:
        yield from [
            (value, "应是本案的一项记录")
            for value in (999_999, True, 1.5, "第9次", "第0次", "第一次", {"第": 1})
        ]
    elif name == "file":
        yield from [
            ("", "文件的路径"),
            ("a\x00b", "文件的路径"),
            ("\ud800", "文件的路径"),
            ("没有.pdf", "读不出来"),
            (7, "应是文字"),
        ]
    elif f"{kind.__name__}.{name}" == "Attach.subject":
        yield from [(value, "本案") for value in ("没有的人", "第9期", 999_999, True, 1.5, {"姓名": 1})]
    elif name in ("mediator", "mediators"):
        yield from [("没有的人", "名册里"), (7, "应是文字"), (True, "应是文字"), ("M04;DROP", "名册里")]
    elif name == "amount":
        yield from [
            (value, "应是以元计的金额") for value in ("三千", -1, "0.001", 1e30, True, {"元": 1}, "", 10**25)
        ]
    elif name in ("room", "township", "village"):
        yield from [("没有的", "没有“没有的”这个"), (7, "应是文字"), (True, "应是文字")]
    elif name == "birth_date" or hint is date:
        yield from [
            (day, "应是日期")
            for day in ("昨天", 20240920, "2024-02-30", "9999-12-31", "0001-01-01", True, "")
        ]
    elif hint is datetime:
        yield from [
            (moment, "应是日期和时间")
            for moment in (
                "昨天",
                45292,
                "2024-09-20",
                "2024-02-30T09:00",
                "9999-12-31T23:59:59-12:00",
                True,
                "",
            )
        ]
    elif hint is bool:
        yield from [(value, "应是 true 或者 false") for value in ("true", 1, "是", {"是": True})]
    elif hint is float:
        yield from [(value, "应是数字") for value in ("3", -1, 1e30, True, {"时": 1})]
    elif hint is int:
        yield from [(value, "应是整数") for value in ("3", 1.5, -1, 10**12, True, {"人": 1})]
    else:
        assert hint is str, (kind, name, hint)
        yield from [(value, "应是文字") for value in _TEXTS]
        yield "长" * 5001, "最多"
    if name in _SHORT and (ask is None or ask.kind == "line"):
        yield "长" * 201, "最多"
    if name in _DONE or f"{kind.__name__}.{name}" in _DONE:
        yield (
            "2030-01-01T09:00" if hint is datetime else "2030-01-01",
            "不能晚于" if name != "ended_at" else "不晚于现在",
        )
