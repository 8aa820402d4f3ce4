"""The roster page: 34 elders found, added, edited, suspended with a cause, proposed for a dispute, out and in as a sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.roster.page import RosterPage
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Segments
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import reception
from tests.hands import press, type_into


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> RosterPage:
    window.show_page("roster")
    made = window.page("roster")
    assert isinstance(made, RosterPage)
    qtbot.waitUntil(lambda: made.people.model.rowCount() == 34)
    return made


def _line(page: RosterPage, name: str) -> LineEdit:
    return page.findChild(LineEdit, f"roster.{name}")


def _click(qtbot: QtBot, page: RosterPage, name: str) -> None:
    qtbot.mouseClick(page.findChild(QPushButton, f"roster.{name}"), Qt.MouseButton.LeftButton)


def _names(page: RosterPage) -> list[str]:
    return [page.people.model.index(row, 0).data() for row in range(page.people.model.rowCount())]


@pytest.mark.parametrize(
    ("typed", "found"), [("xqz", 0), ("刘样例", 1), ("冉庄村", 1), ("旅游", 2), ("退休法官", 1)]
)
def test_finding_by_name_place_skill_and_identity(
    page: RosterPage, qtbot: QtBot, typed: str, found: int
) -> None:
    type_into(_line(page, "search"), typed)
    qtbot.waitUntil(lambda: page.people.model.rowCount() == found)
    assert page.people._count.text().startswith(f"共 {found} 人")


def test_narrowing_to_a_township_by_its_initials(page: RosterPage, qtbot: QtBot) -> None:
    box = page.findChild(ChoiceBox, "roster.filter_township")
    type_into(box.lineEdit(), "rz")
    press(box, Qt.Key.Key_Return)
    assert box.code == "130608101000"
    qtbot.waitUntil(lambda: 0 < page.people.model.rowCount() < 5)
    assert all(
        "冉庄镇" in page.people.model.index(row, 1).data() for row in range(page.people.model.rowCount())
    )


def test_adding_an_elder_from_the_keyboard(page: RosterPage, qtbot: QtBot) -> None:
    _click(qtbot, page, "new")
    type_into(_line(page, "name"), "仇样例")
    type_into(_line(page, "birth_year"), "1958")
    page.findChild(Segments, "roster.sex").choose("male")
    page.findChild(ChoiceBox, "roster.township").set_code("130608101000")
    village = page.findChild(ChoiceBox, "roster.village")
    assert village.count() > 3
    village.set_code(page.office.reference.villages("冉庄镇")[1].code)
    type_into(_line(page, "phone"), "0312-0000199")
    page.findChild(QCheckBox, "roster.skill.03").setChecked(True)
    _click(qtbot, page, "day.2")
    press(_line(page, "name"), Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "仇样例" in _names(page))
    added = next(each for each in page.office.reference.mediators if each.name == "仇样例")
    assert (added.code, added.skills, added.free_days) == ("M35", ("03",), "2")
    qtbot.waitUntil(lambda: "录入" in page.profile.entry._history.text())


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(page: RosterPage, qtbot: QtBot) -> None:
    _click(qtbot, page, "new")
    type_into(_line(page, "birth_year"), "十九")
    _click(qtbot, page, "save")
    fields = page.profile.entry._fields
    qtbot.waitUntil(lambda: bool(fields["name"].sentence))
    assert fields["birth_year"].sentence
    assert _line(page, "birth_year").text() == "十九"
    assert len(page.office.reference.mediators) == 34


def test_suspending_wants_a_cause_and_leaves_a_trace(page: RosterPage, qtbot: QtBot) -> None:
    page.people._open(page.people.model.index(3, 0))
    _click(qtbot, page, "suspend")
    qtbot.waitUntil(lambda: "请选择原因" in page.profile.entry._cause_field.sentence)
    page.findChild(ChoiceBox, "roster.cause").set_code("leak")
    assert page.profile.entry._cause_field.sentence == "《人民调解法》第十五条第四项"
    _click(qtbot, page, "suspend")
    qtbot.waitUntil(lambda: "停用 1" in page.people._count.text() or "1 人停用" in page.people._count.text())
    qtbot.waitUntil(lambda: "泄露当事人的个人隐私" in page.profile.entry._history.text())
    _click(qtbot, page, "resume")
    qtbot.waitUntil(lambda: all(each.status == "active" for each in page.office.reference.mediators))


def test_who_suits_a_dispute_is_proposed_with_reasons(
    page: RosterPage, qtbot: QtBot, visit: Callable[..., VisitForm]
) -> None:
    session = page.session
    done = reception.register(session.office, session.actor, visit(township="冉庄镇", opponent="李四"))
    type_into(_line(page, "suggest"), done.matter_number)
    press(_line(page, "suggest"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.people._count.text().startswith("推荐"))
    best = page.people.model.index(0, 0).data(Qt.ItemDataRole.UserRole)
    assert best.card.name == "刘样例" and "同乡镇" in best.reasons[0]
    _line(page, "suggest").clear()
    qtbot.waitUntil(lambda: page.people.model.rowCount() == 34)


def test_out_to_a_sheet_and_in_again(
    page: RosterPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "名册.xlsx")
    dialogs = "qingyuan_desk.desk.roster.people.QFileDialog"
    monkeypatch.setattr(f"{dialogs}.getSaveFileName", lambda *_: (path, ""))
    monkeypatch.setattr(f"{dialogs}.getOpenFileName", lambda *_: (path, ""))
    told: list[str] = []
    page.session.noticed.connect(lambda notice: told.append(notice.text))
    _click(qtbot, page, "export")
    qtbot.waitUntil(lambda: any("已导出" in text for text in told))
    _click(qtbot, page, "import")
    qtbot.waitUntil(lambda: any("无变化 34 人" in text for text in told))
    assert len(page.office.reference.mediators) == 34


def test_a_mediator_reads_and_changes_nothing(page: RosterPage, qtbot: QtBot) -> None:
    page.session.become(page.office.actor("mediator"))
    assert not page.findChild(QPushButton, "roster.new").isEnabled()
    page.people._open(page.people.model.index(0, 0))
    assert not page.findChild(QPushButton, "roster.save").isEnabled()
    assert not page.profile.entry._steps.isVisible()


def test_cards_and_table_show_the_same_people(page: RosterPage) -> None:
    page.findChild(Segments, "roster.view").choose("table")
    table = page.findChild(QTableView, "roster.table")
    assert table.isVisible() and table.model().rowCount() == 34
    page.findChild(Segments, "roster.view").choose("cards")
    assert not table.isVisible()
