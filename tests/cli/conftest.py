"""A terminal: commands run in this process, over a data folder of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qingyuan_desk import cli

from .centre import Centre


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str


Terminal = Callable[..., Answer]


@pytest.fixture
def folder(tmp_path: Path, new_folder: Path) -> Path:
    """A new data folder."""
    return Path(shutil.copytree(new_folder, tmp_path / "数据"))


@pytest.fixture
def terminal(folder: Path, capfd: pytest.CaptureFixture[str]) -> Terminal:
    """`terminal("search", "张三")`: runs the command over the data folder."""

    def run(*arguments: str) -> Answer:
        try:
            code = cli.main(["--data", str(folder), *arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capfd.readouterr()
        return Answer(code, out, err)

    return run


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Iterator[Centre]:
    """One office for all tests of a module."""
    opened = Centre(shutil.copytree(new_folder, tmp_path_factory.mktemp("centre") / "数据"))
    yield opened
    opened.office.close()
