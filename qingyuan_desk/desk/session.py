"""What all pages of one window share: the office, who is working, and what they tell each other.

Pages talk to services, not to each other. A change is told once here, and pages read again what they show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from qingyuan_desk.desk import theme
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.services.office import Office


@dataclass(frozen=True)
class Notice:
    """A quiet message: what happened, and one thing to do about it. kind: info, good, warn, error."""

    text: str
    kind: str = "info"
    action: str = ""
    act: Callable[[], None] | None = None


class Session(QObject):
    """The office at this window, and its signals."""

    noticed = Signal(object)
    """A Notice to show."""
    matter_changed = Signal(int)
    """Something happened to the matter with this id (0: to several)."""
    roster_changed = Signal()
    settings_changed = Signal()
    look_changed = Signal()
    """Colours or size of type are others now; painted things are drawn again."""
    actor_changed = Signal()
    matter_wanted = Signal(object)
    """Open a matter, by id or by any official number."""
    case_wanted = Signal(object)
    """Open the mediation case of a matter, by id or by any official number."""
    handling_wanted = Signal(object, str)
    """Open the steps (办理) of a matter, by id or by any official number; the step whose form is wanted, or ""."""
    visit_wanted = Signal(object)
    """Register a further visit of the matter with this official number (同一事项再次来访)."""
    ledger_wanted = Signal(object)
    """Open the ledger narrowed to a LedgerFilter."""
    page_wanted = Signal(str)
    kept = Signal(object)
    """The moment (datetime) at which what was typed was last kept."""

    def __init__(self, office: Office, actor: Actor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.actor = actor
        #: This machine's own preferences (size of type, light or dark, window size); a broken file gives the defaults.
        self.preferences = QSettings(str(office.folder / "window.ini"), QSettings.Format.IniFormat)

    def become(self, actor: Actor) -> None:
        """Another person sits down at the desk."""
        self.actor = actor
        self.actor_changed.emit()

    @property
    def look(self) -> tuple[str, float]:
        """Light or dark and the size of type this machine prefers; what is unreadable counts as not set."""
        mode = str(self.preferences.value("look/mode", "auto"))
        size = str(self.preferences.value("look/size", "标准"))
        return (mode if mode in theme.MODES else "auto"), theme.SCALES.get(size, 1.0)

    def dress(self, app: QApplication) -> None:
        """Put this machine's look in force over the open window."""
        theme.apply(app, *self.look)
        self.look_changed.emit()

    def say(
        self, text: str, kind: str = "info", action: str = "", act: Callable[[], None] | None = None
    ) -> None:
        """Show a notice."""
        self.noticed.emit(Notice(text, kind, action, act))

    def tell(self, error: DeskError) -> None:
        """Show an error's sentence."""
        self.say(error.sentence, "error")

    def mark_kept(self, at: datetime) -> None:
        """Something typed is safe now."""
        self.kept.emit(at)
