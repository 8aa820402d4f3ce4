"""Settings (设置)."""

from __future__ import annotations

from qingyuan_desk.desk.page import Page


class SettingsPage(Page):
    """Settings (设置)."""

    code = "settings"
    title = "设置"
