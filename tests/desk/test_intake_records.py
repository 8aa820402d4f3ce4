"""Earlier records while typing, further visits, and accusations nobody else may learn of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.intake.page import IntakePage, State
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.visit import Person, Registered, VisitForm
from qingyuan_desk.services import ledger, reception
from tests.desk.intake_hands import page_of
from tests.hands import type_into

ID = "11010519491231002X"
Visit = Callable[..., VisitForm]


@pytest.fixture
def page(window: Window) -> IntakePage:
    return page_of(window)


@pytest.fixture
def earlier(page: IntakePage, visit: Visit) -> Registered:
    """A neighbour dispute of last week, and a note on it."""
    done = reception.register(
        page.office,
        page.actor,
        visit(
            name="王建国",
            id_number=ID,
            phone="13800138000",
            township="冉庄镇",
            village="冉庄村",
            opponent="李大山",
        ),
    )
    ledger.add_note(page.office, page.actor, "n1", done.matter_id, "李大山答应先停工。")
    return done


def test_cards_say_why_and_what_was_answered(page: IntakePage, earlier: Registered, qtbot: QtBot) -> None:
    assert "列出同一人" in page.records._empty.text()
    type_into(page.visitor.id_number, ID)
    qtbot.waitUntil(lambda: len(page.records.matches) == 1)
    model = page.records.list.cards
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "1次 · 同一证件号" in said and "清事〔2024〕0001号" in said and "李大山答应先停工" in said
    assert "王**" in said and "王建国" not in said
    page.visitor.id_number.clear()
    type_into(page.visitor.name, "没来过的人")
    qtbot.waitUntil(lambda: not page.records.matches)
    qtbot.waitUntil(lambda: "没有同一人" in page.records._empty.text())


def test_f4_is_another_visit_of_the_same_matter(
    page: IntakePage, window: Window, earlier: Registered, qtbot: QtBot
) -> None:
    type_into(page.visitor.name, "王建国")
    type_into(page.claim.narrative, "又来问调解的事，咨询法律怎么规定。")
    qtbot.waitUntil(lambda: bool(page.records.matches))
    QTest.keyClick(window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: page.claim.again.isVisible())
    assert page.claim.again.text() == "第2次来访 · 清事〔2024〕0001号"
    assert page.visitor.id_number.text() == ID and page.visitor.phone.text() == "13800138000"
    assert page.claim.opponents.rows[0].name.text() == "李大山"
    qtbot.waitUntil(lambda: page.claim.route.flow.code == "mediation")
    assert page.claim.route.suggestion.headline.text() == "沿用原事项的类别和流程"
    page.save()
    qtbot.waitUntil(lambda: page._state is State.SAVED)
    assert page.foot.after.whole.endswith("（第2次来访，清事〔2024〕0001号）")
    facts = ledger.matter(page.office, page.actor, earlier.matter_id)
    assert [each.ordinal for each in facts.visits] == [1, 2]


def test_f4_can_be_taken_back(page: IntakePage, window: Window, earlier: Registered, qtbot: QtBot) -> None:
    type_into(page.visitor.name, "王建国")
    qtbot.waitUntil(lambda: bool(page.records.matches))
    before = page.form()
    QTest.keyClick(window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: page.claim.again.isVisible())
    type_into(page.claim.narrative, "这回是另一件事。")
    page.claim.not_again.click()
    now = page.form()
    assert now.matter == "" and now.persons == before.persons and now.opponents == before.opponents
    assert now.narrative == "这回是另一件事。" and not page.claim.again.isVisible()


def test_digits_and_arrows_choose_a_card(
    page: IntakePage, window: Window, earlier: Registered, visit: Visit, qtbot: QtBot
) -> None:
    reception.register(page.office, page.actor, visit(name="王建国", narrative="咨询低保怎么申请。"))
    type_into(page.visitor.name, "王建国")
    qtbot.waitUntil(lambda: len(page.records.matches) == 2)
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page.records.list
    QTest.keyClick(page.records.list, "2")
    second = page.records.matches[1]
    assert page.records.chosen == second
    QTest.keyClick(page.records.list, Qt.Key.Key_Up)
    assert page.records.chosen == page.records.matches[0]
    opened: list[object] = []
    window.session.matter_wanted.disconnect()
    window.session.matter_wanted.connect(opened.append)
    page.records.open.click()
    assert opened == [page.records.matches[0].matter_id]


def test_again_from_another_page(page: IntakePage, window: Window, earlier: Registered, qtbot: QtBot) -> None:
    window.show_page("ledger")
    window.session.visit_wanted.emit(earlier.matter_number)
    assert window.current is page
    qtbot.waitUntil(lambda: page.claim.again.isVisible())
    assert page.visitor.name.text() == "王建国" and QApplication.focusWidget() is page.claim.narrative


def test_an_accusation_is_sealed_and_says_so(page: IntakePage, qtbot: QtBot) -> None:
    type_into(page.visitor.name, "赵某某")
    type_into(page.claim.narrative, "我要举报村主任贪污低保款。")
    page.claim.opponents.rows[0].kind.set_code("organ")
    qtbot.waitUntil(lambda: page.claim.sealed)
    assert page.claim.sealed_tag.isVisible()
    assert page.claim.route.suggestion.headline.text().startswith("密件，只转纪检监察机关")
    assert "检举控告" in page.sheet.fields()["flags"].sentence
    page.save()
    qtbot.waitUntil(lambda: page._state is State.SAVED)
    assert page._registered is not None and page._registered.sealed
    others = Actor("other", "另一位登记员", "clerk")
    form = VisitForm("r", persons=(Person(name="赵某某"),))
    assert reception.matches(page.office, others, form) == ()
    page.session.become(others)
    page.start_new()
    type_into(page.visitor.name, "赵某某")
    qtbot.waitUntil(lambda: "没有同一人" in page.records._empty.text())
    assert page.records.matches == ()


def test_not_sealing_wants_a_reason(page: IntakePage, qtbot: QtBot) -> None:
    type_into(page.visitor.name, "赵某某")
    type_into(page.claim.narrative, "我要举报村主任贪污低保款。")
    qtbot.waitUntil(lambda: page.claim.sealed)
    chip = page.claim.flags._buttons["accusation"]
    chip.click()
    qtbot.waitUntil(lambda: page.claim.route.reason.isVisible())
    assert not page.claim.sealed
    page.save()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.claim.route.reason)
    assert "不按密件办理的，请写一句理由" in page.sheet.fields()["route_reason"].sentence
    type_into(page.claim.route.reason, "只是随口一说，来访人不检举")
    page.save()
    qtbot.waitUntil(lambda: page._state is State.SAVED)
    assert page._registered is not None and not page._registered.sealed


def test_stale_answers_are_dropped(page: IntakePage, earlier: Registered, qtbot: QtBot) -> None:
    type_into(page.visitor.name, "王建国")
    page._look()
    page.visitor.name.setText("没来过的人")
    page._look()
    qtbot.waitUntil(lambda: "没有同一人" in page.records._empty.text())
    qtbot.wait(100)
    assert page.records.matches == ()
