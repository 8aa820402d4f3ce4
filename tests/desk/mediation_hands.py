"""Cases brought to a stage by the services, for the tabs that show them."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.mediation.tabs import TABS
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.forms import (
    Assign,
    Consent,
    Draft,
    Form,
    Hold,
    Open,
    Part,
    Sign,
)
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import mediation, reception
from qingyuan_desk.services.office import Office

FACTS = "被申请人翻建北房，檐口滴水落到申请人院内，2024年8月起双方多次争执。"


class Hands:
    """Takes steps of one case as the clerk."""

    def __init__(self, office: Office, actor: str = "clerk") -> None:
        self.office = office
        self.actor = office.actor(actor)
        self.matter_id = 0

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return mediation.case(self.office, self.actor, self.matter_id)

    def take(self, *forms: Form) -> Case:
        """Carry forms out."""
        for form in forms:
            mediation.take(self.office, self.actor, uuid.uuid4().hex, self.matter_id, form)
        return self.case

    def register(self, *, against: str = "赵样例") -> Case:
        """A visit about eaves that drip into the neighbour's yard."""
        form = VisitForm(
            request_id=uuid.uuid4().hex,
            persons=(Person(name="王测试", phone="13800005678"),),
            narrative="邻居翻建房屋，滴水落到我家院里，请求调解。",
            opponents=(Opponent(name=against),) if against else (),
            flow="mediation",
        )
        self.matter_id = reception.register(self.office, self.actor, form).matter_id
        return self.case

    def agreed(self) -> Case:
        """Until both sides have agreed in a session."""
        self.register()
        return self.agree()

    def agree(self) -> Case:
        """What was registered is mediated, until both sides have agreed in a session."""
        office = self.office
        self.take(Open(facts=FACTS, claims=("改建滴水檐", "赔偿墙面损失")))
        for party in self.case.parties:
            self.take(Consent(party.record_id, True))
        self.take(Assign((self.mediator(),), accepted=True))
        parties = tuple(party.record_id for party in self.case.parties)
        return self.take(
            Hold(
                started_at=office.now() - timedelta(minutes=5),
                room=self.case.room or office.reference.rooms[0].code,
                present=parties,
                rights_told=True,
                statements="申请人要求改檐并赔偿；被申请人同意改檐，赔偿数额要再商量。",
                outcome="agreed",
                proposal="1. 赵样例改建滴水檐\n2. 赵样例赔偿王测试墙面损失",
            )
        )

    def mediator(self) -> str:
        """Somebody of the roster who may mediate."""
        ranked = mediation.candidates(self.office, self.actor, self.matter_id)
        return next(each.card.code for each in ranked if not each.conflicts)

    def draft(self, amount: int = 300_000, number: int = 3) -> Draft:
        """An agreement of equal instalments, the first in ten days."""
        payee, payer = (party.record_id for party in self.case.parties[:2])
        first = self.office.today() + timedelta(days=10)
        parts = tuple(
            Part(first + timedelta(days=30 * place), "墙面损失", amount // number, payer, payee)
            for place in range(number)
        )
        return Draft(
            facts=FACTS,
            disputes="滴水檐的改建和墙面损失",
            terms=("赵样例于2024年10月8日前把滴水檐改向自家一侧。", "赵样例分期赔偿王测试墙面损失。"),
            way="银行转账",
            deadline="按分期表",
            amount=amount,
            parts=parts,
            copies=3,
            topics=("payment",),
            recorder="前台",
        )

    def signed(self, **more: int) -> Case:
        """Until the agreement is in force."""
        self.agreed()
        self.take(self.draft(**more))
        today: date = self.office.today()
        parties = tuple(party.record_id for party in self.case.parties)
        return self.take(Sign(today, today, today, parties, mediators_signed=True))


def open_tab(window: Window, qtbot: QtBot, matter_id: int, code: str) -> Any:
    """A tab of the case's page, in front and showing the case."""
    page = window.page("mediation")
    page.open(matter_id)  # type: ignore[attr-defined]
    window.show_page("mediation")
    qtbot.waitUntil(lambda: page.case is not None and page.case.matter_id == matter_id)  # type: ignore[attr-defined]
    place = next(place for place, tab in enumerate(TABS) if tab.code == code)
    page.tabs.setCurrentIndex(place)  # type: ignore[attr-defined]
    tab = page.tab(place)  # type: ignore[attr-defined]
    qtbot.waitUntil(tab.isVisible)
    return tab
