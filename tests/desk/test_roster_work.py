"""The roster page at work: results, level, days off, training, renewal and 聘书, call-outs, 以案定补, and its tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.roster.page import RosterPage
from qingyuan_desk.desk.widgets.choice import ChoiceBox
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.window import Window
from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import callouts, roster, subsidy
from tests.conftest import Clock
from tests.hands import press, type_into
from tests.services import mediated

Visit = Callable[..., VisitForm]
Q3 = "2024Q3"


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> RosterPage:
    window.show_page("roster")
    made = window.page("roster")
    assert isinstance(made, RosterPage)
    qtbot.waitUntil(lambda: made.people.model.rowCount() == 34)
    return made


def _line(page: QWidget, name: str) -> LineEdit:
    return page.findChild(LineEdit, f"roster.{name}")


def _text(page: QWidget, name: str) -> str:
    return page.findChild(QLabel, f"roster.{name}").text()


def _click(qtbot: QtBot, page: QWidget, name: str) -> None:
    qtbot.mouseClick(page.findChild(QPushButton, f"roster.{name}"), Qt.MouseButton.LeftButton)


def _open(page: RosterPage, qtbot: QtBot, code: str = "M04", tab: int = 0) -> None:
    people = page.people
    qtbot.waitUntil(lambda: people.model.row_of(code) >= 0)
    people._open(people.model.index(people.model.row_of(code), 0))
    page.profile.tabs.setCurrentIndex(tab)


def _reread(page: RosterPage, qtbot: QtBot) -> None:
    """What was made through the services meanwhile comes into view."""
    page.session.roster_changed.emit()
    qtbot.wait(200)


# --- cards and profile -------------------------------------------------------------------------------------------


def test_cards_table_and_profile_tell_what_somebody_did(page: RosterPage, qtbot: QtBot, visit: Visit) -> None:
    office, clerk = page.office, page.actor
    mediated.settled(office, clerk, visit)
    mediated.failed(office, clerk, visit)
    mediated.begun(office, clerk, visit, ("M04",))
    page.session.matter_changed.emit(0)
    row = page.people.model.row_of("M04")
    cells = page.people.model
    heads = [cells.headerData(place, Qt.Orientation.Horizontal) for place in range(cells.columnCount())]
    wanted = {"在办": "1件", "成功率": "50%", "满意": "100%", "下次可约": "9月23日（周一）"}
    qtbot.waitUntil(
        lambda: {name: cells.index(row, heads.index(name)).data() for name in wanted} == wanted,
        timeout=10_000,
    )
    _open(page, qtbot, tab=1)
    qtbot.waitUntil(lambda: page.profile.results.table.model().rowCount() == 3)
    assert [_text(page, f"figure.{place}") for place in range(4)] == ["1", "50%", "100%", "100%"]
    opened: list[object] = []
    page.session.matter_wanted.connect(opened.append)
    press(page.profile.results.table, Qt.Key.Key_Return)
    page.profile.results._open(page.profile.results.table.model().index(0, 0))
    assert len(opened) >= 1
    assert "评二级还缺" in _text(page, "level_words") and "再办结248件" in _text(page, "level_words")


def test_a_mediator_without_cases_has_an_empty_state(page: RosterPage, qtbot: QtBot) -> None:
    _open(page, qtbot, tab=1)
    qtbot.waitUntil(lambda: "评" in _text(page, "level_words"))
    assert page.findChild(QLabel, "roster.no_cases").isVisible()
    assert not page.profile.results.table.isVisible()


def test_days_off_from_the_keyboard_and_back(page: RosterPage, qtbot: QtBot) -> None:
    _open(page, qtbot, tab=3)
    type_into(_line(page, "leave.first"), "2024-09-23")
    press(_line(page, "leave.first"), Qt.Key.Key_Return)
    type_into(_line(page, "leave.last"), "9-30")
    _click(qtbot, page, "leave.add")
    section = page.profile.records.leave
    qtbot.waitUntil(lambda: "请写明请假的原因" in section._fields["reason"].sentence)
    type_into(_line(page, "leave.reason_text"), "外出")
    _click(qtbot, page, "leave.add")
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "roster.leave.cancel.0") is not None)
    qtbot.waitUntil(lambda: "9月23日至9月30日请假" in _text(page, "entry_about"))
    model = page.people.model
    qtbot.waitUntil(
        lambda: model.index(model.row_of("M04"), 0).data(Qt.ItemDataRole.UserRole).card.leave != ""
    )
    _click(qtbot, page, "leave.cancel.0")
    type_into(_line(page, "leave.reason.0"), "提前回来")
    press(_line(page, "leave.reason.0"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "请假" not in _text(page, "entry_about"))
    told = [change.note for change in roster.history(page.office, page.actor, "M04")]
    assert told == ["2024-09-23 至 2024-09-30 外出；原因：提前回来", "2024-09-23 至 2024-09-30 外出"]


def test_training_and_awards_are_written_down(page: RosterPage, qtbot: QtBot) -> None:
    _open(page, qtbot, tab=3)
    for name, text in (
        ("day", "2024-09-19"),
        ("hours", "四"),
        ("organiser", "区司法局"),
        ("subject", "调解技巧"),
    ):
        type_into(_line(page, f"training.{name}"), text)
    _click(qtbot, page, "training.add")
    assert "学时写成数字" in page.profile.records.training._fields["hours"].sentence
    _line(page, "training.hours").clear()
    type_into(_line(page, "training.hours"), "4")
    _click(qtbot, page, "training.add")
    qtbot.waitUntil(lambda: _text(page, "trained") == "本届任期内共 4 学时")
    for name, text in (("day", "2024-01-05"), ("title", "优秀人民调解员"), ("issuer", "区司法局")):
        type_into(_line(page, f"award.{name}"), text)
    _click(qtbot, page, "award.add")
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "roster.award.cancel.0") is not None)


def test_a_term_near_its_end_is_shown_renewed_and_the_letter_is_seen(
    page: RosterPage, qtbot: QtBot, clock: Clock
) -> None:
    clock.moment = clock.moment.replace(year=2027, month=8)
    page.people.refresh()
    button = page.findChild(QPushButton, "roster.expiring")
    qtbot.waitUntil(lambda: button.isVisible() and int(button.text().split()[-1]) > 5)
    ending = int(button.text().split()[-1])
    button.click()
    qtbot.waitUntil(lambda: page.people.model.rowCount() == ending)
    _open(page, qtbot, tab=3)
    qtbot.waitUntil(lambda: _line(page, "renew_on").text() == "2027-09-19")
    _click(qtbot, page, "renew")
    qtbot.waitUntil(lambda: "以前：2024-09-18 至 2027-09-18" in _text(page, "terms"))
    qtbot.waitUntil(lambda: page.people.model.rowCount() == ending - 1)
    _click(qtbot, page, "letter")
    qtbot.waitUntil(lambda: page.paper.view.pages == 1, timeout=10_000)
    assert page.paper.isVisible() and page.paper.paper.title == "聘书"
    press(page.paper, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.people.isVisible)


def test_a_reader_sees_the_profile_and_cannot_write(page: RosterPage, qtbot: QtBot) -> None:
    page.session.become(page.office.actor("mediator"))
    _open(page, qtbot, tab=3)
    assert not _line(page, "leave.first").isVisible()
    assert not page.findChild(QPushButton, "roster.renew").isVisible()


# --- call-outs ---------------------------------------------------------------------------------------------------


def test_a_call_is_written_down_answered_and_printed(page: RosterPage, qtbot: QtBot, clock: Clock) -> None:
    press(page, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.calls.isVisible)
    box = page.findChild(ChoiceBox, "roster.call.mediator")
    qtbot.waitUntil(lambda: box.count() == 34)
    form = page.calls.form
    form.purpose.setFocus()
    press(form.purpose, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "请在名册里选" in form._fields["mediator"].sentence)
    assert "请写明请来做什么" in form._fields["purpose"].sentence
    type_into(box.lineEdit(), "刘样例")
    press(box, Qt.Key.Key_Return)
    type_into(form.purpose, "调解宅基地纠纷")
    page.findChild(ChoiceBox, "roster.call.room").set_code("elder_mediation")
    press(form.purpose, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.calls.log.model.rowCount() == 1)
    assert form.purpose.text() == ""
    clock.forward(minutes=18)
    type_into(_line(page, "calls.arrived_at"), "25:70")
    _click(qtbot, page, "calls.came")
    assert "时间写作" in _text(page, "calls.message")
    _line(page, "calls.arrived_at").clear()
    _click(qtbot, page, "calls.came")
    qtbot.waitUntil(lambda: "响应中位数18分钟" in _text(page, "calls.summary"))
    _click(qtbot, page, "calls.slip")
    qtbot.waitUntil(lambda: page.paper.view.pages == 1, timeout=10_000)
    assert page.paper.paper.format == "a5"
    page.paper.format.choose("80mm")
    qtbot.waitUntil(
        lambda: page.paper.paper is not None and page.paper.paper.format == "80mm", timeout=10_000
    )
    press(page.paper, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.calls.isVisible)


def test_a_mediator_s_own_calls_stand_in_the_profile(page: RosterPage, qtbot: QtBot) -> None:
    _open(page, qtbot, tab=4)
    tab = page.profile.calls
    qtbot.waitUntil(tab.log.empty.isVisible)
    type_into(tab.form.purpose, "值班")
    press(tab.form.purpose, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: tab.log.model.rowCount() == 1)
    assert callouts.log(page.office, page.actor, "M04")[0].purpose == "值班"
    type_into(_line(page, "profile_calls.note"), "在外地")
    _click(qtbot, page, "profile_calls.declined")
    qtbot.waitUntil(lambda: "来不了1次" in _text(page, "profile_calls.summary"))


# --- 以案定补 ----------------------------------------------------------------------------------------------------


def _enter_subsidy(page: RosterPage, qtbot: QtBot, rows: int) -> QTableView:
    press(page, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.subsidy.model.rowCount() == rows, timeout=10_000)
    return page.subsidy.table


def _states(page: RosterPage) -> list[str]:
    model = page.subsidy.model
    return [model.index(row, 6).data() for row in range(model.rowCount())]


def test_a_quarter_is_declared_approved_returned_and_paid(
    page: RosterPage, qtbot: QtBot, visit: Visit
) -> None:
    office, clerk = page.office, page.actor
    for _ in range(2):
        mediated.settled(office, clerk, visit, ("M04", "M05"))
    mediated.settled(office, clerk, visit, filed=False)
    table = _enter_subsidy(page, qtbot, 3)
    assert _states(page) == ["待报", "待报", "缺条件"]
    assert "可以列入 2 件，60元" in _text(page, "subsidy.words")
    table.selectRow(2)
    assert "立卷归档" in _text(page, "subsidy.told")
    table.setFocus()
    press(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    _click(qtbot, page, "subsidy.declare")
    qtbot.waitUntil(lambda: "立卷归档" in _text(page, "subsidy.message"))
    assert _states(page)[:2] == ["待报", "待报"], "all of them or none"
    table.clearSelection()
    table.selectRow(0)
    assert "15元" in _text(page, "subsidy.shares")
    _click(qtbot, page, "subsidy.declare")
    qtbot.waitUntil(lambda: _states(page)[0] == "已报")
    assert not page.findChild(QPushButton, "roster.subsidy.approve").isEnabled(), "a clerk does not approve"
    page.session.become(office.actor("leader"))
    qtbot.waitUntil(page.findChild(QPushButton, "roster.subsidy.approve").isEnabled)
    _click(qtbot, page, "subsidy.return")
    qtbot.waitUntil(lambda: "写明原因" in _text(page, "subsidy.message"))
    type_into(_line(page, "subsidy.note"), "缺回访")
    _click(qtbot, page, "subsidy.return")
    qtbot.waitUntil(lambda: _states(page)[0] == "退回")
    assert "缺回访" in _text(page, "subsidy.told")
    page.session.become(clerk)
    qtbot.waitUntil(page.findChild(QPushButton, "roster.subsidy.declare").isEnabled)
    _click(qtbot, page, "subsidy.declare")
    qtbot.waitUntil(lambda: _states(page)[0] == "已报")
    qtbot.waitUntil(lambda: _text(page, "subsidy.acts").count("申报") == 2)


def test_the_quarter_is_seen_on_paper_exported_and_left(
    page: RosterPage, qtbot: QtBot, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mediated.settled(page.office, page.actor, visit)
    _enter_subsidy(page, qtbot, 1)
    press(page.subsidy.table, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.paper.view.pages == 1, timeout=10_000)
    press(page.paper, Qt.Key.Key_Escape)
    path = tmp_path / "申报表.xlsx"
    monkeypatch.setattr("qingyuan_desk.desk.roster.subsidy.ask_where", lambda *_: path)
    _click(qtbot, page, "subsidy.export")
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(page.findChild(QPushButton, "roster.subsidy.export").isEnabled)
    number = subsidy.quarter(page.office, page.actor, Q3).lines[0].dispute.number
    assert sheets.read(path).rows[0][1] == number
    press(page.subsidy.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(page.subsidy.empty.isVisible)
    assert "2024年第二季度没有这样的纠纷" in page.subsidy.empty.text()


def test_the_office_changes_a_rate_and_a_condition(page: RosterPage, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.standards.rates.model.rowCount() == 6)
    rates, rules = page.standards.rates, page.standards.rules
    names = [rates.model.index(row, 0).data() for row in range(6)]
    amount = rates.model.index(names.index("口头协议"), 5)
    rates.model.setData(amount, "很多")
    rates.table.setFocus()
    press(rates.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "金额写成元" in _text(page, "standards.message"))
    rates.model.setData(amount, "45")
    rules.model.setData(rules.model.index(0, 2), "60")
    press(rates.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not rates.changed and not rules.changed)
    reference = page.office.reference
    assert next(rate for rate in reference.subsidy_rates if rate.name == "口头协议").amount == "45"
    assert next(rule for rule in reference.level_rules if rule.level == "4").cases == 60
    _click(qtbot, page, "rates.add")
    rates.model.setData(rates.model.index(6, 0), "口头协议·疑难复杂")
    for column, code in ((1, "oral"), (2, "agreed"), (3, "complex"), (5, "80")):
        rates.model.setData(rates.model.index(6, column), code)
    _click(qtbot, page, "standards.save")
    qtbot.waitUntil(lambda: not rates.changed)
    assert len({rate.code for rate in page.office.reference.subsidy_rates}) == 7, (
        "a new row gets a code of its own"
    )
    rules.model.setData(rules.model.index(0, 1), "两年")
    _click(qtbot, page, "standards.save")
    assert "填整数" in _text(page, "standards.message")
