"""What stands in the way of a record, and what a reason clears."""

from __future__ import annotations

import pytest

from qingyuan_desk.domain.problems import Level, Problem, blocking

REFUSED = Problem("name", "请填写姓名。")
DOUBTFUL = Problem("id_number", "校验位不对。", level=Level.DOUBT)
TOLD = Problem("id_number", "地区代码已停用。", level=Level.WARN)


@pytest.mark.parametrize(
    ("overrides", "left"),
    [
        ({}, [REFUSED, DOUBTFUL]),
        ({"id_number": "证件无误"}, [REFUSED]),
        ({"id_number": " \u3000"}, [REFUSED, DOUBTFUL]),
        ({"phone": "当事人口述"}, [REFUSED, DOUBTFUL]),
        ({"name": "就叫这个", "id_number": "证件无误"}, [REFUSED]),
    ],
)
def test_only_doubts_yield_to_a_reason(overrides: dict[str, str], left: list[Problem]) -> None:
    assert blocking([REFUSED, DOUBTFUL, TOLD], overrides) == left


def test_a_warning_alone_never_blocks() -> None:
    assert blocking([TOLD], {}) == []
