"""Reports on paper: read back by pdftotext, whatever their length."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from qingyuan_desk.documents import report
from qingyuan_desk.domain.papers import ReportFacts, ReportTable

TABLE = ReportTable(
    title="各乡镇来访",
    unit="件、件次",
    header=("乡镇", "件", "件次"),
    rows=(("冉庄镇", "3", "4"), ("清苑镇", "2", "2"), ("合计", "5", "6")),
    note="件次：每来一次计一件次。",
)
FACTS = ReportFacts(
    title="矛盾纠纷受理登记情况月报",
    office="样例中心",
    period="2024年9月",
    paragraphs=("2024年9月，样例中心共接待来访6件次，涉及事项5件。",),
    tables=(TABLE,),
    printed_at=datetime(2024, 10, 8, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")),
)


def pages_of(folder: Path, facts: ReportFacts) -> list[str]:
    """The text of each page."""
    path = folder / "report.pdf"
    path.write_bytes(report.render(facts).pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True)
    return done.stdout.decode().split("\f")[:-1]


def test_everything_of_a_short_report_is_on_its_page(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, FACTS)
    lines = [" ".join(line.split()) for line in page.splitlines() if line.strip()]
    assert lines[:4] == [
        "矛盾纠纷受理登记情况月报",
        "2024年9月",
        "样例中心",
        "2024年9月，样例中心共接待来访6件次，涉及事项5件。",
    ]
    assert lines[4:6] == ["样例中心", "2024年10月8日"]
    assert lines[6:13] == [
        "表1 各乡镇来访",
        "单位：件、件次",
        "乡镇 件 件次",
        "冉庄镇 3 4",
        "清苑镇 2 2",
        "合计 5 6",
        "件次：每来一次计一件次。",
    ]
    assert lines[13] == "制表： 审核： 签发："
    assert "".join(page.split()).endswith("打印时间2024年10月8日09:30第1页/共1页")
    assert "演练" not in page


def test_a_table_that_fits_a_page_is_not_cut(tmp_path: Path) -> None:
    rows = tuple((f"第{number}村", str(number), "0") for number in range(1, 21))
    facts = replace(FACTS, paragraphs=FACTS.paragraphs * 8, tables=(replace(TABLE, rows=rows),))
    first, second, *more = pages_of(tmp_path, facts)
    assert "乡镇" not in first
    assert "第1村" in second and "第20村" in second
    assert not any("村" in page for page in more)


def test_a_long_table_has_its_head_on_every_page(tmp_path: Path) -> None:
    rows = tuple((f"第{number}村", str(number), "0") for number in range(1, 91))
    pages = pages_of(tmp_path, replace(FACTS, tables=(replace(TABLE, rows=rows),)))
    assert len(pages) > 2
    carrying = [page for page in pages if "村" in page]
    assert all("件次" in page.split("村")[0] for page in carrying)
    assert [name for page in pages for name in page.split() if name.endswith("村")] == [
        row[0] for row in rows
    ]


def test_figures_stand_right_under_each_other(tmp_path: Path) -> None:
    rows = (("冉庄镇", "3", "+4.5%"), ("清苑镇", "1234", "—"), ("合计", "1237", "0.0%"))
    path = tmp_path / "report.pdf"
    path.write_bytes(report.render(replace(FACTS, tables=(replace(TABLE, rows=rows),))).pdf)
    done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True)
    ends = dict(
        re.findall(r'xMax="([\d.]+)"[^>]*>(件|3|1234|1237|件次|\+4.5%|—|0.0%)</word>', done.stdout.decode())
    )
    assert len({round(float(end)) for end in ends}) == 2
    assert set(ends.values()) >= {"1237", "0.0%"}


def test_text_is_plain_and_rare_characters_are_told(tmp_path: Path) -> None:
    odd = replace(TABLE, rows=(("<b>冉庄</b>&\U0003134f", "3", "4"),))
    paper = report.render(replace(FACTS, tables=(odd,)))
    (page,) = pages_of(tmp_path, replace(FACTS, tables=(odd,)))
    assert "<b>冉庄</b>&" in page
    assert paper.missing == ("\U0003134f",)


def test_training_reports_say_so(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, replace(FACTS, training=True))
    assert "矛盾纠纷受理登记情况月报（演练）" in page
    assert page.count("演") == 2, "in the title and across the page"


def test_the_same_report_is_the_same_file() -> None:
    assert report.render(FACTS).pdf == report.render(FACTS).pdf
