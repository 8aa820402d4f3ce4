"""What the parts of the page have in common: the office, who is working, asking a service, names of units and flows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.services.office import Office


class Part(QWidget):
    """A part of the page that reads itself anew."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._asked: dict[str, background.Task] = {}

    @property
    def office(self) -> Office:
        """The office the page works on."""
        return self.session.office

    @property
    def actor(self) -> Actor:
        """Who is working."""
        return self.session.actor

    def refresh(self) -> None:
        """Read again."""
        raise NotImplementedError

    def may(self, right: Right) -> bool:
        """Whether who is working may do this here and now."""
        return self.actor.may(right) and self.office.read_only is None

    def read(
        self, function: Callable[..., Any], *args: Any, then: Callable[[Any], None], place: str = ""
    ) -> None:
        """Ask a service for what is shown. place: where (default: as the service is called); only the last answer for a
        place is shown."""
        where = place or function.__name__
        if where in self._asked:
            self._asked[where].drop()
        self._asked[where] = background.ask(
            self, function, self.office, self.actor, *args, then=then, failed=self.session.tell
        )

    def do(
        self,
        function: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None],
        failed: Callable[[DeskError], None] | None = None,
        busy: QWidget | None = None,
    ) -> None:
        """Ask a service to do something."""
        background.ask(
            self,
            function,
            self.office,
            self.actor,
            *args,
            then=then,
            failed=failed or self.session.tell,
            busy=busy,
        )

    def unit(self, code: str) -> str:
        """A unit by name; — for none."""
        found = self.office.reference.unit(code)
        return found.name if found else code or "—"

    def flow(self, code: str) -> str:
        """A flow by its short name."""
        found = self.office.reference.flow(code)
        return found.short if found else code

    @staticmethod
    def node(flow: str, node: str) -> str:
        """A node by name."""
        return node_name(flow, node)
