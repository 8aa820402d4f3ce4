"""关系图 beside the mediators: opened by a key, said in sentences, drawn for those chosen."""

from __future__ import annotations

import uuid

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.mediation.forms import Consent, Open
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import reception
from tests.desk.mediation_hands import Hands, open_tab
from tests.hands import press, type_into


@pytest.fixture
def hands(session: Session) -> Hands:
    """Two neighbours of one surname in the village of a mediator with that surname."""
    made = Hands(session.office)
    elder = next(
        each for each in session.office.reference.mediators if each.status == "active" and each.village
    )
    home = {"township": elder.township, "village": elder.village}
    form = VisitForm(
        request_id=uuid.uuid4().hex,
        persons=(Person(name=f"{elder.name[0]}测试甲", **home),),
        narrative="邻居翻建房屋，滴水落到我家院里，请求调解。",
        opponents=(Opponent(name=f"{elder.name[0]}测试乙", kind="person", **home),),
        flow="mediation",
    )
    made.matter_id = reception.register(made.office, made.actor, form).matter_id
    made.take(Open(claims=("改建滴水檐",)))
    made.take(*(Consent(each.record_id, True) for each in made.case.parties))
    made.elder = elder  # type: ignore[attr-defined]
    return made


def test_the_map_says_who_may_be_kin_and_follows_the_choice(
    window: Window, qtbot: QtBot, hands: Hands
) -> None:
    elder = hands.elder  # type: ignore[attr-defined]
    tab = open_tab(window, qtbot, hands.matter_id, "mediators")
    qtbot.waitUntil(lambda: bool(tab.list.people.rows))
    press(tab.list, Qt.Key.Key_F7)
    qtbot.waitUntil(tab.map.isVisible)
    assert tab.map.sentences.hasFocus() and tab.map_button.text() == "名册 F7"

    def said() -> list[str]:
        return [tab.map.sentences.item(row).text() for row in range(tab.map.sentences.count())]

    first, second = (party.name for party in hands.case.parties)
    assert said()[0].startswith(f"！{first}与{second}同姓同村，可能是亲属")
    tab.switch(elder.code)
    kin = f"！{elder.name}与{first}同姓同村，可能是亲属，请问清楚并告知双方。"
    assert kin in said()
    press(tab.map.sentences, Qt.Key.Key_Down)
    press(tab.map.sentences, Qt.Key.Key_F7)
    assert tab.list.isVisible() and not tab.map.isVisible()


def test_looking_for_somebody_goes_back_to_the_list(window: Window, qtbot: QtBot, hands: Hands) -> None:
    tab = open_tab(window, qtbot, hands.matter_id, "mediators")
    qtbot.waitUntil(lambda: bool(tab.list.people.rows))
    tab.switch_map()
    type_into(tab.search, "王")
    assert tab.list.isVisible() and tab.search.hasFocus()


def test_what_is_marked_is_drawn_stronger(window: Window, qtbot: QtBot, hands: Hands) -> None:
    tab = open_tab(window, qtbot, hands.matter_id, "mediators")
    qtbot.waitUntil(lambda: bool(tab.list.people.rows))
    tab.switch_map()
    accent = theme.color("accent").rgb()

    def strong() -> int:
        picture = tab.map.picture.grab().toImage()
        return sum(
            picture.pixel(x, y) == accent
            for x in range(0, picture.width(), 2)
            for y in range(0, picture.height(), 2)
        )

    tab.map.sentences.setCurrentRow(-1)
    before = strong()
    tab.map.sentences.setCurrentRow(0)
    assert strong() > before + 50
