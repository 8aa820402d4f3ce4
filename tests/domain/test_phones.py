"""Phone numbers as people say and paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.identity import read_phone
from qingyuan_desk.domain.problems import Level, blocking

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("+8613800138000", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("手机：13800138000", "13800138000"),
        ("0312-7951234", "0312-7951234"),
        ("03127951234", "0312-7951234"),
        ("(0312) 795 1234", "0312-7951234"),
        ("0312-795-1234", "0312-7951234"),
        ("+86 312 7951234", "0312-7951234"),
        ("010-62345678", "010-62345678"),
        ("0312-7951234-801", "0312-7951234-801"),
        ("0312-7951234转801", "0312-7951234-801"),
        ("0312-7951234-8", "0312-7951234-8"),
        ("7951234", "7951234"),
        ("7951234转801", "7951234-801"),
        ("400-810-1234", "4008101234"),
        ("+852 6123 4567", "+85261234567"),
        ("00886912345678", "+886912345678"),
        ("13800138000/13900139000", "13800138000/13900139000"),
        ("13800138000 13900139000", "13800138000/13900139000"),
        ("13800138000、13900139000，0312-7951234", "13800138000/13900139000/0312-7951234"),
        ("13800138000或13900139000", "13800138000/13900139000"),
        ("13800138000/13800138000", "13800138000"),
        ("13800138000/", "13800138000"),
        ("无", ""),
        ("没有", ""),
        ("-", ""),
        ("/", ""),
        (" \u200b", ""),
    ],
)
def test_read_as_meant(typed: str, text: str) -> None:
    reading = read_phone(typed)
    assert reading.text == text
    assert reading.numbers == tuple(text.split("/") if text else ())
    assert reading.problems == ()


@pytest.mark.parametrize(
    "typed",
    ["12345", "1380013800", "138001380000", "张三", "1e5", "１２３４", "13800138000x", "²", "=1+1", "13800138000(儿子)",
     "11010519491231002X", "0312"],
)  # fmt: skip
def test_what_is_no_phone_wants_a_reason(typed: str) -> None:
    reading = read_phone(typed)
    assert [problem.level for problem in reading.problems] == [Level.DOUBT]
    assert reading.problems[0].field == "phone"
    assert not blocking(reading.problems, {"phone": "当事人口述"})


def test_what_was_said_is_kept_beside_the_good_number() -> None:
    reading = read_phone("13800138000/12345")
    assert reading.text == "13800138000/12345"
    assert reading.numbers == ("13800138000",)
    assert "“12345”" in reading.problems[0].sentence


def test_too_many_numbers_are_refused() -> None:
    reading = read_phone("/".join(f"1380013800{last}" for last in range(6)))
    assert [problem.level for problem in reading.problems] == [Level.REFUSE]


@given(
    st.lists(MOBILES, min_size=1, max_size=5, unique=True),
    st.sampled_from("/,，、；; "),
    st.sampled_from(["", "+86", "0086"]),
)
def test_several_mobiles_in_any_spelling(mobiles: list[str], between: str, before: str) -> None:
    reading = read_phone(
        between.join(f"{before}{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}" for mobile in mobiles)
    )
    assert reading.numbers == tuple(mobiles)
    assert reading.problems == ()


@given(st.text(max_size=80))
def test_any_text_is_read_and_reading_settles(text: str) -> None:
    reading = read_phone(text)
    if not reading.problems:
        assert read_phone(reading.text) == reading
