"""A page's one way of acting on a matter: a form goes to a service that takes the step; what came of it is told where it belongs."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.domain.errors import Conflict, DeskError, Refused
from qingyuan_desk.domain.problems import Problem


class Place(Protocol):
    """Where refusals of a form are said: a Field, or parts.Fields for several of them."""

    def tell(self, problems: Sequence[Problem]) -> None:
        """Show these; none clears the place."""


class Acting(QObject):
    """Carries forms out, once each.

    The same form sent again, by a second press or after a fault, is carried out once: its request id is kept until it
    was answered. Afterwards the matter is read again by the page, which hears session.matter_changed; also when somebody
    else has written to it since.
    """

    def __init__(self, session: Session, take: Callable[..., Any]) -> None:
        """take: the service, called with office, actor, request id, matter, form, and version."""
        super().__init__()
        self._session, self._take = session, take
        self._requests: dict[tuple[int, Hashable], str] = {}

    def carry_out(
        self,
        matter_id: int,
        form: Hashable,
        version: int,
        then: Callable[[Any], None],
        *,
        at: Place | None = None,
        busy: QWidget | None = None,
    ) -> None:
        """Send a form. version: of the matter it was filled in for, or 0. then: called with the answer, before the matter is read again."""
        session, key = self._session, (matter_id, form)
        request = self._requests.setdefault(key, uuid.uuid4().hex)
        hand = QApplication.focusWidget()

        def done(taken: Any) -> None:
            self._requests.pop(key, None)
            if at is not None:
                at.tell(())
            then(taken)
            session.matter_changed.emit(matter_id)

        def failed(error: DeskError) -> None:
            problems = error.problems if isinstance(error, Refused) else ()
            if at is None or not problems:
                session.tell(error)
            else:
                _tell_quietly(at, problems, hand)
            if isinstance(error, Conflict):
                session.matter_changed.emit(matter_id)

        background.ask(
            self,
            self._take,
            session.office,
            session.actor,
            request,
            matter_id,
            form,
            version,
            then=done,
            failed=failed,
            busy=busy,
        )


def _tell_quietly(at: Place, problems: Sequence[Problem], hand: QWidget | None) -> None:
    """Say problems; whoever has gone on elsewhere in the meantime keeps the keyboard there.

    hand: where the keyboard was when the step was asked for. A button that was pressed is disabled meanwhile.
    """
    now = QApplication.focusWidget()
    moved = now is not None and hand is not None and now is not hand and not isinstance(hand, QAbstractButton)
    at.tell(problems)
    if moved and now is not None and shiboken6.isValid(now):
        now.setFocus()
