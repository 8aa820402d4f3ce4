"""Keeping the data: verified backups, and the health check."""

from __future__ import annotations

import traceback
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.services.office import Office, require, wall_clock
from qingyuan_desk.store import attachments
from qingyuan_desk.store import backup as backup_store

#: After this long without a verified backup the status light turns red.
STALE_AFTER = timedelta(hours=24)
#: Where faults of the program are noted, in the data folder; its bytes before a new one is begun.
FAULT_LOG = "faults.log"
_MOST_FAULTS = 1_000_000


@dataclass(frozen=True)
class CheckReport:
    """What the health check found. `faults` is empty when all is well."""

    visits: int
    last_visit: str
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass(frozen=True)
class BackupReport:
    """A copy that was opened and compared."""

    path: Path
    at: datetime
    visits: int
    last_visit: str


def check(office: Office) -> CheckReport:
    """Look the whole data file and the attachments over. Takes seconds on a large one."""
    with office.store.read() as rows:
        faults = (*backup_store.faults(rows), *attachments.faults(rows, office.folder))
        census = backup_store.take_census(rows)
        return CheckReport(census.visits, census.last_visit, faults)


def backup(office: Office, actor: Actor, target: Path | None = None) -> BackupReport:
    """Make a verified copy: to a file (*.db), into a folder, or by default into `backups` beside the data.

    The attachments go into the folder `attachments` beside it, which all copies there share.
    Raises NotAllowed, or Unavailable when no sound copy could be made; an older copy of that name stays then. When an
    attachment is lost the data is copied all the same, but the copy does not count as one.
    """
    require(actor, Right.BACKUP)
    at = office.now()
    path = _file_for(target or office.folder / "backups", at)
    census = backup_store.copy(office.store, path)
    with office.store.read() as rows:
        attachments.copy(rows, office.folder, path.parent)
    # Noting it may fail, on a full disk say; the copy is good all the same, and the light stays red.
    with suppress(Unavailable), office.store.write() as tx:
        backup_store.note(tx, at)
    return BackupReport(path, at, census.visits, census.last_visit)


def daily_backup(office: Office, actor: Actor) -> BackupReport | None:
    """Make the day's copy, and the second one where the office set a folder for it.

    None when there is a fresh one or the actor may not. Raises Unavailable when a copy could not be made.
    """
    last = last_backup(office)
    if not actor.may(Right.BACKUP) or (last is not None and office.now() - last < STALE_AFTER):
        return None
    done = backup(office, actor)
    second = office.reference.setting("backup_folder")
    return backup(office, actor, Path(second)) if second else done


def warm() -> None:
    """Load what the first slip and the first saved name would have to wait for; call it off the GUI thread."""
    from qingyuan_desk.documents import fonts
    from qingyuan_desk.domain import pinyin

    pinyin.warm()
    fonts.warm()


def note_fault(folder: Path, error: BaseException) -> None:
    """Write down where the program went wrong, for those who mend it: class and places in the code, never what it said.

    A message of an exception may quote what somebody told the desk.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = "".join(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}\n" for frame in frames)
    log = folder / FAULT_LOG
    # Where not even this can be written, the sentence on the screen is all there is.
    with suppress(OSError):
        if log.exists() and log.stat().st_size > _MOST_FAULTS:
            log.replace(log.with_suffix(".old"))
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{wall_clock().isoformat()} {type(error).__name__}\n{places}")


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or leave the old one as it was. Raises Unavailable QY-132 with the reason."""
    from qingyuan_desk.documents.files import write_atomically

    write_atomically(path, content)


def last_backup(office: Office) -> datetime | None:
    """When the last verified copy was made."""
    with office.store.read() as rows:
        return backup_store.last(rows)


def _file_for(target: Path, at: datetime) -> Path:
    if target.suffix == ".db":
        return target
    return target / f"qingyuan-desk-{at:%Y%m%d-%H%M%S}.db"
