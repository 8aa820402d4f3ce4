"""The window: the only rooms that know Qt. One folder a page."""

from __future__ import annotations

import ctypes
import sys


def _lend_references() -> None:
    """Keep Python 3.11 from aborting in the middle of a working day.

    The wheels of PySide6 6.12 are built for interpreters on which None, True, and False live for ever (3.12 and later):
    every call that returns one of them gives one reference to it away. On 3.11 the process ends after some thousands of
    calls with “deallocating None”. So they are lent more references than can be used up.
    """
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        for constant in (None, True, False, NotImplemented):
            ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 40


_lend_references()
