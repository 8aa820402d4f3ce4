"""Pasted lines at the page of imports: taken apart, put right cell by cell, ticked, registered once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.imports.page import ImportsPage
from qingyuan_desk.desk.imports.pasted import NAME, NARRATIVE, OPPONENT, PHONE, STATE, TOWNSHIP, VILLAGE
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Segments
from qingyuan_desk.services import ledger
from tests.desk.imports_page import button, click, open_page, text, visits
from tests.hands import press, type_into

PASTED = """冉庄镇 张马庄村 张三与李四 宅基地纠纷 13800138000
1、清苑区冉庄镇三房村村民王五反映邻居占路，电话：138 0013 8001
冉庄镇 东孟庄村 王六 要求解决低保
今天没有情况"""


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> ImportsPage:
    """The page alone."""
    return open_page(session, qtbot)


@pytest.fixture
def pasted(page: ImportsPage, qtbot: QtBot) -> Callable[[str], ImportsPage]:
    """Paste lines as a person does and wait until they are rows."""

    def paste(said: str) -> ImportsPage:
        page.findChild(Segments, "imports.kind").choose("pasted")
        box = page.pasted.text
        box.setFocus()
        box.selectAll()
        QApplication.clipboard().setText(said)
        press(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        wanted = [line.split() for line in said.splitlines() if line.strip()]
        qtbot.waitUntil(lambda: [entry.row.text.split() for entry in page.pasted.table.lines.rows] == wanted)
        return page

    return paste


def _line(page: ImportsPage, row: int, column: int) -> str:
    return str(page.pasted.table.model().index(row, column).data())


def _go_to(page: ImportsPage, qtbot: QtBot, row: int, column: int) -> None:
    table = page.pasted.table
    page.window().activateWindow()  # a popup leaves no window active where there is no window manager
    qtbot.waitUntil(page.window().isActiveWindow)
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, column))


def _change(page: ImportsPage, qtbot: QtBot, row: int, column: int, typed: str) -> None:
    """Enter, type over what is there, Enter; wait for what the rules say."""
    _go_to(page, qtbot, row, column)
    asked = page.pasted.table.lines.entry(row).row
    press(page.pasted.table, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QWidget) and editor.objectName().startswith("imports.cell.")
    press(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_into(editor.lineEdit() if isinstance(editor, ChoiceBox) else editor, typed)
    press(QApplication.activePopupWidget() or editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.pasted.table.state() == page.pasted.table.State.NoState)
    entry = page.pasted.table.lines.entry(row)
    qtbot.waitUntil(lambda: entry.row is not asked)


def test_lines_become_rows_as_they_are_pasted(
    pasted: Callable[[str], ImportsPage],
) -> None:
    page = pasted(PASTED)
    assert [_line(page, 0, column) for column in range(NAME, STATE + 1)] == [
        *("张三", "13800138000", "冉庄镇", "张马庄村", "李四", "张三与李四宅基地纠纷", "齐全")
    ]
    assert _line(page, 1, NAME) == "王五" and _line(page, 1, STATE) == "缺对方当事人"
    assert _line(page, 2, STATE).startswith("缺联系电话、对方当事人；冉庄镇没有“东孟庄村”这个村")
    assert page.pasted.table.lines.entry(2).state()[1] == "red"
    assert page.pasted.table.lines.entry(2).lacks(PHONE)
    assert "共 4 行：齐全 1 行，要补要改 3 行" in text(page, "counts")
    assert visits(page.office) == 0 and not button(page, "register").isEnabled()


def test_lines_are_put_right_ticked_and_registered_once(
    pasted: Callable[[str], ImportsPage], qtbot: QtBot
) -> None:
    page = pasted(PASTED)
    _change(page, qtbot, 2, VILLAGE, "dmz")
    _change(page, qtbot, 2, PHONE, "13800138002")
    _change(page, qtbot, 2, OPPONENT, "李七、样例公司")
    _change(page, qtbot, 2, NARRATIVE, "要求解决低保；<b>急</b>")
    village = _line(page, 2, VILLAGE)
    assert village and page.office.reference.village("冉庄镇", village)
    qtbot.waitUntil(lambda: _line(page, 2, STATE) == "齐全")

    for row in (1, 2, 3):
        _go_to(page, qtbot, row, NAME)
        press(page.pasted.table, Qt.Key.Key_Space)
    click(qtbot, page, "tick_ready")
    assert button(page, "register").text() == "登记所选 4 行 F9"
    press(page.pasted.table, Qt.Key.Key_F9)
    press(page.pasted.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not page.pasted.active)
    assert text(page, "register.sentence") == "已登记 3 行，1 行没有登记，原因见该行。"
    assert visits(page.office) == 3
    assert _line(page, 0, STATE) == "清访〔2024〕0001号"
    assert _line(page, 3, STATE) == "请填写来访人姓名；不愿透露的填“匿名”。"
    facts = ledger.matter(page.office, page.actor, _line(page, 2, STATE))
    assert facts.source == "township_report" and facts.visits[0].narrative == "要求解决低保；<b>急</b>"
    assert [(other.name, other.kind) for other in facts.opponents] == [
        ("李七", "person"),
        ("样例公司", "company"),
    ]

    _change(page, qtbot, 3, NAME, "匿名")
    press(page.pasted.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not page.pasted.active)
    assert visits(page.office) == 4 and _line(page, 3, STATE) == "清访〔2024〕0004号"
    assert not button(page, "register").isEnabled()
    _go_to(page, qtbot, 3, NAME)
    press(page.pasted.table, Qt.Key.Key_Space)
    assert page.pasted.table.lines.ticked == [], "what is registered is not registered again"


def test_the_same_line_pasted_again_is_not_registered_again(
    pasted: Callable[[str], ImportsPage], qtbot: QtBot
) -> None:
    first = PASTED.splitlines()[0]
    for lines in (first, "冉庄镇 张马庄村 别人 别的事", f"{first}\n{first}"):
        page = pasted(lines)
        click(qtbot, page, "tick_ready")
        click(qtbot, page, "register")
        qtbot.waitUntil(lambda pane=page.pasted: not pane.active)
    assert visits(page.office) == 1
    assert {_line(page, row, STATE) for row in (0, 1)} == {"清访〔2024〕0001号（以前已登记）"}


def test_what_was_put_right_stays_when_other_lines_are_typed(
    pasted: Callable[[str], ImportsPage], qtbot: QtBot
) -> None:
    page = pasted(PASTED)
    _change(page, qtbot, 1, OPPONENT, "赵八")
    _change(page, qtbot, 1, TOWNSHIP, "张登")
    lines = PASTED.splitlines()
    page = pasted("\n".join([lines[3], lines[1], "冉庄镇 张马庄村 钱九 占地"]))
    assert (_line(page, 1, OPPONENT), _line(page, 1, TOWNSHIP)) == ("赵八", "张登镇")
    qtbot.waitUntil(lambda: "张登镇没有“三房村”这个村" in _line(page, 1, STATE))


def test_a_day_nobody_can_read_is_not_taken_for_today(
    pasted: Callable[[str], ImportsPage], qtbot: QtBot
) -> None:
    page = pasted("冉庄镇 张马庄村 张三与李四 宅基地纠纷 2024年13月9日 13800138000")
    assert "看不懂" in _line(page, 0, STATE)
    _go_to(page, qtbot, 0, NAME)
    press(page.pasted.table, Qt.Key.Key_Space)
    press(page.pasted.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not page.pasted.active)
    assert visits(page.office) == 0 and "看不懂" in _line(page, 0, STATE)
    _change(page, qtbot, 0, NAME, "张三丰")
    assert "看不懂" in _line(page, 0, STATE)


def test_a_cell_nobody_could_read_is_put_right(page: ImportsPage, qtbot: QtBot) -> None:
    page.findChild(Segments, "imports.kind").choose("pasted")
    page.pasted.text.setPlainText(
        "姓名\t对方\t联系电话\t乡镇\t村\t事由\n张三\t李四\t1.38001E+10\t冉庄镇\t张马庄村\t占地"
    )
    qtbot.waitUntil(lambda: len(page.pasted.table.lines.rows) == 1)
    assert "后几位已经丢失" in _line(page, 0, STATE)
    _change(page, qtbot, 0, NAME, "张三丰")
    assert "后几位已经丢失" in _line(page, 0, STATE)
    _change(page, qtbot, 0, PHONE, "13800138000")
    qtbot.waitUntil(lambda: _line(page, 0, STATE) == "齐全")


def test_hostile_and_endless_pastes(pasted: Callable[[str], ImportsPage], qtbot: QtBot) -> None:
    page = pasted("<b>张三</b> <img src=x>\n冉庄镇 张马庄村 张三与李四 占地")
    assert _line(page, 0, NARRATIVE).startswith("<b>张三")
    page.pasted.text.setPlainText("张三 占地\n" * 501)
    qtbot.waitUntil(page.pasted.blank.isVisible)
    assert "一次最多粘贴 500 行" in text(page, "no_lines.more")
