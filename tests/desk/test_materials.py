"""Materials told once, on the page of a matter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.matter.materials import Materials
from qingyuan_desk.desk.matter.page import MatterPage
from qingyuan_desk.desk.widgets.choice import Segments
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import materials, reception
from qingyuan_desk.services.office import Office
from tests.hands import type_into


@pytest.fixture
def matter(office: Office, clerk: Actor, visit: Callable[..., VisitForm]) -> int:
    return reception.register(office, clerk, visit(matter_kind="homestead")).matter_id


def _opened(window: Window, qtbot: QtBot, matter: int) -> Materials:
    window.open_matter(matter)
    page = window.page("matter")
    assert isinstance(page, MatterPage)
    qtbot.waitUntil(lambda: page.facts_tab.materials.isVisible())
    return page.facts_tab.materials


def _choice(part: Materials, name: str) -> Segments:
    return next(each for each in part.findChildren(Segments) if each.accessibleName() == name)


def test_what_came_is_ticked_and_what_is_missing_is_named(
    window: Window, office: Office, clerk: Actor, matter: int, qtbot: QtBot
) -> None:
    part = _opened(window, qtbot, matter)
    assert part.missing.text().startswith("还没有告知。")
    needed = [
        each.material.name for each in materials.checklist(office, clerk, matter) if each.material.required
    ]
    _choice(part, needed[0]).choose("told")
    qtbot.waitUntil(lambda: part.missing.text() == f"还缺：{needed[0]}")
    _choice(part, needed[1]).choose("promised")
    qtbot.waitUntil(lambda: _choice(part, needed[1]).code == "promised")
    _choice(part, needed[0]).choose("brought")
    qtbot.waitUntil(lambda: part.missing.text() == "告知过的都齐了。")
    assert materials.checklist(office, clerk, matter)[0].brought_on == office.today()
    _choice(part, needed[0]).choose("brought")  # pressed again
    assert _choice(part, needed[0]).code == "brought"


def test_something_on_no_list_is_told_too(
    window: Window, office: Office, clerk: Actor, matter: int, qtbot: QtBot
) -> None:
    part = _opened(window, qtbot, matter)
    type_into(part.other, "四邻签字的草图")
    qtbot.keyClick(part.other, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "四邻签字的草图" in part.missing.text())
    assert part.other.text() == ""
    assert materials.checklist(office, clerk, matter)[-1].material.name == "四邻签字的草图"


def test_a_matter_of_no_line_asks_for_nothing(
    window: Window, office: Office, clerk: Actor, visit: Callable[..., VisitForm], matter: int, qtbot: QtBot
) -> None:
    part = _opened(window, qtbot, matter)
    other = reception.register(
        office,
        clerk,
        visit(name="李样例", narrative="来坐坐。", category="civil_dispute", route_reason="没有别的"),
    )
    assert materials.checklist(office, clerk, other.matter_id) == ()
    window.open_matter(other.matter_id)
    page = window.page("matter")
    assert isinstance(page, MatterPage)
    qtbot.waitUntil(lambda: page.facts is not None and page.facts.matter_id == other.matter_id)
    qtbot.waitUntil(lambda: not part.isVisible())
