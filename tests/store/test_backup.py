"""Copies that count only when compared, restoring by opening one, and what the health check finds."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotAllowed, Unavailable
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import ledger, reception, upkeep
from qingyuan_desk.services.office import Office

Visit = Callable[..., VisitForm]


@pytest.fixture
def numbers(office: Office, clerk: Actor, visit: Visit) -> list[str]:
    """Five visits in the office's file."""
    return [reception.register(office, clerk, visit()).visit_number for _ in range(5)]


def test_a_copy_is_opened_in_place_of_the_lost_file(
    office: Office, clerk: Actor, numbers: list[str], tmp_path: Path
) -> None:
    report = upkeep.backup(office, clerk)
    assert (report.visits, report.last_visit) == (5, numbers[-1])
    assert report.path.name == "qingyuan-desk-20240920-103205.db"
    assert upkeep.last_backup(office) == office.now()

    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(report.path, restored / "desk.db")
    again = Office.open(restored)
    assert upkeep.check(again) == upkeep.CheckReport(5, numbers[-1], ())
    assert [hit.visit_number for hit in ledger.search(again, clerk, numbers[2])] == [numbers[2]]
    again.close()


def test_a_copy_has_what_is_not_yet_folded_in_while_work_goes_on(
    office: Office, clerk: Actor, numbers: list[str], visit: Visit, tmp_path: Path
) -> None:
    with office.store.read() as rows:
        rows.value("SELECT count(*) FROM visit")
        reception.register(office, clerk, visit())
        assert upkeep.backup(office, clerk, tmp_path / "copy.db").visits == 6


def test_a_target_is_a_file_or_a_folder(office: Office, clerk: Actor, tmp_path: Path) -> None:
    assert upkeep.backup(office, clerk, tmp_path / "a" / "copy.db").path == tmp_path / "a" / "copy.db"
    assert upkeep.backup(office, clerk, tmp_path / "U 盘").path.parent == tmp_path / "U 盘"


def test_the_data_file_is_never_written_over(
    office: Office, clerk: Actor, numbers: list[str], tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(office.folder)
    for target in (office.folder / "desk.db", tmp_path / "link" / "desk.db"):
        with pytest.raises(Unavailable, match="QY-134"):
            upkeep.backup(office, clerk, target)
    assert upkeep.check(office).visits == 5


@pytest.mark.parametrize(
    ("below", "cause"), [("file/copy.db", "不是文件夹|已有同名文件"), ("file/folder/x", "不是文件夹")]
)
def test_a_target_that_cannot_be_written_is_told(
    office: Office, clerk: Actor, tmp_path: Path, below: str, cause: str
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match=f"({cause}).*QY-132"):
        upkeep.backup(office, clerk, tmp_path / below)
    assert upkeep.last_backup(office) is None


def test_a_full_target_disk_keeps_the_older_copy(
    office: Office, clerk: Actor, numbers: list[str], small_disk: Callable[[str], Path], visit: Visit
) -> None:
    disk = small_disk("2m")
    upkeep.backup(office, clerk, disk / "copy.db")
    before = (disk / "copy.db").read_bytes()
    for _ in range(40):
        reception.register(office, clerk, visit(narrative="邻里纠纷。" * 900))
    with pytest.raises(Unavailable, match=r"磁盘已满.*QY-132"):
        upkeep.backup(office, clerk, disk / "copy.db")
    assert [path.name for path in disk.iterdir()] == ["copy.db"]
    assert (disk / "copy.db").read_bytes() == before


def test_whoever_may_not_copy_is_told(office: Office) -> None:
    with pytest.raises(NotAllowed, match="备份"):
        upkeep.backup(office, office.actor("mediator"))


def test_a_daily_copy_is_made_once_a_day(office: Office, clerk: Actor, clock: Callable[..., None]) -> None:
    assert upkeep.daily_backup(office, clerk) is not None
    assert upkeep.daily_backup(office, clerk) is None
    clock.forward(hours=25)  # type: ignore[attr-defined]
    assert upkeep.daily_backup(office, clerk) is not None
    assert upkeep.daily_backup(office, office.actor("mediator")) is None


# --- the health check ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (
            ("UPDATE visit SET number = '清访〔2024〕0009号' WHERE id = 3",),
            "2024 年来访文号不连续：缺 3 到 3",
        ),
        (
            ("UPDATE visit SET number = '清访〔2024〕0009号' WHERE id = 5",),
            "2024 年来访文号不连续：缺 5 到 8",
        ),
        (("UPDATE counter SET last = 7 WHERE kind = 'visit'",), "2024 年来访文号已发到 7，记录只到 5"),
        (("UPDATE counter SET last = 4 WHERE kind = 'matter'",), "2024 年事项编号已发到 4，记录只到 5"),
        (
            (
                "DELETE FROM party WHERE visit_id = 5",
                "DELETE FROM event WHERE visit_id = 5",
                "DELETE FROM visit WHERE id = 5",
            ),
            "2024 年来访文号已发到 5，记录只到 4",
        ),
        (("UPDATE matter SET visits = 3 WHERE id = 2",), "清事〔2024〕0002号 记为 3 次来访，实有 1 次"),
        (("UPDATE visit SET state = 'void' WHERE id = 2",), "清事〔2024〕0002号 记为 1 次来访，实有 0 次"),
        (
            ("UPDATE visit SET business_day = '2023-09-20' WHERE id = 1",),
            "清访〔2024〕0001号 的年份与来访日期（2023 年）不符",
        ),
        (("DELETE FROM event WHERE visit_id = 4",), "清访〔2024〕0004号 没有办理记录"),
        (("DELETE FROM party WHERE visit_id = 4",), "清访〔2024〕0004号 没有来访人"),
        (("DELETE FROM request WHERE request_id = 'request-1'",), "清访〔2024〕0001号 没有请求记录"),
        (("DELETE FROM search_docsize WHERE id = 2",), "清访〔2024〕0002号 不在查找索引里"),
        (("UPDATE matter SET sealed = 1 WHERE id = 1",), "清事〔2024〕0001号 是密件，却没有指定能看的人"),
        (("UPDATE event SET matter_id = 999 WHERE id = 1",), "event 表有记录指向不存在的 matter 记录"),
    ],
)
def test_planted_faults_are_found(
    office: Office, numbers: list[str], damage: tuple[str, ...], sentence: str
) -> None:
    assert upkeep.check(office).faults == ()
    outside = sqlite3.connect(office.folder / "desk.db")
    for change in damage:
        outside.execute(change)
    outside.commit()
    outside.close()
    assert sentence in upkeep.check(office).faults


def test_a_void_visit_is_no_hole(office: Office, clerk: Actor, numbers: list[str]) -> None:
    reception.take_back(office, clerk, "back", numbers[2], "重复登记")
    assert upkeep.check(office).faults == ()


def test_checking_while_others_register_finds_nothing(office: Office, clerk: Actor, visit: Visit) -> None:
    from threading import Thread

    forms = [visit() for _ in range(40)]
    work = Thread(target=lambda: [reception.register(office, clerk, form) for form in forms])
    work.start()
    while work.is_alive():
        assert upkeep.check(office).faults == ()
    work.join()
    assert upkeep.check(office).visits == 40
