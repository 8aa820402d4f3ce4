"""Reception (接待登记): one page, one minute, no mouse."""

from __future__ import annotations

from qingyuan_desk.desk.page import Page


class IntakePage(Page):
    """Reception (接待登记): one page, one minute, no mouse."""

    code = "intake"
    title = "接待登记"

    def start_new(self) -> None:
        """An empty form."""

    def start_again(self, number: object) -> None:
        """A further visit of a matter."""
