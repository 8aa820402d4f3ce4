"""Notices to petitioners and their like: what stands on them, filled and blank, how long texts break, what no text can spoil.

After a change that is meant, renew the texts in reference/handling/ and read their differences before you commit them:

    RENEW_REFERENCES=1 .venv/bin/python -m pytest tests/documents/test_handling_papers.py
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from qingyuan_desk.documents import handling
from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.handling.codes import REFUSALS
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS, HandlingPaper, title_of
from qingyuan_desk.domain.handling.records import Petition
from qingyuan_desk.domain.visit import Opponent, Person
from tests.documents import handled
from tests.documents.facts import OFFICE
from tests.documents.handled import OPINIONS, QUESTION, ROAD, USUAL, paper
from tests.documents.reading import layout, needs_poppler, words

KINDS = tuple(USUAL)
REFERENCE = Path(__file__).parent / "reference" / "handling"
RENEW = "RENEW_REFERENCES" in os.environ

SPECIAL: dict[str, tuple[str, HandlingPaper]] = {
    "forwarded-township": ("forwarded", paper("forwarded", replace(ROAD, sendings=(handled.FORWARDED,)), 12)),
    "forwarded-handed": (
        "forwarded",
        paper("forwarded", replace(ROAD, flow="handover", petition=None, sendings=(handled.HANDED,)), 13),
    ),
    "acceptance-suggestion": (
        "acceptance",
        paper("acceptance", replace(ROAD, petition=replace(ROAD.classified, kind="suggestion", way=""))),
    ),
    "acceptance-handed": (
        "acceptance",
        paper(
            "acceptance",
            replace(
                ROAD,
                flow="handover",
                petition=Petition(1, accepted_on=date(2025, 3, 10), accepted_by="water"),
            ),
        ),
    ),
    "refusal-in_process": ("refusal", paper("refusal", handled.IN_PROCESS)),
    "refusal-late": ("refusal", paper("refusal", handled.LATE)),
    "legal_path-guided": ("legal_path", paper("legal_path", handled.GUIDED)),
    "opinion-draft": ("opinion", paper("opinion", ROAD, 0)),
    "opinion-review": ("opinion", paper("opinion", replace(ROAD, opinions=OPINIONS), 32)),
    "opinion-recheck": ("opinion", paper("opinion", replace(ROAD, opinions=OPINIONS), 33)),
    "consult-declined": (
        "consult",
        paper(
            "consult",
            replace(QUESTION, consultations=(replace(QUESTION.consultations[0], declined=True),)),
            71,
        ),
    ),
    "aid_decision-refused": ("aid_decision", paper("aid_decision", QUESTION, 82)),
}


def said(kind: str, facts: HandlingPaper, blank: bool = False) -> str:
    return words(handling.render(kind, facts, blank).pdf)


def pages(pdf: bytes) -> list[str]:
    """The words of each page."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


# --- what stands on them -----------------------------------------------------------------------------------------


@needs_poppler
@pytest.mark.parametrize(
    ("name", "kind", "facts", "blank"),
    [
        *[(kind, kind, USUAL[kind], False) for kind in KINDS],
        *[(f"{kind}-blank", kind, USUAL[kind], True) for kind in KINDS],
        *[(name, kind, facts, False) for name, (kind, facts) in SPECIAL.items()],
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_paper_says_what_its_reference_says(
    name: str, kind: str, facts: HandlingPaper, blank: bool
) -> None:
    told = layout(handling.render(kind, facts, blank).pdf)
    path = REFERENCE / f"{name}.txt"
    if RENEW:
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8"), f"{path.name} says something else"


#: What the law and practice want on each (LP §1.6, 《信访工作条例》), word for word.
LABELS = {
    "forwarded": "去向 主办单位 协办单位 收到日期 信访事项编号 自收到之日起15日内书面告知 5个工作日 查询 送达回执 签收人",
    "acceptance": "接收情况以及处理途径和程序 受理单位 自受理之日起60日内办结 延长期限不得超过30日 自收到书面答复之日起30日内 送达回执",
    "refusal": "依照 不予受理 你（单位）可以通过下列途径提出 第四十四条第二项 特此告知 送达回执",
    "no_more": "复核意见 第三十六条第三款 不再受理 第三十七条第三款 疏导教育、矛盾化解、帮扶救助 送达回执",
    "extension": "延期的理由 批准 办理期限延长 第三十四条 延长期限不得超过30日 送达回执",
    "guidance": "第二十条第二款 第二十二条第二款 政法部门 法律程序 请准备 送达回执",
    "legal_path": "第三十一条 到哪里提出 剩余时效 末日 剩余 事项和依据 送达回执",
    "supplement": "一次性补齐 材料名称 已交 待补 需要补正的内容",
    "opinion": "投诉请求 事实和理由 处理意见 法律法规依据 救济途径 30日 复查",
    "review_request": "申请人姓名（名称） 公民身份号码 复查请求 事实和理由 附送材料 此致 上一级机关、单位 第三十五条",
    "recheck_request": "申请人姓名（名称） 复核请求 事实和理由 附送材料 此致 上一级机关、单位 第三十六条第一款 听证所需时间不计算在内",
    "withdrawal": "自愿申请撤回 撤回的理由 不得打击报复信访人 声明人（签名盖章或按指印）",
    "settlement": "甲方 乙方 自愿和解 调解 第三十三条 履行方式、时限 双方当事人（签名盖章或按指印）",
    "promise": "以承诺代替的材料 工作人员已经告知 承诺人承诺 不实承诺的后果 承诺人（签名盖章或按指印）",
    "rating": "接待窗口 责任单位 满意 基本满意 不满意 不评价 意见和建议 评价票",
    "secret": "登记编号 知悉范围 移送机关 交接记录 第三十条第三款 第四十六条第五项",
    "report": "报告时间 报告对象 接报人 报告内容 已采取措施 报告依据",
    "consult": "咨询时间 咨询人 案由 所处阶段 咨询内容 解答意见 处理结果 约期 满意度 依法申请法律援助的权利",
    "aid_guide": "第三十一条 第三十二条 第四十二条 七日内 三日内 先行提供法律援助 第四十九条",
    "aid_lacking": "一次性告知 视为撤回申请 第四十三条第二款 七日内",
    "aid_decision": "申请事项 给予法律援助 第四十三条",
    "referral": "转介目的 本人同意转介 监护人 心理咨询师 预约时间 第二十三条 医疗机构就诊 转介回执",
}


@pytest.mark.parametrize("blank", [False, True], ids=["filled", "blank"])
@pytest.mark.parametrize("kind", LABELS)
def test_what_the_law_wants_stands_word_for_word(kind: str, blank: bool) -> None:
    told = said(kind, USUAL[kind], blank)
    assert [label for label in LABELS[kind].split() if label not in told] == []


def test_every_paper_to_petitioners_has_its_labels() -> None:
    assert set(LABELS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_title_stands_on_the_first_page(kind: str) -> None:
    facts = USUAL[kind]
    assert title_of(kind, facts.case, facts.subject) in pages(handling.render(kind, facts).pdf)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_in_a_text_is_filled(kind: str) -> None:
    for blank in (False, True):
        assert re.findall(r"\{\w+\}", said(kind, USUAL[kind], blank)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_form_tells_nothing_of_the_matter(kind: str) -> None:
    told = said(kind, USUAL[kind], blank=True)
    for secret in ("王建国", "补偿款", "13800138000", "0088号", "2025", "自然资源"):
        assert secret not in told


@pytest.mark.parametrize("kind", KINDS)
def test_usual_papers_take_one_sheet(kind: str) -> None:
    """The guide to legal aid and a blank opinion are two pages: a sheet printed on both sides."""
    for blank, two in ((False, {"aid_guide"}), (True, {"aid_guide", "opinion"})):
        assert handling.render(kind, USUAL[kind], blank).pages == (2 if kind in two else 1)


# --- last days ---------------------------------------------------------------------------------------------------


def test_both_last_days_stand_where_a_holiday_moves_the_end() -> None:
    told = said("extension", USUAL["extension"])
    assert "至2025年5月31日（末日不是工作日，顺延至2025年6月3日）止" in told


def test_sixty_days_are_counted_from_acceptance() -> None:
    assert "即至2025年5月9日止" in said("acceptance", USUAL["acceptance"])


def test_only_the_sixth_item_has_sixty_days() -> None:
    case = replace(ROAD, petition=replace(ROAD.classified, way="enforcement"))
    told = said("acceptance", paper("acceptance", case))
    assert "60日" not in told and "办理期限依照该程序的规定" in told and "第三十一条第五项" in told


def test_a_request_says_its_last_day() -> None:
    assert "请求复查的最后一日：2025年6月3日" in said("review_request", USUAL["review_request"])
    told = said("recheck_request", USUAL["recheck_request"])
    assert "请求复核的最后一日：2025年7月12日（末日不是工作日，顺延至2025年7月14日）" in told


def test_without_the_day_of_service_no_last_day_is_invented() -> None:
    opinions = (replace(OPINIONS[0], served_on=None),)
    told = said("review_request", paper("review_request", replace(ROAD, opinions=opinions), 31))
    assert "最后一日" not in told and "自收到书面答复之日起30日内" in told


def test_remaining_time_counts_from_the_day_mediation_was_asked_for() -> None:
    told = said("legal_path", USUAL["legal_path"])
    assert "2026年4月1日" in told and "224日" in told
    late = replace(USUAL["legal_path"], printed_at=handled.at(8, 20).replace(year=2026))
    assert "已届满" in said("legal_path", late)


def test_what_begins_on_an_unknown_day_leaves_its_last_day_to_write() -> None:
    case = replace(handled.REFUSED, stays=())
    told = said("legal_path", paper("legal_path", case))
    assert "自知道或者应当知道该行政行为之日起60日" in told and "已届满" not in told
    assert not re.search(r"剩余\d+日", told)


# --- who and how -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", REFUSALS)
def test_each_ground_of_refusal_has_its_article_and_a_way(ground: str) -> None:
    case = replace(handled.REFUSED, petition=replace(handled.REFUSED.classified, ground=ground))
    told = said("refusal", paper("refusal", case))
    assert "".join(REFUSALS[ground].name.split()) in told
    assert f"依照{REFUSALS[ground].article}的规定，本机关、单位对该信访事项不予受理" in told
    assert "规定：" in told and "你（单位）可以通过下列途径提出：" in told


def test_a_late_request_names_the_opinion_it_is_about() -> None:
    assert "清自然资信答〔2025〕7号" in said("refusal", paper("refusal", handled.LATE))


def test_an_opinion_is_a_draft_until_the_organ_gave_it() -> None:
    draft = handling.render("opinion", paper("opinion", ROAD, 0))
    assert all("草稿" in page for page in pages(draft.pdf))
    assert "本件为草稿" in words(draft.pdf)
    assert "草稿" not in said("opinion", USUAL["opinion"])


@pytest.mark.parametrize(
    ("record", "title", "remedy"),
    [
        (31, "信访处理意见书", "上一级机关、单位复查（《信访工作条例》第三十五条）"),
        (32, "信访复查意见书", "上一级机关、单位请求复核（《信访工作条例》第三十六条第一款）"),
        (33, "信访复核意见书", "不再受理（《信访工作条例》第三十六条第三款）"),
    ],
)
def test_each_level_of_opinion_has_its_title_and_its_remedy(record: int, title: str, remedy: str) -> None:
    told = said("opinion", paper("opinion", replace(ROAD, opinions=OPINIONS), record))
    assert title in told and remedy in told


def test_a_group_is_addressed_as_one_and_its_representatives_sign() -> None:
    people = (
        *USUAL["withdrawal"].people,
        Person("李代表", role="representative"),
        Person("刘律师", role="agent"),
    )
    facts = replace(USUAL["withdrawal"], people=people, case=replace(ROAD, headcount=23))
    told = said("withdrawal", facts)
    assert "人数23人" in told and "李代表（代表）：" in told and "刘律师（代理人）：" in told
    assert "王建国等23人：" in said("acceptance", replace(USUAL["acceptance"], case=facts.case))


def test_who_accepted_issues_the_notice_and_who_received_it_signs() -> None:
    told = said("acceptance", USUAL["acceptance"])
    assert "区自然资源和规划局（印章）" in told
    assert "送达方式邮寄" in told and "签收人（签名或按指印）" in told


def test_legal_aid_refused_names_where_to_object() -> None:
    told = said("aid_decision", paper("aid_decision", QUESTION, 82))
    assert "不予法律援助决定书" in told and "司法行政部门（区司法局）" in told and "五日内" in told
    assert "第四十九条" not in said("aid_decision", USUAL["aid_decision"])


def test_who_gives_no_name_is_written_down_as_such() -> None:
    told = said("consult", SPECIAL["consult-declined"][1])
    assert "拒绝提供身份信息" in told
    assert "王建国" not in told and "13800138000" not in told


def test_a_material_that_came_is_ticked_and_one_still_missing_too() -> None:
    first, second, third = handled.MATERIALS
    facts = replace(
        USUAL["supplement"], materials=(replace(first, brought=True), replace(second, missing=True), third)
    )
    plain = handling.render("supplement", USUAL["supplement"])
    assert handling.render("supplement", facts).pdf != plain.pdf


# --- what must not stand on them ---------------------------------------------------------------------------------


def test_a_referral_says_nothing_of_the_matter() -> None:
    note = "来访人在谈话里说的话"
    case = replace(QUESTION, referrals=(replace(QUESTION.referrals[0], note=note),))
    told = said("referral", paper("referral", case, 91))
    for secret in (note, "不想活", "情绪平稳", "经济补偿", "13800138000", "冉庄", "130622", "诊断："):
        assert secret not in told
    assert "咨询师样例" in told


def test_the_register_of_a_sealed_matter_names_nobody_and_nothing() -> None:
    told = said("secret", USUAL["secret"])
    for secret in ("王建国", "侵占", "举报", "13800138000", "冉庄", "某某"):
        assert secret not in told
    assert "清事〔2025〕0088号" in told and "孙主任、赵敏" in told and "内部使用" in told


def test_only_papers_for_them_are_made_of_sealed_matters() -> None:
    assert {kind for kind, each in HANDLING_PAPERS.items() if each.sealed} == {"secret", "discipline"}


def test_the_vote_carries_a_number_and_no_name() -> None:
    told = said("rating", USUAL["rating"])
    assert "王建国" not in told and told.count("清事〔2025〕0088号") >= 3


# --- the foot ----------------------------------------------------------------------------------------------------


def test_the_foot_says_number_and_which_print_it_is() -> None:
    again = said("acceptance", replace(USUAL["acceptance"], count=3))
    assert "清事〔2025〕0088号打印时间2025年8月20日10:33第3次打印" in again
    unlogged = said("acceptance", replace(USUAL["acceptance"], count=3, logged=False))
    assert "数据只读，未记入打印记录" in unlogged


@pytest.mark.parametrize("kind", ["forwarded", "supplement", "aid_lacking", "rating"])
def test_an_office_without_a_telephone_names_its_place_only(kind: str) -> None:
    told = said(kind, replace(USUAL[kind], office=replace(OFFICE, phone="")))
    assert "拨打" not in told and "电话：；" not in told and OFFICE.address in told
    assert OFFICE.phone in said(kind, USUAL[kind])


def test_a_paper_of_training_says_so() -> None:
    trained = replace(USUAL["acceptance"], office=replace(OFFICE, training=True))
    assert "演练" in said("acceptance", trained)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if HANDLING_PAPERS[kind].about != "case"])
def test_a_record_that_is_gone_is_a_sentence(kind: str) -> None:
    with pytest.raises(NotFound, match="没有找到"):
        handling.render(kind, replace(USUAL[kind], subject=999))


def test_no_reference_is_left_over() -> None:
    known = {*KINDS, *(f"{kind}-blank" for kind in KINDS), *SPECIAL}
    assert {path.stem for path in REFERENCE.iterdir()} == known


# --- any text ----------------------------------------------------------------------------------------------------

SENTENCE = "修环村路占了我家承包地，说好的补偿款到现在只给了一半，"
LONG = (SENTENCE * 800)[:20_000]


def _say(facts: HandlingPaper, text: str) -> HandlingPaper:
    """The same facts with this text in every place a person can write."""
    case = facts.case
    petition = replace(case.petition, organ=text, explanation=text) if case.petition else None
    return replace(
        facts,
        people=tuple(replace(each, name=text, phone=text, address=text) for each in facts.people),
        place=text,
        dispute_type=text,
        crowd=text,
        readers=(text,),
        materials=tuple(replace(each, name=text, note=text) for each in facts.materials),
        case=replace(
            case,
            title=text,
            narrative=text,
            visitor=text,
            opponents=(Opponent(text),),
            petition=petition or Petition(1),
            sendings=tuple(replace(each, number=text) for each in case.sendings),
            notices=tuple(replace(each, number=text, note=text) for each in case.notices),
            extensions=tuple(replace(each, reason=text, approved_by=text) for each in case.extensions),
            opinions=tuple(
                replace(each, organ=text, number=text, summary=text, basis=text, asked_why=text)
                for each in case.opinions
            ),
            alerts=tuple(
                replace(each, to=text, how=text, taken_by=text, text=text, measures=text)
                for each in case.alerts
            ),
            consultations=tuple(
                replace(each, question=text, answer=text, articles=text, lawyer=text, organ=text)
                for each in case.consultations
            ),
            aids=tuple(replace(each, lacking=(text,), why=text, lawyer=text) for each in case.aids),
            referrals=tuple(replace(each, guardian=text, counsellor=text) for each in case.referrals),
        ),
    )


#: Papers with a text of any length, and what it is called there.
_LONG = {
    "refusal": "petition",
    "extension": "extensions",
    "opinion": "opinions",
    "report": "alerts",
    "consult": "consultations",
    "aid_decision": "aids",
    "withdrawal": "title",
}


def _long(kind: str) -> HandlingPaper:
    facts = USUAL[kind]
    case = facts.case
    fields = {
        "refusal": dict(petition=replace(case.classified, explanation=LONG)),
        "extension": dict(extensions=tuple(replace(each, reason=LONG) for each in case.extensions)),
        "opinion": dict(opinions=tuple(replace(each, summary=LONG) for each in case.opinions)),
        "report": dict(alerts=tuple(replace(each, text=LONG) for each in case.alerts)),
        "consult": dict(consultations=tuple(replace(each, question=LONG) for each in case.consultations)),
        "aid_decision": dict(aids=tuple(replace(each, why=LONG) for each in case.aids)),
        "withdrawal": dict(title=LONG),
    }
    return replace(facts, case=replace(case, **fields[kind]))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", _LONG)
def test_twenty_thousand_characters_go_on_over_the_pages_whole(kind: str) -> None:
    made = handling.render(kind, _long(kind))
    told = pages(made.pdf)
    assert made.pages == len(told) >= 10
    body = "".join(re.sub(r"清事〔2025〕0088号打印时间.*$", "", page) for page in told)
    assert LONG in body.replace("信访事项" if kind == "withdrawal" else "报告内容", "")
    for number, page in enumerate(told, 1):
        assert f"第{number}页/共{made.pages}页" in page
        assert len(page) > 120, f"page {number} is nearly empty: {page}"


@pytest.mark.parametrize("kind", ["extension", "refusal", "aid_decision"])
@pytest.mark.parametrize("length", range(100, 1500, 200))
def test_the_seal_never_stands_alone_on_a_page(kind: str, length: int) -> None:
    text = (SENTENCE * 80)[:length]
    case = _say(USUAL[kind], "样例").case
    petition = replace(case.classified, explanation=text)
    extensions = tuple(replace(each, reason=text) for each in case.extensions)
    aids = tuple(replace(each, why=text) for each in case.aids)
    facts = replace(USUAL[kind], case=replace(case, petition=petition, extensions=extensions, aids=aids))
    made = pages(handling.render(kind, facts).pdf)
    sealed = next(page for page in made if "（印章）" in page)
    assert len(sealed.partition("经办人（签名）")[0]) > 4, sealed


HOSTILE = "<b>粗</b>&nbsp;&#60;<img src=/etc/passwd/><para>%s{0}{office}{number}\\n(括号)[[x]]"

#: Papers that repeat nothing a person wrote but names and numbers.
_QUIET = {"aid_guide", "rating", "legal_path", "secret", "referral"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in _QUIET])
def test_markup_is_printed_as_it_stands(kind: str) -> None:
    assert "".join(HOSTILE.split()) in said(kind, _say(USUAL[kind], HOSTILE))


def test_a_character_no_font_has_is_substituted_and_reported() -> None:
    made = handling.render("acceptance", _say(USUAL["acceptance"], "李𬭎😀"))
    assert made.missing == ("😀",)
    assert "李𬭎〓" in words(made.pdf)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=300), kind=st.sampled_from(KINDS))
def test_any_text_makes_a_paper(text: str, kind: str) -> None:
    made = handling.render(kind, _say(USUAL[kind], text))
    assert made.pdf.startswith(b"%PDF-")
    assert made.pages == len(PdfReader(BytesIO(made.pdf)).pages)


@pytest.mark.parametrize("kind", ["opinion", "legal_path", "rating"])
def test_the_same_facts_make_the_same_bytes(kind: str) -> None:
    assert handling.render(kind, USUAL[kind]).pdf == handling.render(kind, USUAL[kind]).pdf


def test_a_matter_without_petition_still_makes_its_papers() -> None:
    """Facts that are missing leave room to write, whatever else is known."""
    bare = replace(ROAD, petition=None, notices=(), sendings=(), visits=())
    for kind in ("acceptance", "refusal", "no_more", "guidance", "legal_path", "withdrawal", "opinion"):
        facts = paper(kind, bare, people=(), paths=(), limitations=(), materials=(), units={})
        assert "____" in said(kind, facts) or "年月日" in said(kind, facts)


def test_a_day_on_which_nothing_is_known_is_left_free() -> None:
    case = replace(ROAD, petition=replace(ROAD.classified, accepted_on=None))
    assert "，于年月日受理" in said("acceptance", paper("acceptance", case))
    assert date.min.isoformat() not in said("acceptance", USUAL["acceptance"], blank=True)
