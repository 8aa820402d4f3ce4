"""P1–P3: a clerk killed at any moment loses no acknowledged visit, repeats no number, and stores no request twice."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qingyuan_desk.services import upkeep
from qingyuan_desk.services.office import Office

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a thing of POSIX")

_ROUNDS = 8
_LINES = 400


def _line(serial: int) -> str:
    return json.dumps(
        {
            "op": "register",
            "request_id": f"r{serial}",
            "persons": [{"name": f"样例{serial}", "id_type": "none", "township": "冉庄镇"}],
            "narrative": f"第 {serial} 件：邻居盖房占了宅基地，请求调解。",
        },
        ensure_ascii=False,
    )


def _killed_run(folder: Path, first: int, moment: float) -> dict[str, tuple[str, str]]:
    """Feed a clerk lines from `first` on, kill it after `moment` seconds; what it acknowledged."""
    lines = "\n".join(_line(serial) for serial in range(first, first + _LINES)) + "\n"
    clerk = subprocess.Popen(
        [sys.executable, "-m", "qingyuan_desk", "--data", str(folder), "clerk"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert clerk.stdin is not None and clerk.stdout is not None
    clerk.stdin.write(lines)
    clerk.stdin.close()
    acked = [clerk.stdout.readline()]  # the first answer: the clerk is at work
    time.sleep(moment)
    clerk.send_signal(signal.SIGKILL)
    acked += clerk.stdout.readlines()
    clerk.wait()
    whole = [line.split() for line in acked if line.startswith("ACK") and line.endswith("\n")]
    return {request: (visit, matter) for _, request, visit, matter in whole}


def test_killed_at_random_moments(tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    Office.open(folder).close()
    dice = random.Random(630)
    acknowledged: dict[str, tuple[str, str]] = {}
    for number in range(_ROUNDS):
        # Every round begins a little before the last one ended, so requests are sent again.
        first = max(0, len(acknowledged) - 3)
        again = _killed_run(folder, first, dice.uniform(0.0, 0.4))
        for request, numbers in again.items():
            assert acknowledged.setdefault(request, numbers) == numbers, (
                f"round {number}: another answer for {request}"
            )

    stored = _stored(folder)
    assert len(acknowledged) > _ROUNDS
    assert acknowledged.items() <= stored.items()
    serials = sorted(int(visit.split("〕")[1].rstrip("号")) for visit, _ in stored.values())
    assert serials == list(range(1, len(stored) + 1))
    office = Office.open(folder)
    assert upkeep.check(office).faults == ()
    office.close()


def _stored(folder: Path) -> dict[str, tuple[str, str]]:
    rows = sqlite3.connect(folder / "desk.db").execute(
        "SELECT v.request_id, v.number, m.number FROM visit v JOIN matter m ON m.id = v.matter_id"
    )
    return {request: (visit, matter) for request, visit, matter in rows}


def test_two_clerks_at_once(tmp_path: Path) -> None:
    """P2: two processes writing to the same folder share one series without a hole."""
    folder = tmp_path / "数据"
    Office.open(folder).close()
    clerks = []
    for start in (0, 1000):
        clerk = subprocess.Popen(
            [sys.executable, "-m", "qingyuan_desk", "--data", str(folder), "clerk"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert clerk.stdin is not None
        clerk.stdin.write("\n".join(_line(serial) for serial in range(start, start + 60)) + "\n")
        clerk.stdin.close()
        clerks.append(clerk)
    answers = [line for clerk in clerks if clerk.stdout for line in clerk.stdout.read().splitlines()]
    assert [clerk.wait() for clerk in clerks] == [0, 0]
    numbers = sorted(int(line.split()[2].split("〕")[1].rstrip("号")) for line in answers)
    assert numbers == list(range(1, 121))
