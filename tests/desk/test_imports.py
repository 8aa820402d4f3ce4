"""Files at the page of imports: tried out, imported, stopped, imported again; dropped, hostile, not allowed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QThread, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.imports.outcomes import MATTER, NAME, RESULT, ROW, WHY
from qingyuan_desk.desk.imports.page import ImportsPage
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Segments
from qingyuan_desk.desk.window import Window
from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.importing import RESULT as RESULT_COLUMN
from qingyuan_desk.services import ledger, upkeep
from qingyuan_desk.services.office import Office
from tests.desk.imports_page import button, click, open_page, text, visits
from tests.hands import press, type_into
from tests.sheet_files import sheet_file, sheet_row


def _ledger(path: Path, rows: int) -> Path:
    """Good rows, and at the end one of Mars, one without a name, one said twice, and a person for the second time."""
    return sheet_file(
        path,
        *(sheet_row(serial) for serial in range(rows - 4)),
        sheet_row(rows, 乡镇="火星镇"),
        sheet_row(rows + 1, 姓名=""),
        sheet_row(7),
        sheet_row(rows + 2, 姓名="样例8", 联系电话="13800000008"),
    )


@pytest.fixture(scope="module")
def ledger_of_400(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As long as a ledger of half a year."""
    return _ledger(tmp_path_factory.mktemp("表") / "台账.xlsx", 400)


@pytest.fixture(scope="module")
def ledger_of_100(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Long enough to be stopped in the middle."""
    return _ledger(tmp_path_factory.mktemp("表") / "台账.xlsx", 100)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> ImportsPage:
    """The page alone; what needs the whole window asks for it."""
    return open_page(session, qtbot)


@pytest.fixture
def told(session: Session) -> list[str]:
    """Every notice."""
    texts: list[str] = []
    session.noticed.connect(lambda notice: texts.append(notice.text))
    return texts


def _in(window: Window) -> ImportsPage:
    window.show_page("imports")
    made = window.page("imports")
    assert isinstance(made, ImportsPage)
    return made


def _cells(page: ImportsPage, column: int) -> list[str]:
    model = page.files.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def _idle(page: ImportsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.files.run.active, timeout=20_000)


def _choose(monkeypatch: pytest.MonkeyPatch, path: Path, *, to_save: bool = False) -> None:
    """The native dialog answers with this path."""
    name = "getSaveFileName" if to_save else "getOpenFileName"
    monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))


def _tried(page: ImportsPage, qtbot: QtBot, path: Path) -> None:
    page.files.take(path)
    click(qtbot, page, "try")
    _idle(page, qtbot)


# --- files ---------------------------------------------------------------------------------------------------------


def test_trying_out_tells_every_row_and_writes_nothing(
    page: ImportsPage, qtbot: QtBot, ledger_of_400: Path
) -> None:
    assert not button(page, "try").isEnabled() and not button(page, "start").isEnabled()
    _tried(page, qtbot, ledger_of_400)
    assert visits(page.office) == 0
    assert text(page, "try.sentence") == "共 400 行：可以导入 397 行、不能导入 3 行。"
    assert "“来访”" in text(page, "told") and "这些列没有用到：序号" in text(page, "told")
    assert page.files.table.model().rowCount() == 400
    assert [_cells(page, column)[0] for column in (ROW, NAME, RESULT, WHY)] == ["2", "样例0", "可导入", ""]
    assert _cells(page, MATTER)[3].startswith("第 3 件：邻居盖房")

    page.findChild(Segments, "imports.filter").choose("refused")
    assert _cells(page, ROW) == ["398", "399", "400"]
    assert _cells(page, RESULT) == ["退回", "退回", "重复"]
    mars, nameless, twice = _cells(page, WHY)
    assert "没有“火星镇”这个乡镇" in mars and "请填写来访人姓名" in nameless and "与第 9 行" in twice
    page.files.table.selectRow(1)
    assert text(page, "detail") == f"第 399 行：{nameless}"

    page.findChild(Segments, "imports.filter").choose("told")
    assert _cells(page, ROW) == [] or all("同一人" in said for said in _cells(page, WHY))
    assert button(page, "start").text() == "导入 397 行 F9" and button(page, "start").isEnabled()


def test_from_the_keyboard_to_the_copy_with_results_and_once_more(
    page: ImportsPage,
    qtbot: QtBot,
    told: list[str],
    ledger_of_100: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed: list[int] = []
    page.session.matter_changed.connect(changed.append)
    _choose(monkeypatch, ledger_of_100)
    button(page, "choose").setFocus()
    press(button(page, "choose"), Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    press(button(page, "choose"), Qt.Key.Key_F9)
    assert not page.files.run.active, "nothing is imported that was not tried"
    press(button(page, "choose"), Qt.Key.Key_F8)
    _idle(page, qtbot)
    assert QApplication.focusWidget() is button(page, "start")
    press(button(page, "start"), Qt.Key.Key_F9)
    _idle(page, qtbot)

    assert text(page, "start.sentence") == "共 100 行：已登记 97 行、没有登记 3 行。"
    assert visits(page.office) == 97 and changed == [0]
    assert not button(page, "start").isEnabled()
    assert _cells(page, RESULT)[0] == "已登记" and _cells(page, WHY)[0] == "清访〔2024〕0001号"
    opened: list[object] = []
    page.session.matter_wanted.connect(opened.append)
    page.files.table.selectRow(0)
    press(page.files.table, Qt.Key.Key_Return)
    assert opened == ["清访〔2024〕0001号"]

    copy = tmp_path / "结果"
    _choose(monkeypatch, copy, to_save=True)
    click(qtbot, page, "save")
    qtbot.waitUntil((tmp_path / "结果.xlsx").exists)
    grid = sheets.read(tmp_path / "结果.xlsx")
    assert grid.header[-1] == RESULT_COLUMN and grid.rows[0][-1] == "清访〔2024〕0001号"
    assert grid.rows[96][-1].startswith("未导入：没有“火星镇”")
    before = ledger_of_100.read_bytes()
    _choose(monkeypatch, ledger_of_100, to_save=True)
    click(qtbot, page, "save")
    assert ledger_of_100.read_bytes() == before and "不能盖掉" in told[-1]

    _tried(page, qtbot, ledger_of_100)
    assert "以前已导入 97 行" in text(page, "try.sentence")
    assert _cells(page, RESULT)[0] == "已导入过" and _cells(page, WHY)[0] == "清访〔2024〕0001号"
    assert not button(page, "start").isEnabled() and visits(page.office) == 97


def test_stopped_in_the_middle_what_is_in_stays_whole_and_the_rest_follows(
    page: ImportsPage, qtbot: QtBot, ledger_of_100: Path
) -> None:
    _tried(page, qtbot, ledger_of_100)
    threads: set[QThread] = set()

    def stop(done: int) -> None:
        threads.add(QThread.currentThread())
        if done >= 20:
            click(qtbot, page, "start.cancel")

    bar = page.files.importing.bar
    bar.valueChanged.connect(stop, Qt.ConnectionType.DirectConnection)
    click(qtbot, page, "start")
    qtbot.waitUntil(lambda: page.files.importing.bar.isVisible() and page.files.importing.bar.value() > 0)
    assert not button(page, "choose").isEnabled() and not button(page, "start").isEnabled()
    _idle(page, qtbot)
    bar.valueChanged.disconnect(stop)
    assert threads == {page.thread()}, "progress reaches widgets in their own thread"
    stored = visits(page.office)
    assert 20 <= stored < 97
    assert f"已登记 {stored} 行、没有办理 {100 - stored} 行。已按要求停止" in text(page, "start.sentence")
    assert upkeep.check(page.office).faults == ()
    assert button(page, "start").text() == f"接着导入 {100 - stored} 行 F9"
    click(qtbot, page, "start")
    _idle(page, qtbot)
    assert visits(page.office) == 97


def test_trying_out_can_be_stopped_too(page: ImportsPage, qtbot: QtBot, ledger_of_100: Path) -> None:
    page.files.run.progressed.connect(page.files.cancel, Qt.ConnectionType.QueuedConnection)
    page.files.take(ledger_of_100)
    button(page, "try").setFocus()
    press(button(page, "try"), Qt.Key.Key_F8)
    _idle(page, qtbot)
    assert text(page, "try.sentence").startswith("已停止，检查了 ")
    assert "没有检查" in _cells(page, RESULT)
    assert not button(page, "start").isEnabled(), "a ledger is imported only after all of it was tried"


def test_it_goes_on_behind_another_page_and_says_when_it_is_done(
    window: Window, qtbot: QtBot, ledger_of_100: Path
) -> None:
    page = _in(window)
    _tried(page, qtbot, ledger_of_100)
    click(qtbot, page, "start")
    window.show_page("settings")
    window.search.setFocus()
    type_into(window.search, "样例")
    _idle(page, qtbot)
    assert window.notice.text == "“台账.xlsx”共 100 行：已登记 97 行、没有登记 3 行。"
    assert window.search.text() == "样例" and window.search.hasFocus()
    window.show_page("imports")
    assert "已登记 97 行" in text(page, "start.sentence") and _cells(page, RESULT)[0] == "已登记"


def test_closing_the_window_stops_it_behind_a_row(window: Window, qtbot: QtBot, ledger_of_100: Path) -> None:
    page = _in(window)
    _tried(page, qtbot, ledger_of_100)
    click(qtbot, page, "start")
    qtbot.waitUntil(lambda: visits(page.office) >= 10)
    window.close()
    stored = visits(page.office)
    assert 10 <= stored < 97
    qtbot.waitUntil(lambda: not page.files.run.active)
    assert visits(page.office) == stored and upkeep.check(page.office).faults == ()


def test_another_choice_forgets_what_was_tried(page: ImportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    _tried(page, qtbot, sheet_file(tmp_path / "台账.xlsx", sheet_row(1)))
    assert button(page, "start").isEnabled()
    page.findChild(ChoiceBox, "imports.source").set_code("transfer_court")
    assert not button(page, "start").isEnabled() and page.files.blank.isVisible()
    click(qtbot, page, "try")
    _idle(page, qtbot)
    click(qtbot, page, "start")
    _idle(page, qtbot)
    number = _cells(page, WHY)[0]
    assert ledger.matter(page.office, page.actor, number).source == "transfer_court"

    box = page.findChild(ChoiceBox, "imports.source")
    box.setFocus()
    box.setEditText("火星")
    click(qtbot, page, "try")
    assert "没有“火星”这个来源" in text(page, "try.sentence") and not page.files.run.active


def test_a_township_report_comes_from_the_grass_roots(
    page: ImportsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    header = ("乡镇", "村", "当事人", "联系方式", "纠纷简要情况", "来源")
    line = ("冉庄镇", "张马庄村", "张三与李四", "13800138000", "两家因院墙发生争执", "群众举报")
    page.findChild(Segments, "imports.kind").choose("reports")
    assert not page.findChild(ChoiceBox, "imports.source").isEnabled()
    _tried(page, qtbot, sheet_file(tmp_path / "排查.xlsx", line, header=header))
    assert _cells(page, NAME) == ["张三与李四"] and _cells(page, MATTER) == ["两家因院墙发生争执"]
    assert "当事人（当事人）" not in text(page, "told") and "联系方式（联系电话）" in text(page, "told")
    click(qtbot, page, "start")
    _idle(page, qtbot)
    assert ledger.matter(page.office, page.actor, _cells(page, WHY)[0]).source == "township_report"


def test_a_mapping_file_says_which_column_is_what(
    page: ImportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet_file(tmp_path / "名单.xlsx", ("张三", "占地", "2024-9-1"), header=("群众", "说的啥", "哪天"))
    _tried(page, qtbot, path)
    assert "表里没有认得出的“姓名”“来访事由”“来访时间”列" in text(page, "blank.more")
    mapping = tmp_path / "对照.toml"
    mapping.write_text('name = "群众"\n"来访事由" = "说的啥"\nreceived_at = "哪天"\n', "utf-8")
    _choose(monkeypatch, mapping)
    click(qtbot, page, "mapping")
    click(qtbot, page, "try")
    _idle(page, qtbot)
    assert _cells(page, NAME) == ["张三"] and "群众（姓名）" in text(page, "told")
    mapping.write_text("= 1", "utf-8")
    click(qtbot, page, "try")
    _idle(page, qtbot)
    assert "不是正确的 TOML" in text(page, "blank.more") and page.files.blank.isVisible()


def test_hostile_cells_are_shown_as_they_are(page: ImportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    hostile = ["<b>张三</b>", "=cmd|'/c calc'!A0", "'; DROP TABLE visit;--", "O'Neil", "𠮷野家"]
    rows = [sheet_row(place, 姓名=name, 来访事由=f"{name}\n来了") for place, name in enumerate(hostile)]
    _tried(page, qtbot, sheet_file(tmp_path / "台账.xlsx", *rows, sheet_row(9, 乡镇="<h1>火星</h1>")))
    assert _cells(page, NAME)[:5] == hostile
    assert _cells(page, MATTER)[:5] == [
        f"{name}来了" if name[-1] > "一" else f"{name} 来了" for name in hostile
    ]
    page.files.table.selectRow(5)
    detail = page.findChild(QLabel, "imports.detail")
    assert "“<h1>火星</h1>”" in detail.text() and detail.textFormat() is Qt.TextFormat.PlainText
    tip = page.files.table.model().index(0, MATTER).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tip and "<b>" not in tip


def _drop(page: ImportsPage, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(300, 300), Qt.DropAction.CopyAction, mime, buttons, held)
    QApplication.sendEvent(page, enter)
    if enter.isAccepted():
        drop = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, mime, buttons, held)
        QApplication.sendEvent(page, drop)


def test_files_are_dropped_on_the_page(
    page: ImportsPage, qtbot: QtBot, told: list[str], tmp_path: Path
) -> None:
    old = tmp_path / "旧.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 600)
    _drop(page, old)
    click(qtbot, page, "try")
    _idle(page, qtbot)
    assert "另存为 xlsx" in text(page, "blank.more")
    page.findChild(Segments, "imports.kind").choose("pasted")
    _drop(page, sheet_file(tmp_path / "排查.xlsx", sheet_row(1)), old)
    assert page.findChild(Segments, "imports.kind").code == "reports"
    assert any("一次导入一个文件" in text for text in told)
    click(qtbot, page, "try")
    assert page.files.run.active
    _drop(page, old)
    _idle(page, qtbot)
    assert page.files.choosing.job.path == tmp_path / "排查.xlsx", "not while a file is under way"


def test_who_may_not_import_is_told_and_can_press_nothing(
    page: ImportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.files.take(sheet_file(tmp_path / "台账.xlsx", sheet_row(1)))
    page.session.become(page.office.actor("mediator"))
    assert "“导入”和“登记来访”两项权限" in text(page, "why_not")
    assert page.files.blank.sentence.text() == "现在不能导入"
    for name in ("choose", "mapping", "try", "start", "tick_ready", "register"):
        assert not button(page, name).isEnabled()
    _drop(page, tmp_path / "别的.xlsx")
    _choose(monkeypatch, tmp_path / "别的.xlsx")
    for key, held in (
        (Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
    ):
        press(page.findChild(Segments, "imports.kind").focusProxy(), key, held)
    assert not page.files.run.active
    assert page.files.choosing.job.path == tmp_path / "台账.xlsx"
    page.session.become(page.office.actor("clerk"))
    assert text(page, "why_not") == "" and button(page, "try").isEnabled()


def test_a_folder_that_is_only_read_takes_nothing(
    desk_app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    Office.open(tmp_path / "新版").close()
    connection = sqlite3.connect(tmp_path / "新版" / "desk.db")
    with connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key = 'min_writer'")
    connection.close()
    office = Office.open(tmp_path / "新版")
    page = ImportsPage(Session(office, office.actor("clerk")))
    qtbot.addWidget(page)
    page.shown()
    assert "只能查询。请升级程序后再登记" in page._why.whole
    page.files.take(sheet_file(tmp_path / "台账.xlsx", sheet_row(1)))
    assert not button(page, "try").isEnabled() and not button(page, "tick_ready").isEnabled()
    office.close()
