"""法律十进: the log, its sums, taking back, contact points, and the spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.outreach import Activity, ContactPoint, Totals
from qingyuan_desk.services import outreach
from qingyuan_desk.services.office import Office

FIRST, LAST = date(2024, 9, 1), date(2024, 9, 30)
SCHOOL = Activity(
    date(2024, 9, 3),
    "school",
    "冉庄镇中学",
    "防学生欺凌",
    people=320,
    papers=300,
    lawyers=1,
    officers=2,
    volunteers=6,
    township="冉庄",
)


def test_activities_are_counted_in_their_units(office: Office, clerk: Actor) -> None:
    outreach.log(office, clerk, "1", SCHOOL)
    outreach.log(
        office, clerk, "2", Activity(target="village", place="东孟庄村", topic="宅基地", times=2, people=80)
    )
    outreach.log(office, clerk, "3", replace(SCHOOL, on=date(2024, 8, 31)))
    month = outreach.month(office, clerk, FIRST, LAST)
    assert month.total == Totals(3, 400, 300, 1, 2, 6)
    assert month.by_target["school"] == Totals(1, 320, 300, 1, 2, 6)
    assert len(month.by_target) == 10 and month.by_target["barracks"] == Totals()
    assert month.sentence == (
        "开展“法律十进”活动 3 次、受众 400 人次、发放资料 300 份、参与律师 1 人次、参与政法干警 2 人次、"
        "参与志愿者 6 人次，走进农村、学校。"
    )
    assert [each.on for each in month.activities] == [office.today(), date(2024, 9, 3)]


def test_the_same_request_logs_once(office: Office, clerk: Actor) -> None:
    assert outreach.log(office, clerk, "1", SCHOOL) == outreach.log(office, clerk, "1", SCHOOL)
    assert outreach.month(office, clerk, FIRST, LAST).total.times == 1


def test_what_is_lacking_is_said(office: Office, clerk: Actor) -> None:
    with pytest.raises(Refused) as refused:
        outreach.log(
            office, clerk, "1", Activity(date(2024, 9, 21), "moon", township="没有镇", people=-1, times=0)
        )
    assert {problem.field for problem in refused.value.problems} == {
        "on",
        "target",
        "place",
        "topic",
        "township",
        "people",
        "times",
    }
    assert outreach.month(office, clerk, FIRST, LAST).sentence == "本期没有登记“法律十进”活动。"


def test_an_activity_taken_back_stays_and_does_not_count(office: Office, clerk: Actor) -> None:
    made = outreach.log(office, clerk, "1", SCHOOL)
    with pytest.raises(Refused):
        outreach.cancel(office, clerk, "2", made.record_id, " ")
    outreach.cancel(office, clerk, "2", made.record_id, "重复登记")
    month = outreach.month(office, clerk, FIRST, LAST)
    assert month.total.times == 0 and month.activities[0].cancelled == "重复登记"
    assert outreach.cancel(office, clerk, "2", made.record_id, "重复登记").cancelled
    with pytest.raises(Conflict):
        outreach.cancel(office, clerk, "3", made.record_id, "再来一次")
    with pytest.raises(NotFound):
        outreach.cancel(office, clerk, "4", 99, "没有")


def test_contact_points_are_kept_changed_and_closed(office: Office, clerk: Actor) -> None:
    station = ContactPoint("riders", "快递驿站联络站", "冉庄镇", keeper="刘样例", phone="138 1234 5678")
    made = outreach.save_contact(office, clerk, "1", station)
    assert (made.since, made.phone, made.record_id) == (office.today(), "13812345678", 1)
    assert office.reference.place(made.township) == "冉庄镇"
    closed = outreach.save_contact(
        office, clerk, "2", replace(made, closed_on=office.today(), lawyer="李样例")
    )
    school = outreach.save_contact(
        office, clerk, "3", ContactPoint("school", "冉庄镇中学", lawyer="赵警官样例")
    )
    assert outreach.contacts(office, clerk) == (school, closed)
    with pytest.raises(Refused):
        outreach.save_contact(office, clerk, "4", replace(school, name="", closed_on=date(2020, 1, 1)))
    with pytest.raises(NotFound):
        outreach.save_contact(office, clerk, "5", replace(school, record_id=99))


def test_everything_goes_out_as_a_spreadsheet(office: Office, clerk: Actor, tmp_path: Path) -> None:
    outreach.log(office, clerk, "1", replace(SCHOOL, topic="=1+1"))
    outreach.save_contact(office, clerk, "2", ContactPoint("aid", "司法所联络点"))
    path = tmp_path / "法律十进.xlsx"
    assert outreach.export(office, clerk, FIRST, LAST, path) == 1
    grid = sheets.read(path)
    (row,) = grid.rows
    told = dict(zip(grid.header, row, strict=True))
    assert (told["走进"], told["受众（人次）"], told["发放资料（份）"]) == ("学校", "320", "300")
    assert "1+1" in told["主题"], "text from people stays text"
