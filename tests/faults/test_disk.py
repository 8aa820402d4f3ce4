"""P1–P3 at the worst moment: killed at the Nth write to the disk, a write or a sync that fails, killed before the answer.

The clerk works in a forked child, so that no program has to start for each cut; strace does the harm.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qingyuan_desk.clerk import serve
from qingyuan_desk.services import upkeep
from qingyuan_desk.services.office import Office

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace is a thing of Linux")

_LINES = 6


def _line(serial: int) -> str:
    return json.dumps(
        {
            "request_id": f"r{serial}",
            "persons": [{"name": f"样例{serial}", "id_type": "none"}],
            "narrative": f"第 {serial} 件：邻居盖房占了宅基地，请求调解。",
        }
    )


def _serve(folder: Path, answers: int) -> None:
    """Register the lines, each answer written as soon as it is known."""
    office = Office.open(folder)
    serve(office, office.actor("clerk"), map(_line, range(_LINES)), lambda text: _write(answers, text))
    office.close()


def _write(handle: int, text: str) -> None:
    os.write(handle, f"{text}\n".encode())


def _forked(work: Callable[[int], None], fault: str) -> tuple[list[str], bool]:
    """Do the work in a child that strace harms; the answers it gave, and whether it was killed."""
    come_back, answers = os.pipe()
    wait, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(wait, 1)
        try:
            work(answers)
        finally:
            os._exit(0)
    os.close(answers)
    tracer = subprocess.Popen(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={fault.split(':')[0]}", "-e", f"inject={fault}", "-p", str(child)],
        stderr=subprocess.PIPE,
    )  # fmt: skip
    _wait_until_traced(child)
    os.write(go, b"!")
    with os.fdopen(come_back, encoding="utf-8") as answered:
        lines = answered.read().splitlines()
    _, status = os.waitpid(child, 0)
    tracer.wait()
    for handle in (wait, go):
        os.close(handle)
    return lines, os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _wait_until_traced(process: int) -> None:
    while True:
        status = Path(f"/proc/{process}/status").read_text()
        if "TracerPid:\t0\n" not in status:
            return


@pytest.fixture(scope="module")
def strace() -> None:
    """Skip where no process may be traced."""
    if shutil.which("strace") is None:
        pytest.skip("needs strace")
    if subprocess.run(
        ["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False
    ).returncode:
        pytest.skip("may not trace processes here")


def _acknowledged(lines: list[str]) -> dict[str, str]:
    whole = [line.split() for line in lines if line.startswith("ACK ")]
    return {request: visit for _, request, visit, _ in whole}


def _whole_afterwards(folder: Path, acknowledged: dict[str, str]) -> None:
    """Sent again, everything is stored once, under the numbers that were said, without a hole."""
    office = Office.open(folder)
    answers: list[str] = []
    serve(office, office.actor("clerk"), map(_line, range(_LINES)), answers.append)
    again = _acknowledged(answers)
    assert len(again) == _LINES
    assert acknowledged.items() <= again.items()
    assert sorted(int(number[8:12]) for number in again.values()) == list(range(1, _LINES + 1))
    assert upkeep.check(office).faults == ()
    office.close()


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize(
    "fault",
    [f"pwrite64:signal=KILL:when={nth}" for nth in (1, 3, 6, 10, 15, 25, 40, 60)]
    + [f"fdatasync:signal=KILL:when={nth}" for nth in (1, 2, 3, 5, 7)]
    + ["ftruncate:signal=KILL:when=1", "unlink:signal=KILL:when=1"],
)
def test_killed_at_any_write(new_folder: Path, tmp_path: Path, fault: str) -> None:
    folder = Path(shutil.copytree(new_folder, tmp_path / "数据"))
    lines, killed = _forked(lambda answers: _serve(folder, answers), fault)
    assert killed
    _whole_afterwards(folder, _acknowledged(lines))


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("fdatasync:error=EIO:when=4", "QY-102"),
        ("fdatasync:error=EIO:when=4+", "QY-102"),
        ("pwrite64:error=EIO:when=25", "QY-102"),
        ("pwrite64:error=ENOSPC:when=25", "QY-101"),
        ("pwrite64:error=ENOSPC:when=25+", "QY-101"),
        ("pwrite64:error=EDQUOT:when=25+", "QY-102"),
        ("pwrite64:error=EROFS:when=25+", "QY-102"),
        ("pwrite64:retval=0:when=25+", "QY-101"),
    ],
)
def test_a_disk_that_fails_is_told_and_what_was_acknowledged_is_there(
    new_folder: Path, tmp_path: Path, fault: str, code: str
) -> None:
    folder = Path(shutil.copytree(new_folder, tmp_path / "数据"))
    lines, _ = _forked(lambda answers: _serve(folder, answers), fault)
    assert len(lines) == _LINES
    refused = [line for line in lines if line.startswith("REFUSED")]
    assert refused
    assert all(code in line for line in refused), refused
    _whole_afterwards(folder, _acknowledged(lines))


def test_killed_between_storing_and_answering(new_folder: Path, tmp_path: Path) -> None:
    """The answer waits in a full pipe when the clerk is killed: stored, and nobody was told."""
    folder = Path(shutil.copytree(new_folder, tmp_path / "数据"))
    come_back, answers = os.pipe()
    os.write(answers, b"\n" * _room_of(answers))
    child = os.fork()
    if child == 0:
        _serve(folder, answers)
        os._exit(0)
    _wait_until_stored(folder)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(answers)
    with os.fdopen(come_back, encoding="utf-8") as answered:
        assert answered.read().strip() == ""
    office = Office.open(folder)
    assert upkeep.check(office).visits == 1
    office.close()
    _whole_afterwards(folder, {})


def _room_of(pipe: int) -> int:
    import fcntl

    return fcntl.fcntl(pipe, fcntl.F_GETPIPE_SZ)


def _wait_until_stored(folder: Path) -> None:
    looking = sqlite3.connect(folder / "desk.db")
    until = time.monotonic() + 30
    while looking.execute("SELECT count(*) FROM visit").fetchone() == (0,):
        assert time.monotonic() < until, "the clerk stored nothing"
        time.sleep(0.01)
    looking.close()
