"""Sums of money: whole fen (分) inside, as people write them, as papers write them, and in capitals (大写)."""

from __future__ import annotations

import re
import unicodedata

#: More than this is a slip of the hand: a hundred billion yuan, in fen.
MOST = 10_000_000_000_000

_SUM = re.compile(
    r"(?:人民币)?[¥￥]?([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{1,4}))?(亿|万|千|百)?元?整?"
)
_TIMES = {None: 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def read(text: str) -> int | None:
    """Fen of a sum as people write it: 3500 · 3,500.50 · ￥3500元 · 1.2万; None for anything else, and for parts of a fen."""
    tight = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    match = _SUM.fullmatch(tight)
    if match is None:
        return None
    whole, rest, unit = match[1].replace(",", ""), match[2] or "", match[3]
    fen, odd = divmod(int(whole + rest.ljust(4, "0")) * _TIMES[unit], 100)
    return None if odd or fen > MOST else fen


def words(fen: int) -> str:
    """A sum with figures: 3,500元 · 3,500.50元."""
    yuan, rest = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{yuan:,}元" if rest == 0 else f"{sign}{yuan:,}.{rest:02d}元"


def in_full(fen: int) -> str:
    """A sum in capitals, as agreements and receipts write it: 叁仟伍佰元整 · 壹万零叁元伍角."""
    if fen < 0:
        raise ValueError("a sum in capitals is never negative")
    yuan, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    said = f"{_whole(yuan)}元" if yuan else ""
    if not rest:
        return f"{said or '零元'}整"
    if jiao:
        said += f"{_DIGITS[jiao]}角"
    elif yuan:
        said += "零"
    return said + (f"{_DIGITS[cent]}分" if cent else "")


def _whole(yuan: int) -> str:
    """A whole number in capitals; several noughts in a row are read once."""
    groups = []
    while yuan:
        yuan, group = divmod(yuan, 10_000)
        groups.append(group)
    said = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            gap = bool(said) and (group < 1000 or groups[place + 1] == 0)
            said += ("零" if gap else "") + _four(group) + _GROUPS[place]
    return said


def _four(number: int) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + _PLACES[place]
        gap = digit == 0
    return said
