"""The facts a new desk starts with fit together: every code named exists, every rule has its article."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from qingyuan_desk.domain.flows import FLOWS
from qingyuan_desk.domain.papers import FORMATS, PAPER_TITLES
from qingyuan_desk.domain.tables import CONTACT_ROLES
from qingyuan_desk.domain.triage import NEEDS, SEALING_FLAG
from qingyuan_desk.store.office_tables import REFERENCE_TABLES
from tests.domain.office_tables import Rows, reference, rows

ARTICLE = re.compile(r"《[^《》]+》第[一二三四五六七八九十百千零]+条")


def codes(table: str, column: str = "code") -> set[str]:
    return {row[column] for row in rows(table)}


def named(table: str, column: str) -> set[str]:
    """Every code a column names, several in a cell too."""
    return {code for row in rows(table) for code in row[column].split()}


# --- how much there is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "count"),
    [("categories", 5), ("dispute_types", 18), ("rooms", 7), ("zongzhi_types", 19), ("flows", 4)],
)
def test_how_many(table: str, count: int) -> None:
    assert len(rows(table)) == count


def test_townships_and_villages() -> None:
    levels = Counter(row["level"] for row in rows("divisions"))
    assert levels == {"township": 18, "village": 281}
    office = reference()
    assert len(office.townships) == 18
    found = {place.code for town in office.townships for place in office.villages(town.code)}
    others = [
        row["name"] for row in rows("divisions") if row["level"] == "village" and row["code"] not in found
    ]
    assert others == ["河北清苑经济开发区虚拟社区"], "a statistical place that belongs to no township"


@pytest.mark.parametrize(("table", "keys"), [(table, keys.split()) for table, keys, _ in REFERENCE_TABLES])
def test_every_row_is_there_once_with_the_columns_of_its_table(table: str, keys: list[str]) -> None:
    columns = next(columns for name, _, columns in REFERENCE_TABLES if name == table).split()
    found = rows(table)
    assert all(set(row) <= {*keys, *columns} and None not in row.values() for row in found)
    assert max(Counter(tuple(row[key] for key in keys) for row in found).values()) == 1
    assert all(all(row[key] for key in keys) for row in found)


# --- what is named exists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column", "target", "besides"),
    [
        ("units", "parent", "units", set()),
        ("duty_groups", "unit", "units", set()),
        ("sources", "parent", "sources", set()),
        ("dispute_types", "zongzhi", "zongzhi_types", set()),
        ("categories", "flow", "flows", set()),
        ("categories", "room", "rooms", set()),
        ("categories", "unit", "units", set()),
        ("duties", "category", "categories", set()),
        ("duties", "leading_unit", "units", {"township"}),
        ("duties", "co_units", "units", set()),
        ("duties", "flow", "flows", set()),
        ("duties", "room", "rooms", set()),
        ("duties", "dispute_type", "dispute_types", set()),
        ("materials", "matter_kind", "duties", set()),
        ("triage_rules", "category", "categories", set()),
        ("triage_rules", "flow", "flows", set()),
        ("triage_rules", "room", "rooms", set()),
        ("triage_rules", "unit", "units", set()),
        ("triage_rules", "flags", "flags", set()),
        ("triage_rules", "matter_kind", "duties", set()),
        ("clocks", "flow", "flows", set()),
    ],
)
def test_every_code_named_exists(table: str, column: str, target: str, besides: set[str]) -> None:
    assert named(table, column) <= codes(target) | besides


def test_flows_are_those_the_desk_knows() -> None:
    assert codes("flows") == set(FLOWS)


def test_clocks_that_start_with_a_matter_exist() -> None:
    assert {clock for flow in FLOWS.values() for clock in flow.clocks} <= codes("clocks", "id")


# --- units and groups --------------------------------------------------------------------------------------------


def test_every_township_has_its_government() -> None:
    own = [reference().township_unit(town.code) for town in reference().townships]
    assert all(own)
    assert len({unit.code for unit in own if unit}) == 18


def test_five_groups_take_turns_and_leave_out_nobody() -> None:
    groups = reference().duty_groups
    assert sorted(groups) == [1, 2, 3, 4, 5]
    members = [unit for group in groups.values() for unit in group]
    assert len(members) == len(set(members))
    taking_turns = {row["code"] for row in rows("units") if row["kind"] in ("township", "legal", "county")}
    assert taking_turns <= set(members)
    resident = {row["code"] for row in rows("units") if row["kind"] in ("resident", "oncall")}
    assert not resident & set(members)


# --- the duty list -----------------------------------------------------------------------------------------------


def test_every_kind_of_dispute_and_every_unit_has_a_line() -> None:
    duties = rows("duties")
    assert len(duties) >= 60
    assert codes("duties", "dispute_type") - {""} == codes("dispute_types")
    assert codes("duties", "category") == codes("categories")
    leading = codes("duties", "leading_unit")
    county = {row["code"] for row in rows("units") if row["kind"] in ("county", "legal", "resident", "other")}
    assert county <= leading


@pytest.mark.parametrize("row", rows("duties"), ids=lambda row: row["code"])
def test_a_line_of_the_duty_list(row: dict[str, str]) -> None:
    assert ARTICLE.search(row["article"]), row["article"]
    assert re.fullmatch(r"20\d\d-\d\d", row["version"])
    assert row["limit_days"] == "" or 0 < int(row["limit_days"]) <= 90
    assert " " not in row["leading_unit"]
    assert row["leading_unit"] not in row["co_units"].split()
    assert (row["category"] == "civil_dispute") == bool(row["dispute_type"])
    said = row["words"].split()
    assert said and len(said) == len(set(said))
    assert all(len(word) > 1 or word == "坟" or word == "垄" for word in said)


def test_no_two_lines_of_a_category_share_their_name() -> None:
    assert max(Counter(row["name"] for row in rows("duties")).values()) == 1


def test_every_line_belongs_to_a_version_with_its_day() -> None:
    assert named("duties", "version") == codes("duty_versions", "version")
    assert all(date.fromisoformat(row["valid_from"]) and row["name"] for row in rows("duty_versions"))


def test_every_township_has_a_contact_sheet() -> None:
    found = Counter(row["township"] for row in rows("township_contacts"))
    assert found == {town.code: len(CONTACT_ROLES) for town in reference().townships}
    assert codes("township_contacts", "role") == set(CONTACT_ROLES)
    assert not any(row["name"] or row["phone"] for row in rows("township_contacts")), (
        "the office knows its people"
    )


# --- materials ---------------------------------------------------------------------------------------------------


def test_the_commonest_lines_say_what_to_bring() -> None:
    kinds = codes("materials", "matter_kind")
    assert len(kinds) >= 25
    assert {"homestead", "wages", "injury", "traffic", "loan", "subsistence", "legal_aid"} <= kinds
    assert "accusation" not in kinds


@pytest.mark.parametrize("kind", sorted(codes("materials", "matter_kind")))
def test_materials_of_a_line(kind: str) -> None:
    found = [row for row in rows("materials") if row["matter_kind"] == kind]
    assert [row["no"] for row in found] == [str(number) for number in range(1, len(found) + 1)]
    assert "身份证件" in found[0]["name"]
    assert "先登记" in found[0]["note"], "nobody is turned away for want of a document"
    for row in found:
        assert row["name"] and row["needed"] in "01" and row["promise"] in "01"
        assert row["article"] == "" or ARTICLE.search(row["article"])


# --- triage rules ------------------------------------------------------------------------------------------------

RULES: Rows = rows("triage_rules")


@pytest.mark.parametrize("row", RULES, ids=lambda row: row["id"])
def test_a_rule_of_triage(row: dict[str, str]) -> None:
    assert ARTICLE.search(row["article"]), row["article"]
    assert row["name"] and row["reason"]
    assert row["category"] or row["advice"], "a rule decides or advises"
    assert set(row["needs"].split()) <= set(NEEDS)
    assert row["slip"] in {"", *PAPER_TITLES}
    assert row["any_words"] or row["all_words"] or row["flags"] or row["needs"], "a rule rests on something"
    struck = row["harmless"].split()
    counted = row["any_words"].split() + row["all_words"].replace("|", " ").split()
    assert all(any(word[:2] in phrase for word in counted) for phrase in struck), "each phrase hides a word"
    assert len(row["any_words"].split()) == len(set(row["any_words"].split()))


def test_rules_are_tried_in_an_order_nobody_can_mistake() -> None:
    sorts = [int(row["sort"]) for row in RULES]
    assert len(sorts) == len(set(sorts))
    assert [row["id"] for row in RULES] == [each.id for each in reference().triage_rules]


def test_only_accusations_seal_and_they_go_to_discipline_inspection() -> None:
    sealing = [row for row in RULES if SEALING_FLAG in row["flags"].split()]
    assert sealing
    for row in sealing:
        assert (row["category"], row["flow"], row["unit"]) == ("petition_matter", "petition", "discipline")
    deciding = [row["id"] for row in RULES if row["category"]]
    assert deciding[: len(sealing)] == [row["id"] for row in sealing], "nothing decides before them"


def test_every_flag_that_says_what_to_do_has_a_rule() -> None:
    assert codes("flags") == named("triage_rules", "flags")


# --- the rest ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", rows("flags"), ids=lambda row: row["code"])
def test_a_flag_says_what_follows_and_why(row: dict[str, str]) -> None:
    assert row["name"] and row["effect"]
    assert ARTICLE.search(row["article"])


def test_settings() -> None:
    found = {row["key"]: row for row in rows("settings")}
    assert all(row["help"] for row in found.values())
    assert found["paper"]["value"] in FORMATS
    assert set(found["sealed_readers"]["value"].split()) <= codes("accounts")


def test_mediators_have_skills_and_homes_that_exist() -> None:
    assert named("mediators", "skills") <= codes("dispute_types")
    assert codes("mediators", "township") <= codes("divisions")
    assert all(date.fromisoformat(row["term_start"]) for row in rows("mediators"))
