"""The paper of a period: read back by pdftotext and pypdf, whatever its length and its numbers."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from qingyuan_desk.documents import monthly, official
from qingyuan_desk.domain.monthly import (
    Chart,
    Entry,
    MonthlyFacts,
    OfficialColumn,
    OfficialFacts,
    Section,
    as_text,
    brief,
    from_json,
    shares,
)
from qingyuan_desk.domain.papers import ReportTable
from tests.documents.reading import layout, needs_poppler, placed, words

pytestmark = needs_poppler

TABLE = ReportTable(
    title="各乡镇来访",
    unit="件、件次",
    header=("乡镇", "件", "件次"),
    rows=(("冉庄镇", "3", "4"), ("清苑镇", "2", "2"), ("合计", "5", "6")),
    note="件次：每来一次计一件次。",
)
CHARTS = (
    Chart("bars", "五类事项", "件次", (Entry("民间纠纷", 5), Entry("法律咨询", 0))),
    Chart(
        "months",
        "近十三个月",
        "件次",
        (Entry("8月\n2024", None), Entry("9月", 6)),
        "“无”：当时尚无登记数据。",
    ),
    Chart("share", "纠纷类型", "件", tuple(Entry(f"第{n}类", n) for n in range(1, 8))),
    Chart("tiles", "各乡镇", "件次", (Entry("冉庄", 4, 0, 1), Entry("清苑", 2, 1, 0))),
)
OFFICIAL = OfficialFacts(
    title="人民调解案件情况统计表",
    columns=(
        OfficialColumn("总数"),
        OfficialColumn("村调委会", "调解主体"),
        OfficialColumn("口头", "协议形式"),
    ),
    rows=(("婚姻家庭纠纷", "3", "3", "1"), ("邻里纠纷", "123456789", "0", "0")),
    total=("合计", "123456792", "3", "1"),
    notes=("金额为万元。",),
)
FACTS = MonthlyFacts(
    title="2024年9月矛盾纠纷受理办理情况月报",
    office="样例中心",
    issue="2024年第9期",
    period="2024年9月",
    paragraphs=("2024年9月，样例中心共接待来访6件次，涉及事项5件。",),
    sections=(Section("一、接待来访", ("来访集中在两个乡镇。",), CHARTS, (TABLE,)),),
    annexes=(
        ReportTable(
            "逾期事项", "件", ("编号", "类型", "环节"), (("清事〔2024〕0001号", "邻里纠纷", "调解中"),)
        ),
    ),
    official=(OFFICIAL,),
    printed_at=datetime(2024, 10, 8, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")),
    digest="0123456789abcdef" + "f" * 48,
)


def pages_of(facts: MonthlyFacts) -> list[str]:
    """The text of each page."""
    return layout(monthly.render(facts).pdf).split("——\n")


def test_the_first_page_says_who_reports_what() -> None:
    first = pages_of(FACTS)[0].splitlines()
    assert first[:6] == [
        "样例中心",
        "2024年第9期 2024年10月8日",
        "2024年9月矛盾纠纷受理办理情况月报",
        "2024年9月，样例中心共接待来访6件次，涉及事项5件。",
        "样例中心",
        "2024年10月8日",
    ]
    assert "数据校验 0123456789abcdef" in first[-1]


def test_everything_stands_on_its_pages() -> None:
    said = "\n".join(pages_of(FACTS))
    for text in (
        "来访集中在两个乡镇。",
        "图1 五类事项（件次）",
        "5（100.0%）",
        "表1 各乡镇来访",
        "合计 5 6",
        "附件1 逾期事项",
        "清事〔2024〕0001号 邻里纠纷 调解中",
        "制表： 审核： 签发：",
        "调解主体 协议形式",
        "邻里纠纷 123456789 0 0",
        "其他",
    ):
        assert text in said, text


def test_pages_are_upright_and_the_official_table_wide_and_all_are_numbered_and_marked() -> None:
    pdf = PdfReader(BytesIO(monthly.render(FACTS).pdf))
    wide = [page.mediabox.width > page.mediabox.height for page in pdf.pages]
    assert wide == [False] * (len(wide) - 1) + [True]
    ends = [re.search(r"第(\d+)页/共(\d+)页", "".join(page.extract_text().split())) for page in pdf.pages]
    assert [end.groups() if end else None for end in ends] == [
        (str(number), str(len(wide))) for number in range(1, len(wide) + 1)
    ]
    marks = [str(mark.title) for mark in pdf.outline if not isinstance(mark, list)]  # type: ignore[union-attr]
    assert marks == [FACTS.title, "一、接待来访", "附件1　逾期事项", "人民调解案件情况统计表"]


def test_the_margins_are_those_of_official_papers() -> None:
    """37 mm at the top, 28 at the left; no text begins left of it, none ends right of 26 mm."""
    long = replace(FACTS, paragraphs=("清" * 400,), sections=(), annexes=(), official=())

    mm = 72 / 25.4
    lefts = [x for word, x, _ in placed(monthly.render(long).pdf)[0] if word.startswith("清")]
    assert min(lefts) == pytest.approx(28 * mm, abs=0.2)


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    for count in range(1, 24):
        facts = replace(
            FACTS,
            paragraphs=("一句话。",) * count,
            sections=(Section("一、标题", ("下面的话。",)),),
            annexes=(),
            official=(),
        )
        page = next(page for page in pages_of(facts) if "一、标题" in page)
        assert "下面的话。" in page, count


def test_a_table_that_does_not_add_up_is_not_printed() -> None:
    wrong = replace(OFFICIAL, faults=("调解案件总数各行相加 3 件，合计 4 件。",))
    said = words(official.render(replace(FACTS, official=(wrong,))).pdf)
    assert "不予打印" in said and "各行相加3件，合计4件" in said
    assert "123456792" not in said and "婚姻家庭纠纷" not in said


@pytest.mark.parametrize("paper_format", ["a4", "a3"])
def test_the_official_tables_stand_alone_too(paper_format: str) -> None:
    paper = official.render(replace(FACTS, official=(replace(OFFICIAL, zero=True),)), paper_format)
    said = words(paper.pdf)
    assert paper.pages == 1 and "实行零报告" in said and "填报单位：样例中心" in said


def test_a_long_list_has_its_head_on_every_page() -> None:
    rows = tuple((f"清事〔2024〕{number:04}号", "邻里纠纷", "调解中") for number in range(1, 91))
    pages = pages_of(replace(FACTS, annexes=(replace(FACTS.annexes[0], rows=rows),)))
    carrying = [page for page in pages if "清事〔2024〕" in page]
    assert len(carrying) > 2 and all("编号 类型 环节" in page for page in carrying)
    assert re.findall(r"〔2024〕(\d+)号", "".join(pages)) == [f"{number:04}" for number in range(1, 91)]


def test_huge_numbers_and_long_names_stay_on_the_page() -> None:
    huge = replace(
        TABLE,
        header=("乡镇", *(f"第{n}栏" for n in range(9))),
        rows=(("某某省某某市某某区某某街道办事处" * 2, *["987,654,321"] * 4, *["1"] * 5),),
    )
    entries = (Entry("很长的名称" * 8, 987_654_321), Entry("短", 1))
    charts = tuple(Chart(kind, "图", "件", entries) for kind in ("bars", "months", "share", "tiles"))
    facts = replace(FACTS, office="很长的单位名称" * 6, sections=(Section("一、大数", (), charts, (huge,)),))
    assert words(monthly.render(facts).pdf).count("987,654,321") >= 8


def test_text_is_plain_and_rare_characters_are_told() -> None:
    facts = replace(FACTS, annexes=(replace(TABLE, rows=(("<b>冉庄</b>&\U0003134f", "3", "4"),)),))
    paper = monthly.render(facts)
    assert "<b>冉庄</b>&" in words(paper.pdf)
    assert paper.missing == ("\U0003134f",)


def test_training_papers_say_so() -> None:
    assert "月报（演练）" in "".join(pages_of(replace(FACTS, training=True))).replace("\n", "")


def test_kept_facts_make_the_same_file() -> None:
    again = from_json(json.loads(as_text(FACTS)))
    assert again == FACTS and as_text(again) == as_text(FACTS)
    assert monthly.render(again).pdf == monthly.render(FACTS).pdf


def test_a_share_has_at_most_five_parts_and_loses_nothing() -> None:
    parts = shares([Entry(f"第{number}类", number) for number in range(9)])
    assert [part.name for part in parts] == ["第8类", "第7类", "第6类", "第5类", "其他"]
    assert sum(part.value or 0 for part in parts) == sum(range(9))
    assert shares([Entry("甲", 0), Entry("乙", None)]) == ()


def test_lines_of_zeros_are_told_in_a_sentence_and_kept_in_the_facts() -> None:
    zeros = tuple((f"某{n}镇", "0", "—") for n in "甲乙丙")
    table = replace(TABLE, rows=(TABLE.rows[0], *zeros, ("合计", "3", "4")))
    said = "".join(pages_of(replace(FACTS, sections=(Section("一、接待来访", tables=(table,)),))))
    assert "全为零的3行没有列出。" in said and "某甲镇" not in said and "冉庄镇 3 4" in said
    assert brief(replace(table, rows=table.rows[:-1])).rows == table.rows[:-1]
    assert brief(replace(table, rows=(*zeros[:2], table.rows[-1]))).rows == (*zeros[:2], table.rows[-1])
    assert brief(replace(table, rows=(*zeros, ("合计", "0", "—")))).rows == (("合计", "0", "—"),)


def test_narrow_tables_stand_beside_each_other() -> None:
    narrow = [
        ReportTable(f"窄表{n}", "件", ("类别", "件"), (("甲类", "1"), ("合计", "1")), "注。")
        for n in range(4)
    ]
    said = "".join(pages_of(replace(FACTS, sections=(Section("一、办理", tables=tuple(narrow)),))))
    assert "表1 窄表0 表3 窄表2" in said and "表2 窄表1 表4 窄表3" in said


def test_a_paper_says_what_its_reference_says() -> None:
    """Every piece of the paper; tests/services/test_reporting.py has a whole month.

    After a change that is meant: RENEW_REFERENCES=1, and read the differences.
    """
    path = Path(__file__).parent / "reference" / "monthly" / "pieces.txt"
    said = layout(monthly.render(FACTS).pdf)
    if "RENEW_REFERENCES" in os.environ:
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


def test_figures_are_never_broken_and_a_long_issuer_stays_between_the_margins() -> None:
    row = ("某某省某某市某某区某某街道办事处", *["98,765,432"] * 9)
    table = replace(TABLE, header=("乡镇", *(f"第{n}栏" for n in range(9))), rows=(row,))
    name = "很长的单位名称" * 6
    pdf = monthly.render(replace(FACTS, office=name, sections=(Section("一、大数", tables=(table,)),))).pdf
    assert " ".join(row[1:]) in layout(pdf)
    assert min(x for page in placed(pdf)[:-1] for _, x, _ in page) >= 28 * 72 / 25.4 - 0.2
