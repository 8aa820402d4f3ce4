"""Text into lines: where a Chinese line may break, and which font draws each piece of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from qingyuan_desk.documents.fonts import Face, Faces, drawable

#: May not begin a line (避头).
_NO_START = frozenset("，。、；：？！）》〉」』】〕〗］｝”’…—～·％%‰℃,.;:?!)]}>々")
#: May not end a line (避尾).
_NO_END = frozenset("（《〈「『【〔〖［｛“‘([{<□■")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千")
#: Stay with the number before them, in digits or characters: 第三十二条.
_AFTER_NUMBER = frozenset("年月日时分号条款项件人元次")

#: Stay whole: official numbers, and （暂定） behind a date.
_WHOLE = re.compile(r"\w{2}〔\d{4}〕\d+号|（暂定）")
#: What does not count when a character stands alone on the last line (单字不成行).
_NOT_ALONE = re.compile(rf"[{re.escape(''.join(_NO_START))}]")


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: its pieces by font, its size in points, its width in points."""

    runs: tuple[tuple[str, str, float], ...]
    size: float
    width: float


class Setter:
    """Sets the text of one paper and remembers the characters no font has."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        self._missing: dict[str, None] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """Characters printed as 〓 so far, in the order met."""
        return tuple(self._missing)

    def line(self, text: str, size: float, bold: bool = False) -> Line:
        """Text on one line, however wide."""
        face = self._face(bold)
        return _line(self._clean(text, face).replace("\n", " "), face, size)

    def lines(
        self, text: str, size: float, width: float, *, bold: bool = False, indent: float = 0
    ) -> list[Line]:
        """Text wrapped to a width in points; `indent` is left free at the start of each paragraph."""
        face = self._face(bold)
        return [
            _line(piece, face, size)
            for paragraph in self._clean(text, face).split("\n")
            for piece in _wrap(paragraph, face, (width - 0.01) / size, indent / size)
        ]

    def _face(self, bold: bool) -> Face:
        return self.faces.bold if bold else self.faces.regular

    def _clean(self, text: str, face: Face) -> str:
        clean, missing = drawable(text, face)
        self._missing.update(dict.fromkeys(missing))
        return clean


def _line(text: str, face: Face, size: float) -> Line:
    runs = [(font, piece, face.width(piece) * size) for font, piece in face.runs(text)]
    return Line(tuple(runs), size, sum([run[2] for run in runs]))


def _wrap(text: str, face: Face, limit: float, used: float) -> list[str]:
    """Lines of at most `limit` (widths at size 1), the first one with `used` already taken. Spaces hang at line ends."""
    ends = face.ends(text)
    if used + ends[-1] <= limit:
        return [text]
    whole = _inside(text)
    lines: list[str] = []
    start, size = 0, len(text)
    while start < size:
        end = bisect_right(ends, ends[start] + limit - used) - 1
        used = 0.0
        while end < size and text[end] == " ":
            end += 1
        cut = size if end >= size else _break(text, start, end, whole)
        if cut < size <= cut + 2 and cut > start + 2 and len(_NOT_ALONE.sub("", text[cut:])) < 2:
            cut = _break(text, start, cut - 1, whole)
        lines.append(text[start:cut].rstrip(" "))
        start = cut
    return lines


def _break(text: str, start: int, end: int, whole: set[int]) -> int:
    """The last place up to `end` where a line may break, or may at least by its punctuation; `end` when there is none."""
    places = range(end, start, -1)
    for place in places:
        if place not in whole and _may_break(text[place - 1], text[place]):
            return place
    for place in places:
        if text[place] not in _NO_START and text[place - 1] not in _NO_END:
            return place
    return max(end, start + 1)


def _inside(text: str) -> set[int]:
    """Places inside what stays whole."""
    if "〔" not in text and "（暂" not in text:
        return set()
    return {place for found in _WHOLE.finditer(text) for place in range(found.start() + 1, found.end())}


def _may_break(before: str, after: str) -> bool:
    if after in _NO_START or before in _NO_END or after == " ":
        return False
    if before == " ":
        return True
    if _latin(before) and _latin(after):
        return False
    if before == "第" and after.isnumeric():
        return False
    return not (before.isnumeric() and (after in _AFTER_NUMBER or after in _NUMERALS))


def _latin(char: str) -> bool:
    return char < "\u2000"
