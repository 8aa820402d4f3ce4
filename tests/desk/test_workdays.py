"""The calendar of workdays in the settings: changed by a click and by a key, and a pasted notice read before it is saved."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.settings.page import SettingsPage
from qingyuan_desk.desk.settings.workdays import WorkdaysView
from qingyuan_desk.desk.window import Window
from qingyuan_desk.services.office import Office
from tests.services.test_workdays import NOTICE


@pytest.fixture
def calendar(window: Window, qtbot: QtBot) -> WorkdaysView:
    window.show_page("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.rooms.choose("workdays")
    qtbot.waitUntil(lambda: page.workdays.view.chosen == date(2024, 9, 20))
    page.workdays.view.setFocus()
    return page.workdays


def _click(calendar: WorkdaysView, qtbot: QtBot, day: date) -> None:
    at = calendar.view.place_of(day).center()
    qtbot.mouseClick(calendar.view, Qt.MouseButton.LeftButton, pos=at)


def test_a_day_is_changed_by_the_keyboard_and_taken_back(
    calendar: WorkdaysView, window: Window, office: Office, qtbot: QtBot
) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right):
        qtbot.keyClick(calendar.view, key)
    assert calendar.view.chosen == date(2024, 9, 21)
    assert calendar.view.words(date(2024, 9, 21)) == "2024年9月21日 周六 休息"
    qtbot.keyClick(calendar.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: office.calendar.is_workday(date(2024, 9, 21)))
    qtbot.waitUntil(lambda: "9月21日已改" in window.notice.text)
    qtbot.waitUntil(lambda: "上班" in calendar.view.words(date(2024, 9, 21)))
    qtbot.mouseClick(window.notice._action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not office.calendar.is_workday(date(2024, 9, 21)))


def test_the_first_click_chooses_and_the_second_changes(
    calendar: WorkdaysView, office: Office, qtbot: QtBot
) -> None:
    day = date(2024, 9, 23)
    _click(calendar, qtbot, day)
    assert calendar.view.chosen == day and office.calendar.is_workday(day)
    calendar._note.setText("全镇停电")
    calendar.view.setFocus()
    _click(calendar, qtbot, day)
    qtbot.waitUntil(lambda: not office.calendar.is_workday(day))
    qtbot.waitUntil(lambda: calendar.view.words(day) == "2024年9月23日 周一 休息（全镇停电）")
    assert calendar._leave.isEnabled()
    calendar._leave.click()
    qtbot.waitUntil(lambda: office.calendar.is_workday(day))


def test_a_notice_is_read_line_by_line_before_it_is_saved(
    calendar: WorkdaysView, office: Office, qtbot: QtBot
) -> None:
    def lines() -> list[str]:
        return [calendar._lines.item(row).text() for row in range(calendar._lines.count())]

    calendar._text.setPlainText(
        NOTICE.replace("（周五）放假，不调休", "放假").replace("1月31日（周日）", "1月29日（周日）")
    )
    qtbot.waitUntil(lambda: "1月29日是周五，不是周日，请核对年份和日期。" in lines())
    assert not calendar._save.isEnabled()
    calendar._text.setPlainText(NOTICE)
    qtbot.waitUntil(lambda: calendar._save.isEnabled())
    assert lines()[0] == "元旦　放假 1月1日至1月3日（3 天）"
    assert calendar._save.text() == "存入 2027 年日历（33 天）"
    assert not office.calendar.known(date(2027, 5, 1))
    calendar._save.click()
    qtbot.waitUntil(lambda: office.calendar.known(date(2027, 5, 1)))
    qtbot.waitUntil(lambda: calendar._title.text() == "2027年")
    assert calendar._known.text() == ""


def test_who_may_not_change_settings_only_looks(
    calendar: WorkdaysView, window: Window, office: Office, qtbot: QtBot
) -> None:
    window.session.become(office.actor("mediator"))
    qtbot.waitUntil(lambda: not calendar._change.isEnabled())
    qtbot.keyClick(calendar.view, Qt.Key.Key_Space)
    assert office.calendar.is_workday(calendar.view.chosen)
