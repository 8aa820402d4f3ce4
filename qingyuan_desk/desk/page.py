"""What every page is: a widget with a title that asks services and hears what changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.services.office import Office


class Page(QWidget):
    """A page of the window. `code` names it and its widgets (`intake.name`); `title` stands in the head of the window."""

    code = ""
    title = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName(self.code)

    @property
    def office(self) -> Office:
        """The office the page works on."""
        return self.session.office

    @property
    def actor(self) -> Actor:
        """Who is working."""
        return self.session.actor

    def shown(self) -> None:
        """The page came to the front; read again what may have changed."""

    def leaving(self) -> None:
        """The window closes; keep what is not kept yet."""

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
