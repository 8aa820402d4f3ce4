"""更多: every step with its article or with what stands in its way; and ending, taking back, pausing, in place."""

from __future__ import annotations

from collections.abc import Sequence

from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.parts import Panel
from qingyuan_desk.desk.session import Session
from qingyuan_desk.domain.mediation.acts import StepView
from qingyuan_desk.domain.mediation.case import Case


class More(Panel):
    """What can be done besides the usual."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__("更多")
        self._session, self._act = session, act

    def show_case(self, case: Case, steps: Sequence[StepView]) -> None:
        """Show a case."""

    def begin(self, step: str) -> None:
        """Go to the form of a step."""
