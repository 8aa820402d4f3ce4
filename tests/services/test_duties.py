"""The duty list at work: versions published and taken back, sheets in and out, contacts, materials told once."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.tables import TownshipContact
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import duties, ledger, materials, papers, reception
from qingyuan_desk.services.office import Office
from tests.conftest import Clock


def edit_csv(path: Path, **rows: tuple[str, str] | None) -> None:
    """Change a cell (header, text) of the rows with these codes; None takes a row out."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = list(csv.reader(file))
    kept = [line for line in lines if rows.get(line[0], ("", "")) is not None]
    for line in kept:
        change = rows.get(line[0])
        if change:
            line[header.index(change[0])] = change[1]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *kept])


def _next(
    office: Office, clerk: Actor, tmp_path: Path, request_id: str = "p1", day: date = date(2024, 10, 1)
) -> str:
    """The list in force, edited: homesteads led by the land bureau, burials gone; published from a day on."""
    path = tmp_path / "清单.csv"
    duties.export(office, clerk, path)
    edit_csv(path, homestead=("主办单位", "区自然资源和规划局"), burial=None)
    sheet = duties.read_sheet(office, clerk, path)
    assert [each.kind for each in duties.changes(office, sheet)] == ["changed", "removed"]
    return duties.publish(office, clerk, request_id, "", day, sheet)


def test_a_version_is_in_force_from_its_day_on_and_earlier_days_keep_theirs(
    office: Office, clerk: Actor, clock: Clock, tmp_path: Path
) -> None:
    assert _next(office, clerk, tmp_path) == "2024-10"
    assert [(each.version.version, each.state) for each in duties.versions(office)] == [
        ("2024-10", "ahead"),
        ("2024-09", "now"),
    ]
    assert "由冉庄镇人民政府主办" in duties.why(office, "homestead", "冉庄镇", "t_ranzhuang")
    clock.forward(days=11)
    found = duties.versions(office)
    assert [(each.state, each.valid_until) for each in found] == [("now", None), ("past", date(2024, 9, 30))]
    assert (found[0].lines, found[1].lines) == (
        len(office.reference.duties),
        len(office.reference.duties) + 1,
    )
    said = duties.why(office, "homestead", "冉庄镇", "natural_resources")
    assert said.startswith("职责清单（2024-10版）") and "主办" in said
    before = duties.why(office, "homestead", "冉庄镇", "natural_resources", date(2024, 9, 20))
    assert before.startswith("职责清单（2024-09版）") and "协办" in before
    assert len(duties.compare(office, "2024-09", "2024-10")) == 2
    again = Office.open(office.folder, now=clock)
    assert again.reference.duty("burial") is None
    assert again.reference.materials_for("homestead") == office.reference.on(date(2024, 9, 20)).materials_for(
        "homestead"
    )
    again.close()


def test_published_once_and_only_after_the_last_version(office: Office, clerk: Actor, tmp_path: Path) -> None:
    assert _next(office, clerk, tmp_path) == "2024-10"
    sheet = duties.read_sheet(office, clerk, tmp_path / "清单.csv")
    assert duties.publish(office, clerk, "p1", "", date(2025, 1, 1), sheet) == "2024-10"
    assert len(duties.versions(office)) == 2
    with pytest.raises(Refused, match="与上一版（2024-10版）没有不同"):
        duties.publish(office, clerk, "p2", "", date(2024, 11, 1), sheet)
    edit_csv(tmp_path / "清单.csv", wages=("办理期限", "30 日"))
    sheet = duties.read_sheet(office, clerk, tmp_path / "清单.csv")
    with pytest.raises(Refused, match="施行日期要晚于上一版（2024-10版，2024-10-01 起施行）"):
        duties.publish(office, clerk, "p2", "", date(2024, 10, 1), sheet)
    assert duties.publish(office, clerk, "p3", "新版", date(2024, 10, 31), sheet) == "2024-10-2"


def test_a_sheet_with_problems_is_not_published(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    assert duties.export(office, clerk, path) == len(office.reference.duties)
    csv = tmp_path / "清单.csv"
    duties.export(office, clerk, csv)
    edit_csv(csv, homestead=("主办单位", "区幻想局"))
    sheet = duties.read_sheet(office, clerk, csv)
    with pytest.raises(Refused, match="区幻想局"):
        duties.publish(office, clerk, "p1", "", date(2025, 1, 1), sheet)
    assert duties.changes(office, duties.read_sheet(office, clerk, path)) == ()
    assert len(duties.versions(office)) == 1


def test_only_the_last_version_is_taken_back_with_a_reason(
    office: Office, clerk: Actor, tmp_path: Path
) -> None:
    _next(office, clerk, tmp_path, day=date(2024, 9, 15))
    assert office.reference.duty("burial") is None
    with pytest.raises(Refused, match="为什么撤回"):
        duties.withdraw(office, clerk, "w0", "2024-09", " ")
    with pytest.raises(Conflict, match="只能撤回最后公布的一版"):
        duties.withdraw(office, clerk, "w1", "2024-09", "写错了")
    code = duties.versions(office)[0].version.version
    for _ in range(2):
        duties.withdraw(office, clerk, "w2", code, "区委没有批准")
    assert office.reference.duty("burial") is not None
    assert [each.state for each in duties.versions(office)] == ["withdrawn", "now"]
    with pytest.raises(Conflict):
        duties.withdraw(office, clerk, "w3", "2024-09", "第一版")
    with pytest.raises(NotFound):
        duties.withdraw(office, clerk, "w4", "1999-01", "没有")


def test_search_in_another_version(office: Office, clerk: Actor, tmp_path: Path) -> None:
    _next(office, clerk, tmp_path)
    assert [duty.code for duty in duties.search(office, clerk, "迁坟")[1].lines] == ["burial"]
    assert duties.search(office, clerk, "祖坟", "2024-10")[1].lines == ()


def test_contacts_of_a_township(office: Office, clerk: Actor) -> None:
    before = duties.contacts(office, clerk, "冉庄")
    assert [each.role for each in before] == ["politics", "justice", "police", "tribunal", "grid"]
    town = before[0].township
    new = TownshipContact(town, "politics", "冉庄镇政法委员", "甄样例", "0312-0000000", "镇政府二楼")
    for _ in range(2):
        duties.save_contacts(office, clerk, "c1", [new])
    assert duties.contacts(office, clerk, town)[0] == new
    with pytest.raises(NotAllowed):
        duties.save_contacts(office, office.actor("mediator"), "c2", [new])
    with pytest.raises(Refused):
        duties.save_contacts(office, clerk, "c3", [TownshipContact(town, "mayor", "", "", "", "")])
    with pytest.raises(NotFound):
        duties.contacts(office, clerk, "没有这个乡")


# --- materials told once -----------------------------------------------------------------------------------------


@pytest.fixture
def homestead(office: Office, clerk: Actor, visit: Callable[..., VisitForm]) -> int:
    form = visit(narrative="邻居盖房占了我家宅基地。", matter_kind="homestead", township="130608101000")
    return reception.register(office, clerk, form).matter_id


def test_what_was_told_is_asked_for_again_until_it_comes(
    office: Office, clerk: Actor, homestead: int, clock: Clock
) -> None:
    first = materials.checklist(office, clerk, homestead)
    assert first and not any(each.told_on or each.missing for each in first)
    number = ledger.matter(office, clerk, homestead).visits[0].number
    paper = papers.compose(office, clerk, number, "materials", "a4")
    papers.record_print(office, clerk, "print-1", paper, "窗口打印机")
    told = materials.checklist(office, clerk, homestead)
    assert all(each.told_on == date(2024, 9, 20) for each in told)
    needed = [each.material.name for each in told if each.material.required]
    assert [each.material.name for each in told if each.missing] == needed
    clock.forward(days=3)
    materials.mark(office, clerk, "m1", homestead, {needed[0]: "brought"})
    after = {each.material.name: each for each in materials.checklist(office, clerk, homestead)}
    assert after[needed[0]].brought_on == date(2024, 9, 23) and not after[needed[0]].missing
    assert after[needed[0]].told_on == date(2024, 9, 20)
    lines = papers.facts(office, clerk, number, "materials").materials
    assert [(each.brought, each.missing) for each in lines if each.name in needed[:2]] == [
        (True, False),
        (False, True),
    ]
    last = ledger.matter(office, clerk, homestead).events[-1]
    assert (last.action, last.note) == ("材料", f"已交 {needed[0]}")


def test_a_promise_stands_in_only_where_the_list_allows_it(
    office: Office, clerk: Actor, homestead: int
) -> None:
    listed = materials.checklist(office, clerk, homestead)
    may = next(each.material.name for each in listed if each.material.promise)
    never = next(each.material.name for each in listed if not each.material.promise)
    materials.mark(office, clerk, "m1", homestead, {may: "promised"})
    assert (
        next(each for each in materials.checklist(office, clerk, homestead) if each.promised).material.name
        == may
    )
    with pytest.raises(Refused, match="不能用告知承诺代替"):
        materials.mark(office, clerk, "m2", homestead, {never: "promised"})
    with pytest.raises(Refused, match="状态只能是"):
        materials.mark(office, clerk, "m3", homestead, {never: "lost"})


def test_something_on_no_list_is_told_and_a_mistake_is_put_right(
    office: Office, clerk: Actor, homestead: int
) -> None:
    for _ in range(2):
        materials.mark(office, clerk, "m1", homestead, {"四邻签字的草图": "brought", " ": "told"})
    extra = materials.checklist(office, clerk, homestead)[-1]
    assert (extra.material.name, extra.brought_on) == ("四邻签字的草图", date(2024, 9, 20))
    materials.mark(office, clerk, "m2", homestead, {"四邻签字的草图": "told"})
    assert materials.checklist(office, clerk, homestead)[-1].missing
    notes = [each.note for each in ledger.matter(office, clerk, homestead).events if each.action == "材料"]
    assert notes == ["已交 四邻签字的草图", "已告知 四邻签字的草图"]


def test_the_list_of_the_matters_day_counts(
    office: Office, clerk: Actor, homestead: int, clock: Clock, tmp_path: Path
) -> None:
    before = materials.checklist(office, clerk, homestead)
    path = tmp_path / "清单.csv"
    duties.export(office, clerk, path)
    edit_csv(path, homestead=("所需材料", "测绘图"))
    duties.publish(office, clerk, "p1", "", date(2024, 10, 1), duties.read_sheet(office, clerk, path))
    clock.forward(days=20)
    assert [each.name for each in office.reference.materials_for("homestead")] == ["测绘图"]
    assert materials.checklist(office, clerk, homestead) == before
