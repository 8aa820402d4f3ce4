"""Keeping the data: verified backups, and the health check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import backup as backup_store

#: After this long without a verified backup the status light turns red.
STALE_AFTER = timedelta(hours=24)


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
    """Look the whole data file over. Takes seconds on a large one."""
    with office.store.read() as rows:
        census = backup_store.take_census(rows)
        return CheckReport(census.visits, census.last_visit, tuple(backup_store.faults(rows)))


def backup(office: Office, actor: Actor, target: Path | None = None) -> BackupReport:
    """Make a verified copy: to a file, into a folder, or by default into `backups` beside the data."""
    require(actor, Right.BACKUP)
    at = office.now()
    path = _file_for(target or office.folder / "backups", at)
    census = backup_store.copy(office.store, path)
    if office.read_only is None:
        with office.store.write() as tx:
            tx.upsert("meta", [{"key": "last_backup", "value": at.isoformat()}], "key")
    return BackupReport(path, at, census.visits, census.last_visit)


def daily_backup(office: Office, actor: Actor) -> BackupReport | None:
    """Make the day's copy unless there is a fresh one, or the actor may not; None then."""
    last = last_backup(office)
    if not actor.may(Right.BACKUP) or (last is not None and office.now() - last < STALE_AFTER):
        return None
    return backup(office, actor)


def warm(office: Office) -> None:
    """Load what the first slip and the first saved name would have to wait for; call it off the GUI thread."""
    from qingyuan_desk.documents import fonts
    from qingyuan_desk.domain import pinyin

    pinyin.warm()
    fonts.warm()
    with office.store.read() as rows:
        rows.tables  # noqa: B018 - importing the library takes a tenth of a second


def last_backup(office: Office) -> datetime | None:
    """When the last verified copy was made."""
    with office.store.read() as rows:
        text = rows.value("SELECT value FROM meta WHERE key = 'last_backup'")
    return datetime.fromisoformat(text) if text else None


def _file_for(target: Path, at: datetime) -> Path:
    if target.suffix == ".db":
        return target
    return target / f"qingyuan-desk-{at:%Y%m%d-%H%M%S}.db"
