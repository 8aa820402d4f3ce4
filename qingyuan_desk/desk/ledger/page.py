"""The ledger (台账): one list for everything."""

from __future__ import annotations

from qingyuan_desk.desk.page import Page


class LedgerPage(Page):
    """The ledger (台账): one list for everything."""

    code = "ledger"
    title = "台账"
