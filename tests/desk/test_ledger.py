"""The ledger page: reading on by scrolling, filters, views, preview, copying, exporting; sealed matters stay sealed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.ledger.chips import DayPopup
from qingyuan_desk.desk.ledger.model import MATTER, NUMBER, UNIT, VISITOR
from qingyuan_desk.desk.ledger.page import LedgerPage
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.visit import Person, VisitForm
from qingyuan_desk.services import ledger, reception
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI, Clock
from tests.hands import press, type_into

NOW = datetime(2024, 9, 20, 10, 32, 5, tzinfo=SHANGHAI)
VISITS = 300
HOSTILE = '<b>=HYPERLINK("http://x")</b> & <img src=x onerror=1>'

#: Category, what is said; the flow and the room follow from the category.
_KINDS = (
    ("civil_dispute", "邻居盖房占了宅基地，多次协商不成，请求调解。"),
    ("petition_matter", "反映村里公路多年失修，多次找部门没有答复。"),
    ("legal_question", "咨询彩礼返还的法律规定。"),
    ("livelihood", "自来水停了半个月，请求恢复供水。"),
)
_TOWNS = ("清苑镇", "冉庄镇", "阳城镇")
_SOURCES = ("walk_in", "walk_in", "township_report")


def _form(number: int) -> VisitForm:
    """The visit with this number: the later, the nearer to today."""
    category, said = _KINDS[number % len(_KINDS)]
    named = {7: "单雄信", 11: "欧阳娜娜"}.get(number, f"王样例{number:03d}")
    return VisitForm(
        f"visit-{number}",
        (Person(named, phone=f"1380000{number:04d}", township=_TOWNS[number % len(_TOWNS)]),),
        received_at=NOW - timedelta(days=(VISITS - 1 - number) // 6),
        source=_SOURCES[number % len(_SOURCES)],
        narrative=said,
        category=category,
        route_reason="按来访人的诉求",
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Path:
    """A data folder with 300 matters of eight weeks and one sealed one, closed."""
    folder = tmp_path_factory.mktemp("ledger") / "数据"
    shutil.copytree(new_folder, folder)
    clock = Clock(NOW)
    office = Office.open(folder, now=clock)
    clerk = office.actor("clerk")
    for number in range(VISITS):
        clock.moment = NOW - timedelta(days=(VISITS - 1 - number) // 6)
        reception.register(office, clerk, _form(number))
    clock.moment = NOW
    sealed = VisitForm(
        "sealed", (Person("密举人"),), narrative="举报村干部收受好处。", flags=frozenset({"accusation"})
    )
    reception.register(office, clerk, sealed)
    office.close()
    return folder


@pytest.fixture(scope="module")
def many(filled: Path) -> Iterator[Office]:
    """That folder, opened once for the tests that only read, or write what others do not notice."""
    office = Office.open(filled, now=lambda: NOW)
    yield office
    office.close()


Made = Callable[..., LedgerPage]


@pytest.fixture
def made(desk_app: QApplication, qtbot: QtBot) -> Iterator[Made]:
    """Opens the page on an office for somebody, and waits for the list."""
    pages: list[LedgerPage] = []

    def make(office: Office, account: str = "clerk") -> LedgerPage:
        page = LedgerPage(Session(office, office.actor(account), desk_app))
        qtbot.addWidget(page)
        page.resize(1302, 684)
        page.show()
        page.activateWindow()
        page.shown()
        qtbot.waitUntil(lambda: page.isActiveWindow() and not page.model.loading and bool(page.count.text()))
        pages.append(page)
        return page

    yield make
    background.wait_for_all()
    desk_app.processEvents()
    for page in pages:
        page.close()


def _settled(qtbot: QtBot, page: LedgerPage, wanted: LedgerFilter) -> None:
    qtbot.waitUntil(lambda: page.model.wanted == wanted and not page.model.loading)


def _all(qtbot: QtBot, page: LedgerPage) -> list[int]:
    """Scroll to the end as a person does; every matter that came up."""

    def down() -> bool:
        bar = page.table.verticalScrollBar()
        bar.setValue(bar.maximum())
        return page.model.complete and not page.model.loading

    qtbot.waitUntil(down, timeout=10_000)
    return [row.matter_id for row in page.model.rows]


# --- reading on ---


def test_scrolling_reads_to_the_end_and_nothing_twice(made: Made, many: Office, qtbot: QtBot) -> None:
    page = made(many)
    assert len(page.model.rows) < 200, "not everything at once"
    ids = _all(qtbot, page)
    total = ledger.count(many, many.actor("clerk"), LedgerFilter())
    assert len(ids) == len(set(ids)) == total
    days = [row.opened_on for row in page.model.rows]
    assert days == sorted(days, reverse=True)
    assert page.count.text() == f"共 {total} 件"


def test_a_change_elsewhere_leaves_row_and_place_alone(made: Made, many: Office, qtbot: QtBot) -> None:
    page = made(many)
    page.table.verticalScrollBar().setValue(1000)
    qtbot.waitUntil(lambda: not page.model.loading)
    page.table.choose(40)
    chosen, top = page.table.current, page.model.rows[page.table.rowAt(0)]
    offset = page.table.rowViewportPosition(page.table.rowAt(0))
    loaded = len(page.model.rows)
    form = VisitForm("later", (Person("后来人"),), narrative=_KINDS[0][1], category="civil_dispute")
    done = reception.register(many, many.actor("clerk"), form)
    ledger.add_note(many, many.actor("clerk"), "later-note", done.matter_id, "已电话联系。")
    page.session.matter_changed.emit(done.matter_id)
    qtbot.waitUntil(lambda: page.model.row_of(done.matter_id) == 0 and not page.model.loading)
    assert len(page.model.rows) == loaded + 1
    assert page.table.current == chosen
    assert page.model.rows[page.table.rowAt(0)] == top
    assert page.table.rowViewportPosition(page.table.rowAt(0)) == offset
    reception.take_back(many, many.actor("clerk"), "later-gone", done.visit_number, "试验")
    page.session.matter_changed.emit(0)
    qtbot.waitUntil(lambda: page.model.rows[0].state == "void")
    assert page.table.current == chosen
    qtbot.waitUntil(lambda: "其中作废 1 件" in page.count.text())


def test_a_page_behind_another_reads_again_when_it_comes_to_the_front(
    made: Made, office: Office, qtbot: QtBot, visit: Callable[..., VisitForm]
) -> None:
    page = made(office)
    assert "还没有登记过来访" in page._nothing.sentence.text()
    page.hide()
    reception.register(office, page.actor, visit())
    page.session.matter_changed.emit(0)
    qtbot.wait(200)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)


# --- filters ---


@pytest.mark.parametrize(
    ("chip", "code", "holds"),
    [
        ("flow", "petition", lambda row: row.flow == "petition"),
        ("category", "livelihood", lambda row: row.category == "livelihood"),
        ("source", "township_report", lambda row: row.source == "township_report"),
        ("unit", "justice_bureau", lambda row: row.unit == "justice_bureau"),
        ("state", "open", lambda row: row.state == "open"),
        ("due", "overdue", lambda row: row.clock is not None and row.clock.state == "overdue"),
        ("due", "ringing", lambda row: row.clock is not None and row.clock.state in ("today", "overdue")),
        ("due", "soon", lambda row: row.clock is not None and row.clock.state in ("today", "soon")),
    ],
)
def test_each_chip_lets_through_what_it_says_and_all_of_it(
    made: Made, many: Office, qtbot: QtBot, chip: str, code: str, holds: Callable[[object], bool]
) -> None:
    page = made(many)
    _all(qtbot, page)
    expected = [row.matter_id for row in page.model.rows if holds(row)]
    page.filters.chips[chip].choose(code)
    _settled(qtbot, page, LedgerFilter(**{chip: code}))
    assert 0 < len(expected) <= len(ledger_rows(many))
    assert _all(qtbot, page) == expected
    page.filters.clear_button.click()
    _settled(qtbot, page, LedgerFilter())
    assert _all(qtbot, page) == ledger_rows(many)


def ledger_rows(office: Office) -> list[int]:
    """Every matter the clerk sees, in the ledger's order."""
    rows = ledger.page(office, office.actor("clerk"), LedgerFilter(), size=1000).rows
    return [row.matter_id for row in rows]


def test_mediation_has_chips_of_its_own(made: Made, many: Office, qtbot: QtBot) -> None:
    """Where a mediation stands and how it ended can be asked once the flow is mediation; taken off, they go again."""
    page = made(many)
    node, result = (page.filters.chips[name] for name in ("node", "result"))
    assert not node.isVisible() and not result.isVisible()
    page.filters.chips["flow"].choose("mediation")
    assert node.isVisible() and result.isVisible()
    node.choose("performing")
    assert (page.filters.filter.node, node.text()) == ("performing", "履行中")
    _settled(qtbot, page, LedgerFilter(flow="mediation", node="performing"))
    assert page.model.rows == []
    node.choose("consent")
    _settled(qtbot, page, LedgerFilter(flow="mediation", node="consent"))
    assert {row.node for row in page.model.rows} == {"待征求同意"}
    page.filters.choose(LedgerFilter(figure="settled", dispute_type="02", origin="court"))
    said = [page.filters.chips[name].accessibleName() for name in ("figure", "dispute_type", "origin")]
    assert said == ["统计：调解成功", "纠纷类型：邻里纠纷", "案件来源：法院委托移送"]
    page.filters.choose(LedgerFilter())
    assert not any(
        page.filters.chips[name].isVisible() for name in ("node", "result", "dispute_type", "origin")
    )


def test_a_township_is_found_by_pinyin_in_its_chip(made: Made, many: Office, qtbot: QtBot) -> None:
    page = made(many)
    chip = page.filters.chips["township"]
    chip.setFocus()
    press(chip, Qt.Key.Key_Down)
    assert chip.popup is not None and chip.popup.isVisible()
    type_into(chip.popup.typed, "rz")
    qtbot.waitUntil(lambda: chip.popup is not None and chip.popup.list.count() >= 1)
    press(chip.popup.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.wanted.township != "" and not page.model.loading)
    assert chip.text() == "冉庄镇" and not chip.popup.isVisible()
    assert {row.township for row in page.model.rows} == {page.model.wanted.township}
    press(chip, Qt.Key.Key_Backspace)
    _settled(qtbot, page, LedgerFilter())


def test_days_move_on_with_the_calendar_or_stand_fixed(made: Made, many: Office, qtbot: QtBot) -> None:
    page = made(many)
    page.filters.day.choose("today")
    _settled(qtbot, page, LedgerFilter(period="today"))
    assert {row.opened_on for row in page.model.rows} == {NOW.date()}
    page.filters.day.open()
    popup = page.filters.day.popup
    assert isinstance(popup, DayPopup)
    popup.first.setDate(popup.first.date().addDays(-9))
    qtbot.mouseClick(popup.apply, Qt.MouseButton.LeftButton)
    first, last = date(2024, 9, 11), date(2024, 9, 20)
    _settled(qtbot, page, LedgerFilter(first_day=first, last_day=last))
    assert page.filters.day.text() == "9月11日—9月20日"
    _all(qtbot, page)
    assert {first, last} <= {row.opened_on for row in page.model.rows}
    assert all(first <= row.opened_on <= last for row in page.model.rows)


@pytest.mark.parametrize(
    ("typed", "visitor"),
    [
        ("sxx", "单**"),
        ("dxx", "单**"),
        ("欧阳娜娜", "欧阳**"),
        ("13800000011", "欧阳**"),
        ("清访[2024]12号", "欧阳**"),
    ],
)
def test_the_box_finds_by_pinyin_name_phone_and_number(
    made: Made, many: Office, qtbot: QtBot, typed: str, visitor: str
) -> None:
    page = made(many)
    type_into(page.filters.search, typed)
    _settled(qtbot, page, LedgerFilter(text=typed))
    assert [row.visitor for row in page.model.rows] == [visitor]


def test_words_of_the_narrative_and_several_conditions_together(
    made: Made, many: Office, qtbot: QtBot
) -> None:
    page = made(many)
    type_into(page.filters.search, "彩礼")
    page.filters.chips["source"].choose("township_report")
    _settled(qtbot, page, LedgerFilter(text="彩礼", source="township_report"))
    assert len(_all(qtbot, page)) == sum(
        1 for n in range(VISITS) if n % 4 == 2 and _SOURCES[n % 3] == "township_report"
    )
    press(page.filters.search, Qt.Key.Key_Escape)
    _settled(qtbot, page, LedgerFilter(source="township_report"))


def test_an_empty_list_says_what_to_do(made: Made, many: Office, qtbot: QtBot) -> None:
    page = made(many)
    type_into(page.filters.search, "没有这个词")
    qtbot.waitUntil(lambda: page._stack.currentWidget() is page._nothing)
    assert "少选一个条件" in page._nothing.sentence.text()
    qtbot.mouseClick(page._nothing.findChild(QPushButton, "ledger.nothing_act"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.model.rows) > 0)
    assert page.filters.filter == LedgerFilter() and page.filters.search.text() == ""


# --- views ---


def test_a_view_is_kept_over_a_restart_and_its_dropping_is_taken_back(
    made: Made, filled: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = shutil.copytree(filled, tmp_path / "again")
    office = Office.open(folder, now=lambda: NOW)
    page = made(office)
    page.filters.chips["flow"].choose("petition")
    page.filters.day.choose("week")
    assert not page.views.save_button.isHidden()
    qtbot.mouseClick(page.views.save_button, Qt.MouseButton.LeftButton)
    type_into(page.views.name, "本周信访")
    press(page.views.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [name for name, _ in page.views.own] == ["本周信访"])
    page.close()
    background.wait_for_all()
    office.close()

    office = Office.open(folder, now=lambda: NOW)
    page = made(office)
    qtbot.waitUntil(lambda: len(page.views.own) == 1)
    qtbot.mouseClick(page.findChild(QPushButton, "ledger.view.6"), Qt.MouseButton.LeftButton)
    _settled(qtbot, page, LedgerFilter(flow="petition", period="week"))
    assert page.filters.chips["flow"].code == "petition" and page.filters.day.text() == "本周"
    assert page.views.save_button.isHidden(), "a view in force need not be saved"
    notices: list[object] = []
    page.session.noticed.connect(notices.append)
    page.views.drop_asked.emit("本周信访")
    qtbot.waitUntil(lambda: page.views.own == () and bool(notices))
    notices[0].act()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(page.views.own) == 1)
    office_views = ledger.views(office, office.actor("mediator"))
    assert office_views == (), "views belong to the person"
    background.wait_for_all()
    page.close()
    office.close()


def test_what_is_due_stands_beside_its_view(made: Made, many: Office, qtbot: QtBot) -> None:
    page = made(many)
    today = ledger.today(many, page.actor)
    button = page.findChild(QPushButton, "ledger.view.3")
    qtbot.waitUntil(lambda: button.text().endswith(str(today.due + today.overdue)))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    _settled(qtbot, page, LedgerFilter(due="ringing"))
    assert len(_all(qtbot, page)) == today.due + today.overdue > 0
    assert button.isChecked()


# --- the row in hand ---


def test_space_previews_and_the_arrows_keep_it_in_step(made: Made, many: Office, qtbot: QtBot) -> None:
    page = made(many)
    page.table.setFocus()
    page.table.choose(2)
    press(page.table, Qt.Key.Key_Space)
    assert page.preview.isVisible()
    qtbot.waitUntil(lambda: page.model.rows[2].title in page.preview.text)
    press(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.preview.number.text() == page.model.rows[3].number)
    qtbot.waitUntil(lambda: page.model.rows[3].title in page.preview.text)
    assert "还没有记事" in page.preview.text
    press(page.table, Qt.Key.Key_Escape)
    assert not page.preview.isVisible()
    with qtbot.waitSignal(page.session.matter_wanted) as wanted:
        press(page.table, Qt.Key.Key_Return)
    assert wanted.args == [page.model.rows[3].matter_id]


def test_what_is_copied_is_what_is_shown(made: Made, many: Office, qtbot: QtBot) -> None:
    page = made(many)
    page.filters.choose(LedgerFilter(text="单雄信"))
    qtbot.waitUntil(lambda: len(page.model.rows) == 1 and page.table.current is not None)
    press(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    assert copied.split("\t")[0] == page.model.rows[0].number
    assert "单**" in copied and "雄信" not in copied and "13800000007" not in copied


def test_text_of_people_is_shown_as_it_is_and_never_calculates(
    made: Made, office: Office, qtbot: QtBot, visit: Callable[..., VisitForm], tmp_path: Path
) -> None:
    reception.register(
        office,
        office.actor("clerk"),
        visit(narrative=f"={HOSTILE}", category="legal_question", route_reason="问法"),
    )
    page = made(office)
    shown = str(page.model.index(0, MATTER).data())
    assert "<b>" in shown
    tip = str(page.model.index(0, MATTER).data(Qt.ItemDataRole.ToolTipRole))
    assert "<b>" not in tip and "&lt;b&gt;" in tip
    press(page.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: HOSTILE in page.preview.text)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    page.table.copy()
    assert not any(cell.startswith("=") for cell in QApplication.clipboard().text().split("\t"))
    page.export_to(tmp_path / "台账.csv")
    qtbot.waitUntil((tmp_path / "台账.csv").exists)
    assert b",=" not in (tmp_path / "台账.csv").read_bytes()


# --- sealed matters and exporting ---


def test_a_sealed_matter_is_there_for_its_readers_only_and_says_nothing(
    made: Made, many: Office, qtbot: QtBot
) -> None:
    everything = {account: made(many, account) for account in ("clerk", "leader", "mediator")}
    seen = {
        account: [row for place, row in enumerate(page.model.rows) if row.sealed and place < 5]
        for account, page in everything.items()
    }
    assert len(seen["clerk"]) == len(seen["leader"]) == 1 and seen["mediator"] == []
    counts = {account: int(page.count.text().split()[1]) for account, page in everything.items()}
    assert counts["clerk"] == counts["leader"] == counts["mediator"] + 1

    page = everything["clerk"]
    place = page.model.row_of(seen["clerk"][0].matter_id)
    cells = [str(page.model.index(place, column).data()) for column in range(9)]
    assert cells[MATTER] == "密件（检举控告）" and cells[VISITOR] == cells[UNIT] == ""
    page.table.choose(place)
    press(page.table, Qt.Key.Key_Space)
    assert page.preview.number.text() == cells[NUMBER]
    background.wait_for_all()
    qtbot.wait(100)
    assert "举报" not in page.preview.text and "密举" not in page.preview.text
    type_into(everything["mediator"].filters.search, "举报")
    qtbot.waitUntil(lambda: everything["mediator"].model.wanted.text == "举报")
    qtbot.waitUntil(lambda: everything["mediator"]._stack.currentWidget() is everything["mediator"]._nothing)


def test_the_spreadsheet_holds_what_the_list_shows_without_names(
    made: Made, many: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    page = made(many)
    target = tmp_path / "台账.xlsx"
    page.filters.chips["flow"].choose("petition")
    _settled(qtbot, page, LedgerFilter(flow="petition"))
    notices: list[str] = []
    page.session.noticed.connect(lambda notice: notices.append(notice.text))
    page.export_to(target)
    qtbot.waitUntil(lambda: any(text.startswith("已导出") for text in notices), timeout=10_000)
    grid = sheets.read(target)
    assert grid.header[:4] == ("编号", "登记日期", "来访人", "事项")
    listed = [row for row in page.model.rows if not row.sealed]
    total = ledger.count(many, page.actor, LedgerFilter(flow="petition")) - 1
    assert len(grid.rows) == total and len(listed) <= total
    assert {row[2] for row in grid.rows} == {"王*****"}
    assert {row[5] for row in grid.rows} == {"信访"}
    assert not any("13800" in cell or "密件" in cell for row in grid.rows for cell in row)


def test_who_may_not_export_cannot(made: Made, many: Office) -> None:
    page = made(many, "mediator")
    assert not page.export_button.isEnabled()
    assert "没有导出的权限" in page.export_button.toolTip()


def test_the_ledger_is_shown_as_paper_and_esc_goes_back(made: Made, many: Office, qtbot: QtBot) -> None:
    page = made(many)
    page.filters.chips["flow"].choose("petition")
    _settled(qtbot, page, LedgerFilter(flow="petition"))
    page.print_button.click()
    pane = page.paper
    assert pane is not None and page._stack.currentWidget() is pane
    qtbot.waitUntil(lambda: pane.paper is not None, timeout=10_000)
    assert pane.paper and pane.paper.format == "a3" and pane.paper.pages >= 1
    pane.size_choice.choose("a4")
    qtbot.waitUntil(lambda: pane.paper is not None and pane.paper.format == "a4", timeout=10_000)
    page.filters.chips["flow"].choose("mediation")
    _settled(qtbot, page, LedgerFilter(flow="mediation"))
    assert page._stack.currentWidget() is pane
    press(pane.print_button, Qt.Key.Key_Escape)
    assert page._stack.currentWidget() is page.table and page.table.hasFocus()


# --- the look ---


def test_large_type_and_dark_fit_the_design_size(
    made: Made, many: Office, qtbot: QtBot, desk_app: QApplication
) -> None:
    theme.apply(desk_app, "dark", 1.5)
    try:
        page = made(many)
        page.filters.choose(LedgerFilter(flow="petition", state="open", due="ringing"))
        qtbot.waitUntil(lambda: not page.model.loading)
        page._preview(True)
        assert page.minimumSizeHint().width() <= 1366 - theme.px(64)
        assert page.minimumSizeHint().height() <= 768 - theme.px(56 + 28)
        assert not page.table.isColumnHidden(MATTER) and page.table.columnWidth(MATTER) >= 120
        assert not page.grab().isNull()
    finally:
        theme.apply(desk_app, "light")


def test_the_look_changes_under_an_open_page(made: Made, many: Office, desk_app: QApplication) -> None:
    page = made(many)
    page._preview(True)
    before = page.grab().toImage()
    page.session.preferences.setValue("look/mode", "dark")
    page.session.preferences.setValue("look/size", "特大")
    try:
        page.session.dress(desk_app)
        assert page.table.verticalHeader().defaultSectionSize() == theme.px(32) == 48
        assert page.views.width() == theme.px(168)
        after = page.grab().toImage()
        place = page.table.mapTo(page, page.table.rect().center())
        assert after.pixelColor(place).lightness() < 80 < before.pixelColor(place).lightness()
    finally:
        for key in ("look/mode", "look/size"):
            page.session.preferences.remove(key)
        theme.apply(desk_app, "light")
