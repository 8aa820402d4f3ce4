"""From starting the program to a usable intake form, against an empty QMainWindow of the same PySide6."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from bench.measure import Figure
from qingyuan_desk.services.office import Office

_RUNS = 7

_FLOOR = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, lambda: print("ready", flush=True))
QTimer.singleShot(1, app.quit)
app.exec()
"""
_OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from qingyuan_desk.desk.application import make_application, open_window
from qingyuan_desk.services.office import Office
app = make_application([])
office = Office.open(Path(sys.argv[1]))
window = open_window(app, office)
window.show()
QTimer.singleShot(0, lambda: print("ready", flush=True))
QTimer.singleShot(1, app.quit)
app.exec()
window.close()
office.close()
"""


def measure(folder: Path | None = None) -> Iterator[Figure]:
    """One figure; `folder`: an existing data folder, by default a new one."""
    with tempfile.TemporaryDirectory() as made:
        data = folder or Path(made) / "data"
        Office.open(data).close()
        ours, floor = [], []
        for turn in range(_RUNS + 1):
            times = _started(_OURS, str(data)), _started(_FLOOR)
            if turn:  # the first run of each warms the disk
                ours.append(times[0])
                floor.append(times[1])
    yield Figure("start to a usable intake form", ours, floor, "held to 2.0")


def _started(program: str, *arguments: str) -> float:
    """Milliseconds from starting a process until its window is up and its event loop runs."""
    start = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    taken = (perf_counter() - start) * 1000
    process.communicate()
    if line.strip() != "ready":
        raise RuntimeError("the window did not come up")
    return taken
