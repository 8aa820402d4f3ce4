"""Figures (统计)."""

from __future__ import annotations

from qingyuan_desk.desk.page import Page


class ReportsPage(Page):
    """Figures (统计)."""

    code = "reports"
    title = "统计"
