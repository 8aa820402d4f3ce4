"""What is said of the clocks a step would start, before it is taken."""

from __future__ import annotations

import pytest

from qingyuan_desk.desk.matter.handling.outlook import outlook
from tests.domain.handlingbook import Book, new_matter
from tests.domain.office_tables import reference


@pytest.mark.parametrize(
    ("accepted", "said"),
    [
        (
            "2025-03-03",
            "到2025年5月2日（顺延至2025年5月6日）",
        ),  # the sixtieth day is in the holiday of 1 to 5 May
        ("2025-03-11", "到2025年5月10日（顺延至2025年5月12日）"),  # a Saturday
        ("2025-03-13", "到2025年5月12日"),
        (
            "2026-11-24",
            "到2027年1月23日（顺延至2027年1月25日，节假日未公布，暂定）",
        ),  # a Saturday of a year not known
    ],
)
def test_both_last_days_are_said_and_whether_they_are_provisional(accepted: str, said: str) -> None:
    book = Book(reference(), new_matter(opened=accepted)).step("classify", kind="appeal", purpose="settle")
    told = outlook(book.case, book.begin("accept", unit="petition_office"), book.context)
    begun = told.partition("开始计算：")[2].partition("　")[0]
    assert begun.endswith(said), told
