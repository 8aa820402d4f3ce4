"""Cleaning what people type, and the key by which it is found again."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.simplified import simplified
from qingyuan_desk.domain.text import LIMITS, clean_line, clean_text, had_hidden, search_key

#: Anything a text can hold, with what hurts in it more often than chance would have it.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("张三 \u3000\n\r\t\x00\u200b\u200d\u202e\ufeff\ud800\u0301\ufe0f👨👩é·•.ＡａＡ０"),
    )
)


@pytest.mark.parametrize(
    "text", ["", " ", "\u3000\u3000", "\u200b", "\xa0", "\u3164", "\u2800", "\n\t", "\x00"]
)
def test_what_shows_nothing_is_empty(text: str) -> None:
    assert clean_line(text) == clean_text(text) == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张三\n", "张三"),
        ("张\r\n三", "张三"),
        ("张\t三", "张三"),
        ("John\nSmith", "John Smith"),
        ("张三 \n 李四", "张三李四"),
        ("冉庄镇\u3000 东街", "冉庄镇 东街"),
        ("a\x00b", "ab"),
        ("a\x01\x0b\x1fb", "ab"),
        ("张\ud800三", "张三"),
        ("\u202e321三张", "321三张"),
        ("\u2066abc", "abc"),
        ("e\u0301", "é"),
        ("张\ufffe三", "张三"),
        ("𠮷野家㐂䶮𬭎", "𠮷野家㐂䶮𬭎"),
        ("阿依古丽•买买提", "阿依古丽•买买提"),
        ("<b>张三</b>", "<b>张三</b>"),
        ("&lt;script&gt;&nbsp;&amp;amp;", "&lt;script&gt;&nbsp;&amp;amp;"),
        ("'; DROP TABLE visit;--", "'; DROP TABLE visit;--"),
        ("😀👨\u200d👩\u200d👧", "😀👨\u200d👩\u200d👧"),
        ("张\u200d三", "张三"),
        ("=1+1", "=1+1"),
        ("013800", "013800"),
    ],
)
def test_lines_are_kept_as_meant(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


def test_paragraphs_keep_their_lines() -> None:
    assert clean_text("  第一行\t说 \r\n\r\n 第二行\u200b\u2028第三行\r ") == "第一行 说\n\n第二行\n第三行"


@pytest.mark.parametrize("text", ["\u202e321三张", "\u2066abc", "张\u200b三", "\ufeff张三", "张\u3164"])
def test_hidden_characters_are_told(text: str) -> None:
    assert had_hidden(text)


@pytest.mark.parametrize("text", ["张三", "张\n三", "a\x00b", "👨\u200d👩\u200d👧", "é", ""])
def test_nothing_hidden_in_plain_text(text: str) -> None:
    assert not had_hidden(text)


def test_every_format_character_is_hidden() -> None:
    formats = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"]
    assert [hex(ord(character)) for character in formats if not had_hidden(f"a{character}b")] == []


@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)


@given(TEXTS)
def test_a_clean_line_can_be_stored_and_shown(text: str) -> None:
    line = clean_line(text)
    line.encode("utf-8")
    assert line == line.strip() == unicodedata.normalize("NFC", line)
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs", "Zl", "Zp"}
    assert not had_hidden(line)
    assert "  " not in line


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1))
def test_plain_chinese_is_untouched(text: str) -> None:
    assert clean_line(text) == clean_text(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("張三", "张三"),
        ("A", "Ａ"),
        ("é", "e\u0301"),
        ("阿依古丽·买买提", "阿依古丽•买买提"),
        ("阿依古丽·买买提", "阿依古丽.买买提"),
        ("阿依古丽·买买提", "阿依古丽・买买提"),
        ("阿依古丽·买买提", "阿依古丽‧买买提"),
        ("张 三", "张\u3000三"),
        ("张三", "张三"),
        ("歐陽鋒", "欧阳锋"),
        ("鍾鎮濤", "钟镇涛"),
        ("O'NEIL", "o'neil"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_searching_finds_both_spellings(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(("one", "other"), [("喆", "哲"), ("张三", "张三丰"), ("堃", "坤"), ("祐", "佑")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


@given(TEXTS)
def test_a_search_key_is_its_own_key(text: str) -> None:
    key = search_key(text)
    assert search_key(key) == key
    assert not any(character.isspace() for character in key)


@given(st.text())
def test_simplifying_keeps_length_and_settles_at_once(text: str) -> None:
    assert len(simplified(text)) == len(text)
    assert simplified(simplified(text)) == simplified(text)


def test_a_pasted_novel_does_not_hang() -> None:
    assert clean_line("张" + "\n" * 1_000_000 + "x") == "张 x"
    assert len(clean_line("纠" * 1_000_000)) == 1_000_000


def test_mediation_texts_may_be_longer_than_an_intake_narrative() -> None:
    assert (LIMITS["name"], LIMITS["narrative"]) == (50, 5000)
