"""The national system's fields: those practice lists, what each says, and what stays empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.national import FIELDS, PERSON_FIELDS, Registration, Sheet, grids
from qingyuan_desk.domain.handling.records import Ending, Opinion, Petition, Rating, Sending, Urge, Watch
from qingyuan_desk.domain.matter import VisitView
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.visit import Person
from tests.domain.office_tables import reference

#: The field list of a city's data dictionary of the national system, in its order.
LISTED = """
信访件编号 标题 概况 信访人诉求 信访形式 来信形式 信访日期 登记时间 登记人 登记部门 登记单位 接谈人 接谈部门 接谈单位 人数 涉及人数
内容分类 行业内容分类 热点问题 信访目的 产生信访原因 问题属地 问题属地代码 受信人 密级 是否保密 保密人 附件
首次信访标志 全国初次 登记机构初次 （按信访形式）初次 越级标志 联名信或集体访 匿名标志 紧急标志 扬言标志 涉法涉诉标志 积案标志 积案结案
三跨三分离标志 是否依法分类处理 是否法院已受理 是否已经行政复议 是否仲裁机构已受理 是否有复查复核意见书 是否有进京访风险 重点人员标志
实体受理标志 回访标志 是否超期 是否归档 抽查标志 办理程序 最后一次办理方式 最后一次办理时间 最后一次办理去向 转交责任单位日期
作出受理意见日期 作出处理意见日期 限办时间 限期答复时间 催办记录 催办状态 批示记录 督办状态 督查登记 复查情况 复核情况 办结标志 办结时间
终结备案 查询码 查询码状态 查询码告知日期 合并件编号 关联信访事项编号 信访部门评价状态 责任单位评价状态 是否可再评价 核查/核实单
"""
PEOPLE = """
姓名 性别 民族 出生日期 证件类型 证件号码 手机 固话 户口所在地 户口所在地代码 常住地址 常住地址代码 通讯地址 工作单位 职业 政治身份
国籍或港澳台身份 电子邮件
"""

TODAY = date(2025, 6, 10)
PETITION = Petition(
    7,
    "appeal",
    "settle",
    "letter",
    first_national="yes",
    court="no",
    joint=True,
    query_told_on=date(2025, 3, 1),
    accepted_on=date(2025, 3, 3),
    way="opinion",
    finish_on=date(2025, 5, 2),
)
CASE = Handled(
    matter_id=7,
    number="清事〔2025〕0007号",
    title="环村路坑洼",
    narrative="路坏了两年。",
    flow="petition",
    category="petition_matter",
    node="handling",
    state="open",
    source="walk_in",
    matter_kind="",
    dispute_type="",
    township="",
    village="",
    unit="transport",
    room="petition",
    flags=frozenset({"urgent"}),
    sealed=False,
    opened_on=date(2025, 2, 28),
    version=3,
    petition=PETITION,
    sendings=(
        Sending(7, "forward", "transport_bureau", date(2025, 3, 1), 1, received_on=date(2025, 3, 2)),
        Sending(7, "support", "court", date(2025, 3, 9), 2),
    ),
    urges=(
        Urge(
            7,
            "remind",
            "transport_bureau",
            date(2025, 5, 4),
            1,
            "清督〔2025〕0001号",
            replied_on=date(2025, 5, 6),
        ),
        Urge(7, "yellow", "transport_bureau", date(2025, 5, 9), 2, "清督〔2025〕0002号"),
    ),
    watches=(
        Watch(7, "threat", date(2025, 3, 1), date(2025, 5, 30), "要去堵路", 1),
        Watch(7, "key_person", date(2025, 3, 1), date(2025, 6, 30), "多次", 2),
        Watch(
            7, "beijing_risk", date(2025, 3, 1), date(2025, 6, 30), "要进京", 3, lifted_on=date(2025, 4, 1)
        ),
    ),
)
VISIT = VisitView(
    1,
    "清访〔2025〕0009号",
    datetime(2025, 2, 28, 9, 30, tzinfo=SHANGHAI),
    1,
    (
        Person(
            "王建国", "male", id_number="130622194912310013", phone="13800138000/0312-7951234", address="3组"
        ),
    ),
    3,
    "请修路。",
    "walk_in",
    "petition_matter",
    "petition",
    "petition",
    "transport",
    "登记员",
    "valid",
    "",
    (),
    None,
)


def row(case: Handled = CASE, visit: VisitView = VISIT) -> dict[str, str]:
    sheet = Sheet("清苑中心", reference(), TODAY)
    matters, _ = grids([Registration(case, visit)], sheet)
    return dict(zip(matters.header, matters.rows[0], strict=True))


def test_every_field_practice_lists_in_its_order() -> None:
    assert list(FIELDS) == LISTED.split()
    assert list(PERSON_FIELDS) == PEOPLE.split()


def test_what_the_fields_say() -> None:
    found = row()
    said = {
        "信访形式": "来信",
        "信访日期": "2025-02-28",
        "登记时间": "2025-02-28 09:30",
        "人数": "3",
        "首次信访标志": "是",
        "全国初次": "是",
        "登记机构初次": "",
        "联名信或集体访": "是",
        "紧急标志": "是",
        "实体受理标志": "是",
        "是否法院已受理": "否",
        "是否已经行政复议": "",
        "办理程序": "办理中",
        "最后一次办理方式": "转送",
        "最后一次办理时间": "2025-03-01",
        "转交责任单位日期": "2025-03-02",
        "作出受理意见日期": "2025-03-03",
        "限期答复时间": "2025-05-02",
        "催办记录": "2025-05-04 催办 清督〔2025〕0001号",
        "催办状态": "已回复",
        "督办状态": "未回复",
        "查询码": "清访〔2025〕0009号",
        "查询码状态": "已告知",
        "关联信访事项编号": "清事〔2025〕0007号",
        "办结标志": "否",
        "责任单位评价状态": "未评价",
    }
    assert {name: found[name] for name in said} == said


def test_a_flag_that_ran_out_or_was_lifted_stands_no_more() -> None:
    found = row()
    assert (found["扬言标志"], found["重点人员标志"], found["是否有进京访风险"]) == ("否", "是", "否")


def test_whether_it_is_late() -> None:
    answered = Opinion(7, 1, "区交通运输局", 1, outcome="upheld", signed_on=date(2025, 5, 2))
    assert row()["是否超期"] == "是"
    assert row(replace(CASE, opinions=(answered,)))["是否超期"] == "否"
    assert row(replace(CASE, opinions=(replace(answered, signed_on=date(2025, 5, 3)),)))["是否超期"] == "是"
    assert row(replace(CASE, petition=replace(PETITION, finish_on=None)))["是否超期"] == ""


def test_reviews_closing_and_ratings() -> None:
    ended = replace(
        CASE,
        state="closed",
        node="rechecked",
        opinions=(
            Opinion(
                7, 1, "区交通运输局", 1, number="交处1号", outcome="rejected", signed_on=date(2025, 4, 1)
            ),
            Opinion(7, 2, "区政府", 2, number="区复1号", outcome="kept", signed_on=date(2025, 5, 1)),
            Opinion(7, 3, "市政府", 3),
        ),
        endings=(Ending(7, "procedural", date(2025, 6, 1), "复核终结"),),
        ratings=(Rating(7, "visitor", "unit", date(2025, 6, 2), "rather"),),
    )
    found = row(ended)
    assert found["复查情况"] == "区政府，区复1号，维持原处理意见，2025-05-01"
    assert found["复核情况"] == "市政府，办理中"
    assert (found["办结标志"], found["办结时间"], found["终结备案"]) == ("是", "2025-06-01", "是")
    assert (found["责任单位评价状态"], found["信访部门评价状态"]) == ("基本满意", "未评价")


def test_people_are_told_whole_with_mobile_and_fixed_numbers_apart() -> None:
    _, people = grids([Registration(CASE, VISIT)], Sheet("清苑中心", reference(), TODAY, training=True))
    assert people.name == "信访人（演练数据）"
    found = dict(zip(people.header, people.rows[0], strict=True))
    assert (found["信访件编号"], found["姓名"], found["性别"]) == ("清访〔2025〕0009号", "王建国", "男")
    assert (found["证件类型"], found["证件号码"]) == ("居民身份证", "130622194912310013")
    assert (found["手机"], found["固话"], found["常住地址"]) == ("13800138000", "0312-7951234", "3组")
