"""The clause library (常用条款): ready sentences with places to fill, and what a clause is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qingyuan_desk.domain.tables import Clause

_PLACE = re.compile(r"\{(\w+)\}")
#: What stands on paper where nothing was filled in yet; an agreement with it cannot be kept.
BLANK = "____"

#: What the places of a clause are called on screen.
PLACES: Mapping[str, str] = {
    "payer": "付款（履行）一方",
    "payee": "收款一方",
    "amount": "金额",
    "day": "日期",
    "first_day": "首期日期",
    "months": "期数",
    "each": "每期金额",
    "thing": "标的或者位置",
    "width": "尺寸",
    "account": "收款账户",
    "person": "姓名",
    "rate": "比例",
}


@dataclass(frozen=True)
class Topic:
    """What a clause is about. confirmable: whether a court may confirm it; article: why not."""

    name: str
    confirmable: bool = True
    article: str = ""


_NOT_ACCEPTED = "《最高人民法院关于适用〈民事诉讼法〉的解释》第三百五十五条"

TOPICS: Mapping[str, Topic] = {
    "payment": Topic("给付金钱"),
    "instalments": Topic("分期给付"),
    "act": Topic("作为或者不作为"),
    "support": Topic("赡养、抚养、扶养费用"),
    "boundary": Topic("相邻通行、排水、界址的约定"),
    "apology": Topic("赔礼道歉"),
    "status": Topic("婚姻、亲子、收养等身份关系", False, _NOT_ACCEPTED),
    "title": Topic("物权、知识产权的确权", False, _NOT_ACCEPTED),
}


def fill(text: str, values: Mapping[str, str]) -> str:
    """A clause with its places filled; those without a value stay visible as blanks."""
    return _PLACE.sub(lambda place: values.get(place[1], "") or BLANK, text)


def places(text: str) -> tuple[str, ...]:
    """The places of a clause, in order, each once."""
    return tuple(dict.fromkeys(_PLACE.findall(text)))


def suiting(clauses: Iterable[Clause], dispute_type: str) -> list[Clause]:
    """Clauses for a kind of dispute first, then those for every kind; the others are left out."""
    fitting = [each for each in clauses if not each.types or dispute_type in each.types]
    return sorted(fitting, key=lambda each: not each.types)
