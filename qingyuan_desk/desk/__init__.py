"""The window: the only rooms that know Qt. One folder a page."""

from __future__ import annotations

import ctypes
import os
import sys


def _prepare_linux() -> None:
    """What Qt's libraries read from the environment when they are first used.

    PySide6 brings no fcitx plugin; Qt then speaks to fcitx through its ibus side. On a machine without a machine id the
    D-Bus library, which the printing library asks, would end the whole process.
    """
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_IM_MODULES", "wayland;fcitx;ibus")
        os.environ.setdefault("DBUS_FATAL_WARNINGS", "0")


def _lend_references() -> None:
    """Keep Python 3.11 from aborting in the middle of a working day.

    The wheels of PySide6 6.12 are built for interpreters on which None, True, and False live for ever (3.12 and later):
    every call that returns one of them gives one reference to it away. On 3.11 the process ends after some thousands of
    calls with “deallocating None”. So they are lent more references than can be used up.
    """
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        for constant in (None, True, False, NotImplemented):
            ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 40


_prepare_linux()
_lend_references()
