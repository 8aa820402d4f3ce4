"""The official texts of papers, from resources/wording: one TOML a paper, editable by the office."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from qingyuan_desk.domain.errors import Unavailable

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "wording"
_PLACE = re.compile(r"\{(\w+)\}")


class Wording:
    """The texts of one paper with the visit's facts filled in.

    A missing file or key, or a text of another shape than the paper needs, raises Unavailable with the file's name.
    """

    def __init__(self, name: str, values: Mapping[str, str]) -> None:
        self._path = _FOLDER / f"{name}.toml"
        self._texts = _read(self._path)
        self._values = values

    def text(self, key: str) -> str:
        """One text."""
        return self._filled(self._get(key, str))

    def lines(self, key: str) -> list[str]:
        """A list of texts."""
        return [self._filled(line) for line in self._get(key, list)]

    def rows(self, key: str) -> list[list[str]]:
        """A list of rows of texts."""
        return [[self._filled(cell) for cell in row] for row in self._get(key, list)]

    def sections(self, key: str) -> list[Mapping[str, Any]]:
        """Tables of texts, unfilled; see `fill`."""
        return list(self._get(key, list))

    def section(self, key: str) -> Mapping[str, str]:
        """A table of texts."""
        return {name: self._filled(text) for name, text in self._get(key, dict).items()}

    def fill(self, texts: list[str]) -> list[str]:
        """Texts of a section with the facts filled in."""
        return [self._filled(text) for text in texts]

    def _filled(self, text: str) -> str:
        return _PLACE.sub(lambda place: self._values.get(place[1], place[0]), text)

    def _get(self, key: str, kind: type) -> Any:
        found = self._texts.get(key)
        if not isinstance(found, kind):
            raise Unavailable("QY-133", path=self._path, cause=f"缺少“{key}”")
        return found


@cache
def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Unavailable("QY-133", path=path, cause=type(error).__name__) from error
