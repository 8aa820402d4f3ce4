"""The page 咨询 through its real widgets: a common question in few keys, the day beside it, and every room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.consult.page import ConsultPage
from qingyuan_desk.desk.session import Notice
from qingyuan_desk.desk.widgets.choice import ChoiceBox
from qingyuan_desk.desk.widgets.fields import LineEdit, TextEdit
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.handling.forms import ApplyAid, Refer
from qingyuan_desk.services import consulting, handling, outreach
from tests.hands import press, type_into
from tests.services.test_consulting import asked, take


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> ConsultPage:
    window.show_page("consult")
    made = window.page("consult")
    assert isinstance(made, ConsultPage)
    qtbot.waitUntil(lambda: "qx" in {key for each in made.asking.form._options for key in each.keys})
    made.asking.form.begin()
    return made


@pytest.fixture
def notices(window: Window) -> Iterator[list[Notice]]:
    told: list[Notice] = []
    window.session.noticed.connect(told.append)
    yield told


class Keys:
    """A clerk at the keyboard; counts what is pressed. A Chinese character counts as the two letters it costs on average."""

    def __init__(self) -> None:
        self.pressed = 0

    def at(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Keys:
        press(self.at(), key, held)
        self.pressed += 1
        return self

    def enter(self) -> Keys:
        return self.key(Qt.Key.Key_Return)

    def letters(self, text: str) -> Keys:
        QTest.keyClicks(self.at(), text)
        self.pressed += len(text)
        return self

    def chinese(self, text: str) -> Keys:
        type_into(self.at(), text)
        self.pressed += 2 * len(text)
        return self


def _find(page: QWidget, kind: type, name: str) -> QWidget:
    found = page.findChild(kind, f"consult.{name}")
    assert found is not None, name
    return found


def _saved(page: ConsultPage, qtbot: QtBot, number: int = 1) -> None:
    qtbot.waitUntil(lambda: len(page.asking.lists.model.rows) == number)
    page.window().activateWindow()  # a popup leaves no window active where there is no window manager
    qtbot.waitUntil(page.window().isActiveWindow)


def test_a_common_question_takes_few_keys_and_no_mouse(page: ConsultPage, qtbot: QtBot) -> None:
    made = page.asking.form.form
    made.lawyer.setText("李样例")  # remembered from the last one
    keys, began = Keys(), perf_counter()
    keys.enter()  # 来访
    keys.chinese("王测试")
    keys.key(Qt.Key.Key_F7).letters("qx").enter()  # 欠薪
    assert made.cause.code == "10" and "劳动保障监察" in made.answer.toPlainText()
    keys.key(Qt.Key.Key_F9)
    _saved(page, qtbot)
    assert perf_counter() - began < 30, "the clerk's thirty seconds are not spent waiting"
    assert keys.pressed <= 12, keys.pressed
    (line,) = page.asking.lists.model.rows
    case = handling.case(page.office, page.actor, line.number)
    (asked_,) = case.consultations
    assert (case.visitor, case.state, asked_.lawyer, asked_.result) == (
        "王测试",
        "closed",
        "李样例",
        "advised",
    )
    assert asked_.question == "老板拖欠工资怎么办" and "《劳动合同法》" in asked_.articles


def test_the_form_is_empty_again_with_the_cursor_in_the_first_field(page: ConsultPage, qtbot: QtBot) -> None:
    form = page.asking.form
    form.form.lawyer.setText("李样例")
    Keys().enter().chinese("王测试").key(Qt.Key.Key_F7).letters("qx").enter().key(Qt.Key.Key_F9)
    _saved(page, qtbot)
    made = form.form
    assert (made.name.text(), made.question.toPlainText(), made.answer.toPlainText()) == ("", "", "")
    assert made.lawyer.text() == "李样例", "who answers is remembered"
    assert made.channel.isAncestorOf(QApplication.focusWidget())
    assert form.seconds == 0 and "刚才：清访〔2024〕0001号" in page.asking.just_now.words.whole


def test_a_whole_question_is_typed_with_enter_alone(page: ConsultPage, qtbot: QtBot) -> None:
    made, ctrl = page.asking.form.form, Qt.KeyboardModifier.ControlModifier
    keys = Keys()
    keys.key(Qt.Key.Key_2).enter()  # 电话
    qtbot.waitUntil(lambda: made.asked_at.isVisible())
    keys.enter()  # 收到时间：现在
    keys.chinese("赵测试").enter().letters("13812345678").enter()
    assert QApplication.focusWidget() is made.common, "the document number stands aside"
    keys.enter().letters("nmg").enter().letters("ldzy").enter().enter()
    keys.chinese("公司不给交社保").key(Qt.Key.Key_Return, ctrl)
    keys.chinese("可以投诉").key(Qt.Key.Key_Return, ctrl)
    keys.enter().key(Qt.Key.Key_2).enter().chinese("李样例").key(Qt.Key.Key_F9)
    _saved(page, qtbot)
    (line,) = handling.case(page.office, page.actor, page.asking.lists.model.rows[0].number).consultations
    assert (line.channel, line.crowd, line.cause, line.stage) == ("call", "migrant_worker", "11", "none")
    assert (line.question, line.answer, line.result) == ("公司不给交社保", "可以投诉", "aid")


def test_one_key_records_that_identity_was_declined(page: ConsultPage, qtbot: QtBot) -> None:
    made = page.asking.form.form
    made.lawyer.setText("李样例")
    Keys().key(Qt.Key.Key_F6)
    assert _find(page, QCheckBox, "declined").isChecked() and not made.name.isEnabled()
    Keys().key(Qt.Key.Key_F7).letters("fyq").enter().key(Qt.Key.Key_F9)
    _saved(page, qtbot)
    line = page.asking.lists.model.rows[0]
    assert line.declined and handling.case(page.office, page.actor, line.number).visitor == "匿名"


def test_what_was_typed_in_own_words_finds_the_common_answer(page: ConsultPage, qtbot: QtBot) -> None:
    made = page.asking.form.form
    type_into(made.question, "被狗咬了，狗主人不认账")
    offer = _find(page, QPushButton, "common.offer")
    qtbot.waitUntil(offer.isVisible)
    press(made.question, Qt.Key.Key_F7)
    assert made.cause.code == "06" and "饲养人" in made.answer.toPlainText()
    assert made.question.toPlainText() == "被狗咬了，狗主人不认账", "what somebody typed stays"


def test_another_common_question_takes_the_place_of_the_first_one(page: ConsultPage) -> None:
    made = page.asking.form.form
    made.common.set_code("wages")
    made.common.set_code("divorce_how")
    assert made.question.toPlainText() == "离婚怎么办" and made.cause.code == "01"
    made.answer.setPlainText("请先调解。")
    made.common.set_code("custody")
    assert made.answer.toPlainText().startswith("请先调解。\n")


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(page: ConsultPage, qtbot: QtBot) -> None:
    made = page.asking.form.form
    type_into(made.question, "怎么办")
    press(made.question, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "姓名" in page.asking.form.form.fields["name"].sentence)
    for name in ("cause", "answer", "lawyer"):
        assert made.fields[name].sentence, name
    assert made.question.toPlainText() == "怎么办"
    made.result.choose("booked")
    qtbot.waitUntil(made.booked_for.isVisible)
    type_into(made.booked_for, "明年某天")
    press(made.booked_for, Qt.Key.Key_F9)
    assert "时间写作" in made.fields["result"].sentence


def test_an_accusation_is_kept_away_unless_somebody_says_why(page: ConsultPage, qtbot: QtBot) -> None:
    made = page.asking.form.form
    made.lawyer.setText("李样例")
    type_into(made.name, "王测试")
    made.cause.set_code("18")
    type_into(made.answer, "可以向纪检监察机关提出。")
    type_into(made.question, "我要举报村主任贪污征地补偿款，他收钱了。")
    press(made.question, Qt.Key.Key_F9)
    field = made.fields["question"]
    qtbot.waitUntil(lambda: "密件" in field.sentence)
    assert not page.asking.lists.model.rows
    field.reason_button.click()
    type_into(field.reason, "只问举报的程序")
    press(made.question, Qt.Key.Key_F9)
    _saved(page, qtbot)


def test_one_key_takes_it_into_another_flow_with_its_number(
    page: ConsultPage, qtbot: QtBot, notices: list[Notice]
) -> None:
    made = page.asking.form.form
    made.lawyer.setText("李样例")
    Keys().enter().chinese("王测试").key(Qt.Key.Key_F7).letters("qx").enter().key(Qt.Key.Key_F9)
    _saved(page, qtbot)
    number = page.asking.lists.model.rows[0].number
    Keys().key(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: any("编号不变" in each.text for each in notices))
    case = handling.case(page.office, page.actor, number)
    assert (case.flow, case.node, case.dispute_type) == ("mediation", "consent", "10")


def test_letters_wait_at_the_right_and_are_answered_there(page: ConsultPage, qtbot: QtBot) -> None:
    letter = asked("l1", channel="letter", result="later", answer="", lawyer="")
    done = consulting.quick(page.office, page.actor, letter)
    page.session.matter_changed.emit(done.matter_id)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "consult.waiting.0") is not None)
    _find(page, QPushButton, "waiting.0").click()
    step = page.asking.step
    qtbot.waitUntil(lambda: step.step == "consult")
    fields = step.form.fields
    assert fields is not None and fields.form.channel == "letter"
    answer = page.findChild(TextEdit, "matter.step.answer") or fields._built["answer"].editor
    type_into(answer, "可以申请仲裁。")
    type_into(fields._built["lawyer"].editor, "李样例")
    press(fields._built["lawyer"].editor, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: handling.case(page.office, page.actor, done.matter_id).node == "answered")
    qtbot.waitUntil(lambda: not step.step)


# --- the other rooms -------------------------------------------------------------------------------------------------


def test_legal_aid_is_tested_applied_for_and_decided(page: ConsultPage, qtbot: QtBot) -> None:
    done = consulting.quick(page.office, page.actor, asked("a1", result="aid"))
    take(page.office, page.actor, done.matter_id, ApplyAid(affair="wages", exempt="migrant_worker"))
    press(QApplication.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    room = page.aid
    qtbot.waitUntil(lambda: len(room.list.model.rows) == 1)
    room.test.affair.set_code("wages")
    room.test.means.choose("hard")
    assert "可以申请" in _find(page, QLabel, "test.outcome").text()
    room.test.exempt.set_code("migrant_worker")
    reasons = _find(page, QLabel, "test.reasons").text()
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
    page.asking.form.form.lawyer.setText("李样例")
    Keys().enter().chinese("王测试").key(Qt.Key.Key_F7).letters("qx").enter().key(Qt.Key.Key_F9)
    _saved(page, qtbot)
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
    assert "走进学校" in _find(page, QLabel, "outreach.sentence").text()
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
    room.leave()
    fill: dict[str, Callable[[], None]] = {
        "question": lambda: type_into(room.editors["question"], "冉庄景区停车费"),
        "answer": lambda: type_into(room.editors["answer"], "看公示的价格。"),
    }
    for each in fill.values():
        each()
    press(room.editors["question"], Qt.Key.Key_F9)
    box = page.findChild(ChoiceBox, "consult.common")
    assert box is not None
    qtbot.waitUntil(lambda: any(option.name == "冉庄景区停车费" for option in page.asking.form._options))
