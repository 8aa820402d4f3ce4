"""Parts of a page of which one is in front."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget


class RoomStack(QStackedWidget):
    """Shows one part; the others ask for no room meanwhile, wide as they may be."""

    def put_in_front(self, view: QWidget) -> None:
        """Show this part."""
        for place in range(self.count()):
            part = self.widget(place)
            kind = QSizePolicy.Policy.Preferred if part is view else QSizePolicy.Policy.Ignored
            part.setSizePolicy(kind, kind)
        self.setCurrentWidget(view)
