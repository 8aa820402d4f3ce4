"""The one way to write, and reading beside it: all or nothing, one series for many writers, one moment for a reader."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, Unavailable
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import reception, upkeep
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import numbers

Visit = Callable[..., VisitForm]


def test_durability_is_as_promised(office: Office) -> None:
    with office.store.write() as tx:
        assert tx.value("PRAGMA journal_mode") == "wal"
        assert tx.value("PRAGMA synchronous") == 2, "FULL: NORMAL loses acknowledged visits in a power cut"
        assert tx.value("PRAGMA foreign_keys") == 1
        assert tx.value("PRAGMA secure_delete") == 1
        assert tx.value("PRAGMA trusted_schema") == 0
    with office.store.read() as rows:
        assert rows.value("PRAGMA wal_autocheckpoint") == 0, "only the writer folds the log in"


def test_every_table_of_ours_is_strict(office: Office) -> None:
    with office.store.read() as rows:
        loose = rows.all(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND strict = 0"
            " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
        )
    assert [row["name"] for row in loose] == []


def test_a_rollback_gives_the_number_back(office: Office) -> None:
    with pytest.raises(RuntimeError), office.store.write() as tx:
        assert numbers.take(tx, "QY", "visit", 2024) == 1
        raise RuntimeError("the rest failed")
    with office.store.write() as tx:
        assert numbers.take(tx, "QY", "visit", 2024) == 1
        assert numbers.take(tx, "QY", "visit", 2024) == 2
        assert numbers.take(tx, "QY", "matter", 2024) == 1
        assert numbers.take(tx, "QY", "visit", 2025) == 1


def test_a_breach_of_the_schema_is_a_conflict_in_words(office: Office) -> None:
    with pytest.raises(Conflict, match="冲突"), office.store.write() as tx:
        tx.insert("meta", {"key": "data_kind", "value": "office"})


def test_parallel_writers_share_one_series(office: Office, clerk: Actor, visit: Visit) -> None:
    forms = [visit() for _ in range(60)]
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda form: reception.register(office, clerk, form), forms))
    assert sorted(int(each.visit_number[8:12]) for each in done) == list(range(1, 61))
    assert len({each.matter_id for each in done}) == 60
    assert upkeep.check(office).faults == ()


def test_one_request_from_many_threads_is_one_visit(office: Office, clerk: Actor, visit: Visit) -> None:
    form = visit()
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda _: reception.register(office, clerk, form), range(12)))
    assert {each.visit_number for each in done} == {"清访〔2024〕0001号"}
    assert sorted(each.replayed for each in done) == [False] + [True] * 11


def test_a_reader_sees_one_moment(office: Office, clerk: Actor, visit: Visit) -> None:
    reception.register(office, clerk, visit())
    with office.store.read() as rows:
        assert rows.value("SELECT count(*) FROM visit") == 1
        reception.register(office, clerk, visit())
        assert rows.value("SELECT count(*) FROM visit") == 1
        with office.store.read() as same:
            assert same.value("SELECT count(*) FROM visit") == 1
    with office.store.read() as rows:
        assert rows.value("SELECT count(*) FROM visit") == 2


def test_a_reader_may_not_write(office: Office) -> None:
    with pytest.raises(Unavailable, match="QY-103"), office.store.read() as rows:
        rows.connection.execute("DELETE FROM visit")
    assert office.read_only is None


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files as Linux shows them")
def test_threads_that_end_leave_no_files_open(office: Office) -> None:
    def look() -> None:
        with office.store.read() as rows:
            rows.value("SELECT count(*) FROM visit")

    def after(threads: int) -> int:
        for _ in range(threads):
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()
        gc.collect()
        return len(os.listdir("/proc/self/fd"))

    once = after(2)
    assert after(20) <= once


def test_deleted_text_is_gone_from_the_disk_after_closing(tmp_path: Path, visit: Visit) -> None:
    office = Office.open(tmp_path)
    clerk = office.actor("clerk")
    reception.save_draft(office, clerk, visit(narrative="QINGYUANCANARY"))
    reception.drop_draft(office, clerk, "request-1")
    office.close()
    assert not any(b"QINGYUANCANARY" in path.read_bytes() for path in tmp_path.iterdir())
