"""Finding names by the letters people type."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.surnames import COMPOUND, READINGS


@pytest.mark.parametrize(
    ("name", "first", "also"),
    [
        ("张三", "zs", ()),
        ("单雄信", "sxx", ("dxx",)),
        ("仇大海", "qdh", ("cdh",)),
        ("解晓东", "xxd", ("jxd",)),
        ("曾国藩", "zgf", ("cgf",)),
        ("查良镛", "zly", ("cly",)),
        ("区小明", "oxm", ("qxm",)),
        ("朴信惠", "pxh", ()),
        ("翟天临", "ztl", ("dtl",)),
        ("覃辉", "qh", ("th",)),
        ("盖叫天", "gjt", ()),
        ("尉迟恭", "ycg", ("wcg",)),
        ("万俟卨", "mqx", ("wqx", "wsx")),
        ("长孙无忌", "zswj", ("cswj",)),
        ("歐陽娜娜", "oynn", ()),
        ("阿依古丽·买买提", "ayglmmt", ()),
        ("冉庄镇", "rzz", ()),
        ("李𬭎", "lh", ()),
        ("ABC公司", "abcgs", ()),
        ("Nguyễn Văn Á", "nguyenvana", ()),
        ("张３", "z3", ()),
    ],
)
def test_initials(name: str, first: str, also: tuple[str, ...]) -> None:
    found = pinyin.initials(name)
    assert found[0] == first
    assert set(also) <= set(found)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("单雄信", "shanxiongxin"),
        ("尉迟恭", "yuchigong"),
        ("万俟卨", "moqixie"),
        ("吕布", "lvbu"),
        ("欧阳", "ouyang"),
        ("John Smith", "johnsmith"),
        ("\U00030f00", ""),
        ("", ""),
    ],
)
def test_syllables(name: str, letters: str) -> None:
    assert pinyin.syllables(name) == letters


def test_the_index_holds_initials_and_syllables() -> None:
    assert {"sxx", "dxx", "shanxiongxin"} <= set(pinyin.index_text("单雄信").split())
    assert pinyin.index_text("·—") == ""


@given(st.sampled_from(sorted(READINGS)))
def test_a_surname_is_read_as_a_surname_first(surname: str) -> None:
    assert pinyin.initials(f"{surname}小明")[0][0] == READINGS[surname][0]
    assert pinyin.syllables(f"{surname}小明") == f"{READINGS[surname]}xiaoming"


@given(st.sampled_from(sorted(COMPOUND)))
def test_a_surname_of_two_characters_is_read_whole(surname: str) -> None:
    assert pinyin.syllables(f"{surname}明") == f"{''.join(COMPOUND[surname])}ming"


@given(st.text(max_size=60))
def test_anything_can_be_indexed(name: str) -> None:
    found = pinyin.initials(name)
    assert len(found) <= pinyin.MOST
    assert len(set(found)) == len(found)
    for part in pinyin.index_text(name).split():
        assert part.isascii() and part.isalnum() and part == part.lower()


@given(st.text(st.sampled_from("单行乐长重仇解曾查朝参"), min_size=1, max_size=25))
def test_many_readings_stay_few(name: str) -> None:
    found = pinyin.initials(name)
    assert 1 <= len(found) <= pinyin.MOST
    assert {len(spelling) for spelling in found} == {len(name)}


def test_nothing_heavy_is_loaded_by_importing_the_rules() -> None:
    program = (
        "import sys\n"
        "from qingyuan_desk.domain import calendar, clocks, identity, numbers, pinyin, privacy, text\n"
        "print(sorted({'pypinyin', 'stdnum', 'chinese_calendar'} & set(sys.modules)))\n"
        "pinyin.warm()\n"
        "print('pypinyin' in sys.modules, 'pypinyin.phrases_dict' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "True False"]
