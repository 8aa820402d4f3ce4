"""The page of figures: what the service counts, month by month, with the list and the paper behind it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.ledger.page import LedgerPage
from qingyuan_desk.desk.reports import reading
from qingyuan_desk.desk.reports.band_header import BandHeader
from qingyuan_desk.desk.reports.bars import Bars
from qingyuan_desk.desk.reports.charts import Entry
from qingyuan_desk.desk.reports.page import ReportsPage
from qingyuan_desk.desk.reports.tiles import said
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain import figures_json
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.figures import FIGURES, Figures
from qingyuan_desk.domain.matter import COUNTED
from qingyuan_desk.domain.mediation.forms import Prevent, Simple
from qingyuan_desk.domain.visit import Person, VisitForm
from qingyuan_desk.services import mediation, reception, reporting, settings
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI, Clock
from tests.hands import press, type_into

Make = Callable[..., VisitForm]
_QUESTION = {"category": "legal_question", "narrative": "想问怎样申请劳动仲裁。", "township": "清苑镇"}


@pytest.fixture
def months(office: Office, clock: Clock, clerk: Actor, visit: Make) -> None:
    """Two visits in August, four in September, one of them taken back and one of them a group; today is 20 September."""
    now = clock.moment

    def come(month: int, day: int, **facts: object) -> str:
        clock.moment = datetime(2024, month, day, 9, 0, tzinfo=SHANGHAI)
        done = reception.register(office, clerk, visit(route_reason="按来访人诉求", **facts))
        return done.visit_number

    old = come(8, 27, **_QUESTION)
    come(8, 28, township="冉庄镇")
    come(9, 3, matter=old, **_QUESTION)
    people = tuple(Person(name=f"样例{n}", role="representative", township="冉庄镇") for n in "甲乙丙丁戊")
    come(9, 5, persons=people, narrative="23人工资未付。", category="civil_dispute", headcount=23)
    come(9, 9, category="petition_matter", narrative="反映补贴没有审批。")
    gone = come(9, 11, **_QUESTION)
    reception.take_back(office, clerk, "take-back", gone, "重复登记")
    clock.moment = now


@pytest.fixture
def page(months: None, window: Window, qtbot: QtBot) -> ReportsPage:
    window.show_page("reports")
    made = window.page("reports")
    assert isinstance(made, ReportsPage)
    _wait_for(made, qtbot, "2024年9月")
    return made


def _wait_for(page: ReportsPage, qtbot: QtBot, month: str) -> None:
    """Until everything about a month is in view."""

    def there() -> bool:
        shown = page._shown is not None and page._shown.figures.period.name == month
        return bool(shown and page.paper.view.pages and page.overall.trend.entries[-1].name == month)

    qtbot.waitUntil(there, timeout=15_000)


def _number(page: ReportsPage, key: str) -> QPushButton:
    return page.findChild(QPushButton, f"reports.figure.{key}")


def _click(page: ReportsPage, qtbot: QtBot, name: str) -> None:
    button = page.findChild(QPushButton, f"reports.{name}") or page.findChild(QToolButton, f"reports.{name}")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _figures(page: ReportsPage, month: str) -> Figures:
    return reporting.month(page.office, page.actor, month)


def _same(page: ReportsPage, figures: Figures) -> None:
    """What the page shows is what the service counts."""
    for key in COUNTED:
        counted = figures.clocks.overdue if key == "overdue" else getattr(figures.totals, key)
        assert _number(page, key).text() == str(counted), key
    assert page.overall.paragraph.text() == "\n".join(
        reporting.month_facts(page.office, page.actor, figures).paragraphs
    )
    categories = {line.code: line.counts.visits for line in figures.tables["categories"].lines}
    assert {entry.code: entry.value for entry in page.overall.categories.entries} == categories
    townships = {line.code: line.counts.visits for line in figures.tables["townships"].lines}
    assert all(entry.value == townships[entry.code] for entry in page.overall.townships.entries)


def test_the_page_shows_what_the_service_counts(page: ReportsPage, qtbot: QtBot) -> None:
    figures = _figures(page, "2024-09")
    assert (figures.totals.visits, figures.totals.matters, figures.totals.groups) == (3, 3, 1)
    _same(page, figures)
    assert page.chooser.message.whole == "本月还没有结束，数字截至今天。"
    assert page.overall.tiles.tiles["visits"].change.whole == "上月全月 2"
    assert [entry.value for entry in page.overall.trend.entries[-3:]] == [None, 2, 3]
    assert page.overall.trend.entries[-1].note == "截至9月20日"
    assert len(page.overall.trend.entries) == 13 and page.overall.trend.entries[0].name == "2023年9月"


def test_a_month_back_and_on_by_button_and_key(page: ReportsPage, qtbot: QtBot) -> None:
    on = page.findChild(QToolButton, "reports.next")
    assert not on.isEnabled()
    _click(page, qtbot, "previous")
    _wait_for(page, qtbot, "2024年8月")
    _same(page, _figures(page, "2024-08"))
    assert on.isEnabled() and page.chooser.message.whole == ""
    _click(page, qtbot, "next")
    _wait_for(page, qtbot, "2024年9月")
    press(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    _wait_for(page, qtbot, "2024年8月")
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)  # no further than this month
    _wait_for(page, qtbot, "2024年9月")
    _same(page, _figures(page, "2024-09"))


def test_pressed_fast_only_the_last_month_is_shown(page: ReportsPage, qtbot: QtBot) -> None:
    shown: list[str] = []
    show = page.overall.paragraph.setText
    page.overall.paragraph.setText = lambda text: (shown.append(text), show(text))  # type: ignore[method-assign]
    for _ in range(8):
        _click(page, qtbot, "previous")
    assert page.chooser.line.text() == "2024年1月"
    _wait_for(page, qtbot, "2024年1月")
    background.wait_for_all()
    qtbot.wait(50)
    assert page.chooser.line.text() == "2024年1月" and page.overall.paragraph.text().startswith("2024年1月")
    assert len(shown) == 1


def test_a_month_is_written_and_a_wrong_one_is_said(page: ReportsPage, qtbot: QtBot) -> None:
    line = page.chooser.line
    for typed, sentence in (("二月", "不是月份"), ("2024-13", "不是月份"), ("2024-10", "还没有到")):
        line.clear()
        type_into(line, typed)
        press(line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda said=sentence: said in page.chooser.message.whole)
        assert line.text() == typed and line.property("state") == "error"
        _same(page, _figures(page, "2024-09"))
    press(line, Qt.Key.Key_Escape)
    assert line.text() == "2024年9月"
    line.clear()
    type_into(line, "2024-8")
    press(line, Qt.Key.Key_Return)
    _wait_for(page, qtbot, "2024年8月")
    assert line.text() == "2024年8月" and not line.property("state")


def test_a_number_opens_the_list_of_as_many_matters(page: ReportsPage, window: Window, qtbot: QtBot) -> None:
    ledger = window.page("ledger")
    assert isinstance(ledger, LedgerPage)
    for key in ("matters", "new_matters", "groups"):
        counted = int(_number(page, key).text())
        _click(page, qtbot, f"figure.{key}")
        assert window.current is ledger
        qtbot.waitUntil(lambda told=f"共 {counted} 件": ledger.count.text() == told)
        chip = ledger.filters.chips["figure"]
        assert chip.isVisible() and chip.text() == FIGURES[key].name
        assert ledger.filters.day.text() == "2024年9月"
        window.show_page("reports")
    window.show_page("ledger")
    qtbot.mouseClick(ledger.filters.clear_button, Qt.MouseButton.LeftButton)
    assert not chip.isVisible()
    qtbot.waitUntil(lambda: ledger.count.text().startswith("共 5 件"))


@pytest.fixture
def settled(office: Office, clerk: Actor, clock: Clock, visit: Make) -> None:
    """Two disputes of September settled by word of mouth on the spot, of two types and from two sources; one paid."""
    now = clock.moment
    for day, facts in ((3, {"dispute_type": "02"}), (5, {"dispute_type": "04", "source": "township_report"})):
        clock.moment = datetime(2024, 9, day, 9, 0, tzinfo=SHANGHAI)
        done = reception.register(
            office,
            clerk,
            visit(opponent="李样例甲", category="civil_dispute", route_reason="按诉求", **facts),
        )
        code = next(
            each.card.code
            for each in mediation.candidates(office, clerk, done.matter_id)
            if not each.conflicts
        )
        paid = 8_600_00 if facts["dispute_type"] == "04" else 0
        form = Simple((code,), clock.moment, "双方协商一致。", ("当场付清。",), place="村委会", amount=paid)
        mediation.take(office, clerk, f"simple-{day}", done.matter_id, form)
        fight = Prevent("fight", 4, clock.moment.date(), "样例派出所")
        mediation.take(office, clerk, f"prevent-{day}", done.matter_id, fight)
    clock.moment = now


def test_mediations_are_shown_with_their_lists(
    settled: None, page: ReportsPage, window: Window, qtbot: QtBot
) -> None:
    figures = _figures(page, "2024-09").cases
    assert (figures.totals.accepted, figures.totals.settled) == (2, 2)
    shown = {
        key: _number(page, key).text() for key in ("accepted", "settled", "failed", "amount", "follow_ups")
    }
    assert shown == {"accepted": "2", "settled": "2", "failed": "0", "amount": "0.86", "follow_ups": "0"}
    assert page.sheet_tabs["mediation"].tiles.tiles["settled"].change.whole == "口头 2，书面 0"
    assert page.sheet_tabs["mediation"].tiles.tiles["failed"].change.whole == "成功率 100.0%"
    assert [(entry.code, entry.value) for entry in page.cases.types.entries] == [("02", 1), ("04", 1)]
    assert [entry.code for entry in page.cases.sources.entries] == ["walk_in", "township_report"]
    assert [(entry.name, entry.value, entry.note) for entry in page.cases.prevented.entries] == [
        ("群体性械斗", 2, "涉及 8 人")
    ]
    ledger = window.page("ledger")
    assert isinstance(ledger, LedgerPage)
    for press_it, wanted in (
        (lambda: _click(page, qtbot, "figure.settled"), 2),
        (lambda: press(page.cases.types, Qt.Key.Key_Return), 1),
        (lambda: press(page.cases.sources, Qt.Key.Key_Return), 1),
        (lambda: press(page.cases.prevented, Qt.Key.Key_Return), 2),
        (lambda: _click(page, qtbot, "figure.amount"), 1),
    ):
        window.show_page("reports")
        press_it()
        assert window.current is ledger
        qtbot.waitUntil(lambda told=f"共 {wanted} 件": ledger.count.text() == told)
    assert ledger.filters.chips["figure"].text() == "协议涉及金额"


def test_a_month_without_mediations_says_so(page: ReportsPage) -> None:
    assert page.cases.types.accessibleDescription() == "这个月没有调解成功的纠纷"
    assert page.cases.prevented.accessibleDescription() == "这个月没有记录"
    assert page.sheet_tabs["mediation"].tiles.tiles["failed"].change.whole == "成功率 —"
    assert _number(page, "amount").text() == "0"


def test_a_bar_opens_its_list_and_a_column_its_month(page: ReportsPage, window: Window, qtbot: QtBot) -> None:
    place = page.overall.trend.place_of("2024年8月").center().toPoint()
    qtbot.mouseClick(page.overall.trend, Qt.MouseButton.LeftButton, pos=place)
    _wait_for(page, qtbot, "2024年8月")
    qtbot.mouseClick(page.overall.trend, Qt.MouseButton.LeftButton, pos=QPoint(2, place.y()))
    assert page._month == "2024年8月", "nothing was recorded a year ago"
    page.overall.categories.setFocus()
    for _ in range(len(page.overall.categories.entries)):
        press(page.overall.categories, Qt.Key.Key_Down)
    press(page.overall.categories, Qt.Key.Key_Return)
    ledger = window.current
    assert isinstance(ledger, LedgerPage)
    assert ledger.filters.filter.category == "legal_question"
    qtbot.waitUntil(lambda: ledger.count.text() == "共 1 件")


def test_the_paper_is_seen_saved_and_handed_on(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.paper.view.pages > 1
    asked: list[str] = []
    dialogs = "qingyuan_desk.desk.widgets.save_as.QFileDialog.getSaveFileName"
    monkeypatch.setattr(dialogs, lambda *said: (asked.append(said[2]), (str(tmp_path / "月报"), ""))[1])
    told: list[str] = []
    page.session.noticed.connect(lambda notice: told.append(notice.text))
    _click(page, qtbot, "save_pdf")
    qtbot.waitUntil(lambda: bool(told))
    assert (tmp_path / "月报.pdf").read_bytes().startswith(b"%PDF")
    _click(page, qtbot, "export")
    _click(page, qtbot, "export_json")
    qtbot.waitUntil(lambda: len(told) == 2)
    facts = json.loads((tmp_path / "月报.json").read_text("utf-8"))
    assert facts == figures_json.as_json(_figures(page, "2024-09"))
    assert asked == ["2024年9月月报.pdf", "2024年9月月报.json"]
    _click(page, qtbot, "copy")
    assert QApplication.clipboard().text() == page.overall.paragraph.text()
    monkeypatch.setattr(dialogs, lambda *_: (str(tmp_path / "月报.json" / "月报.pdf"), ""))
    _click(page, qtbot, "save_pdf")
    qtbot.waitUntil(lambda: any("QY-132" in text for text in told))


def test_a_spreadsheet_has_names_only_for_a_reason(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    dialogs = "qingyuan_desk.desk.widgets.save_as.QFileDialog.getSaveFileName"
    monkeypatch.setattr(dialogs, lambda *said: (asked.append(said[2]), (str(tmp_path / "数据"), ""))[1])
    told: list[str] = []
    page.session.noticed.connect(lambda notice: told.append(notice.text))
    _click(page, qtbot, "export")
    qtbot.waitUntil(page.exports.isVisible)
    _click(page, qtbot, "export_xlsx")
    qtbot.waitUntil(lambda: len(told) == 1, timeout=15_000)
    assert "件事项" in told[0] and asked == ["2024年9月月报数据 2024-09-20.xlsx"]
    assert "样例甲" not in _words(tmp_path / "数据.xlsx")
    (tmp_path / "数据.xlsx").unlink()
    page.exports.named.setChecked(True)
    _click(page, qtbot, "export_xlsx")
    assert "请写明为什么" in page.exports.reason.sentence and len(asked) == 1
    type_into(page.exports.reason.editor, "上级核查")
    _click(page, qtbot, "export_xlsx")
    qtbot.waitUntil(lambda: len(told) == 2, timeout=15_000)
    assert "样例甲" in _words(tmp_path / "数据.xlsx")
    assert not page.exports.named.isChecked(), "a reason is for one export"


def _words(path: Path) -> str:
    book = load_workbook(path, read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def test_only_a_printer_that_is_there_is_printed_on(page: ReportsPage, qtbot: QtBot) -> None:
    page.paper.printer.set_code("")
    press(page, Qt.Key.Key_F8)
    assert "请先选一台打印机" in page.paper.message.whole
    page.paper.printer.set_code("没有这台")
    press(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: "QY-130" in page.paper.message.whole)
    assert page.paper.print_button.isEnabled()


def test_months_without_visits_read_well(page: ReportsPage, qtbot: QtBot, clock: Clock) -> None:
    page._choose("2024-07")
    _wait_for(page, qtbot, "2024年7月")
    assert page.overall.paragraph.text().startswith("2024年7月尚无登记数据")
    assert page.overall.categories.accessibleDescription() == "这个月尚无登记数据"
    assert page.overall.tiles.tiles["visits"].change.whole == "尚无登记数据"
    assert page.overall.trend.entries[-1].value is None
    clock.moment = datetime(2024, 10, 15, 9, 0, tzinfo=SHANGHAI)
    page._choose("2024-10")
    _wait_for(page, qtbot, "2024年10月")
    assert "零报告" in page.overall.paragraph.text()
    assert page.overall.townships.accessibleDescription() == "这个月没有来访"
    assert page.overall.trend.entries[-1].value == 0


def test_a_change_is_in_the_figures_at_once(page: ReportsPage, qtbot: QtBot, visit: Make) -> None:
    reception.register(page.office, page.actor, visit(township="冉庄镇"))
    page.session.matter_changed.emit(0)
    qtbot.waitUntil(lambda: _number(page, "visits").text() == "4")
    _wait_for(page, qtbot, "2024年9月")
    _same(page, _figures(page, "2024-09"))


def test_who_may_not_see_figures_is_told_so(page: ReportsPage, qtbot: QtBot) -> None:
    page.session.become(page.office.actor("mediator"))
    qtbot.waitUntil(lambda: "没有做这件事的权限（查看统计）" in page._sentence.text())
    assert (
        page._sentence.isVisible() and not page.overall.paragraph.isVisible() and not page.paper.isVisible()
    )
    page.session.become(page.office.actor("clerk"))
    _wait_for(page, qtbot, "2024年9月")
    assert page.overall.paragraph.isVisible() and page.paper.isVisible()


def test_who_may_not_see_matters_reads_the_numbers(page: ReportsPage, qtbot: QtBot) -> None:
    page.session.become(Actor("figures", "统计员", "statistics"))
    qtbot.waitUntil(lambda: not _number(page, "visits").isEnabled())
    assert _number(page, "visits").text() == "3"
    opened: list[object] = []
    page.session.ledger_wanted.connect(opened.append)
    press(page.overall.categories, Qt.Key.Key_Return)
    assert opened == []


def test_markup_in_the_office_tables_stays_text(page: ReportsPage, qtbot: QtBot) -> None:
    name = "<b>中心</b><img src=x>&amp;办"
    settings.change(page.office, page.actor, "rename", "office_name", name)
    page.shown()
    qtbot.waitUntil(lambda: name in page.overall.paragraph.text())
    assert page.overall.paragraph.textFormat() is Qt.TextFormat.PlainText


def test_dark_and_large(page: ReportsPage, window: Window, qtbot: QtBot, desk_app: QApplication) -> None:
    """Nothing is wider than its room: figures stand in two lines, charts one below the other."""
    wide = page.overall.categories.mapTo(page, QPoint(0, 0)).y()
    assert page.overall.townships.mapTo(page, QPoint(0, 0)).y() == wide
    theme.apply(desk_app, "dark", 1.5)
    large = ReportsPage(page.session)
    qtbot.addWidget(large)
    large.resize(1270, 640)
    large.show()
    large.shown()
    _wait_for(large, qtbot, "2024年9月")
    inner = large.overall.widget()
    assert inner.width() <= large.overall.viewport().width()
    tops = {tile.y() for tile in large.overall.tiles.tiles.values()}
    assert len(tops) == 2
    assert (
        large.overall.townships.mapTo(inner, QPoint(0, 0)).y()
        > large.overall.categories.mapTo(inner, QPoint(0, 0)).y()
    )
    for tile in large.overall.tiles.tiles.values():
        assert tile.number.width() >= tile.number.fontMetrics().horizontalAdvance(tile.number.text())
    picture = large.grab().toImage()
    assert picture.pixelColor(4, 4) == theme.color("ground")
    theme.apply(desk_app, "light")


def test_change_in_words(months: None, office: Office, clerk: Actor, clock: Clock) -> None:
    clock.moment = datetime(2024, 10, 8, 9, 0, tzinfo=SHANGHAI)
    september, august = (reporting.month(office, clerk, month) for month in ("2024-09", "2024-08"))
    words = {key: said(key, september).change for key in ("visits", "matters", "new_matters", "groups")}
    assert words == {
        "visits": "比上月多 1 件次",
        "matters": "比上月多 1 件",
        "new_matters": "与上月持平",
        "groups": "比上月多 1 批次",
    }
    assert said("visits", august).change == "上月尚无数据"
    assert said("overdue", september).change == f"应完成 {september.clocks.due} 项"


def test_bars_that_do_not_fit_are_added_up(desk_app: QApplication, qtbot: QtBot) -> None:
    bars = Bars("bars", "乡镇", "件次", rows=3, rest="其余 {n} 个乡镇")
    qtbot.addWidget(bars)
    bars.resize(240, 3 * theme.px(24))
    bars.show_entries([Entry(str(n), f"样例{n}镇", 9 - n) for n in range(8)])
    assert [(entry.name, entry.value) for entry in bars.entries] == [
        ("样例0镇", 9),
        ("样例1镇", 8),
        ("其余 6 个乡镇", 7 + 6 + 5 + 4 + 3 + 2),
    ]
    bars.resize(240, 20 * theme.px(24))
    bars.grab()
    assert len(bars.entries) == 8
    bars.show_entries([])
    bars.grab()


def test_other_periods_are_chosen_and_written(page: ReportsPage, qtbot: QtBot) -> None:
    page.chooser.kinds.choose("quarter")
    qtbot.waitUntil(lambda: page._month == "2024年第三季度" and _number(page, "visits").text() == "5")
    assert page.overall.tiles.tiles["visits"].change.whole == "上季尚无数据"
    page._choose("2024-09-01至2024-09-04")
    qtbot.waitUntil(lambda: _number(page, "visits").text() == "1")
    assert page.chooser.line.text() == "2024-09-01至2024-09-04" and page.chooser.kinds.code == "span"
    qtbot.waitUntil(lambda: [entry.value for entry in page.overall.days.entries] == [0, 0, 1, 0])
    page._choose("2024-09-04至2024-09-01")
    qtbot.waitUntil(lambda: "止日早于起日" in page.chooser.message.whole)


def test_a_number_of_a_table_opens_its_list(page: ReportsPage, window: Window, qtbot: QtBot) -> None:
    view = page.sheet_tabs["petition"].views["petition_kinds"]
    assert sum(int(row[1].text) for row in view.sheet.rows) == 1
    view.open(0, 1)
    ledger = window.current
    assert isinstance(ledger, LedgerPage) and ledger.filters.filter.figure == "petition_kinds"
    qtbot.waitUntil(lambda: ledger.count.text() == "共 1 件")


def test_official_tables_say_whether_they_add_up(settled: None, page: ReportsPage, qtbot: QtBot) -> None:
    assert page.fault.text().startswith("勾稽关系相符")
    page.tabs.setCurrentIndex(page.tabs.count() - 1)
    assert not page.paper.isVisible()
    total = page.sheet_tabs["official"].views["official_types"].sheet.rows[-1]
    assert (total[0].text, total[1].text) == ("合计", "2")
    view = page.sheet_tabs["official"].views["official_types"]
    head = view.horizontalHeader()
    assert isinstance(head, BandHeader)
    assert [band for band, _ in head.bands()] == ["调解主体", "案件来源", "协议形式"]
    longest = max(view.fontMetrics().horizontalAdvance(row[0].text) for row in view.sheet.rows)
    assert view.columnWidth(0) > longest + 20


def test_a_month_is_closed_by_pressing_twice(
    page: ReportsPage, qtbot: QtBot, clock: Clock, visit: Make, tmp_path: Path
) -> None:
    assert not page.closing.isVisible(), "the month is not over"
    page._choose("2024-08")
    _wait_for(page, qtbot, "2024年8月")
    qtbot.waitUntil(page.closing.button.isVisible)
    page.session.become(page.office.actor("leader"))
    _wait_for(page, qtbot, "2024年8月")
    page.closing.button.click()
    assert "不能撤销" in page.closing.button.text()
    page.closing.button.click()
    qtbot.waitUntil(lambda: page.recounted.text().startswith("本期已于 2024-09-20"), timeout=15_000)
    assert not page.closing.button.isVisible()
    said, now = page.overall.paragraph.text(), clock.moment
    assert page.recounted.isVisible() and "不同" not in page.recounted.text()
    clock.moment = datetime(2024, 8, 29, 9, 0, tzinfo=SHANGHAI)
    reception.register(page.office, page.office.actor("clerk"), visit(township="冉庄镇"))
    clock.moment = now
    page.session.matter_changed.emit(0)
    qtbot.waitUntil(lambda: _number(page, "visits").text() == "3")
    assert "处与结账时不同" in page.recounted.text()
    assert page.overall.paragraph.text() == said, "the paper stays as it was closed"
    assert page._shown is not None
    reading.write_json(page.office, page.actor, page._shown.figures, tmp_path / "kept.json")
    assert json.loads((tmp_path / "kept.json").read_text("utf-8"))["totals"]["visits"] == 2


def test_a_square_of_the_map_opens_its_list(page: ReportsPage, window: Window, qtbot: QtBot) -> None:
    bars = {entry.code: entry.value for entry in page.overall.townships.entries if entry.code}
    squares = {entry.code: entry.value for entry in page.overall.map.entries if entry.value}
    assert squares and squares == {code: bars[code] for code in squares}
    assert len(page.overall.map.entries) == len(page.office.reference.townships)
    code, value = max(squares.items(), key=lambda each: each[1])
    place = page.overall.map.place_of(code).center().toPoint()
    qtbot.mouseClick(page.overall.map, Qt.MouseButton.LeftButton, pos=place)
    ledger = window.current
    assert isinstance(ledger, LedgerPage) and ledger.filters.filter.township == code
    assert ledger.filters.filter.figure == "visits" and value


def test_ctrl_and_a_digit_turn_the_tabs(page: ReportsPage) -> None:
    for place in (6, 1, 0):
        press(page.tabs, Qt.Key(Qt.Key.Key_1 + place), Qt.KeyboardModifier.ControlModifier)
        assert page.tabs.currentIndex() == place
