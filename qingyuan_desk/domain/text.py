"""What people type, made fit to keep, and the key by which it is found again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from qingyuan_desk.domain.simplified import simplified

#: Most characters a field may hold after cleaning; the field's kind → characters.
LIMITS: Mapping[str, int] = {
    "name": 50,
    "phone": 60,
    "id_number": 30,
    "address": 200,
    "title": 100,
    "reason": 200,
    "search": 100,
    "remark": 1000,
    "narrative": 5000,
    "mediation": 20000,
}

_DOTS = dict.fromkeys(map(ord, "•.・‧∙⋅"), "·")
#: Breaks that separate lines; other controls (Cc) are dropped.
_BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
#: Invisible although Unicode does not call them format characters: grapheme joiner, fillers, empty Braille cell.
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
#: Variation selectors pick a glyph; they are kept but do not count when searching.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: A line break pasted into the middle of Chinese text separates nothing.
_BREAK_IN_HAN = re.compile(rf"(?<=[{_HAN}])\s*[\n\t]\s*(?=[{_HAN}])")
_SPACES = re.compile(r"\s+")
_SPACES_IN_LINE = re.compile(r"[^\S\n]+")
#: A zero-width joiner between two pictures makes one picture (a family, a profession).
_JOINED_PICTURES = re.compile(
    "(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff])"
)


def clean_line(text: str) -> str:
    """One line fit to keep: NFC, nothing invisible, breaks and runs of spaces as one space, trimmed.

    Between two Chinese characters a pasted line break or tab disappears, so that 张⏎三 is 张三.
    """
    line = _BREAK_IN_HAN.sub("", _visible(text))
    return _SPACES.sub(" ", line).strip()


def clean_text(text: str) -> str:
    """Several lines fit to keep: like `clean_line` for each line, empty lines at both ends dropped."""
    lines = _SPACES_IN_LINE.sub(" ", _visible(text)).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def had_hidden(text: str) -> bool:
    """Whether cleaning removes direction marks or zero-width characters, of which a person should be told."""
    return any(_hidden(character) for character in _JOINED_PICTURES.sub("", text))


def search_key(text: str) -> str:
    """What searching compares: one width, one case, simplified, one name dot, no spaces."""
    folded = unicodedata.normalize("NFKC", clean_line(text)).casefold()
    plain = simplified(_SELECTORS.sub("", unicodedata.normalize("NFKC", folded))).translate(_DOTS)
    return _SPACES.sub("", plain)


def _visible(text: str) -> str:
    """NFC with LF as the only line break, and without controls, format characters, and lone surrogates."""
    lines = _BREAKS.sub("\n", text)
    pictures = _JOINED_PICTURES.sub("\ue000", lines) if "\u200d" in lines and "\ue000" not in lines else lines
    kept = "".join(character for character in pictures if not _dropped(character))
    restored = kept.replace("\ue000", "\u200d") if pictures is not lines else kept
    return unicodedata.normalize("NFC", restored)


def _dropped(character: str) -> bool:
    if character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cs") or _hidden(character) or _no_character(character)


def _hidden(character: str) -> bool:
    return character in _BLANK or unicodedata.category(character) == "Cf"


def _no_character(character: str) -> bool:
    """Code points that never are characters; spreadsheets and PDF readers refuse them."""
    code = ord(character)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
