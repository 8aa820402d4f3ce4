"""Sheets between organs: the labels practice prints, what they are filled with, blank ones, and what a sealed one leaves unsaid."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from qingyuan_desk.documents import handling
from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.handling.choices import choices
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS
from tests.documents.reading import layout, needs_poppler, words
from tests.documents.sheet_cases import (
    ASSIGNED,
    FACTS,
    FILLED,
    FORWARDED,
    HANDED,
    SAID,
    SEALED,
    SECRET,
    SUPPORT,
)

#: The labels a county's three-ledger system (三本台账) prints.
LABELS = {
    "processing": (
        "编号 来件时间 台账类型 来件类型 呈报件 交办件 转办件 来电来信来访件 本级拟办意见 分管领导意见 主要领导意见"
        " 办理结果 接件时间 承办人签字"
    ),
    "assign": (
        "编号 台账类型 会议期数 会议类型 主要事项 会议议定事项摘要 主办单位 协办单位 责任人 办理时限（起止）"
        " 责任单位接件时间 责任单位联系人 协办单位联系人 联系电话"
    ),
    "application": (
        "编号 申报单位（盖章） 申报时间 申报主要事项及原因 申报单位主要领导意见（签名） 县台账办拟办意见"
        " 联席会议召集人审核意见 联系人 电话"
    ),
    "transfer": (
        "转办部门 主要事项及原因 承办单位联系人 电话 承办责任人 分管领导意见 主要领导意见 转办时间 办理起止时间"
        " 接件时间 办理结果"
    ),
    "reply": "回复事项 内容摘要 联系人 电话 附件",
    "submit": "主要事项及原因 单位工作意见",
}

#: What a filled sheet says.
SAYS = {
    "processing": "清事〔2025〕0512号 ■来电来信来访件 王建国 拟由区交通运输局主办 实质性办结（2025年12月8日）",
    "assign": "清转〔2025〕0094号 会议议定 2025年10月13日起 2025年11月12日止 吴签收 《公路法》第八条 2024-09版",
    "transfer": "清转〔2025〕0086号 区住房和城乡建设局： 办理要求：查明 清单外交办理由 批准人：赵主任 协办单位：冉庄镇人民政府",
    "urgent": "清报〔2025〕0003号 区委区政府值班室 冯接报 劝离现场 第二十五条 □本级信访工作联席会议办公室",
    "hand_over": "清转〔2025〕0093号 职责清单（2024-09版）“农村公路养护”由区交通运输局主办 《公路法》第八条 5个工作日",
    "receipt": "区交通运输局今收到2025年10月13日以移送方式 ■移送 办结回复末日2025年11月12日 2025年10月10日",
    "objection": "第二十三条第三款 不属于本局职权范围 区交通运输局 ■核实同意，交还材料 钱核实",
    "returned": "■异议经核实同意 路面照片6张 2025年10月10日",
    "reassigned": "区住房和城乡建设局、区交通运输局： 清转〔2025〕0091号 清转〔2025〕0093号 该路段养护责任已经查清",
    "reply": "清交函〔2025〕17号 关于移送事项 清转〔2025〕0093号 320米路面修补",
    "support": "冉庄镇人民政府 区自然资源和规划局 2025年10月22日 测量路基占地界线 镇政府召开村民代表会",
    "support_reply": "清自函〔2025〕9号 ■按期 10月20日派2人",
    "remind": "清督〔2025〕0011号 已经超过1天 请于2025年11月18日前 本次为第一次催办 第四十条",
    "yellow": "清督〔2025〕0012号 5分 2025年11月17日：正在备料 清督〔2025〕0011号",
    "red": "清督〔2025〕0013号 10分 清督〔2025〕0011号 清督〔2025〕0012号 未回复 2025年12月4日",
    "unit_rating": "■是 ■满意 到场及时 冉庄镇人民政府 清转〔2025〕0095号",
    "submit": "2025年11月15日：路面修补完成 王建国 0312-0000000",
    "application": "保定市清苑区社会治安综合治理中心 赵敏",
    "discipline": "密件 区纪委监委 亲启 清转〔2025〕0087号 第三十条第三款",
}


def drawn(kind: str, blank: bool = False) -> bytes:
    facts, subject = FILLED[kind]
    paper = handling.render(kind, replace(facts, subject=subject), blank)
    assert paper.missing == ()
    return paper.pdf


@pytest.mark.parametrize("kind", FILLED)
def test_what_a_sheet_says(kind: str) -> None:
    told = words(drawn(kind))
    assert [each for each in SAYS[kind].split() if each not in told] == []
    assert len(PdfReader(BytesIO(drawn(kind))).pages) == (2 if kind == "discipline" else 1)


@pytest.mark.parametrize("kind", LABELS)
def test_the_labels_are_those_practice_prints(kind: str) -> None:
    told = words(drawn(kind, blank=True))
    assert [each for each in LABELS[kind].split() if each not in told] == []


@pytest.mark.parametrize("kind", FILLED)
def test_a_blank_sheet_says_nothing_of_anybody(kind: str) -> None:
    told = words(drawn(kind, blank=True))
    named = ("王建国", "环村路", "清转〔2025〕", "清事〔2025〕", "区交通运输局", "13800138000", "■")
    assert [each for each in named if each in told] == []
    assert HANDLING_PAPERS[kind].title in told
    assert len(PdfReader(BytesIO(drawn(kind, blank=True))).pages) == (2 if kind == "discipline" else 1)


@needs_poppler
def test_poppler_reads_every_sheet() -> None:
    for kind in FILLED:
        told = "".join(layout(drawn(kind)).split())
        assert HANDLING_PAPERS[kind].title in told
        assert "〓" not in told


def test_the_envelope_and_the_sheet_of_an_accusation_name_nobody() -> None:
    pdf = drawn("discipline")
    told = words(pdf)
    assert "某某" not in told and "王建国" not in told and "补偿款" not in told and "13800138000" not in told
    envelope, sheet = ("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)
    assert "密件" in envelope and "检举控告" not in envelope
    assert "检举控告移送单" in sheet and "接收人（签名）" in sheet


def test_a_sealed_matter_is_offered_no_other_sheet() -> None:
    offered = {(each.kind, each.subject) for each in choices(SEALED.case)}
    assert ("discipline", SECRET.record_id) in offered
    assert {kind for kind, _ in offered} & (FILLED.keys() - {"discipline"}) == set()


def test_every_sheet_of_the_matter_is_offered() -> None:
    offered = {(each.kind, each.subject) for each in choices(FACTS.case)}
    wanted = {(kind, subject) for kind, (facts, subject) in FILLED.items() if facts is FACTS}
    assert wanted - offered == set()
    assert ("reassigned", FORWARDED.record_id) not in offered


def of(kind: str, subject: int) -> str:
    return words(handling.render(kind, replace(FACTS, subject=subject)).pdf)


def test_a_receipt_tells_the_limits_of_how_the_matter_came() -> None:
    assert "书面告知信访人末日2025年10月11日（顺延至2025年10月13日）（暂定）" in of(
        "receipt", FORWARDED.record_id
    )
    assert "反馈办理结果末日2025年11月12日" in of("receipt", ASSIGNED.record_id)
    support = of("receipt", SUPPORT.record_id)
    assert "要求响应日期2025年10月22日" in support and "异议" not in support
    assert "冉庄镇人民政府：" in support


def test_who_is_not_on_the_duty_list_gets_it_by_approval() -> None:
    assert "按照职责清单由你单位主办" in of("hand_over", HANDED.record_id)
    told = of("hand_over", FORWARDED.record_id)
    assert "经批准由你单位主办" in told and "按照职责清单由你单位主办" not in told
    assert "批准人：赵主任" in told


def test_a_sheet_of_a_record_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        handling.render("hand_over", replace(FACTS, subject=99))


def test_what_people_said_is_plain_text_and_cut_where_it_is_very_long() -> None:
    case = replace(FACTS.case, narrative="<b>加急</b>&nbsp;" + SAID * 20)
    told = words(handling.render("assign", replace(FACTS, case=case, subject=4)).pdf)
    assert "<b>加急</b>&nbsp;" in told
    assert "……（全文见送案包）" in told


def test_without_a_card_before_it_the_history_says_so() -> None:
    case = replace(FACTS.case, urges=FACTS.case.urges[1:2])
    told = words(handling.render("yellow", replace(FACTS, case=case, subject=2)).pdf)
    assert "此前没有对本事项催办、督办" in told
