"""PySide6's wheels on Python 3.11."""

from __future__ import annotations

import sys

import pytest

import qingyuan_desk.desk


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None lives for ever from 3.12 on")
def test_a_working_day_cannot_use_up_what_calls_give_away() -> None:
    assert qingyuan_desk.desk
    assert all(sys.getrefcount(constant) > 1 << 39 for constant in (None, True, False, NotImplemented))
