"""Reception by keyboard alone: spoken order, few keys, every widget named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.intake.page import IntakePage
from qingyuan_desk.desk.intake.records import MatchList
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.reading_order import editors_of
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.visit import Person, VisitForm
from qingyuan_desk.services import ledger
from tests.desk.intake_hands import Hands, page_of

ID = "11010519491231002X"


@pytest.fixture
def page(window: Window) -> IntakePage:
    return page_of(window)


def test_a_neighbour_dispute_is_registered_without_the_mouse(page: IntakePage, qtbot: QtBot) -> None:
    hands = Hands()
    hands.write("王建国").enter()  # name → sex
    hands.enter()  # sex: the number will say it → kind of document
    hands.enter()  # an identity card → number
    hands.write(ID).enter()
    hands.write("138 0013 8000").enter()
    hands.write("rz").enter()
    hands.write("冉庄").enter()
    hands.write("村东第三排").enter()
    hands.write("老年人").enter()
    hands.enter()  # one person
    hands.enter().enter()  # no agent, no representatives
    hands.enter().enter()  # came here, now
    hands.enter()  # a person on the other side
    hands.write("李大山").enter()
    hands.enter()  # no phone; past the button for a further party
    assert QApplication.focusWidget() is page.claim.narrative
    hands.write("邻居盖房占了我家宅基地，多次协商不成，请求调解。")
    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.foot.number.text() == "清访〔2024〕0001号")
    assert hands.presses < 40
    facts = ledger.matter(page.office, page.actor, "清访〔2024〕0001号")
    main = facts.visits[0].persons[0]
    assert main == Person(
        name="王建国",
        sex="female",
        id_number=ID,
        phone="13800138000",
        township=page.office.reference.township("冉庄镇").code,
        village=page.office.reference.village("冉庄镇", "冉庄村").code,
        address="村东第三排",
        birth_date="1949-12-31",
        crowd="elder",
    )
    assert [other.name for other in facts.opponents] == ["李大山"]
    assert (facts.flow, facts.category) == ("mediation", "civil_dispute")
    assert page.foot.after.whole == "已登记，请到乡贤调解室"


def test_digits_choose_sex_category_and_flow(page: IntakePage) -> None:
    for widget, digit, code in (
        (page.visitor.sex, "2", "female"),
        (page.claim.route.category, "5", "legal_question"),
        (page.claim.route.flow, "3", "consultation"),
    ):
        widget.setFocus()
        QTest.keyClick(QApplication.focusWidget(), digit)
        assert widget.code == code
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
        assert widget.code not in ("", code)


def test_flags_are_one_stop_of_tab_and_switched_by_arrows_and_space(page: IntakePage) -> None:
    page.claim.flags.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert page.claim.chosen_flags == {"danger"}
    said = page.claim.fields()["flags"].sentence
    assert said.startswith("现实危险：先保人身安全") and "第二十五条" in said
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert not page.claim.flags.isAncestorOf(QApplication.focusWidget())


def test_former_names_and_initials_find_township_and_village(page: IntakePage) -> None:
    for typed, found in (
        ("东吕乡", "东闾镇"),
        ("闫庄", "阎庄乡"),
        ("byt", ""),
        ("wt", "望亭镇"),
        ("冉", "冉庄镇"),
    ):
        box = page.visitor.township
        box.set_code("")
        box.setFocus()
        Hands().write(typed).enter()
        assert page.office.reference.township(box.typed) == page.office.reference.township(found)
    assert page.visitor.village.completer() is not None
    page.visitor.village.setFocus()
    Hands().write("zmz").enter()
    assert page.visitor.village.currentText() == "张马庄村"


def test_an_open_list_needs_no_second_enter(page: IntakePage, qtbot: QtBot) -> None:
    box = page.visitor.township
    box.setFocus()
    Hands().write("rz")
    popup = box.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert box.currentText() == "冉庄镇" and not popup.isVisible()
    assert QApplication.focusWidget() is page.visitor.village


def test_the_wheel_changes_no_choice(page: IntakePage, qtbot: QtBot) -> None:
    box = page.visitor.source
    before = box.code
    centre = box.rect().center()
    event = QWheelEvent(
        QPointF(centre),
        QPointF(box.mapToGlobal(centre)),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert box.code == before


def test_tab_goes_where_the_eye_goes(page: IntakePage) -> None:
    page.visitor.add_agent()
    page.visitor.add_representative()
    page.claim.opponents.add()
    for part in (page.visitor, page.claim, page.records):
        places = [
            (widget, widget.mapTo(part, QPoint(0, 0))) for widget in editors_of(part) if widget.isVisible()
        ]
        for (_, before), (widget, after) in pairwise(places):
            below = after.y() > before.y() + 8
            assert below or after.x() > before.x(), widget.objectName()
    chain = list(_tab_chain(page.visitor.name, page.foot.save))
    in_order = [
        widget
        for part in (page.visitor, page.claim, page.records, page.foot)
        for widget in editors_of(part)
        if _is_stop(widget)
    ]
    assert chain == in_order[in_order.index(page.visitor.name) :]


def _tab_chain(first: QWidget, last: QWidget) -> Iterator[QWidget]:
    """The widgets Tab visits."""
    widget = first
    while True:
        if _is_stop(widget):
            yield widget
        if widget is last:
            return
        widget = widget.nextInFocusChain()


def _is_stop(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def test_every_widget_to_act_on_has_a_name_and_says_what_it_is(page: IntakePage) -> None:
    page.visitor.add_agent()
    page.visitor.add_representative()
    page.claim.opponents.add()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, MatchList)
    for widget in page.findChildren(QWidget):
        if not isinstance(widget, kinds):
            continue
        inner = (
            widget.isWindow()
            or isinstance(widget.parentWidget(), QComboBox)
            or "Private" in type(widget).__name__
        )
        unused = widget.parentWidget() is page.strip and not page.strip.isVisible()
        if inner or unused or widget.objectName().startswith("qt_") or not widget.focusPolicy():
            continue
        assert widget.objectName().startswith("intake."), widget
        spoken = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert spoken, widget.objectName()


@pytest.mark.parametrize(("mode", "scale"), [("light", 1.25), ("dark", 1.0), ("dark", 1.5)])
def test_dark_and_large_type_cut_nothing(
    session: Session, desk_app: QApplication, qtbot: QtBot, mode: str, scale: float
) -> None:
    theme.apply(desk_app, mode, scale)
    try:
        page = IntakePage(session)
        qtbot.addWidget(page)
        page.resize(1302, 684)
        page.show()
        page.start_new()
        qtbot.wait(1)
        for panel in (page.visitor, page.claim, page.records):
            content = panel.scroll.widget()
            assert content.width() <= panel.scroll.viewport().width()
            assert content.height() >= content.heightForWidth(content.width())
        for box in (page.visitor.name, page.visitor.id_number, page.claim.narrative, page.foot.save):
            assert box.height() >= box.fontMetrics().height() + 4
    finally:
        theme.apply(desk_app, "light")


def test_input_methods_stay_out_of_numbers(page: IntakePage) -> None:
    for edit in (page.visitor.id_number, page.visitor.phone):
        assert edit.inputMethodHints() & Qt.InputMethodHint.ImhLatinOnly


def test_a_form_shown_again_is_the_same_form(page: IntakePage) -> None:
    reference = page.office.reference
    town = reference.township("冉庄镇").code
    village = reference.village("冉庄镇", "冉庄村").code
    form = VisitForm(
        request_id="r1",
        persons=(
            Person(
                "张铁柱",
                "male",
                "passport",
                "E12345678",
                "13800138000",
                town,
                village,
                "村东",
            ),
            Person("刘一", role="representative", phone="13700137000"),
            Person("周律师", role="agent", authority="special", relation="代理律师"),
        ),
        headcount=23,
        narrative="拖欠工资。",
        category="petition_matter",
        room="petition",
        flags=frozenset({"urgent"}),
        route_reason="来访人坚持走信访",
    )
    page._open(form)
    assert page.form() == form
