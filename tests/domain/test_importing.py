"""Headers, rows, dates, and pasted lines as townships and other systems write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.importing import (
    DECIDED_BEFORE,
    FIELDS,
    RowForm,
    columns,
    is_known,
    read_row,
)
from qingyuan_desk.domain.moments import is_time, read_moment
from qingyuan_desk.domain.problems import Level
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.services.office import Office
from qingyuan_desk.store.office_tables import REFERENCE_TABLES

NOW = datetime(2024, 9, 20, 8, 15, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """The office's own tables."""
    office = Office.open(tmp_path_factory.mktemp("表") / "数据")
    office.close()
    return office.reference


# --- headers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", FIELDS)
def test_every_spelling_of_a_header_finds_its_field(field: str) -> None:
    for header in FIELDS[field]:
        assert columns([header]).places == {field: 0}


def test_no_header_means_two_things() -> None:
    spellings = [header for known in FIELDS.values() for header in known]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize(
    "header", ["姓名 ", "姓\n名", "＊姓名", "姓名（必填）", "姓 名：", "姓名*", "【姓名】姓名"]
)
def test_what_people_add_to_a_header_does_not_matter(header: str) -> None:
    assert columns(["序号", header]).places == {"name": 1}


def test_hostile_and_foreign_headers_are_only_told() -> None:
    found = columns(["id", "role", '"; drop table v;--', "", "姓名", "导入结果", "__class__"])
    assert found.places == {"name": 4}
    assert found.unused == ("id", "role", '"; drop table v;--', "__class__")


def test_of_two_columns_alike_the_left_one_counts_and_it_is_said() -> None:
    found = columns(["姓名", "姓名", "事由"])
    assert found.places["name"] == 0
    assert "2 列都叫“姓名”" in found.told[0]


def test_of_two_spellings_the_commoner_counts() -> None:
    assert columns(["内容", "来访事由"]).places == {"narrative": 1}


def test_a_mapping_names_columns_by_field_or_by_chinese_name() -> None:
    header = ["群众", "姓名", "说的啥", "备注"]
    found = columns(header, {"name": "群众", "来访事由": "说的啥", "备注": ""})
    assert found.places == {"name": 0, "narrative": 2}
    with pytest.raises(Refused, match="“年龄”不是可以导入的项目"):
        columns(header, {"年龄": "群众"})
    with pytest.raises(Refused, match="没有“身份证”这一列"):
        columns(header, {"id_number": "身份证"})


def test_the_header_is_found_below_titles() -> None:
    grid = Grid(
        "表",
        ("登记台账", "", ""),
        (("单位：", "日期：", ""), ("来访人", "", "来访事由"), ("姓名", "性别", ""), ("张三", "男", "占地")),
    )
    headed = grid.headed(is_known)
    assert (headed.header, headed.rows, headed.first_row) == (
        ("姓名", "性别", "来访事由"),
        (("张三", "男", "占地"),),
        5,
    )
    assert Grid("表", ("甲", "乙"), (("一", "二"),)).headed(is_known).header == ("甲", "乙")


# --- dates -------------------------------------------------------------------------------------------------------

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024-09-20", date(2024, 9, 20)),
        ("2024/9/2", date(2024, 9, 2)),
        ("2024.9.2", date(2024, 9, 2)),
        ("2024年2月29日", date(2024, 2, 29)),
        ("２０２４－０９－２０", date(2024, 9, 20)),
        ("20240920", date(2024, 9, 20)),
        ("45292", date(2024, 1, 1)),
        ("45292.4375", datetime(2024, 1, 1, 10, 30)),
        ("2024-09-20 10:30", datetime(2024, 9, 20, 10, 30)),
        ("2024-09-20 10:30:05", datetime(2024, 9, 20, 10, 30, 5)),
        ("2024-9-2 1:30", datetime(2024, 9, 2, 1, 30)),
        ("2024年9月20日下午3点", datetime(2024, 9, 20, 15)),
        ("2024年9月20日 星期五 上午9时05分", datetime(2024, 9, 20, 9, 5)),
        ("2024-09-20T10:30:00+08:00", datetime(2024, 9, 20, 10, 30, tzinfo=CHINA)),
        ("2024-09-20T02:30:00Z", datetime(2024, 9, 20, 2, 30, tzinfo=UTC)),
        ("2024-9-210:30", None),
        ("24.2.29", None),
        ("2024-02-30", None),
        ("0000-00-00", None),
        ("1900-02-29", None),
        ("农历八月十五", None),
        ("2024-09-20 25:00", None),
        ("2024-09-20 差不多中午", None),
        ("99999", None),
        ("10:30", None),
        ("", None),
    ],
)
def test_moments(text: str, read: date | None) -> None:
    assert read_moment(text) == read


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_any_moment_written_is_read_again(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert read_moment(moment.isoformat(sep=" ")) == moment
    assert read_moment(f"{moment.year}年{moment.month}月{moment.day}日{moment:%H:%M:%S}") == moment
    assert read_moment(f"{moment:%Y/%m/%d}") == moment.date()


@given(st.text())
def test_no_text_breaks_the_reading_of_moments(text: str) -> None:
    assert read_moment(text) is None or isinstance(read_moment(text), date)
    assert is_time(text) in (True, False)


# --- one row -----------------------------------------------------------------------------------------------------


def _row(reference: Reference, **cells: str) -> RowForm:
    return read_row(cells, "walk_in", reference, NOW)


def test_a_full_row(reference: Reference) -> None:
    row = _row(
        reference,
        received_at="2024-09-19 10:30",
        name="王建国",
        sex="男",
        id_number="110105194912310021",
        phone="13800138000",
        township="冉庄镇",
        village="张马庄村",
        narrative="邻居占了宅基地",
        request="要求退还",
        opponent="李四、样例建筑公司",
        remark="第二次来",
        category="民间纠纷",
        source="部门移送（法院）",
        flags="紧急、扬言",
        reason="证件无误",
    )
    form, main = row.form, row.form.main_visitor
    assert row.problems == () and row.reason == "证件无误"
    assert (main.name, main.township, main.village, main.id_type) == (
        "王建国",
        "130608101000",
        "张马庄村",
        "id_card",
    )
    assert form.received_at == datetime(2024, 9, 19, 10, 30, tzinfo=NOW.tzinfo)
    assert form.narrative == "邻居占了宅基地\n诉求：要求退还\n备注：第二次来"
    assert [(other.name, other.kind) for other in form.opponents] == [
        ("李四", "person"),
        ("样例建筑公司", "company"),
    ]
    assert (form.source, form.flags, form.route_reason) == (
        "部门移送（法院）",
        {"紧急", "扬言"},
        DECIDED_BEFORE,
    )
    assert form.overrides == {} and form.headcount == 1


@pytest.mark.parametrize(
    ("cells", "names", "roles", "headcount"),
    [
        ({"name": "张三"}, ["张三"], ["visitor"], 1),
        ({"name": "张三、李四"}, ["张三", "李四"], ["visitor", "companion"], 2),
        ({"name": "张三等23人"}, ["张三"], ["visitor"], 23),
        ({"name": "张三，李四 等 6 人", "headcount": "7"}, ["张三", "李四"], ["visitor", "companion"], 7),
        ({"name": "张三", "headcount": "23人"}, ["张三"], ["visitor"], 23),
        ({"name": "张三", "headcount": "２３.0"}, ["张三"], ["visitor"], 23),
        (
            {"name": "张三", "representatives": "张三、李四", "agent": "赵六", "headcount": "9"},
            ["张三", "李四", "赵六"],
            ["visitor", "representative", "agent"],
            9,
        ),
        ({"name": "", "parties": "张三与李四"}, ["张三"], ["visitor"], 1),
        ({"name": "张三\n李四"}, ["张三", "李四"], ["visitor", "companion"], 2),
        ({"name": "张三 李四"}, ["张三", "李四"], ["visitor", "companion"], 2),
        ({"name": "张\n三"}, ["张三"], ["visitor"], 1),
        ({"name": "John Smith"}, ["John Smith"], ["visitor"], 1),
        ({"name": "=cmd|'/c calc'!A0"}, ["=cmd|'/c calc'!A0"], ["visitor"], 1),
        ({"name": "阿依古丽·买买提"}, ["阿依古丽·买买提"], ["visitor"], 1),
    ],
)
def test_who_came(
    reference: Reference, cells: dict[str, str], names: list[str], roles: list[str], headcount: int
) -> None:
    row = _row(reference, **cells)
    assert [person.name for person in row.form.persons] == names
    assert [person.role for person in row.form.persons] == roles
    assert (row.form.headcount, row.problems) == (headcount, ())


@pytest.mark.parametrize("said", ["一群", "1.5", "NaN", "1e400", "-1", "99999"])
def test_a_headcount_that_is_none(reference: Reference, said: str) -> None:
    (problem,) = _row(reference, name="张三", headcount=said).problems
    assert problem.field == "headcount" and problem.level is Level.REFUSE


@pytest.mark.parametrize(
    ("cells", "town", "village"),
    [
        ({"township": "冉庄"}, "130608101000", ""),
        ({"township": "冉庄镇张马庄村"}, "130608101000", "张马庄村民委员会"),
        ({"address": "保定市清苑区冉庄镇张马庄村12号"}, "130608101000", "张马庄村民委员会"),
        ({"village": "张马庄村"}, "130608101000", "张马庄村"),
        ({"township": "火星镇", "village": "一村"}, "火星镇", "一村"),
    ],
)
def test_where_from(reference: Reference, cells: dict[str, str], town: str, village: str) -> None:
    row = _row(reference, name="张三", **cells)
    assert (row.form.main_visitor.township, row.form.main_visitor.village) == (town, village)
    assert row.form.main_visitor.address == cells.get("address", "")


def test_a_village_of_no_known_township_is_kept_in_the_address(reference: Reference) -> None:
    row = _row(reference, name="张三", village="月球村", address="2号")
    assert (row.form.main_visitor.village, row.form.main_visitor.address) == ("", "月球村2号")
    assert [problem.level for problem in row.problems] == [Level.WARN]


def test_day_and_time(reference: Reference) -> None:
    def came(**cells: str) -> datetime | None:
        return _row(reference, name="张三", **cells).form.received_at

    assert came(received_on="2024-09-19", received_at="14:20") == datetime(
        2024, 9, 19, 14, 20, tzinfo=NOW.tzinfo
    )
    assert came(received_on="2024-09-19") == datetime(2024, 9, 19, 9, tzinfo=NOW.tzinfo)
    assert came(received_on="2024-09-18", received_at="2024-9-2 1:30") == datetime(
        2024, 9, 2, 1, 30, tzinfo=NOW.tzinfo
    )
    assert came(received_at="2024-09-20") == NOW, "today before nine is no time to come"
    assert came() is None
    (problem,) = _row(reference, name="张三", received_at="中秋节").problems
    assert "中秋节" in problem.sentence and problem.field == "received_at"


def test_numbers_that_lost_their_digits_and_formulas_without_value(reference: Reference) -> None:
    row = _row(reference, name="张三", id_number="1.10105194912310E+17", phone="1.38E+10", address="#REF!")
    assert [problem.field for problem in row.problems] == ["id_number", "phone", "address"]
    assert all(problem.level is Level.REFUSE for problem in row.problems)
    assert "后几位已经丢失" in row.problems[0].sentence and "公式" in row.problems[2].sentence


def test_what_makes_a_row_the_same_visit(reference: Reference) -> None:
    base = {"name": "张三", "received_at": "2024-09-19", "narrative": "占地", "phone": "13800138000"}
    same = _row(reference, **base).identity
    assert _row(reference, **{**base, "received_at": "2024年9月19日", "name": " 张三\u200b"}).identity == same
    assert _row(reference, **base, village="张马庄村", sex="男").identity == same
    for field, other in (
        ("name", "张四"),
        ("received_at", "2024-09-18"),
        ("narrative", "工资"),
        ("phone", "1"),
    ):
        assert _row(reference, **{**base, field: other}).identity != same


@given(st.dictionaries(st.sampled_from(list(FIELDS)), st.text(max_size=40)))
def test_no_row_breaks_the_reading(cells: dict[str, str]) -> None:
    row = read_row(cells, "walk_in", EMPTY, NOW)
    assert row == read_row(cells, "walk_in", EMPTY, NOW)
    assert all(problem.sentence for problem in row.problems)


EMPTY = Reference.from_tables({table: () for table, _, _ in REFERENCE_TABLES}, {})
