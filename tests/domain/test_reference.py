"""The office's tables as one value: how cells are read, and how things are found by what people write."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.clocks import ClockRule
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.tables import Division, DutyVersion, Material, TriageRule, read, words
from qingyuan_desk.domain.text import search_key
from tests.domain.office_tables import duty, reference, reference_with, rows, rule

RANZHUANG = "130608101000"


# --- reading cells -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [("", ()), ("宅基地", ("宅基地",)), (" 宅基地  邻居 ", ("宅基地", "邻居")), ("东吕乡;东吕镇", ("东吕乡", "东吕镇"))],
)  # fmt: skip
def test_words_of_a_cell(cell: str, read_as: tuple[str, ...]) -> None:
    assert words(cell) == read_as


def test_a_cell_is_read_as_the_type_of_its_field() -> None:
    cells = rule(any_words="甲 乙", all_words="丙|丁 戊", flags="urgent", needs="group line", sort="10")
    found = read(TriageRule, cells)
    assert found.any_words == ("甲", "乙")
    assert found.all_words == (("丙", "丁"), ("戊",))
    assert found.not_words == found.harmless == ()
    assert (found.flags, found.needs) == (frozenset({"urgent"}), frozenset({"group", "line"}))


def test_a_column_may_be_named_otherwise_than_its_field() -> None:
    cells = {
        "matter_kind": "wages",
        "no": "1",
        "name": "欠条",
        "needed": "1",
        "promise": "",
        "note": "",
        "article": "",
    }
    found = read(Material, cells)
    assert (found.required, found.promise) == (True, False)
    place = dict.fromkeys(Division.__dataclass_fields__, "") | {
        "aliases": "闫庄乡",
        "pinyin": "yzx yanzhuang",
    }
    assert read(Division, place).letters == ("yzx", "yanzhuang")


def test_a_clock_has_a_whole_number_of_days() -> None:
    clock = reference().clock("petition_objection")
    assert isinstance(clock, ClockRule)
    assert (clock.limit, clock.unit) == (5, "workday")


# --- divisions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("130608101000", "冉庄镇"),
        ("冉庄镇", "冉庄镇"),
        ("冉庄", "冉庄镇"),
        (" 冉 庄 ", "冉庄镇"),
        ("冉莊鎮", "冉庄镇"),
        ("望亭乡", "望亭镇"),
        ("东吕乡", "东闾镇"),
        ("东闾乡", "东闾镇"),
        ("白团乡", "白团镇"),
        ("石桥乡", "石桥镇"),
        ("何桥乡", "何桥镇"),
        ("闫庄乡", "阎庄乡"),
    ],
)
def test_townships_by_code_and_every_name(said: str, name: str) -> None:
    town = reference().township(said)
    assert town is not None
    assert town.name == name


@pytest.mark.parametrize("said", ["", "市辖区", "冉", "130608101", "保定", "<b>冉庄镇</b>"])
def test_no_township(said: str) -> None:
    assert reference().township(said) is None
    assert reference().villages(said) == ()
    assert reference().village(said, "东孟庄村") is None
    assert reference().township_unit(said) is None


def test_villages_of_their_own_township_only() -> None:
    office = reference()
    place = office.villages("冉庄")[0]
    for said in (place.code, place.name, place.short_name):
        assert office.village("冉庄镇", said) == place
    assert office.village("清苑镇", place.code) is None
    assert office.village_code("冉庄", place.short_name) == place.code
    assert office.village_code("冉庄", "没有的村") == ""


def test_every_village_is_found_by_its_name_in_its_township() -> None:
    office = reference()
    for town in office.townships:
        for place in office.villages(town.code):
            assert office.village(town.code, place.name) == place
            assert place.letters


def test_a_place_as_it_is_said() -> None:
    office = reference()
    place = office.villages("冉庄")[0]
    assert office.place("冉庄", place.code) == f"冉庄镇{place.short_name}"
    assert office.place("冉庄") == "冉庄镇"
    assert office.place("", place.code) == ""


# --- codes and names ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("look_up", "code", "name"),
    [
        ("unit", "petition_office", "区信访局"),
        ("room", "elder_mediation", "乡贤调解室"),
        ("category", "litigation_matter", "涉法涉诉"),
        ("flow", "mediation", "矛盾纠纷调解"),
        ("flow", "mediation", "调解"),
        ("source", "township_report", "基层排查上报"),
        ("dispute_type", "03", "房屋宅基地纠纷"),
        ("flag", "accusation", "检举控告"),
        ("crowd_tag", "elder", "老年人"),
        ("duty", "homestead", "宅基地和界址纠纷调解"),
    ],
)
def test_found_by_code_and_by_name(look_up: str, code: str, name: str) -> None:
    find = getattr(reference(), look_up)
    assert find(name) is not None
    assert find(name).code == find(code).code == code
    assert find("") is None
    assert find("没有这一项") is None


def test_crowd_tag_code_or_nothing() -> None:
    assert reference().crowd_tag_code(" 农民工 ") == "migrant_worker"
    assert reference().crowd_tag_code("外星人") == ""


def test_a_code_is_never_taken_for_the_name_of_another() -> None:
    units = [*rows("units"), rows("units")[0] | {"code": "x", "name": "police"}]
    found = reference_with(units=units).unit("police")
    assert found is not None
    assert found.name == "区公安分局"


def test_unknown_clocks_materials_settings() -> None:
    assert reference().clock("no_such_clock") is None
    assert reference().materials_for("no_such_line") == ()
    assert reference().setting("no_such_key") == ""
    assert reference().setting("unit_code") == "QY"


@given(st.text(max_size=12))
def test_any_text_may_be_looked_up(text: str) -> None:
    office = reference()
    for find in (
        office.township,
        office.unit,
        office.room,
        office.category,
        office.flow,
        office.flag,
        office.duty,
    ):
        find(text)
    assert office.village_code("冉庄", text) in {"", *(place.code for place in office.villages("冉庄"))}


WORDS = {
    word
    for row in (*rows("triage_rules"), *rows("duties"))
    for column in ("any_words", "all_words", "not_words", "harmless", "words")
    for word in row.get(column, "").replace("|", " ").split()
}


@given(st.lists(st.one_of(st.sampled_from(sorted(WORDS)), st.text(max_size=3)), max_size=8).map("".join))
def test_the_words_said_are_those_that_occur(text: str) -> None:
    said = search_key(text)
    assert reference().words_said(said) == {word for word in WORDS if search_key(word) in said}


# --- order and versions ------------------------------------------------------------------------------------------


def test_rooms_and_rules_come_in_the_order_of_their_sort() -> None:
    rooms = [row | {"sort": str(9 - int(row["sort"]))} for row in rows("rooms")]
    rules = [rule(id="late", sort="100"), rule(id="early", sort="20"), rule(id="first", sort="")]
    office = reference_with(rooms=rooms, triage_rules=rules)
    assert [room.code for room in office.rooms] == [row["code"] for row in reversed(rows("rooms"))]
    assert [each.id for each in office.triage_rules] == ["first", "early", "late"]


def version(name: str, valid_from: str, withdrawn: str = "") -> dict[str, str]:
    cells = dict.fromkeys(DutyVersion.__dataclass_fields__, "")
    return cells | {"version": name, "name": name, "valid_from": valid_from, "withdrawn": withdrawn}


def test_the_duty_list_is_the_one_in_force_on_a_day() -> None:
    office = reference_with(
        duty_versions=[
            version("2025-03", "2025-03-01"),
            version("2024-09", "2024-09-01"),
            version("2025-01", "2025-01-01", withdrawn="区委没有批准"),
        ],
        duties=[
            duty(code="a", version="2025-03", leading_unit="housing"),
            duty(code="a", version="2024-09", leading_unit="water"),
            duty(code="b", version="2024-09", leading_unit="tax"),
            duty(code="a", version="2025-01", leading_unit="police"),
        ],
        materials=[
            {"version": "2024-09", "matter_kind": "a", "no": "1", "name": "水费单", "needed": "1"}
            | dict.fromkeys(("promise", "note", "article"), "")
        ],
    )

    def lines(day: date) -> list[tuple[str, str]]:
        return [(line.code, line.leading_unit) for line in office.on(day).duties]

    assert (
        lines(date(2026, 1, 1))
        == [("a", "housing")]
        == [(each.code, each.leading_unit) for each in office.duties]
    )
    assert lines(date(2025, 3, 1)) == [("a", "housing")]
    assert lines(date(2025, 2, 28)) == lines(date(2025, 1, 1)) == [("a", "water"), ("b", "tax")]
    assert lines(date(2020, 1, 1)) == lines(date(2025, 2, 28)), "what was before the first list nobody knows"
    assert office.on(date(2025, 1, 1)).duty("b") and not office.duty("b")
    assert [each.name for each in office.on(date(2025, 1, 1)).materials_for("a")] == ["水费单"]
    assert office.materials_for("a") == ()
    assert office.on(date(2026, 1, 1)) is office


def test_materials_come_in_the_order_of_their_number() -> None:
    several = [
        {
            "matter_kind": "wages",
            "no": number,
            "name": name,
            "needed": "1",
            "promise": "0",
            "note": "",
            "article": "",
        }
        for number, name in (("10", "丙"), ("2", "乙"), ("1", "甲"))
    ]
    office = reference_with(materials=several)
    assert [each.name for each in office.materials_for("wages")] == ["甲", "乙", "丙"]


def test_the_lists_pages_offer() -> None:
    office: Reference = reference()
    assert len(office.categories) == 5
    assert {category.flow for category in office.categories} == {flow.code for flow in office.flows}
    assert office.zongzhi_types and office.crowd_tags and office.sources and office.flags and office.units
