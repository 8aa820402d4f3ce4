"""卷宗: what is missing and the way to it, closing and filing, every paper and the whole of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.mediation.forms import Perform
from tests.desk.mediation_hands import Hands, open_tab
from tests.hands import press, type_into


@pytest.fixture
def hands(session: Session) -> Hands:
    return Hands(session.office)


def test_what_is_missing_leads_to_where_it_is_filled(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.signed()
    tab = open_tab(window, qtbot, hands.matter_id, "dossier")
    summary = tab.lines.findChild(object, "mediation.completeness.summary")
    assert summary.text().startswith("必须有的还缺")
    fill = tab.lines.findChild(QPushButton, "mediation.completeness.fill_3")
    qtbot.mouseClick(fill, Qt.MouseButton.LeftButton)
    page = window.page("mediation")
    assert page.tabs.tabText(page.tabs.currentIndex()).startswith("材料")  # type: ignore[attr-defined]


def test_papers_are_chosen_seen_and_saved(
    window: Window, qtbot: QtBot, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.signed()
    tab = open_tab(window, qtbot, hands.matter_id, "dossier")
    qtbot.waitUntil(lambda: tab.paper.paper is not None, timeout=15_000)
    tab.kind.set_code("rights:0")
    qtbot.waitUntil(lambda: _title(tab) == "当事人权利义务告知书", timeout=15_000)
    target = tmp_path / "告知书.pdf"
    monkeypatch.setattr(
        "qingyuan_desk.desk.widgets.save_as.QFileDialog.getSaveFileName", lambda *_: (str(target), "")
    )
    qtbot.mouseClick(tab.paper.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: tab.paper.paper is not None and tab.paper.paper.count == 2, timeout=15_000
    )  # the file counts as a print
    assert target.read_bytes().startswith(b"%PDF")


def test_a_blank_form_can_be_printed(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.signed()
    tab = open_tab(window, qtbot, hands.matter_id, "dossier")
    tab.blank.click()
    tab.kind.set_code("investigation:0")
    qtbot.waitUntil(lambda: _title(tab) == "人民调解调查记录", timeout=15_000)
    assert tab.paper.paper.visit_number == ""


def test_the_whole_dossier_is_one_file(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.signed()
    tab = open_tab(window, qtbot, hands.matter_id, "dossier")
    qtbot.waitUntil(lambda: tab.kind.count() > 5)
    tab.kind.set_code("dossier:0")
    qtbot.waitUntil(lambda: tab.paper.paper is not None and tab.paper.paper.pages > 8, timeout=30_000)
    assert tab.paper.view.pages == tab.paper.paper.pages


def test_a_performed_case_is_closed_and_filed_in_place(window: Window, qtbot: QtBot, hands: Hands) -> None:
    hands.signed(number=1)
    tab = open_tab(window, qtbot, hands.matter_id, "dossier")
    tab.begin("close")
    form = tab.closing
    form.closing.set_code("substantial")
    press(form.closed_on, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "还没有全部履行" in form.close_made["closing"].sentence)
    (part,) = hands.case.schedule
    hands.take(Perform(part.record_id, hands.office.today(), part.amount))
    press(form.closed_on, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: hands.case.node == "closed")
    qtbot.waitUntil(lambda: form.file_button.isVisible())
    assert form.filer.text() == "登记员"
    form.retention.set_code("long")
    press(form.filer, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "卷宗还缺" in form.file_made["remark"].sentence)
    type_into(form.remark, "当事人身份证明由村委会出具。")
    press(form.remark, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: _filed(hands))
    qtbot.waitUntil(lambda: not form.file_button.isVisible())


def _title(tab: object) -> str:
    paper = tab.paper.paper  # type: ignore[attr-defined]
    return paper.title if paper is not None else ""


def _filed(hands: Hands) -> bool:
    mediation = hands.case.mediation
    return mediation is not None and mediation.filed_on is not None
