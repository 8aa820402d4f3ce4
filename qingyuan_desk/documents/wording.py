"""The official texts of papers, from resources/wording: one TOML a paper, editable by the office."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from qingyuan_desk.domain.errors import Unavailable

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "wording"
_PLACE = re.compile(r"\{(\w+)\}")


class Texts:
    """A table of texts with the visit's facts filled in.

    A missing key, or a text of another shape than the paper needs, raises Unavailable with the file's name.
    """

    def __init__(self, path: Path, texts: Mapping[str, Any], values: Mapping[str, str]) -> None:
        self._path = path
        self._texts = texts
        self._values = values

    def text(self, key: str) -> str:
        """One text."""
        return self._filled(key, self._get(key, str))

    def lines(self, key: str) -> list[str]:
        """A list of texts."""
        return [self._filled(key, line) for line in self._get(key, list)]

    def rows(self, key: str, width: int) -> list[list[str]]:
        """A list of rows of so many texts."""
        rows = self._get(key, list)
        if not all(isinstance(row, list) and len(row) == width for row in rows):
            raise self._bad(key)
        return [[self._filled(key, cell) for cell in row] for row in rows]

    def section(self, key: str) -> Texts:
        """A table of texts inside this one."""
        return Texts(self._path, self._get(key, dict), self._values)

    def sections(self, key: str) -> list[Texts]:
        """A list of tables of texts."""
        found = self._get(key, list)
        if not all(isinstance(each, dict) for each in found):
            raise self._bad(key)
        return [Texts(self._path, each, self._values) for each in found]

    def _filled(self, key: str, text: Any) -> str:
        if not isinstance(text, str):
            raise self._bad(key)
        return _PLACE.sub(lambda place: self._values.get(place[1], place[0]), text)

    def _get(self, key: str, kind: type) -> Any:
        found = self._texts.get(key)
        if not isinstance(found, kind):
            raise self._bad(key)
        return found

    def _bad(self, key: str) -> Unavailable:
        return Unavailable("QY-133", path=self._path, cause=f"缺少“{key}”，或者它的写法不对")


class Wording(Texts):
    """The texts of one paper. A missing or unreadable file raises Unavailable with its name."""

    def __init__(self, name: str, values: Mapping[str, str]) -> None:
        path = FOLDER / f"{name}.toml"
        super().__init__(path, _read(path), values)


@cache
def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Unavailable("QY-133", path=path, cause=type(error).__name__) from error
