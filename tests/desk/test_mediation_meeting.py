"""Mediators chosen with what has to be disclosed, sessions planned and recorded, notes in the open and sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.mediation.mediators_tab import MediatorsTab
from qingyuan_desk.desk.mediation.notes_tab import NotesTab
from qingyuan_desk.desk.mediation.sessions_tab import SessionsTab
from qingyuan_desk.desk.mediation.wall import CardWall
from qingyuan_desk.desk.session import Session
from qingyuan_desk.domain.mediation.forms import Assign, Consent, Open, Plan, PutParty, WriteNote
from qingyuan_desk.services import ledger
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.desk.mediation_hands import Hands
from tests.desk.mediation_page import Page
from tests.hands import press, type_into


@pytest.fixture
def hands(office: Office) -> Hands:
    """Both sides agreed to mediation."""
    made = Hands(office)
    made.register()
    made.take(Open(claims=("改建滴水檐",)))
    for party in made.case.parties:
        made.take(Consent(party.record_id, True))
    return made


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Page:
    return Page(session, qtbot)


# --- mediators ---------------------------------------------------------------------------------------------------


def _mediators(page: Page, qtbot: QtBot) -> MediatorsTab:
    tab = page.tab("mediators")
    assert isinstance(tab, MediatorsTab)
    qtbot.waitUntil(lambda: bool(tab.list.people.rows))
    return tab


def test_a_mediator_is_chosen_from_the_ranked_list_by_keys(page: Page, hands: Hands, qtbot: QtBot) -> None:
    page.open(hands.matter_id)
    tab = _mediators(page, qtbot)
    first = tab.list.people.rows[0]
    assert first.reasons
    press(tab.list, Qt.Key.Key_Space)
    assert tab.chosen == [first.card.code]
    press(tab.list, Qt.Key.Key_Space)
    assert tab.chosen == []
    press(tab.list, Qt.Key.Key_Return)
    press(tab.list, Qt.Key.Key_F9)
    page.until(node="schedule")
    assert [each.mediator for each in hands.case.mediators] == [first.card.code]
    assert hands.case.mediators[0].chosen_by == "assigned"
    assert first.card.name in page.page.head.mediators.whole


def test_a_conflict_is_disclosed_and_wants_everybodys_consent(
    page: Page, hands: Hands, office: Office, qtbot: QtBot
) -> None:
    elder = next(each for each in office.reference.mediators if each.code == "M04")
    second = replace(
        hands.case.parties[1], name=f"{elder.name[0]}邻居", township=elder.township, village=elder.village
    )
    hands.take(PutParty(second))
    page.open(hands.matter_id)
    tab = _mediators(page, qtbot)
    tab.switch("M04")
    assert "同姓同村" in page.says("disclosed")
    press(tab.list, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "各方都同意的才能由其调解" in page.says("assign_message"))
    assert "第二十二条" in page.says("assign_message"), "the article stands beside the sentence"
    press(page.find(QCheckBox, "accepted"), Qt.Key.Key_Space)
    press(tab.list, Qt.Key.Key_F9)
    page.until(node="schedule")
    assert hands.case.mediators[0].accepted
    assert hands.case.mediators[0].conflicts


def test_the_wall_shows_no_load_nor_phone_and_chooses_for_the_parties(
    page: Page, hands: Hands, qtbot: QtBot
) -> None:
    page.open(hands.matter_id)
    tab = _mediators(page, qtbot)
    press(tab.list, Qt.Key.Key_F6)
    wall = page.page.findChild(CardWall)
    assert wall.isVisible()
    assert wall.size() == page.page.size(), "it covers everything else"
    qtbot.waitUntil(wall.cards.hasFocus)
    press(wall.cards, Qt.Key.Key_Return)
    chosen = wall.cards.people.rows[0].card
    assert wall.chosen.text() == f"已选：{chosen.name}"
    press(wall.cards, Qt.Key.Key_Escape)
    assert not wall.isVisible()
    assert tab.chosen == [chosen.code]
    assert tab.chosen_by.code == "parties"
    assert page.page.case is not None, "Esc gave the page back, not the case"


def test_another_mediator_wants_a_reason_at_its_field(page: Page, hands: Hands, qtbot: QtBot) -> None:
    first = hands.mediator()
    hands.take(Assign((first,)))
    page.open(hands.matter_id)
    tab = _mediators(page, qtbot)
    tab.switch(first)
    other = next(
        each.card.code for each in tab.list.people.rows if each.card.code != first and not each.conflicts
    )
    tab.switch(other)
    press(tab.list, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "原因" in page.says("assign_reason.message"))
    type_into(tab.reason, "原调解员住院")
    press(tab.reason, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: [each.mediator for each in hands.case.mediators] == [other])


# --- sessions ----------------------------------------------------------------------------------------------------


@pytest.fixture
def ready(hands: Hands) -> Hands:
    """Somebody mediates."""
    hands.take(Assign((hands.mediator(),)))
    return hands


def _sessions(page: Page) -> SessionsTab:
    tab = page.tab("sessions")
    assert isinstance(tab, SessionsTab)
    return tab


def test_a_remote_session_wants_its_number_and_is_planned_moved_and_called_off(
    page: Page, ready: Hands, clock: Clock, qtbot: QtBot
) -> None:
    page.open(ready.matter_id)
    tab = _sessions(page)
    press(tab.plan_button, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = tab.plan_form
    page.find(QPushButton, "plan_mode.video").click()
    assert not form.where.room.isVisible()
    type_into(form.where.place, "冉庄地道战景区调解点")
    press(form.where.place, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "会议号" in page.says("plan_link.message"))
    type_into(form.where.link, "823 114 905")
    press(form.where.link, Qt.Key.Key_F9)
    page.until(node="mediating")
    planned = ready.case.sessions[0]
    assert (planned.mode, planned.link, planned.place) == ("video", "823 114 905", "冉庄地道战景区调解点")
    page.click(f"session_again.{planned.record_id}")
    form.at.set_moment(clock.moment + timedelta(days=3))
    form.save()
    qtbot.waitUntil(lambda: ready.case.sessions[0].planned_at.day == 23)
    qtbot.waitUntil(lambda: not form.isVisible())
    page.click(f"session_cancel.{planned.record_id}")
    tab.cancel_form.save()
    qtbot.waitUntil(lambda: "取消的原因" in page.says("cancel_reason.message"))
    type_into(tab.cancel_form.reason, "被申请人住院")
    press(tab.cancel_form.reason, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: ready.case.sessions[0].state == "cancelled")


def test_the_first_record_wants_rights_told_and_keeps_what_was_typed(
    page: Page, ready: Hands, clock: Clock, qtbot: QtBot
) -> None:
    ready.take(Plan(clock.moment + timedelta(hours=1), room="elder_mediation"))
    clock.forward(hours=2)
    page.open(ready.matter_id)
    tab = _sessions(page)
    tab.begin("session")
    form = tab.hold_form
    after = page.find(QCheckBox, f"hold_present.{ready.case.parties[-1].record_id}").nextInFocusChain()  # type: ignore[attr-defined]
    while not after.isVisible() or not after.focusPolicy():
        after = after.nextInFocusChain()
    assert after is form.rights, "Tab goes from who came to what they were told"
    for party in ready.case.parties:
        page.find(QCheckBox, f"hold_present.{party.record_id}").click()  # type: ignore[attr-defined]
    type_into(form.statements, "双方各说各的。")
    page.find(QPushButton, "hold_outcome.agreed").click()  # type: ignore[attr-defined]
    type_into(form.proposal, "改檐，赔 1500 元")
    type_into(form.helpers, "李样例（村干部）、孙样例")
    press(form.statements, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "第二十三条" in page.says("hold_rights.message"))
    tab.begin("plan")
    tab.begin("session")
    assert form.statements.toPlainText() == "双方各说各的。", "what was typed waits with its session"
    form.rights.setChecked(True)
    press(form.statements, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(ready.case.held))
    held = ready.case.held[0]
    assert held.present == tuple(party.record_id for party in ready.case.parties)
    assert (held.outcome, held.helpers) == ("agreed", ("李样例（村干部）", "孙样例"))
    qtbot.waitUntil(lambda: page.page.head.stepper.accessibleName() == "办到：协议")
    page.click(f"session_look.{held.record_id}")
    assert "改檐，赔 1500 元" in {each.text() for each in tab.record.findChildren(QLabel)}


def test_nothing_is_planned_before_everybody_agreed(page: Page, office: Office, qtbot: QtBot) -> None:
    early = Hands(office)
    early.register()
    early.take(Open(claims=("改建滴水檐",)))
    page.open(early.matter_id)
    tab = _sessions(page)
    assert not tab.plan_button.isEnabled()
    assert "征得同意并选定调解员以后才能约定" in page.says("sessions_hint")


# --- notes -------------------------------------------------------------------------------------------------------


def _notes(page: Page) -> NotesTab:
    tab = page.tab("notes")
    assert isinstance(tab, NotesTab)
    return tab


def _words(tab: NotesTab) -> str:
    return "\n".join(each.text() for each in tab.findChildren(QLabel) if each.isVisibleTo(tab))


def test_offers_are_sealed_until_asked_for_and_the_look_is_on_record(
    page: Page, ready: Hands, office: Office, qtbot: QtBot
) -> None:
    first, second = (party.record_id for party in ready.case.parties)
    ready.take(
        WriteNote("undisputed", "界石位置双方都认可"),
        WriteNote("offer", "改檐并赔三千", first, amount=300_000),
        WriteNote("offer", "只做水槽", second, amount=50_000),
        WriteNote("offer", "赔两千就行", first, amount=200_000),
        WriteNote("caucus", "怕老人滑倒", first),
    )
    page.open(ready.matter_id)
    tab = _notes(page)
    qtbot.waitUntil(lambda: "界石位置双方都认可" in _words(tab))
    assert not any(words in _words(tab) for words in ("水槽", "滑倒", "500元"))
    assert page.says("sealed").startswith("方案 3 条、背对背谈话 1 条")
    press(tab.reveal_button, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: "怕老人滑倒" in _words(tab))
    assert page.says("gap") == "还差 1,500元（开始差 2,500元）"
    looks = [each.action for each in ledger.matter(office, ready.actor, ready.matter_id).events]
    assert sum("封存" in each or "reveal" in each for each in looks) == 1
    page.page.tabs.setCurrentIndex(0)
    page.tab("notes")
    assert "怕老人滑倒" not in _words(tab), "out of sight it is sealed again"


def test_a_note_is_written_from_the_keyboard_and_a_bad_sum_is_said_at_its_field(
    page: Page, ready: Hands, qtbot: QtBot
) -> None:
    page.open(ready.matter_id)
    form = _notes(page).form
    press(page.find(QPushButton, "note_kind.fact"), Qt.Key.Key_4)
    assert form.kind.code == "offer"
    page.find(QPushButton, f"note_party.{ready.case.parties[0].record_id}").click()  # type: ignore[attr-defined]
    type_into(form.text, "改檐并赔三千")
    type_into(form.amount, "三千多")
    press(form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "不像金额" in page.says("note_amount.message")
    form.amount.clear()
    type_into(form.amount, "3000")
    press(form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(ready.case.notes) == 1)
    note = ready.case.notes[0]
    assert (note.kind, note.amount, note.private, note.party) == (
        "offer",
        300_000,
        True,
        ready.case.parties[0].record_id,
    )
    qtbot.waitUntil(lambda: form.text.toPlainText() == "")
    assert "三千" not in page.told, "what is sealed is not said in a notice either"


def test_the_invitation_to_a_session_is_one_press_away(
    page: Page, ready: Hands, clock: Clock, qtbot: QtBot
) -> None:
    ready.take(Plan(clock.moment + timedelta(days=1), room="elder_mediation"))
    page.open(ready.matter_id)
    _sessions(page)
    page.click(f"session_invite.{ready.case.sessions[0].record_id}")
    dossier = page.page.tab(page.page.tabs.currentIndex())
    qtbot.waitUntil(lambda: dossier.kind.code == f"invitation:{ready.case.sessions[0].record_id}")  # type: ignore[attr-defined]


def test_what_one_person_is_typing_is_not_shown_to_the_next(
    page: Page, ready: Hands, office: Office, qtbot: QtBot
) -> None:
    page.open(ready.matter_id)
    form = _notes(page).form
    type_into(form.text, "底线是三千")
    page.session.become(office.actor("leader"))
    qtbot.waitUntil(lambda: form.text.toPlainText() == "")
    page.session.become(office.actor("clerk"))
    qtbot.waitUntil(lambda: form.text.toPlainText() == "底线是三千")
