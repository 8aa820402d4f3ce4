"""Document numbers, sexes, ages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qingyuan_desk.domain.identity import ID_TYPES, SEXES, IdReading, age_on, read_id, read_sex
from qingyuan_desk.domain.problems import Level, blocking
from qingyuan_desk.domain.regions import OWN_CODES, PROVINCES

TODAY = date(2024, 9, 20)
#: GB 11643: weights of the first seventeen digits, and the last character by the remainder.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LAST = "10X98765432"


def whole(body: str) -> str:
    """Seventeen digits and their check character."""
    remainder = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return body + LAST[remainder]


REGIONS = st.builds(
    lambda province, rest: f"{province}{rest:04d}", st.sampled_from(sorted(PROVINCES)), st.integers(0, 9999)
)
BIRTHS = st.dates(date(1900, 1, 1), TODAY)
SERIALS = st.integers(1, 999)


def levels(reading: IdReading) -> list[Level]:
    return [problem.level for problem in reading.problems]


@pytest.mark.parametrize(
    "typed",
    ["11010519491231002X", "11010519491231002x", "11010519491231００２Ｘ", " 110105 19491231 002X ",
     "110105-19491231-002X", "1101051949\u200b1231002X", "11010519491231002×"],
)  # fmt: skip
def test_every_way_of_typing_a_number(typed: str) -> None:
    reading = read_id("id_card", typed, TODAY)
    assert reading == IdReading("11010519491231002X", date(1949, 12, 31), "female", "北京市", ())


@pytest.mark.parametrize("id_type", sorted(ID_TYPES))
@pytest.mark.parametrize("typed", ["", " \u3000", "无", "未带", "\u200b", "-"])
def test_no_number_is_fine(id_type: str, typed: str) -> None:
    assert read_id(id_type, typed, TODAY) == IdReading("", None, "", "", ())


@pytest.mark.parametrize(
    ("id_type", "typed"),
    [
        ("residence_permit", "810000199408230021"),
        ("residence_permit", whole("82000019900101001")),
        ("residence_permit", "830000199001010012"),
        ("foreigner_card", "932682198501010017"),
        ("foreigner_card", "CHN110101850101"),
        ("id_card", "810000199408230021"),
        ("id_card", whole("41272319900101001")),  # a district that no longer exists
        ("id_card", whole("13243119600229001")),
        ("id_card", whole("13062219850101001")),
        ("id_card", whole("13060820160101001")),
        ("mainland_permit", "H12345678"),
        ("mainland_permit", "m1234567801"),
        ("taiwan_permit", "12345678"),
        ("passport", "EA1234567"),
        ("passport", "E12345678"),
        ("passport", "C12345678"),
        ("officer_card", "南字第01234567号"),
        ("household_book", "012345678"),
        ("household_book", "11010519491231002X"),
        ("other", "某证 2024-1"),
    ],
)
def test_accepted_without_a_word(id_type: str, typed: str) -> None:
    assert read_id(id_type, typed, TODAY).problems == ()


@pytest.mark.parametrize(
    ("id_type", "typed", "said"),
    [
        ("id_card", "110105194912310020", "校验位"),
        ("id_card", "130608209912310010", "2099-12-31 晚于今天"),
        ("id_card", whole("11010520240921001"), "2024-09-21 晚于今天"),
        ("id_card", whole("11010518991231001"), "早于1900年"),
        ("id_card", whole("11010519990230001"), "19990230 不存在"),
        ("id_card", "110105990230001", "19990230 不存在"),
        ("id_card", "1101051949123100", "现有 16 位"),
        ("id_card", "1101051949123100211", "现有 19 位"),
        ("id_card", "H12345678", "第 1 位是“H”"),
        ("id_card", "11010519491231OO2X", "第 15 位是“O”"),
        ("none", "110105194912310020", "校验位"),
        ("mainland_permit", "12345678", "H12345678"),
        ("taiwan_permit", "1234567", "台湾居民来往大陆通行证"),
        ("passport", "E12", "护照"),
        ("officer_card", "12", "军官证"),
    ],
)
def test_kept_only_with_a_reason(id_type: str, typed: str, said: str) -> None:
    reading = read_id(id_type, typed, TODAY)
    assert Level.DOUBT in levels(reading)
    assert Level.REFUSE not in levels(reading)
    assert said in "".join(problem.sentence for problem in reading.problems)
    assert blocking(reading.problems, {})
    assert not blocking(reading.problems, {"id_number": "证件无误"})


@pytest.mark.parametrize(
    ("id_type", "typed", "said"),
    [
        ("id_card", "110105194912310\u041e2X", "第 16 位是“\u041e”"),
        ("id_card", "11010519491231002\u0425", "第 18 位是“\u0425”"),
        ("passport", "\u04151234567", "第 1 位是“\u0415”"),
        ("id_card", "\u0661\u0662\u0663", "第 1 位是“\u0661”"),
        ("other", "9" * 31, "最多 30 位"),
    ],
)
def test_refused_outright(id_type: str, typed: str, said: str) -> None:
    reading = read_id(id_type, typed, TODAY)
    assert levels(reading) == [Level.REFUSE]
    assert said in reading.problems[0].sentence
    assert blocking(reading.problems, {"id_number": "证件无误"})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (whole("93268219850101001"), ""),
        (whole("16010519900101001"), "“16”"),
        (whole("00010519900101001"), "“00”"),
        (whole("13060819900101001"), "自2015年起使用"),
        (whole("13062219500101001"), "自1994年起使用"),
        (whole("13062220180101001"), "2015年已停用"),
        (whole("13243120000101001"), "1994年已停用"),
    ],
)
def test_region_codes_only_warn(typed: str, said: str) -> None:
    reading = read_id("id_card", typed, TODAY)
    assert levels(reading) == ([Level.WARN] if said else [])
    assert said in "".join(problem.sentence for problem in reading.problems)
    assert not blocking(reading.problems, {})
    assert reading.birth_date is not None


@pytest.mark.parametrize("code", sorted(OWN_CODES))
def test_our_own_codes_are_named(code: str) -> None:
    assert "清苑" in read_id("id_card", whole(f"{code}19850101001"), TODAY).region


def test_a_first_generation_number_offers_its_conversion() -> None:
    reading = read_id("id_card", "130622820101001", TODAY)
    assert (reading.number, reading.birth_date, reading.sex) == ("130622820101001", date(1982, 1, 1), "male")
    assert reading.suggested == whole("13062219820101001")
    assert levels(reading) == [Level.WARN]
    assert reading.suggested in reading.problems[0].sentence


@given(REGIONS, BIRTHS, SERIALS)
def test_a_right_number_is_never_in_the_way(region: str, birth: date, serial: int) -> None:
    number = whole(f"{region}{birth:%Y%m%d}{serial:03d}")
    reading = read_id("id_card", number, TODAY)
    assert set(levels(reading)) <= {Level.WARN}
    assert (reading.number, reading.birth_date) == (number, birth)
    assert reading.sex == ("male" if serial % 2 else "female")
    assert reading.region


@given(REGIONS, BIRTHS, SERIALS, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_digit_is_always_noticed(
    region: str, birth: date, serial: int, place: int, wrong: str
) -> None:
    number = whole(f"{region}{birth:%Y%m%d}{serial:03d}")
    assume(number[place] != wrong)
    assert blocking(read_id("id_card", number[:place] + wrong + number[place + 1 :], TODAY).problems, {})


@given(REGIONS, st.dates(date(1900, 1, 1), date(1999, 12, 31)), SERIALS)
def test_a_converted_number_says_the_same(region: str, birth: date, serial: int) -> None:
    old = read_id("id_card", f"{region}{birth:%y%m%d}{serial:03d}", TODAY)
    new = read_id("id_card", old.suggested, TODAY)
    assert new.birth_date == old.birth_date == birth
    assert new.sex == old.sex == ("male" if serial % 2 else "female")
    assert new.region == old.region
    assert Level.DOUBT not in levels(new)


@given(st.sampled_from([*sorted(ID_TYPES), "something"]), st.text(max_size=60))
def test_any_text_is_read(id_type: str, text: str) -> None:
    reading = read_id(id_type, text, TODAY)
    assert all(problem.field == "id_number" and problem.sentence for problem in reading.problems)
    if not blocking(reading.problems, {}):
        again = read_id(id_type, reading.number, TODAY)
        assert again == reading


@pytest.mark.parametrize(
    ("said", "sex"),
    [("男", "male"), ("女", "female"), ("男性", "male"), ("male", "male"), ("Female", "female"), (" 女 ", "female"),
     ("", ""), ("性", ""), ("未知", ""), ("雄", "")],
)  # fmt: skip
def test_sexes(said: str, sex: str) -> None:
    assert read_sex(said) == sex
    assert sex in {*SEXES, ""}


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1990, 9, 20), date(2024, 9, 19), 33),
        (date(1990, 9, 20), date(2024, 9, 20), 34),
        (date(2000, 2, 29), date(2023, 2, 28), 22),
        (date(2000, 2, 29), date(2023, 3, 1), 23),
        (date(2024, 9, 20), date(2024, 9, 20), 0),
        (date(2099, 12, 31), date(2024, 9, 20), 0),
    ],
)
def test_ages(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@given(BIRTHS, st.integers(0, 40000), st.integers(0, 400))
def test_nobody_grows_younger(birth: date, days: int, more: int) -> None:
    day = birth + timedelta(days=days)
    assert 0 <= age_on(birth, day) <= age_on(birth, day + timedelta(days=more)) <= age_on(birth, day) + 2
