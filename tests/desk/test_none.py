"""PySide6's wheels on Python 3.11."""

from __future__ import annotations

import sys

import pytest

import qingyuan_desk.desk


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None lives for ever from 3.12 on")
def test_a_working_day_cannot_use_up_none() -> None:
    assert qingyuan_desk.desk
    assert sys.getrefcount(None) > 1 << 39
