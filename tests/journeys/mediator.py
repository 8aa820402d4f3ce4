"""What a mediator does at the mediation page, through its real widgets, from the application to the dossier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.mediation.page import MediationPage
from qingyuan_desk.desk.mediation.tabs import TABS
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Segments
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.parts import MomentEdit
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.mediation.case import Case
from tests.conftest import Clock
from tests.hands import press, type_into


class Mediator:
    """One mediator, one window, one case."""

    def __init__(self, window: Window, qtbot: QtBot, clock: Clock) -> None:
        self.window, self.clock, self._qtbot = window, clock, qtbot
        window.show_page("mediation")
        page = window.page("mediation")
        assert isinstance(page, MediationPage)
        self.page = page

    @property
    def case(self) -> Case:
        """The case in view."""
        assert self.page.case is not None
        return self.page.case

    def open(self, number: str) -> None:
        """Open a case by any of its numbers."""
        self.page.open(number)
        self.until(lambda: self.page.case is not None and number in (self.case.number, *self.case.visits))

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait; the first paper of a process loads its fonts."""
        self._qtbot.waitUntil(holds, timeout=8_000)

    def written(self, act: Callable[[], object]) -> None:
        """Do something, and wait until the case was written to and read again; what was refused is said instead."""
        version = self.case.version
        act()
        self.until(
            lambda: self.page._asked is None and (self.case.version > version or bool(self._refusal()))
        )
        assert self.case.version > version, self._refusal()

    def find(self, name: str) -> QWidget:
        """The widget `mediation.<name>`."""
        found = self.found(name)
        assert found is not None, name
        return found

    def found(self, name: str) -> QWidget | None:
        """The widget, if it is there; one that was just taken away still hides behind its name."""
        named = self.page.findChildren(QWidget, f"mediation.{name}")
        return next((each for each in named if not each.isHidden()), None)

    def tab(self, code: str) -> None:
        """Turn to a tab."""
        self.page.tabs.setCurrentIndex([tab.code for tab in TABS].index(code))

    def fill(self, **values: str) -> None:
        """Write or choose in fields; `__` in a name is a dot."""
        for name, value in values.items():
            self.put(self.find(name.replace("__", ".")), value)

    def put(self, widget: QWidget, value: str) -> None:
        """Write or choose one value."""
        if isinstance(widget, Segments):
            if widget.code != value:
                widget.choose(value)
        elif isinstance(widget, ChoiceBox):
            widget.lineEdit().clear()
            type_into(widget.lineEdit(), value)
            press(widget, Qt.Key.Key_Return)
        elif isinstance(widget, QPlainTextEdit):
            widget.selectAll()
            widget.cut()
            type_into(widget, value)
        else:
            assert isinstance(widget, LineEdit), widget
            widget.clear()
            type_into(widget, value)

    def click(self, name: str) -> None:
        """Press a button."""
        button = self.find(name)
        assert isinstance(button, QAbstractButton) and button.isEnabled(), name
        button.click()
        QApplication.processEvents()

    def tick(self, name: str) -> None:
        """Tick a box."""
        box = self.find(name)
        assert isinstance(box, QCheckBox), name
        box.setChecked(True)

    # --- the steps ---

    def register(self, origin: str, claims: Sequence[str], difficulty: str) -> None:
        """登记申请."""
        self.tab("parties")
        origins = self.find("origin")
        assert isinstance(origins, ChoiceBox)
        origins.set_code(origin)
        self.fill(difficulty=difficulty, claims="\n".join(claims))
        self.written(lambda: self.click("dispute_save"))

    def represent(self, name: str, representative: str) -> None:
        """Who signs for a company."""
        table = self.page.tab(0).table  # type: ignore[attr-defined]
        table.choose([party.name for party in self.case.parties].index(name))
        self.fill(party_representative=representative)
        self.written(lambda: self.click("party_save"))

    def agree(self) -> None:
        """Every party agrees; Y, and the table goes on to the next."""
        table = self.page.tab(0).table  # type: ignore[attr-defined]
        for party in list(self.case.parties):
            table.choose([each.record_id for each in self.case.parties].index(party.record_id))
            self.written(lambda: press(table, Qt.Key.Key_Y))

    def refuse(self, name: str) -> None:
        """A party refuses: N."""
        table = self.page.tab(0).table  # type: ignore[attr-defined]
        table.choose([party.name for party in self.case.parties].index(name))
        self.written(lambda: press(table, Qt.Key.Key_N))

    def assign(self, chosen_by: str) -> None:
        """The first of the candidates without a conflict."""
        self.tab("mediators")
        tab = self.page.tab(1)
        people = tab.list  # type: ignore[attr-defined]
        self.until(lambda: bool(people.people.rows))
        assert not people.people.rows[0].conflicts
        people.setCurrentIndex(people.people.index(0))
        press(people, Qt.Key.Key_Space)
        self.fill(chosen_by=chosen_by)
        self.written(lambda: self.click("assign"))

    def plan(self, at: datetime, mode: str, link: str) -> None:
        """约定."""
        self.tab("sessions")
        self.click("plan_new")
        self._moment("plan_at", at)
        self.fill(plan_mode=mode)
        if link:
            self.fill(plan_link=link)
        self.written(lambda: self.click("plan_save"))

    def hold(self, statements: str, outcome: str, proposal: str) -> None:
        """The planned session, an hour after it began: everybody was there."""
        planned = next(each for each in self.case.sessions if each.state == "planned")
        self.clock.moment = planned.planned_at + timedelta(hours=1)
        self.tab("sessions")
        self.click("hold_new")
        for party in self.case.parties:
            self.tick(f"hold_present.{party.record_id}")
        self.tick("hold_rights")
        self.fill(hold_statements=statements, hold_outcome=outcome, hold_proposal=proposal)
        self.written(lambda: self.click("hold_save"))

    def write(
        self,
        *,
        oral: bool,
        disputes: str,
        terms: Sequence[str],
        amount: str,
        parts: Sequence[tuple[int, str]],
        at_once: bool,
        turned: bool,
        way: str,
        deadline: str,
        topics: Sequence[str],
    ) -> None:
        """协议: a draft that is kept, or an oral agreement, which takes effect."""
        self.tab("agreement")
        if oral:
            self.fill(agreement__form="oral")
        self.fill(agreement__disputes=disputes)
        for number, term in enumerate(terms, 1):
            self.put(self.find(f"agreement.terms.{number}"), term)
            if number < len(terms) and self.found(f"agreement.terms.{number + 1}") is None:
                press(self.find(f"agreement.terms.{number}"), Qt.Key.Key_Return)
        if at_once:
            self.fill(agreement__at_once="at_once")
        if amount:
            self.fill(agreement__amount=amount)
        for number, (days, what) in enumerate(parts, 1):
            self.click("agreement.parts.add")
            self._part(number, days, what, turned=turned, paid=bool(amount))
        if way:
            self.fill(agreement__way=way)
        if deadline:
            self.fill(agreement__deadline=deadline)
        for topic in topics:
            self.click(f"agreement.topic.{topic}")
        self.written(lambda: self.click("agreement.save"))

    def _part(self, number: int, days: int, what: str, *, turned: bool, paid: bool) -> None:
        name = f"agreement.parts.{number}"
        self.put(self.find(f"{name}.day"), f"+{days}" if days else "今天")
        if turned:
            way = self.find(f"{name}.way")
            assert isinstance(way, ChoiceBox)
            payer, payee = self.case.parties[0].record_id, self.case.parties[1].record_id
            way.set_code(f"{payer}>{payee}")
        self.put(self.find(f"{name}.{'amount' if paid else 'what'}"), what)

    def sign(self) -> None:
        """Everybody signs, the seal is put on it; the day of effect is entered by hand."""
        self.tab("agreement")
        self.find("agreement_side").choose("sign")  # type: ignore[attr-defined]
        for party in self.case.parties:
            self.tick(f"sign.{party.record_id}")
        self.tick("sign.mediators")
        self.fill(sign__signed_on="今天", sign__sealed_on="今天", sign__effective_on="今天")
        self.written(lambda: self.click("sign.go"))

    def perform(self, paid: Sequence[int], since: date, proof: str) -> None:
        """Each part is performed on its day, counted from `since`; a sum with its receipt."""
        for part, days in zip(self.case.schedule, paid, strict=True):
            self.go_on(since + timedelta(days=days))
            self.take_up("instalment")
            self.find("instalments").mark(part.record_id)  # type: ignore[attr-defined]
            if part.amount:
                self.fill(instalment__proof=proof)
            self.written(lambda: self.click("instalment.both"))

    def call(self, satisfied: str) -> None:
        """回访: the applicant is asked on the planned day."""
        planned = next(each for each in self.case.follow_ups if each.done_on is None)
        self.go_on(max(planned.due_on, self.clock().date()))
        self.take_up("follow_up")
        self.fill(
            follow_up__party=str(self.case.parties[0].record_id),
            follow_up__how="phone",
            follow_up__done_on="今天",
            follow_up__performance="full" if self.case.performed else "partial",
            follow_up__satisfaction=satisfied,
        )
        self.written(lambda: self.click("follow_up.save"))

    def confirm(self, document: str) -> None:
        """Both ask the court; eight days later it has decided."""
        self.take_up("confirm")
        self.fill(confirm__on="今天", confirm__court="保定市清苑区人民法院")
        self.written(lambda: self.click("confirm.save"))
        self.go_on(self.clock().date() + timedelta(days=8))
        self.fill(confirm__on="今天", confirm__result="confirmed", confirm__document=document)
        self.written(lambda: self.click("confirm.save"))

    def hand_in(self, path: Path, kind: str, title: str) -> None:
        """材料: a file is kept."""
        self.tab("files")
        tab = self.page.tab(self.page.tabs.currentIndex())
        tab.add([path])  # type: ignore[attr-defined]
        self.fill(file__kind=kind, file__title=title)
        self.written(lambda: self.click("file.save"))

    def terminate(self, ground: str, words: str) -> None:
        """终止调解, by 更多."""
        self.page.take_up("terminate")
        self.find("terminate_ground").set_code(ground)  # type: ignore[attr-defined]
        self.fill(terminate_words=words)
        self.written(lambda: self.click("terminate_go"))

    def close(self) -> None:
        """办结."""
        self.take_up("close")
        self.fill(close__closing="substantial", close__on="今天")
        self.written(lambda: self.click("close.save"))

    def file(self, remark: str) -> None:
        """立卷归档."""
        self.take_up("file")
        self.fill(file__retention="long", file__remark=remark, file__filer="登记员")
        self.written(lambda: self.click("file.file"))

    def dossier(self) -> bytes:
        """The whole dossier as it is seen before it is printed."""
        self.tab("dossier")
        tab = self.page.tab(self.page.tabs.currentIndex())
        self.until(lambda: bool(tab._choices))  # type: ignore[attr-defined]
        tab.kind.set_code("dossier:0")  # type: ignore[attr-defined]
        shown = tab.paper  # type: ignore[attr-defined]
        self.until(lambda: shown.paper is not None and shown.paper.kind.startswith("dossier"))
        assert shown.view.pages == shown.paper.pages
        assert shown.paper.missing == ()
        return bytes(shown.paper.pdf)

    def take_up(self, step: str) -> None:
        """Go to where a step is taken, as its button in the head does."""
        self.page.take_up(step)

    def go_on(self, day: date) -> None:
        """Another day, ten o'clock."""
        self.clock.moment = self.clock.moment.replace(
            year=day.year, month=day.month, day=day.day, hour=10, minute=0
        )

    def _moment(self, name: str, at: datetime) -> None:
        edit = self.find(name)
        assert isinstance(edit, MomentEdit)
        edit.set_moment(at)

    def _refusal(self) -> str:
        """What stands in red on the tab in front."""
        shown = [each for each in self.page.findChildren(QWidget) if each.property("state") == "error"]
        said = [each.text() for each in shown if each.isVisible() and hasattr(each, "text")]
        return "；".join(filter(None, said))
