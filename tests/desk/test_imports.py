"""The page of imports: ledgers and reports tried out, imported, stopped, imported again; pasted lines put right and confirmed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QThread, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.imports.outcomes import MATTER, NAME, RESULT, ROW, WHY
from qingyuan_desk.desk.imports.page import ImportsPage
from qingyuan_desk.desk.imports.pasted import NAME as PASTED_NAME
from qingyuan_desk.desk.imports.pasted import NARRATIVE, OPPONENT, PHONE, STATE, TOWNSHIP, VILLAGE
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Segments
from qingyuan_desk.desk.window import Window
from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.importing import RESULT as RESULT_COLUMN
from qingyuan_desk.services import ledger, upkeep
from qingyuan_desk.services.office import Office
from tests.hands import press, type_into

HEADER = ("序号", "来访时间", "姓名", "联系电话", "乡镇", "村", "来访事由", "对方当事人")


def _row(serial: int, **cells: str) -> tuple[str, ...]:
    facts = {
        "序号": str(serial),
        "来访时间": f"2024-0{serial % 8 + 1}-{serial % 28 + 1:02d} 10:{serial % 60:02d}",
        "姓名": f"样例{serial}",
        "联系电话": f"138{serial:08d}",
        "乡镇": "冉庄镇",
        "村": "张马庄村",
        "来访事由": f"第 {serial} 件：邻居盖房占了宅基地，请求调解。",
        **cells,
    }
    return tuple(facts.get(name, "") for name in HEADER)


def _file(path: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
    sheets.write(path, [Grid("来访", header, rows)])
    return path


def _ledger(path: Path, rows: int) -> Path:
    """Good rows, and at the end one of Mars, one without a name, one said twice, and a person for the second time."""
    return _file(
        path,
        *(_row(serial) for serial in range(rows - 4)),
        _row(rows, 乡镇="火星镇"),
        _row(rows + 1, 姓名=""),
        _row(7),
        _row(rows + 2, 姓名="样例8", 联系电话="13800000008"),
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
    made = ImportsPage(session)
    qtbot.addWidget(made)
    made.resize(1302, 684)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.shown()
    return made


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


def _visits(office: Office) -> int:
    with office.store.read() as rows:
        return int(rows.value("SELECT count(*) FROM visit"))


def _button(page: ImportsPage, name: str) -> QPushButton:
    return page.findChild(QPushButton, f"imports.{name}")


def _text(page: ImportsPage, name: str) -> str:
    return str(page.findChild(QLabel, f"imports.{name}").text())


def _click(qtbot: QtBot, page: ImportsPage, name: str) -> None:
    qtbot.mouseClick(_button(page, name), Qt.MouseButton.LeftButton)


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
    _click(qtbot, page, "try")
    _idle(page, qtbot)


# --- files ---------------------------------------------------------------------------------------------------------


def test_trying_out_tells_every_row_and_writes_nothing(
    page: ImportsPage, qtbot: QtBot, ledger_of_400: Path
) -> None:
    assert not _button(page, "try").isEnabled() and not _button(page, "start").isEnabled()
    _tried(page, qtbot, ledger_of_400)
    assert _visits(page.office) == 0
    assert _text(page, "try.sentence") == "共 400 行：可以导入 397 行、不能导入 3 行。"
    assert "“来访”" in _text(page, "told") and "这些列没有用到：序号" in _text(page, "told")
    assert page.files.table.model().rowCount() == 400
    assert [_cells(page, column)[0] for column in (ROW, NAME, RESULT, WHY)] == ["2", "样例0", "可导入", ""]
    assert _cells(page, MATTER)[3].startswith("第 3 件：邻居盖房")

    page.findChild(Segments, "imports.filter").choose("refused")
    assert _cells(page, ROW) == ["398", "399", "400"]
    assert _cells(page, RESULT) == ["退回", "退回", "重复"]
    mars, nameless, twice = _cells(page, WHY)
    assert "没有“火星镇”这个乡镇" in mars and "请填写来访人姓名" in nameless and "与第 9 行" in twice
    page.files.table.selectRow(1)
    assert _text(page, "detail") == f"第 399 行：{nameless}"

    page.findChild(Segments, "imports.filter").choose("told")
    assert _cells(page, ROW) == [] or all("同一人" in said for said in _cells(page, WHY))
    assert _button(page, "start").text() == "导入 397 行 F9" and _button(page, "start").isEnabled()


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
    _button(page, "choose").setFocus()
    press(_button(page, "choose"), Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    press(_button(page, "choose"), Qt.Key.Key_F9)
    assert not page.files.run.active, "nothing is imported that was not tried"
    press(_button(page, "choose"), Qt.Key.Key_F8)
    _idle(page, qtbot)
    assert QApplication.focusWidget() is _button(page, "start")
    press(_button(page, "start"), Qt.Key.Key_F9)
    _idle(page, qtbot)

    assert _text(page, "start.sentence") == "共 100 行：已登记 97 行、没有登记 3 行。"
    assert _visits(page.office) == 97 and changed == [0]
    assert not _button(page, "start").isEnabled()
    assert _cells(page, RESULT)[0] == "已登记" and _cells(page, WHY)[0] == "清访〔2024〕0001号"
    opened: list[object] = []
    page.session.matter_wanted.connect(opened.append)
    page.files.table.selectRow(0)
    press(page.files.table, Qt.Key.Key_Return)
    assert opened == ["清访〔2024〕0001号"]

    copy = tmp_path / "结果"
    _choose(monkeypatch, copy, to_save=True)
    _click(qtbot, page, "save")
    qtbot.waitUntil((tmp_path / "结果.xlsx").exists)
    grid = sheets.read(tmp_path / "结果.xlsx")
    assert grid.header[-1] == RESULT_COLUMN and grid.rows[0][-1] == "清访〔2024〕0001号"
    assert grid.rows[96][-1].startswith("未导入：没有“火星镇”")
    before = ledger_of_100.read_bytes()
    _choose(monkeypatch, ledger_of_100, to_save=True)
    _click(qtbot, page, "save")
    assert ledger_of_100.read_bytes() == before and "不能盖掉" in told[-1]

    _tried(page, qtbot, ledger_of_100)
    assert "以前已导入 97 行" in _text(page, "try.sentence")
    assert _cells(page, RESULT)[0] == "已导入过" and _cells(page, WHY)[0] == "清访〔2024〕0001号"
    assert not _button(page, "start").isEnabled() and _visits(page.office) == 97


def test_stopped_in_the_middle_what_is_in_stays_whole_and_the_rest_follows(
    page: ImportsPage, qtbot: QtBot, ledger_of_100: Path
) -> None:
    _tried(page, qtbot, ledger_of_100)
    threads: set[QThread] = set()

    def stop(done: int) -> None:
        threads.add(QThread.currentThread())
        if done >= 20:
            _click(qtbot, page, "start.cancel")

    bar = page.files.importing.bar
    bar.valueChanged.connect(stop, Qt.ConnectionType.DirectConnection)
    _click(qtbot, page, "start")
    qtbot.waitUntil(lambda: page.files.importing.bar.isVisible() and page.files.importing.bar.value() > 0)
    assert not _button(page, "choose").isEnabled() and not _button(page, "start").isEnabled()
    _idle(page, qtbot)
    bar.valueChanged.disconnect(stop)
    assert threads == {page.thread()}, "progress reaches widgets in their own thread"
    stored = _visits(page.office)
    assert 20 <= stored < 97
    assert f"已登记 {stored} 行、没有办理 {100 - stored} 行。已按要求停止" in _text(page, "start.sentence")
    assert upkeep.check(page.office).faults == ()
    assert _button(page, "start").text() == f"接着导入 {100 - stored} 行 F9"
    _click(qtbot, page, "start")
    _idle(page, qtbot)
    assert _visits(page.office) == 97


def test_trying_out_can_be_stopped_too(page: ImportsPage, qtbot: QtBot, ledger_of_100: Path) -> None:
    page.files.run.progressed.connect(page.files.cancel, Qt.ConnectionType.QueuedConnection)
    page.files.take(ledger_of_100)
    _button(page, "try").setFocus()
    press(_button(page, "try"), Qt.Key.Key_F8)
    _idle(page, qtbot)
    assert _text(page, "try.sentence").startswith("已停止，检查了 ")
    assert "没有检查" in _cells(page, RESULT)
    assert not _button(page, "start").isEnabled(), "a ledger is imported only after all of it was tried"


def test_it_goes_on_behind_another_page_and_says_when_it_is_done(
    window: Window, qtbot: QtBot, ledger_of_100: Path
) -> None:
    page = _in(window)
    _tried(page, qtbot, ledger_of_100)
    _click(qtbot, page, "start")
    window.show_page("settings")
    window.search.setFocus()
    type_into(window.search, "样例")
    _idle(page, qtbot)
    assert window.notice.text == "“台账.xlsx”共 100 行：已登记 97 行、没有登记 3 行。"
    assert window.search.text() == "样例" and window.search.hasFocus()
    window.show_page("imports")
    assert "已登记 97 行" in _text(page, "start.sentence") and _cells(page, RESULT)[0] == "已登记"


def test_closing_the_window_stops_it_behind_a_row(window: Window, qtbot: QtBot, ledger_of_100: Path) -> None:
    page = _in(window)
    _tried(page, qtbot, ledger_of_100)
    _click(qtbot, page, "start")
    qtbot.waitUntil(lambda: _visits(page.office) >= 10)
    window.close()
    stored = _visits(page.office)
    assert 10 <= stored < 97
    qtbot.waitUntil(lambda: not page.files.run.active)
    assert _visits(page.office) == stored and upkeep.check(page.office).faults == ()


def test_another_choice_forgets_what_was_tried(page: ImportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    _tried(page, qtbot, _file(tmp_path / "台账.xlsx", _row(1)))
    assert _button(page, "start").isEnabled()
    page.findChild(ChoiceBox, "imports.source").set_code("transfer_court")
    assert not _button(page, "start").isEnabled() and page.files.blank.isVisible()
    _click(qtbot, page, "try")
    _idle(page, qtbot)
    _click(qtbot, page, "start")
    _idle(page, qtbot)
    number = _cells(page, WHY)[0]
    assert ledger.matter(page.office, page.actor, number).source == "transfer_court"

    box = page.findChild(ChoiceBox, "imports.source")
    box.setFocus()
    box.setEditText("火星")
    _click(qtbot, page, "try")
    assert "没有“火星”这个来源" in _text(page, "try.sentence") and not page.files.run.active


def test_a_township_report_comes_from_the_grass_roots(
    page: ImportsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    header = ("乡镇", "村", "当事人", "联系方式", "纠纷简要情况", "来源")
    line = ("冉庄镇", "张马庄村", "张三与李四", "13800138000", "两家因院墙发生争执", "群众举报")
    page.findChild(Segments, "imports.kind").choose("reports")
    assert not page.findChild(ChoiceBox, "imports.source").isEnabled()
    _tried(page, qtbot, _file(tmp_path / "排查.xlsx", line, header=header))
    assert _cells(page, NAME) == ["张三与李四"] and _cells(page, MATTER) == ["两家因院墙发生争执"]
    assert "当事人（当事人）" not in _text(page, "told") and "联系方式（联系电话）" in _text(page, "told")
    _click(qtbot, page, "start")
    _idle(page, qtbot)
    assert ledger.matter(page.office, page.actor, _cells(page, WHY)[0]).source == "township_report"


def test_a_mapping_file_says_which_column_is_what(
    page: ImportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(tmp_path / "名单.xlsx", ("张三", "占地", "2024-9-1"), header=("群众", "说的啥", "哪天"))
    _tried(page, qtbot, path)
    assert "表里没有认得出的“姓名”“来访事由”“来访时间”列" in _text(page, "blank.more")
    mapping = tmp_path / "对照.toml"
    mapping.write_text('name = "群众"\n"来访事由" = "说的啥"\nreceived_at = "哪天"\n', "utf-8")
    _choose(monkeypatch, mapping)
    _click(qtbot, page, "mapping")
    _click(qtbot, page, "try")
    _idle(page, qtbot)
    assert _cells(page, NAME) == ["张三"] and "群众（姓名）" in _text(page, "told")
    mapping.write_text("= 1", "utf-8")
    _click(qtbot, page, "try")
    _idle(page, qtbot)
    assert "不是正确的 TOML" in _text(page, "blank.more") and page.files.blank.isVisible()


def test_hostile_cells_are_shown_as_they_are(page: ImportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    hostile = ["<b>张三</b>", "=cmd|'/c calc'!A0", "'; DROP TABLE visit;--", "O'Neil", "𠮷野家"]
    rows = [_row(place, 姓名=name, 来访事由=f"{name}\n来了") for place, name in enumerate(hostile)]
    _tried(page, qtbot, _file(tmp_path / "台账.xlsx", *rows, _row(9, 乡镇="<h1>火星</h1>")))
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
    _click(qtbot, page, "try")
    _idle(page, qtbot)
    assert "另存为 xlsx" in _text(page, "blank.more")
    page.findChild(Segments, "imports.kind").choose("pasted")
    _drop(page, _file(tmp_path / "排查.xlsx", _row(1)), old)
    assert page.findChild(Segments, "imports.kind").code == "reports"
    assert any("一次导入一个文件" in text for text in told)
    _click(qtbot, page, "try")
    assert page.files.run.active
    _drop(page, old)
    _idle(page, qtbot)
    assert page.files.choosing.job.path == tmp_path / "排查.xlsx", "not while a file is under way"


def test_who_may_not_import_is_told_and_can_press_nothing(
    page: ImportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.files.take(_file(tmp_path / "台账.xlsx", _row(1)))
    page.session.become(page.office.actor("mediator"))
    assert "“导入”和“登记来访”两项权限" in _text(page, "why_not")
    assert page.files.blank.sentence.text() == "现在不能导入"
    for name in ("choose", "mapping", "try", "start", "tick_ready", "register"):
        assert not _button(page, name).isEnabled()
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
    assert _text(page, "why_not") == "" and _button(page, "try").isEnabled()


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
    page.files.take(_file(tmp_path / "台账.xlsx", _row(1)))
    assert not _button(page, "try").isEnabled() and not _button(page, "tick_ready").isEnabled()
    office.close()


# --- pasted lines --------------------------------------------------------------------------------------------------

PASTED = """冉庄镇 张马庄村 张三与李四 宅基地纠纷 13800138000
1、清苑区冉庄镇三房村村民王五反映邻居占路，电话：138 0013 8001
冉庄镇 东孟庄村 王六 要求解决低保
今天没有情况"""


@pytest.fixture
def pasted(page: ImportsPage, qtbot: QtBot) -> Callable[[str], ImportsPage]:
    """Paste lines as a person does and wait until they are rows."""

    def paste(text: str) -> ImportsPage:
        page.findChild(Segments, "imports.kind").choose("pasted")
        box = page.pasted.text
        box.setFocus()
        box.selectAll()
        QApplication.clipboard().setText(text)
        press(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        wanted = [line.split() for line in text.splitlines() if line.strip()]
        qtbot.waitUntil(
            lambda: [entry.row.text.split() for entry in page.pasted.table.lines.entries] == wanted
        )
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


def _change(page: ImportsPage, qtbot: QtBot, row: int, column: int, text: str) -> None:
    """Enter, type over what is there, Enter; wait for what the rules say."""
    _go_to(page, qtbot, row, column)
    asked = page.pasted.table.lines.entry(row).row
    press(page.pasted.table, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QWidget) and editor.objectName().startswith("imports.cell.")
    press(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_into(editor.lineEdit() if isinstance(editor, ChoiceBox) else editor, text)
    press(QApplication.activePopupWidget() or editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.pasted.table.state() == page.pasted.table.State.NoState)
    entry = page.pasted.table.lines.entry(row)
    qtbot.waitUntil(lambda: entry.row is not asked)


def test_lines_become_rows_as_they_are_pasted(
    pasted: Callable[[str], ImportsPage],
) -> None:
    page = pasted(PASTED)
    assert [_line(page, 0, column) for column in range(PASTED_NAME, STATE + 1)] == [
        *("张三", "13800138000", "冉庄镇", "张马庄村", "李四", "张三与李四宅基地纠纷", "齐全")
    ]
    assert _line(page, 1, PASTED_NAME) == "王五" and _line(page, 1, STATE) == "缺对方当事人"
    assert _line(page, 2, STATE).startswith("缺联系电话、对方当事人；冉庄镇没有“东孟庄村”这个村")
    assert page.pasted.table.lines.entry(2).state()[1] == "red"
    assert page.pasted.table.lines.entry(2).lacks(PHONE)
    assert "共 4 行：齐全 1 行，要补要改 3 行" in _text(page, "counts")
    assert _visits(page.office) == 0 and not _button(page, "register").isEnabled()


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
        _go_to(page, qtbot, row, PASTED_NAME)
        press(page.pasted.table, Qt.Key.Key_Space)
    _click(qtbot, page, "tick_ready")
    assert _button(page, "register").text() == "登记所选 4 行 F9"
    press(page.pasted.table, Qt.Key.Key_F9)
    press(page.pasted.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not page.pasted.active)
    assert _text(page, "register.sentence") == "已登记 3 行，1 行没有登记，原因见该行。"
    assert _visits(page.office) == 3
    assert _line(page, 0, STATE) == "清访〔2024〕0001号"
    assert _line(page, 3, STATE) == "请填写来访人姓名；不愿透露的填“匿名”。"
    facts = ledger.matter(page.office, page.actor, _line(page, 2, STATE))
    assert facts.source == "township_report" and facts.visits[0].narrative == "要求解决低保；<b>急</b>"
    assert [(other.name, other.kind) for other in facts.opponents] == [
        ("李七", "person"),
        ("样例公司", "company"),
    ]

    _change(page, qtbot, 3, PASTED_NAME, "匿名")
    press(page.pasted.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not page.pasted.active)
    assert _visits(page.office) == 4 and _line(page, 3, STATE) == "清访〔2024〕0004号"
    assert not _button(page, "register").isEnabled()
    _go_to(page, qtbot, 3, PASTED_NAME)
    press(page.pasted.table, Qt.Key.Key_Space)
    assert page.pasted.table.lines.ticked == [], "what is registered is not registered again"


def test_the_same_line_pasted_again_is_not_registered_again(
    pasted: Callable[[str], ImportsPage], qtbot: QtBot
) -> None:
    first = PASTED.splitlines()[0]
    for text in (first, "冉庄镇 张马庄村 别人 别的事", f"{first}\n{first}"):
        page = pasted(text)
        _click(qtbot, page, "tick_ready")
        _click(qtbot, page, "register")
        qtbot.waitUntil(lambda pane=page.pasted: not pane.active)
    assert _visits(page.office) == 1
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
    _go_to(page, qtbot, 0, PASTED_NAME)
    press(page.pasted.table, Qt.Key.Key_Space)
    press(page.pasted.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not page.pasted.active)
    assert _visits(page.office) == 0 and "看不懂" in _line(page, 0, STATE)
    _change(page, qtbot, 0, PASTED_NAME, "张三丰")
    assert "看不懂" in _line(page, 0, STATE)


def test_a_cell_nobody_could_read_is_put_right(page: ImportsPage, qtbot: QtBot) -> None:
    page.findChild(Segments, "imports.kind").choose("pasted")
    page.pasted.text.setPlainText(
        "姓名\t对方\t联系电话\t乡镇\t村\t事由\n张三\t李四\t1.38001E+10\t冉庄镇\t张马庄村\t占地"
    )
    qtbot.waitUntil(lambda: len(page.pasted.table.lines.entries) == 1)
    assert "后几位已经丢失" in _line(page, 0, STATE)
    _change(page, qtbot, 0, PASTED_NAME, "张三丰")
    assert "后几位已经丢失" in _line(page, 0, STATE)
    _change(page, qtbot, 0, PHONE, "13800138000")
    qtbot.waitUntil(lambda: _line(page, 0, STATE) == "齐全")


def test_hostile_and_endless_pastes(pasted: Callable[[str], ImportsPage], qtbot: QtBot) -> None:
    page = pasted("<b>张三</b> <img src=x>\n冉庄镇 张马庄村 张三与李四 占地")
    assert _line(page, 0, NARRATIVE).startswith("<b>张三")
    page.pasted.text.setPlainText("张三 占地\n" * 501)
    qtbot.waitUntil(page.pasted.blank.isVisible)
    assert "一次最多粘贴 500 行" in _text(page, "no_lines.more")
