"""The townships as squares of a map (方格图): each in about the place it has in the district, so that no map data is needed."""

from __future__ import annotations

from collections.abc import Mapping

#: Rows from north to south, squares from west to east, "-" for none. An office writes its own as the setting township_tiles.
ROUGHLY = """
- 大庄 - 孙村 -
阎庄 北店 清苑 臧村 -
望亭 - 白团 石桥 何桥
冉庄 魏村 东闾 温仁 北王力
阳城 李庄 张登 - -
"""
#: What names lose on a square.
_ENDINGS = ("街道办事处", "街道", "镇", "乡")
#: Squares in a row of those a map has no place for.
_ACROSS = 5


def short(name: str) -> str:
    """冉庄镇 as a square says it: 冉庄."""
    return next((name.removesuffix(each) for each in _ENDINGS if name.endswith(each) and name != each), name)


def places(names: Mapping[str, str], drawn: str = "") -> dict[str, tuple[int, int]]:
    """Code → (row, column) of every township (code → name); ones that are not drawn stand in rows below the others.

    drawn: the office's own map, rows divided by line breaks or slashes; "" for ROUGHLY.
    """
    rows = [row.split() for row in (drawn or ROUGHLY).replace("/", "\n").splitlines() if row.strip()]
    known = {
        word: (row, column)
        for row, words in enumerate(rows)
        for column, word in enumerate(words)
        if word != "-"
    }
    found = {code: known.get(short(name)) or known.get(name) for code, name in names.items()}
    left = [code for code, place in found.items() if place is None]
    below = {code: (len(rows) + number // _ACROSS, number % _ACROSS) for number, code in enumerate(left)}
    return {code: found[code] or below[code] for code in names}
