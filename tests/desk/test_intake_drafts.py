"""What was typed and not saved is offered again: after F2, after closing, and after kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.intake import drafts
from qingyuan_desk.desk.intake.page import IntakePage, State
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.visit import Person, VisitForm
from qingyuan_desk.services import reception
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.desk.intake_hands import page_of
from tests.hands import type_into

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page(window: Window) -> IntakePage:
    return page_of(window)


def _kept(office: Office, clerk: Actor) -> tuple[str, ...]:
    return tuple(draft.form.narrative for draft in reception.drafts(office, clerk))


def test_leaving_a_field_keeps_what_was_typed(
    page: IntakePage, window: Window, office: Office, clerk: Actor, clock: Clock, qtbot: QtBot
) -> None:
    clock.forward(seconds=20)
    type_into(page.visitor.name, "王建国")
    QTest.keyClick(page.visitor.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(reception.drafts(office, clerk)) == 1)
    qtbot.waitUntil(lambda: window.status._kept.text() == "已保存 10:32:25")
    page.visitor.name.clear()
    page.drafts.keep()
    qtbot.waitUntil(lambda: reception.drafts(office, clerk) == ())


def test_typing_is_kept_without_leaving_the_field(
    page: IntakePage, office: Office, clerk: Actor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert drafts.EVERY <= 5_000
    page.drafts._timer.setInterval(50)
    page.claim.narrative.setFocus()
    type_into(page.claim.narrative, "邻居盖房")
    qtbot.waitUntil(lambda: _kept(office, clerk) == ("邻居盖房",))
    type_into(page.claim.narrative, "占地")
    qtbot.waitUntil(lambda: _kept(office, clerk) == ("邻居盖房占地",))


def test_an_empty_form_is_no_draft(page: IntakePage, office: Office, clerk: Actor, qtbot: QtBot) -> None:
    page.visitor.phone.setFocus()
    page.claim.narrative.setFocus()
    page.start_new()
    page.leaving()
    background.wait_for_all()
    assert reception.drafts(office, clerk) == () and not page.strip.isVisible()


def test_f2_keeps_what_was_begun_and_esc_goes_back(page: IntakePage, window: Window, qtbot: QtBot) -> None:
    type_into(page.visitor.name, "王建国")
    type_into(page.claim.narrative, "邻居盖房占了我家宅基地")
    request = page._request_id
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert page.visitor.name.text() == "" and page._request_id != request
    qtbot.waitUntil(page.strip.isVisible)
    assert page.strip.text.whole == "10:32 未保存的登记：王建国 邻居盖房占了我家宅基地"
    QTest.keyClick(page.visitor.name, Qt.Key.Key_Escape)
    assert page._request_id == request and page.visitor.name.text() == "王建国"
    qtbot.waitUntil(lambda: not page.strip.isVisible())
    page.save()
    qtbot.waitUntil(lambda: page._state is State.SAVED)
    page.start_new()
    background.wait_for_all()
    qtbot.wait(20)
    assert not page.strip.isVisible()


def test_esc_does_not_throw_away_a_begun_form(page: IntakePage, window: Window, qtbot: QtBot) -> None:
    type_into(page.visitor.name, "王建国")
    page.start_new()
    qtbot.waitUntil(page.strip.isVisible)
    assert page.strip.first.text() == "继续填写 Esc"
    type_into(page.visitor.name, "另一位")
    qtbot.waitUntil(lambda: page.strip.first.text() == "继续填写")
    QTest.keyClick(page.visitor.name, Qt.Key.Key_Escape)
    assert page.visitor.name.text() == "另一位"


def test_a_discarded_draft_can_be_had_back(
    page: IntakePage, window: Window, office: Office, clerk: Actor, qtbot: QtBot
) -> None:
    type_into(page.visitor.name, "王建国")
    page.start_new()
    qtbot.waitUntil(page.strip.isVisible)
    page.strip.second.click()
    qtbot.waitUntil(lambda: not page.strip.isVisible())
    assert window.notice.text == "草稿已丢弃。" and reception.drafts(office, clerk) == ()
    qtbot.mouseClick(window.notice._action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.strip.isVisible)


def test_drafts_are_offered_on_the_next_start_with_everything(
    session: Session, office: Office, clerk: Actor, clock: Clock, qtbot: QtBot
) -> None:
    form = VisitForm(
        "draft-1",
        persons=(Person(name="王建国", id_number="110105194912310020"),),
        narrative="宅基地",
        overrides={"id_number": "证件无误"},
        flags=frozenset({"urgent"}),
    )
    reception.save_draft(office, clerk, form)
    clock.forward(seconds=1)
    reception.save_draft(
        office, clerk, VisitForm("draft-2", persons=(Person(name="赵某"),), flags=frozenset({"accusation"}))
    )
    clock.forward(days=1)
    window = Window(session)
    qtbot.addWidget(window)
    window.show()
    page = page_of(window)
    qtbot.waitUntil(page.strip.isVisible)
    assert page.strip.text.whole == "9月20日 10:32 未保存的登记：密件（另有 1 份）"
    page.strip.second.click()
    qtbot.waitUntil(lambda: "王建国" in page.strip.text.whole)
    page.strip.first.click()
    assert (page._request_id, page.claim.chosen_flags) == ("draft-1", {"urgent"})
    assert page.visitor.moment.text() == "2024-09-20 10:32"
    page.save()
    qtbot.waitUntil(lambda: page._state is State.SAVED)
    assert page.foot.number.text() == "清访〔2024〕0001号"
    window.close()


def test_closing_keeps_the_form(page: IntakePage, window: Window, office: Office, clerk: Actor) -> None:
    type_into(page.claim.narrative, "宅基地")
    window.close()
    assert _kept(office, clerk) == ("宅基地",)


def test_a_damaged_draft_can_be_thrown_away(
    page: IntakePage, office: Office, clerk: Actor, qtbot: QtBot
) -> None:
    with office.store.write() as tx:
        tx.run(
            "INSERT INTO draft (request_id, actor, saved_at, form) VALUES ('x', 'clerk', ?, '{broken')",
            (office.now().isoformat(),),
        )
    page.drafts.look()
    qtbot.waitUntil(page.strip.isVisible)
    assert "已损坏" in page.strip.text.whole
    page.strip.second.click()
    qtbot.waitUntil(lambda: not page.strip.isVisible())


_TYPIST = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from qingyuan_desk.desk.application import make_application, open_window
from qingyuan_desk.services.office import Office

app = make_application(["typist"])
office = Office.open(Path(sys.argv[1]))
window = open_window(app, office)
window.show()
page = window.page("intake")
page.visitor.name.setText("王建国")
page.claim.narrative.setFocus()
typed = 0

def strike():
    global typed
    typed += 1
    page.claim.narrative.insertPlainText("字")
    print(typed, flush=True)

timer = QTimer()
timer.timeout.connect(strike)
timer.start(100)
app.exec()
"""


def test_kill_9_loses_at_most_five_seconds(tmp_path: Path, qtbot: QtBot, desk_app: QApplication) -> None:
    folder = tmp_path / "数据"
    script = tmp_path / "typist.py"
    script.write_text(textwrap.dedent(_TYPIST), "utf-8")
    child = subprocess.Popen(
        [sys.executable, str(script), str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    struck = 0
    for line in child.stdout:
        struck = int(line)
        if struck == 45:
            child.send_signal(signal.SIGKILL)
            break
    child.wait()
    office = Office.open(folder)
    session = Session(office, office.actor("clerk"))
    window = Window(session)
    qtbot.addWidget(window)
    window.show()
    page = page_of(window)
    qtbot.waitUntil(page.strip.isVisible)
    page.strip.first.click()
    assert page.visitor.name.text() == "王建国"
    kept = len(page.claim.narrative.toPlainText())
    assert struck == 45 and 0 < kept <= 46 and (struck - kept) * 0.1 <= 5
    window.close()
    background.wait_for_all()
    office.close()
