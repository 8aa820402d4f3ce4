"""The mediation page: a mediator's day, the head of a case, going about, pausing and ending it, and what may not leak."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.mediation.page import MediationPage
from qingyuan_desk.desk.mediation.stepper import progress
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.mediation.forms import Assign, Consent, Open, Plan, Reach, Suspend
from qingyuan_desk.services import mediation
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.desk.mediation_hands import Hands
from tests.desk.mediation_page import Page
from tests.hands import press, type_into


@pytest.fixture
def hands(office: Office) -> Hands:
    return Hands(office)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Page:
    return Page(session, qtbot)


# --- a mediator's day --------------------------------------------------------------------------------------------


def test_without_work_the_day_says_so_and_where_cases_come_from(page: Page, qtbot: QtBot) -> None:
    page.page.shown()
    qtbot.waitUntil(lambda: "登记" in page.says("no_cases"))
    assert "今天没有约定、电话和到期的事" in page.says("nothing_due")
    assert page.says("today") == "9月20日 星期五"


def test_a_dispute_nobody_has_begun_with_is_begun_with_one_key(
    page: Page, hands: Hands, qtbot: QtBot
) -> None:
    hands.register()
    start = page.page.start
    page.page.shown()
    qtbot.waitUntil(lambda: len(start.table.cases.rows) == 1 and start.table.hasFocus())
    shown = [start.table.cases.index(0, column).data() for column in range(6)]
    assert shown[2:4] == ["待登记申请", "登记调解申请"]
    assert "其中待登记 1" in page.says("case_count")
    press(start.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.page.case is not None)
    assert page.page.case.matter_id == hands.matter_id
    assert page.find(QPushButton, "dispute_save").isVisible()


def test_the_day_lists_what_is_due_and_opens_each_where_it_is_done(
    page: Page, hands: Hands, clock: Clock, qtbot: QtBot
) -> None:
    hands.register()
    hands.take(Open(claims=("改建滴水檐",)))
    page.page.shown()
    due = page.page.start.due
    qtbot.waitUntil(lambda: len(due.findChildren(QPushButton)) == 2)
    spoken = [each.accessibleName() for each in due.findChildren(QPushButton)]
    assert all("征求同意" in each for each in spoken)
    assert "王测试 138****5678" in spoken[0], "a phone in a list is masked"
    for party in hands.case.parties:
        hands.take(Consent(party.record_id, True))
    hands.take(Assign((hands.mediator(),), accepted=True))
    hands.take(Plan(clock.moment + timedelta(hours=2), room="elder_mediation"))
    page.page.shown()
    qtbot.waitUntil(
        lambda: [each.accessibleName()[:5] for each in due.findChildren(QPushButton)] == ["12:32"]
    )
    qtbot.mouseClick(due.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.page.case is not None)
    assert page.page.tab(page.page.tabs.currentIndex()).hold_form.isVisible()


def test_whose_cases_are_listed_is_remembered_for_the_account(
    page: Page, hands: Hands, session: Session, qtbot: QtBot
) -> None:
    hands.agreed()
    code = hands.case.mediators[0].mediator
    other = next(each.code for each in session.office.reference.mediators if each.code != code)
    start = page.page.start
    assert start.mediator.currentText() == "全部调解员"
    page.page.shown()
    qtbot.waitUntil(lambda: len(start.table.cases.rows) == 1)
    start.mediator.set_code(other)
    qtbot.waitUntil(lambda: not start.table.cases.rows)
    start.mediator.set_code(code)
    qtbot.waitUntil(lambda: len(start.table.cases.rows) == 1)
    again = MediationPage(Session(session.office, session.actor))
    qtbot.addWidget(again)
    assert again.start.mediator.code == code


# --- the head ----------------------------------------------------------------------------------------------------


def test_the_head_says_number_node_month_and_what_comes_next(
    page: Page, hands: Hands, clock: Clock, qtbot: QtBot
) -> None:
    case = hands.agreed()
    clock.forward(days=11)
    page.open(case.matter_id)
    assert page.says("number") == case.number
    assert page.says("dossier_number") == case.mediation.number  # type: ignore[union-attr]
    assert page.says("time") == "调解第 12 天，还有 19 天（10月20日，顺延至10月21日）"
    assert page.page.head.stepper.accessibleName() == "办到：协议"
    assert page.find(QPushButton, "verb.session").isEnabled()
    assert page.page.head.article.whole.startswith("草拟协议书")


def test_progress_follows_the_flow_and_says_where_it_stopped(hands: Hands) -> None:
    assert progress(hands.register()).stage == 0
    hands.take(Open(claims=("改建滴水檐",)))
    assert progress(hands.case).stage == 1
    for party in hands.case.parties:
        hands.take(Consent(party.record_id, True))
    assert progress(hands.case).stage == 2
    hands.take(Assign((hands.mediator(),), accepted=True))
    assert progress(hands.case).stage == 3
    hands.take(Suspend("等鉴定结果"))
    assert (progress(hands.case).stage, progress(hands.case).stopped) == (3, "中止")


def test_an_unknown_number_is_told_and_the_day_is_shown(page: Page, qtbot: QtBot) -> None:
    page.page.open("清事〔2024〕9999号")
    qtbot.waitUntil(lambda: bool(page.says("not_found")))
    assert page.page.case is None
    assert page.find(QLabel, "not_found").isVisible()


def test_matter_and_mediation_lead_to_each_other(window: Window, office: Office, qtbot: QtBot) -> None:
    hands = Hands(office)
    hands.register()
    window.open_matter(hands.matter_id)
    matter = window.page("matter")
    qtbot.waitUntil(lambda: matter.facts is not None)  # type: ignore[attr-defined]
    press(matter, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    page = window.page("mediation")
    qtbot.waitUntil(lambda: getattr(page, "case", None) is not None)
    assert window.current is page
    press(page, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert window.current is matter
    window.show_page("mediation")
    press(page, Qt.Key.Key_Escape)
    assert page.case is None  # type: ignore[attr-defined]


# --- pausing and ending ------------------------------------------------------------------------------------------


def test_every_step_is_listed_with_its_article_or_its_hindrance(page: Page, hands: Hands) -> None:
    hands.register()
    hands.take(Open(claims=("改建滴水檐",)))
    page.open(hands.matter_id)
    page.page.head.more.click()
    said = {each.text() for each in page.page.more.findChildren(QLabel)}
    for step in mediation.steps(hands.case):
        assert (step.hindrance or step.article) in said, step.name
    assert page.find(QPushButton, "step.consent").isVisible()


def test_terminating_asks_for_ground_and_says_the_article_at_the_place(
    page: Page, hands: Hands, qtbot: QtBot
) -> None:
    hands.agreed()
    page.open(hands.matter_id).page.take_up("terminate")
    form = page.page.more.forms["terminate"]
    qtbot.waitUntil(form.ground.hasFocus)
    press(form, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.says("terminate_ground.message") == "请选择终止的理由。")
    assert page.page.case.node == "mediating"  # type: ignore[union-attr]
    form.ground.set_code("hard")
    assert page.says("terminate_ground.message") == "《人民调解法》第二十六条"
    form.paths.set_codes(())
    press(form, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "第二十六条" in page.says("terminate_paths.message"))
    form.paths.set_codes(("lawsuit", "legal_aid"))
    type_into(form.words, "双方对赔偿数额分歧太大")
    press(form, Qt.Key.Key_F9)
    page.until(node="ended")
    assert page.page.case.mediation.paths == ("lawsuit", "legal_aid")  # type: ignore[union-attr]
    assert page.page.head.stepper.accessibleName() == "办到：调解不成已终止"
    assert "调解不成已终止" in page.told


def test_what_is_suspended_goes_on_where_it_was(page: Page, hands: Hands, qtbot: QtBot) -> None:
    hands.agreed()
    page.open(hands.matter_id).page.take_up("suspend")
    form = page.page.more.forms["suspend"]
    type_into(form.words, "等鉴定结果")
    press(form, Qt.Key.Key_F9)
    page.until(node="suspended")
    qtbot.waitUntil(page.page.more.forms["resume"].words.hasFocus)
    press(page.page.more, Qt.Key.Key_F9)
    page.until(node="mediating")


# --- what may not leak, and what may not break -------------------------------------------------------------------


def test_text_of_people_is_never_markup(page: Page, hands: Hands, qtbot: QtBot) -> None:
    hostile = "<b>赵</b>&<img src=x>"
    hands.register(against=hostile)
    hands.take(Open(claims=("<i>改檐</i>",)))
    second = hands.case.parties[1].record_id
    hands.take(Reach(second, "phone", False, note="<u>没人接</u>"))
    page.open(hands.matter_id)
    page.tab("parties").table.choose(1)  # type: ignore[attr-defined]
    for label in page.page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or not label.text(), label.objectName()
    assert page.says("answer_who") == hostile


def test_an_account_without_the_right_is_refused_in_a_sentence(
    office: Office, hands: Hands, session: Session, qtbot: QtBot
) -> None:
    hands.register()
    lawyer = next(actor for actor in (office.actor("clerk"),) if actor)
    page = Page(Session(office, type(lawyer)("lawyer", "王律师", "lawyer")), qtbot)
    page.open(hands.matter_id)
    page.tab("parties").dispute_form.save()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "没有做这件事的权限" in page.told)
    assert hands.case.mediation is None


def test_no_part_of_a_tab_flashes_up_as_a_window_of_its_own(
    page: Page, hands: Hands, qapp: QApplication
) -> None:
    flashed: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                flashed.append(f"{type(watched).__name__} {watched.objectName()}")
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    page.open(hands.agreed().matter_id)
    for place in range(page.page.tabs.count()):
        page.page.tabs.setCurrentIndex(place)
    page.page.head.more.click()
    qapp.removeEventFilter(watch)
    assert flashed == []


def test_every_tab_is_built_again_in_large_type_and_dark(
    page: Page, hands: Hands, desk_app: object, qtbot: QtBot
) -> None:
    hands.agreed()
    page.open(hands.matter_id)
    for place in range(page.page.tabs.count()):
        page.page.tabs.setCurrentIndex(place)
    theme.apply(desk_app, "dark", 1.5)  # type: ignore[arg-type]
    page.session.look_changed.emit()
    for place in range(page.page.tabs.count()):
        page.page.tabs.setCurrentIndex(place)
        held = page.page.tabs.widget(place)
        assert held.widget().minimumSizeHint().width() <= 1302, page.page.tabs.tabText(place)  # type: ignore[attr-defined]
    theme.apply(desk_app, "light")  # type: ignore[arg-type]
