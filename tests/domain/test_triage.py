"""Where a visit belongs, and why: narratives of clerks, the rules' columns, and what must hold for any words."""

from __future__ import annotations

import tomllib
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyuan_desk.domain.papers import PAPER_TITLES
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.triage import NEEDS, Suggestion, TriageCase, suggest
from qingyuan_desk.domain.visit import OPPONENT_KINDS
from tests.domain import narratives as said
from tests.domain.office_tables import SEEDS, duty, reference, reference_with, rows, rule

RANZHUANG = "130608101000"


def suggestion(narrative: str, **facts: object) -> Suggestion:
    """What is proposed for a visitor from 冉庄镇."""
    return suggest(TriageCase(**{"narrative": narrative, "township": RANZHUANG, **facts}), reference())


# --- narratives --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("narrative", "facts", "unit", "dispute_type", "room"), said.CIVIL)
def test_civil_disputes_are_mediated(
    narrative: str, facts: dict[str, object], unit: str, dispute_type: str, room: str
) -> None:
    found = suggestion(narrative, **facts)
    assert (found.category, found.flow) == ("civil_dispute", "mediation")
    assert (found.unit, found.dispute_type, found.room) == (unit, dispute_type, room)
    assert not found.sealed


@pytest.mark.parametrize(("narrative", "facts", "unit"), said.LIVELIHOOD)
def test_livelihood_matters_go_to_one_unit(narrative: str, facts: dict[str, object], unit: str) -> None:
    found = suggestion(narrative, **facts)
    assert (found.category, found.flow, found.room) == ("livelihood", "handover", "petition")
    assert (found.unit, found.dispute_type, found.sealed) == (unit, "", False)


@pytest.mark.parametrize(("narrative", "facts", "unit", "room"), said.PETITION)
def test_petitions(narrative: str, facts: dict[str, object], unit: str, room: str) -> None:
    found = suggestion(narrative, **facts)
    assert (found.category, found.flow) == ("petition_matter", "petition")
    assert (found.unit, found.room) == (unit, room)
    assert found.sealed == (found.matter_kind == "accusation")


@pytest.mark.parametrize(("narrative", "facts", "unit"), said.LITIGATION)
def test_cases_of_court_procuratorate_police(narrative: str, facts: dict[str, object], unit: str) -> None:
    found = suggestion(narrative, **facts)
    assert (found.category, found.flow, found.room) == ("litigation_matter", "handover", "litigation")
    assert (found.unit, found.sealed) == (unit, False)


@pytest.mark.parametrize(("narrative", "facts", "unit"), said.QUESTIONS)
def test_pure_questions(narrative: str, facts: dict[str, object], unit: str) -> None:
    found = suggestion(narrative, **facts)
    assert (found.category, found.flow, found.room) == ("legal_question", "consultation", "legal_service")
    assert (found.unit, found.sealed) == (unit, False)


def test_the_invented_year_is_suggested_as_it_is_labelled() -> None:
    """Its narratives are by another hand than the rules: nineteen of twenty go where their author put them."""
    matters = tomllib.loads((SEEDS / "training.toml").read_text(encoding="utf-8"))["matter"]
    alike = [_suggested(matter).category == matter["category"] for matter in matters]
    assert len(alike) >= 50
    assert sum(alike) >= 0.95 * len(alike)


def _suggested(matter: dict[str, str]) -> Suggestion:
    names = {
        "village": "东孟庄村",
        "opponent": "样例甲",
        "money": "3万元",
        "months": "3个月",
        "years": "两年",
        "people": "12",
    }
    kind = matter.get("opponent")
    others = {"opponents": ("样例甲",), "opponent_kinds": (kind,)} if kind else {}
    return suggestion(matter["text"].format(**names), flags=frozenset(matter.get("flags", ())), **others)


def test_every_official_type_is_told_apart() -> None:
    assert {case[3] for case in said.CIVIL} == {row["code"] for row in rows("dispute_types")}


@pytest.mark.parametrize(
    ("narrative", "facts"),
    [
        ("实名举报村支书贪污低保款", {}),
        ("检举某镇副镇长收钱办事，还打我", {"opponents": ("张某",), "opponent_kinds": ("person",)}),
        ("咨询怎么举报村主任挪用占地款", {}),
        ("法院法官徇私枉法，判决不公", {}),
        ("我们20个人反映村会计套取补贴", {"headcount": 20}),
        ("", {"flags": frozenset({"accusation"})}),
        ("邻居占了我家宅基地", {"flags": frozenset({"accusation", "case_open"})}),
    ],
)
def test_accusations_are_sealed_before_anything_else(narrative: str, facts: dict[str, object]) -> None:
    found = suggestion(narrative, **facts)
    assert (found.sealed, found.unit, found.co_units) == (True, "discipline", ())
    assert (found.category, found.flow, found.dispute_type) == ("petition_matter", "petition", "")


def test_no_other_unit_learns_of_an_accusation_whatever_the_duty_list_says() -> None:
    lines = [
        row | {"co_units": "petition_office"} if row["code"] == "accusation" else row
        for row in rows("duties")
    ]
    found = suggest(TriageCase("举报村支书贪污"), reference_with(duties=lines))
    assert (found.sealed, found.unit, found.co_units) == (True, "discipline", ())


@pytest.mark.parametrize(
    "narrative",
    [
        "我举报邻居半夜噪声扰民",
        "我举报过养狗扰民，村干部调解过两次，他还是不拴狗",
        "邻居举报我家违建，要求他赔礼道歉",
        "举报某公司偷税漏税",
        "找村主任调解过，邻居不同意，宅基地的事请中心调解",
        "老板还打击报复不让我上班，拖欠工资",
        "书记，我家低保咋没了",
        "班主任说孩子被同学打了",
    ],
)
def test_innocent_sentences_are_not_sealed(narrative: str) -> None:
    assert not suggestion(narrative).sealed


@pytest.mark.parametrize(
    ("open_case", "no_case"),
    [
        ("已经起诉邻居占我家宅基地，等开庭", "想起诉邻居占我家宅基地，先调解"),
        ("借款的事已经起诉到法院", "李四借款不还，准备起诉到法院，请调解"),
        ("工资的事法院已判决，公司不给", "公司拖欠工资，没有起诉，请求调解"),
        ("打伤我的事派出所不立案", "被邻居打伤，没有立案，请求调解"),
    ],
)
def test_only_an_open_case_leaves_mediation(open_case: str, no_case: str) -> None:
    assert suggestion(open_case).category == "litigation_matter"
    assert suggestion(no_case).category == "civil_dispute"


def test_a_case_that_is_open_is_no_dispute_for_mediation_even_when_only_the_flag_says_so() -> None:
    narrative = "邻居占了我家宅基地"
    assert suggestion(narrative).category == "civil_dispute"
    assert suggestion(narrative, flags=frozenset({"case_open"})).category == "litigation_matter"


def test_a_group_dispute_goes_to_the_joint_room() -> None:
    narrative = "宅基地被占，请求调解"
    assert suggestion(narrative, headcount=4).room == "elder_mediation"
    assert suggestion(narrative, headcount=5).room == "joint_mediation"


def test_a_tourist_at_ranzhuang_has_the_scenic_area_beside() -> None:
    found = suggestion("游客在冉庄地道战纪念馆参观，讲解费有争议")
    assert (found.dispute_type, found.matter_kind) == ("12", "tourism")
    assert "scenic_area" in found.co_units


# --- advice ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("narrative", "facts", "article"),
    [
        ("他再占我家地，我就跟他同归于尽", {}, "《信访工作条例》第二十五条"),
        ("", {"flags": frozenset({"danger"})}, "《信访工作条例》第二十五条"),
        ("两家聚众械斗", {}, "《信访工作条例》第二十二条、第二十五条"),
        ("他说要报复我家", {}, "《人民调解法》第二十五条"),
        ("孩子被老师体罚", {}, "《未成年人保护法》第十一条"),
        ("", {"flags": frozenset({"minor"})}, "《未成年人保护法》第十一条"),
        ("丈夫家暴，要离婚", {}, "《反家庭暴力法》第十三条至第十六条"),
        ("工资没发", {"headcount": 5}, "《信访工作条例》第二十条第三款"),
        ("再不解决就去北京上访", {}, "《信访工作条例》第二十条第一款"),
        ("要到区政府门口拉横幅", {}, "《信访工作条例》第二十五条、第二十六条"),
        ("老人坐轮椅来反映低保", {}, "《残疾人保障法》第五十五条"),
        ("整夜睡不着，想不开", {}, "《精神卫生法》第二十三条"),
        ("还是原来的事", {"flags": frozenset({"in_process"})}, "《信访工作条例》第十九条"),
        ("还是原来的事", {"flags": frozenset({"reviewed"})}, "《信访工作条例》第三十六条"),
        ("公司拖欠工资", {}, "《劳动争议调解仲裁法》第十四条"),
        ("承包地被占", {}, "《农村土地承包经营纠纷调解仲裁法》第十八条"),
        ("房子被强拆", {}, "《行政复议法》第二十条"),
        ("请不起律师", {}, "《法律援助法》第二十三条"),
        ("咨询离婚", {"identity_declined": True}, "《法律援助法》第二十三条"),
        ("举报邻居偷电", {}, "《信访工作条例》第三十条"),
    ],
)
def test_what_to_do_besides(narrative: str, facts: dict[str, object], article: str) -> None:
    given = {advice.article for advice in suggestion(narrative, **facts).advice}
    assert any(each.startswith(article) for each in given), given


@pytest.mark.parametrize(
    ("narrative", "facts"),
    [
        ("邻居占了我家宅基地", {}),
        ("儿子三十多岁了没工作", {}),
        ("工资没发", {"headcount": 4}),
        ("工程没完成就跑了", {}),
        ("加油站汽油质量不好", {}),
        ("吃中药喝药三个月没好", {}),
    ],
)
def test_nothing_to_fear_in_plain_words(narrative: str, facts: dict[str, object]) -> None:
    alarming = ("danger", "urgent", "escalation", "threat", "minor", "domestic_violence", "group")
    sentences = {row["advice"] for row in rows("triage_rules") if row["id"] in alarming}
    assert not sentences & {advice.sentence for advice in suggestion(narrative, **facts).advice}


# --- reasons -----------------------------------------------------------------------------------------------------


def test_the_reasons_quote_what_was_said() -> None:
    found = suggestion("邻居盖房占了我家宅基地")
    category, unit = found.reasons
    assert category.sentence == "提到“邻居”：属于民间民事争议，双方愿意就可以调解"
    assert category.article.startswith("《人民调解法》第十七条")
    assert unit.sentence.startswith("提到“占了我家”“宅基地”：职责清单（2024-09版）“宅基地和界址纠纷调解”")
    assert unit.sentence.endswith("，由冉庄镇人民政府主办")
    assert unit.article.startswith("《土地管理法》第十四条")


def test_a_rule_without_words_of_its_own_quotes_the_duty_list() -> None:
    category, unit = suggestion("宅基地界址不清").reasons
    assert category.words == unit.words == ("宅基地", "界址")
    assert category.sentence.startswith("提到“宅基地”“界址”：")
    assert unit.sentence.startswith("职责清单")


def test_it_is_said_when_nothing_points_anywhere() -> None:
    found = suggestion("今天天气不错")
    assert (found.category, found.matter_kind) == ("petition_matter", "general_petition")
    assert "没有说到职责清单里的词" in found.reasons[0].sentence
    assert found.reasons[0].words == ()


@pytest.mark.parametrize("narrative", ["", " \n\u3000", "\u200b"])
def test_nothing_is_proposed_before_anything_is_said(narrative: str) -> None:
    assert suggestion(narrative) == Suggestion()


def test_a_flag_alone_only_advises() -> None:
    found = suggestion("", flags=frozenset({"urgent"}))
    assert (found.category, found.reasons) == ("", ())
    assert found.advice


def test_traditional_and_wide_characters_are_understood() -> None:
    assert suggestion("鄰居佔了我家宅基地").category == "civil_dispute"
    assert suggestion("宅 基\n地 界 址").dispute_type == "03"


# --- the township leads ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("town", [row["code"] for row in rows("divisions") if row["level"] == "township"])
def test_the_visitors_own_township_leads(town: str) -> None:
    found = suggestion("宅基地界址不清", township=town)
    own = reference().township_unit(town)
    assert own is not None
    assert found.unit == own.code


def test_without_a_township_the_category_says_who_leads() -> None:
    assert suggestion("宅基地界址不清", township="").unit == "justice_bureau"


def test_a_chosen_type_of_dispute_outweighs_words() -> None:
    found = suggestion("工资没发，和房东吵架", dispute_type="17")
    assert (found.category, found.dispute_type, found.matter_kind) == ("civil_dispute", "17", "property")


# --- what the columns of a rule mean -----------------------------------------------------------------------------


def decided(rules: list[dict[str, str]], narrative: str, **facts: object) -> str:
    """Which rule decided."""
    office = reference_with(triage_rules=rules)
    found = suggest(TriageCase(**{"narrative": narrative, **facts}), office)
    return found.reasons[0].rule if found.reasons else ""


def test_any_words_all_words_and_alternatives() -> None:
    rules = [rule(category="livelihood", any_words="甲 乙", all_words="丙|丁 戊")]
    assert decided(rules, "甲说丙和戊") == "rule"
    assert decided(rules, "乙说丁和戊") == "rule"
    assert decided(rules, "丙和戊") == ""
    assert decided(rules, "甲说丙") == ""


def test_not_words_stop_a_rule_and_harmless_phrases_do_not_count() -> None:
    stopped = [rule(category="livelihood", any_words="起诉", not_words="调解")]
    assert decided(stopped, "起诉了") == "rule"
    assert decided(stopped, "起诉了，请调解") == ""
    harmless = [rule(category="livelihood", any_words="起诉", harmless="想起诉")]
    assert decided(harmless, "我想起诉") == ""
    assert decided(harmless, "已经起诉，还想起诉别人") == "rule"


def test_flags_or_words() -> None:
    either = [rule(category="livelihood", any_words="甲", flags="urgent danger")]
    assert decided(either, "甲") == decided(either, "", flags=frozenset({"danger"})) == "rule"
    assert decided(either, "乙", flags=frozenset({"minor"})) == ""
    only_flag = [rule(category="livelihood", flags="urgent")]
    assert decided(only_flag, "甲") == ""


def test_the_first_rule_in_order_decides() -> None:
    rules = [
        rule(id="later", sort="20", category="livelihood"),
        rule(id="sooner", sort="9", category="legal_question"),
        rule(id="advises", sort="1"),
    ]
    assert decided(rules, "甲") == "sooner"


@pytest.mark.parametrize(
    ("need", "yes", "no"),
    [
        ("said", {}, {"narrative": "", "flags": frozenset({"urgent"})}),
        ("opponent", {"opponents": ("李四",)}, {}),
        ("no_opponent", {}, {"opponents": ("李四",)}),
        (
            "private_opponent",
            {"opponents": ("李四",), "opponent_kinds": ("person",)},
            {"opponents": ("李四", "某局"), "opponent_kinds": ("person", "organ")},
        ),
        ("private_opponent", {"opponents": ("某公司",), "opponent_kinds": ("company",)}, {}),
        ("organ_opponent", {"opponents": ("某局",), "opponent_kinds": ("organ",)}, {}),
        ("no_organ_opponent", {}, {"opponents": ("某局",), "opponent_kinds": ("organ",)}),
        ("group", {"headcount": 5}, {"headcount": 4}),
        ("identity_declined", {"identity_declined": True}, {}),
        ("no_case_open", {}, {"flags": frozenset({"case_open"})}),
        ("line", {"narrative": "低保"}, {"narrative": "宅基地"}),
        ("best_line", {"narrative": "低保"}, {"narrative": "低保的事，宅基地界址"}),
    ],
)
def test_needs(need: str, yes: dict[str, object], no: dict[str, object]) -> None:
    rules = [
        rule(category="livelihood", needs=need),
        rule(id="other", sort="2", category="civil_dispute", needs="best_line"),
    ]
    assert decided(rules, **{"narrative": "甲", **yes}) == "rule"
    assert decided(rules, **{"narrative": "甲", **no}) != "rule"
    assert need in NEEDS


def test_a_need_nobody_knows_never_holds() -> None:
    assert decided([rule(category="livelihood", needs="full_moon")], "甲") == ""


def test_longer_words_count_more_and_parts_of_them_not_again() -> None:
    office = reference_with(
        triage_rules=[rule(category="livelihood")],
        duties=[
            duty(code="short", category="livelihood", leading_unit="water", words="低保 停水 修路"),
            duty(code="long", category="livelihood", leading_unit="tax", words="最低生活保障 生活 保障"),
        ],
    )
    found = suggest(TriageCase("最低生活保障"), office)
    assert (found.matter_kind, found.unit) == ("long", "tax")
    assert found.reasons[0].words == ("最低生活保障",)
    assert suggest(TriageCase("低保和停水和修路"), office).matter_kind == "short"


# --- whatever is said --------------------------------------------------------------------------------------------

WORDS = sorted(
    {
        word
        for row in chain(rows("triage_rules"), rows("duties"))
        for column in ("any_words", "all_words", "not_words", "harmless", "words")
        for word in row.get(column, "").replace("|", " ").split()
    }
)
CASES = st.builds(
    TriageCase,
    narrative=st.lists(
        st.one_of(st.sampled_from(WORDS), st.text(max_size=5), st.sampled_from("的了，。\n")), max_size=12
    ).map("".join),
    flags=st.frozensets(st.sampled_from([*(row["code"] for row in rows("flags")), "unknown"]), max_size=3),
    headcount=st.integers(-1, 10_000),
    opponents=st.lists(st.text(max_size=4), max_size=2).map(tuple),
    opponent_kinds=st.lists(st.sampled_from([*OPPONENT_KINDS, "?"]), max_size=2).map(tuple),
    dispute_type=st.sampled_from(["", "", "01", "18", "99"]),
    identity_declined=st.booleans(),
    township=st.sampled_from(["", RANZHUANG, "冉庄", "110101000000"]),
)


@settings(max_examples=300, deadline=None)
@given(CASES)
def test_any_words_lead_to_real_places(case: TriageCase) -> None:
    found, office = suggest(case, reference()), reference()
    assert not found.category or _is_real(found, office)
    assert bool(found.category) == bool(found.reasons)
    assert all(reason.sentence and reason.article and reason.rule for reason in found.reasons)
    assert all(advice.sentence and advice.article for advice in found.advice)
    assert {advice.slip for advice in found.advice} <= {"", *PAPER_TITLES}
    if found.sealed:
        assert (found.unit, found.flow, found.co_units) == ("discipline", "petition", ())
    if "accusation" in case.flags:
        assert found.sealed


def _is_real(found: Suggestion, office: Reference) -> bool:
    units = [found.unit, *found.co_units]
    return (
        all(office.unit(code) for code in units)
        and len(set(units)) == len(units)
        and office.category(found.category) is not None
        and office.flow(found.flow) is not None
        and office.room(found.room) is not None
        and (not found.matter_kind or office.duty(found.matter_kind) is not None)
        and (found.category != "civil_dispute" or found.dispute_type != "")
    )
