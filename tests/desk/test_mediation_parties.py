"""Parties of a case: the application, who agrees, how they were reached, what is written down about each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.mediation.parties_tab import PartiesTab
from qingyuan_desk.desk.session import Session
from qingyuan_desk.domain.mediation.forms import Describe, Open, PutParty
from qingyuan_desk.services.office import Office
from tests.desk.mediation_hands import Hands
from tests.desk.mediation_page import Page
from tests.hands import press, type_into


@pytest.fixture
def hands(office: Office) -> Hands:
    made = Hands(office)
    made.register()
    return made


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Page:
    return Page(session, qtbot)


def _tab(page: Page) -> PartiesTab:
    found = page.tab("parties")
    assert isinstance(found, PartiesTab)
    return found


def test_an_application_is_registered_from_the_keyboard(page: Page, hands: Hands, qtbot: QtBot) -> None:
    page.open(hands.matter_id)
    form = _tab(page).dispute_form
    assert form.facts.toPlainText() == "邻居翻建房屋，滴水落到我家院里，请求调解。"
    assert not page.find(QPushButton, "agree").isVisible(), "nobody is asked before there is an application"
    form.origin.set_code("police")
    form.is_open.choose("open")
    form.difficulty.choose("complex")
    type_into(form.claims, "改建滴水檐\n赔偿墙面损失")
    press(form.claims, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.page.case.mediation is not None)  # type: ignore[union-attr]
    kept = hands.case.mediation
    assert kept is not None
    assert (kept.origin, kept.is_open, kept.difficulty) == ("police", True, "complex")
    assert kept.claims == ("改建滴水檐", "赔偿墙面损失")
    assert _tab(page).side.code == "party"
    assert page.find(QPushButton, "agree").isVisible()


def test_what_is_wrong_with_an_application_is_said_at_its_field(
    page: Page, hands: Hands, qtbot: QtBot
) -> None:
    page.open(hands.matter_id)
    form = _tab(page).dispute_form
    form.facts.setPlainText("乱" * 20_001)
    press(form.facts, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "最多" in page.says("facts.message"))
    assert hands.case.mediation is None
    assert form.facts.toPlainText(), "what was typed stays"


def test_each_party_agrees_with_one_key_and_the_last_one_gives_the_number(
    page: Page, hands: Hands, qtbot: QtBot
) -> None:
    hands.take(Open(claims=("改建滴水檐",)))
    page.open(hands.matter_id)
    table = _tab(page).table
    page.find(QPushButton, "consent_how.phone").click()
    press(table, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: table.party is not None and table.party.name == "赵样例")
    assert hands.case.parties[0].consent == "agreed"
    assert hands.case.parties[0].consent_how == "phone"
    press(table, Qt.Key.Key_Y)
    page.until(node="assign")
    assert page.says("dossier_number") == "（2024）清综人调字第0001号"
    assert "（2024）清综人调字第0001号" in page.told
    assert "待选定调解员" in page.told


def test_a_refusal_ends_the_case(page: Page, hands: Hands) -> None:
    hands.take(Open(claims=("改建滴水檐",)))
    page.open(hands.matter_id)
    assert "第十七条" in page.find(QPushButton, "refuse").toolTip()
    press(_tab(page).table, Qt.Key.Key_N)
    page.until(node="ended")
    assert hands.case.mediation.ground == "refused"  # type: ignore[union-attr]
    assert not page.find(QPushButton, "agree").isEnabled()


def test_pressing_twice_writes_an_attempt_once_and_each_is_counted(
    page: Page, hands: Hands, qtbot: QtBot
) -> None:
    hands.take(Open(claims=("改建滴水檐",)))
    page.open(hands.matter_id)
    tab = _tab(page)
    tab.table.choose(1)
    type_into(tab.answers.log.note, "没人接")
    tab.answers.log.write(False)
    tab.answers.log.write(False)
    qtbot.waitUntil(lambda: page.says("contact_count") == "联系记录 1 次，没联系上 1 次")
    qtbot.waitUntil(lambda: tab.answers.log.note.text() == "")
    tab.answers.log.write(False)
    qtbot.waitUntil(lambda: page.says("contact_count") == "联系记录 2 次，没联系上 2 次")
    assert [each.note for each in hands.case.contacts] == ["没人接", ""]
    assert {each.party for each in hands.case.contacts} == {hands.case.parties[1].record_id}


def test_what_another_desk_wrote_meanwhile_is_not_written_over(
    page: Page, hands: Hands, qtbot: QtBot
) -> None:
    hands.take(Open(claims=("改建滴水檐",)))
    page.open(hands.matter_id)
    party = hands.case.parties[0]
    hands.take(PutParty(replace(party, address="别的窗口填的地址")))
    agent = page.find(QLineEdit, "party_agent")
    page.find(QPushButton, "party_authority.general").click()
    type_into(agent, "周代理")
    press(agent, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "有人改过" in page.told)
    kept = hands.case.parties[0]
    assert (kept.address, kept.agent) == ("别的窗口填的地址", "")
    qtbot.waitUntil(lambda: page.page.case.version == hands.case.version)
    address = page.find(QLineEdit, "party_address")
    assert address.text() == "别的窗口填的地址", "what nobody typed over shows what is written now"
    assert agent.text() == "周代理", "what was typed stays"
    press(agent, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: hands.case.parties[0].agent == "周代理")
    assert hands.case.parties[0].address == "别的窗口填的地址"


def test_what_is_typed_about_the_dispute_is_laid_over_what_others_wrote(
    page: Page, hands: Hands, qtbot: QtBot
) -> None:
    hands.take(Open(facts="旧的", claims=("改建滴水檐",)))
    page.open(hands.matter_id)
    tab = _tab(page)
    tab.turn("dispute")
    tab.dispute_form.claims.setPlainText("改建滴水檐\n赔偿")
    hands.take(Describe(facts="别的窗口改的", claims=("改建滴水檐",)))
    page.session.matter_changed.emit(hands.matter_id)
    qtbot.waitUntil(lambda: tab.dispute_form.facts.toPlainText() == "别的窗口改的")
    assert tab.dispute_form.claims.toPlainText() == "改建滴水檐\n赔偿"


def test_a_party_is_edited_and_a_refusal_stands_at_the_field(page: Page, hands: Hands, qtbot: QtBot) -> None:
    hands.take(Open(claims=("改建滴水檐",)))
    page.open(hands.matter_id)
    tab = _tab(page)
    agent = page.find(QLineEdit, "party_agent")
    page.find(QPushButton, "party_authority.general").click()
    press(agent, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "代理人" in page.says("party_agent.message"))
    qtbot.waitUntil(agent.hasFocus)
    type_into(agent, "周代理")
    type_into(page.find(QLineEdit, "party_occupation"), "务农")
    press(agent, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: hands.case.parties[0].agent == "周代理")
    assert (hands.case.parties[0].authority, hands.case.parties[0].occupation) == ("general", "务农")
    qtbot.waitUntil(lambda: not tab.party_form.edited)
    assert page.says("party_agent.message") == ""


def test_what_is_typed_about_a_party_waits_for_it(page: Page, hands: Hands, qtbot: QtBot) -> None:
    hands.take(Open(claims=("改建滴水檐",)))
    page.open(hands.matter_id)
    tab = _tab(page)
    occupation = page.find(QLineEdit, "party_occupation")
    type_into(occupation, "教师")
    tab.table.choose(1)
    assert occupation.text() == ""  # type: ignore[attr-defined]
    page.session.matter_changed.emit(hands.matter_id)
    qtbot.wait(50)
    tab.table.choose(0)
    assert occupation.text() == "教师"  # type: ignore[attr-defined]
    assert hands.case.parties[0].occupation == ""


def test_a_party_added_is_gone_to_and_must_agree_too(page: Page, hands: Hands, qtbot: QtBot) -> None:
    hands.take(Open(claims=("改建滴水檐",)))
    page.open(hands.matter_id)
    tab = _tab(page)
    press(tab.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    name = page.find(QLineEdit, "party_name")
    qtbot.waitUntil(name.hasFocus)
    type_into(name, "孙样例")
    press(name, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: tab.table.party is not None and tab.table.party.name == "孙样例")
    assert hands.case.parties[2].side == "respondent"
    assert page.says("answer_who") == "孙样例"
    assert name.text() == "孙样例"  # type: ignore[attr-defined]
    assert page.find(QLabel, "answer_said").text() == "未答复"  # type: ignore[attr-defined]
