"""履行, 司法确认: payments with their receipts at one key, calls afterwards, preventions, corrections, the court."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.mediation.forms import Perform
from tests.conftest import Clock
from tests.desk.mediation_hands import Hands, open_tab
from tests.hands import press, type_into


@pytest.fixture
def hands(session: Session) -> Hands:
    return Hands(session.office)


def _words(table: object, column: int = -1) -> list[str]:
    return [line.texts[column] for line in table.lines]  # type: ignore[attr-defined]


def test_one_key_registers_a_payment_and_shows_its_receipt(
    window: Window, qtbot: QtBot, hands: Hands, clock: Clock
) -> None:
    hands.signed()
    clock.forward(days=11)
    tab = open_tab(window, qtbot, hands.matter_id, "performing")
    work = tab.instalments
    assert _words(work.table) == ["逾期 1 天", "还有 29 天", "还有 59 天"]
    press(work.amount, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: tab.paper.paper is not None, timeout=15_000)
    paid = hands.case.schedule[0]
    assert (paid.paid, paid.paid_on) == (100_000, date(2024, 10, 1))
    assert tab.paper.paper.title.startswith("履行凭证")
    qtbot.waitUntil(lambda: _words(work.table)[0] == "已履行，迟 1 天")
    assert work.head.text().startswith("第 2 期")  # the next one is ready
    press(tab.paper.view, Qt.Key.Key_Escape)
    assert work.isVisible() and window.page("mediation").case is not None  # type: ignore[attr-defined]


def test_a_part_of_an_instalment_may_be_paid(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.signed()
    tab = open_tab(window, qtbot, hands.matter_id, "performing")
    work = tab.instalments
    work.amount.selectAll()
    type_into(work.amount, "400")
    assert work._amount_field.sentence == "还欠 600元"
    press(work.amount, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: _words(work.table)[0] == "部分履行")
    assert "已付 400元，共 3,000元" in work._total.text()
    work.amount.selectAll()
    type_into(work.amount, "1200")
    press(work.amount, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "不能超过" in work._amount_field.sentence)
    work.amount.selectAll()
    type_into(work.amount, "三千")
    work.register(receipt=False)
    assert "金额写作" in work._amount_field.sentence


def test_a_sum_registered_by_mistake_is_put_right(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.signed()
    tab = open_tab(window, qtbot, hands.matter_id, "performing")
    work = tab.instalments
    first = hands.case.schedule[0]
    work.register(receipt=False)
    qtbot.waitUntil(lambda: hands.case.schedule[0].paid == first.amount)
    qtbot.waitUntil(lambda: work.table.record_id != first.record_id)
    work.table.mark(first.record_id)
    assert work.wrong_button.isVisible() and not work.save_button.isVisible()
    work.put_right()
    work.amount.selectAll()
    type_into(work.amount, "500")
    press(work.amount, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "为什么登记错了" in work._reason_field.sentence)
    type_into(work.reason, "看错了回单")
    press(work.reason, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: hands.case.schedule[0].paid == 50_000)
    qtbot.waitUntil(lambda: not work.reason.isVisible())


def test_a_call_is_planned_recorded_and_listed(
    window: Window, qtbot: QtBot, hands: Hands, clock: Clock
) -> None:
    hands.signed()
    tab = open_tab(window, qtbot, hands.matter_id, "performing")
    tab.begin("follow_up")
    work = tab.follow_ups
    assert _words(work.table) == ["还没有回访"]
    press(work.performance.focusProxy(), Qt.Key.Key_2)
    press(work.satisfaction.focusProxy(), Qt.Key.Key_3)
    press(work.done_on, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "采取了什么措施" in work._made["measures"].sentence)
    type_into(work.measures, "约赵样例月底补付。")
    press(work.measures, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: _words(work.table) == ["不满意"])
    (done,) = hands.case.follow_ups
    assert (done.performance, done.satisfaction, done.how) == ("partial", "unsatisfied", "phone")
    type_into(work.due_on, "+30")
    work.plan()
    qtbot.waitUntil(lambda: len(hands.case.follow_ups) == 2)
    planned = next(each for each in hands.case.follow_ups if each.done_on is None)
    assert planned.due_on == date(2024, 9, 20) + timedelta(days=30)


def test_a_new_call_stays_while_the_case_is_read_again(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.signed()
    tab = open_tab(window, qtbot, hands.matter_id, "performing")
    tab.begin("follow_up")
    work = tab.follow_ups
    work.begin_new()
    type_into(work.danger, "想反悔")
    tab.show_case(hands.case)
    assert work.head.text() == "记一次回访" and work.danger.toPlainText() == "想反悔"


def test_a_danger_of_crime_is_reported(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.signed()
    tab = open_tab(window, qtbot, hands.matter_id, "performing")
    tab.begin("prevent")
    work = tab.preventions
    work.kind.set_code("criminal")
    press(work.note, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "向公安机关报告" in work._made["reported_to"].sentence)
    type_into(work.reported_to, "冉庄派出所")
    press(work.reported_to, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: _words(work.table, 1) == ["防止民间纠纷转化为刑事案件"])
    assert work.kind.code == "" and work.reported_to.text() == ""


def test_a_signed_paper_is_corrected_beside_it(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.signed()
    tab = open_tab(window, qtbot, hands.matter_id, "performing")
    tab.begin("correct")
    work = tab.corrections
    agreement = hands.case.agreement
    assert agreement is not None
    work.paper.set_code(f"agreement:{agreement.record_id}")
    for editor, text in (
        (work.before, "赵样例"),
        (work.after, "赵样列"),
        (work.reason, "笔误"),
        (work.approver, "主任"),
    ):
        type_into(editor, text)
    press(work.reason, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: tab.paper.paper is not None, timeout=15_000)
    assert tab.paper.paper.title.startswith("更正说明")
    (corrected,) = hands.case.corrections
    assert (corrected.paper, corrected.subject) == ("agreement", agreement.record_id)


def test_the_court_is_asked_in_time_and_answers(
    window: Window, qtbot: QtBot, hands: Hands, clock: Clock
) -> None:
    hands.signed()
    clock.forward(days=20)
    tab = open_tab(window, qtbot, hands.matter_id, "confirming")
    assert tab.time.text().startswith("还有 10 天")
    assert tab.court.text() == "保定市清苑区人民法院"
    tab.court.clear()
    press(tab.court, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "人民法院" in tab._made["court"].sentence)
    type_into(tab.court, "保定市清苑区人民法院")
    press(tab.court, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: tab.head.text() == "法院怎么答复")
    assert _words(tab.table) == ["等待裁定"]
    press(tab.result.focusProxy(), Qt.Key.Key_1)
    press(tab.on, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "裁定书文号" in tab._made["document"].sentence)
    type_into(tab.document, "（2024）冀0608民特12号")
    press(tab.document, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: _words(tab.table) == ["裁定有效"])
    assert not tab.save_button.isVisible()


def test_after_thirty_days_it_is_too_late(window: Window, qtbot: QtBot, hands: Hands, clock: Clock) -> None:
    hands.signed()
    clock.forward(days=40)
    tab = open_tab(window, qtbot, hands.matter_id, "confirming")
    assert tab.time.text().startswith("已超") and tab.time.property("tone") == "red"
    type_into(tab.court, "保定市清苑区人民法院")
    press(tab.court, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "三十日内" in tab.message.text())
    assert hands.case.confirmations == ()


def test_everything_performed_is_seen_in_the_list(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.signed(number=1)
    (part,) = hands.case.schedule
    hands.take(Perform(part.record_id, hands.office.today(), part.amount, "现金"))
    tab = open_tab(window, qtbot, hands.matter_id, "performing")
    assert _words(tab.instalments.table) == ["已履行"]
    assert tab.instalments.print_button.isVisible() and not tab.instalments.both_button.isVisible()
