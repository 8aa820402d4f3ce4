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
}

_DOTS = dict.fromkeys(map(ord, "•.・‧∙⋅"), "·")
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_PICTURE = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
#: Shown as nothing: format characters (Cf) such as direction marks and zero-width ones, the grapheme joiner, Hangul
#: fillers, the empty Braille cell. A joiner between two pictures makes one picture of them (a family) and stays.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
    f"|(?<![{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])"
)
#: Never text: controls but tab and line feed, lone surrogates, and code points that are no characters.
_NEVER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
#: Spaces, and the variation selectors that pick a glyph: kept, but of no weight when searching.
_NOT_COMPARED = re.compile(r"[\s\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SPACES = re.compile(r"\s+")
_SPACES_IN_LINE = re.compile(r"[^\S\n]+")


def clean_line(text: str) -> str:
    """One line fit to keep: NFC, nothing invisible, breaks and runs of spaces as one space, trimmed.

    Between two Chinese characters a pasted line break or tab disappears, so that 张⏎三 is 张三.
    """
    return _SPACES.sub(_one_space, _visible(text).strip())


def clean_text(text: str) -> str:
    """Several lines fit to keep: like `clean_line` for each line, empty lines at both ends dropped."""
    lines = _SPACES_IN_LINE.sub(" ", _visible(text)).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def had_hidden(text: str) -> bool:
    """Whether cleaning removes direction marks or other unseen characters, of which a person should be told."""
    return _HIDDEN.search(text) is not None


def search_key(text: str) -> str:
    """What searching compares: one width, one case, simplified, one name dot, no spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean_line(text)).casefold())
    tight = unicodedata.normalize("NFKC", _NOT_COMPARED.sub("", folded))
    return simplified(tight).translate(_DOTS)


def has_han(text: str) -> bool:
    """Whether a Chinese character is among them."""
    return _HAN.search(text) is not None


def _visible(text: str) -> str:
    """NFC with LF as the only line break, without what is never text or never seen."""
    lines = _BREAKS.sub("\n", text)
    return unicodedata.normalize("NFC", _HIDDEN.sub("", _NEVER.sub("", lines)))


def _one_space(run: re.Match[str]) -> str:
    broken = "\n" in run[0] or "\t" in run[0]
    before, after = run.string[run.start() - 1], run.string[run.end()]
    return "" if broken and _HAN.match(before) and _HAN.match(after) else " "
