"""What was typed into a long form of a case and not saved is gone on with after a crash, by who typed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import keeping
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.mediation.forms import Form, Plan
from qingyuan_desk.services import case_drafts
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.desk.mediation_hands import Hands, open_tab
from tests.hands import press, type_into

LEFT = "接着上次没保存的内容（10:32）"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few seconds pass quickly."""
    assert keeping.EVERY <= 5_000
    monkeypatch.setattr(keeping, "EVERY", 20)


@pytest.fixture
def hands(office: Office) -> Hands:
    return Hands(office)


@contextmanager
def crashing(session: Session, qtbot: QtBot) -> Iterator[Window]:
    """A window that is gone afterwards, without having been closed."""
    window = Window(session)
    window.show()
    yield window
    background.wait_for_all()
    shiboken6.delete(window)


def _kept(hands: Hands, actor: Actor | None = None) -> tuple[Form, ...]:
    drafts = case_drafts.kept(hands.office, actor or hands.actor, hands.matter_id)
    return tuple(draft.form for draft in drafts)


def _says(part: Any) -> str:
    line = part.keeping
    return str(line.text.whole) if not line.isHidden() else ""


def _agreement(tab: Any) -> None:
    type_into(tab.editor.terms.editors[0], "，并清理院墙")
    type_into(tab.editor.amount, "3500")


def _simple(tab: Any) -> None:
    press(tab.mediators.focusProxy(), Qt.Key.Key_2)
    type_into(tab.terms.editors[0], "赵样例改好檐口。")
    tab.when.choose("later")
    type_into(tab.deadline, "10-8")


def _hold(tab: Any) -> None:
    tab.begin("session")
    tab.hold_form.findChildren(QCheckBox)[0].click()
    type_into(tab.hold_form.statements, "双方各说各的。")


def _writer(tab: Any, code: str) -> Any:
    return tab.hold_form if code == "sessions" else tab


FORMS: dict[str, Callable[[Any], None]] = {"agreement": _agreement, "simple": _simple, "sessions": _hold}


@pytest.mark.parametrize("code", FORMS)
def test_a_form_is_gone_on_with_after_a_crash_and_thrown_away(
    code: str, quick: None, session: Session, clock: Clock, hands: Hands, qtbot: QtBot
) -> None:
    hands.register() if code == "simple" else hands.agreed()
    if code == "sessions":
        hands.take(Plan(clock.moment + timedelta(minutes=1), place="冉庄村"))
    with crashing(session, qtbot) as window:
        tab = open_tab(window, qtbot, hands.matter_id, code)
        qtbot.waitUntil(lambda: code != "simple" or len(tab.mediators._buttons) > 1)
        qtbot.wait(60)
        assert _kept(hands) == (), "nothing was typed"
        FORMS[code](tab)
        typed = _writer(tab, code).keeping._typed()
        assert typed is not None
        qtbot.waitUntil(lambda: _kept(hands) == (typed,))
    clock.forward(minutes=5)
    window = Window(session)
    qtbot.addWidget(window)
    window.show()
    tab = open_tab(window, qtbot, hands.matter_id, code)
    writer = _writer(tab, code)
    qtbot.waitUntil(lambda: _says(writer) == LEFT)
    assert writer.isVisible()
    assert writer.keeping._typed() == typed
    writer.keeping.first.click()
    qtbot.waitUntil(lambda: _kept(hands) == ())
    assert _says(writer) == "" and writer.keeping._typed() is None
    assert window.notice.text == "没保存的内容不要了。"
    qtbot.mouseClick(window.notice._action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _kept(hands) == (typed,))
    assert _says(writer) == LEFT
    window.close()


def test_what_was_saved_is_not_kept_any_more(quick: None, window: Window, hands: Hands, qtbot: QtBot) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    tab.editor.when.choose("at_once")
    type_into(tab.editor.terms.editors[0], "，并清理院墙")
    qtbot.waitUntil(lambda: len(_kept(hands)) == 1)
    tab.save()
    qtbot.waitUntil(lambda: hands.case.draft is not None and _kept(hands) == ())
    qtbot.waitUntil(lambda: "草稿已保存" in tab._state.text())
    qtbot.wait(80)
    assert _kept(hands) == () and tab.keeping.isHidden()


def test_what_is_typed_once_a_hindrance_is_gone_is_kept_too(
    quick: None, window: Window, hands: Hands, qtbot: QtBot
) -> None:
    hands.register()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    qtbot.waitUntil(tab._closed.isVisible)
    hands.agree()
    window.session.matter_changed.emit(hands.matter_id)
    qtbot.waitUntil(tab.editor.isVisible)
    type_into(tab.editor.way, "现金")
    qtbot.waitUntil(lambda: len(_kept(hands)) == 1)


def test_typing_taken_back_is_not_kept_any_more(
    quick: None, window: Window, hands: Hands, qtbot: QtBot
) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    type_into(tab.editor.way, "现金")
    qtbot.waitUntil(lambda: len(_kept(hands)) == 1)
    tab.editor.way.clear()
    qtbot.waitUntil(lambda: _kept(hands) == ())


def test_closing_the_window_keeps_what_was_typed_last(session: Session, hands: Hands, qtbot: QtBot) -> None:
    hands.agreed()
    window = Window(session)
    qtbot.addWidget(window)
    window.show()
    tab = open_tab(window, qtbot, hands.matter_id, "sessions")
    _hold(tab)
    tab.hold_form.keeping.keep()
    type_into(tab.hold_form.statements, "最后一句。")
    window.close()
    assert [form.statements for form in _kept(hands)] == ["双方各说各的。最后一句。"]  # type: ignore[union-attr]


@pytest.mark.parametrize("code", FORMS)
def test_the_next_person_sees_nothing_of_it_and_its_author_all(
    code: str, window: Window, session: Session, hands: Hands, qtbot: QtBot
) -> None:
    hands.register() if code == "simple" else hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, code)
    qtbot.waitUntil(lambda: code != "simple" or len(tab.mediators._buttons) > 1)
    FORMS[code](tab)
    writer, leader = _writer(tab, code), hands.office.actor("leader")
    typed = writer.keeping._typed()
    session.become(leader)
    qtbot.waitUntil(lambda: tab._case is not None)
    if code == "sessions":
        assert not writer.isVisible()
        tab.begin("session")
    qtbot.waitUntil(lambda: writer.keeping._about is not None and not writer.keeping._busy)
    assert writer.keeping._typed() is None and _says(writer) == ""
    assert _kept(hands) == (typed,) and _kept(hands, leader) == ()
    session.become(hands.actor)
    qtbot.waitUntil(lambda: _says(writer) == LEFT)
    assert writer.keeping._typed() == typed and writer.isVisible()


def test_a_fault_in_keeping_is_told_once_and_tried_again(
    quick: None, window: Window, hands: Hands, qtbot: QtBot
) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "agreement")
    notices: list[str] = []
    window.session.noticed.connect(lambda notice: notices.append(notice.text))
    qtbot.waitUntil(lambda: not tab.keeping._busy)
    with hands.office.store.write() as tx:
        tx.run("ALTER TABLE case_draft RENAME TO elsewhere")
    type_into(tab.editor.way, "现金")
    qtbot.waitUntil(lambda: len(notices) == 1)
    qtbot.wait(100)
    assert len(notices) == 1
    with hands.office.store.write() as tx:
        tx.run("ALTER TABLE elsewhere RENAME TO case_draft")
    qtbot.waitUntil(lambda: len(_kept(hands)) == 1)
