"""The page's one way of acting: a form goes to services/mediation.py `take`; what came of it is told where it belongs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qingyuan_desk.desk.acting import Acting, Place
from qingyuan_desk.desk.session import Session
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.mediation.acts import ACTS
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.forms import Describe, Form, PutParty
from qingyuan_desk.services import mediation
from qingyuan_desk.services.mediation import Taken

#: Forms that write over what is there; one filled in for an older state of the case would undo another desk's work.
_WRITE_OVER = (Describe, PutParty)


class Act(Acting):
    """`act(form, then=…, at=place)` for the case in view."""

    wanted = Signal(str)
    """Go to where a step is taken."""
    paper_wanted = Signal(str, int)
    """See a paper of the case: its kind, and the record it is about, or 0."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, mediation.take)
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
        case = self.case

        def done(taken: Taken) -> None:
            self._say(case, taken, say)
            if then is not None:
                then(taken)

        version = case.version if isinstance(form, _WRITE_OVER) else 0
        self.carry_out(case.matter_id, form, version, done, at=at, busy=busy)

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
