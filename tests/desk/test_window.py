"""The frame of the window: rail, head, notices, search, status line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.rail import KEYS
from qingyuan_desk.desk.window import PLACES, Window
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import reception
from tests.hands import type_into


def test_every_place_of_the_rail_opens_its_page_by_its_key(window: Window, qtbot: QtBot) -> None:
    """On an active window a shortcut is taken where the keys go: to the widget that has them."""
    for place, key in [*zip(PLACES, KEYS, strict=False)][::-1]:
        at = QApplication.focusWidget() or window
        QTest.keySequence(at, QKeySequence(f"Alt+{key}"))
        qtbot.waitUntil(lambda code=place.code: window.current.code == code, timeout=3000)
        assert window.current.title


def test_the_first_keys_of_the_day_go_into_the_name(window: Window) -> None:
    at = QApplication.focusWidget()
    assert at is not None and at.objectName() == "intake.name"


def test_search_finds_as_one_types_and_opens_the_matter(
    window: Window, qtbot: QtBot, visit: Callable[..., VisitForm]
) -> None:
    session = window.session
    done = reception.register(session.office, session.actor, visit(name="单雄信"))
    opened: list[object] = []
    window.search.opened.disconnect()
    window.search.opened.connect(opened.append)
    for typed in ("sxx", "dxx", "单雄信", "宅基地", done.visit_number, "清访[2024]1号"):
        window.search.setFocus()
        window.search.clear()
        type_into(window.search, typed)
        qtbot.waitUntil(lambda: len(window.search.hits) == 1)
        assert window.search.hits[0].visitor == "单**"
        QTest.keyClick(window.search, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(opened))
        assert opened.pop() == done.matter_id


def test_a_scanned_number_opens_before_the_list_shows(
    window: Window, qtbot: QtBot, visit: Callable[..., VisitForm]
) -> None:
    session = window.session
    done = reception.register(session.office, session.actor, visit())
    with qtbot.waitSignal(window.search.opened) as signal:
        type_into(window.search, done.visit_number)
        QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert signal.args == [done.matter_id]


def test_nothing_found_is_said(window: Window, qtbot: QtBot) -> None:
    type_into(window.search, "没有这个人")
    qtbot.waitUntil(lambda: window.search._popup is not None and window.search._popup.isVisible())
    assert window.search.hits == ()


def test_a_notice_is_plain_text_and_offers_one_thing_to_do(window: Window, qtbot: QtBot) -> None:
    done: list[str] = []
    window.session.say("<b>张三</b> 已登记", "good", "撤回", lambda: done.append("撤回"))
    assert window.notice.text == "<b>张三</b> 已登记"
    assert window.notice._text.textFormat() is Qt.TextFormat.PlainText
    qtbot.mouseClick(window.notice._action, Qt.MouseButton.LeftButton)
    assert done == ["撤回"] and window.notice.text == ""


def test_status_line_counts_today(window: Window, qtbot: QtBot, visit: Callable[..., VisitForm]) -> None:
    session = window.session
    reception.register(session.office, session.actor, visit())
    session.matter_changed.emit(0)
    qtbot.waitUntil(lambda: window.status._today.text() == "今日 1 件 1 次")


def test_dark_and_large_type_change_every_colour_and_length(window: Window, desk_app: object) -> None:
    theme.apply(desk_app, "dark", 1.5)  # type: ignore[arg-type]
    assert theme.tokens() is theme.DARK and theme.px(32) == 48
    theme.apply(desk_app, "light")  # type: ignore[arg-type]
    assert theme.tokens() is theme.LIGHT and theme.px(32) == 32


def _luminance(hue: str) -> float:
    parts = [int(hue[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_at_least_four_and_a_half_to_one() -> None:
    for tokens in (theme.LIGHT, theme.DARK):
        for ground in (tokens.paper, tokens.ground):
            for name in (
                "ink",
                "second",
                "accent",
                "amber",
                "red",
                "green",
                "violet",
                "mediation",
                "handover",
            ):
                light, dark = sorted((_luminance(getattr(tokens, name)), _luminance(ground)), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, getattr(tokens, name), ground)
