"""One file on its way in, off the GUI thread; it goes on whichever page is in front."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.services import importing, importing_cases
from qingyuan_desk.services.imported import ImportReport
from qingyuan_desk.services.office import Office

VISITS, REPORTS, CASES = "visits", "reports", "cases"
#: Progress is told so many times a file, not once a row.
_TELLS = 250


@dataclass(frozen=True)
class Job:
    """What is imported and how. source: code, for visits and cases that name none. mapping: which column is what, "" for none."""

    kind: str = VISITS
    path: Path | None = None
    source: str = ""
    mapping: Path | None = None


class Run(QObject):
    """At most one import under way. `cancel` stops it behind the row it is at."""

    progressed = Signal(int, int)
    """Rows done, rows in all. Emitted off the GUI thread, so it must be connected queued."""
    finished = Signal(object)
    """An ImportReport."""
    failed = Signal(object)
    """A DeskError; nothing was read."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self.dry_run = True
        self.active = False

    def start(self, session: Session, job: Job, *, dry_run: bool) -> None:
        """Begin in the background."""
        self._stop.clear()
        self.dry_run, self.active = dry_run, True
        background.ask(
            self,
            self._carry_out,
            session.office,
            session.actor,
            job,
            dry_run,
            then=self._done,
            failed=self._refused,
        )

    def cancel(self) -> None:
        """Stop soon; what is registered stays whole."""
        self._stop.set()

    def _carry_out(self, office: Office, actor: Actor, job: Job, dry_run: bool) -> ImportReport:
        """In the other thread: nothing here touches a widget."""
        assert job.path is not None
        mapping = importing.read_mapping(job.mapping) if job.mapping else None
        way = {
            "mapping": mapping,
            "dry_run": dry_run,
            "progress": self._tell,
            "cancelled": self._stop.is_set,
        }
        if job.kind == REPORTS:
            return importing.reports(office, actor, job.path, **way)  # type: ignore[arg-type]
        rows = importing_cases.cases if job.kind == CASES else importing.visits
        return rows(office, actor, job.path, source=job.source, **way)  # type: ignore[arg-type]

    def _tell(self, done: int, total: int) -> None:
        if done == total or done * _TELLS // total != (done - 1) * _TELLS // total:
            self.progressed.emit(done, total)

    def _done(self, report: ImportReport) -> None:
        self.active = False
        self.finished.emit(report)

    def _refused(self, error: DeskError) -> None:
        self.active = False
        self.failed.emit(error)
