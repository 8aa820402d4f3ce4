"""Moments as people type them."""

from __future__ import annotations

from datetime import datetime

import pytest

from qingyuan_desk.desk.widgets.moment_line import read
from qingyuan_desk.domain.numbers import SHANGHAI

NOW = datetime(2024, 9, 20, 10, 32, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("14:30", "2024-09-20 14:30"),
        ("9：05", "2024-09-20 09:05"),
        ("8时", "2024-09-20 08:00"),
        ("9-23 14:30", "2024-09-23 14:30"),
        ("今天 8:00", "2024-09-20 08:00"),
        ("2024-09-19 16:20", "2024-09-19 16:20"),
        ("2024年9月19日 16:20", "2024-09-19 16:20"),
        ("现在", "2024-09-20 10:32"),
    ],
)
def test_what_is_a_moment(typed: str, said: str) -> None:
    found = read(typed, NOW)
    assert found is not None and f"{found:%Y-%m-%d %H:%M}" == said and found.tzinfo is not None


@pytest.mark.parametrize("typed", ["", "25:00", "10:75", "下午", "2024-09-19", "2-30 10:00"])
def test_what_is_none(typed: str) -> None:
    assert read(typed, NOW) is None
