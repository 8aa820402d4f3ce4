"""Choosing one of this machine's printers; the choice is kept for every paper."""

from __future__ import annotations

from qingyuan_desk.desk import printing
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option

_KEPT = "print/printer"


class PrinterBox(ChoiceBox):
    """A list of printers, the one used last or the office's own chosen, otherwise the machine's default one."""

    def __init__(self, session: Session, name: str) -> None:
        super().__init__(name, hint="选择打印机")
        self.setAccessibleName("打印机")
        self._session = session
        self.chosen.connect(self._keep)

    def fill(self) -> bool:
        """Offer the printers there are now; whether there are any."""
        session, names = self._session, printing.printers()
        kept = str(session.preferences.value(_KEPT, "")) or session.office.reference.setting("printer")
        self.set_options(Option(name, name) for name in names)
        self.set_code(kept or (names[0] if names else ""))
        return bool(names)

    def _keep(self, name: str) -> None:
        if name:
            self._session.preferences.setValue(_KEPT, name)
