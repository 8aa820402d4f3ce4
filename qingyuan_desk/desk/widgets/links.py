"""A quiet button that looks like a link."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton


def link(text: str, name: str) -> QPushButton:
    """A link-like button."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("role", "link")
    return made
