"""Where lines break, and which font draws which piece."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyuan_desk.documents.fonts import drawable, faces
from qingyuan_desk.documents.typeset import Line, Setter

SIZE = 10.0


def setter() -> Setter:
    return Setter(faces())


def said(line: Line) -> str:
    return "".join(piece for _, piece, _ in line.runs)


def broken(text: str, characters: float, indent: float = 0) -> list[str]:
    """The lines of a text in a column so many Chinese characters wide."""
    lines = setter().lines(text, SIZE, characters * SIZE + 0.1, indent=indent * SIZE)
    return [said(line) for line in lines]


@pytest.mark.parametrize(
    ("text", "characters", "lines"),
    [
        ("来访登记", 4, ["来访登记"]),
        ("来访登记回执", 4, ["来访登记", "回执"]),
        ("我要反映，村里", 4, ["我要反", "映，村里"]),
        ("他来了“好的”，走了", 4, ["他来了", "“好", "的”，", "走了"]),
        ("依照本（第三条）办理", 4, ["依照本", "（第三", "条）办理"]),
        ("来访登记回", 4, ["来访登", "记回"]),
        ("来访登记回。", 4, ["来访登", "记回。"]),
        ("编号清访〔2024〕0630号", 12, ["编号清访〔2024〕0630号"]),
        ("编号清访〔2024〕0630号", 10.5, ["编号", "清访〔2024〕0630号"]),
        ("共计四十六万8000元整", 8, ["共计四十六万", "8000元整"]),
        ("见了第3条", 4, ["见了", "第3条"]),
        ("依照第三十二条办理", 6.5, ["依照", "第三十二条", "办理"]),
        ("到期2027年9月20日（暂定）", 10, ["到期2027年9月20日", "（暂定）"]),
        ("call Mr Smith now", 4, ["call Mr", "Smith", "now"]),
        ("一二三 四五", 3, ["一二三", "四五"]),
        ("第一行\n第二行", 9, ["第一行", "第二行"]),
        ("空\n\n行", 9, ["空", "", "行"]),
        ("", 9, [""]),
    ],
)
def test_lines_break_where_chinese_lines_may(text: str, characters: float, lines: list[str]) -> None:
    assert broken(text, characters) == lines


def test_the_first_line_leaves_room_for_its_indent() -> None:
    assert broken("一二三四五六七八", 4, indent=2) == ["一二", "三四五六", "七八"]


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(st.sampled_from("来访登记一二三，。“”（）〔〕《》第号条 ab12.·𠮷䶮\n"), max_size=80),
    characters=st.floats(0.2, 20),
)
def test_no_character_is_lost_and_no_line_too_wide(text: str, characters: float) -> None:
    lines = setter().lines(text, SIZE, characters * SIZE)
    printed = drawable(text, faces().regular)[0]
    assert "".join("".join(map(said, lines)).split()) == "".join(printed.split())
    for line in lines:
        assert line.width <= characters * SIZE or len(said(line)) == 1


def test_a_very_long_line_takes_little_time_to_break() -> None:
    assert len(broken("来" * 200_000, 40)) == 5000


def test_each_piece_is_drawn_by_a_font_that_has_it() -> None:
    chain = faces()
    line = setter().line("李𬭎 Smith 张䶮", SIZE, bold=True)
    assert line.runs[0][0] == chain.bold.name
    assert {font for font, piece, _ in line.runs if "䶮" in piece} <= {chain.bold.name, chain.regular.name}
    assert line.width == pytest.approx(sum(width for _, _, width in line.runs))


@pytest.mark.parametrize(
    ("text", "printed", "missing"),
    [
        ("a\tb\u2028c\u00a0d", "a b c d", ()),
        ("e\u0301", "é", ()),
        ("王\u200d\ufe0f二", "王二", ()),
        ("一\r\n二\r三", "一\n二\n三", ()),
        ("🙂好🙂", "〓好〓", ("🙂",)),
        ("\ud800", "", ()),
    ],
)
def test_text_becomes_what_can_be_printed(text: str, printed: str, missing: tuple[str, ...]) -> None:
    assert drawable(text, faces().regular) == (printed, missing)
