"""What the parts of the roster page have in common: the office, who is working, and the one way to ask a service."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.fields import Field
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services.office import Office


class Asking(QWidget):
    """A part of the page."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    @property
    def office(self) -> Office:
        """The office the page works on."""
        return self.session.office

    @property
    def actor(self) -> Actor:
        """Who is working."""
        return self.session.actor

    def may(self, right: Right) -> bool:
        """Whether something can be written here by who is working."""
        return self.actor.may(right) and self.office.read_only is None

    def ask(
        self,
        function: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[DeskError], None] | None = None,
        busy: QWidget | None = None,
        **named: Any,
    ) -> background.Task:
        """Call a service off the GUI thread; an error nobody catches here becomes a notice."""
        return background.ask(
            self, function, *args, then=then, failed=failed or self.session.tell, busy=busy, **named
        )


class Requests:
    """Request ids: the same thing asked again after a fault keeps its id until it was answered."""

    def __init__(self) -> None:
        self._kept: dict[object, str] = {}

    def of(self, asked: object) -> str:
        """The id of what is asked."""
        return self._kept.setdefault(asked, uuid.uuid4().hex)

    def answered(self, asked: object) -> None:
        """It was done; the same asked anew is another request."""
        self._kept.pop(asked, None)


def tell(fields: Mapping[str, Field], message: QLabel, error: DeskError | None) -> None:
    """Say every problem at its field and go to the first; what is about none of them stands in the message line."""
    problems: Sequence[Problem] = error.problems if isinstance(error, Refused) else ()
    for name, field in fields.items():
        field.tell([problem for problem in problems if problem.field == name])
    others = [problem.sentence for problem in problems if problem.field not in fields]
    if error is not None and not problems:
        others = [error.sentence]
    message.setText(" ".join(others))
    theme.mark(message, "state", "error" if others else "")
    first = next((fields[problem.field] for problem in problems if problem.field in fields), None)
    if first is not None:
        first.editor.setFocus(Qt.FocusReason.OtherFocusReason)


def scrolled(held: QWidget) -> QScrollArea:
    """Where there is no room for all of a column, it scrolls; never across."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(held)
    return area
