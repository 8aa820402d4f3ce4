"""Finding names by the letters people type: initials in every reading of a character, and whole syllables.

A surname is read as a surname first (单 shan, 仇 qiu); the other readings are indexed too.
"""

from __future__ import annotations

import unicodedata

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
    """Load the dictionary now (about 0.2 s), so that the first search does not wait for it."""
    _dictionary_readings("清")


def _extended(spelled: list[tuple[str, int]], letters: list[str]) -> list[tuple[str, int]]:
    """Every spelling so far with every letter; those with the fewest unlikely readings stay."""
    longer = [
        (text + letter, unlikely + (place > 0))
        for text, unlikely in spelled
        for place, letter in enumerate(letters)
    ]
    return sorted(longer, key=lambda spelling: spelling[1])[:MOST]


def _readings(name: str) -> list[list[str]]:
    """For each character of the name its readings, likeliest first."""
    known: list[str] = []
    if is_compound(name):
        known = list(COMPOUND[name[:2]])
    elif name and name[0] in READINGS:
        known = [READINGS[name[0]]]
    found = []
    for place, character in enumerate(name):
        first = known[place : place + 1]
        found.append(list(dict.fromkeys([*first, *_character_readings(character)])))
    return found


def _character_readings(character: str) -> list[str]:
    if character.isascii():
        return [character] if character.isalnum() else []
    return _dictionary_readings(character)


def _dictionary_readings(character: str) -> list[str]:
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return [reading for reading in found[0] if reading.isascii() and reading.isalpha()] if found else []


def _plain(name: str) -> str:
    """Lower case, accents off Latin letters, simplified."""
    decomposed = unicodedata.normalize("NFKD", clean_line(name).casefold())
    return simplified("".join(character for character in decomposed if not unicodedata.combining(character)))
