"""快速记录: one form, no mouse, a closed case."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.window import Window
from tests.desk.mediation_hands import Hands, open_tab
from tests.hands import press, type_into

#: A clerk presses a key in a third of a second or less; forty keys and one sentence are well under a minute.
MOST_KEYS = 12


class KeyCounter:
    """Counts the keys a person presses, characters of a text apart."""

    def __init__(self) -> None:
        self.keys = 0

    def press(self, key: Qt.Key) -> None:
        """Press one key where the keyboard is."""
        self.keys += 1
        widget = QApplication.focusWidget()
        assert widget is not None
        press(widget, key)


@pytest.fixture
def hands(session: Session) -> Hands:
    return Hands(session.office)


def test_a_simple_dispute_is_logged_with_a_dozen_keys_and_one_sentence(
    window: Window, qtbot: QtBot, hands: Hands
) -> None:
    hands.register()
    tab = open_tab(window, qtbot, hands.matter_id, "simple")
    qtbot.waitUntil(lambda: len(tab.mediators._buttons) > 1)
    tab.begin("simple")
    counter = KeyCounter()
    counter.press(Qt.Key.Key_1)  # the most suitable mediator
    counter.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is tab.terms.editors[0]
    type_into(tab.terms.editors[0], "赵样例当场改好檐口，双方和好。")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return)  # an empty line ends the list
    assert QApplication.focusWidget() is tab.amount
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_1)  # performed at once
    counter.press(Qt.Key.Key_Tab)
    counter.press(Qt.Key.Key_1)  # satisfied
    counter.press(Qt.Key.Key_F9)
    assert counter.keys <= MOST_KEYS
    qtbot.waitUntil(lambda: hands.case.node == "closed", timeout=15_000)
    case = hands.case
    agreement = case.agreement
    assert agreement is not None and agreement.terms == ("赵样例当场改好檐口，双方和好。",)
    assert agreement.at_once and case.mediation is not None and case.mediation.number
    assert "滴水" in agreement.facts  # the story as it was told at the window
    assert [each.satisfaction for each in case.follow_ups if each.done_on] == ["satisfied"]
    qtbot.waitUntil(lambda: tab.paper.paper is not None, timeout=15_000)
    assert tab.paper.paper.title.startswith("人民调解口头协议登记表")


def test_what_is_to_be_performed_later_needs_its_day(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.register()
    tab = open_tab(window, qtbot, hands.matter_id, "simple")
    qtbot.waitUntil(lambda: len(tab.mediators._buttons) > 1)
    press(tab.mediators.focusProxy(), Qt.Key.Key_1)
    type_into(tab.terms.editors[0], "赵样例改好檐口。")
    tab.when.choose("later")
    assert tab.deadline.isVisible()
    press(tab.deadline, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "请填写履行的日期" in tab._made["deadline_on"].sentence)
    type_into(tab.deadline, "+10")
    press(tab.deadline, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: hands.case.node == "performing", timeout=15_000)


def test_nobody_on_the_other_side_is_said(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.register(against="")
    tab = open_tab(window, qtbot, hands.matter_id, "simple")
    qtbot.waitUntil(lambda: len(tab.mediators._buttons) > 1)
    press(tab.mediators.focusProxy(), Qt.Key.Key_1)
    type_into(tab.terms.editors[0], "双方和好。")
    press(tab.amount, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "对方当事人" in tab.message.text())
    assert hands.case.mediation is None


def test_a_case_that_has_an_agreement_is_not_offered_the_form(
    window: Window, qtbot: QtBot, hands: Hands
) -> None:
    hands.signed()
    open_tab(window, qtbot, hands.matter_id, "dossier")
    page = window.page("mediation")
    tabs = page.tabs  # type: ignore[attr-defined]
    shown = [tabs.tabText(place) for place in range(tabs.count()) if tabs.isTabVisible(place)]
    assert "快速记录" not in shown and "卷宗" in shown


def test_digits_switch_mediators_on_and_off(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.register()
    tab = open_tab(window, qtbot, hands.matter_id, "simple")
    qtbot.waitUntil(lambda: len(tab.mediators._buttons) > 2)
    button = tab.mediators.focusProxy()
    for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_2):
        press(button, key)
    assert tab.mediators.codes == (tab.mediators._offered[0].card.code,)
