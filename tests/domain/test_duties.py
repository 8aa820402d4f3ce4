"""The duty list: whose job a matter is and why, search both ways, what a version changes, and its sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qingyuan_desk.domain import duties, duty_sheet
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.reference import DutyList, Table
from qingyuan_desk.domain.tables import Material
from tests.domain.office_tables import reference

LIST = reference().duty_list
HEADER = tuple(known[0] for known in duty_sheet.COLUMNS.values())


# --- whose job ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "unit", "township", "listed", "why"),
    [
        ("homestead", "t_ranzhuang", "冉庄镇", True, "“宅基地和界址纠纷调解”由冉庄镇人民政府主办（《土地管理法》第十四条"),
        ("homestead", "natural_resources", "冉庄镇", True, "由区自然资源和规划局协办（《土地管理法》"),
        ("homestead", "t_yangcheng", "冉庄镇", False, "由冉庄镇人民政府主办，没有列阳城镇人民政府；"),
        ("homestead", "t_yangcheng", "", False, "由当事人所在乡镇人民政府主办，没有列阳城镇人民政府；"),
        ("wages", "human_resources", "", True, "由区人力资源和社会保障局主办"),
        ("wages", "labour_arbitration", "冉庄镇", True, "由区劳动人事争议仲裁院协办"),
        ("wages", "police", "冉庄镇", False, "没有列区公安分局；交给区公安分局要写明理由并经批准。"),
        ("", "police", "冉庄镇", False, "没有对应职责清单上的事项，交给区公安分局要写明理由并经批准。"),
        ("没有这一项", "police", "冉庄镇", False, "没有对应职责清单上的事项"),
    ],
)  # fmt: skip
def test_the_gate_and_the_sentence_agree(kind: str, unit: str, township: str, listed: bool, why: str) -> None:
    office = reference()
    assert duties.listed(office, kind, unit, township) is listed
    said = duties.why(office, kind, unit, township)
    assert why in said
    assert ("（2024-09版）" in said) == (office.duty(kind) is not None)
    assert ("要写明理由并经批准" in said) is not listed


def test_one_unit_leads_every_line_and_every_named_unit_passes() -> None:
    office = reference()
    for duty in office.duties:
        lead = duties.leading(office, duty, "冉庄镇")
        assert office.unit(lead), duty.code
        for unit in (lead, *duty.co_units):
            assert duties.listed(office, duty.code, unit, "冉庄镇")


# --- search both ways --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("宅基地和", "homestead"),
        ("zjdhj", "homestead"),
        ("院墙", "homestead"),
        ("邻居把我家院墙推倒还占了宅基地", "homestead"),
        ("低保", "subsistence"),
        ("保障农民工工资", "wages"),
    ],
)
def test_a_matter_is_found_by_its_name_its_letters_and_what_people_say(text: str, first: str) -> None:
    assert duties.search(reference(), text).lines[0].code == first


def test_units_and_townships_are_found_too() -> None:
    found = duties.search(reference(), "冉庄")
    assert "t_ranzhuang" in [unit.code for unit in found.units]
    assert [town.name for town in found.townships] == ["冉庄镇"]
    assert duties.search(reference(), "没有人会说的话") == duties.Found()
    assert duties.search(reference(), " ").lines == reference().duties


def test_what_a_unit_does_is_what_names_it() -> None:
    office = reference()
    for unit in office.units:
        work = duties.work_of(office, unit.code)
        for each in work:
            township = unit.name[:-4] if unit.kind == "township" else "冉庄镇"
            assert duties.listed(office, each.duty.code, unit.code, township), (unit.code, each)
    water = [(each.duty.code, each.part) for each in duties.work_of(office, "water")]
    assert ("shared_water", "help") in water and water[0][1] == "lead"


def test_a_township_turns_to_the_departments_it_shares_most_lines_with() -> None:
    found = duties.counterparts(reference(), "冉庄")
    assert [len(each.lines) for each in found] == sorted((len(each.lines) for each in found), reverse=True)
    assert {"justice_bureau", "natural_resources"} <= {each.unit.code for each in found}
    assert all(
        duty.leading_unit == "township"
        for each in found
        for duty in each.lines
        if each.unit.code in duty.co_units
    )
    assert duties.counterparts(reference(), "没有这个乡") == ()


# --- versions ----------------------------------------------------------------------------------------------------


def changed(**lines: dict[str, object] | None) -> DutyList:
    """The list with some lines replaced (None: taken out)."""
    rows = [
        replace(duty, **(lines[duty.code] or {})) if duty.code in lines else duty
        for duty in LIST.lines.rows
        if lines.get(duty.code, {}) is not None
    ]
    return DutyList(LIST.version, Table(rows), LIST.materials)


def test_the_same_list_has_no_differences() -> None:
    assert duties.compare(LIST, LIST, reference()) == ()


def test_a_change_is_said_in_words() -> None:
    new = changed(homestead={"leading_unit": "natural_resources", "limit_days": "30"}, burial=None)
    found = duties.compare(LIST, new, reference())
    assert [(each.code, each.kind) for each in found] == [("homestead", "changed"), ("burial", "removed")]
    assert found[0].what == ("主办单位：所在乡镇人民政府 → 区自然资源和规划局", "办理期限：（空） → 30 日")
    assert [(each.code, each.kind) for each in duties.compare(new, LIST, reference())][-1] == (
        "burial",
        "added",
    )


def test_materials_are_part_of_a_version() -> None:
    before = LIST.materials["marriage"]
    after = (
        *before[1:2],
        replace(before[2], required=True),
        Material("marriage", "婚姻登记记录", True, False, "", ""),
    )
    new = DutyList(LIST.version, LIST.lines, {**LIST.materials, "marriage": after})
    (found,) = duties.compare(LIST, new, reference())
    assert found.what == (
        "材料增加：婚姻登记记录",
        f"材料减少：{before[0].name}、{before[3].name}",
        f"材料改了：{before[2].name}",
    )


def test_what_is_missing_was_told_is_needed_and_is_not_there() -> None:
    needed, optional = (
        Material("a", "结婚证", True, True, "", ""),
        Material("a", "病历", False, False, "", ""),
    )
    day = date(2024, 9, 20)
    assert duties.CheckItem(needed, day).missing
    assert not duties.CheckItem(needed).missing
    assert not duties.CheckItem(optional, day).missing
    assert not duties.CheckItem(needed, day, day).missing
    assert not duties.CheckItem(needed, day, promised=True).missing


# --- the sheet ---------------------------------------------------------------------------------------------------


def row(**cells: str) -> tuple[str, ...]:
    usual = {
        "name": "放风筝纠纷调解",
        "category": "民间纠纷",
        "leading_unit": "所在乡镇",
        "article": "《人民调解法》第十七条",
    }
    return tuple((usual | cells).get(name, "") for name in duty_sheet.COLUMNS)


def read(*rows: tuple[str, ...]) -> duty_sheet.DutySheet:
    return duty_sheet.read_grid(Grid("清单", HEADER, rows), "2027-01", reference())


def test_a_version_goes_out_and_comes_back_the_same() -> None:
    sheet = duty_sheet.read_grid(duty_sheet.to_grid(LIST, reference()), "2024-09", reference())
    assert sheet.problems == ()
    assert sheet.lines == LIST.lines.rows
    assert {kind: several for kind, several in sheet.materials.items() if several} == LIST.materials


def test_a_new_row_gets_a_code_of_its_own() -> None:
    sheet = read(row(), row(name="舞龙纠纷调解", code="homestead"))
    assert sheet.problems == ()
    assert [duty.code for duty in sheet.lines] == ["line_1", "homestead"]
    assert sheet.lines[0].leading_unit == "township" and sheet.lines[0].version == "2027-01"


def test_materials_are_read_line_by_line() -> None:
    sheet = read(
        row(materials="身份证\n照片 | 按需 |  | 有就带\n收入证明｜必备｜可承诺｜｜《社会救助暂行办法》第十条")
    )
    code = sheet.lines[0].code
    assert sheet.materials[code] == (
        Material(code, "身份证", True, False, "", ""),
        Material(code, "照片", False, False, "有就带", ""),
        Material(code, "收入证明", True, True, "", "《社会救助暂行办法》第十条"),
    )


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"name": ""}, "第 2 行：没有写事项名称。"),
        ({"leading_unit": ""}, "第 2 行：没有写主办单位，一类事务由一个单位主办。"),
        ({"leading_unit": "区幻想局"}, "主办单位“区幻想局”不在本中心的表里，请核对名称。"),
        ({"co_units": "区民政局、区幻想局"}, "协办单位“区幻想局”不在本中心的表里"),
        ({"category": "杂事"}, "类别“杂事”不在本中心的表里"),
        ({"category": ""}, "没有写类别。可填：信访事项、涉法涉诉、"),
        ({"article": "领导要求"}, "依据要写出法规名称"),
        ({"limit_days": "很快"}, "办理期限写天数（1 到 365），不能是“很快”。"),
        ({"limit_days": "0"}, "办理期限写天数"),
        ({"dispute_type": "吵架"}, "纠纷类型“吵架”不在本中心的表里"),
        ({"materials": "身份证 | 大概"}, "材料“身份证”的第二栏写“必备”或“按需”。"),
        ({"materials": "身份证 | 必备 | 随便"}, "材料“身份证”的第三栏写“可承诺”"),
        ({"name": "#REF!"}, "第 2 行：“事项”一格是公式，没有算出值"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_its_number(cells: dict[str, str], told: str) -> None:
    sentences = [problem.sentence for problem in read(row(**cells)).problems]
    assert any(told in each for each in sentences), sentences


def test_a_matter_stands_in_one_row() -> None:
    sheet = read(row(code="homestead"), row(code="homestead", name="放 风筝纠纷调解"))
    assert [problem.sentence for problem in sheet.problems] == [
        "编码“homestead”有 2 行，一件事项只能有一行。",
        "事项“放风筝纠纷调解”有 2 行，一件事项只能有一行。",
    ]


def test_a_sheet_of_something_else_is_refused() -> None:
    sheet = duty_sheet.read_grid(Grid("表", ("姓名", "事项"), (("王样例", "邻里"),)), "2027-01", reference())
    assert "“类别”“主办单位”“依据”列" in sheet.problems[0].sentence
    assert not read().lines and "没有事项" in read().problems[0].sentence
