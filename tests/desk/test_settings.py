"""The settings page: in force as soon as a field is left, with a way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.settings.page import SettingsPage
from qingyuan_desk.desk.widgets.choice import Segments
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.window import Window
from tests.hands import press, type_into


def _page(window: Window, qtbot: QtBot) -> SettingsPage:
    window.show_page("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    name = page.findChild(LineEdit, "settings.office_name")
    qtbot.waitUntil(lambda: name.text() == "保定市清苑区社会治安综合治理中心")
    return page


def test_a_field_left_is_a_setting_changed(window: Window, qtbot: QtBot) -> None:
    page = _page(window, qtbot)
    phone = page.findChild(LineEdit, "settings.phone")
    type_into(phone, "0312-7951234")
    press(phone, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.office.reference.setting("phone") == "0312-7951234")
    qtbot.waitUntil(lambda: window.notice.text == "“查询电话”已改。")
    qtbot.mouseClick(window.notice._action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.office.reference.setting("phone") == "")
    qtbot.waitUntil(lambda: phone.text() == "")


def test_a_wrong_value_is_said_at_its_field_and_stays_there(window: Window, qtbot: QtBot) -> None:
    page = _page(window, qtbot)
    code = page.findChild(LineEdit, "settings.unit_code")
    code.clear()
    type_into(code, "qy-1")
    press(code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "大写字母" in page._fields["unit_code"].sentence)
    assert code.text() == "qy-1" and window.session.office.reference.setting("unit_code") == "QY"


def test_the_size_of_receipts_is_chosen_not_written(window: Window, qtbot: QtBot) -> None:
    page = _page(window, qtbot)
    paper = page.findChild(Segments, "settings.paper")
    assert paper.code == "a5"
    paper.choose("a4")
    qtbot.waitUntil(lambda: window.notice.text == "“回执纸张”已改。")
    assert window.session.office.reference.setting("paper") == "a4"
    paper.choose("a4")  # pressed again: something is always chosen
    assert paper.code == "a4"


def test_large_type_and_dark_are_one_press(window: Window, qtbot: QtBot, desk_app: QApplication) -> None:
    page = _page(window, qtbot)
    size, mode = page.findChild(Segments, "settings.size"), page.findChild(Segments, "settings.mode")
    size.choose("大")
    mode.choose("dark")
    assert theme.px(32) == 40 and theme.tokens() is theme.DARK
    size.choose("大")  # pressed again: back to the ordinary size
    mode.choose("light")
    assert theme.px(32) == 32 and theme.tokens() is theme.LIGHT


def test_another_person_sits_down(window: Window, qtbot: QtBot) -> None:
    page = _page(window, qtbot)
    page.findChild(Segments, "settings.account").choose("mediator")
    qtbot.waitUntil(lambda: window.session.actor.code == "mediator")
    qtbot.waitUntil(lambda: not page.findChild(LineEdit, "settings.phone").isEnabled())
    assert not page.findChild(QPushButton, "settings.backup").isEnabled()
    assert window.status._who.text() == "调解员"


def test_backup_and_check_say_what_they_did(window: Window, qtbot: QtBot) -> None:
    page = _page(window, qtbot)
    qtbot.mouseClick(page.findChild(QPushButton, "settings.backup"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._report.text().startswith("已备份并核对"))
    assert len(list((window.session.office.folder / "backups").glob("*.db"))) == 1
    qtbot.waitUntil(lambda: window.status._backup.text().startswith("备份 ✓"))
    qtbot.mouseClick(page.findChild(QPushButton, "settings.check"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._report.text().startswith("数据完好"))
