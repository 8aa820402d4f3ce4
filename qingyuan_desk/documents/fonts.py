"""The fonts papers are set in: which font draws which character, and how wide it is.

Noto Sans SC is shipped. Characters it lacks come from a font the system may have; a character that no font has is
printed as 〓 and reported, never as an empty box. Importing this module does not import reportlab.
"""

from __future__ import annotations

import os
import re
import struct
import sys
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from qingyuan_desk.domain.errors import Unavailable

_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
REGULAR = _FONTS / "NotoSansSC-Regular.ttf"
BOLD = _FONTS / "NotoSansSC-Bold-subset.ttf"

#: What stands for a character that no font has (GETA MARK).
SUBSTITUTE = "〓"

#: Fonts with the rarer characters (CJK Extension B and later), by file name, where the system keeps its fonts.
_RARE_FILES = ("HanaMinB.ttf", "simsunb.ttf", "SimSun-ExtB.ttf")

_loading = threading.Lock()


class FontMissing(Unavailable):
    """A font this program ships is not there or cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__("QY-131", path=path)


@dataclass(frozen=True, slots=True)
class Glyph:
    """How a character is drawn: by which font, and its width at size 1."""

    font: str
    width: float


class Face:
    """One weight of type: a chain of fonts, the first that has a character draws it.

    Text given to `width`, `ends`, and `runs` has been through `drawable`.
    """

    def __init__(self, first: Any, then: Face | None) -> None:
        self.name: str = first.fontName
        self._widths = first.face.charWidths
        self._glyphs = first.face.charToGlyph
        self._then = then
        self._known: dict[str, Glyph] = {}
        self._own: set[str] = set()
        for char in (" ", "\u3000", SUBSTITUTE):
            self.glyph(char)

    def glyph(self, char: str) -> Glyph | None:
        """Who draws a character; None when no font has it."""
        known = self._known.get(char)
        if known is None:
            known = self._find(char)
            if known is not None:
                self._known[char] = known
                if known.font == self.name:
                    self._own.add(char)
        return known

    def knows(self, text: str) -> bool:
        """Whether every character was drawn before."""
        return self._known.keys() >= set(text)

    def width(self, text: str) -> float:
        """Width of text at size 1."""
        known = self._known
        return sum([known[char].width for char in text])

    def ends(self, text: str) -> list[float]:
        """Where each character ends at size 1, from 0.0 on: one number more than there are characters."""
        known = self._known
        return list(accumulate([known[char].width for char in text], initial=0.0))

    def runs(self, text: str) -> list[tuple[str, str]]:
        """The text cut where the font changes: (font name, piece) in order."""
        if self._own.issuperset(text):
            return [(self.name, text)]
        runs: list[tuple[str, str]] = []
        for char in text:
            font = self._known[char].font
            if runs and runs[-1][0] == font:
                runs[-1] = (font, runs[-1][1] + char)
            else:
                runs.append((font, char))
        return runs

    def _find(self, char: str) -> Glyph | None:
        code = ord(char)
        if code in self._glyphs:
            return Glyph(self.name, self._widths[code] / 1000)
        return self._then.glyph(char) if self._then else _rare(char)


@dataclass(frozen=True)
class Faces:
    """The two weights papers are set in."""

    regular: Face
    bold: Face


def faces() -> Faces:
    """The weights, loaded on the first call. Raises FontMissing."""
    with _loading:
        return _load()


def warm() -> None:
    """Load reportlab and the fonts before the first paper is asked for; call it off the GUI thread."""
    faces()


def drawable(text: str, face: Face) -> tuple[str, tuple[str, ...]]:
    """Text as it can be printed, and the characters no font has (printed as 〓).

    Line breaks stay, tabs become spaces; control and invisible formatting characters and surrogates vanish.
    """
    if face.knows(text):
        return text, ()
    kept: list[str] = []
    missing: list[str] = []
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        if char == "\n":
            kept.append(char)
        elif char in "\t\u2028\u2029" or unicodedata.category(char) == "Zs":
            kept.append(char if char == "\u3000" else " ")
        elif _unseen(char):
            continue
        elif face.glyph(char) is None:
            kept.append(SUBSTITUTE)
            missing.append(char)
        else:
            kept.append(char)
    return "".join(kept), tuple(dict.fromkeys(missing))


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") or "\ufe00" <= char <= "\ufe0f"


@cache
def _load() -> Faces:
    from reportlab import rl_config

    rl_config.useA85 = 0  # pages as bytes, not as ASCII: smaller and quicker
    _repair_to_unicode()
    regular = Face(_register("QY-Regular", REGULAR), None)
    return Faces(regular, Face(_register("QY-Bold", BOLD), regular))


def _register(name: str, path: Path) -> Any:
    from reportlab.pdfbase import pdfmetrics, ttfonts

    try:
        font = ttfonts.TTFont(name, str(path), shapable=False)
        whole = max(table["offset"] + table["length"] for table in font.face.tables)
        if path.stat().st_size < whole:
            raise FontMissing(path)
    except (OSError, ttfonts.TTFError, ValueError, LookupError, struct.error) as error:
        raise FontMissing(path) from error
    pdfmetrics.registerFont(font)
    return font


def _rare(char: str) -> Glyph | None:
    code = ord(char)
    for font in _rare_fonts():
        if code in font.face.charToGlyph:
            return Glyph(font.fontName, font.face.charWidths[code] / 1000)
    return None


@cache
def _rare_fonts() -> tuple[Any, ...]:
    """Fonts of the system with rarer characters; one that cannot be read is passed over."""
    found = []
    for number, path in enumerate(_rare_paths()):
        try:
            found.append(_register(f"QY-Rare{number}", path))
        except FontMissing:
            continue
    return tuple(found)


def _rare_paths() -> list[Path]:
    return [path for folder in _font_folders() for name in _RARE_FILES for path in folder.rglob(name)]


def _font_folders() -> Iterable[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")
        yield Path(os.environ.get("LOCALAPPDATA", home), "Microsoft", "Windows", "Fonts")
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts")


@cache
def _repair_to_unicode() -> None:
    """Make copied and searched text right beyond U+FFFF.

    reportlab writes such code points as five hexadecimal digits where PDF wants UTF-16BE, so that 李𬭎 would be
    copied as another name.
    """
    from reportlab.pdfbase import ttfonts

    original = ttfonts.makeToUnicodeCMap

    def repaired(fontname: str, subset: list[int]) -> str:
        return _BEYOND_BMP.sub(_as_utf16, original(fontname, subset))

    ttfonts.makeToUnicodeCMap = repaired


_BEYOND_BMP = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")


def _as_utf16(match: re.Match[str]) -> str:
    return f"<{match[1]}> <{chr(int(match[2], 16)).encode('utf-16-be').hex().upper()}>"
