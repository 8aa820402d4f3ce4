"""履行: instalments and receipts, calls afterwards, what was prevented, and corrections; each a list with its form."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.corrections import Corrections
from qingyuan_desk.desk.mediation.follow_ups import FollowUps
from qingyuan_desk.desk.mediation.instalments import Instalments
from qingyuan_desk.desk.mediation.paper import CasePaper
from qingyuan_desk.desk.mediation.preventions import Preventions
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.parts import Panel, shortcut
from qingyuan_desk.domain.mediation.case import Case

_WORKS = {"instalment": "分期履行", "follow_up": "回访", "prevent": "防止激化", "correct": "更正"}


class PerformingTab(QWidget):
    """One kind of work at a time; its papers lie over it until a person goes back."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._case: Case | None = None
        today = session.office.today
        self.instalments = Instalments(act, today)
        self.follow_ups = FollowUps(act, today, lambda: session.actor.name)
        self.preventions = Preventions(act, today)
        self.corrections = Corrections(act)
        self.paper = CasePaper(session, "mediation.performing_paper")
        self.work = Segments("mediation.performing", [Option(*each) for each in _WORKS.items()])
        self.work.chosen.connect(lambda code: self.show_work(code or "instalment"))
        self._works = dict(
            zip(_WORKS, (self.instalments, self.follow_ups, self.preventions, self.corrections), strict=True)
        )
        self._lay_out()
        self.show_work("instalment")
        self.paper.closed.connect(lambda: self.show_work(self.work.code))
        self.instalments.receipt_wanted.connect(lambda subject: self._show("receipt", subject, at_once=True))
        self.follow_ups.paper_wanted.connect(lambda subject: self._show("follow_up", subject))
        self.corrections.paper_wanted.connect(lambda subject: self._show("correction", subject))
        for keys, do in (
            ("F6", lambda: self._key("F6")),
            ("F8", lambda: self._key("F8")),
            ("F9", lambda: self._key("F9")),
        ):
            shortcut(self, keys, do)

    def show_case(self, case: Case) -> None:
        """Show a case."""
        if self._case is None or self._case.matter_id != case.matter_id:
            self.show_work(
                "instalment" if case.schedule else "follow_up" if case.follow_ups else "instalment"
            )
        self._case = case
        counts = (
            len(case.schedule),
            len(case.follow_ups),
            len(case.preventions),
            len(case.corrections),
        )
        for (code, name), count in zip(_WORKS.items(), counts, strict=True):
            button = self.work.findChild(QPushButton, f"mediation.performing.{code}")
            if button is not None:
                button.setText(f"{name} {count}" if count else name)
        for work in self._works.values():
            work.show_case(case)

    def begin(self, step: str) -> None:
        """Go to the form of a step."""
        self.show_work(step)
        self._works[step].focus()

    def put_away(self) -> bool:
        """Put the paper away that lies over the work, if one does."""
        lay = self._stack.currentWidget() is self._held
        if lay:
            self.show_work(self.work.code)
        return lay

    def show_work(self, code: str) -> None:
        """Bring a kind of work to the front."""
        self.work.set_code(code)
        self._bring(self._works[code])

    def _bring(self, front: QWidget) -> None:
        """Only what is in front asks for room: a long form behind it would let a short list scroll."""
        for place in range(self._stack.count()):
            page = self._stack.widget(place)
            asks = QSizePolicy.Policy.Preferred if page is front else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, asks)
        self._stack.setCurrentWidget(front)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for work in self._works.values():
            self._stack.addWidget(work)
        held = Panel()
        held.column.addWidget(self.paper)
        self._held = held
        self._stack.addWidget(held)
        head = QHBoxLayout()
        head.addWidget(self.work)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _show(self, kind: str, subject: int, *, at_once: bool = False) -> None:
        if self._case is not None:
            self._bring(self._held)
            self.paper.show_paper(self._case.matter_id, kind, subject, at_once=at_once)

    def _key(self, key: str) -> None:
        """F6 registers with a receipt, F9 records, F8 prints, in the work in front; F8 over a paper prints it."""
        front = self._stack.currentWidget()
        if front is self._held:
            if key == "F8":
                self.paper.print_paper()
            return
        acts = {
            self.instalments: {
                "F6": lambda: self.instalments.register(receipt=True),
                "F8": self.instalments.print_receipt,
                "F9": lambda: self.instalments.register(receipt=False),
            },
            self.follow_ups: {"F8": self.follow_ups.print_record, "F9": self.follow_ups.save},
            self.preventions: {"F9": self.preventions.save},
            self.corrections: {"F8": self.corrections.print_note, "F9": self.corrections.save},
        }
        act = acts[front].get(key)  # type: ignore[index]
        if act is not None:
            act()
