"""The other rooms of the page 咨询: legal aid, referral, 法律十进, contact points, common questions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.consult.page import ConsultPage
from qingyuan_desk.desk.session import Notice
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.handling.forms import ApplyAid, Refer
from qingyuan_desk.services import consulting, outreach
from tests.desk.consult_hands import Keys, find, opened, saved
from tests.hands import press, type_into
from tests.services.test_consulting import asked, take


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> ConsultPage:
    return opened(window, qtbot, spelled=False)


@pytest.fixture
def notices(window: Window) -> Iterator[list[Notice]]:
    told: list[Notice] = []
    window.session.noticed.connect(told.append)
    yield told


def test_legal_aid_is_tested_applied_for_and_decided(page: ConsultPage, qtbot: QtBot) -> None:
    done = consulting.quick(page.office, page.actor, asked("a1", result="aid"))
    take(page.office, page.actor, done.matter_id, ApplyAid(affair="wages", exempt="migrant_worker"))
    press(QApplication.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    room = page.aid
    qtbot.waitUntil(lambda: len(room.list.model.rows) == 1)
    room.test.affair.set_code("wages")
    room.test.means.choose("hard")
    assert "可以申请" in find(page, QLabel, "test.outcome").text()
    room.test.exempt.set_code("migrant_worker")
    reasons = find(page, QLabel, "test.reasons").text()
    assert "第四十二条第三项" in reasons and "第三十一条第五项" in reasons
    room.list.table.setCurrentIndex(room.list.model.index(0, 0))
    press(room.list.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.step.step == "decide_aid")
    room.step.form.fields._built["granted"].fill("yes")
    press(room.step, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: room.list.model.rows[0].step == "assign_aid")
    assert "还有 3 天" in room.list.model.rows[0].words


def test_a_question_goes_on_to_legal_aid_and_to_a_counsellor_by_one_key(
    page: ConsultPage, qtbot: QtBot
) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    made = page.asking.form.form
    made.lawyer.setText("李样例")
    made.common.set_code("wages")
    Keys().enter().chinese("王测试").key(Qt.Key.Key_F9)
    saved(page, qtbot)
    Keys().key(Qt.Key.Key_G, ctrl)
    qtbot.waitUntil(lambda: page.aid.step.step == "apply_aid")
    assert page.room is page.aid
    press(page, Qt.Key.Key_1, ctrl)
    assert page.room is page.asking
    Keys().key(Qt.Key.Key_J, ctrl)
    qtbot.waitUntil(lambda: page.referral.step.step == "refer")


def test_a_referral_shows_what_for_and_nothing_sealed(page: ConsultPage, qtbot: QtBot) -> None:
    done = consulting.quick(page.office, page.actor, asked("r1"))
    take(page.office, page.actor, done.matter_id, Refer(purpose="calm", consent=True, counsellor="孙样例"))
    press(QApplication.focusWidget(), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    room = page.referral
    qtbot.waitUntil(lambda: len(room.list.model.rows) == 1)
    room.list.table.setCurrentIndex(room.list.model.index(0, 0))
    press(room.list.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.step.step == "counsel")
    fields = room.step.form.fields
    assert fields is not None
    type_into(fields._built["outcome"].editor, "已平静")
    type_into(fields._built["note"].editor, "谈到家里的事")
    press(room.step, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: room.list.model.rows[0].referral.done_on is not None)
    shown = [room.list.model.index(0, column).data() for column in range(room.list.model.columnCount())]
    assert "已平静" in shown and not any("家里" in str(each) for each in shown)


def test_an_activity_is_logged_summed_and_taken_back(
    page: ConsultPage, qtbot: QtBot, notices: list[Notice]
) -> None:
    press(QApplication.focusWidget(), Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    room = page.outreach
    qtbot.waitUntil(lambda: "xx" in {key for each in room.target._options for key in each.keys})
    keys = Keys()
    keys.letters("xx").enter()  # 学校
    keys.letters("9-3").enter()
    keys.chinese("冉庄镇中学").enter()
    keys.chinese("防范学生欺凌").key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(room.list.model.rows) == 1)
    type_into(room.place, "东孟庄村")
    type_into(room.counts["people"], "很多")
    press(room.place, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "整数" in room._made["people"].sentence)
    assert "走进学校" in find(page, QLabel, "outreach.sentence").text()
    room.list.table.setCurrentIndex(room.list.model.index(0, 0))
    type_into(room.reason, "记错了")
    room.cancel_button.click()
    qtbot.waitUntil(lambda: any("不再计数" in each.text for each in notices))
    first = page.office.today().replace(day=1)
    assert outreach.month(page.office, page.actor, first, page.office.today()).total.times == 0


def test_contact_points_are_kept(page: ConsultPage, qtbot: QtBot) -> None:
    press(QApplication.focusWidget(), Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    room = page.contacts
    type_into(room.editors["name"], "冉庄镇司法所联络点")
    press(room.editors["name"], Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(room.list.model.rows) == 1)
    room.list.table.setCurrentIndex(room.list.model.index(0, 0))
    type_into(room.editors["closed_on"], "今天")
    press(room.editors["closed_on"], Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: room.list.model.rows[0].closed_on == page.office.today())


def test_the_office_edits_its_answers_and_the_form_offers_them(page: ConsultPage, qtbot: QtBot) -> None:
    press(QApplication.focusWidget(), Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    room = page.answers
    type_into(room.find, "彩礼")
    qtbot.waitUntil(lambda: [each.code for each in room.list.model.rows] == ["bride_price"])
    room.list.table.setCurrentIndex(room.list.model.index(0, 0))
    note = room.editors["note"]
    assert isinstance(note, LineEdit)
    note.setText("张律师 2024-09-20 核对")
    press(note, Qt.Key.Key_F9)
    qtbot.waitUntil(
        lambda: any(
            "张律师" in each.note for each in page.office.reference.answers if each.code == "bride_price"
        )
    )
    qtbot.waitUntil(room.save_button.isEnabled)
    room.leave()
    type_into(room.editors["question"], "冉庄景区停车费")
    type_into(room.editors["answer"], "看公示的价格。")
    press(room.editors["question"], Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: any(option.name == "冉庄景区停车费" for option in page.asking.form._options))
