"""The papers of a mediation: what stands on them, filled and blank, how long texts break, what no text can spoil.

After a change that is meant, renew the texts in reference/forms/ and read their differences before you commit them:

    RENEW_REFERENCES=1 .venv/bin/python -m pytest tests/documents/test_forms.py
"""

from __future__ import annotations

import os
import re
from dataclasses import fields, replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from qingyuan_desk.documents import forms
from qingyuan_desk.documents.forms.parts import counted
from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.mediation.case import CaseParty
from qingyuan_desk.domain.mediation.codes import GROUNDS, PATHS
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS, CasePaper
from qingyuan_desk.domain.papers import path_lines
from qingyuan_desk.domain.tables import Organ
from tests.documents import cases
from tests.documents.facts import OFFICE
from tests.documents.reading import layout, needs_poppler, words

KINDS = tuple(MEDIATION_PAPERS)
BLANK = [kind for kind in KINDS if MEDIATION_PAPERS[kind].blank]
REFERENCE = Path(__file__).parent / "reference" / "forms"
RENEW = "RENEW_REFERENCES" in os.environ

SPECIAL = {
    "agreement-draft": ("agreement", cases.DRAFT),
    "agreement-superseded": ("agreement", cases.SUPERSEDED),
    "agreement-newer": ("agreement", cases.NEWER),
    "agreement-wages": ("agreement", cases.WAGES),
    "receipt-part": ("receipt", replace(cases.PAPER, subject=72)),
    "receipt-deed": ("receipt", replace(cases.PAPER, subject=73)),
}


def paper(kind: str) -> CasePaper:
    return cases.USUAL[kind]


def pages(pdf: bytes) -> list[str]:
    """The words of each page."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


# --- what stands on them -----------------------------------------------------------------------------------------


@needs_poppler
@pytest.mark.parametrize(
    ("name", "kind", "facts", "blank"),
    [
        *[(kind, kind, cases.USUAL[kind], False) for kind in KINDS],
        *[(f"{kind}-blank", kind, cases.USUAL[kind], True) for kind in BLANK],
        *[(name, kind, facts, False) for name, (kind, facts) in SPECIAL.items()],
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_paper_says_what_its_reference_says(name: str, kind: str, facts: CasePaper, blank: bool) -> None:
    said = layout(forms.render(kind, facts, blank).pdf)
    path = REFERENCE / f"{name}.txt"
    if RENEW:
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8"), f"{path.name} says something else"


def test_no_reference_is_left_over() -> None:
    known = {*KINDS, *(f"{kind}-blank" for kind in BLANK), *SPECIAL}
    assert {path.stem for path in REFERENCE.iterdir()} == known


#: Labels of the official forms, word for word.
LABELS = {
    "application": "姓名 性别 民族 年龄 职业或职务 联系方式 单位或住址 被申请人 纠纷简要情况 当事人申请事项 申请人（签名盖章或按指印）",
    "acceptance": "纠纷类型 案件来源 ①当事人申请 ②人民调解委员会主动调解 纠纷简要情况 当事人（签名） 登记人（签名） 人民调解委员会（印章） 备注",
    "record": "时间 地点 事由 当事人 参加人 告知情况 双方陈述 质证 调解结果 人民调解员（签名） 记录人（签名）",
    "investigation": "调查时间 调查地点 参加人 被调查人 记录 被调查人（签名 调查人（签名） 记录人（签名）",
    "agreement": "编号 姓名 性别 民族 年龄 职业或职务 联系方式 单位或住址 纠纷主要事实 争议事项 自愿达成如下协议 履行方式、时限"
    " 当事人（签名盖章或按指印） 人民调解员（签名） 记录人（签名） 人民调解委员会（印章）",
    "oral": "姓名 纠纷主要事实 争议事项 履行方式、时限 人民调解员（签名） 记录人（签名） 人民调解委员会（印章）",
    "follow_up": "当事人 调解协议编号 回访事由 回访时间 回访情况 履行情况 满意程度 被回访人 回访人（签名）",
    "closing": "卷号 填表时间 承办单位 承办人 受案时间 结案时间 申请人 案件来源 简要事实 处理结果",
    "cover": "人民调解委员会 人民调解卷宗 卷名 卷号 人民调解员 调解日期 立卷人 立卷日期 保管期限 备注",
    "contents": "序号 文书名称 页号 备注",
    "confirmation": "公民身份号码 请求事项 事实与理由 附送材料 人民法院 申请人（签名盖章或按指印）",
}


@pytest.mark.parametrize("blank", [False, True], ids=["filled", "blank"])
@pytest.mark.parametrize("kind", LABELS)
def test_official_labels_stand_word_for_word(kind: str, blank: bool) -> None:
    said = words(forms.render(kind, paper(kind), blank).pdf)
    assert [label for label in LABELS[kind].split() if label not in said] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("cover", "back_cover")])
def test_the_title_stands_on_the_first_page(kind: str) -> None:
    assert pages(forms.render(kind, paper(kind)).pdf)[0].startswith(MEDIATION_PAPERS[kind].title)


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_in_a_text_is_filled(kind: str) -> None:
    for blank in {False, MEDIATION_PAPERS[kind].blank}:
        assert re.findall(r"\{\w+\}", words(forms.render(kind, paper(kind), blank).pdf)) == []


@pytest.mark.parametrize("kind", BLANK)
def test_a_blank_form_tells_nothing_of_the_case(kind: str) -> None:
    said = words(forms.render(kind, paper(kind), blank=True).pdf)
    for secret in ("王建国", "李德顺", "界墙", "13800138000", "0001号", "2024"):
        assert secret not in said


@pytest.mark.parametrize("kind", KINDS)
def test_usual_papers_take_few_sheets(kind: str) -> None:
    two = {"agreement", "signing", "invitation"}
    assert forms.render(kind, paper(kind)).pages == (2 if kind in two else 1)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("cover", "back_cover", "contents")])
def test_nobody_pays_and_where_it_matters_it_is_said(kind: str) -> None:
    free = {
        "acceptance",
        "rights",
        "record",
        "agreement",
        "signing",
        "oral",
        "receipt",
        "invitation",
        "next_paths",
    }
    assert ("不收取任何费用" in words(forms.render(kind, paper(kind)).pdf)) == (kind in free)


# --- what must not stand on them ---------------------------------------------------------------------------------

PRIVATE = [note for note in cases.HOUSE.notes if note.private]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "offers"])
def test_private_notes_stand_on_no_paper_but_the_ladder(kind: str) -> None:
    said = words(forms.render(kind, paper(kind)).pdf)
    assert [note.text for note in PRIVATE if note.text in said] == []


def test_the_ladder_shows_each_last_offer_and_the_gap_and_says_it_is_internal() -> None:
    made = forms.render("offers", paper("offers"))
    said = words(made.pdf)
    assert "内部使用" in said and "不入卷" in said
    assert "申请人一方最近提出5,000元，被申请人一方最近提出3,000元，相差2,000元" in said
    assert "李德顺说其实知道墙是两家的" not in said, "a talk in private is no offer"
    assert MEDIATION_PAPERS["offers"].internal and not MEDIATION_PAPERS["offers"].blank


def test_a_ladder_with_one_side_silent_compares_nothing() -> None:
    quiet = replace(cases.HOUSE, notes=tuple(note for note in cases.HOUSE.notes if note.party != 12))
    said = words(forms.render("offers", replace(cases.PAPER, case=quiet)).pdf)
    assert "还不能比较" in said and "还没有提出" in said


# --- agreements --------------------------------------------------------------------------------------------------


@needs_poppler
@pytest.mark.parametrize(
    ("facts", "kind", "mark"),
    [
        (cases.DRAFT, "agreement", "草稿"),
        (cases.SUPERSEDED, "agreement", "已被替代"),
        (cases.SUPERSEDED, "signing", "已被替代"),
        (replace(cases.PAPER, subject=61), "agreement", ""),
        (cases.DRAFT, "signing", ""),
    ],
)
def test_what_is_not_in_force_is_marked_on_every_page(facts: CasePaper, kind: str, mark: str) -> None:
    made = forms.render(kind, facts)
    for said in pages(made.pdf):
        assert [each for each in ("草稿", "已被替代", "已作废") if each in said] == ([mark] if mark else [])


def test_a_draft_and_its_copies_for_signing_break_at_the_same_places() -> None:
    draft, signing = (pages(forms.render(kind, cases.DRAFT).pdf) for kind in ("agreement", "signing"))
    assert [said.replace("草稿", "") for said in draft] == signing


def test_copies_are_the_parties_and_one() -> None:
    agreed = cases.HOUSE.agreements[0]
    for parties, said in ((2, "三"), (3, "四"), (11, "十二")):
        people = tuple(replace(cases.WANG, record_id=100 + n, name=f"样例{n}") for n in range(parties))
        case = replace(cases.HOUSE, parties=people, agreements=(replace(agreed, copies=0),))
        text = words(forms.render("agreement", replace(cases.PAPER, case=case, subject=61)).pdf)
        assert f"本协议一式{said}份，当事人、人民调解委员会各持一份。" in text


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100"), (0, "0")],
)
def test_small_numbers_in_characters(count: int, said: str) -> None:
    assert counted(count) == said


def test_a_company_signs_through_its_representative_and_has_a_place_for_its_seal() -> None:
    said = words(forms.render("agreement", cases.WAGES).pdf)
    assert "样例建筑工程有限公司代表人（签名）：（印章）" in said
    assert "代表人赵经理" in said


def test_a_minor_signs_with_a_guardian() -> None:
    child = replace(cases.WANG, birth_date="2010-01-01")
    case = replace(cases.HOUSE, parties=(child, cases.LI))
    assert "王建国的监护人" in words(
        forms.render("agreement", replace(cases.PAPER, case=case, subject=61)).pdf
    )
    assert "监护人" not in words(forms.render("agreement", paper("agreement")).pdf)


def test_instalments_stand_with_figures_and_capitals_and_their_total() -> None:
    said = words(forms.render("agreement", cases.WAGES).pdf)
    assert said.count("12,000元（壹万贰仟元整）") == 3
    assert "以上共三期，合计人民币36,000元（大写：叁万陆仟元整）" in said


def test_a_receipt_in_part_says_what_is_still_open() -> None:
    said = words(forms.render("receipt", replace(cases.PAPER, subject=72)).pdf)
    assert "第二期（共三期）应当给付的款项，截至" in said
    assert "累计已经收到人民币600元（大写：陆佰元整）。本期此前出具的收条并入本收条" in said
    assert "本期尚有人民币400元（大写：肆佰元整）没有给付" in said


# --- the others --------------------------------------------------------------------------------------------------


def test_each_party_gets_an_invitation_of_its_own() -> None:
    first, second = pages(forms.render("invitation", paper("invitation")).pdf)
    assert "王建国：你（单位）与李德顺之间" in first and "李德顺：你（单位）与王建国之间" in second
    assert "远程视频（会议号000-000-000，冉庄景区调解点）" in first
    assert "13900139000" not in first, "the other side's telephone is not the invited one's business"


def test_the_termination_names_ground_article_and_every_way_that_remains() -> None:
    said = words(forms.render("termination", paper("termination")).pdf)
    ground = GROUNDS["no_agreement"]
    assert ground.name in said and ground.article in said
    assert [name for name in PATHS.values() if name not in said] == []
    assert "√向人民法院起诉" in said and "√申请仲裁" not in said


def test_what_is_not_known_of_an_organ_is_not_printed() -> None:
    said = words(forms.render("next_paths", paper("next_paths")).pdf)
    assert said.count("地址：") == said.count("电话：") == 1


ORGANS = [
    Organ("administrative", "请求行政机关处理", "主管部门", "", "", "", ""),
    Organ("administrative.16", "请求交警调解", "交警大队", "", "", "", ""),
    Organ("arbitration.10", "申请劳动仲裁", "仲裁院", "", "", "", ""),
    Organ("lawsuit", "起诉", "法院", "", "", "", ""),
]


@pytest.mark.parametrize(
    ("dispute", "named"),
    [
        ("16", ["请求交警调解", "起诉"]),
        ("10", ["请求行政机关处理", "申请劳动仲裁", "起诉"]),
        ("03", ["请求行政机关处理", "起诉"]),
        ("", ["请求行政机关处理", "起诉"]),
    ],
)
def test_a_way_of_its_own_stands_in_the_place_of_the_general_one(dispute: str, named: list[str]) -> None:
    found = path_lines(ORGANS, dispute, ("administrative",))
    assert [each.name for each in found] == named
    assert [each.suggested for each in found] == [name.startswith("请求") for name in named]


def test_the_foot_says_number_and_which_print_it_is() -> None:
    again = words(forms.render("record", replace(paper("record"), count=3)).pdf)
    assert "（2024）清综人调字第0001号打印时间2024年9月30日10:33第3次打印" in again
    unlogged = words(forms.render("record", replace(paper("record"), count=3, logged=False)).pdf)
    assert "数据只读，未记入打印记录" in unlogged


def test_a_paper_of_training_says_so() -> None:
    trained = replace(paper("record"), office=replace(OFFICE, training=True))
    assert "演练" in words(forms.render("record", trained).pdf)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if MEDIATION_PAPERS[kind].about != "case"])
def test_a_record_that_is_gone_is_a_sentence(kind: str) -> None:
    with pytest.raises(NotFound, match="没有找到"):
        forms.render(kind, replace(paper(kind), subject=999))


# --- any text ----------------------------------------------------------------------------------------------------

SENTENCE = "对方翻建房屋时将滴水落在我家院内，村委会多次调解未果，"
LONG = (SENTENCE * 800)[:20_000]


def _long(facts: CasePaper) -> CasePaper:
    case = facts.case
    assert case.mediation
    return replace(
        facts,
        case=replace(
            case,
            mediation=replace(case.mediation, facts=LONG, remark=LONG),
            sessions=tuple(replace(each, statements=LONG) for each in case.sessions),
            agreements=tuple(replace(each, facts=LONG) for each in case.agreements),
            corrections=tuple(replace(each, before=LONG) for each in case.corrections),
            follow_ups=tuple(replace(each, danger=LONG) for each in case.follow_ups),
            notes=tuple(
                replace(each, text=LONG) if each.kind == "undisputed" else each for each in case.notes
            ),
        ),
    )


@pytest.mark.parametrize(
    "kind",
    [
        *("application", "acceptance", "investigation", "record", "agreement", "oral", "undisputed"),
        *("correction", "closing", "explanation", "follow_up"),
    ],
)
def test_twenty_thousand_characters_go_on_over_the_pages_whole(kind: str) -> None:
    made = forms.render(kind, _long(paper(kind)))
    told = pages(made.pdf)
    assert made.pages == len(told) >= 12
    body = "".join(re.sub(r"（2024）清综人调字第0001号打印时间.*$", "", said) for said in told)
    assert LONG in body.replace("简要事实", "")
    for number, said in enumerate(told, 1):
        assert f"第{number}页/共{made.pages}页" in said
        assert len(said) > 120, f"page {number} is nearly empty: {said}"
    assert SENTENCE in told[-1] or "。" in told[-1]


@pytest.mark.parametrize("kind", ["application", "agreement", "record", "explanation"])
@pytest.mark.parametrize("length", range(200, 1400, 100))
def test_places_to_sign_never_stand_alone_on_a_page(kind: str, length: int) -> None:
    text = (SENTENCE * 60)[:length]
    facts = _long(paper(kind))
    assert facts.case.mediation
    case = replace(
        facts.case,
        mediation=replace(facts.case.mediation, facts=text, remark=text),
        sessions=tuple(replace(each, statements=text) for each in facts.case.sessions),
        agreements=tuple(replace(each, facts=text) for each in facts.case.agreements),
    )
    last = pages(forms.render(kind, replace(facts, case=case)).pdf)[-1]
    before = re.split(r"当事人（签名|申请人（签名|立卷人（签名", last)[0]
    assert len(before) > 10, last


def test_forty_parties_sign_over_several_pages() -> None:
    people = tuple(replace(cases.WANG, record_id=100 + n, name=f"样例工友{n:02d}") for n in range(40))
    case = replace(cases.HOUSE, parties=people)
    told = pages(forms.render("rights", replace(cases.PAPER, case=case)).pdf)
    for each in people:
        assert "".join(told).count(f"{each.name}：") == 1
    assert "当事人（签名盖章或按指印），续" in "".join(told)


HOSTILE = "<b>粗</b>&nbsp;&#60;<img src=/etc/passwd/><para>%s{0}{committee}{number}\\n(括号)[[x]]"


def _say(facts: CasePaper, text: str) -> CasePaper:
    """The same facts with this text in every place a person can write."""
    case = facts.case
    assert case.mediation
    written = {
        CaseParty: (
            "name",
            "ethnic",
            "occupation",
            "phone",
            "address",
            "representative",
            "agent",
            "id_number",
        ),
    }
    parties = tuple(replace(each, **dict.fromkeys(written[CaseParty], text)) for each in case.parties)
    return replace(
        facts,
        homes={},
        dispute_type=text,
        names=dict.fromkeys(facts.names, text),
        case=replace(
            case,
            title=text,
            parties=parties,
            mediation=replace(case.mediation, facts=text, claims=(text,), explanation=text, remark=text),
            sessions=tuple(
                replace(
                    each,
                    place=text,
                    link=text,
                    room="",
                    asked=text,
                    helpers=(text,),
                    subject=text,
                    statements=text,
                    verified=text,
                    proposal=text,
                )
                for each in case.sessions
            ),
            notes=tuple(replace(each, text=text) for each in case.notes),
            agreements=tuple(
                replace(each, facts=text, disputes=text, terms=(text,), way=text, deadline=text)
                for each in case.agreements
            ),
            instalments=tuple(replace(each, what=text, proof=text) for each in case.instalments),
            follow_ups=tuple(replace(each, danger=text, measures=text) for each in case.follow_ups),
            confirmations=tuple(replace(each, court=text, document=text) for each in case.confirmations),
            corrections=tuple(
                replace(each, before=text, after=text, reason=text) for each in case.corrections
            ),
            contacts=tuple(replace(each, note=text) for each in case.contacts),
        ),
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("contents", "back_cover")])
def test_markup_is_printed_as_it_stands(kind: str) -> None:
    made = forms.render(kind, _say(paper(kind), HOSTILE))
    assert "".join(HOSTILE.split()) in words(made.pdf)


def test_a_character_no_font_has_is_substituted_and_reported() -> None:
    made = forms.render("agreement", _say(paper("agreement"), "李𬭎😀"))
    assert made.missing == ("😀",)
    assert "李𬭎〓" in words(made.pdf)


def test_controls_and_invisible_characters_vanish() -> None:
    made = forms.render("application", _say(paper("application"), "王\x00建\x1b\u200b\u202e国\ud800"))
    assert "王建国" in words(made.pdf)
    assert made.missing == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=300), kind=st.sampled_from(KINDS))
def test_any_text_makes_a_paper(text: str, kind: str) -> None:
    made = forms.render(kind, _say(paper(kind), text))
    assert made.pdf.startswith(b"%PDF-")
    assert made.pages == len(PdfReader(BytesIO(made.pdf)).pages)


@pytest.mark.parametrize("kind", ["agreement", "cover", "offers"])
def test_the_same_facts_make_the_same_bytes(kind: str) -> None:
    assert forms.render(kind, paper(kind)).pdf == forms.render(kind, paper(kind)).pdf


def test_every_paper_has_facts_in_these_tests() -> None:
    assert set(cases.USUAL) == set(KINDS)
    assert {field.name for field in fields(CasePaper)} >= {"case", "office", "subject", "paths", "contents"}
