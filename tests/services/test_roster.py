"""The roster through its services: cards, editing, suspending, suggesting, and spreadsheets, on a real data folder."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qingyuan_desk.cli import main
from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, DeskError, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.roster.cards import RosterFilter
from qingyuan_desk.domain.roster.mediators import CAUSES, Mediator
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import papers, reception, roster, roster_sheets
from qingyuan_desk.services.office import Office
from tests.conftest import Clock

RANZHUANG = "130608101000"
NEW = Mediator(
    name="新样例",
    sex="女",
    birth_year="1970",
    township="冉庄镇",
    village="冉庄村",
    phone="0312-0000199",
    identity="退休教师",
    skills=("房屋宅基地纠纷",),
    term_start="2024-09-18",
)


@pytest.fixture
def mediator_account(office: Office) -> Actor:
    """An account that may read the roster, not keep it."""
    return office.actor("mediator")


def _card(office: Office, actor: Actor, code: str):  # type: ignore[no-untyped-def]
    return next(card for card in roster.mediators(office, actor) if card.code == code)


def _names(cards) -> list[str]:  # type: ignore[no-untyped-def]
    return [card.name for card in cards]


# --- cards -------------------------------------------------------------------------------------------------------


def test_a_card_says_everything_in_words(office: Office, clerk: Actor) -> None:
    card = _card(office, clerk, "M04")
    assert (card.name, card.initial, card.sex, card.age) == ("刘样例", "刘", "男", 68)
    assert (card.place, card.kind, card.level) == ("冉庄镇冉庄村", "乡贤调解员", "三级")
    assert card.skills == ("邻里纠纷", "房屋宅基地纠纷", "旅游纠纷")
    assert (card.status, card.why, card.term, card.term_state) == (
        "在聘",
        "",
        "任期至2027年9月18日",
        "running",
    )
    assert (card.free, card.next_free) == ("周一、周四", date(2024, 9, 23))
    assert card.mediator.phone == "0312-0000104"


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (RosterFilter(text="刘样例"), ["刘样例"]),
        (RosterFilter(text="oyyl"), ["欧阳样例"]),
        (RosterFilter(text="LIUYANG"), ["刘样例"]),
        (RosterFilter(text="m04"), ["刘样例"]),
        (RosterFilter(text="退休法官"), ["张样例"]),
        (RosterFilter(text="冉庄"), ["刘样例", "陈样例"]),
        (RosterFilter(text="旅游"), ["刘样例", "陈样例"]),
        (RosterFilter(township=RANZHUANG, skill="03"), ["刘样例"]),
        (RosterFilter(status="suspended"), []),
        (RosterFilter(text="没有这个人"), []),
    ],
)
def test_cards_are_found(office: Office, clerk: Actor, wanted: RosterFilter, names: list[str]) -> None:
    assert _names(roster.mediators(office, clerk, wanted)) == names


def test_a_surname_is_found_by_each_of_its_readings(office: Office, clerk: Actor) -> None:
    for letters in ("syl", "dyl", "cyl"):
        assert "单样例" in _names(roster.mediators(office, clerk, RosterFilter(text=letters)))


def test_who_does_not_keep_the_roster_sees_no_phone_and_no_cause(
    office: Office, clerk: Actor, mediator_account: Actor
) -> None:
    roster.suspend(office, clerk, "r1", "M04", "leak")
    card = _card(office, mediator_account, "M04")
    assert (card.mediator.phone, card.status, card.why) == ("0312-****104", "停用", "")
    for act in (
        lambda: roster.save(office, mediator_account, "r2", NEW),
        lambda: roster.resume(office, mediator_account, "r3", "M04"),
        lambda: roster.history(office, mediator_account, "M04"),
        lambda: roster_sheets.export_sheet(office, mediator_account, office.folder / "名册.xlsx"),
        lambda: roster_sheets.import_sheet(office, mediator_account, "r4", office.folder / "名册.xlsx"),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- editing -----------------------------------------------------------------------------------------------------


def test_a_new_mediator_gets_the_next_code_and_can_be_found_at_once(office: Office, clerk: Actor) -> None:
    saved = roster.save(office, clerk, "r1", NEW)
    assert (saved.code, saved.township, saved.skills, saved.status) == ("M35", RANZHUANG, ("03",), "active")
    assert _names(roster.mediators(office, clerk, RosterFilter(text="xinyang"))) == ["新样例"]
    assert roster.save(office, clerk, "r2", replace(NEW, name="又样例")).code == "M36"


def test_saving_again_with_the_same_request_gives_the_first_answer(office: Office, clerk: Actor) -> None:
    first = roster.save(office, clerk, "r1", NEW)
    assert roster.save(office, clerk, "r1", replace(NEW, identity="改了的")) == first
    assert len(roster.mediators(office, clerk)) == 35
    assert len(roster.history(office, clerk, "M35")) == 1
    with pytest.raises(Conflict):
        roster.suspend(office, clerk, "r1", "M35", "health")


def test_an_edit_is_recorded_with_what_was_before(office: Office, clerk: Actor, clock: Clock) -> None:
    before = _card(office, clerk, "M04").mediator
    roster.save(office, clerk, "r1", replace(before, village="东孙庄村", skills=("03",), status="ended"))
    clock.forward(minutes=1)
    roster.save(office, clerk, "r2", before)
    roster.save(office, clerk, "r3", before)
    back, there = roster.history(office, clerk, "M04")
    assert [(change.label, change.before, change.after) for change in there.changes] == [
        ("村（社区）", "冉庄村", "东孙庄村"),
        ("擅长", "邻里纠纷、房屋宅基地纠纷、旅游纠纷", "房屋宅基地纠纷"),
    ]
    assert [(change.after, change.before) for change in back.changes] == [
        (change.before, change.after) for change in there.changes
    ]
    assert (there.action, there.actor) == ("修改", "登记员") and back.at > there.at
    assert _card(office, clerk, "M04").mediator == before


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (replace(NEW, name=""), "name"),
        (replace(NEW, township="天津市"), "township"),
        (replace(NEW, birth_year="2010"), "birth_year"),
        (replace(NEW, name="刘样例", birth_year=""), "name"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    office: Office, clerk: Actor, entry: Mediator, field: str
) -> None:
    assert field in {problem.field for problem in roster.check(office, entry)}
    with pytest.raises(Refused) as refused:
        roster.save(office, clerk, "r1", entry)
    assert [problem.field for problem in refused.value.problems][:1] == [field]
    assert len(roster.mediators(office, clerk)) == 34
    with office.store.read() as rows:
        assert rows.value("SELECT count(*) FROM roster_event") == 0
        assert rows.value("SELECT count(*) FROM request") == 0


def test_somebody_who_is_not_there_is_not_found(office: Office, clerk: Actor) -> None:
    for act in (
        lambda: roster.save(office, clerk, "r1", replace(NEW, code="M99")),
        lambda: roster.suspend(office, clerk, "r2", "M99", "health"),
        lambda: roster.history(office, clerk, "M99"),
    ):
        with pytest.raises(NotFound):
            act()


# --- suspending --------------------------------------------------------------------------------------------------


def test_suspending_ending_and_resuming_leave_a_trace(office: Office, clerk: Actor, clock: Clock) -> None:
    leader = office.actor("leader")
    assert roster.suspend(office, clerk, "r1", "M04", "partial", "当事人反映").status == "suspended"
    assert _card(office, clerk, "M04").why == "偏袒一方当事人：当事人反映"
    clock.forward(days=3)
    assert roster.end(office, leader, "r2", "M04", "gain").status == "ended"
    clock.forward(days=3)
    assert roster.resume(office, leader, "r3", "M04", "查无实据").status == "active"
    assert _card(office, clerk, "M04").why == ""
    found = roster.history(office, clerk, "M04")
    assert [(each.action, each.actor, each.cause, each.article, each.note) for each in found] == [
        ("恢复", "负责人", "", "", "查无实据"),
        ("解聘", "负责人", CAUSES["gain"].name, "《人民调解法》第十五条第三项", ""),
        ("停用", "登记员", CAUSES["partial"].name, "《人民调解法》第十五条第一项", "当事人反映"),
    ]


def test_a_step_asked_again_is_done_once_and_keeps_its_answer(office: Office, clerk: Actor) -> None:
    first = roster.suspend(office, clerk, "r1", "M04", "request")
    roster.resume(office, clerk, "r2", "M04")
    assert roster.suspend(office, clerk, "r1", "M04", "request") == first
    assert _card(office, clerk, "M04").status == "在聘"
    assert len(roster.history(office, clerk, "M04")) == 2


@pytest.mark.parametrize(
    ("cause", "note", "field"),
    [("", "", "cause"), ("懒", "", "cause"), ("other", " ", "note"), ("health", "长" * 201, "note")],
)
def test_a_suspension_wants_a_cause(office: Office, clerk: Actor, cause: str, note: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        roster.suspend(office, clerk, "r1", "M04", cause, note)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert _card(office, clerk, "M04").status == "在聘"


def test_steps_that_change_nothing_are_conflicts(office: Office, clerk: Actor) -> None:
    with pytest.raises(Conflict):
        roster.resume(office, clerk, "r1", "M04")
    roster.end(office, clerk, "r2", "M04", "request")
    with pytest.raises(Conflict):
        roster.suspend(office, clerk, "r3", "M04", "request")


# --- who suits a dispute -----------------------------------------------------------------------------------------


@pytest.fixture
def house_site(visit: Callable[..., VisitForm]) -> Callable[..., VisitForm]:
    """A house-site dispute in 冉庄镇冉庄村."""

    def make(**facts: object) -> VisitForm:
        facts = {"township": "冉庄镇", "village": "冉庄村", "opponent": "李德顺", **facts}
        return visit(dispute_type="房屋宅基地纠纷", category="民间纠纷", flow="调解", **facts)

    return make


def test_a_form_gets_local_people_who_know_the_matter_first(
    office: Office, clerk: Actor, house_site: Callable[..., VisitForm]
) -> None:
    suggested = roster.suggest(office, clerk, house_site())
    assert len(suggested) == 5
    assert (suggested[0].card.name, suggested[0].reasons) == ("刘样例", ("同村", "擅长房屋宅基地纠纷"))
    assert (suggested[1].card.name, suggested[1].reasons) == ("陈样例", ("同乡镇",))
    assert suggested[2].reasons == ("擅长房屋宅基地纠纷", "今天有空")
    assert all(each.reasons and not each.conflicts for each in suggested)


def test_the_type_the_rules_read_from_the_narrative_counts_too(
    office: Office, clerk: Actor, house_site: Callable[..., VisitForm]
) -> None:
    suggested = roster.suggest(office, clerk, replace(house_site(), dispute_type=""))
    assert suggested[0].reasons == ("同村", "擅长房屋宅基地纠纷")


def test_a_conflict_is_disclosed_below_the_others(
    office: Office, clerk: Actor, house_site: Callable[..., VisitForm]
) -> None:
    suggested = roster.suggest(office, clerk, house_site(name="刘建国"), limit=3)
    assert len(suggested) == 4
    assert [bool(each.conflicts) for each in suggested] == [False, False, False, True]
    assert suggested[-1].card.name == "刘样例"
    assert suggested[-1].conflicts == ("与刘建国同姓同村",)


def test_a_matter_is_judged_by_everybody_at_its_visits(
    office: Office, clerk: Actor, house_site: Callable[..., VisitForm]
) -> None:
    done = reception.register(office, clerk, house_site())
    further = house_site(name="刘样例", matter=done.matter_number)
    again = reception.register(office, clerk, further)
    assert roster.suggest(office, clerk, done.matter_number)[-1].conflicts == ("是本案当事人",)
    reception.take_back(office, clerk, "r9", again.visit_number, "登记错了人")
    assert roster.suggest(office, clerk, done.matter_id)[0].card.name == "刘样例"


def test_a_mediator_who_was_a_party_beside_the_same_people_is_disclosed(
    office: Office, clerk: Actor, house_site: Callable[..., VisitForm]
) -> None:
    earlier = reception.register(office, clerk, house_site(name="李德顺", opponent="刘样例"))
    (conflict,) = [each for each in roster.suggest(office, clerk, house_site()) if each.conflicts]
    assert (conflict.card.name, conflict.conflicts) == ("刘样例", ("曾与本案当事人同在一起纠纷中",))
    stranger = house_site(name="赵某某", opponent="钱某某")
    assert not any(each.conflicts for each in roster.suggest(office, clerk, stranger))
    reception.take_back(office, clerk, "r9", earlier.visit_number, "登记错了")
    assert not any(each.conflicts for each in roster.suggest(office, clerk, house_site()))


def test_who_was_named_at_a_void_visit_only_was_no_party(
    office: Office, clerk: Actor, house_site: Callable[..., VisitForm]
) -> None:
    first = reception.register(office, clerk, house_site(name="刘样例", opponent="钱某某"))
    wrong = house_site(name="李德顺", opponent="", matter=first.matter_number)
    again = reception.register(office, clerk, wrong)
    assert any(each.conflicts for each in roster.suggest(office, clerk, house_site()))
    reception.take_back(office, clerk, "r9", again.visit_number, "登记到了别的事项")
    assert not any(each.conflicts for each in roster.suggest(office, clerk, house_site()))


def test_a_sealed_matter_gives_nothing_away(
    office: Office, clerk: Actor, mediator_account: Actor, house_site: Callable[..., VisitForm]
) -> None:
    accusation = replace(
        house_site(name="李德顺", opponent="刘样例"), flags=frozenset({"accusation"}), route_reason="检举"
    )
    done = reception.register(office, clerk, accusation)
    form = house_site()
    assert any(each.conflicts for each in roster.suggest(office, clerk, form))
    assert not any(each.conflicts for each in roster.suggest(office, mediator_account, form))
    with pytest.raises(NotFound):
        roster.suggest(office, mediator_account, done.matter_number)


def test_nobody_is_proposed_without_a_reason(office: Office, clerk: Actor) -> None:
    nothing = VisitForm(
        "r1", persons=(Person(name="匿名"),), opponents=(Opponent(name="某公司", kind="company"),)
    )
    suggested = roster.suggest(office, clerk, nothing)
    assert suggested and all(each.reasons == ("今天有空",) for each in suggested)


def test_the_mediation_guide_offers_five_without_a_conflict(
    office: Office, clerk: Actor, house_site: Callable[..., VisitForm]
) -> None:
    done = reception.register(office, clerk, house_site(name="刘建国"))
    lines = papers.facts(office, clerk, done.visit_number, "mediation_guide").mediators
    assert len(lines) == 5 and "刘样例" not in {line.name for line in lines}
    assert ("陈样例", "冉庄镇东孙庄村") in {(line.name, line.place) for line in lines}
    assert papers.facts(office, clerk, done.visit_number, "receipt").mediators == ()


# --- spreadsheets ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_sheet_comes_back_as_it_went_out(
    office: Office, clerk: Actor, tmp_path: Path, clock: Clock, suffix: str
) -> None:
    hostile = ["=1+1", "<b>粗</b>", "𠮷样例", "+861234", "@SUM(A1)", "-2-3", "'样例", '样,例"；']
    for number, name in enumerate(hostile):
        roster.save(office, clerk, f"r{number}", replace(NEW, name=name, note=f"{name}\n第二行", posts=name))
    roster.suspend(office, clerk, "s1", "M04", "health")
    path = tmp_path / f"名册{suffix}"
    assert roster_sheets.export_sheet(office, clerk, path) == 42
    before = office.reference.mediators

    again = roster_sheets.import_sheet(office, clerk, "i1", path)
    assert (again.count("same"), len(again.rows)) == (42, 42), [row for row in again.rows if row.sentences]
    assert office.reference.mediators == before

    other = Office.open(tmp_path / "另一处", now=clock)
    try:
        with other.store.write() as tx:
            tx.run("DELETE FROM mediators")
        _without_codes(path)
        report = roster_sheets.import_sheet(other, other.actor("clerk"), "i2", path)
        assert report.count("added") == 42, [row for row in report.rows if row.outcome != "added"]
        assert [replace(each, code="") for each in other.reference.mediators] == [
            replace(each, code="") for each in before
        ]
    finally:
        other.close()


def _without_codes(path: Path) -> None:
    grid = sheets.read(path)
    sheets.write(path, [replace(grid, rows=tuple(("", *row[1:]) for row in grid.rows))])


def _sheet(tmp_path: Path, header: str, *rows: str) -> Path:
    path = tmp_path / "名册.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([header.split("|"), *(row.split("|") for row in rows)])
    return path


def test_every_row_is_answered_and_good_rows_are_taken(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = _sheet(
        tmp_path,
        "姓 名*|所属乡镇（必填）|村|联系电话|擅长领域|出生年月|星座",
        "甲样例|冉庄|冉庄村|0312-7951234|邻里、婚姻家庭|1960-05|白羊",
        "|冉庄镇|冉庄村||||",
        "||||||",
        "乙样例|天津市|||||",
        "丙样例|东吕乡||13800138000|打官司|2012|",
        "甲样例|冉庄镇|冉庄村||||",
        "刘样例|冉庄镇|冉庄村|0312-7950000|邻里|1956|",
    )
    report = roster_sheets.import_sheet(office, clerk, "i1", path)
    assert [(row.row_no, row.outcome) for row in report.rows] == [
        (2, "added"),
        (3, "refused"),
        (5, "refused"),
        (6, "refused"),
        (7, "refused"),
        (8, "changed"),
    ]
    refused = {row.row_no: "".join(row.sentences) for row in report.rows if row.outcome == "refused"}
    assert "姓名" in refused[3] and "天津市" in refused[5] and "前面的一行" in refused[7]
    assert "打官司" in refused[6] and "成年公民" in refused[6]
    assert "这些列没有用到：星座。" in report.told
    assert report.summary == "已导入：新增 1 人，修改 1 人，无变化 0 人，退回 4 人。"

    added = _card(office, clerk, "M35")
    assert (added.place, added.skills, added.age) == ("冉庄镇冉庄村", ("邻里纠纷", "婚姻家庭纠纷"), 64)
    known = _card(office, clerk, "M04").mediator
    assert (known.phone, known.skills, known.posts) == ("0312-7950000", ("02",), "村人民调解委员会主任")
    (change,) = roster.history(office, clerk, "M04")
    assert [each.label for each in change.changes] == ["电话", "擅长"]


def test_a_dry_run_says_the_same_and_writes_nothing(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = _sheet(tmp_path, "姓名|乡镇", "甲样例|冉庄镇", "乙样例|天津市")
    tried = roster_sheets.import_sheet(office, clerk, "i1", path, dry_run=True)
    assert len(roster.mediators(office, clerk)) == 34
    done = roster_sheets.import_sheet(office, clerk, "i1", path)
    assert (tried.rows, tried.dry_run, done.dry_run) == (done.rows, True, False)
    assert len(roster.mediators(office, clerk)) == 35
    assert roster_sheets.import_sheet(office, clerk, "i1", path) == done, "the first answer"
    assert [row.outcome for row in roster_sheets.import_sheet(office, clerk, "i2", path).rows] == [
        "same",
        "refused",
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("M99|甲样例|冉庄镇|在聘", "没有编号 M99"),
        ("M04|甲样例|冉庄镇|在聘", "编号 M04 在名册里是刘样例"),
        ("M04|刘样例|冉庄镇|解聘", "状态没有改"),
    ],
)
def test_codes_and_statuses_of_a_sheet_are_not_trusted(
    office: Office, clerk: Actor, tmp_path: Path, row: str, words: str
) -> None:
    path = _sheet(tmp_path, "编号|姓名|乡镇|状态", row)
    (answer,) = roster_sheets.import_sheet(office, clerk, "i1", path).rows
    assert words in "".join(answer.sentences)
    assert _card(office, clerk, "M04").status == "在聘"


def test_one_fault_on_the_way_and_no_row_is_written(office: Office, clerk: Actor, tmp_path: Path) -> None:
    with office.store.write() as tx:
        tx.run(
            "CREATE TRIGGER broken BEFORE INSERT ON mediators WHEN NEW.name = '丙样例'"
            " BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    path = _sheet(tmp_path, "姓名|乡镇", "甲样例|冉庄镇", "乙样例|冉庄镇", "丙样例|冉庄镇")
    with pytest.raises(DeskError):
        roster_sheets.import_sheet(office, clerk, "i1", path)
    with office.store.read() as rows:
        assert rows.value("SELECT count(*) FROM mediators") == 34
        assert rows.value("SELECT count(*) FROM roster_event") == 0


def test_a_sheet_that_is_no_roster_is_refused(office: Office, clerk: Actor, tmp_path: Path) -> None:
    path = tmp_path / "别的.csv"
    sheets.write(path, [Grid("别的", ("品名", "数量"), (("铅笔", "3"),))])
    with pytest.raises(Refused, match="不像名册"):
        roster_sheets.import_sheet(office, clerk, "i1", path)


def test_the_roster_goes_out_and_in_from_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, path = tmp_path / "数据", tmp_path / "名册.xlsx"
    assert _at_the_terminal("export", "roster", "--data", data, "--out", path) == 0
    grid = sheets.read(path)
    sheets.write(path, [replace(grid, rows=(*grid.rows[:2], ("", "甲样例", "", "", "天津市", *[""] * 13)))])
    assert _at_the_terminal("import", "roster", path, "--dry-run", "--data", data) == 1
    told = capsys.readouterr()
    assert "试导入（没有写入）：新增 0 人，修改 0 人，无变化 2 人，退回 1 人。" in told.out
    assert "第 4 行 甲样例（退回）：没有“天津市”这个乡镇，请从列表中选。" in told.err
    assert _at_the_terminal("export", "roster", "--data", data, "--out", tmp_path / "名册.doc") == 1


def _at_the_terminal(*words: object) -> int:
    """A command's exit code."""
    try:
        return main([str(word) for word in words])
    except SystemExit as done:
        return int(done.code or 0)
