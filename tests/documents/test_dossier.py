"""The dossier as one file: pages where the contents say, bookmarks that lead there, nothing private."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from qingyuan_desk.documents import dossier
from qingyuan_desk.documents.dossier import KeptFile
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.dossier import completeness, without_private
from qingyuan_desk.domain.mediation.forms import Correct, File, WriteNote
from qingyuan_desk.domain.mediation.papers import CasePaper
from qingyuan_desk.domain.papers import Paper
from tests.domain.casebook import at
from tests.domain.cases import closed, failed, file, mediating, with_files

from .facts import OFFICE
from .foreign import A4, pdf, photo
from .reading import needs_poppler, placed, words

A3_LANDSCAPE = (1190.55, 841.89)

#: What the case of these tests has besides its papers: kind, title, and the file.
KEPT = (
    ("identity", "王测试身份证", KeptFile("王测试身份证", "jpeg", photo(856, 540))),
    ("identity", "赵测试身份证", KeptFile("赵测试身份证", "png", photo(format="PNG"))),
    ("evidence", "宗地图", KeptFile("宗地图", "pdf", pdf(A3_LANDSCAPE, A4, words="MAP"))),
    ("evidence", "横着扫的收据", KeptFile("横着扫的收据", "pdf", pdf(A4, turned=90, words="SLIP"))),
    ("receipt", "转账凭证", KeptFile("转账凭证", "jpeg", photo(600, 1200, orientation=6))),
)


def facts(case: Case) -> CasePaper:
    return CasePaper(
        case,
        OFFICE,
        at("2024-09-21 10:00"),
        names={"M04": "刘样例"},
        rooms={"elders": "乡贤调解室"},
        dispute_type="房屋宅基地纠纷",
    )


@cache
def whole_case(*, filed: bool = False) -> tuple[Case, Mapping[int, KeptFile]]:
    """A case that has been through everything, and its files."""
    book = closed()
    agreement = book.case.agreement
    assert agreement is not None
    book.take(Correct("agreement", "改向西侧", "改向东侧", "方位写反", "李主任", agreement.record_id))
    book.case = with_files(book.case, *(file(kind, title) for kind, title, _ in KEPT))
    if filed:
        book.take(File("刘样例", "long"))
    return book.case, {
        each.record_id: kept for each, (_, _, kept) in zip(book.case.attachments, KEPT, strict=True)
    }


@cache
def bound(*, filed: bool = False) -> Paper:
    case, files = whole_case(filed=filed)
    return dossier.render(facts(case), completeness(case), files)


def reader() -> PdfReader:
    return PdfReader(BytesIO(bound().pdf))


def page_text(number: int) -> str:
    """The text of a page, counted from 0, without white space."""
    return "".join(reader().pages[number].extract_text().split())


# --- numbers -----------------------------------------------------------------------------------------------------


@needs_poppler
def test_pages_are_numbered_from_one_without_the_covers() -> None:
    pages = placed(bound().pdf)
    numbered = [_number(words) for words in pages]
    assert numbered[:2] == [None, None] and numbered[-1] is None
    assert numbered[2:-1] == list(range(1, len(pages) - 2))


def _number(page: list[tuple[str, float, float]]) -> int | None:
    """第 n 页 in the upper right corner."""
    corner = [word for word, x, y in page if y < 13 / 25.4 * 72 and x > 450]
    return int("".join(corner).removeprefix("第").removesuffix("页")) if corner else None


def test_the_contents_say_where_each_line_stands() -> None:
    case, files = whole_case()
    lines, total = dossier.contents(facts(case), completeness(case), files)
    assert total == bound().pages - 3
    told = page_text(1)
    taken: list[int] = []
    for each in lines:
        assert each.title in told
        if each.first:
            span = str(each.first) if each.first == each.last else f"{each.first}—{each.last}"
            assert span in told
            taken += range(each.first, each.last + 1)
    assert taken == list(range(1, total + 1)), "every page is on one line, in order"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (1, "人民调解申请书"),
        (2, "当事人权利义务告知书"),
        (3, "王测试身份证"),
        (6, "MAP1"),
        (7, "人民调解记录"),
        (8, "人民调解协议书"),
        (9, "转账凭证"),
        (10, "人民调解回访记录"),
        (12, "人民调解结案报告表"),
    ],
)
def test_a_line_begins_on_the_page_its_contents_name(line: int, says: str) -> None:
    case, files = whole_case()
    lines, _ = dossier.contents(facts(case), completeness(case), files)
    assert says in page_text(lines[line - 1].first + 1)


def test_the_back_cover_counts_the_pages() -> None:
    assert f"共计{bound().pages - 3}页" in page_text(-1)


def test_missing_papers_stand_as_missing_in_the_contents() -> None:
    case = mediating().case
    lines, _ = dossier.contents(facts(case), completeness(case), {})
    assert [(each.first, each.note) for each in lines if each.note == "缺"] == [(0, "缺"), (0, "缺")]


def test_what_is_missing_may_be_explained() -> None:
    book = closed()
    book.take(File("刘样例", "long", "身份证原件退回，未留复印件。"))
    lines, _ = dossier.contents(facts(book.case), completeness(book.case), {})
    assert lines[2].note == "缺，见卷宗情况说明"


def test_another_copy_is_marked_on_the_cover_only() -> None:
    case, files = whole_case()
    third = dossier.render(replace(facts(case), count=3), completeness(case), files)
    marked = [
        number
        for number, page in enumerate(PdfReader(BytesIO(third.pdf)).pages)
        if "第3次打印" in "".join(page.extract_text().split())
    ]
    assert marked == [0, 1, third.pages - 1]


# --- bookmarks and properties ------------------------------------------------------------------------------------


def test_bookmarks_lead_to_every_line_and_every_paper() -> None:
    found = reader()
    case, files = whole_case()
    lines, _ = dossier.contents(facts(case), completeness(case), files)
    leads: list[tuple[str, int]] = []
    below: list[tuple[str, int]] = []
    for each in found.outline:
        if isinstance(each, Destination):
            leads.append((str(each.title), found.get_destination_page_number(each) or 0))
        else:
            below += [(str(one.title), found.get_destination_page_number(one) or 0) for one in each]
    expected = [(f"{no} {each.title}", each.first + 1) for no, each in enumerate(lines, 1) if each.first]
    assert leads == [("卷宗封面", 0), ("卷内目录", 1), *expected, ("封底", bound().pages - 1)]
    parts = [part.title for line in completeness(case) for part in line.parts if part.kind != "back_cover"]
    assert [title for title, _ in below] == parts
    assert [page for _, page in below] == sorted(page for _, page in below)
    for title, page in below:
        if title in ("人民调解受理登记表", "王测试身份证", "赵测试身份证", "转账凭证", "更正说明"):
            assert title in page_text(page)


def test_a_viewer_counts_as_the_paper_does() -> None:
    labels = reader().page_labels
    assert labels[:3] == ["i", "ii", "1"]
    assert labels[-2:] == [str(bound().pages - 3), "封底"]


def test_the_file_says_what_it_is() -> None:
    told = reader().metadata
    assert told is not None
    assert told.title == "人民调解卷宗 （2024）清综人调字第0001号"
    assert told.author == OFFICE.committee
    assert reader().page_mode == "/UseOutlines"
    assert bound().visit_number == ""


def test_the_same_facts_give_the_same_bytes() -> None:
    case, files = whole_case()
    assert dossier.render(facts(case), completeness(case), files).pdf == bound().pdf


# --- what is in it -----------------------------------------------------------------------------------------------


def test_files_are_bound_on_a4() -> None:
    sizes = {
        (round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader().pages
    }
    assert sizes == {(595, 842), (842, 595)}
    text = words(bound().pdf)
    assert "MAP1" in text and "MAP2" in text and "SLIP1" in text


def test_a_signed_copy_is_bound_instead_of_the_printed_paper() -> None:
    case = with_files(closed().case, file("signed", "人民调解协议书"))
    scan = case.attachments[-1].record_id
    files = {scan: KeptFile("人民调解协议书", "pdf", pdf(A4, words="SIGNED"))}
    text = words(dossier.render(facts(case), completeness(case), files).pdf)
    assert "SIGNED1" in text
    assert "赵测试将滴水改向自家一侧" not in text.split("SIGNED1")[0].split("人民调解记录")[-1]


def test_an_unfinished_dossier_says_so_on_its_cover() -> None:
    assert "未归档" in page_text(0)
    filed = PdfReader(BytesIO(bound(filed=True).pdf))
    assert "未归档" not in filed.pages[0].extract_text()
    assert "刘样例" in filed.pages[0].extract_text()


def test_private_notes_are_nowhere_in_it() -> None:
    book = failed()
    before = dossier.render(facts(book.case), completeness(book.case), {})
    book = mediating().take(
        WriteNote("caucus", "金丝雀一号", 2),
        WriteNote("offer", "金丝雀二号", 2, amount=123_456),
        WriteNote("concession", "金丝雀三号", 1),
    )
    case = without_private(book.case)
    paper = dossier.render(facts(case), completeness(case), {})
    assert "金丝雀" not in words(paper.pdf) and "1,234.56" not in words(paper.pdf)
    assert b"\xe9\x87\x91\xe4\xb8\x9d\xe9\x9b\x80" not in paper.pdf
    assert "终止调解通知书" in words(before.pdf)


def test_characters_no_font_has_are_told_once() -> None:
    case, files = whole_case()
    odd = replace(case, title="䶮家与\U0003fffd家")
    paper = dossier.render(facts(odd), completeness(odd), files)
    assert paper.missing == ("\U0003fffd",)


# --- faults ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (KeptFile("合同", "pdf", pdf(A4, password="geheim")), "“王测试身份证”加了密码"),
        (KeptFile("合同", "pdf", b"%PDF-1.4"), "“王测试身份证”读不出来"),
        (KeptFile("合同", "jpeg", b"\xff\xd8\xff"), "“王测试身份证”读不出来"),
    ],
)
def test_a_file_that_cannot_be_bound_is_named(kept: KeptFile, said: str) -> None:
    case, files = whole_case()
    first = next(iter(files))
    with pytest.raises(Refused, match=said):
        dossier.render(facts(case), completeness(case), {**files, first: kept})


def test_many_pages_are_bound() -> None:
    evidence = [file("evidence", f"材料{number}") for number in range(12)]
    case = with_files(mediating().case, *evidence)
    ten = KeptFile("材料", "pdf", pdf(*[A4] * 10, words="M"))
    files = {each.record_id: ten for each in case.attachments}
    paper = dossier.render(facts(case), completeness(case), files)
    last = PdfReader(BytesIO(paper.pdf)).pages[-3].extract_text()
    assert paper.pages > 125 and f"第 {paper.pages - 4} 页" in last


# --- as a package ------------------------------------------------------------------------------------------------


def test_a_package_has_every_paper_and_every_file_as_it_came(tmp_path: Path) -> None:
    case, files = whole_case()
    content = dossier.package(facts(case), completeness(case), files)
    assert dossier.package(facts(case), completeness(case), files) == content
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert archive.read("03-01 王测试身份证.jpg") == KEPT[0][2].content
        assert archive.read("06-01 宗地图.pdf") == KEPT[2][2].content
        told = json.loads(archive.read("contents.json"))
        agreement = archive.read("08-01 人民调解协议书.pdf")
        listed = archive.read("卷内目录.txt").decode("utf-8-sig")
    assert "赵测试将滴水改向自家一侧" in words(agreement)
    assert [line["no"] for line in told] == list(range(1, 14))
    listed_files = [name for line in told for name in line["files"]]
    assert names == ["00-00 卷宗封面.pdf", *listed_files, "卷内目录.txt", "contents.json"]
    assert all(name in listed for name in listed_files)


def test_titles_become_names_every_system_takes() -> None:
    case = with_files(closed().case, file("evidence", '../合同:"二"\\?.'), file("evidence", "长" * 200))
    files = {each.record_id: KeptFile(each.title, "pdf", pdf(A4)) for each in case.attachments}
    with ZipFile(BytesIO(dossier.package(facts(case), completeness(case), files))) as archive:
        evidence = [name for name in archive.namelist() if name.startswith("06-")]
    assert evidence == ["06-01 _合同__二___.pdf", f"06-02 {'长' * 60}.pdf"]
