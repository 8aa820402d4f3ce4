"""Saving: once, at once, and nothing typed is ever lost."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.intake.page import IntakePage, State
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import ledger, reception
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.desk.intake_hands import page_of
from tests.hands import type_into
from tests.store.conftest import read_only_disk

__all__ = ["read_only_disk"]

GOOD = VisitForm(
    "",
    persons=(Person(name="王建国"),),
    opponents=(Opponent(name="李大山"),),
    narrative="邻居盖房占了我家宅基地，多次协商不成，请求调解。",
)


@pytest.fixture
def page(window: Window) -> IntakePage:
    return page_of(window)


def _fill(page: IntakePage, form: VisitForm = GOOD) -> None:
    page._open(form)
    page._look()


def _saved(page: IntakePage, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: page._state is State.SAVED)
    return page.foot.number.text()


def _visits(page: IntakePage) -> int:
    return ledger.today(page.office, page.actor).visits


def test_f9_gives_a_number_a_notice_and_a_form_to_read(
    page: IntakePage, window: Window, qtbot: QtBot
) -> None:
    _fill(page)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert _saved(page, qtbot) == "清访〔2024〕0001号"
    assert window.notice.text == "清访〔2024〕0001号 已登记，请到乡贤调解室"
    assert not page.visitor.name.isEnabled() and page.visitor.name.text() == "王建国"
    assert window.status._kept.text() == "已保存 10:32:05"
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert page.visitor.name.isEnabled() and page.visitor.name.text() == ""
    assert page.foot.number.text() == "" and QApplication.focusWidget() is page.visitor.name


def test_a_hasty_hand_registers_once(page: IntakePage, window: Window, qtbot: QtBot) -> None:
    _fill(page)
    page.foot.save.setFocus()
    for _ in range(10):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
        QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.mouseDClick(page.foot.save, Qt.MouseButton.LeftButton)
    assert _saved(page, qtbot) == "清访〔2024〕0001号"
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
        QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.wait(50)
    assert page._state is State.SAVED and _visits(page) == 1


def test_f9_with_an_open_list_takes_what_was_typed(page: IntakePage, window: Window, qtbot: QtBot) -> None:
    _fill(page)
    box = page.visitor.township
    box.setFocus()
    QTest.keyClicks(box, "rz")
    popup = box.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_F9)
    assert not popup.isVisible()
    number = _saved(page, qtbot)
    facts = ledger.matter(page.office, page.actor, number)
    assert page.office.reference.place(facts.township) == "冉庄镇"


def test_f8_saves_first_and_prints_then(page: IntakePage, window: Window, qtbot: QtBot) -> None:
    _fill(page)
    assert page.foot.print.text() == "保存并打印 F8"
    QTest.keyClick(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.papers.drawer.paper is not None)
    assert page.papers.is_open and page.papers.drawer.paper is not None
    assert (page.papers.drawer.paper.kind, page.papers.drawer.paper.visit_number) == (
        "receipt",
        "清访〔2024〕0001号",
    )
    assert page.foot.print.text() == "打印回执 F8"
    QTest.keyClick(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: "请先选一台打印机" in page.papers.drawer.message.whole)
    assert _visits(page) == 1
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.papers.is_open


def test_a_refused_form_keeps_everything_and_shows_the_first_fault(
    page: IntakePage, window: Window, qtbot: QtBot
) -> None:
    _fill(page, VisitForm("", persons=(Person(name="", phone="12345"),), narrative=""))
    page.visitor.phone.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: "要核对" in page.foot.message.whole)
    assert page.foot.message.whole == "还没有保存：有 3 处要核对"
    assert QApplication.focusWidget() is page.visitor.name
    assert page.visitor.phone.text() == "12345"
    page._open(GOOD)
    page.save()
    _saved(page, qtbot)
    assert not page.papers.is_open and _visits(page) == 1


def test_a_disk_that_takes_no_more_keeps_the_form_and_the_request(
    page: IntakePage, window: Window, qtbot: QtBot
) -> None:
    limits = pytest.importorskip("resource")
    _fill(page)
    qtbot.waitUntil(lambda: page._assessed == page.form())
    request, form = page._request_id, page.form()
    page.visitor.phone.setFocus()
    soft, hard = limits.getrlimit(limits.RLIMIT_FSIZE)
    limits.setrlimit(limits.RLIMIT_FSIZE, (1, hard))
    try:
        page.save()
        qtbot.waitUntil(lambda: page._state is State.FILLING)
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, (soft, hard))
    assert re.search(r"（QY-10[12]）$", window.notice.text) and page.form() == form
    assert page.foot.message.whole == "还没有保存，内容都在，可以再按 F9"
    assert page.foot.save.isEnabled() and QApplication.focusWidget() is page.visitor.phone
    page.save()
    assert _saved(page, qtbot) == "清访〔2024〕0001号"
    assert page._registered is not None and page._registered.request_id == request


def test_a_folder_that_cannot_be_written_to_says_so(
    desk_app: QApplication,
    tmp_path: Path,
    clock: Clock,
    qtbot: QtBot,
    read_only_disk: Callable[[Path], Path],
) -> None:
    Office.open(tmp_path / "数据", now=clock).close()
    office = Office.open(read_only_disk(tmp_path / "数据"), now=clock)
    window = Window(Session(office, office.actor("clerk")))
    qtbot.addWidget(window)
    window.show()
    page = page_of(window)
    assert "QY-103" in page.strip.text.whole and "只读查询" in page.strip.text.whole
    assert not page.foot.save.isEnabled() and not page.visitor.name.isEnabled()
    page.save()
    page.start_new()
    window.close()
    background.wait_for_all()
    office.close()


def test_a_busy_disk_is_waited_for_and_said(page: IntakePage, window: Window, qtbot: QtBot) -> None:
    _fill(page)
    qtbot.waitUntil(lambda: page._assessed == page.form())
    other = sqlite3.connect(page.office.folder / "desk.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page.save()
    qtbot.waitUntil(lambda: page.foot.message.whole == "正在保存……")
    page.save()
    assert not page.foot.save.isEnabled() and not page.visitor.name.isEnabled()
    other.execute("ROLLBACK")
    other.close()
    assert _saved(page, qtbot) == "清访〔2024〕0001号" and _visits(page) == 1


def test_saved_before_but_not_told_is_one_visit(page: IntakePage, window: Window, qtbot: QtBot) -> None:
    _fill(page)
    first = reception.register(page.office, page.actor, page.form())
    page.claim.narrative.appendPlainText("又补充一句。")
    page.save()
    assert _saved(page, qtbot) == first.visit_number
    assert "没有重复登记" in window.notice.text and _visits(page) == 1


def test_choosing_otherwise_wants_a_reason(page: IntakePage, qtbot: QtBot) -> None:
    _fill(page)
    route = page.claim.route
    qtbot.waitUntil(lambda: route.category.code == "civil_dispute")
    assert not route.reason.isVisible()
    said = route.suggestion.reasons.text()
    assert "“宅基地”" in said and "《人民调解法》" in said
    route.category.choose("petition_matter")
    qtbot.waitUntil(lambda: route.reason.isVisible() and route.flow.code == "petition")
    assert route.room_name == "信访接待室"
    page.save()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is route.reason)
    assert "请写一句理由" in page.sheet.fields()["route_reason"].sentence
    route.reason.setText("来访人坚持走信访程序")
    page.save()
    facts = ledger.matter(page.office, page.actor, _saved(page, qtbot))
    assert facts.category == "petition_matter"
    assert any("坚持走信访" in event.note for event in facts.events)


def test_taking_a_choice_back_follows_the_suggestion_again(page: IntakePage, qtbot: QtBot) -> None:
    _fill(page)
    route = page.claim.route
    qtbot.waitUntil(lambda: route.category.code == "civil_dispute")
    route.category.choose("legal_question")
    qtbot.waitUntil(lambda: route.flow.code == "consultation")
    route.category.choose("legal_question")
    qtbot.waitUntil(lambda: route.category.code == "civil_dispute" and route.flow.code == "mediation")
    assert not route.reason.isVisible() and page.form().category == ""


def test_taking_back_wants_a_reason_and_leaves_the_form_to_correct(
    page: IntakePage, window: Window, qtbot: QtBot
) -> None:
    _fill(page)
    page.save()
    number = _saved(page, qtbot)
    qtbot.mouseClick(window.notice._action, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is page.foot.reason
    QTest.keyClick(page.foot.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "请写明撤回" in window.notice.text)
    QTest.keyClick(page.foot.reason, Qt.Key.Key_Escape)
    assert not page.foot.is_asking and page.foot.number.text() == number
    page.foot.undo.click()
    page.foot.reason.setText("登记错人")
    QTest.keyClick(page.foot.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "已撤回" in window.notice.text)
    assert page._state is State.FILLING and page.visitor.name.text() == "王建国"
    assert ledger.matter(page.office, page.actor, number).visits[0].void_reason == "登记错人"
    page.visitor.name.setText("王建民")
    page.save()
    qtbot.waitUntil(lambda: page.foot.number.text() == "清访〔2024〕0002号")


def test_a_mediator_sees_the_page_but_registers_nothing(
    page: IntakePage, window: Window, office: Office, qtbot: QtBot
) -> None:
    window.session.become(office.actor("mediator"))
    assert "没有登记来访的权限" in page.strip.text.whole and page.strip.isVisible()
    assert not page.foot.save.isEnabled() and not page.visitor.name.isEnabled()
    page.save()
    page.print()
    qtbot.wait(20)
    window.session.become(office.actor("clerk"))
    assert page.foot.save.isEnabled() and page.visitor.name.isEnabled()
    assert ledger.count(office, office.actor("clerk"), LedgerFilter(), 10) == 0


def test_what_one_person_typed_is_not_left_for_the_next(
    page: IntakePage, window: Window, office: Office, qtbot: QtBot
) -> None:
    type_into(page.visitor.name, "赵某某")
    type_into(page.claim.narrative, "我要举报村主任贪污低保款。")
    window.session.become(office.actor("mediator"))
    assert (page.visitor.name.text(), page.claim.narrative.toPlainText()) == ("", "")
    assert page.records.matches == ()
    qtbot.waitUntil(lambda: len(reception.drafts(office, office.actor("clerk"))) == 1)
    assert reception.drafts(office, office.actor("mediator")) == ()
    window.session.become(office.actor("clerk"))
    qtbot.waitUntil(lambda: "密件" in page.strip.text.whole or "赵某某" in page.strip.text.whole)


def test_received_earlier_is_registered_under_its_own_year(page: IntakePage, qtbot: QtBot) -> None:
    _fill(page)
    page.visitor.moment.setText("2023-12-29 16:40")
    page.visitor.source.setEditText("基层排查上报")
    page.save()
    number = _saved(page, qtbot)
    assert number == "清访〔2023〕0001号"
    visit = ledger.matter(page.office, page.actor, number).visits[0]
    assert f"{visit.received_at:%Y-%m-%d %H:%M}" == "2023-12-29 16:40" and visit.source == "township_report"
