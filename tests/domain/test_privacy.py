"""Masks: what others may see, and what they never may."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qingyuan_desk.domain.identity import read_phone
from qingyuan_desk.domain.privacy import mask_id, mask_name, mask_phone
from qingyuan_desk.domain.simplified import simplified
from qingyuan_desk.domain.surnames import COMPOUND

NO_NAMES = {"匿名", "不详", "未知"}
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("张 三", "张*"),
        ("欧阳娜娜", "欧阳**"),
        ("歐陽鋒", "歐陽*"),
        ("欧阳", "欧*"),
        ("尉迟恭", "尉迟*"),
        ("丛", "*"),
        ("阿依古丽·买买提", "阿***·***"),
        ("阿依古丽•买买提", "阿***•***"),
        ("John Smith", "J*** S****"),
        ("O'Neil", "O*****"),
        ("Nguyễn Văn Á", "N***** V** *"),
        ("李𬭎", "李*"),
        ("匿名", "匿名"),
        ("", ""),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("130608199001011234", "130608********1234"),
        ("13060819900101123X", "130608********123X"),
        ("130622820101001", "130622*****1001"),
        ("H12345678", "*********"),
        ("", ""),
    ],
)
def test_document_numbers(number: str, masked: str) -> None:
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("13812345678/13987654321", "138****5678/139****4321"),
        ("0312-7951234", "0312-****234"),
        ("010-62345678", "010-*****678"),
        ("0312-7951234-801", "0312-****234-***"),
        ("7951234", "****234"),
        ("+85261234567", "+85******567"),
        ("4008101234", "**********"),
        ("12345", "*****"),
        ("儿子13812345678", "*************"),
        ("", ""),
    ],
)
def test_phones(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.text(HAN, min_size=1, max_size=30))
def test_a_chinese_name_shows_its_surname_at_most(name: str) -> None:
    assume(name not in NO_NAMES)
    masked = mask_name(name)
    shown = masked.rstrip("*")
    assert len(masked) == len(name)
    assert name.startswith(shown)
    assert len(shown) < len(name)
    assert len(shown) <= 1 or simplified(name)[:2] in COMPOUND


@given(st.text(max_size=40))
def test_any_name_can_be_masked_and_loses_its_letters(name: str) -> None:
    assume(name not in NO_NAMES)
    words = re.split(r"[\s·•.・‧]+", mask_name(name))
    assert all(len(word.rstrip("*")) <= 2 for word in words)


@given(st.from_regex(r"[0-9]{17}[0-9X]|[0-9]{15}", fullmatch=True))
def test_the_middle_of_a_citizen_number_never_shows(number: str) -> None:
    masked = mask_id(number)
    assert masked[6:-4] == "*" * (len(number) - 10)
    assert masked[:6] + masked[-4:] == number[:6] + number[-4:]


@given(st.text(max_size=14))
def test_short_numbers_are_hidden_whole(number: str) -> None:
    assert mask_id(number) == "*" * len(number)


@given(st.from_regex(r"1[3-9][0-9]{9}|0312-[2-8][0-9]{6}(-[0-9]{1,4})?|\+852[0-9]{8}", fullmatch=True))
def test_at_least_four_digits_of_a_phone_are_hidden(phone: str) -> None:
    assert read_phone(phone).text == phone
    assert "****" in mask_phone(phone)
    assert sum(character.isdigit() for character in mask_phone(phone)) <= 7


@given(st.text(max_size=60))
def test_any_phone_text_can_be_masked(text: str) -> None:
    assert sum(character.isdigit() for character in mask_phone(text)) <= 7 * (text.count("/") + 1)
