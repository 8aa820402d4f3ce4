"""Spreadsheets as people send them: well-meant, broken, and hostile."""

from __future__ import annotations

import io
import os
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.errors import Refused, Unavailable
from qingyuan_desk.domain.grid import UNCALCULATED, Grid, lost_digits

HOSTILE = [
    "=1+1",
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "＝1",
    "＋8",
    "013800",
    "1e5",
    "1-2",
    "2024/1/1",
    "0630",
    "110105194912310021",
    "<b>张三</b>",
    "&lt;&amp;amp;",
    "阿依古丽·买买提",
    "𠮷野家😀",
    "第一行\n第二行",
    "_x0041_",
    '他说"还钱"',
    "a,b;c\td",
    "'撇号",
    "TRUE",
    "#REF!",
]


def _refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        sheets.read(path)
    assert [problem.field for problem in refused.value.problems] == ["file"]
    return refused.value.sentence


def _book(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def _edited(path: Path, part: str, edit: Any) -> Path:
    """The same workbook with one of its parts rewritten."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, edit(text.decode()) if name == part else text)
    path.write_bytes(out.getvalue())
    return path


def _with_shared_strings(path: Path) -> Path:
    """The same workbook as Excel writes it: its texts in a part of their own."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts: list[str] = []

    def shared(found: re.Match[str]) -> str:
        texts.append(f"<si>{found[1]}</si>")
        return f't="s"><v>{len(texts) - 1}</v></c>'

    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(r't="inlineStr"><is>(.*?)</is></c>', shared, parts[sheet], flags=re.DOTALL)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{"".join(texts)}</sst>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


# --- out and in again --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["表.xlsx", "表.csv"])
def test_hostile_cells_come_back_as_they_went(tmp_path: Path, name: str) -> None:
    grid = Grid("表", ("值", "备注"), tuple((cell, "x") for cell in HOSTILE))
    sheets.write(tmp_path / name, [grid])
    back = sheets.read(tmp_path / name)
    assert back.header == grid.header
    assert [row[0] for row in back.rows] == HOSTILE


def test_nothing_in_a_written_workbook_calculates(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    sheets.write(path, [Grid("表", ("=1",), tuple((cell,) for cell in HOSTILE))])
    cells = [cell for (cell,) in openpyxl.load_workbook(path).active.iter_rows()]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@")))


def test_nothing_in_a_written_csv_calculates(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    sheets.write(path, [Grid("表", ("值",), tuple((cell,) for cell in HOSTILE))])
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    starts = [line.lstrip('"')[:1] for line in content.decode("utf-8-sig").splitlines()]
    assert not set(starts) & set("=+-@＝＋－＠\t\r")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1
        ),
        min_size=1,
    )
)
def test_any_text_round_trips_through_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("表") / "表.xlsx"
    sheets.write(path, [Grid("表", ("头",), tuple((f"字{text}",) for text in texts))])
    assert [row[0] for row in sheets.read(path).rows] == [f"字{text}" for text in texts]


def test_controls_are_cut_out_instead_of_losing_the_file(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    sheets.write(path, [Grid("表", ("a\x00b",), (("a\x01\x0b\x1fb\ud800",), ("一\r\n二\r三",)))])
    back = sheets.read(path)
    assert (back.header, back.rows) == (("ab",), (("ab",), ("一\n二\n三",)))


def test_a_cell_too_long_is_refused_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with pytest.raises(Refused, match="第 2 行有一格 32768 个字"):
        sheets.write(path, [Grid("表", ("诉求",), (("纠" * 32_768,),))])
    assert not path.exists()
    sheets.write(path, [Grid("表", ("诉求",), (("纠" * 32_767,),))])
    assert len(sheets.read(path).rows[0][0]) == 32_767


def test_sheet_titles_are_made_acceptable(tmp_path: Path) -> None:
    names = ["a/b:c*?[x]", "长" * 60, "长" * 60, "", "A/B:C*?[X]"]
    sheets.write(tmp_path / "表.xlsx", [Grid(name, ("头",), ()) for name in names])
    titles = openpyxl.load_workbook(tmp_path / "表.xlsx").sheetnames
    assert len({title.casefold() for title in titles}) == len(names)
    assert all(0 < len(title) <= 31 for title in titles)


def test_the_old_file_survives_a_refused_write(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    sheets.write(path, [Grid("表", ("头",), (("旧",),))])
    with pytest.raises(Refused):
        sheets.write(path, [Grid("表", ("头",), (("新" * 40_000,),))])
    assert sheets.read(path).rows == (("旧",),)
    with pytest.raises(Refused, match="一张表"):
        sheets.write(tmp_path / "表.csv", [Grid("一", ("头",), ()), Grid("二", ("头",), ())])
    with pytest.raises(Refused, match="只能存为"):
        sheets.write(tmp_path / "表.doc", [Grid("一", ("头",), ())])
    with pytest.raises(Unavailable, match="QY-132"):
        sheets.write(path / "里面.xlsx", [Grid("一", ("头",), ())])


# --- text files --------------------------------------------------------------------------------------------------

LEDGER = "姓名,事由\r\n张三,邻居占了宅基地\r\n𠮷野,拖欠工资\r\n"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gb18030", "GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_encodings_are_guessed_and_told(tmp_path: Path, encoding: str, told: str) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes(LEDGER.encode(encoding))
    grid = sheets.read(path)
    assert grid == Grid(
        "台账", ("姓名", "事由"), (("张三", "邻居占了宅基地"), ("𠮷野", "拖欠工资")), 2, grid.told
    )
    assert told in grid.told[0]


def test_gbk_from_excel(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes("姓名,电话\r\n张三,13800138000\r\n".encode("gbk"))
    assert sheets.read(path).rows == (("张三", "13800138000"),)


@pytest.mark.parametrize("separator", list(",;\t|，"))
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_separators_and_line_ends(tmp_path: Path, separator: str, ending: str) -> None:
    path = tmp_path / "台账.txt"
    path.write_bytes(
        ending.join([separator.join(("姓名", "事由")), separator.join(("张三", '"一\n二"'))]).encode()
    )
    assert sheets.read(path).rows == (("张三", "一\n二"),)


def test_marks_of_text_are_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("号码,名\n'110105194912310021,'=1\n=\"0312\",'撇\n", "utf-8")
    assert sheets.read(path).rows == (("110105194912310021", "=1"), ("0312", "'撇"))


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "空的"),
        (b"\0\0  \r\n", "空的"),
        (b",,,\r\n,,\r\n", "什么也没有"),
        ("姓名,事由\n张三,占地\n".encode() + "李四\n".encode("gbk") + b"\xff\xff", "编码认不出来"),
        ('姓名,事由\n张三,"没有完\n李四,占地\n'.encode(), "引号不成对"),
        (b'"a"b,c\n', "引号不成对"),
        (b"a,b\n" + b"x" * 5_000_000, "一格里的字太多"),
        ("\n".join(["姓名"] + ["张三"] * 50_001).encode(), "超过 50000 行"),
        (",".join("列" for _ in range(61)).encode(), "最多 60 列"),
        ("姓名\n张三\n".encode() + b"\n" * 201 + "李四\n".encode(), "201 个空行"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "网页格式"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "网页格式"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "旧版 xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"PK\x03\x04junk", "不是有效的 xlsx"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, cause: str) -> None:
    """By what is in the file, whatever its name says."""
    path = tmp_path / "台账.csv"
    path.write_bytes(content)
    assert cause in _refusal(path)


def test_nul_in_text_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes(("姓名,事由\n张\0三," + "占地" * 30 + "\n").encode())
    assert sheets.read(path).rows[0][0] == "张三"


def test_files_that_are_no_files(tmp_path: Path) -> None:
    assert "没有找到" in _refusal(tmp_path / "没有.csv")
    assert "不是一个文件" in _refusal(tmp_path)
    (tmp_path / "台账.doc").write_text("x")
    assert "只能导入" in _refusal(tmp_path / "台账.doc")
    (tmp_path / "大.csv").touch()
    os.truncate(tmp_path / "大.csv", 21_000_000)
    assert "超过 20 MB" in _refusal(tmp_path / "大.csv")
    assert "没有找到" in _refusal(tmp_path / "a\0.csv")
    (tmp_path / "不是.xlsx").write_text("姓名,事由")
    assert "不是有效的 xlsx" in _refusal(tmp_path / "不是.xlsx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are a thing of POSIX")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.csv")
    assert "不是一个文件" in _refusal(tmp_path / "管道.csv")


# --- workbooks ---------------------------------------------------------------------------------------------------


def test_values_become_what_a_person_would_write(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "台账.xlsx",
        ("整数", "小数", "日期", "时刻", "钟点", "真假", "空"),
        (23.0, 1.5, date(2024, 9, 20), datetime(2024, 9, 20, 10, 30), time(10, 30), True, None),
    )
    assert sheets.read(path).rows == (
        ("23", "1.5", "2024-09-20", "2024-09-20 10:30:00", "10:30:00", "是", ""),
    )


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["来访时间"])
    book.active.append([datetime(2024, 9, 20)])
    book.save(tmp_path / "台账.xlsx")
    assert sheets.read(tmp_path / "台账.xlsx").rows == (("2024-09-20",),)


def test_long_numbers_show_that_digits_are_lost(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "台账.xlsx",
        ("证件", "电话"),
        (110105194912310021, 13800138000),
        (1.306e17, 123456789012345),
    )
    first, second = sheets.read(path).rows
    assert (first[1], second[1]) == ("13800138000", "123456789012345")
    assert lost_digits(first[0]) and lost_digits(second[0])
    assert not lost_digits("110105194912310021") and not lost_digits("1e5x")


def test_formulas_with_and_without_a_value(tmp_path: Path) -> None:
    path = _book(tmp_path / "台账.xlsx", ("算过", "没算"), ("=1+1", "=2+2"))
    _edited(
        path,
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>").replace(
            "<f>1+1</f><v />", "<f>1+1</f><v>2</v>"
        ),
    )
    assert sheets.read(path).rows == (("2", UNCALCULATED),)


def test_titles_empty_rows_and_merged_headers(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ["清苑区来访登记台账"],
        ["填报单位：样例"],
        ["序号", "来访人", None, None, "来访事由"],
        [None, "姓名", "性别", "联系电话", None],
        [1, "张三", "男", "13800138000", "占地"],
        [],
        [2, "李四", "女", None, "工资"],
    ]:
        sheet.append(row)
    for cells in ("A1:E1", "B3:D3", "A3:A4", "E3:E4"):
        sheet.merge_cells(cells)
    book.save(path)
    known = {"姓名", "性别", "联系电话", "来访事由"}
    grid = sheets.read(path).headed(known.__contains__)
    assert grid.header == ("序号", "姓名", "性别", "联系电话", "来访事由")
    assert grid.first_row == 5
    assert grid.rows[0] == ("1", "张三", "男", "13800138000", "占地")
    assert grid.rows[1] == ("",) * 5
    assert grid.rows[2][1] == "李四"


def test_the_first_visible_sheet_with_anything_is_read_and_the_others_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "封面"
    hidden = book.create_sheet("旧")
    hidden.append(["不要"])
    hidden.sheet_state = "hidden"
    book.create_sheet("来访").append(["姓名"])
    book.create_sheet("其他").append(["不要"])
    book.save(tmp_path / "台账.xlsx")
    grid = sheets.read(tmp_path / "台账.xlsx")
    assert (grid.name, grid.header) == ("来访", ("姓名",))
    assert "其他" in grid.told[1]


def test_escaped_line_ends_of_excel_are_read(tmp_path: Path) -> None:
    path = _with_shared_strings(_book(tmp_path / "台账.xlsx", ("住址",), ("村东_x000D_\n头",)))
    assert sheets.read(path).rows == (("村东\r\n头",),)


def test_a_claim_about_size_is_not_believed(tmp_path: Path) -> None:
    path = _book(tmp_path / "台账.xlsx", ("姓名", "事由"), ("张三", "占地"), ("李四", "工资"))
    _edited(path, "xl/worksheets/sheet1.xml", lambda text: text.replace('ref="A1:B3"', 'ref="A1"'))
    assert sheets.read(path).rows == (("张三", "占地"), ("李四", "工资"))


# --- bombs -------------------------------------------------------------------------------------------------------


def test_one_cell_at_the_far_corner(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "弹.xlsx")
    assert (tmp_path / "弹.xlsx").stat().st_size < 10_000
    assert "第 1048576 行的第 16384 列" in _refusal(tmp_path / "弹.xlsx")


def test_very_many_sheets_that_are_empty_but_endless(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number in range(60):
        book.create_sheet(f"空{number}")["A1048576"] = ""
    book.create_sheet("来访").append(["姓名"])
    book.save(tmp_path / "弹.xlsx")
    grid = sheets.read(tmp_path / "弹.xlsx")
    assert grid.header == ("姓名",) and "另有 61 张工作表没有读取" in grid.told[1]


def test_a_cell_far_down(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    book.active["A60000"] = "x"
    book.save(tmp_path / "弹.xlsx")
    assert "空行" in _refusal(tmp_path / "弹.xlsx")


def test_a_workbook_that_unpacks_to_a_hundred_times_its_size(tmp_path: Path) -> None:
    path = _book(tmp_path / "弹.xlsx", ("姓名",))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b" " * 30_000_000)
    assert path.stat().st_size < 100_000
    assert "大得不正常" in _refusal(path)


def test_a_workbook_of_very_many_parts_or_styles(tmp_path: Path) -> None:
    path = _book(tmp_path / "弹.xlsx", ("姓名",))
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(1001):
            archive.writestr(f"xl/x{number}.xml", "")
    assert "多得不正常" in _refusal(path)
    path = _book(tmp_path / "格式.xlsx", ("姓名",))
    padding = "".join(f"{number:x}" for number in range(1_200_000))
    _edited(path, "xl/styles.xml", lambda text: f"{text}<!--{padding}-->")
    assert "多得不正常" in _refusal(path)


ENTITY = '<!DOCTYPE x [<!ENTITY a "{}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "declaration",
    [
        ENTITY.format("哈" * 10),
        '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
    ],
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_declared_entities_are_refused(tmp_path: Path, declaration: str, part: str) -> None:
    path = _with_shared_strings(_book(tmp_path / "弹.xlsx", ("姓名",), ("张三",)))
    assert sheets.read(path).rows == (("张三",),)

    def declared(text: str) -> str:
        head, mark, rest = text.partition("?>")
        return f"{head}{mark}{declaration}{rest}" if mark else f"{declaration}{text}"

    _edited(path, part, lambda text: declared(text).replace("张三", "&b;"))
    assert "不安全的 XML" in _refusal(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_broken_parts(tmp_path: Path, part: str) -> None:
    path = _edited(_book(tmp_path / "坏.xlsx", ("姓名",)), part, lambda text: text[: len(text) // 2])
    assert "不是有效的 xlsx" in _refusal(path)


def test_some_other_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "文档.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "不是有效的 xlsx" in _refusal(tmp_path / "文档.xlsx")
