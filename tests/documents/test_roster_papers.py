"""聘书, invitation and 以案定补申报表 read back: everything on them, whatever is written, and sums that can be checked by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from qingyuan_desk.documents import appointment, invitation, subsidy
from qingyuan_desk.domain.papers import FORMATS, Letterhead
from qingyuan_desk.domain.roster.callouts import Callout
from qingyuan_desk.domain.roster.mediators import Term
from qingyuan_desk.domain.roster.papers import AppointmentLetter, Invitation
from qingyuan_desk.domain.roster.subsidy import Dispute, Helper, pending, sheet
from qingyuan_desk.domain.roster.subsidy_sheet import SubsidyFacts
from tests.documents.reading import layout, needs_poppler, words
from tests.domain.office_tables import reference

NOW = datetime(2024, 10, 8, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
OFFICE = Letterhead("样例综治中心", "", "", "0312-0000000", "", "样例综治中心人民调解委员会", False)
LETTER = AppointmentLetter(
    OFFICE, "清调聘〔2024〕M04号", "刘样例", "乡贤调解员", Term.from_start(date(2024, 9, 18)), False, NOW
)
CALL = Callout(
    1,
    "M04",
    "刘样例",
    7,
    "清事〔2024〕0512号",
    "调解滴水纠纷",
    "phone",
    NOW,
    "登记员",
    None,
    "乡贤调解室",
    "",
    "",
    None,
    "",
)
RATES = reference().subsidy_rates


def _quarter(count: int, **facts: object) -> SubsidyFacts:
    usual = Dispute(0, "", "滴水纠纷", "03", "written", "agreed", "general", date(2024, 9, 20))
    lines = [
        pending(
            replace(
                usual,
                matter_id=number,
                number=f"（2024）清综人调字第{number:04}号",
                closed=True,
                filed=number % 10 != 0,
                performed=True,
                mediators=(Helper("M04", "刘样例", "3"), Helper("M05", "孙样例"))[: 1 + number % 2],
                **facts,
            ),
            RATES,
        )
        for number in range(1, count + 1)
    ]
    made = sheet("2024Q3", "2024年第三季度", lines)
    return SubsidyFacts(OFFICE, made, {"03": "房屋宅基地纠纷"}, "登记员", NOW)


# --- 聘书 --------------------------------------------------------------------------------------------------------


def test_a_letter_is_one_sheet_across_without_page_numbers() -> None:
    paper = appointment.render(LETTER)
    (page,) = PdfReader(BytesIO(paper.pdf)).pages
    assert page.mediabox.width > page.mediabox.height
    text = words(paper.pdf)
    for said in (
        "聘书",
        "刘样例同志：",
        "第十三条、第十四条",
        "现聘请您担任",
        "此聘",
        "（盖章）",
        "2024年9月18日",
    ):
        assert said in text
    assert "页" not in text.replace("乡贤", "") and paper.missing == ()


def test_a_long_name_stays_within_the_frame_and_a_rare_character_is_reported() -> None:
    named = replace(LETTER, name="很长的姓名" * 10, kind="专业调解员", renewed=True)
    assert appointment.render(named).pages == 1
    assert "现续聘您担任" in words(appointment.render(named).pdf)
    assert appointment.render(replace(LETTER, name="\U0002fffd样例")).missing != ()


def test_training_letters_are_marked() -> None:
    marked = replace(LETTER, office=replace(OFFICE, training=True))
    assert "演练" in words(appointment.render(marked).pdf)
    assert "演练" not in words(appointment.render(LETTER).pdf)


# --- invitation --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", FORMATS)
def test_an_invitation_names_where_when_and_what_the_law_asks(paper: str) -> None:
    made = invitation.render(Invitation(OFFICE, CALL, "冉庄镇冉庄村", "乡贤调解室", NOW), paper)
    text = words(made.pdf)
    for said in ("收到后尽快", "乡贤调解室", "清事〔2024〕0512号", "另选调解员", "第四条", "0312-0000000"):
        assert said in text
    assert made.pages == 1


def test_an_invitation_without_a_matter_or_a_telephone() -> None:
    bare = Invitation(replace(OFFICE, phone=""), replace(CALL, matter_number=""), "", "", NOW)
    text = words(invitation.render(bare, "a5").pdf)
    assert "（到场后告知）" in text and "联系电话" not in text


# --- 以案定补申报表 ----------------------------------------------------------------------------------------------


@needs_poppler
def test_a_quarter_adds_up_on_every_page() -> None:
    paper = subsidy.render(_quarter(60))
    text = layout(paper.pdf)
    assert paper.pages > 3
    amounts = [
        int(cents.replace(",", "").replace(".", "")) for cents in re.findall(r"([\d,]+\.\d\d) 待报", text)
    ]
    assert len(amounts) == 54 and sum(amounts) == 54 * 10_000
    flat = words(paper.pdf)
    for said in ("5,400.00", "伍仟肆佰元整", "明细合计5,400.00元，按调解员合计5,400.00元，两项一致"):
        assert said in flat
    assert flat.count("卷宗号") >= paper.pages - 2, "the head comes again on every page of a table"
    assert flat.count("一案一卷") == 6
    for number in range(1, 61):
        assert f"人调字第{number:04}号" in flat


def test_an_empty_quarter_says_so() -> None:
    text = words(subsidy.render(_quarter(0)).pdf)
    assert "本季度没有可以申报的纠纷" in text and "按调解员汇总" not in text


def test_text_of_people_is_plain_text() -> None:
    facts = _quarter(2, title="<b>滴水</b> & <i>纠纷</i>")
    assert "<b>滴水</b>" in words(subsidy.render(facts).pdf)
