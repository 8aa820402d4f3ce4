"""Groups and agents; readers that type; a form for the group of 23."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.intake.page import IntakePage, State
from qingyuan_desk.desk.window import Window
from qingyuan_desk.services import ledger
from tests.desk.intake_hands import page_of
from tests.hands import type_into

ID = "11010519491231002X"


@pytest.fixture
def page(window: Window) -> IntakePage:
    return page_of(window)


def test_the_sixth_representative_is_refused_at_the_field(page: IntakePage, qtbot: QtBot) -> None:
    type_into(page.visitor.name, "张铁柱")
    page.visitor.headcount.selectAll()
    type_into(page.visitor.headcount, "23")
    hint = page.sheet.fields()["representatives"]
    assert "推选代表，不超过 5 人" in hint.sentence
    for name in ("刘一", "陈二", "张三", "李四", "王五"):
        page.visitor.add_representative_button.setFocus()
        QTest.keyClick(page.visitor.add_representative_button, Qt.Key.Key_Space)
        row = page.visitor.representatives[-1]
        assert QApplication.focusWidget() is row.name
        type_into(row.name, name)
    assert page.visitor.add_representative_button.text() == "+ 代表 5/5"
    page.visitor.add_representative()
    assert len(page.visitor.representatives) == 5
    assert "代表不得超过 5 人，现有 6 人" in hint.sentence and "《信访工作条例》第二十条" in hint.sentence
    type_into(page.claim.narrative, "拖欠农民工工资38万元，多次讨要不给。")
    page.save()
    qtbot.waitUntil(lambda: page._state is State.SAVED)
    visit = ledger.matter(page.office, page.actor, page.foot.number.text()).visits[0]
    assert visit.headcount == 23
    assert [(person.name, person.role) for person in visit.persons] == [
        ("张铁柱", "visitor"),
        *((name, "representative") for name in ("刘一", "陈二", "张三", "李四", "王五")),
    ]


def test_heads_are_counted_until_somebody_says_how_many(page: IntakePage) -> None:
    page.visitor.add_representative()
    page.visitor.add_representative()
    assert page.visitor.headcount.text() == "3"
    page.visitor.headcount.selectAll()
    type_into(page.visitor.headcount, "8")
    page.visitor.add_representative()
    assert page.visitor.headcount.text() == "8"
    page.visitor.representatives[0].removed.emit()
    assert len(page.visitor.representatives) == 2


def test_an_agent_with_authority(page: IntakePage, qtbot: QtBot) -> None:
    type_into(page.visitor.name, "王建国")
    page.visitor.add_agent()
    agent = page.visitor.agent
    assert agent is not None and QApplication.focusWidget() is agent.name
    type_into(agent.name, "王小明")
    type_into(agent.relation, "儿子")
    agent.authority.setFocus()
    QTest.keyClick(QApplication.focusWidget(), "3")
    assert agent.authority.code == "special" and "委托书要写明" in agent.fields()["authority"].sentence
    type_into(page.claim.narrative, "咨询赡养费怎么要。")
    page.save()
    qtbot.waitUntil(lambda: page._state is State.SAVED)
    persons = ledger.matter(page.office, page.actor, page.foot.number.text()).visits[0].persons
    assert [(each.role, each.relation, each.authority) for each in persons] == [
        ("visitor", "", ""),
        ("agent", "儿子", "special"),
    ]


@pytest.mark.parametrize("at", ["narrative", "name", "sex", "township", "flags"])
def test_a_reader_that_types_reaches_the_number_from_anywhere(
    page: IntakePage, qtbot: QtBot, at: str
) -> None:
    page.claim.narrative.setPlainText("邻居占地")
    page.visitor.name.setText("王建国")
    places = {
        "narrative": page.claim.narrative,
        "name": page.visitor.name,
        "sex": page.visitor.sex,
        "township": page.visitor.township,
        "flags": page.claim.flags,
    }
    places[at].setFocus()
    before = page.form()
    strike(ID.lower() + "\r", every=5)
    assert page.visitor.id_number.text() == ID
    assert QApplication.focusWidget() is page.visitor.id_number
    assert page.claim.narrative.toPlainText() == "邻居占地" and page.visitor.name.text() == "王建国"
    after = page.form()
    assert (after.main_visitor.township, after.flags) == (before.main_visitor.township, before.flags)
    qtbot.waitUntil(lambda: page.visitor.sex.code == "female")


def test_a_reader_without_enter_is_heard_too(page: IntakePage, qtbot: QtBot) -> None:
    page.claim.narrative.setFocus()
    strike(ID, every=5)
    qtbot.waitUntil(lambda: page.visitor.id_number.text() == ID)
    assert page.claim.narrative.toPlainText() == ""


@pytest.mark.parametrize(("number", "every"), [(ID, 60), ("6222020200001234567", 5), ("13800138000", 5)])
def test_a_hand_and_other_numbers_are_no_card(
    page: IntakePage, qtbot: QtBot, number: str, every: int
) -> None:
    page.claim.narrative.setFocus()
    strike(number, every=every)
    qtbot.wait(200)
    assert page.claim.narrative.toPlainText() == number and page.visitor.id_number.text() == ""


def strike(keys: str, *, every: int) -> None:
    """Strike keys at an interval in milliseconds, wherever the keyboard is."""
    for place, character in enumerate(keys, start=1):
        code = Qt.Key.Key_Return if character == "\r" else Qt.Key(ord(character.upper()))
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, character)
        event.setTimestamp(1_000 + place * every)
        QApplication.sendEvent(QApplication.focusWidget(), event)
