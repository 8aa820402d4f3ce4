"""What the page asks the office while somebody types: only the latest answer of each kind counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.domain.errors import DeskError


class Questions:
    """Questions under way, one of each kind."""

    def __init__(self, page: Page, failed: Callable[[DeskError], None]) -> None:
        self._page = page
        self._failed = failed
        self._asked: dict[str, background.Task] = {}

    def ask(self, kind: str, function: Callable[..., Any], *args: Any, then: Callable[[Any], None]) -> None:
        """Ask a service; the answer to an earlier question of this kind is no longer wanted."""
        if kind in self._asked:
            self._asked[kind].drop()
        self._asked[kind] = self._page.ask(function, *args, then=then, failed=self._failed)

    def drop(self) -> None:
        """No answer is wanted any more."""
        for task in self._asked.values():
            task.drop()
