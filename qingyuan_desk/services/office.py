"""The office: everything a service needs, put together once. Nothing else reads the clock, settings, or data folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.errors import NotAllowed, NotFound, Unavailable
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.store import reference as reference_store
from qingyuan_desk.store import workdays
from qingyuan_desk.store.database import Store, Tx
from qingyuan_desk.store.opening import open_store

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
#: What a training folder (演练) says it holds.
TRAINING = "training"


def wall_clock() -> datetime:
    """Now, in the office's time zone."""
    return datetime.now(SHANGHAI)


class Office:
    """An open data folder with its reference tables, calendar, and clock. `training`: it holds 演练 data."""

    def __init__(self, folder: Path, store: Store, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self.store = store
        self._now = now
        self.calendar = WorkCalendar()
        self.training = False
        self._loading = Lock()
        self._reference = self._load()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        now: Callable[[], datetime] = wall_clock,
        seeds: Path = SEEDS,
        training: bool = False,
    ) -> Office:
        """Open the data folder; a new one, and what an older one lacks, is filled from `seeds`.

        training: whether this must be a training folder (演练). The two kinds are never mixed.
        Raises Unavailable with a sentence when the folder cannot be used.
        """

        def fill(tx: Tx, new_tables: frozenset[str]) -> None:
            reference_store.fill(tx, seeds, TRAINING if training else "office", new_tables)

        store = open_store(folder, fill)
        try:
            office = cls(folder, store, now)
            if training and not office.training:
                raise Unavailable("QY-121", path=folder)
        except BaseException:
            store.close()
            raise
        return office

    def now(self) -> datetime:
        """The moment, aware, in Asia/Shanghai."""
        return self._now().astimezone(SHANGHAI)

    def today(self) -> date:
        """The business day."""
        return self.now().date()

    @property
    def reference(self) -> Reference:
        """The office's tables, with the duty list in force today."""
        kept = self._reference
        found = kept.on(self.today())
        if found is not kept:
            with self._loading:
                # Tables read again in the meantime are newer than these.
                if self._reference is kept:
                    self._reference = found
        return found

    @property
    def read_only(self) -> Unavailable | None:
        """Why nothing can be written here; None when all is well."""
        return self.store.read_only

    def actor(self, code: str) -> Actor:
        """The account of this code, if it is active."""
        found = next((actor for actor in self.actors() if actor.code == code), None)
        if found is None:
            raise NotFound(f"没有“{code}”这个账号，或者它已停用。请在设置里核对。")
        return found

    def actors(self) -> tuple[Actor, ...]:
        """Every active account."""
        with self.store.read() as rows:
            return reference_store.accounts(rows)

    def names(self) -> dict[str, str]:
        """The name of every account, former ones too, by its code: for records of what somebody did."""
        with self.store.read() as rows:
            return reference_store.account_names(rows)

    def reload(self) -> None:
        """Read the office's tables and workdays again after an edit; one at a time, so that the last to finish has read the latest."""
        with self._loading:
            self._reference = self._load()

    def close(self) -> None:
        """Let go of the data folder."""
        self.store.close()

    def _load(self) -> Reference:
        with self.store.read() as rows:
            self.training = reference_store.data_kind(rows) == TRAINING
            self.calendar = WorkCalendar(workdays.edits(rows))
            return reference_store.load(rows, self.today())


def require(actor: Actor, right: Right) -> None:
    """Raise NotAllowed unless the actor's role has the right."""
    if not actor.may(right):
        raise NotAllowed(
            f"“{actor.name}”没有做这件事的权限（{_RIGHT_NAMES[right]}）。请换一个账号或联系管理员。"
        )


_RIGHT_NAMES = {
    Right.REGISTER: "登记来访",
    Right.READ: "查看事项",
    Right.NOTE: "记事",
    Right.MEDIATE: "办理调解",
    Right.HANDLE: "办理事项",
    Right.PRINT: "打印文书",
    Right.TAKE_BACK: "撤回登记",
    Right.ROSTER: "维护名册",
    Right.APPROVE: "核准补贴和结账",
    Right.IMPORT: "导入",
    Right.EXPORT: "导出",
    Right.REPORT: "查看统计",
    Right.SETTINGS: "修改设置",
    Right.BACKUP: "备份",
    Right.SEALED: "查看密件",
}
