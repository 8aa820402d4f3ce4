"""Finding names by the letters people type: initials in every reading of a character, and whole syllables.

A surname is read as a surname first (单 shan, 仇 qiu); the other readings are indexed too.
"""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache

from qingyuan_desk.domain.simplified import simplified
from qingyuan_desk.domain.surnames import COMPOUND, READINGS, is_compound
from qingyuan_desk.domain.text import clean_line

#: Most spellings of one name's initials.
MOST = 16


def initials(name: str) -> tuple[str, ...]:
    """The initials of the whole name, most likely first, at most sixteen: 单雄信 → sxx, dxx, cxx.

    Latin letters and digits are kept; characters without a reading are skipped.
    """
    spelled = [("", 0)]
    for readings in _readings(_plain(name)):
        letters = list(dict.fromkeys(reading[0] for reading in readings if reading))
        if letters:
            spelled = _extended(spelled, letters)
    return tuple(dict.fromkeys(text for text, _ in spelled if text))


def syllables(name: str) -> str:
    """The whole name in letters without tones, first reading: 单雄信 → shanxiongxin, 吕 → lv."""
    return "".join(readings[0] for readings in _readings(_plain(name)) if readings)


def index_text(name: str) -> str:
    """What the store keeps for searching: all initials and the syllables, separated by spaces."""
    return " ".join(dict.fromkeys(part for part in (*initials(name), syllables(name)) if part))


def warm() -> None:
    """Load the dictionary now (some 50 ms), so that the first search does not wait for it."""
    _dictionary_readings("清")


def _extended(spelled: list[tuple[str, int]], letters: list[str]) -> list[tuple[str, int]]:
    """Every spelling so far with every letter; those with the fewest unlikely readings stay."""
    longer = [
        (text + letter, unlikely + (place > 0))
        for text, unlikely in spelled
        for place, letter in enumerate(letters)
    ]
    return sorted(longer, key=lambda spelling: spelling[1])[:MOST]


def _readings(name: str) -> list[tuple[str, ...]]:
    """For each character of the name its readings, likeliest first."""
    surname: tuple[str, ...] = ()
    if is_compound(name):
        surname = COMPOUND[name[:2]]
    elif name[:1] in READINGS:
        surname = (READINGS[name[0]],)
    found = [_character_readings(character) for character in name]
    for place, reading in enumerate(surname):
        found[place] = tuple(dict.fromkeys((reading, *found[place])))
    return found


def _character_readings(character: str) -> tuple[str, ...]:
    if character.isascii():
        return (character,) if character.isalnum() else ()
    return _dictionary_readings(character)


@lru_cache(maxsize=8192)
def _dictionary_readings(character: str) -> tuple[str, ...]:
    # The library's own switch: only single characters are looked up, and its phrases cost 90 ms and 50 MB.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(reading for reading in found[0] if reading.isascii() and reading.isalpha()) if found else ()


def _plain(name: str) -> str:
    """Lower case, accents off Latin letters, simplified."""
    decomposed = unicodedata.normalize("NFKD", clean_line(name)).casefold()
    return simplified("".join(character for character in decomposed if not unicodedata.combining(character)))
