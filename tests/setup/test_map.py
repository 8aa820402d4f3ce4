"""docs/architecture.md is the map of the house: every module is on it, and nothing that is gone."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAP = (ROOT / "docs" / "architecture.md").read_text("utf-8")


@pytest.mark.parametrize("room", ["Domain", "Services", "Documents", "Store"])
def test_every_module_of_a_room_is_on_the_map(room: str) -> None:
    named = {name for first, _ in _rows(room) for name in _code(first)}
    assert named == _modules(ROOT / "qingyuan_desk" / room.lower())


def test_every_service_has_what_the_map_says() -> None:
    for first, does in _rows("Services"):
        (module,) = _code(first)
        service = import_module(f"qingyuan_desk.services.{module}")
        assert [name for name in _code(does) if not hasattr(service, name)] == [], module


def test_every_page_and_what_pages_share_is_on_the_map() -> None:
    desk = ROOT / "qingyuan_desk" / "desk"
    folders = {name for _, more in _rows("Desk") for name in _code(more)[:1]}
    assert folders == {path.parent.name for path in desk.glob("*/page.py")}
    assert _modules(desk) <= set(_code(_section("Desk")))


def _section(room: str) -> str:
    return MAP.split(f"\n## {room}\n")[1].split("\n## ")[0]


def _rows(room: str) -> list[tuple[str, str]]:
    """The first cell and the rest of every row of a room's table."""
    lines = [line for line in _section(room).splitlines() if line.startswith("| ")]
    return [(first, rest) for first, rest in (line[2:].split("|", 1) for line in lines[1:])]


def _code(text: str) -> list[str]:
    return re.findall(r"`(\w+)`", text)


def _modules(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.py")} - {"__init__"}
