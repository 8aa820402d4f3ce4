"""Tab goes where the eye goes: through the layouts in the order in which things were put in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLayout, QScrollArea, QWidget


def tab_in_reading_order(*parts: QWidget) -> None:
    """Set the order of Tab over everything in these parts, one part after the other. Again after rows came or went."""
    editors = [editor for part in parts for editor in editors_of(part)]
    for before, after in pairwise(editors):
        QWidget.setTabOrder(before, after)


def editors_of(widget: QWidget) -> Iterator[QWidget]:
    """Every widget that can have the keyboard, in reading order."""
    if isinstance(widget, QScrollArea):
        if widget.widget() is not None:
            yield from editors_of(widget.widget())
        return
    layout = None if isinstance(widget, QComboBox | QAbstractItemView) else widget.layout()
    if layout is None:
        if widget.focusPolicy():
            yield widget
        return
    yield from _editors_in(layout)


def _editors_in(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item.widget() is not None:
            yield from editors_of(item.widget())
        elif item.layout() is not None:
            yield from _editors_in(item.layout())
