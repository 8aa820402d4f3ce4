"""协议: written in a list, added up, checked while it is typed, kept, signed, and changed for a reason."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.mediation.terms_list import TermsList
from qingyuan_desk.desk.window import Window
from tests.desk.mediation_hands import Hands, open_tab
from tests.hands import press, type_into


@pytest.fixture
def hands(session: object) -> Hands:
    return Hands(session.office)  # type: ignore[attr-defined]


def _told(tab: object) -> str:
    return "\n".join(problem.sentence for problem in tab.checks.problems)  # type: ignore[attr-defined]


def test_terms_are_written_and_put_in_order_with_keys(desk_app: QApplication, qtbot: QtBot) -> None:
    terms = TermsList("terms")
    qtbot.addWidget(terms)
    terms.show()
    first = terms.editors[0]
    type_into(first, "第一条")
    press(first, Qt.Key.Key_Return)
    type_into(terms.editors[1], "第二条")
    press(terms.editors[1], Qt.Key.Key_Return)
    type_into(terms.editors[2], "第三条")
    press(terms.editors[2], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert terms.terms == ("第一条", "第三条", "第二条")
    press(terms.editors[1], Qt.Key.Key_Home)
    press(terms.editors[1], Qt.Key.Key_Return)
    assert terms.editors[1].text == "" and terms.terms == ("第一条", "第三条", "第二条")
    press(terms.editors[1], Qt.Key.Key_Backspace)
    assert len(terms.editors) == 3


def test_the_draft_begins_with_what_was_agreed_in_the_session(
    window: Window, qtbot: QtBot, hands: Hands
) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    assert tab.editor.terms.terms == ("赵样例改建滴水檐", "赵样例赔偿王测试墙面损失")
    assert "檐口滴水" in tab.editor.facts.toPlainText()
    assert tab.editor.copies.value() == 3
    qtbot.waitUntil(lambda: "请列出哪天履行什么" in _told(tab))


def test_instalments_are_divided_and_added_up_while_they_are_typed(
    window: Window, qtbot: QtBot, hands: Hands
) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    parts = tab.editor.parts
    type_into(tab.editor.amount, "3,500.50")
    parts.number.setValue(3)
    type_into(parts.first, "10-8")
    parts.divide()
    assert [part.amount for part in parts.parts] == [116_600, 116_600, 116_850]
    assert [part.due_on for part in parts.parts] == [date(2024, 10, 8), date(2024, 11, 8), date(2024, 12, 8)]
    assert "与总额一致" in parts.sum.text()
    assert tab.editor.deadline.text() == "自2024年10月8日起分 3 期，至2024年12月8日"
    amount = tab.findChild(type(tab.editor.amount), "mediation.agreement.parts.3.amount")
    amount.selectAll()
    type_into(amount, "1000")
    assert "还差 168.50元" in parts.sum.text()
    qtbot.waitUntil(lambda: "相差 168.50元" in _told(tab))
    assert tab.side.findChild(object, "mediation.agreement_side.checks").text() == "核对 1"


def test_a_clause_is_found_by_letters_and_put_in_with_its_places_filled(
    window: Window, qtbot: QtBot, hands: Hands
) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    type_into(tab.editor.amount, "3000")
    press(tab.editor.amount, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert tab.shelf.find.hasFocus()
    type_into(tab.shelf.find, "ycfq")
    press(tab.shelf.find, Qt.Key.Key_Return)
    put = tab.editor.terms.terms[-1]
    assert put.startswith("赵样例于____前一次性支付王测试3,000元")
    assert "payment" in tab.editor.topics.codes
    term = tab.editor.terms.editors[-1]
    assert term.hasFocus() and term.textCursor().selectedText() == "____"
    type_into(term, "2024年10月8日")
    assert "赵样例于2024年10月8日前一次性" in tab.editor.terms.terms[-1]


def test_what_an_agreement_must_not_say_is_told_with_its_article(
    window: Window, qtbot: QtBot, hands: Hands
) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    tab.editor.terms.add("王测试不得再向法院起诉。")
    qtbot.waitUntil(lambda: "限制了起诉" in _told(tab))
    tab.save()
    qtbot.waitUntil(lambda: "限制了起诉" in tab.editor.fields["terms"].sentence)
    assert hands.case.draft is None


def test_a_draft_is_kept_printed_signed_and_takes_effect(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    type_into(tab.editor.amount, "3000")
    tab.editor.parts.divide()
    press(tab.editor.amount, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: tab.paper.paper is not None, timeout=15_000)
    assert tab.paper.paper.title.startswith("人民调解协议书")
    draft = hands.case.draft
    assert draft is not None and draft.amount == 300_000 and len(hands.case.instalments) == 3

    tab._show_side("sign")
    signing = tab.signing
    press(signing.days["signed_on"], Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: "加盖" in _line_of(signing))
    for box in signing._boxes.values():
        box.setChecked(True)
    signing.mediators.setChecked(True)
    type_into(signing.days["sealed_on"], "今天")
    assert signing.days["effective_on"].text() == ""  # nobody but a person says when it takes effect
    type_into(signing.days["effective_on"], "9-20")
    press(signing.days["effective_on"], Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: hands.case.agreement is not None)
    agreement = hands.case.agreement
    assert agreement is not None and agreement.effective_on == date(2024, 9, 20)
    qtbot.waitUntil(lambda: tab._stack.currentWidget() is tab.view)


def _line_of(signing: object) -> str:
    fields = signing._day_fields.values()  # type: ignore[attr-defined]
    return "".join(field.sentence for field in fields)


def test_an_unsaved_change_is_not_signed(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.agreed()
    hands.take(hands.draft())
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    tab.editor.terms.add("赵样例当面道歉。")
    tab.signing.sign()
    assert "改动没有保存" in tab.signing.message.text()
    assert hands.case.agreement is None


def test_an_agreement_in_force_is_changed_for_a_reason(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.signed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    qtbot.waitUntil(lambda: tab._stack.currentWidget() is tab.view)
    assert tab.change_button.isVisible() and not tab.save_button.isVisible()
    tab.change()
    qtbot.waitUntil(lambda: "变更协议的原因" in _told(tab))
    type_into(tab.editor.reason, "双方同意延期")
    tab.editor.deadline.setText("2025年1月31日前")
    tab.save()
    qtbot.waitUntil(lambda: hands.case.draft is not None)
    draft = hands.case.draft
    assert draft is not None and (draft.version, draft.reason) == (2, "双方同意延期")
    assert hands.case.agreement is not None and hands.case.agreement.version == 1


def test_what_is_being_written_survives_a_change_elsewhere(
    window: Window, qtbot: QtBot, hands: Hands
) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    tab.editor.terms.add("赵样例清理院墙。")
    version = hands.case.version
    hands.take(hands.draft())
    window.session.matter_changed.emit(hands.matter_id)
    qtbot.waitUntil(lambda: window.page("mediation").case.version > version)  # type: ignore[attr-defined]
    assert "赵样例清理院墙。" in tab.editor.terms.terms


def test_by_word_of_mouth_it_takes_effect_at_once(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    tab.begin("oral")
    assert tab.editor.is_oral and "口头协议生效" in tab.save_button.text()
    tab.editor.when.choose("at_once")
    press(tab.editor.facts, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: hands.case.agreement is not None)
    agreement = hands.case.agreement
    assert agreement is not None and agreement.form == "oral" and agreement.at_once


def test_what_was_being_written_waits_while_another_case_is_looked_at(
    window: Window, qtbot: QtBot, hands: Hands
) -> None:
    hands.agreed()
    other = Hands(hands.office)
    other.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    tab.editor.terms.add("赵样例清理院墙。")
    open_tab(window, qtbot, other.matter_id, "agreement")
    qtbot.waitUntil(lambda: "赵样例清理院墙。" not in tab.editor.terms.terms)
    open_tab(window, qtbot, hands.matter_id, "agreement")
    qtbot.waitUntil(lambda: "赵样例清理院墙。" in tab.editor.terms.terms)
    assert "没有保存" in tab._state.text() and hands.case.draft is None
