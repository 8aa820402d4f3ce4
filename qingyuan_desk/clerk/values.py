"""Plain values of a line: texts, numbers, days, moments, sums, codes. Each is read or refused with a sentence that names its key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import NoneType
from typing import Any, get_args

from qingyuan_desk.domain import money
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.text import LIMITS, clean_line
from qingyuan_desk.domain.typed import code_of, quoted

#: Days and numbers outside of these are slips of the hand, and nothing could be reckoned with them.
_YEARS = range(1900, 2200)
_MOST = 10**9
#: What no path can hold.
_NO_FILE = re.compile("[\x00\ud800-\udfff]")


def is_number(given: Any) -> bool:
    """Whether it is a whole number; in JSON true is none."""
    return isinstance(given, int) and not isinstance(given, bool)


def text(where: str, given: Any) -> str:
    """A text, not longer than any text may be."""
    if not isinstance(given, str):
        raise wrong(where, f"{where} 应是文字。")
    if len(given) > LIMITS["narrative"]:
        raise wrong(where, f"{where} 最多 {LIMITS['narrative']} 个字，现有 {len(given)} 个字，请缩短。")
    return given


def texts(where: str, given: Any) -> Mapping[str, str]:
    """An object of texts."""
    if not isinstance(given, Mapping):
        raise wrong(where, f"{where} 应是一个 JSON 对象。")
    return {key: text(f"{where} 的 {key}", value) for key, value in given.items()}


def file(where: str, given: Any) -> str:
    """The path of a file."""
    if not text(where, given).strip() or _NO_FILE.search(given):
        raise wrong(where, f"{where} 应是文件的路径。")
    return str(given)


def whole(where: str, given: Any) -> int:
    """A whole number, not below 0."""
    if not is_number(given) or not 0 <= given <= _MOST:
        raise wrong(where, f"{where} 应是整数，从 0 到 {_MOST}。")
    return int(given)


def number(where: str, given: Any) -> float:
    """A number, not below 0."""
    if not (isinstance(given, float) or is_number(given)) or not 0 <= given <= _MOST:
        raise wrong(where, f"{where} 应是数字，从 0 到 {_MOST}。")
    return float(given)


def yes(where: str, given: Any) -> bool:
    """true or false."""
    if not isinstance(given, bool):
        raise wrong(where, f"{where} 应是 true 或者 false。")
    return given


def day(where: str, given: Any) -> date:
    """A day, as 2024-09-28."""
    try:
        day = date.fromisoformat(given)
    except (ValueError, TypeError):
        day = date.min
    if day.year not in _YEARS:
        raise wrong(where, f"{where} 应是日期，写作 2024-09-28 这样的形式。")
    return day


def moment(where: str, given: Any) -> datetime:
    """A moment in the office's zone; without a zone it is meant as the office's clock shows it."""
    try:
        moment = datetime.fromisoformat(given)
        has_time = len(given) > len("2024-09-28")
    except (ValueError, TypeError):
        moment, has_time = datetime.min, False
    if not has_time or moment.year not in _YEARS:
        raise wrong(where, f"{where} 应是日期和时间，写作 2024-09-28T09:30 这样的形式。")
    return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment.astimezone(SHANGHAI)


def yuan(where: str, given: Any) -> int:
    """A sum of money: yuan in a line, fen in a form."""
    said = str(given) if isinstance(given, int | float | str) and not isinstance(given, bool) else ""
    fen = money.read(said)
    if fen is None:
        raise wrong(where, f"{where} 应是以元计的金额，最多到分，写作 3500.50 这样的形式。")
    return fen


def code(where: str, given: Any, names: Mapping[str, str]) -> str:
    """A code of a table, by code or name."""
    said = text(where, given)
    code = code_of(names, said) if said else ""
    if code is None:
        known = "、".join(dict.fromkeys(name for code, name in names.items() if code))
        raise wrong(where, f"{where} 没有{named(said)}这一项。可选：{known}。")
    return code


PLAIN: Mapping[type, Callable[[str, Any], Any]] = {
    str: text,
    int: whole,
    float: number,
    bool: yes,
    date: day,
    datetime: moment,
}


def listed(given: Any) -> Iterable[Any]:
    """One thing is a list of it."""
    return given if isinstance(given, list) else [given]


def given_type(hint: Any) -> Any:
    """The type of a field that is not None."""
    kinds = get_args(hint)
    return next(each for each in kinds if each is not NoneType) if NoneType in kinds else hint


def named(given: Any) -> str:
    """What was given, as a refusal quotes it."""
    return quoted(clean_line(str(given))) if isinstance(given, str | int | float) else "这样的写法"


def wrong(where: str, sentence: str) -> Refused:
    """The refusal of a value."""
    return Refused.because(where, sentence)
