"""The mediator roster (乡贤名册)."""

from __future__ import annotations

from qingyuan_desk.desk.page import Page


class RosterPage(Page):
    """The mediator roster (乡贤名册)."""

    code = "roster"
    title = "乡贤名册"
