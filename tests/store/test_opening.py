"""Opening a data folder: every kind has its own sentence, and what is not ours is left as it was."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import ledger, reception, upkeep
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import database, filesystem, opening
from qingyuan_desk.store.database import APPLICATION_ID, SCHEMA, Tx
from qingyuan_desk.store.opening import open_store

Visit = Callable[..., VisitForm]
SomebodyElse = Callable[[], AbstractContextManager[None]]


def _nothing(tx: Tx, _new_tables: frozenset[str]) -> None:
    """A new file with the schema only."""
    tx.insert("meta", {"key": "data_kind", "value": "office"})


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _refusal(folder: Path, *, training: bool = False) -> Unavailable:
    with pytest.raises(Unavailable) as refused:
        Office.open(folder, training=training).close()
    return refused.value


# --- a new folder --------------------------------------------------------------------------------------------------


def test_a_new_folder_is_made_with_everything_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "综治中心 一楼" / "数据"
    Office.open(folder).close()
    assert [path.name for path in folder.iterdir()] == ["desk.db"]


def test_a_data_file_is_reopened_with_what_it_holds(tmp_path: Path, visit: Visit) -> None:
    office = Office.open(tmp_path)
    done = reception.register(office, office.actor("clerk"), visit())
    office.close()
    office = Office.open(tmp_path)
    assert ledger.matter(office, office.actor("clerk"), done.visit_number).number == done.matter_number
    office.close()


@pytest.mark.parametrize("end", ["raises", "killed"])
def test_a_creation_that_was_broken_off_leaves_nothing_in_the_way(tmp_path: Path, end: str) -> None:
    def broken(tx: Tx, new_tables: frozenset[str]) -> None:
        _nothing(tx, new_tables)
        if end == "raises":
            raise OSError(28, "No space left on device")
        os.kill(os.getpid(), signal.SIGKILL)

    if end == "raises":
        with pytest.raises(Unavailable, match=r"磁盘已满.*QY-117"):
            open_store(tmp_path, broken)
        assert list(tmp_path.iterdir()) == []
    else:
        child = os.fork()
        if child == 0:
            open_store(tmp_path, broken)
        os.waitpid(child, 0)
        assert not (tmp_path / "desk.db").exists()
        assert list(tmp_path.glob("*.new"))
    Office.open(tmp_path).close()
    assert [path.name for path in tmp_path.iterdir()] == ["desk.db"]


def test_two_programs_may_make_the_same_folder_at_once(tmp_path: Path, visit: Visit) -> None:
    forms = [visit() for _ in range(4)]

    def open_and_register(form: VisitForm) -> str:
        office = Office.open(tmp_path)
        number = reception.register(office, office.actor("clerk"), form).visit_number
        office.close()
        return number

    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(pool.map(open_and_register, forms))
    assert [int(number[8:12]) for number in numbers] == [1, 2, 3, 4]
    assert [path.name for path in tmp_path.iterdir()] == ["desk.db"]


@pytest.mark.parametrize("remains", ["desk.db-wal", "backups/qingyuan-desk-20240920-103205.db"])
def test_a_folder_that_lost_its_data_file_gets_no_empty_one(tmp_path: Path, remains: str) -> None:
    (tmp_path / remains).parent.mkdir(exist_ok=True)
    (tmp_path / remains).write_bytes(b"yesterday")
    assert _refusal(tmp_path).code == "QY-105"
    assert not (tmp_path / "desk.db").exists()


def test_a_folder_under_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = _refusal(tmp_path / "file" / "数据")
    assert refused.code == "QY-117"
    assert "路径中有一段不是文件夹" in refused.sentence


def test_a_folder_one_has_no_right_to_make(open_place: Path, as_nobody: SomebodyElse) -> None:
    with as_nobody():
        refused = _refusal(open_place / "数据")
    assert "没有权限" in refused.sentence


# --- office and training -------------------------------------------------------------------------------------------


def test_training_and_office_are_never_mixed(tmp_path: Path) -> None:
    Office.open(tmp_path / "office").close()
    Office.open(tmp_path / "training", training=True).close()
    assert _refusal(tmp_path / "office", training=True).code == "QY-121"
    # Without saying so it opens, and says what it is.
    office = Office.open(tmp_path / "training")
    assert office.training
    office.close()


# --- what is not ours ----------------------------------------------------------------------------------------------


def _empty(path: Path) -> None:
    path.touch()


def _text(path: Path) -> None:
    path.write_text("王建国，1949年生，冉庄镇", encoding="utf-8")


def _folder(path: Path) -> None:
    path.mkdir()


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE meta (key, value)")
    connection.execute("CREATE TABLE visit (number)")
    connection.close()


def _foreign_with_log(path: Path) -> None:
    _foreign(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _cut_off(path: Path) -> None:
    Office.open(path.parent).close()
    path.write_bytes(path.read_bytes()[:60])


def _cut_in_half(path: Path) -> None:
    Office.open(path.parent).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _header_damaged(path: Path) -> None:
    Office.open(path.parent).close()
    path.write_bytes(b"\x00" * 16 + path.read_bytes()[16:])


def _ours_without_meta(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE visit (number)")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.close()


def _says(key: str, value: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        Office.open(path.parent).close()
        connection = sqlite3.connect(path)
        connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))
        connection.commit()
        connection.close()

    return change


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_empty, "QY-118"),
        (_text, "QY-119"),
        (_folder, "QY-119"),
        (_foreign, "QY-120"),
        (_foreign_with_log, "QY-120"),
        (_cut_off, "QY-106"),
        (_cut_in_half, "QY-106"),
        (_header_damaged, "QY-119"),
        (_ours_without_meta, "QY-106"),
        (_says("min_writer", "many"), "QY-106"),
        (_says("min_reader", str(SCHEMA + 1)), "QY-122"),
    ],
)
def test_what_is_not_ours_is_refused_and_left_as_it_was(
    tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    make(tmp_path / "desk.db")
    before = _contents(tmp_path)
    assert _refusal(tmp_path).code == code
    after = _contents(tmp_path)
    # SQLite may keep its own two files beside a readable database; the data is as it was.
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) <= {"desk.db-shm", "desk.db-wal"}


def test_a_newer_file_is_read_and_not_written(tmp_path: Path, visit: Visit) -> None:
    office = Office.open(tmp_path)
    done = reception.register(office, office.actor("clerk"), visit())
    office.close()
    _says("min_writer", str(SCHEMA + 1))(tmp_path / "desk.db")
    _says("program", "9.9.9")(tmp_path / "desk.db")
    before = (tmp_path / "desk.db").read_bytes()

    office = Office.open(tmp_path)
    clerk = office.actor("clerk")
    assert [hit.visit_number for hit in ledger.search(office, clerk, "宅基地")] == [done.visit_number]
    with pytest.raises(Unavailable, match=r"9\.9\.9.*QY-107"):
        reception.register(office, clerk, visit())
    office.close()
    assert (tmp_path / "desk.db").read_bytes() == before


# --- damage --------------------------------------------------------------------------------------------------------


def test_a_damaged_file_is_told_and_not_written_any_more(tmp_path: Path, visit: Visit) -> None:
    office = Office.open(tmp_path)
    clerk = office.actor("clerk")
    for _ in range(30):
        reception.register(office, clerk, visit())
    with office.store.read() as rows:
        page = rows.value("SELECT rootpage FROM sqlite_master WHERE name = 'visit'")
        size = rows.value("PRAGMA page_size")
    office.close()
    with (tmp_path / "desk.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)

    office = Office.open(tmp_path)
    with pytest.raises(Unavailable, match="QY-106"):
        ledger.search(office, clerk, "宅基地")
    assert office.read_only is not None and office.read_only.code == "QY-106"
    before = (tmp_path / "desk.db").read_bytes()
    with pytest.raises(Unavailable, match="QY-106"):
        reception.register(office, clerk, visit())
    # What is whole can still be read: the office's tables are.
    assert office.reference.townships and office.actors()
    office.close()
    assert (tmp_path / "desk.db").read_bytes() == before


def test_a_file_half_folded_in_is_whole_with_its_log(tmp_path: Path, visit: Visit) -> None:
    """Killed while the log is folded in: the first page already speaks of pages that are still in the log only."""
    folder, killed = tmp_path / "数据", tmp_path / "断电"
    office = Office.open(folder)
    clerk = office.actor("clerk")
    numbers = [
        reception.register(office, clerk, visit(narrative="邻里纠纷。" * 900)).visit_number for _ in range(20)
    ]
    subprocess.run(["cp", "-r", str(folder), str(killed)], check=True)
    office.close()
    first_page = (folder / "desk.db").read_bytes()[:4096]
    with (killed / "desk.db").open("r+b") as file:
        file.write(first_page)

    office = Office.open(killed)
    assert upkeep.check(office) == upkeep.CheckReport(20, numbers[-1], ())
    office.close()


# --- moved, locked, full, read-only ----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["moved", "deleted", "replaced", "log deleted"])
def test_a_data_file_that_is_taken_away_takes_no_more_visits(tmp_path: Path, visit: Visit, how: str) -> None:
    folder, path = tmp_path / "数据", tmp_path / "数据" / "desk.db"
    office = Office.open(folder)
    clerk = office.actor("clerk")
    done = reception.register(office, clerk, visit())
    if how == "log deleted":
        (folder / "desk.db-wal").unlink()
    else:
        path.rename(tmp_path / "moved.db")
    if how == "deleted":
        (tmp_path / "moved.db").unlink()
    if how == "replaced":
        path.write_bytes(b"")
    with pytest.raises(Unavailable, match="QY-105"):
        reception.register(office, clerk, visit())
    office.close()
    if how == "moved":
        # Put back, nothing that was acknowledged is missing.
        (tmp_path / "moved.db").rename(path)
        office = Office.open(folder)
        assert ledger.matter(office, clerk, done.visit_number).number == done.matter_number
        assert upkeep.check(office).faults == ()
        office.close()


def test_a_locked_file_keeps_the_form_and_works_afterwards(
    tmp_path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    office = Office.open(tmp_path)
    clerk = office.actor("clerk")
    form = visit()
    reception.save_draft(office, clerk, form)
    other = sqlite3.connect(tmp_path / "desk.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="QY-104"):
        reception.register(office, clerk, form)
    assert [draft.form.narrative for draft in reception.drafts(office, clerk)] == [form.narrative]
    other.execute("ROLLBACK")
    other.close()
    assert reception.register(office, clerk, form).visit_number.endswith("0001号")
    office.close()


def test_a_full_disk_loses_nothing_and_leaves_no_hole(
    small_disk: Callable[[str], Path], visit: Visit
) -> None:
    folder = small_disk("2m")
    office = Office.open(folder)
    clerk = office.actor("clerk")
    numbers = []
    with pytest.raises(Unavailable, match="QY-101"):
        for _ in range(2000):
            numbers.append(
                reception.register(office, clerk, visit(narrative="邻里纠纷。" * 300)).visit_number
            )
    refused = visit(narrative="邻里纠纷。" * 300)
    with pytest.raises(Unavailable, match="QY-101"):
        reception.register(office, clerk, refused)
    assert ledger.search(office, clerk, "邻里", 3)
    small_disk("8m")
    after = reception.register(office, clerk, refused)
    assert int(after.visit_number[8:12]) == len(numbers) + 1
    assert upkeep.check(office).faults == ()
    office.close()


def test_a_full_disk_takes_no_new_data_folder(small_disk: Callable[[str], Path]) -> None:
    folder = small_disk("100k")
    refused = _refusal(folder)
    assert (refused.code, "磁盘已满" in refused.sentence) == ("QY-117", True)
    assert list(folder.iterdir()) == []


def _look_around(folder: Path, form: VisitForm, number: str, elsewhere: Path) -> None:
    """What can and cannot be done where nothing can be written."""
    office = Office.open(folder)
    clerk = office.actor("clerk")
    assert office.read_only is not None and office.read_only.code == "QY-103"
    assert [hit.visit_number for hit in ledger.search(office, clerk, "宅基地")] == [number]
    with pytest.raises(Unavailable, match="QY-103"):
        reception.register(office, clerk, form)
    assert upkeep.check(office).visits == 1
    assert upkeep.backup(office, clerk, elsewhere).visits == 1
    office.close()


@pytest.fixture
def closed_folder(tmp_path: Path, visit: Visit) -> tuple[Path, str]:
    """A data folder with one visit, nobody in it."""
    office = Office.open(tmp_path / "数据")
    done = reception.register(office, office.actor("clerk"), visit())
    office.close()
    return office.folder, done.visit_number


def test_a_read_only_disk_is_read(
    tmp_path: Path, closed_folder: tuple[Path, str], read_only_disk: Callable[[Path], Path], visit: Visit
) -> None:
    folder, number = closed_folder
    _look_around(read_only_disk(folder), visit(), number, tmp_path / "copy.db")


def test_a_file_one_has_no_right_to_change_is_read(
    open_place: Path, visit: Visit, as_nobody: SomebodyElse
) -> None:
    owner = Office.open(open_place / "数据")
    number = reception.register(owner, owner.actor("clerk"), visit()).visit_number
    owner.close()
    elsewhere = open_place / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o777)
    with as_nobody():
        _look_around(owner.folder, visit(), number, elsewhere / "copy.db")


def test_a_file_marked_immutable_is_read(
    tmp_path: Path, closed_folder: tuple[Path, str], visit: Visit
) -> None:
    folder, number = closed_folder
    marked = ["chattr", "+i", str(folder / "desk.db")]
    if shutil.which("chattr") is None or subprocess.run(marked, capture_output=True, check=False).returncode:
        pytest.skip("may not mark files here")
    try:
        _look_around(folder, visit(), number, tmp_path / "copy.db")
    finally:
        subprocess.run(["chattr", "-i", str(folder / "desk.db")], check=True)


# --- bringing up to date -------------------------------------------------------------------------------------------


def _older(path: Path, *changes: str) -> None:
    """Make it a file that says it is one version back."""
    connection = sqlite3.connect(path, isolation_level=None)
    for change in (*changes, f"PRAGMA user_version={SCHEMA - 1}", "PRAGMA wal_checkpoint(TRUNCATE)"):
        connection.execute(change)
    connection.close()


def test_an_older_file_is_copied_and_brought_up_to_date(closed_folder: tuple[Path, str]) -> None:
    folder, number = closed_folder
    _older(folder / "desk.db")
    (folder / f"desk-before-upgrade-{SCHEMA - 1}.db").write_bytes(b"of an earlier try")
    office = Office.open(folder)
    assert office.store.read_only is None
    assert ledger.matter(office, office.actor("clerk"), number).visits
    office.close()
    copy = sqlite3.connect(folder / f"desk-before-upgrade-{SCHEMA - 1}.db")
    assert copy.execute("SELECT number FROM visit").fetchall() == [(number,)]
    copy.close()


def test_an_upgrade_that_fails_half_way_changes_nothing(closed_folder: tuple[Path, str]) -> None:
    folder, _ = closed_folder
    # The first step is taken again and meets its own tables half-way: those it makes first were taken away.
    _older(folder / "desk.db", "DELETE FROM _sqlite_migrations", "DROP TABLE setting")
    dump = _dump(folder / "desk.db")
    refused = _refusal(folder)
    assert refused.code == "QY-108"
    assert f"desk-before-upgrade-{SCHEMA - 1}.db" in refused.sentence
    assert _dump(folder / "desk.db") == dump
    # A second try says the same again.
    assert _refusal(folder).code == "QY-108"


def _dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    lines = [
        f"{row}" for row in connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name")
    ]
    lines += [f"{row}" for row in connection.execute("SELECT * FROM visit")]
    connection.close()
    return lines


# --- network folders -----------------------------------------------------------------------------------------------

_MOUNTS = r"""/dev/vda / ext4 rw 0 0
proc /proc proc rw 0 0
server:/export /mnt/share nfs4 rw 0 0
//10.0.0.2/共享 /mnt/综治\040中心 cifs rw 0 0
/dev/vdb /mnt/share/local ext4 rw 0 0
clerk@server: /home/clerk/remote fuse.sshfs rw 0 0
tmpfs /mnt/over nfs rw 0 0
/dev/vdc /mnt/over xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/clerk/data", "ext4"),
        ("/mnt/share/data", "nfs4"),
        ("/mnt/sharer/data", "ext4"),
        ("/mnt/share/local/data", "ext4"),
        ("/mnt/综治 中心/数据", "cifs"),
        ("/home/clerk/remote/data", "fuse.sshfs"),
        ("/mnt/over/data", "xfs"),
    ],
)
def test_the_file_system_of_a_folder(folder: str, kind: str) -> None:
    assert filesystem.mounted_kind(Path(folder), _MOUNTS) == kind


def test_a_network_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/export {tmp_path}/share nfs4 rw 0 0\n")
    monkeypatch.setattr(filesystem, "_MOUNTS", mounts)
    refused = _refusal(tmp_path / "share" / "数据")
    assert (refused.code, "nfs4" in refused.sentence) == ("QY-109", True)
    assert not (tmp_path / "share").exists()
    Office.open(tmp_path / "local").close()


def test_what_fills_a_new_file_may_not_leave_half_of_it(tmp_path: Path) -> None:
    def wrong(tx: Tx, new_tables: frozenset[str]) -> None:
        _nothing(tx, new_tables)
        _nothing(tx, new_tables)

    with pytest.raises(Unavailable):
        opening.open_store(tmp_path, wrong)
    assert list(tmp_path.iterdir()) == []
