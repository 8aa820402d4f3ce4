"""One matter (事项)."""

from __future__ import annotations

from qingyuan_desk.desk.page import Page


class MatterPage(Page):
    """One matter (事项)."""

    code = "matter"
    title = "事项"

    def open(self, number_or_id: object) -> None:
        """Show a matter."""
