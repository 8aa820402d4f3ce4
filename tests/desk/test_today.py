"""今日必办 at the window: the list that opens where it is done, the page to print, letters of urging and their answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.today import due_view, evaluation_view
from qingyuan_desk.desk.today.page import TodayPage
from qingyuan_desk.desk.window import Window
from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.handling import forms
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import handling, today
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI, Clock
from tests.hands import press, type_into
from tests.services.handled import UNIT, forwarded, petition, registered, take

Visit = Callable[..., VisitForm]


@pytest.fixture
def matters(office: Office, clerk: Actor, clock: Clock, visit: Visit) -> dict[str, int]:
    """On Friday 11 October 2024: one overdue, one sent and not signed for, one for mediation."""
    late = petition(office, clerk, visit, name="王迟样")
    clock.moment = datetime(2024, 10, 8, 9, 0, tzinfo=SHANGHAI)
    sent = petition(office, clerk, visit, name="李送样")
    forwarded(office, clerk, sent)
    mediated = registered(office, clerk, visit, "civil_dispute", "mediation", name="赵调样")
    clock.moment = datetime(2024, 10, 11, 9, 0, tzinfo=SHANGHAI)
    return {"late": late, "sent": sent, "mediated": mediated}


@pytest.fixture
def page(window: Window, matters: dict[str, int], qtbot: QtBot) -> TodayPage:
    window.show_page("today")
    shown = window.page("today")
    assert isinstance(shown, TodayPage)
    qtbot.waitUntil(lambda: shown.due.day is not None)
    return shown


def texts(page: TodayPage) -> list[str]:
    model = page.due.table.model()
    return [str(model.index(row, 2).data()) for row in range(model.rowCount())]


def test_the_list_the_badge_and_the_status_line_say_the_same(
    window: Window, page: TodayPage, office: Office, clerk: Actor, qtbot: QtBot
) -> None:
    day = today.day(office, clerk)
    assert page.due.day == day and len(texts(page)) == len(day.ringing) == 3
    status = window.findChild(QLabel, "status.due")
    assert status is not None
    window._refresh_status()
    qtbot.waitUntil(lambda: status.text() == "今日必办 3（已超期 3）")
    assert window.rail._buttons["today"].accessibleDescription() == "3 件到期"


def test_a_state_and_a_kind_narrow_the_list(page: TodayPage) -> None:
    page.due.states.choose("ok")
    assert texts(page) == []
    assert "没有这样的事" in page.due.empty.text()
    page.due.states.choose("overdue")
    page.due.kind.set_code("receive")
    page.due.kind.chosen.emit("receive")
    assert [text.partition("　")[0] for text in texts(page)] == ["李**"]


@pytest.mark.parametrize(("kind", "step"), [("clock", "forward"), ("receive", "receive")])
def test_a_line_opens_where_it_is_done(
    page: TodayPage, session: Session, qtbot: QtBot, kind: str, step: str
) -> None:
    row = next(row for row, line in enumerate(page.due.day.ringing) if line.kind == kind)  # type: ignore[union-attr]
    page.due.table.selectRow(row)
    page.due.table.setFocus()
    with qtbot.waitSignal(session.handling_wanted) as wanted:
        press(page.due.table, Qt.Key.Key_Return)
    assert wanted.args[1] == step


def test_a_quiet_mediation_opens_on_its_page(
    page: TodayPage, session: Session, qtbot: QtBot, matters: dict[str, int], clock: Clock
) -> None:
    clock.forward(days=3)
    page._go_to("quiet")
    qtbot.waitUntil(lambda: "无更新（" in page.quiet.words.text())
    assert page.quiet.words.text().startswith("3 件 3 天无更新（")
    place = next(
        row
        for row in range(page.quiet.table.model().rowCount())
        if page.quiet.table.model().index(row, 0).data(Qt.ItemDataRole.UserRole).flow == "mediation"
    )
    page.quiet.table.selectRow(place)
    with qtbot.waitSignal(session.case_wanted) as wanted:
        press(page.quiet.table, Qt.Key.Key_Return)
    assert wanted.args == [matters["mediated"]]


def test_f8_shows_the_page_to_print_and_esc_leaves_it(page: TodayPage, qtbot: QtBot) -> None:
    page.due.table.setFocus()
    press(page.due.table, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.paper.paper is not None, timeout=20_000)
    assert page.paper.paper and (page.paper.paper.title, page.paper.paper.pages) == ("今日必办", 1)
    page.paper.print_button.setFocus()
    press(page.paper, Qt.Key.Key_Escape)
    assert page._stack.currentWidget() is page.due


def test_a_letter_is_changed_issued_and_answered(
    page: TodayPage, office: Office, clerk: Actor, qtbot: QtBot, matters: dict[str, int]
) -> None:
    page._go_to("urging")
    letter = page.urging.letter
    qtbot.waitUntil(letter.isVisible)
    assert letter.to.whole == "致 区自然资源和规划局"
    assert "待单位签收" in letter.cause.toPlainText()
    letter.requirement.clear()
    type_into(letter.requirement, "请今天签收并回电。")
    letter.reply_by.setText("看不懂")
    letter.issue()
    assert "回复期限看不懂" in letter.findChild(QLabel, "today.letter.reply_by.message").text()  # type: ignore[union-attr]
    letter.reply_by.setText("+2")
    letter.reply_by.setFocus()
    press(letter.reply_by, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.paper.paper is not None, timeout=20_000)
    urge = handling.case(office, clerk, matters["sent"]).urges[0]
    assert (urge.unit, urge.requirement, urge.rule) == (UNIT, "请今天签收并回电。", "sign_remind")
    assert page.paper.paper and page.paper.paper.title == f"催办函（{urge.number}，2024年10月11日）"
    page._leave_paper()
    qtbot.waitUntil(lambda: page.urging.words.text() == "建议催办督办 0 件")
    qtbot.waitUntil(lambda: page.urging.reply_button.isEnabled())
    page.urging._answer(cancelled=True)
    qtbot.waitUntil(lambda: "请填写取消的理由" in page.urging.message.text())
    type_into(page.urging.reply, "已派人来取")
    press(page.urging.reply, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.urging.waiting_words.text() == "等待回复 0 件")
    assert handling.case(office, clerk, matters["sent"]).urges[0].reply == "已派人来取"


def test_who_may_not_handle_cannot_issue(page: TodayPage, session: Session, qtbot: QtBot) -> None:
    session.become(Actor("m", "调解员样例", "mediator"))
    page._go_to("urging")
    qtbot.waitUntil(page.urging.letter.isVisible)
    assert not page.urging.letter.issue_button.isEnabled()
    assert not page.urging.export_button.isEnabled()


def test_how_the_work_goes(
    page: TodayPage, office: Office, clerk: Actor, matters: dict[str, int], qtbot: QtBot
) -> None:
    take(office, clerk, matters["late"], forms.Rate(satisfaction="refused"))
    page._go_to("evaluation")
    view = page.evaluation
    qtbot.waitUntil(lambda: view.units.model().rowCount() == 1)
    row = [str(view.units.model().index(0, column).data()) for column in range(4)]
    assert row == ["—", "区自然资源和规划局", "100", "1"]
    view._enter("satisfaction")
    qtbot.waitUntil(lambda: view.votes.model().rowCount() == 1)
    assert view.votes.model().index(0, 7).data() == "1" and view.votes.model().index(0, 6).data() == "—"
    view._enter("durations")
    qtbot.waitUntil(lambda: view.durations.model().rowCount() > 0)
    view.first.setText("九月")
    view.first.editingFinished.emit()
    assert "日期写作" in view.message.text()


def test_sheets_are_written(
    page: TodayPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "今日.xlsx"
    monkeypatch.setattr(due_view, "ask_where", lambda *_: path)
    page.due.export_button.click()
    qtbot.waitUntil(path.exists, timeout=20_000)
    assert len(sheets.read(path).rows) == 3
    other = tmp_path / "评价.xlsx"
    monkeypatch.setattr(evaluation_view, "ask_where", lambda *_: other)
    page._go_to("evaluation")
    page.evaluation.export_button.click()
    qtbot.waitUntil(other.exists, timeout=20_000)


def test_the_keys_of_the_rooms(page: TodayPage) -> None:
    for key, room in ((Qt.Key.Key_3, "urging"), (Qt.Key.Key_1, "due"), (Qt.Key.Key_4, "evaluation")):
        QTest.keyClick(page, key, Qt.KeyboardModifier.ControlModifier)
        assert page.rooms.code == room


def test_the_rules_are_edited_in_place(page: TodayPage, office: Office, qtbot: QtBot) -> None:
    page._go_to("rules")
    model = page.rules.editor.model
    days = [cell.key for cell in model.columns].index("days")
    model.setData(model.index(0, days), "很久")
    press(page.rules.editor.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "天数填" in page.rules.message.text())
    model.setData(model.index(0, days), "4")
    press(page.rules.editor.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: office.reference.urging_rules[0].days == 4)


def test_what_is_typed_into_a_letter_stays_when_the_list_is_read_again(
    page: TodayPage, session: Session, qtbot: QtBot
) -> None:
    page._go_to("urging")
    letter = page.urging.letter
    qtbot.waitUntil(letter.isVisible)
    type_into(letter.requirement, "今天中午以前。")
    page.urging.words.setText("")
    session.matter_changed.emit(0)
    qtbot.waitUntil(lambda: page.urging.words.text() == "建议催办督办 1 件")
    assert letter.requirement.toPlainText().startswith("今天中午以前。")


def test_from_the_list_to_the_form_of_its_step(
    window: Window, page: TodayPage, qtbot: QtBot, matters: dict[str, int]
) -> None:
    row = next(row for row, line in enumerate(page.due.day.ringing) if line.kind == "receive")  # type: ignore[union-attr]
    page.due.table.selectRow(row)
    press(page.due.table, Qt.Key.Key_Return)
    assert window.current.code == "matter"
    matter = window.page("matter")
    qtbot.waitUntil(lambda: matter.handling_tab.form.step == "receive", timeout=10_000)  # type: ignore[attr-defined]
    assert matter.case.matter_id == matters["sent"]  # type: ignore[attr-defined]


def test_an_answer_for_another_table_is_not_shown(page: TodayPage, qtbot: QtBot) -> None:
    page._go_to("evaluation")
    view = page.evaluation
    for room in ("satisfaction", "units", "durations"):
        view._enter(room)
    qtbot.waitUntil(lambda: view.durations.model().rowCount() > 0)
    assert view.durations.model().index(0, 1).data()
    assert view.units.model().rowCount() == view.votes.model().rowCount() == 0
