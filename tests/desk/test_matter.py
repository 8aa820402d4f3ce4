"""The matter page: opening by any number, notes, revealing numbers, taking back, clocks, papers, and what may not leak."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.ledger.page import LedgerPage
from qingyuan_desk.desk.matter.facts_tab import SHOWN_SECONDS
from qingyuan_desk.desk.matter.page import MatterPage
from qingyuan_desk.desk.session import Notice, Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.visit import Opponent, Person, Registered, VisitForm
from qingyuan_desk.services import ledger, papers, reception
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.hands import press, type_into

ID, PHONE, OTHER_PHONE = "13060819491231002X", "13812345678", "13998765432"
HOSTILE = "<b>张三</b> & <img src=x>"

Register = Callable[..., Registered]


@pytest.fixture
def register(office: Office, clerk: Actor, visit: Callable[..., VisitForm]) -> Register:
    def make(**facts: object) -> Registered:
        return reception.register(office, clerk, visit(**facts))

    return make


Opened = Callable[..., MatterPage]


@pytest.fixture
def opened(desk_app: QApplication, office: Office, qtbot: QtBot) -> Iterator[Opened]:
    """Opens the page for somebody, on a matter when one is named."""
    pages: list[MatterPage] = []

    def make(asked: object = None, account: str = "clerk") -> MatterPage:
        page = MatterPage(Session(office, office.actor(account), desk_app))
        qtbot.addWidget(page)
        page.resize(1302, 684)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        if asked is None:
            page.shown()
        else:
            page.open(asked)
            qtbot.waitUntil(lambda: page.facts is not None)
        pages.append(page)
        return page

    yield make
    background.wait_for_all()
    desk_app.processEvents()
    for page in pages:
        page.close()


def _button(page: QWidget, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None, name
    return found


def _click(qtbot: QtBot, page: QWidget, name: str) -> None:
    qtbot.mouseClick(_button(page, name), Qt.MouseButton.LeftButton)


def _everything(page: QWidget) -> str:
    """Every text of the page: shown, in tooltips, read aloud, in boxes."""
    said: list[str] = []
    for widget in page.findChildren(QWidget):
        said += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QLineEdit | QPushButton):
            said.append(widget.text())
    return "\n".join(said)


# --- opening ---


def test_a_matter_opens_by_every_spelling_of_its_numbers(
    opened: Opened, register: Register, qtbot: QtBot
) -> None:
    done = register()
    again = register(matter=done.matter_number)
    page = opened(done.matter_id)
    assert page.head.number.text() == done.matter_number
    for spelling in (
        done.matter_number,
        "清事[2024]1号",
        "清事（2024）第1号",
        "清访2024-0002",
        again.visit_number,
        "〔2024〕2号",
    ):
        page.facts = None
        page.open(spelling)
        qtbot.waitUntil(lambda: page.facts is not None)
        assert page.facts is not None and page.facts.matter_id == done.matter_id, spelling


def test_a_number_that_is_not_there_is_said_in_its_place(
    opened: Opened, register: Register, qtbot: QtBot
) -> None:
    register()
    page = opened()
    page.open("清访〔2024〕0999号")
    qtbot.waitUntil(lambda: "没有找到 清访〔2024〕0999号" in page.recent.sentence.text())


def test_the_matters_opened_last_are_offered_the_next_day(
    opened: Opened, register: Register, office: Office, qtbot: QtBot
) -> None:
    first, second = register(name="甲样例"), register(name="乙样例")
    sealed = register(flags=frozenset({"accusation"}), narrative="举报村干部收受好处。")
    page = opened(first.matter_id)
    for done in (second, sealed):
        page.open(done.matter_id)
        qtbot.waitUntil(lambda done=done: page.facts is not None and page.facts.matter_id == done.matter_id)  # type: ignore[misc]
    page.session.preferences.sync()
    page = opened()
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "matter.recent.1") is not None)
    assert page.findChild(QPushButton, "matter.recent.2") is None, "a sealed matter is not remembered"
    assert second.matter_number in _button(page, "matter.recent.0").accessibleName()
    _click(qtbot, page, "matter.recent.1")
    qtbot.waitUntil(lambda: page.facts is not None and page.facts.matter_id == first.matter_id)


# --- what it shows ---


def test_visits_nodes_and_durations(opened: Opened, register: Register, clock: Clock, office: Office) -> None:
    done = register(headcount=3)
    clock.forward(days=2, hours=4)
    register(matter=done.matter_number, narrative="再次反映。")
    clock.forward(hours=1)
    page = opened(done.matter_id)
    titles = [entry.title for entry in page.timeline.entries]
    assert titles == ["现在：待征求同意", "再次来访 · 第2次来访", "分流 → 待征求同意", "登记 · 第1次来访"]
    assert page.timeline.entries[0].who == "已 2 天 5 小时"
    assert page.timeline.entries[1].gap == "相隔 2 天 4 小时"
    assert page.timeline.entries[3].when == "2024年9月20日 10:32"
    assert page.tabs.tabText(page.tabs.indexOf(page.visits_tab)) == "来访 2"
    assert "3 人" in _everything(page.visits_tab)


def test_text_of_people_stays_text(opened: Opened, register: Register, qtbot: QtBot) -> None:
    done = register(name=HOSTILE, narrative=HOSTILE * 3, opponent=HOSTILE, address=HOSTILE)
    page = opened(done.matter_id)
    page.actions.note.setPlainText(HOSTILE)
    page.actions.save_note()
    qtbot.waitUntil(lambda: any(entry.note == HOSTILE for entry in page.timeline.entries))
    for label in page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert HOSTILE in _everything(page.facts_tab) and HOSTILE * 3 in _everything(page.visits_tab)


def test_ids_and_phones_are_masked_everywhere_until_a_reason_is_given(
    opened: Opened, register: Register, office: Office, clerk: Actor, qtbot: QtBot
) -> None:
    done = register(
        persons=(Person("王建国", id_number=ID, phone=PHONE),),
        opponents=(Opponent("李四", phone=OTHER_PHONE),),
    )
    page = opened(done.matter_id)
    for number in (ID, PHONE, OTHER_PHONE):
        assert number not in _everything(page)
    assert "130608********002X" in _everything(page) and "138****5678" in _everything(page)

    _click(qtbot, page, "matter.reveal")
    _click(qtbot, page, "matter.reveal_go")
    notices: list[str] = []
    page.session.noticed.connect(lambda notice: notices.append(notice.text))
    qtbot.waitUntil(lambda: any("请写明为什么" in text for text in notices))
    assert ID not in _everything(page)

    type_into(page.facts_tab.reveal.reason, "电话回访")
    press(page.facts_tab.reveal.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ID in _everything(page))
    assert PHONE in _everything(page) and OTHER_PHONE in _everything(page)
    event = ledger.matter(office, clerk, done.matter_id).events[-1]
    assert (event.action, event.note, event.actor) == ("查看证件和电话", "电话回访", "登记员")
    qtbot.waitUntil(lambda: page.timeline.entries[1].title == "查看证件和电话")
    assert ID in _everything(page), "reading the matter again does not mask"

    for _ in range(SHOWN_SECONDS):
        page.facts_tab.reveal._count_down()
    qtbot.waitUntil(lambda: ID not in _everything(page) and PHONE not in _everything(page))


def test_another_page_or_matter_masks_at_once(opened: Opened, register: Register, qtbot: QtBot) -> None:
    done = register(persons=(Person("王建国", id_number=ID, phone=PHONE),))
    other = register()
    page = opened(done.matter_id)
    reveal = page.facts_tab.reveal
    for leave in (lambda: page.hide(), lambda: page.open(other.matter_id)):
        page.show()
        page.open(done.matter_id)
        qtbot.waitUntil(lambda: page.facts is not None and page.facts.matter_id == done.matter_id)
        reveal._ask_why()
        reveal.reason.setText("核对")
        reveal._go()
        qtbot.waitUntil(lambda: ID in _everything(page))
        leave()
        qtbot.waitUntil(lambda: ID not in _everything(page))


# --- notes ---


def test_pressed_twice_a_note_is_written_once(
    opened: Opened, register: Register, office: Office, clerk: Actor, qtbot: QtBot
) -> None:
    done = register()
    page = opened(done.matter_id)
    type_into(page.actions.note, "已电话联系对方，约周五到中心。")
    for _ in range(2):
        press(page.actions.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.timeline.entries[1].title == "记事")
    background.wait_for_all()
    notes = [event for event in ledger.matter(office, clerk, done.matter_id).events if event.action == "记事"]
    assert [note.note for note in notes] == ["已电话联系对方，约周五到中心。"]
    assert page.actions.note.toPlainText() == ""
    type_into(page.actions.note, "第二条。")
    _click(qtbot, page, "matter.note_save")
    qtbot.waitUntil(lambda: page.timeline.entries[1].note == "第二条。")


def test_an_empty_note_is_refused_at_its_place(opened: Opened, register: Register, qtbot: QtBot) -> None:
    page = opened(register().matter_id)
    _click(qtbot, page, "matter.note_save")
    qtbot.waitUntil(lambda: page.actions.message.text() == "请写下要记的内容。")


def test_a_note_being_typed_stays_when_others_write_and_waits_on_its_matter(
    opened: Opened, register: Register, office: Office, clerk: Actor, qtbot: QtBot
) -> None:
    done, other = register(), register(name="另一人")
    page = opened(done.matter_id)
    type_into(page.actions.note, "写到一半")
    ledger.add_note(office, clerk, "elsewhere", done.matter_id, "别处记的。")
    page.session.matter_changed.emit(done.matter_id)
    qtbot.waitUntil(lambda: page.timeline.entries[1].note == "别处记的。")
    assert page.actions.note.toPlainText() == "写到一半"
    page.open(other.matter_id)
    qtbot.waitUntil(lambda: page.actions.note.toPlainText() == "")
    page.open(done.matter_id)
    qtbot.waitUntil(lambda: page.actions.note.toPlainText() == "写到一半")


# --- what can be done ---


def test_a_registration_is_taken_back_with_a_reason(
    opened: Opened, register: Register, office: Office, clerk: Actor, qtbot: QtBot
) -> None:
    done = register()
    again = register(matter=done.matter_number)
    page = opened(done.matter_id)
    page.tabs.setCurrentWidget(page.visits_tab)
    _click(qtbot, page, "matter.take_back.2")
    assert again.visit_number in page.visits_tab.take_back.sentence.text()
    _click(qtbot, page, "matter.take_back_go")
    qtbot.waitUntil(lambda: page.visits_tab.take_back.field.sentence.startswith("请写明撤回"))
    type_into(page.visits_tab.take_back.reason, "重复登记")
    _click(qtbot, page, "matter.take_back_go")
    qtbot.waitUntil(lambda: "已作废：重复登记" in _everything(page.visits_tab))
    facts = ledger.matter(office, clerk, done.matter_id)
    assert [visit.state for visit in facts.visits] == ["valid", "void"] and facts.state == "open"
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "matter.take_back.2") is None)

    _click(qtbot, page, "matter.take_back.1")
    assert "也会一起作废" in page.visits_tab.take_back.sentence.text()
    type_into(page.visits_tab.take_back.reason, "录错了人")
    press(page.visits_tab.take_back.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.facts is not None and page.facts.state == "void")
    assert "作为新事项登记" in page.actions.hindrances["again"]
    assert not page.actions.again_button.isEnabled() and not page.actions.print_button.isEnabled()
    assert page.actions.note_save.isEnabled()


def test_f4_registers_a_further_visit(opened: Opened, register: Register, qtbot: QtBot) -> None:
    done = register()
    page = opened(done.matter_id)
    with qtbot.waitSignal(page.session.visit_wanted) as wanted:
        press(page.tabs.tabBar(), Qt.Key.Key_F4)
    assert wanted.args == [done.matter_number]
    with qtbot.waitSignal(page.session.page_wanted) as back:
        press(page.tabs.tabBar(), Qt.Key.Key_Escape)
    assert back.args == ["ledger"]


def test_a_clock_is_recorded_as_met(opened: Opened, register: Register, clock: Clock, qtbot: QtBot) -> None:
    done = register(
        narrative="反映村里公路多年失修，多次找部门没有答复。",
        category="petition_matter",
        route_reason="按诉求",
    )
    clock.forward(days=13)
    page = opened(done.matter_id)
    assert page.head.clock.text().startswith("还有 2 天（10月5日，顺延至10月8日")
    assert page.head.clock.property("tone") == "amber"
    assert "《信访工作条例》第二十二条" in page.head.article.text()
    _click(qtbot, page, "matter.meet.0")
    note = page.findChild(QLineEdit, "matter.meet_note")
    type_into(note, "清转〔2024〕12号")
    press(note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.timeline.entries[1].title == "期限办结")
    assert "清转〔2024〕12号" in page.timeline.entries[1].note
    qtbot.waitUntil(
        lambda: (
            page.findChild(QPushButton, "matter.meet.1") is None
            or not page.findChild(QPushButton, "matter.meet.1").isVisible()
        )
    )
    assert "已于2024年10月3日办理" in _everything(page.facts_tab)


def test_a_clock_met_by_mistake_runs_on(opened: Opened, register: Register, qtbot: QtBot) -> None:
    done = register(
        narrative="反映村里公路多年失修，多次找部门没有答复。",
        category="petition_matter",
        route_reason="按诉求",
    )
    page = opened(done.matter_id)

    def titles() -> list[str]:
        return [entry.title for entry in page.timeline.entries]

    # At once, from the notice.
    told: list[Notice] = []
    page.session.noticed.connect(told.append)
    _click(qtbot, page, "matter.meet.0")
    _click(qtbot, page, "matter.meet_go")
    qtbot.waitUntil(lambda: bool(told) and told[-1].action == "撤回")
    qtbot.waitUntil(lambda: "期限办结" in titles())
    assert told[-1].act is not None
    told[-1].act()
    qtbot.waitUntil(lambda: "撤回办结" in titles())
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "matter.meet.1") is not None)

    # Later, with a reason; without one it is said and nothing changes.
    _click(qtbot, page, "matter.meet.0")
    _click(qtbot, page, "matter.meet_go")
    qtbot.waitUntil(lambda: titles().count("期限办结") == 2)
    _click(qtbot, page, "matter.reopen.1")
    _click(qtbot, page, "matter.reopen_go")
    qtbot.waitUntil(lambda: "请写明为什么撤回办结。" in _everything(page))
    assert titles().count("撤回办结") == 1
    reason = page.findChild(QLineEdit, "matter.reopen_reason")
    type_into(reason, "记错了期限")
    press(reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: titles().count("撤回办结") == 2)
    assert all(clock.running for clock in ledger.matter(page.office, page.actor, done.matter_id).clocks)


def test_f8_brings_the_papers_and_prints_are_listed(
    opened: Opened, register: Register, office: Office, clerk: Actor, qtbot: QtBot
) -> None:
    done = register()
    page = opened(done.matter_id)
    press(page.tabs.tabBar(), Qt.Key.Key_F8)
    assert page.tabs.currentWidget() is page.papers_tab
    qtbot.waitUntil(lambda: page.papers_tab.drawer.paper is not None, timeout=15_000)
    assert page.papers_tab.drawer.paper.visit_number == done.visit_number
    assert "还没有打印过" in _everything(page.papers_tab)
    papers.record_print(office, clerk, "print-1", page.papers_tab.drawer.paper, "窗口打印机")
    page.session.matter_changed.emit(0)
    qtbot.waitUntil(lambda: "来访登记回执　第1次" in _everything(page.papers_tab))
    assert "窗口打印机" in _everything(page.papers_tab)


# --- who may not ---


def test_a_sealed_matter_opens_for_its_readers_only(opened: Opened, register: Register, qtbot: QtBot) -> None:
    done = register(flags=frozenset({"accusation"}), narrative="举报村干部收受好处。", name="密举人")
    page = opened(done.matter_id)
    assert page.head._sealed.isVisible() and "密件" in page.head._sealed.accessibleName()
    assert "举报村干部收受好处。" in _everything(page.facts_tab)
    other = opened(account="mediator")
    for asked in (done.matter_id, done.matter_number, done.visit_number):
        other.recent.say("")
        other.open(asked)
        qtbot.waitUntil(lambda: "没有找到" in other.recent.sentence.text())
        assert "举报" not in _everything(other) and "密举" not in _everything(other)
    page.session.become(page.office.actor("mediator"))
    qtbot.waitUntil(lambda: page.facts is None and page._stack.currentIndex() == 0)


def test_what_an_account_may_not_do_is_greyed_with_the_reason(opened: Opened, register: Register) -> None:
    page = opened(register().matter_id, "mediator")
    assert page.actions.hindrances == {"note": "", "again": "“调解员”没有这项权限。", "print": ""}
    assert not page.actions.again_button.isEnabled()
    assert "没有这项权限" in _everything(page.actions)
    assert not _button(page, "matter.take_back.1").isEnabled()


# --- the look ---


def test_large_type_and_dark_fit_the_design_size(
    opened: Opened, register: Register, desk_app: QApplication
) -> None:
    theme.apply(desk_app, "dark", 1.5)
    try:
        page = opened(register(narrative="长" * 3000, name="长" * 40).matter_id)
        for tab in range(3):
            page.tabs.setCurrentIndex(tab)
            assert page.minimumSizeHint().width() <= 1366 - theme.px(64)
            assert page.minimumSizeHint().height() <= 768 - theme.px(56 + 28)
            assert not page.grab().isNull()
    finally:
        theme.apply(desk_app, "light")


def test_from_the_list_to_the_matter_and_back_through_the_window(
    window: Window, register: Register, qtbot: QtBot
) -> None:
    first, second = register(name="甲样例"), register(name="乙样例")
    window.show_page("ledger")
    page = window.page("ledger")
    assert isinstance(page, LedgerPage)
    qtbot.waitUntil(lambda: len(page.model.rows) == 2 and page.table.current is not None)
    press(page.table, Qt.Key.Key_Down)
    press(page.table, Qt.Key.Key_Return)
    matter = window.page("matter")
    assert isinstance(matter, MatterPage) and window.current is matter
    qtbot.waitUntil(lambda: matter.head.number.text() == first.matter_number)
    type_into(matter.actions.note, "已联系。")
    press(matter.actions.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.notice.text == "已记下。")
    press(matter.tabs.tabBar(), Qt.Key.Key_Escape)
    assert window.current is page
    page.table.setFocus()
    assert page.table.current is not None and page.table.current.matter_id == first.matter_id
    press(page.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "已联系。" in page.preview.text)
    window.open_matter(second.visit_number)
    qtbot.waitUntil(lambda: matter.head.number.text() == second.matter_number)
