"""Pictures of the window, page by page: what a machine without a display gets to see, and what the guide shows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication

from qingyuan_desk.desk.application import hear_qt, make_application, open_window
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.window import PLACES, Window
from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.visit import Draft, Opponent, Person, VisitForm
from qingyuan_desk.services import caseload, ledger, reception
from qingyuan_desk.services.office import Office

_SIZE = (1366, 768)
#: Somebody invented, half registered.
_VISITOR = VisitForm(
    request_id="picture",
    persons=(
        Person(
            name="王样例",
            sex="male",
            id_type="none",
            phone="13800000000",
            township="冉庄镇",
            village="冉庄村",
        ),
    ),
    opponents=(Opponent(name="李样例"),),
    narrative="东邻翻建北房，滴水檐伸到我家宅基地院内，村里调解过两次没有结果，请求中心安排调解。",
)
#: Pages ask a second question when the first is answered, and start after a pause in typing.
_ROUNDS, _PAUSE = 6, 150


def take(office: Office, folder: Path) -> tuple[Path, ...]:
    """Picture every page of a window on an open office into a folder; the files. Raises Unavailable (QY-132)."""
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        hear_qt()
    app = make_application([])
    window = open_window(app, office)
    window.resize(*_SIZE)
    window.show()
    try:
        return tuple(_pictures(app, window, folder))
    finally:
        window.close()
        reception.drop_draft(office, window.session.actor, _VISITOR.request_id)


def _pictures(app: QApplication, window: Window, folder: Path) -> Iterator[Path]:
    session = window.session
    newest = ledger.page(session.office, session.actor, LedgerFilter(), size=1).rows
    for number, place in enumerate(PLACES, start=1):
        if place.code == "matter" and newest:
            window.open_matter(newest[0].number)
        else:
            window.show_page(place.code)
        if place.code == "intake":
            window.page("intake").resume(Draft(_VISITOR.request_id, session.office.now(), "", _VISITOR))  # type: ignore[attr-defined]
        settle(app)
        yield _picture(window, folder / f"{number}-{place.code}.png")
        petition = _a_petition(session) if place.code == "matter" else ""
        if petition:
            window.open_handling(petition)
            settle(app)
            yield _picture(window, folder / f"{number}-{place.code}-handling.png")
        case = _a_case(session) if place.code == "mediation" else ""
        if case:
            window.open_case(case)
            settle(app)
            yield _picture(window, folder / f"{number}-{place.code}-case.png")


def _picture(window: Window, path: Path) -> Path:
    if not window.grab().save(str(path)):
        raise Unavailable("QY-132", path=path, cause="图片")
    return path


def _a_petition(session: Session) -> str:
    """A petition that is being handled, the newest; where there is none, any open one."""
    wanted = LedgerFilter(flow="petition", state="open")
    rows = ledger.page(session.office, session.actor, wanted, size=100).rows
    handled = [row for row in rows if row.node == node_name("petition", "handling")] or rows
    return handled[0].number if handled else ""


def _a_case(session: Session) -> str:
    """A case that has come far: of those being performed the newest, else any that was begun."""
    cases = caseload.day(session.office, session.actor).cases
    begun = [case for case in cases if case.begun]
    far = [case for case in begun if case.node == "performing"] or begun
    return far[-1].ref.number if far else ""


def settle(app: QApplication) -> None:
    """Let the pages get their answers and show them."""
    for _ in range(_ROUNDS):
        loop = QEventLoop()
        QTimer.singleShot(_PAUSE, loop.quit)
        loop.exec()
        QThreadPool.globalInstance().waitForDone(10_000)
        app.processEvents()
