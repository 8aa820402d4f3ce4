"""Text into lines: where a Chinese line may break, and which font draws each piece of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qingyuan_desk.documents.fonts import Face, Faces, drawable

#: May not begin a line (避头).
_NO_START = frozenset("，。、；：？！）》〉」』】〕〗］｝”’…—～·％%‰℃,.;:?!)]}>々")
#: May not end a line (避尾).
_NO_END = frozenset("（《〈「『【〔〖［｛“‘([{<")
#: Stay with the digits before them.
_AFTER_DIGIT = frozenset("年月日时分号条款项件人元次")

#: Stay whole: official numbers, and （暂定） behind a date.
_WHOLE = re.compile(r"\w{2}〔\d{4}〕\d+号|（暂定）")


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
    """Lines of at most `limit` (widths at size 1), the first one with `used` already taken."""
    if used + face.width(text) <= limit:
        return [text]
    whole = _inside(text)
    lines: list[str] = []
    start, best, position = 0, 0, 0
    while position < len(text):
        char = text[position]
        if position > start and position not in whole and _may_break(text[position - 1], char):
            best = position
        width = face.width(char)
        if used + width > limit and char != " " and position > start:
            cut = best if best > start else position
            lines.append(text[start:cut].rstrip(" "))
            start = best = cut
            used = face.width(text[start:position])
            continue
        used += width
        position += 1
    lines.append(text[start:].rstrip(" "))
    return lines


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
    if after.isdigit() and before == "第":
        return False
    return not (before.isdigit() and after in _AFTER_DIGIT)


def _latin(char: str) -> bool:
    return char < "\u2000"
