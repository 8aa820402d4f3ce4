"""Where a file goes: the ending a name lacks, and never over another file unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.widgets.save_as import ask_where

KINDS = "Excel 表格 (*.xlsx);;CSV 表格 (*.csv)"


@pytest.mark.parametrize(
    ("chosen", "written"),
    [
        ("台账.xlsx", "台账.xlsx"),
        ("台账.CSV", "台账.CSV"),
        ("台账", "台账.xlsx"),
        ("台账 2024.9", "台账 2024.9.xlsx"),
        ("", None),
    ],
)
def test_a_name_without_its_ending_gets_the_first(
    chosen: str, written: str | None, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = str(tmp_path / chosen) if chosen else ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (answer, ""))
    assert _ask(qtbot) == (written and tmp_path / written)


def test_the_dialog_asks_about_the_file_the_ending_leads_to(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "台账.xlsx").touch()
    offered: list[str] = []
    answers = iter([str(tmp_path / "台账"), str(tmp_path / "台账2.xlsx")])

    def ask(parent: QWidget, title: str, name: str, kinds: str) -> tuple[str, str]:
        offered.append(name)
        return next(answers), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    assert _ask(qtbot) == tmp_path / "台账2.xlsx"
    assert offered == ["新台账.xlsx", str(tmp_path / "台账.xlsx")]


def _ask(qtbot: QtBot) -> Path | None:
    parent = QWidget()
    qtbot.addWidget(parent)
    return ask_where(parent, "导出台账", "新台账.xlsx", KINDS)
