"""Masking: what may stand on a list or a slip that others see."""

from __future__ import annotations

import re
from itertools import count

from qingyuan_desk.domain.simplified import simplified
from qingyuan_desk.domain.surnames import is_compound
from qingyuan_desk.domain.text import has_han

#: Not a name, so there is nothing to hide.
NO_NAME = frozenset({"匿名", "不详", "未知"})
_WORDS = re.compile(r"[^\s·•.・‧]+")
_LANDLINE = re.compile(r"(0\d{2,3}-)?(\d{4,5})(\d{3})(-\d{1,6})?")
_MOBILE = re.compile(r"(1\d{2})(\d{4})(\d{4})")
_ABROAD = re.compile(r"(\+\d{2})(\d+)(\d{3})")


def mask_name(name: str) -> str:
    """张三 → 张*, 欧阳娜娜 → 欧阳**, 阿依古丽·买买提 → 阿***·***, John Smith → J*** S****; one character → *."""
    if name in NO_NAME:
        return name
    han = has_han(name)
    place = count()
    return _WORDS.sub(lambda word: _masked_word(word[0], not han or next(place) == 0), _tight(name))


def mask_id(number: str) -> str:
    """130608199001011234 → 130608********1234; numbers of fewer than fifteen characters are hidden whole."""
    if len(number) < 15:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def mask_phone(text: str) -> str:
    """13812345678 → 138****5678, 0312-7951234 → 0312-****234; several numbers each; anything else hidden whole."""
    return "/".join(_masked_phone(number) for number in text.split("/"))


def _tight(name: str) -> str:
    """A Chinese name without the spaces that align it in a list: 张 三."""
    return re.sub(r"\s", "", name) if has_han(name) and not re.search("[A-Za-z]", name) else name


def _surname_length(name: str) -> int:
    return 2 if is_compound(simplified(name)) else 1


def _masked_word(word: str, keeps_start: bool) -> str:
    kept = _surname_length(word) if keeps_start and len(word) > 1 else 0
    return word[:kept] + "*" * (len(word) - kept)


def _masked_phone(number: str) -> str:
    if match := _MOBILE.fullmatch(number):
        return f"{match[1]}****{match[3]}"
    if match := _LANDLINE.fullmatch(number):
        return f"{match[1] or ''}{'*' * len(match[2])}{match[3]}{'-***' if match[4] else ''}"
    if match := _ABROAD.fullmatch(number):
        return f"{match[1]}{'*' * len(match[2])}{match[3]}"
    return "*" * len(number)
