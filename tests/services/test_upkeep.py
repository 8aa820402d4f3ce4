"""Keeping the data: files that are whole or not there, faults noted without data, loading ahead."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.services import upkeep
from qingyuan_desk.services.office import Office


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "新文件夹" / "回执.pdf"
    upkeep.write_file(target, b"first")
    upkeep.write_file(target, b"second")
    assert target.read_bytes() == b"second"
    assert [path.name for path in target.parent.iterdir()] == ["回执.pdf"]


@pytest.mark.parametrize(
    ("below", "cause"),
    [("file/回执.pdf", "已有同名文件"), ("folder", "是文件夹"), ("长" * 100 + ".pdf", "名字太长")],
)
def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path, below: str, cause: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Unavailable, match=f"{cause}.*QY-132"):
        upkeep.write_file(tmp_path / below, b"content")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_fault_is_noted_by_its_place_and_never_by_what_it_said(tmp_path: Path) -> None:
    def inner() -> None:
        raise ValueError("王建国 110105194912310021")

    for _ in range(2):
        try:
            inner()
        except ValueError as error:
            upkeep.note_fault(tmp_path, error)
    log = (tmp_path / upkeep.FAULT_LOG).read_text(encoding="utf-8")
    assert log.count("ValueError") == 2
    assert "test_upkeep.py" in log
    assert "inner" in log
    assert "王建国" not in log


def test_a_fault_where_nothing_can_be_written_is_no_second_fault(tmp_path: Path) -> None:
    upkeep.note_fault(tmp_path / "gone", ValueError())
    assert list(tmp_path.iterdir()) == []


def test_loading_ahead_changes_nothing(office: Office) -> None:
    upkeep.warm()
    assert upkeep.check(office) == upkeep.CheckReport(0, "", ())
    assert upkeep.last_backup(office) is None
