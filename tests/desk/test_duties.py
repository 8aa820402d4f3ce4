"""The page of the duty list: both ways of searching, versions published from a sheet, contacts of townships, paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.duties.page import DutiesPage
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.services import duties
from qingyuan_desk.services.office import Office
from tests.hands import type_into
from tests.services.test_duties import edit_csv


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> DutiesPage:
    window.show_page("duties")
    found = window.page("duties")
    assert isinstance(found, DutiesPage)
    qtbot.waitUntil(lambda: len(found.lookup.model.rows) > 100)
    return found


def _search(page: DutiesPage, qtbot: QtBot, text: str) -> None:
    page.lookup.search.setFocus()
    type_into(page.lookup.search, text)
    qtbot.keyClick(page.lookup.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.lookup.detail.facts is not None)


def _title(page: DutiesPage) -> str:
    return page.lookup.detail.facts.title if page.lookup.detail.facts else ""


def test_from_a_matter_to_its_unit_and_back(page: DutiesPage, qtbot: QtBot) -> None:
    _search(page, qtbot, "院墙")
    qtbot.waitUntil(lambda: _title(page) == "宅基地和界址纠纷调解")
    link = page.findChild(QPushButton, "duties.open.natural_resources")
    assert link is not None and link.text() == "区自然资源和规划局"
    link.click()
    qtbot.waitUntil(lambda: _title(page) == "区自然资源和规划局职责一览")
    facts = page.lookup.detail.facts
    assert facts is not None
    assert [part.title[:5] for part in facts.parts] == ["主办的事项", "协办的事项"]
    back = page.findChild(QPushButton, "duties.open.homestead")
    assert back is not None
    back.click()
    qtbot.waitUntil(lambda: _title(page) == "宅基地和界址纠纷调解")


def test_nothing_found_says_what_to_try(page: DutiesPage, qtbot: QtBot) -> None:
    type_into(page.lookup.search, "没有人会说的话")
    qtbot.waitUntil(lambda: page.lookup.count.text().startswith("没有查到。"))
    assert page.lookup.model.rows == ()


def test_contacts_of_a_township_are_filled_in_and_printed(
    page: DutiesPage, window: Window, office: Office, clerk: Actor, qtbot: QtBot
) -> None:
    type_into(page.lookup.search, "冉庄镇")
    qtbot.waitUntil(lambda: 0 < len(page.lookup.model.rows) < 10)
    page.lookup.table.selectRow(len(page.lookup.model.rows) - 1)
    qtbot.waitUntil(lambda: _title(page) == "冉庄镇对口联系表")
    page.lookup.detail.contacts_button.click()
    editor = page.contacts.editor
    qtbot.waitUntil(lambda: editor.model.rowCount() == 5)
    assert not editor.model.flags(editor.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    editor.model.setData(editor.model.index(0, 2), "甄样例")
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.notice.text == "对口联系人已保存。")
    assert duties.contacts(office, clerk, "冉庄镇")[0].name == "甄样例"
    qtbot.waitUntil(
        lambda: page.lookup.detail.facts is not None and "甄样例" in page.lookup.detail.facts.parts[0].rows[0]
    )
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.paper.paper is not None, timeout=15_000)
    assert page.paper.paper is not None and page.paper.paper.title == "冉庄镇对口联系表"
    page.paper.setFocus()
    qtbot.keyClick(page.paper, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.lookup.isVisible())


def test_a_new_version_is_read_compared_and_published(
    page: DutiesPage, window: Window, office: Office, clerk: Actor, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet = tmp_path / "清单.csv"
    duties.export(office, clerk, sheet)
    edit_csv(sheet, homestead=("主办单位", "区幻想局"))
    qtbot.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    versions, form = page.versions, page.versions.form
    qtbot.waitUntil(lambda: len(versions.model.rows) == 1)

    def told() -> str:
        return "\n".join(form.found.item(row).text() for row in range(form.found.count()))

    form.load(sheet)
    qtbot.waitUntil(lambda: "“区幻想局”不在本中心的表里" in told())
    assert not form.publish_button.isEnabled()
    edit_csv(sheet, homestead=("主办单位", "区自然资源和规划局"), burial=None)
    form.load(sheet)
    qtbot.waitUntil(lambda: form.publish_button.isEnabled())
    qtbot.waitUntil(lambda: versions.about.text() == "改好的表格与上一版比较：取消 1 项，改动 1 项")
    assert "主办单位：所在乡镇人民政府 → 区自然资源和规划局" in versions.differences.item(0).text()
    form.day.setDate(QDate(2024, 9, 1))
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "施行日期要晚于上一版" in form.fields._fields["valid_from"].message.text())
    form.day.setDate(QDate(2024, 9, 20))
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: [each.state for each in versions.model.rows] == ["now", "past"])
    assert office.reference.duty("burial") is None
    versions._reason.setText("区委没有批准")
    versions._withdraw_button.click()
    qtbot.waitUntil(lambda: [each.state for each in versions.model.rows] == ["withdrawn", "now"])
    assert office.reference.on(date(2024, 9, 20)).duty("burial") is not None


def test_who_may_not_change_settings_only_looks(
    page: DutiesPage, window: Window, office: Office, qtbot: QtBot
) -> None:
    window.session.become(office.actor("mediator"))
    _search(page, qtbot, "院墙")
    page._go_to("versions")
    qtbot.waitUntil(lambda: len(page.versions.model.rows) == 1)
    assert not page.versions.form.choose_button.isEnabled()
