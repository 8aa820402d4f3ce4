"""The page 咨询 through its real widgets: a common question in few keys, and the day beside it."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.consult.page import ConsultPage
from qingyuan_desk.desk.session import Notice
from qingyuan_desk.desk.window import Window
from qingyuan_desk.services import consulting, handling, reception
from tests.desk.consult_hands import Keys, find, opened, saved
from tests.hands import press, type_into
from tests.services.test_consulting import asked


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> ConsultPage:
    return opened(window, qtbot)


@pytest.fixture
def notices(window: Window) -> Iterator[list[Notice]]:
    told: list[Notice] = []
    window.session.noticed.connect(told.append)
    yield told


def test_a_common_question_takes_few_keys_and_no_mouse(page: ConsultPage, qtbot: QtBot) -> None:
    made = page.asking.form.form
    made.lawyer.setText("李样例")  # remembered from the last one
    keys, began = Keys(), perf_counter()
    keys.enter()  # 来访
    keys.chinese("王测试")
    keys.key(Qt.Key.Key_F7).letters("qx").enter()  # 欠薪
    assert made.cause.code == "10" and "劳动保障监察" in made.answer.toPlainText()
    keys.key(Qt.Key.Key_F9)
    saved(page, qtbot)
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
    saved(page, qtbot)
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
    saved(page, qtbot)
    (line,) = handling.case(page.office, page.actor, page.asking.lists.model.rows[0].number).consultations
    assert (line.channel, line.crowd, line.cause, line.stage) == ("call", "migrant_worker", "11", "none")
    assert (line.question, line.answer, line.result) == ("公司不给交社保", "可以投诉", "aid")


def test_one_key_records_that_identity_was_declined(page: ConsultPage, qtbot: QtBot) -> None:
    made = page.asking.form.form
    made.lawyer.setText("李样例")
    Keys().key(Qt.Key.Key_F6)
    assert find(page, QCheckBox, "declined").isChecked() and not made.name.isEnabled()
    Keys().key(Qt.Key.Key_F7).letters("fyq").enter().key(Qt.Key.Key_F9)
    saved(page, qtbot)
    line = page.asking.lists.model.rows[0]
    assert line.declined and handling.case(page.office, page.actor, line.number).visitor == "匿名"


def test_what_was_typed_in_own_words_finds_the_common_answer(page: ConsultPage, qtbot: QtBot) -> None:
    made = page.asking.form.form
    type_into(made.question, "被狗咬了，狗主人不认账")
    offer = find(page, QPushButton, "common.offer")
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
    saved(page, qtbot)


def test_one_key_takes_it_into_another_flow_with_its_number(
    page: ConsultPage, qtbot: QtBot, notices: list[Notice]
) -> None:
    made = page.asking.form.form
    made.lawyer.setText("李样例")
    Keys().enter().chinese("王测试").key(Qt.Key.Key_F7).letters("qx").enter().key(Qt.Key.Key_F9)
    saved(page, qtbot)
    number = page.asking.lists.model.rows[0].number
    Keys().key(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: any("编号不变" in each.text for each in notices))
    case = handling.case(page.office, page.actor, number)
    assert (case.flow, case.node, case.dispute_type) == ("mediation", "consent", "10")


def test_the_paper_of_what_was_just_saved_is_one_key_away(page: ConsultPage, qtbot: QtBot) -> None:
    made = page.asking.form.form
    made.lawyer.setText("李样例")
    made.name.setText("王测试")
    made.common.set_code("wages")
    made.result.choose("aid")
    press(made.question, Qt.Key.Key_F9)
    saved(page, qtbot)
    Keys().key(Qt.Key.Key_F8)
    papers = page.asking.papers.papers
    qtbot.waitUntil(lambda: papers.paper is not None)
    assert papers.kind.currentText() == "法律援助申请指引"
    assert page.asking.papers.isVisible()
    Keys().key(Qt.Key.Key_Escape)
    assert page.asking.lists.isVisible()


def test_letters_wait_at_the_right_and_are_answered_there(page: ConsultPage, qtbot: QtBot) -> None:
    letter = asked("l1", channel="letter", result="later", answer="", lawyer="")
    done = consulting.quick(page.office, page.actor, letter)
    page.session.matter_changed.emit(done.matter_id)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "consult.waiting.0") is not None)
    find(page, QPushButton, "waiting.0").click()
    step = page.asking.step
    qtbot.waitUntil(lambda: step.step == "consult")
    fields = step.form.fields
    assert fields is not None and fields.form.channel == "letter"
    answer = fields._built["answer"].editor
    type_into(answer, "可以申请仲裁。")
    type_into(fields._built["lawyer"].editor, "李样例")
    press(fields._built["lawyer"].editor, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: handling.case(page.office, page.actor, done.matter_id).node == "answered")
    qtbot.waitUntil(lambda: not step.step)


def test_what_is_being_typed_is_kept_and_forgotten_once_it_is_saved(page: ConsultPage, qtbot: QtBot) -> None:
    made = page.asking.form.form
    made.lawyer.setText("李样例")
    type_into(made.name, "王测试")
    made.common.set_code("wages")
    page.asking.form.keeper.keep()
    qtbot.waitUntil(lambda: len(reception.drafts(page.office, page.actor)) == 1)
    (draft,) = reception.drafts(page.office, page.actor)
    assert (draft.form.flow, draft.form.narrative) == ("consultation", "老板拖欠工资怎么办")
    press(made.question, Qt.Key.Key_F9)
    saved(page, qtbot)
    assert not reception.drafts(page.office, page.actor)
