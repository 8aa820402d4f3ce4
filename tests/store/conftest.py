"""Disks that are full or read-only, made by mounting; without the right to mount, those tests are skipped."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest


def _mount(*arguments: str) -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """`small_disk("2m")`: a folder on a disk of its own; called again, the same disk with another size."""
    folder = tmp_path / "小盘"
    folder.mkdir()
    mounted = False

    def disk(size: str) -> Path:
        nonlocal mounted
        how = f"{'remount,' if mounted else ''}size={size}"
        if not _mount("-t", "tmpfs", "-o", how, "tmpfs", str(folder)):
            pytest.skip("may not mount a disk here")
        mounted = True
        return folder

    yield disk
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def read_only_disk(tmp_path: Path) -> Iterator[Callable[[Path], Path]]:
    """`read_only_disk(folder)`: the same folder where nothing can be written."""
    place = tmp_path / "只读盘"
    place.mkdir()

    def disk(folder: Path) -> Path:
        if not _mount("-o", "bind", str(folder), str(place)):
            pytest.skip("may not mount a disk here")
        assert _mount("-o", "remount,bind,ro", str(place))
        return place

    yield disk
    subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)


@pytest.fixture
def as_nobody() -> Callable[[], AbstractContextManager[None]]:
    """`with as_nobody():` as a user without rights."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can become somebody else")

    @contextmanager
    def somebody_else() -> Iterator[None]:
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)

    return somebody_else


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder everybody can reach and only its owner can write to."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        yield Path(place)
