"""The page's one way of acting: a form goes to services/mediation.py `take`; what came of it is told where it belongs."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.domain.errors import Conflict, DeskError, Refused
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.mediation.acts import ACTS
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.forms import Describe, Form, PutParty
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services import mediation
from qingyuan_desk.services.mediation import Taken

#: Forms that write over what is there; one filled in for an older state of the case would undo another desk's work.
_WRITE_OVER = (Describe, PutParty)


class Place(Protocol):
    """Where refusals of a form are said: a Field, or parts.Fields for several of them."""

    def tell(self, problems: Sequence[Problem]) -> None:
        """Show these; none clears the place."""


class Act(QObject):
    """`act(form, then=…, at=place)` for the case in view.

    The same form sent again, by a second press or after a fault, is carried out once: its request id is kept until it
    was answered. Afterwards the case is read again by the page, which hears session.matter_changed; also when somebody
    else has written to it since.
    """

    wanted = Signal(str)
    """Go to where a step is taken."""
    paper_wanted = Signal(str, int)
    """See a paper of the case: its kind, and the record it is about, or 0."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._requests: dict[tuple[int, Form], str] = {}
        self.case: Case | None = None

    def __call__(
        self,
        form: Form,
        *,
        then: Callable[[Taken], None] | None = None,
        at: Place | None = None,
        busy: QWidget | None = None,
        say: str = "",
    ) -> None:
        """Carry a form out. then: called with what was done, before the case is read again. say: the notice of success."""
        if self.case is None:
            return
        session, case = self._session, self.case
        key = (case.matter_id, form)
        request = self._requests.setdefault(key, uuid.uuid4().hex)
        hand = QApplication.focusWidget()

        def done(taken: Taken) -> None:
            self._requests.pop(key, None)
            if at is not None:
                at.tell(())
            self._say(case, taken, say)
            if then is not None:
                then(taken)
            session.matter_changed.emit(case.matter_id)

        def failed(error: DeskError) -> None:
            problems = error.problems if isinstance(error, Refused) else ()
            if at is None or not problems:
                session.tell(error)
            else:
                _tell_quietly(at, problems, hand)
            if isinstance(error, Conflict):
                session.matter_changed.emit(case.matter_id)

        background.ask(
            self,
            mediation.take,
            session.office,
            session.actor,
            request,
            case.matter_id,
            form,
            case.version if isinstance(form, _WRITE_OVER) else 0,
            then=done,
            failed=failed,
            busy=busy,
        )

    def _say(self, case: Case, taken: Taken, say: str) -> None:
        """One quiet sentence: what was done, the number just given, where the case stands now, and what was doubtful."""
        said = say or f"{ACTS[taken.step].name}：已记下。"
        before = case.mediation.number if case.mediation else ""
        if taken.number and taken.number != before:
            said += f"编号 {taken.number}。"
        if taken.node != case.node:
            said += f"{case.number}现在“{node_name('mediation', taken.node)}”。"
        said += "".join(problem.sentence for problem in taken.warnings)
        self._session.say(said, "warn" if taken.warnings else "good")


def _tell_quietly(at: Place, problems: Sequence[Problem], hand: QWidget | None) -> None:
    """Say problems; whoever has gone on elsewhere in the meantime keeps the keyboard there.

    hand: where the keyboard was when the step was asked for. A button that was pressed is disabled meanwhile.
    """
    now = QApplication.focusWidget()
    moved = now is not None and hand is not None and now is not hand and not isinstance(hand, QAbstractButton)
    at.tell(problems)
    if moved and now is not None and shiboken6.isValid(now):
        now.setFocus()
