"""The rules of registering: every rule once, and what people type by mistake or in malice, field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyuan_desk.domain.identity import ID_TYPES
from qingyuan_desk.domain.intake import Checked, check, group_problem
from qingyuan_desk.domain.parties import is_minor
from qingyuan_desk.domain.problems import Level, Problem, blocking
from qingyuan_desk.domain.text import clean_line
from qingyuan_desk.domain.visit import AUTHORITIES, OPPONENT_KINDS, VISITOR_ROLES, Opponent, Person, VisitForm
from tests.domain.office_tables import reference

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2024, 9, 20, 10, 32, 5, tzinfo=SHANGHAI)
TODAY = NOW.date()
RANZHUANG = "130608101000"
VILLAGE = reference().villages(RANZHUANG)[0]
BIDI = "\u202e"

PLAIN = VisitForm("request-1", persons=(Person("王建国"),), narrative="邻居盖房占了我家宅基地，请求调解。")


def checked(**facts: object) -> Checked:
    """A plain form with some facts changed."""
    return check(replace(PLAIN, **facts), reference(), NOW)  # type: ignore[arg-type]


def person(**facts: object) -> Checked:
    """A plain form whose visitor differs."""
    return checked(persons=(replace(PLAIN.persons[0], **facts),))  # type: ignore[arg-type]


def other(**facts: object) -> Checked:
    """A plain form with somebody on the other side."""
    return checked(opponents=(replace(Opponent("李四"), **facts),))  # type: ignore[arg-type]


def told(found: Checked, field: str) -> list[Problem]:
    """The problems of one field."""
    return [problem for problem in found.problems if problem.field == field]


def level(found: Checked, field: str) -> Level | None:
    """How grave the gravest problem of a field is."""
    order = (Level.REFUSE, Level.DOUBT, Level.WARN)
    levels = [problem.level for problem in told(found, field)]
    return min(levels, key=order.index, default=None)


def test_a_plain_form_passes_as_it_is() -> None:
    found = checked()
    assert found.problems == ()
    assert found.form == replace(PLAIN, persons=(replace(PLAIN.persons[0], id_type="none"),))


# --- name --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["", " ", "\u3000\u3000", "\u200b", "\xa0", "\x00", "\ud800", "\n\t", "\u3164"]
)
def test_a_name_is_needed(typed: str) -> None:
    found = person(name=typed)
    assert level(found, "name") is Level.REFUSE
    assert "匿名" in told(found, "name")[-1].sentence


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张三\n", "张三"),
        ("张\r\n三", "张三"),
        ("张\t三", "张三"),
        ("张\x00三", "张三"),
        ("张\x01\x0b\x1f三", "张三"),
        ("张\ud800三", "张三"),
        *((name, name) for name in (
            "𠮷野家", "㐂", "䶮", "李𬭎", "阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽.买买提", "买买提・明",
            "欧阳娜娜", "尉迟恭", "丛", "古丽" * 12 + "丛", "John Smith", "O'Neil", "Nguyễn Văn Á",
            "<张三>", "张三<李四", "<b>张三</b>", "<b>张三", "'; DROP TABLE visit;--", '" OR 1=1 --', "%", "_", "\\",
            '""', "*", "NEAR(", "-x", "^", "=1+1", "=cmd|'/c calc'!A0", "+1", "@SUM(1)", "＝1", "013800", "1e5",
            "张三😀", "匿名",
        )),
        ("e\u0301", "é"),
        ("\t=1", "=1"),
    ],
)  # fmt: skip
def test_a_name_is_kept_as_meant(typed: str, kept: str) -> None:
    found = person(name=typed)
    assert found.form.main_visitor.name == kept
    assert not blocking(found.problems, {})


@pytest.mark.parametrize("typed", [f"{BIDI}321三张", "\u2066abc", "张\u200b三", "\ufeff张三"])
def test_hidden_characters_are_taken_out_and_told(typed: str) -> None:
    for found, field in (
        (person(name=typed), "name"),
        (person(address=typed), "address"),
        (person(relation=typed), "relation"),
        (other(name=typed), "opponents.0.name"),
        (other(address=typed), "opponents.0.address"),
        (checked(narrative=typed), "narrative"),
        (checked(route_reason=typed), "route_reason"),
    ):
        assert level(found, field) is Level.WARN
    assert person(name=typed).form.main_visitor.name == clean_line(typed)


@pytest.mark.parametrize(
    ("field", "limit", "make"),
    [
        ("name", 50, lambda text: person(name=text)),
        ("address", 200, lambda text: person(address=text)),
        ("relation", 50, lambda text: person(relation=text)),
        ("narrative", 5000, lambda text: checked(narrative=text)),
        ("route_reason", 200, lambda text: checked(route_reason=text)),
        ("phone", 200, lambda text: checked(overrides={"phone": text})),
        ("opponents.0.name", 50, lambda text: other(name=text)),
        ("opponents.0.address", 200, lambda text: other(address=text)),
    ],
)
def test_what_is_too_long_is_refused_and_never_cut(field: str, limit: int, make) -> None:  # type: ignore[no-untyped-def]
    assert told(make("纠" * limit), field) == []
    found = make("纠" * (limit + 1))
    assert level(found, field) is Level.REFUSE
    assert f"最多 {limit} 个字，现有 {limit + 1} 个字" in told(found, field)[0].sentence
    assert "纠" * (limit + 1) in repr(found.form)


@pytest.mark.parametrize("typed", ["x" * 100_000, "纠" * 100_000])
def test_a_pasted_novel_is_refused_everywhere(typed: str) -> None:
    novel = Person(*(typed,) * 8, birth_date=typed, crowd=typed, authority=typed, relation=typed)
    found = checked(persons=(novel,), narrative=typed, opponents=(Opponent(typed, kind=typed),), unit=typed)
    refused = {problem.field for problem in found.problems if problem.level is Level.REFUSE}
    assert {"name", "id_number", "phone", "township", "address", "narrative", "opponents.0.name"} <= refused
    assert all(len(problem.sentence) < 120 for problem in found.problems)


def test_a_million_characters_are_too_many() -> None:
    assert "现有 1000000 个字" in told(checked(narrative="纠" * 1_000_000), "narrative")[0].sentence


# --- document ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["11010519491231002X", "11010519491231002x", "11010519491231００２Ｘ", " 110105 19491231 002X "],
)
def test_an_identity_number_fills_birth_date_and_sex(typed: str) -> None:
    found = person(id_number=typed).form.main_visitor
    assert (found.id_number, found.birth_date, found.sex) == ("11010519491231002X", "1949-12-31", "female")
    assert found.id_type == "id_card"


@pytest.mark.parametrize(
    ("id_type", "typed", "expected"),
    [
        ("id_card", "110105194912310020", Level.DOUBT),
        ("id_card", "130622820101001", Level.WARN),
        ("residence_permit", "810000199408230021", None),
        ("residence_permit", "830000199001010012", None),
        ("foreigner_card", "932682198501010017", None),
        ("id_card", "412723199001010015", Level.DOUBT),
        ("id_card", "130608209912310010", Level.DOUBT),
        ("mainland_permit", "H12345678", None),
        ("passport", "C12345678", None),
        ("passport", "E12345678", None),
        ("passport", "EA1234567", None),
        ("officer_card", "南字第01234567号", None),
        ("household_book", "012345678", None),
        ("id_card", "110105194912310О2X", Level.REFUSE),
        ("id_card", "12345", Level.DOUBT),
        ("护照", "EA1234567", None),
    ],
)
def test_documents_by_kind(id_type: str, typed: str, expected: Level | None) -> None:
    assert level(person(id_type=id_type, id_number=typed), "id_number") is expected


@pytest.mark.parametrize("id_type", sorted(ID_TYPES))
@pytest.mark.parametrize("typed", ["", "无", "未带", "\u3000", "-"])
def test_nobody_is_turned_away_for_want_of_a_document(id_type: str, typed: str) -> None:
    found = person(id_type=id_type, id_number=typed)
    assert not blocking(found.problems, {})
    assert (found.form.main_visitor.id_type, found.form.main_visitor.id_number) == ("none", "")


def test_an_unknown_kind_of_document_is_refused() -> None:
    found = person(id_type="工作证", id_number="1")
    assert level(found, "id_type") is Level.REFUSE
    assert "工作证" in told(found, "id_type")[0].sentence


def test_a_doubt_yields_to_a_reason() -> None:
    found = person(id_number="110105194912310020")
    assert blocking(found.problems, {})
    assert not blocking(found.problems, {"id_number": "证件无误"})


# --- sex, birth date, crowd --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "kept", "expected"),
    [("女", "female", None), ("男", "male", Level.WARN), ("", "female", None), ("M", "female", Level.WARN)],
)
def test_the_sex_as_stated_and_as_the_number_says(stated: str, kept: str, expected: Level | None) -> None:
    found = person(sex=stated, id_number="11010519491231002X")
    assert found.form.main_visitor.sex == kept
    assert level(found, "sex") is expected


def test_a_doubtful_number_does_not_question_the_stated_sex() -> None:
    assert told(person(sex="男", id_number="110105194912310020"), "sex") == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1949-12-31", "1949-12-31"),
        ("1949/12/31", "1949-12-31"),
        ("1949.12.31", "1949-12-31"),
        ("1949年12月31日", "1949-12-31"),
        ("2024年2月29日", "2024-02-29"),
        ("19491231", "1949-12-31"),
        ("１９４９－１２－３１", "1949-12-31"),
        ("1949-12-31 00:00:00", "1949-12-31"),
        ("1900-01-01", "1900-01-01"),
        ("2024-09-20", "2024-09-20"),
        ("", ""),
        ("\u3000", ""),
    ],
)
def test_birth_dates_as_people_write_them(typed: str, kept: str) -> None:
    found = person(birth_date=typed)
    assert found.form.main_visitor.birth_date == kept
    assert told(found, "birth_date") == []


@pytest.mark.parametrize(
    "typed",
    [
        *("2024-02-30", "0000-00-00", "9999-12-31", "24.2.29", "1900-02-29", "农历正月初一", "腊月二十三"),
        *("1899-12-31", "2024-09-21", "七十多岁", "1e400", "NaN", "1949-13-01", "19491232", "99999", "<b>"),
    ],
)
def test_impossible_birth_dates_are_refused(typed: str) -> None:
    found = person(birth_date=typed)
    assert level(found, "birth_date") is Level.REFUSE


def test_the_number_decides_the_birth_date() -> None:
    found = person(birth_date="1950-01-01", id_number="11010519491231002X")
    assert found.form.main_visitor.birth_date == "1949-12-31"
    assert level(found, "birth_date") is Level.WARN
    assert told(person(birth_date="1949-12-31", id_number="11010519491231002X"), "birth_date") == []


@pytest.mark.parametrize(
    ("stated", "kept", "expected"),
    [
        ("农民工", "migrant_worker", None),
        ("elder", "elder", None),
        ("", "", None),
        ("外星人", "", Level.WARN),
    ],
)
def test_crowd_tags(stated: str, kept: str, expected: Level | None) -> None:
    found = person(crowd=stated)
    assert found.form.main_visitor.crowd == kept
    assert level(found, "crowd") is expected


# --- phone -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１３８００１３８０００", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("+8613800138000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("0312-7951234-801", "0312-7951234-801"),
        ("13800138000/13900139000", "13800138000/13900139000"),
        ("无", ""),
        ("", ""),
    ],
)
def test_phones_in_one_spelling(typed: str, kept: str) -> None:
    for found in (person(phone=typed).form.main_visitor, other(phone=typed).form.opponents[0]):
        assert found.phone == kept


@pytest.mark.parametrize("typed", ["12345", "138001380001", "见上", "=1+1", "²²²"])
def test_doubtful_phones_are_kept_with_a_reason(typed: str) -> None:
    assert level(person(phone=typed), "phone") is Level.DOUBT
    found = other(phone=typed)
    assert level(found, "opponents.0.phone") is Level.DOUBT
    assert not blocking(found.problems, {"opponents.0.phone": "对方不给号码"})


# --- where -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("township", "village", "codes"),
    [
        ("冉庄镇", VILLAGE.short_name, (RANZHUANG, VILLAGE.code)),
        ("冉庄", VILLAGE.name, (RANZHUANG, VILLAGE.code)),
        (RANZHUANG, VILLAGE.code, (RANZHUANG, VILLAGE.code)),
        ("\u3000冉庄镇\n", "", (RANZHUANG, "")),
        ("", "", ("", "")),
    ],
)
def test_places_become_codes(township: str, village: str, codes: tuple[str, str]) -> None:
    visitor = person(township=township, village=village)
    opponent = other(township=township, village=village)
    assert (visitor.form.main_visitor.township, visitor.form.main_visitor.village) == codes
    assert (opponent.form.opponents[0].township, opponent.form.opponents[0].village) == codes
    assert visitor.problems == opponent.problems == ()


@pytest.mark.parametrize(
    ("township", "village", "field"),
    [
        ("莲池区五尧乡", "", "township"),
        ("<b>冉庄镇</b>", "", "township"),
        ("'; DROP TABLE divisions;--", "", "township"),
        ("冉庄镇", "没有的村", "village"),
        ("", VILLAGE.short_name, "village"),
        ("没有的镇", VILLAGE.short_name, "township"),
    ],
)
def test_places_nobody_knows_are_sent_to_the_address(township: str, village: str, field: str) -> None:
    found = person(township=township, village=village)
    assert level(found, field) is Level.REFUSE
    assert "详细地址" in told(found, field)[0].sentence
    assert level(other(township=township, village=village), f"opponents.0.{field}") is Level.REFUSE


@pytest.mark.parametrize(
    "typed", ["河北省保定市莲池区东风路1号", "<a href='x'>1</a>", "=HYPERLINK(\"http://x\",\"y\")", "%_\\", "村东头𠮷家"]
)  # fmt: skip
def test_an_address_is_any_text(typed: str) -> None:
    found = person(address=typed)
    assert found.problems == ()
    assert found.form.main_visitor.address == typed


# --- roles, agents, groups ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [*VISITOR_ROLES, *VISITOR_ROLES.values()])
def test_roles_by_code_and_name(said: str) -> None:
    both = (PLAIN.persons[0], Person("李梅", role=said, authority="一般授权"))
    found = checked(persons=both, headcount=2)
    assert found.problems == ()
    assert found.form.persons[1].role in VISITOR_ROLES
    assert found.form.persons[1].authority == "general"


@pytest.mark.parametrize(("field", "typed"), [("role", "证人"), ("authority", "口头授权")])
def test_unknown_roles_and_authorities_are_refused(field: str, typed: str) -> None:
    found = person(**{field: typed})
    assert level(found, field) is Level.REFUSE
    assert "只有" in told(found, field)[0].sentence


@pytest.mark.parametrize(
    ("authority", "expected"), [("", Level.WARN), ("未提交委托书", Level.WARN), ("general", None), ("特别授权", None)]
)  # fmt: skip
def test_an_agent_shows_a_written_authority(authority: str, expected: Level | None) -> None:
    agent = Person("李梅", role="agent", authority=authority, relation="女儿")
    found = checked(persons=(PLAIN.persons[0], agent))
    assert level(found, "persons.1.authority") is expected
    assert not blocking(found.problems, {})
    if expected:
        assert "第一百六十五条" in told(found, "persons.1.authority")[0].article


def test_an_agent_does_not_count_as_somebody_who_came() -> None:
    agents = tuple(Person(f"代理{n}", role="agent", authority="general") for n in range(2))
    assert told(checked(persons=(PLAIN.persons[0], *agents), headcount=1), "headcount") == []


def test_an_agent_alone_wants_a_principal_or_a_reason() -> None:
    found = person(role="agent", authority="general")
    assert level(found, "role") is Level.DOUBT
    assert not blocking(found.problems, {"role": "委托人住院，姓名待核"})


@pytest.mark.parametrize(("named", "refused"), [(0, False), (1, False), (5, False), (6, True), (20, True)])
def test_a_group_has_at_most_five_representatives(named: int, refused: bool) -> None:
    group = tuple(Person(f"代表{n}", role="representative") for n in range(named))
    found = checked(persons=group or PLAIN.persons, headcount=23)
    assert level(found, "representatives") is (Level.REFUSE if refused else None)
    assert (group_problem(named) is not None) == refused
    if refused:
        sixth = told(found, "representatives")[0]
        assert sixth.article == "《信访工作条例》第二十条"
        assert f"现有 {named} 人" in sixth.sentence
        assert blocking(found.problems, {"representatives": "大家都要来"})


@pytest.mark.parametrize("count", [1, 2, 23, 9999])
def test_headcounts(count: int) -> None:
    assert told(checked(headcount=count), "headcount") == []


@pytest.mark.parametrize(
    "count", [0, -1, 10_000, 9**25, 2**63, 1.5, float("nan"), float("inf"), True, "5", None]
)
def test_impossible_headcounts_are_refused(count: object) -> None:
    found = checked(headcount=count)
    assert level(found, "headcount") is Level.REFUSE
    assert "1 到 9999" in told(found, "headcount")[0].sentence


def test_fewer_came_than_are_named() -> None:
    three = (PLAIN.persons[0], Person("李梅", role="companion"), Person("赵六", role="companion"))
    found = checked(persons=three, headcount=2)
    assert level(found, "headcount") is Level.REFUSE
    assert "3 人" in told(found, "headcount")[0].sentence
    assert told(checked(persons=three, headcount=3), "headcount") == []


def test_problems_of_further_people_carry_their_place() -> None:
    second = Person("", id_number="110105194912310020", phone="12345", township="没有的镇", birth_date="昨天")
    third = Person("赵六", address="纠" * 201, role="companion")
    fields = {problem.field for problem in checked(persons=(PLAIN.persons[0], second, third)).problems}
    assert {
        f"persons.1.{word}" for word in ("name", "id_number", "phone", "township", "birth_date")
    } <= fields
    assert "persons.2.address" in fields


def test_lines_left_empty_are_no_people() -> None:
    found = checked(
        persons=(PLAIN.persons[0], Person(), Person(role="representative")), opponents=(Opponent(), Opponent(kind="company"))
    )  # fmt: skip
    assert found.problems == ()
    assert len(found.form.persons) == 1
    assert found.form.opponents == ()


def test_nobody_at_all_is_refused_at_the_name() -> None:
    assert level(checked(persons=()), "name") is Level.REFUSE


# --- people under age --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("birth", "minor"),
    [("2006-09-21", True), ("2006-09-20", False), ("2024-09-19", True), ("1949-12-31", False), ("", False)],
)
def test_under_eighteen(birth: str, minor: bool) -> None:
    assert is_minor(Person(birth_date=birth), TODAY) == minor
    found = person(birth_date=birth)
    assert ("minor" in found.form.flags) == minor
    assert level(found, "flags") is (Level.WARN if minor else None)


def test_a_birth_in_the_future_is_no_minor() -> None:
    found = person(id_number="130608209912310010")
    assert found.form.flags == frozenset()
    assert not is_minor(Person(birth_date="2099-12-31"), TODAY)


def test_a_child_that_only_came_along_flags_nothing() -> None:
    child = Person("王小", role="companion", birth_date="2015-01-01")
    assert checked(persons=(PLAIN.persons[0], child), headcount=2).form.flags == frozenset()


# --- the other side ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("李四", "person", "person"),
        ("李四", "个人", "person"),
        ("某某", "企业/组织", "company"),
        ("某某", "organ", "organ"),
        ("区住建局", "person", "organ"),
        ("冉庄镇人民政府", "person", "organ"),
        ("冉庄派出所", "person", "organ"),
        ("保定某某建筑有限公司", "person", "company"),
        ("东孟庄村村民委员会", "person", "company"),
        ("某某建筑公司", "organ", "organ"),
        ("民政局", "person", "organ"),
        ("某某化工厂", "person", "company"),
        ("王局", "person", "person"),
        ("李建厂", "person", "person"),
        ("不详", "person", "person"),
    ],
)
def test_kinds_of_the_other_side(name: str, kind: str, kept: str) -> None:
    found = other(name=name, kind=kind)
    assert found.form.opponents[0].kind == kept
    changed = kind in ("person", "个人") and kept != "person"
    assert level(found, "opponents.0.kind") is (Level.WARN if changed else None)


def test_an_unknown_kind_is_refused() -> None:
    found = other(kind="动物")
    assert level(found, "opponents.0.kind") is Level.REFUSE
    assert all(name in told(found, "opponents.0.kind")[0].sentence for name in OPPONENT_KINDS.values())


def test_the_other_side_needs_a_name_when_anything_is_known() -> None:
    found = checked(opponents=(Opponent("李四"), Opponent(phone="13800138000")))
    assert level(found, "opponents.1.name") is Level.REFUSE
    assert "不详" in told(found, "opponents.1.name")[0].sentence


# --- what was said -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", " \n\u3000", "\u200b", "\x00"])
def test_something_must_be_said(typed: str) -> None:
    found = checked(narrative=typed)
    assert level(found, "narrative") is Level.REFUSE
    assert told(found, "narrative")[0].article == "《信访工作条例》第十九条"


@pytest.mark.parametrize(
    "typed",
    [
        '<img src="/etc/passwd">',
        "&lt;script&gt;&nbsp;&amp;amp;",
        '<a href="javascript:app.alert(1)">点</a>',
        "</para><para>x",
        '<font size="500">',
        "x) /JS (app.alert(1)) (",
        "'; DROP TABLE visit;--",
        "=1+1",
        "😀👨\u200d👩\u200d👧",
        "第一行\n\n第三行",
        "无" * 5000,
        "李𬭎说𠮷野家的事",
        "%s {} $1 {name!r}",
    ],
)
def test_a_narrative_is_kept_as_it_was_said(typed: str) -> None:
    found = checked(narrative=typed)
    assert found.form.narrative == typed
    assert found.problems == ()


def test_breaks_and_controls_in_a_narrative() -> None:
    assert checked(narrative=" 一\r\n二\u2028三\x0b\x00\r ").form.narrative == "一\n二\n三"


# --- when --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "at",
    [
        None,
        NOW,
        NOW + timedelta(minutes=5),
        datetime(2000, 1, 1, tzinfo=SHANGHAI),
        datetime(2024, 9, 20, 2, 0, tzinfo=UTC),
        NOW.astimezone(timezone(timedelta(hours=-11))),
    ],
)
def test_moments_a_visit_may_have(at: datetime | None) -> None:
    assert told(checked(received_at=at), "received_at") == []


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW + timedelta(minutes=6), "将来"),
        (datetime(2027, 1, 1, tzinfo=SHANGHAI), "将来"),
        (datetime.max.replace(tzinfo=UTC), "将来"),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), "将来"),
        (datetime(1999, 12, 31, 23, 59, tzinfo=SHANGHAI), "早于 2000 年"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), "早于 2000 年"),
        (datetime(2024, 9, 20, 10, 0), "时区"),
    ],
)
def test_moments_it_may_not(at: datetime, said: str) -> None:
    found = checked(received_at=at)
    assert level(found, "received_at") is Level.REFUSE
    assert said in told(found, "received_at")[0].sentence


# --- codes, flags, reasons ---------------------------------------------------------------------------------------


def test_names_become_codes() -> None:
    found = checked(
        source="基层排查上报",
        category="民间纠纷",
        flow="调解",
        room="乡贤调解室",
        unit="冉庄镇人民政府",
        dispute_type="房屋宅基地纠纷",
        matter_kind="宅基地和界址纠纷调解",
        flags=frozenset({"检举控告", "urgent"}),
    )
    form = found.form
    assert (form.source, form.category, form.flow) == ("township_report", "civil_dispute", "mediation")
    assert (form.room, form.unit, form.dispute_type) == ("elder_mediation", "t_ranzhuang", "03")
    assert form.matter_kind == "homestead"
    assert form.flags == {"accusation", "urgent"}, "a flag named in Chinese seals as well"
    assert found.problems == ()


@pytest.mark.parametrize(
    "field", ["source", "category", "flow", "room", "unit", "dispute_type", "matter_kind", "flags"]
)
def test_codes_nobody_knows_are_refused(field: str) -> None:
    typed = "<没有>\n"
    found = checked(**{field: frozenset({typed}) if field == "flags" else typed})
    assert level(found, field) is Level.REFUSE
    assert "“<没有>”" in told(found, field)[0].sentence


def test_a_source_must_be_named() -> None:
    assert level(checked(source=" "), "source") is Level.REFUSE


def test_reasons_are_trimmed_and_empty_ones_dropped() -> None:
    found = checked(overrides={"id_number": " 证件\n无误 ", "phone": "\u3000"}, route_reason=" 双方都愿意 ")
    assert found.form.overrides == {"id_number": "证件无误"}
    assert found.form.route_reason == "双方都愿意"


# --- anything ----------------------------------------------------------------------------------------------------

TEXT = st.one_of(
    st.text(max_size=20),
    st.text(st.characters(exclude_categories=()), max_size=6),
    st.sampled_from(["", "无", "冉庄镇", "李𬭎", f"{BIDI}x", "11010519491231002X", "13800138000", "<b>x</b>", "1949-12-31"]),
)  # fmt: skip
PERSONS = st.builds(
    Person,
    *(TEXT,) * 8,
    role=st.one_of(st.sampled_from([*VISITOR_ROLES]), TEXT),
    birth_date=TEXT,
    crowd=TEXT,
    authority=st.one_of(st.sampled_from([*AUTHORITIES]), TEXT),
    relation=TEXT,
)
FORMS = st.builds(
    VisitForm,
    TEXT,
    persons=st.lists(PERSONS, max_size=3).map(tuple),
    opponents=st.lists(st.builds(Opponent, *(TEXT,) * 6), max_size=2).map(tuple),
    received_at=st.none() | st.datetimes(timezones=st.sampled_from([None, UTC, SHANGHAI])),
    headcount=st.one_of(st.integers(), st.floats()),
    narrative=TEXT,
    flags=st.frozensets(TEXT, max_size=2),
    overrides=st.dictionaries(TEXT, TEXT, max_size=2),
    **dict.fromkeys(
        ("source", "category", "flow", "room", "unit", "dispute_type", "matter_kind", "matter", "route_reason"), TEXT
    ),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(FORMS)
def test_any_form_is_checked(form: VisitForm) -> None:
    found = check(form, reference(), NOW)
    assert all(problem.sentence for problem in found.problems)
    repr(found.form).encode("utf-8")
    if not blocking(found.problems, dict.fromkeys((problem.field for problem in found.problems), "因为")):
        again = check(found.form, reference(), NOW)
        assert again.form == found.form
        assert {problem for problem in again.problems if problem.level is not Level.WARN} <= set(
            found.problems
        )
        for each in found.form.persons:
            assert each.role in VISITOR_ROLES and each.authority in AUTHORITIES and each.id_type in ID_TYPES
            assert each.birth_date == "" or date.fromisoformat(each.birth_date)
