"""The calendar the office keeps: days set by hand and by notice, and clocks that follow them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotAllowed, Refused
from qingyuan_desk.domain.matter import ClockView
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import ledger, reception, workdays
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import clocks as kept
from tests.conftest import SHANGHAI, Clock

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，不调休。
六、中秋节、国庆节：9月15日（周三）放假；10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""


@pytest.fixture
def petition(office: Office, clerk: Actor, visit: Callable[..., VisitForm], clock: Clock) -> int:
    """A petition of 18 December 2026: its fifteen days end on Saturday, 2 January 2027, a year nobody knows yet."""
    clock.moment = datetime(2026, 12, 18, 9, tzinfo=SHANGHAI)
    form = visit(narrative="反映村里公路失修。", category="petition_matter", route_reason="按诉求")
    return reception.register(office, clerk, form).matter_id


def _clock(office: Office, clerk: Actor, matter: int) -> ClockView:
    return next(
        each for each in ledger.matter(office, clerk, matter).clocks if each.event.startswith("登记并转送")
    )


def test_a_year_nobody_knows_is_provisional_until_its_notice_is_loaded(
    office: Office, clerk: Actor, petition: int
) -> None:
    before = _clock(office, clerk, petition)
    assert (before.natural_end, before.shifted_end, before.provisional) == (
        date(2027, 1, 2),
        date(2027, 1, 4),
        True,
    )
    assert not workdays.year(office, 2027).known
    done = workdays.load_notice(office, clerk, "n1", NOTICE)
    assert done.moved == () and done.days == 33
    after = _clock(office, clerk, petition)
    assert (after.shifted_end, after.provisional) == (date(2027, 1, 4), False)
    found = workdays.year(office, 2027)
    assert found.known and len(found.days) == 365
    february = {view.day.day: view for view in found.days if view.day.month == 2}
    assert not february[8].works and february[14].works
    set_day = february[14].set
    assert set_day is not None and (set_day.note, set_day.source) == ("春节", "2027年放假安排的通知")


def test_a_day_changed_moves_the_clocks_and_tells_which_end_earlier(
    office: Office, clerk: Actor, petition: int
) -> None:
    number = ledger.matter(office, clerk, petition).number
    later = workdays.change(office, clerk, "c1", date(2027, 1, 4), False, "元旦补休")
    assert {(each.matter, each.after, each.earlier) for each in later.moved} == {
        (number, date(2027, 1, 5), False)
    }
    assert _clock(office, clerk, petition).shifted_end == date(2027, 1, 5)
    assert not office.calendar.is_workday(date(2027, 1, 4))
    assert workdays.change(office, clerk, "c1", date(2027, 1, 4), False).replayed
    earlier = workdays.change(office, clerk, "c2", date(2027, 1, 3), True)
    assert all(each.earlier and each.after == date(2027, 1, 3) for each in earlier.moved) and earlier.moved
    told = [each.note for each in ledger.matter(office, clerk, petition).events if each.action == "期限重算"]
    assert "登记并转送、交办：工作日历改了，末日由 2027-01-04 推后到 2027-01-05" in told
    assert "登记并转送、交办：工作日历改了，末日由 2027-01-05 提前到 2027-01-03" in told


def test_a_change_is_taken_back_unless_its_days_changed_again(
    office: Office, clerk: Actor, petition: int
) -> None:
    workdays.change(office, clerk, "c1", date(2027, 1, 4), False)
    back = workdays.undo(office, clerk, "u1", "c1")
    assert back.moved and _clock(office, clerk, petition).shifted_end == date(2027, 1, 4)
    assert workdays.year(office, 2027).days[3].set is None
    assert workdays.undo(office, clerk, "u1", "c1").replayed
    workdays.change(office, clerk, "c2", date(2027, 1, 4), False)
    workdays.change(office, clerk, "c3", date(2027, 1, 4), None)
    with pytest.raises(Conflict, match="后来又改过"):
        workdays.undo(office, clerk, "u2", "c2")


def test_workdays_that_are_counted_follow_and_days_a_person_set_stay(
    office: Office, clerk: Actor, visit: Callable[..., VisitForm], clock: Clock
) -> None:
    clock.moment = datetime(2026, 12, 28, 9, tzinfo=SHANGHAI)
    matter = reception.register(office, clerk, visit(category="petition_matter", route_reason="按诉求"))
    rule = office.reference.clock("petition_objection")
    assert rule is not None
    with office.store.write() as tx:
        kept.add(tx, matter.matter_id, rule, clocks.due(rule, date(2026, 12, 28), office.calendar))
        limited = office.reference.clock("petition_assigned")
        assert limited is not None
        fixed = clocks.ending(limited, date(2026, 12, 28), date(2027, 1, 6), office.calendar)
        kept.add(tx, matter.matter_id, limited, fixed)
    workdays.change(office, clerk, "c1", date(2027, 1, 4), False)
    ends = {
        each.event[:4]: (each.natural_end, each.shifted_end)
        for each in ledger.matter(office, clerk, matter.matter_id).clocks
    }
    # 29, 30, 31 December, then the 5th and 6th: New Year's Day is off by the regulation, the 4th by the office.
    assert ends["对转送、"] == (date(2027, 1, 6), date(2027, 1, 6))
    assert ends["在指定办"] == (date(2027, 1, 6), date(2027, 1, 6))


def test_a_notice_that_does_not_add_up_is_refused_and_changes_nothing(office: Office, clerk: Actor) -> None:
    wrong = NOTICE.replace("1月31日（周日）", "1月29日（周日）")
    notice = workdays.read(office, wrong)
    assert [problem.sentence for problem in notice.refused] == [
        "1月29日是周五，不是周日，请核对年份和日期。",
        "1月29日不是周末，本来就上班，请核对。",
    ]
    with pytest.raises(Refused, match="不是周日"):
        workdays.load_notice(office, clerk, "n1", wrong)
    assert all(day.set is None for day in workdays.year(office, 2027).days)


def test_a_sheet_of_days_does_as_well(office: Office, clerk: Actor, tmp_path: Path) -> None:
    sheet = tmp_path / "2027.csv"
    sheet.write_text("日期,班休,说明\n2027-01-01,休,元旦\n2027-10-01,休,国庆\n2027-10-09,班,国庆\n", "utf-8")
    assert workdays.load_notice(office, clerk, "n1", path=sheet).days == 3
    assert workdays.year(office, 2027).known
    assert office.calendar.is_workday(date(2027, 10, 9))
    sheet.write_text("日期,班休\n2027-13-01,休\n2027-01-01,调\n", "utf-8")
    with pytest.raises(Refused) as refused:
        workdays.load_notice(office, clerk, "n2", path=sheet)
    assert "第 2 行的日期读不懂" in refused.value.sentence and "第 3 行的班休写" in refused.value.sentence


def test_who_may_not_change_settings_changes_no_day(office: Office) -> None:
    with pytest.raises(NotAllowed):
        workdays.change(office, office.actor("mediator"), "c1", date(2027, 1, 4), False)


def test_it_is_there_when_the_folder_is_opened_again(office: Office, clerk: Actor) -> None:
    workdays.change(office, clerk, "c1", date(2024, 9, 23), False, "停电")
    again = Office.open(office.folder)
    assert not again.calendar.is_workday(date(2024, 9, 23))
    again.close()
