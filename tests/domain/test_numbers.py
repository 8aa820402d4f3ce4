"""The business date, and official numbers in every spelling."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.numbers import (
    DossierNumber,
    OfficialNumber,
    business_date,
    in_full,
    parse,
    parse_dossier,
)

NUMBERS = st.builds(
    OfficialNumber,
    st.text(st.sampled_from("清访调咨人字乡冉庄镇QF"), min_size=1, max_size=8),
    st.integers(2000, 2099),
    st.integers(1, 999_999_999),
)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-12-31T23:59:59+08:00", date(2024, 12, 31)),
        ("2025-01-01T00:00:00+08:00", date(2025, 1, 1)),
        ("2025-01-01T07:59:00+08:00", date(2025, 1, 1)),
        ("2024-12-31T15:59:59+00:00", date(2024, 12, 31)),
        ("2024-12-31T16:00:00+00:00", date(2025, 1, 1)),
        ("2024-12-31T10:00:00-08:00", date(2025, 1, 1)),
    ],
)
def test_the_year_turns_at_midnight_in_shanghai(moment: str, day: date) -> None:
    assert business_date(datetime.fromisoformat(moment)) == day


def test_a_time_without_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="zone"):
        business_date(datetime(2024, 9, 20, 10, 32))


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),
    st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_the_business_date_is_the_same_from_everywhere(moment: datetime, zone: timezone) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert (
        business_date(aware.astimezone(zone)) == business_date(aware) == (moment + timedelta(hours=8)).date()
    )


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (OfficialNumber("清访", 2024, 630), "清访〔2024〕0630号"),
        (OfficialNumber("清访", 2024, 1), "清访〔2024〕0001号"),
        (OfficialNumber("清访", 2024, 12345), "清访〔2024〕12345号"),
    ],
)
def test_written_officially(number: OfficialNumber, text: str) -> None:
    assert str(number) == text


@pytest.mark.parametrize(
    "text",
    [
        "清访〔2024〕0630号",
        "清访[2024]630号",
        "清访（2024）０６３０号",
        "清访〔2024〕 0630 号",
        "清访【2024】第630号",
        "清访{2024}630",
        "清访(2024)630",
        "清访《2024》630号",
        "清访［２０２４］630",
        "清访2024 630",
        "清访2024-630",
        "清访2024年第630号",
        "清访20240630",
        "清访 〔 2024 〕 第 0630 号",
        " 清访〔2024〕000630号\n",
    ],
)
def test_every_spelling_is_the_same_number(text: str) -> None:
    assert parse(text) == OfficialNumber("清访", 2024, 630)


def test_brackets_alone_make_a_number_of_an_unknown_series() -> None:
    assert parse("〔2024〕630") == OfficialNumber("", 2024, 630)


@pytest.mark.parametrize(
    "text",
    ["", "张三", "2024 630", "20240630", "13800138000", "清访", "清访〔2024〕", "清访〔2024〕0号", "清访〔24〕630号",
     "11010519491231002X", "清访〔2024〕0630号以及", "清访〔2024〕" + "9" * 10, "'; DROP TABLE", "%", "清访〔²⁰²⁴〕"],
)  # fmt: skip
def test_other_texts_are_no_numbers(text: str) -> None:
    assert parse(text) is None


@given(NUMBERS)
def test_what_is_written_is_read_again(number: OfficialNumber) -> None:
    assert parse(str(number)) == number


@given(
    NUMBERS, st.sampled_from(["()", "[]", "（）", "【】", "{}", "〔〕"]), st.sampled_from(["", " ", "\u3000"])
)
def test_brackets_and_spaces_do_not_matter(number: OfficialNumber, brackets: str, space: str) -> None:
    first, last = brackets
    assert parse(f"{number.prefix}{space}{first}{number.year}{last}{space}{number.serial}") == number


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    found = parse(text)
    assert found is None or parse(str(found)) == found


@pytest.mark.parametrize(
    "text", ["清访2024" + " " * 20_000 + "x", "清" * 20_000, "(" * 20_000, "2024" * 5_000]
)
def test_a_pasted_text_does_not_hang(text: str) -> None:
    assert parse(text) is None


def test_numbers_sort_by_series_year_serial() -> None:
    first, second, third = (OfficialNumber("清访", *at) for at in [(2023, 900), (2024, 9), (2024, 10)])
    assert sorted([third, first, second]) == [first, second, third]


# --- dossiers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "（2024）清综人调字第0007号",
        "(2024)清综人调字第7号",
        "〔2024〕清综人调字7",
        "2024年清综人调字第7号",
        "清综人调字〔2024〕0007号",
        "清综人调字2024第7号",
        "清综人调（2024）7",
        " （ ２０２４ ） 清综 人调字 第 ０００７ 号\n",
    ],
)
def test_every_spelling_of_a_dossier_is_the_same_number(text: str) -> None:
    assert parse_dossier(text) == DossierNumber("清综", 2024, 7)
    assert in_full(text) == "（2024）清综人调字第0007号"


def test_a_dossier_without_its_prefix_is_of_an_unknown_series() -> None:
    assert parse_dossier("（2024）人调字第7号") == DossierNumber("", 2024, 7)


@pytest.mark.parametrize(
    "text",
    ["", "清综人调字第7号", "清访〔2024〕0007号", "清调〔2024〕7号", "（2024）清综人调字第0号", "（2024）清综人调字〔2024〕7号",
     "人调字", "2024人调字", "（2024）清综人调字第" + "9" * 10 + "号", "人调" * 20_000, "（" * 20_000, "2024" * 5_000],
)  # fmt: skip
def test_other_texts_are_no_dossier_numbers(text: str) -> None:
    assert parse_dossier(text) is None


@given(
    st.text(st.sampled_from("清综乡冉庄镇QF"), max_size=8),
    st.integers(1900, 2199),
    st.integers(1, 999_999_999),
)
def test_a_dossier_number_written_is_read_again(prefix: str, year: int, serial: int) -> None:
    number = DossierNumber(prefix, year, serial)
    assert parse_dossier(str(number)) == number


@given(NUMBERS)
def test_numbers_of_visits_are_no_dossier_numbers(number: OfficialNumber) -> None:
    assert "人调" in number.prefix or parse_dossier(str(number)) is None
