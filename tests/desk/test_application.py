"""Starting the window: once for each folder, faults told and logged without what a person said."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.application import OneWindow, catch_faults, has_screen, hear_qt, keep_log
from qingyuan_desk.desk.pictures import take
from qingyuan_desk.desk.window import PLACES, Window
from qingyuan_desk.services.office import Office

_CANARY = "130622195503120016"


def test_calendars_are_chinese_whatever_the_machine_speaks(desk_app: QApplication) -> None:
    assert (QLocale().monthName(11), QLocale().dayName(1)) == ("十一月", "星期一")


def test_one_window_for_each_folder(
    desk_app: QApplication, tmp_path: Path, window: Window, qtbot: QtBot
) -> None:
    first, second = OneWindow(tmp_path), OneWindow(tmp_path)
    assert first.first()
    first.raised = window
    window.showMinimized()
    assert not second.first()
    qtbot.waitUntil(lambda: not window.isMinimized())
    other = OneWindow(tmp_path / "另一个")
    assert other.first()
    first.release()
    assert second.first()
    second.release()
    other.release()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is a thing of POSIX")
def test_a_killed_window_leaves_the_folder_free(desk_app: QApplication, tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from PySide6.QtWidgets import QApplication\n"
        "from qingyuan_desk.desk.application import OneWindow\n"
        "app = QApplication([]); guard = OneWindow(Path(sys.argv[1])); assert guard.first()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert done.returncode == -9
    again = OneWindow(tmp_path)
    assert again.first()
    again.release()


def test_a_fault_is_told_once_and_logged_without_its_words(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root = logging.getLogger("qingyuan_desk")
    before = list(root.handlers)
    keep_log(tmp_path)
    catch_faults(window.session)
    told: list[str] = []
    window.session.noticed.connect(lambda notice: told.append(notice.text))
    for _ in range(3):
        try:
            raise ValueError(f"王建国 {_CANARY}")
        except ValueError as fault:
            sys.excepthook(ValueError, fault, fault.__traceback__)
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    written = (tmp_path / "desk.log").read_text("utf-8")
    assert "ValueError at test_application.py" in written
    assert _CANARY not in written and "王建国" not in written
    assert len(told) == 1 and "QY-199" in told[0] and _CANARY not in told[0]


def test_qt_s_own_messages_are_logged_without_names(caplog: pytest.LogCaptureFixture) -> None:
    before = qInstallMessageHandler(None)
    hear_qt()
    with caplog.at_level(logging.INFO, logger="qingyuan_desk"):
        qWarning(f"cannot open /home/王建国/{_CANARY}.pdf")
    qInstallMessageHandler(before)
    assert [record.message for record in caplog.records] == ["Qt: cannot open /home/…/….pdf"]


def test_every_page_is_pictured(desk_app: QApplication, office: Office, tmp_path: Path) -> None:
    pictures = take(office, tmp_path)
    assert [path.stem.split("-")[1] for path in pictures] == [place.code for place in PLACES]
    assert all(path.stat().st_size > 10_000 for path in pictures)


@pytest.mark.parametrize(
    ("platform", "display", "seen"),
    [("offscreen", ":0", False), ("xcb", "", True), ("", ":0", True), ("", "", False)],
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X and Wayland")
def test_whether_a_window_can_be_seen(
    monkeypatch: pytest.MonkeyPatch, platform: str, display: str, seen: bool
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setenv("WAYLAND_DISPLAY", "")
    assert has_screen() is seen
